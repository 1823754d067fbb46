-- Consolidated invoices: one over all that a customer was shipped in a period, where its invoicing policy says so (I1, I2).

-- {"kind": "per-shipment"}, or {"kind": "consolidated", "every": "week", "weekday": 1} or {…, "every": "month", "day": 1}.
ALTER TABLE customers ADD COLUMN invoicing jsonb NOT NULL DEFAULT '{"kind": "per-shipment"}';
-- As it was with its customer when the order was placed.
ALTER TABLE orders ADD COLUMN invoicing jsonb NOT NULL DEFAULT '{"kind": "per-shipment"}';
CREATE INDEX orders_awaiting_run ON orders (customer_id)
  WHERE invoicing ->> 'kind' = 'consolidated' AND status NOT IN ('invoiced', 'closed', 'declined', 'cancelled');

-- What a consolidated invoice bills: such an invoice has no order and no shipment of its own.
CREATE TABLE consolidated_shipments (
  invoice_id text NOT NULL REFERENCES invoices (id),
  shipment_id text NOT NULL REFERENCES shipments (id),
  order_id text NOT NULL REFERENCES orders (id),
  -- It stands on a revised invoice, which bills again what another one billed first.
  revises boolean NOT NULL DEFAULT false,
  PRIMARY KEY (invoice_id, shipment_id)
);
CREATE UNIQUE INDEX consolidated_once ON consolidated_shipments (shipment_id) WHERE NOT revises;
CREATE INDEX consolidated_by_shipment ON consolidated_shipments (shipment_id);
CREATE INDEX consolidated_by_order ON consolidated_shipments (order_id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON consolidated_shipments FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Where a line of a consolidated invoice comes from. Null: from the invoice's one shipment, under the same number.
ALTER TABLE invoice_lines ADD COLUMN shipment_id text REFERENCES shipments (id);
ALTER TABLE invoice_lines ADD COLUMN order_line_number integer;
ALTER TABLE invoice_lines ADD CONSTRAINT invoice_lines_origin CHECK ((shipment_id IS NULL) = (order_line_number IS NULL));

-- Which invoice bills which shipment of which order, whether for itself or with others.
CREATE VIEW billings AS
  SELECT id AS invoice_id, order_id, shipment_id FROM invoices WHERE order_id IS NOT NULL
  UNION ALL
  SELECT invoice_id, order_id, shipment_id FROM consolidated_shipments;

-- How long after control has passed a shipment has its invoice at the latest: a period and its run, or an hour. What is paid in advance
-- or by card waits for no run.
CREATE FUNCTION invoiced_within(invoicing jsonb, terms jsonb, pays_by_card boolean) RETURNS interval LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN invoicing ->> 'kind' = 'per-shipment' OR terms ->> 'kind' = 'prepayment' OR pays_by_card THEN interval '1 hour'
              WHEN invoicing ->> 'every' = 'week' THEN interval '8 days' ELSE interval '32 days' END
$$;

-- Customers that a run could not invoice: the others are, and the next day's run tries these again.
CREATE TABLE invoice_run_failures (
  customer_id text PRIMARY KEY REFERENCES customers (id),
  run_on date NOT NULL,
  -- Null once a run has invoiced it again.
  failing_since date,
  problem text NOT NULL,
  at timestamptz NOT NULL
);

INSERT INTO jobs (name) VALUES ('invoice-runs');
DO $$
DECLARE present text;
BEGIN
  SELECT substring(pg_get_constraintdef(oid) FROM 'CHECK \((.*)\)$') INTO present FROM pg_constraint
    WHERE conname = 'tasks_kind_check' AND conrelid = 'tasks'::regclass;
  ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check;
  EXECUTE format('ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (%s OR kind = %L)', present, 'invoice-run-failed');
END $$;

GRANT SELECT, INSERT ON consolidated_shipments TO throughline_api, throughline_worker;
GRANT SELECT ON billings TO throughline_api, throughline_worker;
GRANT SELECT, INSERT, UPDATE ON invoice_run_failures TO throughline_api, throughline_worker;
