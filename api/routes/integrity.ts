import { z } from 'zod';
import { listIntegrityRuns } from '../../db/queries/integrity-runs.ts';
import { brokenInvariants, invariants, offendersShown } from '../../db/queries/invariants.ts';
import { type Route, reply, route } from '../contract.ts';
import { isoInstant, pageOf, paging, toPage } from '../schemas.ts';

const named = { id: z.string(), requirement: z.string(), sentence: z.string() };
const broken = z
  .array(
    z.strictObject({
      ...named,
      count: z.int().meta({ description: 'How many rows break it.' }),
      rows: z.array(z.looseObject({})).meta({ description: `The first ${offendersShown} of them.` }),
    }),
  )
  .meta({ id: 'BrokenInvariants' });
const roles = ['finance', 'admin'] as const;

export const integrityRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/integrity',
    summary: 'Checks every invariant of the books now; what does not hold is answered with the rows that break it',
    roles,
    responses: {
      200: z
        .strictObject({ at: isoInstant, holds: z.boolean(), checked: z.array(z.strictObject(named)), broken })
        .meta({ id: 'Integrity' }),
    },
    handler: async ({ database, at }) => {
      const found = await brokenInvariants(database, at);
      const checked = invariants.map(({ sql: _sql, ...invariant }) => invariant);
      return reply(200, { at, holds: found.length === 0, checked, broken: found });
    },
  }),
  route({
    method: 'get',
    path: '/v1/integrity/runs',
    summary: 'What the daily runs of these checks found, newest first; a run of now: POST /v1/jobs/integrity/run',
    roles,
    query: z.strictObject(paging),
    responses: {
      200: pageOf(
        z
          .strictObject({ id: z.string(), at: isoInstant, checkedCount: z.int(), brokenCount: z.int(), broken })
          .meta({ id: 'IntegrityRun' }),
      ),
    },
    handler: async ({ database, query }) =>
      reply(
        200,
        toPage(await listIntegrityRuns(database, query), query.limit, (row) => row.id),
      ),
  }),
];
