import { log, setCurrentDetails, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import type { IssuedInvoice } from '../activities/index.ts';
import { formatMoney } from '../domain/money.ts';
import type { OrderStatus, Stage } from '../domain/order.ts';
import { type CompanyTime, companyTime } from './company-time.ts';
import { database } from './effects.ts';
import { receivableChanged } from './messages.ts';
import { stage } from './search-attributes.ts';

/** What a receivable needs of the workflow that holds it: its clock, and which invoices have news. */
export interface ReceivableHolder extends CompanyTime {
  /** Invoices whose balance may have changed since they were last read. */
  readonly changedInvoices: Set<string>;
  /** True when an earlier run is lost, which took steps of the plan and was told what has been paid (X8). */
  readonly hasTakenOver: boolean;
  /** Takes note that the invoice went overdue, or is settled, and of where that left its order. */
  wentOverdue(invoiceId: string): void;
  /** What was overdue of it has been paid, and later instalments are still to come. */
  noLongerOverdue(invoiceId: string): void;
  settled(invoiceId: string, orderStatus: OrderStatus | null): void;
}

/**
 * Collects one invoice: walks its plan, one armed timer at a time, until it is settled. The plan was made when the invoice
 * was issued, so a policy edit never touches it. Never rejects: a failing receivable must not fail its order.
 */
export async function collect(holder: ReceivableHolder, invoice: IssuedInvoice): Promise<void> {
  const { invoiceId } = invoice;
  let steps = [...invoice.plan.steps];
  const changed = () => holder.changedInvoices.has(invoiceId);
  for (;;) {
    const step = steps[0];
    try {
      if ((await holder.until(changed, step?.at, `${invoiceId}: ${step?.step}`)) || step === undefined) {
        holder.changedInvoices.delete(invoiceId);
        const { settled, overdue, orderStatus, steps: resumed } = await database.settle({ invoiceId, at: holder.now() });
        if (settled) {
          holder.settled(invoiceId, orderStatus);
          return;
        }
        // A dispute has ended, and what was skipped for it is caught up. Histories from before disputes have no such answer.
        if (resumed) steps = [...resumed];
        // Answers from before there were instalments do not say.
        if (overdue === false) holder.noLongerOverdue(invoiceId);
        else if (overdue && holder.hasTakenOver) holder.wentOverdue(invoiceId);
      } else {
        // An item that was settled meanwhile is left in peace: the hint about it is on its way.
        const { outcome } = await database.takeReceivableStep({ invoiceId, step, at: holder.now() });
        if (outcome === 'taken' && step.kind === 'overdue') holder.wentOverdue(invoiceId);
        steps.shift();
      }
    } catch (error) {
      // A refusal here is a bug of ours: the receivable stays open and is tried again at the next news.
      log.error('a receivable step failed', { invoiceId, step: step?.step, error });
      await holder.until(changed);
    }
  }
}

/** A debit item without an order: an opening balance, an interest note. */
export async function receivableWorkflow(input: {
  invoice: IssuedInvoice;
  clockOffsetMs: number;
  /** Set when an earlier run is lost (X8). */
  takesOver?: true;
}): Promise<void> {
  const { invoice } = input;
  const changedInvoices = new Set<string>(input.takesOver ? [invoice.invoiceId] : []);
  // The only invoice here, whatever a hand-sent hint says.
  setHandler(receivableChanged, () => {
    changedInvoices.add(invoice.invoiceId);
  });
  const money = formatMoney({ currency: invoice.currency, amountMinor: invoice.grossMinor });
  const story = (standing: Stage) =>
    `**${invoice.invoiceId}** of ${invoice.customerId}, ${money}, due ${invoice.dueOn}: **${standing}**`;
  const tell = (standing: Stage) => {
    upsertSearchAttributes([{ key: stage, value: standing }]);
    setCurrentDetails(story(standing));
  };
  setCurrentDetails(story('receivables'));
  let isOverdue = false;
  await collect(
    {
      ...companyTime(input.clockOffsetMs),
      changedInvoices,
      hasTakenOver: input.takesOver === true,
      wentOverdue: () => {
        isOverdue = true;
        tell('collections');
      },
      noLongerOverdue: () => {
        if (isOverdue) tell('receivables');
        isOverdue = false;
      },
      settled: () => tell('done'),
    },
    invoice,
  );
}
