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
import { itemsSettled } from './reports.ts';

/** How long back payments say how a customer pays. */
const behaviourDays = 365;

/** How each customer paid what was settled within a year, and all of them together. What was written off was not paid. */
async function readBehaviours(
  db: Queryable,
  today: IsoDate,
): Promise<{ behaviours: Map<string, PaymentBehaviour>; company: PaymentBehaviour }> {
  const { rows } = await db.query<{ customerId: string; items: number; sum: number; squares: number }>(
    `SELECT customer_id AS "customerId", count(*) AS items, sum(value)::float8 AS sum, sum(value * value)::float8 AS squares
     FROM (${itemsSettled('NOT t.lost')}) s, (SELECT $3::timestamptz) given GROUP BY 1`,
    [addDays(today, -behaviourDays), today, null],
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

/** Open promises with what is still to come of them, and how many of each customer's were kept and broken within a year. */
async function readPromises(
  db: Queryable,
  today: IsoDate,
): Promise<{ promises: (ForecastPromise & { currency: string })[]; ended: Map<string, EndedPromises> }> {
  const [{ rows: promises }, { rows: ended }] = await Promise.all([
    db.query<ForecastPromise & { currency: string }>(
      `SELECT p.id, p.customer_id AS "customerId", p.currency, p.promised_on AS "promisedOn",
         greatest(0, p.amount_minor - (SELECT coalesce(sum(a.amount_minor), 0) FROM standing_applications a JOIN promise_items i USING (invoice_id)
           WHERE i.promise_id = p.id AND a.at >= p.at AND a.value_on <= p.receipts_until))::bigint AS "missingMinor"
       FROM promises p WHERE p.status = 'open' ORDER BY p.id`,
      [],
    ),
    db.query<EndedPromises & { customerId: string }>(
      `SELECT customer_id AS "customerId", count(*) FILTER (WHERE status = 'kept') AS kept, count(*) FILTER (WHERE status = 'broken') AS broken
       FROM promises WHERE status IN ('kept', 'broken') AND ended_at >= $1::date GROUP BY 1`,
      [addDays(today, -behaviourDays)],
    ),
  ]);
  return { promises, ended: new Map(ended.map(({ customerId, ...counts }) => [customerId, counts])) };
}

/**
 * What accepted orders that are not invoiced in full will ask for, with tax; what is paid in advance is not among them. Their goods go
 * with the last pickup that is planned, when the last of what is made for them is due, else by the day that the customer asked for.
 */
async function readInvoicesToCome(db: Queryable, today: IsoDate): Promise<(ForecastInvoice & { currency: string })[]> {
  const { rows } = await db.query<UninvoicedOrder & { currency: string }>(
    `SELECT o.customer_id AS "customerId", o.currency, o.terms, o.invoicing, o.pays_by_card AS "paysByCard", l.amount_minor AS "amountMinor",
       coalesce(greatest(s.passes_on, p.due_on), o.requested_on) AS "passesOn"
     FROM orders o
       CROSS JOIN LATERAL (
         SELECT round(sum((quantity - cancelled_quantity - invoiced_quantity) * unit_price_minor * (1 + tax_rate::numeric)))::bigint AS amount_minor
         FROM order_lines WHERE order_id = o.id) l
       CROSS JOIN LATERAL (
         SELECT max(CASE WHEN ${isPassedOnDelivery('o')} THEN expected_delivery_on ELSE pickup_on END) AS passes_on FROM shipments
         WHERE order_id = o.id AND (status IN ('picking', 'packing', 'packed') OR status = 'shipped' AND ${isPassedOnDelivery('o')})) s
       CROSS JOIN LATERAL (
         SELECT max(due_on) AS due_on FROM production_requests WHERE order_id = o.id AND status IN ('requested', 'started')) p
     WHERE o.stage <> 'done' AND o.status <> 'invoiced' AND o.accepted_at IS NOT NULL AND o.terms ->> 'kind' <> 'prepayment' AND l.amount_minor > 0`,
    [],
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

/** What the open items of now, and orders that are not invoiced yet, are expected to bring, by week from today on (R3). */
export async function readCashForecast(db: Queryable, today: IsoDate): Promise<CurrencyForecast[]> {
  const [{ rows: items }, { rows: cash }, { behaviours, company }, { promises, ended }, invoices] = await Promise.all([
    db.query<ForecastItem & { currency: string; disputedMinor: number }>(
      `SELECT o.customer_id AS "customerId", o.currency, o.due_on AS "dueOn", p.promise_id AS "promiseId",
         sum(o.undisputed_minor)::bigint AS "openMinor", sum(o.open_minor - o.undisputed_minor)::bigint AS "disputedMinor"
       FROM open_instalments o LEFT JOIN promise_items p ON p.invoice_id = o.invoice_id AND p.live GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
      [],
    ),
    db.query<{ customerId: string | null; currency: string; cashMinor: number }>(
      `SELECT customer_id AS "customerId", currency, sum(minor)::bigint AS "cashMinor" FROM (
         SELECT customer_id, currency, unapplied_minor AS minor FROM payments WHERE unapplied_minor > 0
         UNION ALL SELECT customer_id, currency, unapplied_minor FROM credit_notes WHERE unapplied_minor > 0
         UNION ALL SELECT customer_id, currency, suspense_minor FROM bank_lines WHERE suspense_minor > 0) c GROUP BY 1, 2`,
      [],
    ),
    readBehaviours(db, today),
    readPromises(db, today),
    readInvoicesToCome(db, today),
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

export interface KeptForecast extends Omit<CashForecast, 'weeks' | 'later'> {
  asOf: IsoDate;
  currency: string;
  at: IsoInstant;
  /** Without layers in those that were kept before there were any. */
  weeks: (Omit<ForecastWeek, keyof ByLayer> & Partial<ByLayer>)[];
  /** What came in in each of its weeks; null for those that are not over. */
  actual: { ofForecastMinor: number; receivedMinor: number }[];
}

/**
 * Kept forecasts, newest first, each with what then came in: all receipts by value date, and of these what paid items, and invoices of
 * orders, that were there when the forecast was made. Receipts that were taken back did not come in.
 */
export async function listCashForecasts(
  db: Queryable,
  { currency, today, limit }: { currency: string; today: IsoDate; limit: number },
): Promise<KeptForecast[]> {
  const { rows } = await db.query<KeptForecast>(
    `WITH kept AS (
       SELECT * FROM cash_forecasts WHERE currency = $1 ORDER BY as_of DESC LIMIT $3)
     SELECT as_of AS "asOf", currency, at, open_minor AS "openMinor", cash_minor AS "cashMinor", orders_minor AS "ordersMinor",
       later_minor AS "laterMinor", weeks,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('receivedMinor', r.received, 'ofForecastMinor', r.of_forecast) ORDER BY w.place), '[]')
        FROM jsonb_array_elements(k.weeks) WITH ORDINALITY AS w (week, place)
        CROSS JOIN LATERAL (
          SELECT coalesce(sum(p.amount_minor - p.reversed_minor), 0)::bigint AS received,
            coalesce(sum((SELECT sum(a.amount_minor) FROM standing_applications a JOIN invoices i ON i.id = a.invoice_id
              WHERE a.payment_id = p.id AND (i.issued_on <= k.as_of OR k.weeks -> 0 ? 'ordersMinor' AND EXISTS (
                SELECT FROM billings b JOIN orders o ON o.id = b.order_id WHERE b.invoice_id = i.id AND o.accepted_at <= k.at)))), 0)::bigint AS of_forecast
          FROM payments p WHERE p.currency = k.currency
            AND p.value_on BETWEEN (w.week ->> 'from')::date AND (w.week ->> 'to')::date) r
        WHERE (w.week ->> 'to')::date < $2) AS actual
     FROM kept k ORDER BY as_of DESC`,
    [currency, today, limit],
  );
  return rows;
}
