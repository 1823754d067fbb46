import type { Client } from '@temporalio/client';
import { forwardWorkflow } from '../../clock/forward.ts';
import { only, type Transaction } from '../../db/client.ts';
import { readClock } from '../../db/statements/company.ts';
import { askCarrierAgain } from '../../db/transactions/ask-carrier-again.ts';
import { confirmDelivery } from '../../db/transactions/confirm-delivery.ts';
import { correctStock } from '../../db/transactions/correct-stock.ts';
import { inspectReturn } from '../../db/transactions/credit-return.ts';
import { approveReturn, receiveReturn } from '../../db/transactions/move-return.ts';
import { endCardPayment, payByCard, settleCardPayment } from '../../db/transactions/pay-by-card.ts';
import { giveAnotherCard } from '../../db/transactions/pay-order-by-card.ts';
import { recordTracking } from '../../db/transactions/record-tracking.ts';
import { decideRefund, requestRefund } from '../../db/transactions/refund-payment.ts';
import { requestReturn } from '../../db/transactions/request-return.ts';
import { resolveShipment } from '../../db/transactions/resolve-shipment.ts';
import { restartWorkflows } from '../../db/transactions/restart-workflows.ts';
import { runInvoices } from '../../db/transactions/run-invoices.ts';
import { takeGatewayEvent } from '../../db/transactions/take-gateway-event.ts';
import { simulatedDisputeEvents } from '../../domain/simulated-gateway.ts';
import { addDays, plusSeconds } from '../../domain/time.ts';
import {
  amendOrder,
  cancelOrder,
  chooseShortage,
  confirmPack,
  confirmPick,
  creditDecision,
  decideCredit,
} from '../../workflows/messages.ts';
import {
  addCustomer,
  addProduct,
  address,
  addStock,
  ask,
  becomes,
  instant,
  invoiced,
  openingItem,
  order,
  pay,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
} from '../company.ts';
import { eventually, type Suite, tester } from '../suite.ts';

/** Keeps the history of a workflow, as it is at this moment, under a name. */
type Keep = (name: string, workflowId: string) => Promise<void>;

const price = 10_000;
const grossOf = (quantity: number) => quantity * price;

/**
 * Lives typical lives in the real engine and keeps their histories: finished ones, and ones that still wait for something, as
 * every open order does on the day on which changed workflow code is deployed.
 */
export async function tellStories(suite: Suite, keep: Keep): Promise<void> {
  await suite.setClock(instant('2027-03-02', '09:00:00'));
  await setUpCompany(suite.database);
  for (const sku of ['UNIT', 'SPREAD', 'RARE', 'LATER', 'SCANT', 'SCARCE', 'COUNTED', 'CHOSEN'])
    await addProduct(suite.database, sku, price, '0');
  await addStock(suite, 'UNIT', 1_000, 4_000);
  await addStock(suite, 'SPREAD', 5, 4_000, 'WH-NORTH');
  await addStock(suite, 'SPREAD', 3, 4_000, 'WH-SOUTH');
  await addStock(suite, 'RARE', 4, 4_000);
  await addStock(suite, 'SCANT', 3, 4_000);
  await addStock(suite, 'SCARCE', 3, 4_000);
  await addStock(suite, 'COUNTED', 4, 4_000);
  await addStock(suite, 'CHOSEN', 4, 4_000);

  let customers = 0;
  const customer = async (options: Parameters<typeof addCustomer>[2] = { limitMinor: 1_000_000 }) => {
    const id = `CUST-${++customers}`;
    await addCustomer(suite.database, id, options);
    return id;
  };
  const units = (quantity: number, sku = 'UNIT') => [{ sku, quantity }];
  const decide = (orderId: string, decision: 'approve' | 'deny' | 'release' | 'prepay', limitMinor?: number) =>
    ask(suite, orderId, decideCredit, { decision, reason: 'looked at', actor: tester, ...(limitMinor && { limitMinor }) });
  const cancel = (orderId: string) => ask(suite, orderId, cancelOrder, { reason: 'changed its mind', actor: tester });
  const closed = async (name: string, orderId: string) => {
    await result(suite.client, orderId);
    await keep(name, orderId);
  };
  /** Ships what is in work, and pays what was invoiced. */
  const finish = async (customerId: string, orderId: string, invoices = 1) => {
    for (const shipmentId of await shipmentsInWork(suite, orderId)) await pickAndPack(suite, orderId, shipmentId);
    for (const invoice of await invoiced(suite, orderId, invoices)) {
      if (invoice.openMinor > 0) await pay(suite, customerId, invoice.openMinor, invoice.id);
    }
  };

  const wholeLife = async () => {
    const customerId = await customer();
    const orderId = await order(suite, customerId, units(2));
    await shipmentsInWork(suite, orderId);
    await keep('open-in-the-warehouse', orderId);
    await finish(customerId, orderId);
    await closed('whole-life', orderId);
  };
  const packedApart = async () => {
    const customerId = await customer();
    const orderId = await order(suite, customerId, units(1));
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await ask(suite, orderId, confirmPick, { shipmentId: shipmentId!, short: [], packed: false, actor: tester });
    await ask(suite, orderId, confirmPack, { shipmentId: shipmentId!, actor: tester });
    const [invoice] = await invoiced(suite, orderId);
    await pay(suite, customerId, grossOf(1) / 2, invoice!.id);
    await pay(suite, customerId, grossOf(1), invoice!.id);
    await closed('picked-then-packed-paid-in-parts-and-over', orderId);
  };
  const twoWarehouses = async () => {
    const customerId = await customer();
    const orderId = await order(suite, customerId, units(7, 'SPREAD'));
    const shipmentIds = await shipmentsInWork(suite, orderId, 2);
    await Promise.all(shipmentIds.map((shipmentId) => pickAndPack(suite, orderId, shipmentId)));
    const invoices = await invoiced(suite, orderId, 2);
    await pay(suite, customerId, grossOf(7), invoices.map(({ id }) => id).join(' '));
    await closed('two-warehouses-one-payment', orderId);
  };
  const cancelled = async () => {
    const orderId = await order(suite, await customer(), units(2));
    await shipmentsInWork(suite, orderId);
    await cancel(orderId);
    await closed('cancelled-in-the-warehouse', orderId);
  };
  const amended = async () => {
    const customerId = await customer();
    const orderId = await order(suite, customerId, units(2));
    await shipmentsInWork(suite, orderId);
    const change = { revision: 1, lines: [{ lineNumber: 1, quantity: 3 }], reason: 'one more', actor: tester };
    await ask(suite, orderId, amendOrder, change);
    await keep('open-amended-in-the-warehouse', orderId);
    await finish(customerId, orderId);
    await closed('amended-in-the-warehouse', orderId);
  };
  const firstOrder = async () => {
    const customerId = await customer({
      creditProfile: { yearsTrading: 8, annualTurnoverMinor: 200_000_000, tradeReferences: 3 },
    });
    const orderId = await order(suite, customerId, units(1));
    await finish(customerId, orderId);
    await closed('first-order-approved-by-policy', orderId);
  };
  const denied = async () => {
    const orderId = await order(suite, await customer({ creditProfile: { yearsTrading: 0, externalRating: 'D' } }), units(1));
    await closed('denied-by-policy', orderId);
  };
  const review = async () => {
    const customerId = await customer({});
    const orderId = await order(suite, customerId, units(1));
    await becomes(suite, orderId, 'credit-review');
    await keep('open-in-credit-review', orderId);
    await decide(orderId, 'approve', 500_000);
    await finish(customerId, orderId);
    await closed('reviewed-and-approved', orderId);
  };
  const reviewBySignal = async () => {
    const customerId = await customer({});
    const orderId = await order(suite, customerId, units(1));
    await becomes(suite, orderId, 'credit-review');
    const workflow = suite.client.workflow.getHandle(orderId);
    await workflow.signal(creditDecision, 'nonsense');
    await workflow.signal(creditDecision, { decision: 'approve', limitMinor: 500_000, by: 'anna' });
    await finish(customerId, orderId);
    await closed('approved-by-signal', orderId);
  };
  const reviewDenied = async () => {
    const orderId = await order(suite, await customer({}), units(1));
    await becomes(suite, orderId, 'credit-review');
    await decide(orderId, 'deny');
    await closed('reviewed-and-denied', orderId);
  };
  const overLimit = async () => {
    const customerId = await customer({ limitMinor: grossOf(10) });
    const first = await order(suite, customerId, units(8));
    await shipmentsInWork(suite, first);
    const second = await order(suite, customerId, units(5));
    await becomes(suite, second, 'over-limit');
    await keep('open-over-limit', second);
    // Room appears: the waiting order goes on by itself.
    await cancel(first);
    await finish(customerId, second);
    await closed('over-limit-until-there-is-room', second);
  };
  const oneOff = async () => {
    const customerId = await customer({ limitMinor: grossOf(1) });
    const orderId = await order(suite, customerId, units(2));
    await becomes(suite, orderId, 'over-limit');
    await decide(orderId, 'release', grossOf(2));
    await finish(customerId, orderId);
    await closed('over-limit-released-once', orderId);
  };
  const shortage = async () => {
    const orderId = await order(suite, await customer(), units(3, 'SCANT'));
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!, [{ lineNumber: 1, pickedQuantity: 1 }]);
    await becomes(suite, orderId, 'awaiting-choice');
    await keep('open-short-at-the-pick', orderId);
    await forwardWorkflow(suite.client, orderId, instant('2027-03-09'));
    await closed('short-at-the-pick-and-silence', orderId);
  };
  const shippedInPart = async () => {
    const customerId = await customer();
    const orderId = await order(suite, customerId, units(3, 'SCARCE'));
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!, [{ lineNumber: 1, pickedQuantity: 1 }]);
    await becomes(suite, orderId, 'awaiting-choice');
    await ask(suite, orderId, chooseShortage, { choice: 'ship-part', actor: tester });
    await finish(customerId, orderId);
    await closed('short-at-the-pick-shipped-in-part', orderId);
  };
  const partial = async () => {
    const customerId = await customer({ limitMinor: 1_000_000, backOrderAllowed: true });
    const orderId = await order(suite, customerId, units(6, 'RARE'));
    const [first] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, first!);
    await becomes(suite, orderId, 'back-ordered');
    await keep('open-on-back-order', orderId);
    await addStock(suite, 'RARE', 10, 4_000);
    const [second] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, second!);
    for (const invoice of await invoiced(suite, orderId, 2)) await pay(suite, customerId, invoice.openMinor, invoice.id);
    await closed('partial-shipment-and-back-order', orderId);
  };
  const restCancelled = async () => {
    const customerId = await customer({ limitMinor: 1_000_000, backOrderAllowed: true });
    const orderId = await order(suite, customerId, units(2, 'LATER'));
    await becomes(suite, orderId, 'back-ordered');
    await cancel(orderId);
    await closed('cancelled-on-back-order', orderId);
  };
  const prepaid = async () => {
    const customerId = await customer({});
    const orderId = await order(suite, customerId, units(2), { prepayment: true });
    await becomes(suite, orderId, 'awaiting-prepayment');
    await keep('open-awaiting-prepayment', orderId);
    const { rows } = await suite.database.query<{ number: string }>('SELECT number FROM prepayments WHERE order_id = $1', [
      orderId,
    ]);
    await pay(suite, customerId, grossOf(2), rows[0]!.number);
    await finish(customerId, orderId);
    await closed('prepaid', orderId);
  };
  const overLimitPrepaid = async () => {
    const orderId = await order(suite, await customer({ limitMinor: 0 }), units(1));
    await becomes(suite, orderId, 'over-limit');
    await decide(orderId, 'prepay');
    await becomes(suite, orderId, 'awaiting-prepayment');
    await cancel(orderId);
    await closed('over-limit-then-prepay-then-cancelled', orderId);
  };
  const carrierRefuses = async () => {
    const customerId = await customer();
    const shipTo = { ...address, street: '1 sim-bad-address Road' };
    const orderId = await order(suite, customerId, units(1), { shipTo });
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    const refused = () =>
      eventually(async () => {
        const { rows } = await suite.database.query('SELECT 1 FROM shipments WHERE id = $1 AND carrier_refusal IS NOT NULL', [
          shipmentId,
        ]);
        return rows.length === 1;
      });
    await refused();
    await keep('open-refused-by-the-carrier', orderId);
    const { at } = await readClock(suite.database);
    await suite.database.transaction((tx) =>
      askCarrierAgain(tx, { shipmentId: shipmentId!, shipTo: address, reason: 'the street was wrong', actor: tester, at }),
    );
    suite.delivery.deliverSoon();
    const [invoice] = await invoiced(suite, orderId);
    await pay(suite, customerId, invoice!.openMinor, invoice!.id);
    await closed('refused-by-the-carrier-then-shipped', orderId);
  };
  /** The order's next shipment leaves; it is not invoiced before it arrives. */
  const leavesUnderDTerms = async (orderId: string) => {
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    await eventually(async () => {
      const { rows } = await suite.database.query("SELECT 1 FROM shipments WHERE id = $1 AND status = 'shipped'", [shipmentId]);
      return rows.length === 1;
    });
    return shipmentId!;
  };
  const arrivesAndIsPaid = async (customerId: string, orderId: string, shipmentId: string) => {
    const { at } = await readClock(suite.database);
    await suite.database.transaction((tx) => confirmDelivery(tx, { shipmentId, actor: tester, at }));
    suite.delivery.deliverSoon();
    const [invoice] = await invoiced(suite, orderId);
    await pay(suite, customerId, invoice!.openMinor, invoice!.id);
  };
  const invoicedAtDelivery = async () => {
    const customerId = await customer();
    const orderId = await order(suite, customerId, units(2), { deliveryTerms: 'DAP' });
    const shipmentId = await leavesUnderDTerms(orderId);
    await keep('open-on-its-way-under-d-terms', orderId);
    await arrivesAndIsPaid(customerId, orderId, shipmentId);
    await closed('invoiced-at-delivery', orderId);
  };
  const invoicedByPeriod = async () => {
    const customerId = await customer();
    await suite.database.query(
      `UPDATE customers SET invoicing = '{"kind": "consolidated", "every": "month", "day": 1}' WHERE id = $1`,
      [customerId],
    );
    const orderId = await order(suite, customerId, units(2));
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    await becomes(suite, orderId, 'shipped');
    await keep('open-waiting-for-its-invoice-run', orderId);
    const today = (await suite.now()).slice(0, 10);
    const { invoices } = await does((tx, who) => runInvoices(tx, { customerId, through: today, today, ...who }));
    await becomes(suite, orderId, 'invoiced');
    await pay(suite, customerId, grossOf(2), invoices[0]!.invoiceId!);
    await closed('invoiced-by-the-run-of-its-period', orderId);
  };
  const sentAgain = async () => {
    const customerId = await customer();
    const orderId = await order(suite, customerId, units(2), { deliveryTerms: 'DAP' });
    await isLost(await leavesUnderDTerms(orderId), 'send-again');
    const second = await leavesUnderDTerms(orderId);
    await keep('open-sent-again-under-d-terms', orderId);
    await arrivesAndIsPaid(customerId, orderId, second);
    await closed('lost-under-d-terms-and-sent-again', orderId);
  };
  const cancelledAndSentAgain = async () => {
    const customerId = await customer();
    const orderId = await order(suite, customerId, units(2), { deliveryTerms: 'DAP' });
    await isLost(await leavesUnderDTerms(orderId), 'send-again');
    await shipmentsInWork(suite, orderId);
    await ask(suite, orderId, cancelOrder, { reason: 'found another', actor: tester });
    await closed('sent-again-under-d-terms-then-cancelled', orderId);
  };
  /** The carrier reports the parcel lost, and a person decides. */
  const isLost = async (shipmentId: string, decision: 'credit' | 'send-again') => {
    const { rows } = await suite.database.query<{ carrier: string; trackingNumber: string }>(
      'SELECT carrier, tracking_number AS "trackingNumber" FROM shipments WHERE id = $1',
      [shipmentId],
    );
    const { carrier, trackingNumber } = rows[0]!;
    const { at, offsetMs } = await readClock(suite.database);
    const lost = { eventId: `${trackingNumber}-lost`, trackingNumber, kind: 'lost' as const, occurredAt: at };
    await suite.database.transaction((tx) => recordTracking(tx, { carrier, events: [lost], at }));
    await suite.database.transaction((tx) =>
      resolveShipment(tx, { shipmentId, decision, reason: 'searched for', actor: tester, at, offsetMs }),
    );
    suite.delivery.deliverSoon();
  };
  const lostAndCredited = async () => {
    const orderId = await order(suite, await customer(), units(2));
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    await invoiced(suite, orderId);
    await isLost(shipmentId!, 'credit');
    await closed('lost-on-its-way-and-credited', orderId);
  };
  /** Now, by a person; what it owes the world goes out. */
  const does = async <Result>(
    work: (tx: Transaction, who: { actor: typeof tester; at: string; offsetMs: number }) => Promise<Result>,
  ): Promise<Result> => {
    const { at, offsetMs } = await readClock(suite.database);
    const result = await suite.database.transaction((tx) => work(tx, { actor: tester, at, offsetMs }));
    suite.delivery.deliverSoon();
    return result;
  };
  const refusedThenCancelled = async () => {
    const orderId = await order(suite, await customer(), units(1), { shipTo: { ...address, street: '1 sim-bad-address Road' } });
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    await eventually(async () => {
      const { rows } = await suite.database.query('SELECT 1 FROM shipments WHERE id = $1 AND carrier_refusal IS NOT NULL', [
        shipmentId,
      ]);
      return rows.length === 1;
    });
    await cancel(orderId);
    await closed('refused-by-the-carrier-then-cancelled', orderId);
  };
  const countedAway = async () => {
    const customerId = await customer();
    const orderId = await order(suite, customerId, units(4, 'COUNTED'));
    await shipmentsInWork(suite, orderId);
    const count = { kind: 'counted', reference: 'RECOUNT', sku: 'COUNTED', warehouseId: 'WH-NORTH', quantity: 1 } as const;
    await does((tx, who) => correctStock(tx, { ...count, ...who }));
    await becomes(suite, orderId, 'awaiting-choice');
    await ask(suite, orderId, chooseShortage, { choice: 'wait', actor: tester });
    await becomes(suite, orderId, 'back-ordered');
    await keep('open-counted-away-and-waited-for', orderId);
    await addStock(suite, 'COUNTED', 3, 4_000);
    await finish(customerId, orderId);
    await closed('counted-away-and-waited-for', orderId);
  };
  const choiceCancelled = async () => {
    const orderId = await order(suite, await customer(), units(4, 'CHOSEN'));
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!, [{ lineNumber: 1, pickedQuantity: 0 }]);
    await becomes(suite, orderId, 'awaiting-choice');
    await ask(suite, orderId, chooseShortage, { choice: 'cancel', actor: tester });
    await closed('short-at-the-pick-then-chosen-to-cancel', orderId);
  };
  const returned = async () => {
    const orderId = await order(suite, await customer(), units(2));
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    await invoiced(suite, orderId);
    const line = { lineNumber: 1, quantity: 2 };
    await does(async (tx, who) => {
      const lines = [{ ...line, reason: 'defective' as const }];
      const { returnId } = await requestReturn(tx, { shipmentId: shipmentId!, lines, ...who });
      await approveReturn(tx, { returnId, ...who });
      await receiveReturn(tx, { returnId, lines: [line], ...who });
      await inspectReturn(tx, { returnId, lines: [{ lineNumber: 1, restockedQuantity: 1, scrappedQuantity: 1 }], ...who });
    });
    await closed('returned-and-credited', orderId);
  };
  const byCard = async () => {
    const customerId = await customer();
    const orderId = await order(suite, customerId, units(1));
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    const [invoice] = await invoiced(suite, orderId);
    const { id } = await does((tx, who) =>
      payByCard(tx, { customerId, invoiceIds: [invoice!.id], paymentMethod: 'tok_story', ...who }),
    );
    await closed('card-payment', `card:${id}`);
    // Recorded when nobody had a gateway here; where there is one, the order is paid by now.
    await pay(suite, customerId, invoice!.openMinor, invoice!.id);
  };
  const orderByCard = async (token: string, quantity = 1) => {
    const customerId = await customer({});
    return { customerId, orderId: await order(suite, customerId, units(quantity), { payment: { method: 'card', token } }) };
  };
  const shipAll = async (orderId: string) => {
    for (const shipmentId of await shipmentsInWork(suite, orderId)) await pickAndPack(suite, orderId, shipmentId);
  };
  const orderPaidByCard = async () => {
    const { orderId } = await orderByCard('pm_card', 2);
    await shipmentsInWork(suite, orderId);
    await keep('open-paid-by-card', orderId);
    await shipAll(orderId);
    await closed('paid-by-card', orderId);
  };
  const anotherCard = async () => {
    const { orderId } = await orderByCard('pm_declined');
    await becomes(suite, orderId, 'awaiting-card');
    await keep('open-awaiting-card', orderId);
    await does((tx, who) => giveAnotherCard(tx, { orderId, paymentMethod: 'pm_card', ...who }));
    await shipAll(orderId);
    await closed('card-declined-then-another', orderId);
  };
  const cardLapsed = async () => {
    const { customerId, orderId } = await orderByCard('pm_expires');
    await shipAll(orderId);
    const [invoice] = await invoiced(suite, orderId);
    await becomes(suite, orderId, 'invoiced');
    await eventually(async () => {
      const { rows } = await suite.database.query("SELECT 1 FROM tasks WHERE order_id = $1 AND kind = 'card-not-taken'", [
        orderId,
      ]);
      return rows.length === 1;
    });
    await keep('open-card-not-taken', orderId);
    await pay(suite, customerId, invoice!.openMinor, invoice!.id);
    await closed('card-not-taken-then-transfer', orderId);
  };
  const disputedAfterClose = async () => {
    const { orderId } = await orderByCard('pm_disputed');
    await shipAll(orderId);
    await closed('paid-by-card-and-disputed-later', orderId);
    const { rows } = await suite.database.query<{ gatewayId: string }>(
      'SELECT gateway_id AS "gatewayId" FROM card_authorisations WHERE order_id = $1',
      [orderId],
    );
    const takenAt = plusSeconds(await suite.now(), -2 * 86_400);
    const payment = {
      gatewayId: rows[0]!.gatewayId,
      paymentMethod: 'disputed',
      amountMinor: grossOf(1),
      currency: 'EUR',
      takenAt,
    };
    const [event] = simulatedDisputeEvents(payment);
    await does((tx, who) => takeGatewayEvent(tx, { ...event!, occurredAt: takenAt, at: who.at }));
    await closed('card-work-event', `card:event:${event!.eventId}`);
    const [invoice] = await invoiced(suite, orderId);
    const round = `receivable:${invoice!.id}:2`;
    await eventually(async () => (await suite.client.workflow.getHandle(round).describe()).status.name === 'RUNNING');
    await keep('open-charged-back', round);
  };
  const refundedToCard = async () => {
    const customerId = await customer();
    const item = await openingItem(suite, customerId, 5_000, '2027-02-20', '2027-03-20');
    const refundId = await does(async (tx, who) => {
      const card = { customerId, invoiceIds: [item], paymentMethod: 'pm_card', ...who };
      const { id: cardPaymentId } = await payByCard(tx, card);
      await endCardPayment(tx, { cardPaymentId, status: 'declined', code: 'no-gateway', ...who });
      await settleCardPayment(tx, { cardPaymentId, gatewayId: 'sim_refunded', ...who });
      const { paymentId } = only(
        await tx.query<{ paymentId: string }>('SELECT payment_id AS "paymentId" FROM card_payments WHERE id = $1', [
          cardPaymentId,
        ]),
      );
      const { id } = await requestRefund(tx, { paymentId, amountMinor: 5_000, reason: 'not owed', ...who });
      await decideRefund(tx, { refundId: id, decision: 'approve', ...who, actor: { name: 'second', verified: true } });
      return id;
    });
    await closed('card-work-refund', `card:refund:${refundId}`);
  };
  for (const story of [
    wholeLife,
    packedApart,
    twoWarehouses,
    cancelled,
    amended,
    firstOrder,
    denied,
    review,
    reviewBySignal,
    reviewDenied,
    overLimit,
    oneOff,
    shortage,
    shippedInPart,
    partial,
    restCancelled,
    prepaid,
    overLimitPrepaid,
    carrierRefuses,
    invoicedAtDelivery,
    invoicedByPeriod,
    sentAgain,
    cancelledAndSentAgain,
    lostAndCredited,
    refusedThenCancelled,
    countedAway,
    choiceCancelled,
    returned,
    byCard,
    orderPaidByCard,
    anotherCard,
    cardLapsed,
    disputedAfterClose,
    refundedToCard,
  ]) {
    await story();
  }

  // From here on time passes for everybody.
  const escalated = await customer({});
  const escalatedOrder = await order(suite, escalated, units(1));
  await becomes(suite, escalatedOrder, 'credit-review');
  const unpaidOrder = await order(suite, await customer({}), units(1), { prepayment: true });
  await becomes(suite, unpaidOrder, 'awaiting-prepayment');
  const cardless = await orderByCard('pm_declined');
  await becomes(suite, cardless.orderId, 'awaiting-card');
  const slow = await orderByCard('pm_card');
  await shipmentsInWork(suite, slow.orderId);
  const late = await customer();
  const lateOrder = await order(suite, late, units(5));
  const [lateShipment] = await shipmentsInWork(suite, lateOrder);
  await pickAndPack(suite, lateOrder, lateShipment!);
  const [invoice] = await invoiced(suite, lateOrder);
  await keep('open-receivable', lateOrder);
  const byInstalments = await customer();
  const instalments = [
    { share: '0.3', days: 0 },
    { share: '0.7', days: 30 },
  ];
  await suite.database.query('UPDATE customers SET terms = $2 WHERE id = $1', [
    byInstalments,
    JSON.stringify({ kind: 'net', days: 30, instalments }),
  ]);
  const instalmentsOrder = await order(suite, byInstalments, units(2));
  const [instalmentsShipment] = await shipmentsInWork(suite, instalmentsOrder);
  await pickAndPack(suite, instalmentsOrder, instalmentsShipment!);
  const [inParts] = await invoiced(suite, instalmentsOrder);
  await keep('open-with-instalments', instalmentsOrder);
  const opening = await openingItem(suite, await customer(), 50_000, '2027-02-20', '2027-03-22');
  const held = await customer({ limitMinor: 1_000_000, backOrderAllowed: true });
  const oldItem = await openingItem(suite, held, 20_000, '2027-02-08', '2027-03-10');
  const heldOrder = await order(suite, held, units(1, 'LATER'));
  await becomes(suite, heldOrder, 'back-ordered');

  await suite.advanceTo(instant('2027-03-05'));
  await decide(escalatedOrder, 'approve', 500_000);
  await finish(escalated, escalatedOrder);
  await closed('review-escalated-then-approved', escalatedOrder);

  // The first instalment is overdue by now; the second is paid before its day.
  await pay(suite, byInstalments, grossOf(2) * 0.3, inParts!.id);
  await suite.advanceTo(instant('2027-03-08'));
  await pay(suite, byInstalments, grossOf(2) * 0.7, inParts!.id);
  await closed('paid-by-instalments-the-first-of-them-late', instalmentsOrder);

  // Nobody gave another card in time; what was held for long has been held anew.
  await closed('card-declined-and-none-came', cardless.orderId);
  await closed('card-work-renewal', `card:renewal:${slow.orderId}:card:1`);
  await shipAll(slow.orderId);
  await closed('paid-by-card-held-anew', slow.orderId);

  // The seven days of a payment in advance are over. Overdue when its goods arrive, an order waits instead of being released.
  await suite.advanceTo(instant('2027-03-12'));
  await closed('prepayment-that-did-not-come', unpaidOrder);
  await addStock(suite, 'LATER', 5, 4_000);
  await becomes(suite, heldOrder, 'waiting-for-payment');
  await pay(suite, held, 20_000, oldItem);
  await closed('opening-item-overdue-then-paid', `receivable:${oldItem}`);
  await finish(held, heldOrder);
  await closed('held-at-release-until-paid', heldOrder);

  await suite.advanceTo(instant(addDays(invoice!.dueOn, 50)));
  await keep('open-in-collections', lateOrder);
  const received = await pay(suite, late, invoice!.openMinor, invoice!.id);
  await closed('late-payer-to-collections', lateOrder);
  const note = received.interestNotes[0]!;
  await keep('open-interest-note', `receivable:${note}`);
  await keep('opening-item-in-collections', `receivable:${opening}`);

  // Their first runs are lost, in the warehouse and with an open invoice, and others go on with them.
  const again = async (workflowId: string) => {
    const handle = suite.client.workflow.getHandle(workflowId);
    const { runId } = await handle.describe();
    const { at, offsetMs } = await readClock(suite.database);
    await suite.database.transaction((tx) =>
      restartWorkflows(tx, { workflowIds: [workflowId], replace: true, actor: tester, reason: 'lost', at, offsetMs }),
    );
    await eventually(async () => (await handle.describe()).runId !== runId);
  };
  const takenOver = await customer();
  for (const [name, isAgain] of [
    ['taken-over-in-the-warehouse', 'picking'],
    ['taken-over-with-an-open-invoice', 'invoiced'],
  ] as const) {
    const orderId = await order(suite, takenOver, units(1));
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    if (isAgain === 'picking') await again(orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    const [billed] = await invoiced(suite, orderId);
    if (isAgain === 'invoiced') await again(orderId);
    await pay(suite, takenOver, grossOf(1), billed!.id);
    await closed(name, orderId);
  }

  await suite.client.workflow.start('jobsWorkflow', { taskQueue: 'throughline', workflowId: 'jobs-once' });
  await closed('jobs', 'jobs-once');
  const { rows } = await suite.database.query<{ key: string }>("SELECT key FROM notices WHERE kind = 'invoice' LIMIT 1");
  await suite.client.workflow.start('noticeWorkflow', {
    taskQueue: 'throughline',
    workflowId: 'notice-by-workflow',
    args: [{ key: rows[0]!.key }],
  });
  await closed('notice', 'notice-by-workflow');
}

async function result(client: Client, workflowId: string): Promise<void> {
  await eventually(async () => {
    const { status } = await client.workflow.getHandle(workflowId).describe();
    if (status.name !== 'COMPLETED') throw new Error(`${workflowId} is ${status.name}`);
    return true;
  }, 30);
}
