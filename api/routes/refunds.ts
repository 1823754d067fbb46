import { isValidIBAN } from 'ibantools';
import { z } from 'zod';
import { listRefunds } from '../../db/queries/refunds.ts';
import { decideRefund, requestRefund } from '../../db/transactions/refund-payment.ts';
import { decisions, decisionsOn } from '../../domain/offered-actions.ts';
import { type Role, type Route, reply, route } from '../contract.ts';
import { currency, customerId, id, isoInstant, minor, pageOf, paging, positiveMinor, reason, toPage } from '../schemas.ts';

const status = z
  .enum(['requested', 'approved', 'refused', 'failed'])
  .meta({ description: 'Failed: it could not go back to its card, and waits unapplied again.' });
const refund = z
  .strictObject({
    id: z.string(),
    paymentId: z.string().nullable(),
    creditNoteId: z.string().nullable().meta({ description: 'One of the two: whose money it is.' }),
    customerId: z.string(),
    currency,
    amountMinor: minor,
    iban: z.string().nullable().meta({ description: 'Null: back to the card that the money came from.' }),
    reason: z.string(),
    status,
    failureCode: z.string().nullable().meta({ description: 'Of one to a card that failed, in the gateway’s words.' }),
    requestedBy: z.string(),
    requestedAt: isoInstant,
    decidedBy: z.string().nullable(),
    decidedAt: isoInstant.nullable(),
    decisionReason: z.string().nullable(),
  })
  .meta({ id: 'Refund' });
const refundToDecide = refund
  .extend({ actions: z.array(z.enum(decisions)).meta({ description: 'What the asker may decide about it.' }) })
  .meta({ id: 'RefundToDecide' });
const deciders: readonly Role[] = ['finance', 'admin'];

export const refundRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/refunds',
    summary: 'Ask that unapplied cash or a credit balance goes back to its customer; a second person approves it',
    roles: ['receivables', 'finance', 'admin'],
    idempotencyKey: 'required',
    body: z
      .strictObject({
        paymentId: id.optional().meta({ description: 'Unapplied cash of it; or `creditNoteId`.' }),
        creditNoteId: id.optional().meta({ description: 'The credit balance that it has left.' }),
        amountMinor: positiveMinor,
        iban: z
          .string()
          .max(34)
          .refine((value) => isValidIBAN(value), 'Must be an IBAN without spaces, with right check digits.')
          .optional()
          .meta({ description: 'Absent: back to the card that the money came from.' }),
        reason,
      })
      .refine(({ paymentId, creditNoteId }) => (paymentId === undefined) !== (creditNoteId === undefined), {
        path: ['paymentId'],
        message: 'Name either paymentId or creditNoteId.',
      })
      .meta({ id: 'NewRefund' }),
    responses: { 201: refund },
    handler: ({ command, body, actor, at }) => command(async (tx) => reply(201, await requestRefund(tx, { ...body, actor, at }))),
  }),
  route({
    method: 'post',
    path: '/v1/refunds/{id}/approve',
    summary: 'Pay a refund out; not by who asked for it',
    roles: deciders,
    params: z.strictObject({ id }),
    idempotencyKey: 'required',
    responses: { 200: refund },
    handler: ({ command, params, actor, at }) =>
      command(async (tx) => reply(200, await decideRefund(tx, { refundId: params.id, decision: 'approve', actor, at }))),
  }),
  route({
    method: 'post',
    path: '/v1/refunds/{id}/refuse',
    summary: 'Refuse a refund; not by who asked for it',
    roles: deciders,
    params: z.strictObject({ id }),
    idempotencyKey: 'required',
    body: z.strictObject({ reason }).meta({ id: 'RefusedRefund' }),
    responses: { 200: refund },
    handler: ({ command, params, body, actor, at }) =>
      command(async (tx) => reply(200, await decideRefund(tx, { refundId: params.id, decision: 'refuse', ...body, actor, at }))),
  }),
  route({
    method: 'get',
    path: '/v1/refunds',
    summary: 'Refunds, newest first',
    roles: ['receivables', 'finance', 'admin'],
    query: z.strictObject({ customerId: customerId.optional(), paymentId: id.optional(), status: status.optional(), ...paging }),
    responses: { 200: pageOf(refundToDecide) },
    handler: async ({ database, query, actor, principal }) => {
      const mayDecide = principal.roles.some((role) => deciders.includes(role));
      const rows = await listRefunds(database, query, query);
      const items = rows.map((row) => ({
        ...row,
        actions: decisionsOn(
          { waits: row.status === 'requested', proposedBy: row.requestedBy },
          { actor, mayDecide, mayTakeBack: false },
        ),
      }));
      return reply(
        200,
        toPage(items, query.limit, (row) => row.id),
      );
    },
  }),
];
