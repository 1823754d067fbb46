/** What an amendment makes of an order's lines. Whole units, minor units net of tax. Requirement O4. */
import type { Fault } from './failures.ts';
import { formatMoney } from './money.ts';
import { type LineQuantities, openQuantity } from './order.ts';
import type { ChosenPrice } from './prices.ts';

export interface AmendableLine extends LineQuantities {
  lineNumber: number;
  sku: string;
  unitPriceMinor: number;
  /** The quantity break that its price is for; null: it is for any quantity. */
  minimumQuantity: number | null;
  taxCategory: string;
  taxRate: string;
  /** Units that the warehouse has picked and not shipped: they go out as they are. */
  pickedQuantity: number;
}

/** A line of the order (`lineNumber`) or a new one (`sku`), and how many units the customer wants of it in all; 0 takes it off. */
export interface LineChange {
  lineNumber?: number | undefined;
  sku?: string | undefined;
  quantity: number;
  /** What the customer believes an added unit to cost, or one of those left below a quantity break; another price is a fault. */
  expectedUnitPriceMinor?: number | undefined;
}

/** Goods, and what a unit of so many of them costs today; no price: they are not sold in the order's currency. */
export interface Offer {
  name: string;
  price: ChosenPrice | undefined;
  taxCategory: string;
  taxRate: string;
}

export interface AddedLine extends ChosenPrice {
  sku: string;
  description: string;
  quantity: number;
  taxCategory: string;
  taxRate: string;
}

export interface AmendedLines {
  /** Lines whose quantities change: agreed units and, of them, the cancelled ones; with a price where that changes too. */
  changed: ({ lineNumber: number; quantity: number; cancelledQuantity: number } & Partial<ChosenPrice>)[];
  added: AddedLine[];
  /** More units of these goods than before, by SKU. */
  raised: { sku: string; quantity: number }[];
  faults: Fault[];
}

const linesMaximum = 500;
const unitsMaximum = 1_000_000_000;

/**
 * Agreed units keep their agreed price. Units taken off count as cancelled; units added cost what they cost today, on the
 * same line where that is the line's price and on a line of their own where it is not. A line that falls below the quantity break
 * of its price is priced anew, or, once some of it has been shipped, what is neither picked nor shipped, on a line of its own. What has
 * been picked or shipped is beyond amending. Every fault is named with its path; with one of them nothing may be changed.
 */
export function amendLines(
  lines: readonly AmendableLine[],
  changes: readonly LineChange[],
  offerOf: (sku: string, quantity: number) => Offer | undefined,
  currency: string,
): AmendedLines {
  const amended: AmendedLines = { changed: [], added: [], raised: [], faults: [] };
  const seen = new Set<number>();
  for (const [index, change] of changes.entries()) {
    const fault = (field: string, code: string, detail: string) =>
      amended.faults.push({ path: `/lines/${index}/${field}`, code, detail });
    const line = lines.find(({ lineNumber }) => lineNumber === change.lineNumber);
    if (change.lineNumber !== undefined) {
      if (!line) {
        fault('lineNumber', 'unknown-line', `The order has no line ${change.lineNumber}.`);
        continue;
      }
      if (seen.has(line.lineNumber)) {
        fault('lineNumber', 'line-twice', `Line ${line.lineNumber} is named twice.`);
        continue;
      }
      seen.add(line.lineNumber);
    } else if (change.quantity === 0) {
      fault('quantity', 'quantity', 'A new line needs at least one unit.');
      continue;
    }
    const wanted = change.quantity - (line ? line.shippedQuantity + openQuantity(line) : 0);
    if (line && wanted <= 0) {
      const beyond = line.shippedQuantity + line.pickedQuantity;
      if (change.quantity < beyond) {
        fault('quantity', 'already-picked', `${beyond} of line ${line.lineNumber} have been picked or shipped already.`);
      } else if (wanted < 0) {
        const { lineNumber, sku, quantity, taxCategory, taxRate } = line;
        const cancelledQuantity = line.cancelledQuantity - wanted;
        const losesBreak = change.quantity > 0 && change.quantity < (line.minimumQuantity ?? 0);
        const offer = losesBreak ? offerOf(sku, change.quantity) : undefined;
        const price = offer?.price;
        if (price && change.expectedUnitPriceMinor !== undefined && change.expectedUnitPriceMinor !== price.unitPriceMinor) {
          const money = formatMoney({ currency, amountMinor: price.unitPriceMinor });
          fault('expectedUnitPriceMinor', 'price-changed', `Below ${line.minimumQuantity} units, ${sku} costs ${money}.`);
        } else if (price && line.shippedQuantity === 0) {
          amended.changed.push({ lineNumber, quantity, cancelledQuantity, ...price });
        } else if (price && price.unitPriceMinor !== line.unitPriceMinor && change.quantity > beyond) {
          const moved = change.quantity - beyond;
          amended.changed.push({ lineNumber, quantity, cancelledQuantity: cancelledQuantity + moved });
          amended.added.push({ sku, description: offer.name, quantity: moved, ...price, taxCategory, taxRate });
        } else {
          amended.changed.push({ lineNumber, quantity, cancelledQuantity });
        }
      }
      continue;
    }
    const sku = line?.sku ?? change.sku!;
    const offer = offerOf(sku, change.quantity);
    if (!offer) {
      fault(line ? 'lineNumber' : 'sku', 'unknown-sku', `There is no product ${sku}.`);
      continue;
    }
    const { price, taxCategory, taxRate } = offer;
    if (!price) {
      fault(line ? 'lineNumber' : 'sku', 'no-price', `${sku} has no price in the currency of the order.`);
      continue;
    }
    const { unitPriceMinor } = price;
    if (change.expectedUnitPriceMinor !== undefined && change.expectedUnitPriceMinor !== unitPriceMinor) {
      fault(
        'expectedUnitPriceMinor',
        'price-changed',
        `${sku} costs ${formatMoney({ currency, amountMinor: unitPriceMinor })} today.`,
      );
      continue;
    }
    // Units that were cancelled stay on the line, so that it can outgrow what it is counted in.
    const agreed = (line?.quantity ?? 0) + wanted;
    if (agreed > unitsMaximum || !Number.isSafeInteger(agreed * unitPriceMinor)) {
      fault('quantity', 'amount', 'The line would go beyond what can be counted exactly.');
      continue;
    }
    amended.raised.push({ sku, quantity: wanted });
    if (line && line.unitPriceMinor === unitPriceMinor && line.taxCategory === taxCategory && line.taxRate === taxRate) {
      const { lineNumber, quantity, cancelledQuantity } = line;
      amended.changed.push({ lineNumber, quantity: quantity + wanted, cancelledQuantity });
    } else {
      amended.added.push({ sku, description: offer.name, quantity: wanted, ...price, taxCategory, taxRate });
    }
  }
  if (lines.length + amended.added.length > linesMaximum) {
    amended.faults.push({ path: '/lines', code: 'too-many-lines', detail: `An order has at most ${linesMaximum} lines.` });
  }
  return amended;
}
