import { mayShipment, type ShipmentStatus } from '../../domain/order.ts';
import { fromMillis, toMillis } from '../../domain/time.ts';
import { needsPerson, type TrackingEvent, type TrackingKind, trackingState } from '../../domain/tracking.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from './audit.ts';
import { noteDelivery } from './shipments.ts';
import { openTask } from './tasks.ts';

/**
 * Until the end of the transaction nobody else parks or attaches events of these numbers: an event that comes in while the
 * number is being booked must not fall between the two.
 */
export async function lockTrackingNumbers(tx: Transaction, carrier: string, trackingNumbers: readonly string[]): Promise<void> {
  await tx.query(
    `SELECT pg_advisory_xact_lock(hashtextextended(n, 748203)) FROM (SELECT DISTINCT $1 || ' ' || unnest($2::text[]) AS n ORDER BY n) numbers`,
    [carrier, trackingNumbers],
  );
}

/** The events that came before their shipment's number was known to us are given to it. */
export async function attachParkedEvents(
  tx: Transaction,
  { shipmentId, carrier, trackingNumber, at }: { shipmentId: string; carrier: string; trackingNumber: string; at: string },
): Promise<void> {
  await lockTrackingNumbers(tx, carrier, [trackingNumber]);
  const { rows } = await tx.query(
    `UPDATE tracking_events SET shipment_id = $1 WHERE carrier = $2 AND tracking_number = $3 AND shipment_id IS NULL RETURNING 1`,
    [shipmentId, carrier, trackingNumber],
  );
  if (rows.length > 0) await applyTracking(tx, { shipmentId, actor: carrierActor(carrier), at });
}

export const carrierActor = (carrier: string): Actor => ({ name: `carrier:${carrier}`, verified: true });

interface Tracked {
  status: ShipmentStatus;
  orderId: string;
  customerId: string;
  shippedAt: string;
  trackingNumber: string;
  trackingStatus: TrackingKind | null;
  damaged: boolean;
}

/**
 * Brings a shipment to where all its events together say that it is. A delivery is confirmed; exceptions, damage, loss and
 * returns are one task each for a person, who decides what becomes of money and stock (S3). The caller has locked the order.
 */
export async function applyTracking(
  tx: Transaction,
  { shipmentId, actor, at }: { shipmentId: string; actor: Actor; at: string },
): Promise<void> {
  const [found, events] = await Promise.all([
    tx.query<Tracked>(
      `SELECT s.status, s.order_id AS "orderId", o.customer_id AS "customerId", s.shipped_at AS "shippedAt",
         s.tracking_number AS "trackingNumber", s.tracking_status AS "trackingStatus", s.damaged
       FROM shipments s JOIN orders o ON o.id = s.order_id WHERE s.id = $1`,
      [shipmentId],
    ),
    tx.query<TrackingEvent>(
      'SELECT event_id AS "eventId", kind, occurred_at AS "occurredAt" FROM tracking_events WHERE shipment_id = $1',
      [shipmentId],
    ),
  ]);
  const shipment = found.rows[0]!;
  const state = trackingState(events.rows);
  if (!state) return;
  const { orderId, customerId } = shipment;
  const subjects = { customerId, orderId, shipmentId };
  await tx.query('UPDATE shipments SET tracking_status = $2, tracking_since = $3, damaged = $4 WHERE id = $1', [
    shipmentId,
    state.status,
    state.since,
    state.damaged,
  ]);
  if (state.status !== shipment.trackingStatus) {
    await record(tx, {
      at,
      actor,
      action: `tracking-${state.status}`,
      summary: `${shipmentId} (${shipment.trackingNumber}): ${state.status} since ${state.since}`,
      ...subjects,
      before: { trackingStatus: shipment.trackingStatus },
      after: state,
    });
  }
  if (state.status === 'delivered' && mayShipment(shipment.status, 'deliver')) {
    // The carrier's clock is not ours: a delivery lies between the goods issue and now.
    const between = Math.min(Math.max(toMillis(state.since), toMillis(shipment.shippedAt)), toMillis(at));
    await noteDelivery(tx, { ...subjects, deliveredAt: fromMillis(between), actor, at });
  }
  if (!needsPerson(state.status)) await endTasks(tx, shipmentId, state.status, actor, at);
  const troubles = new Set<TrackingKind>([
    ...(needsPerson(state.status) ? [state.status] : []),
    ...(state.damaged ? (['damaged'] as const) : []),
  ]);
  for (const trouble of troubles) {
    const open = await tx.query("SELECT 1 FROM tasks WHERE key LIKE $1 AND status IN ('open', 'claimed')", [
      `${shipmentId}:tracking:${trouble}:%`,
    ]);
    if (open.rows.length > 0) continue;
    await openTask(tx, {
      // Lost, found and lost again is another task.
      key: `${shipmentId}:tracking:${trouble}:${trouble === 'damaged' ? '' : state.since}`,
      kind: 'shipment-exception',
      role: 'shipping',
      title: `${shipmentId} (${shipment.trackingNumber}) is reported ${trouble}: see to the customer, the claim and the goods`,
      details: { shipmentId, trouble, trackingNumber: shipment.trackingNumber },
      customerId,
      orderId,
      at,
    });
  }
}

/** A parcel that goes on after all needs nobody who has not begun yet; damage does, also when it was delivered. */
async function endTasks(tx: Transaction, shipmentId: string, status: TrackingKind, actor: Actor, at: string): Promise<void> {
  await tx.query(
    `UPDATE tasks SET status = 'cancelled', completed_by = $3, outcome = $4, completed_at = $5
     WHERE key LIKE ANY ($1) AND status = $2`,
    [
      [`${shipmentId}:tracking:exception:%`, `${shipmentId}:tracking:lost:%`],
      'open',
      actor.name,
      JSON.stringify({ trackingStatus: status }),
      at,
    ],
  );
}
