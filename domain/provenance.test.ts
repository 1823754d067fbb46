import { describe, expect, it } from 'vitest';
import type { Chain } from './breakdown.ts';
import { provenanceOf } from './provenance.ts';

const line = { lineNumber: 1, sku: 'UNIT', description: 'A unit', unitPriceMinor: 500, taxCategory: 'S', taxRate: '0.20' };
const by = (actor: string) => ({ actor, at: '2027-03-01T08:00:00Z' });
const address = { city: 'Hamburg' };

/** Three ordered, amended to five, four picked. */
function chain(): Chain {
  const terms = { kind: 'net', days: 30 } as const;
  return {
    document: { lines: [{ sku: 'UNIT', quantity: 3 }], shipTo: null },
    amendments: [
      { revision: 2, lines: [{ lineNumber: 1, sku: 'UNIT', quantity: 5 }], shipTo: address, beforeRelease: true, ...by('sales') },
      { revision: 3, lines: [{ lineNumber: 1, sku: 'UNIT', quantity: 5 }], shipTo: null, beforeRelease: true, ...by('else') },
    ],
    order: {
      id: 'ORD-1',
      lines: [
        {
          ...line,
          quantity: 5,
          cancelledQuantity: 0,
          price: { from: 'price-list', id: 'LIST', minimumQuantity: 2, unitPriceMinor: 500 },
          product: { version: 4, taxCategory: 'S', taxRate: '0.20' },
        },
      ],
      terms,
      customerTerms: { version: 2, fields: terms },
      deliveryTerms: null,
      taxRounding: 'half-up',
      placedOn: '2027-03-01',
      placed: by('buyer'),
    },
    approval: { amountMinor: 3_000, proFormaNumber: null },
    shipment: {
      id: 'SHP-1',
      lines: [{ lineNumber: 1, sku: 'UNIT', planned: 5, picked: 4 }],
      shippedOn: '2027-03-01',
      shipTo: address,
    },
    moved: [{ sku: 'UNIT', quantity: 4 }],
    correction: null,
    buyer: { version: 4, fields: { name: 'Buyer', taxId: null, billingAddress: address } },
    invoice: {
      id: 'INV-1',
      currency: 'EUR',
      paymentReference: 'RF00',
      lines: [{ ...line, quantity: 4, netMinor: 2_000 }],
      taxes: [{ category: 'S', rate: '0.20', baseMinor: 2_000, taxMinor: 400 }],
      netMinor: 2_000,
      taxMinor: 400,
      grossMinor: 2_400,
      issuedOn: '2027-03-01',
      instalments: [{ number: 1, dueOn: '2027-03-31', amountMinor: 2_400 }],
      terms,
      deliveryTerms: null,
      orderedOn: '2027-03-01',
      shippedOn: '2027-03-01',
      shipTo: address,
      carrier: 'carrier',
      trackingNumber: 'T1',
      buyer: { name: 'Buyer', taxId: null, billingAddress: address },
      seller: { legalName: 'Seller' },
      prepaidMinor: 0,
    },
    taken: { order: by('else'), pick: by('picker'), ship: by('system'), invoice: by('system'), delivery: by('driver') },
  };
}
const of = (given: Chain, field: string) => {
  const named = provenanceOf(given, 'BUYER').filter((one) => one.field === field);
  expect(named).toHaveLength(1);
  return `${named[0]!.source.event} ${named[0]!.source.reference} ${named[0]!.source.actor}`;
};

describe('A2: the source of every field', () => {
  it('A2: each field has one source, the event that last set it', () => {
    const given = chain();
    const all = provenanceOf(given, 'BUYER');
    expect(new Set(all.map(({ field }) => field)).size).toBe(all.length);
    for (const field of Object.keys(given.invoice.lines[0]!).filter((name) => name !== 'lineNumber'))
      of(given, `/lines/1/${field}`);
    const byLists = ['lines', 'instalments', 'buyer', 'prepaidMinor'];
    for (const field of Object.keys(given.invoice).filter((name) => !byLists.includes(name))) of(given, `/${field}`);
    expect(of(given, '/lines/1/sku')).toBe('order-amended ORD-1 revision 2 sales');
    expect(of(given, '/lines/1/quantity')).toBe('pick SHP-1 picker');
    expect(of(given, '/lines/1/unitPriceMinor')).toBe('price-list LIST null');
    expect(of(given, '/shipTo')).toBe('order-amended ORD-1 revision 2 sales');
    expect(of(given, '/terms')).toBe('master-data BUYER version 2 null');
    expect(of(given, '/buyer/taxId')).toBe('master-data BUYER version 4 null');
    expect(of(given, '/issuedOn')).toBe('goods-issue SHP-1 system');
    expect(of(given, '/currency')).toBe('order-placed ORD-1 buyer');
  });

  it('A2: of a quote, of payment in advance, of terms of delivery and of a correction', () => {
    const other = chain();
    other.order.lines[0]!.price.from = 'quote';
    other.order.terms = other.invoice.terms = { kind: 'prepayment', days: 0 };
    other.approval.proFormaNumber = 'PRO-1';
    other.invoice.prepaidMinor = 2_400;
    other.invoice.deliveryTerms = 'DAP';
    expect(of(other, '/lines/1/unitPriceMinor')).toBe('quote LIST null');
    expect(of(other, '/terms')).toBe('approval PRO-1 null');
    expect(of(other, '/prepaidMinor')).toBe('approval PRO-1 null');
    expect(of(other, '/issuedOn')).toBe('delivery SHP-1 driver');
    const charged = [{ ...line, quantity: 4, netMinor: 2_000 }];
    other.correction = {
      id: 'COR-1',
      correctsInvoiceId: 'INV-0',
      charged,
      credited: [],
      lines: [{ lineNumber: 1, quantity: 4 }],
    };
    expect(of(other, '/lines/1/quantity')).toBe('correction COR-1 system');
    expect(of(other, '/correctsInvoiceId')).toBe('correction COR-1 system');
    expect(of(other, '/issuedOn')).toBe('correction COR-1 system');
  });
});
