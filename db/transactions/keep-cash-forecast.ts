import { localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { readCashForecast } from '../queries/cash-forecast.ts';
import { readCompany } from '../statements/company.ts';

/** Keeps what is forecast today, once a day and currency, so that it can be held against what comes in (R3). */
export async function keepCashForecast(tx: Transaction, { at }: { at: string }): Promise<{ asOf: string; currencies: string[] }> {
  const asOf = localDate(at, (await readCompany(tx)).timeZone);
  const forecasts = await readCashForecast(tx, { today: asOf, at, isPast: false });
  for (const { currency, openMinor, cashMinor, ordersMinor, laterMinor, weeks } of forecasts) {
    await tx.query(
      `INSERT INTO cash_forecasts (as_of, currency, open_minor, cash_minor, orders_minor, later_minor, weeks, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT DO NOTHING`,
      [asOf, currency, openMinor, cashMinor, ordersMinor, laterMinor, JSON.stringify(weeks), at],
    );
  }
  return { asOf, currencies: forecasts.map(({ currency }) => currency) };
}
