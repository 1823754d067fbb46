import { Refusal } from '../../domain/failures.ts';
import { type ReturnReason, returnFaults } from '../../domain/return.ts';
import { only, type Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { isInForce } from '../statements/invoices.ts';
import { lockOrder } from '../statements/orders.ts';
import { insertReturn, invoicedLines, inWords, returnedLines } from '../statements/returns.ts';

export interface RequestReturnInput {
  shipmentId: string;
  /** Numbered as on the shipment; the return itself numbers them as on the invoice, which is what it is credited by. */
  lines: { lineNumber: number; quantity: number; reason: ReturnReason }[];
  note?: string | undefined;
  /** Set for a customer, who returns its own goods only. */
  customerId?: string | undefined;
  actor: Actor;
  at: string;
}

/**
 * Asks to send goods of a shipment back: lines that were shipped and invoiced, and of each no more than has not been returned
 * yet (O4). The order's lock makes requests go one by one, so that two of them never claim the same units.
 */
export async function requestReturn(
  tx: Transaction,
  input: RequestReturnInput,
): Promise<{ returnId: string; orderId: string; invoiceId: string; status: 'requested' }> {
  const { shipmentId, at, actor } = input;
  const { rows } = await tx.query<{ orderId: string; customerId: string; warehouseId: string }>(
    `SELECT s.order_id AS "orderId", o.customer_id AS "customerId", s.warehouse_id AS "warehouseId"
     FROM shipments s JOIN orders o ON o.id = s.order_id WHERE s.id = $1 AND ($2::text IS NULL OR o.customer_id = $2)`,
    [shipmentId, input.customerId],
  );
  if (!rows[0]) throw new Refusal(404, 'unknown-shipment', `There is no shipment ${shipmentId}.`);
  const { orderId, customerId, warehouseId } = rows[0];
  await lockOrder(tx, orderId);
  // Under the lock: a correction that came first has put another invoice in force.
  const { status, invoiceId } = only(
    await tx.query<{ status: string; invoiceId: string | null }>(
      `SELECT s.status, (SELECT i.id FROM billings b JOIN invoices i ON i.id = b.invoice_id
         WHERE b.shipment_id = s.id AND ${isInForce}) AS "invoiceId"
       FROM shipments s WHERE s.id = $1`,
      [shipmentId],
    ),
  );
  if (invoiceId === null) {
    throw new Refusal(
      409,
      'not-shipped',
      `Shipment ${shipmentId} is ${status}: only goods that were shipped and invoiced come back.`,
    );
  }
  const [invoiced, returned] = await Promise.all([invoicedLines(tx, invoiceId, shipmentId), returnedLines(tx, invoiceId)]);
  const faults = returnFaults(input.lines, invoiced, returned);
  if (faults.length > 0) throw new Refusal(422, 'invalid-return', 'These goods cannot be returned.', { faults });
  const lines = input.lines.map((line) => {
    const { lineNumber, sku } = invoiced.find((candidate) => candidate.shipmentLineNumber === line.lineNumber)!;
    return { ...line, lineNumber, sku };
  });
  const returnId = await insertReturn(tx, {
    customerId,
    orderId,
    shipmentId,
    invoiceId,
    warehouseId,
    status: 'requested',
    cause: 'customer',
    note: input.note,
    lines,
    actor,
    at,
  });
  await record(tx, {
    at,
    actor,
    action: 'return-requested',
    summary: `${returnId}: ${inWords(lines)} of ${shipmentId} to come back`,
    reason: [...new Set(lines.map((line) => line.reason))].join(', '),
    customerId,
    orderId,
    shipmentId,
    invoiceId,
    after: { returnId, lines, note: input.note },
  });
  return { returnId, orderId, invoiceId, status: 'requested' };
}
