/** Whose SQL the naive program's steps send: a handful of statements of their own, or our transactions. */
export type NaiveSql = 'own' | 'ours';

export const naiveTaskQueue = (sql: NaiveSql): string => `naive, ${sql} SQL`;
