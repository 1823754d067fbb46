import {
  type ByLayer,
  behaviourOf,
  type CashForecast,
  type EndedPromises,
  type ForecastInvoice,
  type ForecastItem,
  type ForecastPromise,
  type ForecastWeek,
  forecastCash,
  invoiceToCome,
  type PaymentBehaviour,
  type UninvoicedOrder,
} from '../../domain/cash-forecast.ts';
import { addDays, type IsoDate, type IsoInstant } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { isPassedOnDelivery } from '../statements/control.ts';
import { stoodAt } from './process-map.ts';
import { itemsSettled } from './reports.ts';

/** How long back payments say how a customer pays. */
const behaviourDays = 365;

/** The day from which a forecast looks ahead. */
interface ForecastDay {
  today: IsoDate;
  /** The instant up to which it knows anything. */
  at: IsoInstant;
  /** The day is over: what was open then, and whose cash was here, the books tell; else what is open and here now. */
  isPast: boolean;
}

/** How each customer paid what was settled within a year, and all of them together. What was written off was not paid. */
async function readBehaviours(
  db: Queryable,
  { today, at, isPast }: ForecastDay,
): Promise<{ behaviours: Map<string, PaymentBehaviour>; company: PaymentBehaviour }> {
  const { rows } = await db.query<{ customerId: string; items: number; sum: number; squares: number }>(
    `SELECT customer_id AS "customerId", count(*) AS items, sum(value)::float8 AS sum, sum(value * value)::float8 AS squares
     FROM (${itemsSettled('NOT t.lost')}) s, (SELECT $3::timestamptz) given GROUP BY 1`,
    [addDays(today, -behaviourDays), today, isPast ? at : null],
  );
  const total = { items: 0, sum: 0, squares: 0 };
  for (const row of rows) {
    total.items += row.items;
    total.sum += row.sum;
    total.squares += row.squares;
  }
  return {
    behaviours: new Map(rows.map(({ customerId, ...sums }) => [customerId, behaviourOf(sums)])),
    company: behaviourOf(total),
  };
}

export interface CurrencyForecast extends CashForecast {
  currency: string;
  /** What customers dispute is open and not expected. */
  disputedMinor: number;
  /** How all customers together paid: what stands in for those with little history. */
  company: PaymentBehaviour;
}

// SQL: a promise was open at an instant.
const promiseOpenAt = (promise: string, at: string) =>
  `${promise}.at <= ${at} AND (${promise}.status = 'open' OR ${promise}.ended_at > ${at})`;

/** Open promises with what is still to come of them, and how many of each customer's were kept and broken within a year. */
async function readPromises(
  db: Queryable,
  { today, at }: ForecastDay,
): Promise<{ promises: (ForecastPromise & { currency: string })[]; ended: Map<string, EndedPromises> }> {
  const [{ rows: promises }, { rows: ended }] = await Promise.all([
    db.query<ForecastPromise & { currency: string }>(
      `SELECT p.id, p.customer_id AS "customerId", p.currency, p.promised_on AS "promisedOn",
         greatest(0, p.amount_minor - (
           SELECT coalesce(sum(a.amount_minor - (SELECT coalesce(sum(r.amount_minor), 0) FROM reversed_applications r
             JOIN payment_reversals b USING (payment_id, number) WHERE r.payment_id = a.payment_id AND r.invoice_id = a.invoice_id AND b.at <= $1)), 0)
           FROM payment_applications a JOIN promise_items i USING (invoice_id)
           WHERE i.promise_id = p.id AND a.at BETWEEN p.at AND $1 AND a.value_on <= p.receipts_until))::bigint AS "missingMinor"
       FROM promises p WHERE ${promiseOpenAt('p', '$1')} ORDER BY p.id`,
      [at],
    ),
    db.query<EndedPromises & { customerId: string }>(
      `SELECT customer_id AS "customerId", count(*) FILTER (WHERE status = 'kept') AS kept, count(*) FILTER (WHERE status = 'broken') AS broken
       FROM promises WHERE status IN ('kept', 'broken') AND ended_at >= $1::date AND ended_at <= $2 GROUP BY 1`,
      [addDays(today, -behaviourDays), at],
    ),
  ]);
  return { promises, ended: new Map(ended.map(({ customerId, ...counts }) => [customerId, counts])) };
}

/**
 * What accepted orders that are not invoiced in full will ask for, with tax; what is paid in advance is not among them. Their goods go
 * with the last pickup that is planned, when the last of what is made for them is due, else by the day that the customer asked for. Of a
 * day that is past: orders as they stood and what was invoiced of them by then; what they ask for, and planned days, as they are now.
 */
async function readInvoicesToCome(
  db: Queryable,
  { today, at }: ForecastDay,
): Promise<(ForecastInvoice & { currency: string })[]> {
  const { rows } = await db.query<UninvoicedOrder & { currency: string }>(
    `SELECT o.customer_id AS "customerId", o.currency, o.terms, o.invoicing, o.pays_by_card AS "paysByCard", l.amount_minor AS "amountMinor",
       coalesce(greatest(s.passes_on, p.due_on), o.requested_on) AS "passesOn"
     FROM (${stoodAt}) t JOIN orders o ON o.id = t.order_id
       CROSS JOIN LATERAL (
         SELECT round(sum((n.quantity - n.cancelled_quantity - n.invoiced_quantity + (
             SELECT coalesce(sum(i.quantity), 0) FROM billings b JOIN invoices v ON v.id = b.invoice_id
               JOIN invoice_lines i ON i.invoice_id = v.id AND coalesce(i.shipment_id = b.shipment_id, true)
             WHERE b.order_id = o.id AND v.at > $1 AND v.kind = 'invoice' AND v.corrects_invoice_id IS NULL
               AND coalesce(i.order_line_number, i.line_number) = n.line_number))
           * n.unit_price_minor * (1 + n.tax_rate::numeric)))::bigint AS amount_minor
         FROM order_lines n WHERE n.order_id = o.id) l
       CROSS JOIN LATERAL (
         SELECT max(CASE WHEN ${isPassedOnDelivery('o')} THEN expected_delivery_on ELSE pickup_on END) AS passes_on FROM shipments
         WHERE order_id = o.id AND released_at <= $1 AND coalesce(cancelled_at > $1, true)
           AND (coalesce(shipped_at > $1, true) OR ${isPassedOnDelivery('o')} AND status <> 'undelivered' AND coalesce(delivered_at > $1, true))) s
       CROSS JOIN LATERAL (
         SELECT max(due_on) AS due_on FROM production_requests
         WHERE order_id = o.id AND at <= $1 AND (status IN ('requested', 'started') OR changed_at > $1)) p
     WHERE t.status <> 'invoiced' AND o.accepted_at <= $1 AND o.terms ->> 'kind' <> 'prepayment' AND l.amount_minor > 0`,
    [at],
  );
  // Orders of one customer that go and fall due on the same days are as one.
  const together = new Map<string, ForecastInvoice & { currency: string }>();
  for (const { currency, ...order } of rows) {
    for (const part of invoiceToCome(order, today)) {
      const key = `${currency} ${part.customerId} ${part.issuedOn} ${part.dueOn} ${part.paysByCard}`;
      const earlier = together.get(key)?.amountMinor ?? 0;
      together.set(key, { ...part, currency, amountMinor: earlier + part.amountMinor });
    }
  }
  return [...together.values()];
}

/*
 * SQL: what was open on a day, $2, and known at an instant, $1, by instalment. A dispute takes of the instalments that are due first, as in
 * `open_instalments`, which is the same as of now.
 */
const openOnPastDay = `
  SELECT p.customer_id, p.invoice_id, p.currency, p.due_on, p.open_minor,
    greatest(0, least(p.open_minor, sum(p.open_minor) OVER (PARTITION BY p.invoice_id ORDER BY p.due_on) - coalesce(d.minor, 0))) AS undisputed_minor
  FROM receivable_positions($2, $1) p LEFT JOIN (
    SELECT invoice_id, sum(disputed_minor) AS minor FROM disputes WHERE at <= $1 AND coalesce(resolved_at > $1, true) GROUP BY 1) d USING (invoice_id)
  WHERE p.open_minor > 0`;
const openNow = `
  SELECT customer_id, invoice_id, currency, due_on, open_minor, undisputed_minor FROM open_instalments, (SELECT $1::timestamptz, $2::date) given`;

// SQL: cash that is here and pays nothing yet. In the books, money in suspense is nobody's.
const cashOnPastDay = `
  SELECT e.customer_id, e.currency, CASE p.side WHEN 'credit' THEN p.amount_minor ELSE -p.amount_minor END AS minor
  FROM journal_entries e JOIN postings p ON p.entry_id = e.id
  WHERE p.account IN ('unapplied-cash', 'customer-credits') AND e.booked_on <= $2 AND e.recorded_at <= $1`;
const cashNow = `
  SELECT c.customer_id, c.currency, c.minor FROM (
    SELECT customer_id, currency, unapplied_minor AS minor FROM payments WHERE unapplied_minor > 0
    UNION ALL SELECT customer_id, currency, unapplied_minor FROM credit_notes WHERE unapplied_minor > 0
    UNION ALL SELECT customer_id, currency, suspense_minor FROM bank_lines WHERE suspense_minor > 0) c, (SELECT $1::timestamptz, $2::date) given`;

/**
 * What open items, and orders that are not invoiced yet, are expected to bring, by week from a day on (R3): as it is now, or as it would
 * have been made at the end of a day that is past (R4).
 */
export async function readCashForecast(db: Queryable, day: ForecastDay): Promise<CurrencyForecast[]> {
  const { today, at, isPast } = day;
  const [{ rows: items }, { rows: cash }, { behaviours, company }, { promises, ended }, invoices] = await Promise.all([
    db.query<ForecastItem & { currency: string; disputedMinor: number }>(
      `SELECT o.customer_id AS "customerId", o.currency, o.due_on AS "dueOn", p.id AS "promiseId",
         sum(o.undisputed_minor)::bigint AS "openMinor", sum(o.open_minor - o.undisputed_minor)::bigint AS "disputedMinor"
       FROM (${isPast ? openOnPastDay : openNow}) o
         LEFT JOIN (promise_items i JOIN promises p ON p.id = i.promise_id AND ${promiseOpenAt('p', '$1')}) ON i.invoice_id = o.invoice_id
       GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
      [at, today],
    ),
    db.query<{ customerId: string | null; currency: string; cashMinor: number }>(
      `SELECT customer_id AS "customerId", currency, sum(minor)::bigint AS "cashMinor" FROM (${isPast ? cashOnPastDay : cashNow}) c
       GROUP BY 1, 2 HAVING sum(minor) > 0`,
      [at, today],
    ),
    readBehaviours(db, day),
    readPromises(db, day),
    readInvoicesToCome(db, day),
  ]);
  return [...new Set([...items, ...invoices].map(({ currency }) => currency))].sort().map((currency) => {
    const inIt = (one: { currency: string }) => one.currency === currency;
    const own = items.filter(inIt);
    const ownCash = cash.filter(inIt);
    const forecast = forecastCash({
      items: own.filter(({ openMinor }) => openMinor > 0),
      promises: promises.filter(inIt),
      endedPromises: ended,
      invoices: invoices.filter(inIt),
      behaviours,
      company,
      cashByCustomer: new Map(ownCash.flatMap((row) => (row.customerId === null ? [] : [[row.customerId, row.cashMinor]]))),
      unknownCashMinor: ownCash.find(({ customerId }) => customerId === null)?.cashMinor ?? 0,
      today,
    });
    return { currency, ...forecast, disputedMinor: own.reduce((sum, item) => sum + item.disputedMinor, 0), company };
  });
}

export interface KeptForecast extends Omit<CashForecast, 'weeks' | 'later' | 'parts'> {
  asOf: IsoDate;
  currency: string;
  at: IsoInstant;
  /** Without layers in those that were kept before there were any. */
  weeks: (Omit<ForecastWeek, keyof ByLayer> & Partial<ByLayer>)[];
  /** What came in in each of its weeks that are over. */
  actual: CameIn[];
}

/** What came in in a week: all receipts, and of these what paid items and orders that were there when the forecast was made. */
export interface CameIn {
  ofForecastMinor: number;
  receivedMinor: number;
}

/*
 * SQL: what came in in the weeks of a forecast that are over before $2, by value date. Receipts that were taken back did not come in. Those
 * that were kept before there were layers knew of no orders.
 */
const cameIn = (forecast: { weeks: string; currency: string; asOf: string; at: string }) => `
  SELECT coalesce(jsonb_agg(jsonb_build_object('receivedMinor', r.received, 'ofForecastMinor', r.of_forecast) ORDER BY w.place), '[]')
  FROM jsonb_array_elements(${forecast.weeks}) WITH ORDINALITY AS w (week, place)
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(p.amount_minor - p.reversed_minor), 0)::bigint AS received,
      coalesce(sum((SELECT sum(a.amount_minor) FROM standing_applications a JOIN invoices i ON i.id = a.invoice_id
        WHERE a.payment_id = p.id AND (i.issued_on <= ${forecast.asOf} OR ${forecast.weeks} -> 0 ? 'ordersMinor' AND EXISTS (
          SELECT FROM billings b JOIN orders o ON o.id = b.order_id WHERE b.invoice_id = i.id AND o.accepted_at <= ${forecast.at})))), 0)::bigint AS of_forecast
    FROM payments p WHERE p.currency = ${forecast.currency}
      AND p.value_on BETWEEN (w.week ->> 'from')::date AND (w.week ->> 'to')::date) r
  WHERE (w.week ->> 'to')::date < $2::date`;

/** What then came in for a forecast of a day, in each of its weeks that are over by `now`. */
export async function readCameIn(
  db: Queryable,
  { currency, weeks }: Pick<CurrencyForecast, 'currency' | 'weeks'>,
  { today, at }: ForecastDay,
  now: IsoDate,
): Promise<CameIn[]> {
  const { rows } = await db.query<{ actual: CameIn[] }>(
    `SELECT (${cameIn({ weeks: '$1::jsonb', currency: '$3', asOf: '$4::date', at: '$5' })}) AS actual`,
    [JSON.stringify(weeks), now, currency, today, at],
  );
  return rows[0]!.actual;
}

/** Kept forecasts, newest first, each with what then came in. */
export async function listCashForecasts(
  db: Queryable,
  { currency, today, limit }: { currency: string; today: IsoDate; limit: number },
): Promise<KeptForecast[]> {
  const { rows } = await db.query<KeptForecast>(
    `SELECT as_of AS "asOf", currency, at, open_minor AS "openMinor", cash_minor AS "cashMinor", orders_minor AS "ordersMinor",
       later_minor AS "laterMinor", weeks, (${cameIn({ weeks: 'k.weeks', currency: 'k.currency', asOf: 'k.as_of', at: 'k.at' })}) AS actual
     FROM (SELECT * FROM cash_forecasts WHERE currency = $1 ORDER BY as_of DESC LIMIT $3) k ORDER BY as_of DESC`,
    [currency, today, limit],
  );
  return rows;
}
