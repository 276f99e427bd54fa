-- CreateEnum
CREATE TYPE "RefundState" AS ENUM ('requested', 'processing', 'succeeded', 'closed', 'abnormal');

-- CreateEnum
CREATE TYPE "RefundOrigin" AS ENUM ('operator', 'second_transaction');

-- CreateEnum
CREATE TYPE "RefundEventType" AS ENUM ('requested', 'accepted', 'succeeded', 'closed', 'abnormal', 'refused');

-- AlterEnum
ALTER TYPE "CaseKind" ADD VALUE 'unknown_refund';
ALTER TYPE "CaseKind" ADD VALUE 'refund_mismatch';
ALTER TYPE "CaseKind" ADD VALUE 'refund_blocked';
ALTER TYPE "CaseKind" ADD VALUE 'refund_closed';
ALTER TYPE "CaseKind" ADD VALUE 'refund_abnormal';
ALTER TYPE "CaseKind" ADD VALUE 'refund_conflict';
ALTER TYPE "CaseKind" ADD VALUE 'refund_stuck';

-- AlterTable
ALTER TABLE "tip_order" ADD COLUMN     "refund_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "refund_reserved_fen" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "refund" (
    "id" VARCHAR(32) NOT NULL,
    "order_id" VARCHAR(32) NOT NULL,
    "channel" "Channel" NOT NULL,
    "transaction_id" VARCHAR(32) NOT NULL,
    "amount_fen" INTEGER NOT NULL,
    "total_fen" INTEGER NOT NULL,
    "reason" VARCHAR(80) NOT NULL,
    "origin" "RefundOrigin" NOT NULL,
    "requested_by" VARCHAR(64),
    "state" "RefundState" NOT NULL,
    "wechat_refund_id" VARCHAR(32),
    "case_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "refund_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refund_event" (
    "id" BIGSERIAL NOT NULL,
    "refund_id" VARCHAR(32) NOT NULL,
    "type" "RefundEventType" NOT NULL,
    "from_state" "RefundState",
    "to_state" "RefundState" NOT NULL,
    "cause" "Cause" NOT NULL,
    "reference" VARCHAR(64),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "refund_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "refund_order_id_created_at_idx" ON "refund"("order_id", "created_at");

-- CreateIndex
CREATE INDEX "refund_event_refund_id_id_idx" ON "refund_event"("refund_id", "id");

-- AddForeignKey
ALTER TABLE "refund" ADD CONSTRAINT "refund_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "tip_order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund" ADD CONSTRAINT "refund_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "payment_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund_event" ADD CONSTRAINT "refund_event_refund_id_fkey" FOREIGN KEY ("refund_id") REFERENCES "refund"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- More can neither be refunded nor be asked for, however many ask at once.
ALTER TABLE "tip_order"
  ADD CONSTRAINT "tip_order_refund_reserved_check" CHECK ("refund_reserved_fen" BETWEEN 0 AND "amount_fen"),
  ADD CONSTRAINT "tip_order_refund_count_check" CHECK ("refund_count" BETWEEN 0 AND 50),
  ADD CONSTRAINT "tip_order_refund_paid_check" CHECK ("refund_count" = 0 OR "state" = 'paid');

ALTER TABLE "refund"
  ADD CONSTRAINT "refund_id_check" CHECK ("id" ~ '^[0-9a-f]{32}$'),
  ADD CONSTRAINT "refund_amount_check" CHECK ("amount_fen" BETWEEN 1 AND "total_fen"),
  ADD CONSTRAINT "refund_reason_check" CHECK (octet_length("reason") BETWEEN 1 AND 80),
  ADD CONSTRAINT "refund_operator_check" CHECK (("origin" = 'operator') = ("requested_by" IS NOT NULL)),
  ADD CONSTRAINT "refund_whole_check" CHECK ("origin" = 'operator' OR "amount_fen" = "total_fen"),
  ADD CONSTRAINT "refund_settled_check" CHECK (("state" IN ('succeeded', 'closed')) = ("settled_at" IS NOT NULL)),
  ADD CONSTRAINT "refund_known_check" CHECK (
    "state" NOT IN ('processing', 'succeeded', 'abnormal') OR "wechat_refund_id" IS NOT NULL
  );

-- A second transaction is none of the order's money: it goes back whole, and once.
CREATE UNIQUE INDEX "refund_second_transaction_key" ON "refund"("transaction_id") WHERE "origin" = 'second_transaction';

CREATE TRIGGER refund_event_append_only BEFORE UPDATE OR DELETE ON "refund_event"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refund_event_kept BEFORE TRUNCATE ON "refund_event"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refund_kept BEFORE DELETE ON "refund"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
