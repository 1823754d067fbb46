import { z } from 'zod';
import type { Queryable } from '../../db/client.ts';
import { type DocumentationClock, listClocks, readAdviceFile, readClockOf } from '../../db/queries/documentation.ts';
import { announcePayment } from '../../db/transactions/announce-payment.ts';
import { linkPayment, rejectClock } from '../../db/transactions/end-clock.ts';
import { documentTypeOf } from '../../domain/credit-application.ts';
import { clockSources, clockStatuses } from '../../domain/documentation.ts';
import { Refusal } from '../../domain/failures.ts';
import { actionsOn } from '../actions.ts';
import { type Principal, type Role, type Route, readersOfMoney, reply, route } from '../contract.ts';
import { found, narrow } from '../ownership.ts';
import {
  currency,
  customerId,
  id,
  isoDate,
  isoInstant,
  minor,
  namedInvoices,
  pageOf,
  paging,
  positiveMinor,
  reason,
  text,
  toPage,
} from '../schemas.ts';

const clock = z
  .strictObject({
    id: z.string(),
    source: z.enum(clockSources),
    sourceId: z.string().nullable(),
    customerId: z.string().nullable().meta({ description: 'Null: nobody knows yet whose money it is.' }),
    currency,
    amountMinor: minor.nullable(),
    paidOn: isoDate,
    reference: z.string().nullable(),
    invoiceIds: z.array(z.string()),
    note: z.string().nullable(),
    documentName: z.string().nullable(),
    policyVersion: z.int(),
    startedAt: isoInstant,
    dueAt: isoInstant.meta({ description: 'When it becomes a task.' }),
    blocksUntil: isoInstant.meta({ description: 'While it runs, no letter asks the customer for money until then.' }),
    status: z.enum(clockStatuses),
    statusReason: z.string().nullable(),
    escalatedAt: isoInstant.nullable(),
    paymentId: z.string().nullable(),
    endedBy: z.string().nullable(),
    endedAt: isoInstant.nullable(),
    actor: z.string(),
  })
  .meta({ id: 'DocumentationClock' });
const clockToEnd = clock
  .extend({ actions: z.array(z.enum(['link', 'reject'])).meta({ description: 'What the asker can do with it as it stands.' }) })
  .meta({ id: 'DocumentationClockToEnd' });

const announcers = ['payer', 'sales', 'receivables', 'finance', 'admin'] as const satisfies readonly Role[];
const documenters = ['receivables', 'finance', 'admin'] as const satisfies readonly Role[];
const ofCustomer = z.strictObject({ id: customerId });
const params = z.strictObject({ id });
const announced = {
  amountMinor: positiveMinor,
  currency,
  paidOn: isoDate,
  invoiceIds: namedInvoices(200).default([]),
  reference: text(100).optional().meta({ description: 'The payer’s own, as the bank will show it.' }),
  note: text(2_000).optional(),
};
const bytes = z.custom<Uint8Array>().meta({ type: 'string', format: 'binary' });

/** With how the asker can end it: one that was seen on a statement or as a cheque is documented there, by its own receipt. */
const offer = (row: DocumentationClock, { roles }: Principal) => ({
  ...row,
  actions: actionsOn(
    { link: documenters, reject: documenters },
    roles,
    () => row.status === 'running' || row.status === 'lapsed',
  ),
});
const show = async (db: Queryable, principal: Principal, clockId: string) =>
  found(await readClockOf(db, clockId, narrow(principal)), 'clock', clockId);
const location = (clockId: string) => ({ Location: `/v1/documentation-clocks/${clockId}` });

export const documentationRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/customers/{id}/payment-claims',
    summary: 'A customer says that it has paid: letters wait while its money is looked for',
    roles: announcers,
    idempotencyKey: 'required',
    params: ofCustomer,
    body: z.strictObject(announced).meta({ id: 'PaymentClaim' }),
    responses: { 201: clock },
    handler: (call) =>
      call.command(async (tx) => {
        const { params: of, principal, body, actor, at } = call;
        narrow(principal, of.id);
        const begun = await announcePayment(tx, { ...body, customerId: of.id, source: 'payment-claim', actor, at });
        return reply(201, await show(tx, principal, begun.id), location(begun.id));
      }),
  }),
  route({
    method: 'post',
    path: '/v1/customers/{id}/remittance-advices',
    summary: 'A remittance advice, as fields: what a payment under way is for',
    roles: announcers,
    idempotencyKey: 'required',
    params: ofCustomer,
    body: z.strictObject(announced).meta({ id: 'RemittanceAdvice' }),
    responses: { 201: clock },
    handler: (call) =>
      call.command(async (tx) => {
        const { params: of, principal, body, actor, at } = call;
        narrow(principal, of.id);
        const begun = await announcePayment(tx, { ...body, customerId: of.id, source: 'remittance-advice', actor, at });
        return reply(201, await show(tx, principal, begun.id), location(begun.id));
      }),
  }),
  route({
    method: 'post',
    path: '/v1/customers/{id}/remittance-advices/files',
    summary: 'A remittance advice as a file, for a person to read',
    roles: announcers,
    idempotencyKey: 'required',
    params: ofCustomer,
    query: z.strictObject({ name: text(200).meta({ description: 'What the file is called.', example: 'advice.pdf' }) }),
    file: {
      limitBytes: 5 * 1_024 * 1_024,
      content: { 'application/pdf': bytes, 'image/png': bytes, 'image/jpeg': bytes },
    },
    responses: { 201: clock },
    handler: (call) =>
      call.command(async (tx) => {
        const { params: of, principal, query, file, actor, at } = call;
        narrow(principal, of.id);
        if (documentTypeOf(file.bytes) !== file.contentType) {
          throw new Refusal(422, 'invalid-document', `The file is not what it says it is: ${file.contentType}.`);
        }
        const begun = await announcePayment(tx, {
          customerId: of.id,
          source: 'remittance-advice',
          file: { name: query.name, ...file },
          actor,
          at,
        });
        return reply(201, await show(tx, principal, begun.id), location(begun.id));
      }),
  }),
  route({
    method: 'get',
    path: '/v1/documentation-clocks',
    summary: 'Money that was announced or seen, and whether it is documented, newest first',
    roles: readersOfMoney,
    query: z.strictObject({
      customerId: customerId.optional(),
      status: z.enum(clockStatuses).optional(),
      undocumented: z.literal('true').optional().meta({ description: 'Running and lapsed ones alone.' }),
      ...paging,
    }),
    responses: { 200: pageOf(clockToEnd) },
    handler: async ({ database, principal, query }) => {
      const { status, undocumented } = query;
      const wanted = {
        customerId: narrow(principal, query.customerId),
        status,
        ...(undocumented && { undocumented: true as const }),
      };
      const rows = (await listClocks(database, wanted, query)).map((row) => offer(row, principal));
      return reply(
        200,
        toPage(rows, query.limit, (row) => row.id),
      );
    },
  }),
  route({
    method: 'get',
    path: '/v1/documentation-clocks/{id}',
    summary: 'One documentation clock',
    roles: readersOfMoney,
    params,
    responses: { 200: clockToEnd },
    handler: async ({ database, principal, params: { id: clockId } }) =>
      reply(200, offer(await show(database, principal, clockId), principal)),
  }),
  route({
    method: 'get',
    path: '/v1/documentation-clocks/{id}/file',
    summary: 'The file of a remittance advice, as it was uploaded',
    roles: announcers,
    params,
    contentType: 'application/octet-stream',
    responses: { 200: z.custom<Uint8Array>() },
    handler: async ({ database, principal, params: { id: clockId } }) => {
      const { content, name } = found(await readAdviceFile(database, clockId, narrow(principal)), 'file', clockId);
      // To be saved and not shown: what somebody uploads is never run on our origin.
      return reply(200, content, { 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` });
    },
  }),
  route({
    method: 'post',
    path: '/v1/documentation-clocks/{id}/link',
    summary: 'Say which payment it was that a clock waited for',
    roles: documenters,
    params,
    body: z.strictObject({ paymentId: id }),
    responses: { 200: clock },
    handler: (call) =>
      call.command(async (tx) => {
        const { id: clockId } = call.params;
        await linkPayment(tx, { clockId, paymentId: call.body.paymentId, actor: call.actor, at: call.at });
        return reply(200, await show(tx, call.principal, clockId));
      }),
  }),
  route({
    method: 'post',
    path: '/v1/documentation-clocks/{id}/reject',
    summary: 'Say that there is no such money: the letters that waited for it go out',
    roles: documenters,
    params,
    body: z.strictObject({ reason }),
    responses: { 200: clock },
    handler: (call) =>
      call.command(async (tx) => {
        const { id: clockId } = call.params;
        await rejectClock(tx, { clockId, reason: call.body.reason, actor: call.actor, at: call.at });
        return reply(200, await show(tx, call.principal, clockId));
      }),
  }),
];
