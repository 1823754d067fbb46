import type { Schema } from '../api/client.ts';

/** What the credit desk decides. */
export const creditTasks: readonly Schema<'Task'>['kind'][] = [
  'credit-review',
  'over-limit',
  'credit-application',
  'credit-renewal',
];
