-- What reports read of months that are over is kept by a job, whether or not the books were closed: as much as was booked of them up to
-- an entry. What is booked into them later is read beside it, so that nobody who books has to look.
DROP TABLE closed_sales, closed_items, closed_months;
DROP FUNCTION closed_month(date, timestamptz), receivables_moved(date, date, timestamptz);

CREATE TABLE kept_months (
  month_end date PRIMARY KEY,
  -- All entries of the month and of those before it count up to this one; all of these had been committed.
  entries_through bigint NOT NULL,
  -- When the books learned of the last of it: whoever asks what was known earlier reads an older month, or the movements themselves.
  recorded_until timestamptz NOT NULL
);
-- What was open at its end.
CREATE TABLE kept_items (
  month_end date NOT NULL REFERENCES kept_months ON DELETE CASCADE,
  invoice_id text NOT NULL,
  customer_id text NOT NULL,
  currency text NOT NULL,
  -- Null: in instalments, as in receivable_movements.
  due_on date,
  open_minor minor NOT NULL CHECK (open_minor <> 0),
  PRIMARY KEY (month_end, invoice_id)
);
-- The same by due date alone, without what is in instalments: what an ageing needs of a million items.
CREATE TABLE kept_due (
  month_end date NOT NULL REFERENCES kept_months ON DELETE CASCADE,
  currency text NOT NULL,
  due_on date NOT NULL,
  open_minor minor NOT NULL,
  PRIMARY KEY (month_end, currency, due_on)
);
-- What was sold on its days, and on those of earlier months by entries that these had not counted: of a day all rows together.
CREATE TABLE kept_sales (
  month_end date NOT NULL REFERENCES kept_months ON DELETE CASCADE,
  booked_on date NOT NULL,
  currency text NOT NULL,
  sales_minor minor NOT NULL,
  PRIMARY KEY (booked_on, month_end, currency)
);
CREATE INDEX kept_items_in_instalments ON kept_items (month_end) WHERE due_on IS NULL;
CREATE INDEX kept_sales_by_month ON kept_sales (month_end);
GRANT SELECT, INSERT, DELETE ON kept_months, kept_items, kept_due, kept_sales TO throughline_api, throughline_worker;
INSERT INTO jobs (name) VALUES ('kept-months');

-- What was booked on a day after an entry is found without the rest of the day.
DROP INDEX receivable_movements_by_day;
CREATE INDEX receivable_movements_by_day ON receivable_movements (booked_on, entry_id);
DROP INDEX journal_entries_credit_notes;
CREATE INDEX journal_entries_credit_notes ON journal_entries (booked_on, id) WHERE kind = 'credit-note';

-- The newest kept month up to a day of which everything was known at an instant; null: there is none.
CREATE FUNCTION kept_month(up_to date, known_at timestamptz) RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT max(month_end) FROM kept_months WHERE month_end <= up_to AND recorded_until <= coalesce(known_at, 'infinity')
$$;

-- Movements of some days by entries after one. They are few, so each day is looked up by itself (OFFSET 0 keeps it so), and a planner that
-- does not know the entry is told how few: with a setting of its own the function is not taken apart, or it would not hear of it.
CREATE FUNCTION late_movements(first_day date, last_day date, after_entry bigint) RETURNS SETOF receivable_movements
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100 SET plan_cache_mode = force_custom_plan AS $$
  SELECT m.* FROM generate_series((SELECT greatest(first_day, booked_on) FROM receivable_movements ORDER BY booked_on LIMIT 1)::timestamp,
      last_day, '1 day') AS day
    CROSS JOIN LATERAL (SELECT * FROM receivable_movements m WHERE m.booked_on = day::date AND m.entry_id > after_entry OFFSET 0) m
$$;

-- What moved receivables up to the last day and is not in the newest kept month before the first.
CREATE FUNCTION receivables_since(first_day date, last_day date, known_at timestamptz DEFAULT NULL)
RETURNS TABLE (customer_id text, invoice_id text, currency text, due_on date, booked_on date, amount_minor bigint) LANGUAGE sql STABLE AS $$
  SELECT m.customer_id, m.invoice_id, m.currency, m.due_on, m.booked_on, m.amount_minor::bigint
  FROM kept_months k CROSS JOIN LATERAL late_movements('-infinity', k.month_end, k.entries_through) m
  WHERE k.month_end = (SELECT kept_month(first_day, known_at)) AND m.recorded_at <= coalesce(known_at, 'infinity')
  UNION ALL
  SELECT m.customer_id, m.invoice_id, m.currency, m.due_on, m.booked_on, m.amount_minor::bigint FROM receivable_movements m
  WHERE m.booked_on > (SELECT coalesce(kept_month(first_day, known_at), '-infinity')) AND m.booked_on <= last_day
    AND m.recorded_at <= coalesce(known_at, 'infinity')
$$;
-- By due date, without items in instalments: with what was open when the kept month ended.
CREATE FUNCTION receivables_due(first_day date, last_day date, known_at timestamptz DEFAULT NULL)
RETURNS TABLE (currency text, due_on date, booked_on date, amount_minor bigint) LANGUAGE sql STABLE AS $$
  SELECT k.currency, k.due_on, k.month_end, k.open_minor::bigint FROM kept_due k WHERE k.month_end = (SELECT kept_month(first_day, known_at))
  UNION ALL
  SELECT s.currency, s.due_on, s.booked_on, s.amount_minor FROM receivables_since(first_day, last_day, known_at) s WHERE s.due_on IS NOT NULL
$$;
-- Item by item, up to a day.
CREATE FUNCTION receivables_moved(as_of date, known_at timestamptz DEFAULT NULL)
RETURNS TABLE (customer_id text, invoice_id text, currency text, due_on date, amount_minor bigint) LANGUAGE sql STABLE AS $$
  SELECT k.customer_id, k.invoice_id, k.currency, k.due_on, k.open_minor::bigint FROM kept_items k
  WHERE k.month_end = (SELECT kept_month(as_of, known_at))
  UNION ALL SELECT s.customer_id, s.invoice_id, s.currency, s.due_on, s.amount_minor FROM receivables_since(as_of, as_of, known_at) s
$$;

-- The same two as before, from these.
CREATE OR REPLACE FUNCTION instalment_positions(as_of date, known_at timestamptz DEFAULT NULL)
RETURNS TABLE (customer_id text, invoice_id text, currency text, due_on date, open_minor bigint) LANGUAGE sql STABLE AS $$
  SELECT m.customer_id, m.invoice_id, m.currency, s.due_on, least(s.amount_minor, m.open_minor - s.later_minor)::bigint
  FROM (SELECT r.customer_id, r.invoice_id, r.currency, sum(r.amount_minor) AS open_minor FROM receivables_moved(as_of, known_at) r
        WHERE r.due_on IS NULL GROUP BY 1, 2, 3) m
    JOIN LATERAL (
      SELECT n.due_on, n.amount_minor,
        (SELECT coalesce(sum(l.amount_minor), 0) FROM invoice_instalments l WHERE l.invoice_id = n.invoice_id AND l.number > n.number) AS later_minor
      FROM invoice_instalments n WHERE n.invoice_id = m.invoice_id) s ON true
  WHERE m.open_minor > s.later_minor OR (m.open_minor < 0 AND s.later_minor = 0)
$$;
CREATE OR REPLACE FUNCTION receivable_positions(as_of date, known_at timestamptz DEFAULT NULL)
RETURNS TABLE (customer_id text, invoice_id text, currency text, due_on date, open_minor bigint) LANGUAGE sql STABLE AS $$
  SELECT m.customer_id, m.invoice_id, m.currency, m.due_on, sum(m.amount_minor)::bigint FROM receivables_moved(as_of, known_at) m
  WHERE m.due_on IS NOT NULL
  GROUP BY m.invoice_id, m.customer_id, m.currency, m.due_on HAVING sum(m.amount_minor) <> 0
  UNION ALL
  SELECT p.customer_id, p.invoice_id, p.currency, p.due_on, p.open_minor FROM instalment_positions(as_of, known_at) p
$$;
