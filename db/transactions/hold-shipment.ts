import type { Transaction } from '../client.ts';
import { record, system } from '../statements/audit.ts';
import { lockOrder } from '../statements/orders.ts';
import { readShipment } from '../statements/shipments.ts';
import { once } from '../statements/steps.ts';
import { openTask } from '../statements/tasks.ts';

export interface HoldShipmentInput {
  orderId: string;
  shipmentId: string;
  /** Counts the shipment's bookings, so that each refusal is one task. */
  attempt: number;
  refusal: { code: string; reason: string };
  at: string;
}

/** The carrier refused a packed shipment for good: it waits, and a person of shipping has a task (S1). */
export async function holdShipment(tx: Transaction, input: HoldShipmentInput): Promise<{ held: boolean }> {
  const { orderId, shipmentId, attempt, refusal, at } = input;
  const order = await lockOrder(tx, orderId);
  return once(tx, orderId, `hold-shipment:${shipmentId}:${attempt}`, at, async () => {
    const { shipment } = await readShipment(tx, shipmentId);
    if (shipment.status !== 'packed') return { held: false };
    await tx.query('UPDATE shipments SET carrier_refusal = $2 WHERE id = $1', [shipmentId, JSON.stringify({ ...refusal, at })]);
    await openTask(tx, {
      key: `${shipmentId}:carrier-refused:${attempt}`,
      kind: 'carrier-refused',
      role: 'shipping',
      title: `The carrier refuses ${shipmentId}: ${refusal.reason}`,
      details: { shipmentId, refusal, shipTo: shipment.shipTo },
      customerId: order.customerId,
      orderId,
      at,
    });
    await record(tx, {
      at,
      actor: system,
      action: 'carrier-refused',
      summary: `The carrier refuses ${shipmentId}: ${refusal.reason}`,
      customerId: order.customerId,
      orderId,
      shipmentId,
      after: refusal,
    });
    return { held: true };
  });
}
