/**
 * What an invoice must hold to be an e-invoice by Peppol BIS Billing 3.0. Source: EN 16931-1 and the Peppol rules that go with
 * it; requirement I3. Amounts and taxes are those of the invoice: here nothing is computed anew.
 */
import type { Fault } from './failures.ts';
import type { InvoiceTotals, PaymentTerms } from './invoice.ts';
import { currencyExponent, formatMoney, percentOf } from './money.ts';
import { gs1CheckDigit } from './sscc.ts';
import type { IsoDate } from './time.ts';

/** The code list EAS as Peppol takes it (release 2026.5). */
// biome-ignore format: a code list, and not one line a code.
export const electronicAddressSchemes = [
  '0002', '0007', '0009', '0060', '0088', '0096', '0097', '0106', '0130', '0135', '0142', '0151', '0183', '0184', '0188', '0190',
  '0191', '0192', '0195', '0196', '0198', '0199', '0200', '0201', '0204', '0208', '0209', '0210', '0211', '0216', '0218', '0221',
  '0225', '0230', '0235', '0240', '0242', '0244', '0245', '0246', '0248', '9910', '9913', '9914', '9915', '9918', '9919', '9920',
  '9922', '9923', '9924', '9925', '9926', '9927', '9928', '9929', '9930', '9931', '9932', '9933', '9934', '9935', '9936', '9937',
  '9938', '9939', '9940', '9941', '9942', '9943', '9944', '9945', '9946', '9947', '9948', '9949', '9950', '9951', '9952', '9953',
  '9957', '9959',
] as const;

export interface ElectronicAddress {
  scheme: (typeof electronicAddressSchemes)[number];
  id: string;
}

/** A GLN (scheme 0088) has a check digit; ids of the other schemes are taken as they are. */
export function isElectronicAddress({ scheme, id }: { scheme: string; id: string }): boolean {
  return scheme !== '0088' || (/^\d{13}$/.test(id) && gs1CheckDigit(id.slice(0, 12)) === id[12]);
}

export interface PostalAddress {
  name: string;
  street: string;
  city: string;
  postalCode: string;
  country: string;
}

export interface EInvoiceParty {
  name: string;
  taxId: string | null;
  registrationNumber: string | null;
  electronicAddress: ElectronicAddress | null;
  address: PostalAddress;
}

/** Off a line or off the document, before tax. */
export interface Allowance {
  amountMinor: number;
  reason: string;
}

/** An invoice or credit note with the facts that were kept when it was issued. */
export interface EInvoice {
  kind: 'invoice' | 'credit-note';
  id: string;
  currency: string;
  issuedOn: IsoDate;
  /** Of an invoice; the first of its instalments. */
  dueOn?: IsoDate | undefined;
  orderId: string | null;
  /** The buyer's own order number. */
  externalReference: string | null;
  /** What the buyer sorts its invoices by. */
  buyerReference: string | null;
  shipmentId: string | null;
  shippedOn?: IsoDate | undefined;
  /** Of a consolidated invoice, in place of the day on which one shipment left. */
  period?: { from: IsoDate; to: IsoDate } | undefined;
  shipTo?: PostalAddress | undefined;
  /** The invoice that a credit note is about, or whose place a revised one takes. */
  preceding?: { invoiceId: string; issuedOn: IsoDate } | undefined;
  seller: EInvoiceParty & {
    email: string;
    contactName: string | null;
    contactPhone: string | null;
    bankIban: string;
    bankBic: string;
  };
  buyer: EInvoiceParty;
  /** `netMinor` of a line is what is left after its allowances. */
  lines: (InvoiceTotals['lines'][number] & {
    allowances?: Allowance[] | undefined;
    /** Of a consolidated invoice: where the line comes from. */
    origin?: { order: string; shipmentId: string; orderLineNumber: number } | null | undefined;
  })[];
  /** Off the whole document, each in the tax category and at the rate that it lowers. */
  allowances?: (Allowance & { taxCategory: string; taxRate: string })[] | undefined;
  taxes: InvoiceTotals['taxes'];
  netMinor: number;
  taxMinor: number;
  grossMinor: number;
  prepaidMinor: number;
  /** What is not asked for, because a pro-forma rounded the tax of all and the invoices each their own. */
  roundingMinor?: number | undefined;
  paymentReference: string;
  terms?: PaymentTerms | undefined;
  instalments?: { dueOn: IsoDate; amountMinor: number }[] | undefined;
  /** A share off the amount due for who pays by the day. */
  earlyPayment?: { rate: string; until: IsoDate }[] | undefined;
}

/** Why there is no tax, by category: the code list VATEX, or words where the law is the seller's own. */
export const exemptions: Record<string, { code?: string; reason: string }> = {
  E: { reason: 'Exempt from tax' },
  AE: { code: 'VATEX-EU-AE', reason: 'Reverse charge' },
  K: { code: 'VATEX-EU-IC', reason: 'Intra-community supply' },
  G: { code: 'VATEX-EU-G', reason: 'Export outside the EU' },
  O: { code: 'VATEX-EU-O', reason: 'Not subject to VAT' },
};

/** How and when it is to be paid, in words, for people and for the one field that e-invoices have for it. */
export function paymentTermsInWords(
  invoice: Pick<EInvoice, 'terms' | 'instalments' | 'earlyPayment' | 'currency'>,
): string | undefined {
  const { terms, instalments = [], earlyPayment = [], currency } = invoice;
  const words = [
    // Of terms in instalments the days say nothing.
    terms?.instalments?.length
      ? undefined
      : terms && { net: netInWords(terms), 'due-on-receipt': 'Due on receipt', prepayment: 'Payment in advance' }[terms.kind],
    ...instalments.map(
      ({ dueOn, amountMinor }, index) =>
        `Instalment ${index + 1} of ${instalments.length}: ${formatMoney({ currency, amountMinor })} by ${dueOn}`,
    ),
    ...earlyPayment.map(({ rate, until }) => `${percentOf(rate)} % discount for payment by ${until}`),
  ].filter((part) => part !== undefined);
  return words.length > 0 ? words.join('. ') : undefined;
}

const count = (number: number, unit: string): string => `${number} ${unit}${number === 1 ? '' : 's'}`;

function netInWords({ days, months = 0, endOfMonth, daysAfterEndOfMonth = 0 }: PaymentTerms): string {
  const parts = [...(months > 0 ? [count(months, 'month')] : []), ...(days > 0 || months === 0 ? [count(days, 'day')] : [])];
  const after = daysAfterEndOfMonth > 0 ? ` and ${count(daysAfterEndOfMonth, 'day')}` : '';
  return `Net ${parts.join(' and ')}${endOfMonth ? `, end of month${after}` : ''}`;
}

/** What stands in the way of an e-invoice, everything at once, by its path in the invoice. None: it can be made. */
export function eInvoiceFaults(invoice: EInvoice): Fault[] {
  const { seller, buyer, lines, currency } = invoice;
  const categories = new Set(lines.map((line) => line.taxCategory));
  const isOutside = categories.size === 1 && categories.has('O');
  const faults: Fault[] = [];
  const need = (isThere: unknown, path: string, code: string, detail: string) => {
    if (!isThere) faults.push({ path, code, detail });
  };
  for (const [role, party] of [
    ['seller', seller],
    ['buyer', buyer],
  ] as const) {
    need(party.electronicAddress, `/${role}/electronicAddress`, 'missing', `The ${role} has no electronic address.`);
    need(
      party.taxId === null || isVatId(party.taxId),
      `/${role}/taxId`,
      'vat-id',
      `The ${role}'s tax id is no VAT id: it must begin with its country, as in DE123456789.`,
    );
  }
  if (isOutside) {
    const detail = 'What is not subject to VAT is billed under the registration number of the seller.';
    need(seller.registrationNumber, '/seller/registrationNumber', 'missing', detail);
  } else need(seller.taxId, '/seller/taxId', 'missing', 'The seller has no VAT id.');
  for (const category of ['AE', 'K']) {
    if (!categories.has(category)) continue;
    need(buyer.taxId, '/buyer/taxId', 'missing', `The buyer needs a VAT id for the tax category ${category}.`);
  }
  if (categories.has('K')) {
    need(invoice.shippedOn ?? invoice.period, '/shippedOn', 'missing', 'An intra-community supply says when it was delivered.');
    need(invoice.shipTo, '/shipTo', 'missing', 'An intra-community supply says where it was delivered.');
  }
  if (seller.address.country === 'DE' && buyer.address.country === 'DE') {
    need(seller.contactName, '/seller/contactName', 'missing', 'Within Germany an e-invoice names a contact of the seller.');
    const detail = 'Within Germany an e-invoice has the phone number of the seller’s contact.';
    need(seller.contactPhone && /(?:\d\D*){3}/.test(seller.contactPhone), '/seller/contactPhone', 'missing', detail);
  }
  need(currencyExponent(currency) <= 2, '/currency', 'decimals', `E-invoices have two decimals at most, ${currency} has more.`);
  for (const [index, { taxCategory, taxRate }] of lines.entries()) {
    const path = `/lines/${index}`;
    const isZero = Number(taxRate) === 0;
    const isFree = taxCategory === 'Z' || taxCategory in exemptions;
    need(taxCategory === 'S' || isFree, `${path}/taxCategory`, 'tax-category', `${taxCategory} is no tax category of EN 16931.`);
    need(isFree || !isZero, `${path}/taxRate`, 'tax-rate', 'A standard rate of 0 is category Z.');
    need(!isFree || isZero, `${path}/taxRate`, 'tax-rate', `In the tax category ${taxCategory} the rate is 0.`);
    const isMixed = taxCategory === 'O' && !isOutside;
    need(!isMixed, `${path}/taxCategory`, 'tax-category', 'What is not subject to VAT goes on an invoice of its own.');
  }
  return faults;
}

const isVatId = (taxId: string): boolean => /^[A-Z]{2}[A-Z0-9]{2,}$/.test(taxId);
