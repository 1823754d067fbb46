import { z } from 'zod';
import { advanceClock } from '../../clock/advance.ts';
import { startClockAt } from '../../clock/start.ts';
import { readClock } from '../../db/statements/company.ts';
import { Refusal } from '../../domain/failures.ts';
import { fromMillis, toMillis } from '../../domain/time.ts';
import { everyone, type Route, reply, route } from '../contract.ts';
import { isoInstant } from '../schemas.ts';

const notLocal = () =>
  new Refusal(501, 'not-local', 'Only a local stack has a company clock that moves; here it is the time on the wall.');
const dayMs = 86_400_000;

export const clockRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/local/clock',
    summary: 'The company’s now',
    roles: everyone,
    readsClockItself: true,
    responses: { 200: z.strictObject({ at: isoInstant, offsetMs: z.int(), advancing: z.boolean() }) },
    handler: async ({ database, local }) => {
      if (!local) throw notLocal();
      return reply(200, await readClock(database));
    },
  }),
  route({
    method: 'post',
    path: '/v1/local/clock/advance',
    summary: 'Move the company clock forward, and every open order with it',
    roles: ['admin'],
    readsClockItself: true,
    body: z
      .strictObject({ to: isoInstant.optional(), days: z.int().min(1).max(3_660).optional() })
      .refine(({ to, days }) => (to === undefined) !== (days === undefined), 'Send either `to` or `days`.'),
    responses: { 200: z.strictObject({ at: isoInstant, offsetMs: z.int(), workflows: z.int() }) },
    handler: async ({ database, client, delivery, local, body }) => {
      if (!local) throw notLocal();
      if (!client) throw new Refusal(503, 'unavailable', 'No Temporal server is connected.');
      const to = body.to ?? fromMillis(toMillis((await readClock(database)).at) + body.days! * dayMs);
      return reply(200, await advanceClock({ database, client, delivery, to }));
    },
  }),
  route({
    method: 'post',
    path: '/v1/local/clock/start',
    summary: 'Set the clock of a company that has not traded yet, so that it can begin in the past',
    roles: ['admin'],
    readsClockItself: true,
    body: z.strictObject({ at: isoInstant }),
    responses: { 200: z.strictObject({ at: isoInstant, offsetMs: z.int() }) },
    handler: async ({ database, local, body }) => {
      if (!local) throw notLocal();
      return reply(200, await startClockAt({ database, at: body.at }));
    },
  }),
];
