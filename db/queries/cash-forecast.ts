import {
  behaviourOf,
  type CashForecast,
  type ForecastItem,
  forecastCash,
  type PaymentBehaviour,
} from '../../domain/cash-forecast.ts';
import { addDays, type IsoDate, type IsoInstant } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
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

/** What the open items of now are expected to bring, by week from today on (R3). */
export async function readCashForecast(db: Queryable, today: IsoDate): Promise<CurrencyForecast[]> {
  const [{ rows: items }, { rows: cash }, { behaviours, company }] = await Promise.all([
    db.query<ForecastItem & { currency: string; disputedMinor: number }>(
      `SELECT customer_id AS "customerId", currency, due_on AS "dueOn", sum(undisputed_minor)::bigint AS "openMinor",
         sum(open_minor - undisputed_minor)::bigint AS "disputedMinor"
       FROM open_instalments GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
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
  ]);
  return [...new Set(items.map(({ currency }) => currency))].sort().map((currency) => {
    const own = items.filter((item) => item.currency === currency);
    const ownCash = cash.filter((row) => row.currency === currency);
    const forecast = forecastCash({
      items: own.filter(({ openMinor }) => openMinor > 0),
      behaviours,
      company,
      cashByCustomer: new Map(ownCash.flatMap((row) => (row.customerId === null ? [] : [[row.customerId, row.cashMinor]]))),
      unknownCashMinor: ownCash.find(({ customerId }) => customerId === null)?.cashMinor ?? 0,
      today,
    });
    return { currency, ...forecast, disputedMinor: own.reduce((sum, item) => sum + item.disputedMinor, 0), company };
  });
}

export interface KeptForecast extends CashForecast {
  asOf: IsoDate;
  currency: string;
  at: IsoInstant;
  /** What came in in each of its weeks; null for those that are not over. */
  actual: { ofForecastMinor: number; receivedMinor: number }[];
}

/**
 * Kept forecasts, newest first, each with what then came in: all receipts by value date, and of these what paid items that were there when
 * the forecast was made. Receipts that were taken back did not come in.
 */
export async function listCashForecasts(
  db: Queryable,
  { currency, today, limit }: { currency: string; today: IsoDate; limit: number },
): Promise<KeptForecast[]> {
  const { rows } = await db.query<KeptForecast>(
    `WITH kept AS (
       SELECT * FROM cash_forecasts WHERE currency = $1 ORDER BY as_of DESC LIMIT $3)
     SELECT as_of AS "asOf", currency, at, open_minor AS "openMinor", cash_minor AS "cashMinor", later_minor AS "laterMinor", weeks,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('receivedMinor', r.received, 'ofForecastMinor', r.of_forecast) ORDER BY w.place), '[]')
        FROM jsonb_array_elements(k.weeks) WITH ORDINALITY AS w (week, place)
        CROSS JOIN LATERAL (
          SELECT coalesce(sum(p.amount_minor - p.reversed_minor), 0)::bigint AS received,
            coalesce(sum((SELECT sum(a.amount_minor) FROM standing_applications a JOIN invoices i ON i.id = a.invoice_id
              WHERE a.payment_id = p.id AND i.issued_on <= k.as_of)), 0)::bigint AS of_forecast
          FROM payments p WHERE p.currency = k.currency
            AND p.value_on BETWEEN (w.week ->> 'from')::date AND (w.week ->> 'to')::date) r
        WHERE (w.week ->> 'to')::date < $2) AS actual
     FROM kept k ORDER BY as_of DESC`,
    [currency, today, limit],
  );
  return rows;
}
