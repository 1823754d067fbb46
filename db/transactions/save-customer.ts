import { isDeepStrictEqual } from 'node:util';
import type { DeliveryTerms } from '../../domain/delivery-terms.ts';
import type { ElectronicAddress } from '../../domain/e-invoice.ts';
import { Refusal } from '../../domain/failures.ts';
import type { PaymentTerms } from '../../domain/invoice.ts';
import type { Invoicing } from '../../domain/invoice-run.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { lockAccount } from '../statements/credit.ts';
import { checkPolicyCode } from '../statements/dunning-policies.ts';
import type { Address } from '../statements/orders.ts';

export interface Contact {
  name: string;
  email?: string | undefined;
  phone?: string | undefined;
  role?: string | undefined;
}

/** What the customer states about itself when it applies for credit. */
export interface CreditProfile {
  yearsTrading?: number | undefined;
  annualTurnoverMinor?: number | undefined;
  tradeReferences?: number | undefined;
  externalRating?: 'A' | 'B' | 'C' | 'D' | undefined;
}

export interface SaveCustomerInput {
  id: string;
  name: string;
  taxId?: string | undefined;
  registrationNumber?: string | undefined;
  electronicAddress?: ElectronicAddress | undefined;
  buyerReference?: string | undefined;
  eInvoices: boolean;
  monthlyStatements: boolean;
  email: string;
  contacts: Contact[];
  billingAddress: Address;
  shipToAddresses: Address[];
  currency: string;
  /** Which price lists for segments are meant for it. */
  segment?: string | undefined;
  terms: PaymentTerms;
  /** Of delivery. */
  deliveryTerms?: DeliveryTerms | undefined;
  invoicing: Invoicing;
  language?: string | undefined;
  dunningPolicy?: string | undefined;
  backOrderAllowed: boolean;
  /** Absent: as it was. */
  creditProfile?: CreditProfile | undefined;
  /** Whether the actor may state what automatic approvals are decided from. */
  mayStateCredit: boolean;
  actor: Actor;
  at: string;
}

/**
 * Takes a customer in, with a credit account of its own, or replaces what is known about it. Orders and invoices keep the
 * terms they were made under. The currency stays: limit, exposure and every open item are in it.
 */
export async function saveCustomer(tx: Transaction, input: SaveCustomerInput): Promise<{ created: boolean }> {
  const { id, actor, at } = input;
  await checkPolicyCode(tx, input.dunningPolicy);
  const details = {
    name: input.name,
    taxId: input.taxId ?? null,
    registrationNumber: input.registrationNumber ?? null,
    electronicAddress: input.electronicAddress ?? null,
    buyerReference: input.buyerReference ?? null,
    eInvoices: input.eInvoices,
    monthlyStatements: input.monthlyStatements,
    email: input.email,
    contacts: input.contacts,
    billingAddress: input.billingAddress,
    shipToAddresses: input.shipToAddresses,
    currency: input.currency,
    segment: input.segment ?? null,
    terms: input.terms,
    deliveryTerms: input.deliveryTerms ?? null,
    invoicing: input.invoicing,
    language: input.language ?? null,
    dunningPolicy: input.dunningPolicy ?? null,
    backOrderAllowed: input.backOrderAllowed,
    creditProfile: input.creditProfile ?? {},
  };
  const { rows } = await tx.query<typeof details>(
    `SELECT name, tax_id AS "taxId", registration_number AS "registrationNumber", electronic_address AS "electronicAddress",
            buyer_reference AS "buyerReference", e_invoices AS "eInvoices",
            monthly_statements AS "monthlyStatements", email, contacts, billing_address AS "billingAddress", ship_to_addresses AS "shipToAddresses",
            currency, segment, terms, delivery_terms AS "deliveryTerms", invoicing, back_order_allowed AS "backOrderAllowed", credit_profile AS "creditProfile",
            language, dunning_policy AS "dunningPolicy"
     FROM customers WHERE id = $1 FOR NO KEY UPDATE`,
    [id],
  );
  const before = rows[0];
  if (input.creditProfile === undefined) details.creditProfile = before?.creditProfile ?? {};
  else if (!input.mayStateCredit && !isDeepStrictEqual(input.creditProfile, before?.creditProfile ?? {})) {
    // Who sells may not write the facts that approve the sale (C1).
    throw new Refusal(403, 'credit-profile', 'The credit profile is for the roles credit, finance and admin to state.', {
      faults: [{ path: '/creditProfile', code: 'forbidden', detail: 'Leave it out, or have it stated by credit.' }],
    });
  }
  if (before && before.currency !== input.currency) {
    throw new Refusal(409, 'customer-currency', `${id} is kept in ${before.currency}; another currency needs another customer.`);
  }
  await tx.query(
    `INSERT INTO customers (id, name, tax_id, email, contacts, billing_address, ship_to_addresses, currency, terms,
       back_order_allowed, credit_profile, at, segment, registration_number, electronic_address, buyer_reference, e_invoices, monthly_statements,
       delivery_terms, invoicing, language, dunning_policy)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, tax_id = excluded.tax_id, email = excluded.email,
       contacts = excluded.contacts, billing_address = excluded.billing_address, ship_to_addresses = excluded.ship_to_addresses,
       segment = excluded.segment, terms = excluded.terms, back_order_allowed = excluded.back_order_allowed, credit_profile = excluded.credit_profile,
       registration_number = excluded.registration_number, electronic_address = excluded.electronic_address,
       buyer_reference = excluded.buyer_reference, e_invoices = excluded.e_invoices,
       monthly_statements = excluded.monthly_statements, delivery_terms = excluded.delivery_terms,
       invoicing = excluded.invoicing, language = excluded.language, dunning_policy = excluded.dunning_policy,
       version = customers.version + 1, at = excluded.at`,
    [
      id,
      details.name,
      details.taxId,
      details.email,
      JSON.stringify(details.contacts),
      JSON.stringify(details.billingAddress),
      JSON.stringify(details.shipToAddresses),
      details.currency,
      JSON.stringify(details.terms),
      details.backOrderAllowed,
      JSON.stringify(details.creditProfile),
      at,
      details.segment,
      details.registrationNumber,
      details.electronicAddress && JSON.stringify(details.electronicAddress),
      details.buyerReference,
      details.eInvoices,
      details.monthlyStatements,
      details.deliveryTerms,
      JSON.stringify(details.invoicing),
      details.language,
      details.dunningPolicy,
    ],
  );
  await lockAccount(tx, id);
  await record(tx, {
    at,
    actor,
    action: before ? 'customer-changed' : 'customer-created',
    summary: before ? `${input.name} was changed` : `${input.name} is a customer now`,
    customerId: id,
    before,
    after: details,
  });
  return { created: !before };
}
