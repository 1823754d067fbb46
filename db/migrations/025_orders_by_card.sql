-- Orders that are paid by card: held on it when the order is accepted, taken as its shipments are invoiced.
ALTER TABLE orders ADD COLUMN pays_by_card boolean NOT NULL DEFAULT false;

-- The card that an order is to be paid with. It is a token of the gateway's; its number never comes here.
CREATE TABLE order_cards (
  order_id text PRIMARY KEY REFERENCES orders (id),
  payment_method text NOT NULL,
  -- 'declined': the order waits for another card until then.
  status text NOT NULL DEFAULT 'requested' CHECK (status IN ('requested', 'declined', 'authorised')),
  code text,
  due_at timestamptz,
  CHECK (status <> 'declined' OR (code IS NOT NULL AND due_at IS NOT NULL))
);
CREATE INDEX order_cards_due ON order_cards (due_at) WHERE status = 'declined';

-- What was asked of the gateway for an order, each under a key of its own, and what is known of it.
CREATE TABLE card_authorisations (
  key text PRIMARY KEY,
  order_id text NOT NULL REFERENCES order_cards (order_id),
  -- Counts those of the order.
  number integer NOT NULL,
  -- The invoice that it pays, once it is taken for one; absent: it is held for what is still to be invoiced.
  invoice_id text REFERENCES invoices (id),
  payment_method text NOT NULL,
  amount_minor minor NOT NULL CHECK (amount_minor > 0),
  -- 'requested', 'capturing' and 'releasing' are written before the gateway is asked, so that an outcome that nobody has heard of is
  -- asked for again.
  status text NOT NULL DEFAULT 'requested'
    CHECK (status IN ('requested', 'held', 'declined', 'capturing', 'captured', 'expired', 'releasing', 'released')),
  gateway_id text UNIQUE,
  code text,
  held_at timestamptz,
  captured_minor minor,
  payment_id text UNIQUE REFERENCES payments (id),
  at timestamptz NOT NULL,
  UNIQUE (order_id, number),
  CHECK ((status = 'captured') = (payment_id IS NOT NULL)),
  CHECK (captured_minor <= amount_minor)
);
-- An invoice is taken from one authorisation.
CREATE UNIQUE INDEX card_authorisations_capturing ON card_authorisations (invoice_id) WHERE status IN ('capturing', 'captured');
GRANT SELECT, INSERT, UPDATE ON order_cards, card_authorisations TO throughline_api, throughline_worker;

DO $$
DECLARE present text;
BEGIN
  SELECT substring(pg_get_constraintdef(oid) FROM 'CHECK \((.*)\)$') INTO present FROM pg_constraint
    WHERE conname = 'tasks_kind_check' AND conrelid = 'tasks'::regclass;
  ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check;
  EXECUTE format('ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (%s OR kind = %L)', present, 'card-not-taken');
END $$;
