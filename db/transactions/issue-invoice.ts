import { unbilledAfterSeconds } from '../../domain/delivery-terms.ts';
import { type DunningPlan, policyLabel } from '../../domain/dunning.ts';
import { invoiceTotals } from '../../domain/invoice.ts';
import { invoiceIssued } from '../../domain/ledger.ts';
import { formatMoney } from '../../domain/money.ts';
import { openQuantity } from '../../domain/order.ts';
import { paymentSchedule } from '../../domain/payment-schedule.ts';
import { drawDeposits, isPrepaid, isRounding } from '../../domain/prepayment.ts';
import { localDate, toMillis } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { record, system } from '../statements/audit.ts';
import { lockAccount, moveExposure, wakeWaitingOrders } from '../statements/credit.ts';
import { assignedPolicy } from '../statements/dunning-policies.ts';
import { deliveryFacts, insertInvoice, nextInvoiceNumber, partiesOf } from '../statements/invoices.ts';
import { book } from '../statements/ledger.ts';
import { tell } from '../statements/notices.ts';
import { lockOrder, moveOrderByQuantities, orderLines } from '../statements/orders.ts';
import { endPrepayment, heldDeposits, openOfOrder, payFromDeposits, roundOff } from '../statements/prepayments.ts';
import { goingOut, readShipment } from '../statements/shipments.ts';
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
 * receivable, the plan of its reminders. Runs with the goods issue, or under D-terms once the goods have arrived.
 */
export async function issueInvoice(tx: Transaction, { orderId, shipmentId, at }: IssueInvoiceInput): Promise<IssuedInvoice> {
  const order = await lockOrder(tx, orderId);
  return once(tx, orderId, `invoice:${shipmentId}`, at, async () => {
    const [account, parties, assigned, { shipment, lines }, ordered, deposits, before] = await Promise.all([
      lockAccount(tx, order.customerId),
      partiesOf(tx, order.customerId),
      assignedPolicy(tx, order.customerId, orderId),
      readShipment(tx, shipmentId),
      orderLines(tx, orderId),
      heldDeposits(tx, orderId),
      openOfOrder(tx, orderId),
    ]);
    const { timeZone } = parties.seller;
    const totals = invoiceTotals(
      lines
        .filter((line) => goingOut(line) > 0)
        .map((line) => {
          const { description, unitPriceMinor, taxCategory, taxRate } = ordered.find(
            (one) => one.lineNumber === line.lineNumber,
          )!;
          const quantity = goingOut(line);
          return { lineNumber: line.lineNumber, sku: line.sku, description, quantity, unitPriceMinor, taxCategory, taxRate };
        }),
      order.taxRounding,
    );
    const { holdShareMinor, shippedAt } = shipment;
    if (shippedAt === null) throw new Error(`${shipmentId} has not been shipped`);
    const prepaidMinor = drawDeposits(deposits, totals.grossMinor).reduce((total, { amountMinor }) => total + amountMinor, 0);
    const openMinor = totals.grossMinor - prepaidMinor;
    const isLast = ordered.every((line) => openQuantity(line) === 0);
    // All the money of a prepaid order came before its goods went out: what is open after the last invoice is no debt but rounding.
    const rounds =
      isPrepaid(order.terms) && isLast && isRounding({ openMinor: before.openMinor + openMinor, invoices: before.invoices + 1 });
    const roundingMinor = rounds ? openMinor : 0;
    const issuedOn = localDate(at, timeZone);
    const invoiceId = await nextInvoiceNumber(tx, 'invoice', Number(issuedOn.slice(0, 4)));
    const billed = { invoiceId, issuedOn, grossMinor: totals.grossMinor, paidMinor: prepaidMinor, ...assigned, timeZone };
    const { instalments, dueOn, discounts, plan } = paymentSchedule(order.terms, billed);
    await insertInvoice(tx, {
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
    });
    await tx.query(
      `UPDATE order_lines l SET invoiced_quantity = invoiced_quantity + s.quantity
       FROM unnest($2::int[], $3::int[]) AS s (line_number, quantity) WHERE l.order_id = $1 AND l.line_number = s.line_number`,
      [orderId, totals.lines.map((line) => line.lineNumber), totals.lines.map((line) => line.quantity)],
    );
    await moveExposure(tx, account, {
      orderId,
      eventId: `${shipmentId}:invoice`,
      from: 'shippedNotInvoicedMinor',
      fromMinor: holdShareMinor,
      to: 'openReceivablesMinor',
      toMinor: totals.grossMinor,
      at,
    });
    await book(
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
    );
    if (toMillis(at) - toMillis(shippedAt) > unbilledAfterSeconds * 1000) {
      const outcome = { invoicedAs: invoiceId };
      await finishTasks(tx, { key: `${shipmentId}:unbilled` }, { status: 'completed', by: system.name, outcome, at });
    }
    const money = { invoiceId, orderId, grossMinor: totals.grossMinor, issuedOn, currency: order.currency, at };
    await payFromDeposits(tx, account, deposits, { ...money, offsetMs: order.clockOffsetMs });
    if (rounds) await roundOff(tx, account, { ...money, offsetMs: order.clockOffsetMs });
    // A delivery says nothing of what is still to come: an order that waits for money or for a choice goes on waiting for it.
    const waitsForPeople = order.status === 'waiting-for-payment' || order.status === 'awaiting-choice';
    if (isLast || !waitsForPeople) await moveOrderByQuantities(tx, order, at);
    if (order.status === 'invoiced') {
      const releasedMinor = await endPrepayment(tx, order, account, { actor: system, today: issuedOn, at });
      if (releasedMinor > 0) await wakeWaitingOrders(tx, order.customerId, `${invoiceId}:deposit-released`);
    }
    const gross = formatMoney({ currency: order.currency, amountMinor: totals.grossMinor });
    await record(tx, {
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
    });
    await tell(tx, {
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
    });
    return { invoiceId, customerId: order.customerId, grossMinor: totals.grossMinor, currency: order.currency, dueOn, plan };
  });
}
