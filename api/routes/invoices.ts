import { z } from 'zod';
import type { Queryable } from '../../db/client.ts';
import {
  type Invoice,
  type InvoiceSummary,
  invoiceSorts,
  listInvoices,
  readInvoice,
  withAsked,
} from '../../db/queries/invoices.ts';
import { readTimeline } from '../../db/queries/timeline.ts';
import { readCompany } from '../../db/statements/company.ts';
import { resendInvoice, revokeLinks } from '../../db/transactions/deliver-invoice.ts';
import { takeOverOpenItem } from '../../db/transactions/open-item.ts';
import { eInvoiceUbl, faultsOfEInvoice } from '../../documents/e-invoice.ts';
import { invoicePdf } from '../../documents/invoice-pdf.ts';
import { isDisputable } from '../../domain/offered-actions.ts';
import { localDate } from '../../domain/time.ts';
import { type Route, readersOfMoney, reply, replyDocument, route } from '../contract.ts';
import { found, narrow } from '../ownership.ts';
import { reportRoutes } from '../report-routes.ts';
import {
  currency,
  customerId,
  email,
  fault,
  id,
  invoiceStatus,
  isoDate,
  isoInstant,
  minor,
  pageOf,
  paging,
  positiveMinor,
  reason,
  sortOf,
  text,
  timelineEntry,
  toPage,
} from '../schemas.ts';
import { forReader, openTo } from './timeline.ts';

export const invoiceSummary = z
  .strictObject({
    id: z.string().meta({ description: 'The document number itself.' }),
    kind: z.enum(['invoice', 'opening-item', 'interest-note', 'fee-note', 'returned-refund']),
    customerId: z.string(),
    orderId: z.string().nullable().meta({ description: 'Null where it bills several, or no goods.' }),
    shipmentId: z.string().nullable().meta({ description: 'Null where it bills several, or no goods.' }),
    correctsInvoiceId: z.string().nullable(),
    paymentReference: z.string().meta({ description: 'ISO 11649.' }),
    formerReference: z
      .string()
      .nullable()
      .meta({ description: 'The number that an opening item had in the system before this one.' }),
    currency,
    netMinor: minor,
    taxMinor: minor,
    grossMinor: minor,
    openMinor: minor,
    disputedMinor: minor.meta({ description: 'By live disputes: open, and neither dunned nor part of a hold.' }),
    issuedOn: isoDate,
    dueOn: isoDate.meta({ description: 'Of the first instalment that is still open.' }),
    status: invoiceStatus,
    overdueSince: isoInstant.nullable(),
    dunningLevel: z.int(),
    lastNoticeOn: isoDate.nullable(),
    collectionsSince: isoInstant.nullable(),
    nextStepAt: isoInstant.nullable(),
  })
  .meta({ id: 'InvoiceSummary' });

/** Of whatever is open: what a customer pays today. */
export const asked = {
  askedMinor: minor.meta({
    description: 'What is asked for today: not what is disputed, nor what an early-payment discount takes off.',
  }),
  discount: z
    .strictObject({ rate: z.string(), payBy: isoDate, discountMinor: minor })
    .nullable()
    .meta({ description: 'The early-payment discount of whoever pays all that is asked for by that day.' }),
};
export const askedInvoice = z.strictObject({ ...invoiceSummary.shape, ...asked }).meta({ id: 'AskedInvoice' });

export const invoice = z
  .strictObject({
    ...invoiceSummary.shape,
    ...asked,
    isDisputable: z.boolean().meta({ description: 'Something of it is open that is not disputed already.' }),
    eInvoiceFaults: z
      .array(fault)
      .nullable()
      .meta({ description: 'What is missing for its e-invoice; none: there is one. Null where it goes out as PDF only.' }),
    taxes: z.array(z.strictObject({ category: z.string(), rate: z.string(), baseMinor: minor, taxMinor: minor })),
    plan: z
      .looseObject({
        policy: z.string().optional().meta({ description: 'Absent: the company’s own.' }),
        policyVersion: z.int(),
        assignedBy: z.enum(['invoice', 'customer', 'segment', 'company']).optional(),
        steps: z.array(z.looseObject({ step: z.string(), kind: z.string(), on: isoDate, at: isoInstant })),
      })
      .nullable()
      .meta({ description: 'How we ask for its money; null for a customer’s key.' }),
    facts: z.looseObject({}),
    lines: z.array(
      z.strictObject({
        lineNumber: z.int(),
        sku: z.string().nullable(),
        description: z.string(),
        quantity: z.int(),
        unitPriceMinor: minor,
        taxCategory: z.string(),
        taxRate: z.string(),
        netMinor: minor,
        origin: z
          .strictObject({ orderId: z.string(), shipmentId: z.string(), orderLineNumber: z.int() })
          .nullable()
          .meta({ description: 'Of a consolidated invoice: which line of which shipment it bills.' }),
      }),
    ),
    applications: z.array(z.strictObject({ paymentId: z.string(), amountMinor: minor, valueOn: isoDate })),
    instalments: z.array(z.strictObject({ number: z.int(), dueOn: isoDate, amountMinor: minor, openMinor: minor })).meta({
      description: 'When it is due, in parts; most invoices are one. What pays the invoice pays the earliest part first.',
    }),
    credits: z
      .array(z.strictObject({ creditNoteId: z.string(), amountMinor: minor, valueOn: isoDate }))
      .meta({ description: 'What credit notes took off it.' }),
    writeOffs: z
      .array(z.strictObject({ writeOffId: z.string(), amountMinor: minor, recoveredMinor: minor, valueOn: isoDate }))
      .meta({ description: 'What was given up of it, and what of that was paid after all.' }),
  })
  .meta({ id: 'Invoice' });

const params = z.strictObject({ id });

/** The invoice as its page needs it: with what is asked for today, and whether there is an e-invoice of it. */
export async function showInvoice(database: Queryable, row: Invoice, at: string) {
  const { timeZone } = await readCompany(database);
  const [[shown], eInvoiceFaults] = await Promise.all([
    withAsked(database, [row], localDate(at, timeZone)),
    faultsOfEInvoice(database, row.id),
  ]);
  return {
    ...shown!,
    isDisputable: isDisputable(row),
    eInvoiceFaults,
    plan: { ...row.plan, steps: row.plan.steps.map((step) => ({ ...step })) },
  };
}

export const invoiceRoutes: Route[] = [
  ...reportRoutes({
    path: '/v1/invoices',
    summary: 'Invoices and other debit items, newest first',
    roles: readersOfMoney,
    query: z.strictObject({
      customerId: customerId.optional(),
      status: invoiceStatus.optional(),
      overdue: z.enum(['true', 'false']).optional(),
      disputed: z.literal('true').optional().meta({ description: 'Only those with something in dispute.' }),
      sort: sortOf(invoiceSorts),
      ...paging,
    }),
    response: pageOf(askedInvoice),
    read: async ({ database, principal, query, at }) => {
      const today = localDate(at, (await readCompany(database)).timeZone);
      const wanted = {
        customerId: narrow(principal, query.customerId),
        status: query.status,
        overdueOn: query.overdue === 'true' ? today : undefined,
        disputed: query.disputed,
      };
      const sortedBy = (row: InvoiceSummary) => (query.sort?.endsWith('dueOn') ? row.dueOn : row.grossMinor);
      const rows = await withAsked(database, await listInvoices(database, wanted, query, query.sort), today);
      return toPage(rows, query.limit, (row) => (query.sort ? `${sortedBy(row)} ${row.id}` : row.id));
    },
    columns: [
      'id',
      'kind',
      'customerId',
      'orderId',
      'paymentReference',
      'currency',
      'net minor',
      'tax minor',
      'gross minor',
      'open minor',
      'disputed minor',
      'issuedOn',
      'dueOn',
      'status',
      'dunningLevel',
    ],
    rows: ({ items }) =>
      items.map((row) => [
        row.id,
        row.kind,
        row.customerId,
        row.orderId,
        row.paymentReference,
        row.currency,
        row.netMinor,
        row.taxMinor,
        row.grossMinor,
        row.openMinor,
        row.disputedMinor,
        row.issuedOn,
        row.dueOn,
        row.status,
        row.dunningLevel,
      ]),
  }),
  route({
    method: 'get',
    path: '/v1/invoices/{id}',
    summary: 'One invoice with its lines, its dunning plan and what was paid on it',
    roles: readersOfMoney,
    params,
    responses: { 200: invoice },
    handler: async ({ database, principal, params: { id }, at }) => {
      const row = found(await readInvoice(database, id, principal.customerId), 'invoice', id);
      const shown = await showInvoice(database, row, at);
      return reply(200, principal.customerId === undefined ? shown : { ...shown, plan: null });
    },
  }),
  route({
    method: 'get',
    path: '/v1/invoices/{id}/pdf',
    summary: 'The invoice as it was mailed',
    roles: readersOfMoney,
    params,
    contentType: 'application/pdf',
    responses: { 200: z.custom<Uint8Array>() },
    handler: async ({ database, principal, params: { id } }) => {
      found(await readInvoice(database, id, principal.customerId), 'invoice', id);
      return replyDocument(await invoicePdf(database, id), `${id}.pdf`);
    },
  }),
  route({
    method: 'get',
    path: '/v1/invoices/{id}/ubl',
    summary: 'The invoice as an e-invoice: UBL 2.1 by Peppol BIS Billing 3.0; 422 with everything that it lacks',
    roles: readersOfMoney,
    params,
    contentType: 'application/xml',
    responses: { 200: z.custom<Uint8Array>() },
    handler: async ({ database, principal, params: { id } }) => {
      found(await readInvoice(database, id, principal.customerId), 'invoice', id);
      return replyDocument(await eInvoiceUbl(database, id), `${id}.xml`);
    },
  }),
  route({
    method: 'post',
    path: '/v1/invoices/{id}/resend',
    summary: 'Mail the same invoice again, to the customer or another address on file',
    roles: ['sales', 'receivables', 'finance', 'admin'],
    idempotencyKey: 'required',
    params,
    body: z.strictObject({ to: email.optional() }).prefault({}).meta({ id: 'InvoiceResend' }),
    responses: { 202: z.strictObject({ noticeKey: z.string(), recipient: z.string() }) },
    handler: (call) =>
      call.command(async (tx) =>
        reply(202, await resendInvoice(tx, { invoiceId: call.params.id, ...call.body, actor: call.actor, at: call.at })),
      ),
  }),
  route({
    method: 'post',
    path: '/v1/invoices/{id}/links/revoke',
    summary: 'End every link from mails that opens this invoice without a key',
    roles: ['receivables', 'finance', 'admin'],
    params,
    body: z.strictObject({ reason }),
    responses: { 200: z.strictObject({ invoiceId: z.string(), revoked: z.int() }) },
    handler: (call) =>
      call.command(async (tx) =>
        reply(200, await revokeLinks(tx, { invoiceId: call.params.id, ...call.body, actor: call.actor, at: call.at })),
      ),
  }),
  route({
    method: 'get',
    path: '/v1/invoices/{id}/timeline',
    summary: 'Who did what with this invoice, when and why',
    roles: readersOfMoney,
    params,
    query: z.strictObject(paging),
    responses: { 200: pageOf(timelineEntry) },
    handler: async ({ database, principal, params: { id }, query }) => {
      found(await readInvoice(database, id, principal.customerId), 'invoice', id);
      const rows = await readTimeline(database, { invoiceId: id }, query, openTo(principal));
      return reply(
        200,
        toPage(forReader(principal, rows), query.limit, (row) => String(row.sequence)),
      );
    },
  }),
  route({
    method: 'post',
    path: '/v1/opening-items',
    summary: 'Take over an unpaid item from the system before this one',
    roles: ['receivables', 'finance', 'admin'],
    idempotencyKey: 'required',
    body: z
      .strictObject({
        customerId,
        currency,
        amountMinor: positiveMinor,
        issuedOn: isoDate,
        dueOn: isoDate,
        reference: text(100).meta({ description: 'The number it had there.' }),
      })
      .meta({ id: 'OpeningItem' }),
    responses: { 201: z.strictObject({ invoiceId: z.string() }) },
    handler: (call) =>
      call.command(async (tx) => {
        const taken = await takeOverOpenItem(tx, { ...call.body, actor: call.actor, at: call.at, offsetMs: call.offsetMs });
        return reply(201, taken, { Location: `/v1/invoices/${taken.invoiceId}` });
      }),
  }),
];
