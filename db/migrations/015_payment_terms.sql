-- Instalments: the schedule is all that is kept. Whatever pays an invoice pays its instalments in order of due date, so what is open
-- of each follows from what is open of the whole.
CREATE TABLE invoice_instalments (
  invoice_id text NOT NULL REFERENCES invoices (id),
  -- In order of due date, from 1.
  number integer NOT NULL CHECK (number > 0),
  due_on date NOT NULL,
  amount_minor minor NOT NULL CHECK (amount_minor > 0),
  PRIMARY KEY (invoice_id, number)
);

-- An invoice without a schedule is one instalment: the whole of it. What is due later than an instalment is paid after it.
CREATE VIEW scheduled_instalments AS
  SELECT n.invoice_id, n.number, n.due_on, n.amount_minor,
    (SELECT coalesce(sum(l.amount_minor), 0) FROM invoice_instalments l WHERE l.invoice_id = n.invoice_id AND l.number > n.number) AS later_minor
  FROM invoice_instalments n
  UNION ALL
  SELECT i.id, 1, i.due_on, i.gross_minor, 0 FROM invoices i
  WHERE NOT EXISTS (SELECT FROM invoice_instalments n WHERE n.invoice_id = i.id);

CREATE VIEW open_instalments AS
  SELECT i.id AS invoice_id, i.customer_id, i.currency, 1 AS number, i.due_on, i.open_minor::bigint AS open_minor FROM invoices i
  WHERE i.open_minor > 0 AND NOT EXISTS (SELECT FROM invoice_instalments n WHERE n.invoice_id = i.id)
  UNION ALL
  SELECT i.id, i.customer_id, i.currency, n.number, n.due_on, least(n.amount_minor, i.open_minor - n.later_minor)::bigint
  FROM invoices i JOIN LATERAL (
    SELECT s.number, s.due_on, s.amount_minor,
      (SELECT coalesce(sum(l.amount_minor), 0) FROM invoice_instalments l WHERE l.invoice_id = i.id AND l.number > s.number) AS later_minor
    FROM invoice_instalments s WHERE s.invoice_id = i.id) n ON i.open_minor > n.later_minor
  WHERE i.open_minor > 0;

-- due_on is the due date of the first instalment that is still open, and of the last one once nothing is. A trigger, so that
-- whatever changes what is open, also what takes a payment back, cannot forget it.
CREATE FUNCTION follow_instalments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.due_on := coalesce(
    (SELECT s.due_on FROM invoice_instalments s WHERE s.invoice_id = NEW.id AND NEW.open_minor >
       (SELECT coalesce(sum(l.amount_minor), 0) FROM invoice_instalments l WHERE l.invoice_id = NEW.id AND l.number > s.number)
     ORDER BY s.number LIMIT 1),
    (SELECT max(due_on) FROM invoice_instalments WHERE invoice_id = NEW.id),
    NEW.due_on);
  RETURN NEW;
END $$;
CREATE TRIGGER follow_instalments BEFORE UPDATE OF open_minor ON invoices FOR EACH ROW EXECUTE FUNCTION follow_instalments();

-- What was open of a debit item on a day, spread over its instalments. What was paid before it was booked stands below zero, with the
-- last instalment, so that the total is still the account's.
CREATE OR REPLACE FUNCTION receivable_positions(as_of date, known_at timestamptz DEFAULT NULL)
RETURNS TABLE (customer_id text, invoice_id text, currency text, due_on date, open_minor bigint) LANGUAGE sql STABLE AS $$
  SELECT i.customer_id, i.id, i.currency, s.due_on, least(s.amount_minor, m.open_minor - s.later_minor)::bigint
  FROM (SELECT invoice_id, sum(amount_minor) AS open_minor FROM receivable_movements
        WHERE booked_on <= as_of AND recorded_at <= coalesce(known_at, 'infinity') GROUP BY 1) m
    JOIN invoices i ON i.id = m.invoice_id JOIN scheduled_instalments s ON s.invoice_id = m.invoice_id
  WHERE m.open_minor > s.later_minor OR (m.open_minor < 0 AND s.later_minor = 0)
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON invoice_instalments FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON invoice_instalments TO throughline_api, throughline_worker;
GRANT SELECT ON scheduled_instalments, open_instalments TO throughline_api, throughline_worker;

-- Early-payment discounts that were granted, each with the payment that earned it: who takes the payment back takes it back too.
CREATE TABLE early_payment_discounts (
  payment_id text NOT NULL REFERENCES payments (id),
  invoice_id text NOT NULL REFERENCES invoices (id),
  rate text NOT NULL,
  amount_minor minor NOT NULL CHECK (amount_minor > 0),
  net_minor minor NOT NULL CHECK (net_minor >= 0),
  tax_minor minor NOT NULL CHECK (tax_minor >= 0),
  -- What is taken back of each category and rate.
  taxes jsonb NOT NULL,
  value_on date NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (payment_id, invoice_id),
  CHECK (amount_minor = net_minor + tax_minor)
);
CREATE INDEX early_payment_discounts_by_invoice ON early_payment_discounts (invoice_id);
GRANT SELECT, INSERT, UPDATE ON early_payment_discounts TO throughline_api, throughline_worker;

-- A discount corrects what was owed, like a credit note of the invoice itself.
CREATE OR REPLACE VIEW settlements AS
  SELECT invoice_id, value_on, amount_minor, false AS corrects FROM payment_applications
  UNION ALL
  SELECT a.invoice_id, a.value_on, a.amount_minor, n.invoice_id = a.invoice_id
  FROM credit_note_applications a JOIN credit_notes n ON n.id = a.credit_note_id
  UNION ALL
  SELECT invoice_id, value_on, amount_minor, true FROM small_differences
  UNION ALL
  SELECT invoice_id, value_on, amount_minor, true FROM early_payment_discounts;

-- Terms of delivery (Incoterms): under the D-terms control passes when the goods arrive, and the invoice follows then. Null: at goods
-- issue, as under all others.
ALTER TABLE customers ADD COLUMN delivery_terms text;
ALTER TABLE orders ADD COLUMN delivery_terms text;

INSERT INTO jobs (name) VALUES ('unbilled-shipments');
DO $$
DECLARE listed text;
BEGIN
  SELECT pg_get_expr(conbin, conrelid) INTO listed FROM pg_constraint
    WHERE conname = 'tasks_kind_check' AND conrelid = 'tasks'::regclass;
  ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check;
  EXECUTE format('ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (%s OR kind = %L)', listed, 'unbilled-shipment');
END $$;

-- Taxes of an order are rounded as on the day it was placed, by the invoicing policy: what is invoiced and credited of it adds up.
ALTER TABLE orders ADD COLUMN tax_rounding text NOT NULL DEFAULT 'half-up' CHECK (tax_rounding IN ('half-up', 'half-even'));
