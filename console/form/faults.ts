import { Problem } from '../api/client.ts';

/** What a refusal says about a field, by the field's path in what was sent: '/lines/0/quantity'. Undefined: nothing is wrong there. */
export const faultsAt =
  (error: unknown) =>
  (path: string): string | undefined =>
    error instanceof Problem
      ? error.faults
          .filter((fault) => fault.path === path)
          .map(({ detail }) => detail)
          .join(' ') || undefined
      : undefined;
