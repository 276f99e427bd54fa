-- What WeChat closed gave nothing back, so another refund may; of the others there is one.
DROP INDEX "refund_second_transaction_key";
CREATE UNIQUE INDEX "refund_second_transaction_key" ON "refund"("transaction_id")
  WHERE "origin" = 'second_transaction' AND "state" <> 'closed';
