import pg from 'pg';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { pollOrdersMailbox } from '../../activities/orders-mailbox.ts';
import { createInvoiceLink } from '../../db/statements/invoice-links.ts';
import { readBounce } from '../../documents/bounce.ts';
import { type Email, MailRefused } from '../../ports/email.ts';
import {
  addCustomer,
  addProduct,
  address,
  addStock,
  invoiced,
  order,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/* How an invoice reaches its customer: the link in the mail, sent again, and what becomes of a mail that comes back. */
let suite: Suite;
let api: Api;
const mails: Email[] = [];
const publicUrl = 'https://o2c.example';
const refusal = '550 5.1.1 no such user';
let isServerOfOttilieAway = true;
let triesForOttilie = 0;

beforeAll(async () => {
  const send = async (email: Email) => {
    if (email.to.startsWith('refused@')) throw new MailRefused(refusal);
    if (email.to.startsWith('ottilie@') && isServerOfOttilieAway) {
      triesForOttilie += 1;
      throw new Error(`no server answers for ${email.to}`);
    }
    mails.push(email);
  };
  suite = await startSuite({ dependencies: { email: { send }, publicUrl } });
  await setUpCompany(suite.database);
  api = await startApi(suite);
  for (const id of ['ALMA', 'REFUSED']) await addCustomer(suite.database, id, { limitMinor: 10_000_000 });
  await suite.database.query(
    `UPDATE customers SET contacts = '[{"name": "Bo", "email": "Bo@customer.example"}]' WHERE id = 'ALMA'`,
  );
  await addProduct(suite.database, 'CHAIR', 10_000);
  await addStock(suite, 'CHAIR', 100, 4_000);
});
afterAll(async () => {
  await checkInvariants(suite.database);
  await api?.stop();
  await suite?.stop();
});

async function invoice(customerId = 'ALMA'): Promise<string> {
  const orderId = await order(suite, customerId, [{ sku: 'CHAIR', quantity: 1 }]);
  const [shipmentId] = await shipmentsInWork(suite, orderId);
  await pickAndPack(suite, orderId, shipmentId!);
  return (await invoiced(suite, orderId))[0]!.id;
}

const mailsAbout = (invoiceId: string, count = 1) =>
  eventually(async () => {
    const found = mails.filter(({ subject }) => subject.startsWith(`Invoice ${invoiceId}`));
    return found.length === count && found;
  });
/** The mail leads to a page, which asks this address. */
const linkIn = ({ text }: Email) =>
  `/v1/public/invoices/${/https:\/\/o2c\.example\/portal\/linked-invoice\/([\w-]{43})$/m.exec(text)![1]!}`;
const anybody = (path: string) => api.ask('GET', path);
const actions = async (invoiceId: string) =>
  (await api.get(`/v1/invoices/${invoiceId}/timeline`, 'finance')).body.items.map(({ action }: { action: string }) => action);
const noticeOf = async (key: string) =>
  (await suite.database.query('SELECT status, status_reason AS reason FROM notices WHERE key = $1', [key])).rows[0];
const tasksOf = async (key: string) =>
  (await suite.database.query('SELECT role, title, details FROM tasks WHERE key = $1', [`notice:${key}`])).rows;

describe('the link in the mail', () => {
  it('I3, O5: opens its one invoice without a key; the first look stands on the timeline, once', async () => {
    const [id, other] = [await invoice(), await invoice()];
    const [mail] = await mailsAbout(id);
    const path = linkIn(mail!);
    const looked = await Promise.all([anybody(path), anybody(path), anybody(`${path}/pdf`)]);
    expect(looked.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(looked[0]!.body).toMatchObject({ id, grossMinor: 12_000, openMinor: 12_000, status: 'open' });
    expect(looked[2]!.body).toEqual(Buffer.from(mail!.attachments[0]!.content));
    expect(await anybody(`${path}/ubl`)).toMatchObject({ status: 422 });
    expect((await actions(id)).filter((action: string) => action === 'invoice-viewed')).toHaveLength(1);
    expect(await actions(other)).not.toContain('invoice-viewed');

    // The token opens nothing else, and is nowhere in the database.
    const token = path.split('/').at(-1)!;
    for (const as of [token, `tl_${token}`]) expect((await api.get(`/v1/invoices/${id}`, as)).status).toBe(401);
    const { rows } = await suite.database.query(
      `SELECT 1 FROM invoice_links WHERE invoice_links::text LIKE '%' || $1 || '%'
       UNION ALL SELECT 1 FROM notices WHERE notices::text LIKE '%' || $1 || '%'
       UNION ALL SELECT 1 FROM audit_log WHERE audit_log::text LIKE '%' || $1 || '%'`,
      [token],
    );
    expect(rows).toEqual([]);
  });

  it('I3: a wrong, an expired and a revoked link are the same 404', async () => {
    const [revoked, expired] = [await invoice(), await invoice()];
    const [path, old] = [linkIn((await mailsAbout(revoked))[0]!), linkIn((await mailsAbout(expired))[0]!)];
    const reason = { reason: 'forwarded to the press' };
    expect(await api.post(`/v1/invoices/${revoked}/links/revoke`, 'sales', reason)).toMatchObject({ status: 403 });
    expect(await api.post(`/v1/invoices/${revoked}/links/revoke`, 'receivables', reason)).toMatchObject({
      status: 200,
      body: { revoked: 1 },
    });
    // The same mail, tried again, brings it not back.
    const notice = { noticeKey: `${revoked}:invoice`, invoiceId: revoked, at: new Date().toISOString() };
    const again = `/v1/public/invoices/${await createInvoiceLink(suite.database, notice)}`;
    await suite.database.query('UPDATE invoice_links SET expires_at = at WHERE invoice_id = $1', [expired]);
    const wrong = [`${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`, '/v1/public/invoices/short', path, old, again];
    for (const link of wrong.flatMap((one) => [one, `${one}/pdf`, `${one}/ubl`])) {
      expect(await anybody(link)).toMatchObject({ status: 404, body: { type: '/problems/unknown-link' } });
    }
    expect((await api.post('/v1/invoices/INV-1900-000001/links/revoke', 'receivables', reason)).status).toBe(404);
    expect(await actions(revoked)).not.toContain('invoice-viewed');
  });

  it('I3: no log keeps what opens an invoice, neither of a look nor of a bug', async () => {
    const token = 'x'.repeat(43);
    const written: string[] = [];
    const logger = pino({ level: 'debug' }, { write: (line: string) => void written.push(line) });
    const loggedApi = await startApi(suite, { logger });
    await loggedApi.ask('GET', `/v1/public/invoices/${token}/pdf?again=1`);
    await loggedApi.ask('GET', `/portal/linked-invoice/${token}`);
    await loggedApi.stop();
    const broken = { ...suite.database, transaction: () => Promise.reject(new Error('broken')) };
    const brokenApi = await startApi({ ...suite, database: broken }, { logger });
    expect((await brokenApi.ask('GET', `/v1/public/invoices/${token}`)).status).toBe(500);
    await brokenApi.stop();
    expect(written.filter((line) => line.includes('/v1/public/invoices/{token}'))).toHaveLength(3);
    expect(written.join('')).not.toContain(token);
  });

  it('I3: guessing is slowed down by address', async () => {
    const slowApi = await startApi(suite);
    const answers = await Promise.all(Array.from({ length: 130 }, () => slowApi.ask('GET', '/v1/public/invoices/guess')));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(10);
    await slowApi.stop();
  });
});

describe('sent again', () => {
  it('I3: the same document goes out under a key of its own, once per request, to addresses on file only', async () => {
    const id = await invoice();
    const [first] = await mailsAbout(id);
    const headers = { 'Idempotency-Key': `resend-${id}` };
    const path = `/v1/invoices/${id}/resend`;
    const sent = await api.post(path, 'receivables', {}, headers);
    expect(sent).toMatchObject({ status: 202, body: { noticeKey: `${id}:invoice:2`, recipient: 'alma@customer.example' } });
    expect((await api.post(path, 'receivables', {}, headers)).body).toEqual(sent.body);
    const second = (await mailsAbout(id, 2))[1]!;
    expect(second.attachments).toEqual(first!.attachments);
    expect(second.messageId).not.toBe(first!.messageId);
    expect((await anybody(linkIn(second))).body.id).toBe(id);

    const both = await Promise.all([1, 2].map(() => api.post(path, 'sales', { to: 'bo@customer.example' })));
    expect(both.map(({ body }) => String(body.noticeKey)).toSorted()).toEqual([`${id}:invoice:3`, `${id}:invoice:4`]);
    expect((await mailsAbout(id, 4)).slice(2).map(({ to }) => to)).toEqual(['Bo@customer.example', 'Bo@customer.example']);
    expect(await api.post(path, 'sales', { to: 'thief@elsewhere.example' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/to', code: 'unknown-address' }] },
    });
    expect((await api.post(path, 'warehouse', {})).status).toBe(403);
    expect((await api.post('/v1/invoices/INV-1900-000001/resend', 'sales', {})).status).toBe(404);
    expect((await actions(id)).filter((action: string) => action === 'invoice-resent')).toHaveLength(3);
  });
});

/** As mail servers write them. */
function report(messageId: string, action = 'failed'): Buffer {
  return Buffer.from(
    [
      'From: MAILER-DAEMON@mx.example',
      'To: billing@supplies.example',
      'Subject: Undelivered Mail Returned to Sender',
      `Message-ID: <${Math.random()}@mx.example>`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain; charset=us-ascii',
      '',
      'I am sorry. 3 x CHAIR is no order.',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example',
      '',
      'Final-Recipient: rfc822; alma@customer.example',
      `Action: ${action}`,
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 <alma@customer.example>: Recipient address',
      '    rejected: User unknown',
      '',
      '--b',
      'Content-Type: message/rfc822',
      '',
      'From: billing@supplies.example',
      `Message-ID: ${messageId}`,
      'Subject: Invoice',
      '',
      'Dear Alma',
      'Message-ID: <forged@example>',
      '--b--',
      '',
    ].join('\r\n'),
  );
}

describe('a mail that comes back', () => {
  const read = (...raws: Buffer[]) =>
    pollOrdersMailbox({
      database: suite.database,
      ordersMailbox: {
        async takeUnseen(take) {
          for (const raw of raws) await take({ raw, isTooLong: false });
          return [];
        },
      },
    });
  const job = async () => (await suite.database.query("SELECT result, problem FROM jobs WHERE name = 'orders-mailbox'")).rows[0];

  it('I3: is matched by its Message-ID, and becomes one task for receivables with address and reason', async () => {
    const id = await invoice();
    const [mail] = await mailsAbout(id);
    await eventually(async () => (await noticeOf(`${id}:invoice`))?.status === 'sent');
    await read(report(mail!.messageId), report(mail!.messageId));
    expect(await job()).toMatchObject({ result: { ordered: 0, parked: 0, known: 1, bounced: 1 } });
    const reason = '550 5.1.1 <alma@customer.example>: Recipient address rejected: User unknown';
    expect(await noticeOf(`${id}:invoice`)).toEqual({ status: 'bounced', reason });
    expect(await tasksOf(`${id}:invoice`)).toMatchObject([
      { role: 'receivables', details: { recipient: 'alma@customer.example', reason } },
    ]);
    expect((await actions(id)).filter((action: string) => action === 'notice-bounced')).toHaveLength(1);
  });

  it('I3: one that is only late changes nothing of ours, and a bounce of somebody else’s mail waits for a person', async () => {
    const id = await invoice();
    const [mail] = await mailsAbout(id);
    await eventually(async () => (await noticeOf(`${id}:invoice`))?.status === 'sent');
    await read(report(mail!.messageId, 'delayed'), report('<stranger@elsewhere.example>'));
    expect(await noticeOf(`${id}:invoice`)).toMatchObject({ status: 'sent' });
    const { rows } = await suite.database.query("SELECT status FROM order_documents WHERE sender = 'mailer-daemon@mx.example'");
    expect(rows).toEqual([{ status: 'parked' }, { status: 'parked' }]);
    expect(await readBounce(Buffer.from('From: a@b.example\r\n\r\n1 x CHAIR'))).toBeUndefined();
    expect(await readBounce(Buffer.from('Content-Type: multipart/report; boundary=b\r\n\r\n--b--'))).toBeUndefined();
  });

  it('I3: so is one that the server refuses for good as it is sent, without another try', async () => {
    const id = await invoice('REFUSED');
    const key = `${id}:invoice`;
    await eventually(async () => (await noticeOf(key))?.status === 'bounced');
    expect(await noticeOf(key)).toEqual({ status: 'bounced', reason: refusal });
    expect(await tasksOf(key)).toMatchObject([{ role: 'receivables', details: { recipient: 'refused@customer.example' } }]);
    expect(await actions(id)).toContain('notice-bounced');
  });
});

describe('what the engine keeps', () => {
  it('X3, X8: nobody reads a person in Temporal’s databases, neither in orders, decisions nor failures; an administrator does', async () => {
    const person = { name: 'Ottilie Quietwater', email: 'ottilie@quietwater.example', street: '77 Unlisted Lane' };
    await addCustomer(suite.database, 'QUIET', { limitMinor: 10_000_000 });
    await suite.database.query("UPDATE customers SET name = $1, email = $2 WHERE id = 'QUIET'", [person.name, person.email]);
    const line = [{ sku: 'CHAIR', quantity: 1 }];
    const shipTo = { ...address, name: person.name, street: person.street };
    const orderId = await order(suite, 'QUIET', line, { shipTo });
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    await invoiced(suite, orderId);
    const cancelled = await order(suite, 'QUIET', line, { shipTo });
    await shipmentsInWork(suite, cancelled);
    const reason = `${person.name} of ${person.street} called`;
    expect((await api.post(`/v1/orders/${cancelled}/cancel`, 'sales', { reason })).status).toBe(200);
    // The engine has what the first one threw when it makes the second.
    await eventually(async () => triesForOttilie > 1);

    const persons = [...Object.values(person), 'no server answers'];
    const kept = await keptByEngine([...persons, orderId, 'QUIET']);
    // What is not encrypted is found by the same search, and tells nobody who it is.
    expect(kept.get(orderId)).toContain('temporal.executions.workflow_id');
    expect(kept.get('QUIET')).toContain('temporal_visibility.executions_visibility.search_attributes');
    expect([...kept.keys()].toSorted()).toEqual([orderId, 'QUIET'].toSorted());
    isServerOfOttilieAway = false;

    const { events } = await suite.client.workflow.getHandle(cancelled).fetchHistory();
    const update = events!.find((event) => event.workflowExecutionUpdateAcceptedEventAttributes);
    const sent = update!.workflowExecutionUpdateAcceptedEventAttributes!.acceptedRequest!.input!.args!.payloads!;
    const payloads = sent.map(({ metadata, data }) => ({
      metadata: Object.fromEntries(Object.entries(metadata!).map(([key, value]) => [key, Buffer.from(value).toString('base64')])),
      data: Buffer.from(data!).toString('base64'),
    }));
    const decoded = (await api.post('/v1/payloads/decode', 'admin', { payloads })).body;
    expect(Buffer.from(decoded.payloads[0].data, 'base64').toString()).toContain(reason);
    const encoded = (await api.post('/v1/payloads/encode', 'admin', decoded)).body;
    expect(encoded.payloads[0].data).not.toContain(decoded.payloads[0].data);
    expect((await api.post('/v1/payloads/decode', 'admin', encoded)).body).toEqual(decoded);
    const [payload] = payloads;
    const changed = { ...payload!, data: `AAAA${payload!.data.slice(4)}` };
    expect(await api.post('/v1/payloads/decode', 'admin', { payloads: [changed] })).toMatchObject({
      status: 422,
      body: { type: '/problems/unreadable-payload' },
    });
  });
});

/** In which columns of the engine's two databases each text stands as it is; one that stands nowhere is left out. */
async function keptByEngine(texts: string[]): Promise<Map<string, string[]>> {
  const kept = new Map<string, string[]>();
  for (const name of ['temporal', 'temporal_visibility']) {
    const url = new URL(inject('adminDatabaseUrl'));
    url.pathname = `/${name}`;
    const engine = new pg.Client({ connectionString: url.href });
    await engine.connect();
    const { rows: columns } = await engine.query<{ table: string; column: string; isBytes: boolean }>(
      `SELECT table_name AS table, column_name AS column, data_type = 'bytea' AS "isBytes" FROM information_schema.columns
       WHERE table_schema = 'public'`,
    );
    for (const { table, column, isBytes } of columns) {
      const holds = isBytes ? `position(convert_to(text, 'UTF8') IN "${column}") > 0` : `position(text IN "${column}"::text) > 0`;
      const { rows } = await engine.query<{ text: string }>(
        `SELECT text FROM unnest($1::text[]) AS text WHERE EXISTS (SELECT 1 FROM "${table}" WHERE ${holds})`,
        [texts],
      );
      for (const { text } of rows) kept.set(text, [...(kept.get(text) ?? []), `${name}.${table}.${column}`]);
    }
    await engine.end();
  }
  return kept;
}
