import { z } from 'zod';
import type { Queryable } from '../../db/client.ts';
import {
  listOrderDocuments,
  type OrderDocument,
  orderDocumentStatuses,
  readOrderDocument,
  readOriginal,
} from '../../db/queries/order-documents.ts';
import { discardDocument, enterDocument } from '../../db/transactions/decide-order-document.ts';
import { takeOrderMail } from '../../db/transactions/take-order-mail.ts';
import { readOrderMail } from '../../documents/order-mail.ts';
import { type Route, reply, route } from '../contract.ts';
import { found } from '../ownership.ts';
import { documentFaults, id, isoInstant, pageOf, paging, reason, toPage } from '../schemas.ts';

const status = z
  .enum(orderDocumentStatuses)
  .meta({ description: 'Entered: a person made an order of it. Discarded: a person found that it is none.' });
const taken = z
  .strictObject({
    documentId: z.string(),
    status: z.enum(['ordered', 'parked']).meta({ description: 'What became of it as it came.' }),
    orderId: z.string().nullable(),
    faults: documentFaults,
    isNew: z.boolean(),
  })
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
    decidedBy: z.string().nullable(),
    decidedAt: isoInstant.nullable(),
    decisionReason: z.string().nullable(),
    actions: z.array(z.enum(['enter', 'discard'])).meta({ description: 'What can be done with it as it stands.' }),
  })
  .meta({ id: 'OrderDocument' });
const sourceMaximum = 100_000;
const readDocument = document
  .extend({
    source: z.string().meta({
      description: `The text that it was read from, its first ${sourceMaximum.toLocaleString('en')} characters; faults name its lines. Of an 850 a segment a line.`,
    }),
    order: z
      .strictObject({
        externalReference: z.string().nullable(),
        requestedOn: z.string().nullable(),
        lines: z.array(z.strictObject({ line: z.int(), sku: z.string(), quantity: z.int() })),
      })
      .meta({ description: 'What could be read of it, for who enters it; nothing of it has been held against prices or stock.' }),
  })
  .meta({ id: 'ReadOrderDocument' });
const params = z.strictObject({ id });
const roles = ['sales', 'admin'] as const;

const shown = (row: OrderDocument) => ({
  ...row,
  actions: row.status === 'parked' ? (['enter', 'discard'] as const).slice() : [],
});

/** What stands in a document, read again as it was when it came. */
async function contentOf(database: Queryable, documentId: string) {
  const { original, extension, purchaseOrder } = found(await readOriginal(database, documentId), 'document', documentId);
  if (extension === 'eml') {
    const { order, source } = await readOrderMail(original);
    return { source, lines: order.lines, externalReference: order.externalReference, requestedOn: order.requestedOn };
  }
  const text = original.toString('utf8').trim();
  return {
    // Whatever ends its segments ends the last one too.
    source: text
      .split(text.slice(-1))
      .map((segment) => segment.trim())
      .join('\n'),
    lines: (purchaseOrder?.lines ?? []).map(({ position, sku, quantity }) => ({ line: position, sku, quantity })),
    externalReference: purchaseOrder?.number,
    requestedOn: purchaseOrder?.requestedOn,
  };
}

const showOne = async (database: Queryable, documentId: string) =>
  shown(found(await readOrderDocument(database, documentId), 'document', documentId));

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
        toPage((await listOrderDocuments(database, query, query)).map(shown), query.limit, (row) => row.id),
      ),
  }),
  route({
    method: 'get',
    path: '/v1/order-documents/{id}',
    summary: 'A document, the text that was read, and what of an order could be read in it',
    roles,
    params,
    responses: { 200: readDocument },
    handler: async ({ database, params: { id: documentId } }) => {
      const row = await showOne(database, documentId);
      const { source, lines, externalReference = null, requestedOn = null } = await contentOf(database, documentId);
      const order = { externalReference, requestedOn, lines: lines.map(({ line, sku, quantity }) => ({ line, sku, quantity })) };
      return reply(200, { ...row, source: source.slice(0, sourceMaximum), order });
    },
  }),
  route({
    method: 'post',
    path: '/v1/order-documents/{id}/enter',
    summary: 'Say which order was entered for a document that waits for a person: its task is done',
    roles,
    params,
    body: z.strictObject({ orderId: id }).meta({ id: 'EnteredDocument' }),
    responses: { 200: document },
    handler: ({ command, params: { id: documentId }, body, actor, at }) =>
      command(async (tx) => {
        await enterDocument(tx, { id: documentId, ...body, actor, at });
        return reply(200, await showOne(tx, documentId));
      }),
  }),
  route({
    method: 'post',
    path: '/v1/order-documents/{id}/discard',
    summary: 'Say why a document that waits for a person becomes no order: its task is done',
    roles,
    params,
    body: z.strictObject({ reason }).meta({ id: 'DiscardedDocument' }),
    responses: { 200: document },
    handler: ({ command, params: { id: documentId }, body, actor, at }) =>
      command(async (tx) => {
        await discardDocument(tx, { id: documentId, ...body, actor, at });
        return reply(200, await showOne(tx, documentId));
      }),
  }),
  route({
    method: 'get',
    path: '/v1/order-documents/{id}/original',
    summary: 'The document as it came',
    roles,
    params,
    contentType: 'application/octet-stream',
    responses: { 200: z.custom<Uint8Array>() },
    handler: async ({ database, params }) => {
      const { original, extension } = found(await readOriginal(database, params.id), 'document', params.id);
      return reply(200, original, { 'Content-Disposition': `attachment; filename="${params.id}.${extension}"` });
    },
  }),
];
