import { depositApplied, depositReleased, smallDifference } from '../../domain/ledger.ts';
import { formatMoney } from '../../domain/money.ts';
import { drawDeposits, isPrepaid } from '../../domain/prepayment.ts';
import { type IsoDate, laterDate } from '../../domain/time.ts';
import { only, type Queryable, type Transaction } from '../client.ts';
import { type Actor, record, system } from './audit.ts';
import { type MoneyToApply, payItems } from './cash-application.ts';
import { type CreditAccountRow, hintOfRoom, saveBuckets } from './credit.ts';
import { lockOpenItems } from './invoices.ts';
import { book } from './ledger.ts';
import { lockOrder, type OrderRow, orderLines } from './orders.ts';
import { enqueue } from './outbox.ts';
import { cancelShipments, wakeBackOrders } from './shipments.ts';

/*
 * Payment in advance. Rows here change under the lock of the customer's credit account, whoever changes them: the money that
 * arrives, the deadline and the invoice go one by one.
 */

export interface PrepaymentRow {
  orderId: string;
  /** Of the pro-forma. */
  number: string;
  paymentReference: string;
  amountMinor: number;
  receivedMinor: number;
  dueOn: IsoDate;
  dueAt: string;
  status: 'awaited' | 'received' | 'ended';
}

const columns = `order_id AS "orderId", number, payment_reference AS "paymentReference", amount_minor AS "amountMinor",
  received_minor AS "receivedMinor", due_on AS "dueOn", due_at AS "dueAt", status`;

export async function readPrepayment(db: Queryable, orderId: string): Promise<PrepaymentRow | undefined> {
  return (await db.query<PrepaymentRow>(`SELECT ${columns} FROM prepayments WHERE order_id = $1`, [orderId])).rows[0];
}

/** What money of this customer may pay in advance, in the form of open items: each is named by its pro-forma's number. */
export async function awaitedPrepayments(tx: Transaction, customerId: string) {
  const { rows } = await tx.query<PrepaymentRow & { formerReferences: string[] }>(
    `SELECT ${columns}, coalesce((SELECT array_agg(s.number) || array_agg(s.payment_reference) FROM superseded_pro_formas s
       WHERE s.order_id = p.order_id), '{}') AS "formerReferences"
     FROM prepayments p WHERE customer_id = $1 AND status = 'awaited' ORDER BY due_on, number`,
    [customerId],
  );
  return rows.map((row) => ({ ...row, invoiceId: row.number, openMinor: row.amountMinor - row.receivedMinor }));
}

export interface TakenDeposit {
  orderId: string;
  proFormaNumber: string;
  amountMinor: number;
  /** What the pro-forma still asks for. */
  openMinor: number;
}

/** Of what a receipt pays: what goes to invoices, and what to orders in advance. */
export function splitApplications<Application extends { invoiceId: string; amountMinor: number }>(
  applications: Application[],
  awaited: Awaited<ReturnType<typeof awaitedPrepayments>>,
): { toInvoices: Application[]; toPrepayments: (PrepaymentRow & { amountToTakeMinor: number })[]; depositedMinor: number } {
  const asked = new Map(awaited.map((prepayment) => [prepayment.number, prepayment]));
  const toPrepayments = applications.flatMap(({ invoiceId, amountMinor }) => {
    const prepayment = asked.get(invoiceId);
    return prepayment ? [{ ...prepayment, amountToTakeMinor: amountMinor }] : [];
  });
  return {
    toInvoices: applications.filter(({ invoiceId }) => !asked.has(invoiceId)),
    toPrepayments,
    depositedMinor: toPrepayments.reduce((total, { amountToTakeMinor }) => total + amountToTakeMinor, 0),
  };
}

/** Keeps money for the orders that it pays in advance; one that is paid in full is told to go on. The caller books. */
export async function takeDeposits(
  tx: Transaction,
  customerId: string,
  prepayments: (PrepaymentRow & { amountToTakeMinor: number })[],
  { paymentId, currency, cause, actor, at }: Pick<MoneyToApply, 'paymentId' | 'currency' | 'cause' | 'actor' | 'at'>,
): Promise<TakenDeposit[]> {
  const taken: TakenDeposit[] = [];
  for (const { orderId, number, amountMinor, receivedMinor, amountToTakeMinor } of prepayments) {
    const openMinor = amountMinor - receivedMinor - amountToTakeMinor;
    await tx.query(
      `WITH deposit AS (
         INSERT INTO deposits (payment_id, order_id, amount_minor, held_minor, at) VALUES ($1, $2, $3, $3, $4)
         ON CONFLICT (payment_id, order_id) DO UPDATE
           SET amount_minor = deposits.amount_minor + excluded.amount_minor, held_minor = deposits.held_minor + excluded.held_minor)
       UPDATE prepayments SET received_minor = received_minor + $3,
         status = CASE WHEN received_minor + $3 = amount_minor THEN 'received' ELSE status END
       WHERE order_id = $2`,
      [paymentId, orderId, amountToTakeMinor, at],
    );
    await record(tx, {
      at,
      actor,
      action: openMinor === 0 ? 'prepayment-received' : 'prepayment-part-received',
      summary: `${number}: ${formatMoney({ currency, amountMinor: amountToTakeMinor })} received in advance; ${formatMoney({ currency, amountMinor: openMinor })} still to come`,
      customerId,
      orderId,
      after: { paymentId },
    });
    if (openMinor === 0) await enqueue(tx, { kind: 'signal', workflowId: orderId, hint: { signal: 'creditMayHaveRoom' }, cause });
    taken.push({ orderId, proFormaNumber: number, amountMinor: amountToTakeMinor, openMinor });
  }
  return taken;
}

interface DepositRow {
  paymentId: string;
  heldMinor: number;
  valueOn: IsoDate;
}

/** The money that an order still holds, the oldest first. */
export async function heldDeposits(tx: Transaction, orderId: string): Promise<DepositRow[]> {
  const { rows } = await tx.query<DepositRow>(
    `SELECT d.payment_id AS "paymentId", d.held_minor AS "heldMinor", p.value_on AS "valueOn"
     FROM deposits d JOIN payments p ON p.id = d.payment_id WHERE d.order_id = $1 AND d.held_minor > 0 ORDER BY p.value_on, p.id`,
    [orderId],
  );
  return rows;
}

/** Pays an invoice that was issued just now with the money that came in advance: its amount due is less by that much (C1). */
export async function payFromDeposits(
  tx: Transaction,
  account: CreditAccountRow,
  deposits: DepositRow[],
  invoice: {
    invoiceId: string;
    orderId: string;
    grossMinor: number;
    issuedOn: IsoDate;
    currency: string;
    at: string;
    offsetMs: number;
  },
): Promise<void> {
  const drawn = drawDeposits(deposits, invoice.grossMinor);
  if (drawn.length === 0) return;
  const { invoiceId, orderId, issuedOn, currency, at, offsetMs } = invoice;
  const receivables = { account, items: await lockOpenItems(tx, account.customerId) };
  for (const { paymentId, amountMinor, valueOn: receivedOn } of drawn) {
    // Nothing is paid before it is issued.
    const valueOn = laterDate(receivedOn, issuedOn);
    const eventId = `${invoiceId}:deposit:${paymentId}`;
    const money = { paymentId, currency, how: 'applied', cause: eventId, actor: system, at, today: issuedOn, offsetMs } as const;
    await payItems(tx, receivables, money, [{ invoiceId, amountMinor, valueOn }]);
    await tx.query('UPDATE deposits SET held_minor = held_minor - $3 WHERE payment_id = $1 AND order_id = $2', [
      paymentId,
      orderId,
      amountMinor,
    ]);
    const { customerId } = account;
    await book(
      tx,
      { eventId, kind: 'deposit-application', bookedOn: valueOn, currency, customerId, orderId, invoiceId, paymentId, at },
      depositApplied({ amountMinor }),
    );
  }
  await saveBuckets(tx, account);
}

/** How many invoices an order has, and what is open of them. */
export async function openOfOrder(tx: Transaction, orderId: string): Promise<{ invoices: number; openMinor: number }> {
  const { rows } = await tx.query<{ invoices: number; openMinor: number }>(
    'SELECT count(*)::int AS invoices, coalesce(sum(open_minor), 0)::bigint AS "openMinor" FROM invoices WHERE order_id = $1',
    [orderId],
  );
  return rows[0]!;
}

/** Settles what only rounding left open of an order that was paid in advance: nobody is asked, or dunned, for a cent (C1, P1). */
export async function roundOff(
  tx: Transaction,
  account: CreditAccountRow,
  order: { orderId: string; issuedOn: IsoDate; currency: string; at: string; offsetMs: number },
): Promise<void> {
  const { orderId, issuedOn, currency, at, offsetMs } = order;
  const receivables = { account, items: await lockOpenItems(tx, account.customerId) };
  for (const item of receivables.items.filter((open) => open.orderId === orderId)) {
    const { id: invoiceId, openMinor: amountMinor } = item;
    const eventId = `${invoiceId}:rounding`;
    const how = 'rounded off' as const;
    const difference = { prepaidOrderId: orderId, currency, how, cause: eventId, actor: system, at, today: issuedOn, offsetMs };
    await payItems(tx, receivables, difference, [{ invoiceId, amountMinor, valueOn: issuedOn }]);
    const { customerId } = account;
    await book(
      tx,
      { eventId, kind: 'small-difference', bookedOn: issuedOn, currency, customerId, orderId, invoiceId, at },
      smallDifference({ amountMinor }),
    );
  }
  await saveBuckets(tx, account);
}

/**
 * Ends an order's prepayment: money that no invoice of it will take waits as unapplied cash from now on, and money that comes
 * later goes there at once. Gives how much was let go. The order and the account are locked by the caller.
 */
export async function endPrepayment(
  tx: Transaction,
  order: OrderRow,
  account: CreditAccountRow,
  { actor, today, at }: { actor: Actor; today: IsoDate; at: string },
): Promise<number> {
  if (!isPrepaid(order.terms)) return 0;
  const ended = await tx.query("UPDATE prepayments SET status = 'ended' WHERE order_id = $1 AND status <> 'ended' RETURNING 1", [
    order.id,
  ]);
  if (ended.rows.length === 0) return 0;
  const deposits = await heldDeposits(tx, order.id);
  const amountMinor = deposits.reduce((total, { heldMinor }) => total + heldMinor, 0);
  if (amountMinor === 0) return 0;
  await tx.query(
    `WITH released AS (
       UPDATE payments p SET unapplied_minor = unapplied_minor + d.held_minor
       FROM deposits d WHERE d.payment_id = p.id AND d.order_id = $1 AND d.held_minor > 0)
     UPDATE deposits SET held_minor = 0 WHERE order_id = $1`,
    [order.id],
  );
  account.unappliedCashMinor += amountMinor;
  await saveBuckets(tx, account);
  const { currency, customerId } = order;
  for (const { paymentId, heldMinor } of deposits) {
    await book(
      tx,
      {
        eventId: `${order.id}:deposit-released:${paymentId}`,
        kind: 'deposit-released',
        bookedOn: today,
        currency,
        customerId,
        orderId: order.id,
        paymentId,
        at,
      },
      depositReleased({ amountMinor: heldMinor }),
    );
  }
  await record(tx, {
    at,
    actor,
    action: 'deposit-released',
    summary: `${formatMoney({ currency, amountMinor })} paid in advance waits as unapplied cash`,
    customerId,
    orderId: order.id,
    after: { deposits },
  });
  return amountMinor;
}

/**
 * The bank has taken money back that was held for orders (P2): each asks for it again. One that was accepted and owes goods stops, its
 * shipments that have not left are withdrawn, and it waits for its money; goods that have left are owed for by their invoice. Orders and
 * account are locked by the caller.
 */
export async function returnDeposits(
  tx: Transaction,
  parts: { orderId: string; amountMinor: number }[],
  { paymentId, cause, reason, actor, at }: { paymentId: string; cause: string; reason: string; actor: Actor; at: string },
): Promise<void> {
  for (const { orderId, amountMinor } of parts) {
    const order = await lockOrder(tx, orderId);
    const { customerId, currency } = order;
    const { number } = only(
      await tx.query<{ number: string }>(
        `WITH returned AS (
           UPDATE deposits SET held_minor = held_minor - $3, returned_minor = returned_minor + $3 WHERE payment_id = $1 AND order_id = $2)
         UPDATE prepayments SET received_minor = received_minor - $3, status = CASE status WHEN 'received' THEN 'awaited' ELSE status END
         WHERE order_id = $2 RETURNING number`,
        [paymentId, orderId, amountMinor],
      ),
    );
    const cancelledShipments = await cancelShipments(tx, orderId, at);
    await record(tx, {
      at,
      actor,
      action: 'prepayment-returned',
      summary: `${number}: ${formatMoney({ currency, amountMinor })} of what had come in advance was taken back${
        cancelledShipments.length > 0 ? `; ${cancelledShipments.join(', ')} must not leave` : ''
      }`,
      reason,
      customerId,
      orderId,
      after: { paymentId, cancelledShipments },
    });
    if (order.status === 'awaiting-prepayment') continue;
    if (cancelledShipments.length > 0) {
      await enqueue(tx, { kind: 'signal', workflowId: orderId, hint: { signal: 'shipmentsWithdrawn' }, cause });
      const lines = await orderLines(tx, orderId);
      await wakeBackOrders(
        tx,
        lines.map(({ sku }) => sku),
        cause,
      );
    }
    // One that waits for stock, or for a choice, is asked about again too, and finds that its money is missing.
    await enqueue(tx, hintOfRoom(orderId, cause));
  }
}
