import type { BadDebtPolicy } from '../../domain/bad-debt.ts';
import { type CashPolicy, defaultCashPolicy } from '../../domain/cash-matching.ts';
import type { CollectionsPolicy } from '../../domain/collections.ts';
import type { CorrectionPolicy } from '../../domain/correction.ts';
import type { CreditPolicy } from '../../domain/credit.ts';
import type { DocumentationPolicy } from '../../domain/documentation.ts';
import type { CompanyDunningPolicy, DunningPolicy } from '../../domain/dunning.ts';
import type { ElectronicAddress } from '../../domain/e-invoice.ts';
import { Refusal } from '../../domain/failures.ts';
import type { FulfilmentPolicy } from '../../domain/fulfilment.ts';
import { fromMillis, type IsoInstant } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import type { Address } from './orders.ts';

export interface Company {
  legalName: string;
  taxId: string;
  address: Address;
  email: string;
  bankIban: string;
  bankBic: string;
  currency: string;
  timeZone: string;
  /** The licensed prefix of its GS1 keys: SSCCs begin with it. */
  gs1CompanyPrefix: string;
  /** In the commercial register. */
  registrationNumber: string | null;
  /** Where it is known in the network of e-invoices. */
  electronicAddress: ElectronicAddress | null;
  /** Whom customers ask about a document. */
  contactName: string | null;
  contactPhone: string | null;
}

export async function readCompany(db: Queryable): Promise<Company> {
  const found = await db.query<Company>(
    `SELECT legal_name AS "legalName", tax_id AS "taxId", address, email, bank_iban AS "bankIban", bank_bic AS "bankBic",
            currency, time_zone AS "timeZone", gs1_company_prefix AS "gs1CompanyPrefix",
            registration_number AS "registrationNumber", electronic_address AS "electronicAddress",
            contact_name AS "contactName", contact_phone AS "contactPhone" FROM company`,
    [],
  );
  if (!found.rows[0]) throw new Refusal(409, 'company-not-set-up', 'Set the company up first: PUT /v1/company.');
  return found.rows[0];
}

/** By which its days begin and end; undefined until the company is set up. */
export async function findCompanyTimeZone(db: Queryable): Promise<string | undefined> {
  const found = await db.query<{ timeZone: string }>('SELECT time_zone AS "timeZone" FROM company', []);
  return found.rows[0]?.timeZone;
}

/** The same, and UTC until then. */
export const readCompanyTimeZone = async (db: Queryable): Promise<string> => (await findCompanyTimeZone(db)) ?? 'UTC';

/** By name. Dunning policies of customers have codes of their own: see `dunning-policies.ts`. */
interface Policies {
  'bad-debt': BadDebtPolicy;
  collections: CollectionsPolicy;
  corrections: CorrectionPolicy;
  credit: CreditPolicy;
  documentation: DocumentationPolicy;
  dunning: CompanyDunningPolicy;
  [ofItsOwnCode: `dunning:${string}`]: DunningPolicy;
  fulfilment: FulfilmentPolicy;
}

/** The policy in force, the highest version of its name; or the version that something was decided by. */
export async function readPolicy<Name extends keyof Policies>(
  db: Queryable,
  name: Name,
  version?: number,
): Promise<Policies[Name]> {
  const found = await db.query<{ body: Policies[Name] }>(
    'SELECT body FROM policies WHERE name = $1 AND version <= coalesce($2, 2147483647) ORDER BY version DESC LIMIT 1',
    [name, version],
  );
  if (!found.rows[0]) throw new Error(`there is no ${name} policy`);
  return found.rows[0].body;
}

/** Of a company that has not written one yet: what everybody begins with. */
export async function readCashPolicy(db: Queryable): Promise<CashPolicy> {
  const { rows } = await db.query<{ body: CashPolicy }>(
    "SELECT body FROM policies WHERE name = 'cash' ORDER BY version DESC LIMIT 1",
    [],
  );
  return rows[0]?.body ?? defaultCashPolicy;
}

/** The company's "now": wall time, moved by the local company clock; in production the offset is 0. */
export async function readClock(db: Queryable): Promise<{ at: IsoInstant; offsetMs: number; advancing: boolean }> {
  const { rows } = await db.query<{ offsetMs: number; advancing: boolean }>(
    'SELECT offset_ms AS "offsetMs", advancing_to IS NOT NULL AS advancing FROM company_clock',
    [],
  );
  const offsetMs = rows[0]!.offsetMs;
  return { at: fromMillis(Date.now() + offsetMs), offsetMs, advancing: rows[0]!.advancing };
}
