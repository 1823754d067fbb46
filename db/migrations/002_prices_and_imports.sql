-- Price lists, imports of master data and stock, and draft orders.

ALTER TABLE customers ADD COLUMN segment text CHECK (segment ~ '^[A-Z0-9][A-Z0-9-]{0,39}$');

-- ── Price lists: for one customer, for a segment of customers, or for everyone ─────────────────────────────
CREATE TABLE price_lists (
  id text PRIMARY KEY CHECK (id ~ '^[A-Z0-9][A-Z0-9-]{0,39}$'),
  name text NOT NULL,
  currency text NOT NULL,
  customer_id text REFERENCES customers (id),
  segment text CHECK (segment ~ '^[A-Z0-9][A-Z0-9-]{0,39}$'),
  -- Whom the list is for as one text, so that intake finds the lists of an order by one index.
  audience text NOT NULL GENERATED ALWAYS AS (
    CASE WHEN customer_id IS NOT NULL THEN 'customer:' || customer_id
         WHEN segment IS NOT NULL THEN 'segment:' || segment ELSE 'everyone' END) STORED,
  -- Both days belong to the list; null leaves that end open.
  valid_from date,
  valid_until date,
  version integer NOT NULL DEFAULT 1,
  at timestamptz NOT NULL,
  CHECK (customer_id IS NULL OR segment IS NULL),
  CHECK (valid_from <= valid_until)
);
CREATE INDEX price_lists_by_audience ON price_lists (audience, currency);

CREATE TABLE list_prices (
  price_list_id text NOT NULL REFERENCES price_lists (id),
  sku text NOT NULL REFERENCES products (sku),
  minimum_quantity integer NOT NULL CHECK (minimum_quantity > 0),
  -- Null: taken off the list. Nothing is deleted here.
  unit_price_minor minor CHECK (unit_price_minor >= 0),
  PRIMARY KEY (price_list_id, sku, minimum_quantity)
);

-- Where the price of an order line came from; null: the product's own price.
ALTER TABLE order_lines
  ADD COLUMN price_list_id text REFERENCES price_lists (id),
  ADD COLUMN price_minimum_quantity integer;

-- ── Imports: what became of a file; the file itself is in documents under the import's id ──────────────────
CREATE SEQUENCE import_ids START 10000001;
CREATE TABLE imports (
  id text PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('customers', 'products', 'prices', 'stock')),
  line_count integer NOT NULL,
  created_count integer NOT NULL,
  changed_count integer NOT NULL,
  unchanged_count integer NOT NULL,
  rejected_count integer NOT NULL,
  -- By line and field, as they were answered.
  faults jsonb NOT NULL,
  fault_count integer NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  CHECK (line_count = created_count + changed_count + unchanged_count + rejected_count)
);

-- A count that finds what the books say moves nothing, and is remembered all the same: its sheet counts once.
ALTER TABLE stock_movements DROP CONSTRAINT stock_movements_quantity_check;
ALTER TABLE stock_movements ADD CHECK (quantity >= 0);

GRANT SELECT, INSERT, UPDATE ON price_lists, list_prices TO throughline_api;
GRANT SELECT, INSERT ON imports TO throughline_api;
GRANT USAGE ON SEQUENCE import_ids TO throughline_api;
GRANT SELECT ON price_lists, list_prices, imports TO throughline_worker;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON imports FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- ── Drafts: orders that sales prepares and places later ────────────────────────────────────────────────────
CREATE SEQUENCE draft_ids START 10000001;
CREATE TABLE drafts (
  id text PRIMARY KEY DEFAULT 'DRF-' || nextval('draft_ids'),
  customer_id text NOT NULL REFERENCES customers (id),
  -- The order as it will be placed.
  request jsonb NOT NULL,
  note text,
  -- The last day on which it may be placed.
  valid_until date NOT NULL,
  order_id text UNIQUE REFERENCES orders (id),
  version integer NOT NULL DEFAULT 1,
  changed_by text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX drafts_by_customer ON drafts (customer_id, id);
GRANT SELECT, INSERT, UPDATE ON drafts TO throughline_api;
GRANT USAGE ON SEQUENCE draft_ids TO throughline_api;
GRANT SELECT ON drafts TO throughline_worker;
