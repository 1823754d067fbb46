import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { taskQueue } from '../../domain/ids.ts';
import { createImapMailbox } from '../../ports/adapters/imap.ts';
import { addCustomer, addProduct, addStock, becomes, setUpCompany } from '../company.ts';
import { type ImapServer, startImapServer, whyNoImapServer } from '../imap-server.ts';
import { checkInvariants } from '../invariants.ts';
import { type Suite, startSuite } from '../suite.ts';

/* The orders' mailbox on a real IMAP server, read by the real worker. */
const whyNot = await whyNoImapServer();
if (whyNot) console.error(`\nSKIPPED: the orders' mailbox is not tested, because ${whyNot}\n`);

let sent = 0;
function mail(body: string, from = 'alma@customer.example'): Buffer {
  sent += 1;
  const head = [`From: ${from}`, 'To: orders@us.example', `Subject: Order ${sent}`, `Message-ID: <${sent}@customer.example>`];
  return Buffer.from(`${head.join('\r\n')}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${body}\r\n`);
}

describe.skipIf(whyNot !== undefined)(`the orders' mailbox${whyNot ? ` (${whyNot})` : ''}`, () => {
  let server: ImapServer;
  let suite: Suite;
  beforeAll(async () => {
    server = await startImapServer();
    suite = await startSuite({ dependencies: { ordersMailbox: createImapMailbox(server.url) } });
    await setUpCompany(suite.database);
    await addCustomer(suite.database, 'ALMA', { limitMinor: 10_000_000 });
    await addProduct(suite.database, 'CHAIR', 10_000);
    await addStock(suite, 'CHAIR', 500, 4_000);
  });
  afterAll(async () => {
    await suite?.stop();
    await server?.stop();
  });

  /** One look, as the schedule starts it. */
  const look = () => suite.client.workflow.execute('jobsWorkflow', { workflowId: randomUUID(), taskQueue });
  const job = async () => {
    const { rows } = await suite.database.query("SELECT outcome, result, problem FROM jobs WHERE name = 'orders-mailbox'");
    return rows[0];
  };
  const documents = async () => {
    const { rows } = await suite.database.query<{ subject: string; status: string; orderId: string | null; faults: object[] }>(
      'SELECT subject, status, order_id AS "orderId", faults FROM order_documents ORDER BY id',
    );
    return rows;
  };

  it('O1: unseen mails become orders or tasks, in their order, and are seen afterwards', async () => {
    await server.put(mail('2 x CHAIR'), mail('1 x GHOST'), mail('1 x CHAIR', 'nobody@nowhere.example'), mail('3 x CHAIR'));
    await look();
    const taken = await documents();
    expect(taken).toMatchObject([
      { subject: 'Order 1', status: 'ordered' },
      { subject: 'Order 2', status: 'parked', faults: [{ code: 'unknown-sku' }] },
      { subject: 'Order 3', status: 'parked', faults: [{ code: 'unknown-sender' }] },
      { subject: 'Order 4', status: 'ordered' },
    ]);
    expect(await job()).toEqual({ outcome: 'done', result: { ordered: 2, parked: 2, known: 0, bounced: 0 }, problem: null });
    expect(await server.count()).toEqual({ seen: 4, unseen: 0 });
    await becomes(suite, taken[0]!.orderId!, 'in-fulfilment');
    await look();
    expect(await job()).toMatchObject({ result: { ordered: 0, parked: 0, known: 0 } });
    expect(await documents()).toHaveLength(4);
  });

  it('O1, X1: a worker that is killed between commit and marking as seen leaves no second order', async () => {
    await server.put(mail('4 x CHAIR'), mail('5 x CHAIR'));
    const killed = await new Promise<{ signal: string | null; output: string }>((resolve) => {
      const { NODE_OPTIONS: _, VITEST: __, ...environment } = process.env;
      execFile(
        process.execPath,
        ['--import', 'tsx', fileURLToPath(new URL('../faults/mailbox-process.ts', import.meta.url))],
        { env: { ...environment, DATABASE_URL: suite.databaseUrl, ORDERS_IMAP_URL: server.url } },
        (error, stdout, stderr) => resolve({ signal: error?.signal ?? null, output: stdout + stderr }),
      );
    });
    expect(killed).toEqual({ signal: 'SIGKILL', output: expect.stringContaining('killed at a mail is taken, and not seen') });
    expect((await documents()).map(({ subject }) => subject).slice(4)).toEqual(['Order 5']);
    expect(await server.count()).toEqual({ seen: 4, unseen: 2 });

    await look();
    expect(await job()).toMatchObject({ outcome: 'done', result: { ordered: 1, parked: 0, known: 1 } });
    expect((await documents()).slice(4)).toMatchObject([
      { subject: 'Order 5', status: 'ordered' },
      { subject: 'Order 6', status: 'ordered' },
    ]);
    const { rows } = await suite.database.query("SELECT count(*)::int AS orders FROM orders WHERE channel = 'email'");
    expect(rows).toEqual([{ orders: 4 }]);
    expect(await server.count()).toEqual({ seen: 6, unseen: 0 });
  });

  it('O1: two looks at the same mail at once are one order', async () => {
    await server.put(mail('1 x CHAIR'));
    await Promise.all([look(), look(), look()]);
    expect((await documents()).slice(6)).toMatchObject([{ subject: 'Order 7', status: 'ordered' }]);
    expect(await job()).toMatchObject({ outcome: 'done' });
  });

  it('O1: a mail that breaks the step is parked for a person, one that is too long too, and neither holds up the next', async () => {
    const owner = openDatabase({ url: suite.databaseUrl });
    await owner.query(`CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF NEW.subject = 'Order 8' THEN RAISE EXCEPTION 'does not fit' USING ERRCODE = '22001'; END IF; RETURN NEW; END $$`);
    await owner.query('CREATE TRIGGER poison BEFORE INSERT ON order_documents FOR EACH ROW EXECUTE FUNCTION poison()');
    await server.put(mail('1 x CHAIR'), mail(`1 x CHAIR\r\n${'long '.repeat(1_100_000)}`), mail('1 x CHAIR'));
    await look();
    expect((await documents()).slice(7)).toMatchObject([
      {
        subject: '',
        status: 'parked',
        faults: [{ code: 'unreadable', detail: 'It could not be taken in: does not fit' }, { code: 'unknown-sender' }],
      },
      { subject: 'Order 9', status: 'parked', faults: [{ code: 'too-large' }] },
      { subject: 'Order 10', status: 'ordered' },
    ]);
    const { rows } = await suite.database.query("SELECT count(*)::int AS tasks FROM tasks WHERE kind = 'order-document'");
    expect(rows).toEqual([{ tasks: 4 }]);
    expect(await server.count()).toMatchObject({ unseen: 0 });

    // What may pass leaves its mail unseen and the others taken; an admin is told, and the next look takes it.
    await owner.query(`CREATE OR REPLACE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF NEW.subject = 'Order 11' THEN RAISE EXCEPTION 'disk full' USING ERRCODE = '53100'; END IF; RETURN NEW; END $$`);
    await server.put(mail('1 x CHAIR'), mail('1 x CHAIR'));
    await look();
    expect((await documents()).slice(10)).toMatchObject([{ subject: 'Order 12', status: 'ordered' }]);
    expect(await server.count()).toMatchObject({ unseen: 1 });
    expect(await job()).toMatchObject({ outcome: 'failed', problem: '1 mails are left for the next look: disk full' });
    await owner.query('DROP FUNCTION poison CASCADE');
    await owner.close();
    await look();
    expect((await documents()).slice(11)).toMatchObject([{ subject: 'Order 11', status: 'ordered' }]);
    expect(await job()).toMatchObject({ outcome: 'done' });
    await checkInvariants(suite.database);
  });

  it('O1: a wrong password or address is told without the secret', async () => {
    const wrong = server.url.replace(encodeURIComponent(server.password), 'wr0ng-secret');
    const problem = await createImapMailbox(wrong)
      .takeUnseen(async () => {})
      .catch((error: Error) => error.message);
    expect(problem).toMatch(/cannot be read: .*login/i);
    expect(problem).not.toContain('wr0ng-secret');
    for (const url of ['http://a:s3cret@host/', 'imap://host/INBOX', 'imap://a:s3cret@:x', 'nonsense']) {
      expect(() => createImapMailbox(url)).toThrow(/^ORDERS_IMAP_URL is not of the form/);
    }
    // A port without TLS is not taken for one with it.
    await expect(createImapMailbox(server.url.replace('imap:', 'imaps:')).takeUnseen(async () => {})).rejects.toThrow(
      'cannot be read',
    );
  });
});
