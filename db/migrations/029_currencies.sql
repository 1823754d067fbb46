-- The books are kept in the company's currency; documents may be in another. Every posting says both.

-- What one unit of a currency was worth in the company's own, from a day on. A rate is never edited: what is saved later for the same
-- day counts from then on, and what has been booked stays.
CREATE TABLE exchange_rates (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  currency text NOT NULL,
  valid_on date NOT NULL,
  rate text NOT NULL CHECK (rate ~ '^[0-9]{1,6}(\.[0-9]{1,12})?$' AND rate ~ '[1-9]'),
  source text NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX exchange_rates_newest ON exchange_rates (currency, valid_on DESC, id DESC);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON exchange_rates FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON exchange_rates TO throughline_api;
GRANT SELECT ON exchange_rates TO throughline_worker;

-- A document in another currency that was booked before there were rates has no amount in the books' currency. It carries nothing in
-- it, so that nothing is invented: what is paid of it counts as a gain when it comes.
ALTER TABLE postings
  ADD COLUMN functional_minor minor CHECK (functional_minor >= 0),
  -- What carries an amount of its own on this account: a payment, a credit note, a shipment. Of receivables, receivable_movements says.
  ADD COLUMN item text;
ALTER TABLE postings DISABLE TRIGGER append_only;
UPDATE postings p SET functional_minor = CASE WHEN e.currency = (SELECT currency FROM company) THEN p.amount_minor ELSE 0 END
  FROM journal_entries e WHERE e.id = p.entry_id;
ALTER TABLE postings ENABLE TRIGGER append_only;
ALTER TABLE postings ALTER COLUMN functional_minor SET NOT NULL;
-- An exchange difference has an amount in the books' currency alone.
ALTER TABLE postings DROP CONSTRAINT postings_amount_minor_check;
ALTER TABLE postings ADD CHECK (amount_minor >= 0), ADD CHECK (amount_minor > 0 OR functional_minor > 0);
CREATE INDEX postings_by_item ON postings (item, account) WHERE item IS NOT NULL;

ALTER TABLE receivable_movements ADD COLUMN functional_minor minor;
ALTER TABLE receivable_movements DISABLE TRIGGER append_only;
UPDATE receivable_movements m SET functional_minor = CASE WHEN i.currency = (SELECT currency FROM company) THEN m.amount_minor ELSE 0 END
  FROM invoices i WHERE i.id = m.invoice_id;
ALTER TABLE receivable_movements ENABLE TRIGGER append_only;
ALTER TABLE receivable_movements ALTER COLUMN functional_minor SET NOT NULL;
ALTER TABLE receivable_movements DROP CONSTRAINT receivable_movements_amount_minor_check;
ALTER TABLE receivable_movements ADD CHECK (amount_minor <> 0 OR functional_minor <> 0);

CREATE OR REPLACE FUNCTION entry_must_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  difference numeric;
  functional_difference numeric;
BEGIN
  SELECT coalesce(sum(CASE side WHEN 'debit' THEN amount_minor ELSE -amount_minor END), 0),
    coalesce(sum(CASE side WHEN 'debit' THEN functional_minor ELSE -functional_minor END), 0)
    INTO difference, functional_difference FROM postings WHERE entry_id = NEW.entry_id;
  IF difference <> 0 OR functional_difference <> 0 THEN
    RAISE EXCEPTION 'journal entry % is out of balance by % and in the currency of the books by %', NEW.entry_id, difference,
      functional_difference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
