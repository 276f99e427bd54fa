-- CreateEnum
CREATE TYPE "ReconciliationState" AS ENUM ('unfinished', 'agreed', 'different', 'inconsistent');

-- CreateEnum
CREATE TYPE "BillSubject" AS ENUM ('payment', 'refund');

-- CreateEnum
CREATE TYPE "DifferenceKind" AS ENUM ('settled', 'only_in_bill', 'only_in_books', 'differs');

-- AlterEnum
ALTER TYPE "CaseKind" ADD VALUE 'only_in_bill';
ALTER TYPE "CaseKind" ADD VALUE 'only_in_books';
ALTER TYPE "CaseKind" ADD VALUE 'bill_differs';
ALTER TYPE "CaseKind" ADD VALUE 'bill_inconsistent';

-- CreateTable
CREATE TABLE "reconciliation" (
    "id" UUID NOT NULL,
    "merchant_account_id" UUID NOT NULL,
    "channel" "Channel" NOT NULL,
    "day" VARCHAR(10) NOT NULL,
    "state" "ReconciliationState" NOT NULL,
    "bill_payment_count" INTEGER NOT NULL,
    "bill_payment_fen" BIGINT NOT NULL,
    "bill_refund_count" INTEGER NOT NULL,
    "bill_refund_fen" BIGINT NOT NULL,
    "bill_fee_milli_fen" BIGINT NOT NULL,
    "foreign_row_count" INTEGER NOT NULL,
    "books_payment_count" INTEGER NOT NULL,
    "books_payment_fen" BIGINT NOT NULL,
    "books_refund_count" INTEGER NOT NULL,
    "books_refund_fen" BIGINT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "reconciliation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconciliation_difference" (
    "id" BIGSERIAL NOT NULL,
    "reconciliation_id" UUID NOT NULL,
    "subject" "BillSubject" NOT NULL,
    "kind" "DifferenceKind" NOT NULL,
    "order_id" VARCHAR(64) NOT NULL,
    "transaction_id" VARCHAR(64) NOT NULL,
    "refund_id" VARCHAR(64) NOT NULL,
    "amount_fen" BIGINT NOT NULL,
    "fields" TEXT[],
    "case_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reconciliation_difference_pkey" PRIMARY KEY ("id")
);

-- CreateTable. Unlogged: what a crash leaves of a run is of no use to anybody.
CREATE UNLOGGED TABLE "bill_row" (
    "run_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "kind" "BillSubject" NOT NULL,
    "appid" TEXT NOT NULL,
    "mchid" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "transaction_id" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount_fen" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "openid" TEXT NOT NULL,
    "refund_id" TEXT NOT NULL,
    "wechat_refund_id" TEXT NOT NULL,
    "refund_state" TEXT NOT NULL,
    "fee_milli_fen" BIGINT NOT NULL,
    "is_fee_of_rate" BOOLEAN NOT NULL,
    "staged_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bill_row_pkey" PRIMARY KEY ("run_id","line")
);

-- CreateIndex
CREATE UNIQUE INDEX "reconciliation_merchant_account_id_channel_day_key" ON "reconciliation"("merchant_account_id", "channel", "day");

-- CreateIndex
CREATE UNIQUE INDEX "reconciliation_difference_reconciliation_id_subject_kind_or_key" ON "reconciliation_difference"("reconciliation_id", "subject", "kind", "order_id", "transaction_id", "refund_id", "fields");

-- CreateIndex
CREATE INDEX "tip_order_merchant_account_id_paid_at_idx" ON "tip_order"("merchant_account_id", "paid_at");

-- AddForeignKey
ALTER TABLE "reconciliation" ADD CONSTRAINT "reconciliation_merchant_account_id_fkey" FOREIGN KEY ("merchant_account_id") REFERENCES "merchant_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconciliation_difference" ADD CONSTRAINT "reconciliation_difference_reconciliation_id_fkey" FOREIGN KEY ("reconciliation_id") REFERENCES "reconciliation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconciliation_difference" ADD CONSTRAINT "reconciliation_difference_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "payment_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What no code path may write, whichever it is.
ALTER TABLE "reconciliation"
  ADD CONSTRAINT "reconciliation_day_check" CHECK ("day" ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
  ADD CONSTRAINT "reconciliation_finished_check" CHECK (("state" = 'unfinished') = ("finished_at" IS NULL)),
  ADD CONSTRAINT "reconciliation_count_check" CHECK (
    LEAST("bill_payment_count", "bill_refund_count", "books_payment_count", "books_refund_count", "foreign_row_count") >= 0
  );

ALTER TABLE "reconciliation_difference"
  ADD CONSTRAINT "reconciliation_difference_case_check" CHECK (("kind" = 'settled') = ("case_id" IS NULL)),
  ADD CONSTRAINT "reconciliation_difference_refund_check" CHECK ("subject" = 'refund' OR "refund_id" = '');
