import { askedFor } from '../../domain/instalments.ts';
import { formatMoney } from '../../domain/money.ts';
import {
  brokenCountsDays,
  defaultPromiseTerms,
  judgePromises,
  type OpenPromise,
  type PromiseOutcome,
  type PromiseStatus,
  type WaitingReceipt,
} from '../../domain/promise.ts';
import { endOfBusinessDay, plusSeconds } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { type Actor, record, system } from './audit.ts';
import type { Receivables } from './cash-application.ts';
import { readCompany, readPolicy } from './company.ts';
import { resumeDunning } from './dunning.ts';
import { tell } from './notices.ts';
import { finishTasks, openTask } from './tasks.ts';

/* Promises to pay (P6). One changes under the lock of its customer's receivables, where its letters are decided too. */

export interface PromiseRow extends OpenPromise {
  customerId: string;
  currency: string;
  promisedOn: string;
  policyVersion: number;
  invoiceIds: string[];
  status: PromiseStatus;
}

/** The open promises of a customer, and those that are named, with what receipts have paid of their items since; money that was taken back has paid nothing. */
export async function readOpenPromises(
  tx: Transaction,
  { account, items }: Receivables,
  named: readonly string[] = [],
): Promise<PromiseRow[]> {
  const { rows } = await tx.query<Omit<PromiseRow, 'askedForMinor' | 'wasBroken'>>(
    `SELECT p.id, p.customer_id AS "customerId", p.currency, p.amount_minor AS "amountMinor", p.promised_on AS "promisedOn",
       p.receipts_until AS "receiptsUntil", p.due_at AS "dueAt", p.policy_version AS "policyVersion", p.at, p.status,
       ARRAY(SELECT invoice_id FROM promise_items WHERE promise_id = p.id ORDER BY invoice_id) AS "invoiceIds",
       (SELECT coalesce(sum(a.amount_minor), 0)::bigint FROM standing_applications a JOIN promise_items i USING (invoice_id)
        WHERE i.promise_id = p.id AND a.at >= p.at AND a.value_on <= p.receipts_until) AS "appliedMinor"
     FROM promises p WHERE p.customer_id = $1 AND (p.status = 'open' OR p.id = ANY ($2)) ORDER BY p.id`,
    [account.customerId, named],
  );
  return rows.map((row) => ({
    ...row,
    wasBroken: row.status === 'broken',
    askedForMinor: items
      .filter(({ id }) => row.invoiceIds.includes(id))
      .reduce((total, item) => total + askedFor(item).openMinor, 0),
  }));
}

/**
 * What has become of promises of one customer, by its receipts as they are now. What waits for one that is kept, and not among them, keeps
 * no other.
 */
export async function judge(
  tx: Transaction,
  receivables: Receivables,
  promises: readonly PromiseRow[],
  at: string,
): Promise<Map<string, PromiseOutcome>> {
  const { customerId } = receivables.account;
  const { rows: receipts } = await tx.query<WaitingReceipt>(
    `SELECT at, value_on AS "valueOn", unapplied_minor AS "unappliedMinor" FROM payments
     WHERE customer_id = $1 AND unapplied_minor > 0 ORDER BY value_on, id`,
    [customerId],
  );
  if (receipts.length === 0) return judgePromises(promises, [], at);
  const { rows: kept } = await tx.query<{ id: string; keptAt: string }>(
    `SELECT id, ended_at AS "keptAt" FROM promises p WHERE customer_id = $1 AND status = 'kept' AND NOT id = ANY ($2)
       AND EXISTS (SELECT FROM promise_items JOIN invoices i ON i.id = invoice_id WHERE promise_id = p.id AND i.open_minor > 0)`,
    [customerId, promises.map(({ id }) => id)],
  );
  const keptAt = new Map(kept.map((one) => [one.id, one.keptAt]));
  const standing = (await readOpenPromises(tx, receivables, [...keptAt.keys()])).flatMap((row) =>
    keptAt.has(row.id) ? [{ ...row, keptAt: keptAt.get(row.id)! }] : [],
  );
  return judgePromises([...promises, ...standing], receipts, at);
}

/** Ends a promise: what is still open of its items is asked for again, from where it stood. */
export async function endPromise(
  tx: Transaction,
  promise: PromiseRow,
  end: { status: Exclude<PromiseStatus, 'open'>; reason?: string; actor: Actor; at: string },
): Promise<void> {
  const { id, invoiceIds, status: before } = promise;
  const { status, reason, actor, at } = end;
  await tx.query(
    `WITH ended AS (
       UPDATE promises SET status = $2, status_reason = $3, ended_by = $4, ended_at = $5 WHERE id = $1)
     UPDATE promise_items SET live = false WHERE promise_id = $1`,
    [id, status, reason, actor.name, at],
  );
  const { timeZone } = await readCompany(tx);
  for (const invoiceId of invoiceIds) await resumeDunning(tx, invoiceId, { cause: id, timeZone, at });
  await recordPromise(tx, promise, { ...end, action: `promise-${status}`, before: { status: before } });
}

/** What was promised has not come: a task for a person, finance for whoever breaks its word again and again. */
export async function breakPromise(
  tx: Transaction,
  promise: PromiseRow,
  how: { reason?: string; actor: Actor; at: string },
): Promise<void> {
  const { id, customerId, currency, amountMinor, promisedOn, invoiceIds } = promise;
  const { at } = how;
  await endPromise(tx, promise, { ...how, status: 'broken' });
  const [{ timeZone }, policy, counted] = await Promise.all([
    readCompany(tx),
    readPolicy(tx, 'dunning', promise.policyVersion),
    tx.query<{ broken: number }>(
      "SELECT count(*)::int AS broken FROM promises WHERE customer_id = $1 AND status = 'broken' AND ended_at > $2",
      [customerId, plusSeconds(at, -brokenCountsDays * 86_400)],
    ),
  ]);
  const { broken } = only(counted);
  const { escalateFromBroken } = policy.promises ?? defaultPromiseTerms;
  const escalated = broken >= escalateFromBroken;
  await openTask(tx, {
    // One that was kept after all may be broken once more.
    key: `${id}:broken:${at}`,
    kind: 'broken-promise',
    role: escalated ? 'finance' : 'receivables',
    title: `${customerId} promised ${formatMoney({ currency, amountMinor })} by ${promisedOn} and has not paid: ${
      escalated ? `broken promise ${broken} within a year, decide how to go on` : 'contact the customer'
    }`,
    details: { promiseId: id, invoiceIds, amountMinor, currency, promisedOn, brokenWithinYear: broken },
    customerId,
    ...(invoiceIds.length === 1 ? { invoiceId: invoiceIds[0] } : {}),
    dueAt: endOfBusinessDay(at, timeZone),
    at,
  });
  await tellOfPromise(tx, promise, { status: 'broken', at });
}

/** A promise that was broken, and whose money came in its time as it turns out: nobody need speak with the customer about it. */
export async function keepAfterAll(tx: Transaction, promise: PromiseRow, { at }: { at: string }): Promise<void> {
  const reason = 'its money had come in time';
  await endPromise(tx, promise, { status: 'kept', reason, actor: system, at });
  const { rows } = await tx.query<{ key: string }>(
    "SELECT key FROM tasks WHERE customer_id = $1 AND kind = 'broken-promise' AND details ->> 'promiseId' = $2",
    [promise.customerId, promise.id],
  );
  await finishTasks(tx, { keys: rows.map(({ key }) => key) }, { status: 'cancelled', by: system.name, outcome: { reason }, at });
}

/**
 * Judges anew what a receipt had kept, now that it was taken back: a promise whose day is still to come is open again, another is broken. Of
 * promises that the receipt may have kept: it came, or paid an item of theirs, in their time. The receivables are as they are by now.
 */
export async function judgeKeptAgain(
  tx: Transaction,
  receivables: Receivables,
  {
    paymentId,
    invoiceIds,
    waited,
    reason,
    actor,
    at,
  }: {
    paymentId: string;
    /** That are open again. */
    invoiceIds: readonly string[];
    /** A part of it waited unapplied. */
    waited: boolean;
    reason: string;
    actor: Actor;
    at: string;
  },
): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT p.id FROM promises p JOIN payments r ON r.id = $1
     WHERE p.customer_id = $2 AND p.status = 'kept' AND r.at <= p.ended_at AND r.value_on <= p.receipts_until
       AND (r.at >= p.at OR EXISTS (SELECT FROM payment_applications a JOIN promise_items i ON i.invoice_id = a.invoice_id
         WHERE a.payment_id = r.id AND i.promise_id = p.id AND a.at BETWEEN p.at AND p.ended_at))
       AND ($4 OR EXISTS (SELECT FROM promise_items i WHERE i.promise_id = p.id AND i.invoice_id = ANY ($3)))`,
    [paymentId, receivables.account.customerId, invoiceIds, waited],
  );
  if (rows.length === 0) return;
  const kept = rows.map(({ id }) => id);
  const promises = await readOpenPromises(tx, receivables, kept);
  const outcomes = await judge(tx, receivables, promises, at);
  for (const promise of promises.filter(({ id }) => kept.includes(id))) {
    const outcome = outcomes.get(promise.id);
    if (outcome === 'broken') await breakPromise(tx, promise, { reason, actor: system, at });
    else if (outcome === 'open') await reopenPromise(tx, promise, { reason, actor, at });
    else if (outcome === 'void') {
      await endPromise(tx, promise, { status: 'cancelled', reason: `${reason}; nothing of it is asked for any more`, actor, at });
    }
  }
}

/** Open again, unless something of it was promised anew meanwhile: then that promise counts. */
async function reopenPromise(
  tx: Transaction,
  promise: PromiseRow,
  how: { reason: string; actor: Actor; at: string },
): Promise<void> {
  const { id } = promise;
  const { rows } = await tx.query<{ promiseId: string }>(
    `SELECT o.promise_id AS "promiseId" FROM promise_items i JOIN promise_items o ON o.invoice_id = i.invoice_id AND o.live
     WHERE i.promise_id = $1 LIMIT 1`,
    [id],
  );
  if (rows[0]) {
    const reason = `${how.reason}; promised anew with ${rows[0].promiseId}`;
    return endPromise(tx, promise, { ...how, reason, status: 'cancelled' });
  }
  await tx.query(
    `WITH opened AS (
       UPDATE promises SET status = 'open', status_reason = $2, ended_by = NULL, ended_at = NULL WHERE id = $1)
     UPDATE promise_items SET live = true WHERE promise_id = $1`,
    [id, how.reason],
  );
  await recordPromise(tx, promise, { ...how, status: 'open', action: 'promise-reopened', before: { status: 'kept' } });
}

/** Stands on the timeline of each item, and so of the customer. */
export async function recordPromise(
  tx: Transaction,
  promise: Omit<PromiseRow, keyof OpenPromise | 'status'> & { id: string; amountMinor: number },
  how: { status: PromiseStatus; action: string; reason?: string | undefined; before?: object; actor: Actor; at: string },
): Promise<void> {
  const { id, customerId, currency, amountMinor, promisedOn, policyVersion, invoiceIds } = promise;
  const { rows } = await tx.query<{ invoiceId: string; orderId: string | null }>(
    'SELECT id AS "invoiceId", order_id AS "orderId" FROM invoices WHERE id = ANY ($1) ORDER BY id',
    [invoiceIds],
  );
  const words = {
    open: 'promised',
    kept: 'promised, and kept',
    broken: 'promised, and not paid',
    cancelled: 'no longer promised',
  };
  for (const { invoiceId, orderId } of rows) {
    await record(tx, {
      at: how.at,
      actor: how.actor,
      action: how.action,
      summary: `${id}: ${formatMoney({ currency, amountMinor })} by ${promisedOn} ${words[how.status]}`,
      ...(how.reason === undefined ? {} : { reason: how.reason }),
      policyVersion: `dunning v${policyVersion}`,
      customerId,
      orderId: orderId ?? undefined,
      invoiceId,
      ...(how.before ? { before: how.before } : {}),
      after: { promiseId: id, status: how.status, invoiceIds },
    });
  }
}

export async function tellOfPromise(
  tx: Transaction,
  promise: { id: string; customerId: string; currency: string; amountMinor: number; promisedOn: string; invoiceIds: string[] },
  { status, reason, at }: { status: 'open' | 'broken' | 'cancelled'; reason?: string; at: string },
): Promise<void> {
  const { id, customerId, currency, amountMinor, promisedOn, invoiceIds } = promise;
  const items = invoiceIds.map((invoiceId) => ({ invoiceId }));
  await tell(tx, {
    // One that was kept after all may be broken once more.
    key: status === 'broken' ? `${id}:broken:${at}` : `${id}:${status}`,
    kind: 'promise',
    customerId,
    ...(invoiceIds.length === 1 ? { invoiceId: invoiceIds[0] } : {}),
    facts: { promiseId: id, promiseStatus: status, amountMinor, currency, promisedOn, items, ...(reason ? { reason } : {}) },
    at,
  });
}
