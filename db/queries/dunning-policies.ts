import type { DunningPolicy } from '../../domain/dunning.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export interface DunningPolicyVersion {
  /** Null: the company's own. */
  code: string | null;
  version: number;
  body: DunningPolicy;
  at: string;
  actor: string;
}

const columns = `nullif(substr(name, 9), '') AS code, version, body - 'reason' AS body, at, actor`;

/** The dunning policies in force, the company's own first. */
export async function listDunningPolicies(db: Queryable, page: Page): Promise<DunningPolicyVersion[]> {
  const { rows } = await db.query<DunningPolicyVersion>(
    `SELECT ${columns} FROM (
       SELECT DISTINCT ON (name) name, version, body, at, actor FROM policies
       WHERE (name = 'dunning' OR name LIKE 'dunning:%') AND name > coalesce('dunning:' || $1, '') ORDER BY name, version DESC) p
     ORDER BY name LIMIT $2`,
    [page.after, page.limit + 1],
  );
  return rows;
}

/** Every version of one of them, the one in force first. */
export async function dunningPolicyVersions(db: Queryable, code: string, page: Page): Promise<DunningPolicyVersion[]> {
  const { where, limit, values } = filter(
    { 'name = ?': `dunning:${code}`, 'version < ?': page.after && Number(page.after) },
    page.limit,
  );
  return (await db.query<DunningPolicyVersion>(`SELECT ${columns} FROM policies ${where} ORDER BY version DESC ${limit}`, values))
    .rows;
}

/** Segments that have a policy, or had one. */
export async function listSegmentPolicies(
  db: Queryable,
  page: Page,
): Promise<{ segment: string; dunningPolicy: string | null; actor: string; at: string }[]> {
  const { where, limit, values } = filter({ 'segment > ?': page.after }, page.limit);
  const { rows } = await db.query<{ segment: string; dunningPolicy: string | null; actor: string; at: string }>(
    `SELECT segment, dunning_policy AS "dunningPolicy", actor, at FROM segment_dunning_policies ${where} ORDER BY segment ${limit}`,
    values,
  );
  return rows;
}

/** The base rates, the newest first. */
export async function listBaseRates(
  db: Queryable,
  page: Page,
): Promise<{ validFrom: IsoDate; annualRate: string; actor: string; at: string }[]> {
  const { where, limit, values } = filter({ 'valid_from < ?': page.after }, page.limit);
  const { rows } = await db.query<{ validFrom: IsoDate; annualRate: string; actor: string; at: string }>(
    `SELECT valid_from AS "validFrom", annual_rate AS "annualRate", actor, at FROM base_rates ${where} ORDER BY valid_from DESC ${limit}`,
    values,
  );
  return rows;
}
