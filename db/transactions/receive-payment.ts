import { applyReceipt } from '../../domain/cash-application.ts';
import { planDunning } from '../../domain/dunning.ts';
import { type Fault, Refusal } from '../../domain/failures.ts';
import { receivableWorkflowId } from '../../domain/ids.ts';
import { lateInterest } from '../../domain/interest.ts';
import { interestNoted, receiptApplied, receiptUnapplied } from '../../domain/ledger.ts';
import { formatMoney } from '../../domain/money.ts';
import { addDays, compareDates, localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record, system } from '../statements/audit.ts';
import { readCompany, readPolicy } from '../statements/company.ts';
import { type CreditAccountRow, lockAccount, overdueItems, saveBuckets, wakeWaitingOrders } from '../statements/credit.ts';
import { insertInvoice, lockOpenItems, nextInvoiceNumber, type OpenItemRow } from '../statements/invoices.ts';
import { book } from '../statements/ledger.ts';
import { tell } from '../statements/notices.ts';
import { refreshStage } from '../statements/orders.ts';
import { enqueue } from '../statements/outbox.ts';
import { finishTasks } from '../statements/tasks.ts';

export interface ReceivePaymentInput {
  customerId: string;
  method: 'bank-transfer' | 'cheque' | 'card' | 'direct-entry';
  currency: string;
  amountMinor: number;
  valueOn: string;
  /** Invoices that the payer named. */
  invoiceIds: string[];
  /** Remittance text: RF references and invoice numbers are found in it. */
  remittanceText?: string | undefined;
  /** The bank's or the cheque's own reference: the same one is taken once. */
  externalReference?: string | undefined;
  actor: Actor;
  at: string;
  offsetMs: number;
}

export interface ReceivedPayment {
  paymentId: string;
  applications: { invoiceId: string; amountMinor: number; openMinor: number }[];
  unappliedMinor: number;
  interestNotes: string[];
  onHold: boolean;
}

/**
 * Records money that has arrived: applies it to the invoices it names, keeps the rest as unapplied cash (an overpayment
 * is never refused), notes interest on what was settled late, lifts the hold when nothing is overdue any more, and books
 * it all, in one transaction under the customer's row lock (P1, P3, P5, A3). Workflows get hints afterwards.
 */
export async function receivePayment(tx: Transaction, input: ReceivePaymentInput): Promise<ReceivedPayment> {
  const { customerId, currency, amountMinor, valueOn, at, actor } = input;
  const [company, customer] = await Promise.all([
    readCompany(tx),
    tx.query<{ currency: string }>('SELECT currency FROM customers WHERE id = $1', [customerId]),
  ]);
  const today = localDate(at, company.timeZone);
  if (!customer.rows[0]) throw new Refusal(422, 'unknown-customer', `There is no customer ${customerId}.`);
  // Orders with something overdue may change their stage: their rows come before the account's, here as everywhere.
  await tx.query(
    `SELECT 1 FROM orders WHERE id IN (SELECT order_id FROM invoices WHERE customer_id = $1 AND open_minor > 0 AND overdue_since IS NOT NULL)
     ORDER BY id FOR UPDATE`,
    [customerId],
  );
  const account = await lockAccount(tx, customerId);
  const faults: Fault[] = [];
  if (customer.rows[0].currency !== currency) {
    faults.push({ path: '/currency', code: 'currency', detail: `${customerId} is billed in ${customer.rows[0].currency}.` });
  }
  if (compareDates(valueOn, today) > 0) {
    faults.push({ path: '/valueOn', code: 'future-date', detail: `The value date ${valueOn} is after today, ${today}.` });
  }
  const named = await tx.query<{ id: string; customerId: string }>(
    'SELECT id, customer_id AS "customerId" FROM invoices WHERE id = ANY ($1)',
    [input.invoiceIds],
  );
  for (const [index, invoiceId] of input.invoiceIds.entries()) {
    const invoice = named.rows.find((row) => row.id === invoiceId);
    // A stranger's invoice is answered like one that does not exist.
    if (!invoice || invoice.customerId !== customerId) {
      faults.push({
        path: `/invoiceIds/${index}`,
        code: 'unknown-invoice',
        detail: `${customerId} has no invoice ${invoiceId}.`,
      });
    }
  }
  if (input.externalReference) {
    const seen = await tx.query<{ id: string }>('SELECT id FROM payments WHERE method = $1 AND external_reference = $2', [
      input.method,
      input.externalReference,
    ]);
    if (seen.rows[0]) {
      throw new Refusal(
        409,
        'payment-already-recorded',
        `${input.externalReference} is recorded already as ${seen.rows[0].id}.`,
        {
          extra: { paymentId: seen.rows[0].id },
        },
      );
    }
  }
  if (faults.length > 0) throw new Refusal(422, 'invalid-payment', 'The payment cannot be recorded.', { faults });

  const items = await lockOpenItems(tx, customerId);
  const { applications, unappliedMinor } = applyReceipt({
    amountMinor,
    items: items.map((item) => ({
      invoiceId: item.id,
      number: item.id,
      paymentReference: item.paymentReference,
      openMinor: item.openMinor,
      dueOn: item.dueOn,
    })),
    invoiceIds: input.invoiceIds,
    references: input.remittanceText ? [input.remittanceText] : [],
  });
  const inserted = await tx.query<{ id: string }>(
    `INSERT INTO payments (customer_id, method, currency, amount_minor, unapplied_minor, value_on, external_reference,
       remittance_text, actor, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
    [
      customerId,
      input.method,
      currency,
      amountMinor,
      unappliedMinor,
      valueOn,
      input.externalReference,
      input.remittanceText,
      actor.name,
      at,
    ],
  );
  const paymentId = inserted.rows[0]!.id;
  const received: ReceivedPayment = { paymentId, applications: [], unappliedMinor, interestNotes: [], onHold: false };

  for (const application of applications) {
    const item = items.find((candidate) => candidate.id === application.invoiceId)!;
    item.openMinor -= application.amountMinor;
    await tx.query(
      `WITH applied AS (
         INSERT INTO payment_applications (payment_id, invoice_id, amount_minor, value_on, at) VALUES ($1, $2, $3, $4, $5))
       UPDATE invoices SET open_minor = open_minor - $3,
         status = CASE WHEN open_minor = $3 THEN 'settled' ELSE status END,
         next_step_at = CASE WHEN open_minor = $3 THEN NULL ELSE next_step_at END
       WHERE id = $2`,
      [paymentId, item.id, application.amountMinor, valueOn, at],
    );
    received.applications.push({ invoiceId: item.id, amountMinor: application.amountMinor, openMinor: item.openMinor });
    const settled = item.openMinor === 0;
    await record(tx, {
      at,
      actor,
      action: settled ? 'settled' : 'part-paid',
      summary: `${money(currency, application.amountMinor)} received with value date ${valueOn}; ${money(currency, item.openMinor)} open`,
      customerId,
      orderId: item.orderId ?? undefined,
      invoiceId: item.id,
      after: { paymentId },
    });
    if (settled) {
      if (item.orderId && item.overdueSince) await refreshStage(tx, item.orderId, at);
      await finishTasks(
        tx,
        { invoiceId: item.id, kinds: ['invoice-review', 'overdue-contact', 'collections'] },
        { status: 'completed', by: actor.name, outcome: { settledBy: paymentId }, at },
      );
      const note = await noteInterest(tx, account, item, { ...input, today });
      if (note) received.interestNotes.push(note);
    }
    await enqueue(tx, {
      kind: 'signal',
      workflowId: item.holderWorkflowId,
      hint: { signal: 'receivableChanged', invoiceId: item.id },
      cause: paymentId,
    });
  }

  const appliedMinor = amountMinor - unappliedMinor;
  account.openReceivablesMinor -= appliedMinor;
  account.unappliedCashMinor += unappliedMinor;
  await book(tx, { eventId: `${paymentId}:receipt`, kind: 'receipt', bookedOn: valueOn, currency, customerId, paymentId, at }, [
    ...receiptApplied({ amountMinor: appliedMinor }),
    ...receiptUnapplied({ amountMinor: unappliedMinor }),
  ]);
  await record(tx, {
    at,
    actor,
    action: 'payment-received',
    summary: `${paymentId}: ${money(currency, amountMinor)} by ${input.method}${unappliedMinor > 0 ? `, ${money(currency, unappliedMinor)} unapplied` : ''}`,
    customerId,
    after: received,
  });
  received.onHold = await reviewHold(tx, account, today, at);
  await saveBuckets(tx, account);
  await wakeWaitingOrders(tx, customerId, paymentId);
  await tell(tx, {
    key: `${paymentId}:received`,
    kind: 'payment-received',
    customerId,
    facts: { paymentId, amountMinor, currency, valueOn, applications: received.applications, unappliedMinor },
    at,
  });
  return received;
}

const money = (currency: string, amountMinor: number): string => formatMoney({ currency, amountMinor });
const percent = (rate: string): string => `${Number((Number(rate) * 100).toFixed(4))} %`;

/** Lifts the customer's hold when nothing undisputed is overdue any more (P3). Gives whether it is still on hold. */
async function reviewHold(tx: Transaction, account: CreditAccountRow, today: string, at: string): Promise<boolean> {
  if (account.onHoldSince === null) return false;
  const overdue = await overdueItems(tx, account.customerId, today);
  const { holdMinimumMinor, version } = await readPolicy(tx, 'dunning');
  if (overdue.reduce((total, item) => total + item.openMinor, 0) > holdMinimumMinor) return true;
  await record(tx, {
    at,
    actor: system,
    action: 'hold-lifted',
    summary: 'Nothing is overdue any more: the hold is lifted',
    policyVersion: `dunning v${version}`,
    customerId: account.customerId,
    before: { onHoldSince: account.onHoldSince },
  });
  account.onHoldSince = null;
  return false;
}

/**
 * Interest on an item that was settled late becomes a debit item of its own, with its own due date and plan (P5): paying
 * the principal never erases it. Interest notes bear no interest themselves.
 */
async function noteInterest(
  tx: Transaction,
  account: CreditAccountRow,
  item: OpenItemRow,
  payment: { valueOn: string; at: string; today: string; offsetMs: number },
): Promise<string | undefined> {
  if (item.kind === 'interest-note') return undefined;
  // The terms of the day the item was issued: a policy edit touches new invoices only.
  const policy = await readPolicy(tx, 'dunning', item.plan.policyVersion);
  if (!policy.collectInterest) return undefined;
  const { rows: payments } = await tx.query<{ valueOn: string; amountMinor: number }>(
    'SELECT value_on AS "valueOn", amount_minor AS "amountMinor" FROM payment_applications WHERE invoice_id = $1 ORDER BY value_on',
    [item.id],
  );
  const until = payments.reduce((latest, { valueOn }) => (compareDates(valueOn, latest) > 0 ? valueOn : latest), payment.valueOn);
  const { segments, interestMinor } = lateInterest({
    principalMinor: item.grossMinor,
    dueOn: item.dueOn,
    payments,
    rates: [{ from: '1970-01-01', annualRate: policy.annualInterestRate }],
    until,
  });
  if (interestMinor === 0) return undefined;

  const { timeZone } = await readCompany(tx);
  const issuedOn = payment.today;
  const dueOn = addDays(issuedOn, policy.interestNoteTermsDays);
  const id = await nextInvoiceNumber(tx, 'interest-note', Number(issuedOn.slice(0, 4)));
  const plan = planDunning({ policy, invoiceId: id, issuedOn, dueOn, termsDays: policy.interestNoteTermsDays, timeZone });
  const description = (segment: (typeof segments)[number]) =>
    `Interest on ${money(item.currency, segment.principalMinor)} at ${percent(segment.annualRate)} a year, ${segment.from} to ${segment.to} (${segment.days} days)`;
  await insertInvoice(tx, {
    id,
    kind: 'interest-note',
    customerId: item.customerId,
    correctsInvoiceId: item.id,
    currency: item.currency,
    totals: {
      netMinor: interestMinor,
      taxMinor: 0,
      grossMinor: interestMinor,
      taxes: [],
      lines: segments.map((segment, index) => ({
        lineNumber: index + 1,
        sku: '',
        description: description(segment),
        quantity: 1,
        unitPriceMinor: segment.interestMinor,
        taxCategory: 'O',
        taxRate: '0',
        netMinor: segment.interestMinor,
      })),
    },
    issuedOn,
    dueOn,
    plan,
    holderWorkflowId: receivableWorkflowId(id),
    facts: { principalInvoiceId: item.id, segments },
    at: payment.at,
  });
  account.openReceivablesMinor += interestMinor;
  await book(
    tx,
    {
      eventId: `${id}:issue`,
      kind: 'interest-note',
      bookedOn: issuedOn,
      currency: item.currency,
      customerId: item.customerId,
      invoiceId: id,
      at: payment.at,
    },
    interestNoted({ amountMinor: interestMinor }),
  );
  await record(tx, {
    at: payment.at,
    actor: system,
    action: 'interest-noted',
    summary: `${id}: ${money(item.currency, interestMinor)} late interest on ${item.id}, due ${dueOn}`,
    policyVersion: `dunning v${policy.version}`,
    customerId: item.customerId,
    orderId: item.orderId ?? undefined,
    invoiceId: id,
    after: { segments },
  });
  await tell(tx, {
    key: `${id}:interest-note`,
    kind: 'interest-note',
    customerId: item.customerId,
    invoiceId: id,
    facts: { invoiceId: id, principalInvoiceId: item.id, grossMinor: interestMinor, currency: item.currency, dueOn, segments },
    at: payment.at,
  });
  await enqueue(tx, {
    kind: 'start-receivable',
    invoiceId: id,
    input: {
      invoice: { invoiceId: id, customerId: item.customerId, grossMinor: interestMinor, currency: item.currency, dueOn, plan },
      clockOffsetMs: payment.offsetMs,
    },
  });
  return id;
}
