import { z } from 'zod';
import { readCustomer } from '../../db/queries/customers.ts';
import { adoptedRiskModel, customerFacts, listRiskModels, listRiskScores } from '../../db/queries/risk.ts';
import { readCompany } from '../../db/statements/company.ts';
import { adoptRiskModel, fitRiskModel, recomputeRisk } from '../../db/transactions/risk.ts';
import { paymentFeatures, riskFactors, scoreRisk } from '../../domain/risk.ts';
import { localDate } from '../../domain/time.ts';
import { type Route, reply, route } from '../contract.ts';
import { found } from '../ownership.ts';
import { customerId, isoDate, isoInstant, pageOf, paging, reason, toPage } from '../schemas.ts';

const share = z.number().min(0).max(1);
const score = z
  .strictObject({
    lateChance: share.meta({ description: 'That the next invoice is paid after its due date.' }),
    by: z.enum(['model', 'points']).meta({ description: 'By points while no fitted model has been adopted.' }),
    features: z.strictObject({
      invoices: z.int(),
      onTimeShare: share,
      averageDaysLate: z.number(),
      trendDays: z.number().meta({ description: 'The newer half less the older half: above 0 it gets worse.' }),
      overdueNow: z.int(),
      brokenPromises: z.int().optional().meta({ description: 'Within a year; absent in scores from before they counted.' }),
      unfoundedDisputes: z.int().optional().meta({ description: 'Rejected or withdrawn within a year.' }),
    }),
    contributions: z
      .array(z.strictObject({ factor: z.enum(riskFactors), contribution: z.number(), words: z.string() }))
      .meta({ description: 'The heaviest first: log-odds of the model, or hundredths of chance around 25 by points.' }),
    words: z.string(),
  })
  .meta({ id: 'RiskScore' });
const quality = z
  .strictObject({
    examples: z.int(),
    auc: share.nullable(),
    ks: share.nullable(),
    brier: share,
    calibration: z.array(z.strictObject({ from: share, to: share, examples: z.int(), predicted: share, observed: share })),
  })
  .meta({ id: 'RiskQuality', description: 'On invoices newer than those that the fit has learnt from.' });
const model = z.strictObject({
  intercept: z.number(),
  weights: z.array(z.number()),
  means: z.array(z.number()),
  deviations: z.array(z.number()),
  examples: z.int(),
  lateExamples: z.int(),
});
const fitted = { version: z.int(), model, quality, currentQuality: quality };
const scored = { customerId, modelVersion: z.int().nullable(), asOf: isoDate, score };

const readers = ['credit', 'receivables', 'finance', 'admin'] as const;
const deciders = ['finance', 'admin'] as const;

export const riskRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/customers/{id}/risk',
    summary: 'The chance that a customer pays late, from its payment facts of today, in words and numbers',
    roles: readers,
    params: z.strictObject({ id: customerId }),
    responses: { 200: z.strictObject(scored) },
    handler: async ({ database, at, params: { id } }) => {
      found(await readCustomer(database, id), 'customer', id);
      const [{ timeZone }, adopted, facts] = await Promise.all([
        readCompany(database),
        adoptedRiskModel(database),
        customerFacts(database, [id]),
      ]);
      const asOf = localDate(at, timeZone);
      const own = scoreRisk(adopted?.model ?? null, paymentFeatures(facts.get(id) ?? { payments: [], conduct: [] }, asOf));
      return reply(200, { customerId: id, modelVersion: adopted?.version ?? null, asOf, score: own });
    },
  }),
  route({
    method: 'get',
    path: '/v1/risk/scores',
    summary: 'Customers by their chance of paying late, the riskiest first, as recomputed last',
    roles: readers,
    query: z.strictObject(paging),
    responses: { 200: pageOf(z.strictObject({ ...scored, lateChance: share })) },
    handler: async ({ database, query }) =>
      reply(
        200,
        toPage(await listRiskScores(database, query), query.limit, (row) => row.customerId),
      ),
  }),
  route({
    method: 'post',
    path: '/v1/risk/recompute',
    summary: 'Recompute every customer’s score',
    roles: readers,
    responses: { 200: z.strictObject({ customers: z.int(), modelVersion: z.int().nullable() }) },
    handler: (call) => call.command(async (tx) => reply(200, await recomputeRisk(tx, { at: call.at }))),
  }),
  route({
    method: 'get',
    path: '/v1/risk/models',
    summary: 'Fits of the risk model, newest first, each measured beside the one that was in force',
    roles: readers,
    query: z.strictObject({ limit: paging.limit }),
    responses: {
      200: z.strictObject({
        items: z.array(
          z.strictObject({
            ...fitted,
            status: z.enum(['shadow', 'adopted', 'retired']),
            fittedBy: z.string(),
            at: isoInstant,
            adoptedBy: z.string().nullable(),
            adoptedAt: isoInstant.nullable(),
          }),
        ),
      }),
    },
    handler: async ({ database, query: { limit } }) => reply(200, { items: await listRiskModels(database, limit) }),
  }),
  route({
    method: 'post',
    path: '/v1/risk/models',
    summary: 'Fit the next model on the company’s own closed invoices; it runs in shadow until a person adopts it',
    roles: deciders,
    idempotencyKey: 'required',
    responses: { 201: z.strictObject(fitted) },
    handler: (call) => call.command(async (tx) => reply(201, await fitRiskModel(tx, { actor: call.actor, at: call.at }))),
  }),
  route({
    method: 'post',
    path: '/v1/risk/models/{version}/adopt',
    summary: 'Bring a fitted model into force, and recompute the scores with it',
    roles: deciders,
    params: z.strictObject({ version: z.coerce.number().int().min(1).max(1_000_000) }),
    body: z.strictObject({ reason }),
    responses: { 200: z.strictObject({ version: z.int(), customers: z.int() }) },
    handler: (call) =>
      call.command(async (tx) =>
        reply(
          200,
          await adoptRiskModel(tx, {
            version: call.params.version,
            reason: call.body.reason,
            actor: call.actor,
            at: call.at,
          }),
        ),
      ),
  }),
];
