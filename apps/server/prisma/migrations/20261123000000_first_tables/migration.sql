-- CreateEnum
CREATE TYPE "Channel" AS ENUM ('v2');

-- CreateEnum
CREATE TYPE "OrderState" AS ENUM ('created', 'prepaid', 'paid', 'closed');

-- CreateEnum
CREATE TYPE "Cause" AS ENUM ('user', 'notification', 'query');

-- CreateEnum
CREATE TYPE "OrderEventType" AS ENUM ('created', 'prepay_issued', 'payment_confirmed', 'closed');

-- CreateEnum
CREATE TYPE "Verdict" AS ENUM ('applied', 'replay', 'not_paid', 'case');

-- CreateEnum
CREATE TYPE "CaseKind" AS ENUM ('unknown_order', 'mismatch', 'transaction_reused', 'second_transaction');

-- CreateEnum
CREATE TYPE "CaseState" AS ENUM ('open', 'settled');

-- CreateTable
CREATE TABLE "creator" (
    "id" VARCHAR(64) NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "creator_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "merchant_account" (
    "id" UUID NOT NULL,
    "appid" VARCHAR(32) NOT NULL,
    "mchid" VARCHAR(32) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "merchant_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_account" (
    "id" UUID NOT NULL,
    "appid" VARCHAR(32) NOT NULL,
    "openid" VARCHAR(128) NOT NULL,
    "unionid" VARCHAR(128),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_login_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tip_order" (
    "id" VARCHAR(32) NOT NULL,
    "user_id" UUID NOT NULL,
    "creator_id" VARCHAR(64) NOT NULL,
    "merchant_account_id" UUID NOT NULL,
    "channel" "Channel" NOT NULL,
    "amount_fen" INTEGER NOT NULL,
    "currency" VARCHAR(16) NOT NULL,
    "state" "OrderState" NOT NULL,
    "description" VARCHAR(127) NOT NULL,
    "client_ip" VARCHAR(64) NOT NULL,
    "notify_url" VARCHAR(256) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "prepay_id" VARCHAR(64),
    "transaction_id" VARCHAR(32),
    "paid_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "tip_order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_event" (
    "id" BIGSERIAL NOT NULL,
    "order_id" VARCHAR(32) NOT NULL,
    "type" "OrderEventType" NOT NULL,
    "from_state" "OrderState",
    "to_state" "OrderState" NOT NULL,
    "cause" "Cause" NOT NULL,
    "reference" VARCHAR(64),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "order_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification" (
    "id" UUID NOT NULL,
    "channel" "Channel" NOT NULL,
    "body" BYTEA NOT NULL,
    "sender" VARCHAR(64) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "verdict" "Verdict" NOT NULL,
    "order_id" VARCHAR(64) NOT NULL,
    "case_id" UUID,

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_case" (
    "id" UUID NOT NULL,
    "fingerprint" VARCHAR(256) NOT NULL,
    "kind" "CaseKind" NOT NULL,
    "state" "CaseState" NOT NULL,
    "order_id" VARCHAR(64) NOT NULL,
    "transaction_id" VARCHAR(64) NOT NULL,
    "fields" TEXT[],
    "fact" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_case_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "merchant_account_appid_mchid_key" ON "merchant_account"("appid", "mchid");

-- CreateIndex
CREATE UNIQUE INDEX "user_account_appid_openid_key" ON "user_account"("appid", "openid");

-- CreateIndex
CREATE INDEX "tip_order_user_id_created_at_id_idx" ON "tip_order"("user_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "tip_order_merchant_account_id_transaction_id_key" ON "tip_order"("merchant_account_id", "transaction_id");

-- CreateIndex
CREATE INDEX "order_event_order_id_id_idx" ON "order_event"("order_id", "id");

-- CreateIndex
CREATE INDEX "notification_order_id_idx" ON "notification"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "payment_case_fingerprint_key" ON "payment_case"("fingerprint");

-- CreateIndex
CREATE INDEX "payment_case_state_created_at_idx" ON "payment_case"("state", "created_at");

-- AddForeignKey
ALTER TABLE "tip_order" ADD CONSTRAINT "tip_order_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tip_order" ADD CONSTRAINT "tip_order_creator_id_fkey" FOREIGN KEY ("creator_id") REFERENCES "creator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tip_order" ADD CONSTRAINT "tip_order_merchant_account_id_fkey" FOREIGN KEY ("merchant_account_id") REFERENCES "merchant_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_event" ADD CONSTRAINT "order_event_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "tip_order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "payment_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What no code path may write, whichever it is.
ALTER TABLE "tip_order"
  ADD CONSTRAINT "tip_order_id_check" CHECK ("id" ~ '^[0-9a-f]{32}$'),
  ADD CONSTRAINT "tip_order_amount_check" CHECK ("amount_fen" > 0),
  ADD CONSTRAINT "tip_order_prepaid_check" CHECK ("state" <> 'prepaid' OR "prepay_id" IS NOT NULL),
  ADD CONSTRAINT "tip_order_closed_check" CHECK ("state" <> 'closed' OR "closed_at" IS NOT NULL),
  ADD CONSTRAINT "tip_order_paid_check" CHECK (
    ("state" = 'paid') = ("transaction_id" IS NOT NULL AND "paid_at" IS NOT NULL)
  );
