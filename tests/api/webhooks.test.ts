import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { webhookBodies } from '../../api/webhook-bodies.ts';
import { type Database, openDatabase } from '../../db/client.ts';
import { testEventType, webhookEventTypes } from '../../domain/webhook.ts';
import { createWebhookDelivery } from '../../outbox/deliver-webhooks.ts';
import { createWebhookSender, isPublicAddress } from '../../ports/adapters/webhook-sender.ts';
import type { WebhookReceiverPort } from '../../ports/webhook-receiver.ts';
import { addCustomer, pay } from '../company.ts';
import { startWorld, type World } from '../world.ts';
import { type Api, startApi } from './client.ts';

/* What goes out to receivers: one machine of theirs, which answers by path, and money that comes in without an engine. */
interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}
let world: World;
let api: Api;
/** With the rights of the worker, which delivers. */
let workerDatabase: Database;
let received: Received[];
/** What a path answers in place of 204. */
let answers: Record<string, { status: number; headers?: Record<string, string>; body?: string }>;
let receiverUrl: string;
const receiver = createServer((request, response) => void answer(request, response));
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const piece of request) body += piece;
  const path = request.url ?? '';
  received.push({ path, headers: request.headers, body });
  if (path === '/silent') return;
  const { status = 204, headers, body: text } = answers[path] ?? {};
  response.writeHead(status, headers).end(text);
}
const sender = createWebhookSender({ localReceivers: true, answerWithinMs: 500 });

beforeAll(async () => {
  world = await startWorld();
  api = await startApi({ ...world, client: undefined });
  workerDatabase = openDatabase({ url: world.databaseUrl, role: 'throughline_worker', maxConnections: 10 });
  // What every other test subscribes to: here it would be told of everything.
  await world.database.query("UPDATE webhook_endpoints SET status = 'removed'");
  for (const id of ['ADA', 'BOB']) await addCustomer(world.database, id, { limitMinor: 1_000_000 });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  received = [];
  answers = {};
});
afterEach(async () => {
  for (const { id } of await endpoints()) await api.post(`/v1/webhook-endpoints/${id}/remove`, 'admin');
  received = [];
  answers = {};
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await api?.stop();
  await workerDatabase?.close();
  await world?.drop();
});

const endpoints = async (): Promise<{ id: string; status: string; waiting: number; failingSince: string | null }[]> =>
  (await api.get('/v1/webhook-endpoints', 'admin')).body.items;
const endpoint = async (id: string) => (await api.get(`/v1/webhook-endpoints/${id}`, 'admin')).body;
const deliveries = async (endpointId: string) =>
  (await api.get(`/v1/webhook-deliveries?endpointId=${endpointId}`, 'admin')).body.items;

/** An endpoint at such a path of the receiver. */
async function subscribe(path: string, rest: object = {}): Promise<{ id: string; secret: string; settings: object }> {
  const settings = { url: receiverUrl + path, eventTypes: ['payment.received'], ...rest };
  const made = await api.post('/v1/webhook-endpoints', 'admin', settings);
  expect(made.status).toBe(201);
  return { ...made.body, settings };
}

const pays = (customerId: string, amountMinor = 1_000) => pay(world, customerId, amountMinor, 'nothing that is known');

/** Everything that is due by now, to its end. */
async function deliver({ database = workerDatabase, to = sender }: { database?: Database; to?: WebhookReceiverPort } = {}) {
  const delivery = createWebhookDelivery({ database, receiver: to, publicUrl: 'https://api.example' });
  let begun: number;
  do {
    begun = await delivery.deliverDue();
    await delivery.stop();
  } while (begun > 0);
}

/** As if the wait for the next attempt were over. */
const timePasses = (endpointId: string) =>
  world.database.query("UPDATE webhook_deliveries SET due_at = clock_timestamp() WHERE endpoint_id = $1 AND status = 'pending'", [
    endpointId,
  ]);

const verify = (secret: string, { body, headers }: Received) =>
  new Webhook(secret).verify(body, headers as Record<string, string>);

describe('signatures', () => {
  it('X4: a receipt is told in the shape that OpenAPI has, with ids and figures alone, signed as Standard Webhooks has it', async () => {
    const { secret } = await subscribe('/');
    const { paymentId } = await pays('ADA', 4_200);
    await deliver();
    expect(received).toHaveLength(1);
    const [{ headers, body }] = received as [Received];
    const told = verify(secret, received[0]!);
    expect(new Map(webhookBodies).get('payment.received')!.parse(told)).toMatchObject({
      id: headers['webhook-id'],
      recordId: paymentId,
      sequence: 1,
      link: `https://api.example/v1/payments/${paymentId}`,
      data: { customerId: 'ADA', paymentId, amountMinor: 4_200, unappliedMinor: 4_200, currency: 'EUR' },
    });
    expect(body).not.toContain('Customer ADA');
    expect((await api.get(`/v1/payments/${paymentId}`, 'finance')).body).toMatchObject({ id: paymentId, amountMinor: 4_200 });
    // With anything changed it is not ours.
    const old = { ...headers, 'webhook-timestamp': '1700000000' };
    expect(() => verify(secret, { path: '/', headers: old, body })).toThrow('too old');
    expect(() => verify(secret, { path: '/', headers, body: body.replace('4200', '9200') })).toThrow('No matching signature');
  });

  it('X4: the vector of the specification is what the library makes', () => {
    // https://github.com/standard-webhooks/standard-webhooks, libraries: the example that their tests share.
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const at = new Date(1_614_265_330_000);
    expect(new Webhook(secret).sign('msg_p5jXN8AQM9LWM0D4loKWxJek', at, '{"test": 2432232314}')).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });

  it('X4: while one secret replaces another both sign, and no secret stands anywhere but in the answer that made it', async () => {
    const { id, secret } = await subscribe('/');
    const renewed = (await api.post(`/v1/webhook-endpoints/${id}/secret`, 'admin')).body.secret;
    expect((await endpoint(id)).previousSecretUntil).not.toBeNull();
    await pays('ADA');
    await deliver();
    for (const good of [secret, renewed]) verify(good, received[0]!);

    await world.database.query('UPDATE webhook_endpoints SET previous_until = clock_timestamp() WHERE id = $1', [id]);
    await pays('ADA');
    await deliver();
    verify(renewed, received[1]!);
    expect(() => verify(secret, received[1]!)).toThrow('No matching signature');

    const seen = JSON.stringify([await endpoints(), await deliveries(id), received]);
    const { rows } = await world.database.query(
      'SELECT to_jsonb(l) AS kept FROM audit_log l UNION ALL SELECT to_jsonb(k) FROM idempotency_keys k',
    );
    for (const one of [secret, renewed]) for (const text of [seen, JSON.stringify(rows)]) expect(text).not.toContain(one);
  });
});

describe('attempts', () => {
  it('X4: what fails is tried again later under the same id, and each attempt is kept with how its answer began', async () => {
    const { id } = await subscribe('/');
    answers['/'] = { status: 503, body: 'x'.repeat(5_000) };
    await pays('ADA');
    await deliver();
    await deliver();
    expect(received).toHaveLength(1);
    const [waiting] = await deliveries(id);
    expect(waiting).toMatchObject({
      status: 'pending',
      attemptCount: 1,
      attempts: [{ number: 1, statusCode: 503, problem: 'answered 503' }],
    });
    expect(waiting.attempts[0].answer).toHaveLength(1_000);
    const waitMs = Date.parse(waiting.nextAttemptAt) - Date.parse(waiting.attempts[0].at);
    expect(waitMs).toBeGreaterThan(7_000);
    expect(waitMs).toBeLessThan(11_000);
    expect((await endpoint(id)).failingSince).not.toBeNull();

    answers = {};
    await timePasses(id);
    await deliver();
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual(Array(2).fill(waiting.eventId));
    expect(received[0]!.body).toBe(received[1]!.body);
    expect(await deliveries(id)).toMatchObject([
      { status: 'delivered', nextAttemptAt: null, attempts: [{}, { statusCode: 204 }] },
    ]);
    expect((await endpoint(id)).failingSince).toBeNull();
  });

  it('X4: after the last try it is given up', async () => {
    const { id } = await subscribe('/');
    answers['/'] = { status: 500 };
    await pays('ADA');
    await world.database.query('UPDATE webhook_deliveries SET attempts = 9 WHERE endpoint_id = $1', [id]);
    await deliver();
    expect(await deliveries(id)).toMatchObject([{ status: 'given-up', attemptCount: 10, nextAttemptAt: null }]);
    await timePasses(id);
    await deliver();
    expect(received).toHaveLength(1);
  });

  it('X4: a receiver that does not answer holds up none but itself, and silence is a failure with its reason', async () => {
    const [silent, good] = [await subscribe('/silent'), await subscribe('/good')];
    for (let count = 0; count < 7; count += 1) await pays('ADA');
    let giveUp = (_reason: Error) => {};
    const silence = new Promise<never>((_, reject) => {
      giveUp = reject;
    });
    const delivery = createWebhookDelivery({
      database: workerDatabase,
      receiver: { post: (request) => (request.url.endsWith('/silent') ? silence : sender.post(request)) },
    });
    // As the worker does: whatever there is room for, and no waiting for the silent one.
    await expect
      .poll(async () => {
        await delivery.deliverDue();
        return received.length;
      })
      .toBe(7);
    expect((await endpoint(silent.id)).waiting).toBe(7);
    giveUp(new Error('no answer'));
    await delivery.stop();
    expect((await deliveries(good.id)).map(({ status }: { status: string }) => status)).toEqual(Array(7).fill('delivered'));
    const tried = (await deliveries(silent.id)).filter(({ attemptCount }: { attemptCount: number }) => attemptCount > 0);
    expect(tried).toHaveLength(4);
    expect(tried[0].attempts).toMatchObject([{ statusCode: null, problem: 'no answer' }]);
    await expect(sender.post({ url: `${receiverUrl}/silent`, headers: {}, body: '{}' })).rejects.toThrow(
      'no answer within 0.5 s',
    );
  });

  it('X1, X4: a process that dies between an answer and its record leaves the event to another, under the same id', async () => {
    const { id } = await subscribe('/');
    await pays('ADA');
    const dying: Database = { ...workerDatabase, transaction: () => new Promise(() => {}) };
    const delivery = createWebhookDelivery({ database: dying, receiver: sender });
    expect(await delivery.deliverDue()).toBe(1);
    await expect.poll(() => received.length).toBe(1);
    // Until the lease has ended nobody takes it for lost.
    await deliver();
    expect(received).toHaveLength(1);
    await timePasses(id);
    await deliver();
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual(Array(2).fill((await deliveries(id))[0].eventId));
    expect(await deliveries(id)).toMatchObject([
      { status: 'delivered', attemptCount: 2, attempts: [{ number: 2, statusCode: 204 }] },
    ]);
  });

  it('X4: two that deliver at once send each event once', async () => {
    const { id } = await subscribe('/');
    for (let count = 0; count < 12; count += 1) await pays('ADA');
    await Promise.all([deliver(), deliver()]);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(12);
    expect(received).toHaveLength(12);
    expect((await endpoint(id)).waiting).toBe(0);
  });
});

describe('endpoints that fail', () => {
  const tasks = async (status: string) =>
    (await api.get(`/v1/tasks?kind=webhook-endpoint-disabled&status=${status}`, 'admin')).body.items;

  it('X4: after days of failures an endpoint is switched off with a task; switched on again it gets what has waited', async () => {
    const { id, settings } = await subscribe('/');
    answers['/'] = { status: 500 };
    await pays('ADA');
    await deliver();
    await world.database.query("UPDATE webhook_endpoints SET failing_since = failing_since - interval '3 days' WHERE id = $1", [
      id,
    ]);
    await timePasses(id);
    await deliver();
    expect(await endpoint(id)).toMatchObject({
      status: 'disabled',
      statusReason: expect.stringContaining('every attempt has failed'),
    });
    expect(await tasks('open')).toMatchObject([{ role: 'admin', details: { endpointId: id } }]);
    expect((await api.post(`/v1/webhook-endpoints/${id}/test`, 'admin')).body.type).toBe('/problems/webhook-endpoint-disabled');

    await pays('BOB');
    await timePasses(id);
    await deliver();
    expect(received).toHaveLength(2);
    answers = {};
    const on = await api.put(`/v1/webhook-endpoints/${id}`, 'admin', settings);
    expect(on.body).toMatchObject({ status: 'enabled', statusReason: null, failingSince: null, waiting: 2 });
    expect(await tasks('open')).toEqual([]);
    await deliver();
    expect((await deliveries(id)).map(({ status }: { status: string }) => status)).toEqual(['delivered', 'delivered']);
    expect((await api.get('/v1/audit?action=webhook-endpoint-disabled', 'admin')).body.items).toMatchObject([
      { actor: 'system' },
    ]);
  });

  it('X4: 410 switches it off at once', async () => {
    const { id } = await subscribe('/');
    answers['/'] = { status: 410 };
    await pays('ADA');
    await deliver();
    expect(await endpoint(id)).toMatchObject({ status: 'disabled', statusReason: expect.stringContaining('410') });
    expect(await deliveries(id)).toMatchObject([{ status: 'given-up' }]);
    await api.post(`/v1/webhook-endpoints/${id}/remove`, 'admin');
    expect(await tasks('open')).toEqual([]);
  });
});

describe('replays', () => {
  it('X4: one delivery, or those of a period that were given up or all of them, go out again under their ids', async () => {
    const { id } = await subscribe('/');
    await pays('ADA');
    await pays('BOB');
    await deliver();
    const [newer, older] = await deliveries(id);
    expect((await api.post(`/v1/webhook-deliveries/${older.id}/replay`, 'admin')).body).toEqual({ replayed: 1 });
    expect((await api.get(`/v1/webhook-deliveries/${older.id}`, 'admin')).body).toMatchObject({
      status: 'pending',
      deliveredAt: null,
    });
    await deliver();
    expect(received.map(({ headers }) => headers['webhook-id']).filter((eventId) => eventId === older.eventId)).toHaveLength(2);

    const period = { from: '2020-01-01T00:00:00Z', until: '2020-01-31T00:00:00Z' };
    const replay = async (body: object) => (await api.post(`/v1/webhook-endpoints/${id}/replay`, 'admin', body)).body;
    const around = { from: older.at, until: new Date(Date.parse(newer.at) + 1).toISOString() };
    expect(await replay({ ...period, onlyGivenUp: false })).toEqual({ replayed: 0 });
    expect(await replay(around)).toEqual({ replayed: 0 });
    await world.database.query("UPDATE webhook_deliveries SET status = 'given-up' WHERE id = $1", [newer.id]);
    expect(await replay(around)).toEqual({ replayed: 1 });
    await deliver();
    expect(await replay({ ...around, onlyGivenUp: false })).toEqual({ replayed: 2 });
    await deliver();
    expect(await deliveries(id)).toMatchObject([
      { status: 'delivered', attemptCount: 3 },
      { status: 'delivered', attemptCount: 3 },
    ]);
    expect((await replay({ from: around.until, until: around.from })).errors).toMatchObject([{ path: '/until' }]);
    expect((await replay({ from: '2020-01-01T00:00:00Z', until: '2020-03-01T00:00:00Z' })).errors).toMatchObject([
      { path: '/until' },
    ]);
  });
});

describe('who is told of what', () => {
  it('X4: an endpoint hears its types and its customer; where nobody wants an event nothing is written', async () => {
    const ofAda = await subscribe('/ada', { customerId: 'ADA' });
    await subscribe('/other', { eventTypes: ['payment.bounced'] });
    const written = async () => (await world.database.query('SELECT 1 FROM webhook_events')).rows.length;
    const before = await written();
    await pays('BOB');
    expect(await written()).toBe(before);
    await pays('ADA');
    await deliver();
    expect(received.map(({ path }) => path)).toEqual(['/ada']);
    // From now on other things.
    const changed = { ...ofAda.settings, customerId: undefined, eventTypes: ['account.on-hold'] };
    expect((await api.put(`/v1/webhook-endpoints/${ofAda.id}`, 'admin', changed)).body).toMatchObject({
      customerId: null,
      eventTypes: ['account.on-hold'],
    });
    await pays('ADA');
    await deliver();
    expect(received).toHaveLength(1);
  });

  it('X4: a test says nothing but that it is one, to this endpoint alone', async () => {
    const { id, secret } = await subscribe('/tested');
    await subscribe('/other');
    const key = { 'Idempotency-Key': 'test-1' };
    const sent = (await api.post(`/v1/webhook-endpoints/${id}/test`, 'admin', undefined, key)).body;
    expect((await api.post(`/v1/webhook-endpoints/${id}/test`, 'admin', undefined, key)).body).toEqual(sent);
    await deliver();
    expect(received.map(({ path }) => path)).toEqual(['/tested']);
    expect(new Map(webhookBodies).get(testEventType)!.parse(verify(secret, received[0]!))).toMatchObject({
      id: sent.eventId,
      recordId: id,
    });
  });

  it('X3, X4: endpoints are for administrators, and every fault of one is told at its field', async () => {
    for (const as of ['finance', 'receivables', 'sales']) {
      expect((await api.get('/v1/webhook-endpoints', as)).status).toBe(403);
      expect((await api.get('/v1/webhook-deliveries', as)).status).toBe(403);
    }
    const wrong = await api.post('/v1/webhook-endpoints', 'admin', { eventTypes: ['order.eaten'], secret: 'mine' });
    expect(wrong.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['/eventTypes/0', '/secret', '/url']);
    const settings = { url: `${receiverUrl}/`, eventTypes: ['order.accepted'] };
    expect((await api.post('/v1/webhook-endpoints', 'admin', { ...settings, customerId: 'NOBODY' })).body.errors).toMatchObject([
      { path: '/customerId' },
    ]);
    expect((await api.put('/v1/webhook-endpoints/WHE-1', 'admin', settings)).status).toBe(404);
    for (const what of ['remove', 'test', 'secret'])
      expect((await api.post(`/v1/webhook-endpoints/WHE-1/${what}`, 'admin')).status).toBe(404);
    expect((await api.post('/v1/webhook-deliveries/WHD-1/replay', 'admin')).status).toBe(404);
  });

  it('X4: OpenAPI has every event', async () => {
    const { webhooks } = (await api.ask('GET', '/openapi.json')).body;
    expect(Object.keys(webhooks)).toEqual([...webhookEventTypes, testEventType]);
    expect(webhooks['invoice.issued'].post.requestBody.content['application/json'].schema.properties.data.required).toContain(
      'grossMinor',
    );
  });
});

describe('where webhooks may go', () => {
  it('X4: away from a local stack only https, to hosts whose names do not lead to a machine of ours', async () => {
    const guarded = createWebhookSender();
    const post = (url: string) => guarded.post({ url, headers: {}, body: '{}' });
    await expect(post(receiverUrl)).rejects.toThrow('only https');
    await expect(post(receiverUrl.replace('http:', 'https:'))).rejects.toThrow('127.0.0.1 is no public address');
    await expect(post('https://[::1]/')).rejects.toThrow('::1 is no public address');
    await expect(post('https://[::ffff:7f00:1]/')).rejects.toThrow('is no public address');
    // A name that leads here, as one does that is pointed here after it was looked at.
    await expect(post(receiverUrl.replace('http://127.0.0.1', 'https://localhost'))).rejects.toThrow(
      'localhost leads to no public address',
    );
    expect(received).toEqual([]);
    const ours = [
      '10.1.2.3',
      '172.31.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '224.0.0.1',
      '255.255.255.255',
    ];
    const alsoOurs = [
      '::',
      '::1',
      'fe80::1',
      'fd00::1',
      'ff02::1',
      '::ffff:10.0.0.1',
      '64:ff9b::a00:1',
      '2002:a00:1::',
      '2001:db8::1',
    ];
    expect([...ours, ...alsoOurs].filter(isPublicAddress)).toEqual([]);
    expect(['8.8.8.8', '172.32.0.1', '2606:4700::1111'].filter(isPublicAddress)).toHaveLength(3);

    const elsewhere = await startApi({ ...world, client: undefined }, { local: false });
    for (const url of [receiverUrl, 'https://127.0.0.1/', 'https://localhost/']) {
      const refused = await elsewhere.post('/v1/webhook-endpoints', 'admin', { url, eventTypes: ['order.accepted'] });
      expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: '/url' }] } });
    }
    await elsewhere.stop();
  });

  it('X4: a redirect is not followed', async () => {
    const { id } = await subscribe('/moved');
    answers['/moved'] = { status: 307, headers: { Location: `${receiverUrl}/elsewhere` } };
    await pays('ADA');
    await deliver();
    expect(received.map(({ path }) => path)).toEqual(['/moved']);
    expect(await deliveries(id)).toMatchObject([{ status: 'pending', attempts: [{ statusCode: 307 }] }]);
  });
});
