import { Refusal } from '../../domain/failures.ts';
import { only, type Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readPolicy } from '../statements/company.ts';
import {
  type CorrectionRequest,
  type CorrectionRow,
  type IssuedCorrection,
  issueCorrection,
  issueOrPropose,
  type LockedInvoice,
  lockBilled,
  type ProposedCorrection,
  workOut,
} from '../statements/corrections.ts';
import { upholdDispute } from '../statements/disputes.ts';
import { finishTasks } from '../statements/tasks.ts';

interface Who {
  actor: Actor;
  at: string;
  offsetMs: number;
}

/** Corrects an invoice without goods coming back (I4): a credit note, or a credit note and a revised invoice. */
export async function correctInvoice(
  tx: Transaction,
  { invoiceId, request, ...who }: Who & { invoiceId: string; request: CorrectionRequest },
): Promise<IssuedCorrection | ProposedCorrection> {
  return issueOrPropose(tx, await lockBilled(tx, invoiceId), request, who);
}

/** A second, different person agrees, and what was proposed is issued, worked out anew from what is left by now. */
export async function approveCorrection(
  tx: Transaction,
  { correctionId, ...who }: Who & { correctionId: string },
): Promise<IssuedCorrection> {
  const { correction, locked } = await lockProposed(tx, correctionId);
  if (correction.proposedBy === who.actor.name) {
    throw new Refusal(409, 'four-eyes', 'Above the policy’s amount a second, different person must agree.');
  }
  const [worked, policy] = await Promise.all([
    workOut(tx, locked.billed, correction.request, correction.disputeId),
    readPolicy(tx, 'corrections'),
  ]);
  await endApproval(tx, correction, { status: 'approved', ...who });
  const issued = await issueCorrection(tx, locked, correction, worked, who, policy);
  if (correction.disputeId === null) return issued;
  const { onHold } = await upholdDispute(tx, correction.disputeId, { ...correction.request, ...issued, ...who });
  return { ...issued, onHold };
}

/** Says no to what was proposed: nothing is issued, and another correction may be asked for. */
export async function refuseCorrection(
  tx: Transaction,
  { correctionId, reason, ...who }: Who & { correctionId: string; reason: string },
): Promise<{ correctionId: string; status: 'refused' }> {
  const { correction, locked } = await lockProposed(tx, correctionId);
  await tx.query("UPDATE corrections SET status = 'refused', decided_by = $2, decided_at = $3 WHERE id = $1", [
    correctionId,
    who.actor.name,
    who.at,
  ]);
  await endApproval(tx, correction, { status: 'refused', ...who });
  const { customerId, orderId, shipmentId, id: invoiceId } = locked.billed;
  await record(tx, {
    at: who.at,
    actor: who.actor,
    action: 'correction-refused',
    summary: `${correctionId}: the proposed credit is not issued`,
    reason,
    customerId,
    orderId,
    shipmentId,
    invoiceId,
    after: { correctionId },
  });
  return { correctionId, status: 'refused' };
}

async function lockProposed(
  tx: Transaction,
  correctionId: string,
): Promise<{ correction: CorrectionRow; locked: LockedInvoice }> {
  const read = () =>
    tx.query<CorrectionRow>(
      `SELECT id, invoice_id AS "invoiceId", customer_id AS "customerId", request, dispute_id AS "disputeId", status,
         proposed_by AS "proposedBy" FROM corrections WHERE id = $1`,
      [correctionId],
    );
  const { rows } = await read();
  if (!rows[0]) throw new Refusal(404, 'unknown-correction', `There is no correction ${correctionId}.`);
  const locked = await lockBilled(tx, rows[0].invoiceId);
  // Corrections change under the lock of their order.
  const correction = only(await read());
  if (correction.status !== 'proposed') {
    throw new Refusal(409, 'correction-state', `${correctionId} is ${correction.status} already.`);
  }
  return { correction, locked };
}

async function endApproval(
  tx: Transaction,
  { id, invoiceId }: CorrectionRow,
  { status, actor, at }: { status: 'approved' | 'refused'; actor: Actor; at: string },
): Promise<void> {
  await finishTasks(
    tx,
    { invoiceId, kinds: ['correction-approval'] },
    { status: 'completed', by: actor.name, outcome: { correctionId: id, decision: status }, at },
  );
}
