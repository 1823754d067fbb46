-- Goods that come back (RMA), and the credit notes that correct their invoices. A credit note is no debit item: it has a table
-- of its own, so that every row of `invoices` stays a debit item that is open by what was not settled of it.
CREATE SEQUENCE return_ids START 10000001;
CREATE TABLE returns (
  id text PRIMARY KEY DEFAULT 'RMA-' || nextval('return_ids'),
  customer_id text NOT NULL REFERENCES customers (id),
  order_id text NOT NULL REFERENCES orders (id),
  -- A shipment has one invoice, so a return concerns one of each.
  shipment_id text NOT NULL REFERENCES shipments (id),
  invoice_id text NOT NULL REFERENCES invoices (id),
  warehouse_id text NOT NULL REFERENCES warehouses (id),
  status text NOT NULL DEFAULT 'requested' CHECK (status IN ('requested', 'approved', 'refused', 'received', 'credited', 'cancelled')),
  status_reason text,
  note text,
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL
);
CREATE INDEX returns_by_order ON returns (order_id);
CREATE INDEX returns_by_shipment ON returns (shipment_id);
CREATE INDEX returns_by_customer ON returns (customer_id, id);
CREATE INDEX returns_by_status ON returns (status, id);

CREATE TABLE return_lines (
  return_id text NOT NULL REFERENCES returns (id),
  line_number integer NOT NULL,
  sku text NOT NULL,
  quantity integer NOT NULL CHECK (quantity > 0),
  reason text NOT NULL,
  received_quantity integer,
  restocked_quantity integer,
  scrapped_quantity integer,
  PRIMARY KEY (return_id, line_number),
  CHECK (received_quantity IS NULL OR (0 <= received_quantity AND received_quantity <= quantity)),
  CHECK ((restocked_quantity IS NULL) = (scrapped_quantity IS NULL)),
  -- Every unit that was received is inspected: back on the shelf, or scrapped.
  CHECK (restocked_quantity IS NULL OR (restocked_quantity >= 0 AND scrapped_quantity >= 0
    AND received_quantity IS NOT NULL AND restocked_quantity + scrapped_quantity = received_quantity))
);

CREATE TABLE credit_notes (
  -- The document number itself, from a series of its own.
  id text PRIMARY KEY,
  -- A return is credited once.
  return_id text NOT NULL UNIQUE REFERENCES returns (id),
  -- The invoice that it corrects.
  invoice_id text NOT NULL REFERENCES invoices (id),
  customer_id text NOT NULL REFERENCES customers (id),
  order_id text NOT NULL REFERENCES orders (id),
  reason text NOT NULL CHECK (reason IN ('return')),
  currency text NOT NULL,
  net_minor minor NOT NULL CHECK (net_minor >= 0),
  tax_minor minor NOT NULL CHECK (tax_minor >= 0),
  gross_minor minor NOT NULL CHECK (gross_minor = net_minor + tax_minor),
  taxes jsonb NOT NULL,
  -- What no invoice has taken: the customer's credit balance.
  unapplied_minor minor NOT NULL CHECK (0 <= unapplied_minor AND unapplied_minor <= gross_minor),
  issued_on date NOT NULL,
  facts jsonb NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX credit_notes_by_customer ON credit_notes (customer_id, id);
CREATE INDEX credit_notes_by_invoice ON credit_notes (invoice_id);

CREATE TABLE credit_note_lines (
  credit_note_id text NOT NULL REFERENCES credit_notes (id),
  -- That of the invoice.
  line_number integer NOT NULL,
  sku text NOT NULL,
  description text NOT NULL,
  quantity integer NOT NULL CHECK (quantity > 0),
  unit_price_minor minor NOT NULL,
  tax_category text NOT NULL,
  tax_rate text NOT NULL,
  net_minor minor NOT NULL,
  PRIMARY KEY (credit_note_id, line_number)
);

CREATE TABLE credit_note_applications (
  credit_note_id text NOT NULL REFERENCES credit_notes (id),
  invoice_id text NOT NULL REFERENCES invoices (id),
  amount_minor minor NOT NULL CHECK (amount_minor > 0),
  value_on date NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (credit_note_id, invoice_id)
);
CREATE INDEX credit_note_applications_by_invoice ON credit_note_applications (invoice_id);

-- Whatever has settled a debit item. What a credit note takes off the invoice that it corrects was never owed; all else is paid.
CREATE VIEW settlements AS
  SELECT invoice_id, value_on, amount_minor, false AS corrects FROM payment_applications
  UNION ALL
  SELECT a.invoice_id, a.value_on, a.amount_minor, n.invoice_id = a.invoice_id
  FROM credit_note_applications a JOIN credit_notes n ON n.id = a.credit_note_id;

ALTER TABLE credit_accounts ADD COLUMN open_credit_notes_minor minor NOT NULL DEFAULT 0 CHECK (open_credit_notes_minor >= 0);

ALTER TABLE stock_movements DROP CONSTRAINT stock_movements_kind_check;
ALTER TABLE stock_movements ADD CONSTRAINT stock_movements_kind_check
  CHECK (kind IN ('received', 'shipped', 'lost', 'found', 'returned'));

GRANT SELECT, INSERT, UPDATE ON returns, return_lines, credit_notes, credit_note_applications TO throughline_api, throughline_worker;
GRANT SELECT, INSERT ON credit_note_lines TO throughline_api, throughline_worker;
GRANT SELECT ON settlements TO throughline_api, throughline_worker;
GRANT USAGE ON SEQUENCE return_ids TO throughline_api, throughline_worker;
