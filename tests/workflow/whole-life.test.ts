import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmDelivery } from '../../db/transactions/confirm-delivery.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  announced,
  exposure,
  invoicesOf,
  openShipments,
  order,
  orderStatus,
  pay,
  pickAndPack,
  setUpCompany,
  trialBalance,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite, tester } from '../suite.ts';

let suite: Suite;
beforeAll(async () => {
  suite = await startSuite();
  await setUpCompany(suite.database);
  await addProduct(suite.database, 'CHAIR', 50_000);
  await addCustomer(suite.database, 'CUST-1', { limitMinor: 1_000_000 });
  await addStock(suite, 'CHAIR', 10, 30_000);
});
afterAll(() => suite?.stop());

describe('the whole life of an order', () => {
  it('C1, F1, I1, P1, O5, X4: an approved returning customer goes from order to cash, and everybody hears once of each turn', async () => {
    const orderId = await order(suite, 'CUST-1', [{ sku: 'CHAIR', quantity: 2 }]);
    const [shipmentId] = await eventually(async () => {
      const found = await openShipments(suite.database, orderId);
      return found.length > 0 && found;
    });
    expect(await orderStatus(suite.database, orderId)).toBe('in-fulfilment');
    expect(await exposure(suite.database, 'CUST-1')).toBe(120_000);

    expect(await pickAndPack(suite, orderId, shipmentId!)).toMatchObject({ shipmentStatus: 'packed' });
    const [invoice] = await eventually(async () => {
      const found = await invoicesOf(suite.database, orderId);
      return found.length > 0 && found;
    });
    expect(invoice).toMatchObject({ grossMinor: 120_000, openMinor: 120_000 });
    expect(await eventually(async () => (await orderStatus(suite.database, orderId)) === 'invoiced')).toBe(true);
    expect(await exposure(suite.database, 'CUST-1')).toBe(120_000);

    await pay(suite, 'CUST-1', 120_000, `invoice ${invoice!.id}`);
    await eventually(async () => (await orderStatus(suite.database, orderId)) === 'closed');
    expect(await suite.client.workflow.getHandle(orderId).result()).toEqual({ orderStatus: 'closed' });
    expect(await exposure(suite.database, 'CUST-1')).toBe(0);
    expect(await trialBalance(suite.database)).toEqual({
      bank: 120_000,
      inventory: 240_000,
      'cost-of-goods-sold': 60_000,
      revenue: -100_000,
      'tax-payable': -20_000,
      'goods-received-clearing': -300_000,
    });
    const delivery = { shipmentId: shipmentId!, actor: tester, at: await suite.now() };
    for (const _ of ['once', 'again']) await suite.database.transaction((tx) => confirmDelivery(tx, delivery));
    suite.delivery.deliverSoon();
    await eventually(async () => suite.mails.length >= 5);
    expect(suite.mails.map((mail) => mail.subject).sort()).toEqual([
      expect.stringMatching(/^Invoice INV/),
      `Order ${orderId} accepted`,
      expect.stringMatching(/^Payment of/),
      `Shipment ${shipmentId} has arrived`,
      `Shipment ${shipmentId} is on its way`,
    ]);
    expect(await announced(suite.database, 'CUST-1')).toEqual([
      `order.accepted ${orderId} 1`,
      `shipment.shipped ${shipmentId} 1`,
      `invoice.issued ${invoice!.id} 1`,
      expect.stringMatching(/^payment.received PAY-\d+ 1$/),
      `shipment.delivered ${shipmentId} 2`,
    ]);
    // The budget of docs/performance.md: a change that costs an order another task or event has to say so here.
    const { events } = await suite.client.workflow.getHandle(orderId).fetchHistory();
    const workflowTasks = events!.filter((event) => event.workflowTaskCompletedEventAttributes).length;
    expect(workflowTasks).toBeLessThanOrEqual(5);
    expect(events!.length).toBeLessThanOrEqual(30 + (workflowTasks - 4) * 3);
    await checkInvariants(suite.database);
  });
});
