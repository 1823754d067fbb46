import type { BookedPosting } from '../../domain/exchange.ts';
import type { Account } from '../../domain/ledger.ts';
import type { IsoDate, IsoInstant } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

/** A day of the books, as they were known at an instant; absent: as they are known now. */
export interface AsOf {
  asOf: IsoDate;
  knownAt?: IsoInstant | undefined;
}

/** What was booked up to a date, one row per currency of the documents, account and side: of all accounts, or of some. */
export async function postingTotals(
  db: Queryable,
  asOf: IsoDate,
  knownAt?: IsoInstant,
  only?: readonly Account[],
): Promise<(BookedPosting & { currency: string })[]> {
  const { rows } = await db.query<BookedPosting & { currency: string }>(
    `SELECT e.currency, p.account, p.side, sum(p.amount_minor)::bigint AS "amountMinor",
       sum(p.functional_minor)::bigint AS "functionalMinor"
     FROM journal_entries e JOIN postings p ON p.entry_id = e.id
     WHERE e.booked_on <= $1 AND e.recorded_at <= coalesce($2::timestamptz, 'infinity')
       AND ($3::text[] IS NULL OR p.account = ANY ($3))
     GROUP BY e.currency, p.account, p.side ORDER BY e.currency`,
    [asOf, knownAt, only],
  );
  return rows;
}

export interface JournalEntryRow {
  id: number;
  eventId: string;
  kind: string;
  bookedOn: IsoDate;
  effectiveOn: IsoDate;
  currency: string;
  customerId: string | null;
  orderId: string | null;
  invoiceId: string | null;
  paymentId: string | null;
  reason: string | null;
  reversesEntryId: number | null;
  reversedByEntryId: number | null;
  at: IsoInstant;
  recordedAt: IsoInstant;
  postings: BookedPosting[];
}

export interface WantedEntries {
  account?: Account | undefined;
  customerId?: string | undefined;
  orderId?: string | undefined;
  invoiceId?: string | undefined;
  kind?: string | undefined;
  bookedFrom?: IsoDate | undefined;
  bookedTo?: IsoDate | undefined;
  asKnownAt?: IsoInstant | undefined;
}

const entries = `SELECT id, event_id AS "eventId", kind, booked_on AS "bookedOn", effective_on AS "effectiveOn", currency,
    customer_id AS "customerId", order_id AS "orderId", invoice_id AS "invoiceId", payment_id AS "paymentId", reason,
    reverses_entry_id AS "reversesEntryId", (SELECT r.id FROM journal_entries r WHERE r.reverses_entry_id = e.id) AS "reversedByEntryId",
    at, recorded_at AS "recordedAt",
    (SELECT jsonb_agg(jsonb_build_object('account', account, 'side', side, 'amountMinor', amount_minor,
       'functionalMinor', functional_minor) ORDER BY position) FROM postings WHERE entry_id = e.id) AS postings
  FROM journal_entries e`;

/** In the order of booking, or the newest first. An invoice's entries are those about it, and the receipts that paid of it. */
export async function listJournalEntries(
  db: Queryable,
  wanted: WantedEntries & { order?: 'booked' | 'newest' | undefined },
  page: Page,
): Promise<JournalEntryRow[]> {
  const isNewestFirst = wanted.order === 'newest';
  const { where, limit, values } = filter(
    {
      'EXISTS (SELECT FROM postings p WHERE p.entry_id = e.id AND p.account = ?)': wanted.account,
      'customer_id = ?': wanted.customerId,
      'order_id = ?': wanted.orderId,
      '(invoice_id = ? OR id IN (SELECT entry_id FROM receivable_movements WHERE invoice_id = ?))': wanted.invoiceId,
      'kind = ?': wanted.kind,
      'booked_on >= ?': wanted.bookedFrom,
      'booked_on <= ?': wanted.bookedTo,
      'recorded_at <= ?': wanted.asKnownAt,
      [isNewestFirst ? 'id < ?::bigint' : 'id > ?::bigint']: page.after,
    },
    page.limit,
  );
  return (await db.query<JournalEntryRow>(`${entries} ${where} ORDER BY id ${isNewestFirst ? 'DESC' : ''} ${limit}`, values))
    .rows;
}

export async function readJournalEntry(db: Queryable, id: number): Promise<JournalEntryRow | undefined> {
  return (await db.query<JournalEntryRow>(`${entries} WHERE id = $1`, [id])).rows[0];
}

export interface OpenByDueDate {
  currency: string;
  dueOn: IsoDate;
  openMinor: number;
}

/**
 * What was open on a date, by due date. It counts by the ledger's days, so that its total is the receivables account of the same
 * day, known at the same instant (A3, A4).
 */
export async function openByDueDate(db: Queryable, asOf: IsoDate, knownAt?: IsoInstant): Promise<OpenByDueDate[]> {
  const { rows } = await db.query<OpenByDueDate>(
    // By due date alone: item by item would be a group for each of a million.
    `SELECT currency, due_on AS "dueOn", sum(open_minor)::bigint AS "openMinor"
     FROM (SELECT currency, due_on, sum(amount_minor) AS open_minor FROM receivables_due($1, $1, $2) GROUP BY 1, 2
           UNION ALL SELECT currency, due_on, open_minor FROM instalment_positions($1, $2)) o
     GROUP BY 1, 2 HAVING sum(open_minor) <> 0 ORDER BY 1, 2`,
    [asOf, knownAt],
  );
  return rows;
}

export interface CustomerBalance {
  customerId: string;
  currency: string;
  open: { dueOn: IsoDate; openMinor: number }[];
  unappliedMinor: number;
  creditBalanceMinor: number;
}

/** Each customer that owed something or was owed something on a date; its money that pays nothing yet, and what credit notes left. */
export async function listCustomerBalances(
  db: Queryable,
  { asOf, knownAt, customerId }: AsOf & { customerId?: string | undefined },
  { after, limit }: Page,
): Promise<CustomerBalance[]> {
  const balance = (account: Account) =>
    `coalesce(sum(CASE p.side WHEN 'credit' THEN p.amount_minor ELSE -p.amount_minor END) FILTER (WHERE p.account = '${account}'), 0)::bigint`;
  const { rows } = await db.query<CustomerBalance>(
    `WITH due AS (
       SELECT customer_id, currency, due_on, sum(open_minor)::bigint AS open_minor FROM receivable_positions($1, $2)
       WHERE customer_id = coalesce($3, customer_id) GROUP BY 1, 2, 3 HAVING sum(open_minor) <> 0),
     owing AS (
       SELECT customer_id, currency, jsonb_agg(jsonb_build_object('dueOn', due_on, 'openMinor', open_minor) ORDER BY due_on) AS open
       FROM due GROUP BY 1, 2),
     owed AS (
       SELECT e.customer_id, e.currency, ${balance('unapplied-cash')} AS unapplied, ${balance('customer-credits')} AS credits
       FROM journal_entries e JOIN postings p ON p.entry_id = e.id
       WHERE p.account IN ('unapplied-cash', 'customer-credits') AND e.booked_on <= $1
         AND e.recorded_at <= coalesce($2::timestamptz, 'infinity') AND e.customer_id = coalesce($3, e.customer_id) GROUP BY 1, 2)
     SELECT customer_id AS "customerId", currency, coalesce(open, '[]') AS open, coalesce(unapplied, 0) AS "unappliedMinor",
       coalesce(credits, 0) AS "creditBalanceMinor"
     FROM owing FULL JOIN owed USING (customer_id, currency)
     WHERE (open IS NOT NULL OR unapplied <> 0 OR credits <> 0) AND ($4::text IS NULL OR customer_id || ' ' || currency > $4)
     ORDER BY customer_id || ' ' || currency LIMIT $5`,
    [asOf, knownAt, customerId, after, limit + 1],
  );
  return rows;
}

export interface StockPosition {
  sku: string;
  warehouseId: string;
  onHand: number;
  valueMinor: number;
}

/** What lay where on a day and what it was worth, from the movements; all of it together is the inventory account (A3). */
export async function stockPositions(db: Queryable, { asOf, knownAt }: AsOf, page: Page): Promise<StockPosition[]> {
  const { where, limit, values } = filter({ "sku || ' ' || warehouse_id > ?": page.after }, page.limit);
  const { rows } = await db.query<StockPosition>(
    `SELECT sku, warehouse_id AS "warehouseId", on_hand AS "onHand", value_minor AS "valueMinor"
     FROM stock_positions($${values.length + 1}, $${values.length + 2}) ${where ? `${where} AND` : 'WHERE'} (on_hand <> 0 OR value_minor <> 0)
     ORDER BY sku || ' ' || warehouse_id ${limit}`,
    [...values, asOf, knownAt],
  );
  return rows;
}

/** The value of all stock on a day, and the inventory account of that day. */
export async function inventoryTotals(
  db: Queryable,
  { asOf, knownAt }: AsOf,
): Promise<{ valueMinor: number; accountMinor: number }> {
  const { rows } = await db.query<{ valueMinor: number; accountMinor: number }>(
    `SELECT (SELECT coalesce(sum(value_minor), 0)::bigint FROM stock_positions($1, $2)) AS "valueMinor",
       (SELECT coalesce(sum(CASE p.side WHEN 'debit' THEN p.amount_minor ELSE -p.amount_minor END), 0)::bigint
        FROM journal_entries e JOIN postings p ON p.entry_id = e.id
        WHERE p.account = 'inventory' AND e.booked_on <= $1 AND e.recorded_at <= coalesce($2::timestamptz, 'infinity')) AS "accountMinor"`,
    [asOf, knownAt],
  );
  return rows[0]!;
}
