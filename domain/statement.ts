/** A statement of account: what was open, what came and went, what is open now. Requirement A4. */
import { type AgeingBucket, ageItems } from './ageing.ts';
import { sumMinor } from './money.ts';
import { compareDates, type IsoDate } from './time.ts';

/** One thing that changed what the customer owes: positive for a debit item, negative for what settled one. */
export interface AccountMovement {
  on: IsoDate;
  kind: string;
  /** The invoice, payment or credit note. */
  documentId: string;
  /** The item that it makes or settles. */
  invoiceId: string;
  dueOn: IsoDate;
  amountMinor: number;
}

export interface Statement {
  from: IsoDate;
  to: IsoDate;
  openingMinor: number;
  lines: (AccountMovement & { balanceMinor: number })[];
  closingMinor: number;
  ageing: Record<AgeingBucket, number>;
}

/**
 * `movements` are all of the customer's up to the last day, by day: those before the period are its opening balance. `open` is what they
 * leave open on that day, by due date.
 */
export function statementOf(
  movements: readonly AccountMovement[],
  open: readonly { openMinor: number; dueOn: IsoDate }[],
  { from, to }: { from: IsoDate; to: IsoDate },
): Statement {
  const openingMinor = sumMinor(movements.filter(({ on }) => compareDates(on, from) < 0).map(({ amountMinor }) => amountMinor));
  let balanceMinor = openingMinor;
  const lines = movements
    .filter(({ on }) => compareDates(on, from) >= 0)
    .map((movement) => {
      balanceMinor = sumMinor([balanceMinor, movement.amountMinor]);
      return { ...movement, balanceMinor };
    });
  return { from, to, openingMinor, lines, closingMinor: balanceMinor, ageing: ageItems(open, to) };
}
