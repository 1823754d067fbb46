import { Refusal } from '../../domain/failures.ts';
import { countFaults } from '../../domain/return.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { tell } from '../statements/notices.ts';
import { inWords, lockReturn, moveReturn, type ReturnRow } from '../statements/returns.ts';

interface ReturnStep {
  returnId: string;
  actor: Actor;
  at: string;
}

export interface MovedReturn {
  returnId: string;
  status: ReturnRow['status'];
}

const past = { approve: 'approved', refuse: 'refused', cancel: 'cancelled', receive: 'received' } as const;

/** What every step leaves behind: the state, and who did it when and why, on the timeline of order and invoice. */
async function step(
  tx: Transaction,
  goods: ReturnRow,
  command: keyof typeof past,
  { actor, at, reason, after }: { actor: Actor; at: string; reason?: string | undefined; after?: unknown },
): Promise<MovedReturn> {
  const before = goods.status;
  await moveReturn(tx, goods, command, at, reason);
  const { customerId, orderId, shipmentId, invoiceId } = goods;
  await record(tx, {
    at,
    actor,
    action: `return-${past[command]}`,
    summary: `${goods.id}: ${past[command]}`,
    reason,
    customerId,
    orderId,
    shipmentId,
    invoiceId,
    before: { status: before },
    after: { returnId: goods.id, status: goods.status, ...(after ? { lines: after } : {}) },
  });
  return { returnId: goods.id, status: goods.status };
}

/** Lets the customer send the goods back, and tells them so. */
export async function approveReturn(
  tx: Transaction,
  { returnId, reason, ...who }: ReturnStep & { reason?: string | undefined },
): Promise<MovedReturn> {
  const goods = await lockReturn(tx, returnId);
  const moved = await step(tx, goods, 'approve', { ...who, reason });
  await tellOf(tx, goods, 'return-approved', who.at);
  return moved;
}

/** Says no to a return, and tells the customer why. */
export async function refuseReturn(tx: Transaction, { returnId, reason, ...who }: ReturnStep & { reason: string }) {
  const goods = await lockReturn(tx, returnId);
  const moved = await step(tx, goods, 'refuse', { ...who, reason });
  await tellOf(tx, goods, 'return-refused', who.at, reason);
  return moved;
}

/** The goods stay where they are: the units may be returned another time. */
export async function cancelReturn(
  tx: Transaction,
  { returnId, customerId, reason, ...who }: ReturnStep & { customerId?: string | undefined; reason: string },
): Promise<MovedReturn> {
  const goods = await lockReturn(tx, returnId, customerId);
  if (customerId !== undefined && goods.cause !== 'customer') {
    throw new Refusal(
      409,
      'return-state',
      `The carrier is bringing back the goods of ${returnId}: call us if you still want them.`,
    );
  }
  return step(tx, goods, 'cancel', { ...who, reason });
}

/** Counts what came back, line by line; a line that is not named did not come. Stock and books wait for the inspection. */
export async function receiveReturn(
  tx: Transaction,
  { returnId, lines, ...who }: ReturnStep & { lines: { lineNumber: number; quantity: number }[] },
): Promise<MovedReturn> {
  const goods = await lockReturn(tx, returnId);
  const moved = await step(tx, goods, 'receive', { ...who, after: lines });
  const faults = countFaults(lines, goods.lines);
  if (faults.length > 0) throw new Refusal(422, 'invalid-count', 'The goods cannot be received so.', { faults });
  await tx.query(
    `UPDATE return_lines l SET received_quantity = coalesce(
       (SELECT c.quantity FROM unnest($2::int[], $3::int[]) AS c (line_number, quantity) WHERE c.line_number = l.line_number), 0)
     WHERE return_id = $1`,
    [returnId, lines.map((line) => line.lineNumber), lines.map((line) => line.quantity)],
  );
  return moved;
}

async function tellOf(
  tx: Transaction,
  { id: returnId, customerId, orderId, shipmentId, invoiceId, lines }: ReturnRow,
  kind: 'return-approved' | 'return-refused',
  at: string,
  reason?: string,
): Promise<void> {
  const facts = { returnId, orderId, shipmentId, goods: inWords(lines), reason };
  await tell(tx, { key: `${returnId}:${kind}`, kind, customerId, orderId, invoiceId, facts, at });
}
