-- CreateEnum
CREATE TYPE "NotificationKind" AS ENUM ('payment', 'refund');

-- CreateEnum
CREATE TYPE "LedgerAccount" AS ENUM ('user_payments', 'wechat_clearing', 'refunds', 'fees', 'suspense');

-- CreateEnum
CREATE TYPE "LedgerKind" AS ENUM ('payment', 'refund', 'second_payment', 'second_refund', 'fees');

-- AlterEnum
ALTER TYPE "Cause" ADD VALUE 'follow_up';
ALTER TYPE "Cause" ADD VALUE 'bill';
ALTER TYPE "Cause" ADD VALUE 'operator';

-- AlterEnum
ALTER TYPE "Verdict" ADD VALUE 'to_confirm';

-- AlterTable
ALTER TABLE "notification" ADD COLUMN     "headers" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "kind" "NotificationKind" NOT NULL DEFAULT 'payment',
ALTER COLUMN "body" DROP NOT NULL;

-- AlterTable
ALTER TABLE "payment_case" ADD COLUMN     "cause" "Cause" NOT NULL DEFAULT 'notification',
ADD COLUMN     "settled_at" TIMESTAMPTZ(3),
ADD COLUMN     "settled_by" VARCHAR(64),
ADD COLUMN     "settled_why" VARCHAR(500),
ALTER COLUMN "transaction_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "tip_order" ADD COLUMN     "is_paid_late" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "refused_notification" (
    "id" BIGSERIAL NOT NULL,
    "channel" "Channel" NOT NULL,
    "code" VARCHAR(64) NOT NULL,
    "sender" VARCHAR(64) NOT NULL,
    "body" BYTEA NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "refused_notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_record" (
    "id" BIGSERIAL NOT NULL,
    "operator" VARCHAR(64) NOT NULL,
    "action" VARCHAR(64) NOT NULL,
    "target" VARCHAR(64) NOT NULL,
    "details" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_transaction" (
    "id" UUID NOT NULL,
    "kind" "LedgerKind" NOT NULL,
    "reference" VARCHAR(64) NOT NULL,
    "order_id" VARCHAR(32),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_transaction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_entry" (
    "id" BIGSERIAL NOT NULL,
    "ledger_transaction_id" UUID NOT NULL,
    "account" "LedgerAccount" NOT NULL,
    "amount_fen" INTEGER NOT NULL,

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_check" (
    "id" BIGSERIAL NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "is_right" BOOLEAN NOT NULL,
    "findings" INTEGER NOT NULL,
    "details" JSONB NOT NULL,

    CONSTRAINT "ledger_check_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_record_target_idx" ON "audit_record"("target");

-- CreateIndex
CREATE INDEX "ledger_transaction_order_id_idx" ON "ledger_transaction"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transaction_kind_reference_key" ON "ledger_transaction"("kind", "reference");

-- CreateIndex
CREATE INDEX "ledger_entry_ledger_transaction_id_idx" ON "ledger_entry"("ledger_transaction_id");

-- CreateIndex
CREATE INDEX "notification_received_at_idx" ON "notification"("received_at");

-- AddForeignKey
ALTER TABLE "ledger_transaction" ADD CONSTRAINT "ledger_transaction_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "tip_order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_ledger_transaction_id_fkey" FOREIGN KEY ("ledger_transaction_id") REFERENCES "ledger_transaction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Cases of before this migration came from notifications and queries alike; new ones always say.
ALTER TABLE "payment_case" ALTER COLUMN "cause" DROP DEFAULT;
ALTER TABLE "payment_case" ADD CONSTRAINT "payment_case_settled_check" CHECK (
  ("state" = 'settled') = ("settled_at" IS NOT NULL AND "settled_by" IS NOT NULL AND "settled_why" IS NOT NULL)
);
ALTER TABLE "tip_order" ADD CONSTRAINT "tip_order_late_check" CHECK (NOT "is_paid_late" OR "state" = 'paid');
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_amount_check" CHECK ("amount_fen" <> 0);

-- What is written once stays as it is, whoever asks.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;

CREATE TRIGGER ledger_transaction_append_only BEFORE UPDATE OR DELETE ON "ledger_transaction"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_transaction_kept BEFORE TRUNCATE ON "ledger_transaction"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON "ledger_entry"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_entry_kept BEFORE TRUNCATE ON "ledger_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_record_append_only BEFORE UPDATE OR DELETE ON "audit_record"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_record_kept BEFORE TRUNCATE ON "audit_record"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER order_event_no_update BEFORE UPDATE ON "order_event"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
-- Old events go with the retention job, which says so in its own transaction, and with nothing else.
CREATE TRIGGER order_event_no_delete BEFORE DELETE ON "order_event"
  FOR EACH ROW WHEN (current_setting('dashang.retention', true) IS DISTINCT FROM 'on')
  EXECUTE FUNCTION refuse_change();

-- Asked when the transaction commits: are both sides there, and are they equal?
CREATE FUNCTION refuse_unbalanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  entries integer;
  balance bigint;
BEGIN
  SELECT count(*), sum("amount_fen") INTO entries, balance
    FROM "ledger_entry" WHERE "ledger_transaction_id" = NEW."id";
  IF entries < 2 OR balance <> 0 THEN
    RAISE EXCEPTION 'ledger transaction % is not balanced', NEW."id";
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER ledger_transaction_balanced AFTER INSERT ON "ledger_transaction"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_unbalanced();

-- Entries come with their transaction or never: two more would balance and still be an edit.
CREATE FUNCTION refuse_late_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM "ledger_transaction"
    WHERE "id" = NEW."ledger_transaction_id" AND xmin = pg_current_xact_id()::xid
  ) THEN
    RAISE EXCEPTION 'ledger transaction % is closed', NEW."ledger_transaction_id";
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER ledger_entry_in_time BEFORE INSERT ON "ledger_entry"
  FOR EACH ROW EXECUTE FUNCTION refuse_late_entry();

-- The books begin with the payments of before they were kept.
INSERT INTO "ledger_transaction" ("id", "kind", "reference", "order_id", "created_at")
SELECT gen_random_uuid(), 'payment', "transaction_id", "id", "paid_at" FROM "tip_order" WHERE "state" = 'paid';
INSERT INTO "ledger_entry" ("ledger_transaction_id", "account", "amount_fen")
SELECT "ledger_transaction"."id", "account", "sign" * "amount_fen"
FROM "ledger_transaction" JOIN "tip_order" ON "tip_order"."id" = "ledger_transaction"."order_id"
CROSS JOIN (VALUES ('wechat_clearing'::"LedgerAccount", 1), ('user_payments'::"LedgerAccount", -1)) AS "side" ("account", "sign");
