import { z } from 'zod';
import { listCorrections } from '../../db/queries/corrections.ts';
import type { Actor } from '../../db/statements/audit.ts';
import type { CorrectionRequest } from '../../db/statements/corrections.ts';
import { approveCorrection, correctInvoice, refuseCorrection } from '../../db/transactions/correct-invoice.ts';
import { correctionReasonCodes, correctionReasons } from '../../domain/correction.ts';
import { decisions, decisionsOn } from '../../domain/offered-actions.ts';
import { type Call, type Route, reply, route } from '../contract.ts';
import { found } from '../ownership.ts';
import {
  amountMinor,
  anything,
  currency,
  id,
  isoInstant,
  minor,
  pageOf,
  paging,
  positiveMinor,
  quantity,
  reason,
  taxCategory,
  taxRate,
  text,
  toPage,
} from '../schemas.ts';

export const correctionReason = z.enum(correctionReasonCodes).meta({
  description: Object.entries(correctionReasons)
    .map(([code, means]) => `${code}: ${means}`)
    .join('; '),
});

const lineNumber = z.int().min(1).max(1_000_000);

/** One line and what is right about it. */
export const lineCorrection = z
  .strictObject({
    lineNumber: lineNumber.meta({ description: 'Of the invoice; 1 for all of an opening item, which is corrected by amount.' }),
    quantity: quantity.optional().meta({ description: 'So many units too many.' }),
    unitPriceMinor: amountMinor.optional().meta({ description: 'The price that was agreed, for all units that are charged.' }),
    amountMinor: positiveMinor.optional().meta({ description: 'So much too much on this line, without tax.' }),
  })
  .refine(
    (line) => [line.quantity, line.unitPriceMinor, line.amountMinor].filter((given) => given !== undefined).length === 1,
    'Give one of quantity, unitPriceMinor and amountMinor.',
  )
  .meta({ id: 'LineCorrection' });
export const lineCorrections = z.array(lineCorrection).min(1).max(500);

export const lineRevisions = z
  .array(
    z
      .strictObject({
        lineNumber,
        quantity: z.int().min(0).max(1_000_000).optional().meta({ description: '0 leaves the line out.' }),
        unitPriceMinor: amountMinor.optional(),
        taxCategory: taxCategory.optional(),
        taxRate: taxRate.optional(),
      })
      .meta({ id: 'LineRevision' }),
  )
  .max(500);

const params = z.strictObject({ id });
const correctionRoles = ['receivables', 'finance', 'admin'] as const;

export const issuedCorrection = z
  .strictObject({
    correctionId: z.string(),
    status: z.literal('issued'),
    creditNoteId: z.string(),
    revisedInvoiceId: z.string().nullable(),
    creditedMinor: minor,
    revisedMinor: minor.nullable(),
    onHold: z.boolean(),
  })
  .meta({ id: 'IssuedCorrection' });
export const proposedCorrection = z
  .strictObject({
    correctionId: z.string(),
    status: z.literal('proposed'),
    taskId: z.string().meta({ description: 'A second, different person approves it.' }),
    creditedMinor: minor,
    revisedMinor: minor.nullable(),
  })
  .meta({ id: 'ProposedCorrection' });

export const correction = z
  .strictObject({
    id: z.string(),
    invoiceId: z.string(),
    customerId: z.string(),
    kind: z.enum(['credit', 'credit-and-reissue']),
    reason: correctionReason,
    note: z.string().nullable(),
    request: anything,
    currency,
    creditedMinor: minor,
    revisedMinor: minor.nullable(),
    status: z.enum(['proposed', 'issued', 'refused']),
    disputeId: z.string().nullable(),
    creditNoteId: z.string().nullable(),
    revisedInvoiceId: z.string().nullable(),
    proposedBy: z.string(),
    decidedBy: z.string().nullable(),
    at: isoInstant,
    decidedAt: isoInstant.nullable(),
  })
  .meta({ id: 'Correction' });
export const correctionToDecide = correction
  .extend({ actions: z.array(z.enum(decisions)).meta({ description: 'What the asker may decide about it.' }) })
  .meta({ id: 'CorrectionToDecide' });

/** With what the asker may decide; who proposed one may take it back. */
export const offerDecisions = <Row extends { status: string; proposedBy: string }>(row: Row, actor: Actor) => ({
  ...row,
  actions: decisionsOn(
    { waits: row.status === 'proposed', proposedBy: row.proposedBy },
    { actor, mayDecide: true, mayTakeBack: true },
  ),
});

/** What the two ways to correct an invoice have in common. */
const correcting = {
  method: 'post',
  roles: correctionRoles,
  params,
  idempotencyKey: 'required',
  responses: { 201: issuedCorrection, 202: proposedCorrection },
} as const;

const correct = (call: Call<{ id: string }, unknown, unknown>, request: CorrectionRequest) =>
  call.command(async (tx) => {
    const { params, actor, at, offsetMs } = call;
    const made = await correctInvoice(tx, { invoiceId: params.id, request, actor, at, offsetMs });
    return made.status === 'issued' ? reply(201, made) : reply(202, made, { Location: `/v1/corrections/${made.correctionId}` });
  });

export const correctionRoutes: Route[] = [
  route({
    ...correcting,
    path: '/v1/invoices/{id}/credit',
    summary:
      'Credit an invoice without goods coming back: in full, or units, prices and amounts by line; above the policy’s amount it is proposed',
    body: z
      .strictObject({
        reason: correctionReason,
        note: text(1_000).optional(),
        lines: lineCorrections.optional().meta({ description: 'Absent: all that is left of the invoice.' }),
      })
      .meta({ id: 'CreditRequest' }),
    handler: (call) => correct(call, { kind: 'credit', ...call.body }),
  }),
  route({
    ...correcting,
    path: '/v1/invoices/{id}/credit-and-reissue',
    summary: 'Credit all that is left of an invoice and bill it anew, corrected, with today’s master data and the order’s terms',
    body: z
      .strictObject({
        reason: correctionReason,
        note: text(1_000).optional(),
        lines: lineRevisions.optional().meta({ description: 'What changes; lines that are not named stay as they are charged.' }),
      })
      .meta({ id: 'ReissueRequest' }),
    handler: (call) => correct(call, { kind: 'credit-and-reissue', ...call.body }),
  }),
  route({
    method: 'get',
    path: '/v1/corrections',
    summary: 'Corrections of invoices, newest first',
    roles: correctionRoles,
    query: z.strictObject({ invoiceId: id.optional(), status: correction.shape.status.optional(), ...paging }),
    responses: { 200: pageOf(correctionToDecide) },
    handler: async ({ database, query, actor }) => {
      const rows = await listCorrections(database, query, query);
      return reply(
        200,
        toPage(
          rows.map((row) => offerDecisions(row, actor)),
          query.limit,
          (row) => row.id,
        ),
      );
    },
  }),
  route({
    method: 'get',
    path: '/v1/corrections/{id}',
    summary: 'One correction, as it was asked for and what came of it',
    roles: correctionRoles,
    params,
    responses: { 200: correction },
    handler: async ({ database, params: { id } }) =>
      reply(200, found((await listCorrections(database, { id }, { limit: 1 }))[0], 'correction', id)),
  }),
  route({
    method: 'post',
    path: '/v1/corrections/{id}/approve',
    summary: 'Agree to a proposed correction, as another person than the one who proposed it; it is issued at once',
    roles: correctionRoles,
    params,
    responses: { 200: issuedCorrection },
    handler: (call) =>
      call.command(async (tx) => {
        const { params, actor, at, offsetMs } = call;
        return reply(200, await approveCorrection(tx, { correctionId: params.id, actor, at, offsetMs }));
      }),
  }),
  route({
    method: 'post',
    path: '/v1/corrections/{id}/refuse',
    summary: 'Say no to a proposed correction; nothing is issued',
    roles: correctionRoles,
    params,
    body: z.strictObject({ reason }),
    responses: { 200: z.strictObject({ correctionId: z.string(), status: z.literal('refused') }) },
    handler: (call) =>
      call.command(async (tx) => {
        const { params, body, actor, at, offsetMs } = call;
        return reply(200, await refuseCorrection(tx, { correctionId: params.id, ...body, actor, at, offsetMs }));
      }),
  }),
];
