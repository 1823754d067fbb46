import { planReopened } from '../../domain/dunning.ts';
import { Refusal } from '../../domain/failures.ts';
import { receivableWorkflowId } from '../../domain/ids.ts';
import { openInstalments, overduePart, scheduleOf } from '../../domain/instalments.ts';
import { bankCharged, earlyPaymentDiscountGranted, writtenOff } from '../../domain/ledger.ts';
import { formatMoney, sumMinor } from '../../domain/money.ts';
import { partsTaken } from '../../domain/payment-reversal.ts';
import { compareDates, type IsoDate, localDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { lockOwingOrders, tellHolders } from '../statements/cash-application.ts';
import { readCompany } from '../statements/company.ts';
import { type CreditAccountRow, judgeHold, lockAccount, overdueItems, putOnHold, saveBuckets } from '../statements/credit.ts';
import { billReturnedRefund } from '../statements/debit-notes.ts';
import { policyOf } from '../statements/dunning-policies.ts';
import { lockOpenItems, type OpenItemRow } from '../statements/invoices.ts';
import { book, bookReturned, reverseEntries, reverseEntriesOf } from '../statements/ledger.ts';
import { tell } from '../statements/notices.ts';
import { refreshStage } from '../statements/orders.ts';
import { enqueue } from '../statements/outbox.ts';
import { returnDeposits } from '../statements/prepayments.ts';
import { judgeKeptAgain } from '../statements/promises.ts';
import { giveUpAgain } from '../statements/write-offs.ts';

export interface ReversePaymentInput {
  paymentId: string;
  /** The bank took the money back, it was never this customer's, or the bank of a card did at its holder's word. */
  kind: 'bounce' | 'undo' | 'chargeback';
  reason: string;
  /** What was taken back; absent: all that has not been. An undone match is undone as a whole. */
  amountMinor?: number | undefined;
  /** Of a part: the items that are open again first. Absent: what was paid last. */
  invoiceIds?: string[] | undefined;
  /** Of a bounce: the bank's day. */
  on?: IsoDate | undefined;
  /** Of a bounce: what our bank takes for it. */
  feeMinor?: number;
  /** The line of a bank statement that says so; it is locked by the caller. */
  bankLineId?: string;
  /** The cheque that bounced; it is locked by the caller. */
  chequeId?: string;
  actor: Actor;
  at: string;
  offsetMs: number;
}

interface ReopenedItem {
  invoiceId: string;
  amountMinor: number;
  discountMinor: number;
  writeOffMinor: number;
  /** What it had recovered of a write-off: written off again instead of open. */
  givenUpMinor: number;
  openMinor: number;
  dueOn: IsoDate;
}

export interface ReversedPayment {
  paymentId: string;
  /** Which of its reversals this is, from 1. */
  number: number;
  kind: ReversePaymentInput['kind'];
  amountMinor: number;
  items: ReopenedItem[];
  /** What was unapplied of it. */
  unappliedMinor: number;
  /** What was held of it for orders that are paid in advance: they wait for it again. */
  deposits: { orderId: string; amountMinor: number }[];
  /** What had been refunded of it is owed by an item of its own. */
  owedAgain: { invoiceId: string; amountMinor: number; dueOn: IsoDate } | null;
  feeMinor: number;
  onHold: boolean;
}

/**
 * Takes a receipt back, in full or in part (P2): what it had paid is open again with its own due date and dunning level, together with
 * the discounts, but for what credit notes have left out of them, and write-offs that came with the payment; what it had recovered of an item
 * that was given up is written off again; what waited unapplied is gone, what was held for an order is asked for again,
 * and what had been refunded is owed. What it had kept of promises to pay is judged anew. Exposure and hold come back at once, and each item that is open again is collected in a new round.
 * Interest that was noted stands. An order that was closed stays closed.
 */
export async function reversePayment(tx: Transaction, input: ReversePaymentInput): Promise<ReversedPayment> {
  const { paymentId, kind, reason, feeMinor = 0, bankLineId, actor, at, offsetMs } = input;
  const { timeZone } = await readCompany(tx);
  const today = localDate(at, timeZone);
  const found = await tx.query<{ customerId: string; orderIds: string[] }>(
    `SELECT customer_id AS "customerId", ARRAY(
       SELECT b.order_id FROM payment_applications a JOIN billings b ON b.invoice_id = a.invoice_id WHERE a.payment_id = p.id
       UNION SELECT d.order_id FROM deposits d WHERE d.payment_id = p.id) AS "orderIds" FROM payments p WHERE id = $1`,
    [paymentId],
  );
  if (!found.rows[0]) throw new Refusal(404, 'unknown-payment', `There is no payment ${paymentId}.`);
  const { customerId, orderIds } = found.rows[0];
  await lockOwingOrders(tx, customerId, ...orderIds);
  const account = await lockAccount(tx, customerId);
  const payment = await mustBeReversible(tx, input);
  const on = input.on ?? today;
  if (compareDates(on, payment.valueOn) < 0 || compareDates(on, today) > 0) {
    const detail = `${on} is not between the value date ${payment.valueOn} and today, ${today}.`;
    throw new Refusal(422, 'invalid-bounce', detail, { faults: [{ path: '/on', code: 'date', detail }] });
  }

  const { number, currency, leftMinor, valueOn } = payment;
  const amountMinor = input.amountMinor ?? leftMinor;
  const [applied, deposits] = await Promise.all([appliedOf(tx, paymentId), depositsOf(tx, paymentId)]);
  const { unappliedMinor, refundedMinor, ...parts } = partsTaken(
    amountMinor,
    { ...payment, deposits, applications: applied },
    input.invoiceIds,
  );
  const depositsMinor = sumMinor(parts.deposits.map((part) => part.amountMinor));
  const taken = parts.applications.map((part) => ({
    ...applied.find(({ invoiceId }) => invoiceId === part.invoiceId)!,
    ...part,
  }));
  await returnDeposits(tx, parts.deposits, { paymentId, cause: `${paymentId}:reversed:${number}`, reason, actor, at });
  const items = await lockOpenItems(
    tx,
    customerId,
    taken.map(({ invoiceId }) => invoiceId),
  );
  const owedAgainId =
    refundedMinor > 0
      ? await billReturnedRefund(tx, account, {
          customerId,
          currency,
          paymentId,
          amountMinor: refundedMinor,
          today,
          offsetMs,
          at,
        })
      : undefined;
  await tx.query(
    `INSERT INTO payment_reversals (payment_id, number, kind, reason, value_on, amount_minor, unapplied_minor, deposits_minor,
       refunded_minor, invoice_id, fee_minor, bank_line_id, actor, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      paymentId,
      number,
      kind,
      reason,
      on,
      amountMinor,
      unappliedMinor,
      depositsMinor,
      refundedMinor,
      owedAgainId,
      feeMinor,
      bankLineId,
      actor.name,
      at,
    ],
  );
  await tx.query(
    'UPDATE payments SET unapplied_minor = unapplied_minor - $2, reversed_minor = reversed_minor + $3 WHERE id = $1',
    [paymentId, unappliedMinor, amountMinor],
  );
  account.unappliedCashMinor -= unappliedMinor;
  const givenUp = await giveUpAgain(tx, paymentId, taken);
  const reopened: ReopenedItem[] = [];
  for (const part of taken) {
    const item = items.find(({ id }) => id === part.invoiceId)!;
    const givenUpMinor = sumMinor(givenUp.filter(({ invoiceId }) => invoiceId === item.id).map((again) => again.amountMinor));
    reopened.push(await reopen(tx, account, item, { ...part, givenUpMinor }, { ...input, number, today, timeZone }));
  }
  const { bookedKind, words } = said[kind];
  const keptOn = (bookedOn?: IsoDate) => keepDiscounts(tx, taken, { paymentId, customerId, currency, number, bookedOn, at });
  // As what it takes back, and so counted with it.
  const bookGivenUp = async (bookedOn?: IsoDate) => {
    for (const { writeOffId, invoiceId, amountMinor: againMinor, reinstatedOn } of givenUp) {
      const eventId = `${paymentId}:given-up-again:${writeOffId}:${number}`;
      const entry = {
        eventId,
        kind: 'reinstatement',
        bookedOn: bookedOn ?? reinstatedOn,
        currency,
        customerId,
        invoiceId,
        paymentId,
      };
      await book(tx, { ...entry, reason, at }, writtenOff({ amountMinor: againMinor }));
    }
  };
  const owedAgain = owedAgainId === undefined ? null : { invoiceId: owedAgainId, amountMinor: refundedMinor, dueOn: today };
  if (kind === 'undo') {
    await reverseEntriesOf(tx, { paymentId, kind: bookedKind, reason, at });
    await keptOn();
    await bookGivenUp();
  } else {
    const bookedOn = await bookReturned(tx, {
      paymentId,
      customerId,
      currency,
      eventId: `${paymentId}:${bookedKind}:${number}`,
      kind: bookedKind,
      on,
      reason,
      at,
      items: taken.map((part) => ({ invoiceId: part.invoiceId, amountMinor: part.amountMinor })),
      unappliedMinor,
      depositsMinor,
      owedAgain: owedAgain ?? undefined,
    });
    const eventIds = taken.flatMap(({ invoiceId, discountMinor, writeOffMinor }) => [
      ...(discountMinor > 0 ? [`${paymentId}:discount:${invoiceId}`] : []),
      ...(writeOffMinor > 0 ? [`${paymentId}:write-off:${invoiceId}`] : []),
    ]);
    await reverseEntries(tx, { eventIds, kind: bookedKind, bookedOn, reason, at });
    await keptOn(bookedOn);
    await bookGivenUp(bookedOn);
  }
  await book(
    tx,
    { eventId: `${paymentId}:bounce-fee:${number}`, kind: 'bank-fee', bookedOn: on, currency, customerId, at },
    bankCharged({ amountMinor: feeMinor }),
  );
  await holdAgain(tx, account, { today, at });
  await saveBuckets(tx, account);
  await judgeKeptAgain(
    tx,
    { account, items: await lockOpenItems(tx, customerId) },
    {
      paymentId,
      invoiceIds: reopened.map(({ invoiceId }) => invoiceId),
      waited: unappliedMinor > 0,
      reason: `${paymentId} ${words}`,
      actor,
      at,
    },
  );

  const reversed: ReversedPayment = {
    paymentId,
    number,
    kind,
    amountMinor,
    items: reopened,
    unappliedMinor,
    deposits: parts.deposits,
    owedAgain,
    feeMinor,
    onHold: account.onHoldSince !== null,
  };
  const openAgain = [
    ...reopened
      .filter(({ openMinor }) => openMinor > 0)
      .map(({ invoiceId, openMinor, dueOn }) => ({ invoiceId, openMinor, dueOn })),
    ...(owedAgain ? [{ invoiceId: owedAgain.invoiceId, openMinor: owedAgain.amountMinor, dueOn: owedAgain.dueOn }] : []),
  ];
  const invoiceIds = openAgain.map(({ invoiceId }) => invoiceId);
  await record(tx, {
    at,
    actor,
    action: bookedKind,
    summary: `${paymentId}: ${formatMoney({ currency, amountMinor })} ${words}${invoiceIds.length > 0 ? `; open again: ${invoiceIds.join(', ')}` : ''}`,
    reason,
    customerId,
    after: reversed,
  });
  if (kind !== 'undo') {
    await tell(tx, {
      key: `${paymentId}:bounced:${number}`,
      kind: 'payment-bounced',
      customerId,
      facts: { paymentId, amountMinor, currency, valueOn, reason, invoices: openAgain },
      at,
    });
  }
  return reversed;
}

const said = {
  bounce: { bookedKind: 'payment-bounced', words: 'bounced' },
  undo: { bookedKind: 'payment-undone', words: 'was not theirs' },
  chargeback: { bookedKind: 'payment-charged-back', words: 'was charged back' },
} as const;

interface PaymentToReverse {
  currency: string;
  amountMinor: number;
  valueOn: IsoDate;
  unappliedMinor: number;
  /** Gone back to the customer, and not owed again yet. */
  refundedMinor: number;
  /** What can be taken back. */
  leftMinor: number;
  /** Of the reversal that comes. */
  number: number;
}

/** Under the lock of its customer's account. */
async function mustBeReversible(tx: Transaction, input: ReversePaymentInput): Promise<PaymentToReverse> {
  const { paymentId, kind, chequeId } = input;
  const payment = only(
    await tx.query<PaymentToReverse & { reversedMinor: number; chequeId: string | null; isByCard: boolean; isOlder: boolean }>(
      `SELECT currency, amount_minor AS "amountMinor", unapplied_minor AS "unappliedMinor", value_on AS "valueOn",
         reversed_minor AS "reversedMinor", amount_minor - reversed_minor AS "leftMinor",
         refunded_minor - (SELECT coalesce(sum(refunded_minor), 0)::bigint FROM payment_reversals r WHERE r.payment_id = p.id)
           AS "refundedMinor",
         (SELECT 1 + count(*)::int FROM payment_reversals r WHERE r.payment_id = p.id) AS number,
         (SELECT id FROM cheques c WHERE c.payment_id = p.id AND c.status <> 'bounced') AS "chequeId",
         EXISTS (SELECT FROM card_receipts c WHERE c.payment_id = p.id) AS "isByCard",
         EXISTS (SELECT FROM journal_entries e WHERE e.payment_id = p.id AND (e.kind = 'opening-credit'
           OR (EXISTS (SELECT FROM postings g WHERE g.entry_id = e.id AND g.account = 'accounts-receivable')
             AND NOT EXISTS (SELECT FROM receivable_movements m WHERE m.entry_id = e.id)))) AS "isOlder"
       FROM payments p WHERE id = $1 FOR UPDATE`,
      [paymentId],
    ),
  );
  const money = (amountMinor: number) => formatMoney({ currency: payment.currency, amountMinor });
  const isUndone = kind === 'undo';
  if (payment.leftMinor === 0 || (isUndone && payment.reversedMinor > 0)) {
    throw new Refusal(409, 'payment-reversed', `${paymentId} has been taken back already.`);
  }
  if (payment.isByCard && kind !== 'chargeback') {
    const detail = `${paymentId} came from a card: what its bank takes back is booked when the gateway says so.`;
    throw new Refusal(409, 'paid-by-card', detail);
  }
  // It went back to who was taken for its payer: whose money that was is for a person to find out.
  if (isUndone && payment.refundedMinor > 0) {
    const detail = `${money(payment.refundedMinor)} of ${paymentId} has gone back to the customer as a refund.`;
    throw new Refusal(409, 'payment-refunded', detail);
  }
  if (input.amountMinor !== undefined && input.amountMinor > payment.leftMinor) {
    const detail = `Only ${money(payment.leftMinor)} of ${paymentId} is left to be taken back.`;
    throw new Refusal(422, 'invalid-bounce', detail, { faults: [{ path: '/amountMinor', code: 'more-than-left', detail }] });
  }
  if (payment.chequeId !== null && payment.chequeId !== chequeId) {
    throw new Refusal(409, 'paid-by-cheque', `${paymentId} came with ${payment.chequeId}: say of that cheque that it bounced.`);
  }
  if (payment.isOlder) {
    throw new Refusal(409, 'older-than-the-books', `${paymentId} is older than what the books know of its items.`);
  }
  return payment;
}

interface Applied {
  invoiceId: string;
  amountMinor: number;
  /** What is lost of the early-payment discount that came with it. */
  discountMinor: number;
  /** What credit notes have left out for that discount: it stays granted, for what they took back. */
  keptNetMinor: number;
  keptTaxMinor: number;
  writeOffMinor: number;
}

/** What stands of its applications, the newest first; of those of one moment the one that is due last. */
async function appliedOf(tx: Transaction, paymentId: string): Promise<Applied[]> {
  const { rows } = await tx.query<Applied>(
    `SELECT a.invoice_id AS "invoiceId", a.amount_minor AS "amountMinor", kept.net_minor AS "keptNetMinor", kept.tax_minor AS "keptTaxMinor",
       CASE WHEN coalesce(t.discount, false) THEN 0 ELSE coalesce((SELECT amount_minor - kept.net_minor - kept.tax_minor
         FROM early_payment_discounts d WHERE (d.payment_id, d.invoice_id) = (a.payment_id, a.invoice_id)), 0) END::bigint AS "discountMinor",
       coalesce((SELECT sum(amount_minor) FROM payment_write_offs w WHERE (w.payment_id, w.invoice_id) = (a.payment_id, a.invoice_id)
         AND NOT coalesce(t.write_off, false)), 0)::bigint AS "writeOffMinor"
     FROM standing_applications a JOIN invoices i ON i.id = a.invoice_id LEFT JOIN (
       SELECT invoice_id, bool_or(discount_minor > 0) AS discount, bool_or(write_off_minor > 0) AS write_off FROM reversed_applications
       WHERE payment_id = $1 GROUP BY 1) t ON t.invoice_id = a.invoice_id
     CROSS JOIN LATERAL (
       WITH RECURSIVE revisions AS (
         SELECT a.invoice_id AS id UNION SELECT w.id FROM revisions r JOIN invoices w ON w.corrects_invoice_id = r.id AND w.kind = 'invoice')
       SELECT coalesce(sum((tax ->> 'baseMinor')::bigint), 0)::bigint AS net_minor, coalesce(sum((tax ->> 'taxMinor')::bigint), 0)::bigint AS tax_minor
       FROM credit_notes n JOIN revisions ON revisions.id = n.invoice_id, jsonb_array_elements(n.discount_taxes) tax
       WHERE n.discount_payment_id = a.payment_id) kept
     WHERE a.payment_id = $1 ORDER BY a.at DESC, i.due_on DESC, i.id DESC`,
    [paymentId],
  );
  return rows;
}

/** What it holds for orders that are paid in advance, the order that was placed last first. */
async function depositsOf(tx: Transaction, paymentId: string): Promise<{ orderId: string; heldMinor: number }[]> {
  const { rows } = await tx.query<{ orderId: string; heldMinor: number }>(
    `SELECT order_id AS "orderId", held_minor AS "heldMinor" FROM deposits WHERE payment_id = $1 AND held_minor > 0
     ORDER BY at DESC, order_id DESC`,
    [paymentId],
  );
  return rows;
}

/**
 * Grants again what credit notes have left out of a discount whose entry has been reversed as a whole: on the day given, else on that of
 * the discount.
 */
async function keepDiscounts(
  tx: Transaction,
  taken: readonly Applied[],
  {
    paymentId,
    number,
    bookedOn,
    ...entry
  }: { paymentId: string; customerId: string; currency: string; number: number; bookedOn: IsoDate | undefined; at: string },
): Promise<void> {
  for (const { invoiceId, keptNetMinor, keptTaxMinor, discountMinor } of taken) {
    if (keptNetMinor + keptTaxMinor === 0 || (discountMinor === 0 && bookedOn !== undefined)) continue;
    const granted = only(
      await tx.query<{ valueOn: IsoDate }>(
        'SELECT value_on AS "valueOn" FROM early_payment_discounts WHERE (payment_id, invoice_id) = ($1, $2)',
        [paymentId, invoiceId],
      ),
    );
    await book(
      tx,
      {
        ...entry,
        eventId: `${paymentId}:discount-kept:${invoiceId}:${number}`,
        kind: 'early-payment-discount',
        bookedOn: bookedOn ?? granted.valueOn,
        invoiceId,
        paymentId,
      },
      earlyPaymentDiscountGranted({ netMinor: keptNetMinor, taxMinor: keptTaxMinor }),
    );
  }
}

interface Doing extends ReversePaymentInput {
  number: number;
  today: IsoDate;
  timeZone: string;
}

async function reopen(
  tx: Transaction,
  account: CreditAccountRow,
  item: OpenItemRow,
  part: Omit<Applied, 'keptNetMinor' | 'keptTaxMinor'> & { givenUpMinor: number },
  doing: Doing,
): Promise<ReopenedItem> {
  const { paymentId, number, actor, at, today, reason } = doing;
  const { amountMinor, discountMinor, writeOffMinor, givenUpMinor } = part;
  const before = { openMinor: item.openMinor, dueOn: item.dueOn };
  const moreMinor = sumMinor([amountMinor, discountMinor, writeOffMinor, -givenUpMinor]);
  const keep = (round: number | null) =>
    tx.query(
      `INSERT INTO reversed_applications (payment_id, number, invoice_id, amount_minor, discount_minor, write_off_minor, round)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [paymentId, number, item.id, amountMinor, discountMinor, writeOffMinor, round],
    );
  const { currency, customerId } = item;
  const story = { at, actor, reason, customerId, orderId: item.orderId ?? undefined, invoiceId: item.id };
  if (givenUpMinor > 0) {
    await record(tx, {
      ...story,
      action: 'written-off-again',
      summary: `${formatMoney({ currency, amountMinor: givenUpMinor })} written off again: ${paymentId}, which had recovered it, was taken back`,
      after: { paymentId, amountMinor: givenUpMinor },
    });
  }
  if (moreMinor === 0) {
    await keep(null);
    return { invoiceId: item.id, amountMinor, discountMinor, writeOffMinor, givenUpMinor, ...before };
  }
  const { dueOn } = only(
    await tx.query<{ dueOn: IsoDate }>(
      `UPDATE invoices SET open_minor = open_minor + $2, status = 'open' WHERE id = $1 RETURNING due_on AS "dueOn"`,
      [item.id, moreMinor],
    ),
  );
  item.openMinor += moreMinor;
  item.dueOn = dueOn;
  account.openReceivablesMinor += moreMinor;
  const overdue = overduePart(item, today);
  if (overdue) item.dunningLevel = await overdueAgain(tx, item.id, overdue.dueOn, at);
  // Whoever collects an item that is still open goes on, unless an instalment is open again whose steps are behind it.
  const isAnew = before.openMinor === 0 || before.dueOn !== dueOn;
  if (isAnew) await collectAnew(tx, item, doing);
  await tellHolders(tx, item, `${paymentId}:reversed:${number}`);
  await refreshStage(tx, item.id, at);
  await keep(isAnew ? item.round : null);
  await record(tx, {
    ...story,
    action: 'reopened',
    summary: `${formatMoney({ currency, amountMinor: moreMinor })} open again, due ${dueOn}: ${paymentId} was taken back`,
    before,
    after: { amountMinor, discountMinor, writeOffMinor, givenUpMinor, paymentId, openMinor: item.openMinor, round: item.round },
  });
  return { invoiceId: item.id, amountMinor, discountMinor, writeOffMinor, givenUpMinor, openMinor: item.openMinor, dueOn };
}

/** What was paid of it stands at the level that it had: the highest of what is overdue again. Gives the item's. */
async function overdueAgain(tx: Transaction, invoiceId: string, overdueFrom: IsoDate, at: string): Promise<number> {
  const { level } = only(
    await tx.query<{ level: number }>(
      `UPDATE invoices SET overdue_since = coalesce(overdue_since, $3), dunning_level = greatest(dunning_level, had.level),
         collections_since = coalesce(invoices.collections_since, had.collections_since)
       FROM (SELECT max(level) AS level, min(collections_since) AS collections_since FROM paid_dunning_levels
             WHERE invoice_id = $1 AND due_on >= $2) had
       WHERE id = $1 RETURNING dunning_level AS level`,
      [invoiceId, overdueFrom, at],
    ),
  );
  return level;
}

/** Begins a new round of collection, in a workflow of its own: its order, or its earlier round, may have ended with the payment. */
async function collectAnew(tx: Transaction, item: OpenItemRow, { timeZone, at, offsetMs }: Doing): Promise<void> {
  const { id: invoiceId, customerId, currency, grossMinor, dueOn, issuedOn, dunningLevel: level, lastNoticeOn } = item;
  item.round += 1;
  const { round } = item;
  item.holderWorkflowId = receivableWorkflowId(invoiceId, round);
  item.plan = planReopened(
    { policy: await policyOf(tx, item.plan), assignedBy: item.plan.assignedBy, invoiceId, issuedOn, timeZone },
    { schedule: scheduleOf(item), open: openInstalments(item).map(({ number }) => number), round, level, lastNoticeOn },
    at,
  );
  await tx.query(
    `UPDATE invoices SET plan = $2, next_step_at = $3, collection_round = $4, holder_workflow_id = $5 WHERE id = $1`,
    [invoiceId, JSON.stringify(item.plan), item.plan.steps[0]?.at, round, item.holderWorkflowId],
  );
  await enqueue(tx, {
    kind: 'start-receivable',
    invoiceId,
    round,
    input: { invoice: { invoiceId, customerId, grossMinor, currency, dueOn, plan: item.plan }, clockOffsetMs: offsetMs },
  });
}

/** What is overdue again puts the customer on hold now, not when its new round has begun (P3). */
async function holdAgain(
  tx: Transaction,
  account: CreditAccountRow,
  { today, at }: { today: IsoDate; at: string },
): Promise<void> {
  const overdue = await overdueItems(tx, account.customerId, today);
  if ((await judgeHold(tx, account.currency, overdue, today)).isAboveMinimum) await putOnHold(tx, account, at);
}
