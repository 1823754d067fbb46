import {
  type Books,
  changePeriod,
  firstDay,
  lastDay,
  monthOf,
  months,
  type PeriodAction,
  type PeriodStatus,
  periodActions,
  periodStatus,
} from '../../domain/period.ts';
import type { IsoDate, IsoInstant } from '../../domain/time.ts';
import { only, type Queryable } from '../client.ts';

export interface Period {
  month: string;
  startsOn: IsoDate;
  endsOn: IsoDate;
  status: PeriodStatus;
  /** What its state allows. */
  actions: PeriodAction[];
  lastChange: { action: PeriodAction; actor: string; reason: string | null; at: IsoInstant } | null;
}

// Ten years: what is before them is as closed as they are.
const listedMaximum = 120;

export async function readBooks(db: Queryable): Promise<Books> {
  return only(
    await db.query<Books>('SELECT closed_through AS "closedThrough", locked_through AS "lockedThrough" FROM books', []),
  );
}

/** The months from the first one with an entry or a change to the current one, the newest first. */
export async function listPeriods(db: Queryable, today: IsoDate): Promise<Period[]> {
  const [books, first, changes] = await Promise.all([
    readBooks(db),
    db.query<{ bookedOn: IsoDate | null }>('SELECT min(booked_on) AS "bookedOn" FROM journal_entries', []),
    db.query<NonNullable<Period['lastChange']> & { month: IsoDate }>(
      'SELECT DISTINCT ON (month) month, action, actor, reason, at FROM period_changes ORDER BY month, id DESC',
      [],
    ),
  ]);
  const current = monthOf(today);
  const known = [...changes.rows.map(({ month }) => month), ...first.rows.flatMap(({ bookedOn }) => bookedOn ?? [])];
  const from = known.map(monthOf).sort()[0] ?? current;
  return months(from, current)
    .slice(0, listedMaximum)
    .map((month) => {
      const found = changes.rows.find((change) => monthOf(change.month) === month);
      const lastChange = found ? { action: found.action, actor: found.actor, reason: found.reason, at: found.at } : null;
      const actions = periodActions.filter((action) => !('refused' in changePeriod(action, month, { books, today })));
      return {
        month,
        startsOn: firstDay(month),
        endsOn: lastDay(month),
        status: periodStatus(month, books),
        actions,
        lastChange,
      };
    });
}
