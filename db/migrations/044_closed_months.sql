-- What reports read of closed months, so that they need not pass over all that ever was; and how often an order stood in a stage.

-- ── Closed months ────────────────────────────────────────────────────────────────────────────────────────────
-- Nothing is booked into a closed month: what was open at its end and what was sold on its days is kept when it closes, and read
-- instead of all before it. When it is opened again, it goes.
CREATE TABLE closed_months (
  month_end date PRIMARY KEY,
  -- When the books learned of the last of it: whoever asks what was known earlier reads an older month, or the movements themselves.
  recorded_until timestamptz NOT NULL
);
CREATE TABLE closed_items (
  month_end date NOT NULL REFERENCES closed_months ON DELETE CASCADE,
  invoice_id text NOT NULL,
  customer_id text NOT NULL,
  currency text NOT NULL,
  -- Null: in instalments, as in receivable_movements.
  due_on date,
  open_minor minor NOT NULL CHECK (open_minor <> 0),
  PRIMARY KEY (month_end, invoice_id)
);
CREATE TABLE closed_sales (
  month_end date NOT NULL REFERENCES closed_months ON DELETE CASCADE,
  booked_on date NOT NULL,
  currency text NOT NULL,
  sales_minor minor NOT NULL,
  PRIMARY KEY (booked_on, currency)
);
CREATE INDEX closed_items_in_instalments ON closed_items (month_end) WHERE due_on IS NULL;
CREATE INDEX closed_sales_by_month ON closed_sales (month_end);
GRANT SELECT, INSERT, DELETE ON closed_months, closed_items, closed_sales TO throughline_api, throughline_worker;

-- The newest closed month up to a day of which everything was known at an instant; null: there is none.
CREATE FUNCTION closed_month(up_to date, known_at timestamptz) RETURNS date LANGUAGE sql STABLE AS $$
  SELECT max(month_end) FROM closed_months WHERE month_end <= up_to AND recorded_until <= coalesce(known_at, 'infinity')
$$;

-- What moved receivables up to a day: for what is before the newest closed month up to the first day, what was open at its end.
CREATE FUNCTION receivables_moved(first_day date, last_day date, known_at timestamptz DEFAULT NULL)
RETURNS TABLE (customer_id text, invoice_id text, currency text, due_on date, booked_on date, amount_minor bigint) LANGUAGE sql STABLE AS $$
  SELECT c.customer_id, c.invoice_id, c.currency, c.due_on, c.month_end, c.open_minor::bigint FROM closed_items c
  WHERE c.month_end = (SELECT closed_month(first_day, known_at))
  UNION ALL
  SELECT m.customer_id, m.invoice_id, m.currency, m.due_on, m.booked_on, m.amount_minor::bigint FROM receivable_movements m
  WHERE m.booked_on > (SELECT coalesce(closed_month(first_day, known_at), '-infinity')) AND m.booked_on <= last_day
    AND m.recorded_at <= coalesce(known_at, 'infinity')
$$;

-- The same two as before, from these.
CREATE OR REPLACE FUNCTION instalment_positions(as_of date, known_at timestamptz DEFAULT NULL)
RETURNS TABLE (customer_id text, invoice_id text, currency text, due_on date, open_minor bigint) LANGUAGE sql STABLE AS $$
  SELECT m.customer_id, m.invoice_id, m.currency, s.due_on, least(s.amount_minor, m.open_minor - s.later_minor)::bigint
  FROM (SELECT r.customer_id, r.invoice_id, r.currency, sum(r.amount_minor) AS open_minor FROM receivables_moved(as_of, as_of, known_at) r
        WHERE r.due_on IS NULL GROUP BY 1, 2, 3) m
    JOIN LATERAL (
      SELECT n.due_on, n.amount_minor,
        (SELECT coalesce(sum(l.amount_minor), 0) FROM invoice_instalments l WHERE l.invoice_id = n.invoice_id AND l.number > n.number) AS later_minor
      FROM invoice_instalments n WHERE n.invoice_id = m.invoice_id) s ON true
  WHERE m.open_minor > s.later_minor OR (m.open_minor < 0 AND s.later_minor = 0)
$$;
CREATE OR REPLACE FUNCTION receivable_positions(as_of date, known_at timestamptz DEFAULT NULL)
RETURNS TABLE (customer_id text, invoice_id text, currency text, due_on date, open_minor bigint) LANGUAGE sql STABLE AS $$
  SELECT m.customer_id, m.invoice_id, m.currency, m.due_on, sum(m.amount_minor)::bigint FROM receivables_moved(as_of, as_of, known_at) m
  WHERE m.due_on IS NOT NULL
  GROUP BY m.invoice_id, m.customer_id, m.currency, m.due_on HAVING sum(m.amount_minor) <> 0
  UNION ALL
  SELECT p.customer_id, p.invoice_id, p.currency, p.due_on, p.open_minor FROM instalment_positions(as_of, known_at) p
$$;
-- Movements of items in instalments are few: by day, without those that are not.
DROP INDEX receivable_movements_in_instalments;
CREATE INDEX receivable_movements_in_instalments ON receivable_movements (booked_on) WHERE due_on IS NULL;

-- ── How long orders stood where ──────────────────────────────────────────────────────────────────────────────
-- Which stay of the order in the stage it is: only of what began before the days that are asked for, earlier stays are looked up.
ALTER TABLE order_stays DISABLE TRIGGER append_only;
ALTER TABLE order_stays ADD COLUMN number integer;
UPDATE order_stays s SET number = n.number
FROM (SELECT id, row_number() OVER (PARTITION BY order_id, stage ORDER BY left_at, id) AS number FROM order_stays) n WHERE n.id = s.id;
ALTER TABLE order_stays ALTER COLUMN number SET NOT NULL;
ALTER TABLE order_stays ENABLE TRIGGER append_only;
DROP INDEX order_stays_by_end;
CREATE INDEX order_stays_by_end ON order_stays (left_at) INCLUDE (entered_at, stage, next_stage, status, order_id, number);

CREATE OR REPLACE FUNCTION note_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.status_since := NEW.placed_at;
  ELSIF NEW.status <> OLD.status OR NEW.stage <> OLD.stage THEN
    NEW.status_since := greatest(NEW.changed_at, OLD.status_since);
    INSERT INTO order_stays (order_id, status, stage, entered_at, left_at, next_stage, number)
    VALUES (OLD.id, OLD.status, OLD.stage, OLD.status_since, NEW.status_since, NEW.stage,
      (SELECT count(*) + 1 FROM order_stays s WHERE s.order_id = OLD.id AND s.stage = OLD.stage));
  END IF;
  RETURN NEW;
END $$;

-- ── Lists ────────────────────────────────────────────────────────────────────────────────────────────────────
-- What stands where, without the orders that are done, which are most of them.
CREATE INDEX orders_in_work ON orders (stage, currency) INCLUDE (gross_minor, status_since) WHERE stage <> 'done';
CREATE INDEX invoices_by_status ON invoices (status, id);
CREATE INDEX invoices_open ON invoices (id) WHERE open_minor > 0;
CREATE INDEX invoices_disputed ON invoices (id) WHERE disputed_minor > 0;
-- Sorted by amount or due date, and then by number.
DROP INDEX orders_by_amount;
CREATE INDEX orders_by_amount ON orders (gross_minor, id);
DROP INDEX invoices_by_amount;
CREATE INDEX invoices_by_amount ON invoices (gross_minor, id);
CREATE INDEX invoices_by_due_date ON invoices (due_on, id);
