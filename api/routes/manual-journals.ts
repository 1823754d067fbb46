import { z } from 'zod';
import {
  listManualJournals,
  type ManualJournal,
  manualJournalStatuses,
  readManualJournal,
} from '../../db/queries/manual-journals.ts';
import { decideManualJournal, proposeManualJournal, proposeReversal } from '../../db/transactions/manual-journal.ts';
import { accounts } from '../../domain/ledger.ts';
import { type Principal, type Route, reply, route } from '../contract.ts';
import { found } from '../ownership.ts';
import { currency, id, isoDate, isoInstant, pageOf, paging, positiveMinor, reason, toPage } from '../schemas.ts';
import { booksRoles, entryId } from './ledger.ts';

const postings = z
  .array(z.strictObject({ account: z.enum(accounts), side: z.enum(['debit', 'credit']), amountMinor: positiveMinor }))
  .min(2)
  .max(100);
const status = z.enum(manualJournalStatuses);
const journal = z
  .strictObject({
    id: z.string(),
    status,
    bookedOn: isoDate,
    currency,
    postings,
    reason: z.string(),
    reversesEntryId: z.int().nullable(),
    entryId: z.int().nullable().meta({ description: 'The journal entry, once it is approved.' }),
    proposedBy: z.string(),
    proposedAt: isoInstant,
    decidedBy: z.string().nullable(),
    decidedAt: isoInstant.nullable(),
    decisionReason: z.string().nullable(),
  })
  .meta({ id: 'ManualJournal' });
const roles = ['finance'] as const;
const params = z.strictObject({ id });
const decisions = ['approve', 'reject'] as const;
const listed = journal
  .extend({
    actions: z
      .array(z.enum(decisions))
      .meta({ description: 'What whoever asks can do to it: nobody approves what they proposed.' }),
  })
  .meta({ id: 'ManualJournalToDecide' });

function withActions({ principal }: { principal: Principal }, row: ManualJournal) {
  const decides = row.status === 'proposed' && principal.roles.includes('finance');
  const isOther = row.proposedBy !== principal.actor.name && principal.actor.verified;
  return { ...row, actions: decides ? decisions.filter((decision) => decision === 'reject' || isOther) : [] };
}

const decide = <Body extends z.ZodType<{ reason?: string | undefined }>>(
  decision: (typeof decisions)[number],
  summary: string,
  body: Body,
): Route =>
  route({
    method: 'post',
    path: `/v1/ledger/journals/{id}/${decision}`,
    summary,
    roles,
    params,
    body,
    responses: { 200: journal },
    handler: (call) =>
      call.command(async (tx) =>
        reply(
          200,
          await decideManualJournal(tx, {
            id: call.params.id,
            decision,
            reason: call.body.reason,
            actor: call.actor,
            at: call.at,
          }),
        ),
      ),
  });

export const manualJournalRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/ledger/journals',
    summary: 'Propose an entry by hand; it is booked when a second person approves it',
    roles,
    idempotencyKey: 'required',
    body: z.strictObject({ bookedOn: isoDate, currency, postings, reason }).meta({ id: 'NewManualJournal' }),
    responses: { 201: journal },
    handler: ({ command, body, actor, at }) =>
      command(async (tx) => {
        const proposed = await proposeManualJournal(tx, { ...body, actor, at });
        return reply(201, proposed, { Location: `/v1/ledger/journals/${proposed.id}` });
      }),
  }),
  route({
    method: 'post',
    path: '/v1/ledger/entries/{id}/reverse',
    summary: 'Propose to take an entry back by another one that is linked to it; it is booked when a second person approves it',
    roles,
    idempotencyKey: 'required',
    params: z.strictObject({ id: entryId }),
    body: z.strictObject({ bookedOn: isoDate, reason }),
    responses: { 201: journal },
    handler: ({ command, params: { id: reversed }, body, actor, at }) =>
      command(async (tx) => {
        const proposed = await proposeReversal(tx, { ...body, entryId: reversed, actor, at });
        return reply(201, proposed, { Location: `/v1/ledger/journals/${proposed.id}` });
      }),
  }),
  route({
    method: 'get',
    path: '/v1/ledger/journals',
    summary: 'Entries by hand, in the order of their proposal',
    roles: booksRoles,
    query: z.strictObject({ status: status.optional(), ...paging }),
    responses: { 200: pageOf(listed) },
    handler: async (call) => {
      const { items, next } = toPage(
        await listManualJournals(call.database, call.query, call.query),
        call.query.limit,
        (row) => row.id,
      );
      return reply(200, { items: items.map((row) => withActions(call, row)), next });
    },
  }),
  route({
    method: 'get',
    path: '/v1/ledger/journals/{id}',
    summary: 'An entry by hand',
    roles: booksRoles,
    params,
    responses: { 200: listed },
    handler: async (call) => {
      const row = found(await readManualJournal(call.database, call.params.id), 'journal', call.params.id);
      return reply(200, withActions(call, row));
    },
  }),
  decide(
    'approve',
    'Approve and book a proposed entry: never the person who proposed it',
    z.strictObject({ reason: reason.optional() }),
  ),
  decide('reject', 'Turn a proposed entry down; who proposed it may take it back', z.strictObject({ reason })),
];
