import type { DeliveryTerms } from '../../domain/delivery-terms.ts';
import type { ElectronicAddress } from '../../domain/e-invoice.ts';
import type { PaymentTerms } from '../../domain/invoice.ts';
import type { Invoicing } from '../../domain/invoice-run.ts';
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
