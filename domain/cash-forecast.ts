/**
 * When open items will be paid: each by how late its customer has paid so far, and how much that varied. A guess that can be checked
 * against what then came in. Requirement R3.
 */
import { owedAfterCash } from './dunning.ts';
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

export interface ForecastItem {
  customerId: string;
  dueOn: IsoDate;
  openMinor: number;
}

export interface ForecastWeek {
  from: IsoDate;
  to: IsoDate;
  expectedMinor: number;
}

export interface CashForecast {
  /** Open items less the cash that is here already. */
  openMinor: number;
  /** Unapplied cash, credit balances and unmatched receipts that will pay of these items. */
  cashMinor: number;
  weeks: ForecastWeek[];
  /** After the last week. */
  laterMinor: number;
}

export const forecastWeeks = 13;

/**
 * Spreads what is open over the weeks from `today` on, to the last minor unit. Cash that is here already comes in no more: it stands for
 * the oldest items of its customer, and money of nobody yet for the oldest of all.
 */
export function forecastCash(input: {
  items: readonly ForecastItem[];
  behaviours: ReadonlyMap<string, PaymentBehaviour>;
  company: PaymentBehaviour;
  cashByCustomer: ReadonlyMap<string, number>;
  unknownCashMinor: number;
  today: IsoDate;
}): CashForecast {
  const { items, behaviours, company, cashByCustomer, unknownCashMinor, today } = input;
  const oldestFirst = (all: readonly ForecastItem[]) => all.toSorted((left, right) => compareDates(left.dueOn, right.dueOn));
  const owed = [...new Set(items.map(({ customerId }) => customerId))].flatMap((customerId) =>
    owedAfterCash(oldestFirst(items.filter((item) => item.customerId === customerId)), cashByCustomer.get(customerId) ?? 0),
  );
  const left = owedAfterCash(oldestFirst(owed), unknownCashMinor).filter(({ openMinor }) => openMinor > 0);
  const parts = left.map((item) => {
    const own = behaviours.get(item.customerId);
    return spread(item, own !== undefined && own.items >= ownItemsMinimum ? own : company, today);
  });
  const slot = (index: number) => sumMinor(parts.map((part) => part[index]!));
  const openMinor = sumMinor(left.map((item) => item.openMinor));
  return {
    openMinor,
    cashMinor: sumMinor([...items.map((item) => item.openMinor), -openMinor]),
    weeks: Array.from({ length: forecastWeeks }, (_, week) => ({
      from: addDays(today, 7 * week),
      to: addDays(today, 7 * week + 6),
      expectedMinor: slot(week),
    })),
    laterMinor: slot(forecastWeeks),
  };
}

const chances = 1_000_000_000;

/** The item's amount in each week, and last what comes later. */
function spread({ dueOn, openMinor }: ForecastItem, behaviour: PaymentBehaviour, today: IsoDate): number[] {
  const now = daysBetween(dueOn, today);
  const open = Array.from({ length: forecastWeeks + 1 }, (_, week) => stillOpen(behaviour, now, now + 7 * week));
  const shares = open.map((chance, week) => chance - (open[week + 1] ?? 0));
  return allocateMinor(
    openMinor,
    shares.map((chance) => Math.max(0, Math.round(chance * chances))),
  );
}
