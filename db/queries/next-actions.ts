import { flaggedThrough } from '../../domain/credit.ts';
import { Refusal } from '../../domain/failures.ts';
import type { NextActionFacts, Timer, TimerKind } from '../../domain/next-actions.ts';
import { finalOrderStatuses } from '../../domain/order.ts';
import { renewedAfterSeconds } from '../../domain/order-card.ts';
import type { CustomerReceivables } from '../../domain/receivable-forecast.ts';
import { type IsoDate, type IsoInstant, localDate, plusSeconds } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { isBelievedOf } from '../statements/bank-lines.ts';
import { readCompany, readPolicy } from '../statements/company.ts';
import { controlPassedAt } from '../statements/control.ts';
import { openItemsToForecast } from '../statements/invoices.ts';
import { policiesOf } from '../statements/letters.ts';
import { isBilledWithOthers, isUnbilled } from '../statements/unbilled.ts';
import { instantInJson } from './instants.ts';
import { readRhythms } from './jobs.ts';

/** Which timers: of an order, of a customer, or of everybody until an instant. */
export interface TimerScope {
  orderId?: string;
  customerId?: string;
  until?: IsoInstant;
}

/** More than anybody reads; who asks for more is told to ask for less. */
const timersMaximum = 10_000;
const itemsMaximum = 5_000;

interface Source {
  kind: TimerKind;
  /** Tables with their join. */
  from: string;
  where: string;
  /** The instant, or the day with whose end it comes; the other is NULL. */
  at?: string;
  on?: string;
  record: string;
  customer: string;
  /** Absent: it is the customer's as a whole, and of no order. */
  order?: string;
  invoice?: string;
  setAt?: string;
  policyVersion?: string;
  /** Pairs of name and value. */
  details?: string;
  /** False: once its time has passed it is of no interest. */
  acts: boolean;
  /** Until when it matters, where that is not its own instant: $4 is the end of what is asked about. */
  dueBy?: string;
}

const shipments = 'shipments s JOIN orders o ON o.id = s.order_id';
const ofShipment = { record: 's.id', customer: 'o.customer_id', order: 'o.id' };
const ofTask = { record: 't.id', customer: 't.customer_id', order: 't.order_id', invoice: 't.invoice_id' };
const unfinished = "t.status IN ('open', 'claimed') AND t.due_at IS NOT NULL";
// Tasks whose time somebody watches; the due instant of any other is for the person whose task it is.
const escalates = "t.kind IN ('credit-review', 'over-limit', 'credit-application', 'dispute')";
const passedAt = controlPassedAt('o', 's');
const unbilled = isUnbilled('o', 's');

/** Every place where a transaction keeps until when something waits. $5: final order statuses, $6, $7: see `readNextActionFacts`. */
const sources: readonly Source[] = [
  {
    kind: 'prepayment-deadline',
    from: 'prepayments p JOIN orders o ON o.id = p.order_id',
    where: "p.status = 'awaited' AND o.status = 'awaiting-prepayment'",
    at: 'p.due_at',
    record: 'p.number',
    customer: 'o.customer_id',
    order: 'o.id',
    setAt: 'p.at',
    details: `'amountMinor', p.amount_minor, 'currency', p.currency`,
    acts: true,
  },
  {
    kind: 'card-deadline',
    from: 'order_cards c JOIN orders o ON o.id = c.order_id',
    where: "c.status = 'declined' AND o.status = 'awaiting-card'",
    at: 'c.due_at',
    record: 'o.id',
    customer: 'o.customer_id',
    order: 'o.id',
    setAt: 'o.status_since',
    acts: true,
  },
  {
    kind: 'choice-deadline',
    from: 'orders o',
    where: "o.status = 'awaiting-choice'",
    at: 'o.choice_due_at',
    record: 'o.id',
    customer: 'o.customer_id',
    order: 'o.id',
    setAt: 'o.status_since',
    acts: true,
  },
  {
    kind: 'credit-release-lapses',
    from: `orders o JOIN LATERAL (SELECT limit_minor, (decision ->> 'expiresAt')::timestamptz AS expires_at FROM credit_decisions d
      WHERE d.order_id = o.id AND d.kind = 'one-off-release' ORDER BY d.id DESC LIMIT 1) r ON true`,
    where: "o.status IN ('credit-review', 'over-limit', 'waiting-for-payment')",
    at: 'r.expires_at',
    record: 'o.id',
    customer: 'o.customer_id',
    order: 'o.id',
    details: `'amountMinor', r.limit_minor, 'currency', o.currency`,
    acts: false,
  },
  {
    kind: 'card-hold-renewal',
    from: 'card_authorisations a JOIN orders o ON o.id = a.order_id',
    where:
      "a.status = 'held' AND a.invoice_id IS NULL AND o.status <> ALL ($5) AND NOT EXISTS (SELECT FROM outbox b WHERE b.key = 'card:renewal:' || a.key)",
    at: 'a.held_at',
    dueBy: '$7',
    record: 'a.key',
    customer: 'o.customer_id',
    order: 'o.id',
    details: `'amountMinor', a.amount_minor, 'currency', o.currency`,
    acts: true,
  },
  {
    kind: 'pickup-cut-off',
    from: shipments,
    where: "s.status IN ('picking', 'packing', 'packed')",
    at: 's.pickup_cut_off_at',
    on: 's.pickup_on',
    ...ofShipment,
    details: `'carrier', s.pickup_carrier, 'warehouseId', s.warehouse_id`,
    acts: true,
  },
  {
    kind: 'delivery-expected',
    from: shipments,
    where: "s.status IN ('picking', 'packing', 'packed', 'shipped') AND o.status <> ALL ($5)",
    on: 's.expected_delivery_on',
    ...ofShipment,
    details: `'carrier', s.pickup_carrier, 'warehouseId', s.warehouse_id`,
    acts: false,
  },
  {
    kind: 'requested-day',
    from: 'orders o',
    where: "o.status NOT IN ('shipped', 'invoiced', 'closed', 'declined', 'cancelled')",
    on: 'o.requested_on',
    record: 'o.id',
    customer: 'o.customer_id',
    order: 'o.id',
    acts: false,
  },
  {
    kind: 'production-due',
    from: 'production_requests p JOIN orders o ON o.id = p.order_id',
    where: "p.status IN ('requested', 'started')",
    on: 'p.due_on',
    record: 'p.id',
    customer: 'o.customer_id',
    order: 'o.id',
    details: `'sku', p.sku, 'quantity', p.quantity`,
    acts: false,
  },
  {
    kind: 'invoice-run',
    from: shipments,
    where: `${unbilled} AND ${isBilledWithOthers('o')}`,
    at: passedAt,
    ...ofShipment,
    details: `'invoicing', o.invoicing`,
    acts: true,
  },
  {
    kind: 'unbilled-shipment',
    from: shipments,
    where: `${unbilled} AND NOT EXISTS (SELECT FROM tasks t WHERE t.key = s.id || ':unbilled')`,
    at: `${passedAt} + invoiced_within(o.invoicing, o.terms, o.pays_by_card)`,
    ...ofShipment,
    acts: true,
  },
  {
    kind: 'discount-ends',
    from: `invoices i CROSS JOIN LATERAL (SELECT (d ->> 'payBy')::date AS pay_by, (d -> 'discountMinor')::bigint AS minor
      FROM jsonb_array_elements(i.facts -> 'discounts') d) d`,
    where: 'i.open_minor > 0',
    on: 'd.pay_by',
    record: 'i.id',
    customer: 'i.customer_id',
    order: 'i.order_id',
    invoice: 'i.id',
    details: `'amountMinor', d.minor, 'currency', i.currency`,
    acts: false,
  },
  {
    kind: 'task-escalates',
    from: 'tasks t',
    where: `${unfinished} AND ${escalates} AND t.escalated_at IS NULL`,
    at: 't.due_at',
    ...ofTask,
    setAt: 't.at',
    details: `'title', t.title, 'taskKind', t.kind`,
    acts: true,
  },
  {
    kind: 'task-due',
    from: 'tasks t',
    where: `${unfinished} AND NOT ${escalates}`,
    at: 't.due_at',
    ...ofTask,
    details: `'title', t.title, 'role', t.role`,
    acts: false,
  },
  {
    kind: 'promise-ends',
    from: `promises p CROSS JOIN LATERAL (SELECT CASE WHEN count(*) = 1 THEN min(n.invoice_id) END AS invoice_id,
      array_agg(DISTINCT b.order_id) AS orders FROM promise_items n LEFT JOIN billings b USING (invoice_id) WHERE n.promise_id = p.id) n`,
    where: "p.status = 'open'",
    at: 'p.due_at',
    on: 'p.promised_on',
    record: 'p.id',
    customer: 'p.customer_id',
    order: 'CASE WHEN $1 = ANY (n.orders) THEN $1 WHEN cardinality(n.orders) = 1 THEN n.orders[1] END',
    invoice: 'n.invoice_id',
    policyVersion: 'p.policy_version',
    details: `'amountMinor', p.amount_minor, 'currency', p.currency`,
    acts: true,
  },
  {
    kind: 'hold-off-ends',
    from: 'hold_offs h JOIN invoices i ON i.id = h.invoice_id',
    where: 'h.ended_at IS NULL',
    at: 'h.due_at',
    record: 'h.id',
    customer: 'h.customer_id',
    order: 'i.order_id',
    invoice: 'i.id',
    acts: true,
  },
  {
    kind: 'clock-due',
    from: 'documentation_clocks k',
    where: "k.status = 'running' AND k.escalated_at IS NULL",
    at: 'k.due_at',
    record: 'k.id',
    customer: 'k.customer_id',
    policyVersion: 'k.policy_version',
    details: `'amountMinor', k.amount_minor, 'currency', k.currency`,
    acts: true,
  },
  {
    kind: 'clock-lapses',
    from: 'documentation_clocks k',
    where: "k.status = 'running'",
    at: 'k.blocks_until',
    record: 'k.id',
    customer: 'k.customer_id',
    policyVersion: 'k.policy_version',
    details: `'text', ${instantInJson('k.due_at')}`,
    acts: true,
  },
  {
    kind: 'agreed-step',
    from: `customers c JOIN LATERAL (SELECT id, next_step_on, next_step FROM collection_contacts n WHERE n.customer_id = c.id
      ORDER BY n.id DESC LIMIT 1) n ON n.next_step_on IS NOT NULL`,
    where: 'true',
    on: 'n.next_step_on',
    record: 'n.id',
    customer: 'c.id',
    details: `'text', n.next_step`,
    acts: false,
  },
  {
    kind: 'draft-expires',
    from: 'drafts d',
    where: 'd.order_id IS NULL',
    on: 'd.valid_until',
    record: 'd.id',
    customer: 'd.customer_id',
    acts: false,
  },
  {
    kind: 'quote-expires',
    from: 'quotes q',
    where: "q.status = 'sent'",
    on: 'q.valid_until',
    record: 'q.id',
    customer: 'q.customer_id',
    acts: false,
  },
  {
    kind: 'approval-renewal',
    from: 'credit_accounts a',
    where: "a.standing = 'approved' AND a.renewal_flagged_for IS DISTINCT FROM a.expires_at",
    at: 'a.expires_at',
    dueBy: '$6',
    record: 'a.customer_id',
    customer: 'a.customer_id',
    acts: true,
  },
  {
    kind: 'approval-ends',
    from: 'credit_accounts a',
    where: "a.standing = 'approved'",
    at: 'a.expires_at',
    record: 'a.customer_id',
    customer: 'a.customer_id',
    acts: false,
  },
  {
    kind: 'hold-override-ends',
    from: 'hold_overrides h',
    where: "h.status = 'approved'",
    on: 'h.through_on',
    record: 'h.id',
    customer: 'h.customer_id',
    acts: false,
  },
  {
    kind: 'statement',
    from: 'customers c',
    // Of this month by now: something has moved, or something is open.
    where: `c.monthly_statements AND (EXISTS (SELECT FROM open_instalments i WHERE i.customer_id = c.id AND i.open_minor > 0)
      OR EXISTS (SELECT FROM journal_entries e JOIN postings p ON p.entry_id = e.id
        WHERE e.customer_id = c.id AND e.booked_on >= date_trunc('month', $3::timestamptz)::date AND p.account = 'accounts-receivable'))`,
    // It has no instant of its own: the job's next round is it.
    at: '$3::timestamptz',
    record: 'c.id',
    customer: 'c.id',
    acts: true,
  },
];

const columns = (source: Source): string => {
  const { kind, from, where, at, on, record, customer, order, invoice, setAt, policyVersion, details, acts, dueBy } = source;
  // A day ends in the company's time zone, up to a day apart from that of the database; the forecast itself looks closer.
  const due = at === undefined ? `${on} <= $4::timestamptz::date + 1` : `${at} <= ${dueBy ?? '$4'}::timestamptz`;
  const ahead = at === undefined ? `${on} >= $3::timestamptz::date - 1` : `${at} >= $3::timestamptz`;
  return `SELECT '${kind}' AS kind, ${at ?? 'NULL::timestamptz'} AS at, ${on ?? 'NULL::date'} AS "on", ${setAt ?? 'NULL::timestamptz'} AS "setAt",
      ${policyVersion ?? 'NULL::integer'} AS "policyVersion", ${record} AS record, ${customer} AS "customerId",
      ${order ?? 'NULL::text'} AS "orderId", ${invoice ?? 'NULL::text'} AS "invoiceId", jsonb_strip_nulls(jsonb_build_object(${details ?? ''})) AS details
    FROM ${from}
    WHERE ($1::text IS NULL OR ${order ?? 'NULL'} = $1) AND ($2::text IS NULL OR ${customer} = $2) AND ${where}
      AND ${at ?? on} IS NOT NULL AND ($4::timestamptz IS NULL OR ${due})${acts ? '' : ` AND ${ahead}`}`;
};

/**
 * All that decides what comes next (X5), as it stands `now`. An order's letters are its customer's, so the items of that customer come
 * with it. Refuses more than can be read at once.
 */
export async function readNextActionFacts(tx: Transaction, scope: TimerScope, now: IsoInstant): Promise<NextActionFacts> {
  const [{ timeZone }, credit, rhythms] = [await readCompany(tx), await readPolicy(tx, 'credit'), await readRhythms(tx)];
  const { orderId, customerId, until } = scope;
  const { rows: timers } = await tx.query<Timer>(`${sources.map(columns).join('\nUNION ALL\n')}\nLIMIT $8`, [
    orderId,
    customerId,
    now,
    until,
    finalOrderStatuses,
    until && flaggedThrough(until, credit, timeZone),
    until && plusSeconds(until, -renewedAfterSeconds(credit)),
    timersMaximum + 1,
  ]);
  const { rows: versions } = await tx.query<NextActionFacts['versions'][number]>(
    "SELECT name, version, at FROM policies WHERE name IN ('credit', 'fulfilment', 'corrections')",
  );
  const receivables = await readReceivables(tx, scope, localDate(now, timeZone));
  if (timers.length > timersMaximum) throw tooMany();
  return { timers, receivables, versions, credit, rhythms, timeZone, now };
}

const tooMany = () =>
  new Refusal(
    422,
    'too-many-actions',
    'More will happen in these days than one answer can hold: ask about fewer days, or about one customer.',
  );

type Receivables = NextActionFacts['receivables'][number];

/** The open items of the order's customer, of the customer, or of all customers of whom a step is taken until then. */
async function readReceivables(
  tx: Transaction,
  { orderId, customerId, until }: TimerScope,
  today: IsoDate,
): Promise<Receivables[]> {
  const { rows } = await tx.query<Omit<CustomerReceivables, 'items'> & { customerId: string }>(
    `SELECT c.id AS "customerId",
       coalesce((SELECT unapplied_cash_minor + open_credit_notes_minor FROM credit_accounts a WHERE a.customer_id = c.id), 0)
         + coalesce((SELECT sum(suspense_minor) FROM bank_lines l WHERE ${isBelievedOf('c.id')}), 0)::bigint AS "cashMinor",
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'kind', p.kind, 'dueAt', ${instantInJson('p.due_at')}, 'invoiceIds', p.invoices)), '[]')
        FROM (SELECT id, 'promise' AS kind, due_at, ARRAY(SELECT invoice_id FROM promise_items n WHERE n.promise_id = o.id AND n.live) AS invoices
              FROM promises o WHERE o.customer_id = c.id AND o.status = 'open'
              UNION ALL SELECT id, 'hold-off', due_at, ARRAY[invoice_id] FROM hold_offs WHERE customer_id = c.id AND ended_at IS NULL) p) AS pauses,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'dueAt', ${instantInJson('k.due_at')}, 'blocksUntil', ${instantInJson('k.blocks_until')})), '[]')
        FROM documentation_clocks k WHERE k.customer_id = c.id AND k.status = 'running') AS clocks
     FROM customers c
     WHERE ($1::text IS NULL OR c.id = (SELECT customer_id FROM orders WHERE id = $1)) AND ($2::text IS NULL OR c.id = $2)
       AND ($3::timestamptz IS NULL OR c.id IN (
         SELECT customer_id FROM invoices WHERE next_step_at <= $3 AND open_minor > 0
         UNION SELECT customer_id FROM promises WHERE status = 'open' AND due_at <= $3
         UNION SELECT customer_id FROM hold_offs WHERE ended_at IS NULL AND due_at <= $3
         UNION SELECT customer_id FROM documentation_clocks WHERE status = 'running' AND blocks_until <= $3))
     ORDER BY c.id`,
    [orderId, customerId, until],
  );
  const items = await openItemsToForecast(
    tx,
    rows.map((row) => row.customerId),
    itemsMaximum + 1,
  );
  if (items.length > itemsMaximum) throw tooMany();
  const policies = await policiesOf(tx, items, today);
  return rows.map((row) => {
    const own = items.filter((item) => item.customerId === row.customerId);
    return {
      ...row,
      items: own.map((item) => ({ ...item, invoiceId: item.id, policy: policies(item) })),
      ordersOf: new Map(own.map(({ id, orders }) => [id, orders])),
    };
  });
}
