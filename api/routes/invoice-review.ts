import { z } from 'zod';
import type { Database } from '../../db/client.ts';
import { listCorrections } from '../../db/queries/corrections.ts';
import { creditHistory } from '../../db/queries/credit-history.ts';
import { listDisputes } from '../../db/queries/disputes.ts';
import { readInvoice } from '../../db/queries/invoices.ts';
import { readOrder } from '../../db/queries/orders.ts';
import { listPayments } from '../../db/queries/payments.ts';
import { listCreditNotes } from '../../db/queries/returns.ts';
import { readWorkOrder } from '../../db/queries/shipments.ts';
import { listTrackingEvents } from '../../db/queries/tracking-events.ts';
import { type Route, reply, route } from '../contract.ts';
import { found } from '../ownership.ts';
import { id } from '../schemas.ts';
import { breakdown, breakdownOf } from './breakdown.ts';
import { correction } from './corrections.ts';
import { creditNote } from './credit-notes.ts';
import { account, accountOf, creditChange } from './customers.ts';
import { dispute } from './disputes.ts';
import { invoice } from './invoices.ts';
import { order } from './orders.ts';
import { payment } from './payments.ts';
import { workOrder } from './shipments.ts';
import { trackingEvent } from './tracking.ts';

/** More of one kind than anybody reads on one page; the lists of their own have the rest. */
const atMost = 50;
const page = { limit: atMost };

const review = z
  .strictObject({
    invoice,
    order: order
      .nullable()
      .meta({ description: 'Null for an item that bills several orders, or no goods: an opening item or an interest note.' }),
    creditDecisions: z
      .array(creditChange)
      .meta({ description: 'About the order, newest first; none where it had room as it was.' }),
    shipment: workOrder.nullable().meta({ description: 'What was planned, picked and packed, and where it is.' }),
    trackingEvents: z.array(trackingEvent),
    payments: z.array(payment).meta({ description: 'Those that paid on the invoice, newest first.' }),
    creditNotes: z.array(creditNote),
    corrections: z.array(correction),
    disputes: z.array(dispute),
    account,
    breakdown: breakdown.nullable(),
  })
  .meta({ id: 'InvoiceReview', description: `Lists hold the newest ${atMost} each.` });

/** Everything that is known about one invoice, for the person who reviews it or answers a dispute of it (A1, A2). */
async function reviewOf(database: Database, invoiceId: string, at: string) {
  const row = found(await readInvoice(database, invoiceId), 'invoice', invoiceId);
  const { customerId, orderId, shipmentId } = row;
  const [ordered, creditDecisions, shipment, trackingEvents, payments, creditNotes, corrections, disputes, standing, chain] =
    await Promise.all([
      orderId === null ? undefined : readOrder(database, orderId),
      orderId === null ? [] : creditHistory(database, { customerId, orderId }, page),
      shipmentId === null ? undefined : readWorkOrder(database, shipmentId),
      shipmentId === null ? [] : listTrackingEvents(database, { shipmentId }, page),
      listPayments(database, { invoiceId }, page),
      listCreditNotes(database, { invoiceId }, page),
      listCorrections(database, { invoiceId }, page),
      listDisputes(database, { invoiceId }, page),
      accountOf(database, customerId, at),
      row.kind === 'invoice' ? breakdownOf(database, row) : null,
    ]);
  return {
    invoice: { ...row, plan: { ...row.plan, steps: row.plan.steps.map((step) => ({ ...step })) } },
    order: ordered ?? null,
    creditDecisions: creditDecisions.slice(0, atMost),
    shipment: shipment ?? null,
    trackingEvents: trackingEvents.slice(0, atMost),
    payments: payments.slice(0, atMost),
    creditNotes: creditNotes.slice(0, atMost),
    corrections: corrections.slice(0, atMost),
    disputes: disputes.slice(0, atMost),
    account: standing,
    breakdown: chain,
  };
}

export const invoiceReviewRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/invoices/{id}/review',
    summary:
      'One page for reviewing an invoice or answering a dispute: order, approvals, pick, shipment, money, disputes, standing and breakdown',
    roles: ['receivables', 'finance', 'admin'],
    params: z.strictObject({ id }),
    responses: { 200: review },
    handler: async ({ database, at, params }) => reply(200, await reviewOf(database, params.id, at)),
  }),
];
