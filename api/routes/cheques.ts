import { z } from 'zod';
import { type Cheque, listCheques } from '../../db/queries/cheques.ts';
import { bounceCheque, clearCheque, depositCheque, receiveCheque } from '../../db/transactions/move-cheque.ts';
import { chequeStatuses, mayMoveCheque } from '../../domain/cheque.ts';
import { actionsOn } from '../actions.ts';
import { type Principal, type Role, type Route, readersOfMoney, reply, route } from '../contract.ts';
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

const status = z.enum(chequeStatuses);
const chequeRoles = ['receivables', 'finance', 'admin'] as const satisfies readonly Role[];
const rolesByCommand = { deposit: chequeRoles, clear: chequeRoles, bounce: chequeRoles };
const commands = ['deposit', 'clear', 'bounce'] as const;
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
    actions: z.array(z.enum(commands)).meta({ description: 'What the asker can do with it as it stands.' }),
  })
  .meta({ id: 'Cheque' });

const shown = (row: Cheque, { roles }: Principal) => ({
  ...row,
  actions: actionsOn(rolesByCommand, roles, (command) => mayMoveCheque(row.status, command)),
});
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
      call.command(async (tx) =>
        reply(201, shown(await receiveCheque(tx, { ...call.body, actor: call.actor, at: call.at }), call.principal)),
      ),
  }),
  route({
    method: 'get',
    path: '/v1/cheques',
    summary: 'Cheques, newest first',
    roles: readersOfMoney,
    query: z.strictObject({ customerId: customerId.optional(), status: status.optional(), ...paging }),
    responses: { 200: pageOf(cheque) },
    handler: async ({ database, principal, query }) => {
      const rows = await listCheques(database, { customerId: narrow(principal, query.customerId), status: query.status }, query);
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
    method: 'post',
    path: '/v1/cheques/{id}/deposit',
    summary: 'The cheque was given to the bank',
    roles: chequeRoles,
    params,
    body: on,
    responses: { 200: cheque },
    handler: (call) => {
      const { params: of, principal, body, actor, at, offsetMs } = call;
      return call.command(async (tx) =>
        reply(200, shown(await depositCheque(tx, { chequeId: of.id, ...body, actor, at, offsetMs }), principal)),
      );
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
      const { params: of, principal, body, actor, at, offsetMs } = call;
      return call.command(async (tx) =>
        reply(200, shown(await clearCheque(tx, { chequeId: of.id, ...body, actor, at, offsetMs }), principal)),
      );
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
      const { params: of, principal, body, actor, at, offsetMs } = call;
      return call.command(async (tx) =>
        reply(200, shown(await bounceCheque(tx, { chequeId: of.id, ...body, actor, at, offsetMs }), principal)),
      );
    },
  }),
];
