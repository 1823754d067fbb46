import { isQuiet } from '../../clock/forward.ts';
import type { Transaction } from '../../db/client.ts';
import { brokenInvariants } from '../../db/queries/invariants.ts';
import type { Actor } from '../../db/statements/audit.ts';
import { readClock } from '../../db/statements/company.ts';
import { applyCreditNote } from '../../db/transactions/apply-credit-note.ts';
import { applyPayment } from '../../db/transactions/apply-payment.ts';
import { changeFreeze, changeLimit } from '../../db/transactions/change-credit.ts';
import { confirmDelivery } from '../../db/transactions/confirm-delivery.ts';
import { correctInvoice } from '../../db/transactions/correct-invoice.ts';
import { inspectReturn } from '../../db/transactions/credit-return.ts';
import { raiseDispute, resolveDispute } from '../../db/transactions/dispute-invoice.ts';
import { holdOff } from '../../db/transactions/hold-off.ts';
import { approveReturn, receiveReturn } from '../../db/transactions/move-return.ts';
import { promisePayment } from '../../db/transactions/promise-payment.ts';
import { decideRefund, requestRefund } from '../../db/transactions/refund-payment.ts';
import { requestReturn } from '../../db/transactions/request-return.ts';
import { reversePayment } from '../../db/transactions/reverse-payment.ts';
import { decideWriteOff, proposeWriteOff } from '../../db/transactions/write-off.ts';
import { Refusal } from '../../domain/failures.ts';
import type { ShortageChoice } from '../../domain/fulfilment.ts';
import { finalOrderStatuses } from '../../domain/order.ts';
import { addDays, instantAt, localDate } from '../../domain/time.ts';
import { amendOrder, cancelOrder, chooseShortage } from '../../workflows/messages.ts';
import { addCustomer, addProduct, addStock, ask, order, pay, pickAndPack, trialBalance } from '../company.ts';
import { eventually, type Suite, tester } from '../suite.ts';
import { type Company, type Customer, netDays, product, type Snapshot, timeZone } from './company.ts';

/* The model's company on the real stack: PostgreSQL, Temporal and the worker. */

interface When {
  actor: Actor;
  at: string;
  offsetMs: number;
}

/** Whoever agrees where one person is not enough. */
const second: Actor = { name: 'second', verified: true };

/** A company of the model on a suite whose company is set up. It sells a product of its own to customers of its own. */
export class EngineCompany implements Company {
  readonly customers: readonly Customer[];
  readonly #suite: Suite;
  readonly #sku: string;
  /** What earlier companies of the run have booked. */
  #before: Record<string, number> = {};

  constructor(suite: Suite, { customers, sku }: { customers: readonly Customer[]; sku: string }) {
    this.#suite = suite;
    this.customers = customers;
    this.#sku = sku;
  }

  async open(limitMinor: number): Promise<this> {
    this.#before = await trialBalance(this.#suite.database);
    await addProduct(this.#suite.database, this.#sku, product.unitPriceMinor, product.taxRate);
    for (const { id, backOrderAllowed } of this.customers) {
      await addCustomer(this.#suite.database, id, { limitMinor, backOrderAllowed, netDays });
    }
    return this;
  }

  order(customerId: string, quantity: number) {
    return unlessRefused(() => order(this.#suite, customerId, [{ sku: this.#sku, quantity }]));
  }

  async amend(orderId: string, quantity: number): Promise<boolean> {
    const { rows } = await this.#suite.database.query<{ revision: number }>('SELECT revision FROM orders WHERE id = $1', [
      orderId,
    ]);
    const lines = [{ lineNumber: 1, quantity }];
    const change = { revision: rows[0]!.revision, lines, reason: 'changed its mind', actor: tester };
    return !('refused' in (await ask(this.#suite, orderId, amendOrder, change)));
  }

  async cancel(orderId: string): Promise<boolean> {
    return !('refused' in (await ask(this.#suite, orderId, cancelOrder, { reason: 'changed its mind', actor: tester })));
  }

  async pick(shipmentId: string, missing: number): Promise<void> {
    const [line] = await this.#rowsOf<{ orderId: string; lineNumber: number; quantity: number }>(
      `SELECT s.order_id AS "orderId", l.line_number AS "lineNumber", l.quantity
       FROM shipments s JOIN shipment_lines l ON l.shipment_id = s.id WHERE s.id = $1`,
      shipmentId,
    );
    const { orderId, lineNumber, quantity } = line!;
    await pickAndPack(this.#suite, orderId, shipmentId, missing > 0 ? [{ lineNumber, pickedQuantity: quantity - missing }] : []);
  }

  async choose(orderId: string, choice: ShortageChoice): Promise<boolean> {
    return !('refused' in (await ask(this.#suite, orderId, chooseShortage, { choice, actor: tester })));
  }

  async deliver(shipmentId: string): Promise<void> {
    const { at } = await readClock(this.#suite.database);
    await this.#suite.database.transaction((tx) => confirmDelivery(tx, { shipmentId, actor: tester, at }));
  }

  async pay(customerId: string, amountMinor: number, itemIds: readonly string[]): Promise<void> {
    await pay(this.#suite, customerId, amountMinor, itemIds.length > 0 ? itemIds.join(' / ') : 'on account');
  }

  async applyCash(customerId: string): Promise<void> {
    const [payment] = await this.#rowsOf<{ id: string }>(
      'SELECT id FROM payments WHERE customer_id = $1 AND unapplied_minor > 0 ORDER BY id LIMIT 1',
      customerId,
    );
    const { at, offsetMs } = await readClock(this.#suite.database);
    const invoiceIds = await this.#openItemsOf(customerId);
    await this.#suite.database.transaction((tx) =>
      applyPayment(tx, { paymentId: payment!.id, invoiceIds, actor: tester, at, offsetMs }),
    );
  }

  async applyCredit(customerId: string): Promise<void> {
    const [note] = await this.#rowsOf<{ id: string }>(
      'SELECT id FROM credit_notes WHERE customer_id = $1 AND unapplied_minor > 0 ORDER BY id LIMIT 1',
      customerId,
    );
    const { at, offsetMs } = await readClock(this.#suite.database);
    const invoiceIds = await this.#openItemsOf(customerId);
    await this.#suite.database.transaction((tx) =>
      applyCreditNote(tx, { creditNoteId: note!.id, invoiceIds, actor: tester, at, offsetMs }),
    );
  }

  async giveBack(shipmentId: string, restockedQuantity: number, scrappedQuantity: number): Promise<void> {
    const { at, offsetMs } = await readClock(this.#suite.database);
    const line = { lineNumber: 1, quantity: restockedQuantity + scrappedQuantity };
    await this.#suite.database.transaction(async (tx) => {
      const who = { actor: tester, at };
      const { returnId } = await requestReturn(tx, { shipmentId, lines: [{ ...line, reason: 'not-needed' }], ...who });
      await approveReturn(tx, { returnId, ...who });
      await receiveReturn(tx, { returnId, lines: [line], ...who });
      await inspectReturn(tx, { returnId, lines: [{ lineNumber: 1, restockedQuantity, scrappedQuantity }], ...who, offsetMs });
    });
  }

  async dispute(invoiceId: string, quantity: number): Promise<boolean> {
    const claim = { reason: 'damaged', note: 'scratched', lines: [{ lineNumber: 1, quantity }] } as const;
    return this.#unlessRefused((tx, when) => raiseDispute(tx, { invoiceId, ...claim, lines: [...claim.lines], ...when }));
  }

  async uphold(disputeId: string): Promise<boolean> {
    const answer = { decision: 'uphold', note: 'they are right' } as const;
    return this.#unlessRefused((tx, when) => resolveDispute(tx, { disputeId, answer, ...when }));
  }

  async reject(disputeId: string): Promise<void> {
    const answer = { decision: 'reject', note: 'nothing was wrong' } as const;
    await this.#change((tx, when) => resolveDispute(tx, { disputeId, answer, ...when }));
  }

  async credit(invoiceId: string, amountMinor: number): Promise<void> {
    const lines = [{ lineNumber: 1, amountMinor }];
    await this.#change((tx, when) =>
      correctInvoice(tx, { invoiceId, request: { kind: 'credit', reason: 'goodwill', lines }, ...when }),
    );
  }

  async promise(invoiceId: string, amountMinor: number, days: number): Promise<void> {
    const [row] = await this.#rowsOf<{ customerId: string }>(
      'SELECT customer_id AS "customerId" FROM invoices WHERE id = $1',
      invoiceId,
    );
    await this.#change((tx, { actor, at }) =>
      promisePayment(tx, {
        customerId: row!.customerId,
        byCustomer: false,
        amountMinor,
        currency: 'EUR',
        promisedOn: addDays(localDate(at, timeZone), days),
        invoiceIds: [invoiceId],
        actor,
        at,
      }),
    );
  }

  async holdOff(invoiceId: string, days: number): Promise<void> {
    await this.#change((tx, { actor, at }) =>
      holdOff(tx, { invoiceId, untilOn: addDays(localDate(at, timeZone), days), reason: 'we look into it', actor, at }),
    );
  }

  async takeBack(paymentId: string, kind: 'bounce' | 'undo', amountMinor: number): Promise<boolean> {
    return this.#unlessRefused((tx, when) => reversePayment(tx, { paymentId, kind, amountMinor, reason: 'no funds', ...when }));
  }

  async refund(source: { paymentId: string } | { creditNoteId: string }, amountMinor: number): Promise<void> {
    await this.#change(async (tx, { actor, at }) => {
      const asked = { ...source, amountMinor, iban: 'DE89370400440532013000', reason: 'they ask for it', actor, at };
      const { id: refundId } = await requestRefund(tx, asked);
      await decideRefund(tx, { refundId, decision: 'approve', actor: second, at });
    });
  }

  async writeOff(invoiceId: string, amountMinor: number): Promise<boolean> {
    return this.#unlessRefused(async (tx, when) => {
      const proposed = await proposeWriteOff(tx, { invoiceId, amountMinor, reason: 'insolvent', ...when });
      const { id, customerId } = proposed;
      await decideWriteOff(tx, { id, decision: 'approve', reason: 'agreed', ...when, actor: second });
      // By the policy credit is frozen with it: another story than the one that is told here.
      const { actor, at } = when;
      const { rows } = await tx.query("SELECT FROM credit_accounts WHERE customer_id = $1 AND standing = 'frozen'", [customerId]);
      if (rows.length > 0) await changeFreeze(tx, { customerId, frozen: false, reason: 'they go on', actor, at });
    });
  }

  receiveGoods(warehouseId: string, quantity: number) {
    return addStock(this.#suite, this.#sku, quantity, product.unitCostMinor, warehouseId);
  }

  async changeLimit(customerId: string, limitMinor: number): Promise<void> {
    const { at } = await readClock(this.#suite.database);
    await this.#suite.database.transaction((tx) =>
      changeLimit(tx, { customerId, limitMinor, reason: 'reviewed', actor: tester, at }),
    );
  }

  async advance(days: number): Promise<void> {
    await this.#suite.advanceTo(instantAt(addDays(localDate(await this.#suite.now(), timeZone), days), '12:00', timeZone));
  }

  /* Everything is listed in the order in which it came about, as the rules alone list it: who acts on it draws in that order. */
  async atRest(): Promise<Snapshot> {
    await this.#rest();
    const { at } = await readClock(this.#suite.database);
    const ids = this.customers.map(({ id }) => id);
    const now = await trialBalance(this.#suite.database);
    const names = [...new Set([...Object.keys(now), ...Object.keys(this.#before)])];
    const [orders, shipments, items, payments, creditNotes, disputes, promises, heldOff, accounts, stock, broken] =
      await Promise.all([
        this.#rowsOf<Snapshot['orders'][number]>(
          `SELECT o.id, o.customer_id AS "customerId", o.status, o.gross_minor AS "grossMinor",
           l.quantity - l.cancelled_quantity AS wanted, l.shipped_quantity AS shipped,
           coalesce((SELECT sum(quantity)::int FROM reservations r WHERE r.order_id = o.id AND r.status = 'reserved'), 0) AS reserved,
           coalesce((SELECT remaining_minor FROM credit_holds h WHERE h.order_id = o.id), 0) AS "heldMinor"
         FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE o.customer_id = ANY ($1) ORDER BY o.placed_at, o.id`,
          ids,
        ),
        this.#rowsOf<Snapshot['shipments'][number]>(
          `SELECT s.id, s.order_id AS "orderId", s.status, l.quantity FROM shipments s JOIN shipment_lines l ON l.shipment_id = s.id
         JOIN orders o ON o.id = s.order_id WHERE o.customer_id = ANY ($1) ORDER BY s.id`,
          ids,
        ),
        this.#rowsOf<Snapshot['items'][number]>(
          `SELECT id, customer_id AS "customerId", order_id AS "orderId", shipment_id AS "shipmentId",
           kind = 'returned-refund' AS "isReturnedRefund", net_minor AS "netMinor",
           gross_minor AS "grossMinor", open_minor AS "openMinor", disputed_minor AS "disputedMinor", due_on AS "dueOn",
           dunning_level AS "dunningLevel",
           (SELECT coalesce(sum(amount_minor - recovered_minor), 0)::bigint FROM write_off_applications w WHERE w.invoice_id = i.id)
             AS "givenUpMinor"
         FROM invoices i WHERE customer_id = ANY ($1) ORDER BY at, id`,
          ids,
        ),
        this.#rowsOf<Snapshot['payments'][number]>(
          `SELECT id, customer_id AS "customerId", amount_minor AS "amountMinor", unapplied_minor AS "unappliedMinor",
           refunded_minor AS "refundedMinor", reversed_minor AS "takenBackMinor",
           coalesce((SELECT jsonb_agg(jsonb_build_object('itemId', invoice_id,
             'amountMinor', amount_minor)) FROM standing_applications a WHERE a.payment_id = p.id), '[]') AS paid
         FROM payments p WHERE customer_id = ANY ($1) ORDER BY id`,
          ids,
        ),
        this.#rowsOf<Snapshot['creditNotes'][number]>(
          `SELECT id, customer_id AS "customerId", invoice_id AS "itemId", net_minor AS "netMinor", gross_minor AS "grossMinor",
           unapplied_minor AS "unappliedMinor" FROM credit_notes WHERE customer_id = ANY ($1) ORDER BY id`,
          ids,
        ),
        this.#rowsOf<Snapshot['disputes'][number]>(
          `SELECT id, invoice_id AS "itemId" FROM disputes WHERE customer_id = ANY ($1) AND status = 'open' ORDER BY id`,
          ids,
        ),
        this.#rowsOf<Snapshot['promises'][number]>(
          `SELECT p.id, i.invoice_id AS "itemId", p.amount_minor AS "amountMinor", p.receipts_until AS "receiptsUntil", p.status
         FROM promises p JOIN promise_items i ON i.promise_id = p.id WHERE p.customer_id = ANY ($1) ORDER BY p.at, p.id, i.invoice_id`,
          ids,
        ),
        this.#rowsOf<{ itemId: string }>(
          'SELECT invoice_id AS "itemId" FROM hold_offs WHERE customer_id = ANY ($1) AND ended_at IS NULL ORDER BY at, id',
          ids,
        ),
        this.#rowsOf<Snapshot['accounts'][number]>(
          `SELECT customer_id AS "customerId", limit_minor AS "limitMinor", on_hold_since IS NOT NULL AS "onHold", jsonb_build_object(
           'openReceivablesMinor', open_receivables_minor, 'shippedNotInvoicedMinor', shipped_not_invoiced_minor,
           'approvedNotShippedMinor', approved_not_shipped_minor, 'unappliedCashMinor', unapplied_cash_minor,
           'openCreditNotesMinor', open_credit_notes_minor) AS buckets
         FROM credit_accounts WHERE customer_id = ANY ($1) ORDER BY array_position($1, customer_id)`,
          ids,
        ),
        this.#rowsOf<Snapshot['stock'][number]>(
          `SELECT warehouse_id AS "warehouseId", on_hand AS "onHand", reserved, value_minor AS "valueMinor" FROM stock WHERE sku = $1`,
          this.#sku,
        ),
        brokenInvariants(this.#suite.database, at),
      ]);
    return {
      today: localDate(at, timeZone),
      orders,
      shipments,
      items,
      payments,
      creditNotes,
      disputes,
      promises,
      heldOff: heldOff.map(({ itemId }) => itemId),
      accounts,
      stock,
      ledger: Object.fromEntries(names.map((name) => [name, (now[name] ?? 0) - (this.#before[name] ?? 0)])),
      broken: broken.map(({ id, sentence, rows }) => `${id}: ${sentence} ${JSON.stringify(rows)}`),
    };
  }

  async #change<Result>(work: (tx: Transaction, when: When) => Promise<Result>): Promise<Result> {
    const { at, offsetMs } = await readClock(this.#suite.database);
    return this.#suite.database.transaction((tx) => work(tx, { actor: tester, at, offsetMs }));
  }

  async #unlessRefused(work: (tx: Transaction, when: When) => Promise<unknown>): Promise<boolean> {
    const done = await unlessRefused(async () => {
      await this.#change(work);
      return true;
    });
    return done ?? false;
  }

  /** Waits until nothing is owed to the world and no workflow has anything under way, twice without news in between. */
  async #rest(): Promise<void> {
    let seen = '';
    await eventually(async () => {
      await this.#suite.delivery.deliverPending(50);
      const [outbox] = await this.#rowsOf<{ last: string; pending: number }>(
        `SELECT coalesce(max(id), 0)::text AS last, count(*) FILTER (WHERE delivered_at IS NULL AND parked_reason IS NULL)::int AS pending
         FROM outbox`,
      );
      const open = await this.#rowsOf<{ id: string }>(
        `SELECT id FROM orders WHERE customer_id = ANY ($1) AND status <> ALL ($2)
         UNION SELECT holder_workflow_id FROM invoices WHERE customer_id = ANY ($1) AND open_minor > 0`,
        this.customers.map(({ id }) => id),
        finalOrderStatuses,
      );
      const quiet = await Promise.all(open.map(({ id }) => isQuiet(this.#suite.client, id)));
      const stands = outbox!.pending === 0 && quiet.every(Boolean) ? outbox!.last : '';
      const rests = stands !== '' && stands === seen;
      seen = stands;
      return rests;
    }, 30);
  }

  async #rowsOf<Row>(sql: string, ...values: unknown[]): Promise<Row[]> {
    return (await this.#suite.database.query<Row & Record<string, unknown>>(sql, values)).rows;
  }

  async #openItemsOf(customerId: string): Promise<string[]> {
    const open = 'SELECT id FROM invoices WHERE customer_id = $1 AND open_minor > 0';
    return (await this.#rowsOf<{ id: string }>(open, customerId)).map(({ id }) => id);
  }
}

async function unlessRefused<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  return work().catch((error: unknown) => {
    if (error instanceof Refusal) return undefined;
    throw error;
  });
}
