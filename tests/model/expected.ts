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
  readonly shipped = new Map<string, { quantity: number; returned: number; delivered: boolean }>();
  unitsReceived = 0;
  unitsLost = 0;
  unitsRestocked = 0;
  returns = 0;
  /** Money that came in, by customer. */
  readonly moneyMinor = new Map<string, number>();
  /** Customers of whom money or credit has ever waited: it stood for their oldest items, and kept letters back. */
  readonly hadCash = new Set<string>();
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
  available = () => sum(this.last.stock.map(({ onHand, reserved }) => onHand - reserved));
  overdueMinor = (customerId: string, of = this.last) =>
    sum(of.items.filter((item) => item.customerId === customerId && item.dueOn < of.today).map(({ openMinor }) => openMinor));

  /** What is wrong with the company as it is now, in sentences; `moved` says whether time has passed, or a limit has changed. */
  faultsOf(now: Snapshot, moved: { time?: true; limit?: true } = {}): string[] {
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
    equal(account('returns'), sum(units.map(({ returned }) => returned)) * product.unitPriceMinor, 'returns');
    const notes = now.items.filter(({ shipmentId }) => shipmentId === null);
    equal(-account('other-income'), sum(notes.map(({ grossMinor }) => grossMinor)), 'interest');
    const invoicedTax = sum(now.items.map(({ grossMinor, netMinor }) => grossMinor - netMinor));
    const creditedTax = invoicedTax + account('tax-payable');
    const taxOfReturns = sum(units.map(({ quantity, returned }) => (taxOf(quantity) * returned) / quantity));
    must(Math.abs(creditedTax - taxOfReturns) <= this.returns, `tax credited: ${creditedTax}, not about ${taxOfReturns}`);
    if (units.every(({ quantity, returned }) => returned === quantity)) equal(account('tax-payable'), 0, 'tax when all is back');

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
      const quantity = this.shipped.get(item.shipmentId)?.quantity ?? 0;
      equal(item.grossMinor, grossOf(quantity), `${item.id} over ${quantity} units`);
    }

    for (const { id } of this.customers) this.faultsOfCustomer(id, now, moved, { must, equal });
    for (const order of now.orders) this.faultsOfOrder(order, now, { must, equal });
    equal(now.orders.length, this.orders.size, 'orders');
    return faults;
  }

  faultsOfCustomer(customerId: string, now: Snapshot, moved: { time?: true; limit?: true }, { must, equal }: Checks): void {
    const { buckets, limitMinor, onHold } = now.accounts.find((account) => account.customerId === customerId)!;
    const items = now.items.filter((item) => item.customerId === customerId);
    const orders = now.orders.filter((order) => order.customerId === customerId);
    const openMinor = sum(items.map((item) => item.openMinor));
    const heldMinor = sum(orders.map((order) => order.heldMinor));
    equal(buckets.openReceivablesMinor, openMinor, `receivables of ${customerId}`);
    equal(buckets.approvedNotShippedMinor, heldMinor, `approved orders of ${customerId}`);
    equal(buckets.shippedNotInvoicedMinor, 0, `shipped orders of ${customerId}`);
    equal(exposureMinor(buckets), openMinor + heldMinor - buckets.unappliedCashMinor - buckets.openCreditNotesMinor, 'exposure');

    const before = this.last.orders;
    const newlyHeld = orders.some((order) => order.heldMinor > 0 && !before.find(({ id }) => id === order.id)?.heldMinor);
    if (newlyHeld && !moved.limit) {
      must(exposureMinor(buckets) <= limitMinor, `${customerId} owes ${exposureMinor(buckets)}, above ${limitMinor}`);
    }
    // Money and credit are used or wait, and nothing else settles a debt.
    const creditsLeft = buckets.unappliedCashMinor + buckets.openCreditNotesMinor;
    if (creditsLeft > 0) this.hadCash.add(customerId);
    const overdueMinor = this.overdueMinor(customerId, now);
    equal(Number(onHold), Number(overdueMinor > 0), `hold of ${customerId}, who owes ${overdueMinor} too late`);

    for (const item of items) {
      const risen = item.dunningLevel - (this.last.items.find(({ id }) => id === item.id)?.dunningLevel ?? 0);
      must(risen >= 0, `${item.id} has fallen to level ${item.dunningLevel}`);
      if (risen > 0) {
        must(moved.time === true && item.openMinor > 0, `${item.id} is dunned and owes ${item.openMinor}`);
        must(creditsLeft < overdueMinor, `${item.id} is dunned while ${creditsLeft} of ${overdueMinor} has come in`);
      }
      if (item.openMinor > 0 && !this.hadCash.has(customerId)) {
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
    const available = sum(now.stock.map((row) => row.onHand - row.reserved));
    const older = now.orders.slice(0, now.orders.indexOf(order));
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
        const before = older.filter((one) => one.status === 'back-ordered').map((one) => one.wanted - one.shipped);
        const left = available - Math.min(available, sum(before));
        const all = !this.customers.find((customer) => customer.id === customerId)!.backOrderAllowed;
        says(open > 0, 'it wants nothing');
        says(overdueMinor > 0 || (all ? left < open : left === 0), `${left} units are there of ${open}`);
        break;
      }
      case 'awaiting-choice':
        says(overdueMinor > 0 || available < open, `${available} units are there of ${open}`);
        break;
      case 'in-fulfilment':
        break;
      case 'invoiced':
        says(open === 0 && shipped > 0 && owed, 'it owes goods, or is owed nothing');
        break;
      case 'closed':
        says(open === 0 && shipped > 0 && !owed, 'something is open');
        break;
      case 'cancelled':
        says(wanted === 0 && shipped === 0, `${shipped} of ${wanted} units were shipped`);
        break;
      default:
        says(false, 'nobody waits there');
    }
  }
}

interface Checks {
  must: (holds: boolean, sentence: string) => void;
  equal: (found: number, wanted: number, what: string) => void;
}

export const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** Half up, in whole numbers, and not by the rules that are tested. */
const taxOf = (quantity: number): number =>
  Number((BigInt(quantity * product.unitPriceMinor) * product.taxPercent * 2n + 100n) / 200n);
export const grossOf = (quantity: number): number => quantity * product.unitPriceMinor + taxOf(quantity);
