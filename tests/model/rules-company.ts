import { amendLines } from '../../domain/amendment.ts';
import { applyReceipt } from '../../domain/cash-application.ts';
import {
  type CreditedLine,
  type CreditLine,
  creditLines,
  creditUnits,
  type LineCorrection,
  whatIsLeft,
} from '../../domain/correction.ts';
import { type ExposureBuckets, exposureMinor, hasRoomAfterOlder, routeCredit } from '../../domain/credit.ts';
import {
  type DunningPlan,
  decideDunning,
  defaultDunningPolicy,
  owedAfterCash,
  planDunning,
  planReopened,
  planResumed,
  undisputedMinor,
} from '../../domain/dunning.ts';
import { defaultFulfilmentPolicy, type ShortageChoice } from '../../domain/fulfilment.ts';
import { lateInterest } from '../../domain/interest.ts';
import {
  dueDate,
  type InvoiceTax,
  invoiceNumber,
  invoiceTotals,
  orderShareGross,
  paymentReference,
  taxRounding,
} from '../../domain/invoice.ts';
import * as ledger from '../../domain/ledger.ts';
import {
  isFinal,
  mayAmend,
  mayOrder,
  type OrderCommand,
  type OrderStatus,
  openQuantity,
  orderTransitions,
} from '../../domain/order.ts';
import { partsTaken } from '../../domain/payment-reversal.ts';
import { defaultPromiseTerms, judgePromises, type PromiseStatus, promiseDueAt } from '../../domain/promise.ts';
import { creditTotals, restockCost } from '../../domain/return.ts';
import { planReservation, type Reservation, stockCost } from '../../domain/stock.ts';
import {
  addBusinessDays,
  addDays,
  daysBetween,
  type IsoInstant,
  instantAt,
  localDate,
  plusSeconds,
  toMillis,
} from '../../domain/time.ts';
import { type Company, type Customer, netDays, product, type Snapshot, timeZone, warehouses } from './company.ts';
import { sum } from './expected.ts';

interface Order {
  id: string;
  customerId: string;
  status: OrderStatus;
  line: { lineNumber: 1; sku: string; quantity: number; shippedQuantity: number; cancelledQuantity: number };
  /** Undefined before its credit is held. */
  heldMinor: number | undefined;
  choiceDueAt: IsoInstant | undefined;
  waitsForAll: boolean;
}

interface Shipment {
  id: string;
  orderId: string;
  warehouseId: string;
  quantity: number;
  status: 'picking' | 'shipped' | 'delivered' | 'cancelled';
  costMinor: number;
  restocked: number;
}

interface Item {
  id: string;
  customerId: string;
  orderId: string | null;
  shipmentId: string | null;
  /** Of money that its bank took back after it had been refunded. */
  isReturnedRefund: boolean;
  netMinor: number;
  grossMinor: number;
  openMinor: number;
  disputedMinor: number;
  givenUpMinor: number;
  /** All that was ever given up of it. */
  writtenOffMinor: number;
  quantity: number;
  issuedOn: string;
  dueOn: string;
  round: number;
  plan: DunningPlan;
  dunningLevel: number;
  lastNoticeOn: string | null;
  taxes: InvoiceTax[];
  credited: InvoiceTax[];
  creditedLines: CreditedLine[];
  creditedMinor: number;
  /** Of what was given up, what a credit note of its own took instead. */
  creditedAfterAllMinor: number;
  paid: { by: Balance; valueOn: string; amountMinor: number; at: IsoInstant }[];
  /** Payments that brought back something that had been given up of it. */
  /** What each payment has recovered of what was given up, as far as it was not taken back. */
  recoveredBy: Map<string, number>;
  interestNotedMinor: number;
  /** Steps that a dispute, a promise or a word has kept back. */
  skipped: string[];
}

interface Balance {
  id: string;
  customerId: string;
  valueOn: string;
  at: IsoInstant;
  unappliedMinor: number;
}

interface Payment extends Balance {
  amountMinor: number;
  refundedMinor: number;
  takenBackMinor: number;
  /** Of what was refunded: what its customer owes again. */
  owedAgainMinor: number;
}

interface CreditNote extends Balance {
  itemId: string;
  netMinor: number;
  grossMinor: number;
}

interface Promised {
  id: string;
  itemId: string;
  amountMinor: number;
  at: IsoInstant;
  receiptsUntil: string;
  dueAt: IsoInstant;
  status: PromiseStatus;
  keptAt?: IsoInstant;
}

const sku = 'MODEL';
const beforeCredit: readonly OrderStatus[] = ['received', 'over-limit', 'waiting-for-payment'];

const priced = (quantity: number) => ({
  lineNumber: 1,
  sku,
  description: sku,
  quantity,
  unitPriceMinor: product.unitPriceMinor,
  taxCategory: 'S',
  taxRate: product.taxRate,
});
const totalsOf = (quantity: number) => invoiceTotals(quantity > 0 ? [priced(quantity)] : [], taxRounding);

/** The company made of its rules alone: what PostgreSQL, workflows and people add to them is a few lists and plain assignments. */
export class RulesCompany implements Company {
  readonly customers: readonly Customer[];
  #at: IsoInstant = '2027-03-01T11:00:00.000Z';
  #number = 0;
  #orders: Order[] = [];
  #shipments: Shipment[] = [];
  #items: Item[] = [];
  #payments: Payment[] = [];
  #creditNotes: CreditNote[] = [];
  #disputes: { id: string; itemId: string; claims: LineCorrection[]; disputedMinor: number }[] = [];
  #promises: Promised[] = [];
  #heldOff: { id: string; itemId: string; untilOn: string }[] = [];
  #stock: { sku: string; warehouseId: string; onHand: number; reserved: number; valueMinor: number }[] = [];
  #accounts = new Map<string, { limitMinor: number; onHold: boolean; buckets: ExposureBuckets }>();
  #postings: ledger.Posting[] = [];
  #booked = new Set<string>();
  #broken: string[] = [];

  constructor(customers: readonly Customer[], limitMinor: number) {
    this.customers = customers;
    this.#stock = warehouses.map((warehouseId) => ({ sku, warehouseId, onHand: 0, reserved: 0, valueMinor: 0 }));
    for (const { id } of customers) {
      const buckets = {
        openReceivablesMinor: 0,
        shippedNotInvoicedMinor: 0,
        approvedNotShippedMinor: 0,
        unappliedCashMinor: 0,
        openCreditNotesMinor: 0,
      };
      this.#accounts.set(id, { limitMinor, onHold: false, buckets });
    }
  }

  async order(customerId: string, quantity: number): Promise<string | undefined> {
    const { backOrderAllowed } = this.#customer(customerId);
    if (this.#overdueMinor(customerId) > defaultDunningPolicy.holdMinimumMinor) return undefined;
    if (!backOrderAllowed && quantity > this.#available() - this.#owedTo(this.#orders)) return undefined;
    const line = { lineNumber: 1, sku, quantity, shippedQuantity: 0, cancelledQuantity: 0 } as const;
    const id = `ORD-${++this.#number}`;
    this.#orders.push({
      id,
      customerId,
      status: 'received',
      line,
      heldMinor: undefined,
      choiceDueAt: undefined,
      waitsForAll: false,
    });
    this.#goOn();
    return id;
  }

  async amend(orderId: string, quantity: number): Promise<boolean> {
    const order = this.#order(orderId);
    const { customerId, line } = order;
    if (!mayAmend(order.status)) return false;
    const offer = {
      ...priced(0),
      name: sku,
      price: { unitPriceMinor: product.unitPriceMinor, priceListId: null, minimumQuantity: null },
    };
    const { changed, raised, faults } = amendLines(
      [{ ...priced(0), ...line, minimumQuantity: null, pickedQuantity: 0 }],
      [{ lineNumber: 1, quantity }],
      () => offer as never,
      'EUR',
    );
    if (faults.length > 0 || !changed[0]) return false;
    const after = { ...line, quantity: changed[0].quantity, cancelledQuantity: changed[0].cancelledQuantity };
    if (after.shippedQuantity + openQuantity(after) === 0) return false;
    const differenceMinor = grossOfLine(after) - grossOfLine(line);
    if (raised.length > 0 && this.#overdueMinor(customerId) > 0) return false;
    const { limitMinor, buckets } = this.#account(customerId);
    const asked = { limitMinor, exposureMinor: exposureMinor(buckets), orderGrossMinor: differenceMinor };
    if (
      order.heldMinor !== undefined &&
      differenceMinor > 0 &&
      !hasRoomAfterOlder({ ...asked, olderGrossMinor: this.#olderInLine(order) })
    )
      return false;
    const live = this.#liveShipments(order);
    const needsStock = raised.length > 0 || live.length > 0;
    const freed = sum(live.map((shipment) => shipment.quantity));
    const owed = Math.min(this.#owedTo(this.#olderThan(order)), this.#available());
    if (needsStock && !this.#customer(customerId).backOrderAllowed && openQuantity(after) > this.#available() - owed + freed)
      return false;

    order.line = after;
    const nothingOpen = openQuantity(after) === 0;
    if (order.heldMinor !== undefined) {
      this.#hold(order, nothingOpen ? -order.heldMinor : Math.max(differenceMinor, -order.heldMinor));
    }
    if (live.length > 0) {
      for (const shipment of live) this.#cancelShipment(shipment);
      if (!nothingOpen) this.#release(order, owed);
    }
    this.#moveByQuantities(order);
    this.#goOn();
    return true;
  }

  async cancel(orderId: string): Promise<boolean> {
    const order = this.#order(orderId);
    if (isFinal(order.status) || openQuantity(order.line) === 0) return false;
    this.#cancelUnits(order);
    this.#goOn();
    return true;
  }

  async pick(shipmentId: string, missing: number): Promise<void> {
    const shipment = this.#shipments.find(({ id }) => id === shipmentId)!;
    const order = this.#order(shipment.orderId);
    if (missing > 0) {
      const row = this.#row(shipment.warehouseId);
      const valueMinor = stockCost({ ...row, quantity: missing });
      take(row, missing, valueMinor);
      shipment.quantity -= missing;
      this.#book(`${shipmentId}:pick-shortage`, ledger.countLoss({ valueMinor }));
      if (!this.#customer(order.customerId).backOrderAllowed) {
        for (const live of this.#liveShipments(order)) this.#cancelShipment(live);
        this.#release(order);
        this.#goOn();
        return;
      }
    }
    if (shipment.quantity === 0) {
      shipment.status = 'cancelled';
    } else {
      this.#issueGoods(order, shipment);
      this.#issueInvoice(order, shipment);
    }
    this.#moveByQuantities(order);
    this.#goOn();
  }

  async choose(orderId: string, choice: ShortageChoice): Promise<boolean> {
    const order = this.#order(orderId);
    if (choice === 'cancel') this.#cancelUnits(order);
    if (choice === 'wait') {
      order.waitsForAll = true;
      this.#move(order, 'back-order');
    }
    if (choice === 'ship-part') {
      if (this.#overdueMinor(order.customerId) > 0) return false;
      const { reservations, shortages } = this.#plan(order, true, this.#owedTo(this.#olderThan(order)));
      if (reservations.length === 0) return false;
      const before = grossOfLine(order.line);
      order.line.cancelledQuantity += sum(shortages.map(({ missing }) => missing));
      this.#hold(order, Math.max(grossOfLine(order.line) - before, -order.heldMinor!));
      this.#releaseShipments(order, reservations);
    }
    this.#goOn();
    return true;
  }

  async deliver(shipmentId: string): Promise<void> {
    this.#shipments.find(({ id }) => id === shipmentId)!.status = 'delivered';
  }

  async pay(customerId: string, amountMinor: number, itemIds: readonly string[]): Promise<void> {
    const references = itemIds.map((itemId, index) => (index % 2 === 0 ? paymentReference(itemId) : itemId));
    const items = this.#payable(customerId);
    const { applications, unappliedMinor } = applyReceipt({ amountMinor, items, references });
    const payment = {
      id: `PAY-${++this.#number}`,
      customerId,
      amountMinor,
      unappliedMinor,
      refundedMinor: 0,
      takenBackMinor: 0,
      owedAgainMinor: 0,
      valueOn: this.#today(),
      at: this.#at,
    };
    this.#payments.push(payment);
    this.#account(customerId).buckets.unappliedCashMinor += unappliedMinor;
    this.#book(`${payment.id}:receipt`, [
      ...ledger.receiptApplied({ amountMinor: amountMinor - unappliedMinor }),
      ...ledger.receiptUnapplied({ amountMinor: unappliedMinor }),
    ]);
    for (const application of applications) this.#payItem(application.invoiceId, payment, application.amountMinor);
    this.#goOn();
  }

  async applyCash(customerId: string): Promise<void> {
    this.#apply(customerId, this.#payments, 'unappliedCashMinor', ledger.unappliedApplied);
  }

  async applyCredit(customerId: string): Promise<void> {
    this.#apply(customerId, this.#creditNotes, 'openCreditNotesMinor', ledger.creditApplied);
  }

  async giveBack(shipmentId: string, restocked: number, scrapped: number): Promise<void> {
    const shipment = this.#shipments.find(({ id }) => id === shipmentId)!;
    const item = this.#items.find((one) => one.shipmentId === shipmentId)!;
    this.#issueCreditNote(item, [creditUnits(this.#left(item), restocked + scrapped)]);
    const costMinor = restockCost({ shipped: shipment, before: shipment.restocked, now: restocked });
    shipment.restocked += restocked;
    const row = this.#row(shipment.warehouseId);
    row.onHand += restocked;
    row.valueMinor += costMinor;
    this.#book(`RET-${++this.#number}:restock`, ledger.goodsRestocked({ costMinor }));
    this.#goOn();
  }

  async dispute(itemId: string, units: number): Promise<boolean> {
    const item = this.#item(itemId);
    const claims = [{ lineNumber: 1, quantity: units }];
    const { lines, faults } = creditLines([this.#left(item)], claims, []);
    if (faults.length > 0 || this.#disputes.some((one) => one.itemId === itemId)) return false;
    const { grossMinor } = creditTotals(lines, item.taxes, item.credited);
    if (grossMinor > undisputedMinor(item)) return false;
    this.#disputes.push({ id: `DSP-${++this.#number}`, itemId, claims, disputedMinor: grossMinor });
    item.disputedMinor += grossMinor;
    this.#goOn();
    return true;
  }

  async uphold(disputeId: string): Promise<boolean> {
    const { itemId, claims } = this.#disputes.find(({ id }) => id === disputeId)!;
    const item = this.#item(itemId);
    const { lines, faults } = creditLines([this.#left(item)], claims, []);
    if (faults.length > 0) return false;
    this.#issueCreditNote(item, lines);
    await this.reject(disputeId);
    return true;
  }

  async reject(disputeId: string): Promise<void> {
    const { itemId, disputedMinor } = this.#disputes.find(({ id }) => id === disputeId)!;
    this.#disputes = this.#disputes.filter(({ id }) => id !== disputeId);
    const item = this.#item(itemId);
    item.disputedMinor -= disputedMinor;
    this.#resume(item, disputeId, this.#at);
    this.#reviewHold(item.customerId);
    this.#goOn();
  }

  async credit(itemId: string, amountMinor: number): Promise<void> {
    const item = this.#item(itemId);
    const { lines, faults } = creditLines([this.#left(item)], [{ lineNumber: 1, amountMinor }], []);
    if (faults.length > 0) throw new Error(faults[0]!.detail);
    this.#issueCreditNote(item, lines);
    this.#goOn();
  }

  async promise(itemId: string, amountMinor: number, days: number): Promise<void> {
    // What was paid in the moment before was not paid on this promise.
    this.#at = plusSeconds(this.#at, 1);
    const promisedOn = addDays(this.#today(), days);
    const { graceDays } = defaultPromiseTerms;
    this.#promises.push({
      id: `PRM-${++this.#number}`,
      itemId,
      amountMinor,
      at: this.#at,
      receiptsUntil: addDays(promisedOn, graceDays),
      dueAt: promiseDueAt(promisedOn, graceDays, timeZone),
      status: 'open',
    });
  }

  async holdOff(itemId: string, days: number): Promise<void> {
    this.#heldOff.push({ id: `HLD-${++this.#number}`, itemId, untilOn: addDays(this.#today(), days) });
  }

  async takeBack(paymentId: string, kind: 'bounce' | 'undo', amountMinor: number): Promise<boolean> {
    const payment = this.#payments.find(({ id }) => id === paymentId)!;
    const { customerId, unappliedMinor, refundedMinor, owedAgainMinor, takenBackMinor } = payment;
    if (kind === 'undo' && refundedMinor + takenBackMinor > 0) return false;
    const applications = this.#items
      .map((item) => ({ item, parts: item.paid.filter(({ by }) => by === payment) }))
      .filter(({ parts }) => parts.length > 0)
      .map(({ item, parts }) => ({
        invoiceId: item.id,
        dueOn: item.dueOn,
        at: parts.map(({ at }) => at).sort()[0]!,
        amountMinor: sum(parts.map((part) => part.amountMinor)),
      }))
      .sort((a, b) => (`${b.at} ${b.dueOn} ${b.invoiceId}` < `${a.at} ${a.dueOn} ${a.invoiceId}` ? -1 : 1));
    const taken = partsTaken(amountMinor, {
      unappliedMinor,
      deposits: [],
      applications,
      refundedMinor: refundedMinor - owedAgainMinor,
    });
    const { buckets } = this.#account(customerId);
    buckets.unappliedCashMinor -= taken.unappliedMinor;
    payment.unappliedMinor -= taken.unappliedMinor;
    payment.takenBackMinor += amountMinor;
    payment.owedAgainMinor += taken.refundedMinor;
    this.#book(
      `${paymentId}:reversed:${++this.#number}`,
      ledger.reversed([
        ...ledger.receiptApplied({ amountMinor: amountMinor - taken.unappliedMinor }),
        ...ledger.receiptUnapplied({ amountMinor: taken.unappliedMinor }),
      ]),
    );
    for (const part of taken.applications) this.#reopen(this.#item(part.invoiceId), payment, part.amountMinor);
    if (taken.refundedMinor > 0) {
      const today = this.#today();
      const amounts = { netMinor: taken.refundedMinor, grossMinor: taken.refundedMinor, quantity: 0, taxes: [] };
      const subjects = { customerId, orderId: null, shipmentId: null, isReturnedRefund: true } as const;
      this.#insertItem({ ...subjects, ...amounts, termsDays: 0, dueOn: today });
    }
    this.#reviewHold(customerId);
    this.#goOn();
    return true;
  }

  #reopen(item: Item, payment: Payment, amountMinor: number): void {
    let leftMinor = amountMinor;
    for (const part of item.paid.filter(({ by }) => by === payment).reverse()) {
      const lessMinor = Math.min(leftMinor, part.amountMinor);
      part.amountMinor -= lessMinor;
      leftMinor -= lessMinor;
    }
    item.paid = item.paid.filter((part) => part.amountMinor > 0);
    const recoveredMinor = item.recoveredBy.get(payment.id) ?? 0;
    const givenUpMinor = Math.min(amountMinor, recoveredMinor);
    item.recoveredBy.set(payment.id, recoveredMinor - givenUpMinor);
    item.givenUpMinor += givenUpMinor;
    this.#book(`REC-${++this.#number}`, ledger.writtenOff({ amountMinor: givenUpMinor }));
    const moreMinor = amountMinor - givenUpMinor;
    const isAnew = item.openMinor === 0 && moreMinor > 0;
    item.openMinor += moreMinor;
    this.#account(item.customerId).buckets.openReceivablesMinor += moreMinor;
    if (!isAnew) return;
    item.round += 1;
    item.skipped = [];
    const { id: invoiceId, issuedOn, dueOn, round, dunningLevel: level, lastNoticeOn } = item;
    item.plan = planReopened(
      { policy: defaultDunningPolicy, invoiceId, issuedOn, timeZone },
      { schedule: [{ number: 1, dueOn }], open: [1], round, level, lastNoticeOn },
      this.#at,
    );
  }

  async refund(source: { paymentId: string } | { creditNoteId: string }, amountMinor: number): Promise<void> {
    const payment = 'paymentId' in source ? this.#payments.find(({ id }) => id === source.paymentId) : undefined;
    const balance = payment ?? this.#creditNotes.find((note) => 'creditNoteId' in source && note.id === source.creditNoteId)!;
    if (payment) payment.refundedMinor += amountMinor;
    balance.unappliedMinor -= amountMinor;
    this.#account(balance.customerId).buckets[payment ? 'unappliedCashMinor' : 'openCreditNotesMinor'] -= amountMinor;
    const event = `RFD-${++this.#number}`;
    this.#book(event, payment ? ledger.refundUnapplied({ amountMinor }) : ledger.refundCredit({ amountMinor }));
    this.#goOn();
  }

  async writeOff(itemId: string, amountMinor: number): Promise<boolean> {
    const item = this.#item(itemId);
    if (item.disputedMinor > 0) return false;
    item.openMinor -= amountMinor;
    item.givenUpMinor += amountMinor;
    item.writtenOffMinor += amountMinor;
    this.#account(item.customerId).buckets.openReceivablesMinor -= amountMinor;
    this.#book(`WOF-${++this.#number}`, ledger.writtenOff({ amountMinor }));
    this.#noteInterest(item, this.#today());
    this.#goOn();
    return true;
  }

  async receiveGoods(warehouseId: string, quantity: number): Promise<void> {
    const row = this.#row(warehouseId);
    const valueMinor = quantity * product.unitCostMinor;
    row.onHand += quantity;
    row.valueMinor += valueMinor;
    this.#book(`GR-${++this.#number}`, ledger.goodsReceived({ valueMinor }));
    this.#goOn();
  }

  async changeLimit(customerId: string, limitMinor: number): Promise<void> {
    this.#account(customerId).limitMinor = limitMinor;
    this.#goOn();
  }

  /** Day by day, each to the same hour: choices that were not made, holds, letters. */
  async advance(days: number): Promise<void> {
    const until = addDays(this.#today(), days);
    while (this.#today() < until) {
      this.#at = instantAt(addDays(this.#today(), 1), '12:00', timeZone);
      for (const order of this.#orders) {
        const isOver = order.choiceDueAt !== undefined && toMillis(order.choiceDueAt) <= toMillis(this.#at);
        if (order.status === 'awaiting-choice' && isOver) this.#cancelUnits(order);
      }
      this.#endPauses();
      for (const { id } of this.customers) {
        this.#reviewHold(id);
        this.#dun(id);
      }
      this.#goOn();
    }
  }

  async atRest(): Promise<Snapshot> {
    const net: Record<string, number> = {};
    for (const { account, side, amountMinor } of this.#postings) {
      net[account] = (net[account] ?? 0) + (side === 'debit' ? amountMinor : -amountMinor);
    }
    const totals = ledger.trialBalanceTotals(ledger.trialBalance(this.#postings));
    return {
      today: this.#today(),
      orders: this.#orders.map((order) => ({
        id: order.id,
        customerId: order.customerId,
        status: order.status,
        wanted: order.line.quantity - order.line.cancelledQuantity,
        shipped: order.line.shippedQuantity,
        reserved: sum(this.#liveShipments(order).map(({ quantity }) => quantity)),
        grossMinor: grossOfLine(order.line),
        heldMinor: order.heldMinor ?? 0,
      })),
      shipments: this.#shipments.map(({ id, orderId, status, quantity }) => ({ id, orderId, status, quantity })),
      items: this.#items.map((item) => ({
        id: item.id,
        customerId: item.customerId,
        orderId: item.orderId,
        shipmentId: item.shipmentId,
        isReturnedRefund: item.isReturnedRefund,
        netMinor: item.netMinor,
        grossMinor: item.grossMinor,
        openMinor: item.openMinor,
        disputedMinor: item.disputedMinor,
        givenUpMinor: item.givenUpMinor,
        dueOn: item.dueOn,
        dunningLevel: item.dunningLevel,
      })),
      payments: this.#payments.map((payment) => ({
        ...payment,
        paid: this.#items.flatMap((item) =>
          item.paid.filter(({ by }) => by === payment).map(({ amountMinor }) => ({ itemId: item.id, amountMinor })),
        ),
      })),
      creditNotes: this.#creditNotes.map((note) => ({ ...note })),
      disputes: this.#disputes.map(({ id, itemId }) => ({ id, itemId })),
      promises: this.#promises.map((promise) => ({ ...promise })),
      heldOff: this.#heldOff.map(({ itemId }) => itemId),
      accounts: this.customers.map(({ id: customerId }) => {
        const { limitMinor, onHold, buckets } = this.#account(customerId);
        return { customerId, limitMinor, onHold, buckets: { ...buckets } };
      }),
      stock: this.#stock.map((row) => ({ ...row })),
      ledger: net,
      broken: [...this.#broken, ...(totals.debitMinor === totals.creditMinor ? [] : ['the trial balance does not balance'])],
    };
  }

  /** What every fact sets off, until nothing moves any more: credit for those who wait, then goods, the oldest first. */
  #goOn(): void {
    for (let moves = -1; moves !== 0; ) {
      moves = 0;
      for (const order of this.#orders) {
        const before = order.status;
        if (order.heldMinor === undefined && beforeCredit.includes(order.status)) this.#holdCredit(order);
        if (
          order.heldMinor !== undefined &&
          ['approved', 'waiting-for-payment', 'back-ordered', 'awaiting-choice'].includes(order.status)
        ) {
          this.#release(order);
        }
        if (mayOrder(order.status, 'close') && this.#items.every((item) => item.orderId !== order.id || item.openMinor === 0)) {
          this.#move(order, 'close');
        }
        if (order.status !== before) moves += 1;
      }
      for (const { id } of this.customers) {
        if (this.#overdueMinor(id) <= defaultDunningPolicy.holdMinimumMinor) this.#account(id).onHold = false;
      }
    }
  }

  #holdCredit(order: Order): void {
    const { limitMinor, buckets } = this.#account(order.customerId);
    const asked = { exposureMinor: exposureMinor(buckets), orderGrossMinor: grossOfLine(order.line) };
    const { route } = routeCredit({
      standing: 'approved',
      limitMinor,
      expiresAt: null,
      ...asked,
      overdueMinor: this.#overdueMinor(order.customerId),
      holdMinimumMinor: defaultDunningPolicy.holdMinimumMinor,
      at: this.#at,
      releaseMinor: 0,
      olderGrossMinor: this.#olderInLine(order),
    });
    if (route === 'on-hold') this.#move(order, 'find-on-hold');
    else if (route !== 'approved') this.#move(order, 'find-over-limit');
    else {
      order.heldMinor = 0;
      this.#hold(order, asked.orderGrossMinor);
      this.#move(order, 'approve-credit');
    }
  }

  #olderInLine(order: Order): number[] {
    return this.#olderThan(order)
      .filter((one) => one.customerId === order.customerId && one.heldMinor === undefined && beforeCredit.includes(one.status))
      .map((one) => grossOfLine(one.line));
  }

  #olderThan(order: Order): Order[] {
    return this.#orders.slice(0, this.#orders.indexOf(order));
  }

  /** What those of them who stand in line are owed and has not been reserved for them. */
  #owedTo(orders: Order[]): number {
    const inLine = orders.filter(({ status }) => status === 'back-ordered' || status === 'in-fulfilment');
    return sum(inLine.map((one) => openQuantity(one.line) - sum(this.#liveShipments(one).map(({ quantity }) => quantity))));
  }

  #release(order: Order, owed = this.#owedTo(this.#olderThan(order))): void {
    const open = openQuantity(order.line);
    const { backOrderAllowed } = this.#customer(order.customerId);
    if (open === 0) return;
    if (this.#overdueMinor(order.customerId) > defaultDunningPolicy.holdMinimumMinor) {
      if (order.status !== 'awaiting-choice') this.#move(order, 'find-on-hold');
      return;
    }
    const plan = this.#plan(order, backOrderAllowed, owed);
    if (plan.outcome !== 'short') this.#releaseShipments(order, plan.reservations);
    else if (backOrderAllowed || order.waitsForAll) this.#move(order, 'back-order');
    else if (order.status !== 'awaiting-choice') {
      this.#move(order, 'offer-choice');
      order.choiceDueAt = addBusinessDays(this.#at, defaultFulfilmentPolicy.choiceBusinessDays, timeZone);
    }
  }

  #plan(order: Order, backOrderAllowed: boolean, owedBefore: number) {
    let owed = owedBefore;
    return planReservation({
      lines: [{ lineNumber: 1, sku, quantity: openQuantity(order.line) }],
      available: this.#stock.map(({ warehouseId, onHand, reserved }) => {
        const kept = Math.min(owed, onHand - reserved);
        owed -= kept;
        return { sku, warehouseId, quantity: onHand - reserved - kept };
      }),
      backOrderAllowed,
    });
  }

  #releaseShipments(order: Order, reservations: Reservation[]): void {
    for (const { warehouseId, quantity } of reservations) {
      this.#row(warehouseId).reserved += quantity;
      const id = `SHP-${++this.#number}`;
      this.#shipments.push({
        id,
        orderId: order.id,
        warehouseId,
        quantity,
        status: 'picking',
        costMinor: 0,
        restocked: 0,
      });
    }
    this.#move(order, 'release-to-warehouse');
  }

  #issueGoods(order: Order, shipment: Shipment): void {
    const row = this.#row(shipment.warehouseId);
    shipment.costMinor = stockCost({ ...row, quantity: shipment.quantity });
    take(row, shipment.quantity, shipment.costMinor);
    order.line.shippedQuantity += shipment.quantity;
    const { netMinor, grossMinor } = totalsOf(shipment.quantity);
    const last = openQuantity(order.line) === 0;
    const shareMinor = orderShareGross({ orderGrossRemainingMinor: order.heldMinor!, shippedGrossMinor: grossMinor, last });
    this.#hold(order, -shareMinor);
    this.#book(`${shipment.id}:goods-issue`, ledger.goodsIssued({ costMinor: shipment.costMinor, netMinor }));
    shipment.status = 'shipped';
  }

  #issueInvoice(order: Order, shipment: Shipment): void {
    const totals = totalsOf(shipment.quantity);
    const terms = { kind: 'net', days: netDays } as const;
    this.#insertItem({
      customerId: order.customerId,
      orderId: order.id,
      shipmentId: shipment.id,
      ...totals,
      quantity: shipment.quantity,
      termsDays: netDays,
      dueOn: dueDate(terms, this.#today()),
    });
    this.#book(`${shipment.id}:invoice`, ledger.invoiceIssued(totals));
  }

  #insertItem(
    item: Pick<Item, 'customerId' | 'orderId' | 'shipmentId' | 'netMinor' | 'grossMinor' | 'quantity' | 'dueOn' | 'taxes'> & {
      termsDays: number;
      isReturnedRefund?: true;
    },
  ): void {
    const id = invoiceNumber('INV', 2027, this.#items.length + 1);
    const { termsDays, ...rest } = item;
    const dates = { invoiceId: id, issuedOn: this.#today(), dueOn: item.dueOn, termsDays, timeZone };
    this.#items.push({
      isReturnedRefund: false,
      ...rest,
      id,
      openMinor: item.grossMinor,
      disputedMinor: 0,
      givenUpMinor: 0,
      writtenOffMinor: 0,
      issuedOn: this.#today(),
      round: 1,
      plan: planDunning({ policy: defaultDunningPolicy, ...dates }),
      dunningLevel: 0,
      lastNoticeOn: null,
      credited: [],
      creditedLines: [],
      creditedMinor: 0,
      creditedAfterAllMinor: 0,
      paid: [],
      recoveredBy: new Map(),
      interestNotedMinor: 0,
      skipped: [],
    });
    this.#account(item.customerId).buckets.openReceivablesMinor += item.grossMinor;
  }

  /** What was given up and is paid or credited after all is owed again, for as much as there is beyond what is open. */
  #reinstate(item: Item, coveredMinor: number): number {
    const amountMinor = Math.max(0, coveredMinor - item.openMinor);
    if (amountMinor === 0) return 0;
    item.givenUpMinor -= amountMinor;
    item.openMinor += amountMinor;
    this.#account(item.customerId).buckets.openReceivablesMinor += amountMinor;
    this.#book(`REC-${++this.#number}`, ledger.writeOffReinstated({ amountMinor }));
    return amountMinor;
  }

  /** With money, or with a credit balance from elsewhere. */
  #payItem(itemId: string, by: Balance, amountMinor: number): void {
    const item = this.#item(itemId);
    const wasSettled = item.openMinor === 0;
    item.recoveredBy.set(by.id, (item.recoveredBy.get(by.id) ?? 0) + this.#reinstate(item, amountMinor));
    item.openMinor -= amountMinor;
    item.paid.push({ by, valueOn: by.valueOn, amountMinor, at: this.#at });
    this.#account(item.customerId).buckets.openReceivablesMinor -= amountMinor;
    if (!wasSettled) this.#noteInterest(item, by.valueOn);
  }

  /** Of what was paid late, when nothing is open. What was credited was never owed, and nobody asks for interest on what was given up. */
  #noteInterest(item: Item, until: string): void {
    if (item.openMinor > 0 || (item.shipmentId === null && !item.isReturnedRefund)) return;
    const interestMinor =
      lateInterest({
        principalMinor: item.grossMinor - item.creditedMinor - item.writtenOffMinor + item.creditedAfterAllMinor,
        dueOn: item.dueOn,
        payments: item.paid,
        rates: [{ from: '1970-01-01', annualRate: defaultDunningPolicy.annualInterestRate }],
        until: [until, ...item.paid.map(({ valueOn }) => valueOn)].sort().at(-1)!,
      }).interestMinor - item.interestNotedMinor;
    if (interestMinor <= 0) return;
    item.interestNotedMinor += interestMinor;
    const termsDays = defaultDunningPolicy.interestNoteTermsDays;
    this.#insertItem({
      customerId: item.customerId,
      orderId: null,
      shipmentId: null,
      netMinor: interestMinor,
      grossMinor: interestMinor,
      quantity: 0,
      taxes: [],
      termsDays,
      dueOn: addDays(this.#today(), termsDays),
    });
    this.#book(`NOTE-${++this.#number}`, ledger.interestNoted({ amountMinor: interestMinor }));
  }

  /** What is left of an item's one line. */
  #left = (item: Item) => {
    const line = priced(item.quantity);
    return whatIsLeft([{ ...line, netMinor: item.netMinor }], item.creditedLines)[0]!;
  };

  #issueCreditNote(item: Item, lines: readonly CreditLine[]): void {
    const totals = creditTotals(lines, item.taxes, item.credited);
    const { netMinor, grossMinor } = totals;
    item.credited.push(...totals.taxes);
    item.creditedLines.push(...lines);
    item.creditedMinor += grossMinor;
    const appliedMinor = Math.min(item.openMinor + item.givenUpMinor, grossMinor);
    const unappliedMinor = grossMinor - appliedMinor;
    const id = `CN-${++this.#number}`;
    const { customerId } = item;
    this.#creditNotes.push({
      id,
      customerId,
      itemId: item.id,
      netMinor,
      grossMinor,
      unappliedMinor,
      valueOn: this.#today(),
      at: this.#at,
    });
    const { buckets } = this.#account(customerId);
    buckets.openCreditNotesMinor += unappliedMinor;
    const wasSettled = item.openMinor === 0;
    item.creditedAfterAllMinor += this.#reinstate(item, appliedMinor);
    item.openMinor -= appliedMinor;
    buckets.openReceivablesMinor -= appliedMinor;
    this.#book(`${id}:credit-note`, ledger.creditNoteIssued({ of: 'invoice', ...totals, appliedMinor }));
    if (!wasSettled) this.#noteInterest(item, this.#today());
  }

  #apply(
    customerId: string,
    balances: Balance[],
    bucket: 'unappliedCashMinor' | 'openCreditNotesMinor',
    postings: (amount: { amountMinor: number }) => ledger.Posting[],
  ): void {
    const balance = balances.find((one) => one.customerId === customerId && one.unappliedMinor > 0)!;
    const invoiceIds = this.#openItems(customerId).map(({ id }) => id);
    // A credit balance pays what is open, and recovers nothing.
    const items = this.#payable(customerId).map((item) =>
      bucket === 'unappliedCashMinor' ? item : { ...item, openMinor: this.#item(item.invoiceId).openMinor },
    );
    const { applications, unappliedMinor } = applyReceipt({ amountMinor: balance.unappliedMinor, items, invoiceIds });
    this.#account(customerId).buckets[bucket] += unappliedMinor - balance.unappliedMinor;
    balance.unappliedMinor = unappliedMinor;
    for (const { invoiceId, amountMinor } of applications) {
      this.#book(`APP-${++this.#number}`, postings({ amountMinor }));
      this.#payItem(invoiceId, balance, amountMinor);
    }
    this.#goOn();
  }

  /** What money that names an item can pay: what is open and what was given up. */
  #payable = (customerId: string) =>
    this.#items
      .filter((item) => item.customerId === customerId && item.openMinor + item.givenUpMinor > 0)
      .map(({ id, openMinor, givenUpMinor, dueOn }) => ({
        invoiceId: id,
        number: id,
        paymentReference: paymentReference(id),
        openMinor: openMinor + givenUpMinor,
        dueOn,
      }));

  /** Promises that were kept or whose days are over, and hold-offs whose day has come: letters go on. */
  #endPauses(): void {
    const midnight = instantAt(this.#today(), '00:00', timeZone);
    for (const { id: customerId } of this.customers) {
      const own = this.#promises.filter(({ itemId }) => this.#item(itemId).customerId === customerId);
      const open = own.filter(({ status }) => status === 'open');
      const receipts = this.#payments.filter((payment) => payment.customerId === customerId && payment.unappliedMinor > 0);
      const outcomes = judgePromises(
        own
          .filter(({ status }) => status === 'open' || status === 'kept')
          .map((promise) => ({
            ...promise,
            askedForMinor: undisputedMinor(this.#item(promise.itemId)),
            appliedMinor: sum(
              this.#item(promise.itemId)
                .paid.filter(
                  ({ by, at, valueOn }) =>
                    'takenBackMinor' in by && toMillis(at) >= toMillis(promise.at) && valueOn <= promise.receiptsUntil,
                )
                .map(({ amountMinor }) => amountMinor),
            ),
          })),
        receipts,
        midnight,
      );
      for (const promise of open) {
        const outcome = outcomes.get(promise.id)!;
        promise.status = outcome === 'void' ? 'cancelled' : outcome;
        if (outcome === 'kept') promise.keptAt = midnight;
        if (outcome !== 'open') this.#resume(this.#item(promise.itemId), promise.id, midnight);
      }
    }
    const over = this.#heldOff.filter(({ untilOn }) => untilOn <= this.#today());
    this.#heldOff = this.#heldOff.filter((one) => !over.includes(one));
    for (const { id, itemId } of over) this.#resume(this.#item(itemId), id, midnight);
  }

  /** What was skipped of an item is caught up from now on. */
  #resume(item: Item, cause: string, at: IsoInstant): void {
    if (undisputedMinor(item) === 0) return;
    const schedule = [{ number: 1, dueOn: item.dueOn }];
    const { id: invoiceId, skipped, lastNoticeOn } = item;
    item.plan = planResumed(
      item.plan,
      { policy: defaultDunningPolicy, invoiceId, timeZone, schedule, skipped, lastNoticeOn, cause },
      at,
    );
  }

  #dun(customerId: string): void {
    const on = this.#today();
    const { buckets } = this.#account(customerId);
    // A letter is written by a step of some item's plan, over everything that is due that day.
    const isPaused = (itemId: string) =>
      this.#heldOff.some((one) => one.itemId === itemId) ||
      this.#promises.some((one) => one.itemId === itemId && one.status === 'open');
    let isDay = false;
    for (const item of this.#openItems(customerId)) {
      for (const step of item.plan.steps.filter((one) => one.on === on)) {
        const isLetter = step.kind === 'dunning' || step.kind === 'collections';
        if (undisputedMinor(item) === 0 || (isLetter && isPaused(item.id))) item.skipped.push(step.step);
        else isDay ||= step.kind === 'dunning';
      }
    }
    if (!isDay) return;
    const overdue = this.#openItems(customerId)
      .filter((item) => item.dueOn < on && undisputedMinor(item) > 0)
      .map((item) => ({ ...item, openMinor: undisputedMinor(item) }));
    const owed = owedAfterCash(overdue, buckets.unappliedCashMinor + buckets.openCreditNotesMinor);
    const { due } = decideDunning({
      policy: defaultDunningPolicy,
      on,
      items: overdue.map((item, index) => ({
        invoiceId: item.id,
        level: item.dunningLevel,
        daysOverdue: daysBetween(item.dueOn, on),
        openMinor: item.openMinor,
        lastNoticeOn: item.lastNoticeOn,
        blocked: isPaused(item.id) ? ('promise' as const) : owed[index]!.openMinor === 0 ? ('candidate-payment' as const) : null,
      })),
    });
    for (const { invoiceId, newLevel } of due) {
      const item = this.#items.find(({ id }) => id === invoiceId)!;
      Object.assign(item, { dunningLevel: newLevel, lastNoticeOn: on });
    }
  }

  #cancelUnits(order: Order): void {
    for (const shipment of this.#liveShipments(order)) this.#cancelShipment(shipment);
    order.line.cancelledQuantity = order.line.quantity - order.line.shippedQuantity;
    if (order.heldMinor) this.#hold(order, -order.heldMinor);
    if (order.line.shippedQuantity > 0) this.#moveByQuantities(order);
    else this.#move(order, 'cancel');
  }

  #cancelShipment(shipment: Shipment): void {
    this.#row(shipment.warehouseId).reserved -= shipment.quantity;
    shipment.status = 'cancelled';
  }

  #moveByQuantities(order: Order): void {
    if (this.#liveShipments(order).length > 0) return;
    if (openQuantity(order.line) > 0) {
      if (mayOrder(order.status, 'back-order') && order.status === 'in-fulfilment') this.#move(order, 'back-order');
      return;
    }
    this.#move(order, 'ship-everything');
    this.#move(order, 'invoice-everything');
  }

  #move(order: Order, command: OrderCommand): void {
    if (!mayOrder(order.status, command)) this.#broken.push(`${order.id} is ${order.status}: no ${command}`);
    order.status = orderTransitions[command].to;
  }

  /** Every event once. */
  #book(eventId: string, postings: ledger.Posting[]): void {
    if (this.#booked.has(eventId)) this.#broken.push(`${eventId} is booked twice`);
    if (!ledger.isBalanced(postings)) this.#broken.push(`${eventId} does not balance`);
    this.#booked.add(eventId);
    this.#postings.push(...postings);
  }

  #hold(order: Order, byMinor: number): void {
    order.heldMinor! += byMinor;
    this.#account(order.customerId).buckets.approvedNotShippedMinor += byMinor;
  }

  #today = () => localDate(this.#at, timeZone);
  #customer = (customerId: string) => this.customers.find(({ id }) => id === customerId)!;
  #account = (customerId: string) => this.#accounts.get(customerId)!;
  #item = (itemId: string) => this.#items.find(({ id }) => id === itemId)!;
  #order = (orderId: string) => this.#orders.find(({ id }) => id === orderId)!;
  #row = (warehouseId: string) => this.#stock.find((row) => row.warehouseId === warehouseId)!;
  #available = () => sum(this.#stock.map(({ onHand, reserved }) => onHand - reserved));
  #liveShipments = (order: Order) =>
    this.#shipments.filter(({ orderId, status }) => orderId === order.id && status === 'picking');
  #openItems = (customerId: string) =>
    this.#items
      .filter((item) => item.customerId === customerId && item.openMinor > 0)
      .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.id < b.id ? -1 : 1));
  #overdueMinor = (customerId: string) =>
    sum(
      this.#openItems(customerId)
        .filter(({ dueOn }) => dueOn < this.#today())
        .map(undisputedMinor),
    );
  #reviewHold(customerId: string): void {
    this.#account(customerId).onHold ||= this.#overdueMinor(customerId) > defaultDunningPolicy.holdMinimumMinor;
  }
}

const grossOfLine = (line: { quantity: number; cancelledQuantity: number }): number =>
  totalsOf(line.quantity - line.cancelledQuantity).grossMinor;

function take(row: { onHand: number; reserved: number; valueMinor: number }, quantity: number, costMinor: number): void {
  row.onHand -= quantity;
  row.reserved -= quantity;
  row.valueMinor -= costMinor;
}
