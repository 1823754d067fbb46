import {
  type BookedPosting,
  type Carried,
  carriedAsOne,
  isLeaving,
  isOfGoods,
  shareOfCarried,
  translated,
  withDifference,
} from '../../domain/exchange.ts';
import { type Account, isBalanced, type Posting, reversed } from '../../domain/ledger.ts';
import { applyRateProRata, type Rounding, sumMinor } from '../../domain/money.ts';
import type { IsoDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { readConversion, readRounding } from './exchange-rates.ts';

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
  /** What carries the amounts on unbilled receivables, unapplied cash, deposits and credit balances; absent: the payment. */
  item?: string | undefined;
  /** Of a credit note: it has the rate at which its invoice was booked. */
  rateOfInvoiceId?: string | undefined;
  /** Of an entry by hand: why, and what it takes back. */
  reason?: string | undefined;
  reversesEntryId?: number | undefined;
}

/** A posting as it stands in the books. */
interface KeptPosting extends BookedPosting {
  item?: string | null | undefined;
}

interface ReceivableMovement {
  invoiceId: string;
  amountMinor: number;
  functionalMinor: number;
}

/**
 * Books one journal entry with its postings, in the currency of its document and in that of the books, and what it does to each debit
 * item; gives its id. An entry without postings (all amounts zero) is not booked. What goods cost is in the books' currency always: of
 * an order in another one it is an entry of its own.
 */
export async function book(tx: Transaction, entry: JournalEntry, postings: Posting[]): Promise<number | undefined> {
  return (await bookAll(tx, [{ entry, postings }])).get(entry.eventId);
}

/**
 * The same for many entries; gives their ids by event. Those in the currency of the books are written at once. One in another currency
 * asks what its items carry after all that was booked before it, so each of these is written on its own.
 */
export async function bookAll(
  tx: Transaction,
  bookings: readonly { entry: JournalEntry; postings: Posting[] }[],
): Promise<Map<string, number>> {
  const booked = bookings.filter(({ postings }) => postings.length > 0);
  if (booked.length === 0) return new Map();
  for (const { entry, postings } of booked) {
    if (!isBalanced(postings)) throw new Error(`${entry.eventId}: debits and credits differ`);
  }
  const ids = await insertEntries(
    tx,
    booked.map(({ entry, postings }) => ({
      entry,
      postings: withItems(entry, inOwnCurrency(postings)),
      moved: inOwnCurrency(receivableMovements(entry, postings)),
    })),
    'in the currency of the books',
  );
  const foreign = booked.filter(({ entry }) => !ids.has(entry.eventId));
  if (foreign.length === 0) return ids;
  const { currency } = only(await tx.query<{ currency: string }>('SELECT currency FROM company', []));
  for (const { entry, postings } of foreign) ids.set(entry.eventId, await bookForeign(tx, entry, postings, currency));
  return ids;
}

async function bookForeign(tx: Transaction, entry: JournalEntry, postings: Posting[], currency: string): Promise<number> {
  const moved = receivableMovements(entry, postings);
  const goods = postings.filter(isOfGoods);
  const others = postings.filter((posting) => !isOfGoods(posting));
  if (goods.length > 0) {
    const eventId = others.length > 0 ? `${entry.eventId}:goods` : entry.eventId;
    const id = await insertEntry(tx, { ...entry, currency, eventId }, inOwnCurrency(goods), []);
    if (others.length === 0) return id;
  }
  const foreign = await translate(tx, entry, others, moved, currency);
  return insertEntry(tx, entry, withItems(entry, foreign.postings), foreign.moved);
}

const inOwnCurrency = <Row extends { amountMinor: number }>(rows: readonly Row[]): (Row & { functionalMinor: number })[] =>
  rows.map((row) => ({ ...row, functionalMinor: row.amountMinor }));

const accountsOfItems: readonly Account[] = ['unbilled-receivables', 'unapplied-cash', 'customer-deposits', 'customer-credits'];
const itemOf = (entry: JournalEntry): string | undefined => entry.item ?? entry.paymentId;

const withItems = (entry: JournalEntry, postings: BookedPosting[]): KeptPosting[] =>
  postings.map((posting) => ({ ...posting, item: accountsOfItems.includes(posting.account) ? itemOf(entry) : undefined }));

/** Brings an entry in another currency into that of the books: at the rate of its day, and its items by what they carry. */
async function translate(
  tx: Transaction,
  entry: JournalEntry,
  postings: Posting[],
  moved: { invoiceId: string; amountMinor: number }[],
  currency: string,
): Promise<{ postings: BookedPosting[]; moved: ReceivableMovement[] }> {
  const rounding = await readRounding(tx);
  const atRate = await readConversion(tx, { from: entry.currency, to: currency, on: entry.bookedOn, rounding });
  const billed = entry.rateOfInvoiceId === undefined ? undefined : await firstBooked(tx, entry.rateOfInvoiceId);
  const convert = (amountMinor: number) =>
    billed
      ? applyRateProRata(billed.functionalMinor, '1', amountMinor, billed.amountMinor, rounding)
      : atRate.convert(amountMinor);
  const paid: ReceivableMovement[] = [];
  for (const { invoiceId, amountMinor } of moved.filter((movement) => movement.amountMinor < 0)) {
    const carried = await carriedByInvoice(tx, invoiceId);
    paid.push({ invoiceId, amountMinor, functionalMinor: -shareOfCarried(carried, -amountMinor, rounding) });
  }
  const leaving = new Map<Account, number>([
    ['accounts-receivable', -sumMinor(paid.map(({ functionalMinor }) => functionalMinor))],
  ]);
  for (const account of accountsOfItems) {
    const taken = postings.filter((posting) => posting.account === account && isLeaving(posting));
    if (taken.length === 0) continue;
    const item = itemOf(entry);
    if (item === undefined) throw new Error(`${entry.eventId}: a posting on ${account} does not name its item`);
    const carried = await carriedByItem(tx, account, item);
    leaving.set(account, shareOfCarried(carried, sumMinor(taken.map(({ amountMinor }) => amountMinor)), rounding));
  }
  const booked = await withAllowance(tx, entry.currency, translated(postings, { convert, leaving, rounding }), rounding);
  const billedMinor = sumMinor(
    booked
      .filter(({ account, side }) => account === 'accounts-receivable' && side === 'debit')
      .map(({ functionalMinor }) => functionalMinor),
  );
  const owed = moved.filter(({ amountMinor }) => amountMinor > 0);
  if (owed.length > 1) throw new Error(`${entry.eventId}: an entry bills one debit item`);
  return { postings: booked, moved: [...owed.map((movement) => ({ ...movement, functionalMinor: billedMinor })), ...paid] };
}

/** The allowance has no items: what is in one currency is carried as one, and whatever brings it towards zero takes its share. */
async function withAllowance(
  tx: Transaction,
  currency: string,
  postings: BookedPosting[],
  rounding: Rounding,
): Promise<BookedPosting[]> {
  if (!postings.some(({ account }) => account === 'bad-debt-allowance')) return postings;
  return carriedAsOne(postings, 'bad-debt-allowance', await carriedByAllowance(tx, currency), rounding);
}

/** What the allowance in a currency carries, debits above zero. Whoever else changes it waits, or both would take the same share. */
export async function carriedByAllowance(tx: Transaction, currency: string): Promise<Carried> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtext('bad-debt-allowance'), hashtext($1))", [currency]);
  return only(
    await tx.query<Carried>(
      `SELECT coalesce(sum(CASE p.side WHEN 'debit' THEN p.amount_minor ELSE -p.amount_minor END), 0)::bigint AS "amountMinor",
         coalesce(sum(CASE p.side WHEN 'debit' THEN p.functional_minor ELSE -p.functional_minor END), 0)::bigint AS "functionalMinor"
       FROM postings p JOIN journal_entries e ON e.id = p.entry_id WHERE p.account = 'bad-debt-allowance' AND e.currency = $1`,
      [currency],
    ),
  );
}

/** What a debit item carries by all that has been booked of it; its customer's account is locked. */
async function carriedByInvoice(tx: Transaction, invoiceId: string): Promise<Carried> {
  return only(
    await tx.query<Carried>(
      `SELECT coalesce(sum(amount_minor), 0)::bigint AS "amountMinor", coalesce(sum(functional_minor), 0)::bigint AS "functionalMinor"
       FROM receivable_movements WHERE invoice_id = $1`,
      [invoiceId],
    ),
  );
}

async function carriedByItem(tx: Transaction, account: Account, item: string): Promise<Carried> {
  const { rows } = await tx.query<KeptPosting>(
    `SELECT account, side, sum(amount_minor)::bigint AS "amountMinor", sum(functional_minor)::bigint AS "functionalMinor"
     FROM postings WHERE item = $2 AND account = $1 GROUP BY account, side`,
    [account, item],
  );
  const net = (of: 'amountMinor' | 'functionalMinor') => sumMinor(rows.map((row) => (isLeaving(row) ? -row[of] : row[of])));
  return { amountMinor: net('amountMinor'), functionalMinor: net('functionalMinor') };
}

/**
 * What an invoice came to when it was booked: a consolidated one in several entries of one kind. Nothing, when it came to zero.
 */
async function firstBooked(tx: Transaction, invoiceId: string): Promise<Carried | undefined> {
  const { rows } = await tx.query<Carried>(
    `SELECT sum(m.amount_minor)::bigint AS "amountMinor", sum(m.functional_minor)::bigint AS "functionalMinor"
     FROM receivable_movements m JOIN journal_entries e ON e.id = m.entry_id
     WHERE m.invoice_id = $1 AND m.amount_minor > 0 GROUP BY e.kind ORDER BY min(e.id) LIMIT 1`,
    [invoiceId],
  );
  return rows[0];
}

/** Writes an entry whose amounts are known in both currencies: one that takes another back, or a revaluation. */
export async function insertEntry(
  tx: Transaction,
  entry: JournalEntry,
  postings: readonly KeptPosting[],
  moved: readonly ReceivableMovement[],
): Promise<number> {
  return (await insertEntries(tx, [{ entry, postings, moved }], 'in any currency')).get(entry.eventId)!;
}

interface KeptEntry {
  entry: JournalEntry;
  postings: readonly KeptPosting[];
  moved: readonly ReceivableMovement[];
}

/** Writes those entries in one statement; gives their ids by event. */
async function insertEntries(
  tx: Transaction,
  entries: readonly KeptEntry[],
  which: 'in the currency of the books' | 'in any currency',
): Promise<Map<string, number>> {
  const column = (name: Exclude<keyof JournalEntry, 'paid' | 'item' | 'rateOfInvoiceId'>) =>
    entries.map(({ entry }) => entry[name] ?? null);
  const posted = entries.flatMap(({ entry: { eventId }, postings }) =>
    postings.map((posting, index) => ({ eventId, position: index + 1, ...posting })),
  );
  const movements = entries.flatMap(({ entry: { eventId }, moved }) => moved.map((movement) => ({ eventId, ...movement })));
  const { rows } = await tx.query<{ id: number; eventId: string }>(
    `WITH entry AS (
       INSERT INTO journal_entries (event_id, kind, booked_on, effective_on, currency, customer_id, order_id, invoice_id, payment_id, at,
         reason, reverses_entry_id)
       SELECT e.event_id, e.kind, first_open_day(e.effective_on), e.effective_on, e.currency, e.customer_id, e.order_id, e.invoice_id,
         e.payment_id, e.at, e.reason, e.reverses_entry_id
       FROM unnest($1::text[], $2::text[], $3::date[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::timestamptz[],
         $10::text[], $11::bigint[]) WITH ORDINALITY AS e (event_id, kind, effective_on, currency, customer_id, order_id, invoice_id,
         payment_id, at, reason, reverses_entry_id, place)
       WHERE $23 OR e.currency = (SELECT currency FROM company) ORDER BY e.place
       RETURNING id, event_id, booked_on, recorded_at),
     posted AS (
       INSERT INTO postings (entry_id, position, account, side, amount_minor, functional_minor, item)
       SELECT entry.id, p.position, p.account, p.side, p.amount_minor, p.functional_minor, p.item
       FROM unnest($12::text[], $13::int[], $14::text[], $15::text[], $16::bigint[], $17::bigint[], $18::text[])
         AS p (event_id, position, account, side, amount_minor, functional_minor, item) JOIN entry USING (event_id)),
     moved AS (
       INSERT INTO receivable_movements (entry_id, invoice_id, amount_minor, functional_minor, booked_on, recorded_at)
       SELECT entry.id, m.invoice_id, m.amount_minor, m.functional_minor, entry.booked_on, entry.recorded_at
       FROM unnest($19::text[], $20::text[], $21::bigint[], $22::bigint[]) AS m (event_id, invoice_id, amount_minor, functional_minor)
         JOIN entry USING (event_id))
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
      posted.map(({ functionalMinor }) => functionalMinor),
      posted.map(({ item }) => item ?? null),
      movements.map(({ eventId }) => eventId),
      movements.map(({ invoiceId }) => invoiceId),
      movements.map(({ amountMinor }) => amountMinor),
      movements.map(({ functionalMinor }) => functionalMinor),
      which === 'in any currency',
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
 * Takes an entry back by one that is linked to it, with the same amounts in both currencies: an exchange difference goes with what
 * brought it about, and what was carried is carried again (A3).
 */
export async function reverseEntry(
  tx: Transaction,
  reversal: Pick<JournalEntry, 'eventId' | 'kind' | 'bookedOn' | 'reason' | 'at'> & { entryId: number },
): Promise<number> {
  const { entryId, ...how } = reversal;
  const { postings, moved, ...subjects } = only(
    await tx.query<
      Pick<JournalEntry, 'currency' | 'customerId' | 'orderId' | 'invoiceId' | 'paymentId'> & {
        postings: KeptPosting[];
        moved: ReceivableMovement[];
      }
    >(
      `SELECT currency, customer_id AS "customerId", order_id AS "orderId", invoice_id AS "invoiceId", payment_id AS "paymentId",
         (SELECT jsonb_agg(jsonb_build_object('account', account, 'side', side, 'amountMinor', amount_minor,
            'functionalMinor', functional_minor, 'item', item) ORDER BY position) FROM postings p WHERE p.entry_id = e.id) AS postings,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('invoiceId', invoice_id, 'amountMinor', -amount_minor,
            'functionalMinor', -functional_minor)), '[]') FROM receivable_movements m WHERE m.entry_id = e.id) AS moved
       FROM journal_entries e WHERE id = $1`,
      [entryId],
    ),
  );
  return insertEntry(tx, { ...subjects, ...how, reversesEntryId: entryId }, reversed(postings), moved);
}

/**
 * Takes every entry of a payment back, each on its own day: as if it had never been. What it had recovered of a write-off is the caller's.
 */
export async function reverseEntriesOf(
  tx: Transaction,
  { paymentId, kind, reason, at }: { paymentId: string; kind: string; reason: string; at: string },
): Promise<void> {
  const { rows } = await tx.query<{ id: number; eventId: string; bookedOn: IsoDate }>(
    `SELECT id, event_id AS "eventId", effective_on AS "bookedOn" FROM journal_entries
     WHERE payment_id = $1 AND kind <> 'reinstatement' ORDER BY id`,
    [paymentId],
  );
  for (const { id, eventId, bookedOn } of rows) {
    await reverseEntry(tx, { entryId: id, eventId: `${eventId}:${kind}`, kind, bookedOn, reason, at });
  }
}

export interface ReturnedPayment {
  paymentId: string;
  customerId: string;
  currency: string;
  eventId: string;
  kind: string;
  /** The bank's day. */
  on: IsoDate;
  reason: string;
  at: string;
  /** What is open again of which items; above zero. */
  items: { invoiceId: string; amountMinor: number }[];
  unappliedMinor: number;
  depositsMinor: number;
  /** What its customer owes again because it had been refunded. */
  owedAgain?: { invoiceId: string; amountMinor: number } | undefined;
}

/** Beside the receipt: what is taken back entry by entry. */
const besideReceipt = "('early-payment-discount', 'small-difference', 'bank-charges', 'reinstatement')";

/**
 * Takes a part of a payment back, or all of it: the bank gives back what the receipt brought, and what that had become carries again what
 * it carried then, so that in another currency its exchange difference goes with it (A3). On the bank's day, or the last one on which
 * something was done with the payment, which it gives: nothing is open again before it was paid. Discounts and write-offs are the caller's.
 */
export async function bookReturned(tx: Transaction, returned: ReturnedPayment): Promise<IsoDate> {
  const { paymentId, items, unappliedMinor, depositsMinor, owedAgain, on, ...entry } = returned;
  const rounding = await readRounding(tx);
  const amountMinor = sumMinor([
    ...items.map((item) => item.amountMinor),
    unappliedMinor,
    depositsMinor,
    owedAgain?.amountMinor ?? 0,
  ]);
  const { bookedOn, ...brought } = only(
    await tx.query<Carried & { bookedOn: IsoDate }>(
      `SELECT greatest($2::date, (SELECT max(effective_on) FROM journal_entries WHERE payment_id = $1 AND kind NOT LIKE 'refund%')) AS "bookedOn",
         sum(CASE side WHEN 'debit' THEN amount_minor ELSE -amount_minor END)::bigint AS "amountMinor",
         sum(CASE side WHEN 'debit' THEN functional_minor ELSE -functional_minor END)::bigint AS "functionalMinor"
       FROM journal_entries e JOIN postings p ON p.entry_id = e.id
       WHERE e.payment_id = $1 AND p.account = 'bank' AND e.kind NOT LIKE 'refund%'`,
      [paymentId, on],
    ),
  );
  const moved: ReceivableMovement[] = [];
  for (const item of items) {
    const paid = only(
      await tx.query<Carried>(
        `SELECT -sum(m.amount_minor)::bigint AS "amountMinor", -sum(m.functional_minor)::bigint AS "functionalMinor"
         FROM journal_entries e JOIN receivable_movements m ON m.entry_id = e.id LEFT JOIN journal_entries o ON o.id = e.reverses_entry_id
         WHERE e.payment_id = $1 AND m.invoice_id = $2 AND coalesce(o.kind, e.kind) NOT IN ${besideReceipt}`,
        [paymentId, item.invoiceId],
      ),
    );
    moved.push({ ...item, functionalMinor: shareOfCarried(paid, item.amountMinor, rounding) });
  }
  // Owed again at what the receipt brought: its refund has made its own exchange difference.
  if (owedAgain) moved.push({ ...owedAgain, functionalMinor: shareOfCarried(brought, owedAgain.amountMinor, rounding) });
  const liability = async (account: Account, takenMinor: number): Promise<KeptPosting[]> =>
    takenMinor === 0
      ? []
      : [
          {
            account,
            side: 'credit',
            amountMinor: takenMinor,
            functionalMinor: shareOfCarried(await carriedByItem(tx, account, paymentId), takenMinor, rounding),
            item: paymentId,
          },
        ];
  const owed = (of: 'amountMinor' | 'functionalMinor') => sumMinor(moved.map((movement) => movement[of]));
  // As it was booked when it came, with the gain or the loss of what has become of it, and all of that reversed.
  const postings: KeptPosting[] = [
    ...(moved.length > 0
      ? [
          {
            account: 'accounts-receivable',
            side: 'credit',
            amountMinor: owed('amountMinor'),
            functionalMinor: owed('functionalMinor'),
          } as const,
        ]
      : []),
    ...(await liability('unapplied-cash', unappliedMinor)),
    ...(await liability('customer-deposits', depositsMinor)),
    {
      account: 'bank',
      side: 'debit',
      amountMinor,
      functionalMinor: shareOfCarried(brought, amountMinor, rounding),
    },
  ];
  await insertEntry(tx, { ...entry, paymentId, bookedOn }, reversed(withDifference(postings)), moved);
  return bookedOn;
}

/** Takes the named entries back by ones that are linked to them; those that there are not are left out. */
export async function reverseEntries(
  tx: Transaction,
  { eventIds, ...how }: { eventIds: string[]; kind: string; bookedOn: IsoDate; reason: string; at: string },
): Promise<void> {
  const { rows } = await tx.query<{ id: number; eventId: string }>(
    'SELECT id, event_id AS "eventId" FROM journal_entries WHERE event_id = ANY ($1) ORDER BY id',
    [eventIds],
  );
  for (const { id, eventId } of rows) await reverseEntry(tx, { ...how, entryId: id, eventId: `${eventId}:${how.kind}` });
}
