import type { ExposureBuckets } from '../../domain/credit.ts';
import type { ShortageChoice } from '../../domain/fulfilment.ts';
import type { OrderStatus } from '../../domain/order.ts';
import type { PromiseStatus } from '../../domain/promise.ts';
import type { IsoDate } from '../../domain/time.ts';

/*
 * A company that the same commands drive twice: once as the rules alone, in memory, and once as the real stack. It sells one
 * product to customers whose credit is approved; what it looks like at rest is a snapshot.
 */

/** Such that taxes round, and the shares of a credit hold do not divide. */
export const product = { unitPriceMinor: 3_333, taxRate: '0.19', taxPercent: 19n, unitCostMinor: 1_250 };
export const warehouses = ['WH-NORTH', 'WH-SOUTH'] as const;
export const netDays = 14;
export const timeZone = 'Europe/Berlin';

export interface Customer {
  id: string;
  backOrderAllowed: boolean;
}

export interface Company {
  readonly customers: readonly Customer[];
  /** The id of the order; undefined when it was refused. */
  order(customerId: string, quantity: number): Promise<string | undefined>;
  /** So many units in all; false when it was refused. */
  amend(orderId: string, quantity: number): Promise<boolean>;
  cancel(orderId: string): Promise<boolean>;
  /** Picks and packs a shipment of which so many units are not there; what was packed is shipped and invoiced. */
  pick(shipmentId: string, missing: number): Promise<void>;
  choose(orderId: string, choice: ShortageChoice): Promise<boolean>;
  deliver(shipmentId: string): Promise<void>;
  /** Money by bank transfer, which names these items or none. */
  pay(customerId: string, amountMinor: number, itemIds: readonly string[]): Promise<void>;
  /** Pays all open items with what waits of one payment, or of one credit note. */
  applyCash(customerId: string): Promise<void>;
  applyCredit(customerId: string): Promise<void>;
  /** Goods come back: counted, inspected and credited. */
  giveBack(shipmentId: string, restocked: number, scrapped: number): Promise<void>;
  /** So many units of an item are said to be wrong; false when it was refused. */
  dispute(itemId: string, units: number): Promise<boolean>;
  uphold(disputeId: string): Promise<boolean>;
  reject(disputeId: string): Promise<void>;
  /** A credit note by amount, without tax. */
  credit(itemId: string, amountMinor: number): Promise<void>;
  /** The customer will pay so much of the item on a day from now. */
  promise(itemId: string, amountMinor: number, days: number): Promise<void>;
  holdOff(itemId: string, days: number): Promise<void>;
  /** The bank takes so much of a payment back, or it was never theirs; false when it was refused. */
  takeBack(paymentId: string, kind: 'bounce' | 'undo', amountMinor: number): Promise<boolean>;
  /** What waits of a payment, or is left of a credit note, goes back to the customer. */
  refund(source: { paymentId: string } | { creditNoteId: string }, amountMinor: number): Promise<void>;
  writeOff(itemId: string, amountMinor: number): Promise<boolean>;
  receiveGoods(warehouseId: string, quantity: number): Promise<void>;
  changeLimit(customerId: string, limitMinor: number): Promise<void>;
  advance(days: number): Promise<void>;
  /** How it stands when nothing is under way. */
  atRest(): Promise<Snapshot>;
}

export interface Snapshot {
  today: IsoDate;
  /** The oldest first. */
  orders: {
    id: string;
    customerId: string;
    status: OrderStatus;
    /** Units that are wanted: agreed and not cancelled. */
    wanted: number;
    shipped: number;
    reserved: number;
    grossMinor: number;
    heldMinor: number;
  }[];
  shipments: { id: string; orderId: string; status: string; quantity: number }[];
  items: {
    id: string;
    customerId: string;
    orderId: string | null;
    /** Null for what bills no goods: an interest note, or a refund of money that was taken back. */
    shipmentId: string | null;
    isReturnedRefund: boolean;
    netMinor: number;
    grossMinor: number;
    openMinor: number;
    disputedMinor: number;
    /** Written off, and not recovered since. */
    givenUpMinor: number;
    dueOn: IsoDate;
    dunningLevel: number;
  }[];
  payments: {
    id: string;
    customerId: string;
    amountMinor: number;
    unappliedMinor: number;
    refundedMinor: number;
    takenBackMinor: number;
    /** What stands of what it paid. */
    paid: { itemId: string; amountMinor: number }[];
  }[];
  creditNotes: { id: string; customerId: string; itemId: string; netMinor: number; grossMinor: number; unappliedMinor: number }[];
  /** That nobody has answered. */
  disputes: { id: string; itemId: string }[];
  promises: { id: string; itemId: string; amountMinor: number; receiptsUntil: IsoDate; status: PromiseStatus }[];
  /** Items that are held off. */
  heldOff: string[];
  accounts: { customerId: string; limitMinor: number; onHold: boolean; buckets: ExposureBuckets }[];
  stock: { warehouseId: string; onHand: number; reserved: number; valueMinor: number }[];
  /** Debit less credit, by account; one that nets to zero may be absent. */
  ledger: Record<string, number>;
  /** Of a company's own integrity checks: what they find. */
  broken: string[];
}
