import { z } from 'zod';
import type { Database } from '../../db/client.ts';
import { creditHistory } from '../../db/queries/credit-history.ts';
import { listCreditAccounts, listCustomers, readCreditAccount, readCustomer } from '../../db/queries/customers.ts';
import { listHoldOverrides } from '../../db/queries/hold-overrides.ts';
import { openItemsOf, withAsked } from '../../db/queries/invoices.ts';
import { readTimeline } from '../../db/queries/timeline.ts';
import { readCompany, readPolicy } from '../../db/statements/company.ts';
import { exposureOf, holdOverrideOn, judgeHold, overdueItems } from '../../db/statements/credit.ts';
import { readApplicationFacts } from '../../db/statements/credit-facts.ts';
import { changeFreeze, changeLimit } from '../../db/transactions/change-credit.ts';
import { renewApprovals } from '../../db/transactions/renew-approvals.ts';
import { saveCustomer } from '../../db/transactions/save-customer.ts';
import { creditPolicyIn, decideApplication } from '../../domain/credit.ts';
import { whatItWouldTake } from '../../domain/credit-advice.ts';
import { invoiceActions } from '../../domain/offered-actions.ts';
import { readSearchText } from '../../domain/search.ts';
import { localDate } from '../../domain/time.ts';
import { everyone, type Principal, type Role, type Route, readersOfMoney, reply, route, staff } from '../contract.ts';
import { found, narrow } from '../ownership.ts';
import {
  address,
  amountMinor,
  currency,
  customerId,
  deliveryTerms,
  dunningPolicyCode,
  electronicAddress,
  email,
  invoicing,
  isoDate,
  isoInstant,
  language,
  minor,
  pageOf,
  paging,
  reason,
  segment,
  standing,
  terms,
  text,
  timelineEntry,
  toPage,
} from '../schemas.ts';
import { holdOverrideRoles } from './hold-overrides.ts';
import { askedInvoice } from './invoices.ts';
import { booksRoles } from './ledger.ts';
import { forReader, openTo } from './timeline.ts';

const customerFields = {
  name: text(200),
  taxId: text(40).optional(),
  registrationNumber: text(60).optional().meta({ description: 'In the commercial register.' }),
  electronicAddress: electronicAddress.optional(),
  buyerReference: text(60)
    .optional()
    .meta({ description: 'What its e-invoices are sorted by, such as a Leitweg-ID. Absent: its own order number.' }),
  eInvoices: z.boolean().default(false).meta({ description: 'Invoices and credit notes are mailed as UBL too, beside the PDF.' }),
  monthlyStatements: z
    .boolean()
    .default(false)
    .meta({ description: 'A statement of account is mailed on the first of each month.' }),
  email,
  contacts: z
    .array(z.strictObject({ name: text(200), email: email.optional(), phone: text(40).optional(), role: text(100).optional() }))
    .max(50)
    .default([]),
  billingAddress: address,
  shipToAddresses: z.array(address).max(100).default([]),
  currency,
  segment: segment.optional().meta({ description: 'Whom it is priced like: price lists for this segment are meant for it.' }),
  terms,
  deliveryTerms: deliveryTerms.optional(),
  invoicing: invoicing.default({ kind: 'per-shipment' }),
  language: language.optional().meta({ description: 'Of its reminders and letters, ISO 639-1. Absent: the dunning policy’s.' }),
  dunningPolicy: dunningPolicyCode
    .optional()
    .meta({ description: 'Of invoices from now on. Absent: its segment’s, or the company’s own.' }),
  backOrderAllowed: z.boolean().default(false),
  creditProfile: z
    .strictObject({
      yearsTrading: z.int().min(0).max(1_000).optional(),
      annualTurnoverMinor: amountMinor.optional(),
      tradeReferences: z.int().min(0).max(100).optional(),
      externalRating: z.enum(['A', 'B', 'C', 'D']).optional(),
    })
    .optional()
    .meta({ description: 'Automatic approvals are decided from it: for credit, finance and admin to state. Absent: as it was.' }),
};
const customer = z
  .strictObject({
    id: customerId,
    ...customerFields,
    taxId: z.string().nullable(),
    registrationNumber: z.string().nullable(),
    electronicAddress: electronicAddress.nullable(),
    buyerReference: z.string().nullable(),
    segment: z.string().nullable(),
    deliveryTerms: deliveryTerms.nullable(),
    invoicing,
    language: language.nullable(),
    dunningPolicy: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Customer' });

const openItem = z
  .strictObject({
    ...askedInvoice.shape,
    actions: z.array(z.enum(invoiceActions)).meta({ description: 'What the asker can do with it as it stands.' }),
  })
  .meta({ id: 'OpenItem' });

export const account = z
  .strictObject({
    customerId,
    currency,
    standing,
    limitMinor: minor.nullable().meta({ description: 'Null: never assessed. 0: no credit.' }),
    expiresAt: isoInstant.nullable(),
    exposureMinor: minor,
    availableMinor: minor.meta({ description: 'What further orders may come to; negative when the limit is exceeded.' }),
    openReceivablesMinor: minor,
    shippedNotInvoicedMinor: minor,
    approvedNotShippedMinor: minor,
    unappliedCashMinor: minor,
    openCreditNotesMinor: minor.meta({ description: 'What credit notes have left: the credit balance.' }),
    onHold: z
      .boolean()
      .meta({ description: 'More is overdue than the policy lets pass, and no override does: new orders are refused.' }),
    onHoldSince: isoInstant.nullable(),
    holdOverride: z
      .strictObject({ id: z.string(), throughOn: isoDate })
      .nullable()
      .meta({ description: 'Two people let orders pass the hold through this day.' }),
    overdueMinor: minor,
    overdueItems: z
      .array(z.strictObject({ invoiceId: z.string(), dueOn: isoDate, openMinor: minor }))
      .meta({ description: 'By instalment, without what is disputed: paying these amounts ends a hold.' }),
    openItems: z.array(openItem),
  })
  .meta({ id: 'CustomerAccount' });

const accountSummary = z
  .strictObject({
    customerId,
    name: z.string(),
    segment: z.string().nullable(),
    currency,
    standing,
    limitMinor: minor.nullable().meta({ description: 'Null: never assessed. 0: no credit.' }),
    expiresAt: isoInstant.nullable(),
    exposureMinor: minor,
    openReceivablesMinor: minor,
    shippedNotInvoicedMinor: minor,
    approvedNotShippedMinor: minor,
    unappliedCashMinor: minor,
    openCreditNotesMinor: minor,
    onHoldSince: isoInstant.nullable(),
  })
  .meta({ id: 'CreditAccountSummary' });
const creditState = { customerId, standing, limitMinor: minor.nullable(), expiresAt: isoInstant.nullable() };
const assessment = z
  .strictObject({
    customerId,
    currency,
    orderGrossMinor: minor,
    outcome: z.enum(['approve', 'deny', 'review']),
    score: z.int(),
    points: z.array(z.strictObject({ factor: z.string(), value: z.string(), points: z.int(), reason: z.string() })),
    reasons: z.array(z.string()),
    limitMinor: minor.nullable(),
    policyVersion: z.int(),
    wouldTake: z
      .array(z.strictObject({ changes: z.array(z.string()), score: z.int(), limitMinor: minor.nullable() }))
      .meta({ description: 'Ways to an approval that change the fewest facts; the changes of one way go together.' }),
    fourEyesFromMinor: minor.meta({
      description: 'A limit or release of so much needs two different people; in the customer’s currency.',
    }),
    actions: z
      .array(z.enum(['set-limit', 'freeze', 'unfreeze', 'propose-hold-override']))
      .meta({ description: 'What the asker can do to the account now.' }),
  })
  .meta({ id: 'CreditAssessment' });
export const creditChange = z
  .strictObject({
    id: z.int(),
    at: isoInstant,
    kind: z.enum(['application', 'review', 'limit-change', 'freeze', 'one-off-release']),
    outcome: z.string(),
    orderId: z.string().nullable(),
    applicationId: z.string().nullable(),
    limitMinor: minor.nullable(),
    before: z
      .strictObject({ standing, limitMinor: minor.nullable(), expiresAt: isoInstant.nullable() })
      .nullable()
      .meta({ description: 'The account as the decision found it.' }),
    expiresAt: isoInstant.nullable().meta({ description: 'Of a one-off release: until when it counted.' }),
    policyVersion: z.int(),
    actor: z.string(),
    actorVerified: z.boolean(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'CreditChange' });
const params = z.strictObject({ id: customerId });
const masterDataRoles = ['sales', 'finance', 'admin'] as const;
const creditRoles = ['credit', 'finance', 'admin'] as const;

/** The credit account with what it leaves room for, what is overdue and what is open. */
export async function accountOf(database: Database, id: string, { at, roles }: { at: string; roles: readonly Role[] }) {
  const { timeZone } = await readCompany(database);
  const row = found(await readCreditAccount(database, id), 'customer', id);
  const today = localDate(at, timeZone);
  const [overdue, openItems, override = null] = await Promise.all([
    overdueItems(database, id, today),
    openItemsOf(database, id).then((items) => withAsked(database, items, today)),
    holdOverrideOn(database, id, today),
  ]);
  const { overdueMinor, isAboveMinimum } = await judgeHold(database, row.currency, overdue, today);
  const exposureMinor = exposureOf(row);
  const mayCollect = booksRoles.some((role) => roles.includes(role));
  const usableMinor = row.standing === 'approved' ? (row.limitMinor ?? 0) : 0;
  return {
    ...row,
    exposureMinor,
    availableMinor: usableMinor - exposureMinor,
    onHold: isAboveMinimum && override === null,
    holdOverride: override,
    overdueMinor,
    overdueItems: overdue,
    openItems: mayCollect ? openItems : openItems.map((item) => ({ ...item, actions: [] })),
  };
}

/** How a customer is rated and asked for its money is ours: it reads the rest of what is known about it. */
function forItself<Row extends { creditProfile?: unknown; dunningPolicy: string | null }>(principal: Principal, row: Row): Row {
  return principal.customerId === undefined ? row : { ...row, creditProfile: undefined, dunningPolicy: null };
}

export const customerRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/customers',
    summary: 'Customers by id',
    roles: everyone,
    query: z.strictObject(paging),
    responses: { 200: pageOf(customer) },
    handler: async ({ database, principal, query }) => {
      const rows = await listCustomers(database, narrow(principal), query);
      return reply(
        200,
        toPage(
          rows.map((row) => forItself(principal, row)),
          query.limit,
          (row) => row.id,
        ),
      );
    },
  }),
  route({
    method: 'get',
    path: '/v1/customers/{id}',
    summary: 'One customer',
    roles: everyone,
    params,
    responses: { 200: customer },
    handler: async ({ database, principal, params: { id } }) => {
      narrow(principal, id);
      return reply(200, forItself(principal, found(await readCustomer(database, id), 'customer', id)));
    },
  }),
  route({
    method: 'put',
    path: '/v1/customers/{id}',
    summary: 'Take a customer in, or replace what is known about it',
    roles: masterDataRoles,
    params,
    body: z.strictObject(customerFields).meta({ id: 'CustomerDetails' }),
    responses: { 200: customer, 201: customer },
    handler: (call) =>
      call.command(async (tx) => {
        const { id } = call.params;
        const { created } = await saveCustomer(tx, {
          ...call.body,
          id,
          mayStateCredit: creditRoles.some((role) => call.principal.roles.includes(role)),
          actor: call.actor,
          at: call.at,
        });
        return reply(created ? 201 : 200, found(await readCustomer(tx, id), 'customer', id));
      }),
  }),
  route({
    method: 'get',
    path: '/v1/customers/{id}/account',
    summary: 'Credit standing, exposure, hold and open items',
    roles: readersOfMoney,
    params,
    responses: { 200: account },
    handler: async ({ database, principal, at, params: { id } }) => {
      narrow(principal, id);
      return reply(200, await accountOf(database, id, { at, roles: principal.roles }));
    },
  }),
  route({
    method: 'get',
    path: '/v1/customers/{id}/timeline',
    summary: 'Who did what for this customer, when and why, oldest first or newest',
    roles: readersOfMoney,
    params,
    query: z.strictObject({ sort: z.enum(['oldest', 'newest']).default('oldest'), ...paging }),
    responses: { 200: pageOf(timelineEntry) },
    handler: async ({ database, principal, params: { id }, query }) => {
      narrow(principal, id);
      found(await readCustomer(database, id), 'customer', id);
      const rows = await readTimeline(database, { customerId: id }, query, openTo(principal), query.sort);
      return reply(
        200,
        toPage(forReader(principal, rows), query.limit, (row) => String(row.sequence)),
      );
    },
  }),
  route({
    method: 'get',
    path: '/v1/credit/accounts',
    summary: 'Customers by id with their standing, limit, exposure and hold; found by the start of an id or of words of a name',
    roles: staff,
    query: z.strictObject({
      q: text(100).optional(),
      standing: standing.optional(),
      segment: segment.optional(),
      onHold: z.enum(['true', 'false']).optional(),
      ...paging,
    }),
    responses: { 200: pageOf(accountSummary) },
    handler: async ({ database, query }) => {
      const wanted = {
        ...query,
        terms: query.q === undefined ? undefined : readSearchText(query.q),
        onHold: query.onHold === undefined ? undefined : query.onHold === 'true',
      };
      const rows = (await listCreditAccounts(database, wanted, query)).map((row) => ({ ...row, exposureMinor: exposureOf(row) }));
      return reply(
        200,
        toPage(rows, query.limit, (row) => row.customerId),
      );
    },
  }),
  route({
    method: 'put',
    path: '/v1/customers/{id}/credit-limit',
    summary: 'Set a credit limit; above the policy’s amount two different people must ask for the same one',
    roles: creditRoles,
    params,
    body: z.strictObject({ limitMinor: amountMinor, reason }),
    responses: {
      200: z.strictObject({ outcome: z.literal('changed'), ...creditState }),
      202: z.strictObject({ outcome: z.literal('second-approval-needed'), limitMinor: minor }),
    },
    handler: (call) =>
      call.command(async (tx) => {
        const outcome = await changeLimit(tx, { customerId: call.params.id, ...call.body, actor: call.actor, at: call.at });
        return outcome.outcome === 'changed' ? reply(200, outcome) : reply(202, outcome);
      }),
  }),
  route({
    method: 'get',
    path: '/v1/customers/{id}/credit/history',
    summary: 'Every decision about a customer’s credit, newest first: who, when, why, and what stood before',
    roles: staff,
    params,
    query: z.strictObject(paging),
    responses: { 200: pageOf(creditChange) },
    handler: async ({ database, params: { id }, query }) => {
      found(await readCustomer(database, id), 'customer', id);
      const rows = await creditHistory(database, { customerId: id }, query);
      return reply(
        200,
        toPage(rows, query.limit, (row) => String(row.id)),
      );
    },
  }),
  route({
    method: 'get',
    path: '/v1/customers/{id}/credit/assessment',
    summary: 'What the credit policy says of a customer now, point by point, and what it would take to approve; decides nothing',
    roles: creditRoles,
    params,
    query: z.strictObject({ orderGrossMinor: z.coerce.number().pipe(amountMinor).default(0) }),
    responses: { 200: assessment },
    handler: async ({ database, principal, at, params: { id }, query: { orderGrossMinor } }) => {
      const account = found(await readCreditAccount(database, id), 'customer', id);
      const [policy, { timeZone }] = await Promise.all([readPolicy(database, 'credit'), readCompany(database)]);
      const [facts, proposed] = await Promise.all([
        readApplicationFacts(database, account, orderGrossMinor, localDate(at, timeZone)),
        listHoldOverrides(database, { customerId: id, status: 'proposed' }, { limit: 1 }),
      ]);
      const mayProposeOverride =
        account.onHoldSince !== null && proposed.length === 0 && principal.roles.some((role) => holdOverrideRoles.includes(role));
      return reply(200, {
        customerId: id,
        currency: account.currency,
        orderGrossMinor,
        ...decideApplication(policy, facts),
        wouldTake: whatItWouldTake(policy, facts),
        fourEyesFromMinor: creditPolicyIn(policy, facts.policyRate).fourEyesFromMinor,
        actions: [
          'set-limit' as const,
          account.standing === 'frozen' ? ('unfreeze' as const) : ('freeze' as const),
          ...(mayProposeOverride ? (['propose-hold-override'] as const) : []),
        ],
      });
    },
  }),
  route({
    method: 'post',
    path: '/v1/credit/renewals',
    summary: 'Flag the approvals that end soon, with a task for each; run again it finds only what came due meanwhile',
    roles: creditRoles,
    responses: { 200: z.strictObject({ flagged: z.int(), more: z.boolean() }) },
    handler: (call) => call.command(async (tx) => reply(200, await renewApprovals(tx, { at: call.at }))),
  }),
  ...(['freeze', 'unfreeze'] as const).map((verb) =>
    route({
      method: 'post',
      path: `/v1/customers/{id}/${verb}`,
      summary:
        verb === 'freeze' ? 'Freeze a customer’s credit: its new orders go to a person, accepted ones wait' : 'Lift a freeze',
      roles: creditRoles,
      params,
      body: z.strictObject({ reason }),
      responses: { 200: z.strictObject(creditState) },
      handler: (call) =>
        call.command(async (tx) =>
          reply(
            200,
            await changeFreeze(tx, {
              customerId: call.params.id,
              frozen: verb === 'freeze',
              reason: call.body.reason,
              actor: call.actor,
              at: call.at,
            }),
          ),
        ),
    }),
  ),
];
