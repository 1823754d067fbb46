-- What the card gateway tells us, once by its id, in whatever order it comes. It says only what to ask the gateway about: its amounts and
-- states are asked for, never believed.
CREATE TABLE gateway_events (
  sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id text NOT NULL UNIQUE,
  type text NOT NULL,
  -- The gateway's id of what it is about.
  object_id text NOT NULL,
  occurred_at timestamptz NOT NULL,
  -- 'ignored': nothing here follows from its type. 'parked': it is about nothing of ours; a person looks at it.
  status text NOT NULL DEFAULT 'received' CHECK (status IN ('received', 'handled', 'ignored', 'parked')),
  note text,
  at timestamptz NOT NULL,
  handled_at timestamptz,
  CHECK ((status IN ('handled', 'parked')) = (handled_at IS NOT NULL))
);
CREATE INDEX gateway_events_by_object ON gateway_events (object_id);
GRANT SELECT, INSERT, UPDATE ON gateway_events TO throughline_api, throughline_worker;

-- A card payment that its holder's bank disputes (chargeback).
CREATE TABLE card_disputes (
  -- The gateway's own.
  id text PRIMARY KEY,
  -- The payment at the gateway that it is about.
  gateway_id text NOT NULL,
  customer_id text NOT NULL REFERENCES customers (id),
  currency text NOT NULL,
  amount_minor minor NOT NULL CHECK (amount_minor > 0),
  -- 'inquiry': the bank only asks, and has taken nothing. 'withdrawn': it asks no more.
  status text NOT NULL CHECK (status IN ('inquiry', 'open', 'won', 'lost', 'withdrawn')),
  reason text NOT NULL,
  evidence_due_at timestamptz,
  fee_minor minor NOT NULL DEFAULT 0 CHECK (fee_minor >= 0),
  -- The receipt that was taken back for it, what of that the dispute leaves us, and the receipt of what came back when it was won.
  taken_payment_id text UNIQUE REFERENCES payments (id),
  kept_payment_id text UNIQUE REFERENCES payments (id),
  won_payment_id text UNIQUE REFERENCES payments (id),
  -- Why the books could not follow: a person has to.
  problem text,
  at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  CHECK (taken_payment_id IS NOT NULL OR (kept_payment_id IS NULL AND won_payment_id IS NULL))
);
CREATE INDEX card_disputes_by_gateway_id ON card_disputes (gateway_id);
CREATE INDEX card_disputes_by_customer ON card_disputes (customer_id, id);
GRANT SELECT, INSERT, UPDATE ON card_disputes TO throughline_api, throughline_worker;

-- Card payments from before this kept their gateway's id in the receipt alone when they had been given up.
UPDATE card_payments c SET gateway_id = p.external_reference FROM payments p WHERE p.id = c.payment_id AND c.gateway_id IS NULL;
CREATE INDEX card_payments_by_gateway_id ON card_payments (gateway_id) WHERE gateway_id IS NOT NULL;

-- Every receipt of money that a card gave, by the gateway's payment; `taken_minor` is what the gateway took with it.
CREATE VIEW card_receipts AS
  SELECT gateway_id, payment_id, captured_minor::bigint AS taken_minor FROM card_authorisations WHERE payment_id IS NOT NULL
  UNION ALL
  SELECT gateway_id, payment_id, amount_minor::bigint FROM card_payments WHERE payment_id IS NOT NULL
  UNION ALL
  SELECT gateway_id, kept_payment_id, 0 FROM card_disputes WHERE kept_payment_id IS NOT NULL
  UNION ALL
  SELECT gateway_id, won_payment_id, 0 FROM card_disputes WHERE won_payment_id IS NOT NULL;
GRANT SELECT ON card_receipts TO throughline_api, throughline_worker;

-- A refund goes to a bank account or back to the card that the money came from.
-- And it is of unapplied cash, or of a credit balance.
ALTER TABLE refunds ALTER COLUMN iban DROP NOT NULL,
  ALTER COLUMN payment_id DROP NOT NULL,
  ADD COLUMN credit_note_id text REFERENCES credit_notes (id),
  ADD CHECK (num_nonnulls(payment_id, credit_note_id) = 1),
  ADD COLUMN gateway_id text,
  -- The gateway's own, once it has answered.
  ADD COLUMN gateway_refund_id text UNIQUE,
  ADD COLUMN failure_code text,
  DROP CONSTRAINT refunds_status_check,
  ADD CONSTRAINT refunds_status_check CHECK (status IN ('requested', 'approved', 'refused', 'failed')),
  ADD CHECK (num_nonnulls(iban, gateway_id) = 1),
  ADD CHECK (gateway_refund_id IS NULL OR gateway_id IS NOT NULL);
ALTER TABLE credit_notes ADD COLUMN refunded_minor minor NOT NULL DEFAULT 0 CHECK (refunded_minor >= 0);
CREATE INDEX refunds_by_credit_note ON refunds (credit_note_id) WHERE credit_note_id IS NOT NULL;
CREATE INDEX refunds_by_gateway_id ON refunds (gateway_id) WHERE gateway_id IS NOT NULL;

-- A dispute takes back what had not gone back as a refund.
ALTER TABLE payment_reversals DROP CONSTRAINT payment_reversals_kind_check,
  ADD CONSTRAINT payment_reversals_kind_check CHECK (kind IN ('bounce', 'undo', 'chargeback'));
DO $$
DECLARE present record;
BEGIN
  FOR present IN SELECT conname, pg_get_constraintdef(oid) AS says FROM pg_constraint
    WHERE conrelid = 'payments'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%reversed_minor%'
  LOOP
    EXECUTE format('ALTER TABLE payments DROP CONSTRAINT %I', present.conname);
    EXECUTE format('ALTER TABLE payments ADD CONSTRAINT %I CHECK (%s)', present.conname,
      CASE WHEN present.says LIKE '%unapplied_minor%' THEN 'reversed_minor = 0 OR unapplied_minor = 0'
        ELSE 'reversed_minor IN (0, amount_minor - refunded_minor)' END);
  END LOOP;
END $$;

-- What the simulated gateway of a local stack will report, by the company clock; without a row in gateway_simulations it reports nothing.
CREATE TABLE gateway_simulations (
  since timestamptz PRIMARY KEY
);
CREATE TABLE simulated_gateway_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- The gateway's payment or refund that they follow from: its events are planned once.
  cause text NOT NULL,
  event_id text NOT NULL,
  type text NOT NULL,
  object_id text NOT NULL,
  due_at timestamptz NOT NULL,
  reported_at timestamptz
);
CREATE INDEX simulated_gateway_events_by_cause ON simulated_gateway_events (cause);
CREATE INDEX simulated_gateway_events_due ON simulated_gateway_events (due_at, id) WHERE reported_at IS NULL;
GRANT SELECT, INSERT, UPDATE ON gateway_simulations, simulated_gateway_events TO throughline_api, throughline_worker;

INSERT INTO jobs (name) VALUES ('card-holds'), ('simulated-gateway');

DO $$
DECLARE present text;
BEGIN
  SELECT substring(pg_get_constraintdef(oid) FROM 'CHECK \((.*)\)$') INTO present FROM pg_constraint
    WHERE conname = 'tasks_kind_check' AND conrelid = 'tasks'::regclass;
  ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check;
  EXECUTE format('ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (%s OR kind IN (%L, %L, %L, %L))', present,
    'card-dispute', 'card-refund', 'card-hold', 'gateway-event');
  SELECT substring(pg_get_constraintdef(oid) FROM 'CHECK \((.*)\)$') INTO present FROM pg_constraint
    WHERE conname = 'outbox_kind_check' AND conrelid = 'outbox'::regclass;
  ALTER TABLE outbox DROP CONSTRAINT outbox_kind_check;
  EXECUTE format('ALTER TABLE outbox ADD CONSTRAINT outbox_kind_check CHECK (%s OR kind = %L)', present, 'card-work');
END $$;
