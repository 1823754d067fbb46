/** What collectors and finance do about customers who owe. Requirements P3 and P6. */
import { owedAfterCash } from './dunning.ts';
import type { Fault } from './failures.ts';
import { formatMoney, sumMinor } from './money.ts';
import { addDays, compareDates, daysBetween, type IsoDate } from './time.ts';

/** Immutable, versioned data: an edit is a new version. */
export interface CollectionsPolicy {
  name: 'collections';
  version: number;
  /** A customer's hold may be lifted for so many days at most. */
  holdOverrideDaysMaximum: number;
  /** A write-off of this amount or more, in the company's currency, needs a second person; 0: each one does. */
  writeOffFourEyesFromMinor: number;
  /** Whether a customer's credit is frozen when something of it is written off. */
  freezeOnWriteOff: boolean;
}

export const defaultCollectionsPolicy: CollectionsPolicy = {
  name: 'collections',
  version: 1,
  holdOverrideDaysMaximum: 30,
  writeOffFourEyesFromMinor: 0,
  freezeOnWriteOff: true,
};

/** What is wrong with the last day of a hold override: it is past, or too far away. */
export function holdOverrideFaults(policy: CollectionsPolicy, throughOn: IsoDate, today: IsoDate): Fault[] {
  const latest = addDays(today, policy.holdOverrideDaysMaximum);
  if (compareDates(throughOn, today) < 0) {
    return [{ path: '/throughOn', code: 'past-date', detail: `${throughOn} is before today, ${today}.` }];
  }
  if (compareDates(throughOn, latest) > 0) {
    return [{ path: '/throughOn', code: 'too-long', detail: `A hold is lifted until ${latest} at most.` }];
  }
  return [];
}

export const contactKinds = ['call', 'mail', 'visit'] as const;
export type ContactKind = (typeof contactKinds)[number];

/** What came of a contact. Whoever was not reached has not been contacted yet: the task stays. */
export const contactOutcomes = ['reached', 'not-reached', 'will-pay', 'has-paid', 'disputes', 'cannot-pay', 'refuses'] as const;
export type ContactOutcome = (typeof contactOutcomes)[number];

/** A customer with something overdue, as the collector's worklist weighs it. */
export interface CollectionCase {
  customerId: string;
  currency: string;
  /** What a minor unit of it is in minor units of the company's currency; null: nobody knows a rate. */
  unitValue: number | null;
  /** Overdue instalments, the oldest first. */
  overdue: { invoiceId: string; dueOn: IsoDate; openMinor: number }[];
  /** Unapplied cash and credit balance, which stand for the oldest of them. */
  unappliedMinor: number;
  /** The chance that its next invoice is paid late, 0 to 1; null: never scored. */
  lateChance: number | null;
  lastContact: { on: IsoDate; kind: ContactKind; outcome: ContactOutcome } | null;
  /** What was agreed at the last contact. */
  nextStep: { on: IsoDate; text: string | null } | null;
}

export interface RankedCase {
  customerId: string;
  currency: string;
  overdueMinor: number;
  oldestDaysOverdue: number;
  /** What a contact today is expected to bring in that would not come by itself. */
  expectedRecoveryMinor: number;
  reasons: string[];
}

/** With the halving times of `gainedByContact`. */
const collectableHalvesAfterDays = 180;
const byItselfHalvesAfterDays = 30;
/** So long a contact speaks for itself. */
const contactEchoDays = 7;

/**
 * The chance of payment that a contact adds to an item, 0 to 1. Three guesses, each of which can be checked by hand:
 * - collectable: money that somebody asks for still comes with a chance that halves with every 180 days overdue, 0.5^(days/180);
 * - by itself: of that, whoever usually pays in time needs no contact, (1 − chance of paying late), and ever less so the longer it has
 *   not come, × 0.5^(days/30);
 * - echo: what was said within the last 7 days need not be said again: × days since the contact / 7, at most 1.
 * So gained = (collectable − by itself) × echo. Worked: 30 days overdue, 40 % chance of paying late, no contact yet: 0.8909 − 0.8909 ×
 * 0.6 × 0.5 = 0.6236, of 10,000.00 that is 6,236.29; the day after a call it is a seventh of that, 890.90.
 */
export function gainedByContact(input: { daysOverdue: number; lateChance: number; daysSinceContact: number | null }): number {
  const { daysOverdue, lateChance, daysSinceContact } = input;
  const collectable = 0.5 ** (daysOverdue / collectableHalvesAfterDays);
  const byItself = collectable * (1 - lateChance) * 0.5 ** (daysOverdue / byItselfHalvesAfterDays);
  const echo = daysSinceContact === null ? 1 : Math.min(1, Math.max(0, daysSinceContact) / contactEchoDays);
  return (collectable - byItself) * echo;
}

/**
 * Ranks customers by what a contact today is expected to bring: the sum of open overdue × `gainedByContact`. A customer whose next
 * step is agreed for a later day is expected to bring nothing before it; on its day it counts in full, however fresh the last contact.
 * Currencies are weighed in the company's; an amount in one that nobody knows a rate of comes first, for it may be any.
 */
export function rankCases(cases: readonly CollectionCase[], today: IsoDate): RankedCase[] {
  return cases
    .map(({ unitValue, ...one }) => {
      const ranked = rank(one, today);
      const worth = (amountMinor: number) => (amountMinor === 0 ? 0 : amountMinor * (unitValue ?? Number.POSITIVE_INFINITY));
      return { ranked, expected: worth(ranked.expectedRecoveryMinor), overdue: worth(ranked.overdueMinor) };
    })
    .filter(({ ranked }) => ranked.overdueMinor > 0)
    .sort(
      (left, right) =>
        descending(left.expected, right.expected) ||
        descending(left.overdue, right.overdue) ||
        (left.ranked.customerId < right.ranked.customerId ? -1 : 1),
    )
    .map(({ ranked }) => ranked);
}

const descending = (left: number, right: number): number => (left === right ? 0 : left < right ? 1 : -1);

// Without a score a customer stands in the middle, as it does for the score itself.
const unknownLateChance = 0.25;

function rank(
  { overdue, unappliedMinor, lastContact, nextStep, ...one }: Omit<CollectionCase, 'unitValue'>,
  today: IsoDate,
): RankedCase {
  const owed = owedAfterCash(overdue, unappliedMinor).filter(({ openMinor }) => openMinor > 0);
  const overdueMinor = sumMinor(owed.map(({ openMinor }) => openMinor));
  const oldestDaysOverdue = owed[0] ? daysBetween(owed[0].dueOn, today) : 0;
  const waits = nextStep !== null && compareDates(nextStep.on, today) > 0;
  const isDue = nextStep !== null && !waits;
  const daysSinceContact = lastContact && !isDue ? daysBetween(lastContact.on, today) : null;
  const lateChance = one.lateChance ?? unknownLateChance;
  const expected = owed.reduce(
    (total, item) =>
      total + item.openMinor * gainedByContact({ daysOverdue: daysBetween(item.dueOn, today), lateChance, daysSinceContact }),
    0,
  );
  const expectedRecoveryMinor = waits ? 0 : Math.round(expected);
  const money = (amountMinor: number) => formatMoney({ currency: one.currency, amountMinor });
  const reasons = [
    `${money(overdueMinor)} in ${owed.length === 1 ? '1 item' : `${owed.length} items`}, the oldest ${oldestDaysOverdue} days overdue`,
    one.lateChance === null ? 'not scored yet' : `${Math.round(one.lateChance * 100)} % chance of paying late`,
    lastContact ? `last contact ${lastContact.on}: ${lastContact.kind}, ${lastContact.outcome}` : 'no contact yet',
    ...(waits ? [`nothing before ${nextStep.on}, as agreed`] : isDue ? [`the next step was agreed for ${nextStep.on}`] : []),
    `a contact is expected to bring ${money(expectedRecoveryMinor)} that would not come by itself`,
  ];
  return { customerId: one.customerId, currency: one.currency, overdueMinor, oldestDaysOverdue, expectedRecoveryMinor, reasons };
}
