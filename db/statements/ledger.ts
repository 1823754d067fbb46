import { isBalanced, type Posting, reversed } from '../../domain/ledger.ts';
import { sumMinor } from '../../domain/money.ts';
import { compareDates, type IsoDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';

export interface JournalEntry {
  /** Once per event id: 'SHP-1:goods-issue', 'INV-2026-000001:issue', 'PAY-1:receipt'. */
  eventId: string;
  kind: string;
  /** The day that the event belongs to. In a closed month it is booked on the first open day and keeps this one as its own (A3). */
  bookedOn: string;
  currency: string;
  at: string;
  customerId?: string | undefined;
  orderId?: string | undefined;
  invoiceId?: string | undefined;
  paymentId?: string | undefined;
  /** What the credit on receivables takes off which items; absent: all of it concerns the entry's own invoice. */
  paid?: { invoiceId: string; amountMinor: number }[] | undefined;
  /** Of an entry by hand: why, and what it takes back. */
  reason?: string | undefined;
  reversesEntryId?: number | undefined;
}

/**
 * Books one journal entry with its postings, and what it does to each debit item; gives its id. An entry without postings (all
 * amounts zero) is not booked.
 */
export async function book(tx: Transaction, entry: JournalEntry, postings: Posting[]): Promise<number | undefined> {
  return (await bookAll(tx, [{ entry, postings }])).get(entry.eventId);
}

/** The same for many entries in one statement; gives their ids by event. */
export async function bookAll(
  tx: Transaction,
  bookings: { entry: JournalEntry; postings: Posting[] }[],
): Promise<Map<string, number>> {
  const booked = bookings.filter(({ postings }) => postings.length > 0);
  if (booked.length === 0) return new Map();
  for (const { entry, postings } of booked) {
    if (!isBalanced(postings)) throw new Error(`${entry.eventId}: debits and credits differ`);
  }
  const posted = booked.flatMap(({ entry: { eventId }, postings }) =>
    postings.map((posting, index) => ({ eventId, position: index + 1, ...posting })),
  );
  const moved = booked.flatMap(({ entry, postings }) =>
    receivableMovements(entry, postings).map((movement) => ({ eventId: entry.eventId, ...movement })),
  );
  const column = (name: Exclude<keyof JournalEntry, 'paid'>) => booked.map(({ entry }) => entry[name] ?? null);
  const { rows } = await tx.query<{ id: number; eventId: string }>(
    `WITH entry AS (
       INSERT INTO journal_entries (event_id, kind, booked_on, effective_on, currency, customer_id, order_id, invoice_id, payment_id, at,
         reason, reverses_entry_id)
       SELECT e.event_id, e.kind, first_open_day(e.effective_on), e.effective_on, e.currency, e.customer_id, e.order_id, e.invoice_id,
         e.payment_id, e.at, e.reason, e.reverses_entry_id
       FROM unnest($1::text[], $2::text[], $3::date[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::timestamptz[],
         $10::text[], $11::bigint[]) WITH ORDINALITY AS e (event_id, kind, effective_on, currency, customer_id, order_id, invoice_id,
         payment_id, at, reason, reverses_entry_id, place) ORDER BY e.place
       RETURNING id, event_id, booked_on, recorded_at),
     posted AS (
       INSERT INTO postings (entry_id, position, account, side, amount_minor)
       SELECT entry.id, p.position, p.account, p.side, p.amount_minor
       FROM unnest($12::text[], $13::int[], $14::text[], $15::text[], $16::bigint[]) AS p (event_id, position, account, side, amount_minor)
         JOIN entry USING (event_id)),
     moved AS (
       INSERT INTO receivable_movements (entry_id, invoice_id, amount_minor, booked_on, recorded_at)
       SELECT entry.id, m.invoice_id, m.amount_minor, entry.booked_on, entry.recorded_at
       FROM unnest($17::text[], $18::text[], $19::bigint[]) AS m (event_id, invoice_id, amount_minor) JOIN entry USING (event_id))
     SELECT id, event_id AS "eventId" FROM entry`,
    [
      column('eventId'),
      column('kind'),
      column('bookedOn'),
      column('currency'),
      column('customerId'),
      column('orderId'),
      column('invoiceId'),
      column('paymentId'),
      column('at'),
      column('reason'),
      column('reversesEntryId'),
      posted.map(({ eventId }) => eventId),
      posted.map(({ position }) => position),
      posted.map(({ account }) => account),
      posted.map(({ side }) => side),
      posted.map(({ amountMinor }) => amountMinor),
      moved.map(({ eventId }) => eventId),
      moved.map(({ invoiceId }) => invoiceId),
      moved.map(({ amountMinor }) => amountMinor),
    ],
  );
  return new Map(rows.map(({ id, eventId }) => [eventId, id]));
}

/** Every posting on receivables names its items, or the ageing of that day would not come to the account (A4). */
function receivableMovements(entry: JournalEntry, postings: Posting[]): { invoiceId: string; amountMinor: number }[] {
  const totalMinor = sumMinor(
    postings
      .filter(({ account }) => account === 'accounts-receivable')
      .map(({ side, amountMinor }) => (side === 'debit' ? amountMinor : -amountMinor)),
  );
  const own = entry.invoiceId === undefined ? [] : [{ invoiceId: entry.invoiceId, amountMinor: totalMinor }];
  const moved = entry.paid?.map(({ invoiceId, amountMinor }) => ({ invoiceId, amountMinor: -amountMinor })) ?? own;
  if (sumMinor(moved.map(({ amountMinor }) => amountMinor)) !== totalMinor) {
    throw new Error(`${entry.eventId}: a posting on receivables does not name its debit items`);
  }
  return moved.filter(({ amountMinor }) => amountMinor !== 0);
}

/**
 * Takes every entry of a payment back by one that is linked to it: on the bank's day, and none before its own. Without a day each is
 * taken back on its own, as if it had never been.
 */
export async function reverseEntriesOf(
  tx: Transaction,
  { paymentId, kind, on, reason, at }: { paymentId: string; kind: string; on?: IsoDate | undefined; reason: string; at: string },
): Promise<void> {
  const { rows } = await tx.query<
    Omit<JournalEntry, 'at' | 'kind' | 'bookedOn'> & {
      id: number;
      effectiveOn: IsoDate;
      postings: Posting[];
      moved: { invoiceId: string; amountMinor: number }[];
    }
  >(
    `SELECT id, event_id AS "eventId", effective_on AS "effectiveOn", currency, customer_id AS "customerId", order_id AS "orderId",
       invoice_id AS "invoiceId",
       (SELECT jsonb_agg(jsonb_build_object('account', account, 'side', side, 'amountMinor', amount_minor) ORDER BY position)
        FROM postings p WHERE p.entry_id = e.id) AS postings,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('invoiceId', invoice_id, 'amountMinor', amount_minor)), '[]')
        FROM receivable_movements m WHERE m.entry_id = e.id) AS moved
     FROM journal_entries e WHERE payment_id = $1 ORDER BY id`,
    [paymentId],
  );
  for (const { id, eventId, effectiveOn, postings, moved, ...subjects } of rows) {
    await book(
      tx,
      {
        ...subjects,
        eventId: `${eventId}:${kind}`,
        kind,
        bookedOn: on !== undefined && compareDates(on, effectiveOn) > 0 ? on : effectiveOn,
        paymentId,
        // What it took off an item is put back on it.
        paid: moved,
        reason,
        reversesEntryId: id,
        at,
      },
      reversed(postings),
    );
  }
}
