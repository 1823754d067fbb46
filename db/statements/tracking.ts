import { mayShipment, type ShipmentStatus } from '../../domain/order.ts';
import { fromMillis, toMillis } from '../../domain/time.ts';
import { needsPerson, type TrackingEvent, type TrackingKind, trackingState } from '../../domain/tracking.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from './audit.ts';
import { moveReturn, openTransitReturn, readReturnForChange } from './returns.ts';
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
  const [, { rows }] = await Promise.all([
    lockTrackingNumbers(tx, carrier, [trackingNumber]),
    tx.query(
      `UPDATE tracking_events SET shipment_id = $1 WHERE carrier = $2 AND tracking_number = $3 AND shipment_id IS NULL RETURNING 1`,
      [shipmentId, carrier, trackingNumber],
    ),
  ]);
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
  const isNews = state.status !== shipment.trackingStatus;
  if (isNews) {
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
  if (state.status === 'returned' && shipment.trackingStatus !== 'returned') {
    await openTransitReturn(tx, { shipmentId, cause: 'returned-to-sender', actor, at });
  }
  if (state.status === 'delivered' && shipment.trackingStatus === 'returned') await cancelTakingBack(tx, shipmentId, actor, at);
  // A parcel that goes on after all needs nobody who has not begun yet; damage does, also when it was delivered.
  if (!needsPerson(state.status)) {
    const outcome = { trackingStatus: state.status };
    await endExceptionTasks(tx, shipmentId, ['exception', 'lost', 'returned'], { status: 'cancelled', actor, outcome, at });
  }
  const givenUp = shipment.status === 'undelivered' ? isNews : await wasCreditedAsLost(tx, shipmentId);
  const turnedUp = state.status !== 'lost' && givenUp;
  const troubles = new Set<Trouble>([
    ...(needsPerson(state.status) ? [state.status] : []),
    ...(state.damaged ? (['damaged'] as const) : []),
    ...(turnedUp ? (['found'] as const) : []),
  ]);
  for (const trouble of troubles) {
    const open = await tx.query("SELECT 1 FROM tasks WHERE key LIKE $1 AND status IN ('open', 'claimed')", [
      `${shipmentId}:tracking:${trouble}:%`,
    ]);
    if (open.rows.length > 0) continue;
    await openTask(tx, {
      // Lost, found and lost again is another task.
      key: `${shipmentId}:tracking:${trouble}:${trouble === 'damaged' || trouble === 'found' ? '' : state.since}`,
      kind: 'shipment-exception',
      role: 'shipping',
      title: titleOf(trouble, `${shipmentId} (${shipment.trackingNumber})`),
      details: { shipmentId, trouble, trackingNumber: shipment.trackingNumber },
      customerId,
      orderId,
      at,
    });
  }
}

/** What a person is asked to see to. */
type Trouble = TrackingKind | 'found';

const titleOf = (trouble: Trouble, parcel: string): string =>
  trouble === 'found'
    ? `${parcel} was given up as lost and has turned up: see to the goods, the customer and the claim`
    : `${parcel} is reported ${trouble}: see to the customer, the claim and the goods`;

/** Ends the tasks about these troubles of a shipment: cancelled when nobody has begun with them, completed by what was decided. */
export async function endExceptionTasks(
  tx: Transaction,
  shipmentId: string,
  troubles: readonly Trouble[],
  how: { status: 'completed' | 'cancelled'; actor: Actor; outcome: unknown; at: string },
): Promise<void> {
  await tx.query(
    `UPDATE tasks SET status = $2, completed_by = $3, outcome = $4, completed_at = $5
     WHERE key LIKE ANY ($1) AND status = ANY ($6)`,
    [
      troubles.map((trouble) => `${shipmentId}:tracking:${trouble}:%`),
      how.status,
      how.actor.name,
      JSON.stringify(how.outcome),
      how.at,
      how.status === 'completed' ? ['open', 'claimed'] : ['open'],
    ],
  );
}

/** The parcel reached the customer after it was reported as sent back: what nobody has counted yet does not come. */
async function cancelTakingBack(tx: Transaction, shipmentId: string, actor: Actor, at: string): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    "SELECT id FROM returns WHERE shipment_id = $1 AND cause = 'returned-to-sender' AND status = 'approved' ORDER BY id",
    [shipmentId],
  );
  for (const { id } of rows) {
    const goods = await readReturnForChange(tx, id);
    await moveReturn(tx, goods, 'cancel', at, 'the carrier reports them delivered');
    const { customerId, orderId, invoiceId, status } = goods;
    const summary = `${id}: cancelled, the carrier reports the goods delivered`;
    await record(tx, {
      at,
      actor,
      action: 'return-cancelled',
      summary,
      customerId,
      orderId,
      shipmentId,
      invoiceId,
      before: { status: 'approved' },
      after: { returnId: id, status },
    });
  }
}

async function wasCreditedAsLost(tx: Transaction, shipmentId: string): Promise<boolean> {
  const { rows } = await tx.query(
    "SELECT 1 FROM returns WHERE shipment_id = $1 AND cause = 'lost' AND status = 'credited' LIMIT 1",
    [shipmentId],
  );
  return rows.length > 0;
}
