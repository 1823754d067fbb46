import { type Fault, Refusal } from '../../domain/failures.ts';
import { taxRounding } from '../../domain/invoice.ts';
import type { Rounding } from '../../domain/money.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';

/** The newest rate on or before a day, in units of the books' currency; undefined when there is none (A3). */
export async function rateOn(db: Queryable, currency: string, on: IsoDate): Promise<string | undefined> {
  const { rows } = await db.query<{ rate: string }>(
    'SELECT rate FROM exchange_rates WHERE currency = $1 AND valid_on <= $2 ORDER BY valid_on DESC, id DESC LIMIT 1',
    [currency, on],
  );
  return rows[0]?.rate;
}

export const missingRate = (currency: string, on: IsoDate): string =>
  `There is no exchange rate of ${currency} on or before ${on}: finance saves it first.`;

export const noRate = (currency: string, on: IsoDate): Refusal => {
  const detail = missingRate(currency, on);
  return new Refusal(422, 'no-exchange-rate', detail, { faults: [{ path: '/currency', code: 'no-exchange-rate', detail }] });
};

/** Of these currencies, those in which nothing can be booked on that day. */
export async function currenciesWithoutRate(db: Queryable, currencies: readonly string[], on: IsoDate): Promise<Set<string>> {
  const { rows } = await db.query<{ currency: string }>(
    `SELECT currency FROM unnest($1::text[]) AS wanted (currency)
     WHERE currency <> (SELECT currency FROM company)
       AND NOT EXISTS (SELECT FROM exchange_rates r WHERE r.currency = wanted.currency AND r.valid_on <= $2)`,
    [currencies, on],
  );
  return new Set(rows.map(({ currency }) => currency));
}

/** What is wrong with a document in this currency on that day: what has no rate cannot be booked, so it is refused before. */
export async function rateFaults(
  db: Queryable,
  { currency, on, path }: { currency: string; on: IsoDate; path: string },
): Promise<Fault[]> {
  const lacking = await currenciesWithoutRate(db, [currency], on);
  return lacking.has(currency) ? [{ path, code: 'no-exchange-rate', detail: missingRate(currency, on) }] : [];
}

/** How the company rounds, by its invoicing policy: taxes, and what a document comes to in the books. */
export async function readRounding(db: Queryable): Promise<Rounding> {
  const { rows } = await db.query<{ rounding: Rounding }>(
    `SELECT body ->> 'taxRounding' AS rounding FROM policies WHERE name = 'invoicing' ORDER BY version DESC LIMIT 1`,
    [],
  );
  return rows[0]?.rounding ?? taxRounding;
}
