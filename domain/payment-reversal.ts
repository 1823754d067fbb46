/**
 * What a bank's return of a receipt, of all of it or of a part, takes back: as in SAP, the clearing is reset before anything else is
 * asked for, and what had gone back to the customer as a refund meanwhile was paid twice and is owed again. Requirements P2, A3.
 */
import { sumMinor } from './money.ts';

/** Where the money of a receipt is now. */
export interface ReceiptPlaces {
  unappliedMinor: number;
  /** Held for orders that are paid in advance. */
  deposits: readonly { orderId: string; heldMinor: number }[];
  /** What stands of its applications, the newest first. */
  applications: readonly { invoiceId: string; amountMinor: number }[];
  /** Gone back to the customer, and not owed again yet. */
  refundedMinor: number;
}

export interface TakenParts {
  unappliedMinor: number;
  deposits: { orderId: string; amountMinor: number }[];
  applications: { invoiceId: string; amountMinor: number }[];
  /** What its customer owes again because it had been refunded. */
  refundedMinor: number;
}

/**
 * Takes so much out of a receipt where it does the least harm: what waits, what is held for orders, then what it had paid, the items that
 * are named before the others and the newest application before older ones; last what was refunded. RangeError for more than there is.
 */
export function partsTaken(amountMinor: number, places: ReceiptPlaces, named: readonly string[] = []): TakenParts {
  let leftMinor = amountMinor;
  const take = (thereMinor: number): number => {
    const takenMinor = Math.min(leftMinor, thereMinor);
    leftMinor = sumMinor([leftMinor, -takenMinor]);
    return takenMinor;
  };
  const isNamed = ({ invoiceId }: { invoiceId: string }) => named.includes(invoiceId);
  const { applications } = places;
  const parts: TakenParts = {
    unappliedMinor: take(places.unappliedMinor),
    deposits: places.deposits
      .map(({ orderId, heldMinor }) => ({ orderId, amountMinor: take(heldMinor) }))
      .filter((part) => part.amountMinor > 0),
    applications: [...applications.filter(isNamed), ...applications.filter((one) => !isNamed(one))]
      .map(({ invoiceId, amountMinor: appliedMinor }) => ({ invoiceId, amountMinor: take(appliedMinor) }))
      .filter((part) => part.amountMinor > 0),
    refundedMinor: take(places.refundedMinor),
  };
  if (amountMinor <= 0 || leftMinor > 0) throw new RangeError(`cannot take ${amountMinor} out of the receipt`);
  return parts;
}
