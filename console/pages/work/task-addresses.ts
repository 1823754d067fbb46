import type { Schema } from '../../api/client.ts';

type Task = Schema<'Task'>;

/** What the task is about: its own fields, and what whoever opened it wrote down. */
type About = Readonly<Record<string, string | null | undefined>>;

/** The record's own page, where the task names it. */
const at = (path: string, id: string | null | undefined): string | undefined =>
  id ? `${path}/${encodeURIComponent(id)}` : undefined;

const creditCase = ({ id }: About) => at('/credit', id);
const shipment = ({ shipmentId }: About) => at('/shipments', shipmentId);
const callSheet = ({ customerId }: About) => at('/collections', customerId);
const customer = ({ customerId }: About) => at('/customers', customerId);
const order = ({ orderId }: About) => at('/orders', orderId);
const invoice = ({ invoiceId }: About) => at('/invoices', invoiceId);

/** Where each kind is decided or looked into: a new kind says here where it leads. */
const leadsTo: Record<Task['kind'], (about: About) => string | undefined> = {
  'credit-review': creditCase,
  'over-limit': creditCase,
  'credit-renewal': creditCase,
  'credit-application': creditCase,
  'invoice-review': invoice,
  'overdue-contact': callSheet,
  shortage: order,
  collections: callSheet,
  // A mail that came back stands with its order or its customer; what Temporal or a server never took, with operations.
  'parked-message': ({ noticeKey, ...about }) => (noticeKey === undefined ? '/operations' : (order(about) ?? customer(about))),
  'order-document': ({ documentId }) => at('/order-documents', documentId) ?? '/edi',
  'edi-document': () => '/edi',
  'carrier-refused': shipment,
  'shipment-exception': shipment,
  'carrier-performance': () => '/carrier-audits',
  'job-failed': () => '/operations',
  reorder: ({ sku, warehouseId }) => at(`/stock/${encodeURIComponent(sku ?? '')}`, warehouseId),
  'correction-approval': invoice,
  dispute: ({ disputeId }) => at('/disputes', disputeId),
  'broken-promise': callSheet,
  'unbilled-shipment': order,
  integrity: () => '/integrity',
  'hold-override': customer,
  'write-off': invoice,
  'overdue-review': ({ reviewId }) => at('/reviews', reviewId),
  'undocumented-payment': ({ clockId }) => `/cash?tab=undocumented&clock=${clockId ?? ''}`,
  'bounced-cheque': () => '/cash?tab=cheques',
  'card-not-taken': invoice,
  'statement-not-sent': customer,
  'card-dispute': () => '/cash?tab=card-disputes',
  'card-refund': () => '/cash?tab=refunds',
  'card-hold': order,
  // All that it reports of payments that are not ours is about disputes.
  'gateway-event': () => '/cash?tab=card-disputes',
  'invoice-run-failed': () => '/invoices/runs',
  'webhook-endpoint-disabled': () => '/webhooks',
  'interest-overcharged': invoice,
  'policy-approval': ({ name }) => `/policies?policy=${encodeURIComponent(name ?? '')}`,
};

/** Where a task leads, the most exact first: who may not open that page may open that of its record. */
export function addressesOf({ kind, details, id, customerId, orderId, invoiceId }: Task): string[] {
  const about: About = { ...(details as About), id, customerId, orderId, invoiceId };
  return [leadsTo[kind](about), invoice(about), order(about), customer(about)].filter((address) => address !== undefined);
}
