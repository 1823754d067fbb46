-- ── People of customers, and what each may do there ─────────────────────────
ALTER TABLE users DROP CONSTRAINT users_check1;
-- What they could do until now.
UPDATE users SET roles = '{customer,buyer,payer}' WHERE customer_id IS NOT NULL;
ALTER TABLE users ADD CHECK (customer_id IS NULL OR roles <@ '{customer,buyer,payer,customer-admin}');
ALTER TABLE users ADD CHECK (customer_id IS NOT NULL OR NOT roles && '{customer,buyer,payer,customer-admin}');
CREATE INDEX users_by_customer ON users (customer_id, id) WHERE customer_id IS NOT NULL;
-- The mail whose link lets this person choose a password; null when there is none, or it was used or ended.
ALTER TABLE users ADD COLUMN invitation_key text REFERENCES notices (key);
-- Who disabled them: a customer's people let in again whom they disabled themselves, and nobody else.
ALTER TABLE users ADD COLUMN disabled_by text;

-- A mail that is tried again may carry another link: each is good, until one of them is used.
CREATE TABLE invitation_links (
  -- SHA-256 of the token, which is kept nowhere.
  token_hash bytea PRIMARY KEY,
  user_id text NOT NULL REFERENCES users (id),
  notice_key text NOT NULL REFERENCES notices (key),
  -- By the clock on the wall, like sessions.
  expires_at timestamptz NOT NULL
);
GRANT SELECT ON invitation_links TO throughline_api;
GRANT SELECT, INSERT ON invitation_links TO throughline_worker;
GRANT SELECT (id, name, disabled_at, invitation_key) ON users TO throughline_worker;

-- ── Manifests: what a carrier collected at one pickup, as it was when its cut-off had passed ──
CREATE TABLE manifests (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  carrier text NOT NULL,
  warehouse_id text NOT NULL REFERENCES warehouses (id),
  pickup_on date NOT NULL,
  -- The shipments with their cartons, in the order of the list.
  shipments jsonb NOT NULL,
  -- There was more than one list holds.
  truncated boolean NOT NULL,
  closed_at timestamptz NOT NULL,
  UNIQUE (carrier, warehouse_id, pickup_on)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON manifests FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON manifests TO throughline_api, throughline_worker;
CREATE INDEX shipments_by_cut_off ON shipments (pickup_cut_off_at) WHERE shipped_at IS NOT NULL;
INSERT INTO jobs (name) VALUES ('manifests');
