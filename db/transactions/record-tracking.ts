import type { TrackingEvent } from '../../domain/tracking.ts';
import type { Transaction } from '../client.ts';
import { lockOrder } from '../statements/orders.ts';
import { applyTracking, carrierActor, lockTrackingNumbers } from '../statements/tracking.ts';

export interface ReportedEvent extends TrackingEvent {
  trackingNumber: string;
  place?: string | undefined;
  note?: string | undefined;
}

/**
 * Takes a carrier's events in, each once by its id, in whatever order they come. Those of a number that is not ours, or not yet,
 * are parked and read later (S3).
 */
export async function recordTracking(
  tx: Transaction,
  { carrier, events, at }: { carrier: string; events: readonly ReportedEvent[]; at: string },
): Promise<{ received: number; known: number; parked: number }> {
  const trackingNumbers = [...new Set(events.map(({ trackingNumber }) => trackingNumber))];
  await lockTrackingNumbers(tx, carrier, trackingNumbers);
  const { rows: shipments } = await tx.query<{ id: string; orderId: string; trackingNumber: string }>(
    `SELECT id, order_id AS "orderId", tracking_number AS "trackingNumber" FROM shipments
     WHERE tracking_number = ANY ($1) AND carrier = $2 ORDER BY order_id, id`,
    [trackingNumbers, carrier],
  );
  for (const orderId of new Set(shipments.map((shipment) => shipment.orderId))) await lockOrder(tx, orderId);
  const shipmentOf = new Map(shipments.map(({ id, trackingNumber }) => [trackingNumber, id]));
  const { rows: stored } = await tx.query<{ shipmentId: string | null }>(
    `INSERT INTO tracking_events (carrier, event_id, tracking_number, shipment_id, kind, occurred_at, place, note, at)
     SELECT $1, e.*, $2 FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[], $9::text[]) AS e
     ON CONFLICT (carrier, event_id) DO NOTHING RETURNING shipment_id AS "shipmentId"`,
    [
      carrier,
      at,
      events.map(({ eventId }) => eventId),
      events.map(({ trackingNumber }) => trackingNumber),
      events.map(({ trackingNumber }) => shipmentOf.get(trackingNumber) ?? null),
      events.map(({ kind }) => kind),
      events.map(({ occurredAt }) => occurredAt),
      events.map(({ place }) => place ?? null),
      events.map(({ note }) => note ?? null),
    ],
  );
  const touched = new Set(stored.flatMap(({ shipmentId }) => (shipmentId === null ? [] : [shipmentId])));
  for (const { id } of shipments) {
    if (touched.has(id)) await applyTracking(tx, { shipmentId: id, actor: carrierActor(carrier), at });
  }
  return {
    received: stored.length,
    known: events.length - stored.length,
    parked: stored.filter(({ shipmentId }) => shipmentId === null).length,
  };
}
