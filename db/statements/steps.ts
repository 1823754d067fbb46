import type { Transaction } from '../client.ts';

/**
 * Runs a step of an order's or invoice's life at most once: the first outcome is kept beside the effect, in the same
 * transaction, and every later run answers with it. The caller holds the subject's row lock. A step that could only wait is
 * not kept: what it waited for may have come, and its hint been heard, before the worker that asked was replaced.
 */
export async function once<Outcome extends object>(
  tx: Transaction,
  subject: string,
  step: string,
  at: string,
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  const earlier = await tx.query<{ outcome: Outcome }>('SELECT outcome FROM steps WHERE subject = $1 AND step = $2', [
    subject,
    step,
  ]);
  if (earlier.rows[0]) return earlier.rows[0].outcome;
  const outcome = await work();
  if ('outcome' in outcome && outcome.outcome === 'wait') return outcome;
  await tx.query('INSERT INTO steps (subject, step, outcome, at) VALUES ($1, $2, $3, $4)', [
    subject,
    step,
    JSON.stringify(outcome),
    at,
  ]);
  return outcome;
}
