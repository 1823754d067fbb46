import { Refusal } from '../../domain/failures.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import type { Company } from '../statements/company.ts';
import { defaultPolicies, savePolicy } from './save-policy.ts';

/**
 * Sets the seller up, or changes what its documents print from now on. The first time, the default policies come into
 * force. Currency and time zone are in everything that was booked, so they stay once something was.
 */
export async function setUpCompany(
  tx: Transaction,
  { company, actor, at }: { company: Company; actor: Actor; at: string },
): Promise<{ created: boolean }> {
  const { rows } = await tx.query<{ currency: string; timeZone: string; booked: boolean }>(
    `SELECT currency, time_zone AS "timeZone", EXISTS (SELECT FROM journal_entries) AS booked FROM company FOR UPDATE`,
  );
  const before = rows[0];
  if (before?.booked && (before.currency !== company.currency || before.timeZone !== company.timeZone)) {
    throw new Refusal(409, 'company-in-use', 'Currency and time zone cannot change once something was booked.');
  }
  await tx.query(
    `INSERT INTO company (legal_name, tax_id, address, email, bank_iban, bank_bic, currency, time_zone, gs1_company_prefix,
       registration_number, electronic_address, contact_name, contact_phone)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     ON CONFLICT (only_row) DO UPDATE SET legal_name = excluded.legal_name, tax_id = excluded.tax_id, address = excluded.address,
       email = excluded.email, bank_iban = excluded.bank_iban, bank_bic = excluded.bank_bic, currency = excluded.currency,
       time_zone = excluded.time_zone, gs1_company_prefix = excluded.gs1_company_prefix,
       registration_number = excluded.registration_number, electronic_address = excluded.electronic_address,
       contact_name = excluded.contact_name, contact_phone = excluded.contact_phone`,
    [
      company.legalName,
      company.taxId,
      JSON.stringify(company.address),
      company.email,
      company.bankIban,
      company.bankBic,
      company.currency,
      company.timeZone,
      company.gs1CompanyPrefix,
      company.registrationNumber,
      company.electronicAddress && JSON.stringify(company.electronicAddress),
      company.contactName,
      company.contactPhone,
    ],
  );
  const policies = await tx.query('SELECT 1 FROM policies LIMIT 1');
  if (policies.rows.length === 0) {
    for (const policy of defaultPolicies) await savePolicy(tx, { policy, actor, at });
  }
  await record(tx, {
    at,
    actor,
    action: before ? 'company-changed' : 'company-set-up',
    summary: before ? `${company.legalName} changed its details` : `${company.legalName} was set up`,
    after: company,
  });
  return { created: !before };
}
