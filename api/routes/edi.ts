import { z } from 'zod';
import {
  listDocuments,
  listInterchanges,
  listPartners,
  readDocumentContent,
  readInterchangeOriginal,
  readInterchangeOutcome,
  readPartner,
} from '../../db/queries/edi.ts';
import { orderDocumentStatuses } from '../../db/queries/order-documents.ts';
import { saveTradingPartner } from '../../db/transactions/save-trading-partner.ts';
import { takeInterchange } from '../../db/transactions/take-interchange.ts';
import { documentSent } from '../../db/transactions/write-edi-document.ts';
import { controlNumberInFull, x12Versions } from '../../domain/edi/x12.ts';
import { type Route, reply, route } from '../contract.ts';
import { found, narrow } from '../ownership.ts';
import { customerId, documentFaults, email, id, isoInstant, pageOf, paging, toPage } from '../schemas.ts';

const roles = ['sales', 'admin'] as const;
const rolesOfBoth = ['buyer', ...roles] as const;
const fileLimitBytes = 5 * 1_024 * 1_024;

// What stands in our envelopes: nothing that could be taken for a delimiter, and no space at either end.
const identifier = (minimum: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9]([A-Za-z0-9 .&/_-]{0,13}[A-Za-z0-9])?$/, 'Letters, digits and . & / _ -, at most 15.')
    .min(minimum);
const qualifier = z
  .string()
  .regex(/^[A-Z0-9]{2}$/, 'Two capital letters or digits.')
  .meta({ description: 'ISA05 or ISA07: 01 is a D-U-N-S number, 12 a phone number, ZZ mutually defined.', example: 'ZZ' });

const details = z
  .strictObject({
    qualifier,
    interchangeId: identifier(1).meta({ description: 'What the partner calls itself in ISA06.' }),
    groupId: identifier(2).meta({ description: 'And in GS02.' }),
    ownQualifier: qualifier,
    ownInterchangeId: identifier(1).meta({ description: 'What it calls us in ISA08.' }),
    ownGroupId: identifier(2).meta({ description: 'And in GS03.' }),
    version: z.enum(x12Versions).default('004010').meta({ description: 'Of what we send; both are read.' }),
    documents: z
      .array(z.enum(['855', '856', '810']))
      .max(3)
      .refine((sets) => new Set(sets).size === sets.length, 'Each stands there once.')
      .meta({ description: 'What it wants of us beside 997s, which it always gets.' }),
    mailTo: email.optional().meta({ description: 'Where to; absent: its documents wait until it picks them up.' }),
    isTest: z.boolean().default(false).meta({ description: 'ISA15 is T and not P, both ways.' }),
    acknowledgeWithinHours: z
      .int()
      .min(1)
      .max(720)
      .default(24)
      .meta({ description: 'How long its 997s may take before a person is told.' }),
  })
  .meta({ id: 'TradingPartnerDetails' });
const partner = details
  .omit({ mailTo: true })
  .extend({ customerId, mailTo: email.nullable(), lastControlNumber: z.int() })
  .meta({ id: 'TradingPartner' });

const interchangeStatus = z.enum(['taken', 'parked']);
const summary = z.strictObject({
  id: z.string(),
  sender: z.string().meta({ description: 'Qualifier and id: ZZ:ACME.' }),
  controlNumber: z.string().meta({ description: 'ISA13.' }),
  status: interchangeStatus.meta({ description: 'Parked: nothing was made of it, and sales have a task.' }),
  customerId: z.string().nullable(),
  faults: documentFaults.meta({ description: 'Of the envelope: line is the segment, field its element.' }),
  at: isoInstant,
});
const outcome = summary.extend({
  orders: z.array(
    z.strictObject({
      documentId: z.string(),
      status: z.enum(orderDocumentStatuses),
      orderId: z.string().nullable(),
      faults: documentFaults,
    }),
  ),
  acknowledgements: z.array(z.string()).meta({ description: 'The 997s that answer it, by their ids.' }),
});
const documentStatus = z.enum(['queued', 'waiting', 'sent', 'accepted', 'rejected']);
const documentType = z.enum(['997', '855', '856', '810']);
const document = z
  .strictObject({
    id: z.string(),
    type: documentType,
    about: z.string().meta({ description: 'The interchange, order, shipment, invoice or credit note.' }),
    customerId: z.string(),
    orderId: z.string().nullable(),
    status: documentStatus,
    controlNumber: z.int().nullable().meta({ description: 'Of interchange and group; null until it is written.' }),
    at: isoInstant,
    writtenAt: isoInstant.nullable(),
    sentAt: isoInstant.nullable(),
    answeredAt: isoInstant.nullable(),
    missedAt: isoInstant.nullable().meta({ description: 'When a person was told that no 997 had come.' }),
  })
  .meta({ id: 'EdiDocument' });
const params = z.strictObject({ id });
const x12 = 'application/edi-x12';

/** Electronic data interchange by ASC X12: orders in, and what answers them out. */
export const ediRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/edi/interchanges',
    summary: 'Take an X12 interchange in: each 850 becomes an order or a task, each 997 answers a document of ours',
    roles: rolesOfBoth,
    file: {
      limitBytes: fileLimitBytes,
      content: { [x12]: z.string().meta({ description: 'From ISA to IEA, versions 004010 and 005010.' }) },
    },
    responses: { 201: outcome.extend({ isNew: z.boolean() }).meta({ id: 'TakenInterchange' }) },
    async handler({ database, file, principal, at, delivery }) {
      const input = { original: file.bytes, customerId: principal.customerId, at };
      const taken = await database.transaction((tx) => takeInterchange(tx, input));
      delivery.deliverSoon();
      return reply(201, taken);
    },
  }),
  route({
    method: 'get',
    path: '/v1/edi/interchanges',
    summary: 'Interchanges that came in, newest first',
    roles: rolesOfBoth,
    query: z.strictObject({ status: interchangeStatus.optional(), customerId: customerId.optional(), ...paging }),
    responses: { 200: pageOf(summary.meta({ id: 'Interchange' })) },
    handler: async ({ database, principal, query }) => {
      const wanted = { ...query, customerId: narrow(principal, query.customerId) };
      return reply(
        200,
        toPage(await listInterchanges(database, wanted, query), query.limit, (row) => row.id),
      );
    },
  }),
  route({
    method: 'get',
    path: '/v1/edi/interchanges/{id}',
    summary: 'An interchange, and what became of each order in it',
    roles: rolesOfBoth,
    params,
    responses: { 200: outcome.meta({ id: 'InterchangeOutcome' }) },
    handler: async ({ database, principal, params: { id } }) =>
      reply(200, found(await readInterchangeOutcome(database, id, principal.customerId), 'interchange', id)),
  }),
  route({
    method: 'get',
    path: '/v1/edi/interchanges/{id}/original',
    summary: 'The interchange as it came, to the byte',
    roles,
    params,
    contentType: x12,
    responses: { 200: z.custom<Uint8Array>() },
    handler: async ({ database, params: { id } }) => {
      const original = found(await readInterchangeOriginal(database, id), 'interchange', id);
      return reply(200, original, { 'Content-Disposition': `attachment; filename="${id}.edi"` });
    },
  }),
  route({
    method: 'get',
    path: '/v1/edi/outbound',
    summary:
      'Documents for trading partners, in the order of their control numbers; those with status=waiting are to be picked up',
    roles: rolesOfBoth,
    query: z.strictObject({
      status: documentStatus.optional(),
      type: documentType.optional(),
      customerId: customerId.optional(),
      orderId: id.optional(),
      sort: z.enum(['oldest', 'newest']).default('oldest'),
      ...paging,
    }),
    responses: { 200: pageOf(document) },
    handler: async ({ database, principal, query }) => {
      const wanted = { ...query, customerId: narrow(principal, query.customerId) };
      return reply(
        200,
        toPage(await listDocuments(database, wanted, query, query.sort), query.limit, (row) => row.id),
      );
    },
  }),
  route({
    method: 'get',
    path: '/v1/edi/outbound/{id}/content',
    summary: 'The interchange as it goes out',
    roles: rolesOfBoth,
    params,
    contentType: x12,
    responses: { 200: z.custom<Uint8Array>() },
    handler: async ({ database, principal, params: { id } }) => {
      const { type, controlNumber, content } = found(
        await readDocumentContent(database, id, principal.customerId),
        'edi-document',
        id,
      );
      const filename = `${type}-${controlNumberInFull(controlNumber)}.edi`;
      return reply(200, Buffer.from(content), { 'Content-Disposition': `attachment; filename="${filename}"` });
    },
  }),
  route({
    method: 'post',
    path: '/v1/edi/outbound/{id}/collected',
    summary: 'The partner has it: it waits no more. Saying so twice is as good as once',
    roles: rolesOfBoth,
    params,
    responses: { 200: z.strictObject({ documentId: z.string(), status: documentStatus }) },
    handler: (call) =>
      call.command(async (tx) => {
        const { actor, at, principal, params } = call;
        const sent = await documentSent(tx, { documentId: params.id, customerId: principal.customerId, actor, at });
        return reply(200, { ...sent, status: documentStatus.parse(sent.status) });
      }),
  }),
  route({
    method: 'get',
    path: '/v1/edi/partners',
    summary: 'Trading partners by customer',
    roles,
    query: z.strictObject(paging),
    responses: { 200: pageOf(partner) },
    handler: async ({ database, query }) => {
      const page = toPage(await listPartners(database, query), query.limit, (row) => row.customerId);
      return reply(200, page);
    },
  }),
  route({
    method: 'put',
    path: '/v1/edi/partners/{customerId}',
    summary: 'Make a customer a trading partner, or change how it is one',
    roles,
    params: z.strictObject({ customerId }),
    body: details,
    responses: { 200: partner, 201: partner },
    handler: (call) =>
      call.command(async (tx) => {
        const { customerId } = call.params;
        const { mailTo = null, ...rest } = call.body;
        const { actor, at } = call;
        const { created } = await saveTradingPartner(tx, { ...rest, customerId, mailTo, actor, at });
        return reply(created ? 201 : 200, (await readPartner(tx, customerId))!);
      }),
  }),
];
