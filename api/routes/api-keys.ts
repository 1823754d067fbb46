import { z } from 'zod';
import { listApiKeys } from '../../db/queries/api-keys.ts';
import { createApiKey, revokeApiKey } from '../../db/transactions/create-api-key.ts';
import { type Route, reply, route, staff } from '../contract.ts';
import { customerId, id, isoInstant, text } from '../schemas.ts';

const role = z.enum(['customer', ...staff]);

export const apiKeyRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/api-keys',
    summary: 'The API keys, without their secrets',
    roles: ['admin'],
    responses: {
      200: z.strictObject({
        items: z.array(
          z.strictObject({
            id: z.string(),
            name: z.string(),
            roles: z.array(z.string()),
            customerId: z.string().nullable(),
            expiresAt: isoInstant.nullable(),
            revokedAt: isoInstant.nullable(),
          }),
        ),
      }),
    },
    handler: async ({ database }) => reply(200, { items: await listApiKeys(database) }),
  }),
  route({
    method: 'post',
    path: '/v1/api-keys',
    summary: 'Make an API key; it is shown this once',
    roles: ['admin'],
    body: z
      .strictObject({
        name: text(100).meta({ description: 'Who acts with it; the name in every audit row.' }),
        roles: z.array(role).min(1).max(staff.length),
        customerId: customerId.optional(),
        expiresAt: isoInstant.optional(),
      })
      .refine((key) => (key.customerId !== undefined) === key.roles.includes('customer'), {
        path: ['customerId'],
        message: 'A key with the role customer names its customer, and no other key does.',
      })
      .refine((key) => !key.roles.includes('customer') || key.roles.length === 1, {
        path: ['roles'],
        message: 'A customer’s key has no other role.',
      })
      .meta({ id: 'NewApiKey' }),
    responses: { 201: z.strictObject({ id: z.string(), key: z.string() }) },
    // Not a command under its Idempotency-Key: the kept answer would hold the key in the clear.
    handler: async ({ database, body, actor, at }) =>
      reply(201, await database.transaction((tx) => createApiKey(tx, { ...body, actor, at }))),
  }),
  route({
    method: 'post',
    path: '/v1/api-keys/{id}/revoke',
    summary: 'End an API key, within seconds',
    roles: ['admin'],
    params: z.strictObject({ id }),
    responses: { 200: z.strictObject({ id: z.string() }) },
    handler: (call) =>
      call.command(async (tx) => reply(200, await revokeApiKey(tx, { id: call.params.id, actor: call.actor, at: call.at }))),
  }),
];
