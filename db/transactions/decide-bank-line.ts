import { cashPolicyIn } from '../../domain/cash-matching.ts';
import { Refusal } from '../../domain/failures.ts';
import { applyRate, formatMoney } from '../../domain/money.ts';
import { policyRateInWords } from '../../domain/policy-amount.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import {
  type BankLineRow,
  bookInSuspense,
  bookOutOfSuspense,
  lockBankLine,
  saveBankLine,
  startLineClock,
} from '../statements/bank-lines.ts';
import { readCashPolicy } from '../statements/company.ts';
import { endClockOf } from '../statements/documentation.ts';
import { readPolicyRate } from '../statements/exchange-rates.ts';
import { applyLine, matchCredit, postLine, tieLine } from './match-bank-line.ts';
import { reversePayment } from './reverse-payment.ts';

export interface LineItem {
  invoiceId: string;
  amountMinor?: number | undefined;
  deduction?: { code: DeductionCode; amountMinor: number; note?: string | undefined } | undefined;
}
export type DeductionCode =
  | 'small-difference'
  | 'bank-charges'
  | 'price'
  | 'quantity'
  | 'damage'
  | 'discount'
  | 'freight'
  | 'other';

interface Deciding {
  lineId: string;
  actor: Actor;
  at: string;
  offsetMs: number;
}

export interface DecidedLine {
  lineId: string;
  status: BankLineRow['status'];
  customerId: string | null;
  paymentId: string | null;
}

/** Posts a suggestion of the ladder as it stands; a person has looked at it (P2). */
export async function acceptSuggestion(tx: Transaction, input: Deciding & { suggestion: number }): Promise<DecidedLine> {
  const line = await lockUndecided(tx, input.lineId);
  const match = line.suggestions[input.suggestion];
  if (!match) throw new Refusal(422, 'unknown-suggestion', `${line.id} has ${line.suggestions.length} suggestions.`);
  if (match.recorded) {
    await tieLine(tx, line, input, match);
    return decided(tx, line, input, 'bank-line-matched', `is ${line.paymentId}, which was in the books already`);
  }
  const last = match.invoiceIds.at(-1);
  const items = match.invoiceIds.map((invoiceId) => ({
    invoiceId,
    ...(invoiceId === last && match.shortMinor > 0
      ? { deduction: { code: 'small-difference' as const, amountMinor: match.shortMinor } }
      : {}),
  }));
  return payByHand(tx, line, input, match.customerId, items);
}

/** Pays these items with a line, in parts and with deductions as a person says; what they leave waits on account (P2). */
export async function matchByHand(
  tx: Transaction,
  input: Deciding & { customerId: string; items: LineItem[] },
): Promise<DecidedLine> {
  return payByHand(tx, await lockUndecided(tx, input.lineId), input, input.customerId, input.items);
}

/** Says who has paid a line; the ladder looks again, and what it does not place waits on that account (P2). */
export async function assignPayer(tx: Transaction, input: Deciding & { customerId: string }): Promise<DecidedLine> {
  const line = await lockUndecided(tx, input.lineId);
  if (line.paymentId !== null) {
    throw new Refusal(409, 'payer-known', `${line.id} is booked as money of ${line.customerId}; undo that first.`);
  }
  const { rows } = await tx.query<{ currency: string }>('SELECT currency FROM customers WHERE id = $1', [input.customerId]);
  if (rows[0]?.currency !== line.currency) {
    throw new Refusal(422, 'wrong-payer', `There is no customer ${input.customerId} that is billed in ${line.currency}.`);
  }
  await matchCredit(tx, line, input, input.customerId);
  return decided(tx, line, input, 'payer-assigned', `money of ${input.customerId}`);
}

/** Sets a line aside that is none of a customer's business: a transfer of our own, a payment to a supplier. Its money is in no suspense. */
export async function ignoreLine(tx: Transaction, input: Deciding & { reason: string }): Promise<DecidedLine> {
  const line = await lockUndecided(tx, input.lineId, true);
  if (line.paymentId !== null) throw new Refusal(409, 'line-is-booked', `${line.id} is booked as ${line.paymentId}.`);
  await bookOutOfSuspense(tx, line, input.at);
  await endClockOf(tx, { source: 'bank-line', sourceId: line.id, reason: input.reason, actor: input.actor, at: input.at });
  Object.assign(line, { status: 'ignored', statusReason: input.reason, customerId: null, suggestions: [], matchOn: null });
  return decided(tx, line, input, 'bank-line-ignored', 'set aside', input.reason);
}

/** Takes a line back that was set aside: it waits for a person again. */
export async function reopenLine(tx: Transaction, input: Deciding & { reason: string }): Promise<DecidedLine> {
  const line = await lockBankLine(tx, input.lineId);
  if (line.status !== 'ignored') throw new Refusal(409, 'line-state', `${line.id} is ${line.status}, not ignored.`);
  await bookInSuspense(tx, line, input.at);
  Object.assign(line, { status: 'unmatched', statusReason: input.reason });
  return decided(tx, line, input, 'bank-line-reopened', 'taken back', input.reason);
}

/**
 * Undoes what a line was booked as: the receipt is taken back on its own days, as if it had never been theirs, and the money waits in
 * suspense for a person (P2).
 */
export async function undoMatch(tx: Transaction, input: Deciding & { reason: string }): Promise<DecidedLine> {
  const line = await lockBankLine(tx, input.lineId);
  if (line.direction === 'debit') throw new Refusal(409, 'line-is-debit', `${line.id} brings no money.`);
  const { paymentId } = line;
  if (paymentId === null) throw new Refusal(409, 'line-state', `${line.id} is ${line.status}: there is no match to undo.`);
  const { reason, actor, at, offsetMs } = input;
  // A receipt that was recorded by hand, and that the line was only tied to, stays.
  if (await isBookedFrom(tx, line.id, paymentId)) {
    await reversePayment(tx, { paymentId, kind: 'undo', reason, actor, at, offsetMs });
  }
  line.revision += 1;
  await bookInSuspense(tx, line, at);
  Object.assign(line, { status: 'unmatched', statusReason: reason, customerId: null, paymentId: null, suggestions: [] });
  await startLineClock(tx, line, { actor, at });
  return decided(tx, line, input, 'bank-line-undone', `no longer ${paymentId}`, reason);
}

async function isBookedFrom(tx: Transaction, lineId: string, paymentId: string): Promise<boolean> {
  const { rows } = await tx.query("SELECT 1 FROM payments WHERE id = $1 AND external_reference LIKE $2 || '/%'", [
    paymentId,
    lineId,
  ]);
  return rows.length > 0;
}

async function lockUndecided(tx: Transaction, lineId: string, debitToo = false): Promise<BankLineRow> {
  const line = await lockBankLine(tx, lineId);
  if (line.status !== 'suggested' && line.status !== 'unmatched') {
    throw new Refusal(409, 'line-state', `${lineId} is ${line.status}: nobody has to decide about it.`);
  }
  if (line.direction === 'debit' && !debitToo) throw new Refusal(409, 'line-is-debit', `${lineId} brings no money.`);
  return line;
}

async function payByHand(
  tx: Transaction,
  line: BankLineRow,
  doing: Deciding,
  customerId: string,
  items: LineItem[],
): Promise<DecidedLine> {
  if (line.paymentId !== null && line.customerId !== customerId) {
    throw new Refusal(409, 'payer-known', `${line.id} is booked as money of ${line.customerId}.`);
  }
  await mustBeTolerable(tx, items, line);
  if (line.paymentId === null) await postLine(tx, line, doing, { customerId, invoiceIds: [] });
  const isWrittenOff = (code: DeductionCode): code is 'small-difference' | 'bank-charges' =>
    code === 'small-difference' || code === 'bank-charges';
  await applyLine(
    tx,
    line,
    doing,
    items.map(({ invoiceId, amountMinor, deduction }) => {
      if (deduction && isWrittenOff(deduction.code)) {
        return { invoiceId, amountMinor, writeOff: { code: deduction.code, amountMinor: deduction.amountMinor } };
      }
      return { invoiceId, amountMinor };
    }),
  );
  for (const { invoiceId, deduction } of items) {
    if (!deduction || isWrittenOff(deduction.code)) continue;
    await tx.query(
      `INSERT INTO deductions (payment_id, invoice_id, code, amount_minor, note, actor, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [line.paymentId, invoiceId, deduction.code, deduction.amountMinor, deduction.note, doing.actor.name, doing.at],
    );
    await record(tx, {
      at: doing.at,
      actor: doing.actor,
      action: 'deduction-noted',
      summary: `${formatMoney({ currency: line.currency, amountMinor: deduction.amountMinor })} deducted for ${deduction.code}: it stays open`,
      reason: deduction.note,
      customerId,
      invoiceId,
      after: { paymentId: line.paymentId, lineId: line.id, ...deduction },
    });
  }
  line.suggestions = [];
  line.matchOn = null;
  Object.assign(line, { status: 'matched', statusReason: `matched by ${doing.actor.name}` });
  return decided(tx, line, doing, 'bank-line-matched', `pays ${items.map(({ invoiceId }) => invoiceId).join(', ')}`);
}

/** Nobody writes off more than the policy lets a machine write off; more is a deduction that stays open, with its reason. */
async function mustBeTolerable(tx: Transaction, items: LineItem[], line: BankLineRow): Promise<void> {
  const policy = cashPolicyIn(await readCashPolicy(tx), await readPolicyRate(tx, line.currency, line.valueOn));
  const inWords = policyRateInWords(policy.policyRate);
  const faults = items.flatMap(({ deduction, amountMinor }, index) => {
    const path = `/items/${index}/deduction`;
    if (deduction?.code === 'small-difference') {
      const asked = (amountMinor ?? line.amountMinor) + deduction.amountMinor;
      const mostMinor = Math.min(policy.toleranceMinor, applyRate(asked, policy.toleranceRate, 'half-up'));
      if (deduction.amountMinor > mostMinor) {
        return [
          {
            path,
            code: 'above-tolerance',
            detail: `At most ${mostMinor} is a small difference${inWords}; give the reason of a deduction.`,
          },
        ];
      }
    }
    if (deduction?.code === 'bank-charges' && deduction.amountMinor > policy.bankChargesMaximumMinor) {
      return [
        {
          path,
          code: 'above-tolerance',
          detail: `At most ${policy.bankChargesMaximumMinor} is taken for charges of banks${inWords}.`,
        },
      ];
    }
    return [];
  });
  if (faults.length > 0) throw new Refusal(422, 'invalid-deduction', 'The deduction cannot be written off.', { faults });
}

async function decided(
  tx: Transaction,
  line: BankLineRow,
  { actor, at }: Deciding,
  action: string,
  what: string,
  reason?: string,
): Promise<DecidedLine> {
  await saveBankLine(tx, line);
  const { id, status, customerId, paymentId, currency, amountMinor } = line;
  const summary = `${id}: ${formatMoney({ currency, amountMinor })}, ${what}`;
  await record(tx, {
    at,
    actor,
    action,
    summary,
    reason,
    customerId: customerId ?? undefined,
    after: { lineId: id, status, paymentId },
  });
  return { lineId: id, status, customerId, paymentId };
}
