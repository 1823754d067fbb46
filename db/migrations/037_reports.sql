-- What reports read: receivables by due date without asking the items, how long orders stood where, and kept forecasts of cash.

-- ── Receivables as of any date ───────────────────────────────────────────────────────────────────────────────
-- Whose item it is, what moved it and when it is due are copied to the movement, so that the ageing of any day is one pass over the
-- movements. None of it changes; of an item in instalments the due date depends on what is open, and is null here.
ALTER TABLE receivable_movements
  ADD COLUMN customer_id text,
  ADD COLUMN currency text,
  ADD COLUMN kind text,
  ADD COLUMN due_on date;
ALTER TABLE receivable_movements DISABLE TRIGGER append_only;
UPDATE receivable_movements m SET customer_id = i.customer_id, currency = i.currency,
  kind = coalesce((SELECT e.kind FROM journal_entries e WHERE e.id = m.entry_id), 'receipt'),
  due_on = CASE WHEN NOT EXISTS (SELECT FROM invoice_instalments n WHERE n.invoice_id = i.id) THEN i.due_on END
FROM invoices i WHERE i.id = m.invoice_id;
ALTER TABLE receivable_movements ENABLE TRIGGER append_only;
ALTER TABLE receivable_movements ALTER COLUMN customer_id SET NOT NULL, ALTER COLUMN currency SET NOT NULL,
  ALTER COLUMN kind SET NOT NULL;

CREATE FUNCTION describe_movement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT i.customer_id, i.currency, CASE WHEN NOT EXISTS (SELECT FROM invoice_instalments n WHERE n.invoice_id = i.id) THEN i.due_on END
    INTO NEW.customer_id, NEW.currency, NEW.due_on FROM invoices i WHERE i.id = NEW.invoice_id;
  -- One without an entry is from before movements named theirs: only receipts are.
  NEW.kind := coalesce((SELECT e.kind FROM journal_entries e WHERE e.id = NEW.entry_id), 'receipt');
  RETURN NEW;
END $$;
CREATE TRIGGER described BEFORE INSERT ON receivable_movements FOR EACH ROW EXECUTE FUNCTION describe_movement();

CREATE INDEX receivable_movements_by_day ON receivable_movements (booked_on);
CREATE INDEX receivable_movements_in_instalments ON receivable_movements (invoice_id) WHERE due_on IS NULL;
-- Sales, deposits, write-offs: all but the payments, which are most of the movements.
CREATE INDEX receivable_movements_by_kind ON receivable_movements (kind, booked_on) INCLUDE (currency, amount_minor, recorded_at)
  WHERE kind <> 'receipt' AND kind <> 'application';
CREATE INDEX journal_entries_credit_notes ON journal_entries (booked_on) WHERE kind = 'credit-note';

-- What was open of the items in instalments, spread over them. What was paid before it was booked stands below zero, with the last
-- instalment, so that the total is still the account's.
CREATE FUNCTION instalment_positions(as_of date, known_at timestamptz DEFAULT NULL)
RETURNS TABLE (customer_id text, invoice_id text, currency text, due_on date, open_minor bigint) LANGUAGE sql STABLE AS $$
  SELECT m.customer_id, m.invoice_id, m.currency, s.due_on, least(s.amount_minor, m.open_minor - s.later_minor)::bigint
  FROM (SELECT r.customer_id, r.invoice_id, r.currency, sum(r.amount_minor) AS open_minor FROM receivable_movements r
        WHERE r.due_on IS NULL AND r.booked_on <= as_of AND r.recorded_at <= coalesce(known_at, 'infinity') GROUP BY 1, 2, 3) m
    JOIN LATERAL (
      SELECT n.due_on, n.amount_minor,
        (SELECT coalesce(sum(l.amount_minor), 0) FROM invoice_instalments l WHERE l.invoice_id = n.invoice_id AND l.number > n.number) AS later_minor
      FROM invoice_instalments n WHERE n.invoice_id = m.invoice_id) s ON true
  WHERE m.open_minor > s.later_minor OR (m.open_minor < 0 AND s.later_minor = 0)
$$;

CREATE OR REPLACE FUNCTION receivable_positions(as_of date, known_at timestamptz DEFAULT NULL)
RETURNS TABLE (customer_id text, invoice_id text, currency text, due_on date, open_minor bigint) LANGUAGE sql STABLE AS $$
  SELECT m.customer_id, m.invoice_id, m.currency, m.due_on, sum(m.amount_minor)::bigint FROM receivable_movements m
  WHERE m.due_on IS NOT NULL AND m.booked_on <= as_of AND m.recorded_at <= coalesce(known_at, 'infinity')
  GROUP BY m.invoice_id, m.customer_id, m.currency, m.due_on HAVING sum(m.amount_minor) <> 0
  UNION ALL
  SELECT p.customer_id, p.invoice_id, p.currency, p.due_on, p.open_minor FROM instalment_positions(as_of, known_at) p
$$;

-- ── How long orders stood where ──────────────────────────────────────────────────────────────────────────────
-- A row for each stay that has ended; where an order stands now is in the order, with since when.
CREATE TABLE order_stays (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id text NOT NULL REFERENCES orders (id),
  status text NOT NULL,
  stage text NOT NULL,
  entered_at timestamptz NOT NULL,
  left_at timestamptz NOT NULL,
  -- Where it went: another status of the same stage, or another stage.
  next_stage text NOT NULL,
  CHECK (entered_at <= left_at)
);
ALTER TABLE orders ADD COLUMN status_since timestamptz;
UPDATE orders SET status_since = coalesce(closed_at, CASE WHEN status = 'invoiced' THEN invoiced_at END, changed_at);
ALTER TABLE orders ALTER COLUMN status_since SET NOT NULL;
-- Of orders from before, what their own instants tell: until approval, until the last invoice, until the last payment.
INSERT INTO order_stays (order_id, status, stage, entered_at, left_at, next_stage)
SELECT o.id, s.status, s.stage, s.entered_at, s.left_at, s.next_stage FROM orders o
  CROSS JOIN LATERAL (VALUES ('received', 'order', o.placed_at, o.accepted_at, 'fulfilment'),
    ('in-fulfilment', 'fulfilment', o.accepted_at, o.invoiced_at, 'receivables'), ('invoiced', 'receivables', o.invoiced_at, o.closed_at, 'done'))
    AS s (status, stage, entered_at, left_at, next_stage)
WHERE s.entered_at <= s.left_at;
CREATE INDEX order_stays_by_order ON order_stays (order_id) INCLUDE (stage, status, entered_at, left_at);
CREATE INDEX order_stays_by_end ON order_stays (left_at) INCLUDE (stage, next_stage, order_id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON order_stays FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A trigger, so that no way of moving an order can forget it.
CREATE FUNCTION note_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.status_since := NEW.placed_at;
  ELSIF NEW.status <> OLD.status OR NEW.stage <> OLD.stage THEN
    NEW.status_since := greatest(NEW.changed_at, OLD.status_since);
    INSERT INTO order_stays (order_id, status, stage, entered_at, left_at, next_stage)
    VALUES (OLD.id, OLD.status, OLD.stage, OLD.status_since, NEW.status_since, NEW.stage);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE INSERT OR UPDATE OF status, stage ON orders FOR EACH ROW EXECUTE FUNCTION note_stay();

CREATE INDEX orders_by_closing ON orders (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX orders_by_approval ON orders (accepted_at) WHERE accepted_at IS NOT NULL;
CREATE INDEX orders_by_last_invoice ON orders (invoiced_at) WHERE invoiced_at IS NOT NULL;
CREATE INDEX invoices_by_day ON invoices (issued_on);
GRANT SELECT, INSERT ON order_stays TO throughline_api, throughline_worker;

-- ── Forecasts of cash, kept to be held against what came in ──────────────────────────────────────────────────
CREATE TABLE cash_forecasts (
  as_of date NOT NULL,
  currency text NOT NULL,
  -- Open items less the cash that was here already, that cash, and what no week was expected to bring.
  open_minor minor NOT NULL,
  cash_minor minor NOT NULL,
  later_minor minor NOT NULL,
  -- Each with its days and what was expected.
  weeks jsonb NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (as_of, currency)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cash_forecasts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE INDEX payments_by_day ON payments (value_on);
INSERT INTO jobs (name) VALUES ('cash-forecast');
GRANT SELECT, INSERT ON cash_forecasts TO throughline_api, throughline_worker;
