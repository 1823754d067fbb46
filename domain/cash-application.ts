/**
 * Which open items a receipt pays: the first rung of the matching ladder, for a payer who is known. Further rungs come
 * later. Requirement P1.
 */
import type { Fault } from './failures.ts';
import { sumMinor, toMinor } from './money.ts';
import { compareDates, type IsoDate } from './time.ts';

export interface OpenItem {
  invoiceId: string;
  /** Invoice number: 'INV-2026-000001'. */
  number: string;
  /** ISO 11649: 'RF…'. */
  paymentReference: string;
  /** Numbers and references of documents that it has replaced. */
  formerReferences?: readonly string[];
  openMinor: number;
  /** What need not be paid if the rest of it is paid in full now: an early-payment discount, below what is open. */
  discountMinor?: number | undefined;
  dueOn: IsoDate;
  /** What is asked for of it and when, the earliest first, where that comes before what is left of it. Absent: all of it, when it is due. */
  askedFor?: readonly { dueOn: IsoDate; openMinor: number }[] | undefined;
}

export interface ReceiptInput {
  /** Above zero, else RangeError. */
  amountMinor: number;
  /** The payer's open items. */
  items: readonly OpenItem[];
  /** Invoices that the payer named. */
  invoiceIds?: readonly string[];
  /** RF references, or free text that holds them or invoice numbers, in any case and spacing. */
  references?: readonly string[];
}

export interface CashApplication {
  /** With a discount only when the rest of the item is paid in full. */
  applications: { invoiceId: string; amountMinor: number; discountMinor?: number }[];
  /** What no named item took: it waits as unapplied cash. An overpayment is never refused. */
  unappliedMinor: number;
}

/**
 * Pays the named items in order of due date, then number, each up to what it asks for, and what is not asked for of them last; the rest
 * stays unapplied.
 */
export function applyReceipt(input: ReceiptInput): CashApplication {
  let unappliedMinor = toMinor(input.amountMinor);
  if (unappliedMinor <= 0) throw new RangeError(`not a receipt: ${unappliedMinor}`);
  const named = input.items.filter((item) => item.openMinor > 0 && isNamed(item, input.invoiceIds ?? [], input.references ?? []));
  const parts = named.flatMap((item) => {
    const { askedFor = [{ dueOn: item.dueOn, openMinor: item.openMinor }] } = item;
    return [
      ...askedFor.map((part) => ({ item, ...part, isAsked: true })),
      { item, dueOn: item.dueOn, openMinor: item.openMinor, isAsked: false },
    ];
  });
  parts.sort(
    (a, b) => Number(b.isAsked) - Number(a.isAsked) || compareDates(a.dueOn, b.dueOn) || (a.item.number < b.item.number ? -1 : 1),
  );
  const taken = new Map<OpenItem, number>();
  for (const { item, openMinor } of parts) {
    const takenMinor = taken.get(item) ?? 0;
    const amountMinor = Math.min(unappliedMinor, openMinor, item.openMinor - (item.discountMinor ?? 0) - takenMinor);
    if (amountMinor === 0) continue;
    taken.set(item, takenMinor + amountMinor);
    unappliedMinor = sumMinor([unappliedMinor, -amountMinor]);
  }
  const applications = [...taken].map(([{ invoiceId, openMinor, discountMinor = 0 }, amountMinor]) => ({
    invoiceId,
    amountMinor,
    ...(discountMinor > 0 && amountMinor === openMinor - discountMinor ? { discountMinor } : {}),
  }));
  return { applications, unappliedMinor };
}

/** What a person says that a payment pays of one item. */
export interface Part {
  invoiceId: string;
  /** Absent: all that it asks for and that is left, less what is deducted. */
  amountMinor?: number | undefined;
  /** What the item is short by and is asked for no more. */
  writeOffMinor: number;
}

export interface PartApplication {
  invoiceId: string;
  amountMinor: number;
  discountMinor?: number;
  writeOffMinor: number;
}

/**
 * Applies a receipt as a person says, part by part, or gives every fault. A discount is earned here too by whoever pays the rest in
 * full; a write-off must leave nothing open, or there would be two shortages of one payment.
 */
export function applyParts(
  amountMinor: number,
  items: readonly Pick<OpenItem, 'invoiceId' | 'openMinor' | 'discountMinor'>[],
  parts: readonly Part[],
): { applications: PartApplication[]; unappliedMinor: number; faults: Fault[] } {
  let unappliedMinor = toMinor(amountMinor);
  const faults: Fault[] = [];
  const applications = parts.flatMap((part, index): PartApplication[] => {
    const item = items.find(({ invoiceId }) => invoiceId === part.invoiceId);
    const fault = (path: string, code: string, detail: string) => {
      faults.push({ path: `/items/${index}${path}`, code, detail });
      return [];
    };
    if (!item || item.openMinor === 0)
      return fault('/invoiceId', 'not-open', `${part.invoiceId} asks for nothing of this customer.`);
    const askedMinor = item.openMinor - (item.discountMinor ?? 0);
    const wantedMinor = part.amountMinor ?? Math.min(unappliedMinor, askedMinor - part.writeOffMinor);
    if (wantedMinor <= 0) return fault('/amountMinor', 'nothing-left', 'Nothing of the payment is left for it.');
    if (wantedMinor > unappliedMinor)
      return fault('/amountMinor', 'more-than-left', `Only ${unappliedMinor} is left of the payment.`);
    const coveredMinor = sumMinor([wantedMinor, part.writeOffMinor]);
    if (coveredMinor > item.openMinor) return fault('/amountMinor', 'more-than-open', `Only ${item.openMinor} is open of it.`);
    const isDiscounted = item.discountMinor !== undefined && item.discountMinor > 0 && coveredMinor === askedMinor;
    if (part.writeOffMinor > 0 && !isDiscounted && coveredMinor !== item.openMinor) {
      return fault('/deduction', 'not-settled', 'A write-off closes its item: amount and deduction must make what is open.');
    }
    unappliedMinor -= wantedMinor;
    const { invoiceId, writeOffMinor } = part;
    return [
      { invoiceId, amountMinor: wantedMinor, writeOffMinor, ...(isDiscounted ? { discountMinor: item.discountMinor! } : {}) },
    ];
  });
  return { applications, unappliedMinor, faults };
}

function isNamed(item: OpenItem, invoiceIds: readonly string[], references: readonly string[]): boolean {
  const former = item.formerReferences ?? [];
  if ([item.invoiceId, ...former].some((id) => invoiceIds.includes(id))) return true;
  const names = [item.paymentReference, item.number, ...former.filter(isTelling)];
  return references.some((text) => names.some((name) => quotes(text, name)));
}

/** Letters and digits of an identifier: people write what they like between them. */
export const plainNumber = (identifier: string): string => identifier.toUpperCase().replace(/[^A-Z0-9]/g, '');

/**
 * Whether a number of another system says of itself that it is one. A short one, or a few digits alone, also stands for something else: a
 * customer's number, an amount, a part of a date.
 */
export function isTelling(reference: string): boolean {
  const plain = plainNumber(reference);
  return /^\d+$/.test(plain) ? plain.length >= 7 : plain.length >= 6 && plain.replace(/\D/g, '').length >= 3;
}

/** Whether the text holds the identifier as a whole word, whatever stands between its characters: 'rf18 2026-0000 01'. */
export function quotes(text: string, identifier: string): boolean {
  const characters = plainNumber(identifier);
  return (
    characters !== '' && new RegExp(`(?<![A-Z0-9])${characters.split('').join('[ ./-]*')}(?![A-Z0-9])`).test(text.toUpperCase())
  );
}
