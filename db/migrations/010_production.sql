-- Goods that are made when they are ordered.
ALTER TABLE products
  ADD COLUMN make_to_order boolean NOT NULL DEFAULT false,
  -- Business days from the release of an order to goods that can be picked.
  ADD COLUMN lead_days integer NOT NULL DEFAULT 0 CHECK (lead_days BETWEEN 0 AND 365);

-- What is made for one line of an order. What is finished goes to that order first.
CREATE SEQUENCE production_request_ids START 10000001;
CREATE TABLE production_requests (
  id text PRIMARY KEY DEFAULT 'PRD-' || nextval('production_request_ids'),
  order_id text NOT NULL,
  line_number integer NOT NULL,
  sku text NOT NULL REFERENCES products (sku),
  quantity integer NOT NULL CHECK (quantity > 0),
  status text NOT NULL DEFAULT 'requested' CHECK (status IN ('requested', 'started', 'finished', 'cancelled')),
  -- The date that the customer asked for, to hold the due date against.
  requested_on date,
  first_due_on date NOT NULL,
  due_on date NOT NULL,
  warehouse_id text REFERENCES warehouses (id),
  unit_cost_minor minor,
  at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  FOREIGN KEY (order_id, line_number) REFERENCES order_lines (order_id, line_number),
  CHECK ((status = 'finished') = (warehouse_id IS NOT NULL))
);
CREATE INDEX production_requests_by_order ON production_requests (order_id);
CREATE INDEX production_requests_open ON production_requests (due_on, id) WHERE status IN ('requested', 'started');
CREATE INDEX production_requests_finished ON production_requests (sku) WHERE status = 'finished';

GRANT SELECT, INSERT, UPDATE ON production_requests TO throughline_api, throughline_worker;
GRANT USAGE ON SEQUENCE production_request_ids TO throughline_api, throughline_worker;

-- ── Reorder points ──────────────────────────────────────────────────────────
CREATE TABLE reorder_points (
  sku text NOT NULL REFERENCES products (sku),
  warehouse_id text NOT NULL REFERENCES warehouses (id),
  -- Null: it is not watched any more.
  point integer CHECK (point >= 0),
  quantity integer NOT NULL CHECK (quantity > 0),
  at timestamptz NOT NULL,
  PRIMARY KEY (sku, warehouse_id)
);
GRANT SELECT ON reorder_points TO throughline_api, throughline_worker;
GRANT INSERT, UPDATE ON reorder_points TO throughline_api;

DO $$
DECLARE listed text;
BEGIN
  SELECT pg_get_expr(conbin, conrelid) INTO listed FROM pg_constraint
    WHERE conname = 'tasks_kind_check' AND conrelid = 'tasks'::regclass;
  ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check;
  EXECUTE format('ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (%s OR kind = %L)', listed, 'reorder');
END $$;
CREATE INDEX tasks_reorder ON tasks ((details ->> 'sku'), (details ->> 'warehouseId')) WHERE kind = 'reorder';
