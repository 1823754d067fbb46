import { Refusal } from '../../domain/failures.ts';
import { mayShipment } from '../../domain/order.ts';
import { toMillis } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import type { Actor } from '../statements/audit.ts';
import { lockOrder } from '../statements/orders.ts';
import { noteDelivery, orderOfShipment, readShipment } from '../statements/shipments.ts';

export interface ConfirmDeliveryInput {
  shipmentId: string;
  /** When the customer got the goods; absent: now. */
  deliveredAt?: string | undefined;
  actor: Actor;
  at: string;
}

/** Notes that the customer has the goods; told twice, the first time counts and is the answer again. */
export async function confirmDelivery(
  tx: Transaction,
  input: ConfirmDeliveryInput,
): Promise<{ shipmentId: string; status: 'delivered'; deliveredAt: string }> {
  const { shipmentId, actor, at } = input;
  const order = await lockOrder(tx, await orderOfShipment(tx, shipmentId));
  const { shipment } = await readShipment(tx, shipmentId);
  const times = await tx.query<{ shippedAt: string | null; deliveredAt: string | null }>(
    'SELECT shipped_at AS "shippedAt", delivered_at AS "deliveredAt" FROM shipments WHERE id = $1',
    [shipmentId],
  );
  const { shippedAt, deliveredAt: earlier } = times.rows[0]!;
  if (earlier) return { shipmentId, status: 'delivered', deliveredAt: earlier };
  if (!mayShipment(shipment.status, 'deliver')) {
    throw new Refusal(409, 'shipment-state', `Shipment ${shipmentId} is ${shipment.status}: it cannot be delivered.`);
  }
  const deliveredAt = input.deliveredAt ?? at;
  if (toMillis(deliveredAt) > toMillis(at) || (shippedAt && toMillis(deliveredAt) < toMillis(shippedAt))) {
    throw new Refusal(422, 'invalid-delivery', 'The delivery cannot be confirmed.', {
      faults: [
        { path: '/deliveredAt', code: 'time-order', detail: `It must lie between the shipment, ${shippedAt}, and now, ${at}.` },
      ],
    });
  }
  await noteDelivery(tx, { shipmentId, orderId: order.id, customerId: order.customerId, deliveredAt, actor, at });
  return { shipmentId, status: 'delivered', deliveredAt };
}
