-- Notifications stay and their bodies go: the retention job reads only those that still have one.
CREATE INDEX "notification_body_idx" ON "notification"("received_at") WHERE "body" IS NOT NULL;
