import { isBalanced, type Posting } from '../../domain/ledger.ts';
import type { Transaction } from '../client.ts';

export interface JournalEntry {
  /** Once per event id: 'SHP-1:goods-issue', 'INV-2026-000001:issue', 'PAY-1:receipt'. */
  eventId: string;
  kind: string;
  bookedOn: string;
  currency: string;
  at: string;
  customerId?: string | undefined;
  orderId?: string | undefined;
  invoiceId?: string | undefined;
  paymentId?: string | undefined;
}

/** Books one journal entry with its postings. An entry without postings (all amounts zero) is not booked. */
export async function book(tx: Transaction, entry: JournalEntry, postings: Posting[]): Promise<void> {
  if (postings.length === 0) return;
  if (!isBalanced(postings)) throw new Error(`${entry.eventId}: debits and credits differ`);
  await tx.query(
    `WITH entry AS (
       INSERT INTO journal_entries (event_id, kind, booked_on, currency, customer_id, order_id, invoice_id, payment_id, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id)
     INSERT INTO postings (entry_id, position, account, side, amount_minor)
     SELECT entry.id, p.position, p.account, p.side, p.amount_minor
     FROM entry, unnest($10::text[], $11::text[], $12::bigint[]) WITH ORDINALITY AS p (account, side, amount_minor, position)`,
    [
      entry.eventId,
      entry.kind,
      entry.bookedOn,
      entry.currency,
      entry.customerId,
      entry.orderId,
      entry.invoiceId,
      entry.paymentId,
      entry.at,
      postings.map((posting) => posting.account),
      postings.map((posting) => posting.side),
      postings.map((posting) => posting.amountMinor),
    ],
  );
}
