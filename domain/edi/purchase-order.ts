/** The 850 of X12: a customer's purchase order, as far as it makes an order here. Requirements O1, O2. */
import type { PostalAddress } from '../e-invoice.ts';
import { currencyExponent, isCurrency } from '../money.ts';
import { type DocumentFault, documentLinesMaximum, printable, skuShape, unitsOf } from '../order-document.ts';
import { isIsoDate } from '../time.ts';
import { type EdiFault, elementName, type Segment, type TransactionSet } from './x12.ts';

export interface PurchaseOrderLine {
  /** Which segment of the set it stands in, ST being 1. */
  position: number;
  /** PO1-01, which our answers name it by; else its place among the lines. */
  lineId: string;
  quantity: number;
  /** PO1-03: 'EA'. */
  unit: string;
  /** As it was written; absent: any price of ours is right. */
  unitPrice?: string;
  sku: string;
  /** Qualifier and number of the product, all of them as they came: ['BP', '4711', 'VP', 'CHAIR']. */
  productIds: string[];
  /** Which element the SKU stands in. */
  skuElement: number;
}

/** Whom the goods go to, as the N1*ST loop says. */
export interface NamedPlace extends PostalAddress {
  position: number;
}

export interface PurchaseOrder {
  number: string;
  date: string;
  currency?: string;
  requestedOn?: string;
  shipTo?: NamedPlace;
  lines: PurchaseOrderLine[];
}

/** Qualifiers of our product numbers, and then those of a customer that uses ours; the first that is there counts. */
const skuQualifiers = ['VP', 'VN', 'SK', 'BP', 'IN'];
/** Each, piece, unit: what our quantities count. */
const units = ['EA', 'PC', 'UN'];
/** Without an effect on what is ordered, where to, when and at what price. */
// biome-ignore format: a list of segments, and not one line a segment.
const unread = new Set(['REF', 'PER', 'TAX', 'FOB', 'CSH', 'ITD', 'DIS', 'LIN', 'PID', 'MEA', 'PWK', 'PKG', 'TD1', 'TD5', 'TD3',
  'TD4', 'MAN', 'N9', 'MSG', 'NTE', 'N2', 'TXI', 'AMT', 'PO4', 'QTY', 'SPI', 'LM', 'LQ', 'G53']);
/** What they say changes an order in ways that only a person can take in. */
const unsupported: Record<string, string> = {
  SAC: 'Allowances and charges are not taken by EDI.',
  CTP: 'Prices stand in PO1-04.',
  SDQ: 'Send one order for each place of delivery.',
  SCH: 'Send one order for each day of delivery.',
  SLN: 'Lines with parts of their own are not taken by EDI.',
  PO3: 'Additional item details are not taken by EDI.',
};

/** Reads an 850; `order` is there only when it has no fault. Never throws. */
export function readPurchaseOrder({ segments }: Pick<TransactionSet, 'segments'>): { order?: PurchaseOrder; faults: EdiFault[] } {
  const faults: EdiFault[] = [];
  const order: PurchaseOrder = { number: '', date: '', lines: [] };
  const seen = new Set<string>();
  // Names and dates are those of the order until its first line, then of that line; and of what N1 names until the next.
  let place: NamedPlace | 'another' | undefined;
  for (const segment of segments) {
    const { tag, position } = segment;
    const value = (element: number) => (segment.elements[element - 1] ?? '').trim();
    const wrong = (code: EdiFault['code'], element: number | undefined, detail: string): void => {
      const where = element === undefined ? {} : { element, value: value(element) };
      faults.push({ code, segment: tag, position, ...where, detail });
    };
    const invalid = (code: EdiFault['code'], element: number, detail: string): void =>
      wrong(value(element) === '' ? 'missing-element' : code, element, detail);
    const onlyOnce = (): void => {
      if (seen.has(tag)) wrong('too-many-segments', undefined, 'It stands there once.');
    };
    const isInLines = seen.has('PO1');
    switch (tag) {
      case 'BEG':
        onlyOnce();
        if (position !== 2) wrong('unexpected-segment', undefined, 'It follows ST.');
        if (value(1) !== '00')
          wrong('invalid-code', 1, 'Only original orders (00) are taken; tell us of changes and cancellations.');
        if (value(3) === '') wrong('missing-element', 3, 'It is missing.');
        else if (value(3).length > 22) wrong('too-long', 3, 'It has at most 22 characters.');
        if (ccyymmdd(value(5)) === undefined) invalid('invalid-date', 5, 'It must be a day as CCYYMMDD.');
        order.number = value(3);
        order.date = ccyymmdd(value(5)) ?? '';
        break;
      case 'CUR':
        onlyOnce();
        if (isCurrency(value(2))) order.currency = value(2);
        else invalid('invalid-code', 2, 'It must be an ISO 4217 currency.');
        break;
      case 'DTM':
        if (value(1) !== '002') break;
        if (isInLines) wrong('unexpected-segment', undefined, 'Days of single lines are not taken: send one order for each.');
        else if (order.requestedOn !== undefined) wrong('too-many-segments', undefined, 'It stands there once.');
        else if (ccyymmdd(value(2)) === undefined) invalid('invalid-date', 2, 'It must be a day as CCYYMMDD.');
        else order.requestedOn = ccyymmdd(value(2))!;
        break;
      case 'N1':
        place = 'another';
        if (value(1) !== 'ST') break;
        if (isInLines) wrong('unexpected-segment', undefined, 'Send one order for each place of delivery.');
        else if (order.shipTo) wrong('too-many-segments', undefined, 'It stands there once.');
        else {
          place = { position, name: value(2), street: '', city: '', postalCode: '', country: '' };
          order.shipTo = place;
        }
        break;
      case 'N3':
      case 'N4':
        if (place === undefined) wrong('unexpected-segment', undefined, 'It follows N1.');
        else if (place !== 'another') {
          if (tag === 'N3') place.street = `${place.street} ${value(1)} ${value(2)}`.trim();
          else Object.assign(place, { city: value(1), postalCode: value(3), country: value(4) });
        }
        break;
      case 'PO1':
        place = undefined;
        if (order.lines.length === documentLinesMaximum) {
          wrong('too-many-segments', undefined, `An order has at most ${documentLinesMaximum} lines.`);
          return { faults };
        }
        order.lines.push(readLine(segment, order.lines.length + 1, { value, wrong, invalid }));
        break;
      case 'CTT': {
        onlyOnce();
        const stands = order.lines.length;
        if (Number(value(1)) !== stands) wrong('invalid-code', 1, `The order has ${stands} lines.`);
        break;
      }
      default:
        if (unsupported[tag]) wrong('unexpected-segment', undefined, unsupported[tag]);
        else if (!unread.has(tag)) wrong('unrecognised-segment', undefined, 'It is no segment of an 850 that is known here.');
    }
    if (seen.has('CTT') && tag !== 'CTT' && tag !== 'AMT') wrong('unexpected-segment', undefined, 'It follows CTT.');
    seen.add(tag);
  }
  for (const tag of ['BEG', 'PO1']) {
    if (!seen.has(tag)) faults.push({ code: 'missing-segment', segment: tag, position: 2, detail: 'It is missing.' });
  }
  return faults.length > 0 ? { faults } : { order, faults };
}

type Wrong = (code: EdiFault['code'], element: number, detail: string) => void;

function readLine(
  { position, elements }: Segment,
  place: number,
  { value, wrong, invalid }: { value: (element: number) => string; wrong: Wrong; invalid: Wrong },
): PurchaseOrderLine {
  const quantity = unitsOf(value(2).replace(/\.0*$/, ''));
  if (quantity === undefined) invalid('invalid-character', 2, 'It must be a whole number of units, at least one.');
  if (!units.includes(value(3))) invalid('invalid-code', 3, `Quantities are in ${units.join(', ')}.`);
  if (value(4) !== '' && !/^\d{1,12}(\.\d{1,6})?$/.test(value(4)))
    wrong('invalid-character', 4, 'It must be a price, such as 12.50.');
  if (value(1).length > 20) wrong('too-long', 1, 'It has at most 20 characters.');
  if (elements.length > 25) wrong('too-many-elements', 26, 'It has at most 25 elements.');
  const productIds = elements.slice(5, 25).map((id) => id.trim());
  const qualifier = skuQualifiers.find((one) => productIds.some((id, index) => index % 2 === 0 && id === one));
  const at = productIds.findIndex((id, index) => index % 2 === 0 && id === qualifier);
  const skuElement = qualifier === undefined ? 7 : at + 7;
  const sku = qualifier === undefined ? '' : value(skuElement).toUpperCase();
  if (qualifier === undefined) wrong('missing-element', 6, `One of ${skuQualifiers.join(', ')} must name the product.`);
  else if (!skuShape.test(sku)) invalid('invalid-character', skuElement, 'It is not a product number.');
  return {
    position,
    lineId: value(1) === '' ? String(place) : value(1),
    quantity: quantity ?? 0,
    unit: value(3),
    ...(value(4) === '' ? {} : { unitPrice: value(4) }),
    sku,
    productIds,
    skuElement,
  };
}

/** '2027-03-01' of '20270301'; undefined for what is no day of our time. */
function ccyymmdd(text: string): string | undefined {
  const date = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  return /^\d{8}$/.test(text) && isIsoDate(date) && date >= '1970-01-01' && date < '2200-01-01' ? date : undefined;
}

/** A price in minor units; undefined when the currency has no such fraction. */
export function priceMinor(price: string, currency: string): number | undefined {
  const [whole = '', fraction = ''] = price.split('.');
  const exponent = currencyExponent(currency);
  const minor = Number(whole + fraction.slice(0, exponent).padEnd(exponent, '0'));
  return /^0*$/.test(fraction.slice(exponent)) && Number.isSafeInteger(minor) ? minor : undefined;
}

/**
 * Which of the customer's addresses is meant: street and postal code are the same but for spaces, capitals and points, or, where only a
 * name is given, that; what else is given does not contradict. An interchange can be forged, so it never brings an address of its own.
 */
export function matchAddress<Address extends PostalAddress>(
  named: NamedPlace,
  addresses: readonly Address[],
): Address | undefined {
  const same = (left: string, right: string) => plain(left) === plain(right);
  if (named.street === '' && named.postalCode === '') {
    return named.name === '' ? undefined : addresses.find(({ name }) => same(name, named.name));
  }
  return addresses.find(
    ({ street, postalCode, city, country }) =>
      same(street, named.street) &&
      same(postalCode, named.postalCode) &&
      (named.city === '' || same(city, named.city)) &&
      (named.country === '' || same(country, named.country)),
  );
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/[^a-z0-9]/g, '');

/** A fault as documents of all channels name theirs: line is the segment of the set, field its element. */
export const documentFault = (fault: EdiFault): DocumentFault => ({
  line: fault.position,
  field: elementName(fault),
  code: fault.code,
  detail: printable(fault.value ? `${fault.detail} It is "${fault.value.slice(0, 60)}".` : fault.detail),
});

/** Where in the 850 a fault of the order stands that was made of it: '/lines/0/sku' is 'PO1-07' of its segment. */
export function whereInPurchaseOrder(path: string, { lines, shipTo }: PurchaseOrder): Pick<DocumentFault, 'line' | 'field'> {
  const [, index, field = ''] = /^\/lines\/(\d+)\/(\w+)$/.exec(path) ?? [];
  const line = index === undefined ? undefined : lines[Number(index)];
  if (line) {
    const element = { sku: line.skuElement, quantity: 2, expectedUnitPriceMinor: 4 }[field];
    return { line: line.position, field: elementName({ segment: 'PO1', ...(element === undefined ? {} : { element }) }) };
  }
  const fields: Record<string, string> = { '/currency': 'CUR-02', '/requestedOn': 'DTM-02', '/externalReference': 'BEG-03' };
  if (path === '/shipTo') return { line: shipTo?.position ?? null, field: 'N1' };
  return { line: null, field: fields[path] ?? path.slice(1) };
}
