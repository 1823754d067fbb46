import { brokenCountsDays } from '../../domain/promise.ts';
import { plusSeconds } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { system } from '../statements/audit.ts';
import { lockReceivables } from '../statements/cash-application.ts';
import { endHoldOff, type HoldOffRow } from '../statements/hold-offs.ts';
import { breakPromise, endPromise, judge, keepAfterAll, readOpenPromises } from '../statements/promises.ts';

/** Customers in one transaction; what is left is for the next run. */
const batchMaximum = 50;

/**
 * Holds the receipts of customers against their promises to pay (P6), when money has come in or a promise's time has passed. A kept one
 * ends without a word; a broken one becomes a task, and letters go on. One that was broken, and whose money came in time and is only
 * recorded now, or is ours again, has been kept after all.
 * Hold-offs end on their day. Each is asked again under its customer's locks: it ends once.
 */
export async function endDunningPauses(
  tx: Transaction,
  { at }: { at: string },
): Promise<{ result: { kept: number; broken: number; heldOff: number }; more: boolean }> {
  const { rows } = await tx.query<{ customerId: string; broken: string[] }>(
    `SELECT customer_id AS "customerId", coalesce(array_agg(id) FILTER (WHERE status = 'broken'), '{}') AS broken FROM promises p
     WHERE status = 'open' AND (due_at <= $1 OR EXISTS (
         SELECT FROM payments WHERE customer_id = p.customer_id AND at >= p.at AND (p.seen_payment_id IS NULL OR id > p.seen_payment_id)))
       OR status = 'broken' AND ended_at > $2 AND EXISTS (
         SELECT FROM payments WHERE customer_id = p.customer_id AND at >= p.at AND (p.seen_payment_id IS NULL OR id > p.seen_payment_id)
           AND value_on <= p.receipts_until)
     GROUP BY 1 ORDER BY 1 LIMIT $3`,
    [at, plusSeconds(at, -brokenCountsDays * 86_400), batchMaximum],
  );
  const result = { kept: 0, broken: 0, heldOff: 0 };
  for (const { customerId, broken } of rows) {
    const locked = await lockReceivables(tx, customerId);
    const promises = await readOpenPromises(tx, locked, broken);
    const outcomes = await judge(tx, locked, promises, at);
    // Numbers of payments are given under the lock of their customer, one after the other; their instants are those of the requests, and a
    // whole statement may have one that is long past when its last line is matched.
    await tx.query(
      'UPDATE promises SET seen_payment_id = (SELECT max(id) FROM payments WHERE customer_id = $2) WHERE id = ANY ($1)',
      [promises.map(({ id }) => id), customerId],
    );
    for (const promise of promises) {
      const outcome = outcomes.get(promise.id);
      if (promise.status === 'broken') {
        if (outcome !== 'kept') continue;
        await keepAfterAll(tx, promise, { at });
        result.kept += 1;
      } else if (outcome === 'kept') {
        await endPromise(tx, promise, { status: 'kept', actor: system, at });
        result.kept += 1;
      } else if (outcome === 'void') {
        const reason = 'nothing of it is asked for any more';
        await endPromise(tx, promise, { status: 'cancelled', reason, actor: system, at });
      } else if (outcome === 'broken') {
        await breakPromise(tx, promise, { actor: system, at });
        result.broken += 1;
      }
    }
  }
  const heldOff = await tx.query<{ customerId: string }>(
    'SELECT DISTINCT customer_id AS "customerId" FROM hold_offs WHERE ended_at IS NULL AND due_at <= $1 ORDER BY 1 LIMIT $2',
    [at, batchMaximum],
  );
  for (const { customerId } of heldOff.rows) {
    await lockReceivables(tx, customerId);
    const due = await tx.query<HoldOffRow>(
      `SELECT id, invoice_id AS "invoiceId", customer_id AS "customerId", until_on AS "untilOn" FROM hold_offs
       WHERE customer_id = $1 AND ended_at IS NULL AND due_at <= $2 ORDER BY id`,
      [customerId, at],
    );
    for (const row of due.rows) await endHoldOff(tx, row, { actor: system, at });
    result.heldOff += due.rows.length;
  }
  return { result, more: rows.length === batchMaximum || heldOff.rows.length === batchMaximum };
}
