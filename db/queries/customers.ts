import type { DeliveryTerms } from '../../domain/delivery-terms.ts';
import type { ElectronicAddress } from '../../domain/e-invoice.ts';
import type { PaymentTerms } from '../../domain/invoice.ts';
import type { Invoicing } from '../../domain/invoice-run.ts';
import type { SearchTerms } from '../../domain/search.ts';
import type { Queryable } from '../client.ts';
import { accountColumns, type CreditAccountRow } from '../statements/credit.ts';
import type { Address } from '../statements/orders.ts';
import type { Contact, CreditProfile } from '../transactions/save-customer.ts';
import { filter, type Page } from './page.ts';

export interface Customer {
  id: string;
  name: string;
  taxId: string | null;
  registrationNumber: string | null;
  electronicAddress: ElectronicAddress | null;
  buyerReference: string | null;
  eInvoices: boolean;
  monthlyStatements: boolean;
  email: string;
  contacts: Contact[];
  billingAddress: Address;
  shipToAddresses: Address[];
  currency: string;
  segment: string | null;
  terms: PaymentTerms;
  deliveryTerms: DeliveryTerms | null;
  invoicing: Invoicing;
  language: string | null;
  dunningPolicy: string | null;
  backOrderAllowed: boolean;
  creditProfile: CreditProfile;
  version: number;
}

const columns = `id, name, tax_id AS "taxId", registration_number AS "registrationNumber",
  electronic_address AS "electronicAddress", buyer_reference AS "buyerReference", e_invoices AS "eInvoices",
  monthly_statements AS "monthlyStatements", email, contacts, billing_address AS "billingAddress",
  ship_to_addresses AS "shipToAddresses", currency, segment, terms, delivery_terms AS "deliveryTerms", invoicing, back_order_allowed AS "backOrderAllowed",
  credit_profile AS "creditProfile", language, dunning_policy AS "dunningPolicy", version`;

export async function listCustomers(db: Queryable, customerId: string | undefined, page: Page): Promise<Customer[]> {
  const { where, limit, values } = filter({ 'id = ?': customerId, 'id > ?': page.after }, page.limit);
  return (await db.query<Customer>(`SELECT ${columns} FROM customers ${where} ORDER BY id ${limit}`, values)).rows;
}

export async function readCustomer(db: Queryable, id: string): Promise<Customer | undefined> {
  return (await db.query<Customer>(`SELECT ${columns} FROM customers WHERE id = $1`, [id])).rows[0];
}

/** SQL: this address of mail, in lower case, is the customer's own or a contact's. */
export const hasMailAddress = (address: string): string =>
  `(lower(email) = ${address} OR EXISTS (SELECT 1 FROM jsonb_array_elements(contacts) c WHERE lower(c ->> 'email') = ${address}))`;

export async function customerExists(db: Queryable, id: string): Promise<boolean> {
  return (await db.query('SELECT 1 FROM customers WHERE id = $1', [id])).rows.length > 0;
}

/** The credit account as it stands; undefined for a customer that does not exist. */
export async function readCreditAccount(db: Queryable, customerId: string): Promise<CreditAccountRow | undefined> {
  const { rows } = await db.query<CreditAccountRow>(`SELECT ${accountColumns} FROM credit_accounts a WHERE a.customer_id = $1`, [
    customerId,
  ]);
  return rows[0];
}

export interface CreditAccountOfCustomer extends CreditAccountRow {
  name: string;
  segment: string | null;
}

export interface AccountFilter {
  terms?: SearchTerms | undefined;
  standing?: string | undefined;
  segment?: string | undefined;
  onHold?: boolean | undefined;
}

/** Customers by id with their credit; one that nobody has assessed has an account that says so. */
export async function listCreditAccounts(
  db: Queryable,
  { terms, standing, segment, onHold }: AccountFilter,
  page: Page,
): Promise<CreditAccountOfCustomer[]> {
  const { rows } = await db.query<CreditAccountOfCustomer>(
    `SELECT c.id AS "customerId", c.name, c.segment, c.currency, coalesce(a.standing, 'none') AS standing,
       a.limit_minor AS "limitMinor", a.expires_at AS "expiresAt", coalesce(a.open_receivables_minor, 0) AS "openReceivablesMinor",
       coalesce(a.shipped_not_invoiced_minor, 0) AS "shippedNotInvoicedMinor",
       coalesce(a.approved_not_shipped_minor, 0) AS "approvedNotShippedMinor",
       coalesce(a.unapplied_cash_minor, 0) AS "unappliedCashMinor",
       coalesce(a.open_credit_notes_minor, 0) AS "openCreditNotesMinor", a.on_hold_since AS "onHoldSince"
     FROM customers c LEFT JOIN credit_accounts a ON a.customer_id = c.id
     WHERE ($1::text IS NULL OR c.segment = $1) AND ($2::text IS NULL OR coalesce(a.standing, 'none') = $2)
       AND ($3::boolean IS NULL OR (a.on_hold_since IS NOT NULL) = $3)
       AND ($4::text IS NULL OR c.id LIKE $4 OR ($5 <> '' AND to_tsvector('simple', c.name) @@ to_tsquery('simple', $5)))
       AND ($6::text IS NULL OR c.id > $6)
     ORDER BY c.id LIMIT $7`,
    [
      segment ?? null,
      standing ?? null,
      onHold ?? null,
      terms ? `${terms.prefix.replaceAll(/[\\%_]/g, '\\$&')}%` : null,
      terms?.words.map((word) => `${word}:*`).join(' & ') ?? '',
      page.after ?? null,
      page.limit + 1,
    ],
  );
  return rows;
}
