-- Up to which payment of its customer a promise was judged. Instants do not tell: those of payments are of the requests that brought them, and
-- the lines of a statement that was begun before midnight may be matched after it.
ALTER TABLE promises DROP COLUMN looked_at, ADD COLUMN seen_payment_id text;
