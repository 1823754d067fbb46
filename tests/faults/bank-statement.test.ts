import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { readBankStatement } from '../../db/queries/bank-statements.ts';
import { takeBankStatement } from '../../db/transactions/take-bank-statement.ts';
import { paymentReference } from '../../domain/invoice.ts';
import { fromMillis } from '../../domain/time.ts';
import { camt } from '../bank-file.ts';
import { addCustomer, setUpCompany, trialBalance } from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { takeOverMany } from '../many-items.ts';
import { createSuiteDatabase, eventually, takeNamespace, tester } from '../suite.ts';
import { startWorkerProcesses, type WorkerProcesses } from './worker-processes.ts';

/* A statement whose worker is killed by SIGKILL half-way through its lines. */
const lineCount = 3_000;
const unknownEach = 150;
const customerCount = 20;
const amountMinor = 1_000;
const at = fromMillis(Date.now());
const today = at.slice(0, 10);

let owner: Database;
let database: Database;
let workers: WorkerProcesses;
let drop: () => Promise<void>;

beforeAll(async () => {
  const suite = await createSuiteDatabase();
  drop = suite.drop;
  owner = openDatabase({ url: suite.url, maxConnections: 1 });
  database = openDatabase({ url: suite.url, role: 'throughline_api', maxConnections: 5 });
  await setUpCompany(database);
  // Three thousand mails are not what this is about: they wait as if their turn had not come.
  await owner.query(
    "CREATE FUNCTION hold_mail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.claimed_until = 'infinity'; RETURN NEW; END $$",
  );
  await owner.query(
    "CREATE TRIGGER hold_mail BEFORE INSERT ON outbox FOR EACH ROW WHEN (NEW.kind = 'notice') EXECUTE FUNCTION hold_mail()",
  );
  workers = await startWorkerProcesses(
    {
      DATABASE_URL: suite.url,
      SMTP_URL: inject('smtpUrl'),
      CARRIER_URL: 'http://127.0.0.1:1',
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      TEMPORAL_NAMESPACE: await takeNamespace(),
    },
    async () => {
      await database.query("UPDATE outbox SET claimed_until = NULL WHERE delivered_at IS NULL AND kind <> 'notice'");
    },
  );
});
afterAll(async () => {
  workers?.stop();
  await owner?.close();
  await database?.close();
  await drop?.();
});

describe('a bank statement whose worker dies', () => {
  it('P2, X1: no line is lost or doubled, and the statement says how far it has come', async () => {
    const customers = Array.from({ length: customerCount }, (_, index) => `PAYER-${index}`);
    for (const id of customers) await addCustomer(database, id, { limitMinor: 100_000_000 });
    const items = Array.from({ length: lineCount }, (_, index) => ({
      customerId: customers[index % customerCount]!,
      amountMinor,
    }));
    const ids = await database.transaction((tx) => takeOverMany(tx, items, { issuedOn: today, dueOn: today, at }));
    const isUnknown = (index: number) => index % unknownEach === 0;
    const entries = ids.map((id, index) => ({
      amount: '10.00',
      valueOn: today,
      reference: `BANK-${index}`,
      ...(isUnknown(index) ? { name: `Nobody ${index}` } : { structured: paymentReference(id) }),
    }));
    await database.query(
      "INSERT INTO bank_accounts (id, name, iban, currency, at) VALUES ('MAIN', 'Main', 'DE89370400440532013000', 'EUR', $1)",
      [at],
    );
    const name = 'half of the lines are posted, and nobody knows';
    await workers.arm({
      name,
      at: 'INSERT INTO payment_applications',
      about: `"${ids[lineCount / 2 + 1]}"`,
      when: 'after-commit',
    });
    const { statementId } = await database.transaction((tx) =>
      takeBankStatement(tx, {
        bankAccountId: 'MAIN',
        format: 'camt.053',
        csvMapping: null,
        reference: 'STMT-1',
        currency: 'EUR',
        openingMinor: null,
        closingMinor: null,
        lineCount,
        faults: [],
        pieces: Readable.from([Buffer.from(camt(entries))]),
        actor: tester,
        at,
        offsetMs: 0,
      }),
    );
    const died = await eventually(async () => workers.hasStruck(name) && readBankStatement(database, statementId), 30);
    expect(died).toMatchObject({ status: 'matching', readCount: lineCount, takenCount: lineCount });
    expect(died!.lines.matched).toBeGreaterThan(lineCount / 3);
    expect(died!.lines.new).toBeGreaterThan(lineCount / 3);

    const done = await eventually(async () => {
      const found = await readBankStatement(database, statementId);
      return found?.status === 'done' && found;
    }, 60);
    const unknown = lineCount / unknownEach;
    expect(done.lines).toEqual({ matched: lineCount - unknown, unmatched: unknown });
    const { rows } = await database.query(
      `SELECT (SELECT count(*) FROM payments)::int AS payments, (SELECT count(DISTINCT external_reference) FROM payments)::int AS lines,
         (SELECT count(*) FROM invoices WHERE status = 'settled')::int AS settled,
         (SELECT count(*) FROM notices WHERE kind = 'payment-received')::int AS told`,
    );
    const posted = lineCount - unknown;
    expect(rows).toEqual([{ payments: posted, lines: posted, settled: posted, told: posted }]);
    expect(await trialBalance(database)).toMatchObject({
      bank: lineCount * amountMinor,
      'unapplied-cash': -unknown * amountMinor,
      'accounts-receivable': unknown * amountMinor,
    });
    expect([workers.fired, workers.accidents]).toEqual([[name], []]);
    await checkInvariants(database);
  });
});
