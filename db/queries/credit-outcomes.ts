/**
 * The end of a query that names decisions about credit in `wanted (id, customer_id, at)`: what was invoiced to their customers until the
 * next decision on them, by currency, what of that was paid, and what was written off and never paid after all. So each invoice belongs
 * to the last decision before it, and is counted once. What was invoiced and lost is as it was known at an instant, an SQL expression.
 */
export const soldOnWanted = (knownAt = "'infinity'"): string => `
  SELECT w.id, i.currency, sum(i.gross_minor)::bigint AS invoiced,
    sum((SELECT coalesce(sum(p.amount_minor), 0) FROM settlements p WHERE p.invoice_id = i.id AND NOT p.corrects))::bigint AS paid,
    sum((SELECT coalesce(-sum(m.amount_minor), 0) FROM receivable_movements m
      WHERE m.invoice_id = i.id AND m.kind IN ('write-off', 'reinstatement') AND m.recorded_at <= ${knownAt}))::bigint AS lost
  FROM wanted w
    LEFT JOIN LATERAL (
      SELECT n.at FROM credit_decisions n WHERE n.customer_id = w.customer_id AND (n.at, n.id) > (w.at, w.id)
      ORDER BY n.at, n.id LIMIT 1) next ON true
    JOIN invoices i ON i.customer_id = w.customer_id AND i.kind = 'invoice' AND i.at >= w.at AND i.at <= ${knownAt} AND (next.at IS NULL OR i.at < next.at)
  GROUP BY 1, 2`;
