import { Refusal } from '../../domain/failures.ts';
import { addDays, compareDates, type IsoDate, instantAt, localDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { lockReceivables } from '../statements/cash-application.ts';
import { readCompany } from '../statements/company.ts';
import { endHoldOff, type HoldOffRow } from '../statements/hold-offs.ts';

/** Longer than that is a write-off or other terms of payment. */
const daysMaximum = 90;

/**
 * Leaves an invoice in peace until a day, by a person's word (P6): no letter and no collections before it, and the hold does not ask.
 * The first letter day is the one that is named.
 */
export async function holdOff(
  tx: Transaction,
  { invoiceId, untilOn, reason, actor, at }: { invoiceId: string; untilOn: IsoDate; reason: string; actor: Actor; at: string },
): Promise<{ id: string }> {
  const { rows } = await tx.query<{ customerId: string }>('SELECT customer_id AS "customerId" FROM invoices WHERE id = $1', [
    invoiceId,
  ]);
  if (!rows[0]) throw new Refusal(404, 'unknown-invoice', `There is no invoice ${invoiceId}.`);
  const { customerId } = rows[0];
  const { timeZone } = await readCompany(tx);
  const { items } = await lockReceivables(tx, customerId);
  const item = items.find(({ id }) => id === invoiceId);
  if (!item) throw new Refusal(409, 'nothing-open', `${invoiceId} is settled: nothing of it is asked for.`);
  const live = await tx.query<{ id: string }>('SELECT id FROM hold_offs WHERE invoice_id = $1 AND ended_at IS NULL', [invoiceId]);
  if (live.rows[0])
    throw new Refusal(409, 'held-off-already', `${live.rows[0].id} holds ${invoiceId} off already: end it first.`);
  const today = localDate(at, timeZone);
  const latestOn = addDays(today, daysMaximum);
  if (compareDates(untilOn, today) <= 0 || compareDates(untilOn, latestOn) > 0) {
    const detail = `It must be after today, ${today}, and not after ${latestOn}.`;
    throw new Refusal(422, 'invalid-hold-off', `${invoiceId} cannot be held off until ${untilOn}.`, {
      faults: [{ path: '/untilOn', code: 'out-of-range', detail }],
    });
  }
  const { id } = only(
    await tx.query<{ id: string }>(
      `INSERT INTO hold_offs (invoice_id, customer_id, until_on, due_at, reason, actor, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
      [invoiceId, customerId, untilOn, instantAt(untilOn, '00:00', timeZone), reason, actor.name, at],
    ),
  );
  await record(tx, {
    at,
    actor,
    action: 'held-off',
    summary: `${id}: no letters about ${invoiceId} before ${untilOn}`,
    reason,
    customerId,
    orderId: item.orderId ?? undefined,
    invoiceId,
    after: { holdOffId: id, untilOn },
  });
  return { id };
}

/** Ends a hold-off before its day. */
export async function cancelHoldOff(
  tx: Transaction,
  { holdOffId, reason, actor, at }: { holdOffId: string; reason: string; actor: Actor; at: string },
): Promise<void> {
  const read = () =>
    tx.query<HoldOffRow & { endedAt: string | null }>(
      `SELECT id, invoice_id AS "invoiceId", customer_id AS "customerId", until_on AS "untilOn", ended_at AS "endedAt"
       FROM hold_offs WHERE id = $1`,
      [holdOffId],
    );
  const found = (await read()).rows[0];
  if (!found) throw new Refusal(404, 'unknown-hold-off', `There is no hold-off ${holdOffId}.`);
  await lockReceivables(tx, found.customerId);
  const row = only(await read());
  if (row.endedAt !== null) throw new Refusal(409, 'hold-off-state', `${holdOffId} has ended already.`);
  await endHoldOff(tx, row, { reason, actor, at });
}
