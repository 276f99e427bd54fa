-- CreateEnum
CREATE TYPE "MessageState" AS ENUM ('none', 'pending', 'shown', 'hidden');

-- CreateEnum
CREATE TYPE "AlertKind" AS ENUM ('tip', 'hidden', 'shown');

-- AlterTable
ALTER TABLE "creator" ADD COLUMN     "about" VARCHAR(80),
ADD COLUMN     "avatar_url" VARCHAR(500),
ADD COLUMN     "goal_set_at" TIMESTAMPTZ(3),
ADD COLUMN     "goal_target_fen" INTEGER,
ADD COLUMN     "goal_title" VARCHAR(40),
ADD COLUMN     "last_alert" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "max_fen" INTEGER,
ADD COLUMN     "min_fen" INTEGER,
ADD COLUMN     "overlay_key_hash" BYTEA,
ADD COLUMN     "presets_fen" INTEGER[],
ADD COLUMN     "shows_amounts" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "thanks" VARCHAR(120);

-- AlterTable
ALTER TABLE "tip_order" ADD COLUMN     "display_name" VARCHAR(20),
ADD COLUMN     "is_anonymous" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "message" VARCHAR(50),
ADD COLUMN     "message_state" "MessageState" NOT NULL DEFAULT 'none';

-- CreateTable
CREATE TABLE "tip_alert" (
    "creator_id" VARCHAR(64) NOT NULL,
    "number" BIGINT NOT NULL,
    "kind" "AlertKind" NOT NULL,
    "order_id" VARCHAR(32) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tip_alert_pkey" PRIMARY KEY ("creator_id","number")
);

-- AddForeignKey
ALTER TABLE "tip_alert" ADD CONSTRAINT "tip_alert_creator_id_fkey" FOREIGN KEY ("creator_id") REFERENCES "creator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tip_alert" ADD CONSTRAINT "tip_alert_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "tip_order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "creator"
  ADD CONSTRAINT "creator_id_check" CHECK ("id" ~ '^[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?$'),
  ADD CONSTRAINT "creator_limits_check" CHECK ("min_fen" > 0 AND "max_fen" > 0 AND "min_fen" <= "max_fen"),
  ADD CONSTRAINT "creator_goal_check" CHECK (
    num_nulls("goal_title", "goal_target_fen", "goal_set_at") IN (0, 3) AND "goal_target_fen" > 0
  ),
  ADD CONSTRAINT "creator_key_check" CHECK (octet_length("overlay_key_hash") = 32);

-- Who is anonymous has left no name here, so none can be shown by mistake.
ALTER TABLE "tip_order"
  ADD CONSTRAINT "tip_order_words_check" CHECK (
    ("message_state" = 'none') = ("message" IS NULL AND "display_name" IS NULL)
    AND "message" <> '' AND "display_name" <> ''
  ),
  ADD CONSTRAINT "tip_order_anonymous_check" CHECK (NOT "is_anonymous" OR "display_name" IS NULL);

-- Tips of before this migration belong to the wall as well, in the order of their payments.
INSERT INTO "tip_alert" ("creator_id", "number", "kind", "order_id", "created_at")
SELECT "creator_id", row_number() OVER (PARTITION BY "creator_id" ORDER BY "paid_at", "id"), 'tip', "id", "paid_at"
FROM "tip_order" WHERE "state" = 'paid';
UPDATE "creator" SET "last_alert" = (SELECT count(*) FROM "tip_alert" WHERE "creator_id" = "creator"."id");

-- A payment is announced once, whoever confirms it.
CREATE UNIQUE INDEX "tip_alert_tip_key" ON "tip_alert"("order_id") WHERE "kind" = 'tip';
ALTER TABLE "tip_alert" ADD CONSTRAINT "tip_alert_number_check" CHECK ("number" > 0);
CREATE TRIGGER tip_alert_append_only BEFORE UPDATE OR DELETE ON "tip_alert"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Every server that shows this creator's overlay hears of it when the transaction commits, not before.
CREATE FUNCTION announce_alert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('tip_alert', NEW."creator_id");
  RETURN NULL;
END $$;
CREATE TRIGGER tip_alert_announced AFTER INSERT ON "tip_alert"
  FOR EACH ROW EXECUTE FUNCTION announce_alert();

-- Sums, goals and rankings of a creator read this and not the table.
CREATE INDEX "tip_order_of_creator_idx" ON "tip_order"("creator_id", "paid_at")
  INCLUDE ("user_id", "is_anonymous", "amount_fen", "refund_reserved_fen") WHERE "state" = 'paid';
