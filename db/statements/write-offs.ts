import { writeOffReinstated } from '../../domain/ledger.ts';
import { formatMoney } from '../../domain/money.ts';
import { compareDates } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { record } from './audit.ts';
import type { CreditToApply, MoneyToApply, Receivables } from './cash-application.ts';
import type { WrittenOffItem } from './invoices.ts';
import { book } from './ledger.ts';

/**
 * Items that were written off and that money or a credit note of their own has come for are owed again, for as much as comes; then they
 * are settled like any other (P6).
 * The reinstatement is booked on the day of the receipt, and not before the write-off that it takes back.
 */
export async function reinstate(
  tx: Transaction,
  { account, items }: Receivables,
  writtenOff: readonly WrittenOffItem[],
  money: MoneyToApply | CreditToApply,
  applications: readonly { invoiceId: string; amountMinor: number; valueOn: string }[],
): Promise<void> {
  const { currency, cause, actor, at } = money;
  const paymentId = 'paymentId' in money ? money.paymentId : undefined;
  const [column, sourceId] = 'paymentId' in money ? ['payment_id', money.paymentId] : ['credit_note_id', money.creditNoteId];
  for (const { invoiceId, amountMinor, valueOn } of applications) {
    const item = writtenOff.find(({ id }) => id === invoiceId);
    if (!item) continue;
    let restMinor = amountMinor;
    for (const { writeOffId, leftMinor, valueOn: writtenOffOn } of item.writeOffs) {
      const takenMinor = Math.min(restMinor, leftMinor);
      if (takenMinor === 0) break;
      restMinor -= takenMinor;
      await tx.query(
        `WITH recovered AS (
           INSERT INTO write_off_recoveries (${column}, write_off_id, invoice_id, amount_minor, value_on, at)
           VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (${column}, write_off_id) DO UPDATE SET amount_minor = write_off_recoveries.amount_minor + excluded.amount_minor)
         UPDATE write_off_applications SET recovered_minor = recovered_minor + $4 WHERE write_off_id = $2 AND invoice_id = $3`,
        [sourceId, writeOffId, invoiceId, takenMinor, valueOn, at],
      );
      const subjects = { customerId: item.customerId, orderId: item.orderId ?? undefined, invoiceId };
      await book(
        tx,
        {
          eventId: `${cause}:reinstatement:${writeOffId}`,
          kind: 'reinstatement',
          bookedOn: compareDates(valueOn, writtenOffOn) > 0 ? valueOn : writtenOffOn,
          currency,
          ...subjects,
          paymentId,
          at,
        },
        writeOffReinstated({ amountMinor: takenMinor }),
      );
      await record(tx, {
        at,
        actor,
        action: 'write-off-recovered',
        summary: `${formatMoney({ currency, amountMinor: takenMinor })} of ${writeOffId} recovered by ${sourceId}: owed again, and settled`,
        ...subjects,
        after: { writeOffId, recoveredBy: sourceId, amountMinor: takenMinor },
      });
    }
    await tx.query("UPDATE invoices SET open_minor = $2, status = 'open' WHERE id = $1", [invoiceId, amountMinor]);
    account.openReceivablesMinor += amountMinor;
    // Nothing of it is being collected: its order and its hold do not hear of the moment for which it is open.
    items.push({ ...item, openMinor: amountMinor, overdueSince: null, reinstated: true });
  }
}
