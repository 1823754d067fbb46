import { type CreditStanding, exposureMinor } from '../../domain/credit.ts';
import { type Refused, refuse } from '../../domain/failures.ts';
import type { PaymentTerms } from '../../domain/invoice.ts';
import { formatMoney, sumMinor } from '../../domain/money.ts';
import type { OrderStatus } from '../../domain/order.ts';
import { type PolicyRate, policyAmount } from '../../domain/policy-amount.ts';
import { isPrepaid } from '../../domain/prepayment.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Queryable, Transaction } from '../client.ts';
import { readPolicy } from './company.ts';
import { readPolicyRate } from './exchange-rates.ts';
import { enqueue, type OutboxMessage } from './outbox.ts';
import { announce } from './webhook-events.ts';

export interface CreditAccountRow {
  customerId: string;
  currency: string;
  standing: CreditStanding;
  limitMinor: number | null;
  expiresAt: string | null;
  openReceivablesMinor: number;
  shippedNotInvoicedMinor: number;
  approvedNotShippedMinor: number;
  unappliedCashMinor: number;
  /** What credit notes leave over: the customer's credit balance. */
  openCreditNotesMinor: number;
  onHoldSince: string | null;
}

export const accountColumns = `a.customer_id AS "customerId", a.currency, a.standing, a.limit_minor AS "limitMinor",
  a.expires_at AS "expiresAt", a.open_receivables_minor AS "openReceivablesMinor",
  a.shipped_not_invoiced_minor AS "shippedNotInvoicedMinor", a.approved_not_shipped_minor AS "approvedNotShippedMinor",
  a.unapplied_cash_minor AS "unappliedCashMinor", a.open_credit_notes_minor AS "openCreditNotesMinor", a.on_hold_since AS "onHoldSince"`;

/** Locks the customer's credit account, opening it on first use: decisions and commitments of one customer go one by one. */
export async function lockAccount(tx: Transaction, customerId: string): Promise<CreditAccountRow> {
  const lock = `SELECT ${accountColumns} FROM credit_accounts a WHERE customer_id = $1 FOR UPDATE`;
  const found = await tx.query<CreditAccountRow>(lock, [customerId]);
  if (found.rows[0]) return found.rows[0];
  await tx.query(
    'INSERT INTO credit_accounts (customer_id, currency) SELECT id, currency FROM customers WHERE id = $1 ON CONFLICT DO NOTHING',
    [customerId],
  );
  const opened = await tx.query<CreditAccountRow>(lock, [customerId]);
  if (!opened.rows[0]) throw new Error(`there is no customer ${customerId}`);
  return opened.rows[0];
}

/** Locks the accounts of several customers, in one order for everybody; one that has not been opened is left out. */
export async function lockAccounts(tx: Transaction, customerIds: string[]): Promise<CreditAccountRow[]> {
  const { rows } = await tx.query<CreditAccountRow>(
    `SELECT ${accountColumns} FROM credit_accounts a WHERE customer_id = ANY ($1) ORDER BY customer_id FOR UPDATE`,
    [customerIds],
  );
  return rows;
}

export const exposureOf = (account: CreditAccountRow): number => exposureMinor(account);

export interface OverdueItem {
  invoiceId: string;
  dueOn: IsoDate;
  openMinor: number;
}

/**
 * What of the customer's debit items is overdue as of a date and not disputed, by instalment, oldest first: what a hold is made of.
 */
export async function overdueItems(db: Queryable, customerId: string, today: IsoDate): Promise<OverdueItem[]> {
  const found = await db.query<OverdueItem>(
    `SELECT invoice_id AS "invoiceId", due_on AS "dueOn", undisputed_minor AS "openMinor" FROM open_instalments
     WHERE customer_id = $1 AND undisputed_minor > 0 AND due_on < $2 ORDER BY due_on, invoice_id`,
    [customerId, today],
  );
  return found.rows;
}

/** Overdue items of a customer against the policy's minimum, which is in the company's currency (P3). */
export interface HoldJudgement {
  overdueMinor: number;
  /** In the customer's currency. */
  holdMinimumMinor: number;
  /** Undefined: the customer's currency is the company's. */
  policyRate: PolicyRate | undefined;
  policyVersion: string;
  isAboveMinimum: boolean;
}

/** Whether what is overdue of a customer puts it on hold on that day. */
export async function judgeHold(
  db: Queryable,
  currency: string,
  overdue: readonly { openMinor: number }[],
  today: IsoDate,
): Promise<HoldJudgement> {
  const [policy, policyRate] = [await readPolicy(db, 'dunning'), await readPolicyRate(db, currency, today)];
  const overdueMinor = sumMinor(overdue.map(({ openMinor }) => openMinor));
  const holdMinimumMinor = policyAmount(policy.holdMinimumMinor, policyRate, 'at-most');
  return {
    overdueMinor,
    holdMinimumMinor,
    policyRate,
    policyVersion: `dunning v${policy.version}`,
    isAboveMinimum: overdueMinor > holdMinimumMinor,
  };
}

export interface OrderHold {
  overdueMinor: number;
  /** What must be paid: overdue items, or the pro-forma of an order whose payment in advance was returned. */
  items: OverdueItem[];
  /** The policy's, in the order's currency: more than that is overdue. */
  holdMinimumMinor: number;
}

/** The override under which the customer's orders pass its hold on that day, the longest one first (P3). */
export async function holdOverrideOn(
  db: Queryable,
  customerId: string,
  today: IsoDate,
): Promise<{ id: string; throughOn: IsoDate } | undefined> {
  const { rows } = await db.query<{ id: string; throughOn: IsoDate }>(
    `SELECT id, through_on AS "throughOn" FROM hold_overrides
     WHERE customer_id = $1 AND status = 'approved' AND through_on >= $2 ORDER BY through_on DESC, id LIMIT 1`,
    [customerId, today],
  );
  return rows[0];
}

/**
 * What keeps this order from the warehouse: its customer's overdue items, when they are above the policy's minimum, nobody has lifted
 * the hold, and it is not paid for already, in advance or by a card that holds it (C6). Of one that was paid in advance: what of that its
 * bank has taken back since (P2).
 */
export async function holdOn(
  db: Queryable,
  order: { id: string; status: OrderStatus; customerId: string; currency: string; terms: PaymentTerms; paysByCard: boolean },
  today: IsoDate,
): Promise<OrderHold | undefined> {
  if (order.paysByCard || order.status === 'awaiting-prepayment') return undefined;
  if (isPrepaid(order.terms)) return returnedPrepayment(db, order.id);
  const items = await overdueItems(db, order.customerId, today);
  if (items.length === 0) return undefined;
  const { overdueMinor, holdMinimumMinor, isAboveMinimum } = await judgeHold(db, order.currency, items, today);
  if (!isAboveMinimum || (await holdOverrideOn(db, order.customerId, today))) return undefined;
  return { overdueMinor, items, holdMinimumMinor };
}

async function returnedPrepayment(db: Queryable, orderId: string): Promise<OrderHold | undefined> {
  const { rows } = await db.query<OverdueItem>(
    `SELECT number AS "invoiceId", due_on AS "dueOn", amount_minor - received_minor AS "openMinor"
     FROM prepayments WHERE order_id = $1 AND status = 'awaited'`,
    [orderId],
  );
  return rows[0] && { overdueMinor: rows[0].openMinor, items: rows, holdMinimumMinor: 0 };
}

/** Whether a freeze keeps this order from the warehouse: it is on credit, neither paid for in advance nor by a card that holds it (C4). */
export const isFrozen = (
  { standing }: Pick<CreditAccountRow, 'standing'>,
  order: { terms: PaymentTerms; paysByCard: boolean },
): boolean => standing === 'frozen' && !isPrepaid(order.terms) && !order.paysByCard;

export const refuseFrozen = (customerId: string): Refused =>
  refuse(
    409,
    'credit-frozen',
    `The credit of ${customerId} is frozen: nothing more is released on it before the freeze is lifted.`,
  );

export function refuseOnHold(order: { customerId: string; currency: string }, { overdueMinor }: OrderHold): Refused {
  const amount = formatMoney({ currency: order.currency, amountMinor: overdueMinor });
  return refuse(422, 'customer-on-hold', `${order.customerId} is on hold: ${amount} is overdue and must be paid first.`);
}

/** What the older orders come to that wait for the same room, oldest first; those on hold ask for it when they are paid for. */
export async function olderInLine(
  tx: Transaction,
  order: { id: string; customerId: string; placedAt: string },
): Promise<number[]> {
  const older = await tx.query<{ grossMinor: number }>(
    `SELECT gross_minor AS "grossMinor" FROM orders o
     WHERE customer_id = $1 AND status IN ('credit-review', 'over-limit', 'waiting-for-payment') AND (placed_at, id) < ($2, $3)
       AND NOT EXISTS (SELECT 1 FROM credit_holds h WHERE h.order_id = o.id)
     ORDER BY placed_at, id LIMIT 1000`,
    [order.customerId, order.placedAt, order.id],
  );
  return older.rows.map(({ grossMinor }) => grossMinor);
}

/** What remains of the credit that is held for the order; undefined before it is held. */
export async function heldFor(db: Queryable, orderId: string): Promise<number | undefined> {
  const { rows } = await db.query<{ remainingMinor: number }>(
    'SELECT remaining_minor AS "remainingMinor" FROM credit_holds WHERE order_id = $1',
    [orderId],
  );
  return rows[0]?.remainingMinor;
}

/** Writes the latest decision about the customer's credit. The account's row is locked by the caller and kept in step. */
export async function setStanding(
  tx: Transaction,
  account: CreditAccountRow,
  standing: CreditAccountRow['standing'],
  limitMinor: number | null,
  expiresAt: string | null,
): Promise<void> {
  Object.assign(account, { standing, limitMinor, expiresAt });
  await tx.query(
    'UPDATE credit_accounts SET standing = $2, limit_minor = $3, expires_at = $4, version = version + 1 WHERE customer_id = $1',
    [account.customerId, standing, limitMinor, expiresAt],
  );
}

/** SQL: what these movements have left held for goods that have not left. */
export const heldByMovements = `coalesce(sum(CASE WHEN to_bucket = 'approvedNotShippedMinor' THEN to_minor ELSE 0 END
  - CASE WHEN from_bucket = 'approvedNotShippedMinor' THEN from_minor ELSE 0 END), 0)`;

type Bucket = 'approvedNotShippedMinor' | 'shippedNotInvoicedMinor' | 'openReceivablesMinor';

/**
 * Moves part of an order's exposure from one bucket to another, once per event: `from` null takes it on, `to` null lets
 * it go. The account's row is locked by the caller and kept in step.
 */
export async function moveExposure(
  tx: Transaction,
  account: CreditAccountRow,
  movement: {
    orderId: string;
    eventId: string;
    from: Bucket | null;
    fromMinor: number;
    to: Bucket | null;
    toMinor: number;
    at: string;
  },
): Promise<void> {
  const { from, to } = movement;
  const fromMinor = from ? movement.fromMinor : 0;
  const toMinor = to ? movement.toMinor : 0;
  if (from) account[from] -= fromMinor;
  if (to) account[to] += toMinor;
  await tx.query(
    `WITH moved AS (
       INSERT INTO credit_movements (order_id, event_id, from_bucket, from_minor, to_bucket, to_minor, at)
       VALUES ($8, $9, $10, $11, $12, $13, $14)),
     drawn AS (
       UPDATE credit_holds SET remaining_minor = remaining_minor - $11,
         closed_at = CASE WHEN remaining_minor = $11 THEN $14::timestamptz END
       WHERE order_id = $8 AND $10 = 'approvedNotShippedMinor')
     ${updateBuckets}`,
    [...bucketsOf(account), movement.orderId, movement.eventId, from, fromMinor, to, toMinor, movement.at],
  );
}

/** Holds again what was held for units that left and are owed anew. The account's row is locked by the caller and kept in step. */
export async function reopenHold(
  tx: Transaction,
  account: CreditAccountRow,
  { orderId, eventId, amountMinor, at }: { orderId: string; eventId: string; amountMinor: number; at: string },
): Promise<void> {
  if (amountMinor === 0) return;
  await tx.query('UPDATE credit_holds SET remaining_minor = remaining_minor + $2, closed_at = NULL WHERE order_id = $1', [
    orderId,
    amountMinor,
  ]);
  await moveExposure(tx, account, {
    orderId,
    eventId,
    from: 'shippedNotInvoicedMinor',
    fromMinor: amountMinor,
    to: 'approvedNotShippedMinor',
    toMinor: amountMinor,
    at,
  });
}

const updateBuckets = `UPDATE credit_accounts SET open_receivables_minor = $2, shipped_not_invoiced_minor = $3,
  approved_not_shipped_minor = $4, unapplied_cash_minor = $5, on_hold_since = $6,
  open_credit_notes_minor = $7, version = version + 1 WHERE customer_id = $1`;

const bucketsOf = (account: CreditAccountRow) => [
  account.customerId,
  account.openReceivablesMinor,
  account.shippedNotInvoicedMinor,
  account.approvedNotShippedMinor,
  account.unappliedCashMinor,
  account.onHoldSince,
  account.openCreditNotesMinor,
];

export async function saveBuckets(tx: Transaction, account: CreditAccountRow): Promise<void> {
  await tx.query(updateBuckets, bucketsOf(account));
}

/**
 * Puts the customer on hold, unless it is already (P3); saved with the account's buckets. Its orders that wait for goods hear of it, and leave
 * their line.
 */
export async function putOnHold(tx: Transaction, account: CreditAccountRow, at: string): Promise<void> {
  if (account.onHoldSince !== null) return;
  account.onHoldSince = at;
  const { customerId } = account;
  const key = `${customerId}:on-hold:${at}`;
  await announce(tx, { key, type: 'account.on-hold', customerId, facts: { customerId }, at });
  await wakeOwnBackOrders(tx, customerId, key);
}

/** Writes what several accounts are owed now, and whether they are on hold; each counts so many changes. The accounts are locked. */
export async function saveReceivables(
  tx: Transaction,
  accounts: { customerId: string; openReceivablesMinor: number; onHoldSince: string | null; times: number }[],
): Promise<void> {
  await tx.query(
    `UPDATE credit_accounts a SET open_receivables_minor = s.open_minor, on_hold_since = s.on_hold_since, version = version + s.times
     FROM unnest($1::text[], $2::bigint[], $3::timestamptz[], $4::int[]) AS s (customer_id, open_minor, on_hold_since, times)
     WHERE a.customer_id = s.customer_id`,
    [
      accounts.map(({ customerId }) => customerId),
      accounts.map(({ openReceivablesMinor }) => openReceivablesMinor),
      accounts.map(({ onHoldSince }) => onHoldSince),
      accounts.map(({ times }) => times),
    ],
  );
}

/**
 * Hints to the customer's waiting orders, oldest first, that credit may have room now; the order that caused it knows. One that awaits a
 * choice may have been kept from goods that have come by the hold alone.
 */
export async function wakeWaitingOrders(
  tx: Transaction,
  customerId: string,
  cause: string,
  exceptOrderId?: string,
): Promise<void> {
  const waiting = await waitingOrders(tx, [customerId]);
  await enqueue(tx, ...waiting.filter(({ id }) => id !== exceptOrderId).map(({ id }) => hintOfRoom(id, cause)));
}

/** Hints to the customer's orders that wait for goods, oldest first, that credit has none for them now: they ask, and leave their line. */
export async function wakeOwnBackOrders(tx: Transaction, customerId: string, cause: string): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    "SELECT id FROM orders WHERE customer_id = $1 AND status = 'back-ordered' ORDER BY placed_at, id",
    [customerId],
  );
  await enqueue(tx, ...rows.map(({ id }) => hintOfRoom(id, cause)));
}

/** The orders of these customers that wait for credit, oldest first. */
export async function waitingOrders(tx: Transaction, customerIds: string[]): Promise<{ id: string; customerId: string }[]> {
  const { rows } = await tx.query<{ id: string; customerId: string }>(
    `SELECT id, customer_id AS "customerId" FROM orders WHERE customer_id = ANY ($1)
       AND status IN ('credit-review', 'over-limit', 'waiting-for-payment', 'awaiting-choice') ORDER BY placed_at, id`,
    [customerIds],
  );
  return rows;
}

export const hintOfRoom = (orderId: string, cause: string): OutboxMessage => ({
  kind: 'signal',
  workflowId: orderId,
  hint: { signal: 'creditMayHaveRoom' },
  cause,
});
