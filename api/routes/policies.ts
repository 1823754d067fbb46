import { z } from 'zod';
import type { Transaction } from '../../db/client.ts';
import { listPolicies, listPolicyProposals } from '../../db/queries/policies.ts';
import type { Actor } from '../../db/statements/audit.ts';
import { decidePolicyProposal, saveOrProposePolicy } from '../../db/transactions/propose-policy.ts';
import { saveDocumentationPolicy } from '../../db/transactions/save-documentation-policy.ts';
import { savePolicy } from '../../db/transactions/save-policy.ts';
import { nameThresholdMinimum } from '../../domain/cash-matching.ts';
import { allocations } from '../../domain/fulfilment.ts';
import { decisions, decisionsOn } from '../../domain/offered-actions.ts';
import { type Parsed, type Role, type Route, reply, route, staff } from '../contract.ts';
import { amountMinor, id, isoInstant, policyReason, reason, taxRate } from '../schemas.ts';

const points = z.int().min(-100).max(100);
const bandFields = {
  unknown: points,
  bands: z
    .array(z.strictObject({ from: z.number().min(0), points }))
    .min(1)
    .max(20)
    .refine((bands) => falling(bands.map((band) => band.from)), 'Bands go from the highest down.'),
};
const falling = (values: number[]) => values.every((value, index) => index === 0 || value < values[index - 1]!);
const score = z.int().min(0).max(100);

const inCompanyCurrency =
  'In the company’s currency: an amount in another is held against it at the rate of the day; without a rate it counts as 0.';

export const creditPolicy = z
  .strictObject({
    approvalDays: z.int().min(1).max(3_650),
    hardRules: z.strictObject({
      noWriteOffWithinMonths: z.int().min(0).max(600),
      denyAboveDaysOverdue: z.int().min(0).max(3_650),
    }),
    pointsTable: z.strictObject({
      yearsTrading: z.strictObject(bandFields),
      annualTurnoverMinor: z.strictObject(bandFields).meta({ description: inCompanyCurrency }),
      tradeReferences: z.strictObject(bandFields),
      externalRating: z.strictObject({ unknown: points, A: points, B: points, C: points, D: points }),
      onTimeShare: z.strictObject({ ...bandFields, minimumPaidInvoices: z.int().min(0).max(1_000) }),
      maxDaysOverdue: z.strictObject(bandFields),
      application: z
        .strictObject({
          financialsWithinYears: z.int().min(0).max(20).meta({ description: 'Accounts of an older year count as not known.' }),
          referenceYearsKnown: z.strictObject(bandFields),
          referenceDaysLate: z.strictObject(bandFields),
          currentRatio: z.strictObject(bandFields),
          equityRatio: z.strictObject(bandFields),
          netMargin: z.strictObject(bandFields),
        })
        .optional()
        .meta({ description: 'Points for what an application states; absent: it is not weighed.' }),
    }),
    approveFromScore: score,
    denyBelowScore: score,
    limitFromScore: z
      .array(z.strictObject({ fromScore: score, limitMinor: amountMinor.meta({ description: inCompanyCurrency }) }))
      .min(1)
      .max(20),
    prepaymentDays: z.int().min(1).max(90).optional().meta({ description: 'How long money paid in advance may take; else 7.' }),
    anotherCardDays: z
      .int()
      .min(1)
      .max(30)
      .optional()
      .meta({ description: 'How long an order whose card was declined waits for another; else 3.' }),
    cardAuthorisationDays: z
      .int()
      .min(1)
      .max(30)
      .optional()
      .meta({ description: 'What is held on a card for longer is held anew before it is taken; else 6.' }),
    renewalNoticeDays: z.int().min(1).max(365).optional().meta({ description: 'How long before its end; else 30.' }),
    reviewBusinessDays: z.int().min(1).max(60),
    fourEyesFromMinor: amountMinor.meta({ description: inCompanyCurrency }),
    signalDecisionsAllowed: z.boolean(),
  })
  .refine((policy) => policy.denyBelowScore <= policy.approveFromScore, {
    path: ['denyBelowScore'],
    message: 'Must not be above approveFromScore.',
  })
  .meta({ id: 'CreditPolicy' });

export const cashPolicy = z
  .strictObject({
    toleranceMinor: amountMinor.meta({ description: inCompanyCurrency }),
    toleranceRate: z.string().regex(/^0(\.\d{1,6})?$/, "Must be a decimal below 1: '0.005' is half a percent."),
    bankChargesMaximumMinor: amountMinor.meta({ description: inCompanyCurrency }),
    nameThreshold: z.int().min(nameThresholdMinimum).max(100),
    combinationItems: z.int().min(2).max(16),
    oldestFirst: z.boolean(),
  })
  .meta({ id: 'CashPolicy' });

// Of the shape of a tax rate, and 10 at the most for the factor.
const rollRates = z.strictObject({ current: taxRate, '1-30': taxRate, '31-60': taxRate, '61-90': taxRate });
const factor = z.string().regex(/^(\d(\.\d{1,6})?|10)$/, "Must be a decimal from 0 to 10: '1.1' is a tenth more.");
export const badDebtPolicy = z
  .strictObject({
    reviewEvery: z.enum(['month', 'week']),
    fallbackRollRates: rollRates.meta({ description: 'While the company’s own history of a bucket is too short.' }),
    historyMonthsMinimum: z.int().min(1).max(12),
    lossOf91Plus: taxRate.meta({ description: 'While the company’s own history of it is too short.' }),
    lossHistoryItemsMinimum: z
      .int()
      .min(1)
      .max(10_000)
      .optional()
      .meta({ description: 'So many items that had reached 91+ must have ended; absent: 20.' }),
    forwardLookingFactor: factor.meta({ description: 'What is to come against what has been.' }),
  })
  .meta({ id: 'BadDebtPolicy' });

const documentationPolicy = z
  .strictObject({
    businessDays: z
      .int()
      .min(1)
      .max(20)
      .meta({ description: 'How long money that was announced or seen may stay undocumented.' }),
    holidayRegion: z
      .string()
      .max(10)
      .nullable()
      .meta({ description: 'Whose public holidays count beside those of the company’s country: BY for Bavaria.' }),
    blockDays: z.int().min(0).max(60).meta({ description: 'After so many days letters go out again, documented or not.' }),
    wordAgainAfterDays: z.int().min(0).max(365).meta({ description: 'How long a word that was not borne out is remembered.' }),
    chequesCountFrom: z.enum(['deposit', 'clearing']),
    chequeClearingBusinessDays: z.int().min(0).max(60),
  })
  .meta({ id: 'DocumentationPolicy' });

export const savedPolicy = z.strictObject({ name: z.string(), version: z.int() });
const proposedPolicy = z.strictObject({
  name: z.string(),
  proposalId: z.string(),
  loosens: z.array(z.string()).meta({ description: 'The settings that let one person do what took two.' }),
});
export const policyRoles = ['finance', 'admin'] as const;
const mayDecidePolicies = (roles: readonly Role[]) => policyRoles.some((role) => roles.includes(role));

interface SavedBy {
  reason?: string | undefined;
  actor: Actor;
  at: string;
}

/** Brings a new version of a policy into force: `save` gives it its number, and refuses what the shape alone cannot tell. */
export function policyRoute<Body extends z.ZodType<object>>(policy: {
  name: string;
  summary: string;
  roles?: readonly Role[];
  body: Body;
  save: (
    tx: Transaction,
    body: Parsed<Body>,
    by: SavedBy,
  ) => Promise<z.infer<typeof savedPolicy> | z.infer<typeof proposedPolicy>>;
}): Route {
  return route({
    method: 'post',
    path: `/v1/policies/${policy.name}`,
    summary: policy.summary,
    roles: policy.roles ?? policyRoles,
    query: policyReason,
    body: policy.body,
    responses: {
      201: savedPolicy,
      202: proposedPolicy.meta({ description: 'It would be looser about four eyes: a second person brings it into force.' }),
    },
    handler: ({ command, query, body, actor, at }) =>
      command(async (tx) => {
        const saved = await policy.save(tx, body, { ...query, actor, at });
        return 'version' in saved ? reply(201, saved) : reply(202, saved);
      }),
  });
}

export const policyRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/policies',
    summary: 'Every version of the written policies, the one in force first',
    roles: staff,
    responses: {
      200: z.strictObject({
        items: z.array(
          z.strictObject({
            name: z.string().meta({ description: 'Of a dunning policy that is not the company’s own: dunning: and its code.' }),
            version: z.int(),
            body: z.looseObject({}),
            at: isoInstant,
            actor: z.string(),
            reason: z.string().nullable().meta({ description: 'Why this version was saved, when that was said.' }),
            approvedBy: z.string().nullable().meta({ description: 'The second person, where it took two.' }),
          }),
        ),
        proposals: z
          .array(
            z.strictObject({
              id: z.string(),
              name: z.string(),
              basedOn: z.int(),
              body: z.looseObject({}),
              loosens: z.array(z.string()),
              reason: z.string().nullable(),
              status: z.literal('proposed'),
              proposedBy: z.string(),
              proposedAt: isoInstant,
              actions: z.array(z.enum(decisions)),
            }),
          )
          .meta({ description: 'Versions that wait for a second person, because they are looser about four eyes.' }),
      }),
    },
    handler: async ({ database, actor, principal }) => {
      const [items, proposals] = await Promise.all([listPolicies(database), listPolicyProposals(database)]);
      const asker = { actor, mayDecide: mayDecidePolicies(principal.roles), mayTakeBack: true };
      return reply(200, {
        items: items.map((policy) => ({ ...policy, body: { ...policy.body } })),
        proposals: proposals.map((proposal) => ({
          ...proposal,
          body: { ...proposal.body },
          actions: decisionsOn({ waits: true, proposedBy: proposal.proposedBy }, asker),
        })),
      });
    },
  }),
  ...(['approve', 'reject'] as const).map((decision) =>
    route({
      method: 'post',
      path: `/v1/policies/proposals/{id}/${decision}`,
      summary:
        decision === 'approve'
          ? 'Bring a proposed version of a policy into force: never the person who proposed it'
          : 'Turn a proposed version of a policy down; who proposed it may take it back',
      roles: policyRoles,
      params: z.strictObject({ id }),
      body: z.strictObject({ reason }),
      responses: { 200: z.strictObject({ id: z.string(), name: z.string(), version: z.int().nullable() }) },
      handler: ({ command, params, body, actor, at }) =>
        command(async (tx) => reply(200, await decidePolicyProposal(tx, { ...params, decision, ...body, actor, at }))),
    }),
  ),
  policyRoute({
    name: 'credit',
    summary: 'Bring a new version of the credit policy into force',
    body: creditPolicy,
    save: (tx, policy, by) => saveOrProposePolicy(tx, { policy: { name: 'credit', ...policy }, ...by }),
  }),
  policyRoute({
    name: 'fulfilment',
    summary: 'Bring a new version of the fulfilment policy into force',
    body: z
      .strictObject({
        choiceBusinessDays: z.int().min(1).max(60),
        allocation: z.enum(allocations).default('fewest-shipments').meta({
          description:
            'Which warehouses serve an order first: those that make the fewest shipments of it, or the nearest by country and postal code.',
        }),
      })
      .meta({ id: 'FulfilmentPolicy' }),
    save: (tx, policy, by) => savePolicy(tx, { policy: { name: 'fulfilment', ...policy }, ...by }),
  }),
  policyRoute({
    name: 'cash',
    summary: 'Bring a new version of the cash policy into force: what bank lines post by themselves',
    body: cashPolicy,
    save: (tx, policy, by) => savePolicy(tx, { policy: { name: 'cash', ...policy }, ...by }),
  }),
  policyRoute({
    name: 'invoicing',
    summary: 'Bring a new version of the invoicing policy into force, for orders placed from now on',
    body: z
      .strictObject({
        taxRounding: z
          .enum(['half-up', 'half-even'])
          .meta({ description: 'Where half a cent of tax goes: up, or to the even cent.' }),
      })
      .meta({ id: 'InvoicingPolicy' }),
    save: (tx, policy, by) => savePolicy(tx, { policy: { name: 'invoicing', ...policy }, ...by }),
  }),
  policyRoute({
    name: 'collections',
    summary: 'Bring a new version of the collections policy into force',
    body: z
      .strictObject({
        holdOverrideDaysMaximum: z.int().min(1).max(365).meta({ description: 'A hold is lifted for so many days at most.' }),
        writeOffFourEyesFromMinor: amountMinor.meta({
          description: `A write-off of this amount or more needs a second person; 0: each one does. ${inCompanyCurrency}`,
        }),
        freezeOnWriteOff: z.boolean().meta({ description: 'Whether a write-off freezes the customer’s credit.' }),
      })
      .meta({ id: 'CollectionsPolicy' }),
    save: (tx, policy, by) => saveOrProposePolicy(tx, { policy: { name: 'collections', ...policy }, ...by }),
  }),
  policyRoute({
    name: 'corrections',
    summary: 'Bring a new version of the policy of credit notes and disputes into force',
    body: z
      .strictObject({
        fourEyesFromMinor: amountMinor.meta({
          description: `A correction of so much, with tax, needs a second person. ${inCompanyCurrency}`,
        }),
        disputeBusinessDays: z.int().min(1).max(60).meta({ description: 'Then a dispute goes up to finance.' }),
      })
      .meta({ id: 'CorrectionPolicy' }),
    save: (tx, policy, by) => saveOrProposePolicy(tx, { policy: { name: 'corrections', ...policy }, ...by }),
  }),
  policyRoute({
    name: 'bad-debt',
    summary: 'Bring a new version of the bad-debt policy into force, for reviews from now on',
    body: badDebtPolicy,
    save: (tx, policy, by) => savePolicy(tx, { policy: { name: 'bad-debt', ...policy }, ...by }),
  }),
  policyRoute({
    name: 'documentation',
    summary: 'Bring a new version of the documentation policy into force, for clocks and cheques that begin from now on',
    body: documentationPolicy,
    save: (tx, policy, by) => saveDocumentationPolicy(tx, { policy, ...by }),
  }),
];
