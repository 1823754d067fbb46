import type { DeliveryTerms } from '../../domain/delivery-terms.ts';
import { policyLabel } from '../../domain/dunning.ts';
import { Refusal } from '../../domain/failures.ts';
import { receivableWorkflowId } from '../../domain/ids.ts';
import { type InvoiceTotals, invoiceTotals, type PaymentTerms } from '../../domain/invoice.ts';
import { groupShipments, type Invoicing, lastPeriodEnd, runTakesBefore, type ShipmentToBill } from '../../domain/invoice-run.ts';
import { invoiceIssued } from '../../domain/ledger.ts';
import { allocateMinor, formatMoney } from '../../domain/money.ts';
import { openQuantity } from '../../domain/order.ts';
import { paymentSchedule } from '../../domain/payment-schedule.ts';
import { addDays, compareDates, type IsoDate, type IsoInstant, instantAt, localDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { type Actor, record, system } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { controlPassedAt } from '../statements/control.ts';
import { type CreditAccountRow, lockAccount, moveExposure } from '../statements/credit.ts';
import { assignedPolicy } from '../statements/dunning-policies.ts';
import { insertInvoice, nextInvoiceNumber, partiesOf } from '../statements/invoices.ts';
import { book } from '../statements/ledger.ts';
import { tell } from '../statements/notices.ts';
import { type Address, lockOrders, moveOrderByQuantities, type OrderRow, orderLines } from '../statements/orders.ts';
import { enqueue } from '../statements/outbox.ts';
import { finishTasks, openTask } from '../statements/tasks.ts';
import { isBilledWithOthers, isUnbilled } from '../statements/unbilled.ts';
import type { IssuedInvoice } from './issue-invoice.ts';

/** As many shipments as one transaction bills; what is left is billed by the next. */
const shipmentsMaximum = 200;

interface BillableShipment extends ShipmentToBill {
  externalReference: string | null;
  invoicing: Invoicing;
  shipTo: Address;
  carrier: string | null;
  trackingNumber: string | null;
  shippedAt: IsoInstant;
  /** When control passed: under D-terms with the delivery. */
  passedAt: IsoInstant;
  holdShareMinor: number;
  placedAt: IsoInstant;
  lines: {
    orderLineNumber: number;
    sku: string;
    description: string;
    quantity: number;
    unitPriceMinor: number;
    taxCategory: string;
    taxRate: string;
  }[];
}

/** One invoice of a run, as it was issued, or in a dry run as it would be. */
export interface RunInvoice {
  /** Null in a dry run. */
  invoiceId: string | null;
  customerId: string;
  currency: string;
  terms: PaymentTerms;
  deliveryTerms: DeliveryTerms | null;
  country: string;
  from: IsoDate;
  to: IsoDate;
  orderIds: string[];
  shipmentIds: string[];
  netMinor: number;
  taxMinor: number;
  grossMinor: number;
}

const passedAt = controlPassedAt('o', 's');
const waiting = `${isBilledWithOthers('o')} AND ${isUnbilled('o', 's')}`;

/**
 * Bills what a customer was shipped and waits for a run: up to the end of the last period of each order's invoicing, or, when a day is
 * named, up to that day. What was billed is billed no more, so a period that runs again finds only what came late for it (I1).
 */
export async function runInvoices(
  tx: Transaction,
  input: {
    customerId: string;
    through?: IsoDate | undefined;
    today: IsoDate;
    dryRun?: boolean;
    actor: Actor;
    at: IsoInstant;
    offsetMs: number;
  },
): Promise<{ invoices: RunInvoice[]; more: boolean }> {
  const { customerId, dryRun = false } = input;
  const { timeZone } = await readCompany(tx);
  const periods = input.through === undefined ? await periodsOf(tx, input.today, timeZone, customerId) : undefined;
  const named = input.through && instantAt(addDays(input.through, 1), '00:00', timeZone);
  const due = (orderIds?: string[]) =>
    tx.query<BillableShipment>(
      `SELECT s.id AS "shipmentId", o.id AS "orderId", o.external_reference AS "externalReference", o.currency, o.terms, o.invoicing,
         o.tax_rounding AS "taxRounding", o.delivery_terms AS "deliveryTerms",
         o.original_document ->> 'dunningPolicy' AS "dunningPolicy", s.ship_to AS "shipTo", s.carrier,
         s.tracking_number AS "trackingNumber", s.shipped_at AS "shippedAt", ${passedAt} AS "passedAt",
         s.hold_share_minor AS "holdShareMinor", o.placed_at AS "placedAt", jsonb_array_length(g.lines) AS "lineCount", g.lines
       FROM orders o JOIN shipments s ON s.order_id = o.id CROSS JOIN LATERAL (
         SELECT coalesce(jsonb_agg(jsonb_build_object('orderLineNumber', l.line_number, 'sku', sl.sku, 'description', l.description,
           'quantity', coalesce(sl.picked_quantity, sl.quantity), 'unitPriceMinor', l.unit_price_minor, 'taxCategory', l.tax_category,
           'taxRate', l.tax_rate) ORDER BY l.line_number), '[]') AS lines
         FROM shipment_lines sl JOIN order_lines l ON l.order_id = o.id AND l.line_number = sl.line_number
         WHERE sl.shipment_id = s.id AND coalesce(sl.picked_quantity, sl.quantity) > 0) g
       WHERE o.customer_id = $1 AND ($2::text[] IS NULL OR o.id = ANY ($2)) AND ${waiting}
         AND ${passedAt} < coalesce($3::timestamptz, (SELECT before FROM unnest($4::jsonb[], $5::timestamptz[]) AS p (invoicing, before)
           WHERE p.invoicing = o.invoicing))
       ORDER BY o.id, s.sequence LIMIT $6`,
      [
        customerId,
        orderIds,
        named,
        periods?.map(({ invoicing }) => JSON.stringify(invoicing)),
        periods?.map(({ before }) => before),
        shipmentsMaximum + 1,
      ],
    );
  const found = (await due()).rows.slice(0, shipmentsMaximum);
  if (found.length === 0) return { invoices: [], more: false };
  if (dryRun) {
    const drafts = groupShipments(found).map((group) => draftOf(customerId, group, input, timeZone));
    return { invoices: drafts.map(({ invoice }) => invoice), more: found.length === shipmentsMaximum };
  }
  // All orders of the run before the account, here as everywhere; what was billed meanwhile is seen under their locks.
  const orders = await lockOrders(tx, [...new Set(found.map(({ orderId }) => orderId))]);
  const account = await lockAccount(tx, customerId);
  const { rows } = await due(orders.map(({ id }) => id));
  const invoices: RunInvoice[] = [];
  for (const group of groupShipments(rows.slice(0, shipmentsMaximum))) {
    invoices.push(await issueConsolidated(tx, { ...input, timeZone, account, orders, group }));
  }
  return { invoices, more: found.length === shipmentsMaximum };
}

/** The instants before which control must have passed, by every invoicing that shipments wait under. */
async function periodsOf(
  tx: Transaction,
  today: IsoDate,
  timeZone: string,
  customerId?: string,
): Promise<{ invoicing: Invoicing; before: IsoInstant }[]> {
  const { rows } = await tx.query<{ invoicing: Invoicing }>(
    `SELECT DISTINCT o.invoicing FROM orders o JOIN shipments s ON s.order_id = o.id
     WHERE ${waiting} AND ($1::text IS NULL OR o.customer_id = $1)`,
    [customerId],
  );
  return rows.flatMap(({ invoicing }) => {
    const before = runTakesBefore(invoicing, today, timeZone);
    return before === undefined ? [] : [{ invoicing, before }];
  });
}

/** What an invoice over these shipments comes to, its lines grouped by order and shipment. */
function draftOf(
  customerId: string,
  group: BillableShipment[],
  { through, today }: { through?: IsoDate | undefined; today: IsoDate },
  timeZone: string,
): { invoice: RunInvoice; totals: InvoiceTotals; origins: { shipmentId: string; orderLineNumber: number }[] } {
  const [first] = group as [BillableShipment];
  const lines = group.flatMap(({ shipmentId, lines: own }) => own.map((line) => ({ ...line, shipmentId })));
  const totals = invoiceTotals(
    lines.map(({ sku, description, quantity, unitPriceMinor, taxCategory, taxRate }, index) => ({
      lineNumber: index + 1,
      sku,
      description,
      quantity,
      unitPriceMinor,
      taxCategory,
      taxRate,
    })),
    first.taxRounding,
  );
  const passedOn = group.map((one) => localDate(one.passedAt, timeZone)).sort(compareDates);
  const ends = group.map(({ invoicing }) => through ?? lastPeriodEnd(invoicing, today) ?? today).sort(compareDates);
  return {
    invoice: {
      invoiceId: null,
      customerId,
      currency: first.currency,
      terms: first.terms,
      deliveryTerms: first.deliveryTerms,
      country: first.shipTo.country,
      from: passedOn[0]!,
      to: ends.at(-1)!,
      orderIds: [...new Set(group.map(({ orderId }) => orderId))],
      shipmentIds: group.map(({ shipmentId }) => shipmentId),
      netMinor: totals.netMinor,
      taxMinor: totals.taxMinor,
      grossMinor: totals.grossMinor,
    },
    totals,
    origins: lines.map(({ shipmentId, orderLineNumber }) => ({ shipmentId, orderLineNumber })),
  };
}

interface Issue {
  customerId: string;
  through?: IsoDate | undefined;
  today: IsoDate;
  timeZone: string;
  account: CreditAccountRow;
  orders: OrderRow[];
  group: BillableShipment[];
  actor: Actor;
  at: IsoInstant;
  offsetMs: number;
}

/** Issues one invoice over the shipments (I2): as for one shipment, but with a workflow of its own that collects it. */
async function issueConsolidated(tx: Transaction, issue: Issue): Promise<RunInvoice> {
  const { customerId, account, group, timeZone, actor, at } = issue;
  const [parties, assigned] = await Promise.all([
    partiesOf(tx, customerId),
    // A group's orders name the same dunning policy, or none: any of them says which.
    assignedPolicy(tx, customerId, group[0]!.orderId),
  ]);
  const { invoice, totals, origins } = draftOf(customerId, group, issue, timeZone);
  const { currency, terms, grossMinor, orderIds, shipmentIds, from, to } = invoice;
  const issuedOn = localDate(at, timeZone);
  const invoiceId = await nextInvoiceNumber(tx, 'invoice', Number(issuedOn.slice(0, 4)));
  const billed = { invoiceId, issuedOn, grossMinor, paidMinor: 0, ...assigned, timeZone };
  const { instalments, dueOn, discounts, plan } = paymentSchedule(terms, billed);
  await insertInvoice(tx, {
    id: invoiceId,
    kind: 'invoice',
    customerId,
    currency,
    totals,
    origins,
    issuedOn,
    dueOn,
    ...(instalments.length > 1 ? { instalments } : {}),
    plan,
    holderWorkflowId: receivableWorkflowId(invoiceId),
    facts: {
      ...(discounts.length > 0 ? { discounts } : {}),
      terms,
      ...(invoice.deliveryTerms ? { deliveryTerms: invoice.deliveryTerms } : {}),
      period: { from, to },
      shipments: group.map((one) => ({
        shipmentId: one.shipmentId,
        orderId: one.orderId,
        externalReference: one.externalReference,
        orderedOn: localDate(one.placedAt, timeZone),
        shippedOn: localDate(one.shippedAt, timeZone),
        shipTo: one.shipTo,
        carrier: one.carrier,
        trackingNumber: one.trackingNumber,
      })),
      // Where all of it went to one address, documents say so.
      ...(new Set(group.map(({ shipTo }) => JSON.stringify(shipTo))).size === 1 ? { shipTo: group[0]!.shipTo } : {}),
      ...parties,
    },
    at,
  });
  await tx.query(
    `INSERT INTO consolidated_shipments (invoice_id, shipment_id, order_id) SELECT $1, * FROM unnest($2::text[], $3::text[])`,
    [invoiceId, shipmentIds, group.map(({ orderId }) => orderId)],
  );
  await tx.query(
    `UPDATE order_lines l SET invoiced_quantity = invoiced_quantity + i.quantity
     FROM (SELECT c.order_id, l.order_line_number, sum(l.quantity)::int AS quantity
           FROM invoice_lines l JOIN consolidated_shipments c ON c.invoice_id = l.invoice_id AND c.shipment_id = l.shipment_id
           WHERE l.invoice_id = $1 GROUP BY 1, 2) i
     WHERE l.order_id = i.order_id AND l.line_number = i.order_line_number`,
    [invoiceId],
  );
  // Taxes are rounded once on the whole, so a shipment's part of the gross is its share by net.
  const nets = group.map((one) =>
    one.lines.reduce((total, { unitPriceMinor, quantity }) => total + unitPriceMinor * quantity, 0),
  );
  const parts = totals.netMinor > 0 ? allocateMinor(grossMinor, nets) : nets;
  for (const [index, { shipmentId, orderId, holdShareMinor }] of group.entries()) {
    await moveExposure(tx, account, {
      orderId,
      eventId: `${shipmentId}:invoice`,
      from: 'shippedNotInvoicedMinor',
      fromMinor: holdShareMinor,
      to: 'openReceivablesMinor',
      toMinor: parts[index]!,
      at,
    });
    // Entry by entry: what is billed of a shipment leaves what was unbilled of it, at what that carries in the books.
    await book(
      tx,
      {
        eventId: `${invoiceId}:issue:${shipmentId}`,
        kind: 'invoice',
        bookedOn: issuedOn,
        currency,
        customerId,
        orderId,
        invoiceId,
        item: shipmentId,
        at,
      },
      invoiceIssued({ netMinor: nets[index]!, taxMinor: parts[index]! - nets[index]! }),
    );
  }
  const gross = formatMoney({ currency, amountMinor: grossMinor });
  for (const order of issue.orders.filter(({ id }) => orderIds.includes(id))) {
    // An order that waits for money or for a choice about its rest goes on waiting for it.
    const waitsForPeople = order.status === 'waiting-for-payment' || order.status === 'awaiting-choice';
    const isLast = !waitsForPeople || (await orderLines(tx, order.id)).every((line) => openQuantity(line) === 0);
    if (isLast) await moveOrderByQuantities(tx, order, at);
    const own = shipmentIds.filter((id) => group.some(({ shipmentId, orderId }) => shipmentId === id && orderId === order.id));
    await record(tx, {
      at,
      actor,
      action: 'invoiced',
      summary: `${own.join(', ')} on invoice ${invoiceId} over ${gross}, with all of ${from} to ${to}, due ${dueOn}`,
      policyVersion: policyLabel(plan),
      customerId,
      orderId: order.id,
      invoiceId,
      after: { shipmentIds: own, plan },
    });
  }
  await finishTasks(
    tx,
    { keys: shipmentIds.map((id) => `${id}:unbilled`) },
    { status: 'completed', by: system.name, outcome: { invoicedAs: invoiceId }, at },
  );
  await tell(tx, {
    key: `${invoiceId}:invoice`,
    kind: 'invoice',
    customerId,
    invoiceId,
    facts: {
      invoiceId,
      grossMinor,
      prepaidMinor: 0,
      roundingMinor: 0,
      currency,
      dueOn,
      instalments,
      discounts,
      period: { from, to },
    },
    at,
  });
  const start: IssuedInvoice = { invoiceId, customerId, grossMinor, currency, dueOn, plan };
  await enqueue(
    tx,
    ...(grossMinor > 0
      ? [{ kind: 'start-receivable', invoiceId, input: { invoice: start, clockOffsetMs: issue.offsetMs } } as const]
      : []),
    ...group.map(
      ({ orderId, shipmentId }) =>
        ({ kind: 'signal', workflowId: orderId, hint: { signal: 'shipmentChanged', shipmentId }, cause: invoiceId }) as const,
    ),
  );
  return { ...invoice, invoiceId };
}

/**
 * Bills the next customer whose period has ended, in one transaction (I1). One that cannot be billed is noted, with a task, and left to
 * the next day's run: the others are billed all the same.
 */
export async function runNextCustomer(
  tx: Transaction,
  { dueAt, actor, at }: { dueAt: IsoInstant; actor: Actor; at: IsoInstant },
): Promise<{ invoiced: number; failed: number; more: boolean }> {
  const { timeZone } = await readCompany(tx);
  const today = localDate(dueAt, timeZone);
  const periods = await periodsOf(tx, today, timeZone);
  const { rows } = await tx.query<{ customerId: string; offsetMs: number }>(
    `SELECT o.customer_id AS "customerId", (SELECT offset_ms FROM company_clock) AS "offsetMs"
     FROM unnest($1::jsonb[], $2::timestamptz[]) AS p (invoicing, before)
       JOIN orders o ON o.invoicing = p.invoicing JOIN shipments s ON s.order_id = o.id
     WHERE ${waiting} AND ${passedAt} < p.before
       AND NOT EXISTS (SELECT FROM invoice_run_failures f WHERE f.customer_id = o.customer_id AND f.run_on >= $3)
     GROUP BY 1 ORDER BY 1 LIMIT 2`,
    [periods.map(({ invoicing }) => JSON.stringify(invoicing)), periods.map(({ before }) => before), today],
  );
  const next = rows[0];
  if (!next) return { invoiced: 0, failed: 0, more: false };
  const { customerId, offsetMs } = next;
  await tx.query('SAVEPOINT customer');
  try {
    const { invoices, more } = await runInvoices(tx, { customerId, today, actor, at, offsetMs });
    await tx.query('RELEASE SAVEPOINT customer');
    await endFailure(tx, customerId, { invoices: invoices.map(({ invoiceId }) => invoiceId) }, at);
    return { invoiced: invoices.length, failed: 0, more: more || rows.length > 1 };
  } catch (error) {
    if (isOfTheDatabase(error)) throw error;
    const problem = (error as Error).message.slice(0, 1_000);
    await tx.query('ROLLBACK TO SAVEPOINT customer');
    const { failingSince } = only(
      await tx.query<{ failingSince: IsoDate }>(
        `INSERT INTO invoice_run_failures AS f (customer_id, run_on, failing_since, problem, at) VALUES ($1, $2, $2, $3, $4)
         ON CONFLICT (customer_id) DO UPDATE SET run_on = excluded.run_on, problem = excluded.problem, at = excluded.at,
           failing_since = coalesce(f.failing_since, excluded.run_on) RETURNING failing_since AS "failingSince"`,
        [customerId, today, problem, at],
      ),
    );
    await openTask(tx, {
      key: failureKey(customerId, failingSince),
      kind: 'invoice-run-failed',
      role: 'receivables',
      title: `${customerId} could not be invoiced by the run of ${today}: ${problem}`,
      details: { problem },
      customerId,
      at,
    });
    await record(tx, {
      at,
      actor,
      action: 'invoice-run-failed',
      summary: `The invoice run of ${today} could not bill ${customerId}`,
      reason: problem,
      customerId,
    });
    return { invoiced: 0, failed: 1, more: rows.length > 1 };
  }
}

/** One task stands for all the days on which a customer cannot be billed. */
const failureKey = (customerId: string, since: IsoDate): string => `${customerId}:invoice-run:${since}`;

async function endFailure(tx: Transaction, customerId: string, outcome: object, at: IsoInstant): Promise<void> {
  const { rows } = await tx.query<{ since: IsoDate }>(
    `UPDATE invoice_run_failures n SET failing_since = NULL FROM invoice_run_failures o
     WHERE n.customer_id = $1 AND o.customer_id = $1 AND o.failing_since IS NOT NULL RETURNING o.failing_since AS since`,
    [customerId],
  );
  const keys = rows.map(({ since }) => failureKey(customerId, since));
  if (keys.length > 0) await finishTasks(tx, { keys }, { status: 'completed', by: system.name, outcome, at });
}

/** Deadlocks are tried again by the transaction, and an outage is the job's: neither is a fault of the customer's. */
function isOfTheDatabase(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return !(error instanceof Refusal) && typeof code === 'string' && !/^(?:22|23|P0)/.test(code);
}
