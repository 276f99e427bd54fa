-- AlterEnum
ALTER TYPE "Channel" ADD VALUE 'v3';

-- AlterEnum
ALTER TYPE "Verdict" ADD VALUE 'ignored';
