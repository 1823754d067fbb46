-- Restarts (X8) are counted by their workflow; every order that was started again had the whole outbox read.
CREATE INDEX outbox_restarts ON outbox (subject) WHERE payload ? 'again';

-- What is parked is not delivered either: lists of what waits, and of what is being started, ask for both.
DROP INDEX outbox_pending_by_subject;
CREATE INDEX outbox_undelivered_by_subject ON outbox (subject, id) WHERE delivered_at IS NULL;
