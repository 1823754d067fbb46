import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isQuiet } from '../clock/forward.ts';
import { brokenInvariants } from '../db/queries/invariants.ts';
import { readClock } from '../db/statements/company.ts';
import { applyCreditNote } from '../db/transactions/apply-credit-note.ts';
import { applyPayment } from '../db/transactions/apply-payment.ts';
import { changeLimit } from '../db/transactions/change-credit.ts';
import { confirmDelivery } from '../db/transactions/confirm-delivery.ts';
import { inspectReturn } from '../db/transactions/credit-return.ts';
import { approveReturn, receiveReturn } from '../db/transactions/move-return.ts';
import { requestReturn } from '../db/transactions/request-return.ts';
import { Refusal } from '../domain/failures.ts';
import type { ShortageChoice } from '../domain/fulfilment.ts';
import { finalOrderStatuses } from '../domain/order.ts';
import { addDays, instantAt, localDate } from '../domain/time.ts';
import { amendOrder, cancelOrder, chooseShortage } from '../workflows/messages.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  ask,
  instant,
  order,
  pay,
  pickAndPack,
  setUpCompany,
  trialBalance,
} from './company.ts';
import { commandsOf, windUp } from './model/commands.ts';
import { type Company, type Customer, netDays, product, type Snapshot, timeZone } from './model/company.ts';
import { Expected, grossOf } from './model/expected.ts';
import { eventually, type Suite, startSuite, tester } from './suite.ts';

/*
 * The commands of tests/model on the real stack: PostgreSQL, Temporal and the worker. After every step it comes to rest, its own
 * integrity checks hold, and every document and status is what was asked for. Each sequence has customers and goods of its own; when
 * one fails, `SEED=… npx vitest run --project engine tests/model.test.ts` tells the same ones again.
 */
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const seconds = Number(process.env.MODEL_SECONDS ?? 60);

let suite: Suite;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-01', '11:00:00'));
  await setUpCompany(suite.database);
});
afterAll(() => suite?.stop());

class Stack implements Company {
  static #companies = 0;
  readonly customers: readonly Customer[];
  #sku: string;
  /** What earlier companies of the run have booked. */
  #before: Record<string, number> = {};

  constructor() {
    const number = ++Stack.#companies;
    this.#sku = `MODEL-${number}`;
    this.customers = [
      { id: `WHOLE-${number}`, backOrderAllowed: false },
      { id: `PARTS-${number}`, backOrderAllowed: true },
    ];
  }

  async open(limitMinor: number): Promise<this> {
    this.#before = await trialBalance(suite.database);
    await addProduct(suite.database, this.#sku, product.unitPriceMinor, product.taxRate);
    for (const { id, backOrderAllowed } of this.customers) {
      await addCustomer(suite.database, id, { limitMinor, backOrderAllowed, netDays });
    }
    return this;
  }

  order(customerId: string, quantity: number) {
    return unlessRefused(() => order(suite, customerId, [{ sku: this.#sku, quantity }]));
  }

  async amend(orderId: string, quantity: number): Promise<boolean> {
    const { rows } = await suite.database.query<{ revision: number }>('SELECT revision FROM orders WHERE id = $1', [orderId]);
    const lines = [{ lineNumber: 1, quantity }];
    const change = { revision: rows[0]!.revision, lines, reason: 'changed its mind', actor: tester };
    return !('refused' in (await ask(suite, orderId, amendOrder, change)));
  }

  async cancel(orderId: string): Promise<boolean> {
    return !('refused' in (await ask(suite, orderId, cancelOrder, { reason: 'changed its mind', actor: tester })));
  }

  async pick(shipmentId: string, missing: number): Promise<void> {
    const [line] = await rowsOf<{ orderId: string; lineNumber: number; quantity: number }>(
      `SELECT s.order_id AS "orderId", l.line_number AS "lineNumber", l.quantity
       FROM shipments s JOIN shipment_lines l ON l.shipment_id = s.id WHERE s.id = $1`,
      shipmentId,
    );
    const { orderId, lineNumber, quantity } = line!;
    await pickAndPack(suite, orderId, shipmentId, missing > 0 ? [{ lineNumber, pickedQuantity: quantity - missing }] : []);
  }

  async choose(orderId: string, choice: ShortageChoice): Promise<boolean> {
    return !('refused' in (await ask(suite, orderId, chooseShortage, { choice, actor: tester })));
  }

  async deliver(shipmentId: string): Promise<void> {
    const { at } = await readClock(suite.database);
    await suite.database.transaction((tx) => confirmDelivery(tx, { shipmentId, actor: tester, at }));
  }

  async pay(customerId: string, amountMinor: number, itemIds: readonly string[]): Promise<void> {
    await pay(suite, customerId, amountMinor, itemIds.length > 0 ? itemIds.join(' / ') : 'on account');
  }

  async applyCash(customerId: string): Promise<void> {
    const [payment] = await rowsOf<{ id: string }>(
      'SELECT id FROM payments WHERE customer_id = $1 AND unapplied_minor > 0 ORDER BY id LIMIT 1',
      customerId,
    );
    const { at, offsetMs } = await readClock(suite.database);
    const invoiceIds = await openItemsOf(customerId);
    await suite.database.transaction((tx) =>
      applyPayment(tx, { paymentId: payment!.id, invoiceIds, actor: tester, at, offsetMs }),
    );
  }

  async applyCredit(customerId: string): Promise<void> {
    const [note] = await rowsOf<{ id: string }>(
      'SELECT id FROM credit_notes WHERE customer_id = $1 AND unapplied_minor > 0 ORDER BY id LIMIT 1',
      customerId,
    );
    const { at, offsetMs } = await readClock(suite.database);
    const invoiceIds = await openItemsOf(customerId);
    await suite.database.transaction((tx) =>
      applyCreditNote(tx, { creditNoteId: note!.id, invoiceIds, actor: tester, at, offsetMs }),
    );
  }

  async giveBack(shipmentId: string, restockedQuantity: number, scrappedQuantity: number): Promise<void> {
    const { at, offsetMs } = await readClock(suite.database);
    const line = { lineNumber: 1, quantity: restockedQuantity + scrappedQuantity };
    await suite.database.transaction(async (tx) => {
      const who = { actor: tester, at };
      const { returnId } = await requestReturn(tx, { shipmentId, lines: [{ ...line, reason: 'not-needed' }], ...who });
      await approveReturn(tx, { returnId, ...who });
      await receiveReturn(tx, { returnId, lines: [line], ...who });
      await inspectReturn(tx, { returnId, lines: [{ lineNumber: 1, restockedQuantity, scrappedQuantity }], ...who, offsetMs });
    });
  }

  receiveGoods(warehouseId: string, quantity: number) {
    return addStock(suite, this.#sku, quantity, product.unitCostMinor, warehouseId);
  }

  async changeLimit(customerId: string, limitMinor: number): Promise<void> {
    const { at } = await readClock(suite.database);
    await suite.database.transaction((tx) => changeLimit(tx, { customerId, limitMinor, reason: 'reviewed', actor: tester, at }));
  }

  async advance(days: number): Promise<void> {
    await suite.advanceTo(instantAt(addDays(localDate(await suite.now(), timeZone), days), '12:00', timeZone));
  }

  async atRest(): Promise<Snapshot> {
    await this.#rest();
    const { at } = await readClock(suite.database);
    const ids = this.customers.map(({ id }) => id);
    const now = await trialBalance(suite.database);
    const names = [...new Set([...Object.keys(now), ...Object.keys(this.#before)])];
    const [orders, shipments, items, accounts, stock, broken] = await Promise.all([
      rowsOf<Snapshot['orders'][number]>(
        `SELECT o.id, o.customer_id AS "customerId", o.status, o.gross_minor AS "grossMinor",
           l.quantity - l.cancelled_quantity AS wanted, l.shipped_quantity AS shipped,
           coalesce((SELECT sum(quantity)::int FROM reservations r WHERE r.order_id = o.id AND r.status = 'reserved'), 0) AS reserved,
           coalesce((SELECT remaining_minor FROM credit_holds h WHERE h.order_id = o.id), 0) AS "heldMinor"
         FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE o.customer_id = ANY ($1) ORDER BY o.placed_at, o.id`,
        ids,
      ),
      rowsOf<Snapshot['shipments'][number]>(
        `SELECT s.id, s.order_id AS "orderId", s.status, l.quantity FROM shipments s JOIN shipment_lines l ON l.shipment_id = s.id
         JOIN orders o ON o.id = s.order_id WHERE o.customer_id = ANY ($1) ORDER BY s.id`,
        ids,
      ),
      rowsOf<Snapshot['items'][number]>(
        `SELECT id, customer_id AS "customerId", order_id AS "orderId", shipment_id AS "shipmentId", net_minor AS "netMinor",
           gross_minor AS "grossMinor", open_minor AS "openMinor", due_on AS "dueOn", dunning_level AS "dunningLevel"
         FROM invoices WHERE customer_id = ANY ($1) ORDER BY id`,
        ids,
      ),
      rowsOf<Snapshot['accounts'][number]>(
        `SELECT customer_id AS "customerId", limit_minor AS "limitMinor", on_hold_since IS NOT NULL AS "onHold", jsonb_build_object(
           'openReceivablesMinor', open_receivables_minor, 'shippedNotInvoicedMinor', shipped_not_invoiced_minor,
           'approvedNotShippedMinor', approved_not_shipped_minor, 'unappliedCashMinor', unapplied_cash_minor,
           'openCreditNotesMinor', open_credit_notes_minor) AS buckets FROM credit_accounts WHERE customer_id = ANY ($1)`,
        ids,
      ),
      rowsOf<Snapshot['stock'][number]>(
        `SELECT warehouse_id AS "warehouseId", on_hand AS "onHand", reserved, value_minor AS "valueMinor" FROM stock WHERE sku = $1`,
        this.#sku,
      ),
      brokenInvariants(suite.database, at),
    ]);
    return {
      today: localDate(at, timeZone),
      orders,
      shipments,
      items,
      accounts,
      stock,
      ledger: Object.fromEntries(names.map((name) => [name, (now[name] ?? 0) - (this.#before[name] ?? 0)])),
      broken: broken.map(({ id, sentence, rows }) => `${id}: ${sentence} ${JSON.stringify(rows)}`),
    };
  }

  /** Waits until nothing is owed to the world and no workflow has anything under way, twice without news in between. */
  async #rest(): Promise<void> {
    let seen = '';
    await eventually(async () => {
      await suite.delivery.deliverPending(50);
      const [outbox] = await rowsOf<{ last: string; pending: number }>(
        `SELECT coalesce(max(id), 0)::text AS last, count(*) FILTER (WHERE delivered_at IS NULL AND parked_reason IS NULL)::int AS pending
         FROM outbox`,
      );
      const open = await rowsOf<{ id: string }>(
        `SELECT id FROM orders WHERE customer_id = ANY ($1) AND status <> ALL ($2)
         UNION SELECT holder_workflow_id FROM invoices WHERE customer_id = ANY ($1) AND open_minor > 0`,
        this.customers.map(({ id }) => id),
        finalOrderStatuses,
      );
      const quiet = await Promise.all(open.map(({ id }) => isQuiet(suite.client, id)));
      const stands = outbox!.pending === 0 && quiet.every(Boolean) ? outbox!.last : '';
      const rests = stands !== '' && stands === seen;
      seen = stands;
      return rests;
    }, 30);
  }
}

async function rowsOf<Row>(sql: string, ...values: unknown[]): Promise<Row[]> {
  return (await suite.database.query<Row & Record<string, unknown>>(sql, values)).rows;
}

const openItemsOf = async (customerId: string): Promise<string[]> =>
  (await rowsOf<{ id: string }>('SELECT id FROM invoices WHERE customer_id = $1 AND open_minor > 0', customerId)).map(
    ({ id }) => id,
  );

async function unlessRefused<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  return work().catch((error: unknown) => {
    if (error instanceof Refusal) return undefined;
    throw error;
  });
}

describe('the real stack', () => {
  it(`X2, X1, C3, A3, O4, F1, P1, P4: does what was asked for, in any order (SEED=${seed})`, {
    timeout: (seconds + 60) * 1000,
  }, async () => {
    const models: Expected[] = [];
    await fc.assert(
      fc.asyncProperty(commandsOf({ maxCommands: 60, size: 'max' }), async (commands) => {
        const company = await new Stack().open(grossOf(20));
        const model = new Expected(company.customers, await company.atRest());
        models.push(model);
        await fc.asyncModelRun(() => ({ model, real: company }), commands);
        await windUp(model, company);
      }),
      // A sequence that has failed is not made smaller here: every try costs seconds.
      { seed, numRuns: 1_000, endOnFailure: true, interruptAfterTimeLimit: seconds * 1000, markInterruptAsFailure: false },
    );
    const steps = models.flatMap(({ done }) => [...done.values()]).reduce((total, times) => total + times, 0);
    console.log(`${steps} steps of ${models.length} companies in ${seconds} s`);
    // A busy machine takes a second for a step, an idle one a fifth of that.
    expect(steps).toBeGreaterThan(seconds / 2);
  });
});
