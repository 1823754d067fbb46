import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { MockActivityEnvironment } from '@temporalio/testing';
import { hashPassword } from 'better-auth/crypto';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNoticeActivities } from '../../activities/notices.ts';
import { createSignIn } from '../../api/sign-in.ts';
import { type Database, openDatabase } from '../../db/client.ts';
import { ensureLocalPeople, localPeople } from '../../db/local-people.ts';
import type { Email } from '../../ports/email.ts';
import { addCustomer, addProduct, addStock, order } from '../company.ts';
import { totp } from '../totp.ts';
import { startWorld, type World } from '../world.ts';
import { type Answered, type Api, startApi } from './client.ts';

const secret = 'a secret of tests, 32 characters and more';
const local = localPeople(secret, 'OURS');
const other = { ...local.at(-1)!, id: 'other', name: 'Otto Other', email: 'other@throughline.example', customerId: 'THEIRS' };
const people = [...local, other];
const temporalUi = 'http://127.0.0.1:8233';
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
  await openDoors();
});
/** A server that has counted no attempts to sign in from this address yet. */
async function openDoors(): Promise<void> {
  await api?.stop();
  const { database } = suite;
  const logger = pino({ level: 'silent' });
  const signIn = createSignIn({ pool: sessions.pool, database, secret, localPeople: people, attemptsPerMinute: 4, logger });
  api = await startApi({ ...suite, client: undefined }, { signIn, temporalUi: `${temporalUi}/namespaces/tests/workflows` });
}
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

  it('X8, X3: the pages of the Temporal UI may decrypt by an administrator’s session, and nothing else; other sites’ may not', async () => {
    const [admin, finance] = [await signIn('admin'), await signIn('finance')];
    const path = '/v1/payloads/decode';
    const body = { payloads: [{ metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'e30=' }, { data: '' }] };
    const from = (Origin: string) => ({ Origin, 'X-Namespace': 'tests' });
    const preflight = (origin: string, of = path) =>
      fetch(api.url + of, {
        method: 'OPTIONS',
        headers: { ...from(origin), 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'x-namespace' },
      });

    const asked = await preflight(temporalUi);
    expect(asked.status).toBe(204);
    expect(Object.fromEntries(asked.headers)).toMatchObject({
      'access-control-allow-origin': temporalUi,
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': 'Content-Type, X-Namespace',
      vary: 'Origin',
    });
    const decoded = await sending(admin, 'POST', path, body, from(temporalUi));
    expect(decoded).toMatchObject({ status: 200, body: { payloads: [body.payloads[0], { metadata: {}, data: '' }] } });
    expect(decoded.headers.get('access-control-allow-origin')).toBe(temporalUi);
    expect((await sending(finance, 'POST', path, body, from(temporalUi))).status).toBe(403);
    expect((await api.ask('POST', path, { body, headers: from(temporalUi) })).status).toBe(401);
    expect((await sending(admin, 'POST', path, { payloads: [{ data: 'no Base64' }] }, from(temporalUi))).status).toBe(400);

    for (const origin of ['http://127.0.0.1:8234', 'https://127.0.0.1:8233', 'http://127.0.0.1:8233.elsewhere.example', 'null']) {
      const refused = await preflight(origin);
      expect([refused.status, refused.headers.get('access-control-allow-origin')], origin).toEqual([405, null]);
      expect((await sending(admin, 'POST', path, body, from(origin))).status, origin).toBe(403);
    }
    // Its pages may call nothing else.
    expect((await preflight(temporalUi, '/v1/people')).headers.get('access-control-allow-origin')).toBeNull();
    const person = { id: 'x', name: 'X', email: 'x@supplies.example', roles: ['sales'] };
    expect((await sending(admin, 'POST', '/v1/people', person, from(temporalUi))).status).toBe(403);
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

describe('the people of a customer', () => {
  const mails: Email[] = [];
  const publicUrl = 'https://o2c.example';
  let worker: Database;
  let bea: string;
  beforeAll(async () => {
    await openDoors();
    bea = await signIn('buyer');
    worker = openDatabase({ url: suite.databaseUrl, role: 'throughline_worker', maxConnections: 2 });
  });
  afterAll(() => worker.close());

  /** Sends what is owed to this address; gives the token of its link, or how the mail ended without one. */
  async function linkTo(address: string): Promise<string> {
    const send = async (email: Email) => void mails.push(email);
    const { rows } = await suite.database.query<{ key: string }>(
      'SELECT key FROM notices WHERE recipient = $1 ORDER BY at DESC, key DESC LIMIT 1',
      [address],
    );
    const { sendNotice } = createNoticeActivities({ database: worker, email: { send }, publicUrl });
    let status = '';
    await new MockActivityEnvironment().run(async () => {
      ({ status } = await sendNotice(rows[0]!));
    });
    if (status !== 'sent') return status;
    const { to, text } = mails.at(-1)!;
    expect(to).toBe(address);
    return /https:\/\/o2c\.example\/portal\/invitation\/([\w-]{43})$/m.exec(text)![1]!;
  }
  const choose = (token: string, password: string) => api.ask('POST', `/v1/public/invitations/${token}`, { body: { password } });
  const at = '/v1/customers/OURS/people';
  const mia = { name: 'Mia Match', email: 'mia@ours.example', rights: ['buyer'] };
  let miaId: string;

  it('X3: an administrator of a customer invites a colleague, whose link chooses a password once, and nothing else opens', async () => {
    const invited = await sending(bea, 'POST', at, mia, { ...fromPage(), 'Idempotency-Key': 'mia' });
    expect(invited).toMatchObject({ status: 201, body: { ...mia, status: 'invited' } });
    const again = await sending(bea, 'POST', at, mia, { ...fromPage(), 'Idempotency-Key': 'mia' });
    expect(again.body).toEqual(invited.body);
    expect(await sending(bea, 'POST', at, mia)).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/email', code: 'taken' }] },
    });
    miaId = invited.body.id;
    const lost = await linkTo(mia.email);
    expect(mails.at(-1)!.text).toContain('Bea Buyer lets you sign in');
    expect((await sending(bea, 'POST', `${at}/${miaId}/invitation`, undefined)).status).toBe(200);
    const token = await linkTo(mia.email);
    expect(await choose(lost, 'a harbour full of lamps')).toMatchObject({
      status: 404,
      body: { type: '/problems/unknown-link' },
    });
    expect(await choose(token, 'short')).toMatchObject({ status: 400, body: { errors: [{ path: '/password' }] } });
    expect((await api.ask('GET', `/v1/public/invitations/${token}`)).body).toEqual({ name: 'Mia Match', email: mia.email });
    const both = await Promise.all([choose(token, 'a harbour full of lamps'), choose(token, 'a harbour full of lamps')]);
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 404]));
    expect((await api.ask('GET', `/v1/public/invitations/${token}`)).status).toBe(404);
    const kept = await suite.database.query(
      "SELECT 1 FROM notices, audit_log, idempotency_keys i WHERE notices::text || audit_log::text || i::text LIKE '%' || $1 || '%'",
      [token],
    );
    expect(kept.rows).toEqual([]);
    expect(await auditOf('invitation-accepted')).toEqual([['invitation-accepted', miaId]]);
    expect((await auditOf('person-invited')).map(([, actor]) => actor)).toEqual(['buyer', 'buyer']);
  });

  it('X3: a link that went to a wrong address opens nothing once the address is put right', async () => {
    const wrong = { name: 'Olga Order', email: 'stranger@nowhere.example', rights: ['buyer'] };
    const { body } = await sending(bea, 'POST', at, wrong);
    const token = await linkTo(wrong.email);
    expect((await api.ask('GET', `/v1/public/invitations/${token}`)).status).toBe(200);
    const person = { name: wrong.name, email: 'olga@ours.example', roles: ['customer', 'buyer'], customerId: 'OURS' };
    expect((await sending(await signIn('admin'), 'PUT', `/v1/people/${body.id}`, person)).status).toBe(200);
    expect((await choose(token, 'a harbour full of crates')).status).toBe(404);
    expect((await sending(bea, 'POST', `${at}/${body.id}/invitation`, undefined)).status).toBe(200);
    expect((await choose(await linkTo(person.email), 'a harbour full of crates')).status).toBe(200);
    const { rows } = await suite.database.query("SELECT key FROM notices WHERE kind = 'invitation' AND key LIKE '%olga%'");
    expect(rows).toEqual([]);
  });

  it('X3: a colleague has the rights that were given, at once when they change, and is out at once when disabled', async () => {
    const session = cookieOf(await tryToSignIn(mia.email, 'a harbour full of lamps'));
    const order = { customerId: 'OURS', currency: 'EUR', lines: [{ sku: 'DESK', quantity: 1 }] };
    expect((await asking(session, '/v1/me')).body).toMatchObject({ customerId: 'OURS', roles: ['customer', 'buyer'] });
    expect((await sending(session, 'POST', '/v1/orders', order)).status).toBe(201);
    for (const path of ['/v1/invoices', '/v1/customers/OURS/account', '/v1/customers/OURS/statement', at])
      expect([path, (await asking(session, path)).status]).toEqual([path, 403]);
    const placed = (await asking(session, '/v1/orders')).body.items[0].id;
    await suite.database.query(
      `INSERT INTO audit_log (at, actor, actor_verified, action, summary, order_id, customer_id)
       SELECT now(), 'tester', true, action, 'x', $1, 'OURS' FROM unnest(ARRAY['overdue', 'picked', 'part-paid']) action`,
      [placed],
    );
    const told = (await asking(session, `/v1/orders/${placed}/timeline`)).body.items.map(
      ({ action }: { action: string }) => action,
    );
    expect([told.includes('picked'), told.includes('overdue'), told.includes('part-paid')]).toEqual([true, false, false]);
    const then = await asking(session, `/v1/orders/${placed}/as-of?at=${new Date().toISOString()}`);
    expect(then).toMatchObject({ status: 200, body: { invoices: [], heldMinor: null } });
    const change = (rest: object) => sending(bea, 'PUT', `${at}/${miaId}`, { name: mia.name, rights: ['payer'], ...rest });
    expect((await change({})).body).toMatchObject({ rights: ['payer'], status: 'active' });
    expect((await sending(session, 'POST', '/v1/orders', order)).status).toBe(403);
    expect((await asking(session, '/v1/invoices')).status).toBe(200);

    expect((await change({ disabled: true })).body.status).toBe('disabled');
    expect((await asking(session, '/v1/invoices')).status).toBe(401);
    const refused = await sending(bea, 'POST', `${at}/${miaId}/invitation`, undefined);
    expect(refused).toMatchObject({ status: 409, body: { type: '/problems/person-disabled' } });
  });

  it('X3: nobody looks after another customer’s people, gives a right of ours, or takes the last administrator away', async () => {
    const otto = await signIn('other');
    const foreign = [
      await asking(otto, at),
      await sending(otto, 'POST', at, { ...mia, email: 'spy@theirs.example' }),
      await sending(otto, 'PUT', `${at}/${miaId}`, { name: 'Mine', rights: [] }),
      await sending(otto, 'POST', `${at}/${miaId}/invitation`, undefined),
      // Through one's own customer neither.
      await sending(otto, 'PUT', `/v1/customers/THEIRS/people/${miaId}`, { name: 'Mine', rights: [] }),
      await sending(otto, 'POST', '/v1/customers/THEIRS/people/buyer/invitation', undefined),
      await sending(otto, 'PUT', '/v1/customers/THEIRS/people/admin', { name: 'Mine', rights: [], disabled: true }),
    ];
    expect(foreign.map(({ status }) => status)).toEqual(foreign.map(() => 404));
    expect((await asking(otto, '/v1/customers/THEIRS/people')).body.items.map(({ id }: { id: string }) => id)).toEqual(['other']);
    expect((await sending(bea, 'POST', at, { ...mia, email: 'x@ours.example', rights: ['admin'] })).status).toBe(400);
    const self = (rest: object) => sending(bea, 'PUT', `${at}/buyer`, { name: 'Bea Buyer', rights: ['customer-admin'], ...rest });
    for (const [rest, path] of [
      [{ rights: ['buyer'] }, '/rights'],
      [{ disabled: true }, '/disabled'],
    ] as const)
      expect(await self(rest)).toMatchObject({ status: 422, body: { type: '/problems/last-administrator', errors: [{ path }] } });
    expect((await self({ rights: ['buyer', 'payer', 'customer-admin'] })).status).toBe(200);

    // Ours do the same from the customer's page, with no password to see; a key of the customer does not.
    expect((await api.get(at, 'receivables')).status).toBe(403);
    expect((await api.get('/v1/customers/NOBODY/people', 'sales')).body.items).toEqual([]);
    expect((await api.post('/v1/customers/NOBODY/people', 'sales', mia)).status).toBe(404);
    const nia = await api.post(at, 'sales', { name: 'Nia', email: 'nia@ours.example', rights: ['customer-admin'] });
    expect(nia.status).toBe(201);
    await api.put(`${at}/${nia.body.id}`, 'sales', { name: 'Nia', rights: [], disabled: true });
    expect(await linkTo('nia@ours.example')).toBe('suppressed');
    // Whom we have disabled, only we let in again.
    const letIn = { name: 'Nia', rights: ['buyer'], disabled: false };
    const refused = await sending(bea, 'PUT', `${at}/${nia.body.id}`, letIn);
    expect(refused).toMatchObject({ status: 409, body: { type: '/problems/disabled-by-us' } });
    expect((await api.put(`${at}/${nia.body.id}`, 'sales', letIn)).body.status).toBe('invited');
    const { key } = (await api.post('/v1/api-keys', 'admin', { name: 'erp', roles: ['customer'], customerId: 'OURS' })).body;
    expect([(await api.get(at, key)).status, (await api.get('/v1/invoices', key)).status]).toEqual([403, 200]);
  });
});

async function auditOf(action: string): Promise<[string, string][]> {
  const { rows } = await suite.database.query('SELECT action, actor FROM audit_log WHERE action LIKE $1 ORDER BY sequence', [
    action,
  ]);
  return rows.map((row) => [row.action, row.actor]);
}
