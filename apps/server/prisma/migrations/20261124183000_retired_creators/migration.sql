-- AlterTable
ALTER TABLE "creator" ADD COLUMN     "retired_at" TIMESTAMPTZ(3);
