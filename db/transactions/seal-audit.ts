import { only, type Transaction } from '../client.ts';
import { readSealedThrough } from '../queries/audit-chain.ts';
import { chainBegin, sealOf } from '../statements/audit-chain.ts';
import { writersOfThisInstantAreDone } from '../statements/writers.ts';

const sealedAtOnce = 5_000;
// One sealing at a time; whoever writes the log never asks for it.
const sealingLock = 748_217;

/**
 * Seals the rows that were written since the last time (X3). Nobody who writes waits for it: it notes the last number that was given
 * out and waits for whoever was writing then. A writer that takes longer leaves the rest to the next sealing.
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
  if (last <= from || !(await writersOfThisInstantAreDone(tx, 'audit_log')))
    return { result: { sealed: 0, through: from }, more: false };
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
