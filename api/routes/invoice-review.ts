import { z } from 'zod';
import type { Database } from '../../db/client.ts';
import { listCorrections } from '../../db/queries/corrections.ts';
import { creditHistory } from '../../db/queries/credit-history.ts';
import { listDisputes } from '../../db/queries/disputes.ts';
import { listHoldOffs } from '../../db/queries/hold-offs.ts';
import { readInvoice } from '../../db/queries/invoices.ts';
import { readOrder } from '../../db/queries/orders.ts';
import { listPayments } from '../../db/queries/payments.ts';
import { listCreditNotes } from '../../db/queries/returns.ts';
import { readWorkOrder } from '../../db/queries/shipments.ts';
import { listTrackingEvents } from '../../db/queries/tracking-events.ts';
import { listWriteOffs } from '../../db/queries/write-offs.ts';
import type { Actor } from '../../db/statements/audit.ts';
import { actionsOnInvoice, invoiceActions } from '../../domain/offered-actions.ts';
import { type Principal, type Route, reply, route } from '../contract.ts';
import { found } from '../ownership.ts';
import { id } from '../schemas.ts';
import { breakdown, breakdownOf } from './breakdown.ts';
import { correctionToDecide, offerDecisions } from './corrections.ts';
import { creditNote } from './credit-notes.ts';
import { account, accountOf, creditChange } from './customers.ts';
import { dispute, showDispute } from './disputes.ts';
import { heldOff } from './hold-offs.ts';
import { invoice, showInvoice } from './invoices.ts';
import { order } from './orders.ts';
import { payment } from './payments.ts';
import { workOrder } from './shipments.ts';
import { trackingEvent } from './tracking.ts';
import { offerWriteOff, writeOffToDecide } from './write-offs.ts';

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
    corrections: z.array(correctionToDecide),
    disputes: z.array(dispute),
    account,
    breakdown: breakdown.nullable(),
    holdOffs: z.array(heldOff),
    writeOffs: z.array(writeOffToDecide),
    actions: z.array(z.enum(invoiceActions)).meta({ description: 'What the asker can do about the invoice as it stands.' }),
  })
  .meta({ id: 'InvoiceReview', description: `Lists hold the newest ${atMost} each.` });

interface Asker {
  at: string;
  actor: Actor;
  principal: Principal;
}

/** Everything that is known about one invoice, for the person who reviews it or answers a dispute of it (A1, A2). */
async function reviewOf(database: Database, invoiceId: string, { at, actor, principal }: Asker) {
  const row = found(await readInvoice(database, invoiceId), 'invoice', invoiceId);
  const { customerId, orderId, shipmentId } = row;
  const [
    ordered,
    creditDecisions,
    shipment,
    trackingEvents,
    payments,
    creditNotes,
    corrections,
    disputes,
    standing,
    chain,
    holdOffs,
    writeOffs,
    shown,
  ] = await Promise.all([
    orderId === null ? undefined : readOrder(database, orderId),
    orderId === null ? [] : creditHistory(database, { customerId, orderId }, page),
    shipmentId === null ? undefined : readWorkOrder(database, shipmentId),
    shipmentId === null ? [] : listTrackingEvents(database, { shipmentId }, page),
    listPayments(database, { invoiceId }, page),
    listCreditNotes(database, { invoiceId }, page),
    listCorrections(database, { invoiceId }, page),
    listDisputes(database, { invoiceId }, page),
    accountOf(database, customerId, { at, roles: principal.roles }),
    row.kind === 'invoice' ? breakdownOf(database, row) : null,
    listHoldOffs(database, { invoiceId }, page),
    listWriteOffs(database, { invoiceId }, page),
    showInvoice(database, row, at),
  ]);
  return {
    invoice: shown,
    order: ordered ?? null,
    creditDecisions: creditDecisions.slice(0, atMost),
    shipment: shipment ?? null,
    trackingEvents: trackingEvents.slice(0, atMost),
    payments: payments.slice(0, atMost),
    creditNotes: creditNotes.slice(0, atMost),
    corrections: corrections.slice(0, atMost).map((one) => offerDecisions(one, actor)),
    disputes: disputes.slice(0, atMost).map((one) => showDispute(one, principal)),
    account: standing,
    breakdown: chain,
    holdOffs: holdOffs.slice(0, atMost),
    writeOffs: writeOffs.slice(0, atMost).map((one) => offerWriteOff(one, principal.roles, actor)),
    actions: actionsOnInvoice({
      ...row,
      creditedMinor: creditNotes.reduce((sum, { grossMinor }) => sum + grossMinor, 0),
      correctionWaits: corrections.some(({ status }) => status === 'proposed'),
      isHeldOff: holdOffs.some(({ endedAt }) => endedAt === null),
      writeOffWaits: writeOffs.some(({ status }) => status === 'proposed'),
    }),
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
    handler: async ({ database, at, actor, principal, params }) =>
      reply(200, await reviewOf(database, params.id, { at, actor, principal })),
  }),
];
