import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { builtConsole, consolePages } from './console-pages.ts';
import type { Services } from './contract.ts';
import { docsPage } from './docs-page.ts';
import { openApiDocument } from './openapi.ts';
import { problemOf, sendProblem } from './problem.ts';
import { routes } from './routes/index.ts';
import { serve } from './serve.ts';

export interface AppOptions extends Services {
  /** Per key; generous, because it is there to stop a runaway client and not a busy one. */
  requestsPerMinute?: number;
  /** Per address, of those who have no valid key: guessing is slowed down. */
  strangersPerMinute?: number;
}

/** The HTTP API. It listens nowhere by itself: api/main.ts and tests do that. */
export function createApp({ requestsPerMinute = 600_000, strangersPerMinute = 600, ...services }: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(identifyRequest);
  app.use(mustNameHost);
  // No page of ours is to be framed or to load anything; the documentation says for itself what it needs.
  app.use(
    helmet({ contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } } }),
  );
  if (services.logger.isLevelEnabled('debug')) app.use(logRequests(services.logger));

  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', readiness(services));
  app.use(docsPageWhenAsked());
  app.use(consolePages(builtConsole));
  if (services.signIn) app.use(services.signIn.router);
  serve(app, routes, services, { requestsPerMinute, strangersPerMinute });
  app.use((request, response) => {
    sendProblem(response, { status: 404, slug: 'unknown-route', detail: `There is nothing at ${request.path}.` });
  });
  app.use(answerWithProblem(services.logger));
  return app;
}

/** The document is made when somebody first reads it, so that the start does not wait for it. */
function docsPageWhenAsked(): RequestHandler {
  let page: RequestHandler | undefined;
  return (request, response, next) => {
    if (request.path !== '/openapi.json' && !request.path.startsWith('/docs')) {
      next();
      return;
    }
    page ??= docsPage(openApiDocument(routes));
    page(request, response, next);
  };
}

const identifyRequest: RequestHandler = (request, response, next) => {
  const sent = request.get('x-request-id');
  response.locals.requestId = sent && /^[\w.-]{1,64}$/.test(sent) ? sent : randomUUID();
  response.set('X-Request-Id', response.locals.requestId);
  next();
};

/** Addresses are made of the host that was asked for, so one that is none is refused here (RFC 9112, 3.2). */
const mustNameHost: RequestHandler = ({ headers: { host } }, response, next) => {
  if (host === undefined || (URL.canParse(`http://${host}`) && !/[\s/?#@\\]/.test(host))) next();
  else sendProblem(response, { status: 400, slug: 'invalid-request', detail: 'The Host header names no host.' });
};

/** Ready means that commands can be taken; orders are taken while Temporal is away. */
function readiness({ database, client }: Services): RequestHandler {
  const isUp = (probe: Promise<unknown>) =>
    probe.then(
      () => 'up' as const,
      () => 'down' as const,
    );
  return async (_request, response) => {
    const [postgres, temporal] = await Promise.all([
      isUp(database.query('SELECT 1')),
      isUp(client ? client.withDeadline(Date.now() + 1_000, () => client.workflowService.getSystemInfo({})) : Promise.reject()),
    ]);
    response
      .status(postgres === 'up' ? 200 : 503)
      .json({ status: postgres === 'up' ? 'ready' : 'not-ready', postgres, temporal });
  };
}

function logRequests(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    response.on('finish', () => {
      const { requestId, principal } = response.locals;
      const milliseconds = Math.round(performance.now() - startedAt);
      logger.debug({
        requestId,
        method: request.method,
        path: loggedPath(request),
        status: response.statusCode,
        milliseconds,
        actor: principal?.actor.name,
      });
    });
    next();
  };
}

/** The path as a log may keep it: whoever holds the token of a link opens what it is for, so the token is left out. */
const loggedPath = (request: Request): string =>
  request.originalUrl
    .split('?')[0]!
    .replace(/^(\/+v1\/+public\/+[^/]+\/+|\/+portal\/+(?:linked-invoice|invitation)\/+)[^/]+/i, '$1{token}');

/** What is not a known problem is a bug: it is logged, without anything that the client sent, and says nothing outside. */
function answerWithProblem(logger: Logger): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = problemOf(error);
    if (problem) {
      sendProblem(response, problem);
      return;
    }
    const { requestId } = response.locals;
    logger.error(
      {
        requestId,
        method: request.method,
        path: loggedPath(request),
        stack: error instanceof Error ? error.stack : String(error),
      },
      'a bug',
    );
    const detail = `Something is wrong on our side. Ask with the request id ${requestId}.`;
    sendProblem(response, { status: 500, slug: 'internal-error', detail });
  };
}
