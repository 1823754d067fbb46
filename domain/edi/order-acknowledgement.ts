/** The 855 of X12: what becomes of a purchase order, line by line. Requirement O1, O5. */
import { decimalMoney } from '../money.ts';
import type { PurchaseOrder } from './purchase-order.ts';
import { compactDate, type OutgoingSet } from './x12.ts';

export interface OrderAcknowledgement {
  purchaseOrder: PurchaseOrder;
  orderId: string;
  /** The first that is said of the order; later ones change it. */
  isFirst: boolean;
  /** The day on which it is said. */
  on: string;
  currency: string;
  /** Nothing of it will be supplied. */
  isRejected: boolean;
  lines: AcknowledgedLine[];
}

export interface AcknowledgedLine {
  /** The order numbers its lines as they stood in the 850, from 1; those beyond were added since. */
  lineNumber: number;
  sku: string;
  /** Still wanted. */
  quantity: number;
  /** Of them, what is not there to be sent yet. */
  backOrdered: number;
  unitPriceMinor: number;
}

/** Words for what happens to units of a line, by the code list of ACK01. */
const lineCodes = { accepted: 'IA', changed: 'IQ', backOrdered: 'IB', rejected: 'IR', deleted: 'ID' } as const;

/** An 855; every line of the 850 is answered, and what was added since stands behind them. */
export function acknowledgeOrder(acknowledgement: OrderAcknowledgement): OutgoingSet {
  const { purchaseOrder, orderId, isFirst, on, currency, isRejected, lines } = acknowledgement;
  const asOrdered = purchaseOrder.lines.map((line, index) => ({
    ...line,
    stands: lines.find(({ lineNumber }) => lineNumber === index + 1),
  }));
  const added = lines
    .filter(({ lineNumber, quantity }) => lineNumber > asOrdered.length && quantity > 0)
    .map((stands) => ({ ...newLine(stands), stands }));
  const all = [...asOrdered, ...added].map((line) => ({ line, answers: isRejected ? [rejection(line)] : answersTo(line) }));
  const isUnchanged = all.every(({ answers }) => answers.every(([code]) => code === lineCodes.accepted));
  return {
    type: '855',
    segments: [
      [
        'BAK',
        isFirst ? '00' : '04',
        isRejected ? 'RD' : isUnchanged ? 'AD' : 'AC',
        purchaseOrder.number,
        compactDate(purchaseOrder.date),
        undefined,
        undefined,
        undefined,
        orderId,
        compactDate(on),
      ],
      ['CUR', 'SE', currency],
      ...all.flatMap(({ line, answers }) => [
        ['PO1', line.lineId, line.quantity, line.unit, priceOf(line, currency), undefined, ...line.productIds],
        ...answers.map(([code, quantity]) => ['ACK', code, quantity, line.unit]),
      ]),
      ['CTT', all.length],
    ],
  };
}

type Answered = PurchaseOrder['lines'][number] & { stands: AcknowledgedLine | undefined };

const newLine = ({ lineNumber, sku, quantity }: AcknowledgedLine): PurchaseOrder['lines'][number] => ({
  position: 0,
  lineId: String(lineNumber),
  quantity,
  unit: 'EA',
  sku,
  productIds: ['VP', sku],
  skuElement: 7,
});

const priceOf = ({ stands, unitPrice }: Answered, currency: string): string | undefined =>
  stands ? decimalMoney({ currency, amountMinor: stands.unitPriceMinor }) : unitPrice;

const rejection = ({ quantity }: Answered): [string, number] => [lineCodes.rejected, quantity];

/** What is there and what is to follow; a line of another quantity than was ordered says so. */
function answersTo({ quantity, stands }: Answered): [string, number][] {
  if (!stands || stands.quantity === 0) return [[lineCodes.deleted, quantity]];
  const there = stands.quantity - stands.backOrdered;
  const answers: [string, number][] = [];
  if (there > 0) answers.push([stands.quantity === quantity ? lineCodes.accepted : lineCodes.changed, there]);
  if (stands.backOrdered > 0) answers.push([lineCodes.backOrdered, stands.backOrdered]);
  return answers;
}
