import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gs1CheckDigit } from '../../domain/sscc.ts';
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

const beginning = (pdf: Buffer): string => pdf.subarray(0, 5).toString();

describe('labels and work orders', () => {
  it('F4: the work order is there as JSON and, with barcodes, as PDF, before and after the pick', async () => {
    const { shipmentId } = await released('1 Dock Road');
    const path = `/v1/shipments/${shipmentId}/work-order`;
    expect((await api.get(path, 'warehouse')).body).toMatchObject({
      id: shipmentId,
      lines: [{ sku: 'DESK', quantity: 2 }],
      cartons: [],
    });
    const printed = await api.get(`${path}.pdf`, 'warehouse');
    expect([printed.status, printed.headers.get('content-type'), beginning(printed.body)]).toEqual([
      200,
      'application/pdf',
      '%PDF-',
    ]);
    expect((await api.get('/v1/shipments/SHP-1/work-order.pdf', 'warehouse')).status).toBe(404);
  });

  it('S2: cartons get their SSCC when they are packed, and labels with the booking', async () => {
    const { orderId, shipmentId } = await released('1 ^XZ_Straße 北');
    const label = `/v1/shipments/${shipmentId}/label`;
    expect(await api.get(`${label}.pdf`, 'shipping')).toMatchObject({ status: 409, body: { type: '/problems/no-label-yet' } });
    const cartons = [{ weightGrams: 700 }, { weightGrams: 400 }];
    expect((await api.post(`/v1/shipments/${shipmentId}/pick`, 'warehouse', { cartons })).status).toBe(400);
    expect((await api.post(`/v1/shipments/${shipmentId}/pick`, 'warehouse', {})).body.status).toBe('packing');
    expect(await api.post(`/v1/shipments/${shipmentId}/pack`, 'warehouse', { cartons: [{ weightGrams: 0 }] })).toMatchObject({
      status: 400,
      body: { errors: [{ path: '/cartons/0/weightGrams' }] },
    });
    expect((await api.post(`/v1/shipments/${shipmentId}/pack`, 'warehouse', { cartons })).body.status).toBe('packed');
    await invoiced(suite, orderId);
    const work = (await api.get(`/v1/shipments/${shipmentId}/work-order`, 'warehouse')).body;
    expect(work.cartons).toMatchObject([
      { number: 1, weightGrams: 700 },
      { number: 2, weightGrams: 400 },
    ]);
    const ssccs: string[] = work.cartons.map(({ sscc }: { sscc: string }) => sscc);
    for (const sscc of ssccs) {
      expect(sscc).toMatch(/^09521234\d{10}$/);
      expect(gs1CheckDigit(sscc.slice(0, 17))).toBe(sscc[17]);
    }
    expect(ssccs[0]).not.toBe(ssccs[1]);

    const [pdf, copy, zpl] = await Promise.all(['.pdf', '.pdf', '.zpl'].map((kind) => api.get(label + kind, 'shipping')));
    expect([pdf!.status, pdf!.headers.get('content-type'), beginning(pdf!.body)]).toEqual([200, 'application/pdf', '%PDF-']);
    expect(pdf!.body.equals(copy!.body)).toBe(true);
    expect(zpl!.status).toBe(200);
    const text = zpl!.body.toString('utf8');
    expect(text.match(/\^XA/g)).toHaveLength(2);
    // What stands in an address is no command to the printer.
    expect(text.match(/\^XZ/g)).toHaveLength(2);
    expect(text).toContain('^FD1 _5eXZ_5fStraße 北^FS');
    for (const sscc of ssccs) expect(text).toContain(`>;>800${sscc}^FS`);
    expect(text).toContain(work.trackingNumber);
  });

  it('S2: SSCCs begin with the company’s own prefix', async () => {
    const company = (await api.get('/v1/company', 'admin')).body;
    expect(company.gs1CompanyPrefix).toBe('9521234');
    expect(await api.put('/v1/company', 'admin', { ...company, gs1CompanyPrefix: '12' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: '/gs1CompanyPrefix' }] },
    });
    expect((await api.put('/v1/company', 'admin', { ...company, gs1CompanyPrefix: '4012345' })).status).toBe(200);
    const { orderId, shipmentId } = await released('1 Dock Road');
    await pickAndPack(suite, orderId, shipmentId);
    const { cartons } = (await api.get(`/v1/shipments/${shipmentId}`, 'warehouse')).body;
    expect(cartons).toMatchObject([{ number: 1, weightGrams: 1_000, sscc: expect.stringMatching(/^04012345/) }]);
    await api.put('/v1/company', 'admin', company);
  });
});

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
