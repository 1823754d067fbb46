import { Problem } from '../api/client.ts';

/**
 * What a refusal says about a field, by the field's path in what was sent: '/lines/0/quantity'. A field that stands for all
 * that is below its path, as '/lines' may, asks `within` it. Undefined: nothing is wrong there.
 */
export type FaultAt = (path: string, reach?: 'within') => string | undefined;

export const faultsAt =
  (error: unknown): FaultAt =>
  (path, reach) =>
    error instanceof Problem
      ? error.faults
          .filter((fault) => fault.path === path || (reach === 'within' && fault.path.startsWith(`${path}/`)))
          .map(({ detail }) => detail)
          .join(' ') || undefined
      : undefined;
