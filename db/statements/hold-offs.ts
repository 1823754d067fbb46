import { only, type Transaction } from '../client.ts';
import { type Actor, record } from './audit.ts';
import { readCompany } from './company.ts';
import { resumeDunning } from './dunning.ts';

export interface HoldOffRow {
  id: string;
  invoiceId: string;
  customerId: string;
  untilOn: string;
}

/** Ends a hold-off, and the letters of its invoice go on from where they stood (P6). The customer's receivables are locked. */
export async function endHoldOff(
  tx: Transaction,
  { id, invoiceId, customerId, untilOn }: HoldOffRow,
  { reason, actor, at }: { reason?: string; actor: Actor; at: string },
): Promise<void> {
  const { orderId } = only(
    await tx.query<{ orderId: string | null }>(
      `WITH ended AS (UPDATE hold_offs SET ended_by = $2, end_reason = $3, ended_at = $4 WHERE id = $1)
       SELECT order_id AS "orderId" FROM invoices WHERE id = $5`,
      [id, actor.name, reason, at, invoiceId],
    ),
  );
  const { timeZone } = await readCompany(tx);
  await resumeDunning(tx, invoiceId, { cause: id, timeZone, at });
  await record(tx, {
    at,
    actor,
    action: 'hold-off-ended',
    summary: `${id}: letters about ${invoiceId}, held off until ${untilOn}, go on`,
    ...(reason === undefined ? {} : { reason }),
    customerId,
    orderId: orderId ?? undefined,
    invoiceId,
    after: { holdOffId: id },
  });
}
