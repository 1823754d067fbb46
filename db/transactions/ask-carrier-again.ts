import { Refusal } from '../../domain/failures.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { type Address, lockOrder } from '../statements/orders.ts';
import { enqueue } from '../statements/outbox.ts';
import { orderOfShipment, readShipment } from '../statements/shipments.ts';

export interface AskCarrierAgainInput {
  shipmentId: string;
  /** The address as it should have been; absent: the carrier is asked for the same parcel again. */
  shipTo?: Address | undefined;
  /** What a person has booked with a carrier instead. */
  booking?: { carrier: string; trackingNumber: string } | undefined;
  reason: string;
  actor: Actor;
  at: string;
}

/**
 * A person has seen to a carrier's refusal: the shipment goes to the corrected address, or by a booking of their own, and its order asks
 * again. Ends the task. The order's own address, and with it later shipments, stays as it is.
 */
export async function askCarrierAgain(
  tx: Transaction,
  input: AskCarrierAgainInput,
): Promise<{ shipmentId: string; status: 'packed'; shipTo: Address }> {
  const { shipmentId, reason, actor, at } = input;
  const order = await lockOrder(tx, await orderOfShipment(tx, shipmentId));
  const { shipment } = await readShipment(tx, shipmentId);
  if (shipment.status !== 'packed' || !shipment.carrierRefusal) {
    throw new Refusal(409, 'shipment-state', `Shipment ${shipmentId} is ${shipment.status}, and no carrier has refused it.`);
  }
  const shipTo = input.shipTo ?? shipment.shipTo;
  const { booking } = input;
  if (booking) await refuseNumberInUse(tx, booking);
  await tx.query(
    'UPDATE shipments SET ship_to = $2, carrier_refusal = NULL, booked_by_hand = coalesce($3, booked_by_hand) WHERE id = $1',
    [shipmentId, JSON.stringify(shipTo), booking && JSON.stringify(booking)],
  );
  const { rows: ended } = await tx.query<{ key: string }>(
    `UPDATE tasks SET status = 'completed', completed_by = $2, outcome = $3, completed_at = $4
     WHERE kind = 'carrier-refused' AND order_id = $5 AND details->>'shipmentId' = $1 AND status IN ('open', 'claimed') RETURNING key`,
    [shipmentId, actor.name, JSON.stringify({ note: reason, shipTo, ...(booking && { booking }) }), at, order.id],
  );
  await record(tx, {
    at,
    actor,
    action: 'carrier-asked-again',
    summary: booking
      ? `${shipmentId} was booked by hand with ${booking.carrier} as ${booking.trackingNumber}`
      : `The carrier is asked again for ${shipmentId}${input.shipTo ? ', to another address' : ''}`,
    reason,
    customerId: order.customerId,
    orderId: order.id,
    shipmentId,
    before: { shipTo: shipment.shipTo, refusal: shipment.carrierRefusal },
    after: { shipTo, ...(booking && { booking }) },
  });
  // Each refusal is answered once: its instant names the hint, also when a person had closed the task by hand before.
  await enqueue(tx, {
    kind: 'signal',
    workflowId: order.id,
    hint: { signal: 'shipmentChanged', shipmentId },
    cause: ended[0]?.key ?? `${shipmentId}:${shipment.carrierRefusal.at}`,
  });
  return { shipmentId, status: 'packed', shipTo };
}

async function refuseNumberInUse(
  tx: Transaction,
  { carrier, trackingNumber }: { carrier: string; trackingNumber: string },
): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM shipments WHERE carrier = $1 AND tracking_number = $2
     UNION ALL SELECT id FROM shipments WHERE booked_by_hand @> $3::jsonb AND status = 'packed'`,
    [carrier, trackingNumber, JSON.stringify({ carrier, trackingNumber })],
  );
  if (!rows[0]) return;
  const detail = `${rows[0].id} goes as ${trackingNumber} with ${carrier}.`;
  throw new Refusal(422, 'tracking-number-in-use', detail, {
    faults: [{ path: '/booking/trackingNumber', code: 'in-use', detail }],
  });
}
