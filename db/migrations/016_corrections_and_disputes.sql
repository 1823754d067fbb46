-- Corrections of invoices without goods, revised invoices, and disputes.

-- A shipment has one invoice of its own and, after it was corrected, revised ones that keep the link: each invoice is revised once.
ALTER TABLE invoices DROP CONSTRAINT invoices_shipment_id_key;
CREATE UNIQUE INDEX invoices_one_per_shipment ON invoices (shipment_id) WHERE corrects_invoice_id IS NULL;
CREATE UNIQUE INDEX invoices_revised_once ON invoices (corrects_invoice_id) WHERE kind = 'invoice';
CREATE INDEX invoices_by_shipment ON invoices (shipment_id);

-- Goods are one reason for a credit note of many: the reasons are a list of the domain.
ALTER TABLE credit_notes ALTER COLUMN return_id DROP NOT NULL;
ALTER TABLE credit_notes DROP CONSTRAINT credit_notes_reason_check;
ALTER TABLE credit_notes ADD COLUMN note text;
-- How many of the invoice's units a line takes back; 0 where only their price or an amount was corrected.
ALTER TABLE credit_note_lines ADD COLUMN credited_units integer CHECK (credited_units BETWEEN 0 AND quantity);
UPDATE credit_note_lines SET credited_units = quantity;
ALTER TABLE credit_note_lines ALTER COLUMN credited_units SET NOT NULL;

-- Companies that were set up before there was such a policy get its default, as new ones do.
INSERT INTO policies (name, version, body, at, actor)
SELECT 'corrections', 1, '{"name": "corrections", "version": 1, "fourEyesFromMinor": 1000000, "disputeBusinessDays": 5}', now(), 'system'
WHERE EXISTS (SELECT 1 FROM policies)
ON CONFLICT DO NOTHING;

-- What the customer refuses to pay, and what became of it.
CREATE SEQUENCE dispute_ids START 10000001;
CREATE TABLE disputes (
  id text PRIMARY KEY DEFAULT 'DSP-' || nextval('dispute_ids'),
  invoice_id text NOT NULL REFERENCES invoices (id),
  customer_id text NOT NULL REFERENCES customers (id),
  order_id text NOT NULL REFERENCES orders (id),
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'upheld', 'partly-upheld', 'rejected', 'withdrawn')),
  reason text NOT NULL,
  note text NOT NULL,
  currency text NOT NULL,
  -- With tax: what the credit note over its lines would come to on the day it was raised.
  disputed_minor minor NOT NULL CHECK (disputed_minor > 0),
  raised_by text NOT NULL,
  due_at timestamptz NOT NULL,
  resolution text,
  resolved_by text,
  at timestamptz NOT NULL,
  resolved_at timestamptz,
  CHECK ((status = 'open') = (resolved_at IS NULL))
);
CREATE INDEX disputes_by_customer ON disputes (customer_id, id);
CREATE INDEX disputes_by_invoice ON disputes (invoice_id);
CREATE INDEX disputes_open ON disputes (due_at) WHERE status = 'open';

CREATE TABLE dispute_lines (
  dispute_id text NOT NULL REFERENCES disputes (id),
  invoice_id text NOT NULL,
  line_number integer NOT NULL,
  -- What the customer says is right: the same shape as a correction takes.
  claim jsonb NOT NULL,
  live boolean NOT NULL DEFAULT true,
  PRIMARY KEY (dispute_id, line_number),
  FOREIGN KEY (invoice_id, line_number) REFERENCES invoice_lines (invoice_id, line_number)
);
CREATE UNIQUE INDEX dispute_lines_live ON dispute_lines (invoice_id, line_number) WHERE live;

-- What of an item is disputed by its live disputes: it stays open, and is neither dunned nor part of a hold.
ALTER TABLE invoices ADD COLUMN disputed_minor minor NOT NULL DEFAULT 0 CHECK (disputed_minor >= 0);

-- What is disputed comes off the earliest open instalments, where the credit note goes when the dispute is upheld.
CREATE OR REPLACE VIEW open_instalments AS
  SELECT i.id AS invoice_id, i.customer_id, i.currency, 1 AS number, i.due_on, i.open_minor::bigint AS open_minor,
    greatest(0, i.open_minor - i.disputed_minor)::bigint AS undisputed_minor
  FROM invoices i
  WHERE i.open_minor > 0 AND NOT EXISTS (SELECT FROM invoice_instalments n WHERE n.invoice_id = i.id)
  UNION ALL
  SELECT i.id, i.customer_id, i.currency, n.number, n.due_on, least(n.amount_minor, i.open_minor - n.later_minor)::bigint,
    greatest(0, least(n.amount_minor, i.open_minor - i.disputed_minor - n.later_minor))::bigint
  FROM invoices i JOIN LATERAL (
    SELECT s.number, s.due_on, s.amount_minor,
      (SELECT coalesce(sum(l.amount_minor), 0) FROM invoice_instalments l WHERE l.invoice_id = i.id AND l.number > s.number) AS later_minor
    FROM invoice_instalments s WHERE s.invoice_id = i.id) n ON i.open_minor > n.later_minor
  WHERE i.open_minor > 0;

-- A correction as it was asked for, by whom, and what came of it: above the policy's amount another person agrees first.
CREATE SEQUENCE correction_ids START 10000001;
CREATE TABLE corrections (
  id text PRIMARY KEY DEFAULT 'COR-' || nextval('correction_ids'),
  invoice_id text NOT NULL REFERENCES invoices (id),
  customer_id text NOT NULL REFERENCES customers (id),
  kind text NOT NULL CHECK (kind IN ('credit', 'credit-and-reissue')),
  reason text NOT NULL,
  note text,
  request jsonb NOT NULL,
  currency text NOT NULL,
  credited_minor minor NOT NULL,
  revised_minor minor,
  status text NOT NULL CHECK (status IN ('proposed', 'issued', 'refused')),
  dispute_id text REFERENCES disputes (id),
  credit_note_id text UNIQUE REFERENCES credit_notes (id),
  revised_invoice_id text UNIQUE REFERENCES invoices (id),
  policy_version integer NOT NULL,
  proposed_by text NOT NULL,
  decided_by text,
  at timestamptz NOT NULL,
  decided_at timestamptz,
  CHECK ((status = 'issued') = (credit_note_id IS NOT NULL)),
  CHECK (revised_invoice_id IS NULL OR kind = 'credit-and-reissue')
);
CREATE INDEX corrections_by_invoice ON corrections (invoice_id);
CREATE UNIQUE INDEX corrections_proposed ON corrections (invoice_id) WHERE status = 'proposed';

DO $$
DECLARE listed text;
BEGIN
  SELECT pg_get_expr(conbin, conrelid) INTO listed FROM pg_constraint
    WHERE conname = 'tasks_kind_check' AND conrelid = 'tasks'::regclass;
  ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check;
  EXECUTE format('ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (%s OR kind IN (%L, %L))', listed, 'correction-approval', 'dispute');
END $$;

INSERT INTO jobs (name) VALUES ('dispute-escalations');

GRANT SELECT, INSERT, UPDATE ON disputes, dispute_lines, corrections TO throughline_api, throughline_worker;
GRANT USAGE ON SEQUENCE dispute_ids, correction_ids TO throughline_api, throughline_worker;
