import createClient from 'openapi-fetch';
import type { components, paths } from '../contract.ts';

/** A record as the contract describes it: `Schema<'Order'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

/** One thing that is wrong with what was sent, and where. */
export interface Fault {
  path: string;
  code: string;
  detail: string;
}

/** What the API answered in place of what was asked for (RFC 9457). */
export class Problem extends Error {
  readonly status: number;
  readonly slug: string;
  readonly title: string;
  readonly faults: readonly Fault[];

  constructor(of: { status: number; slug: string; title: string; detail: string; faults?: readonly Fault[] }) {
    super(of.detail);
    this.status = of.status;
    this.slug = of.slug;
    this.title = of.title;
    this.faults = of.faults ?? [];
  }
}

/** Nobody answered: the same request may be sent again under its key. */
export const isOutage = (error: unknown): boolean => error instanceof Problem && (error.status === 0 || error.status === 503);

export async function problemOf(response: Response): Promise<Problem> {
  const body = await response
    .clone()
    .json()
    .catch(() => ({}));
  return new Problem({
    status: response.status,
    slug: String(body.type ?? '').replace('/problems/', '') || 'unreadable',
    title: body.title ?? `The server answered ${response.status}`,
    detail: body.detail ?? 'The answer cannot be read.',
    faults: body.errors ?? [],
  });
}

const offline = () =>
  new Problem({
    status: 0,
    slug: 'offline',
    title: 'No answer from the server',
    detail: 'It may be away, or you are offline. What you see may be old; nothing was changed by this request.',
  });

/** Calls the API by the paths and shapes of the contract. Use it through `ask`. */
export const api = createClient<paths>({ baseUrl: location.origin, headers: { Accept: 'application/json' } });
api.use({
  onRequest({ request }) {
    // What is sent once is known as one request; `useCommand` gives a key that outlives a lost answer.
    if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) request.headers.set('Idempotency-Key', newKey());
  },
  async onResponse({ response }) {
    if (!response.ok) throw await problemOf(response);
  },
  onError: ({ error }) => (error instanceof Problem ? error : offline()),
});

/** The data of an answer; a problem is thrown. */
export async function ask<Data>(asked: Promise<{ data?: Data }>): Promise<NonNullable<Data>> {
  const { data } = await asked;
  return data as NonNullable<Data>;
}

/** A file as it is, with its own content type; what it became is the route's answer. */
export async function sendFile<Data>(path: `/v1/${string}`, file: Blob, contentType: string, key: string): Promise<Data> {
  const headers = { Accept: 'application/json', 'Content-Type': contentType, 'Idempotency-Key': key };
  const response = await fetch(path, { method: 'POST', headers, body: file }).catch(() => {
    throw offline();
  });
  if (!response.ok) throw await problemOf(response);
  return response.json();
}

export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Sign-in and sign-out, which are no part of the contract of programs. */
export async function askSignIn<Data>(path: string, body?: object): Promise<Data> {
  const response = await fetch(`/auth${path}`, {
    ...(body && { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(() => {
    throw offline();
  });
  if (!response.ok) throw await problemOf(response);
  return response.json();
}
