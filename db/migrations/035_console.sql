-- ── People who sign in ──────────────────────────────────────────────────────
-- The id is the name in every audit row, and of four eyes: it is chosen once and never changes hands.
CREATE TABLE users (
  id text PRIMARY KEY CHECK (id ~ '^[a-z][a-z0-9.-]{1,39}$'),
  name text NOT NULL,
  email text NOT NULL UNIQUE CHECK (email = lower(email)),
  email_verified boolean NOT NULL DEFAULT false,
  image text,
  two_factor_enabled boolean NOT NULL DEFAULT false,
  -- The default is none, which is refused: nobody gets in without a role that an administrator has given.
  roles text[] NOT NULL DEFAULT '{}' CHECK (cardinality(roles) > 0),
  customer_id text REFERENCES customers (id),
  disabled_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((customer_id IS NOT NULL) = ('customer' = ANY (roles))),
  CHECK (customer_id IS NULL OR cardinality(roles) = 1)
);

-- How somebody proves to be a user: a password's hash, or an identity at the company's own provider.
CREATE TABLE user_accounts (
  id text PRIMARY KEY,
  account_id text NOT NULL,
  provider_id text NOT NULL,
  user_id text NOT NULL REFERENCES users (id),
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (provider_id, account_id)
);
CREATE INDEX user_accounts_by_user ON user_accounts (user_id);

CREATE TABLE user_sessions (
  id text PRIMARY KEY,
  token text NOT NULL UNIQUE,
  user_id text NOT NULL REFERENCES users (id),
  expires_at timestamptz NOT NULL,
  ip_address text,
  user_agent text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX user_sessions_by_user ON user_sessions (user_id);

-- What a sign-in keeps between two of its steps.
CREATE TABLE user_verifications (
  id text PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX user_verifications_by_identifier ON user_verifications (identifier);

CREATE TABLE user_second_factors (
  id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES users (id),
  secret text NOT NULL,
  backup_codes text NOT NULL,
  verified boolean,
  failed_verification_count integer,
  locked_until timestamptz
);
CREATE INDEX user_second_factors_by_user ON user_second_factors (user_id);

GRANT SELECT, INSERT, UPDATE ON users, user_accounts, user_sessions, user_verifications, user_second_factors TO throughline_api;
-- No facts of the company: who has signed out must have no session left, and a used code must not work again.
GRANT DELETE ON user_sessions, user_verifications, user_second_factors TO throughline_api;

-- ── Search: one box for everything ──────────────────────────────────────────
CREATE INDEX orders_by_reference ON orders (external_reference) WHERE external_reference IS NOT NULL;
CREATE INDEX payments_by_reference ON payments (external_reference) WHERE external_reference IS NOT NULL;
CREATE INDEX orders_by_amount ON orders (gross_minor);
CREATE INDEX invoices_by_amount ON invoices (gross_minor);
CREATE INDEX payments_by_amount ON payments (amount_minor);
CREATE INDEX customers_by_prefix ON customers (id text_pattern_ops);
CREATE INDEX products_by_prefix ON products (sku text_pattern_ops);
CREATE INDEX customers_by_name ON customers USING gin (to_tsvector('simple', name));
CREATE INDEX products_by_name ON products USING gin (to_tsvector('simple', name));
