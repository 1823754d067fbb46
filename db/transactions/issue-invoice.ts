import { unbilledAfterSeconds } from '../../domain/delivery-terms.ts';
import { type DunningPlan, policyLabel } from '../../domain/dunning.ts';
import { invoiceIssued } from '../../domain/ledger.ts';
import { formatMoney } from '../../domain/money.ts';
import { openQuantity } from '../../domain/order.ts';
import { paymentSchedule } from '../../domain/payment-schedule.ts';
import { drawDeposits, isPrepaid, isRounding } from '../../domain/prepayment.ts';
import { localDate, toMillis } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { record, system } from '../statements/audit.ts';
import { moveExposure, wakeWaitingOrders } from '../statements/credit.ts';
import { assignedPolicy } from '../statements/dunning-policies.ts';
import { deliveryFacts, insertInvoice, nextInvoiceNumber, partiesOf } from '../statements/invoices.ts';
import { book } from '../statements/ledger.ts';
import { tell } from '../statements/notices.ts';
import { moveOrderByQuantities } from '../statements/orders.ts';
import { endPrepayment, heldDeposits, openOfOrder, payFromDeposits, roundOff } from '../statements/prepayments.ts';
import { type LockedShipment, lockShipment, orderedLine, shippedTotals } from '../statements/shipments.ts';
import { once } from '../statements/steps.ts';
import { finishTasks } from '../statements/tasks.ts';

export interface IssueInvoiceInput {
  orderId: string;
  shipmentId: string;
  at: string;
}

/** What a receivable needs to be collected: the plan is data, so a later policy edit never touches it. */
export interface IssuedInvoice {
  invoiceId: string;
  customerId: string;
  grossMinor: number;
  currency: string;
  /** Of the first instalment. */
  dueOn: string;
  plan: DunningPlan;
}

/**
 * Invoices what a shipment shipped, from facts already in the system (I1, I2): a gapless number, the amount into the
 * receivable, the plan of its reminders. Runs with the goods issue, or under D-terms once the goods have arrived. `locked`: by
 * who issued the goods in the same transaction; absent, it is locked here.
 */
export async function issueInvoice(tx: Transaction, input: IssueInvoiceInput, locked?: LockedShipment): Promise<IssuedInvoice> {
  const { orderId, shipmentId, at } = input;
  const { order, account, shipment, lines, ordered } = locked ?? (await lockShipment(tx, input));
  return once(tx, orderId, `invoice:${shipmentId}`, at, async () => {
    const inAdvance = isPrepaid(order.terms);
    const [parties, assigned, deposits, before] = await Promise.all([
      partiesOf(tx, order.customerId),
      assignedPolicy(tx, order.customerId, orderId),
      inAdvance ? heldDeposits(tx, orderId) : [],
      inAdvance ? openOfOrder(tx, orderId) : { invoices: 0, openMinor: 0 },
    ]);
    const { timeZone } = order;
    const totals = shippedTotals({ order, lines, ordered });
    const { holdShareMinor, shippedAt } = shipment;
    if (shippedAt === null) throw new Error(`${shipmentId} has not been shipped`);
    const prepaidMinor = drawDeposits(deposits, totals.grossMinor).reduce((total, { amountMinor }) => total + amountMinor, 0);
    const openMinor = totals.grossMinor - prepaidMinor;
    const isLast = ordered.every((line) => openQuantity(line) === 0);
    // All the money of a prepaid order came before its goods went out: what is open after the last invoice is no debt but rounding.
    const rounds = inAdvance && isLast && isRounding({ openMinor: before.openMinor + openMinor, invoices: before.invoices + 1 });
    const roundingMinor = rounds ? openMinor : 0;
    const issuedOn = localDate(at, timeZone);
    const invoiceId = await nextInvoiceNumber(tx, 'invoice', Number(issuedOn.slice(0, 4)));
    const billed = { invoiceId, issuedOn, grossMinor: totals.grossMinor, paidMinor: prepaidMinor, ...assigned, timeZone };
    const { instalments, dueOn, discounts, plan } = paymentSchedule(order.terms, billed);
    for (const { lineNumber, quantity } of totals.lines) orderedLine(ordered, lineNumber).invoicedQuantity += quantity;
    const gross = formatMoney({ currency: order.currency, amountMinor: totals.grossMinor });
    const unbilledTooLong = toMillis(at) - toMillis(shippedAt) > unbilledAfterSeconds * 1000;
    // In this order and without waiting for each other's answers: whoever wants the next number waits for this transaction.
    await Promise.all([
      insertInvoice(tx, {
        id: invoiceId,
        kind: 'invoice',
        customerId: order.customerId,
        orderId,
        shipmentId,
        currency: order.currency,
        totals,
        issuedOn,
        dueOn,
        ...(instalments.length > 1 ? { instalments } : {}),
        plan,
        holderWorkflowId: orderId,
        facts: {
          ...(prepaidMinor > 0 ? { prepaidMinor } : {}),
          ...(discounts.length > 0 ? { discounts } : {}),
          ...(roundingMinor > 0 ? { roundingMinor } : {}),
          ...deliveryFacts(order, shipment, parties),
        },
        at,
      }),
      tx.query(
        `UPDATE order_lines l SET invoiced_quantity = invoiced_quantity + s.quantity
         FROM unnest($2::int[], $3::int[]) AS s (line_number, quantity) WHERE l.order_id = $1 AND l.line_number = s.line_number`,
        [orderId, totals.lines.map((line) => line.lineNumber), totals.lines.map((line) => line.quantity)],
      ),
      moveExposure(tx, account, {
        orderId,
        eventId: `${shipmentId}:invoice`,
        from: 'shippedNotInvoicedMinor',
        fromMinor: holdShareMinor,
        to: 'openReceivablesMinor',
        toMinor: totals.grossMinor,
        at,
      }),
      book(
        tx,
        {
          eventId: `${invoiceId}:issue`,
          kind: 'invoice',
          bookedOn: issuedOn,
          currency: order.currency,
          customerId: order.customerId,
          orderId,
          invoiceId,
          item: shipmentId,
          at,
        },
        invoiceIssued(totals),
      ),
      record(tx, {
        at,
        actor: system,
        action: 'invoiced',
        summary: `Invoice ${invoiceId} over ${gross}, due ${dueOn}`,
        policyVersion: policyLabel(plan),
        customerId: order.customerId,
        orderId,
        shipmentId,
        invoiceId,
        after: { plan },
      }),
      tell(tx, {
        key: `${invoiceId}:invoice`,
        kind: 'invoice',
        customerId: order.customerId,
        orderId,
        invoiceId,
        facts: {
          invoiceId,
          grossMinor: totals.grossMinor,
          prepaidMinor,
          roundingMinor,
          ...(order.paysByCard ? { byCard: true } : {}),
          currency: order.currency,
          dueOn,
          instalments,
          discounts,
        },
        at,
      }),
      unbilledTooLong &&
        finishTasks(
          tx,
          { keys: [`${shipmentId}:unbilled`] },
          { status: 'completed', by: system.name, outcome: { invoicedAs: invoiceId }, at },
        ),
    ]);
    const money = { invoiceId, orderId, grossMinor: totals.grossMinor, issuedOn, currency: order.currency, at };
    await payFromDeposits(tx, account, deposits, { ...money, offsetMs: order.clockOffsetMs });
    if (rounds) await roundOff(tx, account, { ...money, offsetMs: order.clockOffsetMs });
    // A delivery says nothing of what is still to come: an order that waits for money or for a choice goes on waiting for it.
    const waitsForPeople = order.status === 'waiting-for-payment' || order.status === 'awaiting-choice';
    if (isLast || !waitsForPeople) await moveOrderByQuantities(tx, order, at, ordered);
    if (order.status === 'invoiced') {
      const releasedMinor = await endPrepayment(tx, order, account, { actor: system, today: issuedOn, at });
      if (releasedMinor > 0) await wakeWaitingOrders(tx, order.customerId, `${invoiceId}:deposit-released`);
    }
    return { invoiceId, customerId: order.customerId, grossMinor: totals.grossMinor, currency: order.currency, dueOn, plan };
  });
}
