import { z } from 'zod';
import { type Dispute, listDisputes } from '../../db/queries/disputes.ts';
import { raiseDispute, resolveDispute, withdrawDispute } from '../../db/transactions/dispute-invoice.ts';
import { disputeStatuses, isToAnswer } from '../../domain/dispute.ts';
import { actionsOn } from '../actions.ts';
import { type Principal, type Route, reply, route } from '../contract.ts';
import { found, narrow } from '../ownership.ts';
import { currency, customerId, id, isoInstant, minor, pageOf, paging, reason, text, toPage } from '../schemas.ts';
import {
  correctionReason,
  issuedCorrection,
  lineCorrection,
  lineCorrections,
  lineRevisions,
  proposedCorrection,
} from './corrections.ts';

const status = z.enum(disputeStatuses);
const receivablesRoles = ['receivables', 'finance', 'admin'] as const;
const commands = ['resolve', 'withdraw'] as const;
const rolesByCommand = { resolve: receivablesRoles, withdraw: ['payer', ...receivablesRoles] } as const;
export const dispute = z
  .strictObject({
    id: z.string(),
    invoiceId: z.string(),
    customerId: z.string(),
    orderId: z.string().nullable().meta({ description: 'Null: what it disputes bills several, or no goods.' }),
    status,
    reason: correctionReason,
    note: z.string(),
    currency,
    disputedMinor: minor.meta({ description: 'With tax, as of the day it was raised.' }),
    claims: z.array(lineCorrection),
    owner: z.string().nullable().meta({ description: 'Who has taken its task on.' }),
    raisedBy: z.string(),
    at: isoInstant,
    dueAt: isoInstant.meta({ description: 'Then it goes up to finance.' }),
    resolution: z.string().nullable(),
    resolvedBy: z.string().nullable(),
    resolvedAt: isoInstant.nullable(),
    creditNoteIds: z.array(z.string()),
    awaitsSecondPerson: z.boolean().meta({ description: 'Its correction is proposed, and somebody else must agree.' }),
    actions: z.array(z.enum(commands)).meta({ description: 'What the asker can do with it as it stands.' }),
  })
  .meta({ id: 'Dispute' });
const resolved = z
  .strictObject({
    disputeId: z.string(),
    status: status.meta({ description: '`open` while its correction waits for a second person.' }),
    correction: z.union([issuedCorrection, proposedCorrection]).nullable(),
    onHold: z.boolean(),
  })
  .meta({ id: 'ResolvedDispute' });

const params = z.strictObject({ id });
export const showDispute = (row: Dispute, { roles }: Principal) => ({
  ...row,
  actions: actionsOn(rolesByCommand, roles, (command) => (command === 'withdraw' ? row.status === 'open' : isToAnswer(row))),
});

export const disputeRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/invoices/{id}/disputes',
    summary: 'Dispute lines of an invoice: what is disputed is not asked for until it is answered',
    roles: ['payer', ...receivablesRoles],
    params,
    idempotencyKey: 'required',
    body: z
      .strictObject({
        reason: correctionReason,
        note: text(2_000),
        lines: lineCorrections.optional().meta({ description: 'What is right, line by line. Absent: nothing of it is owed.' }),
      })
      .meta({ id: 'NewDispute' }),
    responses: {
      201: z
        .strictObject({
          disputeId: z.string(),
          status: z.literal('open'),
          disputedMinor: minor,
          taskId: z.string(),
          dueAt: isoInstant,
          onHold: z.boolean(),
        })
        .meta({ id: 'RaisedDispute' }),
    },
    handler: (call) =>
      call.command(async (tx) => {
        const { params, principal, body, actor, at, offsetMs } = call;
        const { customerId } = principal;
        const raised = await raiseDispute(tx, { invoiceId: params.id, customerId, ...body, actor, at, offsetMs });
        return reply(201, raised, { Location: `/v1/disputes/${raised.disputeId}` });
      }),
  }),
  route({
    method: 'get',
    path: '/v1/disputes',
    summary: 'Disputes, newest first',
    roles: ['payer', 'sales', ...receivablesRoles],
    query: z.strictObject({
      customerId: customerId.optional(),
      invoiceId: id.optional(),
      status: status.optional(),
      ...paging,
    }),
    responses: { 200: pageOf(dispute) },
    handler: async ({ database, principal, query }) => {
      const rows = await listDisputes(database, { ...query, customerId: narrow(principal, query.customerId) }, query);
      return reply(
        200,
        toPage(
          rows.map((row) => showDispute(row, principal)),
          query.limit,
          (row) => row.id,
        ),
      );
    },
  }),
  route({
    method: 'get',
    path: '/v1/disputes/{id}',
    summary: 'One dispute, and what became of it',
    roles: ['payer', 'sales', ...receivablesRoles],
    params,
    responses: { 200: dispute },
    handler: async ({ database, principal, params: { id } }) => {
      const [row] = await listDisputes(database, { id, customerId: principal.customerId }, { limit: 1 });
      return reply(200, showDispute(found(row, 'dispute', id), principal));
    },
  }),
  route({
    method: 'post',
    path: '/v1/disputes/{id}/resolve',
    summary: 'Answer a dispute: reject it, or uphold it as claimed, with other lines, or with a revised invoice',
    roles: rolesByCommand.resolve,
    params,
    idempotencyKey: 'required',
    body: z
      .discriminatedUnion('decision', [
        z.strictObject({ decision: z.literal('reject'), note: reason }),
        z.strictObject({
          decision: z.literal('uphold'),
          note: reason,
          lines: lineCorrections.optional().meta({ description: 'What is credited instead of what was claimed.' }),
          reissue: lineRevisions.optional().meta({ description: 'Credit all of it and bill it anew, revised so.' }),
        }),
      ])
      .refine((answer) => answer.decision === 'reject' || !(answer.lines && answer.reissue), {
        path: ['reissue'],
        message: 'Give lines or reissue, not both.',
      })
      .meta({ id: 'DisputeDecision' }),
    responses: { 200: resolved, 202: resolved },
    handler: (call) =>
      call.command(async (tx) => {
        const { params, body, actor, at, offsetMs } = call;
        const answered = await resolveDispute(tx, { disputeId: params.id, answer: body, actor, at, offsetMs });
        return reply(answered.status === 'open' ? 202 : 200, answered);
      }),
  }),
  route({
    method: 'post',
    path: '/v1/disputes/{id}/withdraw',
    summary: 'The customer owes it after all',
    roles: rolesByCommand.withdraw,
    params,
    body: z.strictObject({ reason }),
    responses: { 200: resolved },
    handler: (call) =>
      call.command(async (tx) => {
        const { params, principal, body, actor, at } = call;
        const { customerId } = principal;
        return reply(200, await withdrawDispute(tx, { disputeId: params.id, customerId, ...body, actor, at }));
      }),
  }),
];
