/** Invoice amounts, due date, number and payment reference. Source: EN 16931, ISO 11649; requirement I2. */
import { applyRate, multiplyMinor, type Rounding, sumMinor } from './money.ts';
import { addDays, addMonths, endOfMonth, type IsoDate } from './time.ts';

/** How taxes are rounded, where no invoicing policy says otherwise: commercially. An order keeps the rounding it was placed under. */
export const taxRounding: Rounding = 'half-up';

export interface InvoicingPolicy {
  name: 'invoicing';
  version: number;
  taxRounding: Rounding;
}

/**
 * 'net' counts from the invoice date: months (clamped), then days, then to the month's end and days after it. 'prepayment' is
 * paid before anything is shipped; what an invoice of it still asks for is due at once.
 */
export interface PaymentTerms {
  kind: 'net' | 'due-on-receipt' | 'prepayment';
  days: number;
  endOfMonth?: boolean | undefined;
  months?: number | undefined;
  daysAfterEndOfMonth?: number | undefined;
  /** Of 'net' terms: shares that are due apart, each at its own months and days; `days` and `months` above then say nothing. */
  instalments?: InstalmentTerms[] | undefined;
  /** Of 'net' terms: what whoever pays in full within so many days of the invoice may keep. Decimal string: '0.02' is 2 %. */
  discounts?: { rate: string; days: number }[] | undefined;
}

export interface InstalmentTerms {
  /** Decimal string: '0.3' is 30 %. All of them make 1, and the last takes what rounding leaves. */
  share: string;
  days: number;
  months?: number | undefined;
}

/*
 * The lists of payment terms in one field of a table, parts apart by spaces: '0.3/30 0.7/0/3' is 30 % after 30 days and 70 % after
 * three months. What does not read so becomes a list that no schema takes.
 */
export const readInstalments = (text: string): InstalmentTerms[] =>
  parts(text).map(([share = '', days, months]) => ({ share, days: Number(days), ...(months ? { months: Number(months) } : {}) }));
export const writeInstalments = (list: readonly InstalmentTerms[]): string =>
  list.map(({ share, days, months }) => [share, days, ...(months ? [months] : [])].join('/')).join(' ');
export const readDiscounts = (text: string): { rate: string; days: number }[] =>
  parts(text).map(([rate = '', days, rest]) => ({ rate, days: rest === undefined ? Number(days) : Number.NaN }));
export const writeDiscounts = (list: readonly { rate: string; days: number }[]): string =>
  list.map(({ rate, days }) => `${rate}/${days}`).join(' ');
const parts = (text: string) => text.split(/\s+/).map((part) => part.split('/'));

export function dueDate(terms: PaymentTerms, base: IsoDate): IsoDate {
  if (terms.kind !== 'net') return base;
  const due = addDays(addMonths(base, terms.months ?? 0), terms.days);
  return terms.endOfMonth ? addDays(endOfMonth(due), terms.daysAfterEndOfMonth ?? 0) : due;
}

export interface PricedLine {
  lineNumber: number;
  sku: string;
  description: string;
  quantity: number;
  /** Net of tax. */
  unitPriceMinor: number;
  /** UNCL 5305: 'S' standard, 'Z' zero-rated, 'E' exempt, 'AE' reverse charge… */
  taxCategory: string;
  /** Decimal string: '0.20' is 20 %. */
  taxRate: string;
}

export interface InvoiceTax {
  category: string;
  rate: string;
  baseMinor: number;
  taxMinor: number;
}

/** Whether both are of one category and rate, however the rate is written. */
export const sameTax = (one: Pick<InvoiceTax, 'category' | 'rate'>, other: Pick<InvoiceTax, 'category' | 'rate'>): boolean =>
  one.category === other.category && Number(one.rate) === Number(other.rate);

export interface InvoiceTotals {
  lines: (PricedLine & { netMinor: number })[];
  /** One per category and rate, in order of first appearance. */
  taxes: InvoiceTax[];
  netMinor: number;
  taxMinor: number;
  grossMinor: number;
}

/**
 * Line net → sum → tax per category and rate, rounded once on the category's base → gross (EN 16931 BR-CO-10, 13, 14, 15,
 * 17). Each line stands for itself: no total is computed from another line's total.
 */
export function invoiceTotals(lines: readonly PricedLine[], rounding: Rounding): InvoiceTotals {
  return documentTotals(
    lines.map((line) => ({ ...line, netMinor: multiplyMinor(line.unitPriceMinor, line.quantity) })),
    rounding,
  );
}

/** The totals of a document whose lines have their net amounts already. */
export function documentTotals(priced: InvoiceTotals['lines'], rounding: Rounding): InvoiceTotals {
  const bases = new Map<string, { category: string; rate: string; baseMinor: number }>();
  for (const { taxCategory, taxRate, netMinor } of priced) {
    const key = `${taxCategory} ${Number(taxRate)}`; // '0.2' and '0.20' are one rate
    const group = bases.get(key) ?? { category: taxCategory, rate: taxRate, baseMinor: 0 };
    bases.set(key, { ...group, baseMinor: sumMinor([group.baseMinor, netMinor]) });
  }
  const taxes = [...bases.values()].map((group) => ({ ...group, taxMinor: applyRate(group.baseMinor, group.rate, rounding) }));
  const netMinor = sumMinor(priced.map((line) => line.netMinor));
  const taxMinor = sumMinor(taxes.map((tax) => tax.taxMinor));
  return { lines: priced, taxes, netMinor, taxMinor, grossMinor: sumMinor([netMinor, taxMinor]) };
}

/**
 * What a shipment moves out of the remaining amount of its order's credit hold: its own gross, never more than remains; the
 * last shipment takes the remainder, so that rounding leaves nothing behind.
 */
export function orderShareGross(input: { orderGrossRemainingMinor: number; shippedGrossMinor: number; last: boolean }): number {
  const { orderGrossRemainingMinor, shippedGrossMinor, last } = input;
  return last ? orderGrossRemainingMinor : Math.min(shippedGrossMinor, orderGrossRemainingMinor);
}

/** 'INV-2026-000001'. Sequence and year come from the gapless counter, taken in the invoice's own transaction. */
export function invoiceNumber(series: string, year: number, sequence: number): string {
  if (!Number.isSafeInteger(sequence) || sequence < 1) throw new RangeError(`not a sequence number: ${sequence}`);
  return `${series}-${year}-${String(sequence).padStart(6, '0')}`;
}

/**
 * ISO 11649 creditor reference: 'RF', two check digits (ISO 7064 MOD 97-10), then up to 21 letters and digits of the invoice
 * number. RangeError when the number holds none, or more.
 */
export function paymentReference(invoiceNumber: string): string {
  const reference = invoiceNumber.toUpperCase().replace(/[^A-Z0-9]/g, '');
  if (reference.length < 1 || reference.length > 21) {
    throw new RangeError(`no creditor reference can be made from '${invoiceNumber}'`);
  }
  return `RF${checkDigits(reference)}${reference}`;
}

/** An ISO 11649 reference with the right check digits, in upper case; the spaces of the printed form are allowed. */
export function isPaymentReference(text: string): boolean {
  const [, digits, reference] = /^RF(\d\d)([A-Z0-9]{1,21})$/.exec(text.replace(/ /g, '')) ?? [];
  return reference !== undefined && digits === checkDigits(reference);
}

function checkDigits(reference: string): string {
  const digits = `${reference}RF00`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55)); // A is 10 … Z is 35
  return String(98n - (BigInt(digits) % 97n)).padStart(2, '0');
}

/** How an item is called to its customer: one that was taken over also by the number that it had in the system before this one. */
export const knownAs = ({ id, formerReference }: { id: string; formerReference?: string | null | undefined }): string =>
  formerReference ? `${id} (${formerReference})` : id;
