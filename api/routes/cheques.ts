import { z } from 'zod';
import { listCheques } from '../../db/queries/cheques.ts';
import { bounceCheque, clearCheque, depositCheque, receiveCheque } from '../../db/transactions/move-cheque.ts';
import { everyone, type Role, type Route, reply, route } from '../contract.ts';
import { narrow } from '../ownership.ts';
import {
  currency,
  customerId,
  id,
  isoDate,
  minor,
  namedInvoices,
  pageOf,
  paging,
  positiveMinor,
  reason,
  text,
  toPage,
} from '../schemas.ts';

const status = z.enum(['received', 'deposited', 'cleared', 'bounced']);
const cheque = z
  .strictObject({
    id: z.string(),
    customerId,
    number: z.string(),
    bank: z.string(),
    currency,
    amountMinor: minor,
    invoiceIds: z.array(z.string()),
    remittanceText: z.string().nullable(),
    countsFrom: z.enum(['deposit', 'clearing']).meta({ description: 'When it is money, as the policy said when it came.' }),
    status,
    receivedOn: isoDate,
    depositedOn: isoDate.nullable(),
    clearedOn: isoDate.nullable(),
    bouncedOn: isoDate.nullable(),
    bounceReason: z.string().nullable(),
    paymentId: z.string().nullable().meta({ description: 'The receipt, once it counts as money.' }),
  })
  .meta({ id: 'Cheque' });

const chequeRoles = ['receivables', 'finance', 'admin'] as const satisfies readonly Role[];
const params = z.strictObject({ id });
const on = z.strictObject({ on: isoDate.meta({ description: 'The bank’s day.' }) });

export const chequeRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/cheques',
    summary: 'Take in a cheque that has come; it counts as money from its deposit or its clearing, as the policy says',
    roles: chequeRoles,
    idempotencyKey: 'required',
    body: z
      .strictObject({
        customerId,
        number: text(40),
        bank: text(100).meta({ description: 'The bank that it is drawn on.' }),
        currency,
        amountMinor: positiveMinor,
        receivedOn: isoDate,
        invoiceIds: namedInvoices(200).default([]),
        remittanceText: text(2_000).optional(),
      })
      .meta({ id: 'NewCheque' }),
    responses: { 201: cheque },
    handler: (call) =>
      call.command(async (tx) => reply(201, await receiveCheque(tx, { ...call.body, actor: call.actor, at: call.at }))),
  }),
  route({
    method: 'get',
    path: '/v1/cheques',
    summary: 'Cheques, newest first',
    roles: everyone,
    query: z.strictObject({ customerId: customerId.optional(), status: status.optional(), ...paging }),
    responses: { 200: pageOf(cheque) },
    handler: async ({ database, principal, query }) => {
      const rows = await listCheques(database, { customerId: narrow(principal, query.customerId), status: query.status }, query);
      return reply(
        200,
        toPage(rows, query.limit, (row) => row.id),
      );
    },
  }),
  route({
    method: 'post',
    path: '/v1/cheques/{id}/deposit',
    summary: 'The cheque was given to the bank',
    roles: chequeRoles,
    params,
    body: on,
    responses: { 200: cheque },
    handler: (call) => {
      const { params: of, body, actor, at, offsetMs } = call;
      return call.command(async (tx) => reply(200, await depositCheque(tx, { chequeId: of.id, ...body, actor, at, offsetMs })));
    },
  }),
  route({
    method: 'post',
    path: '/v1/cheques/{id}/clear',
    summary: 'The bank has the money of the cheque',
    roles: chequeRoles,
    params,
    body: on,
    responses: { 200: cheque },
    handler: (call) => {
      const { params: of, body, actor, at, offsetMs } = call;
      return call.command(async (tx) => reply(200, await clearCheque(tx, { chequeId: of.id, ...body, actor, at, offsetMs })));
    },
  }),
  route({
    method: 'post',
    path: '/v1/cheques/{id}/bounce',
    summary: 'The bank gave the cheque back unpaid; where it has counted already, a task says which payment to take back',
    roles: chequeRoles,
    params,
    body: on.extend({ reason }),
    responses: { 200: cheque },
    handler: (call) => {
      const { params: of, body, actor, at, offsetMs } = call;
      return call.command(async (tx) => reply(200, await bounceCheque(tx, { chequeId: of.id, ...body, actor, at, offsetMs })));
    },
  }),
];
