import type { PaymentTerms } from '../../domain/invoice.ts';
import type { Invoicing } from '../../domain/invoice-run.ts';
import type { IntakeFacts, RequestedOrder } from '../../domain/order-intake.ts';
import type { IsoDate } from '../../domain/time.ts';
import { only, type Queryable } from '../client.ts';
import type { OverdueItem } from './credit.ts';
import type { Address } from './orders.ts';

export interface OrderRequest extends RequestedOrder {
  externalReference?: string | undefined;
  shipTo?: Address | undefined;
}

/** Everything that intake goes by, as one statement found it. */
export interface FoundFacts<Answer = unknown> extends Omit<IntakeFacts, 'customer'> {
  orderNumber: number;
  /** What was answered under the same idempotency key. */
  replay: { fingerprint: string; body: Answer } | null;
  twin: { id: string; fingerprint: string } | null;
  /** Null: there is no such customer. */
  customer:
    | (IntakeFacts['customer'] & {
        terms: PaymentTerms;
        invoicing: Invoicing;
        billingAddress: Address;
        shipToAddresses: Address[];
      })
    | null;
  timeZone: string | null;
  offsetMs: number;
  advancing: boolean;
  /** Open debit items, oldest due date first; more than 1,000 are not needed to say what is owed. */
  openItems: OverdueItem[];
  /** The last day on which orders pass the hold; null: on none. */
  holdLiftedThroughOn: IsoDate | null;
}

// ARRAY(SELECT …) hides from the planner how many goods there are and which lists are meant. It then keeps one plan, where planning every order anew took
// three times as long as running it. No time zone is two days from UTC: which lists are valid today is for the rule to say, and
// those that ended years ago need not travel. OFFSET 0 keeps the planner to the few lists of the customer first and their prices by
// index then; left to itself it read all the prices of all customers.
const facts = `
  SELECT nextval('order_ids') AS "orderNumber",
    (SELECT jsonb_build_object('fingerprint', fingerprint, 'body', response_body)
       FROM idempotency_keys WHERE principal = $1 AND key = $2) AS replay,
    (SELECT jsonb_build_object('id', id, 'fingerprint', content_fingerprint)
       FROM orders WHERE customer_id = $3 AND channel = $4 AND external_reference = $5) AS twin,
    (SELECT jsonb_build_object('currency', currency, 'terms', terms, 'deliveryTerms', delivery_terms, 'invoicing', invoicing, 'backOrderAllowed', back_order_allowed,
              'billingAddress', billing_address, 'shipToAddresses', ship_to_addresses)
       FROM customers WHERE id = $3) AS customer,
    (SELECT time_zone FROM company) AS "timeZone",
    (SELECT offset_ms FROM company_clock) AS "offsetMs",
    (SELECT advancing_to IS NOT NULL FROM company_clock) AS advancing,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('sku', p.sku, 'name', p.name, 'taxCategory', p.tax_category, 'taxRate', p.tax_rate,
              'unitPriceMinor', pr.unit_price_minor, 'makeToOrder', p.make_to_order,
              'available', greatest(0, (SELECT coalesce(sum(on_hand - reserved), 0) FROM stock s WHERE s.sku = p.sku)
                - (SELECT coalesce(sum(quantity), 0) FROM back_orders b
                   WHERE b.sku = p.sku AND b.promised_on <= coalesce($10::date, (
                     SELECT (to_timestamp(($8::bigint + k.offset_ms) / 1000.0) AT TIME ZONE c.time_zone)::date FROM company c, company_clock k)))))), '[]')
       FROM products p LEFT JOIN prices pr ON pr.sku = p.sku AND pr.currency = $6 WHERE p.sku = ANY (ARRAY(SELECT unnest($7::text[])))) AS products,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('sku', lp.sku, 'priceListId', l.id, 'audience', split_part(l.audience, ':', 1),
              'validFrom', l.valid_from, 'validUntil', l.valid_until, 'minimumQuantity', lp.minimum_quantity,
              'unitPriceMinor', lp.unit_price_minor)), '[]')
       FROM (SELECT id, audience, valid_from, valid_until FROM price_lists
             WHERE audience = ANY (ARRAY(SELECT 'everyone' UNION ALL SELECT 'customer:' || $3::text
                                         UNION ALL SELECT 'segment:' || segment FROM customers WHERE id = $3))
               AND currency = (SELECT $6::text) AND coalesce(valid_until, 'infinity') >= (
                 SELECT to_timestamp(($8::bigint + offset_ms) / 1000.0) AT TIME ZONE 'UTC' - interval '2 days' FROM company_clock)
             OFFSET 0) l,
         LATERAL (SELECT sku, minimum_quantity, unit_price_minor FROM list_prices
             WHERE price_list_id = l.id AND sku = ANY (ARRAY(SELECT unnest($7::text[]))) AND unit_price_minor IS NOT NULL
             OFFSET 0) lp
    ) AS "listPrices",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('invoiceId', i.invoice_id, 'dueOn', i.due_on, 'openMinor', i.undisputed_minor)), '[]')
       FROM (SELECT invoice_id, due_on, undisputed_minor FROM open_instalments
             WHERE customer_id = $3 AND undisputed_minor > 0 ORDER BY due_on, invoice_id LIMIT 1000) i
    ) AS "openItems",
    ($9::text IS NULL OR EXISTS (SELECT FROM policies WHERE name = 'dunning:' || $9)) AS "dunningPolicyKnown",
    (SELECT max(through_on) FROM hold_overrides WHERE customer_id = $3 AND status = 'approved') AS "holdLiftedThroughOn",
    (SELECT body ->> 'taxRounding' FROM policies WHERE name = 'invoicing' ORDER BY version DESC LIMIT 1) AS "taxRounding",
    (SELECT currency FROM company) AS "functionalCurrency",
    (SELECT min(valid_on) FROM exchange_rates WHERE currency = $6) AS "ratedFrom"`;

/** Reads all that intake goes by, in one statement. A number of the orders' sequence is taken, and left out where nothing is placed. */
export async function readIntakeFacts<Answer>(
  db: Queryable,
  request: OrderRequest,
  { principal, idempotencyKey, wallMs }: { principal: string; idempotencyKey: string; wallMs: number },
): Promise<FoundFacts<Answer>> {
  return only(
    await db.query<FoundFacts<Answer>>(facts, [
      principal,
      idempotencyKey,
      request.customerId,
      request.channel,
      request.externalReference,
      request.currency,
      [...new Set(request.lines.map((line) => line.sku))],
      wallMs,
      request.dunningPolicy,
      request.requestedOn,
    ]),
  );
}
