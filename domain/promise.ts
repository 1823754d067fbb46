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
 * What has become of the open promises of one customer. One is kept as soon as what was applied to its items and what waits unapplied
 * since it was given reach the amount, or nothing of its items is asked for any more; unapplied money counts once, for the promise that
 * is due first. It is broken when its time has passed before that.
 */
export function judgePromises(
  promises: readonly OpenPromise[],
  receipts: readonly WaitingReceipt[],
  at: IsoInstant,
): Map<string, PromiseOutcome> {
  const waiting = receipts.map((receipt) => ({ ...receipt }));
  const inOrder = promises.toSorted((a, b) => toMillis(a.dueAt) - toMillis(b.dueAt) || (a.id < b.id ? -1 : 1));
  return new Map(
    inOrder.map((promise) => {
      let missingMinor = promise.amountMinor - promise.appliedMinor;
      for (const receipt of waiting) {
        if (toMillis(receipt.at) < toMillis(promise.at) || compareDates(receipt.valueOn, promise.receiptsUntil) > 0) continue;
        const takenMinor = Math.max(0, Math.min(missingMinor, receipt.unappliedMinor));
        missingMinor -= takenMinor;
        receipt.unappliedMinor -= takenMinor;
      }
      return [promise.id, outcomeOf(promise, missingMinor, at)];
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
