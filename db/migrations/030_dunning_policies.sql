-- Dunning policies by name. The company's own keeps its name and versions, and so do the plans that were drawn up from it; another is
-- named 'dunning:' and its code. Policies are never deleted, so that a code that was known stays known.
ALTER TABLE customers
  ADD COLUMN language text CHECK (language ~ '^[a-z]{2}$'),
  ADD COLUMN dunning_policy text;

CREATE TABLE segment_dunning_policies (
  segment text PRIMARY KEY,
  -- Null: taken off again.
  dunning_policy text,
  actor text NOT NULL,
  at timestamptz NOT NULL
);

-- What rates of interest with a margin are counted from: announced once, and never changed.
CREATE TABLE base_rates (
  valid_from date PRIMARY KEY,
  annual_rate text NOT NULL CHECK (annual_rate ~ '^-?[0-9]{1,2}(\.[0-9]{1,6})?$'),
  actor text NOT NULL,
  at timestamptz NOT NULL
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON base_rates FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Fees for letters and fixed sums for the cost of recovery are debit items; what one is charged for, it is charged for once.
DO $$
DECLARE listed text;
BEGIN
  SELECT pg_get_expr(conbin, conrelid) INTO listed FROM pg_constraint
    WHERE conname = 'invoices_kind_check' AND conrelid = 'invoices'::regclass;
  ALTER TABLE invoices DROP CONSTRAINT invoices_kind_check;
  EXECUTE format('ALTER TABLE invoices ADD CONSTRAINT invoices_kind_check CHECK (%s OR kind = %L)', listed, 'fee-note');
END $$;
CREATE UNIQUE INDEX fee_notes_by_charge ON invoices ((facts ->> 'chargeKey')) WHERE kind = 'fee-note';

GRANT SELECT, INSERT, UPDATE ON segment_dunning_policies TO throughline_api;
GRANT SELECT, INSERT ON base_rates TO throughline_api;
GRANT SELECT ON segment_dunning_policies, base_rates TO throughline_worker;
