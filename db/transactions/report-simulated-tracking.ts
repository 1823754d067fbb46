import { simulateTracking } from '../../domain/simulated-tracking.ts';
import type { TrackingKind } from '../../domain/tracking.ts';
import type { Transaction } from '../client.ts';
import { type ReportedEvent, recordTracking } from './record-tracking.ts';

const shipmentsAtOnce = 200;
const reportsAtOnce = 200;

interface Underway {
  carrier: string;
  trackingNumber: string;
  address: string;
  handedOverAt: string;
  troubleShare: number;
}

/**
 * Plays the part of simulated carriers: plans what they will report of shipments that have left, and reports what is due by the
 * company clock, through the transaction that takes every carrier's events. Without a simulated carrier it does nothing.
 */
export async function reportSimulatedTracking(
  tx: Transaction,
  { at }: { at: string },
): Promise<{ planned: number; reported: number; more: boolean }> {
  const { rows: underway } = await tx.query<Underway>(
    `SELECT s.carrier, s.tracking_number AS "trackingNumber", concat_ws(' ', s.ship_to ->> 'name', s.ship_to ->> 'street') AS address,
       s.shipped_at AS "handedOverAt", c.trouble_share AS "troubleShare"
     FROM carrier_simulations c JOIN shipments s ON s.carrier = c.carrier AND s.status = 'shipped' AND s.shipped_at >= c.since
     WHERE NOT EXISTS (SELECT 1 FROM simulated_reports r WHERE r.tracking_number = s.tracking_number)
     ORDER BY s.id LIMIT $1`,
    [shipmentsAtOnce],
  );
  const plans = underway.flatMap((parcel) => simulateTracking(parcel).map((event) => ({ ...event, carrier: parcel.carrier })));
  if (plans.length > 0) {
    await tx.query(
      `INSERT INTO simulated_reports (carrier, tracking_number, event_id, kind, occurred_at, due_at)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[])`,
      [
        plans.map(({ carrier }) => carrier),
        plans.map(({ trackingNumber }) => trackingNumber),
        plans.map(({ eventId }) => eventId),
        plans.map(({ kind }) => kind),
        plans.map(({ occurredAt }) => occurredAt),
        plans.map(({ reportedAt }) => reportedAt),
      ],
    );
  }
  const { rows: due } = await tx.query<ReportedEvent & { id: number; carrier: string; kind: TrackingKind }>(
    `SELECT id, carrier, tracking_number AS "trackingNumber", event_id AS "eventId", kind, occurred_at AS "occurredAt"
     FROM simulated_reports WHERE reported_at IS NULL AND due_at <= $1 ORDER BY due_at, id LIMIT $2`,
    [at, reportsAtOnce],
  );
  for (const carrier of [...new Set(due.map((event) => event.carrier))].sort()) {
    await recordTracking(tx, { carrier, events: due.filter((event) => event.carrier === carrier), at });
  }
  await tx.query('UPDATE simulated_reports SET reported_at = $2 WHERE id = ANY ($1)', [due.map(({ id }) => id), at]);
  return {
    planned: underway.length,
    reported: due.length,
    more: underway.length === shipmentsAtOnce || due.length === reportsAtOnce,
  };
}
