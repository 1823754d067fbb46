import { z } from 'zod';
import {
  dunningPolicyVersions,
  listBaseRates,
  listDunningPolicies,
  listSegmentPolicies,
} from '../../db/queries/dunning-policies.ts';
import { readInvoice } from '../../db/queries/invoices.ts';
import { previewLetter, showPlan } from '../../db/queries/letters.ts';
import { announceBaseRate, assignToInvoice, assignToSegment } from '../../db/transactions/assign-dunning-policy.ts';
import { savePolicy } from '../../db/transactions/save-policy.ts';
import { faultsOfLetters, noteReasons } from '../../domain/letter.ts';
import { type Route, reply, route } from '../contract.ts';
import { found } from '../ownership.ts';
import {
  amountMinor,
  currency,
  customerId,
  dunningPolicyCode,
  id,
  isoDate,
  isoInstant,
  language,
  minor,
  pageOf,
  paging,
  policyReason,
  positiveMinor,
  reason,
  segment,
  toPage,
} from '../schemas.ts';
import { policyRoles, policyRoute, savedPolicy } from './policies.ts';

const days = z.int().min(0).max(3_650);
/** Of a letter: lines are part of it. */
const letterPart = (maximum: number) =>
  z
    .string()
    .min(1)
    .max(maximum)
    .regex(/^(\n|[^\p{Cc}\p{Cs}])*$/u, 'Must not hold control characters but line ends.');
const subject = letterPart(200).refine((line) => !line.includes('\n'), 'A subject is one line.');
const letterText = z.strictObject({ subject, text: letterPart(5_000) });
const letterTexts = z
  .strictObject({
    greeting: letterPart(200),
    item: letterPart(500).meta({ description: 'A line of {{items}}.' }),
    closing: letterPart(500),
    reminder: letterText,
    levels: z.array(z.strictObject({ level: z.int().min(1).max(9), ...letterText.shape })).max(9),
    further: letterText.optional().meta({ description: 'Of levels that are not listed.' }),
    final: letterText.optional().meta({ description: 'Of the last letter before collections, whatever its level.' }),
    notes: z.partialRecord(z.enum(noteReasons), letterText).optional().meta({
      description: 'Of the mails that bring a note of interest or fees; absent: those that are built in for the language.',
    }),
  })
  .meta({
    id: 'LetterTexts',
    description: 'With {{placeholders}}; a [[part]] is left out when a placeholder in it says nothing.',
  });
const letters = z.strictObject({
  defaultLanguage: language.meta({ description: 'For customers whose language is not among the texts.' }),
  texts: z.record(language, letterTexts).refine((texts) => Object.keys(texts).length <= 30, 'At most 30 languages.'),
});

const decimalRate = z.string().regex(/^\d{1,2}(\.\d{1,6})?$/, "Must be a decimal: '0.11' is 11 % a year.");
const amountsIn = z
  .record(currency, amountMinor)
  .refine((amounts) => Object.keys(amounts).length <= 30, 'At most 30 currencies.')
  .meta({ description: 'For items in other currencies, by their codes; where none is stated, nothing is charged.' });
const policyFields = {
  reminderDaysAfterInvoice: days,
  levels: z
    .array(
      z.strictObject({
        level: z.int().min(1).max(9),
        daysOverdue: z.int().min(1).max(3_650),
        final: z.boolean(),
        feeMinor: amountMinor
          .optional()
          .meta({ description: 'Charged once for a letter of this level, as a fee note of its own; in the company’s currency.' }),
        feeMinorIn: amountsIn.optional(),
      }),
    )
    .min(1)
    .max(9)
    .refine((levels) => levels.every(({ level }, index) => level === index + 1), 'Levels count from 1 without gaps.')
    .refine(
      (levels) => levels.every(({ daysOverdue }, index) => index === 0 || daysOverdue > levels[index - 1]!.daysOverdue),
      'Each level comes later than the one before.',
    ),
  collectionsDaysOverdue: z.int().min(1).max(3_650),
  intervalDays: days,
  minimumMinor: amountMinor.meta({
    description:
      'An item below it gets no letter. In the company’s currency, against which an item in another stands at the rate of the day.',
  }),
  graceDays: days,
  letterTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Must be a wall time, HH:MM.'),
  annualInterestRate: decimalRate,
  baseRateMargin: decimalRate.optional().meta({
    description: 'Over the base rate of each day; annualInterestRate counts for days before the first base rate then.',
  }),
  interestNoteTermsDays: days,
  collectInterest: z.boolean(),
  compensation: z
    .strictObject({
      amountMinor: positiveMinor,
      amountMinorIn: amountsIn.optional(),
      chargedWhen: z.enum(['overdue', 'first-letter']),
    })
    .optional()
    .meta({ description: 'A fixed sum for the cost of recovery, once per invoice. For policies of business customers.' }),
  letters: letters.optional().meta({ description: 'Absent: the texts that are built in, in English and German.' }),
};
interface CheckedFields {
  levels: { level: number; final: boolean }[];
  letters?: z.output<typeof letters> | undefined;
}
/** Every fault in the texts, each where it stands. */
function checkLetters(policy: CheckedFields, context: z.RefinementCtx): void {
  if (!policy.letters) return;
  for (const { path, message } of faultsOfLetters(policy.letters, policy.levels)) {
    context.addIssue({ code: 'custom', path: ['letters', ...path], message });
  }
}
export const namedDunningPolicy = z.strictObject(policyFields).superRefine(checkLetters).meta({ id: 'NamedDunningPolicy' });
export const companyDunningPolicy = z
  .strictObject({
    ...policyFields,
    holdMinimumMinor: amountMinor.meta({
      description:
        'Overdue beyond it is on hold. In the company’s currency, against which another stands at the rate of the day.',
    }),
    promises: z
      .strictObject({
        graceDays: z.int().min(0).max(30).meta({ description: 'So many days after the promised one money still counts.' }),
        maximumDays: z.int().min(1).max(365).meta({ description: 'How far ahead a payment may be promised.' }),
        escalateFromBroken: z.int().min(1).max(100).meta({ description: 'So many broken ones in a year are for finance.' }),
      })
      .optional()
      .meta({ description: 'Promises to pay; absent: 3 days of grace, 30 days ahead, the second broken one goes to finance.' }),
  })
  .superRefine(checkLetters)
  .meta({ id: 'DunningPolicy' });

const version = z
  .strictObject({
    code: z.string().nullable().meta({ description: 'Null: the company’s own.' }),
    version: z.int(),
    body: z.looseObject({}),
    at: isoInstant,
    actor: z.string(),
  })
  .meta({ id: 'DunningPolicyVersion' });
const assignment = z.enum(['invoice', 'customer', 'segment', 'company']);
const block = z.enum(['dispute', 'promise', 'hold-off', 'candidate-payment']);

const shownPlan = z
  .strictObject({
    invoiceId: z.string(),
    policy: z.string().nullable().meta({ description: 'Null: the company’s own.' }),
    policyVersion: z.int(),
    assignedBy: assignment.nullable().meta({ description: 'Null: its plan is older than named policies.' }),
    dunningLevel: z.int(),
    lastNoticeOn: isoDate.nullable(),
    blocks: z.array(block).meta({ description: 'What keeps letters about it back at this moment.' }),
    steps: z.array(
      z.strictObject({
        step: z.string(),
        kind: z.enum(['reminder', 'overdue', 'dunning', 'collections']),
        level: z.int().nullable(),
        instalment: z.int(),
        on: isoDate,
        at: isoInstant,
        state: z.enum(['planned', 'taken', 'skipped', 'void']),
        daysOverdue: z.int().nullable().meta({ description: 'As the policy says it.' }),
        feeMinor: minor.nullable(),
        final: z.boolean(),
        blockedBy: z
          .array(block)
          .meta({ description: 'Of what lies over the invoice now: it would be skipped for it, or sent without it.' }),
        skippedBy: z.array(block),
        cancelledBy: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'DunningPlan' });

const charge = z.strictObject({ invoiceId: z.string(), amountMinor: minor });
const preview = z
  .strictObject({
    customerId,
    on: isoDate,
    letter: z
      .strictObject({
        subject: z.string(),
        text: z.string(),
        html: z.string(),
        language: z.string(),
        level: z.int(),
        final: z.boolean(),
        items: z.array(
          z.strictObject({
            invoiceId: z.string(),
            openMinor: minor,
            currency: z.string(),
            dueOn: isoDate,
            paymentReference: z.string(),
            level: z.int(),
            final: z.boolean(),
            lastNoticeOn: isoDate.nullable(),
            interestMinor: minor.meta({ description: 'Through that day, less what was noted already.' }),
          }),
        ),
        fee: z.strictObject({ ...charge.shape, level: z.int() }).nullable(),
        compensations: z.array(charge),
        interestMinor: minor,
      })
      .nullable()
      .meta({ description: 'Null: no letter would go out.' }),
    leftOut: z.array(z.strictObject({ invoiceId: z.string(), reason: z.string() })),
  })
  .meta({ id: 'LetterPreview' });

const collectors = ['receivables', 'finance', 'admin'] as const;
const readers = ['sales', 'credit', ...collectors] as const;
const codeParams = z.strictObject({ code: dunningPolicyCode });
const invoiceParams = z.strictObject({ id });
const segmentPolicy = z.strictObject({
  segment: z.string(),
  dunningPolicy: z.string().nullable(),
  actor: z.string(),
  at: isoInstant,
});
const baseRate = z.strictObject({ validFrom: isoDate, annualRate: z.string(), actor: z.string(), at: isoInstant });

export const dunningRoutes: Route[] = [
  policyRoute({
    name: 'dunning',
    summary: 'Bring a new version of the company’s own dunning policy into force, for invoices issued from now on',
    body: companyDunningPolicy,
    save: (tx, policy, by) => savePolicy(tx, { policy: { name: 'dunning', ...policy }, ...by }),
  }),
  route({
    method: 'get',
    path: '/v1/policies/dunning',
    summary: 'The dunning policies in force, the company’s own first',
    roles: readers,
    query: z.strictObject(paging),
    responses: { 200: pageOf(version) },
    handler: async ({ database, query }) => {
      const rows = await listDunningPolicies(database, query);
      return reply(
        200,
        toPage(
          rows.map((row) => ({ ...row, body: { ...row.body } })),
          query.limit,
          (row) => row.code ?? '',
        ),
      );
    },
  }),
  route({
    method: 'post',
    path: '/v1/policies/dunning/{code}',
    summary: 'Bring a new version of a named dunning policy into force, for invoices that are issued under it from now on',
    roles: policyRoles,
    params: codeParams,
    query: policyReason,
    body: namedDunningPolicy,
    responses: { 201: savedPolicy },
    handler: (call) =>
      call.command(async (tx) => {
        const { actor, at, params, query, body } = call;
        const policy = { name: `dunning:${params.code}` as const, ...body };
        return reply(201, await savePolicy(tx, { policy, ...query, actor, at }));
      }),
  }),
  route({
    method: 'get',
    path: '/v1/policies/dunning/{code}',
    summary: 'Every version of a named dunning policy, the one in force first',
    roles: readers,
    params: codeParams,
    query: z.strictObject(paging),
    responses: { 200: pageOf(version) },
    handler: async ({ database, params: { code }, query }) => {
      const rows = await dunningPolicyVersions(database, code, query);
      if (query.after === undefined) found(rows[0], 'dunning-policy', code);
      return reply(
        200,
        toPage(
          rows.map((row) => ({ ...row, body: { ...row.body } })),
          query.limit,
          (row) => String(row.version),
        ),
      );
    },
  }),
  route({
    method: 'get',
    path: '/v1/segments',
    summary: 'Segments with the dunning policy that is assigned to each',
    roles: readers,
    query: z.strictObject(paging),
    responses: { 200: pageOf(segmentPolicy) },
    handler: async ({ database, query }) =>
      reply(
        200,
        toPage(await listSegmentPolicies(database, query), query.limit, (row) => row.segment),
      ),
  }),
  route({
    method: 'put',
    path: '/v1/segments/{segment}/dunning-policy',
    summary: 'Assign a dunning policy to a segment, for invoices issued from now on; null takes it off',
    roles: policyRoles,
    params: z.strictObject({ segment }),
    body: z.strictObject({ dunningPolicy: dunningPolicyCode.nullable() }),
    responses: { 200: z.strictObject({ segment: z.string(), dunningPolicy: z.string().nullable() }) },
    handler: (call) =>
      call.command(async (tx) => {
        const assigned = { ...call.params, ...call.body };
        await assignToSegment(tx, { ...assigned, actor: call.actor, at: call.at });
        return reply(200, assigned);
      }),
  }),
  route({
    method: 'put',
    path: '/v1/invoices/{id}/dunning-policy',
    summary: 'Collect an open invoice by another dunning policy from here on; null is the company’s own',
    roles: collectors,
    params: invoiceParams,
    body: z.strictObject({ dunningPolicy: dunningPolicyCode.nullable(), reason }),
    responses: { 200: shownPlan },
    handler: (call) =>
      call.command(async (tx) => {
        const { params, body, actor, at } = call;
        await assignToInvoice(tx, { invoiceId: params.id, ...body, actor, at });
        return reply(200, found(await showPlan(tx, { invoiceId: params.id, at }), 'invoice', params.id));
      }),
  }),
  route({
    method: 'get',
    path: '/v1/invoices/{id}/dunning',
    summary: 'The dunning plan of an invoice: each step, what the policy says of it, what blocks it and what would cancel it',
    roles: readers,
    params: invoiceParams,
    responses: { 200: shownPlan },
    handler: async ({ database, at, params }) => {
      found(await readInvoice(database, params.id), 'invoice', params.id);
      const plan = await database.transaction((tx) => showPlan(tx, { invoiceId: params.id, at }));
      return reply(200, found(plan, 'invoice', params.id));
    },
  }),
  route({
    method: 'get',
    path: '/v1/customers/{id}/letters/preview',
    summary: 'The dunning letter as it would go out on a day; sends and changes nothing',
    roles: collectors,
    params: z.strictObject({ id: customerId }),
    query: z.strictObject({
      level: z.coerce
        .number()
        .pipe(z.int().min(1).max(9))
        .optional()
        .meta({ description: 'As if each overdue item stood at this level. Absent: as the plan has it.' }),
      on: isoDate.optional().meta({ description: 'Today, or a later day. Absent: today.' }),
    }),
    responses: { 200: preview },
    handler: async ({ database, at, params, query }) => {
      const shown = await database.transaction((tx) => previewLetter(tx, { customerId: params.id, ...query, at }));
      return reply(200, found(shown, 'customer', params.id));
    },
  }),
  route({
    method: 'get',
    path: '/v1/base-rates',
    summary: 'The base rates that interest with a margin is counted from, the newest first',
    roles: readers,
    query: z.strictObject(paging),
    responses: { 200: pageOf(baseRate) },
    handler: async ({ database, query }) =>
      reply(
        200,
        toPage(await listBaseRates(database, query), query.limit, (row) => row.validFrom),
      ),
  }),
  route({
    method: 'post',
    path: '/v1/base-rates',
    summary: 'Announce a base rate from a day on; once for each day',
    roles: policyRoles,
    idempotencyKey: 'required',
    body: z
      .strictObject({
        validFrom: isoDate,
        annualRate: z
          .string()
          .regex(/^-?\d{1,2}(\.\d{1,6})?$/, "Must be a decimal: '0.0227' is 2.27 % a year, '-0.0088' below zero."),
      })
      .meta({ id: 'NewBaseRate' }),
    responses: { 201: z.strictObject({ validFrom: isoDate, annualRate: z.string() }) },
    handler: (call) =>
      call.command(async (tx) => {
        await announceBaseRate(tx, { ...call.body, actor: call.actor, at: call.at });
        return reply(201, call.body);
      }),
  }),
];
