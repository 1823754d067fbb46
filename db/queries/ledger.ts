import type { Posting } from '../../domain/ledger.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

/** What was booked up to a date, one row per currency, account and side. */
export async function postingTotals(db: Queryable, asOf: IsoDate): Promise<(Posting & { currency: string })[]> {
  const { rows } = await db.query<Posting & { currency: string }>(
    `SELECT e.currency, p.account, p.side, sum(p.amount_minor)::bigint AS "amountMinor"
     FROM journal_entries e JOIN postings p ON p.entry_id = e.id WHERE e.booked_on <= $1
     GROUP BY e.currency, p.account, p.side ORDER BY e.currency`,
    [asOf],
  );
  return rows;
}

export interface JournalEntryRow {
  id: number;
  eventId: string;
  kind: string;
  bookedOn: IsoDate;
  currency: string;
  customerId: string | null;
  orderId: string | null;
  invoiceId: string | null;
  paymentId: string | null;
  at: string;
  postings: Posting[];
}

/** In the order of booking. */
export async function listJournalEntries(
  db: Queryable,
  wanted: { customerId?: string | undefined; orderId?: string | undefined; invoiceId?: string | undefined },
  page: Page,
): Promise<JournalEntryRow[]> {
  const { where, limit, values } = filter(
    {
      'customer_id = ?': wanted.customerId,
      'order_id = ?': wanted.orderId,
      'invoice_id = ?': wanted.invoiceId,
      'id > ?::bigint': page.after,
    },
    page.limit,
  );
  const { rows } = await db.query<JournalEntryRow>(
    `SELECT id, event_id AS "eventId", kind, booked_on AS "bookedOn", currency, customer_id AS "customerId", order_id AS "orderId",
       invoice_id AS "invoiceId", payment_id AS "paymentId", at,
       (SELECT jsonb_agg(jsonb_build_object('account', account, 'side', side, 'amountMinor', amount_minor) ORDER BY position)
        FROM postings WHERE entry_id = e.id) AS postings
     FROM journal_entries e ${where} ORDER BY id ${limit}`,
    values,
  );
  return rows;
}

export interface OpenByDueDate {
  currency: string;
  dueOn: IsoDate;
  openMinor: number;
}

/**
 * What was open on a date, by due date: items booked by then less what was paid on them by then, spread over their instalments. It
 * counts by the ledger's dates, so that its total is the receivables account of the same date (A3).
 */
export async function openByDueDate(db: Queryable, asOf: IsoDate): Promise<OpenByDueDate[]> {
  const { rows } = await db.query<OpenByDueDate>(
    `SELECT i.currency, s.due_on AS "dueOn",
       sum(least(s.amount_minor, m.open_minor - s.later_minor))::bigint AS "openMinor"
     FROM (SELECT invoice_id, sum(amount_minor) AS open_minor FROM (
       SELECT invoice_id, sum(CASE p.side WHEN 'debit' THEN p.amount_minor ELSE -p.amount_minor END) AS amount_minor
       FROM journal_entries e JOIN postings p ON p.entry_id = e.id
       WHERE p.account = 'accounts-receivable' AND e.invoice_id IS NOT NULL AND e.booked_on <= $1 GROUP BY invoice_id
       UNION ALL
       SELECT invoice_id, -amount_minor FROM payment_applications WHERE value_on <= $1
     ) moved GROUP BY invoice_id) m
     JOIN invoices i ON i.id = m.invoice_id JOIN scheduled_instalments s ON s.invoice_id = m.invoice_id
     -- What was paid before it was booked stands below zero, with the last instalment, so that the total is still the account's.
     WHERE m.open_minor > s.later_minor OR (m.open_minor < 0 AND s.later_minor = 0)
     GROUP BY i.currency, s.due_on ORDER BY i.currency, s.due_on`,
    [asOf],
  );
  return rows;
}
