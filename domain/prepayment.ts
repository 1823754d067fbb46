/**
 * Payment in advance: who pays so, until when, and how the money is drawn when its order is invoiced. A prepayment offsets
 * only its own order. Requirements C1, P1.
 */
import type { PaymentTerms } from './invoice.ts';
import { addDays, type IsoDate, type IsoInstant, instantAt, localDate } from './time.ts';

/** The terms of an order that is paid in advance, whatever its customer's terms are. */
export const prepaymentTerms: PaymentTerms = { kind: 'prepayment', days: 0 };

export const isPrepaid = (terms: PaymentTerms): boolean => terms.kind === 'prepayment';

/** How long the money may take when the credit policy, written before prepayments, does not say. */
export const defaultPrepaymentDays = 7;

/** The last local day on which the money may come, and the instant after it. */
export function prepaymentDue(at: IsoInstant, days: number, timeZone: string): { dueOn: IsoDate; dueAt: IsoInstant } {
  const dueOn = addDays(localDate(at, timeZone), days);
  return { dueOn, dueAt: instantAt(addDays(dueOn, 1), '00:00', timeZone) };
}

export interface HeldDeposit {
  paymentId: string;
  heldMinor: number;
}

/** Which deposits pay so much, in the order given, each up to what is held of it; less than asked for when there is no more. */
export function drawDeposits<Deposit extends HeldDeposit>(
  deposits: readonly Deposit[],
  amountMinor: number,
): (Deposit & { amountMinor: number })[] {
  let leftMinor = amountMinor;
  return deposits.flatMap((deposit) => {
    const drawnMinor = Math.min(deposit.heldMinor, leftMinor);
    leftMinor -= drawnMinor;
    return drawnMinor > 0 ? [{ ...deposit, amountMinor: drawnMinor }] : [];
  });
}

/**
 * Whether what the last invoice of a prepaid order leaves open is rounding alone: its pro-forma rounded the tax once, its invoices
 * each for itself, by one minor unit at most.
 */
export const isRounding = ({ openMinor, invoices }: { openMinor: number; invoices: number }): boolean =>
  0 < openMinor && openMinor <= invoices;
