/**
 * Where an invoice stops being what was agreed, picked and shipped: the chain is compared hop by hop, and each field that is wrong is
 * blamed on the first hop at which it diverges. Requirement A2.
 */
import {
  type ChargedLine,
  type CorrectionReason,
  type CreditedLine,
  type LineRevision,
  revisedLines,
  whatIsLeft,
} from './correction.ts';
import { instalmentsOf } from './instalments.ts';
import { type InvoiceTax, invoiceTotals, type PaymentTerms, type PricedLine } from './invoice.ts';
import { multiplyMinor, type Rounding, sumMinor } from './money.ts';
import { isPrepaid } from './prepayment.ts';
import type { IsoDate, IsoInstant } from './time.ts';

export const hops = ['order', 'approval', 'pick', 'ship', 'invoice'] as const;
export type Hop = (typeof hops)[number];

/** Who did it, and when, by the audit log. */
interface Taken {
  actor: string;
  at: IsoInstant;
}

/** An amendment, with the units that were wanted in all after it. */
interface Amendment extends Taken {
  revision: number;
  lines: { lineNumber: number; sku: string; quantity: number }[];
  /** Null: it left the address as it was. */
  shipTo: unknown;
  /** Whether the shipment was released after it, and so goes where it says. */
  beforeRelease: boolean;
}

/** Where the price of an order line came from. */
interface PriceSource {
  from: 'quote' | 'price-list' | 'product';
  id: string;
  minimumQuantity: number | null;
  /** What it says; null where it cannot be asked any more, because it may have changed since, or the order is older than what is known of it. */
  unitPriceMinor: number | null;
}

/** A product as it was when a line was agreed. */
interface ProductThen {
  version: number;
  taxCategory: string;
  taxRate: string;
}

/** What the customer's master data said when something was made of it. */
interface MasterData<Fields> {
  version: number;
  fields: Fields;
}

export interface Buyer {
  name: string;
  taxId: string | null;
  billingAddress: unknown;
}

/** What each hop says of one invoice, as it was written down there. */
export interface Chain {
  /** What came in, its lines in their order. A `shipTo` of null: none was named. */
  document: { lines: { sku: string; quantity: number }[]; shipTo: unknown };
  /** Oldest first. */
  amendments: Amendment[];
  order: {
    id: string;
    lines: (PricedLine & { cancelledQuantity: number; price: PriceSource; product: ProductThen | null })[];
    terms: PaymentTerms;
    /** The customer's, when the order was placed. */
    customerTerms: MasterData<PaymentTerms>;
    /** Null: none were agreed. */
    deliveryTerms: string | null;
    taxRounding: Rounding;
    placedOn: IsoDate;
    placed: Taken;
  };
  /** What the order may come to: the credit that was held for it, or its pro-forma. Null: nobody has approved anything. */
  approval: { amountMinor: number | null; proFormaNumber: string | null };
  /** Null picked: the units that were planned. */
  shipment: {
    id: string;
    lines: { lineNumber: number; sku: string; planned: number; picked: number | null }[];
    shippedOn: IsoDate | null;
    shipTo: unknown;
  };
  /** What left stock, by SKU. */
  moved: { sku: string; quantity: number }[];
  /** Of a revised invoice: what the one before charged, what was credited of it earlier, and how it was to be revised. */
  correction: {
    id: string;
    correctsInvoiceId: string;
    charged: ChargedLine[];
    credited: CreditedLine[];
    lines: LineRevision[];
  } | null;
  /** The customer's, when the invoice was issued. */
  buyer: MasterData<Buyer>;
  invoice: {
    id: string;
    currency: string;
    paymentReference: string;
    lines: (PricedLine & { netMinor: number })[];
    taxes: InvoiceTax[];
    netMinor: number;
    taxMinor: number;
    grossMinor: number;
    issuedOn: IsoDate;
    instalments: { number: number; dueOn: IsoDate; amountMinor: number }[];
    terms: PaymentTerms | null;
    deliveryTerms: string | null;
    orderedOn: IsoDate | null;
    shippedOn: IsoDate | null;
    shipTo: unknown;
    carrier: string | null;
    trackingNumber: string | null;
    /** Null: it was issued before invoices kept whom they bill. */
    buyer: Buyer | null;
    seller: unknown;
    prepaidMinor: number;
  };
  taken: Partial<Record<Hop | 'delivery', Taken>>;
}

export interface Finding {
  hop: Hop;
  /** '/lines/1/quantity', by line number; '/dueOn'. */
  field: string;
  expected: unknown;
  found: unknown;
  actor: string | null;
  at: IsoInstant | null;
}

export interface SuggestedCorrection {
  reason: CorrectionReason;
  lines: LineRevision[];
}

/** Every divergence, each once, at its first hop; none for an invoice that is right. */
export function findBreakdown(chain: Chain): Finding[] {
  const findings = new Map<string, Finding>();
  // What a correction has said about a line is how it is, whatever went wrong before it.
  const settled = new Set(
    chain.correction?.lines.flatMap(({ lineNumber, ...said }) => Object.keys(said).map((name) => `/lines/${lineNumber}/${name}`)),
  );
  const compare = (hop: Hop, field: string, expected: unknown, found: unknown) => {
    if (same(expected, found) || findings.has(field) || (hop !== 'invoice' && settled.has(field))) return;
    const { actor = null, at = null } = chain.taken[hop] ?? {};
    findings.set(field, { hop, field, expected, found, actor, at });
  };
  const { order, approval, shipment, moved, invoice } = chain;

  const asked = askedFor(chain);
  for (const { lineNumber, sku, quantity } of asked) {
    const line = order.lines.find((one) => one.lineNumber === lineNumber);
    compare('order', `/lines/${lineNumber}/sku`, sku, line?.sku ?? null);
    compare('order', `/lines/${lineNumber}/quantity`, quantity, line ? keptTo(quantity, line, chain) : 0);
  }
  for (const line of order.lines) {
    const at = `/lines/${line.lineNumber}`;
    if (!asked.some(({ lineNumber }) => lineNumber === line.lineNumber)) compare('order', `${at}/quantity`, 0, line.quantity);
    const { unitPriceMinor } = line.price;
    if (unitPriceMinor !== null) compare('order', `${at}/unitPriceMinor`, unitPriceMinor, line.unitPriceMinor);
    if (line.product) {
      compare('order', `${at}/taxCategory`, line.product.taxCategory, line.taxCategory);
      compare('order', `${at}/taxRate`, Number(line.product.taxRate), Number(line.taxRate));
    }
  }
  if (!isPrepaid(order.terms)) compare('order', '/terms', order.customerTerms.fields, order.terms);

  const live = order.lines.map((line) => ({ ...line, quantity: line.quantity - line.cancelledQuantity }));
  const { grossMinor } = invoiceTotals(live, order.taxRounding);
  // Units that were taken off later leave an approval that is higher, and harms nobody.
  if (grossMinor > (approval.amountMinor ?? 0)) compare('approval', '/approvedMinor', grossMinor, approval.amountMinor);

  const shipTo = addressFor(chain);
  if (shipTo) compare('pick', '/shipTo', shipTo.value, shipment.shipTo);
  for (const line of shipment.lines) {
    const at = `/lines/${line.lineNumber}`;
    const agreed = order.lines.find(({ lineNumber }) => lineNumber === line.lineNumber);
    compare('pick', `${at}/sku`, agreed?.sku ?? null, line.sku);
    if (line.planned > (agreed?.quantity ?? 0)) compare('pick', `${at}/quantity`, agreed?.quantity ?? 0, line.planned);
    if ((line.picked ?? 0) > line.planned) compare('pick', `${at}/quantity`, line.planned, line.picked);
  }
  const takenOut = (sku: string) => sumMinor(moved.filter((one) => one.sku === sku).map(({ quantity }) => quantity));
  for (const sku of new Set([...shipment.lines, ...moved].map((line) => line.sku))) {
    const lines = shipment.lines.filter((line) => line.sku === sku);
    const [first] = lines;
    compare(
      'ship',
      first ? `/lines/${first.lineNumber}/quantity` : `/goods/${sku}`,
      sumMinor(lines.map(pickedOf)),
      takenOut(sku),
    );
  }

  const charged = toBeCharged(chain);
  for (const line of charged) {
    const at = `/lines/${line.lineNumber}`;
    const billed = invoice.lines.find(({ lineNumber }) => lineNumber === line.lineNumber);
    if (!billed) {
      compare('invoice', `${at}/quantity`, line.quantity, 0);
      continue;
    }
    compare('invoice', `${at}/sku`, line.sku, billed.sku);
    compare('invoice', `${at}/quantity`, line.quantity, billed.quantity);
    compare('invoice', `${at}/unitPriceMinor`, line.unitPriceMinor, billed.unitPriceMinor);
    compare('invoice', `${at}/taxCategory`, line.taxCategory, billed.taxCategory);
    compare('invoice', `${at}/taxRate`, Number(line.taxRate ?? 0), Number(billed.taxRate));
    compare('invoice', `${at}/netMinor`, multiplyMinor(billed.unitPriceMinor, billed.quantity), billed.netMinor);
  }
  for (const { lineNumber, quantity } of invoice.lines) {
    if (!charged.some((line) => line.lineNumber === lineNumber)) compare('invoice', `/lines/${lineNumber}/quantity`, 0, quantity);
  }
  const totals = invoiceTotals(invoice.lines, order.taxRounding);
  compare('invoice', '/taxes', totals.taxes, invoice.taxes);
  compare('invoice', '/netMinor', totals.netMinor, invoice.netMinor);
  compare('invoice', '/taxMinor', totals.taxMinor, invoice.taxMinor);
  compare('invoice', '/grossMinor', totals.grossMinor, invoice.grossMinor);
  compare('invoice', '/terms', order.terms, invoice.terms);
  compare('invoice', '/deliveryTerms', order.deliveryTerms, invoice.deliveryTerms);
  const scheduled = invoice.instalments.map(({ number, dueOn, amountMinor }) => ({ number, dueOn, amountMinor }));
  const agreed = instalmentsOf(order.terms, invoice.issuedOn, invoice.grossMinor);
  compare('invoice', '/dueOn', agreed[0]?.dueOn, scheduled[0]?.dueOn);
  if (agreed.length + scheduled.length > 2) compare('invoice', '/instalments', agreed, scheduled);
  compare('invoice', '/orderedOn', order.placedOn, invoice.orderedOn);
  compare('invoice', '/shippedOn', shipment.shippedOn, invoice.shippedOn);
  compare('invoice', '/shipTo', shipment.shipTo, invoice.shipTo);
  if (invoice.buyer) {
    const { name, taxId, billingAddress } = chain.buyer.fields;
    compare('invoice', '/buyer/name', name, invoice.buyer.name);
    compare('invoice', '/buyer/taxId', taxId, invoice.buyer.taxId);
    compare('invoice', '/buyer/billingAddress', billingAddress, invoice.buyer.billingAddress);
  }
  return [...findings.values()];
}

/**
 * The same for an invoice over several shipments: what is wrong with each of them, under the numbers that its lines have there, and
 * what is wrong with the whole, whose taxes are rounded once. A field that is none of the invoice's lines is named with its shipment.
 */
export function findConsolidatedBreakdown(
  chains: readonly { chain: Chain; invoiceLineOf(orderLineNumber: number): number | undefined }[],
  invoice: Pick<Chain['invoice'], 'lines' | 'taxes' | 'netMinor' | 'taxMinor' | 'grossMinor' | 'instalments' | 'issuedOn'>,
): Finding[] {
  const findings = chains.flatMap(({ chain, invoiceLineOf }) =>
    findBreakdown(chain).map((finding) => ({ ...finding, field: fieldOf(finding.field, chain.shipment.id, invoiceLineOf) })),
  );
  const [first] = chains;
  if (!first) return findings;
  const { order, taken } = first.chain;
  const totals = invoiceTotals(invoice.lines, order.taxRounding);
  const { actor = null, at = null } = taken.invoice ?? {};
  const compare = (field: string, expected: unknown, found: unknown) => {
    if (!same(expected, found)) findings.push({ hop: 'invoice', field, expected, found, actor, at });
  };
  compare('/taxes', totals.taxes, invoice.taxes);
  compare('/netMinor', totals.netMinor, invoice.netMinor);
  compare('/taxMinor', totals.taxMinor, invoice.taxMinor);
  compare('/grossMinor', totals.grossMinor, invoice.grossMinor);
  const agreed = instalmentsOf(order.terms, invoice.issuedOn, invoice.grossMinor);
  const scheduled = invoice.instalments.map(({ number, dueOn, amountMinor }) => ({ number, dueOn, amountMinor }));
  if (agreed.length + scheduled.length > 2) compare('/instalments', agreed, scheduled);
  return findings;
}

/** '/lines/3/quantity' of the invoice for '/lines/1/quantity' of the shipment; '/SHP-1/shipTo' for '/shipTo'. */
export function fieldOf(field: string, shipmentId: string, invoiceLineOf: (number: number) => number | undefined): string {
  const [, number, rest] = /^\/lines\/(\d+)(\/.*)$/.exec(field) ?? [];
  const lineNumber = number === undefined ? undefined : invoiceLineOf(Number(number));
  return lineNumber === undefined ? `/${shipmentId}${field}` : `/lines/${lineNumber}${rest}`;
}

/** What the customer wanted last: by the newest amendment, and without one by the document. */
function askedFor({ document, amendments }: Chain): { lineNumber: number; sku: string; quantity: number }[] {
  return amendments.at(-1)?.lines ?? document.lines.map((line, index) => ({ lineNumber: index + 1, ...line }));
}

/**
 * The units of an order line, as `asked` for where that can be so. The document says how many were agreed. An amendment says how many
 * were still wanted, and which of the units that are cancelled by now were so before it is not known: both counts must leave it room.
 */
function keptTo(asked: number, line: Chain['order']['lines'][number], { amendments }: Chain): number {
  const wanted = line.quantity - line.cancelledQuantity;
  if (amendments.length === 0 || line.quantity < asked) return line.quantity;
  return Math.max(wanted, asked);
}

/** Where the shipment was to go when it was released; undefined where nobody named an address. */
export function addressFor({ document, amendments }: Chain): { value: unknown; amendment: Amendment | undefined } | undefined {
  const amendment = amendments.findLast((one) => one.beforeRelease && one.shipTo !== null);
  const value = amendment ? amendment.shipTo : document.shipTo;
  return value === null ? undefined : { value, amendment };
}

type ToBeCharged = Pick<PricedLine, 'lineNumber' | 'sku' | 'quantity'> & {
  [Name in 'unitPriceMinor' | 'taxCategory' | 'taxRate']: PricedLine[Name] | null;
};

/** The lines of the invoice as they should be: what was picked, at the order's terms, or what the correction makes of the one before. */
function toBeCharged({ order, shipment, correction }: Chain): ToBeCharged[] {
  const agreedOf = (number: number) => order.lines.find(({ lineNumber }) => lineNumber === number);
  if (!correction) {
    const goods = shipment.lines.filter((line) => pickedOf(line) > 0);
    return goods.map((line) => {
      const { unitPriceMinor = null, taxCategory = null, taxRate = null } = agreedOf(line.lineNumber) ?? {};
      return { lineNumber: line.lineNumber, sku: line.sku, quantity: pickedOf(line), unitPriceMinor, taxCategory, taxRate };
    });
  }
  // How many units might be charged at all was looked at when the correction was made.
  const shipped = shipment.lines.flatMap(({ lineNumber }) => {
    const agreed = agreedOf(lineNumber);
    return agreed ? [{ ...agreed, kept: Number.MAX_SAFE_INTEGER }] : [];
  });
  return revisedLines(whatIsLeft(correction.charged, correction.credited), shipped, correction.lines).lines;
}

/**
 * The re-issue that puts right what the invoice itself got wrong, or what left stock otherwise than picked. Undefined where
 * nothing is wrong, or only before the goods left: then a person has to find out what the customer has.
 */
export function suggestCorrection(findings: readonly Finding[]): SuggestedCorrection | undefined {
  const wrong = findings.filter(({ hop }) => hop === 'invoice' || hop === 'ship');
  if (wrong.length === 0) return undefined;
  const revisions = new Map<number, LineRevision>();
  for (const { hop, field, expected, found } of wrong) {
    const [, number, name] = /^\/lines\/(\d+)\/(quantity|unitPriceMinor|taxCategory|taxRate)$/.exec(field) ?? [];
    if (!number || !name) continue;
    const lineNumber = Number(number);
    // What has left stock is what the customer has.
    const right = hop === 'ship' ? found : expected;
    const value = name === 'taxRate' ? String(right) : right;
    revisions.set(lineNumber, { ...(revisions.get(lineNumber) ?? { lineNumber }), [name]: value });
  }
  const names = wrong.map(({ field }) => field);
  const about = (pattern: RegExp) => names.some((name) => pattern.test(name));
  const reason: CorrectionReason = about(/quantity$|sku$|^\/goods/)
    ? 'quantity-error'
    : about(/unitPriceMinor$|netMinor$|grossMinor$/)
      ? 'price-error'
      : about(/tax/)
        ? 'tax-error'
        : about(/terms|dueOn|instalments/i)
          ? 'terms-error'
          : 'address-error';
  return { reason, lines: [...revisions.values()] };
}

export const pickedOf = (line: { planned: number; picked: number | null }): number => line.picked ?? line.planned;

/** The same content, whatever the order of its fields; a field that is not given is as good as absent. */
function same(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );
}
