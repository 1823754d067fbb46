/**
 * Promises to pay: an amount and a date, for which letters wait. Whether one was kept follows from the receipts since it was given.
 * Requirement P6.
 */
import { addDays, compareDates, type IsoDate, type IsoInstant, instantAt, toMillis } from './time.ts';

/** A part of the dunning policy; a policy without it has the default. */
export interface PromiseTerms {
  /** Calendar days after the promised one in which the money still counts. */
  graceDays: number;
  /** A promise is for a day at most so far ahead: a later one would be other terms of payment. */
  maximumDays: number;
  /** So many broken ones within a year, this one counted, and finance has it instead of receivables. */
  escalateFromBroken: number;
}

export const defaultPromiseTerms: PromiseTerms = { graceDays: 3, maximumDays: 30, escalateFromBroken: 2 };

/** How long a broken promise is held against the customer. */
export const brokenCountsDays = 365;

export const promiseStatuses = ['open', 'kept', 'broken', 'cancelled'] as const;
export type PromiseStatus = (typeof promiseStatuses)[number];

/** The first instant at which it is too late: local midnight after the last day of grace. */
export const promiseDueAt = (promisedOn: IsoDate, graceDays: number, timeZone: string): IsoInstant =>
  instantAt(addDays(promisedOn, graceDays + 1), '00:00', timeZone);

/** A promise with what its items say by now. */
export interface OpenPromise {
  id: string;
  amountMinor: number;
  at: IsoInstant;
  /** The last day whose value date counts. */
  receiptsUntil: IsoDate;
  dueAt: IsoInstant;
  /** What receipts have paid of its items since it was given. */
  appliedMinor: number;
  /** What is still asked for of its items. */
  askedForMinor: number;
  /** It was broken, so what came later may have paid the rest: only its amount keeps it after all. */
  wasBroken?: boolean;
  /** It is kept, since then: what waited for it by then, while anything of it is asked for, is its own. It stays kept. */
  keptAt?: IsoInstant;
}

/** A payment of the customer of which a part waits unapplied. */
export interface WaitingReceipt {
  at: IsoInstant;
  valueOn: IsoDate;
  unappliedMinor: number;
}

/** 'void': what was promised is owed no more, and no money came for it: it was credited, or is disputed. */
export type PromiseOutcome = 'open' | 'kept' | 'broken' | 'void';

/**
 * What has become of the promises of one customer. An open one is kept as soon as what was applied to its items and what waits unapplied
 * since it was given reach the amount, or nothing of its items is asked for any more. It is broken when its time has passed before that.
 * Unapplied money counts once: for those that are kept, then for the open one that is due first, last for broken ones that it keeps after all.
 */
export function judgePromises(
  promises: readonly OpenPromise[],
  receipts: readonly WaitingReceipt[],
  at: IsoInstant,
): Map<string, PromiseOutcome> {
  const waiting = receipts.map((receipt) => ({ ...receipt }));
  const turn = ({ keptAt, wasBroken }: OpenPromise) => (keptAt ? 0 : wasBroken ? 2 : 1);
  const inOrder = promises.toSorted(
    (a, b) => turn(a) - turn(b) || toMillis(a.dueAt) - toMillis(b.dueAt) || (a.id < b.id ? -1 : 1),
  );
  return new Map(
    inOrder.map((promise) => {
      const { amountMinor, appliedMinor, askedForMinor, keptAt, wasBroken } = promise;
      const lackingMinor = Math.max(0, amountMinor - appliedMinor);
      const counting = waiting.filter(
        (receipt) =>
          toMillis(receipt.at) >= toMillis(promise.at) &&
          compareDates(receipt.valueOn, promise.receiptsUntil) <= 0 &&
          (!keptAt || toMillis(receipt.at) <= toMillis(keptAt)),
      );
      const thereMinor = counting.reduce((total, { unappliedMinor }) => total + unappliedMinor, 0);
      const wantedMinor = keptAt
        ? Math.min(lackingMinor, askedForMinor)
        : wasBroken && thereMinor < lackingMinor
          ? 0
          : lackingMinor;
      let leftMinor = wantedMinor;
      for (const receipt of counting) {
        const takenMinor = Math.min(leftMinor, receipt.unappliedMinor);
        leftMinor -= takenMinor;
        receipt.unappliedMinor -= takenMinor;
      }
      const missingMinor = amountMinor - appliedMinor - (wantedMinor - leftMinor);
      return [promise.id, keptAt ? 'kept' : outcomeOf(promise, missingMinor, at)];
    }),
  );
}

function outcomeOf(promise: OpenPromise, missingMinor: number, at: IsoInstant): PromiseOutcome {
  const cameIn = missingMinor < promise.amountMinor;
  if (missingMinor <= 0 || (promise.askedForMinor === 0 && cameIn && !promise.wasBroken)) return 'kept';
  if (promise.wasBroken) return 'broken';
  if (toMillis(at) < toMillis(promise.dueAt)) return 'open';
  return promise.askedForMinor === 0 ? 'void' : 'broken';
}
