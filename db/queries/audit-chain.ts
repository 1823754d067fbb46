import { type ChainFault, type ChainLink, chainBegin, faultOf } from '../../domain/audit-chain.ts';
import type { IsoInstant } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { readSealedThrough } from '../transactions/seal-audit.ts';

export interface BrokenLink {
  sequence: number;
  fault: ChainFault;
}

export interface AuditVerification {
  holds: boolean;
  /** How many rows are sealed, and up to which number. */
  sealed: number;
  through: number;
  /** The last seal: kept elsewhere, it shows also that all of the chain was written anew. */
  seal: string;
  sealedAt: IsoInstant | null;
  /** Written since, and not sealed yet. */
  waiting: number;
  brokenCount: number;
  broken: BrokenLink[];
  /** Whether the seal that was kept elsewhere stands in the chain; null: none was given. */
  keptSealFound: boolean | null;
}

const pageSize = 5_000;
const namedMaximum = 100;

/** Walks the whole chain and names the rows that break it (X3). */
export async function verifyAudit(db: Queryable, keptSeal?: string): Promise<AuditVerification> {
  const head = await readSealedThrough(db);
  const through = head?.through ?? 0;
  const broken: BrokenLink[] = [];
  let [previous, sealed, brokenCount, keptSealFound] = [chainBegin, 0, 0, false];
  // Numbers begin at 1; whatever is below was put there.
  let last = Number.MIN_SAFE_INTEGER;
  const name = (sequence: number, fault: ChainFault) => {
    brokenCount += 1;
    if (broken.length < namedMaximum) broken.push({ sequence, fault });
  };
  for (;;) {
    const links = await readLinks(db, last, through);
    for (const link of links) {
      const fault = faultOf(previous, link);
      if (fault) name(link.sequence, fault);
      if (!link.sealed) continue;
      sealed += 1;
      previous = link.sealed.seal;
      if (keptSeal !== undefined && previous.equals(Buffer.from(keptSeal, 'hex'))) keptSealFound = true;
    }
    if (links.length < pageSize) break;
    last = links.at(-1)!.sequence;
  }
  // Rows taken from the end together with their seals leave a chain that is whole, and shorter than what was noted.
  if (head && !head.seal.equals(previous)) name(through, 'removed');
  const { rows } = await db.query<{ waiting: number }>('SELECT count(*) AS waiting FROM audit_log WHERE sequence > $1', [
    through,
  ]);
  return {
    holds: brokenCount === 0 && (keptSeal === undefined || keptSealFound),
    sealed,
    through,
    seal: previous.toString('hex'),
    sealedAt: head?.at ?? null,
    waiting: rows[0]!.waiting,
    brokenCount,
    broken,
    keptSealFound: keptSeal === undefined ? null : keptSealFound,
  };
}

async function readLinks(db: Queryable, after: number, through: number): Promise<ChainLink[]> {
  const { rows } = await db.query<{
    sequence: number;
    content: Buffer | null;
    sealedContent: Buffer | null;
    seal: Buffer | null;
  }>(
    `SELECT coalesce(l.sequence, s.sequence) AS sequence, CASE WHEN l.sequence IS NOT NULL THEN audit_content(l) END AS content,
       s.content AS "sealedContent", s.seal
     FROM (SELECT * FROM audit_log WHERE sequence > $1 AND sequence <= $2 ORDER BY sequence LIMIT $3) AS l
     FULL JOIN (SELECT * FROM audit_seals WHERE sequence > $1 AND sequence <= $2 ORDER BY sequence LIMIT $3) AS s USING (sequence)
     ORDER BY 1 LIMIT $3`,
    [after, through, pageSize],
  );
  return rows.map(({ sequence, content, sealedContent, seal }) => ({
    sequence,
    content,
    sealed: sealedContent && seal ? { content: sealedContent, seal } : null,
  }));
}
