import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readClock } from '../../db/statements/company.ts';
import { holdCredit } from '../../db/transactions/hold-credit.ts';
import { takeOverOpenItem } from '../../db/transactions/open-item.ts';
import { cancelOrder } from '../../workflows/messages.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  ask,
  exposure,
  instant,
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

/*
 * One story with every amount and date exact: limit 10,000.00, an opening item, a partial shipment, a late payer. It runs
 * in the real engine; the company clock begins on 1 March and is carried to 30 April.
 */
let suite: Suite;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-01', '08:00:00'));
  await setUpCompany(suite.database);
  await addProduct(suite.database, 'DESK', 50_000);
  await addProduct(suite.database, 'LAMP-EXACT', 83_333); // 833.33 + 20 % = 1,000.00
  await addProduct(suite.database, 'LAMP-OVER', 83_334); // 833.34 + 20 % = 1,000.01
  await addStock(suite, 'DESK', 6, 30_000);
});
afterAll(() => suite?.stop());

const customerId = 'CUST-GOLD';

async function goldenCustomer(id: string): Promise<void> {
  await addCustomer(suite.database, id, { limitMinor: 1_000_000, backOrderAllowed: true });
  const { at, offsetMs } = await readClock(suite.database);
  await suite.database.transaction((tx) =>
    takeOverOpenItem(tx, {
      customerId: id,
      currency: 'EUR',
      amountMinor: 300_000,
      issuedOn: '2027-03-01',
      dueOn: '2027-05-31',
      reference: 'OLD-1',
      actor: tester,
      at,
      offsetMs,
    }),
  );
}

const account = async () => {
  const { rows } = await suite.database.query<{
    onHold: boolean;
    receivables: number;
    approved: number;
  }>(
    `SELECT on_hold_since IS NOT NULL AS "onHold", open_receivables_minor AS receivables, approved_not_shipped_minor AS approved
     FROM credit_accounts WHERE customer_id = $1`,
    [customerId],
  );
  return rows[0]!;
};

describe('the golden run', () => {
  it('C3, F3, I1, I2, A1, A3, P1, P3, P5: every amount and date of the worked example', async () => {
    await goldenCustomer(customerId);
    expect(await exposure(suite.database, customerId)).toBe(300_000);

    // Order A: 10 × 500.00 + 20 % = 6,000.00.
    const a = await order(suite, customerId, [{ sku: 'DESK', quantity: 10 }]);
    const [shipmentId] = await eventually(async () => {
      const found = await openShipments(suite.database, a);
      return found.length > 0 && found;
    });
    expect(await exposure(suite.database, customerId)).toBe(900_000);

    // Order B fits exactly; equality passes. One cent more would not.
    const b = await order(suite, customerId, [{ sku: 'LAMP-EXACT', quantity: 1 }]);
    await eventually(async () => (await orderStatus(suite.database, b)) === 'back-ordered');
    expect(await exposure(suite.database, customerId)).toBe(1_000_000);
    await ask(suite, b, cancelOrder, { reason: 'the customer changed its mind', actor: tester });
    expect(await orderStatus(suite.database, b)).toBe('cancelled');
    expect(await exposure(suite.database, customerId)).toBe(900_000);

    const over = await order(suite, customerId, [{ sku: 'LAMP-OVER', quantity: 1 }]);
    await eventually(async () => (await orderStatus(suite.database, over)) === 'over-limit');
    expect(await exposure(suite.database, customerId)).toBe(900_000);
    await ask(suite, over, cancelOrder, { reason: 'no room', actor: tester });

    // 6 of the 10 are in stock: shipped and invoiced on 1 March, due 31 March.
    await pickAndPack(suite, a, shipmentId!);
    const [invoice] = await eventually(async () => {
      const found = await invoicesOf(suite.database, a);
      return found.length > 0 && found;
    });
    expect(invoice).toMatchObject({ grossMinor: 360_000, issuedOn: '2027-03-01', dueOn: '2027-03-31' });
    await eventually(async () => (await orderStatus(suite.database, a)) === 'back-ordered');
    expect(await exposure(suite.database, customerId)).toBe(900_000);
    expect(await account()).toMatchObject({ receivables: 660_000, approved: 240_000 });

    // Pre-due review on 15 March.
    await suite.advanceTo(instant('2027-03-16'));
    const reviewed = await suite.database.query(
      "SELECT kind, (at AT TIME ZONE 'Europe/Berlin')::date AS on FROM tasks WHERE invoice_id = $1",
      [invoice!.id],
    );
    expect(reviewed.rows).toEqual([{ kind: 'invoice-review', on: '2027-03-15' }]);
    expect(suite.mails.filter((mail) => mail.subject.startsWith(`Reminder: invoice ${invoice!.id}`))).toHaveLength(1);

    // Not yet overdue on the due date itself; overdue and on hold from 1 April, 00:00 local.
    await suite.advanceTo(instant('2027-03-31', '20:00:00'));
    expect((await account()).onHold).toBe(false);
    await suite.advanceTo(instant('2027-04-01'));
    expect((await account()).onHold).toBe(true);
    const flagged = await suite.database.query(
      "SELECT overdue_since AT TIME ZONE 'Europe/Berlin' < '2027-04-01 00:01' AS at_midnight, dunning_level FROM invoices WHERE id = $1",
      [invoice!.id],
    );
    expect(flagged.rows).toEqual([{ at_midnight: true, dunning_level: 1 }]);

    // The 4 open units are cancelled.
    await ask(suite, a, cancelOrder, { reason: 'no longer wanted', actor: tester });
    expect(await exposure(suite.database, customerId)).toBe(660_000);
    expect(await orderStatus(suite.database, a)).toBe('invoiced');

    // Two receipts, both quoting the RF reference.
    await suite.advanceTo(instant('2027-04-10'));
    const first = await pay(suite, customerId, 300_000, `Re: ${invoice!.paymentReference}`, '2027-04-10');
    expect(first).toMatchObject({ interestNotes: [], onHold: true, unappliedMinor: 0 });
    expect(await exposure(suite.database, customerId)).toBe(360_000);
    await suite.advanceTo(instant('2027-04-30'));
    const second = await pay(suite, customerId, 60_000, `Re: ${invoice!.paymentReference}`, '2027-04-30');
    expect(second.onHold).toBe(false);
    expect(second.interestNotes).toHaveLength(1);
    expect(await exposure(suite.database, customerId)).toBe(301_447);

    const note = await suite.database.query(
      `SELECT gross_minor AS "grossMinor", due_on AS "dueOn",
         (SELECT jsonb_agg(net_minor ORDER BY line_number) FROM invoice_lines WHERE invoice_id = id) AS segments
       FROM invoices WHERE id = $1`,
      second.interestNotes,
    );
    expect(note.rows).toEqual([{ grossMinor: 1447, dueOn: '2027-05-30', segments: [1085, 362] }]);
    const lifted = await suite.database.query(
      "SELECT (at AT TIME ZONE 'Europe/Berlin')::date AS on FROM audit_log WHERE customer_id = $1 AND action = 'hold-lifted'",
      [customerId],
    );
    expect(lifted.rows).toEqual([{ on: '2027-04-30' }]);
    await eventually(async () => (await orderStatus(suite.database, a)) === 'closed');

    const stock = await suite.database.query("SELECT on_hand, reserved, value_minor FROM stock WHERE sku = 'DESK'");
    expect(stock.rows).toEqual([{ on_hand: 0, reserved: 0, value_minor: 0 }]);
    expect(await trialBalance(suite.database)).toEqual({
      bank: 360_000,
      'accounts-receivable': 301_447,
      'cost-of-goods-sold': 180_000,
      revenue: -300_000,
      'tax-payable': -60_000,
      'other-income': -1_447,
      'opening-balance': -300_000,
      'goods-received-clearing': -180_000,
    });
    await checkInvariants(suite.database);
  });

  it('C3: A and B(1,000.01) submitted at once are never both approved', async () => {
    for (let round = 1; round <= 15; round += 1) {
      const id = `CUST-RACE-${round}`;
      await goldenCustomer(id);
      const ids = await Promise.all([
        order({ ...suite, delivery: idle }, id, [{ sku: 'DESK', quantity: 10 }]),
        order({ ...suite, delivery: idle }, id, [{ sku: 'LAMP-OVER', quantity: 1 }]),
      ]);
      const { at } = await readClock(suite.database);
      const outcomes = await Promise.all(
        ids.map((orderId) => suite.database.transaction((tx) => holdCredit(tx, { orderId, attempt: 1, at }))),
      );
      expect(outcomes.filter((outcome) => outcome.outcome === 'held')).toHaveLength(1);
      expect(await exposure(suite.database, id)).toBeLessThanOrEqual(1_000_000);
    }
  });
});

/** Leaves delivery to nobody: these orders race in the database only. */
const idle = { deliverSoon() {}, deliverPending: async () => 0, stop: async () => {} };
