import { z } from 'zod';
import { listWriteOffs, readWriteOff, type WriteOff, writeOffStatuses } from '../../db/queries/write-offs.ts';
import type { Actor } from '../../db/statements/audit.ts';
import { decideWriteOff, proposeWriteOff } from '../../db/transactions/write-off.ts';
import { decisions, decisionsOn } from '../../domain/offered-actions.ts';
import { type Role, type Route, reply, route } from '../contract.ts';
import { found } from '../ownership.ts';
import {
  currency,
  customerId,
  id,
  isoDate,
  isoInstant,
  minor,
  pageOf,
  paging,
  positiveMinor,
  reason,
  toPage,
} from '../schemas.ts';
import { booksRoles } from './ledger.ts';

const status = z.enum(writeOffStatuses);
const writeOff = z
  .strictObject({
    id: z.string(),
    customerId: z.string(),
    invoiceId: z.string(),
    currency,
    proposedMinor: minor.meta({ description: 'What is to be given up: all that was open as it was proposed, or a part.' }),
    fourEyes: z.boolean().meta({ description: 'Whether the amount needs a second person, by the policy of then.' }),
    status: status.meta({ description: 'Ended: the invoice was settled before anybody decided.' }),
    reason: z.string(),
    proposedBy: z.string(),
    proposedAt: isoInstant,
    decidedBy: z.string().nullable(),
    decidedAt: isoInstant.nullable(),
    decisionReason: z.string().nullable(),
    writtenOffMinor: minor
      .nullable()
      .meta({ description: 'What was given up: of what was proposed, as much as was open still.' }),
    writtenOffOn: isoDate.nullable(),
    recoveries: z
      .array(
        z.strictObject({
          paymentId: z.string().nullable(),
          creditNoteId: z.string().nullable(),
          amountMinor: minor,
          reversedMinor: minor.meta({ description: 'Given up again, because the payment was taken back.' }),
          valueOn: isoDate,
        }),
      )
      .meta({ description: 'What was paid of it after all, or credited because its goods came back.' }),
  })
  .meta({ id: 'WriteOff' });
export const writeOffToDecide = writeOff
  .extend({ actions: z.array(z.enum(decisions)).meta({ description: 'What the asker may decide about it.' }) })
  .meta({ id: 'WriteOffToDecide' });
const deciders: readonly Role[] = ['finance', 'admin'];

/** With what the asker may decide; who proposed one may take it back. */
export const offerWriteOff = (row: WriteOff, roles: readonly Role[], actor: Actor) => ({
  ...row,
  actions: decisionsOn(
    { waits: row.status === 'proposed', proposedBy: row.proposedBy },
    { actor, mayDecide: roles.some((role) => deciders.includes(role)), mayTakeBack: true },
  ),
});
const params = z.strictObject({ id });

export const writeOffRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/invoices/{id}/write-off',
    summary:
      'Propose to give up what is open of an invoice, or a part of it; from the policy’s amount up a second person must approve it',
    roles: booksRoles,
    idempotencyKey: 'required',
    params,
    body: z.strictObject({
      amountMinor: positiveMinor
        .optional()
        .meta({ description: 'Absent: all that is open. The rest of the invoice is collected on.' }),
      reason,
    }),
    responses: { 201: writeOff },
    handler: ({ command, params: { id: invoiceId }, body, actor, at, offsetMs }) =>
      command(async (tx) => {
        const proposed = await proposeWriteOff(tx, { invoiceId, ...body, actor, at, offsetMs });
        return reply(201, proposed, { Location: `/v1/write-offs/${proposed.id}` });
      }),
  }),
  route({
    method: 'get',
    path: '/v1/write-offs',
    summary: 'Write-offs, in the order of their proposal, with what came of them after all',
    roles: booksRoles,
    query: z.strictObject({
      customerId: customerId.optional(),
      invoiceId: id.optional(),
      status: status.optional(),
      ...paging,
    }),
    responses: { 200: pageOf(writeOffToDecide) },
    handler: async ({ database, query, actor, principal }) => {
      const rows = await listWriteOffs(database, query, query);
      return reply(
        200,
        toPage(
          rows.map((row) => offerWriteOff(row, principal.roles, actor)),
          query.limit,
          (row) => row.id,
        ),
      );
    },
  }),
  route({
    method: 'get',
    path: '/v1/write-offs/{id}',
    summary: 'A write-off',
    roles: booksRoles,
    params,
    responses: { 200: writeOff },
    handler: async ({ database, params: wanted }) =>
      reply(200, found(await readWriteOff(database, wanted.id), 'write-off', wanted.id)),
  }),
  ...(['approve', 'reject'] as const).map((decision) =>
    route({
      method: 'post',
      path: `/v1/write-offs/{id}/${decision}`,
      summary:
        decision === 'approve'
          ? 'Approve a proposed write-off: never the person who proposed it'
          : 'Turn a proposed write-off down; who proposed it may take it back',
      roles: deciders,
      params,
      body: z.strictObject({ reason }),
      responses: { 200: writeOff },
      handler: ({ command, params: wanted, body, actor, at, offsetMs }) =>
        command(async (tx) => reply(200, await decideWriteOff(tx, { id: wanted.id, decision, ...body, actor, at, offsetMs }))),
    }),
  ),
];
