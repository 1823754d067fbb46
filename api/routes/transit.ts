import { z } from 'zod';
import { listCarrierClaims } from '../../db/queries/carrier-claims.ts';
import { decideClaim, fileClaim, payClaim } from '../../db/transactions/claim-on-carrier.ts';
import { resolveShipment } from '../../db/transactions/resolve-shipment.ts';
import { claimStatuses, mayClaim, transitDecisions } from '../../domain/transit.ts';
import { actionsOn } from '../actions.ts';
import { type Role, type Route, reply, route, staff } from '../contract.ts';
import { currency, id, isoInstant, minor, pageOf, paging, positiveMinor, quantity, reason, text, toPage } from '../schemas.ts';
import { creditedReturn, lineNumber, linesOf } from './returns.ts';
import { rolesByShipmentCommand } from './shipments.ts';

const deciders = ['shipping', 'finance', 'admin'] as const;
const claimCommands = ['accept', 'reject', 'withdraw', 'pay'] as const;
const rolesByClaimCommand = {
  accept: deciders,
  reject: deciders,
  withdraw: deciders,
  pay: ['receivables', 'finance', 'admin'],
} as const satisfies Record<string, readonly Role[]>;
const params = z.strictObject({ id });
const claimStatus = z.enum(claimStatuses);
const claim = z
  .strictObject({
    id: z.string(),
    shipmentId: z.string(),
    orderId: z.string(),
    customerId: z.string(),
    carrier: z.string(),
    reference: z.string().nullable().meta({ description: 'The carrier’s own number of the claim.' }),
    currency,
    claimedMinor: minor,
    acceptedMinor: minor.nullable(),
    status: claimStatus,
    statusReason: z.string().nullable(),
    filedBy: z.string(),
    filedAt: isoInstant,
    changedAt: isoInstant,
    actions: z.array(z.enum(claimCommands)).meta({ description: 'What the asker can do to it as it stands.' }),
  })
  .meta({ id: 'CarrierClaim' });
const movedClaim = z.strictObject({ claimId: z.string(), status: claimStatus }).meta({ id: 'MovedClaim' });

/** What becomes of goods that were lost, damaged or sent back on their way, and what the carrier pays for them. */
export const transitRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/shipments/{id}/resolution',
    summary:
      'Decide what becomes of goods that were lost, damaged or sent back on their way: credit them at once, take them back and credit what arrives, or, where they were still ours (D-terms), send them again',
    roles: rolesByShipmentCommand.credit,
    idempotencyKey: 'required',
    params,
    body: z
      .strictObject({
        decision: z.enum(transitDecisions),
        lines: linesOf(z.strictObject({ lineNumber, quantity }))
          .optional()
          .meta({ description: 'Absent: every unit that was not returned or credited already.' }),
        restocked: linesOf(z.strictObject({ lineNumber, quantity }))
          .optional()
          .meta({ description: 'With send-again: what is back on the shelf. Absent: all units are lost.' }),
        reason,
      })
      .refine(({ decision, restocked }) => decision === 'send-again' || restocked === undefined, {
        path: ['restocked'],
        message: 'Only goods that are sent again are restocked here; others are inspected with their return.',
      })
      .refine(({ decision, lines }) => decision !== 'send-again' || lines === undefined, {
        path: ['lines'],
        message: 'A shipment that will not arrive is sent again as a whole.',
      })
      .meta({ id: 'ShipmentResolution' }),
    responses: {
      200: z.strictObject({
        shipmentId: z.string(),
        decision: z.enum(transitDecisions),
        returnId: z.string().optional().meta({ description: 'Absent for goods that are sent again.' }),
        credited: creditedReturn.optional().meta({ description: 'Absent for goods that are still to be counted.' }),
      }),
    },
    handler: (call) =>
      call.command(async (tx) => {
        const { params, body, actor, at, offsetMs } = call;
        return reply(200, await resolveShipment(tx, { shipmentId: params.id, ...body, actor, at, offsetMs }));
      }),
  }),
  route({
    method: 'post',
    path: '/v1/carrier-claims',
    summary: 'Note what a carrier is asked to pay for a shipment that was lost, damaged or sent back, once per shipment',
    roles: rolesByShipmentCommand.claim,
    idempotencyKey: 'required',
    body: z
      .strictObject({
        shipmentId: id,
        amountMinor: positiveMinor.meta({ description: 'In the company’s currency.' }),
        reference: text(100).optional(),
      })
      .meta({ id: 'NewCarrierClaim' }),
    responses: { 201: movedClaim },
    handler: ({ command, body, actor, at }) => command(async (tx) => reply(201, await fileClaim(tx, { ...body, actor, at }))),
  }),
  route({
    method: 'get',
    path: '/v1/carrier-claims',
    summary: 'Claims on carriers, newest first',
    roles: staff,
    query: z.strictObject({
      status: claimStatus.optional(),
      carrier: text(100).optional(),
      shipmentId: id.optional(),
      ...paging,
    }),
    responses: { 200: pageOf(claim) },
    handler: async ({ database, principal, query }) => {
      const page = toPage(await listCarrierClaims(database, query, query), query.limit, (row) => row.id);
      const items = page.items.map((row) => ({
        ...row,
        actions: actionsOn(rolesByClaimCommand, principal.roles, (command) => mayClaim(row.status, command)),
      }));
      return reply(200, { ...page, items });
    },
  }),
  route({
    method: 'post',
    path: '/v1/carrier-claims/{id}/decision',
    summary: 'Note the carrier’s answer, or withdraw the claim; what it accepts is owed from then on',
    roles: deciders,
    params,
    body: z
      .strictObject({
        decision: z.enum(['accept', 'reject', 'withdraw']),
        amountMinor: positiveMinor.optional().meta({ description: 'What it accepts; absent: all that was claimed.' }),
        reason,
      })
      .refine(({ decision, amountMinor }) => decision === 'accept' || amountMinor === undefined, {
        path: ['amountMinor'],
        message: 'Only an acceptance has an amount.',
      })
      .meta({ id: 'CarrierClaimDecision' }),
    responses: { 200: movedClaim },
    handler: ({ command, params, body, actor, at }) =>
      command(async (tx) => reply(200, await decideClaim(tx, { claimId: params.id, ...body, actor, at }))),
  }),
  route({
    method: 'post',
    path: '/v1/carrier-claims/{id}/payment',
    summary: 'The carrier has paid what it accepted',
    roles: rolesByClaimCommand.pay,
    params,
    body: z.strictObject({ note: reason.optional() }).prefault({}),
    responses: { 200: movedClaim },
    handler: ({ command, params, body, actor, at }) =>
      command(async (tx) => reply(200, await payClaim(tx, { claimId: params.id, ...body, actor, at }))),
  }),
];
