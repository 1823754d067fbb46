import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Person } from './order-file.ts';

/** The running stack, as its users reach it. */
export interface Stack {
  apiUrl: string;
  /** The page of the workflows, which a workflow's id follows. */
  temporalUiUrl: string | undefined;
  mailboxUrl: string | undefined;
  /** Where the keys of the local people stand. */
  keysFile: string | undefined;
  get<Body>(path: string): Promise<Body>;
  /** Undefined when there is no such thing. */
  find<Body>(path: string): Promise<Body | undefined>;
  put<Body>(path: string, body: object, by: Person): Promise<Body>;
  post<Body>(path: string, body: object, by: Person): Promise<Body>;
}

/** The API said no: a problem as RFC 9457 writes it. */
export class Problem extends Error {
  readonly slug: string;
  constructor(request: string, problem: { type: string; detail: string; errors?: { path: string; detail: string }[] }) {
    const faults = (problem.errors ?? []).map((fault) => `\n  ${fault.path}: ${fault.detail}`);
    super(`${request}: ${problem.detail}${faults.join('')}`);
    this.slug = problem.type.replace('/problems/', '');
  }
}

/** There is nothing to talk to. */
export class NotRunning extends Error {}

const checkout = fileURLToPath(new URL('..', import.meta.url));
const patienceSeconds = 30;

/** Finds the stack by what `npm start` wrote into its data directory, or by THROUGHLINE_API and THROUGHLINE_KEY. */
export async function findStack(): Promise<Stack> {
  const { THROUGHLINE_API, THROUGHLINE_KEY, THROUGHLINE_DATA = '.data' } = process.env;
  const dataDirectory = resolve(checkout, THROUGHLINE_DATA);
  const keysFile = join(dataDirectory, 'keys.txt');
  const addresses = readTable(join(dataDirectory, 'addresses.txt'));
  const keys = readTable(keysFile);
  const apiUrl = (THROUGHLINE_API ?? addresses.get('API'))?.replace(/\/$/, '');
  if (!apiUrl) {
    throw new NotRunning(
      `Throughline is not running on ${dataDirectory}, or not ready yet. Start it with \`npm start\` and leave it running.\n` +
        'For a stack elsewhere, set THROUGHLINE_API to its address and THROUGHLINE_KEY to an administrator’s key.',
    );
  }
  const keyOf = (person: Person): string => {
    const key = THROUGHLINE_KEY ?? keys.get(person);
    if (!key) throw new NotRunning(`There is no key of ${person} in ${keysFile}. Set THROUGHLINE_KEY to an administrator’s key.`);
    return key;
  };

  const isReady = await fetch(`${apiUrl}/readyz`).then(
    ({ ok }) => ok,
    () => undefined,
  );
  if (isReady === undefined)
    throw new NotRunning(`Nothing answers at ${apiUrl}. Start Throughline with \`npm start\` and leave it running.`);
  if (!isReady) throw new NotRunning(`${apiUrl} answers, but is not ready: look at ${apiUrl}/readyz.`);

  /** Sends until it is answered; what is only busy is asked again, with the same key, so that it happens once. */
  async function send(method: string, path: string, by: Person, body?: object): Promise<Response> {
    const deadline = Date.now() + patienceSeconds * 1000;
    const key = randomUUID();
    for (;;) {
      const response = await fetch(`${apiUrl}${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${keyOf(by)}`,
          ...(body && { 'Content-Type': 'application/json', 'Idempotency-Key': key }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      const retryAfter = response.headers.get('Retry-After');
      if (response.ok || retryAfter === null || Date.now() > deadline) return response;
      await sleep(Number(retryAfter) * 1000);
    }
  }

  async function answer<Body>(method: string, path: string, by: Person, body?: object): Promise<Body> {
    const response = await send(method, path, by, body);
    const content = await response.json();
    if (!response.ok) throw new Problem(`${method} ${path}`, content as ConstructorParameters<typeof Problem>[1]);
    return content as Body;
  }

  return {
    apiUrl,
    temporalUiUrl: addresses.get('Temporal UI'),
    mailboxUrl: addresses.get('Mailbox'),
    keysFile: THROUGHLINE_KEY ? undefined : keysFile,
    get: (path) => answer('GET', path, 'admin'),
    async find<Body>(path: string) {
      return answer<Body>('GET', path, 'admin').catch((error) => {
        if (error instanceof Problem && (error.slug.startsWith('unknown-') || error.slug === 'company-not-set-up'))
          return undefined;
        throw error;
      });
    },
    put: (path, body, by) => answer('PUT', path, by, body),
    post: (path, body, by) => answer('POST', path, by, body),
  };
}

/** The files of `npm start` are tables of two columns: a name, which may hold single spaces, and a value. */
function readTable(file: string): Map<string, string> {
  if (!existsSync(file)) return new Map();
  const rows = readFileSync(file, 'utf8').trim().split('\n');
  return new Map(rows.map((row) => row.trim().split(/ {2,}/) as [string, string]));
}
