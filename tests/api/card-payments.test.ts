import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Transaction } from '../../db/client.ts';
import { readClock } from '../../db/statements/company.ts';
import { createInvoiceLink } from '../../db/statements/invoice-links.ts';
import { beginCapture, endCardPayment, payByCard, settleCardPayment } from '../../db/transactions/pay-by-card.ts';
import { receivePayment } from '../../db/transactions/receive-payment.ts';
import { createPaymentGatewaySimulator } from '../../ports/adapters/payment-gateway-simulator.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  instant,
  invoiced,
  openingItem,
  order,
  pay,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite, tester } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/* Open invoices that their customer pays by card. What the gateway does follows from the card's token. */
let suite: Suite;
let api: Api;
const requests: string[] = [];
const taken: number[] = [];
/** The next authorisation waits for it. */
let before: (() => Promise<unknown>) | undefined;
/** Once the money is taken, whatever the gateway answers. */
let afterCapture: (() => Promise<unknown>) | undefined;
beforeAll(async () => {
  const simulator = createPaymentGatewaySimulator({
    onRequest: (kind, key) => requests.push(`${kind} ${key}`),
    onTaken: (_, amountMinor) => taken.push(amountMinor),
  });
  suite = await startSuite({
    dependencies: {
      cards: {
        ...simulator,
        async authorise(request) {
          await before?.();
          return simulator.authorise(request);
        },
        async capture(request) {
          try {
            return await simulator.capture(request);
          } finally {
            const once = afterCapture;
            afterCapture = undefined;
            await once?.();
          }
        },
      },
    },
  });
  await suite.setClock(instant('2027-03-01'));
  await setUpCompany(suite.database);
  api = await startApi(suite);
  for (const id of ['PAYER', 'OTHER', 'EARLY']) await addCustomer(suite.database, id, { limitMinor: 1_000_000 });
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

const owe = (customerId = 'PAYER', amountMinor = 10_000) =>
  openingItem(suite, customerId, amountMinor, '2027-02-20', '2027-03-20');
const charge = (invoiceId: string, paymentMethod: string, rest: object = {}, as = 'receivables') =>
  api.post(`/v1/invoices/${invoiceId}/card-payments`, as, { paymentMethod, ...rest });
const open = async (invoiceId: string) => (await api.get(`/v1/invoices/${invoiceId}`, 'finance')).body.openMinor;
const ended = (id: string) =>
  eventually(async () => {
    const { body } = await api.get(`/v1/card-payments/${id}`, 'finance');
    return body.status !== 'requested' && body;
  });

describe('paying by card', () => {
  it('P1, A3: one card payment pays several invoices, by the customer’s own key', async () => {
    const [one, two] = [await owe(), await owe('PAYER', 5_000)];
    const { key } = (await api.post('/v1/api-keys', 'admin', { name: 'payer', roles: ['customer'], customerId: 'PAYER' })).body;
    const asked = await charge(one, 'pm_card', { alsoInvoiceIds: [two] }, key);
    expect(asked).toMatchObject({ status: 202, body: { amountMinor: 15_000, status: 'requested' } });
    expect(await ended(asked.body.id)).toMatchObject({ status: 'captured', paymentId: expect.stringMatching(/^PAY-/) });
    expect([await open(one), await open(two)]).toEqual([0, 0]);
    const [payment] = (await api.get('/v1/payments?customerId=PAYER', 'finance')).body.items;
    expect(payment).toMatchObject({ method: 'card', amountMinor: 15_000, unappliedMinor: 0 });
    const foreign = await owe('OTHER');
    expect((await charge(foreign, 'pm_card', {}, key)).status).toBe(404);
    expect((await charge(one, 'pm_card', {}, key)).body).toMatchObject({ type: '/problems/more-than-owed' });
    expect((await api.get(`/v1/card-payments/${asked.body.id}`, 'warehouse')).status).toBe(403);
  });

  it('X1: a gateway that is away, or that has taken the money and not said so, is asked again by key and takes it once', async () => {
    const invoiceId = await owe();
    taken.length = 0;
    requests.length = 0;
    const { body } = await charge(invoiceId, 'pm_outage-and-timeout');
    expect(await ended(body.id)).toMatchObject({ status: 'captured' });
    expect(taken).toEqual([10_000]);
    expect(requests.filter((request) => request === `authorise ${body.id}:authorise`).length).toBeGreaterThan(2);
    expect(requests.filter((request) => request === `capture ${body.id}:capture`)).toHaveLength(2);
    expect(await open(invoiceId)).toBe(0);
    await checkInvariants(suite.database);
  });

  it('P1: a bank that says no, wants its customer to confirm, or held the money too long takes none, and another card may pay', async () => {
    const invoiceId = await owe();
    taken.length = 0;
    for (const [token, code] of [
      ['pm_declined', 'generic_decline'],
      ['pm_insufficient-funds', 'insufficient_funds'],
      ['pm_authenticate', 'authentication-required'],
      ['pm_expires', 'authorisation-expired'],
    ] as const) {
      const { body } = await charge(invoiceId, token);
      expect(await ended(body.id)).toMatchObject({ status: 'declined', code, paymentId: null });
    }
    expect(taken).toEqual([]);
    expect(await open(invoiceId)).toBe(10_000);
    const { body } = await charge(invoiceId, 'pm_card', { amountMinor: 4_000 });
    expect(await ended(body.id)).toMatchObject({ status: 'captured' });
    expect(await open(invoiceId)).toBe(6_000);
  });

  it('P1: money that came another way meanwhile is not taken from the card too; two requests at once are one', async () => {
    const invoiceId = await owe();
    taken.length = 0;
    before = () => pay(suite, 'PAYER', 10_000, invoiceId);
    const [first, second] = await Promise.all([charge(invoiceId, 'pm_card'), charge(invoiceId, 'pm_card')]);
    const [asked, refused] = first.status === 202 ? [first, second] : [second, first];
    expect([asked.status, refused.status]).toEqual([202, 409]);
    expect(await ended(asked.body.id)).toMatchObject({ status: 'cancelled', code: 'paid-otherwise' });
    before = undefined;
    expect(taken).toEqual([]);
    expect(requests.at(-1)).toMatch(/^cancel sim_/);
    await checkInvariants(suite.database);
  });

  it('P1, I2, A5: what is asked for today is charged: no disputed part, and no discount that runs', async () => {
    const terms = { kind: 'net', days: 30, discounts: [{ rate: '0.02', days: 10 }] };
    await suite.database.query("UPDATE customers SET terms = $1 WHERE id = 'EARLY'", [JSON.stringify(terms)]);
    await addProduct(suite.database, 'UNIT', 1_000, '0.19');
    await addStock(suite, 'UNIT', 100, 500);
    const sell = async () => {
      const orderId = await order(suite, 'EARLY', [{ sku: 'UNIT', quantity: 10 }]);
      const [shipmentId] = await shipmentsInWork(suite, orderId);
      await pickAndPack(suite, orderId, shipmentId!);
      return (await invoiced(suite, orderId))[0]!.id;
    };
    const [early, disputed] = [await sell(), await sell()];
    const { body: offered } = await api.get(`/v1/invoices/${early}`, 'finance');
    const discount = { rate: '0.02', payBy: '2027-03-11', discountMinor: 238 };
    expect(offered).toMatchObject({ openMinor: 11_900, askedMinor: 11_662, discount });
    expect((await charge(early, 'pm_card', { amountMinor: 11_663 })).body).toMatchObject({ type: '/problems/more-than-owed' });
    const asked = await charge(early, 'pm_card');
    expect(asked.body).toMatchObject({ amountMinor: 11_662 });
    expect(await ended(asked.body.id)).toMatchObject({ status: 'captured' });
    expect(await open(early)).toBe(0);
    const claim = { reason: 'not-delivered', note: 'three are missing', lines: [{ lineNumber: 1, quantity: 3 }] };
    expect((await api.post(`/v1/invoices/${disputed}/disputes`, 'receivables', claim)).status).toBe(201);
    // The same wherever it is open: on its page, in lists, in the account, and behind the link of its mail.
    const token = await createInvoiceLink(suite.database, {
      noticeKey: `${disputed}:invoice`,
      invoiceId: disputed,
      at: await suite.now(),
    });
    const shown = [
      (await api.get(`/v1/invoices/${disputed}`, 'finance')).body,
      (await api.get('/v1/invoices?customerId=EARLY&status=open', 'finance')).body.items[0],
      (await api.get('/v1/customers/EARLY/account', 'finance')).body.openItems[0],
      (await api.ask('GET', `/v1/public/invoices/${token}`)).body,
    ];
    for (const one of shown) {
      expect(one).toMatchObject({ id: disputed, openMinor: 11_900, disputedMinor: 3_570, askedMinor: 8_330, discount: null });
    }
    const rest = await charge(disputed, 'pm_card');
    expect(rest.body).toMatchObject({ amountMinor: 8_330 });
    expect(await ended(rest.body.id)).toMatchObject({ status: 'captured' });
    expect(await open(disputed)).toBe(3_570);
    await checkInvariants(suite.database);
  });

  it('P1, P3, A5: what is overdue of several invoices is paid by one card, and neither their later instalments nor what is disputed', async () => {
    await addCustomer(suite.database, 'PARTS', { limitMinor: 1_000_000 });
    const instalments = [
      { share: '0.3', days: 0 },
      { share: '0.7', days: 60 },
    ];
    await suite.database.query("UPDATE customers SET terms = $1 WHERE id = 'PARTS'", [
      JSON.stringify({ kind: 'net', days: 30, instalments }),
    ]);
    const orderId = await order(suite, 'PARTS', [{ sku: 'UNIT', quantity: 10 }]);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    const inParts = (await invoiced(suite, orderId))[0]!.id;
    const [plain, disputed] = [
      await openingItem(suite, 'PARTS', 10_000, '2027-02-01', '2027-03-01'),
      await openingItem(suite, 'PARTS', 10_000, '2027-01-01', '2027-02-01'),
    ];
    const claim = { reason: 'not-delivered', note: 'not all of it came', lines: [{ lineNumber: 1, amountMinor: 4_000 }] };
    expect((await api.post(`/v1/invoices/${disputed}/disputes`, 'receivables', claim)).status).toBe(201);
    await suite.setClock(instant('2027-03-04'));
    const { overdueMinor, overdueItems } = (await api.get('/v1/customers/PARTS/account', 'finance')).body;
    expect(overdueItems.map(({ openMinor }: { openMinor: number }) => openMinor)).toEqual([6_000, 3_570, 10_000]);
    const asked = await charge(inParts, 'pm_card', { amountMinor: overdueMinor, alsoInvoiceIds: [plain, disputed] });
    expect(await ended(asked.body.id)).toMatchObject({ status: 'captured' });
    expect([await open(inParts), await open(plain), await open(disputed)]).toEqual([8_330, 0, 4_000]);
    expect((await api.get('/v1/customers/PARTS/account', 'finance')).body).toMatchObject({ overdueMinor: 0, onHold: false });
    await checkInvariants(suite.database);
  });

  it('X1: what was taken and not heard of is not forgotten when other money comes before it is asked for again', async () => {
    const invoiceId = await owe();
    taken.length = 0;
    afterCapture = () => pay(suite, 'PAYER', 10_000, invoiceId);
    const { body } = await charge(invoiceId, 'pm_timeout');
    const { status, paymentId } = await ended(body.id);
    afterCapture = undefined;
    expect([status, taken]).toEqual(['captured', [10_000]]);
    const { items } = (await api.get('/v1/payments?customerId=PAYER', 'finance')).body;
    expect(items.find(({ id }: { id: string }) => id === paymentId)).toMatchObject({ method: 'card', unappliedMinor: 10_000 });
    await checkInvariants(suite.database);
  });

  it('X1: once the gateway is asked to take the money, other money changes nothing; money of one that was given up waits', async () => {
    const invoiceId = await owe('OTHER');
    const { at, offsetMs } = await readClock(suite.database);
    const ask = (tx: Transaction) =>
      payByCard(tx, {
        customerId: 'OTHER',
        invoiceIds: [invoiceId],
        paymentMethod: 'pm_card',
        amountMinor: 4_000,
        actor: tester,
        at,
      });
    const method = 'bank-transfer' as const;
    const transfer = { customerId: 'OTHER', method, currency: 'EUR', amountMinor: 8_000, valueOn: at.slice(0, 10) };
    await suite.database.transaction(async (tx) => {
      const { id: cardPaymentId } = await ask(tx);
      const begin = () => beginCapture(tx, { cardPaymentId, gatewayId: 'sim_first', at });
      expect(await begin()).toEqual({ owed: true });
      await receivePayment(tx, { ...transfer, invoiceIds: [invoiceId], actor: tester, at, offsetMs });
      expect(await begin()).toEqual({ owed: true });
      await expect(endCardPayment(tx, { cardPaymentId, status: 'cancelled', code: 'paid-otherwise', at })).rejects.toThrow();
      await settleCardPayment(tx, { cardPaymentId, gatewayId: 'sim_first', at, offsetMs });
    });
    const rest = await owe('OTHER');
    await suite.database.transaction(async (tx) => {
      const { id: cardPaymentId } = await payByCard(tx, {
        customerId: 'OTHER',
        invoiceIds: [rest],
        paymentMethod: 'pm_card',
        actor: tester,
        at,
      });
      await endCardPayment(tx, { cardPaymentId, status: 'declined', code: 'no-gateway', at });
      const settle = () => settleCardPayment(tx, { cardPaymentId, gatewayId: 'sim_second', at, offsetMs });
      await settle();
      await settle();
    });
    expect(await open(rest)).toBe(10_000);
    const { items } = (await api.get('/v1/payments?customerId=OTHER', 'finance')).body;
    const byCard = items.filter(({ method }: { method: string }) => method === 'card');
    expect(
      byCard.map(({ unappliedMinor }: { unappliedMinor: number }) => unappliedMinor).sort((a: number, b: number) => a - b),
    ).toEqual([2_000, 10_000]);
    await checkInvariants(suite.database);
  });

  it('X3: a card number is refused before it is written down anywhere', async () => {
    const invoiceId = await owe();
    for (const number of ['4242424242424242', '4242-4242-4242-4242']) {
      const { status, body } = await charge(invoiceId, number);
      expect(status).toBe(400);
      expect(JSON.stringify(body)).not.toContain(number);
    }
  });
});
