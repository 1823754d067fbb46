import { addDays, type IsoDate } from '../../domain/time.ts';
import { until } from '../until.ts';
import type { CompanyApi, Person } from './api.ts';
import {
  bankAccount,
  type CustomerId,
  company,
  costOf,
  currency,
  currencyOf,
  customer,
  openingStock,
  priceLists,
  products,
  reorderPoints,
  warehouses,
} from './company.ts';

/** The story while it is told: where it is told, and what was made so far. */
export interface Telling {
  readonly api: CompanyApi;
  /** The company's local date. */
  readonly today: IsoDate;
  /** Our order numbers by the customers' own. */
  readonly orderIds: Map<string, string>;
}

/** Something that people do. Done again, it changes nothing. */
export type Step = (telling: Telling) => Promise<void>;

const settleSeconds = 30;

interface Order {
  status: string;
  revision: number;
  customerId: CustomerId;
  shipments: { id: string; status: string }[];
  invoices: Invoice[];
}

interface Invoice {
  id: string;
  kind: string;
  paymentReference: string;
  grossMinor: number;
}

export const setUp: Step = async ({ api }) => {
  await api.put('/v1/company', company, 'admin', 'company');
  for (const { id, ...details } of warehouses) await api.put(`/v1/warehouses/${id}`, details, 'warehouse', `warehouse:${id}`);
  for (const { id } of warehouses) {
    const path = `/v1/warehouses/${id}/pickup-calendars/Parcel%20Simulator`;
    const weekdays = {
      weekdays: [1, 2, 3, 4, 5],
      cutOff: '16:00',
      timeZone: company.timeZone,
      transitDays: 2,
      holidayCountry: 'DE',
    };
    await api.put(path, weekdays, 'shipping', `pickups:${id}`);
  }
  await api.put('/v1/bank-accounts/MAIN', bankAccount, 'finance', 'bank-account');
  for (const { sku, ...details } of products) await api.put(`/v1/products/${sku}`, details, 'sales', `product:${sku}`);
};

/** After their customers have been taken in. */
export const agreePrices: Step = async ({ api }) => {
  for (const { id, ...details } of priceLists) await api.put(`/v1/price-lists/${id}`, details, 'sales', `price-list:${id}`);
};

export const setReorderPoints: Step = async ({ api }) => {
  for (const { sku, warehouseId, ...details } of reorderPoints)
    await api.put(`/v1/reorder-points/${sku}/${warehouseId}`, details, 'warehouse', `reorder-point:${sku}`);
};

export const takeIn =
  (...ids: CustomerId[]): Step =>
  async ({ api }) => {
    for (const { id, ...details } of ids.map(customer))
      await api.put(`/v1/customers/${id}`, details, 'finance', `customer:${id}`);
  };

export const countStock: Step = async ({ api }) => {
  for (const receipt of openingStock) await api.post('/v1/goods-receipts', receipt, 'warehouse', `goods:${receipt.reference}`);
};

export const receive =
  (reference: string, warehouseId: string, quantities: Record<string, number>): Step =>
  async ({ api }) => {
    const lines = Object.entries(quantities).map(([sku, quantity]) => ({ sku, quantity, unitCostMinor: costOf(sku) }));
    await api.post('/v1/goods-receipts', { reference, warehouseId, lines }, 'warehouse', `goods:${reference}`);
  };

/** An unpaid item of the books before these. Days count from today. */
export const takeOver =
  (customerId: CustomerId, reference: string, amountMinor: number, days: { issued: number; due: number }): Step =>
  async ({ api, today }) => {
    const dates = { issuedOn: addDays(today, days.issued), dueOn: addDays(today, days.due) };
    const item = { customerId, currency, amountMinor, reference, ...dates };
    await api.post('/v1/opening-items', item, 'receivables', `opening-item:${reference}`);
  };

/** Above the policy's amount it takes a second pair of eyes. */
export const limit =
  (customerId: CustomerId, limitMinor: number, reason: string): Step =>
  async ({ api }) => {
    const ask = (by: Person) =>
      api.put(`/v1/customers/${customerId}/credit-limit`, { limitMinor, reason }, by, `limit:${customerId}:${limitMinor}`);
    if ((await ask('credit')).status === 202) await ask('credit-2');
  };

export const freeze =
  (customerId: CustomerId, reason: string): Step =>
  async ({ api }) => {
    await api.post(`/v1/customers/${customerId}/freeze`, { reason }, 'credit', `freeze:${customerId}`);
  };

type Channel = 'portal' | 'email' | 'edi' | 'phone' | 'in-person';

export const order =
  (
    reference: string,
    customerId: CustomerId,
    channel: Channel,
    quantities: Record<string, number>,
    wishes: { prepayment?: boolean } = {},
  ): Step =>
  async ({ api, orderIds }) => {
    const lines = Object.entries(quantities).map(([sku, quantity]) => ({ sku, quantity }));
    const request = { customerId, channel, externalReference: reference, currency: currencyOf(customerId), lines, ...wishes };
    const { body } = await api.post<{ id: string }>('/v1/orders', request, 'sales', `order:${reference}`);
    orderIds.set(reference, body.id);
  };

/** Prepared by sales, and not yet placed. */
export const draft =
  (customerId: CustomerId, quantities: Record<string, number>, note: string): Step =>
  async (telling) => {
    await prepare(telling, customerId, quantities, note);
  };

/** Offered by mail, at prices that hold for thirty days. */
export const offer =
  (customerId: CustomerId, quantities: Record<string, number>, note: string): Step =>
  async (telling) => {
    const id = await prepare(telling, customerId, quantities, note);
    await telling.api.post(`/v1/drafts/${id}/quote`, {}, 'sales', `quote:${id}`);
  };

async function prepare({ api, today }: Telling, customerId: CustomerId, quantities: Record<string, number>, note: string) {
  const lines = Object.entries(quantities).map(([sku, quantity]) => ({ sku, quantity }));
  const details = { order: { customerId, channel: 'phone', currency, lines }, note, validUntil: addDays(today, 30) };
  const { body } = await api.post<{ id: string }>('/v1/drafts', details, 'sales', `draft:${customerId}`);
  return body.id;
}

/** The customer says yes to the newest offer: it becomes an order. */
export const takeUp =
  (reference: string, customerId: CustomerId): Step =>
  async ({ api, orderIds }) => {
    const found = await api.get<{ items: { id: string }[] }>(`/v1/quotes?customerId=${customerId}`);
    const { body } = await api.post<{ id: string }>(
      `/v1/quotes/${found!.items[0]!.id}/accept`,
      {},
      'sales',
      `accept:${reference}`,
    );
    orderIds.set(reference, body.id);
  };

/** Somebody called, wrote or went there about what is overdue. */
export const contact =
  (
    customerId: CustomerId,
    kind: 'call' | 'mail' | 'visit',
    outcome: 'will-pay' | 'cannot-pay' | 'not-reached',
    note: string,
    by: Person = 'receivables',
  ): Step =>
  async ({ api, today }) => {
    const said = { kind, outcome, note };
    await api.post(`/v1/customers/${customerId}/contacts`, said, by, `contact:${customerId}:${today}`);
  };

/** The customer wants more or less of a line before it is picked. */
export const amend =
  (reference: string, line: { lineNumber: number; quantity: number }, reason: string): Step =>
  async (telling) => {
    const { revision } = await orderWhen(telling, reference, ({ status }) => status !== 'received');
    // Interrupted after its effect, the step would name a revision that is no more.
    if (revision > 1) return;
    const path = `/v1/orders/${telling.orderIds.get(reference)}/amend`;
    await telling.api.post(path, { revision, lines: [line], reason }, 'sales', `amend:${reference}`);
  };

/** Units of the order's first line come back and are credited; defective ones are scrapped. */
export const giveBack =
  (reference: string, quantity: number, reason: 'defective' | 'not-needed'): Step =>
  async (telling) => {
    const { api } = telling;
    const { shipments } = await orderWhen(telling, reference, (found) => found.invoices.length > 0);
    const lines = [{ lineNumber: 1, quantity, reason }];
    const wish = { shipmentId: shipments[0]!.id, lines };
    const { body } = await api.post<{ returnId: string }>('/v1/returns', wish, 'sales', `return:${reference}`);
    const path = `/v1/returns/${body.returnId}`;
    await api.post(`${path}/approve`, {}, 'sales', `approve:${reference}`);
    await api.post(`${path}/receive`, { lines: [{ lineNumber: 1, quantity }] }, 'warehouse', `receive:${reference}`);
    const scrappedQuantity = reason === 'defective' ? quantity : 0;
    const inspected = { lines: [{ lineNumber: 1, restockedQuantity: quantity - scrappedQuantity, scrappedQuantity }] };
    await api.post(`${path}/inspect`, inspected, 'warehouse', `inspect:${reference}`);
  };

/** What is made for the order will be ready so many days from now, later than promised. */
export const slip =
  (reference: string, days: number, reason: string): Step =>
  async ({ api, today, orderIds }) => {
    const made = await api.get<{ items: { id: string }[] }>(`/v1/production-requests?orderId=${orderIds.get(reference)}`);
    for (const { id } of made?.items ?? []) {
      await api.post(`/v1/production-requests/${id}/start`, {}, 'warehouse', `start:${id}`);
      await api.post(`/v1/production-requests/${id}/slip`, { dueOn: addDays(today, days), reason }, 'warehouse', `slip:${id}`);
    }
  };

export const decide =
  (reference: string, decision: { decision: 'approve' | 'deny'; limitMinor?: number; reason: string }): Step =>
  async (telling) => {
    await orderWhen(telling, reference, ({ status }) => status !== 'received');
    const path = `/v1/orders/${telling.orderIds.get(reference)}/credit-decision`;
    await telling.api.post(path, decision, 'credit', `decision:${reference}`);
  };

/** Picks, packs and so ships whatever the warehouse has of the orders. */
export const ship =
  (...references: string[]): Step =>
  async (telling) => {
    for (const reference of references) await pickWith(telling, reference, { packed: true });
  };

/** Picked, and left on the packing table. */
export const pick =
  (reference: string): Step =>
  (telling) =>
    pickWith(telling, reference, { packed: false });

/** The shelf holds less than the books say. */
export const pickShort =
  (reference: string, short: { lineNumber: number; pickedQuantity: number }): Step =>
  (telling) =>
    pickWith(telling, reference, { short: [short], packed: true });

async function pickWith(telling: Telling, reference: string, confirmation: object): Promise<void> {
  const { shipments } = await orderWhen(telling, reference, (found) => found.shipments.length > 0);
  for (const { id } of shipments.filter(({ status }) => status === 'picking')) {
    await telling.api.post(`/v1/shipments/${id}/pick`, confirmation, 'warehouse', `pick:${id}`);
  }
}

export const deliver =
  (...references: string[]): Step =>
  async (telling) => {
    const gone = ({ status }: { status: string }) => status === 'shipped' || status === 'delivered' || status === 'cancelled';
    for (const reference of references) {
      const { shipments } = await orderWhen(telling, reference, (found) => found.shipments.every(gone));
      for (const { id } of shipments.filter(({ status }) => status === 'shipped')) {
        await telling.api.post(`/v1/shipments/${id}/delivery`, {}, 'shipping', `delivery:${id}`);
      }
    }
  };

/** A bank transfer for the order's invoices: in full, unless an amount is named. */
export const pay =
  (reference: string, amountMinor?: number): Step =>
  async (telling) => {
    const { customerId, invoices } = await orderWhen(telling, reference, (found) => found.invoices.length > 0);
    await transfer(telling, customerId, invoices, amountMinor);
  };

/** A bank transfer for the debit item of that kind, if it exists. */
export const payItem =
  (customerId: CustomerId, kind: 'opening-item' | 'interest-note', amountMinor?: number): Step =>
  async (telling) => {
    const found = await telling.api.get<{ items: Invoice[] }>(`/v1/invoices?customerId=${customerId}`);
    const items = (found?.items ?? []).filter((item) => item.kind === kind);
    if (items.length > 0) await transfer(telling, customerId, items, amountMinor);
  };

/** Units of one of its lines are not what was ordered: nothing is asked for them until somebody has looked. */
export const dispute =
  (reference: string, line: { lineNumber: number; quantity: number }, reason: 'damaged' | 'price-error', note: string): Step =>
  async (telling) => {
    const { invoices } = await orderWhen(telling, reference, (found) => found.invoices.length > 0);
    const path = `/v1/invoices/${invoices[0]!.id}/disputes`;
    await telling.api.post(path, { reason, note, lines: [line] }, 'receivables', `dispute:${reference}`);
  };

/** So much of the order's invoice will be paid in so many days. */
export const promise =
  (reference: string, amountMinor: number, days: number, note: string): Step =>
  async (telling) => {
    const { customerId, invoices } = await orderWhen(telling, reference, (found) => found.invoices.length > 0);
    const promisedOn = addDays(telling.today, days);
    const said = { amountMinor, currency: currencyOf(customerId), promisedOn, invoiceIds: [invoices[0]!.id], note };
    await telling.api.post(`/v1/customers/${customerId}/promises`, said, 'receivables', `promise:${reference}`);
  };

/** A cheque over the order's invoices comes in the post and goes to the bank. */
export const payByCheque =
  (reference: string, number: string, bank: string): Step =>
  async (telling) => {
    const { api, today } = telling;
    const { customerId, invoices } = await orderWhen(telling, reference, (found) => found.invoices.length > 0);
    const invoiceIds = invoices.map(({ id }) => id);
    const amountMinor = invoices.reduce((total, { grossMinor }) => total + grossMinor, 0);
    const cheque = { customerId, number, bank, currency, amountMinor, receivedOn: today, invoiceIds };
    const { body } = await api.post<{ id: string }>('/v1/cheques', cheque, 'receivables', `cheque:${number}`);
    await api.post(`/v1/cheques/${body.id}/deposit`, { on: today }, 'receivables', `deposit:${number}`);
  };

/** What the bank does with it. */
export const chequeIs =
  (number: string, customerId: CustomerId, what: 'clear' | 'bounce', reason?: string): Step =>
  async ({ api, today }) => {
    const found = await api.get<{ items: { id: string; number: string }[] }>(`/v1/cheques?customerId=${customerId}`);
    const { id } = found!.items.find((cheque) => cheque.number === number)!;
    await api.post(`/v1/cheques/${id}/${what}`, { on: today, ...(reason && { reason }) }, 'receivables', `${what}:${number}`);
  };

/** All that is open of the debit item of that kind is given up, by two people. */
export const giveUp =
  (customerId: CustomerId, kind: 'opening-item', reason: string): Step =>
  async ({ api }) => {
    const found = await api.get<{ items: Invoice[] }>(`/v1/invoices?customerId=${customerId}`);
    const item = found!.items.find((one) => one.kind === kind)!;
    const path = `/v1/invoices/${item.id}/write-off`;
    const { body } = await api.post<{ id: string }>(path, { reason }, 'finance', `write-off:${item.id}`);
    await api.post(`/v1/write-offs/${body.id}/approve`, { reason }, 'finance-2', `approve:${body.id}`);
  };

/** What a unit of the currency is worth from today on. */
export const rate =
  (foreign: string, value: string): Step =>
  async ({ api, today }) => {
    const rates = [{ currency: foreign, validOn: today, rate: value }];
    await api.post('/v1/exchange-rates', { source: 'ECB', rates }, 'finance', `rate:${foreign}:${today}`);
  };

interface BankEntry {
  amount: string;
  name: string;
  iban?: string;
  /** `{invoice}` stands for the number of an order's first invoice. */
  text: string;
  of?: string;
}

/** A statement of the company's own bank, as its people would send it in. */
export const bankStatement =
  (...entries: BankEntry[]): Step =>
  async (telling) => {
    const { api, today } = telling;
    const rows = ['Value date;Amount;Reference;Name;IBAN;Text'];
    for (const [index, { amount, name, iban = '', text, of }] of entries.entries()) {
      const invoice = of && (await orderWhen(telling, of, (found) => found.invoices.length > 0)).invoices[0]!.id;
      rows.push([today, amount, `B${today}-${index + 1}`, name, iban, text.replace('{invoice}', invoice ?? '')].join(';'));
    }
    const path = '/v1/bank-statements?bankAccountId=MAIN';
    await api.send(path, `${rows.join('\n')}\n`, 'receivables', `bank-statement:${today}`);
  };

export const payInAdvance =
  (customerId: CustomerId, amountMinor: number, remittanceText: string): Step =>
  async ({ api, today }) => {
    const payment = { customerId, method: 'bank-transfer', currency, amountMinor, valueOn: today, remittanceText };
    const externalReference = `BANK-${customerId}-ADVANCE`;
    await api.post('/v1/payments', { ...payment, externalReference }, 'receivables', `payment:${externalReference}`);
  };

async function transfer({ api, today }: Telling, customerId: CustomerId, items: Invoice[], amountMinor?: number): Promise<void> {
  const externalReference = `BANK-${items[0]!.id}`;
  const payment = {
    customerId,
    method: 'bank-transfer',
    currency: currencyOf(customerId),
    amountMinor: amountMinor ?? items.reduce((total, item) => total + item.grossMinor, 0),
    valueOn: today,
    remittanceText: items.map((item) => `${item.paymentReference} ${item.id}`).join(', '),
    externalReference,
  };
  await api.post('/v1/payments', payment, 'receivables', `payment:${externalReference}`);
}

export const cancel =
  (reference: string, reason: string): Step =>
  async (telling) => {
    // Interrupted after its effect, the step would meet an order that has ended.
    if ((await orderWhen(telling, reference, () => true)).status === 'cancelled') return;
    await telling.api.post(`/v1/orders/${telling.orderIds.get(reference)}/cancel`, { reason }, 'sales', `cancel:${reference}`);
  };

/** Completes the order's open tasks of that kind with what was found out. */
export const report =
  (reference: string, kind: 'invoice-review' | 'overdue-contact' | 'shortage', note: string, result: string): Step =>
  async ({ api, orderIds }) => {
    const open = await api.get<{ items: { id: string; role: Person }[] }>(
      `/v1/tasks?orderId=${orderIds.get(reference)}&kind=${kind}&status=open`,
    );
    for (const { id, role } of open?.items ?? [])
      await api.post(`/v1/tasks/${id}/complete`, { note, result }, role, `task:${id}`);
  };

async function orderWhen({ api, orderIds }: Telling, reference: string, ready: (order: Order) => boolean): Promise<Order> {
  return until(reference, settleSeconds, async () => {
    const order = await api.get<Order>(`/v1/orders/${orderIds.get(reference)}`);
    return order && ready(order) ? order : undefined;
  });
}
