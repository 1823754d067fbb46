-- What the naive program keeps, in a database of its own on the same server.
CREATE TABLE customers (id text PRIMARY KEY, limit_minor bigint NOT NULL, exposure_minor bigint NOT NULL DEFAULT 0);
CREATE TABLE stock (sku text PRIMARY KEY, on_hand integer NOT NULL, reserved integer NOT NULL DEFAULT 0);
CREATE TABLE orders (
  id text PRIMARY KEY,
  customer_id text NOT NULL REFERENCES customers (id),
  lines jsonb NOT NULL,
  gross_minor bigint NOT NULL,
  status text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE reservations (order_id text REFERENCES orders (id), sku text, quantity integer NOT NULL, PRIMARY KEY (order_id, sku));
CREATE TABLE shipments (order_id text PRIMARY KEY REFERENCES orders (id), tracking_number text NOT NULL, at timestamptz NOT NULL);
CREATE TABLE number_series (only_row boolean PRIMARY KEY DEFAULT true, last_number bigint NOT NULL);
INSERT INTO number_series (last_number) VALUES (0);
CREATE TABLE invoices (number bigint PRIMARY KEY, order_id text UNIQUE REFERENCES orders (id), gross_minor bigint NOT NULL, open_minor bigint NOT NULL);
CREATE TABLE postings (order_id text, event text, account text, amount_minor bigint NOT NULL, PRIMARY KEY (order_id, event, account));
