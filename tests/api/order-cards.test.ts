import type { Payload } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrderCardActivities } from '../../activities/order-cards.ts';
import type { Database } from '../../db/client.ts';
import { readClock } from '../../db/statements/company.ts';
import { enqueue } from '../../db/statements/outbox.ts';
import { cancelOrder } from '../../db/transactions/cancel-order.ts';
import { recordTracking } from '../../db/transactions/record-tracking.ts';
import { deliverUnfinishedAgain } from '../../db/transactions/restart-workflows.ts';
import { createPaymentGatewaySimulator } from '../../ports/adapters/payment-gateway-simulator.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  becomes,
  exposure,
  instant,
  invoiced,
  openingItem,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
  timeline,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { dataConverter } from '../payloads.ts';
import { eventually, type Suite, startSuite } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/** Every payload anywhere in a history, as the engine keeps it. */
function payloadsIn(part: unknown): Payload[] {
  if (typeof part !== 'object' || part === null || ArrayBuffer.isView(part)) return [];
  if ('metadata' in part && 'data' in part) return [part as Payload];
  return Object.values(part).flatMap(payloadsIn);
}

/* Orders that are paid by card, in the real engine. What the gateway does follows from the card's token. One UNIT costs 100.00. */
let suite: Suite;
let api: Api;
const requests: string[] = [];
const taken: number[] = [];
/** The gateway holds these. */
const held = new Map<string, number>();
beforeAll(async () => {
  const simulator = createPaymentGatewaySimulator({
    onRequest: (kind, key) => requests.push(`${kind} ${key}`),
    onTaken: (_, amountMinor) => taken.push(amountMinor),
  });
  suite = await startSuite({
    dependencies: {
      cards: {
        ...simulator,
        async authorise(request) {
          const answer = await simulator.authorise(request);
          if (answer.outcome === 'authorised') held.set(answer.gatewayId, request.amountMinor);
          return answer;
        },
        async capture(request) {
          const answer = await simulator.capture(request);
          held.delete(request.gatewayId);
          return answer;
        },
        async cancel(gatewayId) {
          await simulator.cancel(gatewayId);
          held.delete(gatewayId);
        },
      },
    },
  });
  await suite.setClock(instant('2027-03-01'));
  await setUpCompany(suite.database);
  api = await startApi(suite);
  await addProduct(suite.database, 'UNIT', 10_000, '0');
  await addProduct(suite.database, 'RARE', 10_000, '0');
  await addStock(suite, 'UNIT', 1_000, 5_000);
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

async function customer(id: string, backOrderAllowed = false): Promise<string> {
  // Without any credit.
  await addCustomer(suite.database, id, { backOrderAllowed });
  requests.length = 0;
  taken.length = 0;
  held.clear();
  return id;
}
const place = (customerId: string, token: string, lines = [{ sku: 'UNIT', quantity: 3 }], rest: object = {}) =>
  api.post('/v1/orders', 'sales', { customerId, currency: 'EUR', lines, payment: { method: 'card', token }, ...rest });
async function placed(customerId: string, token: string, lines?: { sku: string; quantity: number }[]): Promise<string> {
  const { status, body } = await place(customerId, token, lines);
  expect(status).toBe(201);
  return body.id;
}
const read = async (orderId: string) => (await api.get(`/v1/orders/${orderId}`, 'sales')).body;
const ended = (orderId: string) => suite.client.workflow.getHandle(orderId).result();
const mailAbout = (words: RegExp) =>
  eventually(async () => suite.mails.find((mail) => words.test(`${mail.subject} ${mail.text}`)));
const tasks = async (customerId: string) =>
  (await api.get('/v1/tasks?kind=card-not-taken&status=open', 'receivables')).body.items.filter(
    (task: { customerId: string }) => task.customerId === customerId,
  );
async function ship(orderId: string, count = 1): Promise<string[]> {
  const shipmentIds = await shipmentsInWork(suite, orderId, count);
  for (const shipmentId of shipmentIds) await pickAndPack(suite, orderId, shipmentId);
  return shipmentIds;
}

describe('orders paid by card', () => {
  it('P1, C1: the gross is held at acceptance without a credit check, and taken when the goods have left', async () => {
    const buyer = await customer('CARD');
    const orderId = await placed(buyer, 'pm_card');
    await becomes(suite, orderId, 'in-fulfilment');
    expect(await read(orderId)).toMatchObject({ card: { status: 'authorised' }, terms: { kind: 'due-on-receipt' } });
    expect([...held.values()]).toEqual([30_000]);
    expect(taken).toEqual([]);
    const decisions = await suite.database.query('SELECT 1 FROM credit_decisions WHERE order_id = $1', [orderId]);
    expect(decisions.rows).toEqual([]);
    await ship(orderId);
    expect(await ended(orderId)).toEqual({ orderStatus: 'closed' });
    expect(taken).toEqual([30_000]);
    expect(held.size).toBe(0);
    const [invoice] = await invoiced(suite, orderId);
    expect(invoice).toMatchObject({ grossMinor: 30_000, openMinor: 0, status: 'settled' });
    const { items } = (await api.get(`/v1/payments?customerId=${buyer}`, 'finance')).body;
    expect(items).toMatchObject([{ method: 'card', amountMinor: 30_000, unappliedMinor: 0 }]);
    expect((await mailAbout(new RegExp(`Invoice ${invoice!.id}`))).text).toContain('taken from your card');
    expect(await exposure(suite.database, buyer)).toBe(0);
    await checkInvariants(suite.database);
  });

  it('X3: the token is in the gateway’s tables alone: not in the order, its workflow, its audit rows or its mails', async () => {
    const orderId = await placed(await customer('SECRET'), 'pm_secret_token');
    await becomes(suite, orderId, 'in-fulfilment');
    const history = await suite.client.workflow.getHandle(orderId).fetchHistory();
    const { rows } = await suite.database.query<{ text: string }>(
      `SELECT to_jsonb(o)::text AS text FROM orders o WHERE id = $1 UNION ALL SELECT to_jsonb(a)::text FROM audit_log a WHERE order_id = $1
       UNION ALL SELECT to_jsonb(k)::text FROM idempotency_keys k UNION ALL SELECT to_jsonb(b)::text FROM outbox b
       UNION ALL SELECT to_jsonb(n)::text FROM notices n WHERE order_id = $1`,
      [orderId],
    );
    const payloads = (await dataConverter.payloadCodecs![0]!.decode(payloadsIn(history))).map(({ data }) =>
      Buffer.from(data!).toString(),
    );
    const kept = JSON.stringify([rows, payloads, await read(orderId)]);
    expect(payloads.join()).toContain('"paysByCard":true');
    expect(kept).not.toContain('pm_secret_token');
    const refused = await place('SECRET', '4242424242424242');
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: '/payment/token' }] } });
    expect(JSON.stringify(refused.body)).not.toContain('4242424242424242');
    expect(await place('SECRET', 'pm_card', undefined, { prepayment: true })).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/payment', code: 'prepayment' }] },
    });
  });

  it('P1: a declined card: the customer is told why, gives another by its own key, and the order goes on', async () => {
    const buyer = await customer('AGAIN');
    const orderId = await placed(buyer, 'pm_insufficient-funds');
    await becomes(suite, orderId, 'awaiting-card');
    const mail = await mailAbout(new RegExp(`${orderId}: your card was declined`));
    expect(mail.text).toContain('not enough money');
    expect(mail.text).toContain('2027-03-04');
    const { key } = (await api.post('/v1/api-keys', 'admin', { name: 'again', roles: ['customer'], customerId: buyer })).body;
    const order = (await api.get(`/v1/orders/${orderId}`, key)).body;
    expect(order.card).toMatchObject({ status: 'declined', declinedBecause: expect.stringContaining('not enough money') });
    const give = (token: string, as = key) => api.post(`/v1/orders/${orderId}/card`, as, { token });
    const other = (
      await api.post('/v1/api-keys', 'admin', {
        name: 'other',
        roles: ['customer'],
        customerId: await customer('STRANGER'),
      })
    ).body;
    expect((await give('pm_card', other.key)).status).toBe(404);
    expect((await give('4242-4242-4242-4242')).status).toBe(400);
    expect(await give('pm_declined')).toMatchObject({ status: 202, body: { status: 'awaiting-card', dueAt: order.card.dueAt } });
    await eventually(async () => (await read(orderId)).card.declinedBecause.includes('without saying why'));
    // Another refusal does not put the deadline off.
    expect((await read(orderId)).card.dueAt).toBe(order.card.dueAt);
    expect((await give('pm_card')).status).toBe(202);
    await becomes(suite, orderId, 'in-fulfilment');
    expect((await give('pm_card')).status).toBe(409);
    await ship(orderId);
    expect(await ended(orderId)).toEqual({ orderStatus: 'closed' });
    expect(taken).toEqual([30_000]);
  });

  it('X1: a gateway that is away, or that has held or taken the money and not said so, is asked again and does it once', async () => {
    const orderId = await placed(await customer('ROUGH'), 'pm_outage-and-timeout');
    await becomes(suite, orderId, 'in-fulfilment');
    await ship(orderId);
    expect(await ended(orderId)).toEqual({ orderStatus: 'closed' });
    expect(taken).toEqual([30_000]);
    expect(requests.filter((request) => request === `authorise ${orderId}:card:1`).length).toBeGreaterThan(2);
    expect(requests.filter((request) => request === `capture ${orderId}:card:1:capture`).length).toBeGreaterThan(1);
    expect(held.size).toBe(0);
    await checkInvariants(suite.database);
  });

  it('X1: a run that waits for PostgreSQL is not taken for dead, so that no other asks the gateway beside it', async () => {
    let beats = 0;
    const environment = new MockActivityEnvironment();
    environment.on('heartbeat', () => {
      beats += 1;
    });
    const waiting = { transaction: () => new Promise((resolve) => setTimeout(() => resolve(undefined), 1_500)) };
    const { holdRestOnCard } = createOrderCardActivities({ database: waiting as unknown as Database });
    await environment.run(holdRestOnCard, { orderId: 'ORD-1', at: instant('2027-03-01') });
    expect(beats).toBe(1);
  });

  it('P1: of more shipments each takes its own: what is held is taken in part, and the rest is held anew until it is not needed', async () => {
    const orderId = await placed(await customer('PARTS', true), 'pm_card', [
      { sku: 'UNIT', quantity: 1 },
      { sku: 'RARE', quantity: 2 },
    ]);
    await becomes(suite, orderId, 'in-fulfilment');
    await ship(orderId);
    await becomes(suite, orderId, 'back-ordered');
    await eventually(async () => [...held.values()].join() === '20000');
    expect(taken).toEqual([10_000]);
    await addStock(suite, 'RARE', 1, 5_000);
    await ship(orderId);
    await eventually(async () => [...held.values()].join() === '10000');
    expect(taken).toEqual([10_000, 10_000]);
    const cancelled = await api.post(`/v1/orders/${orderId}/cancel`, 'sales', { reason: 'the last one is not wanted' });
    expect(cancelled.body).toMatchObject({ cancelledUnits: 1 });
    expect(await ended(orderId)).toEqual({ orderStatus: 'closed' });
    expect(held.size).toBe(0);
    expect(taken).toEqual([10_000, 10_000]);
    await checkInvariants(suite.database);
  });

  it('P1, S3: goods under D-terms that were lost are owed again; cancelled then, nothing stays held for them', async () => {
    await addProduct(suite.database, 'LOST', 10_000, '0');
    await addStock(suite, 'LOST', 3, 5_000);
    const { body } = await place(await customer('FAR-AWAY'), 'pm_card', [{ sku: 'LOST', quantity: 3 }], { deliveryTerms: 'DAP' });
    const orderId: string = body.id;
    const [shipmentId] = await ship(orderId);
    await becomes(suite, orderId, 'shipped');
    const { carrier, trackingNumber } = (await api.get(`/v1/shipments/${shipmentId}`, 'shipping')).body;
    const { at } = await readClock(suite.database);
    const lost = { eventId: `${trackingNumber}-lost`, trackingNumber, kind: 'lost', occurredAt: at } as const;
    await suite.database.transaction((tx) => recordTracking(tx, { carrier, events: [lost], at }));
    const again = { decision: 'send-again', reason: 'agreed by phone' };
    expect((await api.post(`/v1/shipments/${shipmentId}/resolution`, 'shipping', again)).status).toBe(200);
    expect([...held.values()]).toEqual([30_000]);
    expect((await api.post(`/v1/orders/${orderId}/cancel`, 'sales', { reason: 'never mind' })).status).toBe(200);
    await becomes(suite, orderId, 'cancelled');
    await eventually(async () => held.size === 0);
  });

  it('P1: two shipments at once take their own from two authorisations, and nothing stays held', async () => {
    await addStock(suite, 'RARE', 1, 5_000, 'WH-NORTH');
    await addStock(suite, 'RARE', 1, 5_000, 'WH-SOUTH');
    const orderId = await placed(await customer('TWO'), 'pm_card', [{ sku: 'RARE', quantity: 2 }]);
    await ship(orderId, 2);
    expect(await ended(orderId)).toEqual({ orderStatus: 'closed' });
    expect(taken).toEqual([10_000, 10_000]);
    expect(held.size).toBe(0);
    await checkInvariants(suite.database);
  });

  it('P1: what cannot be taken leaves an ordinary open invoice, a task, and a customer who knows', async () => {
    const buyer = await customer('LAPSED');
    const orderId = await placed(buyer, 'pm_expires');
    await ship(orderId);
    await becomes(suite, orderId, 'invoiced');
    const [task] = await eventually(async () => {
      const found = await tasks(buyer);
      return found.length > 0 && found;
    });
    const [invoice] = await invoiced(suite, orderId);
    expect(task).toMatchObject({ kind: 'card-not-taken', role: 'receivables', orderId, invoiceId: invoice!.id });
    expect(invoice).toMatchObject({ openMinor: 30_000, status: 'open' });
    expect((await mailAbout(new RegExp(`${invoice!.id} could not be taken`))).text).toContain('did not hold the amount');
    expect(taken).toEqual([]);
    // It is paid as any other is: by another card, for example.
    await api.post(`/v1/invoices/${invoice!.id}/card-payments`, 'receivables', { paymentMethod: 'pm_card' });
    expect(await ended(orderId)).toEqual({ orderStatus: 'closed' });
    await checkInvariants(suite.database);
  });

  it('O4, P1: cancelling lets go of what is held; costing more than was held is refused, costing less takes less', async () => {
    const orderId = await placed(await customer('LESS'), 'pm_card');
    await becomes(suite, orderId, 'in-fulfilment');
    const amend = (quantity: number) =>
      api.post(`/v1/orders/${orderId}/amend`, 'sales', { revision: 1, lines: [{ lineNumber: 1, quantity }], reason: 'needs' });
    expect(await amend(4)).toMatchObject({ status: 409, body: { type: '/problems/paid-by-card' } });
    expect((await amend(2)).status).toBe(200);
    await ship(orderId);
    expect(await ended(orderId)).toEqual({ orderStatus: 'closed' });
    expect(taken).toEqual([20_000]);

    const other = await placed(await customer('NONE'), 'pm_card');
    await becomes(suite, other, 'in-fulfilment');
    await api.post(`/v1/orders/${other}/cancel`, 'sales', { reason: 'not wanted' });
    expect(await ended(other)).toEqual({ orderStatus: 'cancelled' });
    expect(held.size).toBe(0);
    expect(taken).toEqual([]);
  });

  it('X8, P1: an order that was cancelled and lost its workflow before its card was let go is found, and lets it go', async () => {
    const orderId = await placed(await customer('GONE'), 'pm_card');
    await becomes(suite, orderId, 'in-fulfilment');
    await suite.client.workflow.getHandle(orderId).terminate('lost with its database');
    const actor = { name: 'sales', verified: true };
    const at = await suite.now();
    await suite.database.transaction((tx) => cancelOrder(tx, { orderId, eventId: 'lost', actor, reason: 'not wanted', at }));
    const missing = async () => (await api.get('/v1/operations/workflows', 'admin')).body.missing;
    await eventually(async () => (await missing()).length > 0);
    expect(await missing()).toEqual([{ workflowId: orderId, ended: 'TERMINATED' }]);
    expect((await api.post('/v1/operations/workflows/restart', 'admin', { reason: 'a restore' })).body.restarted).toEqual([
      orderId,
    ]);
    await eventually(async () => held.size === 0);
    expect(await ended(orderId)).toEqual({ orderStatus: 'cancelled' });
    expect(await missing()).toEqual([]);
  });

  it('C6: who is on hold may buy by card', async () => {
    const buyer = await customer('LATE');
    await openingItem(suite, buyer, 50_000, '2027-01-01', '2027-01-31');
    const orderId = await placed(buyer, 'pm_card');
    await becomes(suite, orderId, 'in-fulfilment');
  });

  it('P1: what is held for too long is held anew before it is taken; a card that says no by then leaves an open invoice', async () => {
    const good = await placed(await customer('SLOW'), 'pm_card');
    await becomes(suite, good, 'in-fulfilment');
    const bad = await placed('SLOW', 'pm_only-once');
    await becomes(suite, bad, 'in-fulfilment');
    const missed = await placed('SLOW', 'pm_declined');
    await becomes(suite, missed, 'awaiting-card');
    // X8: a renewal that Temporal had taken, and lost, is asked for again.
    const isDueAgain = await suite.database
      .transaction(async (tx) => {
        const key = `card:renewal:${bad}:card:1`;
        await enqueue(tx, { kind: 'card-work', work: 'renewal', id: `${bad}:card:1` });
        await tx.query('UPDATE outbox SET delivered_at = now() WHERE key = $1', [key]);
        await deliverUnfinishedAgain(tx);
        throw (await tx.query('SELECT FROM outbox WHERE key = $1 AND delivered_at IS NULL', [key])).rowCount;
      })
      .catch((thrown: number) => thrown);
    expect(isDueAgain).toBe(1);
    await suite.advanceTo(instant('2027-03-09'));
    // Nobody gave another card by the deadline.
    expect(await ended(missed)).toEqual({ orderStatus: 'cancelled' });
    expect((await timeline(suite.database, missed)).map(({ action }) => action)).toContain('cancelled');
    await mailAbout(new RegExp(`${missed} cancelled[^]*no card`));

    await ship(good);
    expect(await ended(good)).toEqual({ orderStatus: 'closed' });
    expect(taken).toEqual([30_000]);
    expect(requests).toContain(`authorise ${good}:card:2`);
    await ship(bad);
    await eventually(async () => (await tasks('SLOW')).some(({ kind }: { kind: string }) => kind === 'card-not-taken'));
    expect(taken).toEqual([30_000]);
    const stillHeld = "SELECT key FROM card_authorisations WHERE order_id = ANY ($1) AND status = 'held'";
    await eventually(async () => (await suite.database.query(stillHeld, [[good, bad]])).rows.length === 0);
    await checkInvariants(suite.database);
  });
});
