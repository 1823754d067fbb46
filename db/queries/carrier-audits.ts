import type { Queryable } from '../client.ts';
import type { CarrierAudit } from '../transactions/audit-carriers.ts';
import { filter, type Page } from './page.ts';

/** In the order in which they were made. */
export async function listCarrierAudits(db: Queryable, page: Page): Promise<CarrierAudit[]> {
  const { where, limit, values } = filter({ 'id > ?': page.after }, page.limit);
  const { rows } = await db.query<CarrierAudit>(
    `SELECT id, from_on AS "from", to_on AS "to", targets_version AS "targetsVersion", lanes, actor, at
     FROM carrier_audits ${where} ORDER BY id ${limit}`,
    values,
  );
  return rows;
}
