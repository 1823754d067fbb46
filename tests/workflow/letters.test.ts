import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { readClock } from '../../db/statements/company.ts';
import { enqueue } from '../../db/statements/outbox.ts';
import { receivePayment } from '../../db/transactions/receive-payment.ts';
import { takeReceivableStep } from '../../db/transactions/take-receivable-step.ts';
import type { DunningPlan } from '../../domain/dunning.ts';
import { createDelivery, type DeliveryProblem } from '../../outbox/deliver.ts';
import { createSmtp } from '../../ports/adapters/smtp.ts';
import { type Email, MailRefused } from '../../ports/email.ts';
import {
  addCustomer,
  addProduct,
  address,
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
import { createSuiteDatabase, eventually, type Suite, startSuite, tester } from '../suite.ts';

/* What letters say at the moment they go out, and what becomes of messages that cannot be delivered. */

let suite: Suite;
const mails: Email[] = [];
const refusal = '550 5.1.1 no such user';
beforeAll(async () => {
  suite = await startSuite({
    dependencies: {
      email: {
        async send(email) {
          if (email.to.startsWith('refused@')) throw new MailRefused(refusal);
          mails.push(email);
        },
      },
    },
  });
  await suite.setClock(instant('2027-03-01'));
  await setUpCompany(suite.database);
  for (const id of ['PARTLY', 'REMINDED', 'ANCIENT', 'REFUSED', 'RENAMED', 'SMALL']) {
    await addCustomer(suite.database, id, { limitMinor: 1_000_000 });
  }
});
afterAll(() => suite?.stop());

const mailTo = (customerId: string, subject: RegExp) =>
  mails.filter((mail) => mail.to === `${customerId.toLowerCase()}@customer.example` && subject.test(mail.subject));

async function notice(key: string) {
  const { rows } = await suite.database.query<{ status: string; reason: string | null; facts: Record<string, unknown> }>(
    'SELECT status, status_reason AS reason, facts FROM notices WHERE key = $1',
    [key],
  );
  return rows[0];
}

async function task(key: string) {
  const { rows } = await suite.database.query('SELECT kind, role, title, details FROM tasks WHERE key = $1', [key]);
  return rows[0];
}

async function planOf(invoiceId: string): Promise<DunningPlan> {
  const { rows } = await suite.database.query<{ plan: DunningPlan }>('SELECT plan FROM invoices WHERE id = $1', [invoiceId]);
  return rows[0]!.plan;
}

/** A step of the plan now, and the customer's money before its letter can go out. */
async function stepThenMoney(customerId: string, invoiceId: string, step: string, payments: Record<string, number>[]) {
  const { at, offsetMs } = await readClock(suite.database);
  const planned = (await planOf(invoiceId)).steps.find((one) => one.step === step)!;
  await suite.database.transaction(async (tx) => {
    await takeReceivableStep(tx, { invoiceId, step: planned, at });
    for (const payment of payments) {
      const [[paid, amountMinor]] = Object.entries(payment) as [[string, number]];
      await receivePayment(tx, {
        customerId,
        method: 'bank-transfer',
        currency: 'EUR',
        amountMinor,
        valueOn: at.slice(0, 10),
        invoiceIds: paid === 'nothing' ? [] : [paid],
        actor: tester,
        at,
        offsetMs,
      });
    }
  });
  suite.delivery.deliverSoon();
}

describe('what a letter asks for', () => {
  it('P4 (regression): a dunning letter leaves out what was settled meanwhile and states what is left of the rest', async () => {
    const [settled, partPaid, whole] = [
      await openingItem(suite, 'PARTLY', 10_000, '2027-01-10', '2027-02-10'),
      await openingItem(suite, 'PARTLY', 20_000, '2027-01-11', '2027-02-11'),
      await openingItem(suite, 'PARTLY', 30_000, '2027-01-12', '2027-02-12'),
    ];
    // The last 10.00 are for nothing in particular: they stand for the oldest item that is still open.
    await stepThenMoney('PARTLY', settled!, 'dunning-1', [{ [settled!]: 10_000 }, { [partPaid!]: 5_000 }, { nothing: 1_000 }]);
    const [letter] = await eventually(async () => {
      const found = mailTo('PARTLY', /overdue/);
      return found.length > 0 && found;
    });
    expect(letter!.subject).toBe('Payment is overdue: 440.00 EUR');
    expect(letter!.text).toContain(`${partPaid} (OLD)  140.00 EUR`);
    expect(letter!.text).toContain(`${whole} (OLD)  300.00 EUR`);
    expect(letter!.text).not.toContain(settled!);
    await eventually(async () => (await notice('dunning:PARTLY:2027-03-01'))?.status === 'sent');
    // What is kept is what was sent.
    expect((await notice('dunning:PARTLY:2027-03-01'))!.facts).toMatchObject({
      level: 1,
      final: false,
      items: [
        { invoiceId: partPaid, openMinor: 14_000 },
        { invoiceId: whole, openMinor: 30_000 },
      ],
    });
    await pay(suite, 'PARTLY', 45_000, `${partPaid} ${whole}`);
  });

  it('P4: what a payment has left is not worth a letter: it leaves it, and stands where it stood', async () => {
    await suite.database.query(
      `WITH saved AS (INSERT INTO policies (name, version, body, actor, at)
         SELECT 'dunning:worth', 1, body || '{"name": "dunning:worth", "version": 1, "minimumMinor": 2000}', actor, at FROM policies WHERE name = 'dunning')
       UPDATE customers SET dunning_policy = 'worth' WHERE id = 'SMALL'`,
      [],
    );
    const [little, enough] = [
      await openingItem(suite, 'SMALL', 10_000, '2027-01-10', '2027-02-10'),
      await openingItem(suite, 'SMALL', 20_000, '2027-01-11', '2027-02-11'),
    ];
    await stepThenMoney('SMALL', little!, 'dunning-1', [{ [little!]: 8_001 }, { [enough!]: 18_000 }]);
    const [letter] = await eventually(async () => {
      const found = mailTo('SMALL', /overdue/);
      return found.length > 0 && found;
    });
    expect(letter!.text).toMatch(new RegExp(`${enough} \\(OLD\\) +20.00 EUR`));
    expect(letter!.text).not.toContain(little!);
    const { rows } = await suite.database.query(
      `SELECT id, dunning_level AS level, last_notice_on IS NULL AS "wasNone" FROM invoices WHERE customer_id = 'SMALL' ORDER BY due_on`,
      [],
    );
    expect(rows).toEqual([
      { id: little, level: 0, wasNone: true },
      { id: enough, level: 1, wasNone: false },
    ]);
    await pay(suite, 'SMALL', 3_999, `${little} ${enough}`);
  });

  it('A1 (regression): a reminder states what a part payment has left', async () => {
    const invoiceId = await openingItem(suite, 'REMINDED', 10_000, '2027-02-20', '2027-03-22');
    await stepThenMoney('REMINDED', invoiceId, 'reminder', [{ [invoiceId]: 4_000 }]);
    await eventually(async () => mailTo('REMINDED', /^Reminder/).length > 0);
    expect(mailTo('REMINDED', /^Reminder/)[0]!.text).toContain(`60.00 EUR of our invoice ${invoiceId}`);
    await pay(suite, 'REMINDED', 6_000, invoiceId);
  });

  it('I2: an invoice keeps the names and addresses of its day', async () => {
    await addProduct(suite.database, 'UNIT', 10_000, '0');
    await addStock(suite, 'UNIT', 1, 4_000);
    const orderId = await order(suite, 'RENAMED', [{ sku: 'UNIT', quantity: 1 }]);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    const [invoice] = await invoiced(suite, orderId);
    const opening = await openingItem(suite, 'RENAMED', 10_000, '2027-02-20', '2027-03-22');
    await suite.database.query("UPDATE customers SET name = 'Another', tax_id = 'DE000000000' WHERE id = 'RENAMED'");
    const { rows } = await suite.database.query('SELECT facts FROM invoices WHERE id = ANY ($1)', [[invoice!.id, opening]]);
    expect(rows).toHaveLength(2);
    for (const { facts } of rows) {
      expect(facts).toMatchObject({
        seller: { legalName: 'Throughline Supplies GmbH' },
        buyer: { name: 'Customer RENAMED', taxId: null, billingAddress: address },
      });
    }
  });
});

describe('messages that cannot be delivered', () => {
  it('X1 (regression): a mail that the server refuses for good is given to a person, with the reason', async () => {
    const invoiceId = await openingItem(suite, 'REFUSED', 10_000, '2027-01-10', '2027-02-10');
    await stepThenMoney('REFUSED', invoiceId, 'dunning-1', []);
    const key = 'dunning:REFUSED:2027-03-01';
    await eventually(async () => (await notice(key))?.status === 'bounced');
    expect((await notice(key))!.reason).toBe(refusal);
    expect(await task(`notice:${key}`)).toMatchObject({
      kind: 'parked-message',
      role: 'receivables',
      details: { noticeKey: key, recipient: 'refused@customer.example', reason: refusal },
    });
    // Temporal does not try it again either.
    await expect(suite.client.activity.getHandle(`notice:${key}`).result()).rejects.toMatchObject({
      cause: { type: 'MailRefused', nonRetryable: true },
    });
    await pay(suite, 'REFUSED', 10_000, invoiceId);
  });

  it('X1: an SMTP server may refuse a recipient for good; what concerns the sender or passes is tried again', async () => {
    const answers: Record<string, number> = { 'gone@customer.example': 550, 'full@customer.example': 452 };
    const answer = (code: number) => Object.assign(new Error('no'), { responseCode: code });
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onMailFrom: ({ address: from }, _session, done) => done(from.startsWith('unknown') ? answer(550) : null),
      onRcptTo: ({ address: to }, _session, done) => done(answers[to] ? answer(answers[to]) : null),
    });
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    const smtp = createSmtp(`smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`);
    const send = (to: string, from = 'billing@supplies.example') =>
      smtp
        .send({ messageId: '<1@x>', from, to, subject: 's', date: instant('2027-03-01'), text: 't', attachments: [] })
        .catch((problem: Error) => problem);
    expect(await send('gone@customer.example')).toEqual(new MailRefused('550 no'));
    const passing = [await send('full@customer.example'), await send('fine@customer.example', 'unknown@supplies.example')];
    smtp.close();
    await new Promise<void>((resolve) => server.close(resolve));
    for (const problem of passing) {
      expect(problem).toBeInstanceOf(Error);
      expect(problem).not.toBeInstanceOf(MailRefused);
    }
  });

  it('X1 (regression): a message that Temporal calls invalid is parked and holds up nothing', async () => {
    const invoice = { invoiceId: 'x'.repeat(2_000), customerId: 'C', grossMinor: 1, currency: 'EUR', dueOn: '2027-03-31' };
    await suite.database.transaction((tx) =>
      enqueue(tx, { kind: 'start-receivable', invoiceId: 'TOO-LONG', input: { invoice, clockOffsetMs: 0 } }),
    );
    suite.delivery.deliverSoon();
    const parked = await eventually(async () => {
      const { rows } = await suite.database.query<{ id: number; reason: string }>(
        'SELECT id, parked_reason AS reason FROM outbox WHERE parked_reason IS NOT NULL',
      );
      return rows[0];
    });
    expect(await task(`outbox:${parked.id}`)).toMatchObject({ kind: 'parked-message', role: 'admin' });
    await suite.database.query('UPDATE outbox SET delivered_at = now() WHERE id = $1', [parked.id]);
  });

  it('X1 (regression): failures are told without the payload; the 20th opens one task, and the message stays in line', async () => {
    const { url, drop } = await createSuiteDatabase();
    const database = openDatabase({ url, role: 'throughline_worker', maxConnections: 2 });
    const problems: DeliveryProblem[] = [];
    let failure: Error = new Error('a bug');
    const delivery = createDelivery({
      database,
      client: () => Promise.reject(failure),
      onProblem: (problem) => problems.push(problem),
    });
    const tryAfter = async (attempts: number) => {
      await database.query('UPDATE outbox SET attempts = $1, claimed_until = NULL', [attempts]);
      expect(await delivery.deliverPending()).toBe(1);
    };
    const tasks = async () =>
      (await database.query<{ key: string }>('SELECT key FROM tasks ORDER BY id')).rows.map(({ key }) => key);
    await database.transaction((tx) => enqueue(tx, { kind: 'notice', key: 'N' }));
    for (const attempts of [0, 1, 18]) await tryAfter(attempts);
    expect(problems).toEqual([{ outboxId: 1, key: 'notice:N', attempts: 1, problem: 'Error: a bug' }]);
    expect(await tasks()).toEqual([]);
    await tryAfter(19);
    await tryAfter(20);
    expect(problems.map(({ attempts }) => attempts)).toEqual([1, 20]);
    expect(await tasks()).toEqual(['outbox:1']);
    // Temporal is away: one task a day, however many messages wait.
    const unavailable = Object.assign(new Error(), { code: 14, details: 'no connection', metadata: {} });
    failure = new Error('Failed to start', { cause: unavailable });
    await tryAfter(21);
    await tryAfter(22);
    expect(await tasks()).toEqual(['outbox:1', expect.stringMatching(/^outbox:outage:\d{4}-\d\d-\d\d$/)]);
    const { rows } = await database.query('SELECT delivered_at, parked_reason FROM outbox');
    expect(rows).toEqual([{ delivered_at: null, parked_reason: null }]);
    await database.close();
    await drop();
  });
});

describe('an item that was long overdue when it was taken over', () => {
  it('P4 (regression): gets the letters it has missed, one a week, and goes to collections after the last', async () => {
    const invoiceId = await openingItem(suite, 'ANCIENT', 50_000, '2026-11-01', '2026-12-01');
    // The script tells the customer what is really going to happen.
    const script = await eventually(async () => {
      const contact = (await task(`${invoiceId}:overdue`)) as { details: { script: string[] } } | undefined;
      return contact?.details.script.join('\n');
    });
    expect(script).toContain('letters go out on 2027-03-02, 2027-03-09, 2027-03-16; collections begin on 2027-03-23');
    await suite.advanceTo(instant('2027-03-24'));
    const subjects = mailTo('ANCIENT', /overdue|collections/).map(({ subject }) => subject);
    expect(subjects).toEqual([
      'Payment is overdue: 500.00 EUR',
      'Second letter: payment is overdue: 500.00 EUR',
      'Final letter before collections: 500.00 EUR',
    ]);
    const { rows } = await suite.database.query(
      `SELECT dunning_level AS level, last_notice_on AS "lastNoticeOn", (collections_since AT TIME ZONE 'Europe/Berlin')::date AS "since"
       FROM invoices WHERE id = $1`,
      [invoiceId],
    );
    expect(rows).toEqual([{ level: 3, lastNoticeOn: '2027-03-16', since: '2027-03-23' }]);
  });
});
