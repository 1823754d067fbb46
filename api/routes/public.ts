import { z } from 'zod';
import type { Invoice } from '../../db/queries/invoices.ts';
import { viewByLink } from '../../db/transactions/deliver-invoice.ts';
import { eInvoiceUbl } from '../../documents/e-invoice.ts';
import { invoicePdf } from '../../documents/invoice-pdf.ts';
import { type Call, type Route, reply, replyDocument, route } from '../contract.ts';
import { currency, invoiceStatus, isoDate, minor, text } from '../schemas.ts';
import { asked, showInvoice } from './invoices.ts';

/* What the holder of a link from a mail sees: its one invoice, and nothing else of anybody. */
const params = z.strictObject({ token: text(200) });
const theirs = { roles: [], openTo: 'link-holder', params } as const;

const view = ({ database, params: { token }, at }: Call<{ token: string }, undefined, undefined>): Promise<Invoice> =>
  database.transaction((tx) => viewByLink(tx, { token, at }));

export const publicRoutes: Route[] = [
  route({
    ...theirs,
    method: 'get',
    path: '/v1/public/invoices/{token}',
    summary: 'The invoice that a link from a mail opens, in short',
    responses: {
      200: z
        .strictObject({
          id: z.string(),
          currency,
          netMinor: minor,
          taxMinor: minor,
          grossMinor: minor,
          openMinor: minor,
          disputedMinor: minor,
          ...asked,
          hasEInvoice: z.boolean(),
          issuedOn: isoDate,
          dueOn: isoDate,
          status: invoiceStatus,
          paymentReference: z.string().meta({ description: 'ISO 11649.' }),
        })
        .meta({ id: 'LinkedInvoice' }),
    },
    handler: async (call) => {
      const row = await view(call);
      const {
        id,
        currency,
        netMinor,
        taxMinor,
        grossMinor,
        openMinor,
        disputedMinor,
        issuedOn,
        dueOn,
        status,
        paymentReference,
      } = row;
      const { askedMinor, discount, eInvoiceFaults } = await showInvoice(call.database, row, call.at);
      const sums = { netMinor, taxMinor, grossMinor, openMinor, disputedMinor, askedMinor, discount };
      const hasEInvoice = eInvoiceFaults?.length === 0;
      return reply(200, { id, currency, ...sums, hasEInvoice, issuedOn, dueOn, status, paymentReference });
    },
  }),
  route({
    ...theirs,
    method: 'get',
    path: '/v1/public/invoices/{token}/pdf',
    summary: 'The same as it was mailed',
    contentType: 'application/pdf',
    responses: { 200: z.custom<Uint8Array>() },
    handler: async (call) => {
      const { id } = await view(call);
      return replyDocument(await invoicePdf(call.database, id), `${id}.pdf`);
    },
  }),
  route({
    ...theirs,
    method: 'get',
    path: '/v1/public/invoices/{token}/ubl',
    summary: 'The same as an e-invoice; 422 when it lacks what that needs',
    contentType: 'application/xml',
    responses: { 200: z.custom<Uint8Array>() },
    handler: async (call) => {
      const { id } = await view(call);
      return replyDocument(await eInvoiceUbl(call.database, id), `${id}.xml`);
    },
  }),
];
