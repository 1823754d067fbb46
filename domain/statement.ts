/** A statement of account: what was open, what came and went, what is open now. Requirement A4. */
import { type AgeingBucket, ageItems } from './ageing.ts';
import { sumMinor } from './money.ts';
import type { IsoDate } from './time.ts';

/** One thing that changed what the customer owes: positive for a debit item, negative for what settled one. */
export interface AccountMovement {
  on: IsoDate;
  kind: string;
  /** The invoice, payment or credit note. */
  documentId: string;
  /** The item that it makes or settles. */
  invoiceId: string;
  /** The number that an item which was taken over had in the system before this one. */
  formerReference: string | null;
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
 * `movements` are the customer's of the period, by day, and `openingMinor` is what all before them come to. `open` is what they leave open
 * on the last day, by due date.
 */
export function statementOf({
  openingMinor,
  movements,
  open,
  from,
  to,
}: {
  openingMinor: number;
  movements: readonly AccountMovement[];
  open: readonly { openMinor: number; dueOn: IsoDate }[];
  from: IsoDate;
  to: IsoDate;
}): Statement {
  let balanceMinor = openingMinor;
  const lines = movements.map((movement) => {
    balanceMinor = sumMinor([balanceMinor, movement.amountMinor]);
    return { ...movement, balanceMinor };
  });
  return { from, to, openingMinor, lines, closingMinor: balanceMinor, ageing: ageItems(open, to) };
}
