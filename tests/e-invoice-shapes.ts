import type { EInvoice } from '../domain/e-invoice.ts';
import { documentTotals, invoiceTotals, paymentReference, taxRounding } from '../domain/invoice.ts';
import { address } from './company.ts';

type Line = Partial<EInvoice['lines'][number]>;

export const seller: EInvoice['seller'] = {
  name: 'Throughline Supplies GmbH',
  taxId: 'DE123456789',
  registrationNumber: 'HRB 123456',
  electronicAddress: { scheme: '9930', id: 'DE123456789' },
  address,
  email: 'billing@supplies.example',
  contactName: 'Maren Tiedemann',
  contactPhone: '+49 40 66969 100',
  bankIban: 'DE89370400440532013000',
  bankBic: 'COBADEFFXXX',
};
export const buyer: EInvoice['buyer'] = {
  name: 'Hotel Lindenhof OHG',
  taxId: 'DE136695976',
  registrationNumber: null,
  electronicAddress: { scheme: '0088', id: '4012345000009' },
  address: { name: 'Hotel Lindenhof OHG', street: 'Lindenweg 2', city: 'Leipzig', postalCode: '04109', country: 'DE' },
};

/** An invoice with totals that fit its lines. */
export function shape(lines: Line[], rest: Partial<EInvoice> = {}): EInvoice {
  const totals = invoiceTotals(
    lines.map((line, index) => ({
      lineNumber: index + 1,
      sku: `SKU-${index + 1}`,
      description: 'Task chair Form',
      quantity: 2,
      unitPriceMinor: 10_000,
      taxCategory: 'S',
      taxRate: '0.19',
      ...line,
    })),
    taxRounding,
  );
  return {
    kind: 'invoice',
    id: 'INV-2026-000001',
    currency: 'EUR',
    issuedOn: '2026-03-01',
    dueOn: '2026-03-31',
    orderId: 'ORD-10000001',
    externalReference: 'PO 4711',
    buyerReference: null,
    shipmentId: 'SHP-10000001',
    shippedOn: '2026-02-28',
    shipTo: buyer.address,
    seller,
    buyer,
    ...totals,
    prepaidMinor: 0,
    paymentReference: paymentReference('INV-2026-000001'),
    terms: { kind: 'net', days: 30 },
    ...rest,
  };
}

const taxFree = (taxCategory: string) => ({ taxCategory, taxRate: '0' });
const abroad = (country: string, taxId: string | null) => ({
  buyer: {
    ...buyer,
    taxId,
    electronicAddress: { scheme: '0088' as const, id: '4012345000009' },
    address: { ...buyer.address, street: '12 Rue de la Paix', city: 'Autre', country },
  },
});

/** Totals of lines or documents with allowances, as they were billed. */
const withAllowances = (base: EInvoice, netMinor: number, rest: Partial<EInvoice>): EInvoice => {
  const taxMinor = Math.round(netMinor * 0.19);
  const taxes = [{ category: 'S', rate: '0.19', baseMinor: netMinor, taxMinor }];
  return { ...base, netMinor, taxMinor, grossMinor: netMinor + taxMinor, taxes, ...rest };
};
const plain = shape([{}, { quantity: 1, unitPriceMinor: 5_000 }]);

/** By what is special about them. */
export const shapes: Record<string, EInvoice> = {
  standard: plain,
  'several rates': shape([
    {},
    { taxRate: '0.07', description: 'Coffee beans', quantity: 7, unitPriceMinor: 10_200 },
    { taxRate: '0.190' },
  ]),
  'zero-rated': shape([taxFree('Z')]),
  exempt: shape([taxFree('E')]),
  'exempt beside standard': shape([taxFree('E'), {}]),
  'reverse charge': shape([taxFree('AE')], abroad('FR', 'FR23334175221')),
  'intra-community supply': shape([taxFree('K')], {
    ...abroad('FR', 'FR23334175221'),
    shipTo: { ...buyer.address, country: 'FR' },
  }),
  export: shape([taxFree('G')], abroad('CH', null)),
  'not subject to VAT': shape([taxFree('O')]),
  'not subject to VAT, abroad': shape([taxFree('O')], abroad('FR', 'FR23334175221')),
  'allowance on a line': withAllowances(plain, 24_000, {
    lines: [
      { ...plain.lines[0]!, netMinor: 19_000, allowances: [{ amountMinor: 1_000, reason: 'Volume discount' }] },
      plain.lines[1]!,
    ],
  }),
  'allowance on the document': withAllowances(plain, 22_501, {
    allowances: [{ amountMinor: 2_499, reason: 'Loyalty discount', taxCategory: 'S', taxRate: '0.19' }],
  }),
  'paid in part in advance': shape([{}], { prepaidMinor: 10_000 }),
  'paid in advance but for rounding': shape([{}], {
    prepaidMinor: 23_799,
    roundingMinor: 1,
    terms: { kind: 'prepayment', days: 0 },
  }),
  'paid in advance': shape([{}], { prepaidMinor: 23_800, terms: { kind: 'prepayment', days: 0 } }),
  'end-of-month terms': shape([{}], { terms: { kind: 'net', days: 0, months: 1, endOfMonth: true, daysAfterEndOfMonth: 10 } }),
  instalments: shape([{}], {
    instalments: [
      { dueOn: '2026-03-31', amountMinor: 11_900 },
      { dueOn: '2026-04-30', amountMinor: 11_900 },
    ],
  }),
  'early-payment discount': shape([{}], {
    earlyPayment: [
      { rate: '0.02', until: '2026-03-11' },
      { rate: '0.01', until: '2026-03-21' },
    ],
  }),
  'credit note': shape([{ quantity: 1 }], {
    kind: 'credit-note',
    id: 'CN-2026-000001',
    dueOn: undefined,
    terms: undefined,
    paymentReference: '',
    preceding: { invoiceId: 'INV-2026-000001', issuedOn: '2026-03-01' },
  }),
  'credit note of units that have no whole price each any more': shape([], {
    ...documentTotals([{ ...plain.lines[0]!, quantity: 3, unitPriceMinor: 333, netMinor: 1_000 }], taxRounding),
    kind: 'credit-note',
    id: 'CN-2026-000002',
    dueOn: undefined,
    terms: undefined,
    paymentReference: '',
    preceding: { invoiceId: 'INV-2026-000001', issuedOn: '2026-03-01' },
  }),
  'revised invoice': shape([{}], {
    id: 'INV-2026-000002',
    prepaidMinor: 10_000,
    preceding: { invoiceId: 'INV-2026-000001', issuedOn: '2026-03-01' },
  }),
  consolidated: shape(
    [
      { origin: { order: 'PO 4711', shipmentId: 'SHP-10000001', orderLineNumber: 1 } },
      { origin: { order: 'PO 4711', shipmentId: 'SHP-10000002', orderLineNumber: 1 }, quantity: 1 },
      { origin: { order: 'ORD-10000002', shipmentId: 'SHP-10000003', orderLineNumber: 3 }, taxRate: '0.07' },
    ],
    {
      orderId: null,
      externalReference: null,
      shipmentId: null,
      shippedOn: undefined,
      period: { from: '2026-02-23', to: '2026-02-28' },
    },
  ),
  'consolidated, intra-community supply': shape(
    [{ ...taxFree('K'), origin: { order: 'PO 4711', shipmentId: 'SHP-10000001', orderLineNumber: 1 } }],
    {
      ...abroad('FR', 'FR23334175221'),
      orderId: null,
      externalReference: null,
      shipmentId: null,
      shippedOn: undefined,
      period: { from: '2026-02-23', to: '2026-02-28' },
      shipTo: { ...buyer.address, country: 'FR' },
    },
  ),
  'odd cents': shape([
    { quantity: 3, unitPriceMinor: 333 },
    { quantity: 7, unitPriceMinor: 1_999 },
    { quantity: 13, unitPriceMinor: 77, taxRate: '0.07' },
    { quantity: 1, unitPriceMinor: 1, taxRate: '0.055' },
  ]),
  'free of charge': shape([{ unitPriceMinor: 0 }]),
  yen: shape([{ quantity: 3, unitPriceMinor: 1_001, taxRate: '0.10' }], { ...abroad('JP', null), currency: 'JPY' }),
  'no order number of the buyer, but a reference': shape([{}], { externalReference: null, buyerReference: '04011000-12345-03' }),
  'many lines with special characters': shape(
    Array.from({ length: 120 }, (_, index) => ({
      description: `“${index}” <Größe> & 'Œuvre' \u{1F4E6} 椅子 ]]> 6 × 1 kg`,
      quantity: index + 1,
      unitPriceMinor: 101 + index * 37,
      taxRate: index % 2 ? '0.07' : '0.19',
    })),
    { buyer: { ...buyer, name: 'Müller & Söhne <GmbH> "Œ"' } },
  ),
};
