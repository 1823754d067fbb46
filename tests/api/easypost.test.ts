import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEasyPost } from '../../ports/adapters/easypost.ts';
import type { CarrierPort, Parcel } from '../../ports/carrier.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  instant,
  invoiced,
  order,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
} from '../company.ts';
import { type Suite, startSuite } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/* EasyPost as far as we use it: what it answers has the shape of recorded answers of its test mode, of 2025. */
interface Stored {
  id: string;
  reference: string | null;
  tracking_code: string | null;
  selected_rate: object | null;
  rates: {
    id: string;
    carrier: string;
    service: string;
    rate: string;
    currency: string;
    delivery_days: number | null;
    est_delivery_days: number | null;
  }[];
  messages: { carrier: string; type: string; message: string }[];
}
interface Sent {
  shipment?: { reference?: string };
  rate?: { id: string };
}
const shipments: Stored[] = [];
const requests: { method: string; path: string; body: Sent | undefined; authorization: string | undefined }[] = [];
let instead: ((method: string, path: string) => { status: number; body: object; after?: true } | undefined) | undefined;
let takesNothing = false;

function answer(method: string, path: string, body: Sent | undefined): { status: number; body: object } {
  const [, , kind, id, action] = path.split('/');
  const found = shipments.find(
    (each) => each.id === id || (each.reference !== null && each.reference === decodeURIComponent(id ?? '')),
  );
  const missing = {
    status: 404,
    body: { error: { code: 'NOT_FOUND', message: 'The requested resource could not be found.', errors: [] } },
  };
  if (method === 'POST' && kind === 'refunds') return { status: 201, body: [{ object: 'Refund', status: 'submitted' }] };
  if (kind !== 'shipments') return missing;
  if (method === 'POST' && id === undefined) {
    const rate = (number: number, carrier: string, service: string, price: string, days: number | null) => ({
      id: `rate_${shipments.length}${number}`,
      carrier,
      service,
      rate: price,
      currency: 'USD',
      delivery_days: days,
      est_delivery_days: days,
    });
    shipments.push({
      id: `shp_${shipments.length}`,
      reference: body?.shipment?.reference ?? null,
      tracking_code: null,
      selected_rate: null,
      rates: takesNothing
        ? []
        : [
            rate(1, 'USPS', 'Express', '34.15', 1),
            rate(2, 'USPS', 'Priority', '7.42', 2),
            rate(3, 'UPS', 'Ground', '6.07', null),
          ],
      messages: [{ carrier: 'UPS', type: 'rate_error', message: 'Account numbers should be 6 characters or less.' }],
    });
    return { status: 201, body: shipments.at(-1)! };
  }
  if (!found) return missing;
  if (action === 'buy') {
    if (found.tracking_code) {
      return {
        status: 422,
        body: { error: { code: 'SHIPMENT.POSTAGE.EXISTS', message: 'Postage already exists for this shipment.', errors: [] } },
      };
    }
    found.tracking_code = `9400${found.id}`;
    found.selected_rate = found.rates.find((each) => each.id === body?.rate?.id)!;
  }
  return { status: 200, body: found };
}

let server: Server;
let easyPost: CarrierPort;
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '' } = request;
      const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : undefined;
      requests.push({ method, path, body, authorization: request.headers.authorization });
      const other = instead?.(method, path);
      const real = other && !other.after ? other : answer(method, path, body);
      const { status, body: said } = other ?? real;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  easyPost = createEasyPost({ apiKey: 'EZTK123', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
afterAll(() => server?.close());
beforeEach(() => {
  shipments.length = 0;
  requests.length = 0;
  instead = undefined;
  takesNothing = false;
});

const parcel: Parcel = {
  shipFrom: { name: 'North', street: '1 Dock Road', city: 'Portland', postalCode: '97201', country: 'US' },
  shipTo: { name: 'Ada', street: '2 Elm Street', city: 'Salem', postalCode: '97301', country: 'US' },
  weightGrams: 1_500,
};
const book = (service = 'USPS Priority') => easyPost.book({ key: 'SHP-1', service, ...parcel });
const asked = () => requests.map(({ method, path }) => `${method} ${path.replace('/v2', '')}`);

describe('EasyPost', () => {
  it('S1: tells what each service costs and takes; one that does not say takes long', async () => {
    expect(await easyPost.rates(parcel)).toEqual([
      { carrier: 'USPS', service: 'USPS Express', currency: 'USD', priceMinor: 3_415, transitDays: 1 },
      { carrier: 'USPS', service: 'USPS Priority', currency: 'USD', priceMinor: 742, transitDays: 2 },
      { carrier: 'UPS', service: 'UPS Ground', currency: 'USD', priceMinor: 607, transitDays: 30 },
    ]);
    expect(requests[0]).toMatchObject({
      authorization: `Basic ${Buffer.from('EZTK123:').toString('base64')}`,
      body: {
        shipment: {
          to_address: { street1: '2 Elm Street', zip: '97301' },
          from_address: { name: 'North' },
          parcel: { weight: 53 },
        },
      },
    });
  });

  it('S2: books the service under our key, once, however often it is asked for', async () => {
    const booking = { carrier: 'USPS', trackingNumber: '9400shp_0' };
    expect(await book()).toEqual(booking);
    expect(asked()).toEqual(['GET /shipments/SHP-1', 'POST /shipments', 'POST /shipments/shp_0/buy']);
    expect(await book()).toEqual(booking);
    expect(shipments).toHaveLength(1);
  });

  it('X1: an answer that was lost, before or after the label was bought, leads to no second one', async () => {
    instead = (method, path) =>
      method === 'POST' && path === '/v2/shipments' ? { status: 503, body: {}, after: true } : undefined;
    await expect(book()).rejects.toThrow('503');
    instead = (_, path) => (path.endsWith('/buy') ? { status: 500, body: {}, after: true } : undefined);
    await expect(book()).rejects.toThrow('500');
    instead = undefined;
    expect(await book()).toEqual({ carrier: 'USPS', trackingNumber: '9400shp_0' });
    expect(shipments).toHaveLength(1);
    // Two at once: the slower one finds the postage bought.
    shipments[0]!.tracking_code = null;
    instead = (_, path) => {
      if (path.endsWith('/buy'))
        Object.assign(shipments[0]!, { tracking_code: '9400other', selected_rate: shipments[0]!.rates[1] });
      return undefined;
    };
    expect(await book()).toEqual({ carrier: 'USPS', trackingNumber: '9400other' });
  });

  it('S1: a no for good is a refusal with its reasons; credentials, limits and outages are thrown', async () => {
    takesNothing = true;
    expect(await book()).toEqual({ refused: { code: 'other', reason: 'UPS: Account numbers should be 6 characters or less.' } });
    const error = {
      code: 'ADDRESS.VERIFY.FAILURE',
      message: 'Unable to verify address.',
      errors: [{ field: 'street1', message: 'House number is missing' }],
    };
    instead = (method, path) => (method === 'POST' && path === '/v2/shipments' ? { status: 422, body: { error } } : undefined);
    shipments.length = 0;
    expect(await book()).toEqual({
      refused: { code: 'address', reason: 'Unable to verify address. street1 House number is missing' },
    });
    for (const status of [401, 402, 429, 503]) {
      instead = () => ({ status, body: { error: { code: 'X', message: 'X' } } });
      await expect(book()).rejects.toThrow(String(status));
    }
  });

  it('S1: a booking is given back by carrier and number, and twice is fine', async () => {
    await easyPost.void({ carrier: 'USPS', trackingNumber: '9400' });
    expect(requests.at(-1)).toMatchObject({
      path: '/v2/refunds',
      body: { refund: { carrier: 'USPS', tracking_codes: ['9400'] } },
    });
    instead = () => ({ status: 422, body: { error: { code: 'REFUND.EXISTS', message: 'Already refunded.', errors: [] } } });
    await easyPost.void({ carrier: 'USPS', trackingNumber: '9400' });
  });
});

describe('orders that EasyPost books', () => {
  let suite: Suite;
  let api: Api;
  const secret = 'a secret of ours';
  beforeAll(async () => {
    suite = await startSuite({ dependencies: { carrier: easyPost } });
    await suite.setClock(instant('2027-03-01'));
    await setUpCompany(suite.database);
    api = await startApi(suite, { easyPostSecrets: [secret] });
    await addCustomer(suite.database, 'BUYER', { limitMinor: 1_000_000 });
    await addProduct(suite.database, 'LAMP', 1_000);
    await addStock(suite, 'LAMP', 10, 500);
  });
  afterAll(async () => {
    await api?.stop();
    await suite?.stop();
  });
  const packed = async (): Promise<{ orderId: string; shipmentId: string }> => {
    const orderId = await order(suite, 'BUYER', [{ sku: 'LAMP', quantity: 1 }]);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    return { orderId, shipmentId: shipmentId! };
  };
  const send = (event: object, signedWith = secret) => {
    const raw = JSON.stringify(event);
    const signature = createHmac('sha256', signedWith).update(raw).digest('hex');
    return api.ask('POST', '/v1/webhooks/easypost', { raw, headers: { 'X-Hmac-Signature': `hmac-sha256-hex=${signature}` } });
  };

  it('S2, S3: the cheapest service is booked, and its signed tracker says that the parcel has arrived, once', async () => {
    const { orderId, shipmentId } = await packed();
    await invoiced(suite, orderId);
    const read = async () => (await api.get(`/v1/shipments/${shipmentId}`, 'shipping')).body;
    const { trackingNumber } = await read();
    expect(await read()).toMatchObject({ carrier: 'UPS', status: 'shipped' });
    const step = (status: string, datetime: string) => ({
      object: 'TrackingDetail',
      status,
      datetime,
      message: status,
      tracking_location: { city: 'Salem' },
    });
    const event = {
      id: 'evt_1',
      description: 'tracker.updated',
      result: {
        object: 'Tracker',
        id: 'trk_1',
        tracking_code: trackingNumber,
        carrier: 'UPS',
        weight: 17.6,
        tracking_details: [
          step('pre_transit', '2027-03-01T10:00:00Z'),
          step('in_transit', '2027-03-01T18:00:00Z'),
          step('delivered', '2027-03-02T11:00:00Z'),
        ],
      },
    };
    expect((await send(event, 'another secret')).status).toBe(401);
    expect((await send(event)).body).toEqual({ received: 2, known: 0, parked: 0 });
    expect((await send(event)).body).toEqual({ received: 0, known: 2, parked: 0 });
    expect(await read()).toMatchObject({ status: 'delivered', tracking: { status: 'delivered' } });
    expect((await send({ id: 'evt_2', description: 'batch.created', result: { object: 'Batch' } })).body.received).toBe(0);
    expect((await send({ ...event, result: { object: 'Tracker' } })).status).toBe(400);
  });

  it('S1: what nobody takes is booked by hand, goes under that number, and is nobody’s to give back', async () => {
    takesNothing = true;
    const { orderId, shipmentId } = await packed();
    const path = `/v1/shipments/${shipmentId}/ask-carrier-again`;
    const booking = { carrier: 'Courier', trackingNumber: 'C-1' };
    await expect
      .poll(async () => (await api.get(`/v1/shipments/${shipmentId}`, 'shipping')).body.carrierRefusal, { timeout: 15_000 })
      .not.toBeNull();
    expect((await api.post(path, 'shipping', { booking, reason: 'by bicycle' })).status).toBe(200);
    await invoiced(suite, orderId);
    expect((await api.get(`/v1/shipments/${shipmentId}`, 'shipping')).body).toMatchObject({ status: 'shipped', ...booking });
    expect(requests.filter(({ path: to }) => to.endsWith('/buy'))).toEqual([]);

    const other = await packed();
    await expect
      .poll(async () => (await api.get(`/v1/shipments/${other.shipmentId}`, 'shipping')).body.carrierRefusal, { timeout: 15_000 })
      .not.toBeNull();
    const twice = await api.post(`/v1/shipments/${other.shipmentId}/ask-carrier-again`, 'shipping', { booking, reason: 'again' });
    expect(twice).toMatchObject({ status: 422, body: { errors: [{ path: '/booking/trackingNumber', code: 'in-use' }] } });
  });
});
