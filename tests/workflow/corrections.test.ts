import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Api, startApi } from '../api/client.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  becomes,
  instant,
  invoiced,
  invoicesOf,
  order,
  pay,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite } from '../suite.ts';

/*
 * Invoices that were wrong, in the real engine and through the API. A unit costs 100.00 and 20 % tax; invoices are due in 30 days.
 * Above 5,000.00 two people must agree.
 */
let suite: Suite;
let api: Api;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-01', '08:00:00'));
  await setUpCompany(suite.database);
  api = await startApi(suite);
  await addProduct(suite.database, 'UNIT', 10_000);
  await addStock(suite, 'UNIT', 1_000, 4_000);
  await api.post('/v1/policies/corrections', 'finance', { fourEyesFromMinor: 500_000, disputeBusinessDays: 3 });
});
afterEach(() => checkInvariants(suite.database));
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

async function sell(customerId: string, quantity: number) {
  await addCustomer(suite.database, customerId, { limitMinor: 10_000_000 });
  const orderId = await order(suite, customerId, [{ sku: 'UNIT', quantity }]);
  const [shipmentId] = await shipmentsInWork(suite, orderId);
  await pickAndPack(suite, orderId, shipmentId!);
  const [invoice] = await invoiced(suite, orderId);
  return { orderId, shipmentId: shipmentId!, invoiceId: invoice!.id };
}

const credit = (invoiceId: string, body: object, as = 'receivables') => api.post(`/v1/invoices/${invoiceId}/credit`, as, body);
const reissue = (invoiceId: string, body: object, as = 'receivables') =>
  api.post(`/v1/invoices/${invoiceId}/credit-and-reissue`, as, body);
const invoiceOf = async (id: string) => (await api.get(`/v1/invoices/${id}`, 'receivables')).body;

async function mailsAbout(text: string) {
  return eventually(async () => {
    const found = suite.mails.filter((mail) => mail.subject.includes(text));
    return found.length > 0 && found;
  });
}

describe('a credit note without goods', () => {
  it('I4: by price, units and amount, with PDF and mail, and never beyond a line, its returns included', async () => {
    const { invoiceId, shipmentId } = await sell('PRICED', 10);
    const priced = await credit(invoiceId, {
      reason: 'price-error',
      note: 'agreed 90.00',
      lines: [{ lineNumber: 1, unitPriceMinor: 9_000 }],
    });
    expect(priced).toMatchObject({ status: 201, body: { status: 'issued', creditedMinor: 12_000, revisedInvoiceId: null } });
    const { creditNoteId } = priced.body;
    expect(await invoiceOf(invoiceId)).toMatchObject({ openMinor: 108_000, credits: [{ creditNoteId, amountMinor: 12_000 }] });
    expect((await api.get(`/v1/credit-notes/${creditNoteId}`, 'receivables')).body).toMatchObject({
      returnId: null,
      reason: 'price-error',
      note: 'agreed 90.00',
    });
    const [mail] = await mailsAbout(creditNoteId);
    expect(mail!.attachments![0]!.filename).toBe(`${creditNoteId}.pdf`);
    expect(mail!.text).toContain(`on invoice ${invoiceId}`);

    expect(await credit(invoiceId, { reason: 'not-delivered', lines: [{ lineNumber: 1, quantity: 2 }] })).toMatchObject({
      body: { creditedMinor: 21_600 },
    });
    // Eight units are left, of which three are announced: six are two too many, in either direction.
    const goods = { shipmentId, lines: [{ lineNumber: 1, quantity: 9, reason: 'damaged' }] };
    expect((await api.post('/v1/returns', 'sales', goods)).body.errors).toMatchObject([{ code: 'more-than-shipped' }]);
    const { returnId } = (await api.post('/v1/returns', 'sales', { ...goods, lines: [{ ...goods.lines[0], quantity: 3 }] })).body;
    const beyond = await credit(invoiceId, { reason: 'quantity-error', lines: [{ lineNumber: 1, quantity: 6 }] });
    expect(beyond).toMatchObject({ status: 422, body: { errors: [{ path: '/lines/0/quantity', code: 'more-than-invoiced' }] } });
    // What comes back is credited at the price that was agreed in the end.
    await api.post(`/v1/returns/${returnId}/approve`, 'sales');
    await api.post(`/v1/returns/${returnId}/receive`, 'warehouse', { lines: [{ lineNumber: 1, quantity: 3 }] });
    const inspection = { lines: [{ lineNumber: 1, restockedQuantity: 3, scrappedQuantity: 0 }] };
    expect((await api.post(`/v1/returns/${returnId}/inspect`, 'warehouse', inspection)).body).toMatchObject({
      grossMinor: 32_400,
    });
    expect(await credit(invoiceId, { reason: 'goodwill', lines: [{ lineNumber: 1, amountMinor: 5_000 }] })).toMatchObject({
      body: { creditedMinor: 6_000 },
    });
    const rest = await credit(invoiceId, { reason: 'duplicate' });
    expect(rest.body).toMatchObject({ creditedMinor: 48_000 });
    expect(await invoiceOf(invoiceId)).toMatchObject({ openMinor: 0, status: 'settled' });
    expect((await credit(invoiceId, { reason: 'goodwill' })).body.errors).toMatchObject([{ code: 'nothing-left' }]);
  });

  it('I4, X3: small corrections of one invoice and of the one that revises it add up to what a second person must see', async () => {
    const { invoiceId } = await sell('SLICED', 50);
    const units = (of: string, quantity: number) => credit(of, { reason: 'goodwill', lines: [{ lineNumber: 1, quantity }] });
    expect((await units(invoiceId, 20)).body).toMatchObject({ status: 'issued', creditedMinor: 240_000 });
    const asked = await reissue(invoiceId, { reason: 'price-error' });
    expect(asked).toMatchObject({ status: 202, body: { status: 'proposed', creditedMinor: 360_000 } });
    const { revisedInvoiceId } = (await api.post(`/v1/corrections/${asked.body.correctionId}/approve`, 'finance')).body;
    // What the second person agreed to does not count again: 4,920.00 in all is below the amount, and one unit more is above it.
    expect((await units(revisedInvoiceId, 21)).body).toMatchObject({ status: 'issued', creditedMinor: 252_000 });
    expect(await units(revisedInvoiceId, 1)).toMatchObject({ status: 202, body: { status: 'proposed', creditedMinor: 12_000 } });
  });

  it('I4, X3: above the policy’s amount another person agrees first; a customer’s key and other roles cannot', async () => {
    const { invoiceId, orderId } = await sell('LARGE', 50);
    const asked = await credit(invoiceId, { reason: 'duplicate' });
    expect(asked).toMatchObject({ status: 202, body: { status: 'proposed', creditedMinor: 600_000 } });
    const { correctionId, taskId } = asked.body;
    expect(await invoiceOf(invoiceId)).toMatchObject({ openMinor: 600_000 });
    expect((await credit(invoiceId, { reason: 'goodwill' })).body.type).toContain('correction-proposed');
    expect((await api.get(`/v1/tasks/${taskId}`, 'finance')).body).toMatchObject({
      kind: 'correction-approval',
      status: 'open',
      invoiceId,
    });
    expect((await api.post(`/v1/tasks/${taskId}/complete`, 'finance', { note: 'fine' })).body.type).toContain('task-decides');
    const offered = async (as: string) => (await api.get(`/v1/corrections?invoiceId=${invoiceId}`, as)).body.items[0].actions;
    expect(await Promise.all(['receivables', 'finance'].map(offered))).toEqual([['refuse'], ['approve', 'refuse']]);
    expect((await api.get(`/v1/invoices/${invoiceId}/review`, 'finance')).body.actions).not.toContain('credit');
    expect((await api.post(`/v1/corrections/${correctionId}/approve`, 'receivables')).body.type).toContain('four-eyes');
    const approved = await api.post(`/v1/corrections/${correctionId}/approve`, 'finance');
    expect(approved).toMatchObject({ status: 200, body: { status: 'issued', creditedMinor: 600_000 } });
    expect((await api.post(`/v1/corrections/${correctionId}/approve`, 'finance')).status).toBe(409);
    expect((await api.get(`/v1/tasks/${taskId}`, 'finance')).body).toMatchObject({ status: 'completed' });
    expect((await api.get(`/v1/corrections/${correctionId}`, 'finance')).body).toMatchObject({
      proposedBy: expect.any(String),
      status: 'issued',
    });
    await becomes(suite, orderId, 'closed');

    const other = await sell('LARGER', 50);
    const refused = (await credit(other.invoiceId, { reason: 'goodwill' })).body.correctionId;
    expect((await api.post(`/v1/corrections/${refused}/refuse`, 'finance', { reason: 'no' })).body.status).toBe('refused');
    expect(await invoiceOf(other.invoiceId)).toMatchObject({ openMinor: 600_000, credits: [] });
    const { key } = (await api.post('/v1/api-keys', 'admin', { name: 'b', roles: ['customer'], customerId: 'LARGER' })).body;
    for (const as of [key, 'sales', 'warehouse'])
      expect((await credit(other.invoiceId, { reason: 'goodwill' }, as)).status).toBe(403);
  });
});

describe('a revised invoice', () => {
  it('I4: one action credits what is charged and bills it anew, with its own number, plan and workflow; the order closes with it', async () => {
    const { invoiceId, orderId, shipmentId } = await sell('REVISED', 10);
    await suite.advanceTo(instant('2027-03-11'));
    const made = await reissue(invoiceId, { reason: 'price-error', lines: [{ lineNumber: 1, unitPriceMinor: 8_000 }] });
    expect(made).toMatchObject({ status: 201, body: { creditedMinor: 120_000, revisedMinor: 96_000 } });
    const { revisedInvoiceId } = made.body;
    const revised = await invoiceOf(revisedInvoiceId);
    expect(revised).toMatchObject({
      correctsInvoiceId: invoiceId,
      shipmentId,
      orderId,
      issuedOn: '2027-03-11',
      dueOn: '2027-04-10',
      openMinor: 96_000,
      lines: [{ quantity: 10, unitPriceMinor: 8_000 }],
    });
    expect(await invoiceOf(invoiceId)).toMatchObject({ openMinor: 0, status: 'settled' });
    expect((await mailsAbout(`Invoice ${revisedInvoiceId}`))[0]!.text).toContain(`takes the place of ${invoiceId}`);
    expect((await api.get(`/v1/invoices/${revisedInvoiceId}/pdf`, 'receivables')).body.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await reissue(invoiceId, { reason: 'price-error' })).body.type).toContain('revised-already');
    // Goods that come back are credited on the invoice that counts.
    const asked = await api.post('/v1/returns', 'sales', {
      shipmentId,
      lines: [{ lineNumber: 1, quantity: 1, reason: 'damaged' }],
    });
    expect(asked.body.invoiceId).toBe(revisedInvoiceId);
    expect((await reissue(revisedInvoiceId, { reason: 'price-error' })).body.type).toContain('return-under-way');
    await api.post(`/v1/returns/${asked.body.returnId}/cancel`, 'sales', { reason: 'kept' });
    // Its own plan is walked by its own workflow.
    await suite.advanceTo(instant('2027-03-26'));
    await eventually(async () => suite.mails.some((mail) => mail.subject.includes(`Reminder: invoice ${revisedInvoiceId}`)));
    await pay(suite, 'REVISED', 96_000, revisedInvoiceId);
    await becomes(suite, orderId, 'closed');
    await eventually(async () => (await suite.client.workflow.getHandle(orderId).describe()).status.name === 'COMPLETED');
    await eventually(
      async () =>
        (await suite.client.workflow.getHandle(`receivable:${revisedInvoiceId}`).describe()).status.name === 'COMPLETED',
    );
  });

  it('I4: what was paid on the wrong invoice pays the revised one at once, and the rest is to the customer’s credit', async () => {
    const { invoiceId, orderId } = await sell('PAID', 10);
    await pay(suite, 'PAID', 100_000, invoiceId);
    const { revisedInvoiceId } = (await reissue(invoiceId, { reason: 'quantity-error', lines: [{ lineNumber: 1, quantity: 9 }] }))
      .body;
    expect(await invoicesOf(suite.database, orderId)).toMatchObject([
      { id: invoiceId, openMinor: 0 },
      { id: revisedInvoiceId, grossMinor: 108_000, openMinor: 8_000 },
    ]);
    const again = await reissue(revisedInvoiceId, { reason: 'quantity-error', lines: [{ lineNumber: 1, quantity: 5 }] });
    expect(await invoiceOf(again.body.revisedInvoiceId)).toMatchObject({ grossMinor: 60_000, openMinor: 0 });
    const { items } = (await api.get('/v1/credit-notes?customerId=PAID', 'receivables')).body;
    expect(items.reduce((total: number, note: { unappliedMinor: number }) => total + note.unappliedMinor, 0)).toBe(40_000);
    await becomes(suite, orderId, 'closed');
    expect(
      (await reissue(again.body.revisedInvoiceId, { reason: 'quantity-error', lines: [{ lineNumber: 1, quantity: 11 }] })).body
        .errors,
    ).toMatchObject([{ path: '/lines/0/quantity', code: 'more-than-shipped' }]);
  });
});
