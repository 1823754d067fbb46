import { Refusal } from '../../domain/failures.ts';
import { type AccountMovement, type Statement, statementOf } from '../../domain/statement.ts';
import type { IsoDate } from '../../domain/time.ts';
import { only, type Queryable } from '../client.ts';

/** As many in one period as anybody reads; a busier one is asked for in shorter periods. What came before it is one sum. */
const movementsMaximum = 20_000;

/** The type of the refusal of a period with too many of them. */
export const statementTooLong = 'statement-too-long';

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
  const { openingMinor } = only(
    await db.query<{ openingMinor: number }>(
      `SELECT coalesce(sum(m.amount_minor), 0)::bigint AS "openingMinor"
       FROM receivable_movements m JOIN invoices i ON i.id = m.invoice_id WHERE i.customer_id = $1 AND m.booked_on < $2`,
      [customerId, from],
    ),
  );
  const movements = await db.query<AccountMovement>(
    // What was applied before each booking named its items has no entry here. A consolidated invoice is booked by shipment, and is one
    // line all the same; every other movement is a line of its own. Only what brought money is a payment: a discount, a small difference
    // and what was taken back name the payment that they came with, and are told as what they are.
    `SELECT m.booked_on AS on, CASE WHEN e.id IS NULL OR e.kind IN ('receipt', 'application', 'deposit-application') THEN 'payment'
         ELSE e.kind END AS kind,
       coalesce(n.id, e.payment_id, m.invoice_id) AS "documentId", m.invoice_id AS "invoiceId", i.due_on AS "dueOn",
       CASE WHEN i.kind = 'opening-item' THEN i.facts ->> 'reference' END AS "formerReference",
       sum(m.amount_minor)::bigint AS "amountMinor"
     FROM receivable_movements m JOIN invoices i ON i.id = m.invoice_id LEFT JOIN journal_entries e ON e.id = m.entry_id
       LEFT JOIN credit_notes n ON e.event_id = coalesce(n.return_id, n.id) || ':credit-note'
     WHERE i.customer_id = $1 AND m.booked_on BETWEEN $2 AND $3 AND m.amount_minor <> 0
     GROUP BY 1, 2, 3, 4, 5, 6, CASE WHEN e.kind IS DISTINCT FROM 'invoice' THEN m.ctid END
     ORDER BY 1, sum(m.amount_minor) < 0, 3, 4 LIMIT ${movementsMaximum + 1}`,
    [customerId, from, to],
  );
  if (movements.rows.length > movementsMaximum) {
    const detail = `From ${from} to ${to} there are more than ${movementsMaximum} movements; ask for a shorter period.`;
    throw new Refusal(422, statementTooLong, detail);
  }
  const open = await db.query<{ dueOn: IsoDate; openMinor: number }>(
    'SELECT due_on AS "dueOn", open_minor AS "openMinor" FROM receivable_positions($2) WHERE customer_id = $1',
    [customerId, to],
  );
  const beside = await db.query<{ unappliedMinor: number }>(
    `SELECT coalesce(sum(CASE p.side WHEN 'credit' THEN p.amount_minor ELSE -p.amount_minor END), 0)::bigint AS "unappliedMinor"
     FROM journal_entries e JOIN postings p ON p.entry_id = e.id
     WHERE e.customer_id = $1 AND e.booked_on <= $2 AND p.account IN ('unapplied-cash', 'customer-credits', 'customer-deposits')`,
    [customerId, to],
  );
  return {
    customerId,
    ...customers.rows[0],
    ...beside.rows[0]!,
    ...statementOf({ openingMinor, movements: movements.rows, open: open.rows, from, to }),
  };
}
