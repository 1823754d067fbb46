import { z } from 'zod';
import { listPolicies } from '../../db/queries/policies.ts';
import { readCompany } from '../../db/statements/company.ts';
import { saveDocumentationPolicy } from '../../db/transactions/save-documentation-policy.ts';
import { savePolicy } from '../../db/transactions/save-policy.ts';
import { setUpCompany } from '../../db/transactions/set-up-company.ts';
import { allocations } from '../../domain/fulfilment.ts';
import { exampleGs1CompanyPrefix } from '../../domain/sscc.ts';
import { everyone, type Route, reply, route, staff } from '../contract.ts';
import {
  address,
  amountMinor,
  currency,
  electronicAddress,
  email,
  isoInstant,
  policyReason,
  taxRate,
  text,
  timeZone,
} from '../schemas.ts';

const company = z
  .strictObject({
    legalName: text(200),
    taxId: text(40),
    address,
    email,
    bankIban: z.string().regex(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/, 'Must be an IBAN without spaces.'),
    bankBic: z.string().regex(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/, 'Must be a BIC of 8 or 11 characters.'),
    currency,
    timeZone,
    gs1CompanyPrefix: z
      .string()
      .regex(/^\d{7,12}$/, 'Must be a GS1 company prefix of 7 to 12 digits.')
      .default(exampleGs1CompanyPrefix)
      .meta({ description: 'SSCCs on labels begin with it; without one, a prefix of GS1’s range for examples.' }),
    registrationNumber: text(60).nullable().default(null).meta({ description: 'In the commercial register.' }),
    electronicAddress: electronicAddress.nullable().default(null),
    contactName: text(100)
      .nullable()
      .default(null)
      .meta({ description: 'Whom customers ask about a document; e-invoices within Germany need it, with its phone.' }),
    contactPhone: text(40).nullable().default(null),
  })
  .meta({ id: 'Company' });

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

const creditPolicy = z
  .strictObject({
    approvalDays: z.int().min(1).max(3_650),
    hardRules: z.strictObject({
      noWriteOffWithinMonths: z.int().min(0).max(600),
      denyAboveDaysOverdue: z.int().min(0).max(3_650),
    }),
    pointsTable: z.strictObject({
      yearsTrading: z.strictObject(bandFields),
      annualTurnoverMinor: z.strictObject(bandFields),
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
      .array(z.strictObject({ fromScore: score, limitMinor: amountMinor }))
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
    fourEyesFromMinor: amountMinor,
    signalDecisionsAllowed: z.boolean(),
  })
  .refine((policy) => policy.denyBelowScore <= policy.approveFromScore, {
    path: ['denyBelowScore'],
    message: 'Must not be above approveFromScore.',
  })
  .meta({ id: 'CreditPolicy' });

const cashPolicy = z
  .strictObject({
    toleranceMinor: amountMinor,
    toleranceRate: z.string().regex(/^0(\.\d{1,6})?$/, "Must be a decimal below 1: '0.005' is half a percent."),
    bankChargesMaximumMinor: amountMinor,
    nameThreshold: z.int().min(50).max(100),
    combinationItems: z.int().min(2).max(16),
    oldestFirst: z.boolean(),
  })
  .meta({ id: 'CashPolicy' });

// Of the shape of a tax rate, and 10 at the most for the factor.
const rollRates = z.strictObject({ current: taxRate, '1-30': taxRate, '31-60': taxRate, '61-90': taxRate });
const factor = z.string().regex(/^(\d(\.\d{1,6})?|10)$/, "Must be a decimal from 0 to 10: '1.1' is a tenth more.");
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

const savedPolicy = z.strictObject({ name: z.string(), version: z.int() });
const policyRoles = ['finance', 'admin'] as const;

export const companyRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/company',
    summary: 'The seller, as printed on its documents',
    roles: everyone,
    responses: { 200: company },
    handler: async ({ database }) => reply(200, await readCompany(database)),
  }),
  route({
    method: 'put',
    path: '/v1/company',
    summary: 'Set the seller up; the first time, the default policies come into force',
    roles: ['admin'],
    body: company,
    responses: { 200: company, 201: company },
    handler: (call) =>
      call.command(async (tx) => {
        const { created } = await setUpCompany(tx, { company: call.body, actor: call.actor, at: call.at });
        return reply(created ? 201 : 200, call.body);
      }),
  }),
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
          }),
        ),
      }),
    },
    handler: async ({ database }) => {
      const items = await listPolicies(database);
      return reply(200, { items: items.map((policy) => ({ ...policy, body: { ...policy.body } })) });
    },
  }),
  route({
    method: 'post',
    path: '/v1/policies/credit',
    summary: 'Bring a new version of the credit policy into force',
    roles: policyRoles,
    query: policyReason,
    body: creditPolicy,
    responses: { 201: savedPolicy },
    handler: (call) =>
      call.command(async (tx) =>
        reply(
          201,
          await savePolicy(tx, { policy: { name: 'credit', ...call.body }, ...call.query, actor: call.actor, at: call.at }),
        ),
      ),
  }),
  route({
    method: 'post',
    path: '/v1/policies/fulfilment',
    summary: 'Bring a new version of the fulfilment policy into force',
    roles: policyRoles,
    query: policyReason,
    body: z
      .strictObject({
        choiceBusinessDays: z.int().min(1).max(60),
        allocation: z.enum(allocations).default('fewest-shipments').meta({
          description:
            'Which warehouses serve an order first: those that make the fewest shipments of it, or the nearest by country and postal code.',
        }),
      })
      .meta({ id: 'FulfilmentPolicy' }),
    responses: { 201: savedPolicy },
    handler: (call) =>
      call.command(async (tx) =>
        reply(
          201,
          await savePolicy(tx, { policy: { name: 'fulfilment', ...call.body }, ...call.query, actor: call.actor, at: call.at }),
        ),
      ),
  }),
  route({
    method: 'post',
    path: '/v1/policies/cash',
    summary: 'Bring a new version of the cash policy into force: what bank lines post by themselves',
    roles: policyRoles,
    query: policyReason,
    body: cashPolicy,
    responses: { 201: savedPolicy },
    handler: (call) =>
      call.command(async (tx) =>
        reply(
          201,
          await savePolicy(tx, { policy: { name: 'cash', ...call.body }, ...call.query, actor: call.actor, at: call.at }),
        ),
      ),
  }),
  route({
    method: 'post',
    path: '/v1/policies/invoicing',
    summary: 'Bring a new version of the invoicing policy into force, for orders placed from now on',
    roles: policyRoles,
    query: policyReason,
    body: z
      .strictObject({
        taxRounding: z
          .enum(['half-up', 'half-even'])
          .meta({ description: 'Where half a cent of tax goes: up, or to the even cent.' }),
      })
      .meta({ id: 'InvoicingPolicy' }),
    responses: { 201: savedPolicy },
    handler: (call) =>
      call.command(async (tx) =>
        reply(
          201,
          await savePolicy(tx, { policy: { name: 'invoicing', ...call.body }, ...call.query, actor: call.actor, at: call.at }),
        ),
      ),
  }),
  route({
    method: 'post',
    path: '/v1/policies/collections',
    summary: 'Bring a new version of the collections policy into force',
    roles: policyRoles,
    query: policyReason,
    body: z
      .strictObject({
        holdOverrideDaysMaximum: z.int().min(1).max(365).meta({ description: 'A hold is lifted for so many days at most.' }),
        writeOffFourEyesFromMinor: amountMinor.meta({
          description: 'A write-off of this amount or more, in minor units, needs a second person; 0: each one does.',
        }),
        freezeOnWriteOff: z.boolean().meta({ description: 'Whether a write-off freezes the customer’s credit.' }),
      })
      .meta({ id: 'CollectionsPolicy' }),
    responses: { 201: savedPolicy },
    handler: (call) =>
      call.command(async (tx) =>
        reply(
          201,
          await savePolicy(tx, { policy: { name: 'collections', ...call.body }, ...call.query, actor: call.actor, at: call.at }),
        ),
      ),
  }),
  route({
    method: 'post',
    path: '/v1/policies/corrections',
    summary: 'Bring a new version of the policy of credit notes and disputes into force',
    roles: policyRoles,
    query: policyReason,
    body: z
      .strictObject({
        fourEyesFromMinor: amountMinor.meta({ description: 'A correction of so much, with tax, needs a second person.' }),
        disputeBusinessDays: z.int().min(1).max(60).meta({ description: 'Then a dispute goes up to finance.' }),
      })
      .meta({ id: 'CorrectionPolicy' }),
    responses: { 201: savedPolicy },
    handler: (call) =>
      call.command(async (tx) =>
        reply(
          201,
          await savePolicy(tx, { policy: { name: 'corrections', ...call.body }, ...call.query, actor: call.actor, at: call.at }),
        ),
      ),
  }),
  route({
    method: 'post',
    path: '/v1/policies/bad-debt',
    summary: 'Bring a new version of the bad-debt policy into force, for reviews from now on',
    roles: policyRoles,
    query: policyReason,
    body: z
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
      .meta({ id: 'BadDebtPolicy' }),
    responses: { 201: savedPolicy },
    handler: (call) =>
      call.command(async (tx) =>
        reply(
          201,
          await savePolicy(tx, { policy: { name: 'bad-debt', ...call.body }, ...call.query, actor: call.actor, at: call.at }),
        ),
      ),
  }),
  route({
    method: 'post',
    path: '/v1/policies/documentation',
    summary: 'Bring a new version of the documentation policy into force, for clocks and cheques that begin from now on',
    roles: policyRoles,
    query: policyReason,
    body: documentationPolicy,
    responses: { 201: savedPolicy },
    handler: (call) =>
      call.command(async (tx) =>
        reply(201, await saveDocumentationPolicy(tx, { policy: call.body, ...call.query, actor: call.actor, at: call.at })),
      ),
  }),
];
