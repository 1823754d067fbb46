import { exposureMinor, hasRoomAfterOlder } from '../../domain/credit.ts';
import { defaultDunningPolicy } from '../../domain/dunning.ts';
import { daysBetween } from '../../domain/time.ts';
import { type Customer, product, type Snapshot } from './company.ts';

/**
 * What must have become of everything that was asked for: a few plain counts, kept apart from the company's own books, and what
 * follows from them for every document, account and status at rest.
 */
export class Expected {
  readonly customers: readonly Customer[];
  /** Units that are wanted and shipped, by order. */
  readonly orders = new Map<string, { wanted: number; shipped: number }>();
  /** Units that came back or were credited without coming back, and what was credited by amount, without tax. */
  readonly shipped = new Map<
    string,
    { quantity: number; returned: number; credited: number; creditedMinor: number; delivered: boolean }
  >();
  unitsReceived = 0;
  unitsLost = 0;
  unitsRestocked = 0;
  /** Money that came in and was not taken back or refunded, by customer. */
  readonly moneyMinor = new Map<string, number>();
  /** Customers of whom money or credit has ever waited: it stood for their oldest items, and kept letters back. */
  readonly hadCash = new Set<string>();
  /** Items whose letters have ever waited for a dispute, a promise or a word, or that were paid and open again. */
  readonly interrupted = new Set<string>();
  readonly reopened = new Set<string>();
  /** By payment: what it has recovered of each item that had been given up, as far as it was not taken back. */
  readonly recovered = new Map<string, Map<string, number>>();
  /** Units that are claimed to be wrong, by dispute. */
  readonly claimed = new Map<string, number>();
  /** What each payment had paid of an item when its payment was promised. */
  readonly promised = new Map<string, Map<string, number>>();
  /** How often each command was run, and in which statuses orders have rested. */
  readonly done = new Map<string, number>();
  readonly statuses = new Set<string>();

  constructor(
    customers: readonly Customer[],
    /** The company as the last step left it. */
    public last: Snapshot,
  ) {
    this.customers = customers;
  }

  orderOf = (orderId: string) => this.last.orders.find((order) => order.id === orderId)!;
  available = (now = this.last) => sum(now.stock.map(({ onHand, reserved }) => onHand - reserved));
  /** What of it is left after all these orders have what they wait for, in whole or beside a part that is in the warehouse. */
  leftAfter(orders: Snapshot['orders'], now = this.last): number {
    const waiting = orders.filter(({ status }) => status === 'back-ordered' || status === 'in-fulfilment');
    return Math.max(0, this.available(now) - sum(waiting.map((one) => one.wanted - one.shipped - one.reserved)));
  }
  overdueMinor = (customerId: string, of = this.last) =>
    sum(of.items.filter((item) => item.customerId === customerId && item.dueOn < of.today).map(askedMinor));
  /** What has been credited of an item, without tax. */
  creditedNetMinor = (itemId: string, of = this.last) =>
    sum(of.creditNotes.filter((note) => note.itemId === itemId).map(({ netMinor }) => netMinor));
  unitsLeft = (shipmentId: string) => {
    const { quantity, returned, credited } = this.shipped.get(shipmentId)!;
    return quantity - returned - credited;
  };

  /** What is wrong with the company as it is now, in sentences; `moved` says whether time has passed, or a limit has changed. */
  faultsOf(now: Snapshot, moved: Moved = {}): string[] {
    const faults = [...now.broken];
    const must = (holds: boolean, sentence: string) => {
      if (!holds) faults.push(sentence);
    };
    const equal = (found: number, wanted: number, what: string) => must(found === wanted, `${what}: ${found}, not ${wanted}`);
    const account = (name: string) => now.ledger[name] ?? 0;

    // The ledger says what the documents say.
    equal(sum(Object.values(now.ledger)), 0, 'all debits less all credits');
    equal(account('bank'), sum([...this.moneyMinor.values()]), 'bank');
    equal(account('accounts-receivable'), sum(now.items.map(({ openMinor }) => openMinor)), 'receivables');
    equal(-account('unapplied-cash'), sum(now.accounts.map(({ buckets }) => buckets.unappliedCashMinor)), 'unapplied cash');
    equal(-account('customer-credits'), sum(now.accounts.map(({ buckets }) => buckets.openCreditNotesMinor)), 'credit balances');
    equal(account('inventory'), sum(now.stock.map(({ valueMinor }) => valueMinor)), 'inventory');
    equal(account('unbilled-receivables'), 0, 'unbilled');
    const units = [...this.shipped.values()];
    const unitsShipped = sum(units.map(({ quantity }) => quantity));
    equal(-account('revenue'), unitsShipped * product.unitPriceMinor, 'revenue');
    const creditedMinor = sum(now.creditNotes.map(({ netMinor }) => netMinor));
    equal(account('returns'), creditedMinor, 'returns');
    equal(-account('bad-debt-allowance'), -sum(now.items.map(({ givenUpMinor }) => givenUpMinor)), 'given up');
    const notes = now.items.filter(({ shipmentId, isReturnedRefund }) => shipmentId === null && !isReturnedRefund);
    equal(-account('other-income'), sum(notes.map(({ grossMinor }) => grossMinor)), 'interest');
    const invoicedTax = sum(now.items.map(({ grossMinor, netMinor }) => grossMinor - netMinor));
    const creditedTax = invoicedTax + account('tax-payable');
    const taxOfCredits = sum(
      now.items.map((item) => {
        const share = item.netMinor === 0 ? 0 : this.creditedNetMinor(item.id, now) / item.netMinor;
        return (item.grossMinor - item.netMinor) * share;
      }),
    );
    must(
      Math.abs(creditedTax - taxOfCredits) <= now.creditNotes.length,
      `tax credited: ${creditedTax}, not about ${taxOfCredits}`,
    );
    if (creditedMinor === -account('revenue')) equal(account('tax-payable'), 0, 'tax when all is credited');

    // Stock.
    equal(
      sum(now.stock.map(({ onHand }) => onHand)),
      this.unitsReceived - this.unitsLost - unitsShipped + this.unitsRestocked,
      'units on hand',
    );
    equal(sum(now.stock.map(({ reserved }) => reserved)), sum(now.orders.map(({ reserved }) => reserved)), 'units reserved');
    for (const { warehouseId, onHand, reserved, valueMinor } of now.stock) {
      must(0 <= reserved && reserved <= onHand, `${warehouseId} has ${onHand} and has promised ${reserved}`);
      must(onHand === 0 ? valueMinor === 0 : valueMinor >= 0, `${warehouseId}: ${onHand} units are worth ${valueMinor}`);
    }

    // Invoices: what left, once.
    const billed = now.items.flatMap(({ shipmentId }) => shipmentId ?? []);
    equal(billed.length, this.shipped.size, 'invoices');
    for (const item of now.items) {
      must(
        0 <= item.openMinor && item.openMinor <= item.grossMinor,
        `${item.id} of ${item.grossMinor} is open by ${item.openMinor}`,
      );
      if (item.shipmentId === null) continue;
      const goods = this.shipped.get(item.shipmentId);
      const quantity = goods?.quantity ?? 0;
      equal(item.grossMinor, grossOf(quantity), `${item.id} over ${quantity} units`);
      if (goods) this.faultsOfCredit(item, goods, now, { must, equal });
    }
    this.faultsOfPromises(now, { must });
    this.noteRecoveries(now);

    for (const { id } of this.customers) this.faultsOfCustomer(id, now, moved, { must, equal });
    for (const order of now.orders) this.faultsOfOrder(order, now, { must, equal });
    equal(now.orders.length, this.orders.size, 'orders');
    return faults;
  }

  /** Units at their price, amounts as they were said; units whose price was lowered bring less, and the last ones what is left. */
  faultsOfCredit(
    { id, netMinor }: Snapshot['items'][number],
    {
      quantity,
      returned,
      credited,
      creditedMinor,
    }: { quantity: number; returned: number; credited: number; creditedMinor: number },
    now: Snapshot,
    { must, equal }: Checks,
  ): void {
    const found = this.creditedNetMinor(id, now);
    const units = returned + credited;
    if (units === quantity) equal(found, netMinor, `credited of ${id}, all of it`);
    else if (units === 0) equal(found, creditedMinor, `credited of ${id} by amount`);
    else if (creditedMinor === 0) equal(found, units * product.unitPriceMinor, `credited of ${id} by units`);
    else must(creditedMinor <= found && found <= netMinor, `${id} of ${netMinor} is credited by ${found}`);
  }

  /** A promise is kept by money that is there, and broken without it when its days are over (P6). */
  faultsOfPromises(now: Snapshot, { must }: Pick<Checks, 'must'>): void {
    for (const { id, itemId, amountMinor, receiptsUntil, status } of now.promises) {
      if (status === 'open') must(now.today <= receiptsUntil, `${id} is open after ${receiptsUntil}`);
      if (this.last.promises.find((promise) => promise.id === id)?.status !== 'open' || status === 'open') continue;
      const item = now.items.find((one) => one.id === itemId)!;
      const before = this.promised.get(id)!;
      const paidMinor = sum(now.payments.map((payment) => Math.max(0, paidOf(payment, itemId) - (before.get(payment.id) ?? 0))));
      const waitingMinor = sum(
        now.payments.filter(({ customerId }) => customerId === item.customerId).map((payment) => payment.unappliedMinor),
      );
      const owes = askedMinor(item) > 0;
      const says = `${id} over ${amountMinor} of ${itemId} is ${status}: ${paidMinor} was paid and ${waitingMinor} waits`;
      if (status === 'kept') must(!owes || paidMinor + waitingMinor >= amountMinor, says);
      if (status === 'broken') must(owes && paidMinor < amountMinor && now.today > receiptsUntil, says);
      if (status === 'cancelled') must(!owes, says);
    }
  }

  /** Whatever was given up and is owed again was brought by what paid its item in the same step, if it was no credit note. */
  noteRecoveries(now: Snapshot): void {
    for (const { id, givenUpMinor } of this.last.items) {
      const recoveredMinor = givenUpMinor - now.items.find((item) => item.id === id)!.givenUpMinor;
      if (recoveredMinor <= 0) continue;
      for (const payment of now.payments) {
        const before = this.last.payments.find((one) => one.id === payment.id);
        if (paidOf(payment, id) <= (before ? paidOf(before, id) : 0)) continue;
        const byItem = this.recovered.get(payment.id) ?? new Map<string, number>();
        this.recovered.set(payment.id, byItem.set(id, (byItem.get(id) ?? 0) + recoveredMinor));
      }
    }
  }

  faultsOfCustomer(customerId: string, now: Snapshot, moved: Moved, { must, equal }: Checks): void {
    const { buckets, limitMinor, onHold } = now.accounts.find((account) => account.customerId === customerId)!;
    const items = now.items.filter((item) => item.customerId === customerId);
    const orders = now.orders.filter((order) => order.customerId === customerId);
    const openMinor = sum(items.map((item) => item.openMinor));
    const heldMinor = sum(orders.map((order) => order.heldMinor));
    equal(buckets.openReceivablesMinor, openMinor, `receivables of ${customerId}`);
    equal(buckets.approvedNotShippedMinor, heldMinor, `approved orders of ${customerId}`);
    equal(buckets.shippedNotInvoicedMinor, 0, `shipped orders of ${customerId}`);
    equal(exposureMinor(buckets), openMinor + heldMinor - buckets.unappliedCashMinor - buckets.openCreditNotesMinor, 'exposure');

    // What is not owed any more was paid, credited or given up, and nothing else settles a debt; what was refunded of money that was
    // taken back is asked for anew.
    const credited = now.creditNotes.filter((note) => note.customerId === customerId);
    equal(
      sum(items.map((item) => item.grossMinor - item.openMinor)),
      (this.moneyMinor.get(customerId) ?? 0) +
        sum(credited.map(({ grossMinor }) => grossMinor)) -
        buckets.unappliedCashMinor -
        buckets.openCreditNotesMinor +
        sum(items.map((item) => item.givenUpMinor)) +
        sum(items.filter(({ isReturnedRefund }) => isReturnedRefund).map((item) => item.grossMinor)),
      `settled of ${customerId}`,
    );

    const before = this.last.orders;
    const newlyHeld = orders.some((order) => order.heldMinor > 0 && !before.find(({ id }) => id === order.id)?.heldMinor);
    if (newlyHeld && !moved.limit) {
      must(exposureMinor(buckets) <= limitMinor, `${customerId} owes ${exposureMinor(buckets)}, above ${limitMinor}`);
    }
    const creditsLeft = buckets.unappliedCashMinor + buckets.openCreditNotesMinor;
    if (creditsLeft > 0) this.hadCash.add(customerId);
    const overdueMinor = this.overdueMinor(customerId, now);
    equal(Number(onHold), Number(overdueMinor > 0), `hold of ${customerId}, who owes ${overdueMinor} too late`);

    for (const item of items) {
      const earlier = this.last.items.find(({ id }) => id === item.id);
      const risen = item.dunningLevel - (earlier?.dunningLevel ?? 0);
      const isPaused = (of: Snapshot) =>
        of.heldOff.includes(item.id) || of.promises.some((promise) => promise.itemId === item.id && promise.status === 'open');
      const inPeace = (isPaused(this.last) && isPaused(now)) || (earlier !== undefined && askedMinor(earlier) === 0);
      must(
        item.givenUpMinor <= (earlier?.givenUpMinor ?? 0) || moved.givenUp?.includes(item.id) === true,
        `${item.id} is given up by nobody`,
      );
      must(risen === 0 || !inPeace, `${item.id} is dunned in peace`);
      must(risen >= 0, `${item.id} has fallen to level ${item.dunningLevel}`);
      if (risen > 0) {
        must(moved.time === true && item.openMinor > 0, `${item.id} is dunned and owes ${item.openMinor}`);
        must(creditsLeft < overdueMinor, `${item.id} is dunned while ${creditsLeft} of ${overdueMinor} has come in`);
      }
      if (item.openMinor > 0 && !this.hadCash.has(customerId) && !this.interrupted.has(item.id)) {
        const daysOverdue = daysBetween(item.dueOn, now.today);
        const reached = defaultDunningPolicy.levels.filter((level) => level.daysOverdue <= daysOverdue).length;
        equal(item.dunningLevel, reached, `level of ${item.id}, ${daysOverdue} days overdue`);
      }
    }
  }

  faultsOfOrder(order: Snapshot['orders'][number], now: Snapshot, { must, equal }: Checks): void {
    const { id, customerId, status, reserved, heldMinor } = order;
    const { wanted, shipped } = this.orders.get(id) ?? { wanted: 0, shipped: 0 };
    equal(order.shipped, shipped, `units shipped of ${id}`);
    equal(order.wanted, wanted, `units wanted of ${id}`);
    const open = wanted - shipped;
    const overdueMinor = this.overdueMinor(customerId, now);
    const { limitMinor, buckets } = now.accounts.find((account) => account.customerId === customerId)!;
    const older = now.orders.slice(0, now.orders.indexOf(order));
    const left = this.leftAfter(older, now);
    const says = (holds: boolean, sentence: string) => must(holds, `${id} is ${status}, but ${sentence}`);

    if (open === 0) equal(heldMinor, 0, `credit of ${id}, which owes nothing`);
    else if (heldMinor > 0 && shipped === 0) equal(heldMinor, grossOf(open), `credit of ${id}`);
    else if (heldMinor > 0)
      must(Math.abs(heldMinor - grossOf(open)) <= this.shipped.size, `${id} holds ${heldMinor} for ${open} units`);
    says(reserved <= open, `${reserved} units are reserved of ${open}`);
    says((status === 'in-fulfilment') === reserved > 0, `${reserved} units are reserved`);

    const invoices = now.items.filter((item) => item.orderId === id && item.shipmentId !== null);
    const owed = invoices.some(({ openMinor }) => openMinor > 0);
    switch (status) {
      case 'over-limit': {
        says(heldMinor === 0 && shipped === 0, 'its credit is held');
        const inLine = older.filter(
          (one) =>
            one.customerId === customerId && ['over-limit', 'waiting-for-payment'].includes(one.status) && one.heldMinor === 0,
        );
        const fits = hasRoomAfterOlder({
          limitMinor,
          exposureMinor: exposureMinor(buckets),
          olderGrossMinor: inLine.map(({ grossMinor }) => grossMinor),
          orderGrossMinor: order.grossMinor,
        });
        says(overdueMinor > 0 || !fits, 'there is room');
        break;
      }
      case 'waiting-for-payment':
        says(overdueMinor > 0, 'nothing is overdue');
        break;
      case 'back-ordered': {
        const all = !this.customers.find((customer) => customer.id === customerId)!.backOrderAllowed;
        says(open > 0, 'it wants nothing');
        says(overdueMinor > 0 || (all ? left < open : left === 0), `${left} units are there of ${open}`);
        break;
      }
      case 'awaiting-choice':
        says(overdueMinor > 0 || left < open, `${left} units are there of ${open}`);
        break;
      case 'in-fulfilment':
        break;
      case 'invoiced':
        says(open === 0 && shipped > 0 && owed, 'it owes goods, or is owed nothing');
        break;
      case 'closed':
        // What is open again after its order was closed is collected without it.
        says(open === 0 && shipped > 0, 'goods are missing');
        says(
          invoices.every((invoice) => invoice.openMinor === 0 || this.reopened.has(invoice.id)),
          'something is open',
        );
        break;
      case 'cancelled':
        says(wanted === 0 && shipped === 0, `${shipped} of ${wanted} units were shipped`);
        break;
      default:
        says(false, 'nobody waits there');
    }
  }
}

/** What a step may change beside what it is about. */
export interface Moved {
  time?: true;
  limit?: true;
  /** Items of which something was written off, or is again because what had recovered it was taken back. */
  givenUp?: readonly string[];
}

interface Checks {
  must: (holds: boolean, sentence: string) => void;
  equal: (found: number, wanted: number, what: string) => void;
}

/** What of an item is open and not disputed. */
export const askedMinor = (item: { openMinor: number; disputedMinor: number }): number =>
  Math.max(0, item.openMinor - item.disputedMinor);
export const paidOf = ({ paid }: Snapshot['payments'][number], itemId: string): number =>
  sum(paid.filter((part) => part.itemId === itemId).map(({ amountMinor }) => amountMinor));
export const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** Half up, in whole numbers, and not by the rules that are tested. */
const taxOf = (quantity: number): number =>
  Number((BigInt(quantity * product.unitPriceMinor) * product.taxPercent * 2n + 100n) / 200n);
export const grossOf = (quantity: number): number => quantity * product.unitPriceMinor + taxOf(quantity);
