import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePorts } from '../stack/ports.ts';
import { until } from '../stack/until.ts';
import { cache } from './maven.ts';

const run = promisify(execFile);
const version = '0.203.0';
const directory = join(cache, `stripe-mock-${version}`);
const program = join(directory, 'stripe-mock');

/**
 * stripe-mock, Stripe's own server for tests: it holds every request against Stripe's OpenAPI document. Go builds it once into the cache
 * of built programs. Gives why there is none, or undefined when there is one.
 */
export async function whyNoStripeMock(): Promise<string | undefined> {
  if (existsSync(program)) return undefined;
  try {
    await run('go', ['version']);
  } catch {
    return 'there is no go to build stripe-mock with: install Go 1.21 or newer (https://go.dev/dl)';
  }
  mkdirSync(directory, { recursive: true });
  try {
    // Go puts the finished program there in one move.
    await run('go', ['install', `github.com/stripe/stripe-mock@v${version}`], {
      env: { ...process.env, GOBIN: directory, GOWORK: 'off', GOFLAGS: '-mod=mod' },
      cwd: directory,
      timeout: 300_000,
    });
    return undefined;
  } catch (error) {
    return `go could not build stripe-mock: ${(error as { stderr?: string }).stderr?.slice(0, 300)}`;
  }
}

export interface StripeRequest {
  method: string;
  path: string;
  idempotencyKey: string | undefined;
  version: string | undefined;
  /** As sent, a form. */
  form: Record<string, string>;
}

/** A status and body in place of stripe-mock's, or fields that replace some of its body's. */
export type Instead = { status: number; body: object } | { fields: object };

/**
 * stripe-mock behind a door that notes every request. It remembers nothing, so what a story has come to, and what it refuses, is put in
 * by the door, for requests that stripe-mock itself has found to be right.
 */
export async function startStripeMock() {
  const [port] = (await freePorts(1)) as [number];
  const server = spawn(program, ['-http-port', String(port)], { stdio: 'ignore' });
  const ended = once(server, 'exit');
  // Nothing outlives the test run.
  const kill = () => server.kill('SIGKILL');
  process.once('exit', kill);
  await until('stripe-mock', 20, () =>
    fetch(`http://127.0.0.1:${port}/v1/charges`, { headers: { Authorization: 'Bearer sk_test_123' } }).then(
      ({ ok }) => ok || undefined,
    ),
  );

  const requests: StripeRequest[] = [];
  const door = { requests, instead: (_request: StripeRequest): Instead | undefined => undefined };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    for await (const piece of request) body += piece;
    const header = (name: string) => request.headers[name] as string | undefined;
    const seen: StripeRequest = {
      method: request.method!,
      path: request.url!,
      idempotencyKey: header('idempotency-key'),
      version: header('stripe-version'),
      form: Object.fromEntries(new URLSearchParams(body)),
    };
    requests.push(seen);
    const answered = await fetch(`http://127.0.0.1:${port}${request.url}`, {
      method: request.method!,
      headers: { Authorization: header('authorization') ?? '', 'Content-Type': header('content-type') ?? '' },
      ...(body ? { body } : {}),
    });
    let { status } = answered;
    let given: unknown = await answered.json();
    const instead = answered.ok ? door.instead(seen) : undefined;
    if (instead && 'fields' in instead) given = { ...(given as object), ...instead.fields };
    else if (instead) ({ status, body: given } = instead);
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(given));
  };
  const listening = createServer((request, response) => {
    answer(request, response).catch((error: Error) => response.destroy(error));
  });
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return Object.assign(door, {
    url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    async stop() {
      listening.close();
      listening.closeAllConnections();
      process.off('exit', kill);
      kill();
      await ended;
    },
  });
}
