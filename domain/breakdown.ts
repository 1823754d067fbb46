/**
 * Where an invoice stops being what was agreed, picked and shipped: the chain is compared hop by hop, and each field that is wrong is
 * blamed on the first hop at which it diverges. Requirement A2.
 */
import type { CorrectionReason, LineRevision } from './correction.ts';
import { instalmentsOf } from './instalments.ts';
import { type InvoiceTax, invoiceTotals, type PaymentTerms, type PricedLine } from './invoice.ts';
import { multiplyMinor, type Rounding, sumMinor } from './money.ts';
import type { IsoDate, IsoInstant } from './time.ts';

export const hops = ['order', 'pick', 'ship', 'invoice'] as const;
export type Hop = (typeof hops)[number];

/** What each hop says of one invoice, as it was written down there. */
export interface Chain {
  /** The lines that came in, in their order; null once the order was amended. */
  document: { sku: string; quantity: number }[] | null;
  order: {
    lines: PricedLine[];
    terms: PaymentTerms;
    /** Null: none were agreed. */
    deliveryTerms: string | null;
    taxRounding: Rounding;
    placedOn: IsoDate;
  };
  /** Null picked: the units that were planned. */
  shipment: {
    lines: { lineNumber: number; sku: string; planned: number; picked: number | null }[];
    shippedOn: IsoDate | null;
    shipTo: unknown;
  };
  /** What left stock, by SKU. */
  moved: { sku: string; quantity: number }[];
  invoice: {
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
  };
  /** Who took each hop, and when, by the audit log. */
  taken: Partial<Record<Hop, { actor: string; at: IsoInstant }>>;
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
  const compare = (hop: Hop, field: string, expected: unknown, found: unknown) => {
    if (same(expected, found) || findings.has(field)) return;
    const { actor = null, at = null } = chain.taken[hop] ?? {};
    findings.set(field, { hop, field, expected, found, actor, at });
  };
  const { document, order, shipment, moved, invoice } = chain;

  for (const [index, asked] of (document ?? []).entries()) {
    const line = order.lines.find(({ lineNumber }) => lineNumber === index + 1);
    compare('order', `/lines/${index + 1}/sku`, asked.sku, line?.sku ?? null);
    compare('order', `/lines/${index + 1}/quantity`, asked.quantity, line?.quantity ?? 0);
  }
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

  for (const goods of shipment.lines.filter((line) => pickedOf(line) > 0)) {
    const at = `/lines/${goods.lineNumber}`;
    const billed = invoice.lines.find(({ lineNumber }) => lineNumber === goods.lineNumber);
    const agreed = order.lines.find(({ lineNumber }) => lineNumber === goods.lineNumber);
    if (!billed) {
      compare('invoice', `${at}/quantity`, pickedOf(goods), 0);
      continue;
    }
    compare('invoice', `${at}/sku`, goods.sku, billed.sku);
    compare('invoice', `${at}/quantity`, pickedOf(goods), billed.quantity);
    compare('invoice', `${at}/unitPriceMinor`, agreed?.unitPriceMinor ?? null, billed.unitPriceMinor);
    compare('invoice', `${at}/taxCategory`, agreed?.taxCategory ?? null, billed.taxCategory);
    compare('invoice', `${at}/taxRate`, Number(agreed?.taxRate ?? 0), Number(billed.taxRate));
    compare('invoice', `${at}/netMinor`, multiplyMinor(billed.unitPriceMinor, billed.quantity), billed.netMinor);
  }
  for (const { lineNumber, quantity } of invoice.lines) {
    if (!shipment.lines.some((line) => line.lineNumber === lineNumber && pickedOf(line) > 0)) {
      compare('invoice', `/lines/${lineNumber}/quantity`, 0, quantity);
    }
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
  return [...findings.values()];
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

const pickedOf = (line: { planned: number; picked: number | null }): number => line.picked ?? line.planned;

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
