-- What decisions were taken from, kept beside them from now on, so that they can be taken again under another policy (X6).

-- ── Credit ───────────────────────────────────────────────────────────────────────────────────────────────────
-- What was sold on a decision ends with the next one on its customer.
CREATE INDEX credit_decisions_in_time ON credit_decisions (customer_id, at, id);

-- ── Bank lines ───────────────────────────────────────────────────────────────────────────────────────────────
-- Each time that the ladder has looked at a line; again when a person says who has paid it.
CREATE TABLE bank_line_matchings (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  line_id text NOT NULL REFERENCES bank_lines (id),
  policy_version integer NOT NULL,
  -- The receipt, who may have paid it, and what of theirs was open.
  facts jsonb NOT NULL,
  -- What posted, on whose account it waits, and what was suggested.
  decision jsonb NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX bank_line_matchings_by_line ON bank_line_matchings (line_id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_line_matchings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON bank_line_matchings TO throughline_api, throughline_worker;

-- ── Reviews of overdue accounts ──────────────────────────────────────────────────────────────────────────────
-- By currency: the buckets at the month ends that roll rates were read from, and what became of items that had reached 91+. Null: from
-- before it was kept.
ALTER TABLE reviews ADD COLUMN facts jsonb;
-- All that is owed, overdue or not: what of it the matrix was applied to, and what it came to.
CREATE TABLE review_positions (
  review_id text NOT NULL REFERENCES reviews (id),
  customer_id text NOT NULL REFERENCES customers (id),
  currency text NOT NULL,
  matrix_minor jsonb NOT NULL,
  specific_minor minor NOT NULL,
  provision_minor minor NOT NULL,
  PRIMARY KEY (review_id, customer_id, currency)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON review_positions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON review_positions TO throughline_api, throughline_worker;
