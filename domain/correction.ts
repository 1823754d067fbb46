/**
 * Invoices that were wrong: what may still be credited of them, what a correction comes to line by line, and what the revised
 * invoice charges. All documents of an invoice together never credit more than it came to. Requirements I4, A5.
 */
import type { Fault } from './failures.ts';
import { type InvoiceTax, type PricedLine, sameTax } from './invoice.ts';
import { allocateMinor, multiplyMinor, shareMinor, sumMinor } from './money.ts';

/** Why an invoice is corrected or disputed, by code. */
export const correctionReasons = {
  'price-error': 'a price that was not agreed',
  'quantity-error': 'another quantity than was delivered',
  'not-delivered': 'goods that never arrived',
  damaged: 'goods that arrived damaged, and stay with the customer',
  'wrong-item': 'goods that were not ordered',
  'tax-error': 'a wrong tax category or rate',
  'address-error': 'a wrong name, address or tax id',
  'terms-error': 'other terms of payment than were agreed',
  'interest-error': 'interest for days on which nothing was owed',
  duplicate: 'goods that were billed twice',
  goodwill: 'nothing was wrong; the customer is obliged',
} as const;
export type CorrectionReason = keyof typeof correctionReasons;
export const correctionReasonCodes = Object.keys(correctionReasons) as [CorrectionReason, ...CorrectionReason[]];

/** What is wrong with a reason because of what the item is: only a note of interest asks for interest. */
export const reasonFaults = (reason: CorrectionReason, kind: string): Fault[] =>
  reason === 'interest-error' && kind !== 'interest-note'
    ? [
        {
          path: '/reason',
          code: 'not-an-interest-note',
          detail: 'Interest is asked for by interest notes alone: correct the note.',
        },
      ]
    : [];

/** Immutable, versioned data, like every policy. */
export interface CorrectionPolicy {
  name: 'corrections';
  version: number;
  /** A correction that credits or bills as much, with tax, needs a second, different person. In the company's currency. */
  fourEyesFromMinor: number;
  /** How long a dispute may wait for its answer before it goes up to finance. */
  disputeBusinessDays: number;
}

export const defaultCorrectionPolicy: CorrectionPolicy = {
  name: 'corrections',
  version: 1,
  fourEyesFromMinor: 1_000_000,
  disputeBusinessDays: 5,
};

export interface ChargedLine extends PricedLine {
  netMinor: number;
}

/**
 * An item that bills no goods has no tax of its own: what it is for as one line, and its amount outside the scope of tax. What was in an
 * item that was taken over is not known here, so it is corrected by amount alone.
 */
export function withoutGoods(item: { description: string; lines: readonly ChargedLine[]; grossMinor: number }): {
  lines: ChargedLine[];
  taxes: InvoiceTax[];
} {
  const { description, lines, grossMinor } = item;
  const outOfScope = { taxCategory: 'O', taxRate: '0' };
  const whole = {
    lineNumber: 1,
    sku: '',
    description,
    quantity: 1,
    unitPriceMinor: grossMinor,
    netMinor: grossMinor,
    ...outOfScope,
  };
  return {
    lines: lines.length > 0 ? [...lines] : [whole],
    taxes: [{ category: 'O', rate: '0', baseMinor: grossMinor, taxMinor: 0 }],
  };
}

/** What is wrong with the lines that correct an item of which only the amount is known. */
export const amountOnlyFaults = (corrections: readonly LineCorrection[]): Fault[] =>
  corrections.flatMap((correction, index) => {
    const field = correction.quantity === undefined ? 'unitPriceMinor' : 'quantity';
    if (correction[field] === undefined) return [];
    const detail = 'What was sold with it is in the books that it came from: say by which amount it is too high.';
    return [{ path: `/lines/${index}/${field}`, code: 'amount-only', detail }];
  });

/** A line of an earlier credit note. Units: how many of the invoice's it took back; 0 for a price or an amount. */
export interface CreditedLine {
  lineNumber: number;
  units: number;
  netMinor: number;
}

/** A line of an invoice with what no credit note has taken of it. */
export interface LineLeft extends ChargedLine {
  unitsLeft: number;
  netLeftMinor: number;
  /** Of the net that is left, what an early-payment discount has made good for. */
  discountLeftMinor: number;
}

export function whatIsLeft(lines: readonly ChargedLine[], credited: readonly CreditedLine[]): LineLeft[] {
  return lines.map((line) => {
    const earlier = credited.filter(({ lineNumber }) => lineNumber === line.lineNumber);
    return {
      ...line,
      unitsLeft: line.quantity - sumMinor(earlier.map(({ units }) => units)),
      netLeftMinor: sumMinor([line.netMinor, ...earlier.map(({ netMinor }) => -netMinor)]),
      discountLeftMinor: 0,
    };
  });
}

/** What is left of each tax of an invoice. */
export function taxesLeft(taxes: readonly InvoiceTax[], credited: readonly InvoiceTax[]): InvoiceTax[] {
  return taxes.map((tax) => {
    const own = credited.filter((one) => sameTax(one, tax));
    const less = (of: 'baseMinor' | 'taxMinor') => sumMinor([tax[of], ...own.map((one) => -one[of])]);
    return { ...tax, baseMinor: less('baseMinor'), taxMinor: less('taxMinor') };
  });
}

/**
 * Spreads the early-payment discount that an invoice was paid with, tax included, over what is left of its taxes and lines (I2): what comes
 * back of them was paid without it. Worked: two units of 500.00 at 20 %, paid with 2 % off: 24.00 is 20.00 and 4.00 of tax, 10.00 of
 * each unit, so that one unit credits 490.00 and 98.00 of tax, and both together the 1,176.00 that were paid.
 */
export function spreadDiscount(
  lines: readonly LineLeft[],
  left: readonly InvoiceTax[],
  discountMinor: number,
): { lines: LineLeft[]; taxes: InvoiceTax[] } {
  const parts = left.flatMap(({ baseMinor, taxMinor }) => [baseMinor, taxMinor]);
  const spreadMinor = Math.min(discountMinor, sumMinor(parts));
  if (spreadMinor <= 0) return { lines: [...lines], taxes: [] };
  const shares = allocateMinor(spreadMinor, parts);
  const taxes = left.map((tax, index) => ({ ...tax, baseMinor: shares[2 * index]!, taxMinor: shares[2 * index + 1]! }));
  const byLine = new Map<number, number>();
  for (const tax of taxes.filter(({ baseMinor }) => baseMinor > 0)) {
    const own = lines.filter(({ taxCategory: category, taxRate: rate }) => sameTax({ category, rate }, tax));
    const ofLines = allocateMinor(
      tax.baseMinor,
      own.map(({ netLeftMinor }) => netLeftMinor),
    );
    for (const [index, { lineNumber }] of own.entries()) byLine.set(lineNumber, ofLines[index]!);
  }
  return {
    lines: lines.map((line) => ({ ...line, discountLeftMinor: byLine.get(line.lineNumber) ?? 0 })),
    taxes: taxes.filter(({ baseMinor, taxMinor }) => baseMinor > 0 || taxMinor > 0),
  };
}

/** What of the discount the lines of a credit note leave out, by tax; the last of them takes what is left of its tax. */
export function discountTaken(lines: readonly CreditLine[], left: readonly InvoiceTax[]): InvoiceTax[] {
  return left.flatMap((tax) => {
    const own = lines.filter(({ taxCategory: category, taxRate: rate }) => sameTax({ category, rate }, tax));
    const baseMinor = sumMinor(own.map(({ discountMinor }) => discountMinor));
    if (own.length === 0 || (baseMinor === 0 && tax.baseMinor > 0)) return [];
    return [
      { ...tax, baseMinor, taxMinor: tax.baseMinor === 0 ? tax.taxMinor : shareMinor(tax.taxMinor, baseMinor, tax.baseMinor) },
    ];
  });
}

/** What is right about a line, one of the three: units to take back, the price that was agreed, or a net amount too much. */
export interface LineCorrection {
  lineNumber: number;
  quantity?: number | undefined;
  unitPriceMinor?: number | undefined;
  amountMinor?: number | undefined;
}

/**
 * A line of a credit note as it is printed, how many of the invoice's units it takes back, and what it leaves out because an early-payment
 * discount has made good for it.
 */
export interface CreditLine extends ChargedLine {
  units: number;
  discountMinor: number;
}

/**
 * Units are credited at what is still charged for them: an earlier credit for their price lowers what they bring later, and the
 * last units take what is left. So a line is never credited beyond its net, in whatever order its corrections come.
 */
export function creditUnits(line: LineLeft, units: number): CreditLine {
  if (units < 0 || units > line.unitsLeft) throw new RangeError(`cannot credit ${units} of ${line.unitsLeft} units`);
  const { netMinor, discountMinor } = lessDiscount(line, units === 0 ? 0 : shareMinor(line.netLeftMinor, units, line.unitsLeft));
  const atFullPrice = netMinor === multiplyMinor(line.unitPriceMinor, units);
  const unitPriceMinor = atFullPrice || units === 0 ? line.unitPriceMinor : shareMinor(netMinor, 1, units);
  return { ...priced(line), quantity: units, unitPriceMinor, netMinor, units, discountMinor };
}

/**
 * The lines of a credit note without goods. Units that a return has announced are its own and are not credited twice. With a
 * fault nothing may be issued; every fault is named with its path.
 */
export function creditLines(
  left: readonly LineLeft[],
  corrections: readonly LineCorrection[],
  comingBack: readonly { lineNumber: number; units: number }[],
): { lines: CreditLine[]; faults: Fault[] } {
  const lines: CreditLine[] = [];
  const faults: Fault[] = [];
  for (const [index, correction] of corrections.entries()) {
    const fault = (field: string, code: string, detail: string) =>
      faults.push({ path: `/lines/${index}/${field}`, code, detail });
    const line = left.find(({ lineNumber }) => lineNumber === correction.lineNumber);
    if (!line) {
      fault('lineNumber', 'unknown-line', `The invoice has no line ${correction.lineNumber}.`);
      continue;
    }
    if (corrections.findIndex(({ lineNumber }) => lineNumber === line.lineNumber) !== index) {
      fault('lineNumber', 'line-twice', `Line ${line.lineNumber} is named twice.`);
      continue;
    }
    if (correction.quantity !== undefined) {
      const units = line.unitsLeft - unitsOf(comingBack, line.lineNumber);
      if (correction.quantity > units) {
        fault('quantity', 'more-than-invoiced', `${units} units of this line are neither credited nor announced as a return.`);
        continue;
      }
      lines.push(creditUnits(line, correction.quantity));
    } else if (correction.unitPriceMinor !== undefined) {
      const amountMinor = line.netLeftMinor - multiplyMinor(correction.unitPriceMinor, line.unitsLeft);
      if (amountMinor <= 0) {
        fault('unitPriceMinor', 'not-lower', 'This is no less than what is charged; a higher price needs a revised invoice.');
        continue;
      }
      const less = lessDiscount(line, amountMinor);
      const perUnit = less.netMinor / line.unitsLeft;
      lines.push(
        Number.isInteger(perUnit)
          ? { ...priced(line), quantity: line.unitsLeft, unitPriceMinor: perUnit, units: 0, ...less }
          : creditAmount(line, amountMinor),
      );
    } else {
      const amountMinor = correction.amountMinor ?? 0;
      if (amountMinor > line.netLeftMinor) {
        fault('amountMinor', 'more-than-invoiced', `${line.netLeftMinor} of this line, without tax, have not been credited.`);
        continue;
      }
      lines.push(creditAmount(line, amountMinor));
    }
  }
  if (faults.length === 0 && sumMinor(lines.map(({ netMinor }) => netMinor)) === 0) {
    faults.push({ path: '/lines', code: 'nothing-left', detail: 'There is nothing to credit.' });
  }
  return { lines, faults };
}

/** All that is left of an invoice, less what is on its way back. */
export function fullCorrection(
  left: readonly LineLeft[],
  comingBack: readonly { lineNumber: number; units: number }[],
): LineCorrection[] {
  return left
    .map((line) => ({ lineNumber: line.lineNumber, quantity: line.unitsLeft - unitsOf(comingBack, line.lineNumber) }))
    .filter(({ quantity }) => quantity > 0);
}

/** How a line of the revised invoice differs from what is charged now; a quantity of 0 leaves it out. */
export interface LineRevision {
  lineNumber: number;
  quantity?: number | undefined;
  unitPriceMinor?: number | undefined;
  taxCategory?: string | undefined;
  taxRate?: string | undefined;
}

/** A line that was shipped, at the order's terms, and how many units of it the customer has kept. */
export interface ShippedLine extends Omit<PricedLine, 'quantity'> {
  kept: number;
}

/**
 * The lines of a revised invoice: what is still charged, with the revisions. A line that was shipped and never charged may be
 * added. Never more units than were shipped and kept.
 */
export function revisedLines(
  left: readonly LineLeft[],
  shipped: readonly ShippedLine[],
  revisions: readonly LineRevision[],
): { lines: PricedLine[]; faults: Fault[] } {
  const faults: Fault[] = [];
  for (const [index, { lineNumber }] of revisions.entries()) {
    const path = `/lines/${index}/lineNumber`;
    if (!shipped.some((line) => line.lineNumber === lineNumber)) {
      faults.push({ path, code: 'unknown-line', detail: `The shipment has no line ${lineNumber}.` });
    } else if (revisions.findIndex((one) => one.lineNumber === lineNumber) !== index) {
      faults.push({ path, code: 'line-twice', detail: `Line ${lineNumber} is named twice.` });
    }
  }
  const lines = shipped.flatMap((goods): PricedLine[] => {
    const charged = left.find(({ lineNumber }) => lineNumber === goods.lineNumber);
    const index = revisions.findIndex(({ lineNumber }) => lineNumber === goods.lineNumber);
    const revision = revisions[index];
    const quantity = revision?.quantity ?? charged?.unitsLeft ?? 0;
    if (quantity > goods.kept) {
      const detail = `${goods.kept} units of this line were shipped and kept.`;
      faults.push({ path: index < 0 ? '/lines' : `/lines/${index}/quantity`, code: 'more-than-shipped', detail });
    }
    if (quantity === 0) return [];
    const base = priced(charged ?? { ...goods, quantity });
    const chargedPrice = charged && charged.unitsLeft > 0 ? charged.netLeftMinor / charged.unitsLeft : base.unitPriceMinor;
    const unitPriceMinor = revision?.unitPriceMinor ?? chargedPrice;
    if (!Number.isInteger(unitPriceMinor)) {
      const detail = `Line ${goods.lineNumber} was credited in part: say what a unit of it costs now.`;
      faults.push({ path: index < 0 ? '/lines' : `/lines/${index}/unitPriceMinor`, code: 'price-needed', detail });
      return [];
    }
    const { taxCategory = base.taxCategory, taxRate = base.taxRate } = revision ?? {};
    return [{ ...base, quantity, unitPriceMinor, taxCategory, taxRate }];
  });
  if (faults.length === 0 && lines.length === 0) {
    faults.push({ path: '/lines', code: 'nothing-left', detail: 'Nothing would be charged: credit the invoice instead.' });
  }
  return { lines, faults };
}

const unitsOf = (lines: readonly { lineNumber: number; units: number }[], lineNumber: number): number =>
  sumMinor(lines.filter((line) => line.lineNumber === lineNumber).map(({ units }) => units));

function creditAmount(line: LineLeft, amountMinor: number): CreditLine {
  const less = lessDiscount(line, amountMinor);
  return { ...priced(line), quantity: 1, unitPriceMinor: less.netMinor, units: 0, ...less };
}

/** What was charged, less the discount's share of it: nobody gets back more than was paid (I2). */
function lessDiscount(line: LineLeft, chargedMinor: number): { netMinor: number; discountMinor: number } {
  const discountMinor = line.discountLeftMinor === 0 ? 0 : shareMinor(line.discountLeftMinor, chargedMinor, line.netLeftMinor);
  return { netMinor: chargedMinor - discountMinor, discountMinor };
}

function priced({ lineNumber, sku, description, quantity, unitPriceMinor, taxCategory, taxRate }: PricedLine): PricedLine {
  return { lineNumber, sku, description, quantity, unitPriceMinor, taxCategory, taxRate };
}
