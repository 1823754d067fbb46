import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ublOf } from '../../documents/e-invoice.ts';
import { formatMoney } from '../../domain/money.ts';
import { addDays } from '../../domain/time.ts';
import { addProduct, address, addStock, invoiced, order, pay, pickAndPack, setUpCompany, shipmentsInWork } from '../company.ts';
import { shapes } from '../e-invoice-shapes.ts';
import { askPeppolRules, type Verdict, whyNoPeppolRules } from '../peppol-rules.ts';
import { eventually, type Suite, startSuite } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/* E-invoices through the API and by mail, and the official rules asked about all of them in one call. */
const whyNot = await whyNoPeppolRules();
if (whyNot) console.error(`\nSKIPPED: e-invoices are not held against the official rules, because ${whyNot}\n`);

let suite: Suite;
let api: Api;
const details = {
  name: 'Hotel Lindenhof OHG',
  taxId: 'DE136695976',
  email: 'lindenhof@customer.example',
  billingAddress: { ...address, name: 'Hotel Lindenhof OHG' },
  currency: 'EUR',
  terms: { kind: 'net', days: 30 },
};
const reachable = {
  ...details,
  electronicAddress: { scheme: '0088', id: '4012345000009' },
  buyerReference: '04011000-12345-03',
  registrationNumber: 'HRA 4711',
  eInvoices: true,
};
const sellerDetails = {
  electronicAddress: { scheme: '9930', id: 'DE123456789' },
  registrationNumber: 'HRB 123456',
  contactName: 'Maren Tiedemann',
  contactPhone: '+49 40 66969 100',
};

beforeAll(async () => {
  suite = await startSuite();
  await setUpCompany(suite.database);
  api = await startApi(suite);
  await api.put('/v1/customers/LINDENHOF', 'finance', details);
  await api.put('/v1/customers/LINDENHOF/credit-limit', 'credit', { limitMinor: 1_000_000, reason: 'test' });
  await addProduct(suite.database, 'CHAIR', 27_933, '0.19');
  await addProduct(suite.database, 'BEANS', 1_019, '0.07');
  await addStock(suite, 'CHAIR', 100, 10_000);
  await addStock(suite, 'BEANS', 100, 500);
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

async function invoice(): Promise<{ id: string; shipmentId: string }> {
  const lines = [
    { sku: 'CHAIR', quantity: 3 },
    { sku: 'BEANS', quantity: 7 },
  ];
  const orderId = await order(suite, 'LINDENHOF', lines, { externalReference: `PO-${Math.random()}` });
  const [shipmentId] = await shipmentsInWork(suite, orderId);
  await pickAndPack(suite, orderId, shipmentId!);
  const [issued] = await invoiced(suite, orderId);
  return { id: issued!.id, shipmentId: shipmentId! };
}

async function creditNote(shipmentId: string): Promise<string> {
  const line = { lineNumber: 1, quantity: 1 };
  const asked = await api.post('/v1/returns', 'sales', { shipmentId, lines: [{ ...line, reason: 'damaged' }] });
  const path = `/v1/returns/${asked.body.returnId}`;
  await api.post(`${path}/approve`, 'sales', {});
  await api.post(`${path}/receive`, 'warehouse', { lines: [line] });
  const inspected = { lineNumber: 1, restockedQuantity: 1, scrappedQuantity: 0 };
  return (await api.post(`${path}/inspect`, 'warehouse', { lines: [inspected] })).body.creditNoteId;
}

/** What is in an archive that compresses nothing, by name; fails where a checksum does not hold. */
function readZip(bytes: Buffer): Map<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const files = new Map<string, Buffer>();
  let entry = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [checksum, size] = [bytes.readUInt32LE(entry + 16), bytes.readUInt32LE(entry + 24)];
    const nameLength = bytes.readUInt16LE(entry + 28);
    const name = bytes.toString('utf8', entry + 46, entry + 46 + nameLength);
    const local = bytes.readUInt32LE(entry + 42);
    const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(begin, begin + size);
    expect(crc32(content), name).toBe(checksum);
    files.set(name, content);
    entry += 46 + nameLength + bytes.readUInt16LE(entry + 30) + bytes.readUInt16LE(entry + 32);
  }
  return files;
}

const mailAbout = (number: string) => eventually(async () => suite.mails.find((mail) => mail.subject.includes(number)));

describe('an e-invoice of stored facts', () => {
  const real: Record<string, string> = {};

  it('I3: what the parties lack is named at once with its path, and the invoice goes out as a PDF', async () => {
    await api.put('/v1/customers/LINDENHOF', 'finance', { ...details, eInvoices: true });
    const { id } = await invoice();
    const answer = await api.get(`/v1/invoices/${id}/ubl`, 'receivables');
    expect(answer).toMatchObject({ status: 422, body: { type: '/problems/no-e-invoice' } });
    const { eInvoiceFaults } = (await api.get(`/v1/invoices/${id}`, 'receivables')).body;
    expect(eInvoiceFaults).toEqual(answer.body.errors);
    expect((await api.get(`/v1/invoices/${id}/review`, 'finance')).body.invoice).toMatchObject({ eInvoiceFaults });
    expect(answer.body.errors.map(({ path }: { path: string }) => path)).toEqual([
      '/seller/electronicAddress',
      '/buyer/electronicAddress',
      '/seller/contactName',
      '/seller/contactPhone',
    ]);
    expect((await mailAbout(id)).attachments.map(({ filename }) => filename)).toEqual([`${id}.pdf`]);

    // Supplied later, it can be made; and it stays as it was made.
    const company = (await api.get('/v1/company', 'admin')).body;
    expect((await api.put('/v1/company', 'admin', { ...company, ...sellerDetails })).status).toBe(200);
    expect((await api.put('/v1/customers/LINDENHOF', 'finance', reachable)).body).toMatchObject(reachable);
    const ubl = await api.get(`/v1/invoices/${id}/ubl`, 'finance');
    expect(ubl.status).toBe(200);
    expect((await api.get(`/v1/invoices/${id}`, 'receivables')).body).toMatchObject({ eInvoiceFaults: [] });
    expect(ubl.headers.get('content-type')).toMatch('application/xml');
    await api.put('/v1/customers/LINDENHOF', 'finance', { ...reachable, buyerReference: 'ANOTHER' });
    expect((await api.get(`/v1/invoices/${id}/ubl`, 'finance')).body).toEqual(ubl.body);
    await api.put('/v1/customers/LINDENHOF', 'finance', reachable);
    real['invoice that was completed later'] = ubl.body.toString();
  });

  it('I3: invoice and credit note are mailed as PDF and UBL, with the parties of their day', async () => {
    const { id, shipmentId } = await invoice();
    const mail = await mailAbout(id);
    expect(mail.attachments.map(({ filename, contentType }) => [filename, contentType])).toEqual([
      [`${id}.pdf`, 'application/pdf'],
      [`${id}.xml`, 'application/xml'],
    ]);
    await api.put('/v1/customers/LINDENHOF', 'finance', { ...reachable, name: 'Another', registrationNumber: 'HRA 1' });
    const ubl = (await api.get(`/v1/invoices/${id}/ubl`, 'sales')).body.toString();
    expect(ubl).toBe(Buffer.from(mail.attachments[1]!.content).toString());
    for (const fact of ['>Hotel Lindenhof OHG<', '>HRA 4711<', '>04011000-12345-03<', '>PO-', `>${shipmentId}<`]) {
      expect(ubl).toContain(fact);
    }
    await api.put('/v1/customers/LINDENHOF', 'finance', reachable);
    real.invoice = ubl;

    const creditNoteId = await creditNote(shipmentId);
    expect((await mailAbout(creditNoteId)).attachments.map(({ filename }) => filename)).toEqual([
      `${creditNoteId}.pdf`,
      `${creditNoteId}.xml`,
    ]);
    const credited = (await api.get(`/v1/credit-notes/${creditNoteId}/ubl`, 'receivables')).body.toString();
    expect(credited).toContain(`<cbc:ID>${id}</cbc:ID>`);
    real['credit note'] = credited;
  });

  it('I3, I2: instalments and early-payment discounts are said, and the first due date, even when that one is paid', async () => {
    const terms = {
      kind: 'net',
      days: 0,
      instalments: [
        { share: '0.3', days: 30 },
        { share: '0.7', days: 60 },
      ],
      discounts: [{ rate: '0.02', days: 10 }],
    };
    expect((await api.put('/v1/customers/LINDENHOF', 'finance', { ...reachable, eInvoices: false, terms })).status).toBe(200);
    const { id } = await invoice();
    const { rows } = await suite.database.query<{ issuedOn: string; grossMinor: number }>(
      'SELECT issued_on AS "issuedOn", gross_minor AS "grossMinor" FROM invoices WHERE id = $1',
      [id],
    );
    const { issuedOn, grossMinor } = rows[0]!;
    const firstMinor = Math.round(grossMinor * 0.3);
    await pay(suite, 'LINDENHOF', firstMinor, id);
    const ubl = (await api.get(`/v1/invoices/${id}/ubl`, 'finance')).body.toString();
    const [first, second] = [addDays(issuedOn, 30), addDays(issuedOn, 60)];
    expect(ubl).toContain(`<cbc:DueDate>${first}</cbc:DueDate>`);
    const by = (minor: number, on: string) => `${formatMoney({ currency: 'EUR', amountMinor: minor })} by ${on}`;
    expect(ubl).toContain(
      `<cbc:Note>Instalment 1 of 2: ${by(firstMinor, first)}. Instalment 2 of 2: ${by(grossMinor - firstMinor, second)}. 2 % discount for payment by ${addDays(issuedOn, 10)}</cbc:Note>`,
    );
    await api.put('/v1/customers/LINDENHOF', 'finance', reachable);
    real['invoice in instalments with a discount'] = ubl;
  });

  it('X9: the documents of a period are taken out as one archive, with a list of them and of what is missing and why', async () => {
    const { id, shipmentId } = await invoice();
    const creditNoteId = await creditNote(shipmentId);
    const { issuedOn } = (await api.get(`/v1/invoices/${id}`, 'finance')).body;
    await api.ask('POST', '/v1/order-documents', {
      as: 'sales',
      raw: 'Message-ID: <x9@customer.example>\r\nFrom: nobody@customer.example\r\nSubject: Order\r\n\r\n2 x CHAIR\r\n',
      headers: { 'Content-Type': 'message/rfc822' },
    });
    const facts = { from: `${issuedOn.slice(0, 8)}01`, to: issuedOn, currency: 'EUR', closingMinor: 0 };
    await suite.database.query(
      `INSERT INTO notices (key, kind, customer_id, recipient, facts, message_id, at, status)
       VALUES ('statement:LINDENHOF:x9', 'statement', 'LINDENHOF', 'nobody', $1, '<x9>', now(), 'sent')`,
      [JSON.stringify(facts)],
    );
    // Taken over from before: not a document of ours, and an item without one of its own.
    const opening = {
      customerId: 'LINDENHOF',
      currency: 'EUR',
      amountMinor: 1_000,
      issuedOn,
      dueOn: issuedOn,
      reference: 'OLD-1',
    };
    expect((await api.post('/v1/opening-items', 'finance', opening)).status).toBe(201);

    const path = `/v1/exports/documents.zip?from=${issuedOn}&to=${addDays(issuedOn, 1)}`;
    const answer = await api.get(path, 'finance');
    expect(answer.headers.get('content-disposition')).toContain(`documents-${issuedOn}-${addDays(issuedOn, 1)}.zip`);
    const files = readZip(answer.body);
    const ours = [`invoices/${id}`, `credit-notes/${creditNoteId}`].flatMap((name) => [`${name}.pdf`, `${name}.xml`]);
    expect([...files.keys()]).toEqual(
      expect.arrayContaining([...ours, 'statements/statement-LINDENHOF-x9.pdf', `labels/${shipmentId}.pdf`, 'index.csv']),
    );
    expect([...files.keys()].filter((name) => /^order-documents\/.*\.eml$/.test(name))).toHaveLength(1);
    expect(files.get(`invoices/${id}.pdf`)).toEqual((await api.get(`/v1/invoices/${id}/pdf`, 'finance')).body);
    expect(files.get(`invoices/${id}.xml`)).toEqual((await api.get(`/v1/invoices/${id}/ubl`, 'finance')).body);
    expect(files.get(`labels/${shipmentId}.pdf`)!.subarray(0, 5).toString()).toBe('%PDF-');
    const index = files.get('index.csv')!.toString();
    expect(index).not.toContain('OPN-');
    expect(index).toMatch(new RegExp(`^invoices,${id},${issuedOn},LINDENHOF,ORD-\\d+,EUR,\\d+,invoices/${id}.pdf,`, 'm'));

    // What lacks something is told of, and the rest goes out.
    await api.put('/v1/customers/LINDENHOF', 'finance', details);
    const lacking = await invoice();
    const invoices = await api.get(`${path}&kind=invoices`, 'finance');
    await api.put('/v1/customers/LINDENHOF', 'finance', reachable);
    const narrowed = readZip(invoices.body);
    expect([...narrowed.keys()].every((name) => name.startsWith('invoices/') || name === 'index.csv')).toBe(true);
    expect(narrowed.get('index.csv')!.toString()).toMatch(
      new RegExp(`^invoices,${lacking.id},.*,,${lacking.id} lacks what`, 'm'),
    );

    const empty = readZip((await api.get('/v1/exports/documents.zip?from=2001-01-01&to=2001-12-31', 'finance')).body);
    expect([...empty.keys()]).toEqual(['index.csv']);
    expect((await api.get(path, 'sales')).status).toBe(403);
    expect((await api.get('/v1/exports/documents.zip?from=2026-13-01&kind=all', 'finance')).body.errors).toHaveLength(3);
  });

  it('I3: what is no invoice has no UBL, and an unknown number is 404', async () => {
    const opening = { customerId: 'LINDENHOF', currency: 'EUR', amountMinor: 100, issuedOn: '2026-01-01', dueOn: '2026-02-01' };
    const taken = await api.post('/v1/opening-items', 'finance', { ...opening, reference: 'OLD' });
    expect((await api.get(`/v1/invoices/${taken.body.invoiceId}/ubl`, 'finance')).status).toBe(422);
    expect((await api.get('/v1/invoices/INV-1900-000001/ubl', 'finance')).status).toBe(404);
    expect((await api.get('/v1/credit-notes/CN-1900-000001/ubl', 'finance')).status).toBe(404);
  });

  it('I3, X9: electronic addresses are checked, by the API and in a file', async () => {
    const wrong = { ...reachable, electronicAddress: { scheme: '0088', id: '4012345000008' } };
    expect(await api.put('/v1/customers/LINDENHOF', 'finance', wrong)).toMatchObject({
      status: 400,
      body: { errors: [{ path: '/electronicAddress/id' }] },
    });
    const unknown = { ...reachable, electronicAddress: { scheme: '1234', id: '1' } };
    expect((await api.put('/v1/customers/LINDENHOF', 'finance', unknown)).body.errors[0].path).toBe('/electronicAddress/scheme');

    const csv = 'id,electronicAddressScheme,electronicAddressId,eInvoices\nLINDENHOF,0088,4012345000008,false\n';
    const headers = { 'Content-Type': 'text/csv' };
    const dryRun = await api.ask('POST', '/v1/imports/customers?dryRun=true', { as: 'sales', raw: csv, headers });
    expect(dryRun.body.faults).toMatchObject([{ line: 2, field: 'electronicAddressId' }]);
    const right = 'id,electronicAddressScheme,electronicAddressId,eInvoices\nLINDENHOF,9930,DE136695976,false\n';
    expect((await api.ask('POST', '/v1/imports/customers', { as: 'sales', raw: right, headers })).body.changedCount).toBe(1);
    const { body } = await api.get('/v1/customers/LINDENHOF', 'sales');
    expect(body).toMatchObject({ ...reachable, electronicAddress: { scheme: '9930', id: 'DE136695976' }, eInvoices: false });
    const again = await api.ask('POST', '/v1/imports/customers', { as: 'sales', raw: right, headers });
    expect(again.body.unchangedCount).toBe(1);
  });

  describe.skipIf(whyNot !== undefined)(`the official rules${whyNot ? ` (${whyNot})` : ''}`, () => {
    const made = Object.fromEntries(Object.entries(shapes).map(([name, invoice]) => [name, ublOf(invoice)]));
    // The rules must be able to say no, or their yes is worth nothing.
    const broken = {
      'without reference': made.standard!.replace(/<cbc:BuyerReference>[\s\S]*?<\/cac:OrderReference>/, ''),
      'with a wrong total': made.standard!.replaceAll('297.50', '297.51'),
      'with a wrong order of elements': made.standard!.replace(
        /(<cbc:ID>INV[\s\S]*?<\/cbc:ID>)\s*(<cbc:IssueDate>.*?<\/cbc:IssueDate>)/,
        '$2$1',
      ),
    };
    let verdicts: Record<string, Verdict>;
    beforeAll(async () => {
      verdicts = await askPeppolRules({ ...made, ...broken, ...real });
    });

    it.each(Object.keys(shapes))('I3: %s passes schema, EN 16931 and Peppol without a warning', (name) => {
      expect(verdicts[name]).toEqual({ layers: 3, faults: [] });
    });
    it('I3: documents of stored facts pass them too', () => {
      expect(Object.keys(real)).toHaveLength(4);
      for (const name of Object.keys(real)) expect([name, verdicts[name]]).toEqual([name, { layers: 3, faults: [] }]);
    });
    it.each(Object.keys(broken))('I3: a document %s does not', (name) => {
      expect(verdicts[name]!.faults.join()).toMatch(/error/);
    });
  });
});
