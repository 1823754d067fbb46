-- Goods that a carrier brings back, loses or spoils: returns that no customer has asked for, and what the carrier owes for them.
ALTER TABLE returns
  ADD COLUMN cause text NOT NULL DEFAULT 'customer' CHECK (cause IN ('customer', 'returned-to-sender', 'lost', 'damaged'));

-- Units that are credited though they never come back. What is lost is not received.
ALTER TABLE return_lines
  ADD COLUMN lost_quantity integer NOT NULL DEFAULT 0 CHECK (lost_quantity >= 0),
  ADD CHECK (coalesce(received_quantity, 0) + lost_quantity <= quantity);

-- What a carrier is to pay for a shipment, once per shipment.
CREATE SEQUENCE carrier_claim_ids START 10000001;
CREATE TABLE carrier_claims (
  id text PRIMARY KEY DEFAULT 'CLM-' || nextval('carrier_claim_ids'),
  shipment_id text NOT NULL UNIQUE REFERENCES shipments (id),
  order_id text NOT NULL REFERENCES orders (id),
  customer_id text NOT NULL REFERENCES customers (id),
  carrier text NOT NULL,
  -- The carrier's own number of the claim, once it has given one.
  reference text,
  currency text NOT NULL,
  claimed_minor minor NOT NULL CHECK (claimed_minor > 0),
  -- What the carrier has agreed to: an asset from then on, and no sooner.
  accepted_minor minor CHECK (accepted_minor > 0 AND accepted_minor <= claimed_minor),
  status text NOT NULL DEFAULT 'filed' CHECK (status IN ('filed', 'accepted', 'paid', 'rejected', 'withdrawn')),
  status_reason text,
  filed_by text NOT NULL,
  filed_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  CHECK ((accepted_minor IS NOT NULL) = (status IN ('accepted', 'paid')))
);
CREATE INDEX carrier_claims_by_status ON carrier_claims (status, id);
GRANT SELECT, INSERT, UPDATE ON carrier_claims TO throughline_api, throughline_worker;
GRANT USAGE ON SEQUENCE carrier_claim_ids TO throughline_api, throughline_worker;

-- Carriers that are simulated, as on a local stack, and since when; in production there is none. What they will report is kept
-- here until its time has come, and then goes the way of every carrier's event.
CREATE TABLE carrier_simulations (
  carrier text PRIMARY KEY,
  -- Of how many parcels something goes wrong.
  trouble_share double precision NOT NULL CHECK (trouble_share BETWEEN 0 AND 1),
  since timestamptz NOT NULL
);
CREATE TABLE simulated_reports (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  carrier text NOT NULL REFERENCES carrier_simulations (carrier),
  tracking_number text NOT NULL,
  event_id text NOT NULL,
  kind text NOT NULL,
  occurred_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  reported_at timestamptz
);
CREATE INDEX simulated_reports_by_number ON simulated_reports (tracking_number);
CREATE INDEX simulated_reports_due ON simulated_reports (due_at, id) WHERE reported_at IS NULL;
INSERT INTO jobs (name) VALUES ('simulated-tracking');
GRANT SELECT, INSERT, UPDATE ON carrier_simulations, simulated_reports TO throughline_api, throughline_worker;
