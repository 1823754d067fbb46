import { type ChequeCommand, chequeTransitions, mayMoveCheque } from '../../domain/cheque.ts';
import { type Fault, Refusal } from '../../domain/failures.ts';
import { formatMoney } from '../../domain/money.ts';
import { compareDates, endOfBusinessDay, type IsoDate, localDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { type Cheque, chequeColumns } from '../queries/cheques.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany, readPolicy } from '../statements/company.ts';
import { lockAccount } from '../statements/credit.ts';
import { endClocks, prolongClock, startDocumentationClock } from '../statements/documentation.ts';
import { faultsOfNamed } from '../statements/invoices.ts';
import { openTask } from '../statements/tasks.ts';
import { receivePayment } from './receive-payment.ts';
import { reversePayment } from './reverse-payment.ts';
import { dunAfterClock } from './take-receivable-step.ts';

export interface ReceiveChequeInput {
  customerId: string;
  number: string;
  /** The bank that it is drawn on. */
  bank: string;
  currency: string;
  amountMinor: number;
  receivedOn: IsoDate;
  invoiceIds: string[];
  remittanceText?: string | undefined;
  actor: Actor;
  at: string;
}

/** Takes in a cheque that has come: no money yet, but its clock starts (P1). The same piece of paper is taken once. */
export async function receiveCheque(tx: Transaction, input: ReceiveChequeInput): Promise<Cheque> {
  const { customerId, number, bank, currency, amountMinor, receivedOn, invoiceIds, remittanceText, actor, at } = input;
  const [{ timeZone }, { chequesCountFrom }, { rows }] = await Promise.all([
    readCompany(tx),
    readPolicy(tx, 'documentation'),
    tx.query<{ currency: string }>('SELECT currency FROM customers WHERE id = $1', [customerId]),
  ]);
  if (!rows[0]) throw new Refusal(422, 'unknown-customer', `There is no customer ${customerId}.`);
  const today = localDate(at, timeZone);
  const faults: Fault[] = await faultsOfNamed(tx, customerId, invoiceIds);
  if (rows[0].currency !== currency) {
    faults.push({ path: '/currency', code: 'currency', detail: `${customerId} is billed in ${rows[0].currency}.` });
  }
  if (compareDates(receivedOn, today) > 0) {
    faults.push({ path: '/receivedOn', code: 'future-date', detail: `${receivedOn} is after today, ${today}.` });
  }
  if (faults.length > 0) throw new Refusal(422, 'invalid-cheque', 'The cheque cannot be taken in.', { faults });
  const inserted = await tx.query<Cheque>(
    `INSERT INTO cheques (customer_id, number, bank, currency, amount_minor, invoice_ids, remittance_text, counts_from, received_on,
       actor, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (customer_id, bank, number) DO NOTHING RETURNING ${chequeColumns}`,
    [customerId, number, bank, currency, amountMinor, invoiceIds, remittanceText, chequesCountFrom, receivedOn, actor.name, at],
  );
  const cheque = inserted.rows[0];
  if (!cheque) throw new Refusal(409, 'cheque-already-received', `Cheque ${number} of ${bank} has been taken in already.`);
  await record(tx, {
    at,
    actor,
    action: 'cheque-received',
    summary: `${cheque.id}: cheque ${number} of ${bank} over ${money(cheque)} came on ${receivedOn}`,
    customerId,
    after: { chequeId: cheque.id },
  });
  await startDocumentationClock(tx, {
    source: 'cheque',
    sourceId: cheque.id,
    customerId,
    currency,
    amountMinor,
    paidOn: receivedOn,
    reference: number,
    invoiceIds,
    start: receivedOn === today ? { at } : { on: receivedOn },
    actor,
    at,
  });
  return cheque;
}

export interface MoveChequeInput {
  chequeId: string;
  /** The bank's day. */
  on: IsoDate;
  actor: Actor;
  at: string;
  offsetMs: number;
}

/** The cheque was given to the bank. Where money counts from the deposit, it is a receipt now. */
export async function depositCheque(tx: Transaction, input: MoveChequeInput): Promise<Cheque> {
  const { on, actor, at } = input;
  const cheque = await lockCheque(tx, input, 'deposit');
  await tx.query("UPDATE cheques SET status = 'deposited', deposited_on = $2 WHERE id = $1", [cheque.id, on]);
  if (cheque.countsFrom === 'deposit') await becomeMoney(tx, cheque, input);
  else {
    // The bank has its time before a person is to ask for the money.
    const { chequeClearingBusinessDays: businessDays } = await readPolicy(tx, 'documentation');
    await lockAccount(tx, cheque.customerId);
    await prolongClock(tx, { sourceId: cheque.id, start: { on }, businessDays, actor, at });
  }
  return moved(tx, cheque, { ...input, action: 'cheque-deposited', what: `was given to the bank on ${on}` });
}

/** The bank has the money. */
export async function clearCheque(tx: Transaction, input: MoveChequeInput): Promise<Cheque> {
  const cheque = await lockCheque(tx, input, 'clear');
  await tx.query("UPDATE cheques SET status = 'cleared', cleared_on = $2 WHERE id = $1", [cheque.id, input.on]);
  if (cheque.countsFrom === 'clearing') await becomeMoney(tx, cheque, input);
  return moved(tx, cheque, { ...input, action: 'cheque-cleared', what: `was cleared on ${input.on}` });
}

/**
 * The bank gives the cheque back unpaid. One that has not counted yet leaves no trace in the books, and the letters go on. The receipt
 * of one that has is taken back.
 */
export async function bounceCheque(tx: Transaction, input: MoveChequeInput & { reason: string }): Promise<Cheque> {
  const { on, reason, actor, at } = input;
  const cheque = await lockCheque(tx, input, 'bounce');
  const { id, customerId, number, bank, paymentId } = cheque;
  await tx.query("UPDATE cheques SET status = 'bounced', bounced_on = $2, bounce_reason = $3 WHERE id = $1", [id, on, reason]);
  const { timeZone } = await readCompany(tx);
  await openTask(tx, {
    key: `${id}:bounced`,
    kind: 'bounced-cheque',
    role: 'receivables',
    title: `Cheque ${number} of ${bank} over ${money(cheque)} bounced; ask ${customerId} to pay in another way`,
    details: { chequeId: id, paymentId, reason },
    customerId,
    dueAt: endOfBusinessDay(at, timeZone),
    at,
  });
  if (paymentId) {
    await reversePayment(tx, { paymentId, kind: 'bounce', reason, on, chequeId: id, actor, at, offsetMs: input.offsetMs });
  } else {
    const account = await lockAccount(tx, customerId);
    const { rows } = await tx.query<{ clockId: string }>(
      `SELECT id AS "clockId" FROM documentation_clocks WHERE source = 'cheque' AND source_id = $1`,
      [id],
    );
    const { clockId } = only({ rows });
    await endClocks(tx, { ids: [clockId], reason: `the cheque bounced: ${reason}`, actor, at });
    await dunAfterClock(tx, { account, clockId, at });
  }
  return moved(tx, cheque, { ...input, action: 'cheque-bounced', what: `bounced on ${on}` });
}

const money = ({ currency, amountMinor }: Cheque): string => formatMoney({ currency, amountMinor });

async function becomeMoney(tx: Transaction, cheque: Cheque, { on, actor, at, offsetMs }: MoveChequeInput): Promise<void> {
  const { id, customerId, currency, amountMinor, invoiceIds, remittanceText } = cheque;
  const { paymentId } = await receivePayment(tx, {
    customerId,
    method: 'cheque',
    currency,
    amountMinor,
    valueOn: on,
    invoiceIds,
    remittanceText: remittanceText ?? undefined,
    // Its own id: two banks, or two accounts of one, may number their cheques alike.
    externalReference: id,
    source: { source: 'cheque', sourceId: id },
    actor,
    at,
    offsetMs,
  });
  await tx.query('UPDATE cheques SET payment_id = $2 WHERE id = $1', [id, paymentId]);
}

/** The cheque, locked, when it may be moved from where it is on that day. */
async function lockCheque(tx: Transaction, { chequeId, on, at }: MoveChequeInput, command: ChequeCommand): Promise<Cheque> {
  const { timeZone } = await readCompany(tx);
  const { rows } = await tx.query<Cheque>(`SELECT ${chequeColumns} FROM cheques WHERE id = $1 FOR UPDATE`, [chequeId]);
  const cheque = rows[0];
  if (!cheque) throw new Refusal(404, 'unknown-cheque', `There is no cheque ${chequeId}.`);
  if (!mayMoveCheque(cheque.status, command)) {
    throw new Refusal(409, 'cheque-state', `${chequeId} is ${cheque.status}, not ${chequeTransitions[command].join(' or ')}.`);
  }
  const earliest = cheque.clearedOn ?? cheque.depositedOn ?? cheque.receivedOn;
  const today = localDate(at, timeZone);
  if (compareDates(on, earliest) < 0 || compareDates(on, today) > 0) {
    const detail = `${on} is not between ${earliest} and today, ${today}.`;
    throw new Refusal(422, 'invalid-cheque', detail, { faults: [{ path: '/on', code: 'date', detail }] });
  }
  return cheque;
}

async function moved(
  tx: Transaction,
  before: Cheque,
  { action, what, actor, at, reason }: MoveChequeInput & { action: string; what: string; reason?: string },
): Promise<Cheque> {
  const cheque = only(await tx.query<Cheque>(`SELECT ${chequeColumns} FROM cheques WHERE id = $1`, [before.id]));
  await record(tx, {
    at,
    actor,
    action,
    summary: `${cheque.id}: cheque ${cheque.number} of ${cheque.bank} over ${money(cheque)} ${what}`,
    reason,
    customerId: cheque.customerId,
    before: { status: before.status },
    after: { chequeId: cheque.id, status: cheque.status, paymentId: cheque.paymentId },
  });
  return cheque;
}
