import {
  type CorrectionReason,
  creditLines,
  fullCorrection,
  type LineCorrection,
  type LineRevision,
  reasonFaults,
} from '../../domain/correction.ts';
import { undisputedMinor } from '../../domain/dunning.ts';
import { type Fault, Refusal } from '../../domain/failures.ts';
import { formatMoney } from '../../domain/money.ts';
import { localDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { finishApplication } from '../statements/cash-application.ts';
import { readCompany, readPolicy } from '../statements/company.ts';
import {
  type CorrectionRequest,
  type IssuedCorrection,
  issueOrPropose,
  itemFaults,
  lockBilled,
  type ProposedCorrection,
} from '../statements/corrections.ts';
import { creditNoteTotals } from '../statements/credit-notes.ts';
import { endDispute, lockDispute, tellOfDispute, upholdDispute } from '../statements/disputes.ts';
import { deadlineAfter } from '../statements/public-holidays.ts';
import { openTask } from '../statements/tasks.ts';
import { escalateTask } from './escalate-task.ts';

interface Who {
  actor: Actor;
  at: string;
  offsetMs: number;
}

/**
 * Takes a dispute in (A5): line by line what the customer says is right, or all that is left of the invoice. The disputed amount
 * leaves dunning and the hold at once and stays a receivable; a person has until the task's time to answer. One live dispute per
 * line, and never more than is open.
 */
export async function raiseDispute(
  tx: Transaction,
  input: Who & {
    invoiceId: string;
    customerId?: string | undefined;
    reason: CorrectionReason;
    note: string;
    lines?: LineCorrection[] | undefined;
  },
): Promise<{ disputeId: string; status: 'open'; disputedMinor: number; taskId: string; dueAt: string; onHold: boolean }> {
  const { invoiceId, reason, note, actor, at } = input;
  const locked = await lockBilled(tx, invoiceId, input.customerId);
  const { billed } = locked;
  const { customerId, orderId, shipmentId, currency } = billed;
  if (billed.openMinor === 0) throw new Refusal(409, 'nothing-open', `${invoiceId} is settled: nothing of it is asked for.`);
  const claims = input.lines ?? fullCorrection(billed.lines, billed.comingBack);
  const { lines, faults } = creditLines(billed.lines, claims, billed.comingBack);
  const live = await tx.query<{ lineNumber: number; disputeId: string }>(
    'SELECT line_number AS "lineNumber", dispute_id AS "disputeId" FROM dispute_lines WHERE invoice_id = $1 AND live',
    [invoiceId],
  );
  const all: Fault[] = claims.flatMap(({ lineNumber }, index) =>
    live.rows
      .filter((row) => row.lineNumber === lineNumber)
      .map(({ disputeId }) => ({
        path: `/lines/${index}/lineNumber`,
        code: 'disputed-already',
        detail: `Line ${lineNumber} is disputed by ${disputeId} already.`,
      })),
  );
  all.push(...reasonFaults(reason, billed.kind), ...itemFaults(billed, input.lines), ...faults);
  const disputedMinor = all.length > 0 ? 0 : creditNoteTotals(billed, lines).grossMinor;
  const undisputed = undisputedMinor(billed);
  const money = (amountMinor: number) => formatMoney({ currency, amountMinor });
  if (disputedMinor > undisputed) {
    const detail = `That comes to ${money(disputedMinor)}, and ${money(undisputed)} is open and not disputed: name what is wrong line by line.`;
    all.push({ path: '/lines', code: 'more-than-open', detail });
  }
  if (all.length > 0) throw new Refusal(422, 'invalid-dispute', `${invoiceId} cannot be disputed so.`, { faults: all });

  const [policy, { timeZone }] = await Promise.all([readPolicy(tx, 'corrections'), readCompany(tx)]);
  const dueAt = await deadlineAfter(tx, at, policy.disputeBusinessDays);
  const { id: disputeId } = only(
    await tx.query<{ id: string }>(
      `WITH dispute AS (
         INSERT INTO disputes (invoice_id, customer_id, order_id, reason, note, currency, disputed_minor, raised_by, due_at, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id),
       lines AS (
         INSERT INTO dispute_lines (dispute_id, invoice_id, line_number, claim)
         SELECT dispute.id, $1, (claim ->> 'lineNumber')::int, claim FROM dispute, jsonb_array_elements($11::jsonb) AS claim),
       marked AS (UPDATE invoices SET disputed_minor = disputed_minor + $7 WHERE id = $1)
       SELECT id FROM dispute`,
      [invoiceId, customerId, orderId, reason, note, currency, disputedMinor, actor.name, dueAt, at, JSON.stringify(claims)],
    ),
  );
  const taskId = await openTask(tx, {
    key: `${disputeId}:dispute`,
    kind: 'dispute',
    role: 'receivables',
    title: `Answer ${disputeId}: ${customerId} disputes ${money(disputedMinor)} of ${invoiceId}, ${reason}`,
    details: { disputeId, reason, note, claims, disputedMinor, currency, reviewPath: `/v1/invoices/${invoiceId}/review` },
    customerId,
    orderId,
    invoiceId,
    dueAt,
    at,
  });
  await record(tx, {
    at,
    actor,
    action: 'dispute-raised',
    summary: `${disputeId}: ${money(disputedMinor)} disputed, to be answered by ${dueAt}`,
    reason: `${reason}: ${note}`,
    policyVersion: `corrections v${policy.version}`,
    customerId,
    orderId,
    shipmentId,
    invoiceId,
    after: { disputeId, claims, disputedMinor },
  });
  await tellOfDispute(tx, locked, { disputeId, disputeStatus: 'open', disputedMinor, dueAt }, at);
  const today = localDate(at, timeZone);
  const applied = { currency, how: 'credited', cause: disputeId, actor, at, today, offsetMs: input.offsetMs } as const;
  const { onHold } = await finishApplication(tx, locked.receivables.account, applied);
  return { disputeId, status: 'open', disputedMinor, taskId, dueAt, onHold };
}

/** How a dispute is answered: no; or yes, as it was claimed, with other lines, or with a revised invoice. */
export type DisputeDecision =
  | { decision: 'reject'; note: string }
  | { decision: 'uphold'; note: string; lines?: LineCorrection[] | undefined; reissue?: LineRevision[] | undefined };

export interface ResolvedDispute {
  disputeId: string;
  status: 'open' | 'upheld' | 'partly-upheld' | 'rejected' | 'withdrawn';
  correction: IssuedCorrection | ProposedCorrection | null;
  onHold: boolean;
}

/**
 * Answers a dispute (A5). Upheld, its credit note is issued in this transaction, or proposed where a second person must agree:
 * then it stays open until that person has. Rejected, its dunning resumes.
 */
export async function resolveDispute(
  tx: Transaction,
  { disputeId, answer, ...who }: Who & { disputeId: string; answer: DisputeDecision },
): Promise<ResolvedDispute> {
  const held = await lockDispute(tx, disputeId);
  const { actor, at } = who;
  if (answer.decision === 'reject') {
    return { ...(await endDispute(tx, held, { status: 'rejected', resolution: answer.note, actor, at })), correction: null };
  }
  const { dispute, locked } = held;
  const shared = { reason: dispute.reason as CorrectionReason, note: answer.note };
  const request: CorrectionRequest = answer.reissue
    ? { kind: 'credit-and-reissue', ...shared, lines: answer.reissue }
    : { kind: 'credit', ...shared, lines: answer.lines ?? dispute.claims };
  const correction = await issueOrPropose(tx, locked, request, who, disputeId);
  if (correction.status === 'proposed') {
    return { disputeId, status: 'open', correction, onHold: locked.receivables.account.onHoldSince !== null };
  }
  return { ...(await upholdDispute(tx, disputeId, { ...request, ...correction, actor, at })), correction };
}

/** The customer pays after all, or says so. */
export async function withdrawDispute(
  tx: Transaction,
  input: { disputeId: string; customerId?: string | undefined; reason: string; actor: Actor; at: string },
): Promise<ResolvedDispute> {
  const held = await lockDispute(tx, input.disputeId, input.customerId);
  const ended = await endDispute(tx, held, { status: 'withdrawn', resolution: input.reason, actor: input.actor, at: input.at });
  return { ...ended, correction: null };
}

/** In one look; what is left goes up at the next. */
const batchMaximum = 200;

/** Disputes that nobody has answered in time go up to finance, once each. */
export async function escalateDisputes(
  tx: Transaction,
  { at }: { at: string },
): Promise<{ result: { escalated: number }; more: boolean }> {
  const { rows } = await tx.query<{ taskId: string }>(
    `SELECT id AS "taskId" FROM tasks WHERE kind = 'dispute' AND status IN ('open', 'claimed') AND escalated_at IS NULL AND due_at <= $1
     ORDER BY id LIMIT $2`,
    [at, batchMaximum],
  );
  for (const { taskId } of rows) await escalateTask(tx, { taskId, at });
  return { result: { escalated: rows.length }, more: rows.length === batchMaximum };
}
