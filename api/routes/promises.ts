import { z } from 'zod';
import type { Queryable } from '../../db/client.ts';
import { listPromises, type PromiseToPay } from '../../db/queries/promises.ts';
import { cancelPromise, promisedInvoicesMaximum, promisePayment } from '../../db/transactions/promise-payment.ts';
import { promiseStatuses } from '../../domain/promise.ts';
import { actionsOn } from '../actions.ts';
import { type Principal, type Route, reply, route } from '../contract.ts';
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

const status = z.enum(promiseStatuses);
const promise = z
  .strictObject({
    id: z.string(),
    customerId: z.string(),
    currency,
    amountMinor: minor,
    promisedOn: isoDate,
    receiptsUntil: isoDate.meta({ description: 'With the days of grace: the last value date that keeps it.' }),
    invoiceIds: z.array(z.string()),
    policyVersion: z.int(),
    note: z.string().nullable(),
    status,
    statusReason: z.string().nullable(),
    actor: z.string(),
    at: isoInstant,
    endedBy: z.string().nullable(),
    endedAt: isoInstant.nullable(),
    actions: z.array(z.enum(['cancel'])).meta({ description: 'What the asker can do with it as it stands.' }),
  })
  .meta({ id: 'PromiseToPay' });

const params = z.strictObject({ id });
const takers = ['receivables', 'finance', 'admin'] as const;
const readers = ['payer', 'sales', 'credit', ...takers] as const;

const rolesByCommand = { cancel: takers };
const shown = (row: PromiseToPay, { roles }: Principal) => ({
  ...row,
  actions: actionsOn(rolesByCommand, roles, () => row.status === 'open'),
});

const show = async (db: Queryable, principal: Principal, promiseId: string) => {
  const [row] = await listPromises(db, { id: promiseId, customerId: narrow(principal) }, { limit: 1 });
  return shown(found(row, 'promise', promiseId), principal);
};

export const promiseRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/customers/{id}/promises',
    summary: 'A customer promises to pay until a day: letters about these invoices wait for it, the hold does not',
    roles: ['payer', ...takers],
    idempotencyKey: 'required',
    params: z.strictObject({ id: customerId }),
    body: z
      .strictObject({
        amountMinor: positiveMinor.meta({ description: 'With a customer’s own key at least all that is due by the day.' }),
        currency,
        promisedOn: isoDate,
        invoiceIds: namedInvoices(promisedInvoicesMaximum)
          .default([])
          .meta({ description: 'None: all that is due by the day and not promised already.' }),
        note: text(2_000).optional(),
      })
      .meta({ id: 'NewPromiseToPay' }),
    responses: { 201: promise },
    handler: (call) =>
      call.command(async (tx) => {
        const { params: of, principal, body, actor, at } = call;
        narrow(principal, of.id);
        const byCustomer = principal.customerId !== undefined;
        const given = await promisePayment(tx, { ...body, customerId: of.id, byCustomer, actor, at });
        return reply(201, await show(tx, principal, given.id), { Location: `/v1/promises/${given.id}` });
      }),
  }),
  route({
    method: 'get',
    path: '/v1/promises',
    summary: 'Promises to pay, newest first',
    roles: readers,
    query: z.strictObject({
      customerId: customerId.optional(),
      invoiceId: id.optional(),
      status: status.optional(),
      ...paging,
    }),
    responses: { 200: pageOf(promise) },
    handler: async ({ database, principal, query }) => {
      const rows = await listPromises(database, { ...query, customerId: narrow(principal, query.customerId) }, query);
      return reply(
        200,
        toPage(
          rows.map((row) => shown(row, principal)),
          query.limit,
          (row) => row.id,
        ),
      );
    },
  }),
  route({
    method: 'get',
    path: '/v1/promises/{id}',
    summary: 'One promise to pay, and what became of it',
    roles: readers,
    params,
    responses: { 200: promise },
    handler: async ({ database, principal, params: { id } }) => reply(200, await show(database, principal, id)),
  }),
  route({
    method: 'post',
    path: '/v1/promises/{id}/cancel',
    summary: 'Count on it no more: letters go on, and nothing is held against the customer',
    roles: takers,
    params,
    body: z.strictObject({ reason }),
    responses: { 200: promise },
    handler: (call) =>
      call.command(async (tx) => {
        const { params, principal, body, actor, at } = call;
        await cancelPromise(tx, { promiseId: params.id, ...body, actor, at });
        return reply(200, await show(tx, principal, params.id));
      }),
  }),
];
