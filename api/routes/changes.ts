import { z } from 'zod';
import { changesSince } from '../../db/queries/changes.ts';
import { changeKinds, changesFor } from '../../domain/changes.ts';
import { type Route, reply, route, staff } from '../contract.ts';
import { currency, isoInstant, minor } from '../schemas.ts';

const dayMs = 86_400_000;

export const changeRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/changes',
    summary: 'What changed within a day for the work of whoever asks, by their roles: how often, and of money how much',
    roles: staff,
    responses: {
      200: z
        .strictObject({
          since: isoInstant,
          items: z.array(
            z.strictObject({
              kind: z.enum(changeKinds).meta({ description: 'The action of the audit log that tells of it.' }),
              count: z.int(),
              amounts: z.array(z.strictObject({ currency, amountMinor: minor })),
            }),
          ),
        })
        .meta({ id: 'Changes' }),
    },
    handler: async ({ database, principal, at }) => {
      const since = new Date(Date.parse(at) - dayMs).toISOString();
      return reply(200, { since, items: await changesSince(database, changesFor(principal.roles), since) });
    },
  }),
];
