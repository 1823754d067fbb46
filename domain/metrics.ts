/**
 * The measures of order to cash, each with its formula in words and the parts that it is made of. Amounts are whole minor units, of one
 * currency and on one tax basis (with tax, as receivables are); a measure whose denominator is zero is not available: null. Requirement R1.
 */
import { sumMinor } from './money.ts';
import { addDays, addMonths, daysBetween, endOfMonth, type IsoDate } from './time.ts';

/** Days sales outstanding: AR ÷ credit sales × days. Worked: 15,000 ÷ 10,000 × 30 = 45. */
export function daysSalesOutstanding(part: { receivablesMinor: number; salesMinor: number; days: number }): number | null {
  return part.salesMinor > 0 ? (part.receivablesMinor / part.salesMinor) * part.days : null;
}

/** What DSO would be if nothing were overdue: current AR ÷ credit sales × days. Worked: 4,000 ÷ 10,000 × 30 = 12. */
export function bestPossibleDso(part: { currentMinor: number; salesMinor: number; days: number }): number | null {
  return daysSalesOutstanding({ ...part, receivablesMinor: part.currentMinor });
}

/** What overdue items add: DSO − best possible DSO. Worked: 45 − 12 = 33. */
export function averageDaysDelinquent(dso: number | null, bestPossible: number | null): number | null {
  return dso === null || bestPossible === null ? null : dso - bestPossible;
}

/** The credit sales of a calendar month, or of the part of it that is counted, and its days. */
export interface MonthOfSales {
  salesMinor: number;
  days: number;
}

/**
 * Countback DSO: whole months' sales are taken off AR from the newest back, and their days counted; the month in which AR runs out
 * counts in proportion. A month whose credit notes outweigh its invoices takes nothing off. Null: AR is more than all the months given
 * have sold. Worked: 15,000 against March 10,000 and February 8,000: 31 + 5,000 ÷ 8,000 × 28 = 48.5.
 */
export function countbackDso(receivablesMinor: number, newestFirst: readonly MonthOfSales[]): number | null {
  let leftMinor = receivablesMinor;
  let counted = 0;
  if (leftMinor <= 0) return 0;
  for (const { salesMinor, days } of newestFirst) {
    if (salesMinor >= leftMinor) return counted + (leftMinor / salesMinor) * days;
    leftMinor -= Math.max(0, salesMinor);
    counted += days;
  }
  return null;
}

/**
 * Collection effectiveness index, in percent: (opening AR + sales − closing total AR) ÷ (opening AR + sales − closing current AR) × 100.
 * Sales are net of credit notes. What was written off was not collected: it is added back to the closing total. Worked: opening 12,000,
 * sales 10,000, closing 15,000, current 4,000: 7,000 ÷ 18,000 = 38.9 %.
 */
export function collectionEffectiveness(part: {
  openingMinor: number;
  salesMinor: number;
  closingMinor: number;
  closingCurrentMinor: number;
  writtenOffMinor: number;
}): number | null {
  const owedMinor = sumMinor([part.openingMinor, part.salesMinor]);
  const collectableMinor = sumMinor([owedMinor, -part.closingCurrentMinor]);
  if (collectableMinor === 0) return null;
  return (sumMinor([owedMinor, -part.closingMinor, -part.writtenOffMinor]) / collectableMinor) * 100;
}

/** In percent; null of nothing. */
export const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : (part / whole) * 100);

/** Null of nothing. */
export const meanOf = (sum: number, count: number): number | null => (count === 0 ? null : sum / count);

/** A period of whole days, the last one included. */
export interface Period {
  from: IsoDate;
  to: IsoDate;
}

export const daysOf = ({ from, to }: Period): number => daysBetween(from, to) + 1;

/** The period of the same length that ends the day before; of whole months, as many months before. */
export function periodBefore({ from, to }: Period): Period {
  const before = addDays(from, -1);
  if (from.endsWith('-01') && to === endOfMonth(to)) {
    const months =
      (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7)) + 1;
    return { from: addMonths(from, -months), to: before };
  }
  return { from: addDays(from, -daysOf({ from, to })), to: before };
}

/** The calendar months up to a day, the newest first; the newest one ends with the day. */
export function monthsBack(to: IsoDate, count: number): Period[] {
  const first = `${to.slice(0, 8)}01`;
  return Array.from({ length: count }, (_, ago) => {
    const from = addMonths(first, -ago);
    return { from, to: ago === 0 ? to : endOfMonth(from) };
  });
}

/** The last month ends up to a day, the oldest first; the day itself is the last when it is one. */
export function monthEnds(to: IsoDate, count: number): IsoDate[] {
  const last = endOfMonth(to) === to ? to : endOfMonth(addMonths(to, -1));
  return Array.from({ length: count }, (_, index) => endOfMonth(addMonths(last, index + 1 - count)));
}

/** Parts that are made of documents, each of which can be looked at. */
export const documentParts = [
  'receivables',
  'current-receivables',
  'opening-receivables',
  'taken-over',
  'sales',
  'written-off',
  'settled-items',
  'closed-orders',
  'judged-orders',
  'accepted-orders',
  'billed-shipments',
  'issued-invoices',
  'receipts',
] as const;
export type DocumentPart = (typeof documentParts)[number];

export const measureIds = [
  'dso',
  'best-possible-dso',
  'average-days-delinquent',
  'countback-dso',
  'collection-effectiveness',
  'on-time-payment',
  'order-to-cash',
  'perfect-order',
  'approval-time',
  'ship-to-invoice',
  'invoices-revised',
] as const;
export type MeasureId = (typeof measureIds)[number];

/** What a measure is called, what it is counted in, and how it comes about. */
export const measures: Record<MeasureId, { name: string; unit: 'days' | 'hours' | 'percent'; formula: string }> = {
  dso: {
    name: 'Days sales outstanding',
    unit: 'days',
    formula: 'receivables on the last day ÷ credit sales of the period × days of the period',
  },
  'best-possible-dso': {
    name: 'Best possible DSO',
    unit: 'days',
    formula: 'receivables that are not overdue on the last day ÷ credit sales of the period × days of the period',
  },
  'average-days-delinquent': { name: 'Average days delinquent', unit: 'days', formula: 'DSO − best possible DSO' },
  'countback-dso': {
    name: 'Countback DSO',
    unit: 'days',
    formula:
      'days of the months whose credit sales, from the newest back, make up the receivables of the last day; the last month in proportion',
  },
  'collection-effectiveness': {
    name: 'Collection effectiveness index',
    unit: 'percent',
    formula:
      '(opening receivables + taken over + credit sales − closing receivables − written off) ÷ (opening receivables + taken over + credit sales − closing receivables that are not overdue) × 100',
  },
  'on-time-payment': {
    name: 'Invoices paid on time',
    unit: 'percent',
    formula: 'items settled in the period whose last payment came by the due date ÷ items settled in the period × 100',
  },
  'order-to-cash': {
    name: 'Order-to-cash cycle time',
    unit: 'days',
    formula: 'days from placing to the settlement of the last invoice, over orders closed in the period ÷ these orders',
  },
  'perfect-order': {
    name: 'Perfect orders',
    unit: 'percent',
    formula:
      'orders that arrived on time, complete and undamaged, without credit note or dispute ÷ orders invoiced in full in the period whose deliveries are due × 100',
  },
  'approval-time': {
    name: 'Approval time',
    unit: 'hours',
    formula: 'hours from placing to approval, over orders approved in the period ÷ these orders',
  },
  'ship-to-invoice': {
    name: 'Ship-to-invoice lag',
    unit: 'hours',
    formula:
      'hours from goods issue (under D-terms: delivery) to invoice, over shipments invoiced in the period ÷ these shipments',
  },
  'invoices-revised': {
    name: 'Invoices revised',
    unit: 'percent',
    formula: 'invoices issued in the period that were corrected since ÷ invoices issued in the period × 100',
  },
};

/** What the books say of one currency and period, and what is counted of its documents. */
export interface MeasureFacts {
  days: number;
  receivablesMinor: number;
  currentMinor: number;
  openingMinor: number;
  takenOverMinor: number;
  salesMinor: number;
  writtenOffMinor: number;
  /** The newest first. */
  months: readonly MonthOfSales[];
  settledItems: Counted;
  closedOrders: Counted;
  judgedOrders: Counted;
  acceptedOrders: Counted;
  billedShipments: Counted;
  issuedInvoices: Counted;
}

/** Documents: how many, how many of them met what is asked for, and the sum of what was measured of them. */
export interface Counted {
  count: number;
  met: number;
  sum: number;
}

/** A part of a formula: an amount, a number of documents or a length of time. */
export interface MeasurePart {
  name: string;
  value: number;
  unit: 'minor' | 'days' | 'hours' | 'documents';
  /** The documents behind it, when it is made of documents. */
  documents?: DocumentPart;
}

export interface Measured {
  value: number | null;
  parts: MeasurePart[];
}

/** Every measure of one currency and period. */
export function measure(facts: MeasureFacts): Record<MeasureId, Measured> {
  const { days, receivablesMinor, currentMinor, salesMinor } = facts;
  const dso = daysSalesOutstanding({ receivablesMinor, salesMinor, days });
  const bestPossible = bestPossibleDso({ currentMinor, salesMinor, days });
  const amount = (name: string, value: number, documents: DocumentPart): MeasurePart => ({
    name,
    value,
    unit: 'minor',
    documents,
  });
  const receivables = amount('receivables on the last day', receivablesMinor, 'receivables');
  const current = amount('of these not overdue', currentMinor, 'current-receivables');
  const sales = amount('credit sales less credit notes', salesMinor, 'sales');
  const length: MeasurePart = { name: 'days of the period', value: days, unit: 'days' };
  const share = ({ met, count }: Counted, whatMet: string, what: string, documents: DocumentPart): Measured => ({
    value: shareOf(met, count),
    parts: [
      { name: whatMet, value: met, unit: 'documents', documents },
      { name: what, value: count, unit: 'documents', documents },
    ],
  });
  const mean = ({ sum, count }: Counted, unit: 'days' | 'hours', what: string, documents: DocumentPart): Measured => ({
    value: meanOf(sum, count),
    parts: [
      { name: unit, value: rounded(sum), unit, documents },
      { name: what, value: count, unit: 'documents', documents },
    ],
  });
  return {
    dso: { value: dso, parts: [receivables, sales, length] },
    'best-possible-dso': { value: bestPossible, parts: [current, sales, length] },
    'average-days-delinquent': {
      value: averageDaysDelinquent(dso, bestPossible),
      parts: [receivables, current, sales, length],
    },
    'countback-dso': { value: countbackDso(receivablesMinor, facts.months), parts: [receivables] },
    'collection-effectiveness': {
      value: collectionEffectiveness({
        openingMinor: sumMinor([facts.openingMinor, facts.takenOverMinor]),
        salesMinor,
        closingMinor: receivablesMinor,
        closingCurrentMinor: currentMinor,
        writtenOffMinor: facts.writtenOffMinor,
      }),
      parts: [
        amount('receivables on the day before', facts.openingMinor, 'opening-receivables'),
        amount('taken over', facts.takenOverMinor, 'taken-over'),
        sales,
        receivables,
        amount('written off', facts.writtenOffMinor, 'written-off'),
        current,
      ],
    },
    'on-time-payment': share(facts.settledItems, 'settled on time', 'items settled', 'settled-items'),
    'order-to-cash': mean(facts.closedOrders, 'days', 'orders closed', 'closed-orders'),
    'perfect-order': share(facts.judgedOrders, 'perfect orders', 'orders judged', 'judged-orders'),
    'approval-time': mean(facts.acceptedOrders, 'hours', 'orders approved', 'accepted-orders'),
    'ship-to-invoice': mean(facts.billedShipments, 'hours', 'shipments invoiced', 'billed-shipments'),
    'invoices-revised': share(facts.issuedInvoices, 'invoices corrected', 'invoices issued', 'issued-invoices'),
  };
}

/** To a hundredth: what people compare, and no more than the data know. Never −0. */
export const rounded = (value: number): number => Number(value.toFixed(2)) + 0;
