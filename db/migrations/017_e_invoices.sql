-- What e-invoices need to know of seller and buyer, beyond what is printed.
ALTER TABLE company
  ADD COLUMN registration_number text,
  -- {scheme, id} by the code list EAS.
  ADD COLUMN electronic_address jsonb,
  ADD COLUMN contact_name text,
  ADD COLUMN contact_phone text;

ALTER TABLE customers
  ADD COLUMN registration_number text,
  ADD COLUMN electronic_address jsonb,
  ADD COLUMN buyer_reference text,
  -- Whether invoices and credit notes are mailed as UBL too.
  ADD COLUMN e_invoices boolean NOT NULL DEFAULT false;

-- Links in mails that open one invoice to whoever holds them. A mail that is tried again may carry another one, and both are good.
CREATE TABLE invoice_links (
  -- SHA-256 of the token, which is kept nowhere.
  token_hash bytea PRIMARY KEY,
  invoice_id text NOT NULL REFERENCES invoices (id),
  notice_key text NOT NULL REFERENCES notices (key),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  first_viewed_at timestamptz,
  at timestamptz NOT NULL
);
CREATE INDEX invoice_links_by_invoice ON invoice_links (invoice_id);
GRANT SELECT, INSERT, UPDATE ON invoice_links TO throughline_api, throughline_worker;

-- A mail that came back, or that the server did not take, is neither sent nor suppressed.
ALTER TABLE notices DROP CONSTRAINT notices_status_check;
ALTER TABLE notices ADD CONSTRAINT notices_status_check CHECK (status IN ('queued', 'sent', 'suppressed', 'bounced'));
CREATE INDEX notices_by_message_id ON notices (message_id);
CREATE INDEX notices_by_invoice ON notices (invoice_id) WHERE invoice_id IS NOT NULL;

-- Statements of account that go out by themselves, each month about the one before.
ALTER TABLE customers ADD COLUMN monthly_statements boolean NOT NULL DEFAULT false;
INSERT INTO jobs (name) VALUES ('statements');
