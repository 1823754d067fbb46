import { z } from 'zod';
import {
  listReviewAccounts,
  listReviews,
  listSpecificProvisions,
  type ReviewAccount,
  readReview,
} from '../../db/queries/reviews.ts';
import { readCompany } from '../../db/statements/company.ts';
import { approveTrueUp, proposeTrueUp, reviewOverdue, setNextStep } from '../../db/transactions/review-overdue.ts';
import { endProvision, setProvision } from '../../db/transactions/set-provision.ts';
import { ageingBuckets } from '../../domain/ageing.ts';
import { rollingBuckets } from '../../domain/bad-debt.ts';
import { actionsOnReview, reviewActions } from '../../domain/offered-actions.ts';
import { localDate } from '../../domain/time.ts';
import { type Role, type Route, reply, route } from '../contract.ts';
import { writeCsv } from '../csv.ts';
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
  reason,
  taxRate,
  text,
  toPage,
} from '../schemas.ts';
import { allRows } from './exports.ts';
import { booksRoles } from './ledger.ts';

const perBucket = <Value extends z.ZodType>(value: Value, buckets: readonly string[] = ageingBuckets) =>
  z.strictObject(Object.fromEntries(buckets.map((bucket) => [bucket, value])));
const review = z
  .strictObject({
    id: z.string(),
    asOf: isoDate,
    policyVersion: z.int(),
    currencies: z.array(
      z.strictObject({
        currency,
        buckets: perBucket(minor),
        rollRates: z.array(
          z.strictObject({
            bucket: z.enum(rollingBuckets),
            rate: z.string(),
            months: z.int(),
            source: z
              .enum(['own', 'policy'])
              .meta({ description: 'The company’s own month ends, or the policy while they are few.' }),
          }),
        ),
        lossOf91Plus: z
          .strictObject({
            rate: z.string(),
            items: z.int().meta({ description: 'Items that had reached 91+ and have ended, paid or given up.' }),
            reachedMinor: minor.meta({ description: 'What was open of them as they reached it.' }),
            lostMinor: minor.meta({ description: 'What was written off of it and has not come back.' }),
            source: z.enum(['own', 'policy']),
          })
          .optional()
          .meta({ description: 'Absent in reviews from before it was read from the books.' }),
        lossRates: perBucket(z.string()).meta({ description: 'What of each bucket is finally lost.' }),
        forecast: perBucket(minor, ageingBuckets.slice(1)).meta({
          description: 'What of each bucket stands in the next one a month on: bucket × its roll rate.',
        }),
        requiredMinor: minor.meta({ description: 'What is expected to be lost of all that is owed.' }),
        specificMinor: minor.meta({ description: 'The part of it that rests on rates set by hand.' }),
        allowanceMinor: minor.meta({ description: 'The allowance of that day when the review was made.' }),
      }),
    ),
    previousId: z.string().nullable(),
    accountCount: z.int(),
    status: z.enum(['open', 'proposed', 'approved']),
    actor: z.string(),
    at: isoInstant,
    proposedBy: z.string().nullable(),
    proposedAt: isoInstant.nullable(),
    approvedBy: z.string().nullable(),
    approvedAt: isoInstant.nullable(),
    trueUp: z.record(z.string(), minor).nullable().meta({ description: 'By currency: how the allowance was changed.' }),
  })
  .meta({ id: 'OverdueReview' });
const account = z
  .strictObject({
    customerId: z.string(),
    name: z.string(),
    currency,
    buckets: perBucket(minor),
    overdueMinor: minor,
    provisionMinor: minor,
    specificMinor: minor,
    overdueChangeMinor: minor.nullable().meta({ description: 'Since the review before; null: it was not in it.' }),
    provisionChangeMinor: minor.nullable(),
    nextStep: z.strictObject({ owner: z.string(), on: isoDate, text: z.string(), by: z.string(), at: isoInstant }).nullable(),
  })
  .meta({ id: 'ReviewAccount' });
const provision = z
  .strictObject({
    id: z.string(),
    customerId: z.string(),
    invoiceId: z.string().nullable(),
    rate: z.string(),
    reason: z.string(),
    actor: z.string(),
    at: isoInstant,
    endedBy: z.string().nullable(),
    endedAt: isoInstant.nullable(),
  })
  .meta({ id: 'SpecificProvision' });
const roles: readonly Role[] = ['finance', 'admin'];
const reviewToDecide = review
  .extend({ actions: z.array(z.enum(reviewActions)).meta({ description: 'What the asker can do about its true-up.' }) })
  .meta({ id: 'OverdueReviewToDecide' });
const params = z.strictObject({ id });
const accountKey = (row: ReviewAccount) => `${row.customerId} ${row.currency}`;
const csvColumns = [
  'customerId',
  'name',
  'currency',
  ...ageingBuckets.map((bucket) => `${bucket} minor`),
  'overdueMinor',
  'provisionMinor',
  'specificMinor',
  'overdueChangeMinor',
  'provisionChangeMinor',
  'nextStepOwner',
  'nextStepOn',
  'nextStep',
];
const toCells = (row: ReviewAccount) => [
  row.customerId,
  row.name,
  row.currency,
  ...ageingBuckets.map((bucket) => row.buckets[bucket]),
  row.overdueMinor,
  row.provisionMinor,
  row.specificMinor,
  row.overdueChangeMinor,
  row.provisionChangeMinor,
  row.nextStep?.owner,
  row.nextStep?.on,
  row.nextStep?.text,
];

export const reviewRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/reviews',
    summary: 'Review all overdue accounts as of a day; by itself it comes round each month or week, as the bad-debt policy says',
    roles,
    idempotencyKey: 'required',
    body: z
      .strictObject({ asOf: isoDate.optional().meta({ description: 'Absent: today.' }) })
      .prefault({})
      .meta({ id: 'NewOverdueReview' }),
    responses: { 201: review },
    handler: ({ command, body, actor, at }) =>
      command(async (tx) => {
        const asOf = body.asOf ?? localDate(at, (await readCompany(tx)).timeZone);
        const made = await reviewOverdue(tx, { asOf, actor, at });
        return reply(201, found(await readReview(tx, made.id), 'review', made.id), { Location: `/v1/reviews/${made.id}` });
      }),
  }),
  route({
    method: 'get',
    path: '/v1/reviews',
    summary: 'Reviews of overdue accounts, newest first',
    roles: booksRoles,
    query: z.strictObject(paging),
    responses: { 200: pageOf(review) },
    handler: async ({ database, query }) =>
      reply(
        200,
        toPage(await listReviews(database, query), query.limit, (row) => row.id),
      ),
  }),
  route({
    method: 'get',
    path: '/v1/reviews/{id}',
    summary: 'A review: buckets, roll rates, loss rates, next month’s forecast and what is to be provided for',
    roles: booksRoles,
    params,
    responses: { 200: reviewToDecide },
    handler: async ({ database, actor, principal, params: wanted }) => {
      const row = found(await readReview(database, wanted.id), 'review', wanted.id);
      const mayDecide = principal.roles.some((role) => roles.includes(role));
      return reply(200, { ...row, actions: actionsOnReview(row, { actor, mayDecide }) });
    },
  }),
  route({
    method: 'get',
    path: '/v1/reviews/{id}/accounts',
    summary: 'The accounts of a review by customer, with what has changed since the one before and the next step',
    roles: booksRoles,
    params,
    query: z.strictObject(paging),
    responses: { 200: pageOf(account) },
    handler: async ({ database, params: wanted, query }) => {
      found(await readReview(database, wanted.id), 'review', wanted.id);
      return reply(200, toPage(await listReviewAccounts(database, wanted.id, query), query.limit, accountKey));
    },
  }),
  route({
    method: 'get',
    path: '/v1/reviews/{id}/accounts.csv',
    summary: 'The accounts of a review as CSV',
    roles: booksRoles,
    params,
    contentType: 'text/csv',
    responses: { 200: z.custom<AsyncIterable<string>>() },
    handler: async ({ database, params: wanted }) => {
      found(await readReview(database, wanted.id), 'review', wanted.id);
      async function* pieces() {
        yield writeCsv([csvColumns]);
        for await (const rows of allRows((page) => listReviewAccounts(database, wanted.id, page), accountKey)) {
          yield writeCsv(rows.map(toCells));
        }
      }
      return reply(200, pieces(), { 'Content-Disposition': `attachment; filename="${wanted.id}.csv"` });
    },
  }),
  route({
    method: 'put',
    path: '/v1/reviews/{id}/accounts/{customerId}/next-step',
    summary: 'Say what is done next about an account, by whom and until when',
    roles: booksRoles,
    params: z.strictObject({ id, customerId }),
    body: z.strictObject({ owner: text(200), on: isoDate, text: text(1_000) }).meta({ id: 'ReviewNextStep' }),
    responses: { 200: z.strictObject({ owner: z.string(), on: isoDate, text: z.string() }) },
    handler: ({ command, params: wanted, body, actor, at }) =>
      command(async (tx) => {
        await setNextStep(tx, { ...wanted, ...body, actor, at });
        return reply(200, body);
      }),
  }),
  ...(['propose', 'withdraw'] as const).map((verb) =>
    route({
      method: 'post',
      path: `/v1/reviews/{id}/${verb}`,
      summary:
        verb === 'propose'
          ? 'Propose to bring the allowance to what the review found'
          : 'Take the proposal back; the review is open again',
      roles,
      params,
      responses: { 200: review },
      handler: ({ command, params: wanted, actor, at }) =>
        command(async (tx) => reply(200, await proposeTrueUp(tx, { id: wanted.id, withdraw: verb === 'withdraw', actor, at }))),
    }),
  ),
  route({
    method: 'post',
    path: '/v1/reviews/{id}/approve',
    summary: 'Book the change of the allowance, once: never the person who proposed it',
    roles,
    params,
    responses: { 200: review },
    handler: ({ command, params: wanted, actor, at }) =>
      command(async (tx) => reply(200, await approveTrueUp(tx, { id: wanted.id, actor, at }))),
  }),
  route({
    method: 'post',
    path: '/v1/specific-provisions',
    summary: 'Set by hand what share of an item, or of all of a customer, is expected to be lost; it replaces the one before',
    roles,
    idempotencyKey: 'required',
    body: z.strictObject({ customerId, invoiceId: id.optional(), rate: taxRate, reason }).meta({ id: 'NewSpecificProvision' }),
    responses: { 201: provision },
    handler: ({ command, body, actor, at }) => command(async (tx) => reply(201, await setProvision(tx, { ...body, actor, at }))),
  }),
  route({
    method: 'get',
    path: '/v1/specific-provisions',
    summary: 'Loss rates set by hand, in the order in which they were set',
    roles: booksRoles,
    query: z.strictObject({ customerId: customerId.optional(), ...paging }),
    responses: { 200: pageOf(provision) },
    handler: async ({ database, query }) =>
      reply(
        200,
        toPage(await listSpecificProvisions(database, query, query), query.limit, (row) => row.id),
      ),
  }),
  route({
    method: 'post',
    path: '/v1/specific-provisions/{id}/end',
    summary: 'End a rate set by hand: the matrix counts again',
    roles,
    params,
    body: z.strictObject({ reason }),
    responses: { 200: provision },
    handler: ({ command, params: wanted, body, actor, at }) =>
      command(async (tx) => reply(200, await endProvision(tx, { id: wanted.id, ...body, actor, at }))),
  }),
];
