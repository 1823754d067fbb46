import type { Transaction } from '../client.ts';
import { lockOrder } from '../statements/orders.ts';
import { readShipment } from '../statements/shipments.ts';
import { type IssuedInvoice, type IssueInvoiceInput, issueInvoice } from './issue-invoice.ts';

export type InvoiceDeliveredOutcome =
  | { outcome: 'invoiced'; invoice: IssuedInvoice }
  | { outcome: 'under-way' }
  /** It will not arrive: its units are owed again. */
  | { outcome: 'undelivered' };

/** Invoices a shipment under D-terms once the customer has it (I1). */
export async function invoiceDelivered(tx: Transaction, input: IssueInvoiceInput): Promise<InvoiceDeliveredOutcome> {
  await lockOrder(tx, input.orderId);
  const { shipment } = await readShipment(tx, input.shipmentId);
  if (shipment.status === 'undelivered') return { outcome: 'undelivered' };
  if (shipment.status !== 'delivered') return { outcome: 'under-way' };
  return { outcome: 'invoiced', invoice: await issueInvoice(tx, input) };
}
