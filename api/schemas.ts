import { z } from 'zod';
import { deliveryTerms as incoterms } from '../domain/delivery-terms.ts';
import { electronicAddressSchemes, isElectronicAddress } from '../domain/e-invoice.ts';
import { runDayMaximum } from '../domain/invoice-run.ts';
import { isCurrency } from '../domain/money.ts';
import { orderStatuses, stages } from '../domain/order.ts';
import { isIsoDate, isIsoInstant } from '../domain/time.ts';

/*
 * The shapes that routes share. Whatever comes in is strict: a field that nobody knows is a fault, because it is most
 * likely a misspelt one.
 */

// Control characters and lone surrogates have no place in a name, and PostgreSQL cannot store some of them.
const printable = /^[^\p{Cc}\p{Cs}]*$/u;

export const text = (maximum: number) =>
  z.string().trim().min(1).max(maximum).regex(printable, 'Must not hold control characters.');

/** Ids in paths and filters: whatever does not exist is answered with 404, so only the impossible is refused here. */
export const id = text(100);
/** What people call a thing by, once it is saved. */
export const code = () => z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,39}$/, 'Capital letters, digits and hyphens, at most 40.');
export const customerId = code();
export const sku = z
  .string()
  .regex(/^[A-Z0-9][A-Z0-9._-]{0,39}$/, 'Capital letters, digits, dots, underscores and hyphens, at most 40.');
export const warehouseId = code();

/** Invoices by their ids, at most so many. */
export const namedInvoices = (maximum: number) =>
  z
    .array(id)
    .max(maximum)
    .refine((ids) => new Set(ids).size === ids.length, 'An invoice stands there once.');

export const segment = code();
export const dunningPolicyCode = code();
export const language = z
  .string()
  .regex(/^[a-z]{2}$/, 'Must be a language of ISO 639-1: two small letters.')
  .meta({ example: 'de' });
export const priceListId = code();

export const currency = z.string().refine(isCurrency, 'Must be an ISO 4217 currency code.').meta({ example: 'EUR' });
// A hundredth of what can be counted exactly, so that no single amount can use up the books that it is added to.
const amountMaximum = 90_000_000_000_000;
const inMinorUnits = { description: 'Minor units of the currency beside it: cents, yen, fils.' };
export const amountMinor = z.int().min(0).max(amountMaximum).meta(inMinorUnits);
export const positiveMinor = z.int().min(1).max(amountMaximum).meta(inMinorUnits);
export const minor = z.int();
export const quantity = z.int().min(1).max(1_000_000);

// Far enough for any due date, and inside what every part of the system can write down.
const inOurTime = (date: string) => date >= '1970-01-01' && date < '2200-01-01';
export const isoDate = z
  .string()
  .refine((date) => isIsoDate(date) && inOurTime(date), 'Must be a day that exists, as YYYY-MM-DD.')
  .meta({ format: 'date', example: '2026-03-31' });
export const isoInstant = z
  .string()
  .refine((instant) => isIsoInstant(instant) && inOurTime(instant), 'Must be an instant as RFC 3339: 2026-03-31T22:00:00Z.')
  .meta({ format: 'date-time', example: '2026-03-31T22:00:00.000Z' });

export const taxCategory = z.enum(['S', 'Z', 'E', 'AE', 'K', 'G', 'O']).meta({ description: 'UNCL 5305.' });
export const taxRate = z
  .string()
  .regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, "Must be a decimal from 0 to 1: '0.20' is 20 %.")
  .meta({ example: '0.20' });
export const weightGrams = z.int().min(0).max(100_000_000);
export const timeZone = z
  .string()
  .max(60)
  .refine(isTimeZone, 'Must be an IANA time zone, such as Europe/Berlin.')
  .meta({ example: 'Europe/Berlin' });

function isTimeZone(name: string): boolean {
  try {
    // Offsets such as +01:00 are time zones to Intl, but they know no summer time.
    return /^[A-Za-z]/.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

export const reason = text(1_000);
/** A policy's body is the policy and nothing else, so why it was changed stands beside it. */
export const policyReason = z.strictObject({
  reason: reason.optional().meta({ description: 'Why, for whoever reads it later.' }),
});
export const email = z.email().max(254);

export const country = z.string().regex(/^[A-Z]{2}$/, 'Must be an ISO 3166 country code of two letters.');
export const address = z
  .strictObject({
    name: text(200),
    street: text(200),
    city: text(100),
    postalCode: text(20),
    country,
  })
  .meta({ id: 'Address' });

/** Above 0 and below 1, exact to a millionth. */
const decimalShare = z
  .string()
  .regex(/^0\.(?=\d*[1-9])\d{1,6}$/, "Must be a decimal between 0 and 1: '0.02' is 2 %.")
  .meta({ example: '0.02' });
const millionths = (share: string) => Number(share.slice(2).padEnd(6, '0'));
const sharesMakeOne = (shares: string[]) => shares.reduce((sum, share) => sum + millionths(share), 0) === 1_000_000;
export const electronicAddress = z
  .strictObject({ scheme: z.enum(electronicAddressSchemes), id: text(50) })
  .refine(isElectronicAddress, { path: ['id'], message: 'Is not an id of this scheme: its check digit is wrong.' })
  .meta({
    id: 'ElectronicAddress',
    description: 'Of the Peppol network: a scheme of the code list EAS, such as 0088 (GLN) or 9930 (German VAT id), and an id.',
  });

export const terms = z
  .strictObject({
    kind: z.enum(['net', 'due-on-receipt', 'prepayment']),
    days: z.int().min(0).max(365),
    endOfMonth: z.boolean().optional(),
    months: z.int().min(0).max(24).optional(),
    daysAfterEndOfMonth: z.int().min(0).max(31).optional(),
    instalments: z
      .array(
        z.strictObject({
          share: decimalShare.meta({ example: '0.3' }),
          days: z.int().min(0).max(730),
          months: z.int().min(0).max(24).optional(),
        }),
      )
      .min(2)
      .max(24)
      .refine((parts) => sharesMakeOne(parts.map(({ share }) => share)), 'The shares must make 1.')
      .optional()
      .meta({ description: 'Shares that make 1, each due on its own day; the last takes what rounding leaves.' }),
    discounts: z
      .array(z.strictObject({ rate: decimalShare, days: z.int().min(0).max(365) }))
      .min(1)
      .max(5)
      .optional()
      .meta({ description: 'Early-payment discounts for whoever pays in full within so many days of the invoice.' }),
  })
  .refine((set) => !set.discounts || set.kind === 'net', { path: ['discounts'], message: 'Only net terms have discounts.' })
  .refine((set) => !set.instalments || set.kind === 'net', {
    path: ['instalments'],
    message: 'Only net terms are paid in instalments.',
  })
  .meta({ id: 'PaymentTerms' });

export const deliveryTerms = z.enum(incoterms).meta({
  description: 'Incoterms 2020. Under DAP, DPU and DDP the invoice follows the delivery, under all others the goods issue.',
});

const consolidated = z.literal('consolidated');
export const invoicing = z
  .union([
    z.strictObject({ kind: z.literal('per-shipment') }),
    z.strictObject({
      kind: consolidated,
      every: z.literal('week'),
      weekday: z.int().min(1).max(7).meta({ description: '1 is Monday.' }),
    }),
    z.strictObject({ kind: consolidated, every: z.literal('month'), day: z.int().min(1).max(runDayMaximum) }),
  ])
  .meta({
    id: 'Invoicing',
    description:
      'One invoice for each shipment, or one for all of a period: the run of its day bills what left, or under D-terms arrived, before that day. What is paid in advance or by card is always invoiced by shipment.',
  });

export const orderStatus = z.enum(orderStatuses);
export const stage = z.enum(stages);
export const shipmentStatus = z.enum(['picking', 'packing', 'packed', 'shipped', 'delivered', 'undelivered', 'cancelled']);
export const invoiceStatus = z.enum(['open', 'settled']);
export const paymentMethod = z.enum(['bank-transfer', 'cheque', 'card', 'direct-entry']);
export const standing = z.enum(['none', 'approved', 'denied', 'frozen']);

/** What is wrong with a document that somebody sent, and where in it. */
export const documentFaults = z.array(
  z.strictObject({ line: z.int().nullable(), field: z.string(), code: z.string(), detail: z.string() }),
);

/** Whatever was written down at the time: its shape is its author's. */
export const anything = z.unknown();

const cursor = z
  .string()
  .max(400)
  .regex(/^[A-Za-z0-9_-]+$/, 'Must be the `next` of an earlier page.')
  .transform((value) => Buffer.from(value, 'base64url').toString('utf8'))
  .pipe(z.string().regex(printable, 'Must be the `next` of an earlier page.'));

/** `?limit=` and `?after=`, for every list. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: cursor.optional().meta({ type: 'string', description: 'The `next` of the page before.' }),
};

/** By which of its columns a list may be sorted, and with `-` the other way round. */
export const sortOf = <Name extends string>(columns: Record<Name, unknown>) => {
  const names = Object.keys(columns) as Name[];
  return z
    .enum([...names, ...names.map((name) => `-${name}` as const)])
    .optional()
    .meta({ description: 'With `-` the largest or latest first. Absent: newest first.' });
};

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({
    items: z.array(item),
    next: z.string().nullable().meta({ description: 'Send it as `after` for the next page.' }),
  });

/** One page of rows, which were read with one row more than the limit. */
export function toPage<Row>(rows: Row[], limit: number, keyOf: (row: Row) => string): { items: Row[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? Buffer.from(keyOf(last)).toString('base64url') : null };
}

export const timelineEntry = z
  .strictObject({
    sequence: z.int(),
    at: isoInstant,
    actor: z.string(),
    actorVerified: z.boolean().meta({ description: 'False when the message came past the API: from the Temporal UI or CLI.' }),
    action: z.string(),
    summary: z.string(),
    reason: z.string().nullable(),
    policyVersion: z.string().nullable(),
    customerId: z.string().nullable(),
    orderId: z.string().nullable(),
    shipmentId: z.string().nullable(),
    invoiceId: z.string().nullable(),
    before: anything,
    after: anything,
  })
  .meta({ id: 'TimelineEntry' });

/** One thing that is wrong, and where. */
export const fault = z.strictObject({
  path: z.string().meta({ description: 'A JSON pointer.' }),
  code: z.string(),
  detail: z.string(),
});

export const problem = z
  .looseObject({
    type: z.string().meta({ example: '/problems/invalid-request' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    errors: z.array(fault).optional(),
  })
  .meta({ id: 'Problem' });

export const cardToken = z
  .string()
  .min(1)
  .max(100)
  // A number of 12 to 19 digits, in whatever grouping, may be a card's: it must not even be written down.
  .regex(/^(?!(?:\d[-_]?){12,19}$)[A-Za-z0-9_-]+$/, 'Must be a token of the payment gateway, never a card number.')
  .meta({ description: 'The gateway’s token of the card.', example: 'pm_card_visa' });
