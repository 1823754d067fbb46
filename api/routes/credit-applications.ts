import { z } from 'zod';
import type { Queryable } from '../../db/client.ts';
import {
  applicationDecisions,
  applicationDocuments,
  listApplications,
  readApplication,
  readApplicationDocument,
} from '../../db/queries/credit-applications.ts';
import { readCustomer } from '../../db/queries/customers.ts';
import { addApplicationDocument } from '../../db/transactions/add-application-document.ts';
import { saveApplication } from '../../db/transactions/save-credit-application.ts';
import { submitApplication, verifyApplication } from '../../db/transactions/submit-credit-application.ts';
import { withdrawApplication } from '../../db/transactions/withdraw-credit-application.ts';
import { applicationStatuses, isFiledBy } from '../../domain/credit-application.ts';
import { actionsOn } from '../actions.ts';
import { type Principal, type Role, type Route, reply, route } from '../contract.ts';
import { found, narrow } from '../ownership.ts';
import {
  amountMinor,
  anything,
  currency,
  customerId,
  email,
  id,
  isoInstant,
  minor,
  pageOf,
  paging,
  positiveMinor,
  reason,
  text,
  toPage,
} from '../schemas.ts';

const amountMaximum = 90_000_000_000_000;
const signedMinor = z.int().min(-amountMaximum).max(amountMaximum);
const reference = z
  .strictObject({
    company: text(200),
    contact: z.strictObject({ name: text(200), email: email.optional(), phone: text(40).optional() }),
    annualVolumeMinor: amountMinor.meta({
      description: 'What the customer buys there in a year, in the application’s currency.',
    }),
    yearsKnown: z.int().min(0).max(200),
    averageDaysLate: z.int().min(-365).max(3_650).meta({ description: 'After the due date; below 0 is early.' }),
  })
  .meta({ id: 'TradeReference' });
const financials = z
  .strictObject({
    year: z.int().min(1970).max(2200),
    currency,
    revenueMinor: amountMinor,
    equityMinor: signedMinor,
    totalAssetsMinor: amountMinor,
    currentAssetsMinor: amountMinor,
    currentLiabilitiesMinor: amountMinor,
    netIncomeMinor: signedMinor,
  })
  .meta({ id: 'Financials', description: 'One year’s accounts.' });
const content = {
  requestedLimitMinor: positiveMinor,
  currency,
  references: z.array(reference).max(20).default([]),
  financials: financials.optional(),
  note: text(2_000).optional(),
};
const details = z.strictObject(content).meta({ id: 'CreditApplicationDetails' });
const summary = {
  id: z.string(),
  customerId,
  status: z.enum(applicationStatuses),
  statusReason: z.string().nullable(),
  ...content,
  references: z.array(reference),
  financials: financials.nullable(),
  note: z.string().nullable(),
  version: z.int(),
  createdBy: z.string(),
  editedBy: z.array(z.string()),
  createdAt: isoInstant,
  submittedBy: z.string().nullable(),
  submittedAt: isoInstant.nullable(),
  verifiedBy: z.string().nullable(),
  verifiedAt: isoInstant.nullable(),
  outcome: z.enum(['approve', 'deny']).nullable().meta({ description: 'Null until it is decided.' }),
  limitMinor: minor.nullable(),
  decidedAt: isoInstant.nullable(),
};
const document = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    contentType: z.string(),
    sizeBytes: z.int(),
    uploadedBy: z.string(),
    at: isoInstant,
  })
  .meta({ id: 'CreditApplicationDocument' });
const application = z
  .strictObject({
    ...summary,
    documents: z.array(document),
    decisions: z
      .array(
        z.strictObject({
          at: isoInstant,
          kind: z.string(),
          outcome: z.string(),
          limitMinor: minor.nullable(),
          policyVersion: z.int(),
          facts: anything,
          decision: anything,
          actor: z.string(),
          reason: z.string().nullable(),
        }),
      )
      .meta({ description: 'With facts, points and reasons, oldest first; for staff only.' }),
    actions: z.array(z.enum(['verify'])).meta({ description: 'What the asker can do with it as it stands.' }),
  })
  .meta({ id: 'CreditApplication' });

const creditRoles = ['credit', 'finance', 'admin'] as const;
const filers = ['payer', 'sales', ...creditRoles] as const satisfies readonly Role[];
const rolesByCommand = { verify: creditRoles };
const viewers = ['payer', ...creditRoles] as const satisfies readonly Role[];
const ofCustomer = z.strictObject({ id: customerId });
const params = z.strictObject({ id: customerId, applicationId: id });
const base = '/v1/customers/{id}/credit-applications';
const one = `${base}/{applicationId}` as const;
const bytes = z.custom<Uint8Array>().meta({ type: 'string', format: 'binary' });

async function show(db: Queryable, principal: Principal, ofCustomerId: string, applicationId: string) {
  const row = found(await readApplication(db, ofCustomerId, applicationId), 'application', applicationId);
  const [documents, decisions] = await Promise.all([
    applicationDocuments(db, applicationId),
    principal.customerId === undefined ? applicationDecisions(db, applicationId) : [],
  ]);
  const isToVerify = row.status === 'submitted' && row.verifiedAt === null && !isFiledBy(row, principal.actor.name);
  return { ...row, documents, decisions, actions: actionsOn(rolesByCommand, principal.roles, () => isToVerify) };
}

export const creditApplicationRoutes: Route[] = [
  route({
    method: 'post',
    path: base,
    summary: 'Begin a credit application, as a draft in place of an earlier draft',
    roles: filers,
    idempotencyKey: 'required',
    params: ofCustomer,
    body: details,
    responses: { 201: application },
    handler: (call) =>
      call.command(async (tx) => {
        const ofCustomerId = call.params.id;
        narrow(call.principal, ofCustomerId);
        const saved = await saveApplication(tx, { ...call.body, customerId: ofCustomerId, actor: call.actor, at: call.at });
        return reply(201, await show(tx, call.principal, ofCustomerId, saved.id), {
          Location: `/v1/customers/${ofCustomerId}/credit-applications/${saved.id}`,
        });
      }),
  }),
  route({
    method: 'get',
    path: base,
    summary: 'A customer’s credit applications, newest first',
    roles: filers,
    params: ofCustomer,
    query: z.strictObject(paging),
    responses: { 200: pageOf(z.strictObject(summary)) },
    handler: async ({ database, principal, params: { id: ofCustomerId }, query }) => {
      narrow(principal, ofCustomerId);
      found(await readCustomer(database, ofCustomerId), 'customer', ofCustomerId);
      return reply(
        200,
        toPage(await listApplications(database, ofCustomerId, query), query.limit, (row) => row.id),
      );
    },
  }),
  route({
    method: 'get',
    path: one,
    summary: 'One credit application, with its documents and what was decided about it',
    roles: filers,
    params,
    responses: { 200: application },
    handler: async ({ database, principal, params: { id: ofCustomerId, applicationId } }) => {
      narrow(principal, ofCustomerId);
      return reply(200, await show(database, principal, ofCustomerId, applicationId));
    },
  }),
  route({
    method: 'put',
    path: one,
    summary: 'Replace what an application states, until it is submitted',
    roles: filers,
    params,
    body: details,
    responses: { 200: application },
    handler: (call) =>
      call.command(async (tx) => {
        const { id: ofCustomerId, applicationId } = call.params;
        narrow(call.principal, ofCustomerId);
        await saveApplication(tx, { ...call.body, customerId: ofCustomerId, applicationId, actor: call.actor, at: call.at });
        return reply(200, await show(tx, call.principal, ofCustomerId, applicationId));
      }),
  }),
  route({
    method: 'post',
    path: `${one}/documents`,
    summary:
      'Add a document to an application that is not decided: annual accounts, a letter of a bank. The same file twice is one',
    roles: filers,
    idempotencyKey: 'required',
    params,
    query: z.strictObject({ name: text(200).meta({ description: 'What the file is called.', example: 'accounts-2025.pdf' }) }),
    file: {
      limitBytes: 5 * 1_024 * 1_024,
      content: { 'application/pdf': bytes, 'image/png': bytes, 'image/jpeg': bytes },
    },
    responses: { 201: document },
    handler: (call) =>
      call.command(async (tx) => {
        const { id: ofCustomerId, applicationId } = call.params;
        narrow(call.principal, ofCustomerId);
        const added = await addApplicationDocument(tx, {
          customerId: ofCustomerId,
          applicationId,
          name: call.query.name,
          ...call.file,
          actor: call.actor,
          at: call.at,
        });
        return reply(201, added, {
          Location: `/v1/customers/${ofCustomerId}/credit-applications/${applicationId}/documents/${added.id}`,
        });
      }),
  }),
  route({
    method: 'get',
    path: `${one}/documents/{documentId}`,
    summary: 'A document of an application, as it was uploaded; for credit and for the customer itself',
    roles: viewers,
    params: params.extend({ documentId: id }),
    contentType: 'application/octet-stream',
    responses: { 200: z.custom<Uint8Array>() },
    handler: async ({ database, principal, params: { id: ofCustomerId, applicationId, documentId } }) => {
      narrow(principal, ofCustomerId);
      const kept = await readApplicationDocument(database, { customerId: ofCustomerId, applicationId, documentId });
      const { content, name } = found(kept, 'document', documentId);
      // To be saved and not shown: what somebody uploads is never run on our origin.
      return reply(200, content, { 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` });
    },
  }),
  route({
    method: 'post',
    path: `${one}/submit`,
    summary: 'Submit an application: the credit policy decides it at once, or a person does; an undecided one gives way to it',
    roles: filers,
    params,
    responses: { 200: application },
    handler: (call) =>
      call.command(async (tx) => {
        const { id: ofCustomerId, applicationId } = call.params;
        narrow(call.principal, ofCustomerId);
        await submitApplication(tx, { customerId: ofCustomerId, applicationId, actor: call.actor, at: call.at });
        return reply(200, await show(tx, call.principal, ofCustomerId, applicationId));
      }),
  }),
  route({
    method: 'post',
    path: `${one}/withdraw`,
    summary: 'Take back an application that is not decided',
    roles: filers,
    params,
    body: z.strictObject({ reason }),
    responses: { 200: application },
    handler: (call) =>
      call.command(async (tx) => {
        const { id: ofCustomerId, applicationId } = call.params;
        narrow(call.principal, ofCustomerId);
        const { actor, at } = call;
        await withdrawApplication(tx, { customerId: ofCustomerId, applicationId, reason: call.body.reason, actor, at });
        return reply(200, await show(tx, call.principal, ofCustomerId, applicationId));
      }),
  }),
  route({
    method: 'post',
    path: `${one}/verify`,
    summary: 'State that references and accounts were checked, so that they may earn points; the policy decides again',
    roles: creditRoles,
    params,
    body: z.strictObject({ reason }),
    responses: { 200: application },
    handler: (call) =>
      call.command(async (tx) => {
        const { id: ofCustomerId, applicationId } = call.params;
        const { actor, at } = call;
        await verifyApplication(tx, { customerId: ofCustomerId, applicationId, reason: call.body.reason, actor, at });
        return reply(200, await show(tx, call.principal, ofCustomerId, applicationId));
      }),
  }),
];
