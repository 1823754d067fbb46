/** Outgoing webhooks (X4): what receivers can be told, and what follows from how an attempt went. */
import { fromMillis, type IsoInstant, toMillis } from './time.ts';

/** How a figure is written: ids, codes and days as text, amounts in minor units of the currency beside them. */
export type WebhookField = 'id' | 'code' | 'currency' | 'minor' | 'date' | 'instant';

interface EventType {
  /** What has happened, for whoever chooses what to hear. */
  means: string;
  /** Which field names the record that it is about. */
  record: keyof typeof resources;
  /** What is told besides the customer: ids and figures, never names, for those who need more follow the link. */
  fields: Readonly<Record<string, WebhookField>>;
}

/** Where the API has the record that a field names. */
const resources = {
  orderId: '/v1/orders/',
  shipmentId: '/v1/shipments/',
  returnId: '/v1/returns/',
  invoiceId: '/v1/invoices/',
  creditNoteId: '/v1/credit-notes/',
  paymentId: '/v1/payments/',
  disputeId: '/v1/disputes/',
  customerId: '/v1/customers/',
  endpointId: '/v1/webhook-endpoints/',
} as const;

const orderAmount = { orderId: 'id', currency: 'currency', grossMinor: 'minor' } as const;
const shipmentFields = { shipmentId: 'id', orderId: 'id' } as const;
const issuedItem = { invoiceId: 'id', currency: 'currency', grossMinor: 'minor', dueOn: 'date' } as const;
const paymentFields = { paymentId: 'id', currency: 'currency', amountMinor: 'minor', valueOn: 'date' } as const;
const disputeFields = { disputeId: 'id', invoiceId: 'id', currency: 'currency', disputedMinor: 'minor' } as const;
const returnFields = { returnId: 'id', orderId: 'id', shipmentId: 'id' } as const;

/** Every event that a receiver can be told of, in the order of an order's life. */
export const webhookEvents = {
  'order.accepted': {
    means: 'Its credit is held, its money has come or its card is good.',
    record: 'orderId',
    fields: orderAmount,
  },
  'order.declined': { means: 'Credit was refused, and the order has ended.', record: 'orderId', fields: orderAmount },
  'order.changed': { means: 'It was amended: what it comes to now.', record: 'orderId', fields: orderAmount },
  'order.cancelled': {
    means: 'It was cancelled, or what was still open of it: what its customer owes less.',
    record: 'orderId',
    fields: { orderId: 'id', currency: 'currency', releasedMinor: 'minor' },
  },
  'order.delayed': { means: 'Units of it follow later.', record: 'orderId', fields: { orderId: 'id' } },
  'order.choice-offered': {
    means: 'Stock has failed it: its customer chooses, and silence cancels.',
    record: 'orderId',
    fields: { orderId: 'id', dueAt: 'instant' },
  },
  'order.on-hold': {
    means: 'It waits until what is overdue has been paid.',
    record: 'orderId',
    fields: { orderId: 'id', currency: 'currency', amountDueMinor: 'minor' },
  },
  'shipment.shipped': {
    means: 'The goods have left with the carrier.',
    record: 'shipmentId',
    fields: { ...shipmentFields, carrier: 'code', trackingNumber: 'code' },
  },
  'shipment.delivered': { means: 'The customer has the goods.', record: 'shipmentId', fields: shipmentFields },
  'shipment.sent-again': {
    means: 'The goods did not arrive, and others are sent in their place.',
    record: 'shipmentId',
    fields: shipmentFields,
  },
  'return.approved': { means: 'The customer may send the goods back.', record: 'returnId', fields: returnFields },
  'return.refused': { means: 'The goods are not taken back.', record: 'returnId', fields: returnFields },
  'invoice.issued': { means: 'An invoice, or one that revises another.', record: 'invoiceId', fields: issuedItem },
  'invoice.overdue': {
    means: 'Its due date, or that of an instalment, has passed: what is open of all of it.',
    record: 'invoiceId',
    fields: { invoiceId: 'id', currency: 'currency', openMinor: 'minor', dueOn: 'date' },
  },
  'debit-note.issued': {
    means: 'Late interest or a fee was charged.',
    record: 'invoiceId',
    fields: { ...issuedItem, principalInvoiceId: 'id' },
  },
  'credit-note.issued': {
    means: 'A credit note: what it takes off its invoice, and what it leaves to the customer’s credit.',
    record: 'creditNoteId',
    fields: {
      creditNoteId: 'id',
      invoiceId: 'id',
      currency: 'currency',
      grossMinor: 'minor',
      appliedMinor: 'minor',
      unappliedMinor: 'minor',
    },
  },
  'payment.received': {
    means: 'Money has come: how much, and what of it no invoice has taken.',
    record: 'paymentId',
    fields: { ...paymentFields, unappliedMinor: 'minor' },
  },
  'payment.bounced': {
    means: 'A bank has taken a payment back: what it had paid is open again.',
    record: 'paymentId',
    fields: paymentFields,
  },
  'account.on-hold': {
    means: 'Something is overdue: the customer’s orders wait.',
    record: 'customerId',
    fields: { customerId: 'id' },
  },
  'account.released': { means: 'Nothing is overdue any more.', record: 'customerId', fields: { customerId: 'id' } },
  'dispute.opened': { means: 'The customer disputes lines of an invoice.', record: 'disputeId', fields: disputeFields },
  'dispute.closed': {
    means: 'A dispute was upheld, in whole or in part, rejected or withdrawn.',
    record: 'disputeId',
    fields: { ...disputeFields, disputeStatus: 'code' },
  },
} as const satisfies Record<string, EventType>;
export type WebhookEventType = keyof typeof webhookEvents;
export const webhookEventTypes = Object.keys(webhookEvents) as WebhookEventType[];

/** What a person has sent to see whether an endpoint hears. */
export const testEvent = {
  means: 'A person wants to see whether the endpoint hears.',
  record: 'endpointId',
  fields: { endpointId: 'id' },
} as const satisfies EventType;
export const testEventType = 'endpoint.test';

const eventTypeOf = (type: string): EventType => (type === testEventType ? testEvent : webhookEvents[type as WebhookEventType]);

/** What of the facts an event of this type tells, and of which record. Throws where the facts lack a field: that is a bug. */
export function tellable(
  type: WebhookEventType | typeof testEventType,
  facts: Record<string, unknown>,
): { recordId: string; data: Record<string, unknown> } {
  const { record, fields } = eventTypeOf(type);
  const data = Object.fromEntries(
    Object.keys(fields).map((field) => {
      if (facts[field] === undefined) throw new Error(`${type} lacks ${field}`);
      return [field, facts[field]];
    }),
  );
  const recordId = data[record];
  if (typeof recordId !== 'string') throw new Error(`${type} names no record`);
  return { recordId, data };
}

export interface WebhookEvent {
  id: string;
  type: string;
  /** Null for a test. */
  customerId: string | null;
  recordId: string;
  sequence: number;
  data: Record<string, unknown>;
  at: IsoInstant;
}

/** The body of an event, as it is signed and sent; the same at every attempt. `publicUrl`: where receivers reach the API. */
export function webhookBody({ id, type, customerId, recordId, sequence, data, at }: WebhookEvent, publicUrl = ''): string {
  const link = `${publicUrl}${resources[eventTypeOf(type).record]}${encodeURIComponent(recordId)}`;
  return JSON.stringify({ id, type, timestamp: at, recordId, sequence, link, data: { customerId, ...data } });
}

/** What a receiver answered, or why nobody did. */
export interface AttemptOutcome {
  statusCode: number | null;
}

export type AfterAttempt = { status: 'delivered' } | { status: 'pending'; retryInSeconds: number } | { status: 'given-up' };

/** The receiver will never want it again, says HTTP. */
const gone = 410;
export const attemptsMaximum = 10;
const firstRetrySeconds = 10;
const retryFactor = 3;
export const switchedOffAfterDays = 3;

/**
 * What becomes of a delivery after so many tries. The waits grow threefold from ten seconds, each shortened by up to a quarter by
 * `random` (from 0 to 1), so that what failed together does not come back together: about a day in all, from the first try to the tenth.
 */
export function afterAttempt(tries: number, { statusCode }: AttemptOutcome, random: number): AfterAttempt {
  if (isSuccess(statusCode)) return { status: 'delivered' };
  if (statusCode === gone || tries >= attemptsMaximum) return { status: 'given-up' };
  return { status: 'pending', retryInSeconds: firstRetrySeconds * retryFactor ** (tries - 1) * (1 - random / 4) };
}

export const isSuccess = (statusCode: number | null): boolean => statusCode !== null && statusCode >= 200 && statusCode < 300;

/** Why an endpoint is switched off after a failed attempt; undefined while it is not. */
export function whySwitchedOff(failingSince: IsoInstant, { statusCode }: AttemptOutcome, at: IsoInstant): string | undefined {
  if (statusCode === gone) return 'it answered 410: it wants no more events';
  const offFrom = fromMillis(toMillis(failingSince) + switchedOffAfterDays * 86_400_000);
  return at >= offFrom ? `every attempt has failed since ${failingSince}` : undefined;
}

/**
 * What is wrong with the address of an endpoint; undefined for a good one. Only https, and no address that names a machine beside us: what
 * a name leads to is looked at again at each connection. On a local stack receivers may be local too.
 */
export function urlFault(text: string, isLocal: boolean): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['https:', 'http:'].includes(url.protocol)) return 'Must be an address that begins with https://.';
  if (url.username || url.password) return 'Must not hold a name or a password: the signature says who sends.';
  if (url.hash) return 'Must not have a part after #: it is never sent.';
  if (isLocal) return undefined;
  if (url.protocol !== 'https:') return 'Must begin with https://.';
  if (isAddress(url.hostname) || !url.hostname.includes('.')) return 'Must name a host of the public internet, not an address.';
  return undefined;
}

/** Hosts in numbers: the URL standard has written every way to say them as these two. */
const isAddress = (hostname: string): boolean => hostname.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(hostname);
