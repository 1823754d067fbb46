import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelOrder } from '../../workflows/messages.ts';
import {
  addCustomer,
  addProduct,
  address,
  addStock,
  ask,
  becomes,
  invoiced,
  order,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
  timeline,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite, tester } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/* The way of a shipment from the packing table to the customer, through the API and the real engine. */
let suite: Suite;
let api: Api;
beforeAll(async () => {
  suite = await startSuite();
  api = await startApi(suite);
  await setUpCompany(suite.database);
  await addCustomer(suite.database, 'BUYER', { limitMinor: 100_000_000 });
  await addProduct(suite.database, 'DESK', 10_000);
  await addStock(suite, 'DESK', 1_000, 4_000);
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

/** An order of one desk to such a street, in the warehouse. */
async function released(street: string, rest: { requestedOn?: string } = {}): Promise<{ orderId: string; shipmentId: string }> {
  const orderId = await order(suite, 'BUYER', [{ sku: 'DESK', quantity: 2 }], { shipTo: { ...address, street }, ...rest });
  const [shipmentId] = await shipmentsInWork(suite, orderId);
  return { orderId, shipmentId: shipmentId! };
}

const booked = (shipmentId: string) =>
  suite.carrierRequests.filter(({ kind, key }) => kind === 'book' && key.startsWith(shipmentId)).map(({ key }) => key);

const tasksOf = async (orderId: string, kind: string) =>
  (await api.get(`/v1/tasks?orderId=${orderId}&kind=${kind}`, 'shipping')).body.items;

const actionsOf = async (orderId: string) => (await timeline(suite.database, orderId)).map(({ action }) => action);

/** An order whose carrier has refused it for good. */
async function refused(street: string) {
  const { orderId, shipmentId } = await released(street);
  await pickAndPack(suite, orderId, shipmentId);
  await eventually(async () => (await tasksOf(orderId, 'carrier-refused')).length > 0);
  return { orderId, shipmentId };
}

describe('a carrier that refuses', () => {
  it('S1: is not asked again until a person has corrected the address; then the order ships and bills', async () => {
    const { orderId, shipmentId } = await refused('1 sim-bad-address Road');
    expect(await tasksOf(orderId, 'carrier-refused')).toMatchObject([
      { role: 'shipping', status: 'open', title: `The carrier refuses ${shipmentId}: The address cannot be delivered to.` },
    ]);
    expect((await api.get(`/v1/shipments/${shipmentId}`, 'shipping')).body).toMatchObject({
      status: 'packed',
      carrierRefusal: { code: 'address' },
    });
    expect(booked(shipmentId)).toEqual([shipmentId]);

    const again = `/v1/shipments/${shipmentId}/ask-carrier-again`;
    expect((await api.post(again, 'warehouse', { reason: 'not mine' })).status).toBe(403);
    const shipTo = { ...address, street: '2 Dock Road' };
    expect(await api.post(again, 'shipping', { shipTo: { ...shipTo, country: 'Germany' }, reason: 'typo' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: '/shipTo/country' }] },
    });
    const key = { 'Idempotency-Key': `correct-${shipmentId}` };
    const corrected = await api.post(again, 'shipping', { shipTo, reason: 'the street was wrong' }, key);
    expect(corrected).toMatchObject({ status: 200, body: { shipmentId, status: 'packed', shipTo } });
    expect((await api.post(again, 'shipping', { shipTo, reason: 'the street was wrong' }, key)).body).toEqual(corrected.body);

    await invoiced(suite, orderId);
    expect(booked(shipmentId)).toEqual([shipmentId, `${shipmentId}:2`]);
    expect(await tasksOf(orderId, 'carrier-refused')).toMatchObject([{ status: 'completed', completedBy: 'shipping' }]);
    expect((await actionsOf(orderId)).filter((action) => action.startsWith('carrier'))).toEqual([
      'carrier-refused',
      'carrier-asked-again',
    ]);
    expect((await api.post(again, 'shipping', { reason: 'once more' })).status).toBe(409);
  });

  it('S1: and refuses again is another task; cancelling ends the wait, and gives everything back', async () => {
    const { orderId, shipmentId } = await refused('1 sim-too-heavy Road');
    await api.post(`/v1/shipments/${shipmentId}/ask-carrier-again`, 'shipping', { reason: 'weighed again' });
    await eventually(async () => (await tasksOf(orderId, 'carrier-refused')).length === 2);
    expect(await tasksOf(orderId, 'carrier-refused')).toMatchObject([{ status: 'completed' }, { status: 'open' }]);
    await ask(suite, orderId, cancelOrder, { reason: 'cannot be sent', actor: tester });
    expect(await suite.client.workflow.getHandle(orderId).result()).toEqual({ orderStatus: 'cancelled' });
    expect(await tasksOf(orderId, 'carrier-refused')).toMatchObject([{ status: 'completed' }, { status: 'cancelled' }]);
    expect(booked(shipmentId)).toEqual([shipmentId, `${shipmentId}:2`]);
    await checkInvariants(suite.database);
  });

  it('S1: an outage is no refusal: it is tried again without anybody', async () => {
    const { orderId, shipmentId } = await released('1 sim-outage Road');
    await pickAndPack(suite, orderId, shipmentId);
    await becomes(suite, orderId, 'invoiced');
    expect(booked(shipmentId)).toEqual([shipmentId, shipmentId]);
    expect(await tasksOf(orderId, 'carrier-refused')).toEqual([]);
  });
});
