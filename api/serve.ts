import { isUtf8 } from 'node:buffer';
import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { type Express, type Request, type RequestHandler, type Response, Router } from 'express';
import { ipKeyGenerator, type Options, rateLimit } from 'express-rate-limit';
import type { z } from 'zod';
import { readClock } from '../db/statements/company.ts';
import { answerOnce, type RequestKey } from '../db/statements/idempotency.ts';
import { type Fault, Refusal } from '../domain/failures.ts';
import { createAuthenticate } from './authenticate.ts';
import type { Answer, Call, Principal, Route, SentFile, Services } from './contract.ts';
import { noteRefusal } from './note-refusal.ts';
import { faultsOf, sendProblem } from './problem.ts';
import { crossSite, isSameOrigin } from './sign-in.ts';
import { spoolFile } from './spool-file.ts';
import { verifyCarrierSignature, verifyEasyPostSignature, verifyGatewaySignature } from './webhook-signature.ts';

/** Puts the routes on the app: who is it, may they, can it be read, then the route's own handler. */
export function serve(
  app: Express,
  routes: readonly Route[],
  services: Services,
  perMinute: { requestsPerMinute: number; strangersPerMinute: number },
): void {
  const limits = {
    windowMs: 60_000,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: refuseTooMany,
  } satisfies Partial<Options>;
  const byAddress = rateLimit({
    ...limits,
    limit: perMinute.strangersPerMinute,
    keyGenerator: (request) => ipKeyGenerator(request.ip ?? ''),
  });
  const byKey = rateLimit({
    ...limits,
    limit: perMinute.requestsPerMinute,
    keyGenerator: (_request, response) => principalOf(response).keyId,
  });
  const authenticate = createAuthenticate(services.database);
  const identify: RequestHandler = async (request, response, next) => {
    const { authorization } = request.headers;
    const principal =
      (await authenticate(authorization)) ?? (authorization === undefined ? await services.signIn?.identify(request) : undefined);
    // A browser sends its cookie whoever wrote the page: what changes something must come from a page of ours.
    if (
      principal?.personId !== undefined &&
      !['GET', 'HEAD'].includes(request.method) &&
      !isSameOrigin(request) &&
      !response.locals.isFromTemporalUi
    ) {
      sendProblem(response, crossSite);
      return;
    }
    if (principal) {
      response.locals.principal = principal;
      next();
      return;
    }
    // Guessing keys is slowed down by address; who has a key is limited by it alone.
    byAddress(request, response, () => {
      response.set('WWW-Authenticate', 'Bearer realm="throughline"');
      sendProblem(response, { status: 401, slug: 'unauthenticated', detail: 'Send a valid key: Authorization: Bearer tl_…' });
    });
  };
  // Guessing links is hopeless, and slow too.
  const byHolder = rateLimit({ ...limits, limit: 120, keyGenerator: (request) => ipKeyGenerator(request.ip ?? '') });
  const verify = {
    carrier: verifyCarrierSignature(services.database, byAddress),
    easypost: verifyEasyPostSignature(services.easyPostSecrets ?? [], byAddress),
    gateway: verifyGatewaySignature(services.gatewaySecrets ?? [], byAddress),
  };
  const readJson = (limit: number | undefined) => express.json({ limit: limit ?? '256kb', verify: mustBeUtf8 });
  const admitUi = admitTemporalUi(services.temporalUi);

  // One router for each resource: a request would else be held against every path of the API, one after the other.
  const resources = new Map<string, Router>();
  for (const path of new Set(routes.map((route) => route.path))) {
    const resource = resourceOf(path);
    const router = resources.get(resource) ?? Router();
    resources.set(resource, router);
    const onPath = routes.filter((route) => route.path === path);
    const expressPath = path.replaceAll(/\{(\w+)\}/g, ':$1');
    for (const route of onPath) {
      if (route.openToTemporalUi) router.use(expressPath, admitUi);
      router[route.method](
        expressPath,
        // A signature can be checked only when the body is there.
        ...(route.signedBy
          ? [mustBe('application/json'), readJson(route.bodyLimitBytes), verify[route.signedBy], byKey]
          : route.openTo
            ? [byHolder, admitLinkHolder]
            : [identify, authorise(route), byKey]),
        ...(route.body && !route.signedBy ? [mustBe('application/json'), readJson(route.bodyLimitBytes)] : []),
        ...(route.file
          ? [mustBe(...Object.keys(route.file.content)), (route.file.spooled ? spoolFile : readFile)(route.file.limitBytes)]
          : []),
        answer(route, services),
      );
    }
    const allowed = onPath.map((route) => (route.method === 'get' ? 'GET, HEAD' : route.method.toUpperCase())).join(', ');
    router.all(expressPath, (request, response) => {
      response.set('Allow', allowed);
      sendProblem(response, {
        status: 405,
        slug: 'method-not-allowed',
        detail: `${path} takes ${allowed}, not ${request.method}.`,
      });
    });
  }
  app.use((request, response, next) => {
    const router = resources.get(resourceOf(request.path));
    if (router) router(request, response, next);
    else next();
  });
}

/** 'orders' of '/v1/orders/ORD-1'. */
const resourceOf = (path: string): string => path.split('/', 3)[2]?.toLowerCase() ?? '';

const principalOf = (response: Response): Principal => response.locals.principal;

/** Nobody: what the link opens is all that its holder may see. */
const admitLinkHolder: RequestHandler = (_request, response, next) => {
  const actor = { name: 'link-holder', verified: false };
  response.locals.principal = { keyId: 'link-holder', actor, roles: [], customerId: undefined } satisfies Principal;
  next();
};

/** Browsers ask first whether a page of another server may send its user's session along (CORS); here one server's pages may. */
function admitTemporalUi(temporalUi: string | undefined): RequestHandler {
  const origin = temporalUi && new URL(temporalUi).origin;
  return (request, response, next) => {
    response.vary('Origin');
    if (origin === undefined || request.headers.origin !== origin) {
      next();
      return;
    }
    response.set({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true' });
    response.locals.isFromTemporalUi = true;
    if (request.method !== 'OPTIONS') {
      next();
      return;
    }
    response
      .set({
        'Access-Control-Allow-Methods': 'POST',
        'Access-Control-Allow-Headers': 'Content-Type, X-Namespace',
        'Access-Control-Max-Age': '600',
      })
      .sendStatus(204);
  };
}

function authorise(route: Route): RequestHandler {
  return (_request, response, next) => {
    // Who it is may be asked all the same: the console has to know what to say.
    if (principalOf(response).passwordToChange && route.path !== '/v1/me')
      sendProblem(response, {
        status: 403,
        slug: 'password-to-change',
        detail: 'An administrator has seen your password: choose one of your own first.',
      });
    else if (route.roles.some((role) => principalOf(response).roles.includes(role))) next();
    else
      sendProblem(response, {
        status: 403,
        slug: 'forbidden',
        detail: `This needs one of the roles: ${route.roles.join(', ')}.`,
      });
  };
}

function refuseTooMany(_request: Request, response: Response): void {
  sendProblem(response, { status: 429, slug: 'too-many-requests', detail: 'Too many requests; see the RateLimit headers.' });
}

function mustBe(...types: string[]): RequestHandler {
  return (request, response, next) => {
    // A body of nothing is no body: whether it may be missing is for the route's own shape.
    if (request.headers['content-length'] === '0' || request.is(types) !== false) next();
    else
      sendProblem(response, { status: 415, slug: 'unsupported-media-type', detail: `Send the body as ${types.join(' or ')}.` });
  };
}

const readFile = (limitBytes: number): RequestHandler => express.raw({ type: () => true, limit: limitBytes });

function mustBeUtf8(_request: unknown, response: unknown, body: Buffer): void {
  (response as Response).locals.rawBody = body;
  if (!isUtf8(body)) throw new Error('not UTF-8');
}

function answer(route: Route, services: Services): RequestHandler {
  return async (request, response) => {
    const principal = principalOf(response);
    const { params, query, body } = parse(route, request);
    const at = await readTime(route, services);
    const file = sentFile(route, request, response);
    const requestKey: RequestKey =
      response.locals.requestKey ??
      readRequestKey(route, request, principal, route.file ? (file.spooled?.sha256 ?? hash(file.bytes)) : body);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const call: Call<unknown, unknown, unknown> = {
      ...services,
      ...at,
      principal,
      actor: principal.actor,
      params,
      query,
      body,
      file,
      requestKey,
      gone: gone.signal,
      waitSeconds: readWait(request),
      async command(work) {
        const given = await services.database.transaction((tx) =>
          requestKey.fingerprint === '' ? work(tx) : answerOnce(tx, requestKey, () => work(tx)),
        );
        services.delivery.deliverSoon();
        return given;
      },
    };
    const given = await route.handler(call).catch(async (error) => {
      await noteRefusal(route, call, error);
      throw error;
    });
    await send(route, response, given, services);
  };
}

function sentFile(route: Route, request: Request, response: Response): SentFile {
  const contentType = request.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (route.file?.spooled) return { contentType, bytes: Buffer.alloc(0), spooled: response.locals.spooled };
  return { contentType, bytes: route.file && Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0) };
}

/** Every fault of path, query and body together, so that nobody has to ask three times (O2). */
function parse(route: Route, request: Request): { params: unknown; query: unknown; body: unknown } {
  const faults: Fault[] = [];
  const read = (schema: z.ZodType | undefined, sent: unknown, prefix: '' | '/query' | '/path') => {
    const parsed = schema?.safeParse(sent);
    if (parsed && !parsed.success) faults.push(...faultsOf(parsed.error, prefix, sent));
    return parsed?.data;
  };
  const params = read(route.params, request.params, '/path');
  const query = read(route.query, request.query, '/query');
  const body = read(route.body, request.body, '');
  if (faults.length > 0) throw new Refusal(400, 'invalid-request', 'The request is not what this route takes.', { faults });
  return { params, query, body };
}

/** The company's time, for reading and for commands; while its clock is being moved nothing may be changed. */
async function readTime(route: Route, { database }: Services): Promise<{ at: string; offsetMs: number }> {
  if (route.readsClockItself) return { at: '', offsetMs: 0 };
  const { advancing, ...time } = await readClock(database);
  if (advancing && route.method !== 'get') {
    throw new Refusal(503, 'clock-is-moving', 'The company clock is being moved; try again in a moment.');
  }
  return time;
}

function readRequestKey(route: Route, request: Request, principal: Principal, body: unknown): RequestKey {
  const sent = request.headers['idempotency-key'];
  if (sent === undefined && route.idempotencyKey === 'required') {
    throw new Refusal(
      400,
      'idempotency-key-required',
      'Send an Idempotency-Key header, the same one whenever you send the same request.',
    );
  }
  if (sent !== undefined && !(typeof sent === 'string' && /^[\x21-\x7e]{1,200}$/.test(sent))) {
    throw new Refusal(400, 'invalid-request', 'The Idempotency-Key must be 1 to 200 printable ASCII characters without spaces.');
  }
  // Only a key that comes again needs to know what it stood for.
  const fingerprint = sent === undefined ? '' : hash(`${request.method} ${request.path} ${canonical(body)}`);
  return { principal: principal.keyId, key: (sent as string | undefined) ?? randomUUID(), fingerprint };
}

const hash = (content: string | Buffer): string => createHash('sha256').update(content).digest('base64url');

/** JSON with its keys sorted: the same content in another order or spacing is the same request. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );
}

function readWait(request: Request): number {
  const seconds = /(?:^|[,;\s])wait=(\d{1,4})(?:$|[,;\s])/i.exec(request.get('prefer') ?? '')?.[1];
  return seconds === undefined ? 0 : Math.min(10, Number(seconds));
}

async function send(route: Route, response: Response, { status, headers, body }: Answer, { logger }: Services): Promise<void> {
  if (route.contentType && isStream(body)) {
    const pieces = body[Symbol.asyncIterator]();
    // What fails before the first piece can still be answered with a problem.
    const first = await pieces.next();
    setHead(response, status, headers);
    response.type(route.contentType);
    if (response.req.method === 'HEAD') {
      response.end();
      return;
    }
    await pipeline(Readable.from(rejoin(first, pieces)), response).catch((error: Error) => {
      // Whoever follows events leaves when it likes.
      if (route.contentType === 'text/event-stream') return;
      logger.warn({ requestId: response.locals.requestId, path: route.path, error: error.message }, 'an answer broke off');
    });
    return;
  }
  setHead(response, status, headers);
  if (route.contentType) response.type(route.contentType).send(Buffer.from(body as Uint8Array));
  else response.json(body);
}

function setHead(response: Response, status: number, headers: Answer['headers']): void {
  response.status(status).set('Cache-Control', 'no-store');
  if (headers) response.set(headers);
}

const isStream = (body: unknown): body is AsyncIterable<string> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

async function* rejoin(first: IteratorResult<string>, rest: AsyncIterator<string>): AsyncGenerator<string> {
  for (let piece = first; !piece.done; piece = await rest.next()) yield piece.value;
}
