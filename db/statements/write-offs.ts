import { writeOffReinstated } from '../../domain/ledger.ts';
import { formatMoney, sumMinor } from '../../domain/money.ts';
import { type IsoDate, laterDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { record, system } from './audit.ts';
import type { CreditToApply, MoneyToApply, Receivables } from './cash-application.ts';
import type { OpenItemRow, WrittenOffItem } from './invoices.ts';
import { book } from './ledger.ts';
import { finishTasks } from './tasks.ts';

/** A proposal to write off what is settled otherwise has nothing left to decide: it ends with its task (P6). */
export async function endProposal(
  tx: Transaction,
  { id: invoiceId, customerId, orderId }: Pick<OpenItemRow, 'id' | 'customerId' | 'orderId'>,
  { settledBy, at }: { settledBy: string; at: string },
): Promise<void> {
  const reason = `${invoiceId} is settled by ${settledBy}`;
  const { rows } = await tx.query<{ id: string }>(
    `UPDATE write_offs SET status = 'ended', decided_by = $2, decided_at = $3, decision_reason = $4
     WHERE invoice_id = $1 AND status = 'proposed' RETURNING id`,
    [invoiceId, system.name, at, reason],
  );
  for (const { id } of rows) {
    await record(tx, {
      at,
      actor: system,
      action: 'write-off-ended',
      summary: `${id} needs no decision any more`,
      reason,
      customerId,
      orderId: orderId ?? undefined,
      invoiceId,
      after: { id, settledBy },
    });
    const how = { status: 'cancelled', by: system.name, outcome: { settledBy }, at } as const;
    await finishTasks(tx, { keys: [`${id}:decision`] }, how);
  }
}

/** What a payment that is taken back had recovered of a write-off, and is given up again. */
export interface GivenUpAgain {
  writeOffId: string;
  invoiceId: string;
  amountMinor: number;
  /** The day on which it was reinstated. */
  reinstatedOn: IsoDate;
}

/**
 * Takes recoveries back with the payment that brought them, what was recovered last first: of each item as much as was taken of it, before
 * anything of it is open again, for it was paid beyond what was open (P6). The entries are the caller's.
 */
export async function giveUpAgain(
  tx: Transaction,
  paymentId: string,
  taken: readonly { invoiceId: string; amountMinor: number; discountMinor: number; writeOffMinor: number }[],
): Promise<GivenUpAgain[]> {
  const { rows } = await tx.query<GivenUpAgain>(
    `SELECT write_off_id AS "writeOffId", r.invoice_id AS "invoiceId", (r.amount_minor - r.reversed_minor)::bigint AS "amountMinor",
       greatest(r.value_on, a.value_on) AS "reinstatedOn"
     FROM write_off_recoveries r JOIN write_off_applications a USING (write_off_id)
     WHERE r.payment_id = $1 AND r.reversed_minor < r.amount_minor ORDER BY write_off_id DESC`,
    [paymentId],
  );
  const again: GivenUpAgain[] = [];
  for (const { invoiceId, amountMinor, discountMinor, writeOffMinor } of taken) {
    let leftMinor = sumMinor([amountMinor, discountMinor, writeOffMinor]);
    for (const recovery of rows.filter((row) => row.invoiceId === invoiceId)) {
      const againMinor = Math.min(leftMinor, recovery.amountMinor);
      if (againMinor === 0) break;
      leftMinor -= againMinor;
      again.push({ ...recovery, amountMinor: againMinor });
      await tx.query(
        `WITH recovery AS (
           UPDATE write_off_recoveries SET reversed_minor = reversed_minor + $4 WHERE payment_id = $1 AND write_off_id = $2)
         UPDATE write_off_applications SET recovered_minor = recovered_minor - $4 WHERE write_off_id = $2 AND invoice_id = $3`,
        [paymentId, recovery.writeOffId, invoiceId, againMinor],
      );
    }
  }
  return again;
}

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
  applications: readonly {
    invoiceId: string;
    amountMinor: number;
    valueOn: string;
    discount?: { discountMinor: number } | undefined;
    writeOff?: { amountMinor: number } | undefined;
  }[],
): Promise<void> {
  const { currency, cause, actor, at } = money;
  const paymentId = 'paymentId' in money ? money.paymentId : undefined;
  const [column, sourceId] = 'paymentId' in money ? ['payment_id', money.paymentId] : ['credit_note_id', money.creditNoteId];
  for (const { invoiceId, amountMinor, valueOn, discount, writeOff } of applications) {
    const item = writtenOff.find(({ id }) => id === invoiceId);
    if (!item) continue;
    const open = items.find(({ id }) => id === invoiceId);
    // What is open still is paid first; only what is beyond it is owed again.
    const coveredMinor = sumMinor([amountMinor, discount?.discountMinor ?? 0, writeOff?.amountMinor ?? 0]);
    const againMinor = Math.max(0, coveredMinor - (open?.openMinor ?? 0));
    if (againMinor === 0) continue;
    let restMinor = againMinor;
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
          bookedOn: laterDate(valueOn, writtenOffOn),
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
    await tx.query("UPDATE invoices SET open_minor = open_minor + $2, status = 'open' WHERE id = $1", [invoiceId, againMinor]);
    account.openReceivablesMinor += againMinor;
    if (open) open.openMinor += againMinor;
    // Nothing of it is being collected: its order and its hold do not hear of the moment for which it is open.
    else items.push({ ...item, openMinor: againMinor, overdueSince: null, reinstated: true });
  }
}
