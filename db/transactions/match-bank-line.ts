import { cashPolicyIn, type Match } from '../../domain/cash-matching.ts';
import { Refusal } from '../../domain/failures.ts';
import { bankCharged } from '../../domain/ledger.ts';
import { formatMoney } from '../../domain/money.ts';
import { policyRateInWords } from '../../domain/policy-amount.ts';
import { type IsoDate, laterDate, localDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { type Actor, record, system } from '../statements/audit.ts';
import {
  type BankLineRow,
  bookInSuspense,
  bookOutOfSuspense,
  findMatches,
  lockBankLine,
  reasonOf,
  recordedReceipts,
  saveBankLine,
  startLineClock,
} from '../statements/bank-lines.ts';
import { lockReceivables } from '../statements/cash-application.ts';
import { readCashPolicy, readClock, readCompany } from '../statements/company.ts';
import { lockAccount } from '../statements/credit.ts';
import { endClockOf } from '../statements/documentation.ts';
import { readPolicyRate } from '../statements/exchange-rates.ts';
import { book } from '../statements/ledger.ts';
import { type ApplyPaymentInput, applyPayment } from './apply-payment.ts';
import { clearCheque } from './move-cheque.ts';
import { receivePayment } from './receive-payment.ts';
import { reversePayment } from './reverse-payment.ts';

/**
 * Finds out what a line of a bank statement pays (P2), once: what is unique posts by itself, money of a known payer waits on that
 * customer's account, and money of nobody is kept apart until a person says whose it is.
 */
export async function matchBankLine(
  tx: Transaction,
  { lineId, at, offsetMs }: { lineId: string; at: string; offsetMs: number },
): Promise<void> {
  const line = await lockBankLine(tx, lineId);
  if (line.status !== 'new') return;
  if (line.direction === 'debit') await recogniseDebit(tx, line, { actor: system, at, offsetMs });
  else await matchCredit(tx, line, { actor: system, at, offsetMs });
  await saveBankLine(tx, line);
  await startLineClock(tx, line, { actor: system, at });
}

/** Leaves a line that could not be booked to a person, with what stood in the way. */
export async function parkBankLine(
  tx: Transaction,
  { lineId, reason, at }: { lineId: string; reason: string; at: string },
): Promise<void> {
  const line = await lockBankLine(tx, lineId);
  if (line.status !== 'new') return;
  Object.assign(line, { status: 'unmatched', statusReason: reason.slice(0, 1_000) });
  await saveBankLine(tx, line);
  await startLineClock(tx, line, { actor: system, at });
}

interface Doing {
  actor: Actor;
  at: string;
  offsetMs: number;
}

/**
 * Matches one line whose value date has come since it was looked at, by itself as it would have been that day; the payer that a person has named
 * stays. What a rule refuses is left to a person. Gives whether there was one: the next goes in a transaction of its own.
 */
export async function matchLineThatHasCome(tx: Transaction, { at }: { at: string }): Promise<boolean> {
  const [{ timeZone }, { offsetMs }] = [await readCompany(tx), await readClock(tx)];
  const { rows } = await tx.query<{ id: string; assigned: string | null }>(
    `SELECT id, (SELECT CASE WHEN m.facts -> 'payers' -> 0 ->> 'by' = 'hand' THEN m.facts -> 'payers' -> 0 ->> 'customerId' END
       FROM bank_line_matchings m WHERE m.line_id = l.id ORDER BY m.id DESC LIMIT 1) AS assigned
     FROM bank_lines l WHERE match_on <= $1 ORDER BY match_on, id LIMIT 1 FOR UPDATE SKIP LOCKED`,
    [localDate(at, timeZone)],
  );
  const [due] = rows;
  if (!due) return false;
  const line = await lockBankLine(tx, due.id);
  line.matchOn = null;
  await tx.query('SAVEPOINT matching');
  try {
    await matchCredit(tx, line, { actor: system, at, offsetMs }, due.assigned ?? undefined);
    await saveBankLine(tx, line);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await tx.query('ROLLBACK TO SAVEPOINT matching');
    await tx.query('UPDATE bank_lines SET match_on = NULL, status_reason = $2 WHERE id = $1', [
      line.id,
      error.message.slice(0, 1_000),
    ]);
  }
  return true;
}

/** Runs the ladder for a line that brings money; `assigned` is who a person says has paid it. Books, and leaves the line to be saved. */
export async function matchCredit(tx: Transaction, line: BankLineRow, doing: Doing, assigned?: string): Promise<void> {
  const today = localDate(doing.at, (await readCompany(tx)).timeZone);
  const isOther = assigned !== undefined && line.suggestions.some((match) => match.recorded && match.customerId === assigned);
  const look = () => findMatches(tx, line, { today, at: doing.at, assigned, isOther });
  let matching = await look();
  const isToCome = line.valueOn > today;
  const payer = isToCome ? undefined : (matching.post?.customerId ?? matching.onAccountOf);
  if (payer !== undefined) {
    // Whoever records the same money at this moment does so before or after this.
    await lockReceivables(tx, payer);
    if (!isOther && (await recordedReceipts(tx, [{ line, customerIds: [payer] }])).length > 0) matching = await look();
  }
  const { post, onAccountOf, suggestions, recorded } = matching;
  line.matchOn = null;
  if (recorded) {
    await tieLine(tx, line, doing, recorded);
    return;
  }
  const mayBeRecorded = suggestions.find((match) => match.recorded !== undefined);
  if (isToCome) {
    if (!mayBeRecorded) await bookInSuspense(tx, line, doing.at);
    // What it will pay by itself on its day is shown meanwhile, and whose it is keeps their letters back.
    line.suggestions = post ? [post] : suggestions;
    line.customerId = post?.customerId ?? onAccountOf ?? suggestions[0]?.customerId ?? null;
    line.matchOn = line.valueOn;
    Object.assign(line, { status: 'unmatched', statusReason: `its value date ${line.valueOn} is still to come` });
    return;
  }
  line.suggestions = suggestions;
  if (post) {
    const { customerId, invoiceIds, shortMinor } = post;
    await postLine(tx, line, doing, { customerId, invoiceIds: shortMinor === 0 ? invoiceIds : [] });
    const last = invoiceIds.at(-1)!;
    if (shortMinor > 0) {
      const writeOff = { code: 'small-difference', amountMinor: shortMinor } as const;
      await applyLine(
        tx,
        line,
        doing,
        invoiceIds.map((invoiceId) => (invoiceId === last ? { invoiceId, writeOff } : { invoiceId })),
      );
    }
    Object.assign(line, { status: 'matched', statusReason: reasonOf(post) });
    return;
  }
  if (onAccountOf !== undefined) await postLine(tx, line, doing, { customerId: onAccountOf, invoiceIds: [] });
  else if (!mayBeRecorded) await bookInSuspense(tx, line, doing.at);
  line.customerId = onAccountOf ?? suggestions[0]?.customerId ?? null;
  line.status = suggestions.length > 0 ? 'suggested' : 'unmatched';
  line.statusReason = mayBeRecorded
    ? 'the same money may be in the books already'
    : onAccountOf === undefined
      ? 'nobody knows for sure whose it is'
      : 'it waits on account';
}

/**
 * Ties a line to the receipt that somebody was quicker to record, so that the same money is not booked twice. A cheque that was given to the
 * bank is cleared by it.
 */
export async function tieLine(tx: Transaction, line: BankLineRow, doing: Doing, match: Match): Promise<void> {
  const { customerId, recorded } = match;
  const { chequeId, paymentId } = recorded!;
  const id = paymentId ?? (await clearByLine(tx, line, doing, chequeId!));
  await lockAccount(tx, customerId);
  const { rows } = await tx.query<{ lineId: string }>('SELECT id AS "lineId" FROM bank_lines WHERE payment_id = $1', [id]);
  if (rows[0]) throw new Refusal(409, 'payment-has-line', `${id} is tied to ${rows[0].lineId} already.`);
  await bookOutOfSuspense(tx, line, doing.at);
  Object.assign(line, {
    status: 'matched',
    statusReason: `recorded already as ${id}`,
    paymentId: id,
    customerId,
    suggestions: [],
    matchOn: null,
  });
  await endClockOf(tx, { source: 'bank-line', sourceId: line.id, paymentId: id, actor: doing.actor, at: doing.at });
}

async function clearByLine(tx: Transaction, line: BankLineRow, doing: Doing, chequeId: string): Promise<string> {
  const { rows } = await tx.query<{ depositedOn: IsoDate; paymentId: string | null }>(
    'SELECT deposited_on AS "depositedOn", payment_id AS "paymentId" FROM cheques WHERE id = $1 FOR UPDATE',
    [chequeId],
  );
  const { depositedOn, paymentId } = only({ rows });
  if (paymentId !== null) return paymentId;
  const cleared = await clearCheque(tx, { chequeId, on: laterDate(line.valueOn, depositedOn), ...doing });
  return cleared.paymentId!;
}

/** Books a line as its customer's receipt. What it pays of these items is held to what is open under their locks. */
export async function postLine(
  tx: Transaction,
  line: BankLineRow,
  { actor, at, offsetMs }: Doing,
  { customerId, invoiceIds }: { customerId: string; invoiceIds: string[] },
): Promise<void> {
  await bookOutOfSuspense(tx, line, at);
  const { paymentId } = await receivePayment(tx, {
    customerId,
    method: 'bank-transfer',
    currency: line.currency,
    amountMinor: line.amountMinor,
    valueOn: line.valueOn,
    invoiceIds,
    externalReference: `${line.id}/${line.revision}`,
    source: { source: 'bank-line', sourceId: line.id },
    actor,
    at,
    offsetMs,
  });
  line.paymentId = paymentId;
  line.customerId = customerId;
}

/** Pays items with what waits of a line's receipt. */
export async function applyLine(
  tx: Transaction,
  line: BankLineRow,
  { actor, at, offsetMs }: Doing,
  parts: NonNullable<ApplyPaymentInput['parts']>,
): Promise<void> {
  const invoiceIds = parts.map(({ invoiceId }) => invoiceId);
  await applyPayment(tx, { paymentId: line.paymentId!, invoiceIds, parts, actor, at, offsetMs });
}

/** The bank's own fees are booked, and payments that bounced taken back; what else left the account is for a person to look at. */
async function recogniseDebit(tx: Transaction, line: BankLineRow, doing: Doing): Promise<void> {
  const { at } = doing;
  const refundId = /\bRFD-\d+\b/.exec(`${line.endToEndId ?? ''} ${line.remittanceText ?? ''}`)?.[0];
  if (refundId !== undefined && (await isOurRefund(tx, refundId, line))) {
    // Its money left the books when it was approved. Two lines at once that name it meet at the key, and the later one is looked at again.
    await tx.query('UPDATE bank_lines SET refund_id = $2 WHERE id = $1', [line.id, refundId]);
    Object.assign(line, { status: 'matched', statusReason: `the refund ${refundId}` });
    return;
  }
  if (line.kind === 'bounce') {
    await recogniseBounce(tx, line, doing);
    return;
  }
  if (line.kind !== 'fee') {
    Object.assign(line, { status: 'unmatched', statusReason: 'money that left the account' });
    return;
  }
  const { id, currency, valueOn, amountMinor } = line;
  await book(tx, { eventId: `${id}:fee`, kind: 'bank-fee', bookedOn: valueOn, currency, at }, bankCharged({ amountMinor }));
  await record(tx, {
    at,
    actor: system,
    action: 'bank-fee-booked',
    summary: `${id}: the bank charged ${formatMoney({ currency, amountMinor })}`,
    after: { lineId: id },
  });
  Object.assign(line, { status: 'matched', statusReason: 'the fee of the bank is booked' });
}

/**
 * A line that says which receipt has bounced takes it back: by our own id, or by the bank's reference of the line that brought it. What
 * the line is above the receipt is the bank's fee; below it, a part was returned.
 */
async function recogniseBounce(tx: Transaction, line: BankLineRow, doing: Doing): Promise<void> {
  const said = [line.endToEndId, line.structuredReference, line.remittanceText].filter((text) => text !== null).join(' ');
  const { rows } = await tx.query<{ id: string; leftMinor: number; customerId: string; byHand: number | null }>(
    `SELECT p.id, p.amount_minor - p.reversed_minor AS "leftMinor", p.customer_id AS "customerId",
       (SELECT min(r.number) FROM payment_reversals r WHERE r.payment_id = p.id AND r.kind = 'bounce' AND r.bank_line_id IS NULL
         AND r.amount_minor + r.fee_minor = $2
         AND NOT EXISTS (SELECT FROM bank_lines l WHERE l.bounced_payment_id = r.payment_id AND l.bounce_number = r.number)) AS "byHand"
     FROM payments p WHERE p.currency = $1 AND (p.id = ANY ($3) OR p.id IN (
       SELECT payment_id FROM bank_lines WHERE bank_account_id = $4 AND direction = 'credit'
         AND (end_to_end_id = $5 OR bank_reference = ANY ($6))))`,
    [line.currency, line.amountMinor, said.match(/\bPAY-\d+\b/g) ?? [], line.bankAccountId, line.endToEndId, said.split(/\s+/)],
  );
  const [payment] = rows;
  if (!payment || rows.length > 1) {
    const statusReason = payment ? 'a payment that bounced: it may be one of several' : 'a payment that bounced';
    Object.assign(line, { status: 'unmatched', statusReason });
    return;
  }
  const { id: paymentId, customerId, leftMinor, byHand } = payment;
  if (byHand !== null) {
    await tx.query('UPDATE bank_lines SET bounced_payment_id = $2, bounce_number = $3 WHERE id = $1', [
      line.id,
      paymentId,
      byHand,
    ]);
    Object.assign(line, { status: 'matched', statusReason: `the bounce of ${paymentId}, recorded by hand`, customerId });
    return;
  }
  const amountMinor = Math.min(line.amountMinor, leftMinor);
  const feeMinor = line.amountMinor - amountMinor;
  const policyRate = await readPolicyRate(tx, line.currency, line.valueOn);
  if (feeMinor > cashPolicyIn(await readCashPolicy(tx), policyRate).bankChargesMaximumMinor) {
    Object.assign(line, {
      status: 'unmatched',
      statusReason: `${paymentId} bounced, with more than a bank takes for it${policyRateInWords(policyRate)}`,
      customerId,
    });
    return;
  }
  const reason = (line.remittanceText ?? 'returned by the bank').slice(0, 500);
  await reversePayment(tx, {
    paymentId,
    kind: 'bounce',
    amountMinor,
    reason,
    on: line.valueOn,
    feeMinor,
    bankLineId: line.id,
    ...doing,
  });
  const words = amountMinor < leftMinor ? `a part of ${paymentId} that bounced` : `the bounce of ${paymentId}`;
  Object.assign(line, { status: 'matched', statusReason: words, customerId });
}

/** That it has gone out, and that no other line has said so. */
async function isOurRefund(tx: Transaction, refundId: string, { amountMinor, currency }: BankLineRow): Promise<boolean> {
  const { rows } = await tx.query(
    `SELECT 1 FROM refunds WHERE id = $1 AND status = 'approved' AND amount_minor = $2 AND currency = $3
       AND NOT EXISTS (SELECT FROM bank_lines l WHERE l.refund_id = refunds.id)`,
    [refundId, amountMinor, currency],
  );
  return rows.length > 0;
}

/** Notes that every line of a statement has been looked at. */
export async function finishMatching(tx: Transaction, { statementId, at }: { statementId: string; at: string }): Promise<void> {
  const changed = await tx.query("UPDATE bank_statements SET status = 'done' WHERE id = $1 AND status = 'matching' RETURNING 1", [
    statementId,
  ]);
  if (changed.rows.length === 0) return;
  const counts = only(
    await tx.query<Record<string, number>>(
      `SELECT count(*) FILTER (WHERE status = 'matched') AS matched, count(*) FILTER (WHERE status = 'suggested') AS suggested,
         count(*) FILTER (WHERE status = 'unmatched') AS unmatched FROM bank_lines WHERE statement_id = $1`,
      [statementId],
    ),
  );
  await record(tx, {
    at,
    actor: system,
    action: 'bank-statement-matched',
    summary: `${statementId}: ${counts.matched} lines matched, ${counts.suggested} with suggestions, ${counts.unmatched} without`,
    after: { statementId, ...counts },
  });
}
