import type { DunningPolicy } from '../../domain/dunning.ts';
import { debtsByInstalment, scheduleOf } from '../../domain/instalments.ts';
import { type DatedRate, type InterestSegment, lateInterest, ratesOf } from '../../domain/interest.ts';
import { sumMinor } from '../../domain/money.ts';
import { compareDates, type IsoDate } from '../../domain/time.ts';
import { only, type Queryable } from '../client.ts';
import { type InvoiceKind, isNote, type OpenItemRow } from './invoices.ts';

/** The base rates that were announced, the oldest first. */
export async function readBaseRates(db: Queryable): Promise<DatedRate[]> {
  const { rows } = await db.query<DatedRate>(
    'SELECT valid_from AS "from", annual_rate AS "annualRate" FROM base_rates ORDER BY valid_from',
    [],
  );
  return rows;
}

/**
 * Late interest on an item until a day, or until its last payment when that is later, less what was noted of it already and was not
 * credited as an error; nothing on notes of interest and fees (P5). By the terms of the day the item was issued, at the base rates as they
 * are known now. Interest runs for the days on which the customer owed: of money that was taken back as if it had never come, on all of them.
 */
export async function interestOn(
  db: Queryable,
  item: Pick<OpenItemRow, 'id' | 'dueOn' | 'grossMinor' | 'openMinor' | 'instalments'> & { kind: InvoiceKind },
  policy: DunningPolicy,
  until: IsoDate,
): Promise<{ segments: InterestSegment[]; interestMinor: number; earlierMinor: number }> {
  if (isNote(item.kind) || !policy.collectInterest) return { segments: [], interestMinor: 0, earlierMinor: 0 };
  // The money of a card dispute that was won has been ours since it first came, whoever held it while the dispute lasted: what it had
  // paid, and pays again, is paid since then. Known by its reference: the dispute names it only once it has paid.
  const { rows: payments } = await db.query<{ valueOn: IsoDate; amountMinor: number }>(
    `SELECT coalesce((SELECT p.value_on FROM card_disputes d JOIN payments p ON p.id = d.taken_payment_id
         JOIN reversed_applications r ON (r.payment_id, r.number, r.invoice_id) = (d.taken_payment_id, d.taken_number, a.invoice_id)
         WHERE d.id || ':won' = (SELECT external_reference FROM payments w WHERE w.id = a.payment_id)), value_on) AS "valueOn", amount_minor AS "amountMinor"
     FROM standing_applications a WHERE invoice_id = $1
     UNION ALL
     SELECT value_on, amount_minor FROM settlements WHERE invoice_id = $1 AND NOT corrects AND kind <> 'payment' ORDER BY 1`,
    [item.id],
  );
  // What was credited was never owed, nor what an early-payment discount stands for: it bears no interest, not even for the days before
  // the credit note. Nor does what was given up of the item, also when it came after all.
  const { creditedMinor, earlierMinor } = only(
    await db.query<{ creditedMinor: number; earlierMinor: number }>(
      `SELECT (SELECT coalesce(sum(gross_minor), 0) FROM credit_notes WHERE invoice_id = $1)::bigint
           + (SELECT coalesce(sum(amount_minor), 0) FROM settlements WHERE invoice_id = $1 AND kind = 'early-payment-discount')::bigint
           + (SELECT coalesce(sum(amount_minor), 0) FROM write_off_applications WHERE invoice_id = $1)::bigint
           - (SELECT coalesce(sum(amount_minor), 0) FROM write_off_recoveries WHERE invoice_id = $1 AND credit_note_id IS NOT NULL)::bigint
           AS "creditedMinor",
         (SELECT coalesce(sum(i.gross_minor - (SELECT coalesce(sum(n.gross_minor), 0) FROM credit_notes n
              WHERE n.invoice_id = i.id AND n.reason = 'interest-error')), 0)::bigint
          FROM invoices i WHERE i.corrects_invoice_id = $1 AND i.kind = 'interest-note') AS "earlierMinor"`,
      [item.id],
    ),
  );
  const rates = ratesOf(policy, policy.baseRateMargin === undefined ? [] : await readBaseRates(db));
  const last = payments.reduce((latest, { valueOn }) => (compareDates(valueOn, latest) > 0 ? valueOn : latest), until);
  const notes = debtsByInstalment(scheduleOf(item), creditedMinor, payments).map((debt) =>
    lateInterest({ ...debt, rates, until: last }),
  );
  return {
    segments: notes.flatMap((note) => note.segments),
    // What was noted when a payment settled the item that was taken back later stands; only the rest is noted now.
    interestMinor: sumMinor([...notes.map((note) => note.interestMinor), -earlierMinor]),
    earlierMinor,
  };
}
