import { z } from 'zod';
import { listJobs } from '../../db/queries/jobs.ts';
import { readCompany } from '../../db/statements/company.ts';
import { runJob } from '../../db/transactions/run-job.ts';
import { databaseJobs, jobNames } from '../../domain/jobs.ts';
import { type Route, reply, route } from '../contract.ts';
import { anything, isoInstant } from '../schemas.ts';

const runnable = z.enum(databaseJobs);
const job = z
  .strictObject({
    name: z.enum(jobNames),
    every: z.enum(['minute', 'day', 'week', 'month']),
    ranFor: isoInstant.nullable().meta({ description: 'The due instant that the last successful run stood for.' }),
    ranAt: isoInstant.nullable(),
    outcome: z.enum(['done', 'failed']).nullable().meta({ description: 'Null: it has never run.' }),
    result: anything,
    problem: z.string().nullable(),
    failingSince: isoInstant.nullable(),
    nextDueAt: isoInstant.meta({ description: 'In the past when it waits for its turn.' }),
  })
  .meta({ id: 'Job' });
const roles = ['admin', 'finance'] as const;

export const jobRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/jobs',
    summary: 'The work that comes round by the company clock: what ran when, how it ended, and when it is next due',
    roles,
    responses: { 200: z.strictObject({ items: z.array(job) }) },
    handler: async ({ database, at }) => {
      const { timeZone } = await readCompany(database);
      return reply(200, { items: await listJobs(database, { at, timeZone }) });
    },
  }),
  route({
    method: 'post',
    path: '/v1/jobs/{name}/run',
    summary: 'Run a job now, whether it is due or not; the mailbox is read by the worker alone',
    roles,
    idempotencyKey: 'required',
    params: z.strictObject({ name: runnable }),
    responses: {
      200: z
        .strictObject({
          name: runnable,
          dueAt: isoInstant.meta({ description: 'What it ran for: when it was due, or was due last.' }),
          result: anything,
          more: z.boolean().meta({ description: 'True when there was more than one transaction takes; it is still due.' }),
        })
        .meta({ id: 'JobRun' }),
    },
    handler: (call) =>
      call.command(async (tx) => reply(200, (await runJob(tx, { name: call.params.name, at: call.at, byHand: call.actor }))!)),
  }),
];
