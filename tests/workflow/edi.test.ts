import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pollOrdersMailbox } from '../../activities/orders-mailbox.ts';
import { deliverUnfinishedAgain } from '../../db/transactions/restart-workflows.ts';
import { readOrderMail } from '../../documents/order-mail.ts';
import { type OutgoingSet, readInterchange, writeInterchange } from '../../domain/edi/x12.ts';
import { cancelOrder, confirmPick } from '../../workflows/messages.ts';
import { type Api, startApi } from '../api/client.ts';
import { addCustomer, addProduct, addStock, ask, becomes, invoiced, setUpCompany, shipmentsInWork } from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite, tester } from '../suite.ts';

/* A trading partner and its orders, from the interchange that it sends to the documents that it gets back. */
let suite: Suite;
let api: Api;
beforeAll(async () => {
  suite = await startSuite();
  api = await startApi(suite);
  await setUpCompany(suite.database);
  for (const id of ['SWELBTAL', 'ALMA'])
    await addCustomer(suite.database, id, { limitMinor: 100_000_000, backOrderAllowed: true });
  await addProduct(suite.database, 'DESK-SIT-STAND', 61_500, '0.19');
  await addProduct(suite.database, 'CHAIR-TASK-MESH', 27_900, '0.19');
  await addStock(suite, 'DESK-SIT-STAND', 500, 40_000);
  // As many as the first order asks for: what it is short of then stays owed, instead of being reserved again before the partner hears of it.
  await addStock(suite, 'CHAIR-TASK-MESH', 4, 15_000);
  await suite.database.query('UPDATE customers SET ship_to_addresses = $1 WHERE id = $2', [
    JSON.stringify([
      dock,
      { ...dock, name: 'Stadtwerke Elbtal AG', street: 'Am Wasserturm 1', city: 'Dresden', postalCode: '01067' },
    ]),
    'SWELBTAL',
  ]);
  const saved = await api.put('/v1/edi/partners/SWELBTAL', 'sales', partner);
  expect(saved.status).toBe(201);
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

const dock = { name: 'Dock', street: 'Hafen 1', city: 'Kiel', postalCode: '24103', country: 'DE' };
const read = (name: string) => readFileSync(new URL(`../../examples/edi/${name}`, import.meta.url), 'utf8');
const example = read('purchase-order.edi');
const partner: Record<string, unknown> = JSON.parse(read('trading-partner.json'));

let number = 600;
/** The example under control numbers and an order number of its own, changed. */
function interchange(change: (text: string) => string = (text) => text): string {
  number += 1;
  const own = example.replaceAll('501', String(number)).replace('SE-90051', `SE-${number}`);
  return change(own.replace(/20301202|20261123/g, '20991231'));
}
const send = (text: string, as = 'sales') =>
  api.ask('POST', '/v1/edi/interchanges', { as, raw: text, headers: { 'Content-Type': 'application/edi-x12' } });
/** The one order of an interchange that is taken. */
async function ordered(text: string): Promise<string> {
  const { status, body } = await send(text);
  expect([status, body.status, body.faults, body.orders]).toMatchObject([201, 'taken', [], [{ status: 'ordered', faults: [] }]]);
  return body.orders[0].orderId;
}
/** What the partner is owed about something, once it is written; its sets as segments. */
async function documents(about: string, count: number) {
  const rows = await eventually(async () => {
    const { body } = await api.get('/v1/edi/outbound?limit=100', 'admin');
    const found = body.items.filter((row: { about: string; orderId: string }) => row.about === about || row.orderId === about);
    return found.length === count && found.every((row: { status: string }) => row.status !== 'queued') && found;
  });
  return Promise.all(
    rows.map(async (row: { id: string; type: string; controlNumber: number; status: string }) => {
      const { body } = await api.get(`/v1/edi/outbound/${row.id}/content`, 'sales');
      const { faults, groups, receiver, controlNumber } = readInterchange(body.toString());
      expect([faults, groups[0]!.sets[0]!.faults, groups[0]!.statedSets]).toEqual([[], [], 1]);
      expect([receiver, Number(controlNumber)]).toEqual(['ZZ:SWELBTAL', row.controlNumber]);
      return { ...row, segments: groups[0]!.sets[0]!.segments.map(({ tag, elements }) => [tag, ...elements].join('*')) };
    }),
  ) as Promise<{ id: string; type: string; controlNumber: number; status: string; segments: string[] }[]>;
}
const tasks = async (kind: string) =>
  (await api.get(`/v1/tasks?kind=${kind}&unfinished=true&limit=100`, 'admin')).body.items as { title: string; details: object }[];
const from = { qualifier: 'ZZ', interchangeId: 'SWELBTAL', groupId: 'SWELBTAL' };
const to = { qualifier: 'ZZ', interchangeId: 'KONTORELBE', groupId: 'KONTORELBE' };
/** A 997 of the partner about a document of ours. */
async function answer(functionalId: string, controlNumber: number, outcome: 'A' | 'R') {
  number += 1;
  const set: OutgoingSet = {
    type: '997',
    segments: [
      ['AK1', functionalId, controlNumber],
      ['AK2', '810', '0001'],
      ['AK5', outcome, outcome === 'R' ? '5' : ''],
      ['AK9', outcome, 1, 1, 1],
    ],
  };
  const at = await suite.now();
  const { status, body } = await send(
    writeInterchange({ from, to, version: '005010', controlNumber: number, isTest: false, at, timeZone: 'UTC' }, set),
  );
  expect([status, body.status, body.faults, body.acknowledgements]).toEqual([201, 'taken', [], []]);
}

describe('orders by EDI', () => {
  it('O1, S2, I3: an 850 becomes an order, and 997, 855, 856 and 810 answer it with its own numbers and amounts', async () => {
    const text = interchange();
    const { body } = await send(text);
    const [{ orderId, documentId }] = body.orders;
    await becomes(suite, orderId, 'in-fulfilment');
    const placed = (await api.get(`/v1/orders/${orderId}`, 'sales')).body;
    expect(placed).toMatchObject({
      channel: 'edi',
      externalReference: `SE-${number}`,
      customerId: 'SWELBTAL',
      requestedOn: '2099-12-31',
      shipTo: { street: 'Am Wasserturm 1' },
    });
    const original = await api.get(`/v1/order-documents/${documentId}/original`, 'sales');
    expect(original.body.toString()).toBe(text.slice(text.indexOf('ST*'), text.indexOf('GE*')).trimEnd());
    expect((await api.get(`/v1/edi/interchanges/${body.id}/original`, 'sales')).body.toString()).toBe(text);

    const [acknowledged] = await documents(body.id, 1);
    expect(acknowledged).toMatchObject({ type: '997', segments: [`AK1*PO*${number}`, 'AK2*850*0001', 'AK5*A', 'AK9*A*1*1*1'] });
    const [accepted] = await documents(orderId, 1);
    expect(accepted!.segments[0]).toMatch(new RegExp(`^BAK\\*00\\*AD\\*SE-${number}\\*20991231\\*{4}${orderId}\\*`));
    expect(accepted!.segments.filter((segment) => segment.startsWith('ACK'))).toEqual(['ACK*IA*2*EA', 'ACK*IA*4*EA']);

    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await ask(suite, orderId, confirmPick, {
      shipmentId: shipmentId!,
      short: [{ lineNumber: 2, pickedQuantity: 3 }],
      packed: true,
      actor: tester,
    });
    const [invoice] = await invoiced(suite, orderId);
    const all = await documents(orderId, 4);
    const of = (type: string) => all.filter((document) => document.type === type);
    expect(
      of('855')
        .at(-1)!
        .segments.filter((segment) => segment.startsWith('ACK')),
    ).toEqual(['ACK*IA*2*EA', 'ACK*IA*3*EA', 'ACK*IB*1*EA']);
    const { rows: cartons } = await suite.database.query('SELECT sscc FROM cartons WHERE shipment_id = $1', [shipmentId]);
    expect(of('856')[0]!.segments).toEqual(
      expect.arrayContaining([
        `MAN*GM*00${cartons[0]!.sscc}`,
        `PRF*SE-${number}***20991231`,
        'LIN*1*BP*47110*VP*DESK-SIT-STAND',
        'SN1*1*2*EA',
        'SN1*2*3*EA',
      ]),
    );
    const [billed] = of('810');
    // 2 × 615.00 and 3 × 279.00, with 19 % of tax.
    expect(invoice!.grossMinor).toBe(245_973);
    expect(billed!.segments).toEqual(
      expect.arrayContaining([
        expect.stringContaining(`*${invoice!.id}*20991231*SE-${number}***DI`),
        'IT1*1*2*EA*615.00**BP*47110*VP*DESK-SIT-STAND',
        'IT1*2*3*EA*279.00**BP*47236*VP*CHAIR-TASK-MESH',
        'TDS*245973',
        'TXI*VA*392.73*19*****2067.00',
      ]),
    );
    const numbers = [acknowledged!, ...all].map(({ controlNumber }) => controlNumber);
    expect(numbers).toEqual([1, 2, 3, 4, 5]);
    await checkInvariants(suite.database);
    await addStock(suite, 'CHAIR-TASK-MESH', 500, 15_000);
  });

  it('O3: the same interchange again is acknowledged again and changes nothing; another content under its number waits for a person', async () => {
    const text = interchange();
    const [first, twin] = await Promise.all([send(text), send(text)]);
    expect(new Set([first.body.isNew, twin.body.isNew])).toEqual(new Set([false, true]));
    expect(twin.body.orders).toEqual(first.body.orders);
    const [acknowledged] = await documents(first.body.id, 1);
    await api.post(`/v1/edi/outbound/${acknowledged!.id}/collected`, 'sales');
    const again = await send(text);
    expect(again.body).toMatchObject({ isNew: false, id: first.body.id, orders: first.body.orders });
    // The same bytes wait once more.
    expect((await documents(first.body.id, 1))[0]).toEqual({ ...acknowledged, status: 'waiting' });
    const other = await send(text.replace('PO1*1*2', 'PO1*1*3'));
    expect(other.body).toMatchObject({ status: 'parked', isNew: true, orders: [], acknowledgements: [] });
    expect(other.body.faults).toMatchObject([
      { field: 'ISA-13', code: 'control-number-used', detail: expect.stringContaining(first.body.id) },
    ]);
    // The same order under another number of an interchange is the same order.
    const { body } = await send(text.replaceAll(String(number), String(number + 1)).replace(`SE-${number + 1}`, `SE-${number}`));
    number += 1;
    expect(body.orders).toMatchObject([{ status: 'parked', faults: [{ code: 'order-already-exists' }] }]);
    const { rows } = await suite.database.query('SELECT count(*)::int AS orders FROM orders WHERE external_reference = $1', [
      `SE-${number - 1}`,
    ]);
    expect(rows).toEqual([{ orders: 1 }]);
    expect((await tasks('order-document')).map(({ title }) => title)).toEqual(
      expect.arrayContaining([expect.stringContaining(`ISA-13 000000${number - 1} of ZZ:SWELBTAL is ${first.body.id} already`)]),
    );
  });

  it('O1, O2: of several sets what can be read becomes orders, and the rest tasks with segment and element, and a 997 that says so', async () => {
    const text = interchange((one) => {
      const set = one.slice(one.indexOf('ST*'), one.indexOf('GE*'));
      const as = (control: string, change: (segments: string) => string) =>
        change(set.replaceAll('0001~', `${control}~`).replace('SE-', `SE-${control}-`));
      const sets = [
        set,
        as('0002', (other) => other.replace('PO1*1*2*EA', 'PO1*1*2*CA')),
        as('0003', (other) =>
          other.replace('DESK-SIT-STAND', 'GHOST').replace('279.00', '280.00').replace('CUR*BY*EUR', 'CUR*BY*USD'),
        ),
        as('0004', (other) => other.replace('Am Wasserturm 1', 'Elsewhere 7').replace('615.00', '615.001')),
      ];
      return one.replace(set, sets.join('')).replace('GE*1*', 'GE*4*');
    });
    const { body } = await send(text);
    expect(body.orders.map((order: { status: string }) => order.status)).toEqual(['ordered', 'parked', 'parked', 'parked']);
    const faults = body.orders.map((order: { faults: { line: number; field: string; code: string }[] }) =>
      order.faults.map(({ line, field, code }) => `${line} ${field} ${code}`),
    );
    expect(faults).toEqual([
      [],
      ['11 PO1-03 invalid-code'],
      ['null CUR-02 currency', '11 PO1-09 unknown-sku', '13 PO1-09 no-price'],
      ['8 N1 unknown-address', '11 PO1-04 price'],
    ]);
    const [acknowledged] = await documents(body.id, 1);
    expect(acknowledged!.segments.join('~')).toBe(
      `AK1*PO*${number}~AK2*850*0001~AK5*A~AK2*850*0002~AK3*PO1*11**8~AK4*3**7*CA~AK5*R*5~AK2*850*0003~AK5*A~AK2*850*0004~AK5*A~AK9*P*4*4*3`,
    );
    const documentIds = body.orders.slice(1).map((order: { documentId: string }) => order.documentId);
    const opened = (await tasks('order-document')).map(({ details }) => (details as { documentId: string }).documentId);
    expect(opened).toEqual(expect.arrayContaining(documentIds));
  });

  it('O1: what no partner sent to us is parked, is taken once it is set up, and no key sends for another customer', async () => {
    const codes = async (text: string) => {
      const { body } = await send(text);
      expect([body.status, body.orders, body.acknowledgements]).toEqual(['parked', [], []]);
      return body.faults.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`);
    };
    expect(await codes('hello')).toEqual(['ISA envelope']);
    expect(await codes(interchange((text) => text.replace('*KONTORELBE     *', '*SOMEBODYELSE   *')))).toEqual([
      'ISA-08 other-receiver',
    ]);
    expect(await codes(interchange((text) => text.replace('*P*>', '*T*>')))).toEqual(['ISA-15 usage']);
    expect(await codes(interchange((text) => text.replace('GS*PO*SWELBTAL', 'GS*PO*OTHER')))).toEqual(['GS-02 unknown-sender']);
    expect(await codes(interchange((text) => text.replace(/IEA.*\n/, '')))).toEqual(['IEA envelope']);
    const stranger = interchange((text) =>
      text
        .replaceAll('SWELBTAL', 'ALMATRAD')
        .replace(/N1\*ST[\s\S]*?01067\*DE~\n/, '')
        .replace('SE*16', 'SE*13'),
    );
    expect(await codes(stranger)).toEqual(['ISA-06 unknown-sender']);
    expect(await codes(stranger)).toEqual(['ISA-06 unknown-sender']);
    const details = { ...partner, interchangeId: 'ALMATRAD', groupId: 'ALMATRAD', documents: [] };
    expect((await api.put('/v1/edi/partners/ALMA', 'sales', details)).status).toBe(201);
    expect((await send(stranger)).body).toMatchObject({ status: 'taken', customerId: 'ALMA', orders: [{ status: 'ordered' }] });

    const { key } = (await api.post('/v1/api-keys', 'admin', { name: 'alma', roles: ['customer'], customerId: 'ALMA' })).body;
    expect((await send(interchange(), key)).status).toBe(403);
    expect((await send(stranger, key)).body).toMatchObject({ isNew: false });
    const { body } = await api.get('/v1/edi/outbound', key);
    expect(new Set(body.items.map(({ customerId }: { customerId: string }) => customerId))).toEqual(new Set(['ALMA']));
    const { body: ours } = await api.get('/v1/edi/outbound?customerId=SWELBTAL', 'sales');
    for (const path of ['content', 'collected']) {
      const method = path === 'content' ? 'GET' : 'POST';
      expect((await api.ask(method, `/v1/edi/outbound/${ours.items[0].id}/${path}`, { as: key })).status).toBe(404);
    }
    expect((await send(interchange(), 'warehouse')).status).toBe(403);
  });

  it('O1: a partner is held against the others and against what an 810 can say, with every fault at its field', async () => {
    expect((await api.put('/v1/edi/partners/NOBODY', 'sales', partner)).status).toBe(404);
    const taken = await api.put('/v1/edi/partners/ALMA', 'sales', partner);
    expect([taken.status, taken.body.errors]).toMatchObject([422, [{ path: '/interchangeId', code: 'taken' }]]);
    const bad = await api.put('/v1/edi/partners/ALMA', 'sales', {
      ...partner,
      qualifier: 'zz',
      groupId: 'A*B',
      documents: ['850'],
    });
    expect(bad.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['/documents/0', '/groupId', '/qualifier']);
    await addCustomer(suite.database, 'GULF', { currency: 'KWD' });
    const gulf = await api.put('/v1/edi/partners/GULF', 'sales', { ...partner, interchangeId: 'GULF' });
    expect(gulf.body.errors).toMatchObject([{ path: '/customerId', code: 'currency' }]);
  });

  it('O1: an order that ends is told line by line; a 997 that rejects or that never comes is a task', async () => {
    const orderId = await ordered(interchange());
    await becomes(suite, orderId, 'in-fulfilment');
    await documents(orderId, 1);
    await ask(suite, orderId, cancelOrder, { reason: 'no longer wanted', actor: tester });
    const [accepted, cancelled] = await documents(orderId, 2);
    expect(cancelled!.segments.filter((segment) => /^(BAK|ACK)/.test(segment))).toEqual([
      expect.stringMatching(new RegExp(`^BAK\\*04\\*RD\\*SE-${number}\\*20991231\\*{4}${orderId}\\*\\d{8}$`)),
      'ACK*IR*2*EA',
      'ACK*IR*4*EA',
    ]);
    const standing = async () => (await documents(orderId, 2)).map(({ status }) => status);
    await answer('PR', accepted!.controlNumber, 'A');
    await answer('PR', cancelled!.controlNumber, 'R');
    expect(await standing()).toEqual(['accepted', 'rejected']);
    await answer('IN', 99_999, 'A');
    const titles = (await tasks('edi-document')).map(({ title }) => title);
    expect(titles).toEqual([`SWELBTAL rejects our 855 of ${orderId}`, 'SWELBTAL answers IN 99999, which we never sent']);

    const late = await ordered(interchange());
    const [waits] = await documents(late, 1);
    const before = (await tasks('edi-document')).length;
    await suite.advanceTo(new Date(Date.parse(await suite.now()) + 25 * 3_600_000).toISOString());
    const missed = (await tasks('edi-document')).slice(before).map(({ title }) => title);
    expect(missed).toContain(`SWELBTAL has not picked up our 855 of ${late}`);
    await answer('PR', waits!.controlNumber, 'A');
    expect((await tasks('edi-document')).map(({ title }) => title)).not.toContain(
      `SWELBTAL has not picked up our 855 of ${late}`,
    );
  });

  it('O1: an interchange comes by mail from an address of the partner alone, and its documents go by mail', async () => {
    await api.put('/v1/edi/partners/SWELBTAL', 'sales', { ...partner, mailTo: 'edi@elbtal.example' });
    let sent = 0;
    const mail = (text: string, sender: string) => {
      sent += 1;
      return Buffer.from(
        `From: ${sender}\r\nMessage-ID: <edi-${sent}@x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n` +
          `Content-Type: application/octet-stream; name="po.850"\r\nContent-Disposition: attachment; filename="po.850"\r\n` +
          `Content-Transfer-Encoding: base64\r\n\r\n${Buffer.from(text).toString('base64')}\r\n--x--\r\n`,
      );
    };
    const good = interchange();
    const mails = [
      mail(interchange(), 'mallory@nowhere.example'),
      mail(good, 'edi@elbtal.example'),
      mail(good, 'Edi@Elbtal.example'),
    ];
    expect((await readOrderMail(mails[1]!)).interchange).toBeDefined();
    await pollOrdersMailbox({
      database: suite.database,
      ordersMailbox: {
        async takeUnseen(take) {
          for (const raw of mails) await take({ raw, isTooLong: false });
          return [];
        },
      },
    });
    const { rows } = await suite.database.query("SELECT result FROM jobs WHERE name = 'orders-mailbox'");
    expect(rows).toMatchObject([{ result: { ordered: 1, parked: 1, known: 1 } }]);
    const [, parked] = (await api.get('/v1/edi/interchanges', 'sales')).body.items;
    expect(parked).toMatchObject({ status: 'parked', faults: [{ field: 'sender', code: 'unknown-sender' }] });
    suite.delivery.deliverSoon();
    const found = await eventually(async () => {
      const all = suite.mails.filter((letter) => letter.to === 'edi@elbtal.example');
      return all.length >= 2 && all;
    });
    expect(found.map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^EDI 997 \d{9}$/),
      expect.stringMatching(/^EDI 855 \d{9}$/),
    ]);
    const [{ attachments }] = found as [(typeof found)[number]];
    expect(attachments).toMatchObject([
      { contentType: 'application/edi-x12', filename: expect.stringMatching(/^997-\d{9}\.edi$/) },
    ]);
    expect(readInterchange(Buffer.from(attachments[0]!.content).toString()).faults).toEqual([]);
    // X8: written and not mailed yet, it goes out again when Temporal is lost; what is picked up has nothing to go out.
    const dueAgain = () =>
      suite.database
        .transaction(async (tx) => {
          await tx.query(
            "UPDATE edi_documents SET status = 'waiting' WHERE id IN (SELECT id FROM edi_documents ORDER BY id DESC LIMIT 1)",
          );
          throw { messages: await deliverUnfinishedAgain(tx) };
        })
        .catch((thrown: { messages: number }) => thrown.messages);
    expect(await dueAgain()).toBeGreaterThan(0);
    await api.put('/v1/edi/partners/SWELBTAL', 'sales', partner);
    expect(await dueAgain()).toBe(0);
  });

  it('O1, O2: bytes changed at random are a whole order or a task that says why, never an error, and numbers have no gap', async () => {
    const sample = Buffer.from(interchange());
    const change = fc.record({ at: fc.nat(sample.length - 1), to: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const raw = new Uint8Array(sample);
        for (const { at, to: byte } of changes) raw[at] = byte;
        const { status, body } = await api.ask('POST', '/v1/edi/interchanges', {
          as: 'sales',
          raw,
          headers: { 'Content-Type': 'application/edi-x12' },
        });
        expect(status).toBe(201);
        expect(body.orders.length + body.faults.length + body.acknowledgements.length).toBeGreaterThan(0);
        for (const order of body.orders) expect(order.faults.length > 0).toBe(order.status === 'parked');
      }),
      { numRuns: 60 },
    );
    const { rows } = await suite.database.query(
      `SELECT o.id FROM orders o WHERE channel = 'edi' AND (SELECT count(*) FROM order_lines l WHERE l.order_id = o.id) <> 2`,
    );
    expect(rows).toEqual([]);
    await eventually(async () => (await api.get('/v1/edi/outbound?status=queued', 'sales')).body.items.length === 0);
    const { rows: gaps } = await suite.database.query(
      `SELECT p.customer_id, p.last_control_number, count(d.*)::int FROM trading_partners p JOIN edi_documents d USING (customer_id)
       GROUP BY 1 HAVING count(d.*) <> p.last_control_number OR max(d.control_number) <> p.last_control_number`,
    );
    expect(gaps).toEqual([]);
    await checkInvariants(suite.database);
  });
});
