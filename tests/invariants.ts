import { expect } from 'vitest';
import type { Database } from '../db/client.ts';
import { brokenInvariants } from '../db/queries/invariants.ts';
import { readClock } from '../db/statements/company.ts';

/** What must be true of the books after every test, however rough: fails with each broken invariant and its rows. */
export async function checkInvariants(database: Database): Promise<void> {
  expect(await brokenInvariants(database, (await readClock(database)).at)).toEqual([]);
}
