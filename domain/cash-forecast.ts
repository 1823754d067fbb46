/**
 * When open items, and orders that are not invoiced yet, will be paid: each by how late its customer has paid so far, and how much that
 * varied; what is promised, on its day. A guess that can be checked against what then came in. Requirement R3.
 */
import { owedAfterCash } from './dunning.ts';
import { instalmentsOf } from './instalments.ts';
import type { PaymentTerms } from './invoice.ts';
import { type Invoicing, invoicedOn, isConsolidated } from './invoice-run.ts';
import { allocateMinor, sumMinor } from './money.ts';
import { addDays, compareDates, daysBetween, type IsoDate } from './time.ts';

/** How late items were paid: below 0 is before the due date. */
export interface PaymentBehaviour {
  items: number;
  meanDaysLate: number;
  deviationDays: number;
}

/** With fewer paid items of its own a customer is expected to pay as all of them together do. */
export const ownItemsMinimum = 5;
/** Nobody is as regular as a few items may look. */
const deviationDaysMinimum = 3;
/** A company without any history: in time, give or take a week. */
const unknown: PaymentBehaviour = { items: 0, meanDaysLate: 0, deviationDays: 7 };

/** Mean and deviation of a number of items from the sums of their days late and of the squares of these. */
export function behaviourOf({ items, sum, squares }: { items: number; sum: number; squares: number }): PaymentBehaviour {
  if (items === 0) return unknown;
  const meanDaysLate = sum / items;
  return { items, meanDaysLate, deviationDays: Math.sqrt(Math.max(0, squares / items - meanDaysLate ** 2)) };
}

/** ln(1 + e^x), also where e^x is beyond all numbers. */
const softplus = (x: number): number => (x > 30 ? x : Math.log1p(Math.exp(x)));

/**
 * The chance that an item that is still open `from` days after its due date is still open at `until`. Days late are taken to be logistic:
 * as a normal distribution in the middle, but with a tail in which an item that is long overdue still comes with the same chance each week,
 * where the normal one would have it paid at once.
 */
export function stillOpen({ meanDaysLate, deviationDays }: PaymentBehaviour, from: number, until: number): number {
  const scale = (Math.max(deviationDays, deviationDaysMinimum) * Math.sqrt(3)) / Math.PI;
  return Math.exp(softplus((from - meanDaysLate) / scale) - softplus((until - meanDaysLate) / scale));
}

/** Promises of a customer that came to an end. */
export interface EndedPromises {
  kept: number;
  broken: number;
}

/** The share of promises that is kept, by Laplace's rule of succession: a half while none has ended, and never all or none. */
export const keptRate = ({ kept, broken }: EndedPromises): number => (kept + 1) / (kept + broken + 2);

export interface ForecastItem {
  customerId: string;
  dueOn: IsoDate;
  openMinor: number;
  /** The open promise that it is a part of. */
  promiseId: string | null;
}

/** An open promise: what is still to come of it. */
export interface ForecastPromise {
  id: string;
  customerId: string;
  promisedOn: IsoDate;
  missingMinor: number;
}

/** What an order that is not invoiced yet will ask for: an instalment of an invoice to come. */
export interface ForecastInvoice {
  customerId: string;
  issuedOn: IsoDate;
  dueOn: IsoDate;
  amountMinor: number;
  /** Taken from the card on that day. */
  paysByCard: boolean;
}

/** An order with what is not invoiced of it. */
export interface UninvoicedOrder {
  customerId: string;
  terms: PaymentTerms;
  invoicing: Invoicing;
  paysByCard: boolean;
  amountMinor: number;
  /** When its goods are expected to be the customer's; null: nothing tells. */
  passesOn: IsoDate | null;
}

/**
 * The invoice that an order is still to bring, by instalment: on the day on which its goods are expected to go, or of the run after it.
 * What is late, and what nobody knows the day of, is taken to go today.
 */
export function invoiceToCome(order: UninvoicedOrder, today: IsoDate): ForecastInvoice[] {
  const { customerId, terms, invoicing, paysByCard, amountMinor, passesOn } = order;
  const goesOn = passesOn === null || compareDates(passesOn, today) < 0 ? today : passesOn;
  const issuedOn = isConsolidated(order) ? invoicedOn(invoicing, goesOn) : goesOn;
  return instalmentsOf(terms, issuedOn, amountMinor).map((part) => ({
    customerId,
    issuedOn,
    dueOn: paysByCard ? issuedOn : part.dueOn,
    amountMinor: part.amountMinor,
    paysByCard,
  }));
}

/** Where the cash is to come from: open items by how their customers pay, what is promised of them, and orders that are not invoiced yet. */
export const forecastLayers = ['items', 'promises', 'orders'] as const;
export type ForecastLayer = (typeof forecastLayers)[number];
export type ByLayer = Record<`${ForecastLayer}Minor`, number>;

export interface ForecastWeek extends ByLayer, ForecastRange {
  from: IsoDate;
  to: IsoDate;
  /** All layers together. */
  expectedMinor: number;
}

/** A week brings less than this in one, five and nine cases of ten. */
export interface ForecastRange {
  p10Minor: number;
  p50Minor: number;
  p90Minor: number;
}

/** What is expected of a customer by one layer and day: items by when they are due, promises by their day, orders by when they will be due. */
export interface ForecastPart {
  layer: ForecastLayer;
  customerId: string;
  dueOn: IsoDate;
  /** That is paid or not: of a promise all that is promised, else what the weeks and what is later come to. */
  wholeMinor: number;
  /** In each week, and last what comes later: all of it in one of them. */
  byWeek: number[];
}

export interface CashForecast {
  /** Open items less the cash that is here already. */
  openMinor: number;
  /** Unapplied cash, credit balances and unmatched receipts that will pay of these items. */
  cashMinor: number;
  /** What orders that are not invoiced yet will ask for, less what is left of their customers' cash. */
  ordersMinor: number;
  weeks: ForecastWeek[];
  /** After the last week. */
  laterMinor: number;
  later: ByLayer;
  /** They come to the weeks and what is later. */
  parts: ForecastPart[];
}

export const forecastWeeks = 13;

/**
 * Spreads what is open and what is not invoiced yet over the weeks from `today` on, to the last minor unit. Cash that is here already
 * comes in no more: it stands for the oldest items of its customer, money of nobody yet for the oldest of all, and what is left of a
 * customer's own for its next invoices. Of what is promised, the share that such promises keep is expected on its day; the rest, like all
 * other items, by behaviour. What a card is to pay comes with its invoice.
 */
export function forecastCash(input: {
  items: readonly ForecastItem[];
  promises: readonly ForecastPromise[];
  endedPromises: ReadonlyMap<string, EndedPromises>;
  invoices: readonly ForecastInvoice[];
  behaviours: ReadonlyMap<string, PaymentBehaviour>;
  company: PaymentBehaviour;
  cashByCustomer: ReadonlyMap<string, number>;
  unknownCashMinor: number;
  today: IsoDate;
}): CashForecast {
  const { items, promises, invoices, behaviours, company, cashByCustomer, unknownCashMinor, today } = input;
  const cashOf = (customerId: string) => cashByCustomer.get(customerId) ?? 0;
  const owed = byCustomer(items.toSorted((left, right) => compareDates(left.dueOn, right.dueOn))).flatMap(([customerId, own]) =>
    owedAfterCash(own, cashOf(customerId)),
  );
  const oldestFirst = owed.toSorted((left, right) => compareDates(left.dueOn, right.dueOn));
  const left = owedAfterCash(oldestFirst, unknownCashMinor).filter(({ openMinor }) => openMinor > 0);
  const rateOf = keptRates(input.endedPromises);
  const promised = promises.map(({ id, customerId, promisedOn, missingMinor }) => {
    const own = left.filter(({ promiseId }) => promiseId === id);
    const whole = Math.min(missingMinor, sumMinor(own.map(({ openMinor }) => openMinor)));
    return { own, customerId, promisedOn, wholeMinor: whole, expectedMinor: Math.round(whole * rateOf(customerId)) };
  });
  const behaviourFor = (customerId: string) => {
    const own = behaviours.get(customerId);
    return own !== undefined && own.items >= ownItemsMinimum ? own : company;
  };
  const rest = [
    ...left.filter(({ promiseId }) => !promises.some(({ id }) => id === promiseId)),
    ...promised.flatMap(({ own, expectedMinor }) => owedAfterCash(own, expectedMinor)),
  ].filter(({ openMinor }) => openMinor > 0);

  const spent = new Map(byCustomer(items).map(([customerId, own]) => [customerId, sumMinor(own.map((one) => one.openMinor))]));
  const toCome = byCustomer(invoices.toSorted((one, other) => compareDates(one.dueOn, other.dueOn))).flatMap(
    ([customerId, own]) =>
      owedAfterCash(
        own.map(({ amountMinor, ...invoice }) => ({ ...invoice, openMinor: amountMinor })),
        Math.max(0, cashOf(customerId) - (spent.get(customerId) ?? 0)),
      ),
  );
  const parts: ForecastPart[] = [
    ...rest.map((item) => ({
      layer: 'items' as const,
      customerId: item.customerId,
      dueOn: item.dueOn,
      wholeMinor: item.openMinor,
      byWeek: spread(item, behaviourFor(item.customerId), today, today),
    })),
    ...promised.map(({ customerId, promisedOn, wholeMinor, expectedMinor }) => ({
      layer: 'promises' as const,
      customerId,
      dueOn: promisedOn,
      wholeMinor,
      byWeek: onDay(promisedOn, expectedMinor, today),
    })),
    ...toCome
      .filter(({ openMinor }) => openMinor > 0)
      .map((invoice) => ({
        layer: 'orders' as const,
        customerId: invoice.customerId,
        dueOn: invoice.dueOn,
        wholeMinor: invoice.openMinor,
        byWeek: invoice.paysByCard
          ? onDay(invoice.issuedOn, invoice.openMinor, today)
          : spread(invoice, behaviourFor(invoice.customerId), invoice.issuedOn, today),
      })),
  ];
  const slot = (index: number): ByLayer & { expectedMinor: number } => {
    const [itemsMinor, promisesMinor, ordersMinor] = forecastLayers.map((layer) =>
      sumMinor(parts.flatMap((part) => (part.layer === layer ? [part.byWeek[index]!] : []))),
    ) as [number, number, number];
    return { expectedMinor: sumMinor([itemsMinor, promisesMinor, ordersMinor]), itemsMinor, promisesMinor, ordersMinor };
  };
  const openMinor = sumMinor(left.map((item) => item.openMinor));
  const { expectedMinor: laterMinor, ...later } = slot(forecastWeeks);
  return {
    openMinor,
    cashMinor: sumMinor([...items.map((item) => item.openMinor), -openMinor]),
    ordersMinor: sumMinor(toCome.map((invoice) => invoice.openMinor)),
    weeks: Array.from({ length: forecastWeeks }, (_, week) => ({
      from: addDays(today, 7 * week),
      to: addDays(today, 7 * week + 6),
      ...slot(week),
      ...rangeOf(parts, week),
    })),
    laterMinor,
    later,
    parts,
  };
}

/**
 * How far a week may be from what is expected of it. A part is paid in it or it is not; those of a customer come together, because it is
 * one person who pays them, and customers do not ask each other. The sum is taken to be gamma distributed, which is never below zero and
 * leans as such sums do; its percentiles are by Wilson and Hilferty (1931). As likely as nobody pays, it is nothing.
 */
function rangeOf(parts: readonly ForecastPart[], week: number): ForecastRange {
  const inWeek = parts.filter(({ byWeek }) => byWeek[week]! > 0);
  const mean = sumMinor(inWeek.map(({ byWeek }) => byWeek[week]!));
  const most = sumMinor(inWeek.map(({ wholeMinor }) => wholeMinor));
  let variance = 0;
  let nothing = 1;
  for (const [, own] of byCustomer(inWeek)) {
    let deviationMinor = 0;
    let paysNothing = 1;
    for (const { byWeek, wholeMinor } of own) {
      const chance = byWeek[week]! / wholeMinor;
      deviationMinor += wholeMinor * Math.sqrt(chance * (1 - chance));
      paysNothing = Math.min(paysNothing, 1 - chance);
    }
    variance += deviationMinor ** 2;
    nothing *= paysNothing;
  }
  const percentile = (chance: number, normal: number) => {
    if (nothing >= chance) return 0;
    if (variance === 0) return mean;
    const ninth = variance / (9 * mean ** 2);
    return Math.min(most, Math.round(mean * Math.max(0, 1 - ninth + normal * Math.sqrt(ninth)) ** 3));
  };
  return { p10Minor: percentile(0.1, -normalOfP90), p50Minor: percentile(0.5, 0), p90Minor: percentile(0.9, normalOfP90) };
}

/** One in ten draws of a standard normal distribution is above it. */
const normalOfP90 = 1.2815515655;

function byCustomer<Of extends { customerId: string }>(all: readonly Of[]): [string, Of[]][] {
  const found = new Map<string, Of[]>();
  for (const one of all) {
    const own = found.get(one.customerId);
    if (own) own.push(one);
    else found.set(one.customerId, [one]);
  }
  return [...found];
}

/** A customer with fewer ended promises than items would be needed of is expected to keep them as all together do. */
function keptRates(ended: ReadonlyMap<string, EndedPromises>): (customerId: string) => number {
  const company = { kept: 0, broken: 0 };
  for (const { kept, broken } of ended.values()) {
    company.kept += kept;
    company.broken += broken;
  }
  return (customerId) => {
    const own = ended.get(customerId);
    return keptRate(own !== undefined && own.kept + own.broken >= ownItemsMinimum ? own : company);
  };
}

/** All of it in the week of a day; in the first one when the day is past. */
function onDay(on: IsoDate, amountMinor: number, today: IsoDate): number[] {
  const week = Math.min(forecastWeeks, Math.max(0, Math.floor(daysBetween(today, on) / 7)));
  return Array.from({ length: forecastWeeks + 1 }, (_, index) => (index === week ? amountMinor : 0));
}

const chances = 1_000_000_000;

/** The amount in each week, and last what comes later. Nothing comes before `from`: today, or the day of an invoice to come. */
function spread(
  { dueOn, openMinor }: { dueOn: IsoDate; openMinor: number },
  behaviour: PaymentBehaviour,
  from: IsoDate,
  today: IsoDate,
): number[] {
  const first = daysBetween(dueOn, from);
  const now = daysBetween(dueOn, today);
  const open = Array.from({ length: forecastWeeks + 1 }, (_, week) =>
    now + 7 * week <= first ? 1 : stillOpen(behaviour, first, now + 7 * week),
  );
  const shares = open.map((chance, week) => chance - (open[week + 1] ?? 0));
  return allocateMinor(
    openMinor,
    shares.map((chance) => Math.max(0, Math.round(chance * chances))),
  );
}
