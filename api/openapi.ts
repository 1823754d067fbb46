import { STATUS_CODES } from 'node:http';
import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import type { Route } from './contract.ts';
import { problem } from './schemas.ts';
import { webhookBodies } from './webhook-bodies.ts';

/** The OpenAPI 3.1 document of the routes: what they check is what it says. */
export function openApiDocument(routes: readonly Route[]): object {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'apiKey', { type: 'http', scheme: 'bearer', bearerFormat: 'tl_…' });
  for (const route of routes) registry.registerPath(pathOf(route));
  for (const [type, body] of webhookBodies) {
    registry.registerWebhook({
      method: 'post',
      path: type,
      operationId: `on.${type}`,
      description: 'Signed with the headers webhook-id, webhook-timestamp and webhook-signature.',
      security: [],
      tags: ['webhooks'],
      request: { body: { required: true, content: json(body) } },
      responses: { 204: { description: 'Any 2xx: it is not sent again.' } },
    });
  }
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Throughline',
      version: '1',
      description:
        'Order to cash. Amounts are integers in minor units of the currency beside them. Faults are RFC 9457 problems; ' +
        'their pointers lead into the body, or begin with /query or /path. Lists are paged by `limit` and `after`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ apiKey: [] }],
  });
}

const signatureHeaders = {
  carrier: 'the headers webhook-id, webhook-timestamp and webhook-signature',
  easypost: 'the header x-hmac-signature',
  gateway: 'the header stripe-signature',
};

function pathOf(route: Route) {
  const [, , tag] = route.path.split('/') as [string, string, string];
  const problems = [
    400,
    401,
    403,
    ...(route.params ? [404] : []),
    ...(route.method === 'get' ? [] : [409, 422]),
    ...(route.body || route.file ? [413, 415] : []),
    429,
    503,
  ];
  return {
    method: route.method,
    path: route.path,
    operationId: operationId(route),
    summary: route.summary,
    description: route.signedBy
      ? `Signed with ${signatureHeaders[route.signedBy]}.`
      : route.openTo
        ? 'For whoever holds the link: no key.'
        : `Roles: ${route.roles.join(', ')}.`,
    ...(route.signedBy || route.openTo ? { security: [] } : {}),
    tags: [tag],
    request: {
      ...(route.params ? { params: route.params } : {}),
      ...(route.query ? { query: route.query } : {}),
      ...(route.method === 'post' ? { headers: idempotencyKey(route) } : {}),
      ...(route.body ? { body: { required: !route.body.safeParse(undefined).success, content: json(route.body) } } : {}),
      ...(route.file ? { body: { required: true, content: fileContent(route.file) } } : {}),
    },
    responses: {
      ...Object.fromEntries(
        Object.entries(route.responses).map(([status, schema]) => [
          status,
          {
            description: STATUS_CODES[status] ?? '',
            content: route.contentType
              ? { [route.contentType]: { schema: { type: 'string', format: 'binary' } as const } }
              : json(schema),
          },
        ]),
      ),
      ...Object.fromEntries(
        problems.map((status) => [
          status,
          { description: STATUS_CODES[status] ?? '', content: { 'application/problem+json': { schema: problem } } },
        ]),
      ),
    },
  };
}

const json = (schema: z.ZodType) => ({ 'application/json': { schema } });

const fileContent = ({ content }: NonNullable<Route['file']>) =>
  Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema }]));

function idempotencyKey({ idempotencyKey }: Route) {
  const key = z.string().min(1).max(200);
  return z.object({ 'Idempotency-Key': idempotencyKey === 'required' ? key : key.optional() });
}

/** 'POST /v1/orders/{id}/cancel' is postOrdersCancel. */
function operationId({ method, path }: Route): string {
  const words = path.split(/[/.-]/).filter((word) => word !== '' && word !== 'v1');
  const named = words.map((word) => (word.startsWith('{') ? 'One' : word.charAt(0).toUpperCase() + word.slice(1)));
  return method + named.join('');
}
