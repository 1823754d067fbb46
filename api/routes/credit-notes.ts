import { z } from 'zod';
import { listCreditNotes, readCreditNote } from '../../db/queries/returns.ts';
import { applyCreditNote } from '../../db/transactions/apply-credit-note.ts';
import { eInvoiceUbl } from '../../documents/e-invoice.ts';
import { invoicePdf } from '../../documents/invoice-pdf.ts';
import { correctionReasonCodes } from '../../domain/correction.ts';
import { type Route, readersOfMoney, reply, replyDocument, route } from '../contract.ts';
import { found, narrow } from '../ownership.ts';
import { currency, customerId, id, isoDate, minor, pageOf, paging, toPage } from '../schemas.ts';

export const creditNote = z
  .strictObject({
    id: z.string().meta({ description: 'The document number itself.' }),
    returnId: z.string().nullable().meta({ description: 'Null: no goods came back for it.' }),
    invoiceId: z.string().meta({ description: 'The invoice that it corrects.' }),
    customerId: z.string(),
    orderId: z.string().nullable().meta({ description: 'Null: what it corrects bills several, or no goods.' }),
    reason: z.enum(['return', ...correctionReasonCodes]),
    note: z.string().nullable(),
    currency,
    netMinor: minor,
    taxMinor: minor,
    grossMinor: minor,
    unappliedMinor: minor.meta({ description: 'What no invoice has taken: the customer’s credit balance from it.' }),
    issuedOn: isoDate,
    taxes: z.array(z.strictObject({ category: z.string(), rate: z.string(), baseMinor: minor, taxMinor: minor })),
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
      }),
    ),
    applications: z.array(z.strictObject({ invoiceId: z.string(), amountMinor: minor, valueOn: isoDate })),
  })
  .meta({ id: 'CreditNote' });

const params = z.strictObject({ id });

export const creditNoteRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/credit-notes',
    summary: 'Credit notes, newest first',
    roles: readersOfMoney,
    query: z.strictObject({
      customerId: customerId.optional(),
      invoiceId: id.optional(),
      unapplied: z.literal('true').optional().meta({ description: 'Only those that have a credit balance left.' }),
      ...paging,
    }),
    responses: { 200: pageOf(creditNote) },
    handler: async ({ database, principal, query }) => {
      const rows = await listCreditNotes(database, { ...query, customerId: narrow(principal, query.customerId) }, query);
      return reply(
        200,
        toPage(rows, query.limit, (row) => row.id),
      );
    },
  }),
  route({
    method: 'get',
    path: '/v1/credit-notes/{id}',
    summary: 'One credit note with its lines, and what it was applied to',
    roles: readersOfMoney,
    params,
    responses: { 200: creditNote },
    handler: async ({ database, principal, params: { id } }) =>
      reply(200, found(await readCreditNote(database, id, principal.customerId), 'credit-note', id)),
  }),
  route({
    method: 'get',
    path: '/v1/credit-notes/{id}/pdf',
    summary: 'The credit note as it was mailed',
    roles: readersOfMoney,
    params,
    contentType: 'application/pdf',
    responses: { 200: z.custom<Uint8Array>() },
    handler: async ({ database, principal, params: { id } }) => {
      found(await readCreditNote(database, id, principal.customerId), 'credit-note', id);
      return replyDocument(await invoicePdf(database, id), `${id}.pdf`);
    },
  }),
  route({
    method: 'get',
    path: '/v1/credit-notes/{id}/ubl',
    summary: 'The credit note as an e-invoice: UBL 2.1 by Peppol BIS Billing 3.0; 422 with everything that it lacks',
    roles: readersOfMoney,
    params,
    contentType: 'application/xml',
    responses: { 200: z.custom<Uint8Array>() },
    handler: async ({ database, principal, params: { id } }) => {
      found(await readCreditNote(database, id, principal.customerId), 'credit-note', id);
      return replyDocument(await eInvoiceUbl(database, id), `${id}.xml`);
    },
  }),
  route({
    method: 'post',
    path: '/v1/credit-notes/{id}/apply',
    summary: 'Pay invoices with the credit balance of a credit note, the oldest due date first, by its date',
    roles: ['receivables', 'finance', 'admin'],
    params,
    idempotencyKey: 'required',
    body: z
      .strictObject({
        invoiceIds: z
          .array(id)
          .min(1)
          .max(100)
          .refine((ids) => new Set(ids).size === ids.length, 'An invoice stands there once.'),
      })
      .meta({ id: 'CreditNoteApplication' }),
    responses: {
      200: z
        .strictObject({
          creditNoteId: z.string(),
          applications: z.array(z.strictObject({ invoiceId: z.string(), amountMinor: minor, openMinor: minor })),
          unappliedMinor: minor,
          interestNotes: z.array(z.string()),
          onHold: z.boolean(),
        })
        .meta({ id: 'AppliedCreditNote' }),
    },
    handler: (call) =>
      call.command(async (tx) => {
        const { params, body, actor, at, offsetMs } = call;
        return reply(200, await applyCreditNote(tx, { creditNoteId: params.id, ...body, actor, at, offsetMs }));
      }),
  }),
];
