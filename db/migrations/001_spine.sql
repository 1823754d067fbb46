-- The spine: one company, its customers and goods, its orders from capture to cash.
-- Amounts are integer minor units; every column that holds one is inside JavaScript's safe integers.
-- Effective times come in as arguments (columns named at, *_at, *_on); only recorded_at and the
-- lease columns of the outbox ask the database's own clock.

CREATE DOMAIN minor AS bigint CHECK (VALUE BETWEEN -9007199254740991 AND 9007199254740991);

-- ── The company ────────────────────────────────────────────────────────────
CREATE TABLE company (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  legal_name text NOT NULL,
  tax_id text NOT NULL,
  address jsonb NOT NULL,
  email text NOT NULL,
  bank_iban text NOT NULL,
  bank_bic text NOT NULL,
  currency text NOT NULL,
  time_zone text NOT NULL
);

-- Wall time + offset is the company's "now". In production the offset stays 0.
CREATE TABLE company_clock (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  offset_ms bigint NOT NULL DEFAULT 0,
  advancing_to timestamptz
);
INSERT INTO company_clock DEFAULT VALUES;

-- Policies are immutable, versioned data; the highest version of a name is the one in force.
CREATE TABLE policies (
  name text NOT NULL,
  version integer NOT NULL,
  body jsonb NOT NULL,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  PRIMARY KEY (name, version)
);

CREATE TABLE api_keys (
  id text PRIMARY KEY,
  key_hash bytea NOT NULL UNIQUE,
  name text NOT NULL,
  roles text[] NOT NULL,
  customer_id text,
  expires_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- ── Master data ────────────────────────────────────────────────────────────
CREATE TABLE customers (
  id text PRIMARY KEY CHECK (id ~ '^[A-Z0-9][A-Z0-9-]{0,39}$'),
  name text NOT NULL,
  tax_id text,
  email text NOT NULL,
  contacts jsonb NOT NULL DEFAULT '[]',
  billing_address jsonb NOT NULL,
  ship_to_addresses jsonb NOT NULL DEFAULT '[]',
  currency text NOT NULL,
  terms jsonb NOT NULL,
  back_order_allowed boolean NOT NULL DEFAULT false,
  -- What the customer states about itself when it applies for credit.
  credit_profile jsonb NOT NULL DEFAULT '{}',
  version integer NOT NULL DEFAULT 1,
  at timestamptz NOT NULL
);
ALTER TABLE api_keys ADD FOREIGN KEY (customer_id) REFERENCES customers (id);

CREATE TABLE warehouses (id text PRIMARY KEY, name text NOT NULL, address jsonb NOT NULL);

CREATE TABLE products (
  sku text PRIMARY KEY CHECK (sku ~ '^[A-Z0-9][A-Z0-9._-]{0,39}$'),
  name text NOT NULL,
  tax_category text NOT NULL DEFAULT 'S',
  tax_rate text NOT NULL CHECK (tax_rate ~ '^(0(\.[0-9]{1,6})?|1(\.0{1,6})?)$'),
  weight_grams integer NOT NULL DEFAULT 0 CHECK (weight_grams >= 0),
  version integer NOT NULL DEFAULT 1,
  at timestamptz NOT NULL
);

CREATE TABLE prices (
  sku text NOT NULL REFERENCES products (sku),
  currency text NOT NULL,
  unit_price_minor minor NOT NULL CHECK (unit_price_minor >= 0),
  PRIMARY KEY (sku, currency)
);

CREATE TABLE stock (
  sku text NOT NULL REFERENCES products (sku),
  warehouse_id text NOT NULL REFERENCES warehouses (id),
  on_hand integer NOT NULL DEFAULT 0,
  reserved integer NOT NULL DEFAULT 0,
  -- Moving-average valuation: what the units on hand cost, together.
  value_minor minor NOT NULL DEFAULT 0 CHECK (value_minor >= 0),
  PRIMARY KEY (sku, warehouse_id),
  CHECK (0 <= reserved AND reserved <= on_hand)
);

CREATE TABLE stock_movements (
  event_id text NOT NULL,
  sku text NOT NULL,
  warehouse_id text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('received', 'shipped', 'lost', 'found')),
  quantity integer NOT NULL CHECK (quantity > 0),
  value_minor minor NOT NULL,
  order_id text,
  reason text,
  at timestamptz NOT NULL,
  PRIMARY KEY (event_id, sku, warehouse_id)
);

-- ── Credit ─────────────────────────────────────────────────────────────────
CREATE TABLE credit_accounts (
  customer_id text PRIMARY KEY REFERENCES customers (id),
  currency text NOT NULL,
  standing text NOT NULL DEFAULT 'none' CHECK (standing IN ('none', 'approved', 'denied', 'frozen')),
  -- null = never assessed, 0 = no credit.
  limit_minor minor CHECK (limit_minor >= 0),
  expires_at timestamptz,
  open_receivables_minor minor NOT NULL DEFAULT 0 CHECK (open_receivables_minor >= 0),
  shipped_not_invoiced_minor minor NOT NULL DEFAULT 0 CHECK (shipped_not_invoiced_minor >= 0),
  approved_not_shipped_minor minor NOT NULL DEFAULT 0 CHECK (approved_not_shipped_minor >= 0),
  unapplied_cash_minor minor NOT NULL DEFAULT 0 CHECK (unapplied_cash_minor >= 0),
  on_hold_since timestamptz,
  version integer NOT NULL DEFAULT 1
);

CREATE TABLE credit_decisions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id text NOT NULL UNIQUE,
  customer_id text NOT NULL REFERENCES customers (id),
  order_id text,
  kind text NOT NULL CHECK (kind IN ('application', 'review', 'limit-change', 'freeze', 'one-off-release')),
  outcome text NOT NULL,
  limit_minor minor,
  policy_version integer NOT NULL,
  facts jsonb NOT NULL,
  decision jsonb NOT NULL,
  actor text NOT NULL,
  actor_verified boolean NOT NULL,
  reason text,
  at timestamptz NOT NULL
);
CREATE INDEX credit_decisions_by_customer ON credit_decisions (customer_id, id);
CREATE INDEX credit_decisions_by_order ON credit_decisions (order_id) WHERE order_id IS NOT NULL;

-- ── Orders ─────────────────────────────────────────────────────────────────
-- Eight digits from the first on: ids are compared as text, and lists are read newest first.
CREATE SEQUENCE order_ids START 10000001;
CREATE TABLE orders (
  id text PRIMARY KEY DEFAULT 'ORD-' || nextval('order_ids'),
  customer_id text NOT NULL REFERENCES customers (id),
  channel text NOT NULL CHECK (channel IN ('api', 'portal', 'email', 'edi', 'phone', 'in-person')),
  external_reference text,
  content_fingerprint text NOT NULL,
  original_document jsonb NOT NULL,
  currency text NOT NULL,
  net_minor minor NOT NULL,
  tax_minor minor NOT NULL,
  gross_minor minor NOT NULL CHECK (gross_minor >= 0),
  terms jsonb NOT NULL,
  ship_to jsonb NOT NULL,
  requested_on date,
  back_order_allowed boolean NOT NULL,
  status text NOT NULL DEFAULT 'received',
  stage text NOT NULL DEFAULT 'order',
  status_reason text,
  clock_offset_ms bigint NOT NULL,
  placed_by text NOT NULL,
  placed_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  accepted_at timestamptz,
  invoiced_at timestamptz,
  closed_at timestamptz,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX orders_by_external_reference ON orders (customer_id, channel, external_reference)
  WHERE external_reference IS NOT NULL;
CREATE INDEX orders_by_customer ON orders (customer_id, id);
CREATE INDEX orders_by_status ON orders (status, id);
CREATE INDEX orders_by_stage ON orders (stage, id);
CREATE INDEX orders_waiting ON orders (status, customer_id)
  WHERE status IN ('credit-review', 'over-limit', 'waiting-for-payment', 'back-ordered');

CREATE TABLE order_lines (
  order_id text NOT NULL REFERENCES orders (id),
  line_number integer NOT NULL,
  sku text NOT NULL,
  description text NOT NULL,
  quantity integer NOT NULL CHECK (quantity > 0),
  unit_price_minor minor NOT NULL,
  tax_category text NOT NULL,
  tax_rate text NOT NULL,
  net_minor minor NOT NULL,
  shipped_quantity integer NOT NULL DEFAULT 0,
  invoiced_quantity integer NOT NULL DEFAULT 0,
  cancelled_quantity integer NOT NULL DEFAULT 0,
  PRIMARY KEY (order_id, line_number),
  CHECK (0 <= invoiced_quantity AND invoiced_quantity <= shipped_quantity),
  CHECK (0 <= cancelled_quantity AND shipped_quantity + cancelled_quantity <= quantity)
);

-- The first outcome of every step in the life of an order or invoice: a step that runs again answers with it.
CREATE TABLE steps (
  subject text NOT NULL,
  step text NOT NULL,
  outcome jsonb NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (subject, step)
);

CREATE TABLE credit_holds (
  order_id text PRIMARY KEY REFERENCES orders (id),
  customer_id text NOT NULL REFERENCES customers (id),
  approved_minor minor NOT NULL,
  remaining_minor minor NOT NULL CHECK (remaining_minor >= 0),
  closed_at timestamptz,
  at timestamptz NOT NULL
);

-- Each movement takes from one exposure bucket and adds to another, once per (order, event).
CREATE TABLE credit_movements (
  order_id text NOT NULL REFERENCES credit_holds (order_id),
  event_id text NOT NULL,
  from_bucket text,
  from_minor minor NOT NULL DEFAULT 0,
  to_bucket text,
  to_minor minor NOT NULL DEFAULT 0,
  at timestamptz NOT NULL,
  PRIMARY KEY (order_id, event_id)
);

-- ── Fulfilment and shipping ────────────────────────────────────────────────
CREATE SEQUENCE shipment_ids START 10000001;
CREATE TABLE shipments (
  id text PRIMARY KEY DEFAULT 'SHP-' || nextval('shipment_ids'),
  order_id text NOT NULL REFERENCES orders (id),
  sequence integer NOT NULL,
  warehouse_id text NOT NULL REFERENCES warehouses (id),
  status text NOT NULL DEFAULT 'picking'
    CHECK (status IN ('picking', 'packing', 'packed', 'shipped', 'delivered', 'cancelled')),
  ship_to jsonb NOT NULL,
  carrier text,
  tracking_number text,
  released_at timestamptz NOT NULL,
  picked_at timestamptz,
  packed_at timestamptz,
  shipped_at timestamptz,
  delivered_at timestamptz,
  cancelled_at timestamptz,
  -- The share of the order's credit hold that this shipment moved.
  hold_share_minor minor NOT NULL DEFAULT 0,
  UNIQUE (order_id, sequence)
);
CREATE INDEX shipments_open ON shipments (status, id) WHERE status IN ('picking', 'packing', 'packed');

CREATE TABLE shipment_lines (
  shipment_id text NOT NULL REFERENCES shipments (id),
  line_number integer NOT NULL,
  sku text NOT NULL,
  quantity integer NOT NULL CHECK (quantity > 0),
  picked_quantity integer,
  PRIMARY KEY (shipment_id, line_number),
  CHECK (picked_quantity IS NULL OR (0 <= picked_quantity AND picked_quantity <= quantity))
);

-- A reservation is released or consumed at most once: its status says which.
CREATE TABLE reservations (
  shipment_id text NOT NULL REFERENCES shipments (id),
  line_number integer NOT NULL,
  order_id text NOT NULL REFERENCES orders (id),
  sku text NOT NULL,
  warehouse_id text NOT NULL,
  quantity integer NOT NULL CHECK (quantity >= 0),
  status text NOT NULL DEFAULT 'reserved' CHECK (status IN ('reserved', 'consumed', 'released')),
  at timestamptz NOT NULL,
  PRIMARY KEY (shipment_id, line_number)
);
CREATE INDEX reservations_by_stock ON reservations (sku, warehouse_id) WHERE status = 'reserved';

-- ── Invoices and receivables ───────────────────────────────────────────────
CREATE TABLE number_series (
  series text NOT NULL,
  year integer NOT NULL,
  last_number integer NOT NULL,
  PRIMARY KEY (series, year)
);

-- A debit item: an invoice, an opening balance, an interest note. The id is its number.
CREATE TABLE invoices (
  id text PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('invoice', 'opening-item', 'interest-note')),
  customer_id text NOT NULL REFERENCES customers (id),
  order_id text REFERENCES orders (id),
  shipment_id text UNIQUE REFERENCES shipments (id),
  corrects_invoice_id text REFERENCES invoices (id),
  payment_reference text NOT NULL UNIQUE,
  currency text NOT NULL,
  net_minor minor NOT NULL,
  tax_minor minor NOT NULL,
  gross_minor minor NOT NULL CHECK (gross_minor >= 0),
  taxes jsonb NOT NULL DEFAULT '[]',
  open_minor minor NOT NULL,
  issued_on date NOT NULL,
  due_on date NOT NULL,
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'settled')),
  overdue_since timestamptz,
  dunning_level integer NOT NULL DEFAULT 0,
  last_notice_on date,
  collections_since timestamptz,
  dunning_policy_version integer NOT NULL,
  plan jsonb NOT NULL,
  next_step_at timestamptz,
  -- The workflow that walks this item's plan: the order's own, or a receivable's.
  holder_workflow_id text NOT NULL,
  facts jsonb NOT NULL DEFAULT '{}',
  at timestamptz NOT NULL,
  CHECK (0 <= open_minor AND open_minor <= gross_minor),
  CHECK ((status = 'settled') = (open_minor = 0))
);
CREATE INDEX invoices_by_customer ON invoices (customer_id, id);
CREATE INDEX invoices_open_by_customer ON invoices (customer_id, due_on) WHERE open_minor > 0;
CREATE INDEX invoices_by_order ON invoices (order_id);
CREATE INDEX invoices_next_step ON invoices (next_step_at) WHERE next_step_at IS NOT NULL;

CREATE TABLE invoice_lines (
  invoice_id text NOT NULL REFERENCES invoices (id),
  line_number integer NOT NULL,
  sku text,
  description text NOT NULL,
  quantity integer NOT NULL,
  unit_price_minor minor NOT NULL,
  tax_category text NOT NULL,
  tax_rate text NOT NULL,
  net_minor minor NOT NULL,
  PRIMARY KEY (invoice_id, line_number)
);

CREATE TABLE documents (
  id text PRIMARY KEY,
  content_type text NOT NULL,
  content bytea NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now()
);

CREATE SEQUENCE payment_ids START 10000001;
CREATE TABLE payments (
  id text PRIMARY KEY DEFAULT 'PAY-' || nextval('payment_ids'),
  customer_id text NOT NULL REFERENCES customers (id),
  method text NOT NULL CHECK (method IN ('bank-transfer', 'cheque', 'card', 'direct-entry')),
  currency text NOT NULL,
  amount_minor minor NOT NULL CHECK (amount_minor > 0),
  unapplied_minor minor NOT NULL CHECK (unapplied_minor >= 0),
  value_on date NOT NULL,
  external_reference text,
  remittance_text text,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  CHECK (unapplied_minor <= amount_minor)
);
CREATE UNIQUE INDEX payments_by_external_reference ON payments (method, external_reference)
  WHERE external_reference IS NOT NULL;
CREATE INDEX payments_by_customer ON payments (customer_id, id);

CREATE TABLE payment_applications (
  payment_id text NOT NULL REFERENCES payments (id),
  invoice_id text NOT NULL REFERENCES invoices (id),
  amount_minor minor NOT NULL CHECK (amount_minor > 0),
  value_on date NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (payment_id, invoice_id)
);
CREATE INDEX payment_applications_by_invoice ON payment_applications (invoice_id);

-- ── Ledger: append-only, every entry balances ──────────────────────────────
CREATE TABLE journal_entries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id text NOT NULL UNIQUE,
  kind text NOT NULL,
  booked_on date NOT NULL,
  currency text NOT NULL,
  customer_id text,
  order_id text,
  invoice_id text,
  payment_id text,
  at timestamptz NOT NULL
);
CREATE INDEX journal_entries_by_order ON journal_entries (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX journal_entries_by_invoice ON journal_entries (invoice_id) WHERE invoice_id IS NOT NULL;
CREATE INDEX journal_entries_by_customer ON journal_entries (customer_id, id);

CREATE TABLE postings (
  entry_id bigint NOT NULL REFERENCES journal_entries (id),
  position integer NOT NULL,
  account text NOT NULL,
  side text NOT NULL CHECK (side IN ('debit', 'credit')),
  amount_minor minor NOT NULL CHECK (amount_minor > 0),
  PRIMARY KEY (entry_id, position)
);
CREATE INDEX postings_by_account ON postings (account, entry_id);

CREATE FUNCTION entry_must_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE difference numeric;
BEGIN
  SELECT coalesce(sum(CASE side WHEN 'debit' THEN amount_minor ELSE -amount_minor END), 0)
    INTO difference FROM postings WHERE entry_id = NEW.entry_id;
  IF difference <> 0 THEN
    RAISE EXCEPTION 'journal entry % is out of balance by %', NEW.entry_id, difference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER postings_balance AFTER INSERT ON postings
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION entry_must_balance();

-- ── People, audit, messages ────────────────────────────────────────────────
CREATE SEQUENCE task_ids START 10000001;
CREATE TABLE tasks (
  id text PRIMARY KEY DEFAULT 'TSK-' || nextval('task_ids'),
  -- The domain key that makes a task open once: 'ORD-1:credit-review:1', 'INV-…:overdue'.
  key text NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind IN ('credit-review', 'over-limit', 'invoice-review', 'overdue-contact', 'shortage', 'collections', 'parked-message')),
  role text NOT NULL,
  title text NOT NULL,
  details jsonb NOT NULL DEFAULT '{}',
  customer_id text,
  order_id text,
  invoice_id text,
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'claimed', 'completed', 'cancelled')),
  owner text,
  due_at timestamptz,
  escalated_at timestamptz,
  outcome jsonb,
  completed_by text,
  at timestamptz NOT NULL,
  completed_at timestamptz
);
CREATE INDEX tasks_unfinished ON tasks (role, id) WHERE status IN ('open', 'claimed');
CREATE INDEX tasks_by_order ON tasks (order_id);
CREATE INDEX tasks_by_invoice ON tasks (invoice_id);

-- Who did what, when, why, under which policy version. Append-only; timelines read it by sequence.
CREATE TABLE audit_log (
  sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  actor_verified boolean NOT NULL DEFAULT true,
  action text NOT NULL,
  summary text NOT NULL,
  reason text,
  policy_version text,
  customer_id text,
  order_id text,
  shipment_id text,
  invoice_id text,
  before jsonb,
  after jsonb,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX audit_log_by_order ON audit_log (order_id, sequence) WHERE order_id IS NOT NULL;
CREATE INDEX audit_log_by_invoice ON audit_log (invoice_id, sequence) WHERE invoice_id IS NOT NULL;
CREATE INDEX audit_log_by_customer ON audit_log (customer_id, sequence) WHERE customer_id IS NOT NULL;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON postings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON policies FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON credit_decisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON credit_movements FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON stock_movements FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A message to a person outside: unique by its key, sent by the outbox, suppressed when it has become untrue.
CREATE TABLE notices (
  key text PRIMARY KEY,
  kind text NOT NULL,
  customer_id text NOT NULL REFERENCES customers (id),
  order_id text,
  invoice_id text,
  recipient text NOT NULL,
  facts jsonb NOT NULL,
  status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'sent', 'suppressed')),
  status_reason text,
  message_id text NOT NULL,
  at timestamptz NOT NULL,
  sent_at timestamptz
);
CREATE INDEX notices_by_order ON notices (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX notices_by_customer ON notices (customer_id, at);

-- What a committed transaction still owes the world: workflow starts, signals, mail.
CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key text NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind IN ('start-order', 'start-receivable', 'signal', 'notice')),
  -- Rows of one subject are delivered in order.
  subject text NOT NULL,
  payload jsonb NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  claimed_until timestamptz,
  delivered_at timestamptz,
  parked_reason text,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX outbox_pending ON outbox (id) WHERE delivered_at IS NULL AND parked_reason IS NULL;
CREATE INDEX outbox_pending_by_subject ON outbox (subject, id) WHERE delivered_at IS NULL AND parked_reason IS NULL;

CREATE TABLE idempotency_keys (
  principal text NOT NULL,
  key text NOT NULL,
  fingerprint text NOT NULL,
  response_status integer NOT NULL,
  response_body jsonb NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (principal, key)
);

-- ── Least privilege: the API and the worker take these roles on as they connect. A wall against mistakes of ours; who holds
-- the owner's password can step out of the role, so in production give each process a login of its own with only its role. ──
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'throughline_api') THEN CREATE ROLE throughline_api NOLOGIN; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'throughline_worker') THEN CREATE ROLE throughline_worker NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
GRANT throughline_api, throughline_worker TO CURRENT_USER;
GRANT USAGE ON SCHEMA public TO throughline_api, throughline_worker;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO throughline_api, throughline_worker;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO throughline_api, throughline_worker;
REVOKE UPDATE ON audit_log, journal_entries, postings, policies, credit_decisions, credit_movements, stock_movements
  FROM throughline_api, throughline_worker;
REVOKE INSERT, UPDATE ON company, policies, customers, products, prices, warehouses, api_keys FROM throughline_worker;
