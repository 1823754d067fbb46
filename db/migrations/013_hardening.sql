-- ── Production ──────────────────────────────────────────────────────────────
-- Its units were taken off the order: it ended by the order's will, not by production's, and may be asked for again.
ALTER TABLE production_requests ADD COLUMN withdrawn boolean NOT NULL DEFAULT false,
  ADD CHECK (NOT withdrawn OR status = 'cancelled');
-- Before, nothing but production itself left an audit row when it ended one.
UPDATE production_requests p SET withdrawn = true WHERE status = 'cancelled' AND NOT EXISTS (
  SELECT 1 FROM audit_log a WHERE a.order_id = p.order_id AND a.action = 'production-cancelled' AND a.summary LIKE p.id || ':%');

-- ── Credit ──────────────────────────────────────────────────────────────────
-- A person has given the order room under the limit: it need not stand in line for it. Until now this was read from the task that
-- the decision finishes, which an amendment or a hold finishes too.
ALTER TABLE orders ADD COLUMN room_decided boolean NOT NULL DEFAULT false;
UPDATE orders o SET room_decided = true WHERE status = 'over-limit'
  AND EXISTS (SELECT 1 FROM credit_decisions d WHERE d.order_id = o.id AND d.outcome = 'approve')
  AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.order_id = o.id AND t.kind = 'over-limit' AND t.status IN ('open', 'claimed'));

-- ── Payment in advance ──────────────────────────────────────────────────────
-- What only rounding left open of an invoice of a prepaid order: the pro-forma rounds the tax once, each invoice for itself.
CREATE TABLE small_differences (
  order_id text NOT NULL REFERENCES prepayments (order_id),
  invoice_id text NOT NULL REFERENCES invoices (id),
  amount_minor minor NOT NULL CHECK (amount_minor > 0),
  value_on date NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (order_id, invoice_id)
);
CREATE INDEX small_differences_by_invoice ON small_differences (invoice_id);
GRANT SELECT, INSERT, UPDATE ON small_differences TO throughline_api, throughline_worker;
-- Nobody paid it, and nobody owed it.
CREATE OR REPLACE VIEW settlements AS
  SELECT invoice_id, value_on, amount_minor, false AS corrects FROM payment_applications
  UNION ALL
  SELECT a.invoice_id, a.value_on, a.amount_minor, n.invoice_id = a.invoice_id
  FROM credit_note_applications a JOIN credit_notes n ON n.id = a.credit_note_id
  UNION ALL
  SELECT invoice_id, value_on, amount_minor, true FROM small_differences;

-- Pro-formas that another one has replaced, because their order was amended before it was paid for. Money may still quote them.
CREATE TABLE superseded_pro_formas (
  number text PRIMARY KEY,
  order_id text NOT NULL REFERENCES prepayments (order_id),
  customer_id text NOT NULL REFERENCES customers (id),
  payment_reference text NOT NULL UNIQUE,
  currency text NOT NULL,
  amount_minor minor NOT NULL CHECK (amount_minor > 0),
  issued_on date NOT NULL,
  due_on date NOT NULL,
  facts jsonb NOT NULL,
  superseded_by text NOT NULL,
  superseded_at timestamptz NOT NULL
);
CREATE INDEX superseded_pro_formas_by_order ON superseded_pro_formas (order_id);
GRANT SELECT, INSERT ON superseded_pro_formas TO throughline_api, throughline_worker;
