import { type DeliveryTerms, passesOnDelivery } from '../../domain/delivery-terms.ts';
import { type Fault, Refusal } from '../../domain/failures.ts';
import type { TrackingKind } from '../../domain/tracking.ts';
import { type TransitDecision, transitCause, willNotArrive } from '../../domain/transit.ts';
import { only, type Transaction } from '../client.ts';
import type { Actor } from '../statements/audit.ts';
import { lockOwingOrders } from '../statements/cash-application.ts';
import { announcedReturn, openTransitReturn, type ReturnableLine } from '../statements/returns.ts';
import { customerOfShipment } from '../statements/shipments.ts';
import { type CreditedReturn, writeOffReturn } from './credit-return.ts';
import { sendAgain } from './send-again.ts';

export interface ResolveShipmentInput {
  shipmentId: string;
  decision: TransitDecision;
  /** Numbered as on the shipment. Absent: every unit that has not come back already. */
  lines?: { lineNumber: number; quantity: number }[] | undefined;
  /** Of goods that are sent again: what is back on the shelf. */
  restocked?: { lineNumber: number; quantity: number }[] | undefined;
  reason: string;
  actor: Actor;
  at: string;
  offsetMs: number;
}

export interface ResolvedShipment {
  shipmentId: string;
  decision: TransitDecision;
  /** Undefined for goods that are sent again: they never were the customer's. */
  returnId: string | undefined;
  /** What was credited at once; goods that are taken back are credited when they have been inspected. */
  credited: CreditedReturn | undefined;
}

/**
 * A person's decision about goods that were lost, damaged or sent back on their way (S3). `credit` issues the credit note at once
 * and nothing comes back; `take-back` opens a return that the warehouse counts and inspects like any other. Goods that are ours
 * until they arrive (D-terms) were not invoiced, so there is nothing to credit: they are sent again. The order's lock decides the
 * race with the carrier's next event: a parcel that has been found meanwhile is not credited as lost.
 */
export async function resolveShipment(tx: Transaction, input: ResolveShipmentInput): Promise<ResolvedShipment> {
  const { shipmentId, decision, reason, actor, at, offsetMs } = input;
  const { customerId, orderId } = await customerOfShipment(tx, shipmentId);
  await lockOwingOrders(tx, customerId, orderId);
  const { status, damaged, deliveryTerms, delivered, invoiced } = only(
    await tx.query<{
      status: TrackingKind | null;
      damaged: boolean;
      deliveryTerms: DeliveryTerms | null;
      delivered: boolean;
      invoiced: boolean;
    }>(
      `SELECT s.tracking_status AS status, s.damaged, o.delivery_terms AS "deliveryTerms", s.status = 'delivered' AS delivered,
         EXISTS (SELECT FROM billings b WHERE b.shipment_id = s.id) AS invoiced
       FROM shipments s JOIN orders o ON o.id = s.order_id WHERE s.id = $1`,
      [shipmentId],
    ),
  );
  const state = status === null ? undefined : { status, damaged };
  const notPossible = () => {
    const where = status === null ? 'not reported by its carrier yet' : `reported ${status}${damaged ? ' and damaged' : ''}`;
    return new Refusal(409, 'shipment-state', `Shipment ${shipmentId} is ${where}: ${decision} is not possible.`, {
      extra: { trackingStatus: status, damaged },
    });
  };
  const isStillOurs = passesOnDelivery(deliveryTerms) && !delivered && !invoiced;
  if (decision === 'send-again') {
    if (!isStillOurs) {
      const detail = `The goods of ${shipmentId} were the customer's when they left: credit them, and take a new order for what is wanted again.`;
      throw new Refusal(409, 'control-passed', detail, { extra: { deliveryTerms } });
    }
    if (!willNotArrive(state)) throw notPossible();
    await sendAgain(tx, { orderId, shipmentId, restocked: input.restocked ?? [], reason, actor, at });
    return { shipmentId, decision, returnId: undefined, credited: undefined };
  }
  const { lines } = input;
  // The carrier says that they are back, and nobody has seen them: credited as announced, they are waited for no longer.
  const announced = decision === 'credit' && !lines && status === 'returned' ? await announcedReturn(tx, shipmentId) : undefined;
  if (announced) {
    const credited = await writeOffReturn(tx, { returnId: announced, reason, actor, at, offsetMs });
    return { shipmentId, decision, returnId: announced, credited };
  }
  const cause = transitCause(state, decision);
  if (!cause) throw notPossible();
  if (isStillOurs) {
    const detail = `Control has not passed: under ${deliveryTerms} the goods of ${shipmentId} are ours until they arrive, and nothing was invoiced that could be credited. Send them again.`;
    throw new Refusal(409, 'control-not-passed', detail, { extra: { deliveryTerms } });
  }
  if (!invoiced) {
    const detail = `${shipmentId} is not invoiced yet, and nothing can be credited: where it waits for the run of its period, POST /v1/invoice-runs bills it now.`;
    throw new Refusal(409, 'not-invoiced', detail);
  }
  const choose = lines && ((returnable: ReturnableLine[]) => chosenOf(lines, returnable));
  const returnId = await openTransitReturn(tx, { shipmentId, cause, actor, at, ...(choose && { choose }) });
  if (returnId === undefined) {
    throw new Refusal(409, 'nothing-to-resolve', `Nothing of ${shipmentId} is left that was not returned or credited already.`);
  }
  const credited = decision === 'credit' ? await writeOffReturn(tx, { returnId, reason, actor, at, offsetMs }) : undefined;
  return { shipmentId, decision, returnId, credited };
}

/** The lines that were named, when they are among those that can still come back. */
function chosenOf(lines: { lineNumber: number; quantity: number }[], returnable: ReturnableLine[]) {
  const faults = lines.flatMap(({ lineNumber, quantity }, index): Fault[] => {
    const line = returnable.find((candidate) => candidate.shipmentLineNumber === lineNumber);
    if (!line) {
      const unknown = `Nothing of a line ${lineNumber} of this shipment was invoiced.`;
      return [{ path: `/lines/${index}/lineNumber`, code: 'unknown-line', detail: unknown }];
    }
    const detail = `${line.left} units of line ${lineNumber} are neither returned nor credited.`;
    return quantity <= line.left ? [] : [{ path: `/lines/${index}/quantity`, code: 'more-than-shipped', detail }];
  });
  if (faults.length > 0)
    throw new Refusal(422, 'invalid-resolution', 'These goods cannot be credited or taken back.', { faults });
  return lines;
}
