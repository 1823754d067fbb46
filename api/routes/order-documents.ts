import { z } from 'zod';
import { listOrderDocuments, readOriginal } from '../../db/queries/order-documents.ts';
import { takeOrderMail } from '../../db/transactions/take-order-mail.ts';
import { readOrderMail } from '../../documents/order-mail.ts';
import { type Route, reply, route } from '../contract.ts';
import { found } from '../ownership.ts';
import { documentFaults, id, isoInstant, pageOf, paging, toPage } from '../schemas.ts';

const status = z.enum(['ordered', 'parked']);
const taken = z
  .strictObject({ documentId: z.string(), status, orderId: z.string().nullable(), faults: documentFaults, isNew: z.boolean() })
  .meta({ id: 'TakenDocument' });
const document = z
  .strictObject({
    id: z.string(),
    channel: z.string(),
    sender: z.string().nullable(),
    subject: z.string(),
    readFrom: z.string(),
    status,
    customerId: z.string().nullable(),
    orderId: z.string().nullable(),
    faults: documentFaults,
    at: isoInstant,
  })
  .meta({ id: 'OrderDocument' });
const roles = ['sales', 'admin'] as const;

/** Orders that come as documents: a mail becomes an order of its sender, or a task for sales with every fault. */
export const orderDocumentRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/order-documents',
    summary:
      'Take a mail in as an order: its CSV, JSON or X12 attachment, or lines such as "2 x CHAIR". The same mail twice is one order',
    roles,
    file: {
      limitBytes: 5 * 1_024 * 1_024,
      content: { 'message/rfc822': z.string().meta({ description: 'The mail as it came, with its headers.' }) },
    },
    responses: { 201: taken },
    async handler({ database, file, at, delivery }) {
      const read = await readOrderMail(file.bytes);
      const take = () => database.transaction((tx) => takeOrderMail(tx, { original: file.bytes, ...read, at }));
      // A twin that was quicker by a moment shows as a unique violation; asked again, its answer is there.
      const outcome = await take().catch((error: { code?: string }) => {
        if (error.code === '23505') return take();
        throw error;
      });
      delivery.deliverSoon();
      return reply(201, outcome);
    },
  }),
  route({
    method: 'get',
    path: '/v1/order-documents',
    summary: 'Documents that came in as orders, newest first',
    roles,
    query: z.strictObject({ status: status.optional(), orderId: id.optional(), ...paging }),
    responses: { 200: pageOf(document) },
    handler: async ({ database, query }) =>
      reply(
        200,
        toPage(await listOrderDocuments(database, query, query), query.limit, (row) => row.id),
      ),
  }),
  route({
    method: 'get',
    path: '/v1/order-documents/{id}/original',
    summary: 'The document as it came',
    roles,
    params: z.strictObject({ id }),
    contentType: 'application/octet-stream',
    responses: { 200: z.custom<Uint8Array>() },
    handler: async ({ database, params }) => {
      const { original, extension } = found(await readOriginal(database, params.id), 'document', params.id);
      return reply(200, original, { 'Content-Disposition': `attachment; filename="${params.id}.${extension}"` });
    },
  }),
];
