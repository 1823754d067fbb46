-- A line of a bank statement may tell what the books know already: a bounce that was recorded by hand, or a refund of ours. Each stands for one
-- line; another of the same amount is other money.
ALTER TABLE bank_lines
  ADD COLUMN refund_id text UNIQUE REFERENCES refunds (id),
  ADD COLUMN bounced_payment_id text,
  ADD COLUMN bounce_number integer,
  ADD CHECK ((bounced_payment_id IS NULL) = (bounce_number IS NULL)),
  ADD FOREIGN KEY (bounced_payment_id, bounce_number) REFERENCES payment_reversals (payment_id, number),
  ADD UNIQUE (bounced_payment_id, bounce_number);

-- What lines were taken for until now: the first of each.
UPDATE bank_lines l SET refund_id = known.refund_id FROM (
  SELECT DISTINCT ON (r.id) r.id AS refund_id, b.id FROM refunds r JOIN bank_lines b ON b.status_reason = 'the refund ' || r.id
  WHERE b.direction = 'debit' AND b.status = 'matched' ORDER BY r.id, b.at, b.id) known
WHERE l.id = known.id;
UPDATE bank_lines l SET bounced_payment_id = r.payment_id, bounce_number = r.number FROM (
  SELECT payment_id, number, amount_minor + fee_minor AS minor,
    row_number() OVER (PARTITION BY payment_id, amount_minor + fee_minor ORDER BY number) AS nth
  FROM payment_reversals WHERE kind = 'bounce' AND bank_line_id IS NULL) r
JOIN (
  SELECT b.id, p.id AS payment_id, b.amount_minor AS minor, row_number() OVER (PARTITION BY p.id, b.amount_minor ORDER BY b.at, b.id) AS nth
  FROM bank_lines b JOIN payments p ON b.status_reason = 'the bounce of ' || p.id || ', recorded by hand'
  WHERE b.direction = 'debit' AND b.status = 'matched') b USING (payment_id, minor, nth)
WHERE l.id = b.id;
