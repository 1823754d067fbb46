/** Where every field of an invoice comes from: the event that it was taken from, and what was made of it. Requirement A2. */
import { addressFor, type Chain, fieldOf, pickedOf } from './breakdown.ts';
import { type DeliveryTerms, passesOnDelivery } from './delivery-terms.ts';
import { isPrepaid } from './prepayment.ts';
import type { IsoInstant } from './time.ts';

export const sourceEvents = [
  'order-placed',
  'order-amended',
  'price-list',
  'quote',
  'master-data',
  'approval',
  'pick',
  'goods-issue',
  'delivery',
  'correction',
  'invoice',
] as const;

export interface Provenance {
  /** A path into the invoice, lines by their number, as a finding names it. */
  field: string;
  value: unknown;
  source: {
    event: (typeof sourceEvents)[number];
    /** What it happened to: 'ORD-1 revision 2', 'SHP-1', a price list, 'BUYER version 3'. */
    reference: string;
    actor: string | null;
    at: IsoInstant | null;
  };
  transform: string;
}

type Source = Provenance['source'];

/** Every field of the invoice with its source, in the order in which it is read. */
export function provenanceOf(chain: Chain, customerId: string): Provenance[] {
  const { order, approval, shipment, correction, invoice, taken } = chain;
  const source = (event: Source['event'], reference: string, by?: { actor: string; at: IsoInstant }): Source => ({
    event,
    reference,
    actor: by?.actor ?? null,
    at: by?.at ?? null,
  });
  const placed = source('order-placed', order.id, order.placed);
  const issued = source('invoice', invoice.id, taken.invoice);
  const goodsIssue = source('goods-issue', shipment.id, taken.ship);
  const buyer = source('master-data', `${customerId} version ${chain.buyer.version}`);
  const corrected = correction && source('correction', correction.id, taken.invoice);
  const amended = (amendment: Chain['amendments'][number]) =>
    source('order-amended', `${order.id} revision ${amendment.revision}`, amendment);

  const all: Provenance[] = [];
  const add = (field: string, value: unknown, from: Source, transform: string) =>
    all.push({ field, value, source: from, transform });

  add('/id', invoice.id, issued, 'the next number of its series and year');
  add('/paymentReference', invoice.paymentReference, issued, 'ISO 11649, made of the number');
  add('/currency', invoice.currency, placed, 'as it was ordered in');
  add('/orderedOn', invoice.orderedOn, placed, 'the company’s date of that instant');
  add('/shippedOn', invoice.shippedOn, goodsIssue, 'the company’s date of that instant');
  const onDelivery = passesOnDelivery(invoice.deliveryTerms as DeliveryTerms | null);
  add(
    '/issuedOn',
    invoice.issuedOn,
    corrected ?? (onDelivery ? source('delivery', shipment.id, taken.delivery) : goodsIssue),
    corrected ? 'the day of the correction' : `invoiced after the ${onDelivery ? 'delivery' : 'goods issue'}, the company’s date`,
  );
  if (correction) add('/correctsInvoiceId', correction.correctsInvoiceId, corrected!, 'the invoice whose place it takes');

  for (const line of invoice.lines) {
    const at = `/lines/${line.lineNumber}`;
    const said = correction?.lines.find(({ lineNumber }) => lineNumber === line.lineNumber);
    const before = correction?.charged.some(({ lineNumber }) => lineNumber === line.lineNumber) && correction.correctsInvoiceId;
    const field = (name: Exclude<keyof typeof line, 'lineNumber'>, from: Source, transform: string) => {
      if (said && name in said) add(`${at}/${name}`, line[name], corrected!, 'as the correction says');
      else if (before) add(`${at}/${name}`, line[name], corrected!, `what was left of ${before}`);
      else add(`${at}/${name}`, line[name], from, transform);
    };
    const agreed = order.lines.find(({ lineNumber }) => lineNumber === line.lineNumber);
    const goods = shipment.lines.find(({ lineNumber }) => lineNumber === line.lineNumber);
    const lastChange = lineChange(chain, line.lineNumber);
    const ordered = lastChange ? amended(lastChange) : placed;
    field('sku', ordered, 'as ordered');
    const product = source('master-data', agreed?.product ? `${line.sku} version ${agreed.product.version}` : line.sku);
    field('description', product, 'the product’s name when it was ordered');
    const wanted = `of ${agreed?.quantity ?? 0} that were ordered, ${goods?.planned ?? 0} were planned and ${goods ? pickedOf(goods) : 0} picked`;
    field('quantity', source('pick', shipment.id, taken.pick), wanted);
    const price = agreed?.price;
    if (price?.from === 'quote') field('unitPriceMinor', source('quote', price.id), 'the price that was quoted');
    else if (price?.from === 'price-list') {
      field('unitPriceMinor', source('price-list', price.id), `its price for ${price.minimumQuantity} units and more`);
    } else field('unitPriceMinor', product, 'the product’s own price when it was ordered');
    field('taxCategory', product, 'the product’s when it was ordered');
    field('taxRate', product, 'the product’s when it was ordered');
    add(`${at}/netMinor`, line.netMinor, issued, 'quantity × unit price');
  }
  add('/netMinor', invoice.netMinor, issued, 'the lines, summed');
  add('/taxes', invoice.taxes, issued, `the lines by category and rate, each base × rate once, rounded ${order.taxRounding}`);
  add('/taxMinor', invoice.taxMinor, issued, 'the taxes, summed');
  add('/grossMinor', invoice.grossMinor, issued, 'net and tax');
  const proForma = source('approval', approval.proFormaNumber ?? order.id, taken.approval);
  if (invoice.prepaidMinor > 0) {
    if (corrected) add('/prepaidMinor', invoice.prepaidMinor, corrected, 'what had been paid on the invoice before');
    else add('/prepaidMinor', invoice.prepaidMinor, proForma, 'drawn from what was paid in advance');
  }

  const { version } = order.customerTerms;
  const agreedTerms = source('master-data', `${customerId} version ${version}`);
  if (isPrepaid(order.terms)) add('/terms', invoice.terms, proForma, 'paid in advance');
  else add('/terms', invoice.terms, agreedTerms, 'the customer’s when the order was placed');
  for (const { number, dueOn, amountMinor } of invoice.instalments) {
    add(`/instalments/${number}/dueOn`, dueOn, issued, 'the day of issue and the terms of payment');
    add(`/instalments/${number}/amountMinor`, amountMinor, issued, 'its share of the gross; the last takes what rounding leaves');
  }
  add('/deliveryTerms', invoice.deliveryTerms, placed, 'those of the order, else the customer’s when it was placed');

  const named = addressFor(chain);
  if (named?.amendment) add('/shipTo', invoice.shipTo, amended(named.amendment), 'as it was amended before the release');
  else if (named) add('/shipTo', invoice.shipTo, placed, 'as it was ordered');
  else add('/shipTo', invoice.shipTo, agreedTerms, 'the customer’s first delivery address, else its billing address');
  add('/carrier', invoice.carrier, goodsIssue, 'who took the shipment');
  add('/trackingNumber', invoice.trackingNumber, goodsIssue, 'the carrier’s answer to the booking');
  for (const name of ['name', 'taxId', 'billingAddress'] as const) {
    add(`/buyer/${name}`, invoice.buyer?.[name] ?? null, buyer, 'the customer’s when the invoice was issued');
  }
  add('/seller', invoice.seller, source('master-data', 'company'), 'the company’s own when the invoice was issued');
  return all;
}

/**
 * The same for an invoice over several shipments: the fields of the whole come from its first one, except what only all of them have
 * in common; what each shipment has for itself is named with it.
 */
export function provenanceOfConsolidated(
  chains: readonly { chain: Chain; invoiceLineOf(orderLineNumber: number): number | undefined }[],
  customerId: string,
  whole: Record<string, unknown>,
): Provenance[] {
  return chains.flatMap(({ chain, invoiceLineOf }, index) =>
    provenanceOf(chain, customerId).flatMap((one) => {
      if (one.field.startsWith('/instalments/')) return [];
      const isOfShipment = ofShipment.has(one.field) || one.field.startsWith('/lines/');
      if (isOfShipment) return [{ ...one, field: fieldOf(one.field, chain.shipment.id, invoiceLineOf) }];
      if (index > 0) return [];
      const field = one.field.slice(1);
      const value = field in whole ? whole[field] : one.value;
      if (field !== 'issuedOn') return [{ ...one, value }];
      const issued = { ...one.source, event: 'invoice' as const, reference: chain.invoice.id };
      return [{ ...one, value, source: issued, transform: 'the day of the invoice run, or of the correction' }];
    }),
  );
}
const ofShipment = new Set(['/orderedOn', '/shippedOn', '/shipTo', '/carrier', '/trackingNumber']);

/** The newest amendment that changed the units that were wanted of a line; undefined: it is as it was ordered at first. */
function lineChange({ document, amendments }: Chain, lineNumber: number): Chain['amendments'][number] | undefined {
  const unitsIn = (index: number) => amendments[index]?.lines.find((line) => line.lineNumber === lineNumber)?.quantity;
  return amendments.findLast(
    (_, index) => unitsIn(index) !== (index > 0 ? unitsIn(index - 1) : document.lines[lineNumber - 1]?.quantity),
  );
}
