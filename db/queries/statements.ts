import { Refusal } from '../../domain/failures.ts';
import { type AccountMovement, type Statement, statementOf } from '../../domain/statement.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';

/** As many as anybody reads; a longer history is asked for in shorter periods. */
const movementsMaximum = 20_000;

export interface AccountStatement extends Statement {
  customerId: string;
  currency: string;
  /** What is there and pays no item yet, on the last day: cash, credit notes, deposits for orders. */
  unappliedMinor: number;
}

/**
 * The customer's statement of a period, by the ledger's dates like the ageing, so that its closing balance is what the ageing of that
 * day says (A4). Undefined for an unknown customer.
 */
export async function readStatement(
  db: Queryable,
  customerId: string,
  { from, to }: { from: IsoDate; to: IsoDate },
): Promise<AccountStatement | undefined> {
  const customers = await db.query<{ currency: string }>('SELECT currency FROM customers WHERE id = $1', [customerId]);
  if (!customers.rows[0]) return undefined;
  const movements = await db.query<AccountMovement>(
    `SELECT m.on, m.kind, m."documentId", m."invoiceId", i.due_on AS "dueOn", m."amountMinor"
     FROM (
       SELECT e.booked_on AS on, e.kind, coalesce(n.id, e.invoice_id) AS "documentId", e.invoice_id AS "invoiceId",
         sum(CASE p.side WHEN 'debit' THEN p.amount_minor ELSE -p.amount_minor END)::bigint AS "amountMinor"
       FROM journal_entries e JOIN postings p ON p.entry_id = e.id
         LEFT JOIN credit_notes n ON e.event_id = n.return_id || ':credit-note'
       WHERE e.customer_id = $1 AND e.invoice_id IS NOT NULL AND p.account = 'accounts-receivable' AND e.booked_on <= $2
       GROUP BY e.id, n.id
       UNION ALL
       SELECT a.value_on, 'payment', a.payment_id, a.invoice_id, -a.amount_minor
       FROM payment_applications a JOIN payments p ON p.id = a.payment_id WHERE p.customer_id = $1 AND a.value_on <= $2
     ) m JOIN invoices i ON i.id = m."invoiceId"
     WHERE m."amountMinor" <> 0 ORDER BY m.on, m."amountMinor" < 0, m."documentId", m."invoiceId" LIMIT ${movementsMaximum + 1}`,
    [customerId, to],
  );
  if (movements.rows.length > movementsMaximum) {
    throw new Refusal(422, 'statement-too-long', `There is more than ${movementsMaximum} movements; read the items themselves.`);
  }
  const beside = await db.query<{ unappliedMinor: number }>(
    `SELECT coalesce(sum(CASE p.side WHEN 'credit' THEN p.amount_minor ELSE -p.amount_minor END), 0)::bigint AS "unappliedMinor"
     FROM journal_entries e JOIN postings p ON p.entry_id = e.id
     WHERE e.customer_id = $1 AND e.booked_on <= $2 AND p.account IN ('unapplied-cash', 'customer-credits', 'customer-deposits')`,
    [customerId, to],
  );
  return { customerId, ...customers.rows[0], ...beside.rows[0]!, ...statementOf(movements.rows, { from, to }) };
}
