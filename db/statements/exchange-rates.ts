import { missingRate } from '../../domain/exchange.ts';
import { type Fault, Refusal } from '../../domain/failures.ts';
import { taxRounding } from '../../domain/invoice.ts';
import { convertMinor, type Rounding } from '../../domain/money.ts';
import type { PolicyRate } from '../../domain/policy-amount.ts';
import type { IsoDate } from '../../domain/time.ts';
import { only, type Queryable } from '../client.ts';

export interface Conversion {
  /** Undefined when there is none. */
  rate: string | undefined;
  /** Refuses what there is no rate for, and what is more than the books can hold. */
  convert(amountMinor: number): number;
}

/** What amounts come to at the newest rate on or before a day, in the currency of the books (A3). */
export async function readConversion(
  db: Queryable,
  { from, to, on, rounding }: { from: string; to: string; on: IsoDate; rounding: Rounding },
): Promise<Conversion> {
  const { rows } = await db.query<{ rate: string }>(
    'SELECT rate FROM exchange_rates WHERE currency = $1 AND valid_on <= $2 ORDER BY valid_on DESC, id DESC LIMIT 1',
    [from, on],
  );
  const rate = rows[0]?.rate;
  const refuse = (code: string, detail: string) =>
    new Refusal(422, code, detail, { faults: [{ path: '/currency', code, detail }] });
  const convert = (amountMinor: number) => {
    if (rate === undefined) throw refuse('no-exchange-rate', missingRate(from, on));
    try {
      return convertMinor({ currency: from, amountMinor }, to, rate, rounding);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw refuse('amount-too-large', `At ${rate} ${to} for a ${from} it is more than the books can hold.`);
    }
  };
  return { rate, convert };
}

/** At which amounts of policies are weighed against one in this currency on a day; undefined: it is the company's own. */
export async function readPolicyRate(db: Queryable, currency: string, on: IsoDate): Promise<PolicyRate | undefined> {
  const { companyCurrency, rate } = only(
    await db.query<{ companyCurrency: string; rate: string | null }>(
      `SELECT currency AS "companyCurrency",
         (SELECT rate FROM exchange_rates WHERE currency = $1 AND valid_on <= $2 ORDER BY valid_on DESC, id DESC LIMIT 1) AS rate
       FROM company`,
      [currency, on],
    ),
  );
  return companyCurrency === currency ? undefined : { companyCurrency, currency, rate, on };
}

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
