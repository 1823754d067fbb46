import { setTimeout } from 'node:timers/promises';
import { chainBegin, sealOf } from '../../domain/audit-chain.ts';
import { only, type Queryable, type Transaction } from '../client.ts';

const sealedAtOnce = 5_000;
const waitMs = 2_000;
// One sealing at a time; whoever writes the log never asks for it.
const sealingLock = 748_217;

/**
 * Seals the rows that were written since the last time (X3). Nobody who writes waits for it: it notes the last number that was given
 * out, and waits until whoever was writing then has committed or given up, as PostgreSQL does before it trusts a new index. From then on
 * each number up to there is a row or will never be one. A writer that takes longer leaves the rest to the next sealing.
 */
export async function sealAudit(
  tx: Transaction,
  at: string,
): Promise<{ result: { sealed: number; through: number }; more: boolean }> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [sealingLock]);
  const { through: from, seal: begin } = (await readSealedThrough(tx)) ?? { through: 0, seal: chainBegin };
  const { last } = only(
    await tx.query<{ last: number }>(
      'SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS last FROM audit_log_sequence_seq',
      [],
    ),
  );
  if (last <= from || !(await writersOfThisInstantAreDone(tx))) return { result: { sealed: 0, through: from }, more: false };
  const { rows } = await tx.query<{ sequence: number; content: Buffer }>(
    `SELECT l.sequence, audit_content(l) AS content FROM audit_log l WHERE l.sequence > $1 AND l.sequence <= $2
     ORDER BY l.sequence LIMIT $3`,
    [from, last, sealedAtOnce],
  );
  const more = rows.length === sealedAtOnce;
  const through = more ? rows.at(-1)!.sequence : last;
  let seal = begin;
  const seals = rows.map(({ content }) => {
    seal = sealOf(seal, content);
    return seal;
  });
  await tx.query(
    'INSERT INTO audit_seals (sequence, content, seal) SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::bytea[])',
    [rows.map(({ sequence }) => sequence), rows.map(({ content }) => content), seals],
  );
  await tx.query('INSERT INTO audit_sealed_through (sequence, seal, at) VALUES ($1, $2, $3)', [through, seal, at]);
  return { result: { sealed: rows.length, through }, more };
}

export async function readSealedThrough(db: Queryable): Promise<{ through: number; seal: Buffer; at: string } | undefined> {
  const { rows } = await db.query<{ through: number; seal: Buffer; at: string }>(
    'SELECT sequence AS through, seal, at FROM audit_sealed_through ORDER BY id DESC LIMIT 1',
    [],
  );
  return rows[0];
}

/** Whoever has been given a number holds the table's lock from before that until the end of its transaction. */
async function writersOfThisInstantAreDone(tx: Transaction): Promise<boolean> {
  const writers = async () => {
    const { rows } = await tx.query<{ writer: string }>(
      `SELECT DISTINCT virtualtransaction AS writer FROM pg_locks
       WHERE locktype = 'relation' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
         AND relation = 'audit_log'::regclass AND mode = 'RowExclusiveLock' AND pid IS DISTINCT FROM pg_backend_pid()`,
      [],
    );
    return rows.map(({ writer }) => writer);
  };
  const deadline = Date.now() + waitMs;
  let awaited = await writers();
  while (awaited.length > 0 && Date.now() < deadline) {
    await setTimeout(20);
    const writing = new Set(await writers());
    awaited = awaited.filter((writer) => writing.has(writer));
  }
  return awaited.length === 0;
}
