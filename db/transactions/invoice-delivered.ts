import { isConsolidated } from '../../domain/invoice-run.ts';
import type { Transaction } from '../client.ts';
import { consolidatedInvoiceOf } from '../statements/invoices.ts';
import { lockOrder } from '../statements/orders.ts';
import { readShipment } from '../statements/shipments.ts';
import { type IssuedInvoice, type IssueInvoiceInput, issueInvoice } from './issue-invoice.ts';

/** 'consolidated': it stands on an invoice with others, which a workflow of its own collects. */
export type InvoiceDeliveredOutcome =
  | { outcome: 'invoiced'; invoice: IssuedInvoice }
  | { outcome: 'consolidated'; invoiceId: string }
  | { outcome: 'under-way' }
  /** It will not arrive: its units are owed again. */
  | { outcome: 'undelivered' };

/** Invoices a shipment under D-terms once the customer has it (I1). One that is billed with others is left to the run of its period. */
export async function invoiceDelivered(tx: Transaction, input: IssueInvoiceInput): Promise<InvoiceDeliveredOutcome> {
  const order = await lockOrder(tx, input.orderId);
  const { shipment } = await readShipment(tx, input.shipmentId);
  if (shipment.status === 'undelivered') return { outcome: 'undelivered' };
  if (isConsolidated(order)) {
    const invoiceId = await consolidatedInvoiceOf(tx, input.shipmentId);
    return invoiceId === undefined ? { outcome: 'under-way' } : { outcome: 'consolidated', invoiceId };
  }
  if (shipment.status !== 'delivered') return { outcome: 'under-way' };
  return { outcome: 'invoiced', invoice: await issueInvoice(tx, input) };
}
