import { type ElectronicAddress, isElectronicAddress } from '../../domain/e-invoice.ts';
import { type PaymentTerms, readDiscounts, readInstalments } from '../../domain/invoice.ts';
import type { Transaction } from '../client.ts';
import { recordAll } from './audit.ts';
import { unknownPolicies, unknownPolicyFault } from './dunning-policies.ts';
import type { Address } from './orders.ts';
import { column, type ImportLine, type ImportRun, lockFor, missing, upsert } from './upsert.ts';

export interface CustomerValues {
  id: string;
  name?: string | undefined;
  taxId?: string | null | undefined;
  registrationNumber?: string | null | undefined;
  electronicAddressScheme?: ElectronicAddress['scheme'] | null | undefined;
  electronicAddressId?: string | null | undefined;
  buyerReference?: string | null | undefined;
  eInvoices?: boolean | undefined;
  email?: string | undefined;
  currency?: string | undefined;
  segment?: string | null | undefined;
  language?: string | null | undefined;
  dunningPolicy?: string | null | undefined;
  backOrderAllowed?: boolean | undefined;
  termsKind?: PaymentTerms['kind'] | undefined;
  termsDays?: number | undefined;
  termsEndOfMonth?: boolean | undefined;
  termsMonths?: number | undefined;
  termsDaysAfterEndOfMonth?: number | undefined;
  /** As `readInstalments` and `readDiscounts` take them; null takes them off. */
  termsInstalments?: string | null | undefined;
  termsDiscounts?: string | null | undefined;
  billingName?: string | undefined;
  billingStreet?: string | undefined;
  billingCity?: string | undefined;
  billingPostalCode?: string | undefined;
  billingCountry?: string | undefined;
}

interface StoredCustomer {
  id: string;
  name: string;
  taxId: string | null;
  registrationNumber: string | null;
  electronicAddress: ElectronicAddress | null;
  buyerReference: string | null;
  eInvoices: boolean;
  email: string;
  currency: string;
  segment: string | null;
  language: string | null;
  dunningPolicy: string | null;
  backOrderAllowed: boolean;
  terms: PaymentTerms;
  billingAddress: Address;
}

const needed = [
  'name',
  'email',
  'currency',
  'termsKind',
  'termsDays',
  'billingName',
  'billingStreet',
  'billingCity',
  'billingPostalCode',
  'billingCountry',
] as const satisfies (keyof CustomerValues)[];

/** Contacts, delivery addresses and credit profiles are lists and have no column; they stay as they are. */
export async function importCustomers(tx: Transaction, run: ImportRun, lines: ImportLine<CustomerValues>[]): Promise<void> {
  const unknown = await unknownPolicies(
    tx,
    lines.map(({ values }) => values.dunningPolicy),
  );
  await upsert<CustomerValues, StoredCustomer>(run, lines, {
    keyOf: (values) => values.id,
    keyField: 'id',
    async read(values) {
      const { rows } = await tx.query<StoredCustomer>(
        `SELECT id, name, tax_id AS "taxId", registration_number AS "registrationNumber",
                electronic_address AS "electronicAddress", buyer_reference AS "buyerReference", e_invoices AS "eInvoices", email, currency, segment, language,
                dunning_policy AS "dunningPolicy", back_order_allowed AS "backOrderAllowed", terms,
                billing_address AS "billingAddress"
         FROM customers WHERE id = ANY ($1) ORDER BY id ${lockFor(run)}`,
        [values.map(({ id }) => id)],
      );
      return new Map(rows.map((row) => [row.id, row]));
    },
    merge(before, values) {
      const faults = before ? [] : missing(values, [...needed]);
      if (before && values.currency !== undefined && values.currency !== before.currency) {
        const detail = `${values.id} is kept in ${before.currency}; another currency needs another customer.`;
        faults.push({ field: 'currency', code: 'customer-currency', detail });
      }
      if (values.dunningPolicy && unknown.includes(values.dunningPolicy)) {
        const { code, detail } = unknownPolicyFault('', values.dunningPolicy);
        faults.push({ field: 'dunningPolicy', code, detail });
      }
      const record = merged(before, values);
      const { scheme, id } = record.electronicAddress ?? {};
      if ((scheme ?? null) === null && (id ?? null) === null) record.electronicAddress = null;
      else if (!scheme || !id || !isElectronicAddress({ scheme, id })) {
        const detail = 'An electronic address is a scheme and an id of that scheme.';
        faults.push({ field: 'electronicAddressId', code: 'electronic-address', detail });
      }
      return faults.length > 0 ? faults : record;
    },
    async write(rows) {
      await tx.query(
        `INSERT INTO customers (id, name, tax_id, email, currency, segment, back_order_allowed, terms, billing_address,
           registration_number, electronic_address, buyer_reference, e_invoices, language, dunning_policy, at)
         SELECT c.*, $16::timestamptz FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
           $7::boolean[], $8::jsonb[], $9::jsonb[], $10::text[], $11::jsonb[], $12::text[], $13::boolean[],
           $14::text[], $15::text[]) AS c
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, tax_id = excluded.tax_id, email = excluded.email,
           segment = excluded.segment, back_order_allowed = excluded.back_order_allowed, terms = excluded.terms,
           billing_address = excluded.billing_address, registration_number = excluded.registration_number,
           electronic_address = excluded.electronic_address, buyer_reference = excluded.buyer_reference,
           e_invoices = excluded.e_invoices, language = excluded.language, dunning_policy = excluded.dunning_policy, version = customers.version + 1, at = excluded.at`,
        [
          column(rows, ({ id }) => id),
          column(rows, ({ name }) => name),
          column(rows, ({ taxId }) => taxId),
          column(rows, ({ email }) => email),
          column(rows, ({ currency }) => currency),
          column(rows, ({ segment }) => segment),
          column(rows, ({ backOrderAllowed }) => backOrderAllowed),
          column(rows, ({ terms }) => JSON.stringify(terms)),
          column(rows, ({ billingAddress }) => JSON.stringify(billingAddress)),
          column(rows, ({ registrationNumber }) => registrationNumber),
          column(rows, ({ electronicAddress }) => electronicAddress && JSON.stringify(electronicAddress)),
          column(rows, ({ buyerReference }) => buyerReference),
          column(rows, ({ eInvoices }) => eInvoices),
          column(rows, ({ language }) => language),
          column(rows, ({ dunningPolicy }) => dunningPolicy),
          run.at,
        ],
      );
      const created = rows.filter(({ before }) => !before).map(({ after }) => after.id);
      await tx.query(
        'INSERT INTO credit_accounts (customer_id, currency) SELECT id, currency FROM customers WHERE id = ANY ($1) ON CONFLICT DO NOTHING',
        [created],
      );
      await recordAll(
        tx,
        { ...run, reason: run.importId },
        rows.map(({ before, after }) => ({
          action: before ? 'customer-changed' : 'customer-created',
          summary: before ? `${after.name} was changed` : `${after.name} is a customer now`,
          customerId: after.id,
          before,
          after,
        })),
      );
    },
  });
}

/** Other than net terms know neither instalments nor discounts: a line that changes the kind takes them off. */
function mergedTerms(before: PaymentTerms | undefined, values: CustomerValues): Partial<PaymentTerms> {
  const { instalments, discounts, ...terms } = {
    ...before,
    ...said({
      kind: values.termsKind,
      days: values.termsDays,
      endOfMonth: values.termsEndOfMonth,
      months: values.termsMonths,
      daysAfterEndOfMonth: values.termsDaysAfterEndOfMonth,
    }),
    ...said({
      instalments: values.termsInstalments && readInstalments(values.termsInstalments),
      discounts: values.termsDiscounts && readDiscounts(values.termsDiscounts),
    }),
  } as PaymentTerms;
  if (terms.kind !== 'net') return terms;
  return { ...terms, ...(instalments ? { instalments } : {}), ...(discounts ? { discounts } : {}) };
}

const said = <Part extends object>(part: Part) =>
  Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined));

/** The record with what the line says. Of a new one everything that is needed is there by now. */
function merged(before: StoredCustomer | undefined, values: CustomerValues): StoredCustomer {
  const record = {
    taxId: null,
    segment: null,
    language: null,
    dunningPolicy: null,
    backOrderAllowed: false,
    registrationNumber: null,
    buyerReference: null,
    eInvoices: false,
    ...before,
    ...said({
      id: values.id,
      name: values.name,
      taxId: values.taxId,
      email: values.email,
      currency: values.currency,
      segment: values.segment,
      language: values.language,
      dunningPolicy: values.dunningPolicy,
      backOrderAllowed: values.backOrderAllowed,
      registrationNumber: values.registrationNumber,
      buyerReference: values.buyerReference,
      eInvoices: values.eInvoices,
    }),
    electronicAddress: {
      ...before?.electronicAddress,
      ...said({ scheme: values.electronicAddressScheme, id: values.electronicAddressId }),
    },
    terms: mergedTerms(before?.terms, values),
    billingAddress: {
      ...before?.billingAddress,
      ...said({
        name: values.billingName,
        street: values.billingStreet,
        city: values.billingCity,
        postalCode: values.billingPostalCode,
        country: values.billingCountry,
      }),
    },
  };
  return record as StoredCustomer;
}
