/**
 * Invoices that are paid in instalments. Only the schedule is kept: money pays instalments in order of due date, so what is
 * open of each follows from what is open of the whole. An invoice without a schedule is one instalment. Requirement I2.
 */
import { isLetter, type PlanStep, undisputedMinor } from './dunning.ts';
import { dueDate, type PaymentTerms } from './invoice.ts';
import { applyRate, sumMinor } from './money.ts';
import { compareDates, type IsoDate } from './time.ts';

export interface Instalment {
  /** In order of due date, from 1. */
  number: number;
  dueOn: IsoDate;
  amountMinor: number;
}

/**
 * When an invoice is to be paid. Each share is rounded half-up and never more than is left; the last takes the remainder, so
 * that the parts add up. Parts that come to nothing are left out, and parts of one day are one.
 */
export function instalmentsOf(terms: PaymentTerms, issuedOn: IsoDate, grossMinor: number): Instalment[] {
  const shares = terms.kind === 'net' ? (terms.instalments ?? []) : [];
  if (shares.length === 0) return [{ number: 1, dueOn: dueDate(terms, issuedOn), amountMinor: grossMinor }];
  let leftMinor = grossMinor;
  const byDay = new Map<IsoDate, number>();
  for (const [index, { share, months, days }] of shares.entries()) {
    const isLast = index === shares.length - 1;
    const amountMinor = isLast ? leftMinor : Math.min(leftMinor, applyRate(grossMinor, share, 'half-up'));
    leftMinor = sumMinor([leftMinor, -amountMinor]);
    const dueOn = dueDate({ ...terms, months, days }, issuedOn);
    byDay.set(dueOn, sumMinor([byDay.get(dueOn) ?? 0, amountMinor]));
  }
  const parts = [...byDay].sort(([a], [b]) => compareDates(a, b));
  const worth = grossMinor === 0 ? parts.slice(0, 1) : parts.filter(([, amountMinor]) => amountMinor > 0);
  return worth.map(([dueOn, amountMinor], index) => ({ number: index + 1, dueOn, amountMinor }));
}

/** An item with its schedule; null: it is due as a whole. */
export interface ScheduledItem {
  dueOn: IsoDate;
  grossMinor: number;
  openMinor: number;
  instalments: Instalment[] | null;
}

export const scheduleOf = (item: ScheduledItem): Instalment[] =>
  item.instalments ?? [{ number: 1, dueOn: item.dueOn, amountMinor: item.grossMinor }];

/** The instalments that are still open, the earliest first, and how far: what has been paid has paid the earlier ones. */
export function openInstalments(item: ScheduledItem): { number: number; dueOn: IsoDate; openMinor: number }[] {
  const schedule = scheduleOf(item);
  const paidMinor = sumMinor([...schedule.map(({ amountMinor }) => amountMinor), -item.openMinor]);
  return spread(schedule, paidMinor).flatMap(({ number, dueOn, amountMinor, takenMinor }) =>
    amountMinor > takenMinor ? [{ number, dueOn, openMinor: amountMinor - takenMinor }] : [],
  );
}

/**
 * The item by what is asked for of it: its disputed part is left in peace and comes off the earliest open instalments, the overdue
 * ones first (A5). That is where the credit note goes when the dispute is upheld, so that what the customer is asked for meanwhile
 * is what it would owe then, and what is past its day leaves letters and hold at once.
 */
export const askedFor = <Item extends ScheduledItem & { disputedMinor: number }>(item: Item): Item => ({
  ...item,
  openMinor: undisputedMinor(item),
});

/** What of an item is overdue on a day, and since when it was due; undefined when nothing is. */
export function overduePart(item: ScheduledItem, today: IsoDate): { dueOn: IsoDate; openMinor: number } | undefined {
  const overdue = openInstalments(item).filter(({ dueOn }) => compareDates(dueOn, today) < 0);
  if (overdue.length === 0) return undefined;
  return { dueOn: overdue[0]!.dueOn, openMinor: sumMinor(overdue.map(({ openMinor }) => openMinor)) };
}

/**
 * What becomes of a step of the item's plan when its moment comes. 'settled': there is nothing to collect any more, of the item or of the
 * instalment whose step it is. 'disputed', 'paused': not for now, and it is caught up when that has ended.
 */
export function fateOfStep(
  step: Pick<PlanStep, 'kind' | 'instalment'>,
  item: ScheduledItem & { disputedMinor: number },
  isPaused: boolean,
): 'settled' | 'disputed' | 'paused' | 'due' {
  const isOpen = (one: ScheduledItem) => openInstalments(one).some(({ number }) => number === (step.instalment ?? 1));
  if (!isOpen(item)) return 'settled';
  if (!isOpen(askedFor(item))) return 'disputed';
  return isPaused && isLetter(step) ? 'paused' : 'due';
}

/** Spreads an amount over a schedule, the earliest instalment first. */
function spread(schedule: readonly Instalment[], amountMinor: number): (Instalment & { takenMinor: number })[] {
  let leftMinor = amountMinor;
  return schedule.map((instalment) => {
    const takenMinor = Math.min(leftMinor, instalment.amountMinor);
    leftMinor = sumMinor([leftMinor, -takenMinor]);
    return { ...instalment, takenMinor };
  });
}

/**
 * Each instalment as a debt of its own, for its interest: what was owed of it, and which payments paid it and when. What was
 * credited was never owed, and lessens the earliest instalments.
 */
export function debtsByInstalment(
  schedule: readonly Instalment[],
  creditedMinor: number,
  payments: readonly { valueOn: IsoDate; amountMinor: number }[],
): { dueOn: IsoDate; principalMinor: number; payments: { valueOn: IsoDate; amountMinor: number }[] }[] {
  const debts = spread(schedule, creditedMinor).map(({ dueOn, amountMinor, takenMinor }) => ({
    dueOn,
    principalMinor: amountMinor - takenMinor,
    leftMinor: amountMinor - takenMinor,
    payments: [] as { valueOn: IsoDate; amountMinor: number }[],
  }));
  for (const { valueOn, amountMinor } of [...payments].sort((a, b) => compareDates(a.valueOn, b.valueOn))) {
    let restMinor = amountMinor;
    for (const debt of debts) {
      const paidMinor = Math.min(restMinor, debt.leftMinor);
      if (paidMinor === 0) continue;
      debt.payments.push({ valueOn, amountMinor: paidMinor });
      debt.leftMinor -= paidMinor;
      restMinor -= paidMinor;
    }
  }
  return debts.map(({ dueOn, principalMinor, payments: paid }) => ({ dueOn, principalMinor, payments: paid }));
}
