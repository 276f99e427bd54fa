import { Prisma } from '../../generated/prisma/client.ts'

/**
 * What must hold between the ledger, the states and the events. Each query answers what breaks its
 * rule, as `subject` and `detail`.
 */
export const RULES = {
  transaction_unbalanced: Prisma.sql`
    SELECT t."id"::text AS subject, 'the sides add up to ' || coalesce(sum(e."amount_fen"), 0) AS detail
    FROM "ledger_transaction" t LEFT JOIN "ledger_entry" e ON e."ledger_transaction_id" = t."id"
    GROUP BY t."id" HAVING count(e."id") < 2 OR sum(e."amount_fen") <> 0`,
  payment_not_posted: Prisma.sql`
    SELECT o."id" AS subject, 'paid by ' || o."transaction_id" AS detail
    FROM "tip_order" o WHERE o."state" = 'paid' AND NOT EXISTS (
      SELECT FROM "ledger_transaction" t JOIN "ledger_entry" e ON e."ledger_transaction_id" = t."id"
      WHERE t."order_id" = o."id" AND t."kind" = 'payment' AND t."reference" = o."transaction_id"
        AND e."account" = 'user_payments' AND e."amount_fen" = -o."amount_fen")`,
  posting_without_payment: Prisma.sql`
    SELECT t."id"::text AS subject, 'a payment ' || t."reference" || ' of no paid order' AS detail
    FROM "ledger_transaction" t LEFT JOIN "tip_order" o ON o."id" = t."order_id"
    WHERE t."kind" = 'payment'
      AND (o."state" = 'paid' AND o."transaction_id" = t."reference") IS NOT TRUE`,
  state_without_event: Prisma.sql`
    SELECT o."id" AS subject, o."state" || ', but its events end with ' || last."to_state" AS detail
    FROM "tip_order" o CROSS JOIN LATERAL (
      SELECT v."to_state" FROM "order_event" v WHERE v."order_id" = o."id" ORDER BY v."id" DESC LIMIT 1
    ) last WHERE last."to_state" <> o."state"`,
  events_broken: Prisma.sql`
    SELECT "order_id" AS subject, 'an event from ' || "from_state" || ' after one to ' || before AS detail
    FROM (
      SELECT "order_id", "from_state", lag("to_state") OVER (PARTITION BY "order_id" ORDER BY "id") AS before
      FROM "order_event"
    ) chain WHERE before IS DISTINCT FROM "from_state"`,
  refund_not_posted: Prisma.sql`
    SELECT r."id" AS subject, 'succeeded with ' || r."amount_fen" || ' fen' AS detail
    FROM "refund" r WHERE r."state" = 'succeeded' AND (
      SELECT count(*) FROM "ledger_transaction" t JOIN "ledger_entry" e ON e."ledger_transaction_id" = t."id"
      WHERE t."order_id" = r."order_id" AND t."reference" = r."id" AND e."account" = 'wechat_clearing'
        AND e."amount_fen" = -r."amount_fen" AND t."kind" = (CASE r."origin"
          WHEN 'operator' THEN 'refund'::"LedgerKind" ELSE 'second_refund'::"LedgerKind" END)) <> 1`,
  posting_without_refund: Prisma.sql`
    SELECT t."id"::text AS subject, t."kind" || ' ' || t."reference" || ' of no succeeded refund' AS detail
    FROM "ledger_transaction" t LEFT JOIN "refund" r ON r."id" = t."reference"
    WHERE t."kind" IN ('refund', 'second_refund') AND r."state" IS DISTINCT FROM 'succeeded'`,
  second_payment_not_posted: Prisma.sql`
    SELECT r."id" AS subject, 'gives back ' || r."transaction_id" AS detail
    FROM "refund" r WHERE r."origin" = 'second_transaction' AND NOT EXISTS (
      SELECT FROM "ledger_transaction" t JOIN "ledger_entry" e ON e."ledger_transaction_id" = t."id"
      WHERE t."order_id" = r."order_id" AND t."kind" = 'second_payment' AND t."reference" = r."transaction_id"
        AND e."account" = 'suspense' AND e."amount_fen" = -r."total_fen")`,
  refund_state_without_event: Prisma.sql`
    SELECT r."id" AS subject, r."state" || ', but its events end with ' || coalesce(last."to_state"::text, 'none') AS detail
    FROM "refund" r LEFT JOIN LATERAL (
      SELECT v."to_state" FROM "refund_event" v WHERE v."refund_id" = r."id" ORDER BY v."id" DESC LIMIT 1
    ) last ON true WHERE last."to_state" IS DISTINCT FROM r."state"`,
  refund_events_broken: Prisma.sql`
    SELECT "refund_id" AS subject, 'an event from ' || coalesce("from_state"::text, 'nothing')
      || ' after one to ' || coalesce(before::text, 'nothing') AS detail
    FROM (
      SELECT "refund_id", "from_state", lag("to_state") OVER (PARTITION BY "refund_id" ORDER BY "id") AS before
      FROM "refund_event"
    ) chain WHERE before IS DISTINCT FROM "from_state"`,
  reservation_wrong: Prisma.sql`
    SELECT o."id" AS subject, o."refund_reserved_fen" || ' fen are reserved in ' || o."refund_count" || ' refunds' AS detail
    FROM "tip_order" o LEFT JOIN (
      SELECT "order_id", count(*) AS refunds,
        coalesce(sum("amount_fen") FILTER (WHERE "state" <> 'closed'), 0) AS fen
      FROM "refund" WHERE "origin" = 'operator' GROUP BY "order_id"
    ) asked ON asked."order_id" = o."id"
    WHERE o."refund_reserved_fen" <> coalesce(asked.fen, 0) OR o."refund_count" <> coalesce(asked.refunds, 0)`,
} as const satisfies Readonly<Record<string, Prisma.Sql>>
