import { finalOrderStatuses, orderStatuses, stageOf } from '../../domain/order.ts';
import type { IsoInstant } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { controlPassedAt, isPassedOnDelivery } from '../statements/control.ts';
import { heldByMovements } from '../statements/credit.ts';
import { salesEntries } from './reports.ts';

/*
 * What must be true of the books, always (X2). Each invariant is one statement, which sees one committed state and lists the
 * rows that break its sentence; `given.at` is the company's time. The job, the close of a month, GET /v1/integrity and the
 * tests all read this one list.
 */

export interface Invariant {
  id: string;
  /** The requirement that it guards. */
  requirement: string;
  sentence: string;
  sql: string;
}

/** Every currency in which the account, on that side, does not come to what its subledger says. */
const accountEquals = (account: string, side: 'debit' | 'credit', subledger: string): string => `
  SELECT currency, coalesce(a.amount, 0) AS "accountMinor", coalesce(s.amount, 0) AS "subledgerMinor"
  FROM (SELECT e.currency, sum(CASE p.side WHEN '${side}' THEN p.amount_minor ELSE -p.amount_minor END) AS amount
        FROM postings p JOIN journal_entries e ON e.id = p.entry_id WHERE p.account = '${account}' GROUP BY 1) a
  FULL JOIN (${subledger}) s USING (currency) WHERE coalesce(a.amount, 0) <> coalesce(s.amount, 0)`;

const orderStates = orderStatuses.flatMap((status) => [
  `('${status}', '${stageOf(status)}')`,
  `('${status}', '${stageOf(status, true)}')`,
]);
const signed = (quantity: string): string =>
  `CASE WHEN kind IN ('received', 'found', 'returned') THEN ${quantity} ELSE -${quantity} END`;

export const invariants: readonly Invariant[] = [
  {
    id: 'entries-balance',
    requirement: 'A3',
    sentence: 'In every journal entry debits equal credits, in the currency of its document and in that of the books.',
    sql: `SELECT entry_id AS "entryId", sum(CASE side WHEN 'debit' THEN amount_minor ELSE -amount_minor END) AS "differenceMinor",
        sum(CASE side WHEN 'debit' THEN functional_minor ELSE -functional_minor END) AS "functionalDifferenceMinor"
      FROM postings GROUP BY entry_id HAVING sum(CASE side WHEN 'debit' THEN amount_minor ELSE -amount_minor END) <> 0
        OR sum(CASE side WHEN 'debit' THEN functional_minor ELSE -functional_minor END) <> 0
      UNION ALL SELECT id, NULL, NULL FROM journal_entries e WHERE NOT EXISTS (SELECT FROM postings p WHERE p.entry_id = e.id)`,
  },
  {
    id: 'ledger-balances',
    requirement: 'A3',
    sentence: 'In every currency all debits equal all credits.',
    sql: `SELECT e.currency, sum(CASE p.side WHEN 'debit' THEN p.amount_minor ELSE -p.amount_minor END) AS "differenceMinor"
      FROM journal_entries e JOIN postings p ON p.entry_id = e.id GROUP BY e.currency
      HAVING sum(CASE p.side WHEN 'debit' THEN p.amount_minor ELSE -p.amount_minor END) <> 0`,
  },
  {
    id: 'receivables-account',
    requirement: 'A3',
    sentence: 'The receivables account is what is open of all debit items.',
    sql: accountEquals(
      'accounts-receivable',
      'debit',
      'SELECT currency, sum(open_minor) AS amount FROM invoices WHERE open_minor <> 0 GROUP BY currency',
    ),
  },
  {
    id: 'ageing',
    requirement: 'A4',
    sentence: 'The ageing shows of every debit item what is open of it.',
    sql: `SELECT i.id AS "invoiceId", i.open_minor AS "openMinor", coalesce(p.open_minor, 0) AS "agedMinor"
      FROM invoices i LEFT JOIN (SELECT invoice_id, sum(open_minor) AS open_minor FROM receivable_positions('infinity') GROUP BY 1) p
        ON p.invoice_id = i.id WHERE i.open_minor <> coalesce(p.open_minor, 0)`,
  },
  {
    id: 'movements-of-items',
    requirement: 'R1',
    sentence: 'Every movement of the receivables names its item’s customer, currency and due date, and its entry’s kind.',
    sql: `SELECT m.invoice_id AS "invoiceId", m.entry_id AS "entryId" FROM receivable_movements m JOIN invoices i ON i.id = m.invoice_id
        LEFT JOIN journal_entries e ON e.id = m.entry_id
      WHERE m.customer_id <> i.customer_id OR m.currency <> i.currency OR m.kind <> coalesce(e.kind, 'receipt')
        OR m.due_on IS DISTINCT FROM CASE WHEN NOT EXISTS (SELECT FROM invoice_instalments n WHERE n.invoice_id = i.id) THEN i.due_on END`,
  },
  {
    id: 'kept-items',
    requirement: 'R1',
    sentence: 'What is kept as open at the end of the newest kept month is what the movements up to it come to.',
    sql: `SELECT invoice_id AS "invoiceId", k.open_minor AS "keptMinor", m.open_minor AS "openMinor"
      FROM (SELECT invoice_id, due_on, open_minor FROM kept_items WHERE month_end = (SELECT max(month_end) FROM kept_months)) k
        FULL JOIN (SELECT invoice_id, due_on, sum(amount_minor) AS open_minor FROM receivable_movements
          WHERE booked_on <= (SELECT max(month_end) FROM kept_months)
            AND (entry_id IS NULL OR entry_id <= (SELECT entries_through FROM kept_months ORDER BY month_end DESC LIMIT 1))
          GROUP BY 1, 2 HAVING sum(amount_minor) <> 0) m USING (invoice_id)
      WHERE k.open_minor IS DISTINCT FROM m.open_minor OR k.due_on IS DISTINCT FROM m.due_on`,
  },
  {
    id: 'kept-due',
    requirement: 'R1',
    sentence: 'What is kept as due on a day at the end of a kept month is what its items due on that day come to.',
    sql: `SELECT month_end AS "monthEnd", currency, due_on AS "dueOn", k.open_minor AS "keptMinor", i.open_minor AS "openMinor"
      FROM kept_due k FULL JOIN (SELECT month_end, currency, due_on, sum(open_minor) AS open_minor FROM kept_items WHERE due_on IS NOT NULL
        GROUP BY 1, 2, 3) i USING (month_end, currency, due_on)
      WHERE k.open_minor IS DISTINCT FROM i.open_minor`,
  },
  {
    id: 'kept-sales',
    requirement: 'R1',
    sentence: 'What is kept as the sales of the days of kept months is what the entries of these days come to.',
    sql: `SELECT booked_on AS "bookedOn", currency, k.sales_minor AS "keptMinor", e.sales_minor AS "salesMinor"
      FROM (SELECT booked_on, currency, sum(sales_minor) AS sales_minor FROM kept_sales GROUP BY 1, 2) k
        FULL JOIN (SELECT booked_on, currency, sum(amount_minor) AS sales_minor
          FROM (${salesEntries("'-infinity'", '(SELECT max(month_end) FROM kept_months)', 'NULL')}) s
          WHERE entry_id <= (SELECT entries_through FROM kept_months ORDER BY month_end DESC LIMIT 1) GROUP BY 1, 2) e USING (booked_on, currency)
      WHERE k.sales_minor IS DISTINCT FROM e.sales_minor`,
  },
  {
    id: 'receivables-in-the-books',
    requirement: 'A3',
    sentence:
      'In the currency of the books the receivables account is what its debit items carry, and one that is settled carries nothing.',
    sql: `SELECT i.id AS "invoiceId", i.open_minor AS "openMinor", sum(m.functional_minor) AS "functionalMinor"
      FROM invoices i JOIN receivable_movements m ON m.invoice_id = i.id GROUP BY i.id
      HAVING (i.open_minor = 0 AND sum(m.functional_minor) <> 0)
        OR (i.currency = (SELECT currency FROM company) AND sum(m.functional_minor) <> i.open_minor)
      UNION ALL SELECT NULL, a.functional, s.functional
      FROM (SELECT coalesce(sum(CASE side WHEN 'debit' THEN functional_minor ELSE -functional_minor END), 0) AS functional
            FROM postings WHERE account = 'accounts-receivable') a,
        (SELECT coalesce(sum(functional_minor), 0) AS functional FROM receivable_movements) s WHERE a.functional <> s.functional`,
  },
  {
    id: 'carried-amounts',
    requirement: 'A3',
    sentence: 'Money, credit and unbilled goods that are used up carry nothing in the currency of the books either.',
    sql: `SELECT account, item, sum(CASE side WHEN 'debit' THEN functional_minor ELSE -functional_minor END) AS "functionalMinor"
      FROM postings WHERE item IS NOT NULL GROUP BY 1, 2
      HAVING sum(CASE side WHEN 'debit' THEN amount_minor ELSE -amount_minor END) = 0
        AND sum(CASE side WHEN 'debit' THEN functional_minor ELSE -functional_minor END) <> 0`,
  },
  {
    id: 'carried-accounts',
    requirement: 'A3',
    sentence:
      'Receivables, each of their items, and the allowance that are zero in another currency are zero in that of the books.',
    sql: `SELECT e.currency, p.account AS "of" FROM journal_entries e JOIN postings p ON p.entry_id = e.id
      WHERE p.account IN ('accounts-receivable', 'bad-debt-allowance') AND e.currency <> (SELECT currency FROM company) GROUP BY 1, 2
      HAVING sum(CASE p.side WHEN 'debit' THEN p.amount_minor ELSE -p.amount_minor END) = 0
        AND sum(CASE p.side WHEN 'debit' THEN p.functional_minor ELSE -p.functional_minor END) <> 0
      UNION ALL SELECT min(currency), invoice_id FROM receivable_movements WHERE currency <> (SELECT currency FROM company)
      GROUP BY invoice_id HAVING sum(amount_minor) = 0 AND sum(functional_minor) <> 0`,
  },
  {
    id: 'unapplied-cash-account',
    requirement: 'P1',
    sentence: 'The account of unapplied cash is what is unapplied of all payments, and what bank lines hold in suspense.',
    sql: accountEquals(
      'unapplied-cash',
      'credit',
      `SELECT currency, sum(minor) AS amount FROM (SELECT currency, unapplied_minor AS minor FROM payments
         UNION ALL SELECT currency, suspense_minor FROM bank_lines WHERE suspense_minor > 0) u GROUP BY currency`,
    ),
  },
  {
    id: 'bank-lines',
    requirement: 'P2',
    sentence: 'Every line of a bank statement is booked once: as a payment, in suspense, or not at all.',
    sql: `SELECT id AS "lineId" FROM bank_lines WHERE (payment_id IS NOT NULL AND suspense_minor > 0)
        OR (status IN ('new', 'ignored') AND (payment_id IS NOT NULL OR suspense_minor > 0))
      UNION ALL SELECT payment_id FROM bank_lines WHERE payment_id IS NOT NULL AND direction = 'credit' GROUP BY 1 HAVING count(*) > 1`,
  },
  {
    id: 'refunds',
    requirement: 'P1',
    sentence: 'Of every payment and credit balance as much went back as its approved refunds say.',
    sql: `SELECT p.id AS "paymentId" FROM payments p WHERE p.refunded_minor <>
      (SELECT coalesce(sum(amount_minor), 0) FROM refunds r WHERE r.payment_id = p.id AND r.status = 'approved')
      UNION ALL SELECT n.id FROM credit_notes n WHERE n.refunded_minor <>
        (SELECT coalesce(sum(amount_minor), 0) FROM refunds r WHERE r.credit_note_id = n.id AND r.status = 'approved')`,
  },
  {
    id: 'customer-credits-account',
    requirement: 'I4',
    sentence: 'The account of credit balances is what credit notes have left over.',
    sql: accountEquals(
      'customer-credits',
      'credit',
      'SELECT currency, sum(unapplied_minor) AS amount FROM credit_notes GROUP BY currency',
    ),
  },
  {
    id: 'customer-deposits-account',
    requirement: 'C1',
    sentence: 'The account of deposits is what is held for orders that were paid in advance.',
    sql: accountEquals(
      'customer-deposits',
      'credit',
      'SELECT p.currency, sum(d.held_minor) AS amount FROM deposits d JOIN payments p ON p.id = d.payment_id GROUP BY 1',
    ),
  },
  {
    id: 'returns-account',
    requirement: 'I4',
    sentence: 'The account of returns is the net of all credit notes of invoices.',
    sql: accountEquals(
      'returns',
      'debit',
      "SELECT n.currency, sum(n.net_minor) AS amount FROM credit_notes n JOIN invoices i ON i.id = n.invoice_id WHERE i.kind = 'invoice' GROUP BY 1",
    ),
  },
  {
    id: 'inventory-account',
    requirement: 'A3',
    sentence: 'The inventory account is the value of the stock.',
    sql: accountEquals(
      'inventory',
      'debit',
      'SELECT (SELECT currency FROM company) AS currency, sum(value_minor) AS amount FROM stock GROUP BY 1',
    ),
  },
  {
    id: 'goods-in-transit-account',
    requirement: 'A3',
    sentence: 'The goods-in-transit account is the cost of what has left under D-terms and not arrived.',
    sql: accountEquals(
      'goods-in-transit',
      'debit',
      `SELECT (SELECT currency FROM company) AS currency, sum(m.value_minor) AS amount FROM shipments s JOIN orders o ON o.id = s.order_id
         JOIN stock_movements m ON m.event_id = s.id || ':goods-issue'
       WHERE s.status = 'shipped' AND ${isPassedOnDelivery('o')} GROUP BY 1`,
    ),
  },
  {
    id: 'carrier-claims-account',
    requirement: 'S3',
    sentence: 'The carrier-claims account is what carriers have accepted and not paid.',
    sql: accountEquals(
      'carrier-claims',
      'debit',
      `SELECT currency, sum(accepted_minor) AS amount FROM carrier_claims WHERE status = 'accepted' GROUP BY 1`,
    ),
  },
  {
    id: 'unbilled-account',
    requirement: 'I1',
    sentence: 'The account of unbilled receivables is the net of what has passed to customers and stands on no invoice.',
    sql: accountEquals(
      'unbilled-receivables',
      'debit',
      `SELECT o.currency, sum(l.unit_price_minor * coalesce(sl.picked_quantity, sl.quantity)) AS amount
       FROM orders o JOIN shipments s ON s.order_id = o.id JOIN shipment_lines sl ON sl.shipment_id = s.id
         JOIN order_lines l ON l.order_id = o.id AND l.line_number = sl.line_number
       WHERE (s.status = 'delivered' OR s.status = 'shipped' AND (${isPassedOnDelivery('o')}) IS NOT TRUE)
         AND NOT EXISTS (SELECT FROM billings b WHERE b.shipment_id = s.id) GROUP BY 1`,
    ),
  },
  {
    id: 'unbilled-orders',
    requirement: 'I1',
    sentence: 'Nothing of an order is unbilled when each of its shipments stands on an invoice.',
    sql: `SELECT e.order_id AS "orderId", sum(CASE p.side WHEN 'debit' THEN p.amount_minor ELSE -p.amount_minor END) AS "unbilledMinor"
      FROM postings p JOIN journal_entries e ON e.id = p.entry_id WHERE p.account = 'unbilled-receivables'
        AND NOT EXISTS (SELECT FROM shipments s WHERE s.order_id = e.order_id AND s.status IN ('shipped', 'delivered')
          AND NOT EXISTS (SELECT FROM billings b WHERE b.shipment_id = s.id))
      GROUP BY 1 HAVING sum(CASE p.side WHEN 'debit' THEN p.amount_minor ELSE -p.amount_minor END) <> 0`,
  },
  {
    id: 'exposure',
    requirement: 'C3',
    sentence: 'The exposure kept with every credit account is what its orders, items and money come to.',
    sql: `SELECT a.customer_id AS "customerId", a.open_receivables_minor, r.receivables, a.approved_not_shipped_minor, r.approved,
        a.shipped_not_invoiced_minor, r.shipped, a.unapplied_cash_minor, r.unapplied, a.open_credit_notes_minor, r.credits
      FROM credit_accounts a, LATERAL (SELECT
        (SELECT coalesce(sum(open_minor), 0) FROM invoices i WHERE i.customer_id = a.customer_id) AS receivables,
        (SELECT coalesce(sum(remaining_minor), 0) FROM credit_holds h WHERE h.customer_id = a.customer_id) AS approved,
        (SELECT coalesce(sum(s.hold_share_minor), 0) FROM shipments s JOIN orders o ON o.id = s.order_id
           WHERE o.customer_id = a.customer_id AND s.status IN ('shipped', 'delivered')
             AND NOT EXISTS (SELECT FROM billings b WHERE b.shipment_id = s.id)) AS shipped,
        (SELECT coalesce(sum(unapplied_minor), 0) FROM payments p WHERE p.customer_id = a.customer_id) AS unapplied,
        (SELECT coalesce(sum(unapplied_minor), 0) FROM credit_notes n WHERE n.customer_id = a.customer_id) AS credits) r
      WHERE a.open_receivables_minor <> r.receivables OR a.approved_not_shipped_minor <> r.approved
         OR a.shipped_not_invoiced_minor <> r.shipped OR a.unapplied_cash_minor <> r.unapplied
         OR a.open_credit_notes_minor <> r.credits`,
  },
  {
    id: 'credit-holds',
    requirement: 'C3',
    sentence: 'What remains of every credit hold is what its movements made it.',
    sql: `SELECT h.order_id AS "orderId", h.remaining_minor AS "remainingMinor", m.remaining AS "movedMinor"
      FROM credit_holds h, LATERAL (
        SELECT ${heldByMovements} AS remaining FROM credit_movements WHERE order_id = h.order_id) m WHERE h.remaining_minor <> m.remaining`,
  },
  {
    id: 'stock-bounds',
    requirement: 'F1',
    sentence: 'Of every product in every warehouse, 0 ≤ reserved ≤ on hand.',
    sql: 'SELECT sku, warehouse_id AS "warehouseId", reserved, on_hand AS "onHand" FROM stock WHERE NOT (0 <= reserved AND reserved <= on_hand)',
  },
  {
    id: 'reservations',
    requirement: 'F1',
    sentence: 'What is reserved of the stock is the sum of its open reservations.',
    sql: `SELECT sku, warehouse_id AS "warehouseId", s.reserved, r.quantity AS "reservationsQuantity"
      FROM stock s FULL JOIN (
        SELECT sku, warehouse_id, sum(quantity) AS quantity FROM reservations WHERE status = 'reserved' GROUP BY 1, 2) r
      USING (sku, warehouse_id) WHERE coalesce(s.reserved, 0) <> coalesce(r.quantity, 0)`,
  },
  {
    id: 'stock-movements',
    requirement: 'F1',
    sentence: 'What lies in stock, and its value, is received + found + returned − shipped − lost.',
    sql: `SELECT sku, warehouse_id AS "warehouseId", s.on_hand AS "onHand", m.quantity AS "movedQuantity", s.value_minor AS "valueMinor",
        m.value AS "movedMinor"
      FROM stock s FULL JOIN (
        SELECT sku, warehouse_id, sum(${signed('quantity')}) AS quantity, sum(${signed('value_minor')}) AS value
        FROM stock_movements GROUP BY 1, 2) m USING (sku, warehouse_id)
      WHERE coalesce(s.on_hand, 0) <> coalesce(m.quantity, 0) OR coalesce(s.value_minor, 0) <> coalesce(m.value, 0)`,
  },
  {
    id: 'back-orders',
    requirement: 'F3',
    sentence: 'Every unit that an order in fulfilment is owed is reserved for it, or it stands in line for it.',
    sql: `SELECT l.order_id AS "orderId", l.line_number AS "lineNumber", o.status, l.back_ordered_quantity AS "backOrderedQuantity", d.owed, d.reserved
      FROM order_lines l JOIN orders o ON o.id = l.order_id, LATERAL (SELECT
        l.quantity - l.shipped_quantity - l.cancelled_quantity AS owed,
        (SELECT coalesce(sum(r.quantity), 0) FROM shipments s JOIN reservations r ON r.shipment_id = s.id
           WHERE s.order_id = l.order_id AND r.line_number = l.line_number AND r.status = 'reserved') AS reserved) d
      WHERE (l.back_ordered_quantity > 0 OR d.owed > 0) AND (l.back_ordered_quantity > d.owed - d.reserved
        OR o.status IN ('back-ordered', 'awaiting-choice', 'in-fulfilment') AND l.back_ordered_quantity < d.owed - d.reserved)`,
  },
  {
    id: 'line-quantities',
    requirement: 'X2',
    sentence: 'Of every line of an order, invoiced ≤ shipped ≤ ordered, by the documents and by the order alike.',
    sql: `SELECT l.order_id AS "orderId", l.line_number AS "lineNumber", l.quantity, d.shipped, d.invoiced FROM order_lines l, LATERAL (SELECT
        (SELECT coalesce(sum(coalesce(sl.picked_quantity, sl.quantity)), 0) FROM shipment_lines sl JOIN shipments s ON s.id = sl.shipment_id
           WHERE s.order_id = l.order_id AND sl.line_number = l.line_number AND s.status IN ('shipped', 'delivered')) AS shipped,
        (SELECT coalesce(sum(il.quantity), 0) FROM billings b JOIN invoices i ON i.id = b.invoice_id AND i.corrects_invoice_id IS NULL
           JOIN invoice_lines il ON il.invoice_id = b.invoice_id AND coalesce(il.shipment_id = b.shipment_id, true)
           WHERE b.order_id = l.order_id AND coalesce(il.order_line_number, il.line_number) = l.line_number) AS invoiced) d
      WHERE l.shipped_quantity <> d.shipped OR l.invoiced_quantity <> d.invoiced OR d.invoiced > d.shipped OR d.shipped > l.quantity`,
  },
  {
    id: 'payments-applied',
    requirement: 'X2',
    sentence: 'Every payment is applied, held for an order, refunded, taken back, or unapplied, to its last cent and not beyond.',
    sql: `SELECT p.id AS "paymentId" FROM payments p WHERE p.amount_minor <> p.unapplied_minor + p.refunded_minor + p.reversed_minor
        + (SELECT coalesce(sum(held_minor), 0) FROM deposits d WHERE d.payment_id = p.id)
        + (SELECT coalesce(sum(amount_minor), 0) FROM standing_applications a WHERE a.payment_id = p.id)
        - (SELECT coalesce(sum(refunded_minor), 0) FROM payment_reversals r WHERE r.payment_id = p.id)`,
  },
  {
    id: 'payment-reversals',
    requirement: 'P2',
    sentence: 'What is taken back of a payment is what its reversals say, in its items, its deposits and in the books.',
    sql: `SELECT p.id AS "paymentId" FROM payments p WHERE p.reversed_minor <>
        (SELECT coalesce(sum(amount_minor), 0) FROM payment_reversals r WHERE r.payment_id = p.id)
      UNION ALL SELECT r.payment_id FROM payment_reversals r LEFT JOIN invoices i ON i.id = r.invoice_id
        WHERE r.amount_minor <> r.unapplied_minor + r.deposits_minor + r.refunded_minor
            + (SELECT coalesce(sum(amount_minor), 0) FROM reversed_applications a WHERE a.payment_id = r.payment_id AND a.number = r.number)
          OR coalesce(i.gross_minor, 0) <> r.refunded_minor
      UNION ALL SELECT r.payment_id FROM payment_reversals r GROUP BY 1 HAVING sum(r.deposits_minor) <>
        (SELECT coalesce(sum(returned_minor), 0) FROM deposits d WHERE d.payment_id = r.payment_id)
      UNION ALL SELECT t.payment_id FROM (
          SELECT payment_id, invoice_id, sum(discount_minor) AS discount_minor, bool_or(write_off_minor > 0) AS write_off
          FROM reversed_applications GROUP BY 1, 2) t
        WHERE (SELECT coalesce(sum(m.amount_minor), 0) FROM receivable_movements m JOIN journal_entries e ON e.id = m.entry_id
               WHERE e.payment_id = t.payment_id AND m.invoice_id = t.invoice_id AND e.kind <> 'reinstatement')
          + (SELECT coalesce(sum(amount_minor), 0) FROM standing_applications a WHERE (a.payment_id, a.invoice_id) = (t.payment_id, t.invoice_id))
          + (SELECT coalesce(sum(amount_minor), 0) FROM early_payment_discounts a
             WHERE (a.payment_id, a.invoice_id) = (t.payment_id, t.invoice_id)) - t.discount_minor
          + (SELECT coalesce(sum(amount_minor), 0) FROM payment_write_offs a
             WHERE (a.payment_id, a.invoice_id) = (t.payment_id, t.invoice_id) AND NOT t.write_off) <> 0`,
  },
  {
    id: 'items-open',
    requirement: 'X2',
    sentence: 'Every debit item is open by what has not settled it.',
    sql: `SELECT i.id AS "invoiceId", i.gross_minor AS "grossMinor", i.open_minor AS "openMinor" FROM invoices i
      WHERE i.gross_minor <> i.open_minor + (SELECT coalesce(sum(amount_minor), 0) FROM settlements a WHERE a.invoice_id = i.id)`,
  },
  {
    id: 'credit-notes',
    requirement: 'I4',
    sentence: 'Every credit note is applied, refunded or left over, and sums up.',
    sql: `SELECT n.id AS "creditNoteId" FROM credit_notes n WHERE n.gross_minor <> n.unapplied_minor + n.refunded_minor
        + (SELECT coalesce(sum(amount_minor), 0) FROM credit_note_applications a WHERE a.credit_note_id = n.id)
        OR n.net_minor <> (SELECT coalesce(sum(net_minor), 0) FROM credit_note_lines l WHERE l.credit_note_id = n.id)`,
  },
  {
    id: 'credited-amounts',
    requirement: 'I4',
    sentence: 'No invoice is credited for more than it came to.',
    sql: `SELECT i.id AS "invoiceId" FROM invoices i JOIN credit_notes n ON n.invoice_id = i.id
      GROUP BY i.id HAVING sum(n.net_minor) > i.net_minor OR sum(n.tax_minor) > i.tax_minor`,
  },
  {
    id: 'discounts-taken-back',
    requirement: 'I2',
    sentence: 'No more of an early-payment discount is taken back than was granted.',
    sql: `SELECT n.customer_id AS "customerId" FROM credit_notes n, jsonb_array_elements(n.discount_taxes) tax
      GROUP BY 1 HAVING sum((tax ->> 'baseMinor')::bigint + (tax ->> 'taxMinor')::bigint) >
        (SELECT coalesce(sum(d.amount_minor), 0) FROM early_payment_discounts d JOIN invoices i ON i.id = d.invoice_id
         WHERE i.customer_id = n.customer_id)`,
  },
  {
    id: 'credited-lines',
    requirement: 'I4',
    sentence: 'No line is credited beyond its net or its units, announced returns included.',
    sql: `SELECT l.invoice_id AS "invoiceId", l.line_number AS "lineNumber" FROM invoice_lines l, LATERAL (
        SELECT coalesce(sum(c.net_minor), 0) AS net,
          coalesce(sum(c.credited_units) FILTER (WHERE c.return_id IS NULL), 0) AS units
        FROM credited_lines c WHERE c.invoice_id = l.invoice_id AND c.line_number = l.line_number) c, LATERAL (
        SELECT coalesce(sum(coalesce(r.received_quantity + r.lost_quantity, r.quantity)), 0) AS units
        FROM returns g JOIN return_lines r ON r.return_id = g.id
        WHERE g.invoice_id = l.invoice_id AND r.line_number = l.line_number AND g.status NOT IN ('refused', 'cancelled')) b
      WHERE c.net > l.net_minor OR c.units + b.units > l.quantity`,
  },
  {
    id: 'revised-invoices',
    requirement: 'I4',
    sentence: 'What a revised invoice takes the place of has been credited in full, discounts that were taken back included.',
    sql: `SELECT i.id AS "invoiceId" FROM invoices r JOIN invoices i ON i.id = r.corrects_invoice_id WHERE r.kind = 'invoice'
      AND i.gross_minor <> (SELECT coalesce(sum((tax ->> 'baseMinor')::bigint + (tax ->> 'taxMinor')::bigint), 0) FROM credited_taxes n WHERE n.invoice_id = i.id)`,
  },
  {
    id: 'disputed-amounts',
    requirement: 'A5',
    sentence: 'What is disputed of an item is what its live disputes say, and a line has one of them at most.',
    sql: `SELECT i.id AS "invoiceId" FROM invoices i WHERE i.disputed_minor <>
        (SELECT coalesce(sum(disputed_minor), 0) FROM disputes d WHERE d.invoice_id = i.id AND d.status = 'open')
      UNION ALL SELECT l.invoice_id FROM disputes d JOIN dispute_lines l ON l.dispute_id = d.id WHERE l.live <> (d.status = 'open')
      UNION ALL SELECT invoice_id FROM dispute_lines WHERE live GROUP BY invoice_id, line_number HAVING count(*) > 1`,
  },
  {
    id: 'returned-quantities',
    requirement: 'O4',
    sentence: 'Of every line no more comes back than was shipped, and what is credited is what was received or lost.',
    sql: `SELECT r.shipment_id AS id, l.line_number AS "lineNumber" FROM returns r JOIN return_lines l ON l.return_id = r.id
        JOIN invoice_lines il ON il.invoice_id = r.invoice_id AND il.line_number = l.line_number
        WHERE r.status NOT IN ('refused', 'cancelled') GROUP BY 1, 2, r.invoice_id, il.quantity
        HAVING sum(coalesce(l.received_quantity + l.lost_quantity, l.quantity)) > il.quantity
      UNION ALL SELECT r.id, l.line_number FROM returns r JOIN return_lines l ON l.return_id = r.id
        LEFT JOIN credit_notes n ON n.return_id = r.id
        LEFT JOIN credit_note_lines c ON c.credit_note_id = n.id AND c.line_number = l.line_number
        WHERE coalesce(c.quantity, 0) <> CASE r.status WHEN 'credited' THEN l.received_quantity + l.lost_quantity ELSE 0 END`,
  },
  {
    id: 'restocked-quantities',
    requirement: 'O4',
    sentence: 'What was restocked of a return is what the stock took back.',
    sql: `SELECT r.id AS "returnId", l.sku FROM returns r JOIN return_lines l ON l.return_id = r.id GROUP BY r.id, l.sku
      HAVING coalesce(sum(l.restocked_quantity), 0) <>
        (SELECT coalesce(sum(m.quantity), 0) FROM stock_movements m WHERE m.event_id = r.id || ':restock' AND m.sku = l.sku)`,
  },
  {
    id: 'write-offs',
    requirement: 'P6',
    sentence: 'What was written off of an item, and what was recovered of it, is what is booked of it against the allowance.',
    sql: `SELECT invoice_id AS "invoiceId", w.written AS "writtenOffMinor", b.written AS "bookedMinor", w.recovered AS "recoveredMinor",
        b.recovered AS "reinstatedMinor"
      FROM (SELECT invoice_id, sum(amount_minor) AS written, sum(recovered_minor) AS recovered FROM write_off_applications GROUP BY 1) w
      FULL JOIN (SELECT e.invoice_id, sum(p.amount_minor) FILTER (WHERE e.kind = 'write-off' AND p.side = 'debit') AS written,
          sum(CASE p.side WHEN 'credit' THEN p.amount_minor ELSE -p.amount_minor END) FILTER (WHERE e.kind = 'reinstatement') AS recovered
        FROM journal_entries e JOIN postings p ON p.entry_id = e.id AND p.account = 'bad-debt-allowance'
        WHERE e.kind IN ('write-off', 'reinstatement') GROUP BY 1) b USING (invoice_id)
      WHERE coalesce(w.written, 0) <> coalesce(b.written, 0) OR coalesce(w.recovered, 0) <> coalesce(b.recovered, 0)`,
  },
  {
    id: 'recoveries',
    requirement: 'P6',
    sentence:
      'What was recovered of a write-off is what payments and credit notes of its item brought, less what was taken back of them.',
    sql: `SELECT a.write_off_id AS "writeOffId", a.invoice_id AS "invoiceId" FROM write_off_applications a WHERE a.recovered_minor <>
        (SELECT coalesce(sum(amount_minor - reversed_minor), 0) FROM write_off_recoveries r WHERE r.write_off_id = a.write_off_id)
      UNION ALL SELECT r.write_off_id, r.invoice_id FROM write_off_recoveries r WHERE r.amount_minor - r.reversed_minor >
        (SELECT coalesce(sum(amount_minor), 0) FROM standing_applications p WHERE p.payment_id = r.payment_id AND p.invoice_id = r.invoice_id)
        + (SELECT coalesce(sum(amount_minor), 0) FROM payment_write_offs p WHERE p.payment_id = r.payment_id AND p.invoice_id = r.invoice_id)
        + (SELECT coalesce(sum(amount_minor), 0) FROM credit_note_applications c
           WHERE c.credit_note_id = r.credit_note_id AND c.invoice_id = r.invoice_id)`,
  },
  {
    id: 'cards-taken',
    requirement: 'P1',
    sentence: 'What was taken from the cards of orders is what their payments by card say, and no more than was held.',
    sql: `SELECT a.key FROM card_authorisations a LEFT JOIN payments p ON p.id = a.payment_id
      WHERE a.status = 'captured' AND (p.amount_minor IS DISTINCT FROM a.captured_minor OR p.method <> 'card' OR a.captured_minor > a.amount_minor)`,
  },
  {
    id: 'card-receipts',
    requirement: 'P1',
    sentence: 'What cards gave, less what was refunded and what is disputed or was lost so, is what stands of its receipts.',
    sql: `SELECT gateway_id AS "gatewayId", captured AS "capturedMinor", refunded AS "refundedMinor", coalesce(disputed, 0) AS "disputedMinor",
        standing AS "standingMinor"
      FROM (SELECT r.gateway_id, sum(r.taken_minor) AS captured, sum(p.refunded_minor) AS refunded,
              sum(p.amount_minor - p.reversed_minor - p.refunded_minor) AS standing
            FROM card_receipts r JOIN payments p ON p.id = r.payment_id GROUP BY 1) s
        LEFT JOIN (SELECT gateway_id, sum(amount_minor) AS disputed FROM card_disputes
                   WHERE taken_payment_id IS NOT NULL AND won_payment_id IS NULL GROUP BY 1) d USING (gateway_id)
      WHERE captured - refunded - coalesce(disputed, 0) <> standing`,
  },
  {
    id: 'prepayments',
    requirement: 'C1',
    sentence: 'A payment in advance has received what its deposits brought.',
    sql: `SELECT p.order_id AS "orderId" FROM prepayments p WHERE p.received_minor <>
      (SELECT coalesce(sum(amount_minor - returned_minor), 0) FROM deposits d WHERE d.order_id = p.order_id)`,
  },
  {
    id: 'numbers',
    requirement: 'I1',
    sentence: 'The numbers of every series and year run without a gap to the last one that was given.',
    sql: `SELECT series, year, s.last_number AS "lastNumber", n.count, n.highest
      FROM number_series s FULL JOIN (
        SELECT split_part(id, '-', 1) AS series, split_part(id, '-', 2)::int AS year, count(*), max(split_part(id, '-', 3)::int) AS highest
        FROM (SELECT id FROM invoices UNION ALL SELECT number FROM prepayments
          UNION ALL SELECT number FROM superseded_pro_formas UNION ALL SELECT id FROM credit_notes) numbered
        GROUP BY 1, 2) n USING (series, year)
      WHERE n.count IS DISTINCT FROM n.highest OR s.last_number IS DISTINCT FROM n.highest`,
  },
  {
    id: 'orders-invoiced',
    requirement: 'I1',
    sentence: 'Every shipment that left is invoiced once its order says so.',
    sql: `SELECT s.id AS "shipmentId" FROM shipments s JOIN orders o ON o.id = s.order_id
      WHERE o.status IN ('invoiced', 'closed') AND s.status IN ('shipped', 'delivered')
        AND NOT EXISTS (SELECT FROM billings b WHERE b.shipment_id = s.id)`,
  },
  {
    id: 'unbilled-shipments',
    requirement: 'I1',
    sentence:
      'Every shipment that left, under D-terms that arrived, has its invoice within an hour, or of one that is billed with others, its period.',
    sql: `SELECT s.id AS "shipmentId", s.order_id AS "orderId", s.shipped_at AS "shippedAt" FROM given, shipments s JOIN orders o ON o.id = s.order_id
      WHERE s.status IN ('shipped', 'delivered')
        AND ${controlPassedAt('o', 's')} < given.at - invoiced_within(o.invoicing, o.terms, o.pays_by_card)
        AND NOT EXISTS (SELECT FROM billings b WHERE b.shipment_id = s.id)`,
  },
  {
    id: 'consolidated-lines',
    requirement: 'I1',
    sentence: 'Every line of a consolidated invoice comes from a shipment that it bills, of its customer.',
    sql: `SELECT i.id AS "invoiceId", l.line_number AS "lineNumber" FROM consolidated_shipments c JOIN invoices i ON i.id = c.invoice_id
        JOIN orders o ON o.id = c.order_id LEFT JOIN invoice_lines l ON l.invoice_id = i.id
      WHERE o.customer_id <> i.customer_id OR i.shipment_id IS NOT NULL OR i.order_id IS NOT NULL
        OR NOT EXISTS (SELECT FROM consolidated_shipments own WHERE own.invoice_id = i.id AND own.shipment_id = l.shipment_id)`,
  },
  {
    id: 'outbox',
    requirement: 'X2',
    sentence:
      'What a transaction owes the world is delivered within a quarter of an hour, parked with its reason, or held back by a person.',
    // What is owed is about the real world, which has no company clock.
    sql: `SELECT id, kind, subject, attempts FROM outbox
      WHERE delivered_at IS NULL AND parked_reason IS NULL AND recorded_at < clock_timestamp() - interval '15 minutes'
        AND NOT EXISTS (SELECT FROM outbox_pauses p WHERE p.kind = outbox.kind AND p.paused)`,
  },
  {
    id: 'order-states',
    requirement: 'O4',
    sentence: 'Every order has a status that there is, and the stage that belongs to it.',
    sql: `SELECT id AS "orderId", status, stage FROM orders WHERE (status, stage) NOT IN (VALUES ${orderStates.join(', ')})
      OR (closed_at IS NOT NULL) <> (status = ANY ('{${finalOrderStatuses.join(',')}}'))`,
  },
  {
    id: 'ended-orders',
    requirement: 'O4',
    sentence: 'An order that has ended holds no credit, no money, no stock and no work.',
    sql: `SELECT o.id AS "orderId", o.status FROM orders o WHERE o.status IN ('cancelled', 'declined', 'closed') AND (
      EXISTS (SELECT 1 FROM credit_holds h WHERE h.order_id = o.id AND h.remaining_minor > 0)
      OR EXISTS (SELECT 1 FROM deposits d WHERE d.order_id = o.id AND d.held_minor > 0)
      OR EXISTS (SELECT 1 FROM reservations r WHERE r.order_id = o.id AND r.status = 'reserved' AND r.quantity > 0)
      OR EXISTS (SELECT 1 FROM shipments s WHERE s.order_id = o.id AND s.status IN ('picking', 'packing', 'packed')))`,
  },
];

/** As many offending rows as an answer shows; the count says how many there are. */
export const offendersShown = 20;

export interface BrokenInvariant {
  id: string;
  requirement: string;
  sentence: string;
  count: number;
  rows: Record<string, unknown>[];
}

/** The invariants that do not hold, each with the first of its offending rows. */
export async function brokenInvariants(db: Queryable, at: IsoInstant): Promise<BrokenInvariant[]> {
  const broken: BrokenInvariant[] = [];
  for (const { sql, ...invariant } of invariants) {
    const { rows } = await db.query<{ count: number; row: Record<string, unknown> }>(
      `WITH given AS (SELECT $1::timestamptz AS at)
       SELECT count(*) OVER () AS count, to_jsonb(offender) AS row FROM (${sql}) AS offender LIMIT $2`,
      [at, offendersShown],
    );
    if (rows[0]) broken.push({ ...invariant, count: rows[0].count, rows: rows.map(({ row }) => row) });
  }
  return broken;
}
