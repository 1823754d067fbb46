import { expect } from 'vitest';
import type { Database } from '../db/client.ts';

/** What must be true of the books after every test, however rough: each query lists the rows that break its rule. */
const rules: Record<string, string> = {
  'A3: every journal entry balances': `
    SELECT entry_id FROM postings GROUP BY entry_id
    HAVING sum(CASE side WHEN 'debit' THEN amount_minor ELSE -amount_minor END) <> 0`,
  'X2: AR control account = open items': `
    SELECT control, items FROM
      (SELECT coalesce(sum(CASE side WHEN 'debit' THEN amount_minor ELSE -amount_minor END), 0) AS control
         FROM postings WHERE account = 'accounts-receivable') c,
      (SELECT coalesce(sum(open_minor), 0) AS items FROM invoices) i WHERE control <> items`,
  'X2: unapplied cash account = unapplied receipts': `
    SELECT control, receipts FROM
      (SELECT coalesce(sum(CASE side WHEN 'credit' THEN amount_minor ELSE -amount_minor END), 0) AS control
         FROM postings WHERE account = 'unapplied-cash') c,
      (SELECT coalesce(sum(unapplied_minor), 0) AS receipts FROM payments) p WHERE control <> receipts`,
  'C3: stored exposure = recomputed': `
    SELECT a.customer_id, a.open_receivables_minor, r.receivables, a.approved_not_shipped_minor, r.approved, a.shipped_not_invoiced_minor,
           r.shipped, a.unapplied_cash_minor, r.unapplied, a.open_credit_notes_minor, r.credits
    FROM credit_accounts a, LATERAL (SELECT
      (SELECT coalesce(sum(open_minor), 0) FROM invoices i WHERE i.customer_id = a.customer_id) AS receivables,
      (SELECT coalesce(sum(remaining_minor), 0) FROM credit_holds h WHERE h.customer_id = a.customer_id) AS approved,
      (SELECT coalesce(sum(s.hold_share_minor), 0) FROM shipments s JOIN orders o ON o.id = s.order_id
         WHERE o.customer_id = a.customer_id AND s.status IN ('shipped', 'delivered')
           AND NOT EXISTS (SELECT 1 FROM invoices i WHERE i.shipment_id = s.id)) AS shipped,
      (SELECT coalesce(sum(unapplied_minor), 0) FROM payments p WHERE p.customer_id = a.customer_id) AS unapplied,
      (SELECT coalesce(sum(unapplied_minor), 0) FROM credit_notes n WHERE n.customer_id = a.customer_id) AS credits) r
    WHERE a.open_receivables_minor <> r.receivables OR a.approved_not_shipped_minor <> r.approved
       OR a.shipped_not_invoiced_minor <> r.shipped OR a.unapplied_cash_minor <> r.unapplied
       OR a.open_credit_notes_minor <> r.credits`,
  'C3: a hold is what its movements made it': `
    SELECT h.order_id, h.remaining_minor, m.remaining FROM credit_holds h, LATERAL (
      SELECT coalesce(sum(CASE WHEN to_bucket = 'approvedNotShippedMinor' THEN to_minor ELSE 0 END
                        - CASE WHEN from_bucket = 'approvedNotShippedMinor' THEN from_minor ELSE 0 END), 0) AS remaining
      FROM credit_movements WHERE order_id = h.order_id) m WHERE h.remaining_minor <> m.remaining`,
  'F1: reserved = open reservations': `
    SELECT s.sku, s.warehouse_id, s.reserved, coalesce(r.quantity, 0) FROM stock s LEFT JOIN (
      SELECT sku, warehouse_id, sum(quantity) AS quantity FROM reservations WHERE status = 'reserved' GROUP BY 1, 2) r
      USING (sku, warehouse_id) WHERE s.reserved <> coalesce(r.quantity, 0)`,
  'F1: on hand + shipped + lost = received + found + returned': `
    SELECT s.sku, s.warehouse_id, s.on_hand, m.quantity, s.value_minor, m.value FROM stock s, LATERAL (
      SELECT coalesce(sum(CASE WHEN kind IN ('received', 'found', 'returned') THEN quantity ELSE -quantity END), 0) AS quantity,
             coalesce(sum(CASE WHEN kind IN ('received', 'found', 'returned') THEN value_minor ELSE -value_minor END), 0) AS value
      FROM stock_movements WHERE sku = s.sku AND warehouse_id = s.warehouse_id) m
    WHERE s.on_hand <> m.quantity OR s.value_minor <> m.value`,
  'A3: inventory account = value of stock': `
    SELECT control, stock FROM
      (SELECT coalesce(sum(CASE side WHEN 'debit' THEN amount_minor ELSE -amount_minor END), 0) AS control
         FROM postings WHERE account = 'inventory') c,
      (SELECT coalesce(sum(value_minor), 0) AS stock FROM stock) s WHERE control <> stock`,
  'X2: invoiced ≤ shipped ≤ ordered, per line, from the documents': `
    SELECT l.order_id, l.line_number FROM order_lines l, LATERAL (SELECT
      (SELECT coalesce(sum(coalesce(sl.picked_quantity, sl.quantity)), 0) FROM shipment_lines sl JOIN shipments s ON s.id = sl.shipment_id
         WHERE s.order_id = l.order_id AND sl.line_number = l.line_number AND s.status IN ('shipped', 'delivered')) AS shipped,
      (SELECT coalesce(sum(il.quantity), 0) FROM invoice_lines il JOIN invoices i ON i.id = il.invoice_id
         WHERE i.order_id = l.order_id AND il.line_number = l.line_number AND i.corrects_invoice_id IS NULL) AS invoiced) d
    WHERE l.shipped_quantity <> d.shipped OR l.invoiced_quantity <> d.invoiced OR d.invoiced > d.shipped OR d.shipped > l.quantity`,
  'X2: applied ≤ received, and an item is open by what was not applied': `
    SELECT p.id FROM payments p WHERE p.amount_minor <> p.unapplied_minor
      + (SELECT coalesce(sum(held_minor), 0) FROM deposits d WHERE d.payment_id = p.id)
      + (SELECT coalesce(sum(amount_minor), 0) FROM payment_applications a WHERE a.payment_id = p.id)
    UNION ALL SELECT i.id FROM invoices i WHERE i.gross_minor <> i.open_minor +
      (SELECT coalesce(sum(amount_minor), 0) FROM settlements a WHERE a.invoice_id = i.id)`,
  'X2: customer credits account = what credit notes leave over': `
    SELECT control, credits FROM
      (SELECT coalesce(sum(CASE side WHEN 'credit' THEN amount_minor ELSE -amount_minor END), 0) AS control
         FROM postings WHERE account = 'customer-credits') c,
      (SELECT coalesce(sum(unapplied_minor), 0) AS credits FROM credit_notes) n WHERE control <> credits`,
  'I4: a credit note is applied or left over, sums up, and its invoice is never credited for more than it came to': `
    SELECT n.id FROM credit_notes n WHERE n.gross_minor <> n.unapplied_minor
      + (SELECT coalesce(sum(amount_minor), 0) FROM credit_note_applications a WHERE a.credit_note_id = n.id)
      OR n.net_minor <> (SELECT coalesce(sum(net_minor), 0) FROM credit_note_lines l WHERE l.credit_note_id = n.id)
    UNION ALL SELECT i.id FROM invoices i JOIN credit_notes n ON n.invoice_id = i.id
      GROUP BY i.id HAVING sum(n.net_minor) > i.net_minor OR sum(n.tax_minor) > i.tax_minor`,
  'I4: no line is credited beyond its net or its units, announced returns included': `
    SELECT l.invoice_id, l.line_number FROM invoice_lines l, LATERAL (
      SELECT coalesce(sum(c.net_minor), 0) AS net,
        coalesce(sum(c.credited_units) FILTER (WHERE n.return_id IS NULL), 0) AS units
      FROM credit_notes n JOIN credit_note_lines c ON c.credit_note_id = n.id
      WHERE n.invoice_id = l.invoice_id AND c.line_number = l.line_number) c, LATERAL (
      SELECT coalesce(sum(coalesce(r.received_quantity, r.quantity)), 0) AS units FROM returns g JOIN return_lines r ON r.return_id = g.id
      WHERE g.invoice_id = l.invoice_id AND r.line_number = l.line_number AND g.status NOT IN ('refused', 'cancelled')) b
    WHERE c.net > l.net_minor OR c.units + b.units > l.quantity`,
  'A5: what is disputed of an item is what its live disputes say, and a line has one at most': `
    SELECT i.id FROM invoices i WHERE i.disputed_minor <>
      (SELECT coalesce(sum(disputed_minor), 0) FROM disputes d WHERE d.invoice_id = i.id AND d.status = 'open')
    UNION ALL SELECT d.id FROM disputes d JOIN dispute_lines l ON l.dispute_id = d.id WHERE l.live <> (d.status = 'open')`,
  'I4: what was revised has been credited in full': `
    SELECT i.id FROM invoices r JOIN invoices i ON i.id = r.corrects_invoice_id WHERE r.kind = 'invoice'
      AND i.gross_minor <> (SELECT coalesce(sum(gross_minor), 0) FROM credit_notes n WHERE n.invoice_id = i.id)`,
  'I4: returns account = net of the credit notes': `
    SELECT control, net FROM
      (SELECT coalesce(sum(CASE side WHEN 'debit' THEN amount_minor ELSE -amount_minor END), 0) AS control
         FROM postings WHERE account = 'returns') c,
      (SELECT coalesce(sum(net_minor), 0) AS net FROM credit_notes) n WHERE control <> net`,
  'O4: returned ≤ shipped, per line, and what is credited is what was received': `
    SELECT r.shipment_id, l.line_number FROM returns r JOIN return_lines l ON l.return_id = r.id
      JOIN invoice_lines il ON il.invoice_id = r.invoice_id AND il.line_number = l.line_number
      WHERE r.status NOT IN ('refused', 'cancelled') GROUP BY 1, 2, r.invoice_id, il.quantity
      HAVING sum(coalesce(l.received_quantity, l.quantity)) > il.quantity
    UNION ALL SELECT r.id, l.line_number FROM returns r JOIN return_lines l ON l.return_id = r.id
      LEFT JOIN credit_notes n ON n.return_id = r.id
      LEFT JOIN credit_note_lines c ON c.credit_note_id = n.id AND c.line_number = l.line_number
      WHERE coalesce(c.quantity, 0) <> CASE r.status WHEN 'credited' THEN l.received_quantity ELSE 0 END`,
  'O4: what was restocked is what stock took back': `
    SELECT r.id, l.sku FROM returns r JOIN return_lines l ON l.return_id = r.id GROUP BY r.id, l.sku
    HAVING coalesce(sum(l.restocked_quantity), 0) <>
      (SELECT coalesce(sum(m.quantity), 0) FROM stock_movements m WHERE m.event_id = r.id || ':restock' AND m.sku = l.sku)`,
  'X2: customer deposits account = deposits held': `
    SELECT control, held FROM
      (SELECT coalesce(sum(CASE side WHEN 'credit' THEN amount_minor ELSE -amount_minor END), 0) AS control
         FROM postings WHERE account = 'customer-deposits') c,
      (SELECT coalesce(sum(held_minor), 0) AS held FROM deposits) d WHERE control <> held`,
  'C1: a prepayment has received what its deposits brought': `
    SELECT p.order_id FROM prepayments p WHERE p.received_minor <>
      (SELECT coalesce(sum(amount_minor), 0) FROM deposits d WHERE d.order_id = p.order_id)`,
  'I1: numbers are gapless': `
    SELECT split_part(id, '-', 1) AS series, split_part(id, '-', 2) AS year, count(*), max(split_part(id, '-', 3)::int)
    FROM (SELECT id FROM invoices UNION ALL SELECT number FROM prepayments UNION ALL SELECT id FROM credit_notes) numbered
    GROUP BY 1, 2 HAVING count(*) <> max(split_part(id, '-', 3)::int)`,
  'I1: every shipment that left is invoiced once its order says so': `
    SELECT s.id FROM shipments s JOIN orders o ON o.id = s.order_id
    WHERE o.status IN ('invoiced', 'closed') AND s.status IN ('shipped', 'delivered')
      AND NOT EXISTS (SELECT 1 FROM invoices i WHERE i.shipment_id = s.id)`,
  'O4: an ended order holds nothing': `
    SELECT o.id, o.status FROM orders o WHERE o.status IN ('cancelled', 'declined', 'closed') AND (
      EXISTS (SELECT 1 FROM credit_holds h WHERE h.order_id = o.id AND h.remaining_minor > 0)
      OR EXISTS (SELECT 1 FROM deposits d WHERE d.order_id = o.id AND d.held_minor > 0)
      OR EXISTS (SELECT 1 FROM reservations r WHERE r.order_id = o.id AND r.status = 'reserved' AND r.quantity > 0)
      OR EXISTS (SELECT 1 FROM shipments s WHERE s.order_id = o.id AND s.status IN ('picking', 'packing', 'packed')))`,
};

/** Fails with the name of the rule and the rows that break it. */
export async function checkInvariants(database: Database): Promise<void> {
  const broken: Record<string, unknown[]> = {};
  for (const [rule, statement] of Object.entries(rules)) {
    const { rows } = await database.query(statement);
    if (rows.length > 0) broken[rule] = rows;
  }
  expect(broken).toEqual({});
}
