import type { UpdateDefinition } from '@temporalio/common';
import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  currentUpdateInfo,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { Actor, CarrierBooking, IssuedInvoice, OrderWorkflowInput, TakenOverShipment } from '../activities/index.ts';
import { isRefused, type Refused } from '../domain/failures.ts';
import { formatMoney } from '../domain/money.ts';
import { isFinal, mayShipment, type OrderStatus, type ShipmentCommand, type ShipmentStatus, stageOf } from '../domain/order.ts';
import { companyTime } from './company-time.ts';
import { database } from './effects.ts';
import { isAmendment, isCreditDecision, isPack, isPick, isReasoned, isShortageChoice, readCreditDecision } from './guards.ts';
import * as messages from './messages.ts';
import type { ReceivableHolder } from './receivable.ts';
import { dueDate, orderStatus as orderStatusAttribute, stage as stageAttribute } from './search-attributes.ts';

/** An order while its workflow runs: what it has heard, and the clock it lives by. */
export interface OpenOrder extends ReceivableHolder {
  readonly id: string;
  readonly paysByCard: boolean;
  readonly status: OrderStatus;
  /** Counts of hints and decisions heard; a wait compares them with what it had heard before it asked. */
  readonly creditNews: number;
  readonly stockNews: number;
  /** Of one shipment; without an id, of any: what orders that are older than the difference go by. */
  shipmentNews(shipmentId?: string): number;
  readonly receivableNews: number;
  /** True while it ships what it owes; after that only goods that are owed again make it begin anew. */
  isFulfilling: boolean;
  /** The number of the next round of release and shipment, from 1. */
  nextRound(): number;
  /** Count of shipments that will not arrive, whose units are owed again (D-terms). */
  readonly undelivered: number;
  /** Takes note of the order's status as the last transaction left it, and gives the outcome back. */
  heard<Outcome extends { orderStatus: OrderStatus }>(outcome: Outcome): Outcome;
  /** Takes note of the shipments of an earlier run, and of its last round. */
  takeOver(shipments: TakenOverShipment[], lastRound: number): void;
  /** The booking of a shipment that had left before. */
  bookingOf(shipmentId: string): CarrierBooking | undefined;
  /** The number of the first request for a carrier: from 1, and behind what the carrier refused an earlier run. */
  firstAttemptAt(shipmentId: string): number;
  released(shipmentIds: string[]): void;
  /** Takes note that a shipment has left, and of its invoice once there is one. */
  shipped(shipmentId: string, invoice?: IssuedInvoice): void;
  /** Takes note that a shipment will not arrive. */
  willNotArrive(shipmentId: string): void;
  shipmentIs(shipmentId: string, status: ShipmentStatus): boolean;
  /** Hears messages from now on, and those that came before. */
  listen(): void;
  /** Waits for the answers still owed and tells the operators how it ended. */
  finish(): Promise<{ orderStatus: OrderStatus }>;
}

/** Opens the order; it is deaf until it listens. Each handler guards before it waits. */
export function openOrder(input: OrderWorkflowInput): OpenOrder {
  const { orderId } = input;
  let status: OrderStatus = 'received';
  let grossMinor = input.grossMinor;
  let published = '';
  let creditNews = 0;
  let stockNews = 0;
  let shipmentNews = 0;
  const newsOfShipments = new Map<string, number>();
  let receivableNews = 0;
  let undelivered = 0;
  let round = 0;
  let signalCount = 0;
  let openUnitsCancelled = false;
  const shipments = new Map<string, ShipmentStatus>();
  const bookings = new Map<string, CarrierBooking>();
  const firstAttempts = new Map<string, number>();
  const busyShipments = new Set<string>();
  const invoices = new Map<string, IssuedInvoice>();
  const changedInvoices = new Set<string>();
  const overdueInvoices = new Set<string>();

  const time = companyTime(input.clockOffsetMs, publish);
  const { now } = time;

  /** Shows operators where the order stands, at most once per workflow task: only when it is about to wait. */
  function publish(): void {
    const stage = stageOf(status, overdueInvoices.size > 0);
    const dueOn = [...invoices.values()].map((invoice) => invoice.dueOn).sort()[0];
    const shown = `${status} ${stage} ${dueOn}`;
    if (shown === published) return;
    published = shown;
    upsertSearchAttributes([
      { key: orderStatusAttribute, value: status },
      { key: stageAttribute, value: stage },
      ...(dueOn ? [{ key: dueDate, value: new Date(`${dueOn}T00:00:00Z`) }] : []),
    ]);
    setCurrentDetails(story());
  }

  function story(): string {
    const money = formatMoney({ currency: input.currency, amountMinor: grossMinor });
    return [
      `**${orderId}** of ${input.customerId} by ${input.channel}, ${money}: **${status}**`,
      ...[...shipments].map(([shipmentId, shipmentStatus]) => `- ${shipmentId}: ${shipmentStatus}`),
      ...[...invoices.values()].map(
        (invoice) =>
          `- ${invoice.invoiceId}: ${formatMoney({ currency: invoice.currency, amountMinor: invoice.grossMinor })}, due ${invoice.dueOn}`,
      ),
    ].join('\n');
  }

  /** Answers may come in another order than their transactions: what has ended does not come back to life. */
  function heard<Outcome extends { orderStatus: OrderStatus }>(outcome: Outcome): Outcome {
    if (!isFinal(status)) status = outcome.orderStatus;
    return outcome;
  }

  function shipmentBecame(shipmentId: string, shipmentStatus: ShipmentStatus): void {
    if (shipments.get(shipmentId) !== 'cancelled') shipments.set(shipmentId, shipmentStatus);
  }

  function guardShape(isOfItsShape: (request: unknown) => boolean, request: unknown): void {
    if (!isOfItsShape(request)) throw refusal(400, 'invalid-message', 'The message does not have the fields that it needs.');
  }

  const guardOpen = (isOfItsShape: (request: unknown) => boolean) => (request: unknown) => {
    guardShape(isOfItsShape, request);
    if (isFinal(status)) throw refusal(409, 'order-state', `Order ${orderId} is ${status}.`);
  };

  const guardShipment =
    (isOfItsShape: (request: unknown) => boolean, command: ShipmentCommand) => (request: { shipmentId: string }) => {
      guardShape(isOfItsShape, request);
      const { shipmentId } = request;
      const shipmentStatus = shipments.get(shipmentId);
      // The warehouse may see a shipment before this workflow has heard that it was released: then PostgreSQL answers.
      if (!shipmentStatus) return;
      if (busyShipments.has(shipmentId) || !mayShipment(shipmentStatus, command)) {
        throw refusal(409, 'shipment-state', `Shipment ${shipmentId} is ${shipmentStatus}: ${command} is not possible.`);
      }
    };

  /** The update's id is the caller's Idempotency-Key: the same message again has the same effect key. */
  const eventId = (): string => currentUpdateInfo()?.id ?? signalId();

  /** Signals have no id, so they are counted; an earlier run counted its own from 1, and what it was told keeps its answers. */
  const signalId = (): string =>
    typeof input.takesOver === 'number' ? `again-${input.takesOver}-signal-${signalCount}` : `signal-${signalCount}`;

  /**
   * Hears an update: guarded before anything waits, it is decided by its transaction, and what that changed is taken note of, unless it
   * was refused. A shipment that it is about is busy until then.
   */
  function answer<Request extends { actor: Actor; shipmentId?: string }, Outcome extends object>(
    update: UpdateDefinition<Outcome | Refused, [Request]>,
    validator: (request: NoInfer<Request>) => void,
    decide: (
      input: NoInfer<Request> & { orderId: string; eventId: string; at: string },
    ) => Promise<(Outcome | Refused) & { orderStatus: OrderStatus }>,
    takeNote: (outcome: Outcome, request: Request) => void,
  ): void {
    const handle = async (request: Request): Promise<Outcome | Refused> => {
      if (request.shipmentId) busyShipments.add(request.shipmentId);
      try {
        const outcome = heard(await decide({ ...request, orderId, eventId: eventId(), at: now() }));
        if (!isRefused(outcome)) takeNote(outcome, request);
        return outcome;
      } finally {
        if (request.shipmentId) busyShipments.delete(request.shipmentId);
      }
    };
    setHandler(update, handle, { validator });
  }

  function listen(): void {
    setHandler(messages.creditMayHaveRoom, () => {
      creditNews += 1;
      stockNews += 1;
    });
    setHandler(messages.stockArrived, () => {
      stockNews += 1;
    });
    setHandler(messages.shipmentChanged, (hint) => {
      shipmentNews += 1;
      // Sent by hand without its shipment, it wakes all of them.
      const about = hint?.shipmentId ? [hint.shipmentId] : [...shipments.keys()];
      for (const shipmentId of about) newsOfShipments.set(shipmentId, (newsOfShipments.get(shipmentId) ?? 0) + 1);
    });
    setHandler(messages.shipmentsWithdrawn, async () => {
      const { shipmentIds } = heard(await database.cancelledShipments({ orderId, at: now() }));
      for (const shipmentId of shipmentIds) shipments.set(shipmentId, 'cancelled');
    });
    setHandler(messages.receivableChanged, (hint) => {
      // Sent by hand without its invoice, it only makes the order ask again.
      if (hint?.invoiceId) changedInvoices.add(hint.invoiceId);
      receivableNews += 1;
    });
    answer(messages.decideCredit, guardOpen(isCreditDecision), database.decideCredit, () => {
      creditNews += 1;
    });
    setHandler(messages.creditDecision, async (message) => {
      signalCount += 1;
      const eventIdOfSignal = signalId();
      const decision = readCreditDecision(message);
      if (typeof decision === 'string') {
        await database.noteIgnoredMessage({
          orderId,
          eventId: eventIdOfSignal,
          message: 'creditDecision',
          why: decision,
          at: now(),
        });
        return;
      }
      const outcome = heard(await database.decideCredit({ ...decision, orderId, eventId: eventIdOfSignal, at: now() }));
      if (!isRefused(outcome)) creditNews += 1;
    });
    answer(messages.confirmPick, guardShipment(isPick, 'pick'), database.confirmPick, (outcome, { shipmentId }) => {
      shipmentBecame(shipmentId, outcome.shipmentStatus);
      for (const cancelled of outcome.cancelledShipments ?? []) shipments.set(cancelled, 'cancelled');
      if (outcome.orderCancelled) cancelOpenShipments();
    });
    answer(messages.confirmPack, guardShipment(isPack, 'pack'), database.confirmPack, (outcome, { shipmentId }) => {
      shipmentBecame(shipmentId, outcome.shipmentStatus);
    });
    answer(messages.cancelOrder, guardOpen(isReasoned), database.cancelOrder, () => {
      cancelOpenShipments();
      creditNews += 1;
      stockNews += 1;
      receivableNews += 1;
    });
    answer(messages.amendOrder, guardOpen(isAmendment), database.amendOrder, (outcome) => {
      for (const shipmentId of outcome.cancelledShipments) shipments.set(shipmentId, 'cancelled');
      grossMinor = outcome.grossMinor;
      creditNews += 1;
      stockNews += 1;
    });
    answer(messages.chooseShortage, guardOpen(isShortageChoice), database.chooseShortage, () => {
      stockNews += 1;
    });
    setHandler(messages.liveOrder, () => ({
      orderId,
      status,
      stage: stageOf(status, overdueInvoices.size > 0),
      shipments: [...shipments].map(([shipmentId, shipmentStatus]) => ({ shipmentId, status: shipmentStatus })),
      openInvoices: [...invoices.keys()],
      now: now(),
    }));
  }

  /** Nothing is owed any more: shipments of a release that answers late are cancelled too. */
  function cancelOpenShipments(): void {
    openUnitsCancelled = true;
    for (const [shipmentId, shipmentStatus] of shipments) {
      if (mayShipment(shipmentStatus, 'cancel')) shipments.set(shipmentId, 'cancelled');
    }
  }

  return {
    ...time,
    id: orderId,
    paysByCard: input.paysByCard === true,
    changedInvoices,
    isFulfilling: false,
    nextRound() {
      round += 1;
      return round;
    },
    get status() {
      return status;
    },
    get creditNews() {
      return creditNews;
    },
    get stockNews() {
      return stockNews;
    },
    get receivableNews() {
      return receivableNews;
    },
    get undelivered() {
      return undelivered;
    },
    heard,
    hasTakenOver: input.takesOver !== undefined,
    takeOver(takenOver, lastRound) {
      round = lastRound;
      for (const { shipmentId, status: shipmentStatus, booking, attempt } of takenOver) {
        // What has left walks its steps once more, and they answer with what came of them.
        shipments.set(shipmentId, booking ? 'packed' : shipmentStatus);
        if (booking) bookings.set(shipmentId, booking);
        if (attempt) firstAttempts.set(shipmentId, attempt);
      }
    },
    bookingOf: (shipmentId) => bookings.get(shipmentId),
    firstAttemptAt: (shipmentId) => firstAttempts.get(shipmentId) ?? 1,
    released(shipmentIds) {
      for (const shipmentId of shipmentIds) {
        // A pick may be heard first: the release was committed, and its worker died before this workflow heard of it.
        if (!shipments.has(shipmentId)) shipments.set(shipmentId, openUnitsCancelled ? 'cancelled' : 'picking');
      }
    },
    shipped(shipmentId, invoice) {
      shipments.set(shipmentId, 'shipped');
      if (invoice) invoices.set(invoice.invoiceId, invoice);
    },
    willNotArrive(shipmentId) {
      shipments.set(shipmentId, 'undelivered');
      undelivered += 1;
      // What was cancelled before is not what is owed again.
      openUnitsCancelled = false;
    },
    wentOverdue(invoiceId) {
      overdueInvoices.add(invoiceId);
    },
    noLongerOverdue(invoiceId) {
      overdueInvoices.delete(invoiceId);
    },
    settled(invoiceId, orderStatus) {
      overdueInvoices.delete(invoiceId);
      invoices.delete(invoiceId);
      if (orderStatus) heard({ orderStatus });
    },
    shipmentNews: (shipmentId) => (shipmentId === undefined ? shipmentNews : (newsOfShipments.get(shipmentId) ?? 0)),
    shipmentIs: (shipmentId, shipmentStatus) => shipments.get(shipmentId) === shipmentStatus,
    listen,
    async finish() {
      publish();
      await condition(allHandlersFinished);
      return { orderStatus: status };
    },
  };
}

const refusal = (status: number, type: string, detail: string) =>
  ApplicationFailure.nonRetryable(detail, 'Refusal', { status, type });
