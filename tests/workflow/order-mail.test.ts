import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeOrderMail } from '../../db/transactions/take-order-mail.ts';
import { readOrderMail } from '../../documents/order-mail.ts';
import { addCustomer, addProduct, addStock, becomes, openingItem, setUpCompany } from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { type Suite, startSuite } from '../suite.ts';

/* Orders that come as mails: from the raw message to the order in the warehouse, or to a task that names every fault. */
let suite: Suite;
beforeAll(async () => {
  suite = await startSuite();
  await setUpCompany(suite.database);
  await addProduct(suite.database, 'CHAIR', 10_000);
  await addStock(suite, 'CHAIR', 500, 4_000);
  for (const id of ['ALMA', 'LATE']) await addCustomer(suite.database, id, { limitMinor: 10_000_000 });
  await openingItem(suite, 'LATE', 5_000, '2020-01-01', '2020-02-01');
});
afterAll(() => suite?.stop());

let sent = 0;
interface Sent {
  from?: string;
  body?: string;
  attachments?: { name: string; type: string; content: string }[];
  messageId?: string;
  /** More of the header. */
  headers?: string[];
}
function mail({ from = 'Alma <ALMA@customer.example>', body = '', attachments = [], messageId, headers = [] }: Sent): Buffer {
  sent += 1;
  const head = [
    `From: ${from}`,
    'To: orders@us.example',
    'Subject: Order',
    `Message-ID: ${messageId ?? `<${sent}@customer.example>`}`,
    ...headers,
  ];
  const parts = attachments.map(
    ({ name, type, content }) =>
      `--x\r\nContent-Type: ${type}; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(content).toString('base64')}\r\n`,
  );
  const lines = ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=x', ''];
  return Buffer.from(
    `${[...head, ...lines].join('\r\n')}\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${body}\r\n${parts.join('')}--x--\r\n`,
  );
}
async function take(raw: Uint8Array) {
  const read = await readOrderMail(raw);
  const at = await suite.now();
  const taken = await suite.database.transaction((tx) => takeOrderMail(tx, { original: raw, ...read, at }));
  suite.delivery.deliverSoon();
  return taken;
}
const csv = (content: string) => ({ name: 'order.csv', type: 'text/csv', content });
const faultsOf = async (raw: Uint8Array) => {
  const { status, faults } = await take(raw);
  expect(status).toBe('parked');
  return faults.map(({ line, field, code }) => `${line} ${field} ${code}`);
};

describe('orders by mail', () => {
  it('O1, O3: CSV, JSON and plain lines become orders, the original is kept, and the same mail twice is one order', async () => {
    const json = {
      name: 'order.json',
      type: 'application/json',
      content: '{"reference": "M-2", "lines": [{"sku": "CHAIR", "quantity": 2}]}',
    };
    const mails = [
      mail({ attachments: [csv('\ufeffsku;quantity;reference\r\nCHAIR;1;M-1\r\n"chair";1;\r\n')] }),
      mail({ attachments: [json], body: 'see attachment' }),
      mail({ body: 'Reference: M-3\r\n2 x CHAIR\r\n' }),
    ];
    for (const [index, raw] of mails.entries()) {
      const taken = await take(raw);
      expect(taken).toMatchObject({ status: 'ordered', faults: [], isNew: true });
      await becomes(suite, taken.orderId!, 'in-fulfilment');
      const { rows } = await suite.database.query(
        `SELECT o.channel, o.external_reference AS reference, o.net_minor AS net, d.original FROM orders o
         JOIN order_documents d ON d.order_id = o.id WHERE o.id = $1`,
        [taken.orderId],
      );
      expect(rows).toEqual([{ channel: 'email', reference: `M-${index + 1}`, net: 20_000, original: raw }]);
      expect(await take(raw)).toMatchObject({ documentId: taken.documentId, orderId: taken.orderId, isNew: false });
    }
  });

  it('O1, O2: what cannot become an order becomes one task for sales with every fault and its line', async () => {
    expect(await faultsOf(mail({ attachments: [csv('sku,quantity\nCHAIR,0\nGHOST,1\n')] }))).toEqual(['2 quantity quantity']);
    expect(await faultsOf(mail({ attachments: [csv('sku,quantity\n\nCHAIR,1\nGHOST,1\n')] }))).toEqual(['4 sku unknown-sku']);
    expect(await faultsOf(mail({ body: '501 x CHAIR' }))).toEqual(['1 quantity out-of-stock']);
    expect(await faultsOf(mail({ from: 'nobody@nowhere.example', body: '1 x CHAIR' }))).toEqual(['null sender unknown-sender']);
    expect(await faultsOf(mail({ from: 'late@customer.example', body: '1 x CHAIR' }))).toEqual(['null order customer-on-hold']);
    expect(await faultsOf(mail({ attachments: [csv('sku,quantity\nCHAIR,1\n'), csv('sku,quantity\nCHAIR,1\n')] }))).toEqual([
      'null attachments unreadable',
    ]);
    expect(await faultsOf(mail({ attachments: [csv('sku,quantity\n"CHAIR,1\n')] }))).toEqual(['null document unreadable']);
    expect(await faultsOf(mail({ messageId: '<nul\u0000@x>', body: '2 x CH\u0000AIR\r\n3\u0000' }))).toHaveLength(2);
    const { rows } = await suite.database.query(
      `SELECT count(*)::int AS tasks, count(DISTINCT details ->> 'documentId')::int AS documents FROM tasks
       WHERE kind = 'order-document' AND role = 'sales' AND status = 'open'`,
    );
    expect(rows).toEqual([{ tasks: 8, documents: 8 }]);
  });

  it('O1 (regression): an answer, a forward or a cancellation that names goods is no order, and what is attached to an answer is one', async () => {
    const answer = { headers: ['In-Reply-To: <ours@us.example>', 'References: <ours@us.example>'] };
    expect(await faultsOf(mail({ ...answer, body: '2 x CHAIR' }))).toEqual(['null mail answers-another']);
    expect(await faultsOf(mail({ body: '2 x CHAIR\r\n\r\n-----Original Message-----\r\nOrder accepted' }))).toEqual([
      '3 line answers-another',
      '3 line prose',
    ]);
    expect(await faultsOf(mail({ body: 'Hello,\r\nplease cancel\r\n2 x CHAIR' }))).toEqual(['2 line prose']);
    expect((await take(mail({ ...answer, attachments: [csv('sku,quantity\nCHAIR,1\n')] }))).status).toBe('ordered');
  });

  it('O3: the same reference with other content is parked with the order that it is', async () => {
    const first = await take(mail({ body: 'Reference: TWIN\n1 x CHAIR' }));
    const second = await take(mail({ body: 'Reference: TWIN\n2 x CHAIR' }));
    expect(second.faults).toMatchObject([{ code: 'order-already-exists', detail: expect.stringContaining(first.orderId!) }]);
  });

  it('O1, O3: another mail under the same Message-ID is kept as a task, and the same mail by another way is the same order', async () => {
    const messageId = '<same@customer.example>';
    const first = await take(mail({ messageId, body: '1 x CHAIR' }));
    const forwarded = Buffer.concat([Buffer.from('Received: by another.example\r\n'), mail({ messageId, body: '1 x CHAIR' })]);
    expect(await take(forwarded)).toMatchObject({ documentId: first.documentId, isNew: false });
    const other = mail({ messageId, body: '5 x CHAIR' });
    const parked = await take(other);
    const fault = { field: 'messageId', code: 'message-id-used', detail: expect.stringContaining(first.documentId) };
    expect(parked).toMatchObject({ status: 'parked', orderId: null, isNew: true, faults: [fault] });
    expect(await take(other)).toMatchObject({ documentId: parked.documentId, isNew: false });
    expect(await take(mail({ messageId, body: '1 x CHAIR' }))).toMatchObject({ documentId: first.documentId, isNew: false });
    const nextWeek = Buffer.concat([
      Buffer.from('Date: Mon, 8 Mar 2027 09:00:00 +0000\r\n'),
      mail({ messageId, body: '1 x CHAIR' }),
    ]);
    expect(await take(nextWeek)).toMatchObject({ status: 'parked', isNew: true, faults: [fault] });
  });

  const formats: Record<string, Sent> = {
    CSV: { attachments: [csv('sku,quantity,reference\nCHAIR,1,FUZZ-CSV\n')] },
    JSON: {
      attachments: [
        {
          name: 'order.json',
          type: 'application/json',
          content: '{"reference": "FUZZ-JSON", "lines": [{"sku": "CHAIR", "quantity": 1}]}',
        },
      ],
    },
    lines: { body: 'Hello,\r\nReference: FUZZ-LINES\r\n1 x CHAIR\r\n-- \r\nAlma' },
  };
  it.each(Object.keys(formats))(
    'O1, O2: bytes of %s changed at random are a whole order or a task that says why, never an error',
    {
      timeout: 60_000,
    },
    async (format) => {
      const sample = mail(formats[format]!);
      const change = fc.record({ at: fc.nat(sample.length - 1), to: fc.nat(255) });
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
          const raw = Buffer.from(sample);
          for (const { at, to } of changes) raw[at] = to;
          const taken = await take(raw);
          expect(taken.orderId !== null).toBe(taken.status === 'ordered');
          expect(taken.faults.length > 0).toBe(taken.status === 'parked');
          for (const fault of taken.faults)
            expect(fault).toMatchObject({ field: expect.any(String), detail: expect.any(String) });
        }),
        { numRuns: 60 },
      );
      // Every order has its lines and its document, and no other order is there.
      const { rows } = await suite.database.query(
        `SELECT o.id FROM orders o WHERE channel = 'email' AND (
         NOT EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id)
         OR NOT EXISTS (SELECT 1 FROM order_documents d WHERE d.order_id = o.id))`,
      );
      expect(rows).toEqual([]);
      await checkInvariants(suite.database);
    },
  );
});
