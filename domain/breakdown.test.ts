import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Chain, findBreakdown, findConsolidatedBreakdown, suggestCorrection } from './breakdown.ts';
import { instalmentsOf } from './instalments.ts';
import { invoiceTotals, type PaymentTerms, taxRounding } from './invoice.ts';
import { prepaymentTerms } from './prepayment.ts';

interface Goods {
  quantity: number;
  unitPriceMinor: number;
  taxRate: string;
  /** Of the ordered units: those that went out with this shipment. */
  planned: number;
  picked: number;
}

interface Story {
  days?: number;
  /** Units that an amendment added to each line, by revision; below 0 it took them off. */
  amendments?: number[];
  /** Units of the first line that were cancelled after all amendments. */
  cancelled?: number;
  prepaid?: boolean;
}

/** A chain in which every hop has done what the one before it said. */
function cleanChain(goods: Goods[], { days = 30, amendments = [], cancelled = 0, prepaid = false }: Story = {}): Chain {
  const lines = goods.map(({ quantity, unitPriceMinor, taxRate }, index) => ({
    lineNumber: index + 1,
    // Two lines may be of one SKU.
    sku: `SKU-${index % 3}`,
    description: 'A product',
    quantity,
    unitPriceMinor,
    taxCategory: 'S',
    taxRate,
  }));
  const out = lines.map((line, index) => ({ ...line, quantity: goods[index]!.picked })).filter(({ quantity }) => quantity > 0);
  const customerTerms = { kind: 'net', days } as const;
  const terms: PaymentTerms = prepaid ? prepaymentTerms : customerTerms;
  const totals = invoiceTotals(out, taxRounding);
  const shipTo = { name: 'Goods In', city: 'Hamburg' };
  const placed = { actor: 'sales', at: '2027-02-20T10:00:00Z' };
  // Backwards from what is on the order: each amendment less, the first line is as it was ordered at first.
  const wanted = (revision: number) =>
    lines.map(({ lineNumber, sku, quantity }) => {
      const later = amendments.slice(revision - 1).reduce((units, one) => units + one, 0);
      return { lineNumber, sku, quantity: quantity - (lineNumber === 1 ? later : 0) };
    });
  // What amendments took off stays on the line, cancelled; what was taken off at the end does too.
  const takenOff = -amendments.filter((units) => units < 0).reduce((sum, units) => sum + units, 0);
  const approved = Math.max(
    ...[...amendments, 0].map(
      (_, index) =>
        invoiceTotals(
          lines.map((line, at) => ({ ...line, quantity: wanted(index + 1)[at]!.quantity })),
          taxRounding,
        ).grossMinor,
    ),
  );
  const buyer = { name: 'Buyer GmbH', taxId: 'DE1', billingAddress: { city: 'Hamburg' } };
  return {
    document: { lines: wanted(1).map(({ sku, quantity }) => ({ sku, quantity })), shipTo },
    amendments: amendments.map((_, index) => ({
      revision: index + 2,
      lines: wanted(index + 2),
      shipTo: null,
      beforeRelease: true,
      actor: 'sales',
      at: '2027-02-21T10:00:00Z',
    })),
    order: {
      id: 'ORD-1',
      lines: lines.map((line, index) => ({
        ...line,
        quantity: line.quantity + (index === 0 ? takenOff : 0),
        cancelledQuantity: index === 0 ? takenOff + cancelled : 0,
        price: { from: 'price-list', id: 'LIST', minimumQuantity: 1, unitPriceMinor: line.unitPriceMinor },
        product: { version: 2, taxCategory: line.taxCategory, taxRate: line.taxRate },
      })),
      terms,
      customerTerms: { version: 1, fields: customerTerms },
      deliveryTerms: null,
      taxRounding,
      placedOn: '2027-02-20',
      placed,
    },
    approval: { amountMinor: approved, proFormaNumber: prepaid ? 'PRO-1' : null },
    shipment: {
      id: 'SHP-1',
      lines: lines.map(({ lineNumber, sku }, index) => ({ lineNumber, sku, ...goods[index]! })),
      shippedOn: '2027-03-01',
      shipTo,
    },
    moved: [...new Set(out.map(({ sku }) => sku))].map((sku) => ({
      sku,
      quantity: out.filter((line) => line.sku === sku).reduce((total, { quantity }) => total + quantity, 0),
    })),
    correction: null,
    buyer: { version: 3, fields: { ...buyer } },
    invoice: {
      ...totals,
      id: 'INV-1',
      currency: 'EUR',
      paymentReference: 'RF00',
      issuedOn: '2027-03-01',
      instalments: instalmentsOf(terms, '2027-03-01', totals.grossMinor),
      terms: prepaid ? terms : { days, kind: 'net' },
      deliveryTerms: null,
      orderedOn: '2027-02-20',
      shippedOn: '2027-03-01',
      shipTo: { city: 'Hamburg', name: 'Goods In' },
      carrier: 'carrier',
      trackingNumber: 'T1',
      buyer,
      seller: { legalName: 'Seller GmbH' },
      prepaidMinor: 0,
    },
    taken: {
      order: placed,
      approval: { actor: 'system', at: '2027-02-20T10:01:00Z' },
      pick: { actor: 'picker', at: '2027-03-01T08:00:00Z' },
      ship: { actor: 'system', at: '2027-03-01T10:00:00Z' },
      invoice: { actor: 'system', at: '2027-03-01T10:00:01Z' },
    },
  };
}

const two: Goods[] = [
  { quantity: 10, unitPriceMinor: 1_000, taxRate: '0.20', planned: 10, picked: 8 },
  { quantity: 3, unitPriceMinor: 333, taxRate: '0.07', planned: 3, picked: 3 },
];
const halves: PaymentTerms = {
  kind: 'net',
  days: 30,
  instalments: [
    { share: '0.5', days: 30 },
    { share: '0.5', days: 60 },
  ],
};
const amendTo = (quantity: number) => (chain: Chain) => {
  chain.amendments.push(...cleanChain(two, { amendments: [0] }).amendments);
  chain.amendments[0]!.lines[0]!.quantity = quantity;
};
/** The revised invoice of a chain whose first one charged too much for its first line, and of which one unit has come back. */
function revisedChain(): Chain {
  const chain = cleanChain(two);
  const [first, second] = chain.invoice.lines;
  chain.correction = {
    id: 'COR-1',
    correctsInvoiceId: 'INV-0',
    charged: [{ ...first!, unitPriceMinor: 1_100, netMinor: 8_800 }, second!],
    credited: [{ lineNumber: 2, units: 1, netMinor: 333 }],
    lines: [{ lineNumber: 1, unitPriceMinor: 1_000 }],
  };
  const totals = invoiceTotals([first!, { ...second!, quantity: 2 }], taxRounding);
  Object.assign(chain.invoice, totals, { instalments: instalmentsOf(chain.order.terms, '2027-03-01', totals.grossMinor) });
  return chain;
}
type Fault = [what: string, plant: (chain: Chain) => void, first: string];
const faults: Fault[] = [
  ['another quantity was taken down', (chain) => (chain.order.lines[0]!.quantity = 12), 'order /lines/1/quantity'],
  ['another product was taken down', (chain) => (chain.order.lines[1]!.sku = 'OTHER'), 'order /lines/2/sku'],
  ['a line was lost as it was taken down', (chain) => chain.order.lines.pop(), 'order /lines/2/sku'],
  ['an amendment was not taken down', amendTo(7), 'order /lines/1/quantity'],
  [
    'an amendment was taken down as more than it said',
    (chain) => {
      amendTo(11)(chain);
      chain.order.lines[0]!.quantity = 12;
    },
    'order /lines/1/quantity',
  ],
  [
    'an amendment came to another line',
    (chain) => {
      amendTo(10)(chain);
      chain.amendments[0]!.lines.pop();
    },
    'order /lines/2/quantity',
  ],
  ['a line nobody asked for', (chain) => chain.document.lines.pop(), 'order /lines/2/quantity'],
  [
    'another price than on the list',
    (chain) => (chain.order.lines[0]!.price.unitPriceMinor = 900),
    'order /lines/1/unitPriceMinor',
  ],
  ['another tax rate than the product’s', (chain) => (chain.order.lines[1]!.product!.taxRate = '0.19'), 'order /lines/2/taxRate'],
  [
    'another tax category than the product’s',
    (chain) => (chain.order.lines[0]!.product!.taxCategory = 'Z'),
    'order /lines/1/taxCategory',
  ],
  ['other terms than the customer’s', (chain) => (chain.order.customerTerms.fields = halves), 'order /terms'],
  ['less credit was approved than it comes to', (chain) => (chain.approval.amountMinor! -= 1), 'approval /approvedMinor'],
  ['nothing was approved', (chain) => (chain.approval.amountMinor = null), 'approval /approvedMinor'],
  [
    'the price was raised after the approval',
    (chain) => Object.assign(chain.order.lines[0]!, { unitPriceMinor: 1_001, price: { unitPriceMinor: null } }),
    'approval /approvedMinor',
  ],
  ['it was sent elsewhere than was asked', (chain) => (chain.document.shipTo = { name: 'Elsewhere' }), 'pick /shipTo'],
  [
    'it was sent elsewhere than was amended',
    (chain) => {
      amendTo(10)(chain);
      chain.amendments[0]!.shipTo = { name: 'Elsewhere' };
    },
    'pick /shipTo',
  ],
  ['another product was picked', (chain) => (chain.shipment.lines[1]!.sku = 'OTHER'), 'pick /lines/2/sku'],
  ['more was planned than ordered', (chain) => (chain.shipment.lines[0]!.planned = 11), 'pick /lines/1/quantity'],
  ['more was picked than planned', (chain) => (chain.shipment.lines[1]!.picked = 4), 'pick /lines/2/quantity'],
  ['less left stock than was picked', (chain) => (chain.moved[0]!.quantity = 7), 'ship /lines/1/quantity'],
  ['nothing of it left stock', (chain) => chain.moved.pop(), 'ship /lines/2/quantity'],
  ['goods left that nobody picked', (chain) => chain.moved.push({ sku: 'STRAY', quantity: 1 }), 'ship /goods/STRAY'],
  ['another quantity was billed', (chain) => (chain.invoice.lines[0]!.quantity = 9), 'invoice /lines/1/quantity'],
  ['another product was billed', (chain) => (chain.invoice.lines[0]!.sku = 'OTHER'), 'invoice /lines/1/sku'],
  ['another price was billed', (chain) => (chain.invoice.lines[0]!.unitPriceMinor = 999), 'invoice /lines/1/unitPriceMinor'],
  ['another tax category was billed', (chain) => (chain.invoice.lines[0]!.taxCategory = 'Z'), 'invoice /lines/1/taxCategory'],
  ['another tax rate was billed', (chain) => (chain.invoice.lines[1]!.taxRate = '0.19'), 'invoice /lines/2/taxRate'],
  ['a line does not multiply', (chain) => (chain.invoice.lines[1]!.netMinor += 1), 'invoice /lines/2/netMinor'],
  ['a line was not billed', (chain) => chain.invoice.lines.pop(), 'invoice /lines/2/quantity'],
  ['a line was billed that was not shipped', (chain) => (chain.shipment.lines[1]!.picked = 0), 'ship /lines/2/quantity'],
  ['the tax does not add up', (chain) => (chain.invoice.taxMinor += 1), 'invoice /taxMinor'],
  ['the tax of a rate is wrong', (chain) => (chain.invoice.taxes[0]!.taxMinor -= 1), 'invoice /taxes'],
  ['the net does not add up', (chain) => (chain.invoice.netMinor += 1), 'invoice /netMinor'],
  ['the total does not add up', (chain) => (chain.invoice.grossMinor += 1), 'invoice /grossMinor'],
  ['other terms were billed', (chain) => (chain.invoice.terms = { kind: 'net', days: 14 }), 'invoice /terms'],
  ['it falls due on another day', (chain) => (chain.invoice.instalments[0]!.dueOn = '2027-03-15'), 'invoice /dueOn'],
  [
    'it is due at once and not in instalments',
    (chain) => (chain.order.customerTerms.fields = chain.order.terms = chain.invoice.terms = halves),
    'invoice /instalments',
  ],
  ['other terms of delivery', (chain) => (chain.order.deliveryTerms = 'DAP'), 'invoice /deliveryTerms'],
  ['another order date', (chain) => (chain.invoice.orderedOn = '2027-02-21'), 'invoice /orderedOn'],
  ['another ship date', (chain) => (chain.invoice.shippedOn = null), 'invoice /shippedOn'],
  ['another name of the customer', (chain) => (chain.invoice.buyer!.name = 'Other GmbH'), 'invoice /buyer/name'],
  ['another tax id', (chain) => (chain.buyer.fields = { ...chain.buyer.fields, taxId: 'DE2' }), 'invoice /buyer/taxId'],
  [
    'another billing address',
    (chain) => (chain.buyer.fields = { ...chain.buyer.fields, billingAddress: null }),
    'invoice /buyer/billingAddress',
  ],
  ['another address', (chain) => (chain.invoice.shipTo = { name: 'Elsewhere' }), 'invoice /shipTo'],
];

describe('A2: the first hop that diverges', () => {
  it.each(faults)('A2: %s', (_what, plant, first) => {
    const chain = cleanChain(two);
    plant(chain);
    const [finding] = findBreakdown(chain);
    expect(`${finding?.hop} ${finding?.field}`).toBe(first);
    expect(finding?.expected).not.toEqual(finding?.found);
    expect(finding).toMatchObject(chain.taken[finding!.hop]!);
  });

  it('A2: no alarm on 1,000 orders that went right: part picks, lines that stayed behind, two lines of one SKU, amended up and down, paid in advance', () => {
    const anyLine = fc
      .record({
        quantity: fc.integer({ min: 1, max: 500 }),
        unitPriceMinor: fc.integer({ min: 0, max: 99_999 }),
        taxRate: fc.constantFrom('0', '0.07', '0.19', '0.190', '0.2'),
        plannedShare: fc.nat(100),
        pickedShare: fc.nat(100),
      })
      .map(({ plannedShare, pickedShare, ...line }) => {
        const planned = Math.max(1, Math.ceil((line.quantity * plannedShare) / 100));
        return { ...line, planned, picked: Math.floor((planned * pickedShare) / 100) };
      });
    fc.assert(
      fc.property(
        fc.array(anyLine, { minLength: 1, maxLength: 8 }),
        fc.record({
          days: fc.nat(90),
          amendments: fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 4 }),
          cancelled: fc.nat(2),
          prepaid: fc.boolean(),
        }),
        ([first, ...rest], story) => {
          // Enough of the first line that no amendment before the last one takes all of it, and that the cancelled units stayed behind.
          const goods = [{ ...first!, quantity: first!.quantity + 80 + story.cancelled }, ...rest];
          expect(findBreakdown(cleanChain(goods, story))).toEqual([]);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('A2: suggests the re-issue that puts the invoice right, and none where only people can know', () => {
    const chain = cleanChain(two);
    expect(suggestCorrection(findBreakdown(chain))).toBeUndefined();
    Object.assign(chain.invoice.lines[0]!, { quantity: 9, unitPriceMinor: 1_100 });
    expect(suggestCorrection(findBreakdown(chain))).toEqual({
      reason: 'quantity-error',
      lines: [{ lineNumber: 1, quantity: 8, unitPriceMinor: 1_000 }],
    });
    const picked = cleanChain(two);
    picked.shipment.lines[1]!.sku = 'OTHER';
    picked.invoice.lines[1]!.sku = 'OTHER';
    picked.moved[1]!.sku = 'OTHER';
    expect(suggestCorrection(findBreakdown(picked))).toBeUndefined();
  });

  it('A2, I4: a revised invoice is held against what its correction made of the one before', () => {
    expect(findBreakdown(revisedChain())).toEqual([]);
    const price = revisedChain();
    price.invoice.lines[0]!.unitPriceMinor = 1_100;
    expect(findBreakdown(price)[0]).toMatchObject({ hop: 'invoice', field: '/lines/1/unitPriceMinor', expected: 1_000 });
    const units = revisedChain();
    units.invoice.lines[1]!.quantity = 3;
    expect(findBreakdown(units)[0]).toMatchObject({ hop: 'invoice', field: '/lines/2/quantity', expected: 2 });
    // What the correction has put right is no finding any more, what it has not said anything about is.
    const list = revisedChain();
    list.order.lines[0]!.price.unitPriceMinor = 900;
    list.moved[1]!.quantity = 2;
    expect(findBreakdown(list)).toMatchObject([{ hop: 'ship', field: '/lines/2/quantity', expected: 3, found: 2 }]);
  });

  it('A2: an address that was amended after the release is that of the shipments after it', () => {
    const chain = cleanChain(two, { amendments: [1] });
    Object.assign(chain.amendments[0]!, { shipTo: { name: 'Elsewhere' }, beforeRelease: false });
    expect(findBreakdown(chain)).toEqual([]);
  });
});

describe('an invoice over several shipments', () => {
  const [one, other] = [cleanChain([goods(1), goods(2)]), cleanChain([goods(3)])];
  const lines = [...one.invoice.lines, ...other.invoice.lines].map((line, index) => ({ ...line, lineNumber: index + 1 }));
  const totals = invoiceTotals(lines, taxRounding);
  const whole = {
    ...totals,
    issuedOn: one.invoice.issuedOn,
    instalments: instalmentsOf(one.order.terms, one.invoice.issuedOn, totals.grossMinor),
  };
  const chains = (first = one, second = { ...other, shipment: { ...other.shipment, id: 'SHP-2' } }) => [
    { chain: first, invoiceLineOf: (number: number) => number },
    { chain: second, invoiceLineOf: (number: number) => number + 2 },
  ];

  it('A2: has nothing to find where every shipment is right', () => {
    expect(findConsolidatedBreakdown(chains(), whole)).toEqual([]);
  });

  it('A2: names a line by its number there, what is no line by its shipment, and the whole by itself', () => {
    const { invoice } = other;
    const wrong = {
      ...other,
      shipment: { ...other.shipment, id: 'SHP-2' },
      invoice: {
        ...invoice,
        carrier: null,
        shipTo: { city: 'Elsewhere' },
        lines: invoice.lines.map((line) => ({ ...line, sku: 'OTHER' })),
      },
    };
    const findings = findConsolidatedBreakdown(chains(one, wrong), { ...whole, taxMinor: whole.taxMinor + 1 });
    expect(findings.map(({ field }) => field)).toEqual(['/lines/3/sku', '/SHP-2/shipTo', '/taxMinor']);
  });
});

function goods(quantity: number): Goods {
  return { quantity, unitPriceMinor: 25, taxRate: '0.10', planned: quantity, picked: quantity };
}
