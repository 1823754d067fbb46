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
  reason: string;
  actor: Actor;
  at: string;
}

/**
 * A person has seen to a carrier's refusal: the shipment goes to the corrected address and its order asks the carrier again.
 * Ends the task. The order's own address, and with it later shipments, stays as it is.
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
  await tx.query('UPDATE shipments SET ship_to = $2, carrier_refusal = NULL WHERE id = $1', [shipmentId, JSON.stringify(shipTo)]);
  const { rows: ended } = await tx.query<{ key: string }>(
    `UPDATE tasks SET status = 'completed', completed_by = $2, outcome = $3, completed_at = $4
     WHERE kind = 'carrier-refused' AND order_id = $5 AND details->>'shipmentId' = $1 AND status IN ('open', 'claimed') RETURNING key`,
    [shipmentId, actor.name, JSON.stringify({ note: reason, shipTo }), at, order.id],
  );
  await record(tx, {
    at,
    actor,
    action: 'carrier-asked-again',
    summary: `The carrier is asked again for ${shipmentId}${input.shipTo ? ', to another address' : ''}`,
    reason,
    customerId: order.customerId,
    orderId: order.id,
    shipmentId,
    before: { shipTo: shipment.shipTo, refusal: shipment.carrierRefusal },
    after: { shipTo },
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
