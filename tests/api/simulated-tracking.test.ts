import { afterAll, beforeAll, expect, it } from 'vitest';
import { runDueJobs } from '../../db/transactions/run-job.ts';
import { plusSeconds } from '../../domain/time.ts';
import {
  addCustomer,
  addProduct,
  address,
  addStock,
  instant,
  invoiced,
  order,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
  timeline,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { type Suite, startSuite } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/* A local stack's carrier reports by itself, by the company clock. Nothing goes wrong but what an address asks for. */
let suite: Suite;
let api: Api;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-01', '08:00:00'));
  api = await startApi(suite);
  await setUpCompany(suite.database);
  await addCustomer(suite.database, 'BUYER', { limitMinor: 100_000_000 });
  await addProduct(suite.database, 'DESK', 10_000);
  await addStock(suite, 'DESK', 100, 4_000);
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

async function underWay(street: string) {
  const orderId = await order(suite, 'BUYER', [{ sku: 'DESK', quantity: 1 }], { shipTo: { ...address, street } });
  const [shipmentId] = await shipmentsInWork(suite, orderId);
  await pickAndPack(suite, orderId, shipmentId!);
  await invoiced(suite, orderId);
  return { orderId, shipmentId: shipmentId! };
}
const shipment = async (id: string) => (await api.get(`/v1/shipments/${id}`, 'shipping')).body;
const eventsOf = async (id: string) => (await api.get(`/v1/tracking-events?shipmentId=${id}`, 'shipping')).body.items;

it('S3, X7: the clock carries what the carrier reports; without a simulated carrier there is silence', async () => {
  const before = await underWay('1 Dock Road');
  await runDueJobs(suite.database, { at: await suite.now() });
  await suite.database.query(
    "INSERT INTO carrier_simulations (carrier, trouble_share, since) VALUES ('Parcel Simulator', 0, $1)",
    [await suite.now()],
  );
  const smooth = await underWay('1 Dock Road');
  const mixed = await underWay('1 sim-shuffled sim-twice Road');
  const lost = await underWay('1 sim-lost Road');
  const returned = await underWay('1 sim-returned Road');
  const start = await suite.now();
  await suite.advanceTo(plusSeconds(start, 30 * 3_600));
  expect((await shipment(smooth.shipmentId)).tracking).toMatchObject({ status: 'in-transit' });
  expect(await eventsOf(mixed.shipmentId)).toEqual([]);

  await suite.advanceTo(plusSeconds(start, 120 * 3_600));
  for (const { orderId, shipmentId } of [smooth, mixed]) {
    const { status, shippedAt, deliveredAt } = await shipment(shipmentId);
    expect([status, deliveredAt]).toEqual(['delivered', plusSeconds(shippedAt, 48 * 3_600)]);
    expect(await eventsOf(shipmentId)).toHaveLength(4);
    expect((await timeline(suite.database, orderId)).filter(({ action }) => action === 'delivered')).toHaveLength(1);
  }
  expect((await shipment(lost.shipmentId)).tracking.status).toBe('lost');
  expect((await api.get(`/v1/returns?orderId=${returned.orderId}`, 'sales')).body.items).toMatchObject([
    { cause: 'returned-to-sender', status: 'approved' },
  ]);
  expect(await shipment(before.shipmentId)).toMatchObject({ status: 'shipped', tracking: null });
  await checkInvariants(suite.database);
});

it('S3, X1: asked at once and again, every report is made once', async () => {
  const { shipmentId } = await underWay('1 Dock Road');
  const at = plusSeconds(await suite.now(), 60 * 3_600);
  // The first look plans, and whoever looks at the same time leaves it to it.
  for (const minutes of [0, 1, 2]) {
    const look = { at: plusSeconds(at, minutes * 60) };
    await Promise.all(Array.from({ length: 4 }, () => runDueJobs(suite.database, look)));
  }
  expect(await eventsOf(shipmentId)).toHaveLength(4);
  const { rows } = await suite.database.query(
    'SELECT 1 FROM simulated_reports GROUP BY tracking_number HAVING count(*) NOT IN (3, 4, 8)',
  );
  expect(rows).toEqual([]);
});
