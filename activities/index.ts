import { ApplicationFailure } from '@temporalio/common';
import type { Database, Transaction } from '../db/client.ts';
import { readOrderStatus } from '../db/statements/orders.ts';
import { inWarehouse, lockShipment } from '../db/statements/shipments.ts';
import { amendOrder } from '../db/transactions/amend-order.ts';
import { cancelOrder } from '../db/transactions/cancel-order.ts';
import { chooseShortage, giveUpWaitingForChoice } from '../db/transactions/choose-shortage.ts';
import { confirmPack, confirmPick } from '../db/transactions/confirm-pick.ts';
import { decideCredit } from '../db/transactions/decide-credit.ts';
import { escalateTask } from '../db/transactions/escalate-task.ts';
import { holdCredit } from '../db/transactions/hold-credit.ts';
import { holdShipment } from '../db/transactions/hold-shipment.ts';
import { invoiceDelivered } from '../db/transactions/invoice-delivered.ts';
import { type IssueGoodsInput, issueGoods } from '../db/transactions/issue-goods.ts';
import { issueInvoice } from '../db/transactions/issue-invoice.ts';
import { noteIgnoredMessage } from '../db/transactions/note-ignored-message.ts';
import { missCard } from '../db/transactions/pay-order-by-card.ts';
import { missPrepayment } from '../db/transactions/prepay-order.ts';
import { releaseOrder } from '../db/transactions/release-order.ts';
import { closeOrder, settle } from '../db/transactions/settle.ts';
import { takeOverOrder } from '../db/transactions/take-over-order.ts';
import { takeReceivableStep } from '../db/transactions/take-receivable-step.ts';
import { Refusal } from '../domain/failures.ts';
import type { OrderStatus } from '../domain/order.ts';
import type { CarrierPort } from '../ports/carrier.ts';
import type { EmailPort } from '../ports/email.ts';
import type { OrdersMailboxPort } from '../ports/orders-mailbox.ts';
import type { PaymentGatewayPort } from '../ports/payment-gateway.ts';
import { createBankStatementActivities } from './bank-statements.ts';
import { createCardPaymentActivities } from './card-payments.ts';
import { createCardWorkActivities } from './card-work.ts';
import { createEdiActivities } from './edi.ts';
import { createJobActivities } from './jobs.ts';
import { createNoticeActivities } from './notices.ts';
import { createOrderCardActivities } from './order-cards.ts';
import { createOrdersMailboxActivities } from './orders-mailbox.ts';
import { createShippingActivities } from './shipping.ts';
import type { CheckWorkflows } from './workflow-check.ts';

export type { Actor } from '../db/statements/audit.ts';
export type { AmendOrderInput, AmendOrderOutcome } from '../db/transactions/amend-order.ts';
export type { CancelOrderOutcome } from '../db/transactions/cancel-order.ts';
export type { ChooseShortageOutcome } from '../db/transactions/choose-shortage.ts';
export type { ConfirmOutcome } from '../db/transactions/confirm-pick.ts';
export type { DecideCreditOutcome } from '../db/transactions/decide-credit.ts';
export type { IssuedInvoice } from '../db/transactions/issue-invoice.ts';
export type { OrderWorkflowInput } from '../db/transactions/place-order.ts';
export type { TakenOverShipment } from '../db/transactions/take-over-order.ts';
export type { CarrierBooking } from '../ports/carrier.ts';

export interface Dependencies {
  database: Database;
  carrier: CarrierPort;
  email: EmailPort;
  /** Where customers reach the API; absent: mails carry no links. */
  publicUrl?: string | undefined;
  /** Absent: no card is charged. */
  cards?: PaymentGatewayPort | undefined;
  /** Absent: no mailbox is read. */
  ordersMailbox?: OrdersMailboxPort | undefined;
  /** Of the worker: holds what is open against the workflows that run. */
  checkWorkflows?: CheckWorkflows;
}

/**
 * What workflows do to the world. Each database step is one transaction, safe to run twice: its key comes from the domain
 * and is committed with its effect. Steps of an order answer with the order's status beside their outcome.
 */
export function createActivities(dependencies: Dependencies) {
  return {
    ...createDatabaseSteps(dependencies.database),
    ...createShippingActivities(dependencies),
    ...createNoticeActivities(dependencies),
    ...createEdiActivities(dependencies),
    ...createCardPaymentActivities(dependencies),
    ...createOrderCardActivities(dependencies),
    ...createCardWorkActivities(dependencies),
    ...createJobActivities(dependencies),
    ...createBankStatementActivities(dependencies),
    ...createOrdersMailboxActivities(dependencies),
  };
}

export type Activities = ReturnType<typeof createActivities>;
export type DatabaseSteps = ReturnType<typeof createDatabaseSteps>;

function createDatabaseSteps(database: Database) {
  const step =
    <Input, Outcome extends object>(transact: (tx: Transaction, input: Input) => Promise<Outcome>) =>
    (input: Input): Promise<Outcome> =>
      database.transaction((tx) => transact(tx, input)).catch(refusalToFailure);

  const orderStep = <Input extends { orderId: string }, Outcome extends object>(
    transact: (tx: Transaction, input: Input) => Promise<Outcome>,
  ) =>
    step(async (tx, input: Input): Promise<Outcome & { orderStatus: OrderStatus }> => {
      const outcome = await transact(tx, input);
      return { ...outcome, orderStatus: await readOrderStatus(tx, input.orderId) };
    });

  return {
    takeOverOrder: orderStep(takeOverOrder),
    holdCredit: orderStep(holdCredit),
    decideCredit: orderStep(decideCredit),
    escalateTask: step(escalateTask),
    missPrepayment: step(missPrepayment),
    missCard: step(missCard),
    releaseOrder: orderStep(releaseOrder),
    chooseShortage: orderStep(chooseShortage),
    giveUpWaitingForChoice: orderStep(giveUpWaitingForChoice),
    cancelledShipments: orderStep(async (tx: Transaction, { orderId }: { orderId: string; at: string }) => ({
      shipmentIds: await inWarehouse(tx, orderId, ['cancelled']),
    })),
    confirmPick: orderStep(confirmPick),
    confirmPack: orderStep(confirmPack),
    holdShipment: orderStep(holdShipment),
    // In one transaction: what has left is invoiced, and nothing is invoiced that has not left (I1). Under D-terms, and
    // where a run bills it with others, there is no invoice yet.
    shipAndInvoice: orderStep(async (tx: Transaction, input: IssueGoodsInput) => {
      const locked = await lockShipment(tx, input);
      const issue = await issueGoods(tx, input, locked);
      if (issue.outcome !== 'issued') return issue;
      return {
        outcome: issue.outcome,
        ...(issue.awaitsDelivery || issue.awaitsRun ? {} : { invoice: await issueInvoice(tx, input, locked) }),
      };
    }),
    invoiceDelivered: orderStep(invoiceDelivered),
    takeReceivableStep: step(takeReceivableStep),
    settle: step(settle),
    amendOrder: orderStep(amendOrder),
    cancelOrder: orderStep(cancelOrder),
    closeOrder: orderStep(closeOrder),
    noteIgnoredMessage: orderStep(noteIgnoredMessage),
  };
}

/** A refusal is never retried; everything else is an outage or a bug, and is. */
function refusalToFailure(error: unknown): never {
  if (error instanceof Refusal) {
    throw ApplicationFailure.nonRetryable(error.message, 'Refusal', { status: error.status, type: error.type });
  }
  throw error;
}
