-- Orders are kept for ever, and those that are still open are few: the sweep reads no others.
CREATE INDEX "tip_order_open_idx" ON "tip_order"("created_at") WHERE "state" IN ('created', 'prepaid');
