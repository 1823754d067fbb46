/**
 * When shipments are invoiced, and which of them go on one invoice: each on its own, or all of a customer's of a period together,
 * where its invoicing says so. Requirements I1, I2.
 */
import type { DeliveryTerms } from './delivery-terms.ts';
import type { PaymentTerms } from './invoice.ts';
import type { Rounding } from './money.ts';
import { isPrepaid } from './prepayment.ts';
import { addDays, dayOfWeek, type IsoDate, type IsoInstant, instantAt } from './time.ts';

/** Weekday 1 is Monday. The run of a day takes what came under the customer's control before that day began. */
export type Invoicing =
  | { kind: 'per-shipment' }
  | { kind: 'consolidated'; every: 'week'; weekday: number }
  | { kind: 'consolidated'; every: 'month'; day: number };

/** Every month has such a day. */
export const runDayMaximum = 28;

/** Whether an order's shipments wait for the run of their period. What is paid in advance or by card is invoiced as it leaves. */
export const isConsolidated = (order: { invoicing: Invoicing; terms: PaymentTerms; paysByCard: boolean }): boolean =>
  order.invoicing.kind === 'consolidated' && !isPrepaid(order.terms) && !order.paysByCard;

type Consolidated = Exclude<Invoicing, { kind: 'per-shipment' }>;
const isRunDay = (invoicing: Consolidated, day: IsoDate): boolean =>
  invoicing.every === 'week' ? dayOfWeek(day) === invoicing.weekday : Number(day.slice(8)) === invoicing.day;

/** The last day of the newest period whose run has come by `today`: the day before the run's. Undefined: there are no periods. */
export function lastPeriodEnd(invoicing: Invoicing, today: IsoDate): IsoDate | undefined {
  if (invoicing.kind === 'per-shipment') return undefined;
  let day = today;
  while (!isRunDay(invoicing, day)) day = addDays(day, -1);
  return addDays(day, -1);
}

/** The day on which what comes under the customer's control on a day is invoiced: that day itself, or that of the next run after it. */
export function invoicedOn(invoicing: Invoicing, passedOn: IsoDate): IsoDate {
  if (invoicing.kind === 'per-shipment') return passedOn;
  let day = addDays(passedOn, 1);
  while (!isRunDay(invoicing, day)) day = addDays(day, 1);
  return day;
}

/** The instant before which control must have passed for the run of a day to bill a shipment. Undefined: there are no periods. */
export function runTakesBefore(invoicing: Invoicing, today: IsoDate, timeZone: string): IsoInstant | undefined {
  const end = lastPeriodEnd(invoicing, today);
  return end === undefined ? undefined : instantAt(addDays(end, 1), '00:00', timeZone);
}

/** A shipment that is to be invoiced with others. */
export interface ShipmentToBill {
  shipmentId: string;
  orderId: string;
  currency: string;
  terms: PaymentTerms;
  taxRounding: Rounding;
  deliveryTerms: DeliveryTerms | null;
  /** Which dunning policy its order names; null: its customer's. */
  dunningPolicy: string | null;
  shipTo: { country: string };
  lineCount: number;
}

/** As many as one invoice takes: what is beyond goes on another one. */
export const shipmentsPerInvoiceMaximum = 100;
export const linesPerInvoiceMaximum = 500;

/**
 * The shipments by the invoice that they go on, in the order in which they are given: one invoice has one currency, one set of terms,
 * one treatment of its taxes, which follows from where the goods go and who brings them there, and one dunning policy. A shipment is
 * never split.
 */
export function groupShipments<Shipment extends ShipmentToBill>(shipments: readonly Shipment[]): Shipment[][] {
  const full: Shipment[][] = [];
  const open = new Map<string, Shipment[]>();
  for (const shipment of shipments) {
    const { currency, terms, taxRounding, deliveryTerms, dunningPolicy, shipTo } = shipment;
    const key = JSON.stringify([currency, sorted(terms), taxRounding, deliveryTerms, dunningPolicy, shipTo.country]);
    const group = open.get(key);
    const lineCount = (group ?? []).reduce((total, one) => total + one.lineCount, shipment.lineCount);
    if (group && group.length < shipmentsPerInvoiceMaximum && lineCount <= linesPerInvoiceMaximum) {
      group.push(shipment);
      continue;
    }
    const next = [shipment];
    open.set(key, next);
    full.push(next);
  }
  return full;
}

/** The same terms, whatever the order of their fields. */
const sorted = (terms: PaymentTerms): [string, unknown][] =>
  Object.entries(terms)
    .filter(([, value]) => value !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1));
