import { setTimeout as sleep } from 'node:timers/promises';

/** Whose key a request is sent with: names of the local stack's keys, and of the people in its audit trail. */
export type Person =
  | 'admin'
  | 'sales'
  | 'credit'
  | 'credit-2'
  | 'warehouse'
  | 'shipping'
  | 'receivables'
  | 'finance'
  | 'finance-2';

export interface Answer<Body> {
  status: number;
  body: Body;
}

export interface CompanyApi {
  /** Undefined when there is no such thing. */
  get<Body>(path: string): Promise<Body | undefined>;
  /** `key` names what is done: sent again, it has its effect once and gets the same answer. */
  put<Body>(path: string, body: object, by: Person, key: string): Promise<Answer<Body>>;
  post<Body>(path: string, body: object, by: Person, key: string): Promise<Answer<Body>>;
  /** Sends a file as it is. */
  send<Body>(path: string, csv: string, by: Person, key: string): Promise<Answer<Body>>;
}

interface Problem {
  detail: string;
  errors?: { path: string; detail: string }[];
}

const patienceSeconds = 60;

/** The API as the people of the company use it. What is refused is an error; what is only busy is asked again. */
export function openCompanyApi(apiUrl: string, keys: Record<string, string>): CompanyApi {
  async function send(method: string, path: string, by: Person, body?: object | string, key?: string): Promise<Response> {
    const deadline = Date.now() + patienceSeconds * 1000;
    for (;;) {
      const response = await fetch(`${apiUrl}${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${keys[by]}`,
          ...(body && { 'Content-Type': typeof body === 'string' ? 'text/csv' : 'application/json' }),
          ...(key && { 'Idempotency-Key': `seed:${key}` }),
        },
        ...(body && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const retryAfter = response.headers.get('Retry-After');
      if (response.ok || retryAfter === null || Date.now() > deadline) return response;
      await sleep(Number(retryAfter) * 1000);
    }
  }

  async function change<Body>(
    method: string,
    path: string,
    body: object | string,
    by: Person,
    key: string,
  ): Promise<Answer<Body>> {
    const response = await send(method, path, by, body, key);
    if (!response.ok) throw await refused(method, path, response);
    return { status: response.status, body: (await response.json()) as Body };
  }

  return {
    async get<Body>(path: string) {
      const response = await send('GET', path, 'admin');
      if (response.status === 404) return undefined;
      if (!response.ok) throw await refused('GET', path, response);
      return (await response.json()) as Body;
    },
    put: (path, body, by, key) => change('PUT', path, body, by, key),
    post: (path, body, by, key) => change('POST', path, body, by, key),
    send: (path, csv, by, key) => change('POST', path, csv, by, key),
  };
}

async function refused(method: string, path: string, response: Response): Promise<Error> {
  const { detail, errors = [] } = (await response.json()) as Problem;
  return new Error(`${method} ${path}: ${[detail, ...errors.map((fault) => `${fault.path}: ${fault.detail}`)].join(' ')}`);
}
