import type { TrackingKind } from '../../domain/tracking.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export interface StoredTrackingEvent {
  sequence: number;
  carrier: string;
  eventId: string;
  trackingNumber: string;
  /** Null: the event is parked. */
  shipmentId: string | null;
  kind: TrackingKind;
  occurredAt: string;
  place: string | null;
  note: string | null;
  at: string;
}

/** In the order in which they came in; with `parked`, only those of numbers that are not ours, or not yet. */
export async function listTrackingEvents(
  db: Queryable,
  wanted: { shipmentId?: string | undefined; trackingNumber?: string | undefined; parked?: boolean | undefined },
  page: Page,
): Promise<StoredTrackingEvent[]> {
  const { where, limit, values } = filter(
    {
      'shipment_id = ?': wanted.shipmentId,
      'tracking_number = ?': wanted.trackingNumber,
      '(shipment_id IS NULL) = ?': wanted.parked,
      'sequence > ?::bigint': page.after,
    },
    page.limit,
  );
  const { rows } = await db.query<StoredTrackingEvent>(
    `SELECT sequence, carrier, event_id AS "eventId", tracking_number AS "trackingNumber", shipment_id AS "shipmentId", kind,
       occurred_at AS "occurredAt", place, note, at
     FROM tracking_events ${where} ORDER BY sequence ${limit}`,
    values,
  );
  return rows;
}
