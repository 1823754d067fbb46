-- The books by month, what was known when, manual entries under four eyes, and the checks that are run over all of it.

-- ── Periods: months close and lock in order, so two days say it all ────────────────────────────────────────
CREATE TABLE books (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  -- The last day of the newest closed month, and of the newest locked one; null before the first.
  closed_through date CHECK (closed_through = (date_trunc('month', closed_through) + interval '1 month - 1 day')::date),
  locked_through date CHECK (locked_through = (date_trunc('month', locked_through) + interval '1 month - 1 day')::date),
  CHECK (locked_through IS NULL OR (closed_through IS NOT NULL AND locked_through <= closed_through))
);
INSERT INTO books DEFAULT VALUES;

CREATE FUNCTION keep_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.locked_through IS NOT NULL AND (NEW.locked_through IS NULL OR NEW.locked_through < OLD.locked_through) THEN
    RAISE EXCEPTION 'a locked month stays locked' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER locked_for_ever BEFORE UPDATE ON books FOR EACH ROW EXECUTE FUNCTION keep_locked();

CREATE TABLE period_changes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Its first day.
  month date NOT NULL CHECK (month = date_trunc('month', month)),
  action text NOT NULL CHECK (action IN ('close', 'reopen', 'lock')),
  actor text NOT NULL,
  reason text,
  at timestamptz NOT NULL
);
CREATE INDEX period_changes_by_month ON period_changes (month, id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON period_changes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Where something that is effective on a day is booked: on that day, or on the first one that is open. Whoever books holds the
-- books open until it commits; who closes a month waits for that (the same number stands in close-period.ts).
CREATE FUNCTION first_open_day(effective date) RETURNS date LANGUAGE plpgsql AS $$
DECLARE closed date;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(748203);
  SELECT closed_through INTO closed FROM books;
  RETURN greatest(effective, closed + 1);
END $$;

-- ── Two times of every booking: the day it belongs to, and when the books learned of it ────────────────────
CREATE FUNCTION company_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
  SELECT clock_timestamp() + offset_ms * interval '1 millisecond' FROM company_clock
$$;

ALTER TABLE journal_entries
  ADD COLUMN effective_on date,
  ADD COLUMN recorded_at timestamptz,
  ADD COLUMN reason text,
  -- An entry is taken back once, by another one.
  ADD COLUMN reverses_entry_id bigint UNIQUE REFERENCES journal_entries (id);
ALTER TABLE journal_entries DISABLE TRIGGER append_only;
UPDATE journal_entries SET effective_on = booked_on, recorded_at = at;
ALTER TABLE journal_entries ENABLE TRIGGER append_only;
ALTER TABLE journal_entries ALTER COLUMN effective_on SET NOT NULL, ALTER COLUMN recorded_at SET NOT NULL;
CREATE INDEX journal_entries_by_day ON journal_entries (booked_on, id);
CREATE INDEX journal_entries_by_kind ON journal_entries (kind, id);

CREATE FUNCTION check_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.booked_on <> first_open_day(NEW.booked_on) THEN
    RAISE EXCEPTION 'the books are closed on %', NEW.booked_on USING ERRCODE = 'check_violation', CONSTRAINT = 'books_are_open';
  END IF;
  NEW.effective_on := coalesce(NEW.effective_on, NEW.booked_on);
  -- While a local clock is being moved, work runs ahead of it: nothing is known before it happens.
  NEW.recorded_at := greatest(company_now(), NEW.at);
  RETURN NEW;
END $$;
CREATE TRIGGER open_books BEFORE INSERT ON journal_entries FOR EACH ROW EXECUTE FUNCTION check_entry();

-- What each booking did to which debit item: the receivables account, item by item, by the ledger's own days.
CREATE TABLE receivable_movements (
  -- Null for what was applied before this table was there.
  entry_id bigint REFERENCES journal_entries (id),
  invoice_id text NOT NULL REFERENCES invoices (id),
  -- Above zero: more is owed.
  amount_minor minor NOT NULL CHECK (amount_minor <> 0),
  booked_on date NOT NULL,
  recorded_at timestamptz NOT NULL,
  UNIQUE (entry_id, invoice_id)
);
CREATE INDEX receivable_movements_by_invoice ON receivable_movements (invoice_id);
INSERT INTO receivable_movements
  SELECT e.id, e.invoice_id, sum(CASE p.side WHEN 'debit' THEN p.amount_minor ELSE -p.amount_minor END), e.booked_on, e.at
  FROM journal_entries e JOIN postings p ON p.entry_id = e.id
  WHERE p.account = 'accounts-receivable' AND e.invoice_id IS NOT NULL GROUP BY e.id;
INSERT INTO receivable_movements SELECT NULL, invoice_id, -amount_minor, value_on, at FROM payment_applications;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON receivable_movements FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What was open of every debit item on a day, as it was known at an instant. The due date is joined here and nowhere else.
CREATE FUNCTION receivable_positions(as_of date, known_at timestamptz DEFAULT NULL)
RETURNS TABLE (customer_id text, invoice_id text, currency text, due_on date, open_minor bigint) LANGUAGE sql STABLE AS $$
  SELECT i.customer_id, i.id, i.currency, i.due_on, sum(m.amount_minor)::bigint
  FROM receivable_movements m JOIN invoices i ON i.id = m.invoice_id
  WHERE m.booked_on <= as_of AND m.recorded_at <= coalesce(known_at, 'infinity')
  GROUP BY i.id HAVING sum(m.amount_minor) <> 0
$$;

ALTER TABLE stock_movements ADD COLUMN booked_on date, ADD COLUMN recorded_at timestamptz;
ALTER TABLE stock_movements DISABLE TRIGGER append_only;
UPDATE stock_movements SET booked_on = (at AT TIME ZONE (SELECT time_zone FROM company))::date, recorded_at = at;
ALTER TABLE stock_movements ENABLE TRIGGER append_only;
ALTER TABLE stock_movements ALTER COLUMN booked_on SET NOT NULL, ALTER COLUMN recorded_at SET NOT NULL;
CREATE INDEX stock_movements_by_place ON stock_movements (sku, warehouse_id, booked_on);

-- A movement is booked on the day on which its journal entry is.
CREATE FUNCTION date_movement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.booked_on := first_open_day((NEW.at AT TIME ZONE (SELECT time_zone FROM company))::date);
  NEW.recorded_at := greatest(company_now(), NEW.at);
  RETURN NEW;
END $$;
CREATE TRIGGER dated BEFORE INSERT ON stock_movements FOR EACH ROW EXECUTE FUNCTION date_movement();

CREATE FUNCTION stock_positions(as_of date, known_at timestamptz DEFAULT NULL)
RETURNS TABLE (sku text, warehouse_id text, on_hand bigint, value_minor bigint) LANGUAGE sql STABLE AS $$
  SELECT m.sku, m.warehouse_id,
    sum(CASE WHEN m.kind IN ('received', 'found', 'returned') THEN m.quantity ELSE -m.quantity END)::bigint,
    sum(CASE WHEN m.kind IN ('received', 'found', 'returned') THEN m.value_minor ELSE -m.value_minor END)::bigint
  FROM stock_movements m WHERE m.booked_on <= as_of AND m.recorded_at <= coalesce(known_at, 'infinity')
  GROUP BY m.sku, m.warehouse_id
$$;

-- ── Entries by hand: one person proposes, another one approves ─────────────────────────────────────────────
CREATE SEQUENCE manual_journal_ids START 10000001;
CREATE TABLE manual_journals (
  id text PRIMARY KEY DEFAULT 'JRN-' || nextval('manual_journal_ids'),
  status text NOT NULL DEFAULT 'proposed' CHECK (status IN ('proposed', 'approved', 'rejected')),
  booked_on date NOT NULL,
  currency text NOT NULL,
  postings jsonb NOT NULL,
  reason text NOT NULL,
  reverses_entry_id bigint REFERENCES journal_entries (id),
  entry_id bigint UNIQUE REFERENCES journal_entries (id),
  proposed_by text NOT NULL,
  proposed_at timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz,
  decision_reason text,
  CHECK ((status = 'proposed') = (decided_by IS NULL)),
  CHECK ((status = 'approved') = (entry_id IS NOT NULL)),
  CHECK (decided_by IS DISTINCT FROM proposed_by OR status = 'rejected')
);
CREATE UNIQUE INDEX manual_journals_reversing ON manual_journals (reverses_entry_id) WHERE status <> 'rejected';
CREATE INDEX manual_journals_by_status ON manual_journals (status, id);

-- ── The monitor of the books' invariants: every run, with what it found ────────────────────────────────────
CREATE SEQUENCE integrity_run_ids START 10000001;
CREATE TABLE integrity_runs (
  id text PRIMARY KEY DEFAULT 'CHK-' || nextval('integrity_run_ids'),
  at timestamptz NOT NULL,
  -- Each broken invariant with how many rows break it and the first of them.
  broken jsonb NOT NULL,
  checked_count integer NOT NULL,
  broken_count integer NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON integrity_runs FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
INSERT INTO jobs (name) VALUES ('integrity');

DO $$
DECLARE listed text;
BEGIN
  SELECT pg_get_expr(conbin, conrelid) INTO listed FROM pg_constraint
    WHERE conname = 'tasks_kind_check' AND conrelid = 'tasks'::regclass;
  ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check;
  EXECUTE format('ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (%s OR kind = %L)', listed, 'integrity');
END $$;

-- ── Open items come over from the system before this one, by file ──────────────────────────────────────────
CREATE INDEX invoices_taken_over ON invoices (customer_id, (facts ->> 'reference')) WHERE kind = 'opening-item';
ALTER TABLE imports DROP CONSTRAINT imports_kind_check;
ALTER TABLE imports ADD CONSTRAINT imports_kind_check CHECK (kind IN ('customers', 'products', 'prices', 'stock', 'open-items'));

GRANT SELECT ON books, period_changes TO throughline_api, throughline_worker;
GRANT UPDATE ON books TO throughline_api;
GRANT INSERT ON period_changes TO throughline_api;
GRANT SELECT, INSERT ON receivable_movements, integrity_runs TO throughline_api, throughline_worker;
GRANT SELECT, INSERT, UPDATE ON manual_journals TO throughline_api;
GRANT USAGE ON SEQUENCE manual_journal_ids TO throughline_api;
GRANT USAGE ON SEQUENCE integrity_run_ids TO throughline_api, throughline_worker;
