import { patched } from '@temporalio/workflow';
import type { CarrierBooking, IssuedInvoice, OrderWorkflowInput } from '../activities/index.ts';
import { isFinal, type OrderStatus } from '../domain/order.ts';
import { card, carriers, database } from './effects.ts';
import { type OpenOrder, openOrder } from './open-order.ts';
import { collect } from './receivable.ts';

/**
 * One order, from capture to cash. The story is here; people's messages and the order's clock are in open-order.ts, the
 * rules in domain/, and every effect is one transaction in db/transactions/. PostgreSQL holds the truth: the workflow
 * decides nothing it has not asked there, and a hint only makes it ask again.
 */
export async function orderWorkflow(input: OrderWorkflowInput): Promise<{ orderStatus: OrderStatus }> {
  const order = openOrder(input);
  // The first step is asked for before the first message is heard. A worker that takes over from a dead one hears both in one
  // activation, a replay in two: whatever comes first must come first in both (tests/faults: the first step outlasts its task).
  const takenOver = input.takesOver ? takeOver(order) : undefined;
  const creditHeld = takenOver ? takenOver.then(() => accept(order)) : accept(order);
  order.listen();
  const receivables: Promise<void>[] = [];
  if (await creditHeld) await fulfil(order, receivables, takenOver && (await takenOver));
  if (order.paysByCard) await holdRestOnCard(order);
  await Promise.all(receivables);
  await close(order);
  return order.finish();
}

/** True once it may go on: credit is held for it, or its amount on a card. */
const accept = (order: OpenOrder): Promise<boolean> => (order.paysByCard ? authoriseCard(order) : holdCredit(order));

/**
 * The shipments that an earlier run of this workflow, which is lost, has led to (X8). From there on the order asks for every step as
 * ever, and those that were taken answer with their first outcome.
 */
async function takeOver(order: OpenOrder): Promise<string[]> {
  const { shipments, round } = order.heard(await database.takeOverOrder({ orderId: order.id, at: order.now() }));
  order.takeOver(shipments, round);
  return shipments.map(({ shipmentId }) => shipmentId);
}

/**
 * Reserves, picks, packs, ships and invoices in rounds, until nothing is owed any more; what there is to collect is added to the
 * receivables. One at a time: units that are owed again while it runs are its own next round. `takenOver`: shipments that it goes on with.
 */
async function fulfil(order: OpenOrder, receivables: Promise<void>[], takenOver?: string[]): Promise<void> {
  order.isFulfilling = true;
  const fulfilShipment = async (shipmentId: string) => {
    if (!(await pickAndPack(order, shipmentId))) return;
    const left = await shipAndInvoice(order, shipmentId);
    if (!left) return;
    // Under D-terms it is invoiced when it arrives, or with others by the run of its period, while the rest of the order goes on.
    receivables.push(left.invoice ? collectFrom(order, left.invoice) : collectLater(order, shipmentId));
  };
  if (takenOver) await Promise.all(takenOver.map(fulfilShipment));
  while (owesGoods(order)) {
    const heard = order.undelivered;
    const shipmentIds = await reserveAndRelease(order, order.nextRound());
    if (shipmentIds === undefined && order.undelivered > heard) continue;
    if (shipmentIds === undefined) break;
    await Promise.all(shipmentIds.map(fulfilShipment));
  }
  order.isFulfilling = false;
}

/** False once everything ordered has been shipped and invoiced, or cancelled. */
const owesGoods = ({ status }: OpenOrder): boolean => status !== 'invoiced' && !isFinal(status);

/** True once the order's credit is held; false when it ended instead. A waiting order asks again at every hint. */
async function holdCredit(order: OpenOrder): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const heard = order.creditNews;
    const news = () => order.creditNews > heard;
    const credit = order.heard(await database.holdCredit({ orderId: order.id, attempt, at: order.now() }));
    if (credit.outcome === 'held') return true;
    if (credit.outcome === 'ended') return false;
    if (credit.for === 'prepayment') {
      if (!(await order.until(news, credit.dueAt, 'the payment in advance is due'))) {
        order.heard(await database.missPrepayment({ orderId: order.id, at: order.now() }));
      }
      continue;
    }
    if (credit.for !== 'payment') {
      if (await order.until(news, credit.dueAt, `${credit.taskId} goes to finance`)) continue;
      await database.escalateTask({ taskId: credit.taskId, at: order.now() });
    }
    await order.until(news);
  }
}

/**
 * True once the order's amount is held on its card, in place of credit; false when it ended instead. An order whose card was declined
 * waits for another, until a deadline.
 */
async function authoriseCard(order: OpenOrder): Promise<boolean> {
  for (;;) {
    const heard = order.creditNews;
    const asked = order.heard(await card.authoriseCard({ orderId: order.id, at: order.now() }));
    if (asked.outcome !== 'wait') return asked.outcome === 'authorised';
    if (await order.until(() => order.creditNews > heard, asked.dueAt, 'another card is due')) continue;
    order.heard(await database.missCard({ orderId: order.id, at: order.now() }));
  }
}

/** Has the card hold what the order still owes an invoice for, and let go of the rest. */
const holdRestOnCard = (order: OpenOrder) => card.holdRestOnCard({ orderId: order.id, at: order.now() });

/** The shipments that the warehouse works on next; undefined when the order owes nothing more. */
async function reserveAndRelease(order: OpenOrder, round: number): Promise<string[] | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const heard = order.stockNews;
    const release = order.heard(
      await database.releaseOrder({ orderId: order.id, attempt: `${round}.${attempt}`, at: order.now() }),
    );
    if (release.outcome === 'nothing-open') return undefined;
    if (release.outcome === 'released') {
      order.released(release.shipmentIds);
      return release.shipmentIds;
    }
    const news = () => order.stockNews > heard;
    if (release.for === 'choice' && !(await order.until(news, release.dueAt, 'the customer has not chosen'))) {
      order.heard(await database.giveUpWaitingForChoice({ orderId: order.id, at: order.now() }));
      continue;
    }
    await order.until(news);
  }
}

/** True when the warehouse has packed the shipment; false when it was cancelled first. */
async function pickAndPack(order: OpenOrder, shipmentId: string): Promise<boolean> {
  await order.until(() => order.shipmentIs(shipmentId, 'packed') || order.shipmentIs(shipmentId, 'cancelled'));
  return order.shipmentIs(shipmentId, 'packed');
}

/**
 * The goods that have left, with their invoice unless it waits for their delivery; undefined when the order was cancelled while the
 * carrier was being booked.
 */
async function shipAndInvoice(order: OpenOrder, shipmentId: string): Promise<{ invoice?: IssuedInvoice } | undefined> {
  const booking = await bookCarrier(order, shipmentId);
  if (!booking) return undefined;
  const { carrier, trackingNumber } = booking;
  const issue = order.heard(
    await database.shipAndInvoice({ orderId: order.id, shipmentId, carrier, trackingNumber, at: order.now() }),
  );
  if (issue.outcome === 'issued') {
    order.shipped(shipmentId, issue.invoice);
    return issue;
  }
  await carriers.voidCarrierBooking({ shipmentId, carrier, trackingNumber });
  return undefined;
}

/** A shipment of free lines leaves nothing to collect. Of an order that is paid by card, nobody is dunned before it has been asked. */
async function collectFrom(order: OpenOrder, invoice: IssuedInvoice): Promise<void> {
  if (invoice.grossMinor === 0) return;
  const { invoiceId } = invoice;
  if (order.paysByCard) await card.takeFromCard({ orderId: order.id, invoiceId, at: order.now() });
  // What has been paid of it was told to the run before.
  if (order.hasTakenOver) order.changedInvoices.add(invoiceId);
  await collect(order, invoice);
}

/**
 * Waits for the delivery of goods whose control passes there, then invoices and collects; goods that will not arrive are sent again. Or
 * waits for the run that invoices them with others, whose invoice has a workflow of its own. Orders from before these terms and runs have
 * histories in which every shipment that left had its invoice, and no history from before goods were sent again has one that did not
 * arrive, so none of it needs a patch.
 */
async function collectLater(order: OpenOrder, shipmentId: string): Promise<void> {
  for (;;) {
    const heard = order.shipmentNews(shipmentId);
    const bill = order.heard(await database.invoiceDelivered({ orderId: order.id, shipmentId, at: order.now() }));
    if (bill.outcome === 'invoiced') {
      order.shipped(shipmentId, bill.invoice);
      await collectFrom(order, bill.invoice);
      return;
    }
    if (bill.outcome === 'consolidated') return;
    if (bill.outcome === 'undelivered') {
      order.willNotArrive(shipmentId);
      const receivables: Promise<void>[] = [];
      if (!order.isFulfilling) {
        await fulfil(order, receivables);
        if (order.paysByCard && patched('rest-on-card-after-sent-again')) await holdRestOnCard(order);
      }
      await Promise.all(receivables);
      return;
    }
    await order.until(() => order.shipmentNews(shipmentId) > heard);
  }
}

/**
 * A carrier's booking. One that refuses for good is not asked again until a person has changed something, and says so (S1);
 * undefined when the shipment was cancelled meanwhile. Orders from before this wait have histories in which no carrier refused,
 * so the wait needs no patch.
 */
async function bookCarrier(order: OpenOrder, shipmentId: string): Promise<CarrierBooking | undefined> {
  const booked = order.bookingOf(shipmentId);
  if (booked) return booked;
  for (let attempt = order.firstAttemptAt(shipmentId); ; attempt += 1) {
    const heardOfAny = order.shipmentNews();
    const heard = order.shipmentNews(shipmentId);
    const answer = await carriers.bookCarrier.executeWithOptions(
      { startToCloseTimeout: '30s', summary: `book a carrier for ${shipmentId}` },
      [{ shipmentId, attempt, at: order.now() }],
    );
    if (!('refused' in answer)) return answer;
    order.heard(
      await database.holdShipment({ orderId: order.id, shipmentId, attempt, refusal: answer.refused, at: order.now() }),
    );
    const cancelled = () => order.shipmentIs(shipmentId, 'cancelled');
    // News of another shipment is no reason to ask again, but older orders did.
    const isItsOwn = patched('carrier-asked-by-shipment');
    const news = () => (isItsOwn ? order.shipmentNews(shipmentId) > heard : order.shipmentNews() > heardOfAny);
    await order.until(() => news() || cancelled());
    if (cancelled()) return undefined;
  }
}

/**
 * Sees the order closed. The last settled invoice closed it, or its cancellation did; a fact that came in between keeps it
 * open, and the next hint tries again.
 */
async function close(order: OpenOrder): Promise<void> {
  while (!isFinal(order.status)) {
    const heard = order.receivableNews;
    const { outcome } = order.heard(await database.closeOrder({ orderId: order.id, at: order.now() }));
    if (outcome === 'open') await order.until(() => order.receivableNews > heard);
  }
}
