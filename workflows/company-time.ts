import { condition } from '@temporalio/workflow';
import { fromMillis, type IsoInstant, toMillis } from '../domain/time.ts';

export interface CompanyTime {
  /** The company's time: workflow time and the offset fixed in the workflow's input. */
  now(): IsoInstant;
  /**
   * Waits until `met`, or until `deadline` has come; true when `met`. A deadline that has passed waits for nothing, because
   * a timer of nothing or less would fail.
   */
  until(met: () => boolean, deadline?: IsoInstant, summary?: string): Promise<boolean>;
}

export function companyTime(clockOffsetMs: number, beforeWaiting: () => void = () => {}): CompanyTime {
  const nowMs = () => Date.now() + clockOffsetMs;
  return {
    now: () => fromMillis(nowMs()),
    async until(met, deadline, summary) {
      if (met()) return true;
      beforeWaiting();
      if (deadline === undefined) {
        await condition(met);
        return true;
      }
      const remainingMs = toMillis(deadline) - nowMs();
      if (remainingMs <= 0) return false;
      return condition(met, remainingMs, summary === undefined ? {} : { summary });
    },
  };
}
