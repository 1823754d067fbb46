-- ── Bank lines ───────────────────────────────────────────────────────────────────────────────────────────────
-- The day on which the ladder looks at a line anew by itself: its value date was still to come. Null: a person has it, or it is decided.
ALTER TABLE bank_lines ADD COLUMN match_on date;
UPDATE bank_lines SET match_on = value_on
WHERE status = 'unmatched' AND direction = 'credit' AND payment_id IS NULL AND status_reason LIKE 'its value date % is still to come';
CREATE INDEX bank_lines_to_match ON bank_lines (match_on) WHERE match_on IS NOT NULL;
-- Whose money in suspense may be: a letter to each of them waits for it.
CREATE INDEX bank_lines_believed ON bank_lines USING gin (suggestions jsonb_path_ops) WHERE suspense_minor > 0;

-- ── Money that somebody has recorded before its line came ────────────────────────────────────────────────────
CREATE INDEX payments_of_amount ON payments (customer_id, amount_minor, value_on);
CREATE INDEX cheques_by_amount ON cheques (amount_minor);

-- ── Numbers of the system before this one ────────────────────────────────────────────────────────────────────
-- What a customer knows an item by that was taken over, whatever stands between its letters and digits.
CREATE INDEX invoices_by_former_number ON invoices ((upper(regexp_replace(facts ->> 'reference', '[^A-Za-z0-9]', '', 'g')))) WHERE kind = 'opening-item';
