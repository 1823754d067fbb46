import { askedFor } from '../../domain/instalments.ts';
import { formatMoney } from '../../domain/money.ts';
import type { OpenPromise, PromiseStatus, WaitingReceipt } from '../../domain/promise.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from './audit.ts';
import type { Receivables } from './cash-application.ts';
import { readCompany } from './company.ts';
import { resumeDunning } from './dunning.ts';
import { tell } from './notices.ts';

/* Promises to pay (P6). One changes under the lock of its customer's receivables, where its letters are decided too. */

export interface PromiseRow extends OpenPromise {
  customerId: string;
  currency: string;
  promisedOn: string;
  policyVersion: number;
  invoiceIds: string[];
}

/** The open promises of a customer, with what receipts have paid of their items since; money that was taken back has paid nothing. */
export async function readOpenPromises(tx: Transaction, { account, items }: Receivables): Promise<PromiseRow[]> {
  const { rows } = await tx.query<Omit<PromiseRow, 'askedForMinor'>>(
    `SELECT p.id, p.customer_id AS "customerId", p.currency, p.amount_minor AS "amountMinor", p.promised_on AS "promisedOn",
       p.receipts_until AS "receiptsUntil", p.due_at AS "dueAt", p.policy_version AS "policyVersion", p.at,
       ARRAY(SELECT invoice_id FROM promise_items WHERE promise_id = p.id ORDER BY invoice_id) AS "invoiceIds",
       (SELECT coalesce(sum(a.amount_minor), 0)::bigint FROM standing_applications a JOIN promise_items i USING (invoice_id)
        WHERE i.promise_id = p.id AND a.at >= p.at AND a.value_on <= p.receipts_until) AS "appliedMinor"
     FROM promises p WHERE p.customer_id = $1 AND p.status = 'open' ORDER BY p.id`,
    [account.customerId],
  );
  return rows.map((row) => ({
    ...row,
    askedForMinor: items
      .filter(({ id }) => row.invoiceIds.includes(id))
      .reduce((total, item) => total + askedFor(item).openMinor, 0),
  }));
}

/** What has come in since an instant and waits unapplied. */
export async function readWaitingReceipts(tx: Transaction, customerId: string, since: string): Promise<WaitingReceipt[]> {
  const { rows } = await tx.query<WaitingReceipt>(
    `SELECT at, value_on AS "valueOn", unapplied_minor AS "unappliedMinor" FROM payments
     WHERE customer_id = $1 AND unapplied_minor > 0 AND at >= $2 ORDER BY value_on, id`,
    [customerId, since],
  );
  return rows;
}

/** Ends a promise: what is still open of its items is asked for again, from where it stood. */
export async function endPromise(
  tx: Transaction,
  promise: PromiseRow,
  end: { status: Exclude<PromiseStatus, 'open'>; reason?: string; actor: Actor; at: string },
): Promise<void> {
  const { id, invoiceIds } = promise;
  const { status, reason, actor, at } = end;
  await tx.query(
    `WITH ended AS (
       UPDATE promises SET status = $2, status_reason = $3, ended_by = $4, ended_at = $5 WHERE id = $1)
     UPDATE promise_items SET live = false WHERE promise_id = $1`,
    [id, status, reason, actor.name, at],
  );
  const { timeZone } = await readCompany(tx);
  for (const invoiceId of invoiceIds) await resumeDunning(tx, invoiceId, { cause: id, timeZone, at });
  await recordPromise(tx, promise, { ...end, action: `promise-${status}`, before: { status: 'open' } });
}

/** Stands on the timeline of each item, and so of the customer. */
export async function recordPromise(
  tx: Transaction,
  promise: Omit<PromiseRow, keyof OpenPromise> & { id: string; amountMinor: number },
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
    key: `${id}:${status}`,
    kind: 'promise',
    customerId,
    ...(invoiceIds.length === 1 ? { invoiceId: invoiceIds[0] } : {}),
    facts: { promiseId: id, promiseStatus: status, amountMinor, currency, promisedOn, items, ...(reason ? { reason } : {}) },
    at,
  });
}
