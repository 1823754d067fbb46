import type { DocumentationPolicy } from '../../domain/documentation.ts';
import { Refusal } from '../../domain/failures.ts';
import type { Transaction } from '../client.ts';
import type { Actor } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { knowsHolidaysOf } from '../statements/public-holidays.ts';
import { savePolicy } from './save-policy.ts';

/** Brings a documentation policy into force, whose region of public holidays must be one of the company's country. */
export async function saveDocumentationPolicy(
  tx: Transaction,
  {
    policy,
    reason,
    actor,
    at,
  }: { policy: Omit<DocumentationPolicy, 'name' | 'version'>; reason?: string | undefined; actor: Actor; at: string },
): Promise<{ name: string; version: number }> {
  const { holidayRegion } = policy;
  const { country } = (await readCompany(tx)).address;
  if (holidayRegion !== null && !knowsHolidaysOf(country, holidayRegion)) {
    const detail = `There is no calendar of public holidays for ${country} ${holidayRegion}.`;
    throw new Refusal(422, 'unknown-calendar', detail, {
      faults: [{ path: '/holidayRegion', code: 'unknown-calendar', detail }],
    });
  }
  return savePolicy(tx, { policy: { name: 'documentation', ...policy }, reason, actor, at });
}
