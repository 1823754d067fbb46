import { create } from 'xmlbuilder2';
import type { Queryable } from '../db/client.ts';
import { readEInvoice } from '../db/queries/e-invoices.ts';
import {
  type Allowance,
  type EInvoice,
  type EInvoiceParty,
  eInvoiceFaults,
  exemptions,
  paymentTermsInWords,
} from '../domain/e-invoice.ts';
import { type Fault, Refusal } from '../domain/failures.ts';
import { decimalMoney, multiplyMinor, percentOf, sumMinor } from '../domain/money.ts';
import { isKept, keepDocument } from './keep.ts';

const keptAs = (id: string): string => `${id}:ubl`;

/**
 * The invoice or credit note as UBL 2.1 by Peppol BIS Billing 3.0 (I3), rendered once and kept. A refusal names everything that
 * its parties lack.
 */
export async function eInvoiceUbl(database: Queryable, id: string): Promise<Uint8Array> {
  const invoice = await readEInvoice(database, id);
  if (!invoice) throw new Refusal(422, 'no-e-invoice', `${id} is neither an invoice nor a credit note; there is its PDF only.`);
  return keepDocument(database, keptAs(id), 'application/xml', async () => {
    const faults = eInvoiceFaults(invoice);
    if (faults.length > 0) {
      throw new Refusal(422, 'no-e-invoice', `${id} lacks what an e-invoice needs; it goes out as PDF only.`, { faults });
    }
    return Buffer.from(ublOf(invoice));
  });
}

/** What stands in the way of a document's e-invoice, everything at once; none: it can be had. Null for what is no e-invoice. */
export async function faultsOfEInvoice(database: Queryable, id: string): Promise<Fault[] | null> {
  const invoice = await readEInvoice(database, id);
  if (!invoice) return null;
  const faults = eInvoiceFaults(invoice);
  // One that was kept is there, whatever its parties lack by now.
  return faults.length > 0 && (await isKept(database, keptAs(id))) ? [] : faults;
}

/** The XML of an invoice without faults. UBL knows its elements by their order, which is the order here. */
export function ublOf(invoice: EInvoice): string {
  const { kind, currency, seller, buyer, preceding } = invoice;
  const isCredit = kind === 'credit-note';
  const root = isCredit ? 'CreditNote' : 'Invoice';
  const amount = (amountMinor: number) => ({ '@currencyID': currency, '#': decimalMoney({ currency, amountMinor }) });
  // What is outside VAT says nothing of VAT ids.
  const isOutside = invoice.lines.every((line) => line.taxCategory === 'O');
  const terms = paymentTermsInWords(invoice);
  const allowancesMinor = (invoice.allowances ?? []).reduce((total, { amountMinor }) => total + amountMinor, 0);
  const allowance = ({ amountMinor, reason }: Allowance) => ({
    'cbc:ChargeIndicator': 'false',
    'cbc:AllowanceChargeReason': reason,
    'cbc:Amount': amount(amountMinor),
  });
  const roundingMinor = invoice.roundingMinor ?? 0;
  const dueMinor = invoice.grossMinor - invoice.prepaidMinor - roundingMinor;
  const document = {
    'cbc:CustomizationID': 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0',
    'cbc:ProfileID': 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
    'cbc:ID': invoice.id,
    'cbc:IssueDate': invoice.issuedOn,
    ...(isCredit
      ? { 'cbc:CreditNoteTypeCode': '381' }
      : { ...(invoice.dueOn && { 'cbc:DueDate': invoice.dueOn }), 'cbc:InvoiceTypeCode': '380' }),
    'cbc:DocumentCurrencyCode': currency,
    'cbc:BuyerReference': invoice.buyerReference ?? invoice.externalReference ?? invoice.orderId ?? invoice.id,
    ...(invoice.period && { 'cac:InvoicePeriod': { 'cbc:StartDate': invoice.period.from, 'cbc:EndDate': invoice.period.to } }),
    ...(invoice.orderId && {
      'cac:OrderReference': {
        'cbc:ID': invoice.externalReference ?? invoice.orderId,
        ...(invoice.externalReference && { 'cbc:SalesOrderID': invoice.orderId }),
      },
    }),
    ...(preceding && {
      'cac:BillingReference': {
        'cac:InvoiceDocumentReference': { 'cbc:ID': preceding.invoiceId, 'cbc:IssueDate': preceding.issuedOn },
      },
    }),
    ...(invoice.shipmentId && { 'cac:DespatchDocumentReference': { 'cbc:ID': invoice.shipmentId } }),
    'cac:AccountingSupplierParty': {
      'cac:Party': {
        ...party(seller, isOutside),
        'cac:Contact': {
          'cbc:Name': seller.contactName ?? seller.name,
          ...(seller.contactPhone && { 'cbc:Telephone': seller.contactPhone }),
          'cbc:ElectronicMail': seller.email,
        },
      },
    },
    'cac:AccountingCustomerParty': { 'cac:Party': party(buyer, isOutside) },
    ...(invoice.shipTo && {
      'cac:Delivery': {
        ...(invoice.shippedOn && { 'cbc:ActualDeliveryDate': invoice.shippedOn }),
        'cac:DeliveryLocation': { 'cac:Address': address(invoice.shipTo) },
        'cac:DeliveryParty': { 'cac:PartyName': { 'cbc:Name': invoice.shipTo.name } },
      },
    }),
    // UNCL 4461: a credit transfer, or clearing between partners where nothing is to be paid to us.
    'cac:PaymentMeans': isCredit
      ? { 'cbc:PaymentMeansCode': '97' }
      : {
          'cbc:PaymentMeansCode': '30',
          'cbc:PaymentID': invoice.paymentReference,
          'cac:PayeeFinancialAccount': {
            'cbc:ID': seller.bankIban,
            'cbc:Name': seller.name,
            'cac:FinancialInstitutionBranch': { 'cbc:ID': seller.bankBic },
          },
        },
    ...(terms && { 'cac:PaymentTerms': { 'cbc:Note': terms } }),
    'cac:AllowanceCharge': (invoice.allowances ?? []).map((one) => ({
      ...allowance(one),
      'cac:TaxCategory': taxCategory(one.taxCategory, one.taxRate),
    })),
    'cac:TaxTotal': {
      'cbc:TaxAmount': amount(invoice.taxMinor),
      'cac:TaxSubtotal': invoice.taxes.map((tax) => ({
        'cbc:TaxableAmount': amount(tax.baseMinor),
        'cbc:TaxAmount': amount(tax.taxMinor),
        'cac:TaxCategory': {
          'cbc:ID': tax.category,
          'cbc:Percent': percentOf(tax.rate),
          ...exemption(tax.category),
          ...vat,
        },
      })),
    },
    'cac:LegalMonetaryTotal': {
      'cbc:LineExtensionAmount': amount(invoice.netMinor + allowancesMinor),
      'cbc:TaxExclusiveAmount': amount(invoice.netMinor),
      'cbc:TaxInclusiveAmount': amount(invoice.grossMinor),
      ...(allowancesMinor > 0 && { 'cbc:AllowanceTotalAmount': amount(allowancesMinor) }),
      ...(invoice.prepaidMinor > 0 && { 'cbc:PrepaidAmount': amount(invoice.prepaidMinor) }),
      ...(roundingMinor > 0 && { 'cbc:PayableRoundingAmount': amount(-roundingMinor) }),
      'cbc:PayableAmount': amount(dueMinor),
    },
    [`cac:${root}Line`]: invoice.lines.map((line) => ({
      'cbc:ID': String(line.lineNumber),
      ...(line.origin && { 'cbc:Note': `Order ${line.origin.order}, shipment ${line.origin.shipmentId}` }),
      // UN/ECE Recommendation 20: a unit that is counted.
      [isCredit ? 'cbc:CreditedQuantity' : 'cbc:InvoicedQuantity']: { '@unitCode': 'C62', '#': String(line.quantity) },
      'cbc:LineExtensionAmount': amount(line.netMinor),
      // Of several orders, the line's reference says which: the document has room for one.
      ...(line.origin && { 'cac:OrderLineReference': { 'cbc:LineID': `${line.origin.order}/${line.origin.orderLineNumber}` } }),
      'cac:AllowanceCharge': (line.allowances ?? []).map(allowance),
      'cac:Item': {
        'cbc:Name': line.description,
        ...(line.sku && { 'cac:SellersItemIdentification': { 'cbc:ID': line.sku } }),
        'cac:ClassifiedTaxCategory': taxCategory(line.taxCategory, line.taxRate),
      },
      'cac:Price': price(line, amount),
    })),
  };
  return create(
    { version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '' },
    {
      [root]: {
        '@xmlns': `urn:oasis:names:specification:ubl:schema:xsd:${root}-2`,
        '@xmlns:cac': 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
        '@xmlns:cbc': 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
        ...document,
      },
    },
  ).end({ prettyPrint: true });
}

function party({ name, taxId, registrationNumber, electronicAddress, address: at }: EInvoiceParty, isOutside: boolean) {
  return {
    'cbc:EndpointID': { '@schemeID': electronicAddress!.scheme, '#': electronicAddress!.id },
    'cac:PartyName': { 'cbc:Name': name },
    'cac:PostalAddress': address(at),
    ...(taxId && !isOutside && { 'cac:PartyTaxScheme': { 'cbc:CompanyID': taxId, ...vat } }),
    'cac:PartyLegalEntity': {
      'cbc:RegistrationName': name,
      ...(registrationNumber && { 'cbc:CompanyID': registrationNumber }),
    },
  };
}

/** Units whose price was corrected in part have no whole price each: then the price is that of all of them. */
function price(
  { quantity, unitPriceMinor, netMinor, allowances = [] }: EInvoice['lines'][number],
  amount: (amountMinor: number) => object,
) {
  const listMinor = sumMinor([netMinor, ...allowances.map(({ amountMinor }) => amountMinor)]);
  return listMinor === multiplyMinor(unitPriceMinor, quantity)
    ? { 'cbc:PriceAmount': amount(unitPriceMinor) }
    : { 'cbc:PriceAmount': amount(listMinor), 'cbc:BaseQuantity': { '@unitCode': 'C62', '#': String(quantity) } };
}

const vat = { 'cac:TaxScheme': { 'cbc:ID': 'VAT' } };

const address = ({ street, city, postalCode, country }: EInvoiceParty['address']) => ({
  'cbc:StreetName': street,
  'cbc:CityName': city,
  'cbc:PostalZone': postalCode,
  'cac:Country': { 'cbc:IdentificationCode': country },
});

/** Of a line or an allowance: what is outside VAT has no rate there. */
const taxCategory = (category: string, rate: string) => ({
  'cbc:ID': category,
  ...(category !== 'O' && { 'cbc:Percent': percentOf(rate) }),
  ...vat,
});

function exemption(category: string) {
  const exempt = exemptions[category];
  if (!exempt) return {};
  return { ...(exempt.code && { 'cbc:TaxExemptionReasonCode': exempt.code }), 'cbc:TaxExemptionReason': exempt.reason };
}
