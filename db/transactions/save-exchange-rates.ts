import { type Fault, Refusal } from '../../domain/failures.ts';
import { compareDates, type IsoDate, localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';

export interface SaveExchangeRatesInput {
  rates: { currency: string; validOn: IsoDate; rate: string }[];
  /** Who has published them: 'ECB'. */
  source: string;
  actor: Actor;
  at: string;
}

/**
 * Saves what other currencies are worth in the company's own (A3). A rate that stands there already is not saved again; another one for
 * the same day counts from now on, and what has been booked stays as it is.
 */
export async function saveExchangeRates(
  tx: Transaction,
  { rates, source, actor, at }: SaveExchangeRatesInput,
): Promise<{ saved: number; unchanged: number }> {
  const { currency: functional, timeZone } = await readCompany(tx);
  const today = localDate(at, timeZone);
  const faults = rates.flatMap(({ currency, validOn }, index): Fault[] => [
    ...(currency === functional
      ? [{ path: `/rates/${index}/currency`, code: 'currency', detail: `The books are kept in ${functional}: it has no rate.` }]
      : []),
    ...(compareDates(validOn, today) > 0
      ? [{ path: `/rates/${index}/validOn`, code: 'future-date', detail: `${validOn} is after today, ${today}.` }]
      : []),
  ]);
  if (faults.length > 0) throw new Refusal(422, 'invalid-rates', 'The rates cannot be saved.', { faults });
  // One after the other, so that of two who save the same day the one who comes last counts.
  await tx.query('SELECT 1 FROM company FOR NO KEY UPDATE');
  const { rows } = await tx.query<{ currency: string; validOn: IsoDate; rate: string }>(
    `INSERT INTO exchange_rates (currency, valid_on, rate, source, actor, at)
     SELECT n.currency, n.valid_on, n.rate, $4, $5, $6 FROM unnest($1::text[], $2::date[], $3::text[]) AS n (currency, valid_on, rate)
     WHERE n.rate::numeric IS DISTINCT FROM (SELECT r.rate::numeric FROM exchange_rates r
       WHERE r.currency = n.currency AND r.valid_on = n.valid_on ORDER BY r.id DESC LIMIT 1)
     ORDER BY n.valid_on, n.currency RETURNING currency, valid_on AS "validOn", rate`,
    [
      rates.map(({ currency }) => currency),
      rates.map(({ validOn }) => validOn),
      rates.map(({ rate }) => rate),
      source,
      actor.name,
      at,
    ],
  );
  if (rows.length > 0) {
    await record(tx, {
      at,
      actor,
      action: 'exchange-rates-saved',
      summary: `${rows.length} exchange rates of ${source}`,
      after: { source, rates: rows },
    });
  }
  return { saved: rows.length, unchanged: rates.length - rows.length };
}
