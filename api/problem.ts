import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import type { Response } from 'express';
import type { z } from 'zod';
import { type Fault, Refusal } from '../domain/failures.ts';

/** An RFC 9457 problem before it is written. */
export interface Problem {
  status: number;
  /** The last part of the type: '/problems/customer-on-hold'. */
  slug: string;
  detail: string;
  errors?: Fault[];
  extra?: Record<string, unknown>;
  /** When it is worth trying again. */
  retryAfterSeconds?: number;
}

export function sendProblem(response: Response, problem: Problem): void {
  if (problem.retryAfterSeconds !== undefined) response.set('Retry-After', String(problem.retryAfterSeconds));
  const title = problem.slug.replaceAll('-', ' ');
  response
    .status(problem.status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        ...problem.extra,
        type: `/problems/${problem.slug}`,
        title: title.charAt(0).toUpperCase() + title.slice(1),
        status: problem.status,
        detail: problem.detail,
        instance: response.req.originalUrl.split('?')[0],
        ...(problem.errors && problem.errors.length > 0 ? { errors: problem.errors } : {}),
      }),
    );
}

/** The problem that an error means to the caller; undefined when it is a bug of ours, of which they learn nothing. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Refusal) {
    return {
      status: error.status,
      slug: error.type,
      detail: error.message,
      errors: error.faults,
      extra: error.extra,
      ...(error.status === 503 ? { retryAfterSeconds: 1 } : {}),
    };
  }
  if (!(error instanceof Error)) return undefined;
  return problemOfHttp(error) ?? problemOfPostgres(error) ?? problemOfTemporal(error) ?? problemOfAmount(error);
}

export const unavailable = (what: string): Problem => ({
  status: 503,
  slug: 'unavailable',
  detail: `${what} does not answer; nothing was changed by this answer. Send the same request again, with the same Idempotency-Key.`,
  retryAfterSeconds: 2,
});

const notUtf8Json = 'Send the body as application/json in UTF-8.';
const bodyProblems: Record<string, Problem> = {
  'entity.parse.failed': { status: 400, slug: 'malformed-json', detail: 'The body is not JSON.' },
  'entity.verify.failed': { status: 400, slug: 'malformed-json', detail: 'The body is not UTF-8.' },
  'encoding.unsupported': { status: 415, slug: 'unsupported-media-type', detail: notUtf8Json },
  'charset.unsupported': { status: 415, slug: 'unsupported-media-type', detail: notUtf8Json },
};

/** What Express and its body parser throw. */
function problemOfHttp(error: Error): Problem | undefined {
  const { type = '', status, limit = 0 } = error as { type?: string; status?: number; limit?: number };
  if (type === 'entity.too.large') {
    return { status: 413, slug: 'body-too-large', detail: `The body is larger than ${limit / 1_024} kB.` };
  }
  if (bodyProblems[type]) return bodyProblems[type];
  if (error instanceof URIError)
    return { status: 400, slug: 'invalid-request', detail: 'The path is not valid percent-encoding.' };
  if (status !== undefined && status >= 400 && status < 500) {
    return { status, slug: 'invalid-request', detail: 'The request cannot be read.' };
  }
  return undefined;
}

// Text or numbers that got past the contract and that PostgreSQL cannot read: NUL bytes, impossible dates, lone surrogates.
const unreadable = new Set(['22021', '22P05', '22P02', '22007', '22008']);
const away = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  '57014',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '25P03',
]);

function problemOfPostgres(error: Error): Problem | undefined {
  const { code, constraint } = error as { code?: unknown; constraint?: string };
  if (typeof code === 'string') {
    if (code === '55P03') {
      const detail = 'Another request is changing the same record, or this one is still being worked on.';
      return { status: 409, slug: 'in-flight', detail, retryAfterSeconds: 1 };
    }
    if (code === '23505') {
      const detail = 'Somebody else wrote the same thing at the same moment. Look at it, and try again.';
      return { status: 409, slug: 'conflict', detail, retryAfterSeconds: 1 };
    }
    if (code === '22003' || (code === '23514' && constraint === 'minor_check')) return amountOutOfRange;
    if (unreadable.has(code)) return { status: 400, slug: 'invalid-request', detail: 'A value in the request cannot be stored.' };
    if (code === '40001' || code === '40P01' || code.startsWith('08') || away.has(code)) return unavailable('The database');
  }
  // node-postgres gives lost connections and an exhausted pool no code.
  const lost = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;
  if (lost.test(error.message)) return unavailable('The database');
  return undefined;
}

// gRPC: cancelled, deadline exceeded, resource exhausted, aborted, unavailable.
const temporarily = new Set([1, 4, 8, 10, 14]);

function problemOfTemporal(error: Error): Problem | undefined {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && temporarily.has(cause.code) ? unavailable('Temporal') : undefined;
}

const amountOutOfRange: Problem = {
  status: 422,
  slug: 'amount-out-of-range',
  detail: 'An amount or quantity would go beyond what can be counted exactly.',
};

/** Money stops with a RangeError where it would leave the safe integers. */
function problemOfAmount(error: Error): Problem | undefined {
  return error instanceof RangeError && error.message.includes('safe integer') ? amountOutOfRange : undefined;
}

/** Every fault in what was sent. Pointers lead into the body; '/query/…' and '/path/…' name what stood in the address. */
export function faultsOf(error: z.ZodError, prefix: '' | '/query' | '/path', sent: unknown): Fault[] {
  return error.issues.flatMap((issue) => {
    const path = prefix + issue.path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        code: 'unknown-field',
        detail: 'There is no such field.',
      }));
    }
    if (issue.code === 'invalid_type' && valueAt(sent, issue.path) === undefined) {
      return [{ path, code: 'required', detail: 'It is missing.' }];
    }
    return [{ path, code: issue.code.replaceAll('_', '-'), detail: issue.message }];
  });
}

function valueAt(value: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, part) => (inner as Record<PropertyKey, unknown> | undefined)?.[part], value);
}
