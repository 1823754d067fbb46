import type { Life, OpenItem } from './life.ts';
import type { Action, OrderFile } from './order-file.ts';
import { line, money } from './page.ts';
import { Problem } from './stack.ts';

/** The script and the company did not agree: the story cannot go on. */
export class StoryStops extends Error {}

/** Does one step of the script. Time has been moved to its day already. */
export async function act(life: Life, action: Action, file: OrderFile): Promise<void> {
  const { stack } = life;
  const { currency } = file.customer;
  switch (action.do) {
    case 'order': {
      const goods = file.order.lines.map(
        ({ sku, quantity }) => `${quantity} × ${file.products.find((product) => product.sku === sku)!.name}`,
      );
      await life.announce(action.by, `places the order: ${goods.join(', ')}`);
      try {
        life.orderId = (await stack.post<{ id: string }>('/v1/orders', file.order, action.by)).id;
      } catch (error) {
        if (!(error instanceof Problem) || error.slug !== action.refused) throw error;
        line(`refused, ${error.slug}: ${error.message.replace('POST /v1/orders: ', '')}`);
        return;
      }
      if (action.refused) throw new StoryStops(`The order was accepted, but should have been refused: ${action.refused}.`);
      await life.settle();
      return;
    }
    case 'decide': {
      const { decision, limitMinor, reason } = action;
      const limit =
        limitMinor === undefined ? '' : `, ${decision === 'release' ? 'up to' : 'limit'} ${money(limitMinor, currency)}`;
      await life.announce(action.by, `decides the credit: ${decision}${limit}`);
      const path = `/v1/orders/${life.orderId}/credit-decision`;
      const { outcome } = await stack.post<{ outcome: string }>(path, { decision, limitMinor, reason }, action.by);
      if (outcome === 'second-approval-needed') line('a second, different person must agree');
      else await life.settle(({ status }) => status !== 'credit-review' && status !== 'over-limit');
      return;
    }
    case 'receive': {
      const { sku, quantity } = action;
      const { name, receive } = file.products.find((product) => product.sku === sku)!;
      await life.announce(action.by, `receives goods: ${quantity} × ${name}`);
      const receipt = { reference: `${life.customerId}-${sku}`, warehouseId: receive.warehouseId };
      const lines = [{ sku, quantity, unitCostMinor: receive.unitCostMinor }];
      await stack.post('/v1/goods-receipts', { ...receipt, lines }, action.by);
      await life.settle(({ status }) => status !== 'back-ordered');
      return;
    }
    case 'pick': {
      const { shipments } = await life.order();
      const waiting = shipments.filter(({ status }) => status === 'picking');
      if (waiting.length === 0) throw new StoryStops(`There is nothing to pick for ${life.orderId}.`);
      const missing = action.short ? ', and does not find everything' : '';
      await life.announce(action.by, `picks and packs ${waiting.map(({ id }) => id).join(' and ')}${missing}`);
      let short = action.short ?? [];
      for (const { id } of waiting) {
        const work = await stack.get<{ lines: { lineNumber: number; quantity: number }[] }>(`/v1/shipments/${id}`);
        // An order may leave from two warehouses: a shortage belongs to the shipment that has the line.
        const here = short.filter(({ lineNumber }) => work.lines.some((line) => line.lineNumber === lineNumber));
        short = short.filter((shortage) => !here.includes(shortage));
        await stack.post(`/v1/shipments/${id}/pick`, { short: here, packed: true }, action.by);
      }
      await life.settle();
      return;
    }
    case 'deliver': {
      const { shipments } = await life.order();
      const gone = shipments.filter(({ status }) => status === 'shipped');
      await life.announce(action.by, `hears that ${gone.map(({ id }) => id).join(' and ')} arrived`);
      for (const { id } of gone) await stack.post(`/v1/shipments/${id}/delivery`, {}, action.by);
      await life.settle();
      return;
    }
    case 'resolve': {
      const { shipments } = await life.order();
      const reported = await Promise.all(
        shipments.map(({ id }) =>
          stack.get<{ id: string; tracking: { status: string; damaged: boolean } | null }>(`/v1/shipments/${id}`),
        ),
      );
      const harmed = reported.filter(({ tracking }) => tracking && (tracking.status === 'lost' || tracking.damaged));
      if (harmed.length === 0) throw new StoryStops(`Nothing of ${life.orderId} is reported lost or damaged.`);
      const { decision, reason } = action;
      await life.announce(action.by, `decides about ${harmed.map(({ id }) => id).join(' and ')}: ${decision}`);
      for (const { id } of harmed) await stack.post(`/v1/shipments/${id}/resolution`, { decision, reason }, action.by);
      await life.settle();
      return;
    }
    case 'pay': {
      const { openItems } = await life.account();
      const items = openItems.filter((item) => action.pays !== 'order' || item.orderId === life.orderId);
      const openMinor = items.reduce((total, item) => total + item.openMinor, 0);
      const amountMinor = action.amountMinor ?? openMinor;
      if (amountMinor === 0) throw new StoryStops(`${life.customerId} has nothing to pay.`);
      const part = amountMinor < openMinor ? ` of ${money(openMinor, currency)}` : '';
      await life.announce(
        action.by,
        `books a payment: ${money(amountMinor, currency)}${part} for ${items.map(({ id }) => id).join(', ')}`,
      );
      await stack.post('/v1/payments', await transfer(life, items, amountMinor, currency), action.by);
      await life.settle();
      return;
    }
    case 'promise': {
      const { amountMinor, inDays, note } = action;
      const promisedOn = new Date(Date.parse(await life.today()) + inDays * 86_400_000).toISOString().slice(0, 10);
      const { openItems } = await life.account();
      const invoiceIds = openItems.filter(({ orderId }) => orderId === life.orderId).map(({ id }) => id);
      await life.announce(action.by, `notes a promise: ${money(amountMinor, currency)} by ${promisedOn}`);
      const promise = { amountMinor, currency, promisedOn, invoiceIds, note };
      await stack.post(`/v1/customers/${life.customerId}/promises`, promise, action.by);
      await life.settle();
      return;
    }
    case 'bounce': {
      const { reason, feeMinor } = action;
      const path = `/v1/payments?customerId=${life.customerId}&limit=1`;
      const [payment] = (await stack.get<{ items: { id: string; amountMinor: number }[] }>(path)).items;
      if (!payment) throw new StoryStops(`${life.customerId} has paid nothing that could bounce.`);
      await life.announce(action.by, `hears from the bank that ${money(payment.amountMinor, currency)} bounced`);
      await stack.post(`/v1/payments/${payment.id}/bounce`, { reason, ...(feeMinor && { feeMinor }) }, action.by);
      await life.settle();
      return;
    }
    case 'report': {
      const path = `/v1/tasks?orderId=${life.orderId}&kind=${action.task}&status=open`;
      const [task] = (await stack.get<{ items: { id: string; title: string }[] }>(path)).items;
      if (!task) throw new StoryStops(`There is no open task of kind ${action.task} for ${life.orderId}.`);
      await life.announce(action.by, `finishes a task: ${task.title}`);
      const { note, result } = action;
      await stack.post(`/v1/tasks/${task.id}/complete`, { note, ...(result && { result }) }, action.by);
      await life.settle();
      return;
    }
    case 'cancel':
      await life.announce(action.by, 'cancels the order');
      await stack.post(`/v1/orders/${life.orderId}/cancel`, { reason: action.reason }, action.by);
      await life.settle();
      return;
    case 'wait':
      await life.announce(action.by, 'waits');
  }
}

/** A bank transfer that quotes what it pays, as a careful payer does. */
async function transfer(life: Life, items: OpenItem[], amountMinor: number, currency: string) {
  return {
    customerId: life.customerId,
    method: 'bank-transfer',
    currency,
    amountMinor,
    valueOn: await life.today(),
    remittanceText: items.map((item) => `${item.paymentReference} ${item.id}`).join(', '),
  };
}
