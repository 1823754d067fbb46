import { type Refused, refuse } from '../../domain/failures.ts';
import { countLoss } from '../../domain/ledger.ts';
import { mayShipment, type ShipmentStatus } from '../../domain/order.ts';
import { localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { type PackedCarton, packCartons } from '../statements/cartons.ts';
import { readCompany } from '../statements/company.ts';
import { lockAccount } from '../statements/credit.ts';
import { book } from '../statements/ledger.ts';
import { tellDelayed } from '../statements/notices.ts';
import { lockOrder, moveOrderByQuantities, orderLines } from '../statements/orders.ts';
import { type PlannedPickup, planShipment } from '../statements/pickups.ts';
import { cancelShipments, findShipment } from '../statements/shipments.ts';
import { once } from '../statements/steps.ts';
import { lockStock, takeReserved } from '../statements/stock.ts';
import { openTask } from '../statements/tasks.ts';

export interface ConfirmPickInput {
  orderId: string;
  shipmentId: string;
  /** Once per message: the update's id. A refused pick may be corrected under another one. */
  eventId: string;
  /** Lines that came out short; every line that is not named was picked in full. */
  short: { lineNumber: number; pickedQuantity: number; reason?: string | undefined }[];
  /** True when the picker also packed: one message instead of two. */
  packed: boolean;
  /** The cartons, when the picker also packed; absent: one with everything in it. */
  cartons?: PackedCarton[] | undefined;
  actor: Actor;
  at: string;
}

export type ConfirmOutcome =
  /**
   * `cancelledShipments`: the order is released anew or its customer chooses; nothing of it leaves before. `orderCancelled`: an
   * earlier version ended the order at once, and open orders may have heard so.
   */
  { shipmentStatus: ShipmentStatus; cancelledShipments?: string[]; orderCancelled?: true; pickup?: PlannedPickup } | Refused;

/**
 * Confirms a pick, line by line (F4). Units that were not there are taken off the books as a count loss and flagged; a
 * customer who takes back-orders gets the rest, the order of another one is released anew, or its customer chooses what becomes of it (F2).
 */
export async function confirmPick(tx: Transaction, input: ConfirmPickInput): Promise<ConfirmOutcome> {
  const { orderId, shipmentId, actor, at } = input;
  const order = await lockOrder(tx, orderId);
  return once(tx, orderId, `pick:${shipmentId}:${input.eventId}`, at, async (): Promise<ConfirmOutcome> => {
    const found = await findShipment(tx, shipmentId);
    if (found?.shipment.orderId !== orderId) return unknownShipment(orderId, shipmentId);
    const { shipment, lines } = found;
    // Picked already: a workflow that was reset to before the pick takes its place from here again.
    if (shipment.status === 'packing' || shipment.status === 'packed') return { shipmentStatus: shipment.status };
    if (!mayShipment(shipment.status, 'pick')) {
      return refuse(409, 'shipment-state', `Shipment ${shipmentId} is ${shipment.status}: it cannot be picked.`);
    }
    const shortages = input.short.map(({ lineNumber, pickedQuantity, reason }) => {
      const line = lines.find((candidate) => candidate.lineNumber === lineNumber);
      return {
        lineNumber,
        pickedQuantity,
        sku: line?.sku ?? '',
        missing: (line?.quantity ?? 0) - pickedQuantity,
        ...(reason !== undefined && { reason }),
      };
    });
    const wrong = shortages.find(
      ({ lineNumber, pickedQuantity, missing }, index) =>
        missing <= 0 ||
        !Number.isSafeInteger(pickedQuantity) ||
        pickedQuantity < 0 ||
        shortages.findIndex((other) => other.lineNumber === lineNumber) !== index,
    );
    if (wrong) {
      return refuse(
        422,
        'pick-quantity',
        `Line ${wrong.lineNumber} of ${shipmentId} cannot be short with ${wrong.pickedQuantity} picked.`,
      );
    }
    const pickedOf = (line: { lineNumber: number; quantity: number }) =>
      shortages.find((shortage) => shortage.lineNumber === line.lineNumber)?.pickedQuantity ?? line.quantity;
    await tx.query(
      `UPDATE shipment_lines l SET picked_quantity = p.quantity
       FROM unnest($2::int[], $3::int[]) AS p (line_number, quantity) WHERE l.shipment_id = $1 AND l.line_number = p.line_number`,
      [shipmentId, lines.map((line) => line.lineNumber), lines.map(pickedOf)],
    );

    if (shortages.length > 0) {
      const missing = shortages.map((shortage) => `${shortage.missing} × ${shortage.sku}`).join(', ');
      // The account before the stock: the order may have to be cancelled, which gives credit back.
      await lockAccount(tx, order.customerId);
      // All that the order may have reserved, in the one order of locks: its cancellation gives back more than this shipment.
      const stock = await lockStock(tx, [...new Set((await orderLines(tx, orderId)).map((line) => line.sku))]);
      const lost = shortages.map((shortage) => ({ ...shortage, warehouseId: shipment.warehouseId, quantity: shortage.missing }));
      const { timeZone, currency } = await readCompany(tx);
      let valueMinor = 0;
      for (const shortage of lost) {
        const movement = {
          eventId: `${shipmentId}:pick:${shortage.lineNumber}`,
          kind: 'lost' as const,
          orderId,
          reason: shortage.reason ?? 'not found at pick',
          at,
        };
        valueMinor += await takeReserved(tx, stock, [shortage], movement);
        await tx.query(
          `WITH owed AS (
             UPDATE order_lines SET back_ordered_quantity = back_ordered_quantity + $3 WHERE order_id = $4 AND line_number = $2)
           UPDATE reservations SET quantity = quantity - $3 WHERE shipment_id = $1 AND line_number = $2`,
          [shipmentId, shortage.lineNumber, shortage.missing, orderId],
        );
      }
      const eventId = `${shipmentId}:pick-shortage`;
      await book(
        tx,
        { eventId, kind: 'count-loss', bookedOn: localDate(at, timeZone), currency, orderId, at },
        countLoss({ valueMinor }),
      );
      await openTask(tx, {
        key: `${shipmentId}:shortage`,
        kind: 'shortage',
        role: 'warehouse',
        title: `Recount in ${shipment.warehouseId}: ${missing} missing at the pick of ${shipmentId}`,
        details: { shortages },
        customerId: order.customerId,
        orderId,
        at,
      });
      await record(tx, {
        at,
        actor,
        action: 'pick-shortage',
        summary: `Not found at the pick: ${missing}`,
        customerId: order.customerId,
        orderId,
        shipmentId,
        after: { shortages },
      });
      if (!order.backOrderAllowed) {
        // What else there is of them may do: the workflow asks for a release again, and that offers the choice if it does not.
        return { shipmentStatus: 'cancelled', cancelledShipments: await cancelShipments(tx, orderId, at) };
      }
      await tellDelayed(tx, { key: `${shipmentId}:delayed`, orderId, customerId: order.customerId, missing, at });
      if (lines.every((line) => pickedOf(line) === 0)) {
        await cancelShipments(tx, orderId, at, shipmentId);
        await moveOrderByQuantities(tx, order, at);
        return { shipmentStatus: 'cancelled' };
      }
    }

    const shipmentStatus = input.packed ? 'packed' : 'packing';
    await tx.query(
      `UPDATE shipments SET status = $2, picked_at = $3, packed_at = CASE WHEN $2 = 'packed' THEN $3::timestamptz END WHERE id = $1`,
      [shipmentId, shipmentStatus, at],
    );
    const [, , pickup] = await Promise.all([
      input.packed && packCartons(tx, shipmentId, input.cartons, at),
      record(tx, {
        at,
        actor,
        action: input.packed ? 'picked-and-packed' : 'picked',
        summary: `${shipmentId} was picked${input.packed ? ' and packed' : ''}`,
        customerId: order.customerId,
        orderId,
        shipmentId,
      }),
      input.packed ? planShipment(tx, { shipmentId, actor, at }) : undefined,
    ]);
    return { shipmentStatus, ...(pickup ? { pickup } : {}) };
  });
}

const unknownShipment = (orderId: string, shipmentId: string): Refused =>
  refuse(404, 'unknown-shipment', `Order ${orderId} has no shipment ${shipmentId}.`);

export interface ConfirmPackInput {
  orderId: string;
  shipmentId: string;
  eventId: string;
  cartons?: PackedCarton[] | undefined;
  actor: Actor;
  at: string;
}

/** Confirms that a picked shipment is packed and waits for its carrier (F4). */
export async function confirmPack(
  tx: Transaction,
  { orderId, shipmentId, eventId, cartons, actor, at }: ConfirmPackInput,
): Promise<ConfirmOutcome> {
  const order = await lockOrder(tx, orderId);
  return once(tx, orderId, `pack:${shipmentId}:${eventId}`, at, async (): Promise<ConfirmOutcome> => {
    const found = await findShipment(tx, shipmentId);
    if (found?.shipment.orderId !== orderId) return unknownShipment(orderId, shipmentId);
    const { shipment } = found;
    if (shipment.status === 'packed') return { shipmentStatus: 'packed' };
    if (!mayShipment(shipment.status, 'pack')) {
      return refuse(409, 'shipment-state', `Shipment ${shipmentId} is ${shipment.status}: it cannot be packed.`);
    }
    await tx.query("UPDATE shipments SET status = 'packed', packed_at = $2 WHERE id = $1", [shipmentId, at]);
    await packCartons(tx, shipmentId, cartons, at);
    await record(tx, {
      at,
      actor,
      action: 'packed',
      summary: `${shipmentId} was packed`,
      customerId: order.customerId,
      orderId,
      shipmentId,
    });
    const pickup = await planShipment(tx, { shipmentId, actor, at });
    return { shipmentStatus: 'packed', ...(pickup ? { pickup } : {}) };
  });
}
