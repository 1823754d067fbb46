import { z } from 'zod';
import type { Queryable } from '../../db/client.ts';
import type { Page } from '../../db/queries/page.ts';
import { readPolicyVersion } from '../../db/queries/policies.ts';
import { type Span, type WhatIf, whatIfBadDebt, whatIfCash, whatIfCredit, whatIfDunning } from '../../db/queries/what-if.ts';
import { readCompany } from '../../db/statements/company.ts';
import type { BadDebtPolicy } from '../../domain/bad-debt.ts';
import { type CashPolicy, defaultCashPolicy } from '../../domain/cash-matching.ts';
import type { CreditPolicy } from '../../domain/credit.ts';
import type { DunningPolicy } from '../../domain/dunning.ts';
import { Refusal } from '../../domain/failures.ts';
import { addDays, instantAt } from '../../domain/time.ts';
import type { Role, Route } from '../contract.ts';
import { periodQuery, readPeriod, reportRoutes } from '../report-routes.ts';
import { currency, dunningPolicyCode, isoDate, isoInstant, minor, pageOf, paging, toPage } from '../schemas.ts';
import { companyDunningPolicy, namedDunningPolicy } from './dunning.ts';
import { badDebtPolicy, cashPolicy, creditPolicy } from './policies.ts';

const since = z.strictObject({ invoicedMinor: minor, paidMinor: minor, lostMinor: minor }).nullable().meta({
  description:
    'Of decisions about credit: what was invoiced to the customer until the next one on it, what of that was paid, and what was written off and never paid.',
});
const verdict = z
  .strictObject({
    outcome: z.string(),
    valueMinor: minor
      .nullable()
      .meta({ description: 'The limit granted, the money posted, what is provided, or the fees; null: nothing.' }),
    score: z.number().nullable().meta({ description: '0 to 100, where points are counted.' }),
    reasons: z.array(z.string()),
    points: z.array(z.strictObject({ factor: z.string(), value: z.string(), points: z.number(), reason: z.string() })),
    effects: z.array(z.string()).meta({ description: 'What it does, in words: what is paid, which letter goes when.' }),
  })
  .meta({ id: 'Verdict' });
const whatIf = z
  .strictObject({
    from: isoDate,
    to: isoDate,
    summary: z
      .strictObject({
        decisions: z.int().meta({ description: 'How many were decided again.' }),
        withoutFacts: z
          .int()
          .meta({ description: 'Of the period, but what they were taken from was not kept: they are left out.' }),
        differing: z.int(),
        rescored: z.int().meta({ description: 'Decided the same, with another score.' }),
        changes: z.array(
          z.strictObject({
            currency,
            before: z.string(),
            after: z.string(),
            decisions: z.int(),
            amountMinor: minor.meta({ description: 'What was asked for, received, owed or invoiced.' }),
            beforeMinor: minor.meta({ description: 'What the decisions came to.' }),
            afterMinor: minor,
            since,
          }),
        ),
      })
      .nullable()
      .meta({ description: 'Of all of the period; with the first page alone.' }),
    ...pageOf(
      z
        .strictObject({
          id: z.string().meta({ description: 'What was decided about: a decision, a bank line, a review, an invoice.' }),
          at: isoInstant,
          customerId: z.string().nullable(),
          orderId: z.string().nullable(),
          currency,
          amountMinor: minor,
          policyVersion: z.int().meta({ description: 'By which it was decided.' }),
          before: verdict,
          after: verdict,
          since,
        })
        .meta({ id: 'DecidedDifferently' }),
    ).shape,
  })
  .meta({ id: 'WhatIf' });

/** A policy that is not saved has no number. */
const unsaved = 0;

/** What a policy would have decided: a version that was saved, or one that nobody has saved yet. */
function whatIfRoutes<Draft extends z.ZodType<object>, Policy, Params extends z.ZodObject = z.ZodObject>(given: {
  path: `/v1/policies/${string}`;
  summary: string;
  roles: readonly Role[];
  params?: Params;
  draft: Draft;
  name(params: z.output<Params>): string;
  policy(draft: z.output<Draft>, params: z.output<Params>): Policy;
  /** Of a company that has saved none: the version that it goes by. */
  builtIn?: Policy & { version: number };
  replay(
    database: Queryable,
    policy: Policy,
    asked: Span & { now: string; timeZone: string; companyCurrency: string },
    page: Page,
  ): Promise<WhatIf>;
}): Route[] {
  const { path, summary, roles, params, draft, name, policy, builtIn, replay } = given;
  const body = z
    .strictObject({
      policy: draft.optional().meta({ description: 'One that is not saved.' }),
      version: z.int().min(0).optional().meta({ description: 'One that is.' }),
    })
    .refine((asked) => (asked.policy === undefined) !== (asked.version === undefined), 'Either a policy or a version of it.');
  const candidate = async (database: Queryable, asked: z.output<typeof body>, named: z.output<Params>): Promise<Policy> => {
    if (asked.policy !== undefined) return policy(asked.policy as z.output<Draft>, named);
    const { version = unsaved } = asked;
    const saved = await readPolicyVersion<Policy>(database, name(named), version);
    if (saved) return saved;
    if (builtIn?.version === version) return builtIn;
    const detail = `There is no version ${version} of the ${name(named)} policy.`;
    const faults = [{ path: '/version', code: 'unknown-version', detail }];
    throw new Refusal(422, 'invalid-what-if', 'There is nothing to decide by.', { faults });
  };
  return reportRoutes({
    path: `${path}/what-if`,
    summary,
    roles,
    ...(params ? { params } : {}),
    query: z.strictObject({ ...periodQuery, ...paging }),
    body,
    response: whatIf,
    read: async ({ database, at, params: named, query, body: asked }) => {
      const { from, to, timeZone } = await readPeriod(database, at, query);
      const [by, { currency: companyCurrency }] = await Promise.all([candidate(database, asked, named), readCompany(database)]);
      const span = { since: instantAt(from, '00:00', timeZone), until: instantAt(addDays(to, 1), '00:00', timeZone) };
      const found = await replay(database, by, { ...span, now: at, timeZone, companyCurrency }, query);
      const { items, next } = toPage(found.items, query.limit, ({ key }) => key);
      const shown = items.map((item) => {
        const { key: _, ...row } = item;
        return row;
      });
      return { from, to, summary: found.summary, items: shown, next };
    },
    columns: [
      'id',
      'at',
      'customerId',
      'orderId',
      'currency',
      'amount minor',
      'policyVersion',
      'before',
      'after',
      'before minor',
      'after minor',
      'before score',
      'after score',
      'before reasons',
      'after reasons',
      'invoiced minor',
      'paid minor',
      'lost minor',
    ],
    rows: ({ items }) =>
      items.map((item) => [
        item.id,
        item.at,
        item.customerId,
        item.orderId,
        item.currency,
        item.amountMinor,
        item.policyVersion,
        item.before.outcome,
        item.after.outcome,
        item.before.valueMinor,
        item.after.valueMinor,
        item.before.score,
        item.after.score,
        [...item.before.reasons, ...item.before.effects].join('; '),
        [...item.after.reasons, ...item.after.effects].join('; '),
        item.since?.invoicedMinor,
        item.since?.paidMinor,
        item.since?.lostMinor,
      ]),
  });
}

const reporters = ['finance', 'receivables', 'admin'] as const;

export const whatIfPolicyRoutes: Route[] = [
  ...whatIfRoutes({
    path: '/v1/policies/credit',
    summary: 'What another credit policy would have decided about the applications and orders of a period; nothing is changed',
    roles: [...reporters, 'credit'],
    draft: creditPolicy,
    name: () => 'credit',
    policy: (draft): CreditPolicy => ({ name: 'credit', version: unsaved, ...draft }),
    replay: whatIfCredit,
  }),
  ...whatIfRoutes({
    path: '/v1/policies/cash',
    summary: 'What another cash policy would have posted of the bank lines of a period; nothing is changed',
    roles: reporters,
    draft: cashPolicy,
    name: () => 'cash',
    policy: (draft): CashPolicy => ({ name: 'cash', version: unsaved, ...draft }),
    builtIn: defaultCashPolicy,
    replay: whatIfCash,
  }),
  ...whatIfRoutes({
    path: '/v1/policies/bad-debt',
    summary: 'What another bad-debt policy would have provided in the reviews of a period; nothing is changed',
    roles: reporters,
    draft: badDebtPolicy,
    name: () => 'bad-debt',
    policy: (draft): BadDebtPolicy => ({ name: 'bad-debt', version: unsaved, ...draft }),
    replay: whatIfBadDebt,
  }),
  ...whatIfRoutes({
    path: '/v1/policies/dunning',
    summary:
      'Which letters another dunning policy would have planned for the items of a period, and at which fees; nothing is changed',
    roles: reporters,
    draft: companyDunningPolicy,
    name: () => 'dunning',
    policy: (draft): DunningPolicy => ({ name: 'dunning', version: unsaved, ...draft }),
    replay: whatIfDunning,
  }),
  ...whatIfRoutes({
    path: '/v1/policies/dunning/{code}',
    summary: 'The same of a dunning policy that is not the company’s own',
    roles: reporters,
    params: z.strictObject({ code: dunningPolicyCode }),
    draft: namedDunningPolicy,
    name: ({ code }) => `dunning:${code}`,
    policy: (draft, { code }): DunningPolicy => ({ name: `dunning:${code}`, version: unsaved, ...draft }),
    replay: whatIfDunning,
  }),
];
