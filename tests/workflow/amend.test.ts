import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { missPrepayment } from '../../db/transactions/prepay-order.ts';
import { invoicePdf } from '../../documents/invoice-pdf.ts';
import { isRefused } from '../../domain/failures.ts';
import { type Amendment, amendOrder, cancelOrder, confirmPack, confirmPick, decideCredit } from '../../workflows/messages.ts';
import {
  addCustomer,
  addProduct,
  address,
  addStock,
  ask,
  becomes,
  exposure,
  instant,
  invoiced,
  invoicesOf,
  openingItem,
  openShipments,
  order,
  orderStatus,
  pay,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
  timeline,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite, tester } from '../suite.ts';

/* Customers change their minds between the order and the pick. CHAIR costs 100.00 and bears 20 % tax: 120.00 a unit. */
let suite: Suite;
let count = 0;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-01', '08:00:00'));
  await setUpCompany(suite.database);
  await addProduct(suite.database, 'CHAIR', 10_000);
  await addProduct(suite.database, 'TABLE', 50_000);
  await addStock(suite, 'CHAIR', 500, 4_000);
  await addStock(suite, 'TABLE', 20, 20_000);
});
afterEach(() => checkInvariants(suite.database));
afterAll(() => suite?.stop());

async function customer(given: Parameters<typeof addCustomer>[2] = { limitMinor: 1_000_000 }): Promise<string> {
  count += 1;
  const id = `MIND-${count}`;
  await addCustomer(suite.database, id, given);
  return id;
}

const amend = (orderId: string, change: Partial<Amendment>) =>
  ask(suite, orderId, amendOrder, { revision: 1, reason: 'changed their mind', actor: tester, ...change });

async function stock(sku: string): Promise<{ onHand: number; reserved: number }> {
  const { rows } = await suite.database.query<{ onHand: number; reserved: number }>(
    'SELECT sum(on_hand)::int AS "onHand", sum(reserved)::int AS reserved FROM stock WHERE sku = $1',
    [sku],
  );
  return rows[0]!;
}

/** Everything that a refused amendment must leave alone. */
async function world(orderId: string) {
  const read = async (statement: string) => (await suite.database.query(statement, [orderId])).rows;
  return {
    order: await read('SELECT status, revision, gross_minor, ship_to, requested_on FROM orders WHERE id = $1'),
    lines: await read('SELECT * FROM order_lines WHERE order_id = $1 ORDER BY line_number'),
    holds: await read('SELECT * FROM credit_holds WHERE order_id = $1'),
    shipments: await read('SELECT id, status FROM shipments WHERE order_id = $1 ORDER BY id'),
    reservations: await read('SELECT * FROM reservations WHERE order_id = $1 ORDER BY shipment_id, line_number'),
  };
}

describe('an order is amended', () => {
  it('O4: in the warehouse: fewer of one, more of another, and the warehouse gets a new shipment for the old one', async () => {
    const id = await customer();
    const before = { chair: await stock('CHAIR'), table: await stock('TABLE') };
    const orderId = await order(suite, id, [
      { sku: 'CHAIR', quantity: 4 },
      { sku: 'TABLE', quantity: 1 },
    ]);
    const [first] = await shipmentsInWork(suite, orderId);
    const lines = [
      { lineNumber: 1, quantity: 1 },
      { lineNumber: 2, quantity: 3 },
    ];
    const outcome = await amend(orderId, { lines, requestedOn: '2027-04-01', shipTo: { ...address, city: 'Bremen' } });
    // 1 × 120.00 + 3 × 600.00
    expect(outcome).toMatchObject({ revision: 2, grossMinor: 192_000, cancelledShipments: [first] });
    expect(await exposure(suite.database, id)).toBe(192_000);
    const [second] = await shipmentsInWork(suite, orderId);
    expect(second).not.toBe(first);
    expect((await stock('CHAIR')).reserved).toBe(before.chair.reserved + 1);
    expect((await stock('TABLE')).reserved).toBe(before.table.reserved + 3);
    await expect(pickAndPack(suite, orderId, first!)).rejects.toMatchObject({ cause: { type: 'Refusal' } });
    await pickAndPack(suite, orderId, second!);
    expect(await invoiced(suite, orderId)).toMatchObject([{ grossMinor: 192_000 }]);
    const { rows } = await suite.database.query("SELECT ship_to ->> 'city' AS city FROM shipments WHERE id = $1", [second]);
    expect(rows).toEqual([{ city: 'Bremen' }]);
    const amended = (await timeline(suite.database, orderId)).filter(({ action }) => action === 'amended');
    expect(amended).toMatchObject([{ actor: 'tester', verified: true }]);
    await eventually(async () => suite.mails.find(({ subject }) => subject === `Order ${orderId} has been changed`));
    await pay(suite, id, 192_000, (await invoicesOf(suite.database, orderId))[0]!.id);
    await becomes(suite, orderId, 'closed');
    expect(await exposure(suite.database, id)).toBe(0);
  });

  it('O4, C1: over the limit: made smaller it fits, goes on by itself, and its task goes away', async () => {
    const id = await customer({ limitMinor: 100_000 });
    const orderId = await order(suite, id, [{ sku: 'CHAIR', quantity: 10 }]);
    await becomes(suite, orderId, 'over-limit');
    expect(await amend(orderId, { lines: [{ lineNumber: 1, quantity: 8 }] })).toMatchObject({ grossMinor: 96_000 });
    await shipmentsInWork(suite, orderId);
    expect(await exposure(suite.database, id)).toBe(96_000);
    const { rows } = await suite.database.query('SELECT status FROM tasks WHERE order_id = $1', [orderId]);
    expect(rows).toEqual([{ status: 'cancelled' }]);
  });

  it('O4, C2: in review: the analyst gets a new task over the amended amount', async () => {
    const id = await customer({});
    const orderId = await order(suite, id, [{ sku: 'CHAIR', quantity: 2 }]);
    await becomes(suite, orderId, 'credit-review');
    await amend(orderId, { lines: [{ lineNumber: 1, quantity: 5 }] });
    await eventually(async () => {
      const { rows } = await suite.database.query<{ status: string; gross: number }>(
        `SELECT status, (details -> 'orderGrossMinor')::int AS gross FROM tasks WHERE order_id = $1 ORDER BY id`,
        [orderId],
      );
      expect(rows).toEqual([
        { status: 'cancelled', gross: 24_000 },
        { status: 'open', gross: 60_000 },
      ]);
      return true;
    });
  });

  it('O4: agreed units keep their price, added ones cost what they cost today, and the invoice shows both', async () => {
    const id = await customer();
    await addProduct(suite.database, 'LAMP', 1_000);
    await addStock(suite, 'LAMP', 10, 400);
    const orderId = await order(suite, id, [{ sku: 'LAMP', quantity: 2 }]);
    await shipmentsInWork(suite, orderId);
    await suite.database.query("UPDATE prices SET unit_price_minor = 1500 WHERE sku = 'LAMP'");
    const change = { lines: [{ lineNumber: 1, quantity: 3, expectedUnitPriceMinor: 1_000 }] };
    expect(await amend(orderId, change)).toMatchObject({
      refused: { type: 'invalid-amendment', faults: [{ path: '/lines/0/expectedUnitPriceMinor', code: 'price-changed' }] },
    });
    expect(await amend(orderId, { lines: [{ lineNumber: 1, quantity: 3 }] })).toMatchObject({ netMinor: 3_500 });
    await pickAndPack(suite, orderId, (await shipmentsInWork(suite, orderId))[0]!);
    await invoiced(suite, orderId);
    const { rows } = await suite.database.query(
      'SELECT il.line_number, il.quantity, il.unit_price_minor FROM invoice_lines il JOIN invoices i ON i.id = il.invoice_id WHERE i.order_id = $1 ORDER BY 1',
      [orderId],
    );
    expect(rows).toEqual([
      { line_number: 1, quantity: 2, unit_price_minor: 1_000 },
      { line_number: 2, quantity: 1, unit_price_minor: 1_500 },
    ]);
  });

  it('O4, F3: partly shipped: more units follow in another shipment; taking the open ones off bills what has left', async () => {
    const id = await customer({ limitMinor: 1_000_000, backOrderAllowed: true });
    await addProduct(suite.database, 'SOFA', 10_000);
    await addStock(suite, 'SOFA', 2, 4_000);
    const orderId = await order(suite, id, [{ sku: 'SOFA', quantity: 3 }]);
    await pickAndPack(suite, orderId, (await shipmentsInWork(suite, orderId))[0]!);
    await becomes(suite, orderId, 'back-ordered');
    expect(await amend(orderId, { lines: [{ lineNumber: 1, quantity: 5 }] })).toMatchObject({ revision: 2 });
    expect(await exposure(suite.database, id)).toBe(60_000);
    await addStock(suite, 'SOFA', 1, 4_000);
    await pickAndPack(suite, orderId, (await shipmentsInWork(suite, orderId))[0]!);
    await becomes(suite, orderId, 'back-ordered');
    expect(await amend(orderId, { revision: 2, lines: [{ lineNumber: 1, quantity: 3 }] })).toMatchObject({
      orderStatus: 'invoiced',
    });
    expect(await exposure(suite.database, id)).toBe(36_000);
  });

  it('O4, O1, C3 (regression): a quantity break does not outlive its quantity: what is left is priced anew, and what has left is not', async () => {
    const id = await customer({ limitMinor: 1_000_000, backOrderAllowed: true });
    await addProduct(suite.database, 'BULK', 10_000);
    await addStock(suite, 'BULK', 14, 4_000);
    await suite.database.query("INSERT INTO price_lists (id, name, currency, at) VALUES ('TENS', 'Tens', 'EUR', now())");
    await suite.database.query(
      "INSERT INTO list_prices (price_list_id, sku, minimum_quantity, unit_price_minor) VALUES ('TENS', 'BULK', 10, 8_000)",
    );
    const ten = [{ sku: 'BULK', quantity: 10 }];
    const whole = await order(suite, id, ten);
    await shipmentsInWork(suite, whole);
    expect(await exposure(suite.database, id)).toBe(96_000);
    expect(await amend(whole, { lines: [{ lineNumber: 1, quantity: 9, expectedUnitPriceMinor: 8_000 }] })).toMatchObject({
      refused: { faults: [{ path: '/lines/0/expectedUnitPriceMinor', code: 'price-changed' }] },
    });
    expect(await amend(whole, { lines: [{ lineNumber: 1, quantity: 9 }] })).toMatchObject({
      netMinor: 90_000,
      grossMinor: 108_000,
    });
    expect(await exposure(suite.database, id)).toBe(108_000);
    await pickAndPack(suite, whole, (await shipmentsInWork(suite, whole))[0]!);
    await invoiced(suite, whole);

    const part = await order(suite, id, ten);
    await pickAndPack(suite, part, (await shipmentsInWork(suite, part))[0]!);
    await becomes(suite, part, 'back-ordered');
    expect(await amend(part, { lines: [{ lineNumber: 1, quantity: 6 }] })).toMatchObject({ netMinor: 5 * 8_000 + 10_000 });
    await addStock(suite, 'BULK', 1, 4_000);
    await pickAndPack(suite, part, (await shipmentsInWork(suite, part))[0]!);
    await becomes(suite, part, 'invoiced');
    expect(await exposure(suite.database, id)).toBe(108_000 + 5 * 9_600 + 12_000);
  });

  it('C3: lowering it lets a waiting order of the same customer go on', async () => {
    const id = await customer({ limitMinor: 120_000 });
    const first = await order(suite, id, [{ sku: 'CHAIR', quantity: 8 }]);
    await shipmentsInWork(suite, first);
    const second = await order(suite, id, [{ sku: 'CHAIR', quantity: 4 }]);
    await becomes(suite, second, 'over-limit');
    await amend(first, { lines: [{ lineNumber: 1, quantity: 6 }] });
    await shipmentsInWork(suite, second);
    expect(await exposure(suite.database, id)).toBe(120_000);
  });
});

describe('an amendment that is refused leaves the order whole', () => {
  const refusals: {
    why: string;
    type: string;
    given?: Parameters<typeof addCustomer>[2];
    change: Partial<Amendment>;
    fault?: string;
  }[] = [
    {
      why: 'no room for the difference',
      type: 'over-limit',
      given: { limitMinor: 50_000 },
      change: { lines: [{ lineNumber: 1, quantity: 5 }] },
    },
    {
      why: 'no stock',
      type: 'out-of-stock',
      change: { lines: [{ sku: 'TABLE', quantity: 19_999 }] },
      given: { limitMinor: 9_000_000_000_000 },
    },
    {
      why: 'nothing would be left',
      type: 'invalid-amendment',
      change: { lines: [{ lineNumber: 1, quantity: 0 }] },
      fault: 'nothing-left',
    },
    { why: 'unknown goods', type: 'invalid-amendment', change: { lines: [{ sku: 'GHOST', quantity: 1 }] }, fault: 'unknown-sku' },
    { why: 'a date that has passed', type: 'invalid-amendment', change: { requestedOn: '2027-02-28' }, fault: 'past-date' },
    {
      why: 'read before somebody else changed it',
      type: 'order-changed',
      change: { revision: 2, lines: [{ lineNumber: 1, quantity: 1 }] },
    },
  ];
  it.each(refusals)('O4: $why', async ({ type, given, change, fault }) => {
    const orderId = await order(suite, await customer(given), [{ sku: 'CHAIR', quantity: 4 }]);
    await shipmentsInWork(suite, orderId);
    const before = await world(orderId);
    expect(await amend(orderId, change)).toMatchObject({ refused: { type, ...(fault && { faults: [{ code: fault }] }) } });
    expect(await world(orderId)).toEqual(before);
  });

  it('O4: what is picked stays as it was picked, address included', async () => {
    const orderId = await order(suite, await customer(), [{ sku: 'CHAIR', quantity: 4 }]);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await ask(suite, orderId, confirmPick, { shipmentId: shipmentId!, short: [], packed: false, actor: tester });
    const before = await world(orderId);
    const faults = (outcome: Awaited<ReturnType<typeof amend>>) => (isRefused(outcome) ? outcome.refused.faults : outcome);
    expect(faults(await amend(orderId, { lines: [{ lineNumber: 1, quantity: 3 }], shipTo: address }))).toMatchObject([
      { path: '/lines/0/quantity', code: 'already-picked' },
      { path: '/shipTo', code: 'already-picked' },
    ]);
    expect(await world(orderId)).toEqual(before);
    // More of the same follows in a shipment of its own, reserved before anybody else can have it.
    const reserved = (await stock('CHAIR')).reserved;
    const more = await amend(orderId, { lines: [{ lineNumber: 1, quantity: 6 }] });
    expect(more).toMatchObject({ cancelledShipments: [], newShipments: [expect.any(String)] });
    expect((await stock('CHAIR')).reserved).toBe(reserved + 2);
    await ask(suite, orderId, confirmPack, { shipmentId: shipmentId!, actor: tester });
    await invoiced(suite, orderId);
    const [second] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, second!);
    await invoiced(suite, orderId, 2);
    await becomes(suite, orderId, 'invoiced');
  });

  it('O4, C6: a customer on hold adds nothing, and may take units off', async () => {
    const id = await customer();
    const orderId = await order(suite, id, [{ sku: 'CHAIR', quantity: 4 }]);
    await shipmentsInWork(suite, orderId);
    await openingItem(suite, id, 5_000, '2027-01-01', '2027-02-01');
    expect(await amend(orderId, { lines: [{ lineNumber: 1, quantity: 5 }] })).toMatchObject({
      refused: { type: 'customer-on-hold' },
    });
    expect(await amend(orderId, { lines: [{ lineNumber: 1, quantity: 3 }] })).toMatchObject({ revision: 2 });
  });

  it('O4: malformed messages are turned down at once', async () => {
    const orderId = await order(suite, await customer(), [{ sku: 'CHAIR', quantity: 1 }]);
    await shipmentsInWork(suite, orderId);
    for (const change of [{ lines: [{ lineNumber: 1, quantity: -1 }] }, { lines: [{ quantity: 1 }] }, { requestedOn: 'soon' }]) {
      await expect(amend(orderId, change)).rejects.toMatchObject({ cause: { type: 'Refusal' } });
    }
  });
});

describe('an order that waits for goods', () => {
  it('O4: another date needs no stock, and fewer units need no more than there are', async () => {
    const id = await customer();
    await addProduct(suite.database, 'STOOL', 10_000);
    await addStock(suite, 'STOOL', 4, 4_000);
    const orderId = await order(suite, id, [{ sku: 'STOOL', quantity: 4 }]);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    expect(await amend(orderId, { requestedOn: '2027-05-01' })).toMatchObject({ revision: 2, cancelledShipments: [] });
    const short = [{ lineNumber: 1, pickedQuantity: 1 }];
    await pickAndPack(suite, orderId, shipmentId!, short);
    await becomes(suite, orderId, 'awaiting-choice');
    expect(await amend(orderId, { revision: 2, lines: [{ lineNumber: 1, quantity: 3 }] })).toMatchObject({ revision: 3 });
    expect(await amend(orderId, { revision: 3, lines: [{ lineNumber: 1, quantity: 1 }] })).toMatchObject({ revision: 4 });
    await pickAndPack(suite, orderId, (await shipmentsInWork(suite, orderId))[0]!);
    expect(await invoiced(suite, orderId)).toMatchObject([{ grossMinor: 12_000 }]);
  });
});

describe('an order that is paid in advance', () => {
  const prepaid = async (quantity: number) => {
    const id = await customer();
    await suite.database.query(`UPDATE customers SET terms = '{"kind": "prepayment", "days": 0}' WHERE id = $1`, [id]);
    const orderId = await order(suite, id, [{ sku: 'CHAIR', quantity }]);
    await becomes(suite, orderId, 'awaiting-prepayment');
    return { id, orderId };
  };
  const asked = async (orderId: string) => {
    const { rows } = await suite.database.query<{ number: string; reference: string; amount: number; status: string }>(
      'SELECT number, payment_reference AS reference, amount_minor AS amount, status FROM prepayments WHERE order_id = $1',
      [orderId],
    );
    return rows[0]!;
  };

  it('O4, C1: before its money came another pro-forma replaces the first, and money that quotes the first still counts', async () => {
    const { id, orderId } = await prepaid(1);
    const first = await asked(orderId);
    expect(await amend(orderId, { lines: [{ lineNumber: 1, quantity: 3 }] })).toMatchObject({ revision: 2, grossMinor: 36_000 });
    const second = await asked(orderId);
    expect(second).toMatchObject({ amount: 36_000, status: 'awaited' });
    expect(second.number).not.toBe(first.number);
    const mail = await eventually(async () => suite.mails.find(({ text }) => text.includes(`It replaces ${first.number}`)));
    expect(mail.subject).toContain('360.00');
    expect((await invoicePdf(suite.database, first.number)).subarray(0, 5).toString()).toBe('%PDF-');
    await pay(suite, id, 12_000, first.reference);
    const less = { revision: 2, lines: [{ lineNumber: 1, quantity: 1 }] };
    expect(await amend(orderId, less)).toMatchObject({ refused: { type: 'prepaid' } });
    expect(await amend(orderId, { revision: 2, lines: [{ lineNumber: 1, quantity: 2 }] })).toMatchObject({ grossMinor: 24_000 });
    await pay(suite, id, 12_000, first.number);
    await shipmentsInWork(suite, orderId);
    expect(await asked(orderId)).toMatchObject({ amount: 24_000, status: 'received' });
    expect(await amend(orderId, { revision: 3, shipTo: { ...address, city: 'Bremen' } })).toMatchObject({ revision: 4 });
  });

  it('O4, C1: after its money came it may come to less, which is given back with the last invoice, and to no more', async () => {
    const { id, orderId } = await prepaid(3);
    await pay(suite, id, 36_000, (await asked(orderId)).reference);
    await shipmentsInWork(suite, orderId);
    const more = await amend(orderId, { lines: [{ lineNumber: 1, quantity: 4 }] });
    expect(more).toMatchObject({ refused: { type: 'prepaid', detail: expect.stringContaining('120.00') } });
    expect(await amend(orderId, { lines: [{ lineNumber: 1, quantity: 2 }] })).toMatchObject({ grossMinor: 24_000 });
    await pickAndPack(suite, orderId, (await shipmentsInWork(suite, orderId))[0]!);
    await becomes(suite, orderId, 'closed');
    expect(await exposure(suite.database, id)).toBe(-12_000);
  });

  it('O4, C1: what is taken off after the rest has left is given back at once', async () => {
    const { id, orderId } = await prepaid(3);
    await suite.database.query('UPDATE orders SET back_order_allowed = true WHERE id = $1', [orderId]);
    await pay(suite, id, 36_000, (await asked(orderId)).reference);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!, [{ lineNumber: 1, pickedQuantity: 2 }]);
    await invoiced(suite, orderId);
    const before = await shipmentsInWork(suite, orderId);
    expect(await amend(orderId, { lines: [{ lineNumber: 1, quantity: 2 }] })).toMatchObject({ cancelledShipments: before });
    await becomes(suite, orderId, 'closed');
    expect(await exposure(suite.database, id)).toBe(-12_000);
  });

  it('O4, C1: the deadline of a pro-forma that was replaced is nobody’s any more', async () => {
    const { orderId } = await prepaid(1);
    const { rows } = await suite.database.query<{ dueAt: string }>(
      'SELECT due_at AS "dueAt" FROM prepayments WHERE order_id = $1',
      [orderId],
    );
    await suite.database.query("UPDATE prepayments SET due_at = due_at + interval '2 days' WHERE order_id = $1", [orderId]);
    const miss = (at: string) => suite.database.transaction((tx) => missPrepayment(tx, { orderId, at }));
    expect(await miss(rows[0]!.dueAt)).toMatchObject({ outcome: 'received' });
    expect(await orderStatus(suite.database, orderId)).toBe('awaiting-prepayment');
    expect(await miss(instant('2027-04-01'))).toMatchObject({ outcome: 'cancelled' });
  });
});

describe('an amended order that is paid in advance after all', () => {
  it('C1, O4: the pro-forma asks for what is still wanted, line by line', async () => {
    const id = await customer({ limitMinor: 0 });
    const orderId = await order(suite, id, [
      { sku: 'CHAIR', quantity: 4 },
      { sku: 'TABLE', quantity: 1 },
    ]);
    await becomes(suite, orderId, 'over-limit');
    const lines = [
      { lineNumber: 1, quantity: 1 },
      { lineNumber: 2, quantity: 0 },
    ];
    await amend(orderId, { lines });
    await ask(suite, orderId, decideCredit, { decision: 'prepay', reason: 'no credit', actor: tester });
    await becomes(suite, orderId, 'awaiting-prepayment');
    const { rows } = await suite.database.query(
      `SELECT amount_minor AS amount, facts -> 'netMinor' AS net, facts #>> '{lines,0,quantity}' AS quantity,
         jsonb_array_length(facts -> 'lines') AS lines FROM prepayments WHERE order_id = $1`,
      [orderId],
    );
    expect(rows).toEqual([{ amount: 12_000, net: 10_000, quantity: '1', lines: 1 }]);
  });
});

describe('races', () => {
  it('O4: of two who amend at once one is told that it has changed', async () => {
    const orderId = await order(suite, await customer(), [{ sku: 'CHAIR', quantity: 4 }]);
    await shipmentsInWork(suite, orderId);
    const outcomes = await Promise.all([1, 2].map((quantity) => amend(orderId, { lines: [{ lineNumber: 1, quantity }] })));
    const refused = outcomes.filter((outcome) => isRefused(outcome));
    expect(refused).toMatchObject([{ refused: { type: 'order-changed' } }]);
  });

  it('O4, F4: amended while it is picked or cancelled, an order ends with every unit in one place', {
    timeout: 60_000,
  }, async () => {
    const id = await customer({ limitMinor: 100_000_000 });
    const before = await stock('CHAIR');
    const orderIds = await Promise.all(Array.from({ length: 15 }, () => order(suite, id, [{ sku: 'CHAIR', quantity: 3 }])));
    const picks = await Promise.all(
      orderIds.map(async (orderId, index) => {
        const [shipmentId] = await shipmentsInWork(suite, orderId);
        const other =
          index % 3 === 0
            ? ask(suite, orderId, cancelOrder, { reason: 'not any more', actor: tester })
            : pickAndPack(suite, orderId, shipmentId!);
        const [amended] = await Promise.allSettled([amend(orderId, { lines: [{ lineNumber: 1, quantity: 2 }] }), other]);
        return amended;
      }),
    );
    expect(picks).toHaveLength(orderIds.length);
    await Promise.all(
      orderIds.map((orderId) =>
        eventually(async () => {
          for (const shipmentId of await openShipments(suite.database, orderId))
            await pickAndPack(suite, orderId, shipmentId).catch(() => {});
          return ['invoiced', 'cancelled'].includes(await orderStatus(suite.database, orderId));
        }, 40),
      ),
    );
    const { rows } = await suite.database.query<{ shipped: number }>(
      'SELECT sum(shipped_quantity)::int AS shipped FROM order_lines WHERE order_id = ANY ($1)',
      [orderIds],
    );
    expect(await stock('CHAIR')).toEqual({ onHand: before.onHand - rows[0]!.shipped, reserved: before.reserved });
  });
});
