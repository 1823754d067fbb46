/**
 * Goods that come back: the life of a return (RMA) as data, how much may come back, what is credited for it and what it is worth
 * on the shelf. Requirements O4, I4.
 */
import type { Fault } from './failures.ts';
import { documentTotals, type InvoiceTax, type InvoiceTotals, type PricedLine, sameTax, taxRounding } from './invoice.ts';
import { multiplyMinor, type Rounding, shareMinor, sumMinor } from './money.ts';

export const returnStatuses = ['requested', 'approved', 'refused', 'received', 'credited', 'cancelled'] as const;
export type ReturnStatus = (typeof returnStatuses)[number];

export const returnReasons = [
  'damaged',
  'defective',
  'wrong-item',
  'not-as-described',
  'arrived-late',
  'ordered-by-mistake',
  'not-needed',
] as const;
export type ReturnReason = (typeof returnReasons)[number];

/** Who or what has brought the goods back: the customer's wish, or what happened to them on their way (S3). */
export const returnCauses = ['customer', 'returned-to-sender', 'lost', 'damaged'] as const;
export type ReturnCause = (typeof returnCauses)[number];
/** A carrier's return has its cause on every line in place of a customer's reason. */
export type ReturnLineReason = ReturnReason | Exclude<ReturnCause, 'customer'>;

interface Transition {
  from: readonly ReturnStatus[];
  to: ReturnStatus;
  /** Told to people, in the present tense. */
  means: string;
}

/** What can happen to a return. A command that is not listed for the present status is refused. */
export const returnTransitions = {
  approve: { from: ['requested'], to: 'approved', means: 'the customer may send the goods back' },
  refuse: { from: ['requested'], to: 'refused', means: 'sales has said no; the customer was told why' },
  receive: { from: ['approved'], to: 'received', means: 'the goods are back in the warehouse and counted' },
  inspect: {
    from: ['received'],
    to: 'credited',
    means: 'every unit was restocked or scrapped, and the credit note is issued',
  },
  'write-off': {
    from: ['approved'],
    to: 'credited',
    means: 'lost or spoilt on their way: the credit note is issued, and nothing comes back',
  },
  cancel: { from: ['requested', 'approved'], to: 'cancelled', means: 'the customer keeps the goods' },
} as const satisfies Record<string, Transition>;
export type ReturnCommand = keyof typeof returnTransitions;

export function mayReturn(status: ReturnStatus, command: ReturnCommand): boolean {
  return (returnTransitions[command].from as readonly ReturnStatus[]).includes(status);
}

/** A line of a return, in whatever state that is. */
export interface ReturnedLine {
  lineNumber: number;
  quantity: number;
  /** Null before the goods were counted. What was lost on its way counts like what was received. */
  receivedQuantity: number | null;
  status: ReturnStatus;
}

/** The units of an invoice's line that are back or on their way: as announced until they are counted, as counted from then on. */
export function returnedUnits(lineNumber: number, returned: readonly ReturnedLine[]): number {
  return sumMinor(
    returned
      .filter((line) => line.lineNumber === lineNumber && line.status !== 'refused' && line.status !== 'cancelled')
      .map((line) => line.receivedQuantity ?? line.quantity),
  );
}

/** A line of an invoice that bills goods of a shipment: billed with others, it has another number there. */
export interface InvoicedLine {
  lineNumber: number;
  shipmentLineNumber: number;
  quantity: number;
}

/** How many units of an invoice's line may still be announced as coming back. */
export const returnableUnits = ({ lineNumber, quantity }: InvoicedLine, returned: readonly ReturnedLine[]): number =>
  quantity - returnedUnits(lineNumber, returned);

/** What is wrong with the lines of a new return, which are numbered as on their shipment: all of it at once. */
export function returnFaults(
  wanted: readonly { lineNumber: number; quantity: number }[],
  invoiced: readonly InvoicedLine[],
  returned: readonly ReturnedLine[],
): Fault[] {
  return wanted.flatMap(({ lineNumber, quantity }, index): Fault[] => {
    const line = invoiced.find((candidate) => candidate.shipmentLineNumber === lineNumber);
    if (!line) {
      const detail = `Nothing of a line ${lineNumber} of this shipment was invoiced.`;
      return [{ path: `/lines/${index}/lineNumber`, code: 'unknown-line', detail }];
    }
    const left = returnableUnits(line, returned);
    return quantity <= left
      ? []
      : [
          {
            path: `/lines/${index}/quantity`,
            code: 'more-than-shipped',
            detail: `${line.quantity} were shipped, and ${left} of them can still be returned.`,
          },
        ];
  });
}

/** What is wrong with a count: more than was approved, a line that is not announced, or nothing at all. */
export function countFaults(
  counted: readonly { lineNumber: number; quantity: number }[],
  announced: readonly { lineNumber: number; quantity: number }[],
): Fault[] {
  const faults = counted.flatMap(({ lineNumber, quantity }, index): Fault[] => {
    const line = announced.find((candidate) => candidate.lineNumber === lineNumber);
    if (!line) {
      return [{ path: `/lines/${index}/lineNumber`, code: 'unknown-line', detail: `The return has no line ${lineNumber}.` }];
    }
    if (quantity <= line.quantity) return [];
    return [
      {
        path: `/lines/${index}/quantity`,
        code: 'more-than-approved',
        detail: `${line.quantity} were approved; what is beyond goes back, or needs a return of its own.`,
      },
    ];
  });
  if (faults.length === 0 && counted.every(({ quantity }) => quantity === 0)) {
    faults.push({ path: '/lines', code: 'nothing-received', detail: 'Nothing came back: cancel the return instead.' });
  }
  return faults;
}

/** What is wrong with an inspection: it says of every received unit what becomes of it, and of no other. */
export function inspectionFaults(
  inspected: readonly { lineNumber: number; restockedQuantity: number; scrappedQuantity: number }[],
  received: readonly { lineNumber: number; receivedQuantity: number }[],
): Fault[] {
  const faults = inspected.flatMap(({ lineNumber, restockedQuantity, scrappedQuantity }, index): Fault[] => {
    const line = received.find((candidate) => candidate.lineNumber === lineNumber);
    if (!line) {
      return [{ path: `/lines/${index}/lineNumber`, code: 'unknown-line', detail: `The return has no line ${lineNumber}.` }];
    }
    if (restockedQuantity + scrappedQuantity === line.receivedQuantity) return [];
    return [{ path: `/lines/${index}`, code: 'units', detail: `${line.receivedQuantity} units were received of this line.` }];
  });
  const missing = received.filter(
    (line) => line.receivedQuantity > 0 && !inspected.some(({ lineNumber }) => lineNumber === line.lineNumber),
  );
  return [
    ...faults,
    ...missing.map(({ lineNumber }) => ({
      path: '/lines',
      code: 'missing-line',
      detail: `Line ${lineNumber} was received and is not inspected.`,
    })),
  ];
}

/**
 * What a credit note over these lines of an invoice comes to, at the invoice's prices and rates, rounded as a document of its
 * own. Tax never exceeds what earlier credit notes have left of the invoice's, and the one that credits the rest of a rate
 * takes the rest of its tax: all together they are the invoice, to the cent. A line without a net of its own is at its price.
 */
export function creditTotals(
  lines: readonly (PricedLine & { netMinor?: number })[],
  invoiceTaxes: readonly InvoiceTax[],
  creditedTaxes: readonly InvoiceTax[],
  rounding: Rounding = taxRounding,
): InvoiceTotals {
  const priced = lines.map((line) => ({ ...line, netMinor: line.netMinor ?? multiplyMinor(line.unitPriceMinor, line.quantity) }));
  const totals = documentTotals(priced, rounding);
  const taxes = totals.taxes.map((tax) => {
    const invoiced = invoiceTaxes.find((candidate) => sameTax(candidate, tax));
    if (!invoiced) throw new RangeError(`the invoice has no tax of ${tax.rate}`);
    const credited = creditedTaxes.filter((candidate) => sameTax(candidate, tax));
    const baseLeft = sumMinor([invoiced.baseMinor, ...credited.map(({ baseMinor }) => -baseMinor)]);
    const taxLeft = sumMinor([invoiced.taxMinor, ...credited.map(({ taxMinor }) => -taxMinor)]);
    if (tax.baseMinor > baseLeft) throw new RangeError(`more is credited than is left of the invoice: ${tax.baseMinor}`);
    return { ...tax, taxMinor: tax.baseMinor === baseLeft ? taxLeft : Math.min(tax.taxMinor, taxLeft) };
  });
  const taxMinor = sumMinor(taxes.map((tax) => tax.taxMinor));
  return { ...totals, taxes, taxMinor, grossMinor: sumMinor([totals.netMinor, taxMinor]) };
}

/**
 * What units that are restocked, or were lost on their way, are worth: their share of what all units of their kind cost as they left. Counted from the first unit
 * that came back, so that the shares of several returns never exceed the whole.
 */
export function restockCost(input: { shipped: { quantity: number; costMinor: number }; before: number; now: number }): number {
  const { shipped, before, now } = input;
  if (before < 0 || now < 0 || before + now > shipped.quantity) {
    throw new RangeError(`cannot restock ${now} of ${shipped.quantity} units after ${before}`);
  }
  const until = (units: number) => shareMinor(shipped.costMinor, units, shipped.quantity);
  return sumMinor([until(before + now), -until(before)]);
}
