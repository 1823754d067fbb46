import { type SimulatedGatewayEvent, simulatedDisputeEvents, simulatedRefundEvents } from '../../domain/simulated-gateway.ts';
import type { Transaction } from '../client.ts';
import { takeGatewayEvent } from './take-gateway-event.ts';

const causesAtOnce = 200;
const reportsAtOnce = 200;

interface Taken {
  gatewayId: string;
  paymentMethod: string;
  amountMinor: number;
  currency: string;
  takenAt: string;
}

/**
 * Plays the part of the simulated gateway's messages: plans what it will report of money that it took and sent back, and reports what is
 * due by the company clock, through the transaction that takes every message of a gateway's. Off a local stack it does nothing.
 */
export async function reportSimulatedGateway(
  tx: Transaction,
  { at }: { at: string },
): Promise<{ planned: number; reported: number; more: boolean }> {
  const unplanned = (cause: string) => `NOT EXISTS (SELECT FROM simulated_gateway_events e WHERE e.cause = ${cause})`;
  // Of tokens that ask for nothing there is nothing to plan.
  const { rows: taken } = await tx.query<Taken>(
    `SELECT t.*, p.amount_minor AS "amountMinor", p.currency, p.at AS "takenAt" FROM (
       SELECT gateway_id AS "gatewayId", payment_method AS "paymentMethod", payment_id FROM card_authorisations
       UNION ALL SELECT gateway_id, payment_method, payment_id FROM card_payments) t
     JOIN payments p ON p.id = t.payment_id, gateway_simulations s
     WHERE t."gatewayId" LIKE 'sim\\_%' AND t."paymentMethod" ~ 'disputed|inquiry' AND p.at >= s.since AND ${unplanned('t."gatewayId"')}
     ORDER BY p.id LIMIT $1`,
    [causesAtOnce],
  );
  const { rows: refunds } = await tx.query<{ refundId: string }>(
    `SELECT gateway_refund_id AS "refundId" FROM refunds, gateway_simulations s
     WHERE status = 'approved' AND gateway_refund_id LIKE 're\\_sim\\_%' AND decided_at >= s.since AND ${unplanned('gateway_refund_id')}
     ORDER BY id DESC LIMIT $1`,
    [causesAtOnce],
  );
  const plans: (SimulatedGatewayEvent & { cause: string })[] = [
    ...taken.flatMap((payment) => simulatedDisputeEvents(payment).map((event) => ({ ...event, cause: payment.gatewayId }))),
    ...refunds.flatMap(({ refundId }) => simulatedRefundEvents(refundId).map((event) => ({ ...event, cause: refundId }))),
  ];
  if (plans.length > 0) {
    await tx.query(
      `INSERT INTO simulated_gateway_events (cause, event_id, type, object_id, due_at)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])`,
      [
        plans.map(({ cause }) => cause),
        plans.map(({ eventId }) => eventId),
        plans.map(({ type }) => type),
        plans.map(({ objectId }) => objectId),
        plans.map(({ dueAt }) => dueAt),
      ],
    );
  }
  const { rows: due } = await tx.query<{ id: number; eventId: string; type: string; objectId: string; occurredAt: string }>(
    `SELECT id, event_id AS "eventId", type, object_id AS "objectId", due_at AS "occurredAt"
     FROM simulated_gateway_events WHERE reported_at IS NULL AND due_at <= $1 ORDER BY due_at, id LIMIT $2`,
    [at, reportsAtOnce],
  );
  for (const { id: _, ...event } of due) await takeGatewayEvent(tx, { ...event, at });
  await tx.query('UPDATE simulated_gateway_events SET reported_at = $2 WHERE id = ANY ($1)', [due.map(({ id }) => id), at]);
  return { planned: plans.length, reported: due.length, more: due.length === reportsAtOnce };
}
