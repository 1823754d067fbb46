import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { hashPassword } from 'better-auth/crypto';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSignIn } from '../../api/sign-in.ts';
import { type Database, openDatabase } from '../../db/client.ts';
import { ensureLocalPeople, localPeople } from '../../db/local-people.ts';
import { addCustomer, addProduct, addStock, order } from '../company.ts';
import { totp } from '../totp.ts';
import { startWorld, type World } from '../world.ts';
import { type Answered, type Api, startApi } from './client.ts';

const secret = 'a secret of tests, 32 characters and more';
const people = localPeople(secret, 'OURS');
const emailOf = (id: string) => people.find((person) => person.id === id)!.email;
const passwordOf = (id: string) => people.find((person) => person.id === id)!.password;

let suite: World;
let sessions: Database;
let api: Api;
let ours: string;
let theirs: string;
beforeAll(async () => {
  suite = await startWorld();
  await addCustomer(suite.database, 'OURS', { limitMinor: 1_000_000 });
  await addCustomer(suite.database, 'THEIRS', { limitMinor: 1_000_000 });
  await addProduct(suite.database, 'DESK', 10_000);
  await addStock(suite, 'DESK', 100, 4_000);
  ours = await order(suite, 'OURS', [{ sku: 'DESK', quantity: 1 }]);
  theirs = await order(suite, 'THEIRS', [{ sku: 'DESK', quantity: 1 }]);
  await ensureLocalPeople(suite.databaseUrl, people, hashPassword);
  sessions = openDatabase({ url: suite.databaseUrl, role: 'throughline_api', maxConnections: 3, instantsAreDates: true });
  const { database } = suite;
  const logger = pino({ level: 'silent' });
  const signIn = createSignIn({ pool: sessions.pool, database, secret, localPeople: people, attemptsPerMinute: 4, logger });
  api = await startApi({ ...suite, client: undefined }, { signIn });
});
afterAll(async () => {
  await api?.stop();
  await sessions?.close();
  await suite?.drop();
});

const fromPage = () => ({ Origin: api.url });
const cookieOf = ({ headers }: Answered) =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
const tryToSignIn = (email: string, password: string, headers: Record<string, string> = fromPage()) =>
  api.ask('POST', '/auth/sign-in/email', { body: { email, password }, headers });
async function signIn(id: string): Promise<string> {
  const answered = await tryToSignIn(emailOf(id), passwordOf(id));
  expect(answered.status).toBe(200);
  return cookieOf(answered);
}
const asking = (cookie: string, path: string) => api.ask('GET', path, { headers: { Cookie: cookie } });
const sending = (cookie: string, method: string, path: string, body: unknown, headers: Record<string, string> = fromPage()) =>
  api.ask(method, path, { body, headers: { Cookie: cookie, ...headers } });

describe('people sign in', () => {
  it('X3: a person has the rights of its role, and is who acts', async () => {
    const answered = await tryToSignIn(emailOf('sales').toUpperCase(), passwordOf('sales'));
    expect(answered.headers.getSetCookie().join()).toMatch(/HttpOnly/i);
    expect(answered.headers.getSetCookie().join()).toMatch(/SameSite=Lax/i);
    const cookie = cookieOf(answered);
    expect((await asking(cookie, '/v1/me')).body).toMatchObject({
      id: 'sales',
      kind: 'person',
      roles: ['sales'],
      customerId: null,
    });
    const { commands } = (await asking(cookie, '/v1/me')).body;
    expect(commands).toContain('POST /v1/orders');
    expect(commands).not.toContain('POST /v1/goods-receipts');
    expect((await asking(cookie, `/v1/orders/${theirs}`)).status).toBe(200);
    expect((await asking(cookie, '/v1/api-keys')).status).toBe(403);

    const placed = await sending(cookie, 'POST', '/v1/orders', {
      customerId: 'OURS',
      currency: 'EUR',
      lines: [{ sku: 'DESK', quantity: 1 }],
    });
    expect(placed.status).toBe(201);
    expect((await asking(cookie, `/v1/orders/${placed.body.id}`)).body.placedBy).toBe('sales');
  });

  it('X3: a customer’s person sees that customer’s records and nobody else’s', async () => {
    const cookie = await signIn('buyer');
    expect((await asking(cookie, `/v1/orders/${ours}`)).status).toBe(200);
    expect((await asking(cookie, `/v1/orders/${theirs}`)).status).toBe(404);
    const { items } = (await asking(cookie, '/v1/orders')).body;
    expect(new Set(items.map((item: { customerId: string }) => item.customerId))).toEqual(new Set(['OURS']));
    expect((await asking(cookie, '/v1/tasks')).status).toBe(403);
  });

  it('X3: a wrong password and an unknown person get the same answer, and no session', async () => {
    const wrong = await tryToSignIn(emailOf('credit'), 'not the password');
    const nobody = await tryToSignIn('nobody@throughline.example', 'not the password');
    for (const refused of [wrong, nobody]) {
      expect(refused).toMatchObject({ status: 401, body: { type: '/problems/invalid-email-or-password' } });
      expect(refused.headers.getSetCookie()).toEqual([]);
    }
    expect(wrong.body).toEqual(nobody.body);
    expect((await asking('throughline.session_token=made.up', '/v1/me')).status).toBe(401);
  });

  it('X3: guessing one person’s password is stopped, the right one included, and others still sign in', async () => {
    const email = emailOf('shipping');
    const answers = [];
    for (let attempt = 0; attempt < 5; attempt += 1) answers.push((await tryToSignIn(email, 'a guess of mine')).status);
    expect(answers).toEqual([401, 401, 401, 401, 429]);
    expect(await tryToSignIn(email, passwordOf('shipping'))).toMatchObject({ status: 429 });
    await signIn('finance');
  });

  it('X3: who has signed out is nobody at once, with the same cookie too', async () => {
    const cookie = await signIn('warehouse');
    expect((await asking(cookie, '/v1/me')).status).toBe(200);
    expect((await sending(cookie, 'POST', '/auth/sign-out', {})).status).toBe(200);
    expect((await asking(cookie, '/v1/me')).status).toBe(401);
  });

  it('X3: another site’s page can neither use a session nor begin one', async () => {
    const cookie = await signIn('finance-2');
    const body = { customerId: 'OURS', currency: 'EUR', lines: [{ sku: 'DESK', quantity: 1 }] };
    for (const headers of [{ Origin: 'https://elsewhere.example' }, { Origin: 'null' }, { 'Sec-Fetch-Site': 'cross-site' }, {}]) {
      const refused = { status: 403, body: { type: '/problems/cross-site' } };
      expect(await sending(cookie, 'POST', '/v1/orders', body, headers as Record<string, string>)).toMatchObject(refused);
      expect(await tryToSignIn(emailOf('finance-2'), passwordOf('finance-2'), headers as Record<string, string>)).toMatchObject(
        refused,
      );
    }
  });

  it('X3: only the doors that are needed are open', async () => {
    for (const path of ['/auth/sign-up/email', '/auth/update-user', '/auth/delete-user', '/auth/list-sessions']) {
      const body = { email: 'me@elsewhere.example', password: 'long enough, surely', name: 'Me', roles: ['admin'] };
      expect(await api.ask('POST', path, { body, headers: fromPage() })).toMatchObject({ status: 404 });
    }
  });

  it('X3: with a second factor the password alone opens nothing', async () => {
    const cookie = await signIn('credit-2');
    const enabled = await sending(cookie, 'POST', '/auth/two-factor/enable', { password: passwordOf('credit-2') });
    expect(enabled.status).toBe(200);
    const key = new URL(enabled.body.totpURI).searchParams.get('secret')!;
    expect((await sending(cookie, 'POST', '/auth/two-factor/verify-totp', { code: totp(key) })).status).toBe(200);

    const half = await tryToSignIn(emailOf('credit-2'), passwordOf('credit-2'));
    expect(half.body.twoFactorRedirect).toBe(true);
    expect((await asking(cookieOf(half), '/v1/me')).status).toBe(401);
    const wrong = await sending(cookieOf(half), 'POST', '/auth/two-factor/verify-totp', { code: '000000' });
    expect(wrong.status).toBe(401);
    const whole = await sending(cookieOf(half), 'POST', '/auth/two-factor/verify-totp', { code: totp(key) });
    expect(whole.status).toBe(200);
    expect((await asking(cookieOf(whole), '/v1/me')).body).toMatchObject({ id: 'credit-2', secondFactor: true });
    expect(await auditOf('second-factor-%')).toEqual([['second-factor-on', 'credit-2']]);
  });

  it('X3: a lost second factor is taken off by another administrator, with a reason, and by nobody else', async () => {
    const reset = (id: string, as: string) =>
      api.post(`/v1/people/${id}/second-factor/reset`, as, { reason: 'her phone fell into the harbour; seen in person' });
    expect((await reset('credit-2', 'finance')).status).toBe(403);
    expect(await reset('warehouse', 'admin')).toMatchObject({ status: 409, body: { type: '/problems/no-second-factor' } });
    expect(await reset('admin', 'admin')).toMatchObject({ status: 409, body: { type: '/problems/own-second-factor' } });
    expect(await reset('nobody', 'admin')).toMatchObject({ status: 404 });
    expect(await reset('credit-2', 'admin')).toMatchObject({ status: 200, body: { id: 'credit-2', secondFactor: false } });
    const open = await suite.database.query("SELECT 1 FROM user_sessions WHERE user_id = 'credit-2'");
    expect(open.rows).toEqual([]);
    const { body } = await asking(await signIn('credit-2'), '/v1/me');
    expect(body).toMatchObject({ id: 'credit-2', secondFactor: false });
    const { rows } = await suite.database.query("SELECT actor, summary FROM audit_log WHERE action = 'second-factor-reset'");
    expect(rows).toEqual([{ actor: 'admin', summary: expect.stringContaining('fell into the harbour') }]);
  });
});

describe('a Host header that names no host', () => {
  it.each(['[', 'a b', 'a/b', 'a@b'])('X3: %s is refused', async (host) => {
    for (const path of ['/auth/sign-in/email', '/v1/me', '/portal']) {
      const asked = request(api.url + path, { method: 'POST', headers: { Host: host, 'Sec-Fetch-Site': 'same-origin' } });
      asked.end();
      const [answered] = (await once(asked, 'response')) as [IncomingMessage];
      answered.resume();
      expect(answered.statusCode, path).toBe(400);
    }
  });
});

describe('behind a session', () => {
  it('X3: a password is guessed no faster than at the sign-in, by whichever door and with whatever cookies and body', async () => {
    const session = await signIn('receivables');
    const tryAt = async (door: string, cookie = session, rest: object = {}) =>
      (await sending(cookie, 'POST', `/auth/${door}`, { password: 'a guess of mine', ...rest })).status;
    const change = { currentPassword: 'a guess of mine', newPassword: 'long enough, surely' };
    expect(await tryAt('two-factor/disable')).toBe(400);
    expect(await tryAt('two-factor/enable', session, { email: 'a@x.example' })).toBe(400);
    expect(await tryAt('change-password', `${session}; junk=1`, change)).toBe(400);
    expect(await tryAt('change-password', `junk=2; ${session}`, { ...change, email: 'b@x.example' })).toBe(400);
    for (const door of ['two-factor/disable', 'two-factor/enable', 'change-password']) {
      const right = { password: passwordOf('receivables'), currentPassword: passwordOf('receivables') };
      expect(await tryAt(door, `${session}; junk=${door}`, { ...change, ...right, email: `${door}@x.example` }), door).toBe(429);
    }
  });
});

describe('one’s own sessions', () => {
  it('X3: are listed without what opens them, and ended one by one; those of others are not', async () => {
    const [here, there, other] = [await signIn('finance-2'), await signIn('finance-2'), await signIn('warehouse')];
    const listed = await asking(here, '/v1/me/sessions');
    // The newest first; one more is left of an earlier test.
    expect(listed.body.items.map(({ current }: { current: boolean }) => current)).toEqual([false, true, false]);
    expect(Object.keys(listed.body.items[0]).sort()).toEqual(['createdAt', 'current', 'expiresAt', 'id', 'userAgent']);
    const end = (cookie: string) => sending(cookie, 'POST', `/v1/me/sessions/${listed.body.items[0].id}/end`, {});
    expect((await end(other)).status).toBe(404);
    expect((await end(here)).status).toBe(200);
    expect((await end(here)).status).toBe(404);
    expect((await asking(there, '/v1/me')).status).toBe(401);
    expect((await asking(here, '/v1/me')).status).toBe(200);
    expect((await api.get('/v1/me/sessions', 'shipping')).body).toEqual({ items: [] });
    expect(await auditOf('session-ended')).toEqual([['session-ended', 'finance-2']]);
  });
});

describe('a name in audit rows', () => {
  it('X3: is of one person or program alone: no key and no person gets that of another', async () => {
    const keyOf = (name: string) => api.post('/v1/api-keys', 'admin', { name, roles: ['sales'] });
    for (const name of ['system', 'Gateway', 'carrier:parcel-simulator', 'temporal:me', 'link-holder', 'buyer', 'Buyer']) {
      expect(await keyOf(name), name).toMatchObject({ status: 422, body: { errors: [{ path: '/name', code: 'taken' }] } });
    }
    expect((await keyOf('robot')).status).toBe(201);
    for (const id of ['robot', 'system', 'gateway']) {
      const added = await api.post('/v1/people', 'admin', { id, name: 'R', email: `${id}@x.example`, roles: ['sales'] });
      expect(added, id).toMatchObject({ status: 422, body: { errors: [{ path: '/id', code: 'taken' }] } });
    }
  });
});

describe('people are looked after', () => {
  it('X3: an administrator adds a person, changes its rights, renews its password and disables it', async () => {
    const admin = await signIn('admin');
    const nia = { name: 'Nia New', email: 'nia@supplies.example', roles: ['sales'] };
    const added = await sending(admin, 'POST', '/v1/people', { id: 'nia', ...nia });
    expect(added).toMatchObject({ status: 201, body: { person: { id: 'nia', roles: ['sales'], disabledAt: null } } });
    const first = cookieOf(await tryToSignIn(nia.email, added.body.password));
    expect((await asking(first, '/v1/me')).body.roles).toEqual(['sales']);

    // The administrator has seen that password: nothing else is open until there is another.
    expect((await asking(first, '/v1/me')).body.passwordToChange).toBe(true);
    const early = await asking(first, '/v1/orders');
    expect(early).toMatchObject({ status: 403, body: { type: '/problems/password-to-change' } });
    const change = (newPassword: string) =>
      sending(first, 'POST', '/auth/change-password', {
        currentPassword: added.body.password,
        newPassword,
        revokeOtherSessions: true,
      });
    expect(await change(added.body.password)).toMatchObject({ status: 422, body: { type: '/problems/same-password' } });
    const own = await change('a harbour full of desks');
    expect(own.status).toBe(200);
    expect((await asking(cookieOf(own), '/v1/me')).body.passwordToChange).toBe(false);
    expect((await asking(cookieOf(own), '/v1/orders')).status).toBe(200);
    expect(await auditOf('password-changed')).toEqual([['password-changed', 'nia']]);

    const renewed = await sending(admin, 'POST', '/v1/people/nia/password', {});
    expect((await tryToSignIn(nia.email, added.body.password)).status).toBe(401);
    const second = cookieOf(await tryToSignIn(nia.email, renewed.body.password));
    await sending(admin, 'PUT', '/v1/people/nia', { ...nia, roles: ['warehouse'] });
    await sending(admin, 'PUT', '/v1/people/nia', { ...nia, roles: ['warehouse'], disabled: true });
    expect((await asking(second, '/v1/me')).status).toBe(401);
    const { rows } = await suite.database.query(
      "SELECT action, actor FROM audit_log WHERE action LIKE 'person-%' ORDER BY sequence",
    );
    expect(rows.map(({ action }) => action)).toEqual(['person-added', 'person-changed', 'person-changed']);
    expect(new Set(rows.map(({ actor }) => actor))).toEqual(new Set(['admin']));
    const kept = await suite.database.query('SELECT * FROM audit_log WHERE summary LIKE $1 OR after::text LIKE $1', [
      `%${renewed.body.password}%`,
    ]);
    expect(kept.rows).toEqual([]);
  });

  it('X3: what does not fit is refused with every fault, and nobody locks themselves out', async () => {
    const taken = { id: 'sales', name: 'S', email: emailOf('credit'), roles: ['customer'], customerId: 'NOBODY' };
    const refused = await api.post('/v1/people', 'admin', taken);
    expect(refused).toMatchObject({ status: 422, body: { type: '/problems/invalid-person' } });
    expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual(['/id', '/email', '/customerId']);
    const both = await api.post('/v1/people', 'admin', {
      id: 'x1',
      name: 'X',
      email: 'x@x.example',
      roles: ['customer', 'admin'],
    });
    expect(both.body.errors.map(({ path }: { path: string }) => path)).toEqual(['/customerId', '/roles']);
    const own = await api.put('/v1/people/admin', 'admin', { name: 'A', email: emailOf('admin'), roles: ['sales'] });
    expect(own).toMatchObject({ status: 422, body: { errors: [{ path: '/roles', code: 'own-rights' }] } });
    expect((await api.put('/v1/people/nobody', 'admin', { name: 'A', email: 'n@x.example', roles: ['sales'] })).status).toBe(404);
  });
});

async function auditOf(action: string): Promise<[string, string][]> {
  const { rows } = await suite.database.query('SELECT action, actor FROM audit_log WHERE action LIKE $1 ORDER BY sequence', [
    action,
  ]);
  return rows.map((row) => [row.action, row.actor]);
}
