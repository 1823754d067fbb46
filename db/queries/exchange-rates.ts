import type { IsoDate, IsoInstant } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export interface ExchangeRate {
  id: number;
  currency: string;
  validOn: IsoDate;
  rate: string;
  source: string;
  actor: string;
  at: IsoInstant;
}

/** Every rate that was saved, the last one first: of two for a day the upper one counts. */
export async function listExchangeRates(
  db: Queryable,
  wanted: { currency?: string | undefined; validFrom?: IsoDate | undefined; validTo?: IsoDate | undefined },
  page: Page,
): Promise<ExchangeRate[]> {
  const { where, limit, values } = filter(
    {
      'currency = ?': wanted.currency,
      'valid_on >= ?': wanted.validFrom,
      'valid_on <= ?': wanted.validTo,
      'id < ?::bigint': page.after,
    },
    page.limit,
  );
  const { rows } = await db.query<ExchangeRate>(
    `SELECT id, currency, valid_on AS "validOn", rate, source, actor, at FROM exchange_rates ${where} ORDER BY id DESC ${limit}`,
    values,
  );
  return rows;
}
