import { type AgeingBucket, ageingBucketStarts, ageingBuckets } from '../../domain/ageing.ts';
import {
  type Counted,
  type DocumentPart,
  daysOf,
  type MeasureFacts,
  type MeasureId,
  type MonthOfSales,
  measureIds,
  monthEnds,
  monthsBack,
  type Period,
} from '../../domain/metrics.ts';
import { sumMinor } from '../../domain/money.ts';
import { addDays, type IsoDate, type IsoInstant, instantAt } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { isPassedOnDelivery } from '../statements/control.ts';
import { soldOnWanted } from './credit-outcomes.ts';
import type { Page } from './page.ts';

/** Open amounts of a currency on a day. */
export interface AgesOfDay {
  day: IsoDate;
  currency: string;
  ages: Record<AgeingBucket, number>;
}

/**
 * The ageing at each of some days: of those that have the same kept month before them, in one pass over what was open by due date at its
 * end and the movements since, where each is counted on the first of the days that it belongs to, and carried on to the later ones. The
 * total of a day is the receivables account of that day (A4, R4).
 */
export async function agesOn(db: Queryable, days: readonly IsoDate[], knownAt?: IsoInstant): Promise<AgesOfDay[]> {
  const { rows } = await db.query<{ day: IsoDate; currency: string; bucket: number; openMinor: number }>(
    `WITH days AS (SELECT DISTINCT unnest($1::date[]) AS day),
     passes AS (SELECT array_agg(day ORDER BY day) AS days FROM days GROUP BY kept_month(day, $2)),
     moved AS (
       SELECT p.days, r.currency, r.due_on, width_bucket(r.booked_on - 1, p.days) AS slot, sum(r.amount_minor) AS open_minor
       FROM passes p CROSS JOIN LATERAL receivables_due(p.days[1], p.days[cardinality(p.days)], $2) r GROUP BY 1, 2, 3, 4),
     standing AS (
       SELECT d.day, currency, due_on, open_minor FROM moved CROSS JOIN LATERAL unnest(days) WITH ORDINALITY AS d (day, place) WHERE slot < d.place
       UNION ALL SELECT day, p.currency, p.due_on, p.open_minor FROM days CROSS JOIN LATERAL instalment_positions(day, $2) p)
     SELECT day, currency, width_bucket(day - due_on, $3::int[]) AS bucket, sum(open_minor)::bigint AS "openMinor"
     FROM standing GROUP BY 1, 2, 3 HAVING sum(open_minor) <> 0 ORDER BY 1, 2, 3`,
    [days, knownAt, ageingBucketStarts],
  );
  const found = new Map<string, AgesOfDay>();
  for (const { day, currency, bucket, openMinor } of rows) {
    const key = `${day} ${currency}`;
    const own = found.get(key) ?? { day, currency, ages: { current: 0, '1-30': 0, '31-60': 0, '61-90': 0, '91+': 0 } };
    own.ages[ageingBuckets[bucket]!] = openMinor;
    found.set(key, own);
  }
  return [...found.values()];
}

/*
 * Sales on credit, with tax as receivables are: what was invoiced, less what was paid in advance of it, less credit notes. Interest and
 * fees were no sales, so what is credited of them is none either.
 */
/** SQL: the movement `m` is an invoice or a deposit drawn for one. */
export const isSale = "m.kind IN ('invoice', 'deposit-application')";
/** SQL: what credit notes took off sales, of the entries `e` that there is a condition for. */
export const creditNotesSold = (where: string): string => `
  SELECT e.id AS entry_id, e.currency, e.booked_on, e.recorded_at,
    (SELECT -sum(p.amount_minor) FROM postings p WHERE p.entry_id = e.id AND p.side = 'debit')::bigint AS amount_minor
  FROM journal_entries e JOIN invoices i ON i.id = e.invoice_id AND i.kind IN ('invoice', 'opening-item')
  WHERE e.kind = 'credit-note' AND ${where}`;
const soldBy = (kind: string, days: string, recorded: string) => `
  SELECT m.entry_id, m.currency, m.booked_on, m.amount_minor FROM receivable_movements m WHERE m.kind = '${kind}' AND m.booked_on ${days} AND m.${recorded}`;
/** SQL: the sales of some days as they were known at an instant, entry by entry. */
export const salesEntries = (from: string, to = '$2', knownAt = '$3'): string => {
  const days = `BETWEEN ${from} AND ${to}`;
  const recorded = `recorded_at <= coalesce(${knownAt}::timestamptz, 'infinity')`;
  return `${soldBy('invoice', days, recorded)} UNION ALL ${soldBy('deposit-application', days, recorded)}
    UNION ALL SELECT entry_id, currency, booked_on, amount_minor FROM (${creditNotesSold(`e.booked_on ${days} AND e.${recorded}`)}) c`;
};
// Those of kept days that came after these were kept.
const lateSales = `
  SELECT m.currency, m.booked_on, m.amount_minor FROM kept CROSS JOIN LATERAL late_movements($1::date, least($2::date, kept.month_end), kept.entries_through) m
  WHERE ${isSale} AND m.recorded_at <= coalesce($3::timestamptz, 'infinity')
  UNION ALL
  SELECT c.currency, c.booked_on, c.amount_minor FROM kept CROSS JOIN LATERAL (${creditNotesSold(
    "e.booked_on BETWEEN $1 AND least($2::date, kept.month_end) AND e.id > kept.entries_through AND e.recorded_at <= coalesce($3::timestamptz, 'infinity')",
  )}) c`;

/** Credit sales of each of the periods, which follow one another without a gap, newest first, per currency. */
export async function salesOf(
  db: Queryable,
  newestFirst: readonly Period[],
  knownAt?: IsoInstant,
): Promise<Map<string, MonthOfSales[]>> {
  const { rows } = await db.query<{ currency: string; slot: number; salesMinor: number }>(
    `WITH kept AS (SELECT month_end, entries_through FROM kept_months WHERE month_end = (SELECT kept_month('infinity', $3)))
     SELECT currency, width_bucket(booked_on, $4::date[]) AS slot, sum(amount_minor)::bigint AS "salesMinor"
     FROM (SELECT currency, booked_on, sales_minor AS amount_minor FROM kept_sales
           WHERE booked_on BETWEEN $1 AND $2 AND month_end <= (SELECT month_end FROM kept)
           UNION ALL ${lateSales}
           UNION ALL SELECT currency, booked_on, amount_minor
           FROM (${salesEntries('greatest($1::date, (SELECT month_end + 1 FROM kept))')}) open) s
     GROUP BY 1, 2`,
    [newestFirst.at(-1)!.from, newestFirst[0]!.to, knownAt, newestFirst.map(({ from }) => from).toReversed()],
  );
  const lengths = newestFirst.map(daysOf);
  return new Map(
    [...new Set(rows.map(({ currency }) => currency))].map((currency) => {
      const own = lengths.map((days, ago) => {
        const row = rows.find((one) => one.currency === currency && one.slot === lengths.length - ago);
        return { salesMinor: row?.salesMinor ?? 0, days };
      });
      return [currency, own];
    }),
  );
}

/** A period with what its instants are in the company's time zone, and what was known of it when. */
export interface Reported extends Period {
  timeZone: string;
  knownAt?: IsoInstant | undefined;
}

/*
 * The documents of each part, one statement each: the figure and the list behind it are read from the same rows. Parameters: $1 and $2
 * the days of the period, $3 the instant up to which records count, $4 and $5 the first instant of the period and the first after it,
 * $6 the time zone.
 */
const known = (column: string, at = '$3') => `${column} <= coalesce(${at}::timestamptz, 'infinity')`;
const ofKinds = (...kinds: string[]) => `
  SELECT 'journal-entry' AS kind, m.entry_id::text || ' ' || m.invoice_id AS key, m.entry_id::text AS id, m.customer_id, m.invoice_id,
    NULL::text AS order_id, m.currency, m.booked_on AS on_day, m.amount_minor::float8 AS value, true AS met
  FROM receivable_movements m
  WHERE (${kinds.map((kind) => `m.kind = '${kind}'`).join(' OR ')}) AND m.booked_on BETWEEN $1 AND $2 AND ${known('m.recorded_at')}`;
const openOn = (day: string, only = 'true') => `
  SELECT 'invoice' AS kind, p.invoice_id || ' ' || p.due_on AS key, p.invoice_id AS id, p.customer_id, p.invoice_id, NULL::text AS order_id, p.currency,
    p.due_on AS on_day, p.open_minor::float8 AS value, p.due_on >= ${day} AS met
  FROM receivable_positions(${day}, $3::timestamptz) p WHERE ${only}`;
const orders = (at: string, value: string, rest = 'true') => `
  SELECT 'order' AS kind, o.id AS key, o.id, o.customer_id, NULL::text AS invoice_id, o.id AS order_id, o.currency,
    (o.${at} AT TIME ZONE $6)::date AS on_day, extract(epoch FROM ${value})::float8 AS value, true AS met
  FROM orders o WHERE o.${at} >= $4::timestamptz AND o.${at} < $5::timestamptz AND ${known(`o.${at}`)} AND ${rest}`;

/*
 * Orders and shipments as they were known at $3: by what had happened and had been told of by then. A delivery counts from when its carrier
 * told of it, which is never before it was made; one that nobody had told of by its day was late, and one whose day was still to come
 * was not judged. What an order asks for is as it is now.
 */
const deliveredAt = `CASE WHEN $3::timestamptz IS NULL THEN h.delivered_at
  WHEN h.delivered_at <= $3 AND coalesce((SELECT min(e.at) FROM tracking_events e WHERE e.shipment_id = h.id AND e.kind = 'delivered') <= $3, true)
  THEN h.delivered_at END`;
const damaged = `h.damaged AND ($3::timestamptz IS NULL
  OR EXISTS (SELECT FROM tracking_events e WHERE e.shipment_id = h.id AND e.kind = 'damaged' AND e.at <= $3))`;
// As `controlPassedAt` has it, without looking up each order: few have D-terms.
const passedAt = `CASE WHEN EXISTS (SELECT FROM orders o WHERE o.id = h.order_id AND ${isPassedOnDelivery('o')}) THEN h.delivered_at ELSE h.shipped_at END`;
const deliveryDue = 'coalesce(o.requested_on, h.expected_delivery_on)';

/**
 * Items that came to an end in the period, by the books: nothing was open any more, and money or a write-off had a part in it. What was
 * credited in full was never to be paid. Each is looked up by itself: a join would pass over all movements for those of a month. Met: the
 * last payment belongs to the due date or a day before it, and nothing was written off.
 */
export const itemsSettled = (only: string): string => `
  SELECT 'invoice' AS kind, t.invoice_id AS key, t.invoice_id AS id, t.customer_id, t.invoice_id, NULL::text AS order_id, t.currency,
    t.paid_on AS on_day, (t.paid_on - t.due)::float8 AS value, NOT t.lost AND t.paid_on <= t.due AS met
  FROM (SELECT DISTINCT l.invoice_id FROM receivable_movements l
      WHERE l.booked_on BETWEEN $1 AND $2 AND l.amount_minor < 0 AND ${known('l.recorded_at')}) w
    CROSS JOIN LATERAL (
      SELECT w.invoice_id, min(m.customer_id) AS customer_id, min(m.currency) AS currency, max(m.effective_on) FILTER (WHERE m.amount_minor < 0) AS paid_on,
        bool_or(m.kind = 'write-off') AND coalesce(sum(m.amount_minor) FILTER (WHERE m.kind = 'reinstatement'), 0) = 0 AS lost,
        coalesce(max(m.due_on), (SELECT max(n.due_on) FROM invoice_instalments n WHERE n.invoice_id = w.invoice_id)) AS due
      FROM receivable_movements m WHERE m.invoice_id = w.invoice_id AND m.booked_on <= $2 AND ${known('m.recorded_at')}
      HAVING sum(m.amount_minor) = 0
        AND bool_or(m.amount_minor < 0 AND m.kind IN ('receipt', 'application', 'credit-application', 'write-off'))) t
  WHERE ${only}`;

const documents: Record<DocumentPart, string> = {
  receivables: openOn('$2::date'),
  'current-receivables': openOn('$2::date', 'p.due_on >= $2::date'),
  'opening-receivables': openOn('($1::date - 1)'),
  'taken-over': ofKinds('opening-item'),
  sales: `SELECT 'journal-entry' AS kind, s.entry_id::text AS key, s.entry_id::text AS id, e.customer_id, e.invoice_id, e.order_id, s.currency,
      s.booked_on AS on_day, s.amount_minor::float8 AS value, true AS met
    FROM (${salesEntries('$1')}) s JOIN journal_entries e ON e.id = s.entry_id`,
  // Off the receivables is above zero here.
  'written-off': `SELECT w.kind, w.key, w.id, w.customer_id, w.invoice_id, w.order_id, w.currency, w.on_day, -w.value AS value, w.met
    FROM (${ofKinds('write-off', 'reinstatement')}) w`,
  'settled-items': itemsSettled('true'),
  'closed-orders': `SELECT c.kind, c.key, c.id, c.customer_id, c.invoice_id, c.order_id, c.currency, c.on_day, c.value / 86400 AS value, c.met
    FROM (${orders('closed_at', 'o.closed_at - o.placed_at', "o.status = 'closed'")}) c`,
  'accepted-orders': `SELECT c.kind, c.key, c.id, c.customer_id, c.invoice_id, c.order_id, c.currency, c.on_day, c.value / 3600 AS value, c.met
    FROM (${orders('accepted_at', 'o.accepted_at - o.placed_at')}) c`,
  // A delivery is due on the promised day, or on the one that the carrier's calendar expects; one that nobody knows the day of is not late.
  'judged-orders': `SELECT 'order' AS kind, o.id AS key, o.id, o.customer_id, NULL::text AS invoice_id, o.id AS order_id, o.currency,
      (o.invoiced_at AT TIME ZONE $6)::date AS on_day, 0::float8 AS value,
      NOT s.late AND NOT s.spoilt
        AND NOT EXISTS (SELECT FROM order_lines l WHERE l.order_id = o.id AND l.cancelled_quantity > 0)
        AND NOT EXISTS (SELECT FROM returns r WHERE r.order_id = o.id AND r.cause IN ('lost', 'damaged') AND ${known('r.requested_at')})
        AND NOT EXISTS (SELECT FROM credit_notes n JOIN billings b ON b.invoice_id = n.invoice_id WHERE b.order_id = o.id AND ${known('n.at')})
        AND NOT EXISTS (SELECT FROM disputes d JOIN billings b ON b.invoice_id = d.invoice_id WHERE b.order_id = o.id AND ${known('d.at')}) AS met
    FROM orders o JOIN LATERAL (
      SELECT coalesce(bool_or(coalesce((${deliveredAt} AT TIME ZONE $6)::date, 'infinity') > ${deliveryDue}), false) AS late,
        coalesce(bool_or(${damaged} OR h.status = 'undelivered'), false) AS spoilt,
        coalesce(bool_or(${deliveredAt} IS NULL AND ${deliveryDue} >= least($2::date, ($3::timestamptz AT TIME ZONE $6)::date)), false) AS pending
      FROM shipments h WHERE h.order_id = o.id AND h.status <> 'cancelled') s ON NOT s.pending
    WHERE o.invoiced_at >= $4::timestamptz AND o.invoiced_at < $5::timestamptz AND ${known('o.invoiced_at')}`,
  'billed-shipments': `SELECT 'invoice' AS kind, i.id || ' ' || h.id AS key, i.id, i.customer_id, i.id AS invoice_id, h.order_id, i.currency, i.issued_on AS on_day,
      greatest(0, extract(epoch FROM i.at - coalesce(${passedAt}, h.shipped_at)) / 3600)::float8 AS value, true AS met
    FROM invoices i
      CROSS JOIN LATERAL (SELECT i.shipment_id UNION ALL SELECT c.shipment_id FROM consolidated_shipments c WHERE c.invoice_id = i.id) b
      JOIN shipments h ON h.id = b.shipment_id
    WHERE i.issued_on BETWEEN $1 AND $2 AND i.corrects_invoice_id IS NULL AND h.shipped_at IS NOT NULL AND ${known('i.at')}`,
  'issued-invoices': `SELECT 'invoice' AS kind, i.id AS key, i.id, i.customer_id, i.id AS invoice_id, i.order_id, i.currency, i.issued_on AS on_day,
      0::float8 AS value, EXISTS (SELECT FROM corrections c WHERE c.invoice_id = i.id AND c.status = 'issued' AND ${known('coalesce(c.decided_at, c.at)')}) AS met
    FROM invoices i WHERE i.kind = 'invoice' AND i.issued_on BETWEEN $1 AND $2 AND i.corrects_invoice_id IS NULL AND ${known('i.at')}`,
  // By value date, less what was taken back of them.
  receipts: `SELECT 'payment' AS kind, p.id AS key, p.id, p.customer_id, NULL::text AS invoice_id, NULL::text AS order_id, p.currency, p.value_on AS on_day,
      (p.amount_minor - (SELECT coalesce(sum(r.amount_minor), 0) FROM payment_reversals r WHERE r.payment_id = p.id AND ${known('r.at')}))::float8 AS value,
      true AS met
    FROM payments p WHERE p.value_on BETWEEN $1 AND $2 AND ${known('p.at')}`,
};

// Every parameter is named once, or PostgreSQL would not know the types of those that a statement does not use.
const parameters = `(SELECT $1::date, $2::date, $3::timestamptz, $4::timestamptz, $5::timestamptz, $6::text) given`;
const values = ({ from, to, timeZone, knownAt }: Reported) => [
  from,
  to,
  knownAt,
  instantAt(from, '00:00', timeZone),
  instantAt(addDays(to, 1), '00:00', timeZone),
  timeZone,
];

/** How many documents a part has in each currency, how many of them met what is asked for, and the sum of what is measured of them. */
export async function countDocuments(db: Queryable, part: DocumentPart, reported: Reported): Promise<Map<string, Counted>> {
  const { rows } = await db.query<Counted & { currency: string }>(
    `SELECT d.currency, count(*) AS count, count(*) FILTER (WHERE d.met) AS met, sum(d.value)::float8 AS sum
     FROM (${documents[part]}) d, ${parameters} GROUP BY 1`,
    values(reported),
  );
  return new Map(rows.map(({ currency, ...counted }) => [currency, counted]));
}

/** A document behind a figure: the item, the journal entry or the order, and what of it is counted. */
export interface ReportedDocument {
  key: string;
  kind: 'invoice' | 'journal-entry' | 'order' | 'payment';
  id: string;
  customerId: string | null;
  invoiceId: string | null;
  orderId: string | null;
  on: IsoDate;
  value: number;
  met: boolean;
}

/** What the list of a part is narrowed to: a customer's, and of open items those of one bucket on the last day. */
export interface WantedDocuments extends Reported {
  currency: string;
  customerId?: string | undefined;
  bucket?: AgeingBucket | undefined;
}

export async function listDocuments(
  db: Queryable,
  part: DocumentPart,
  wanted: WantedDocuments,
  page: Page,
): Promise<ReportedDocument[]> {
  const { currency, customerId, bucket } = wanted;
  const { rows } = await db.query<ReportedDocument>(
    `SELECT d.key, d.kind, d.id, d.customer_id AS "customerId", d.invoice_id AS "invoiceId", d.order_id AS "orderId", d.on_day AS on, d.value, d.met
     FROM (${documents[part]}) d, ${parameters}
     WHERE d.currency = $7 AND ($8::text IS NULL OR d.key > $8) AND ($10::text IS NULL OR d.customer_id = $10)
       AND ($11::int IS NULL OR width_bucket($2::date - d.on_day, $12::int[]) = $11) ORDER BY d.key LIMIT $9`,
    [
      ...values(wanted),
      currency,
      page.after,
      page.limit + 1,
      customerId,
      bucket && ageingBuckets.indexOf(bucket),
      ageingBucketStarts,
    ],
  );
  return rows;
}

/** So many months back are counted for countback DSO. */
const monthsOfSales = 13;
const none: Counted = { count: 0, met: 0, sum: 0 };

const ofDso: readonly MeasureId[] = ['dso', 'best-possible-dso', 'average-days-delinquent'];

/**
 * What the measures of a period are made of, per currency that has anything in it. Of measures that are not wanted, what no wanted one is
 * made of is not read, and stands as nothing.
 */
export async function readMeasureFacts(
  db: Queryable,
  reported: Reported,
  wanted: readonly MeasureId[] = measureIds,
): Promise<Map<string, MeasureFacts>> {
  const { from, to, knownAt } = reported;
  const before = addDays(from, -1);
  const isWanted = (...of: MeasureId[]) => of.some((id) => wanted.includes(id));
  const counted = async (part: DocumentPart, of: MeasureId) =>
    isWanted(of) ? await countDocuments(db, part, reported) : new Map<string, Counted>();
  const [ages, sales, months, takenOver, writtenOff, ...counts] = await Promise.all([
    isWanted(...ofDso, 'countback-dso', 'collection-effectiveness')
      ? agesOn(db, isWanted('collection-effectiveness') ? [before, to] : [to], knownAt)
      : [],
    isWanted(...ofDso, 'collection-effectiveness') ? salesOf(db, [{ from, to }], knownAt) : new Map<string, MonthOfSales[]>(),
    isWanted('countback-dso') ? salesOf(db, monthsBack(to, monthsOfSales), knownAt) : new Map<string, MonthOfSales[]>(),
    counted('taken-over', 'collection-effectiveness'),
    counted('written-off', 'collection-effectiveness'),
    counted('settled-items', 'on-time-payment'),
    counted('closed-orders', 'order-to-cash'),
    counted('judged-orders', 'perfect-order'),
    counted('accepted-orders', 'approval-time'),
    counted('billed-shipments', 'ship-to-invoice'),
    counted('issued-invoices', 'invoices-revised'),
  ]);
  const [settledItems, closedOrders, judgedOrders, acceptedOrders, billedShipments, issuedInvoices] = counts;
  const currencies = new Set([
    ...ages.map(({ currency }) => currency),
    ...[sales, months, takenOver, writtenOff, ...counts].flatMap((found) => [...found.keys()]),
  ]);
  return new Map(
    [...currencies].sort().map((currency) => {
      const of = (found: Map<string, Counted> | undefined) => found?.get(currency) ?? none;
      const agesOf = (day: IsoDate) => ages.find((one) => one.currency === currency && one.day === day)?.ages;
      const total = (day: IsoDate) => sumMinor(Object.values(agesOf(day) ?? {}));
      return [
        currency,
        {
          days: daysOf({ from, to }),
          receivablesMinor: total(to),
          currentMinor: agesOf(to)?.current ?? 0,
          openingMinor: total(before),
          takenOverMinor: of(takenOver).sum,
          salesMinor: sales.get(currency)?.[0]?.salesMinor ?? 0,
          writtenOffMinor: of(writtenOff).sum,
          months: months.get(currency) ?? [],
          settledItems: of(settledItems),
          closedOrders: of(closedOrders),
          judgedOrders: of(judgedOrders),
          acceptedOrders: of(acceptedOrders),
          billedShipments: of(billedShipments),
          issuedInvoices: of(issuedInvoices),
        },
      ];
    }),
  );
}

/** What the receivables and their ages were at a month's end, with the sales of that month and of those before it. */
export interface MonthEnd extends AgesOfDay, MonthOfSales {
  receivablesMinor: number;
  /** The month itself and those before it, newest first. */
  months: MonthOfSales[];
}

/** The last month ends up to a day, the oldest first, per currency. */
export async function readMonthEnds(
  db: Queryable,
  asOf: IsoDate,
  count: number,
  knownAt?: IsoInstant,
): Promise<Map<string, MonthEnd[]>> {
  const ends = monthEnds(asOf, count);
  const [ages, sales] = await Promise.all([
    agesOn(db, ends, knownAt),
    salesOf(db, monthsBack(ends.at(-1)!, count + monthsOfSales), knownAt),
  ]);
  const currencies = [...new Set([...ages.map(({ currency }) => currency), ...sales.keys()])].sort();
  return new Map(
    currencies.map((currency) => [
      currency,
      ends.map((day, index) => {
        const found = ages.find((one) => one.day === day && one.currency === currency);
        const own = found?.ages ?? { current: 0, '1-30': 0, '31-60': 0, '61-90': 0, '91+': 0 };
        const months = (sales.get(currency) ?? []).slice(ends.length - 1 - index).slice(0, monthsOfSales);
        const { salesMinor = 0, days = 0 } = months[0] ?? {};
        return { day, currency, ages: own, receivablesMinor: sumMinor(Object.values(own)), salesMinor, days, months };
      }),
    ]),
  );
}

/** Credit decisions of a kind and outcome, and what was lost of the customers' invoices that came after them. */
export interface CreditDecisionOutcome {
  currency: string;
  kind: string;
  outcome: string;
  decisions: number;
  customers: number;
  /** Credit sales to these customers after the decision, and until the next one. */
  invoicedMinor: number;
  /** Of these: written off, less what was paid of it after all. */
  lostMinor: number;
}

// $1 and $2 the instants of the period, $3 the one up to which records count.
const decided = `SELECT id, customer_id, order_id, kind, outcome, actor, at FROM credit_decisions
  WHERE at >= $1 AND at < $2 AND at <= coalesce($3::timestamptz, 'infinity')`;
const outcomes = `
  SELECT w.*, coalesce(s.currency, a.currency, c.currency) AS currency, coalesce(s.invoiced, 0) AS invoiced, coalesce(s.lost, 0) AS lost
  FROM wanted w JOIN customers c ON c.id = w.customer_id LEFT JOIN credit_accounts a ON a.customer_id = w.customer_id
    LEFT JOIN (${soldOnWanted("coalesce($3::timestamptz, 'infinity')")}) s ON s.id = w.id`;
const instantsOf = ({ from, to, timeZone, knownAt }: Reported) => [
  instantAt(from, '00:00', timeZone),
  instantAt(addDays(to, 1), '00:00', timeZone),
  knownAt,
];

/** An invoice belongs to the last decision on its customer before it. */
export async function creditDecisionOutcomes(db: Queryable, reported: Reported): Promise<CreditDecisionOutcome[]> {
  const { rows } = await db.query<CreditDecisionOutcome>(
    `WITH wanted AS (${decided})
     SELECT currency, kind, outcome, count(DISTINCT id) AS decisions, count(DISTINCT customer_id) AS customers,
       sum(invoiced)::bigint AS "invoicedMinor", sum(lost)::bigint AS "lostMinor"
     FROM (${outcomes}) o GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    instantsOf(reported),
  );
  return rows;
}

/** A decision with what was sold on it in a currency, and what of that was lost. */
export interface CreditDecisionRecord {
  id: number;
  customerId: string;
  orderId: string | null;
  at: IsoInstant;
  actor: string;
  invoicedMinor: number;
  lostMinor: number;
}

/** The decisions of a kind and outcome, in the order in which they were taken: they come to what is reported of it. */
export async function listCreditDecisions(
  db: Queryable,
  reported: Reported & { currency: string; kind: string; outcome: string },
  page: Page,
): Promise<CreditDecisionRecord[]> {
  const { currency, kind, outcome } = reported;
  const { rows } = await db.query<CreditDecisionRecord>(
    `WITH wanted AS (${decided} AND kind = $4 AND outcome = $5)
     SELECT id, customer_id AS "customerId", order_id AS "orderId", at, actor, invoiced::bigint AS "invoicedMinor", lost::bigint AS "lostMinor"
     FROM (${outcomes}) o WHERE currency = $6 AND ($7::bigint IS NULL OR id > $7) ORDER BY id LIMIT $8`,
    [...instantsOf(reported), kind, outcome, currency, page.after, page.limit + 1],
  );
  return rows;
}

/** What a collector's contacts brought: receipts of the customers within days after a contact. */
export interface CollectorEffect {
  actor: string;
  currency: string;
  contacts: number;
  reached: number;
  promised: number;
  customers: number;
  receivedMinor: number;
}

/** So long a receipt is put down to the contact before it. */
export const contactCountsDays = 14;

/*
 * SQL: the contacts of a period, $1 to $2, with what was received after each, as it was known at $4. A receipt is put down to the last
 * contact in the $3 days before it, so that no money is counted twice.
 */
const contactsWithReceipts = `
  SELECT n.id, n.actor, n.customer_id, n.contact_on, n.kind, n.outcome, coalesce(b.currency, a.currency) AS currency,
    coalesce(b.received, 0) AS received
  FROM collection_contacts n JOIN customers a ON a.id = n.customer_id LEFT JOIN (
    SELECT c.id, p.currency, sum(p.amount_minor - (SELECT coalesce(sum(r.amount_minor), 0) FROM payment_reversals r
      WHERE r.payment_id = p.id AND ${known('r.at', '$4')})) AS received
    FROM payments p JOIN LATERAL (
      SELECT n.id FROM collection_contacts n
      WHERE n.customer_id = p.customer_id AND n.contact_on <= p.value_on AND n.contact_on >= p.value_on - $3::int AND ${known('n.at', '$4')}
      ORDER BY n.contact_on DESC, n.id DESC LIMIT 1) c ON true
    WHERE p.value_on BETWEEN $1 AND $2::date + $3::int AND ${known('p.at', '$4')} GROUP BY 1, 2) b ON b.id = n.id
  WHERE n.contact_on BETWEEN $1 AND $2 AND ${known('n.at', '$4')}`;

export async function collectorEffects(db: Queryable, { from, to, knownAt }: Reported): Promise<CollectorEffect[]> {
  const { rows } = await db.query<CollectorEffect>(
    `SELECT actor, currency, count(DISTINCT id) AS contacts, count(DISTINCT id) FILTER (WHERE outcome <> 'not-reached') AS reached,
       count(DISTINCT id) FILTER (WHERE outcome = 'will-pay') AS promised, count(DISTINCT customer_id) AS customers,
       sum(received)::bigint AS "receivedMinor"
     FROM (${contactsWithReceipts}) c GROUP BY 1, 2 ORDER BY 1, 2`,
    [from, to, contactCountsDays, knownAt],
  );
  return rows;
}

/** A contact with what was received after it in a currency. */
export interface ContactRecord {
  id: string;
  customerId: string;
  contactOn: IsoDate;
  kind: string;
  outcome: string;
  receivedMinor: number;
}

/** The contacts of a collector: they come to what is reported of it. */
export async function listContactEffects(
  db: Queryable,
  { from, to, knownAt, actor, currency }: Reported & { actor: string; currency: string },
  page: Page,
): Promise<ContactRecord[]> {
  const { rows } = await db.query<ContactRecord>(
    `SELECT id, customer_id AS "customerId", contact_on AS "contactOn", kind, outcome, received::bigint AS "receivedMinor"
     FROM (${contactsWithReceipts}) c
     WHERE actor = $5 AND currency = $6 AND ($7::text IS NULL OR id > $7) ORDER BY id LIMIT $8`,
    [from, to, contactCountsDays, knownAt, actor, currency, page.after, page.limit + 1],
  );
  return rows;
}
