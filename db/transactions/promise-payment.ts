import { type Fault, Refusal } from '../../domain/failures.ts';
import { askedFor, openInstalments } from '../../domain/instalments.ts';
import { formatMoney } from '../../domain/money.ts';
import { brokenCountsDays, defaultPromiseTerms, promiseDueAt } from '../../domain/promise.ts';
import { addDays, compareDates, type IsoDate, localDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import type { Actor } from '../statements/audit.ts';
import { lockReceivables } from '../statements/cash-application.ts';
import { readCompany, readPolicy } from '../statements/company.ts';
import { faultsOfNamed, type OpenItemRow } from '../statements/invoices.ts';
import { endPromise, readOpenPromises, recordPromise, tellOfPromise } from '../statements/promises.ts';

/** As many as a promise may name, and so as it covers. */
export const promisedInvoicesMaximum = 200;

export interface PromisePaymentInput {
  customerId: string;
  /** The customer promises by its own key: all that is due by the day, and not again for what it has failed to pay before. */
  byCustomer: boolean;
  amountMinor: number;
  currency: string;
  promisedOn: IsoDate;
  /** None: all that is open and due by the day. */
  invoiceIds: readonly string[];
  note?: string | undefined;
  actor: Actor;
  at: string;
}

/**
 * Takes a promise to pay (P6). Letters and collections leave its items in peace from now on until its day and the policy's grace have
 * passed; the hold does not ask. An item is in one open promise at most.
 */
export async function promisePayment(tx: Transaction, input: PromisePaymentInput): Promise<{ id: string }> {
  const { customerId, byCustomer, amountMinor, promisedOn, note, actor, at } = input;
  const { rows } = await tx.query<{ currency: string }>('SELECT currency FROM customers WHERE id = $1', [customerId]);
  if (!rows[0]) throw new Refusal(404, 'unknown-customer', `There is no customer ${customerId}.`);
  const { currency } = rows[0];
  const [{ timeZone }, policy] = await Promise.all([readCompany(tx), readPolicy(tx, 'dunning')]);
  const { graceDays, maximumDays } = policy.promises ?? defaultPromiseTerms;
  const { items } = await lockReceivables(tx, customerId);

  const today = localDate(at, timeZone);
  const faults: Fault[] = await faultsOfNamed(tx, customerId, input.invoiceIds);
  if (input.currency !== currency) {
    faults.push({ path: '/currency', code: 'currency', detail: `${customerId} is billed in ${currency}.` });
  }
  if (compareDates(promisedOn, today) < 0) {
    faults.push({ path: '/promisedOn', code: 'past-date', detail: `${promisedOn} is before today, ${today}.` });
  }
  const latestOn = addDays(today, maximumDays);
  if (compareDates(promisedOn, latestOn) > 0) {
    faults.push({ path: '/promisedOn', code: 'too-late', detail: `A payment may be promised until ${latestOn}.` });
  }
  const asked = items.map(askedFor).filter(({ openMinor }) => openMinor > 0);
  const history = await readHistory(
    tx,
    asked.map(({ id }) => id),
    addDays(today, -brokenCountsDays),
  );
  const wanted =
    input.invoiceIds.length > 0
      ? asked.filter(({ id }) => input.invoiceIds.includes(id))
      : asked.filter((item) => dueByMinor(item, promisedOn) > 0 && !history.get(item.id)?.live);
  for (const [index, invoiceId] of input.invoiceIds.entries()) {
    const path = `/invoiceIds/${index}`;
    if (faults.some((fault) => fault.path === path)) continue;
    if (!wanted.some(({ id }) => id === invoiceId)) {
      faults.push({ path, code: 'nothing-open', detail: `Nothing of ${invoiceId} is asked for.` });
    } else if (history.get(invoiceId)?.live) {
      const detail = `${history.get(invoiceId)?.live} is a promise to pay ${invoiceId} already.`;
      faults.push({ path, code: 'promised-already', detail });
    }
  }
  if (input.invoiceIds.length === 0 && wanted.length === 0) {
    const detail = `Nothing of ${customerId} is due by ${promisedOn} and not promised already.`;
    throw new Refusal(409, 'nothing-open', detail);
  }
  if (wanted.length > promisedInvoicesMaximum) {
    const detail = `${wanted.length} invoices are due by ${promisedOn}: name at most ${promisedInvoicesMaximum}.`;
    faults.push({ path: '/invoiceIds', code: 'too-many', detail });
  }
  const money = (minor: number) => formatMoney({ currency, amountMinor: minor });
  const openMinor = wanted.reduce((total, item) => total + item.openMinor, 0);
  if (wanted.length > 0 && amountMinor > openMinor) {
    faults.push({ path: '/amountMinor', code: 'more-than-open', detail: `${money(openMinor)} of it is open and not disputed.` });
  }
  if (byCustomer) {
    const dueMinor = wanted.reduce((total, item) => total + dueByMinor(item, promisedOn), 0);
    if (amountMinor < dueMinor) {
      const detail = `${money(dueMinor)} is due by ${promisedOn}: ask us to agree to less.`;
      faults.push({ path: '/amountMinor', code: 'less-than-due', detail });
    }
    const broken = wanted.find(({ id }) => history.get(id)?.broken);
    if (broken) {
      const detail = `${history.get(broken.id)?.broken}, a promise to pay ${broken.id}, was broken: ask us for another.`;
      faults.push({ path: '/invoiceIds', code: 'broken-before', detail });
    }
  }
  if (faults.length > 0) throw new Refusal(422, 'invalid-promise', 'This payment cannot be promised so.', { faults });

  const invoiceIds = wanted.map(({ id }) => id);
  const { id } = only(
    await tx.query<{ id: string }>(
      `WITH promise AS (
         INSERT INTO promises (customer_id, currency, amount_minor, promised_on, receipts_until, due_at, policy_version, note, actor, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id),
       items AS (
         INSERT INTO promise_items (promise_id, invoice_id) SELECT promise.id, invoice_id FROM promise, unnest($11::text[]) AS invoice_id)
       SELECT id FROM promise`,
      [
        customerId,
        currency,
        amountMinor,
        promisedOn,
        addDays(promisedOn, graceDays),
        promiseDueAt(promisedOn, graceDays, timeZone),
        policy.version,
        note,
        actor.name,
        at,
        invoiceIds,
      ],
    ),
  );
  const promise = { id, customerId, currency, amountMinor, promisedOn, policyVersion: policy.version, invoiceIds };
  await recordPromise(tx, promise, { status: 'open', action: 'promise-given', reason: note, actor, at });
  await tellOfPromise(tx, promise, { status: 'open', at });
  return { id };
}

/** A promise that a person no longer counts on; letters go on. With it nothing is held against the customer. */
export async function cancelPromise(
  tx: Transaction,
  { promiseId, reason, actor, at }: { promiseId: string; reason: string; actor: Actor; at: string },
): Promise<void> {
  const read = () =>
    tx.query<{ customerId: string; status: string }>('SELECT customer_id AS "customerId", status FROM promises WHERE id = $1', [
      promiseId,
    ]);
  const found = (await read()).rows[0];
  if (!found) throw new Refusal(404, 'unknown-promise', `There is no promise ${promiseId}.`);
  const locked = await lockReceivables(tx, found.customerId);
  const { status } = only(await read());
  if (status !== 'open') throw new Refusal(409, 'promise-state', `${promiseId} is ${status} already.`);
  const promise = (await readOpenPromises(tx, locked)).find(({ id }) => id === promiseId)!;
  await endPromise(tx, promise, { status: 'cancelled', reason, actor, at });
  await tellOfPromise(tx, promise, { status: 'cancelled', reason, at });
}

/** What of an item falls due until a day. */
const dueByMinor = (item: OpenItemRow, on: IsoDate): number =>
  openInstalments(item).reduce((total, part) => total + (compareDates(part.dueOn, on) <= 0 ? part.openMinor : 0), 0);

/** By item: its open promise, and the last one that was broken since a day. */
async function readHistory(
  tx: Transaction,
  invoiceIds: readonly string[],
  since: IsoDate,
): Promise<Map<string, { live: string | null; broken: string | null }>> {
  const { rows } = await tx.query<{ invoiceId: string; live: string | null; broken: string | null }>(
    `SELECT i.invoice_id AS "invoiceId", max(p.id) FILTER (WHERE i.live) AS live,
       max(p.id) FILTER (WHERE p.status = 'broken' AND p.promised_on >= $2) AS broken
     FROM promise_items i JOIN promises p ON p.id = i.promise_id WHERE i.invoice_id = ANY ($1) GROUP BY i.invoice_id`,
    [invoiceIds, since],
  );
  return new Map(rows.map(({ invoiceId, ...history }) => [invoiceId, history]));
}
