import { missingRate } from '../../domain/exchange.ts';
import { openingCredit } from '../../domain/ledger.ts';
import { formatMoney, sumMinor } from '../../domain/money.ts';
import { compareDates, type IsoDate, localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { recordAll } from './audit.ts';
import { type Company, readCompany } from './company.ts';
import { wakeWaitingOrders } from './credit.ts';
import { type AssignedPolicy, assignedPolicies } from './dunning-policies.ts';
import { currenciesWithoutRate } from './exchange-rates.ts';
import { nextInvoiceNumbers, type Parties } from './invoices.ts';
import { book } from './ledger.ts';
import { insertOpeningItem, type TakeOver } from './open-items.ts';
import { enqueue, type OutboxMessage } from './outbox.ts';
import { chunksByKey, type ImportLine, type ImportRun, type LineFault, withoutRepeats } from './upsert.ts';

export interface OpenItemValues {
  /** 'invoice': the customer owes it; 'credit': money of the customer's that pays nothing yet. */
  kind: 'invoice' | 'credit';
  customerId: string;
  /** The number in the system before this one: once per customer. */
  reference: string;
  issuedOn: IsoDate;
  dueOn?: IsoDate | undefined;
  currency: string;
  grossMinor: number;
  openMinor: number;
}

interface Known extends Pick<OpenItemValues, 'customerId' | 'reference' | 'kind' | 'issuedOn' | 'dueOn'> {
  openMinor: number;
}

type Customer = Parties['buyer'] & { currency: string };

// Two customers may have had the same number with whom they came from.
const keyOf = ({ customerId, reference }: { customerId: string; reference: string }): string => `${customerId} ${reference}`;

/**
 * Takes over open invoices and credit balances from the system before this one (X9), once per customer and number there: each
 * invoice is a debit item with a plan and a workflow of its own, each credit waits as unapplied cash. The same line again changes
 * nothing; another amount or date under the same number is a fault.
 */
export async function importOpenItems(
  tx: Transaction,
  run: ImportRun,
  all: ImportLine<OpenItemValues>[],
  offsetMs: number,
): Promise<void> {
  const company = await readCompany(tx);
  const { timeZone } = company;
  const today = localDate(run.at, timeZone);
  const unrepeated = withoutRepeats(run, all, keyOf, 'reference');
  const customerIds = [...new Set(unrepeated.map(({ values }) => values.customerId))];
  const currencies = [...new Set(unrepeated.map(({ values }) => values.currency))];
  const [customers, policies, lacking] = await Promise.all([
    readCustomers(tx, customerIds),
    assignedPolicies(tx, customerIds),
    currenciesWithoutRate(tx, currencies, today),
  ]);
  const lines = unrepeated.filter(({ line, values }) => {
    const faults = faultsOf(values, customers.get(values.customerId), { today, lacking });
    run.faults.push(...faults.map((fault) => ({ line, ...fault })));
    return faults.length === 0;
  });
  // All accounts before the first number is taken, as everywhere; it keeps out whoever takes over the same item by hand.
  if (!run.dryRun) await lockAccounts(tx, [...new Set(lines.map(({ values }) => values.customerId))].sort());
  for (const chunk of chunksByKey(lines, keyOf)) {
    const known = await readKnown(
      tx,
      chunk.map(({ values }) => values),
    );
    const fresh = chunk.filter(({ line, values, key }) => {
      const before = known.get(key);
      if (before === undefined) run.created += 1;
      else if (isSame(before, values)) run.unchanged += 1;
      else {
        const detail = `It was taken over with ${before.openMinor} open, issued ${before.issuedOn}${before.dueOn ? `, due ${before.dueOn}` : ''}.`;
        run.faults.push({ line, field: 'reference', code: 'already-taken-over', detail });
      }
      return before === undefined;
    });
    if (run.dryRun || fresh.length === 0) continue;
    const takeOver = { timeZone, today, at: run.at, offsetMs };
    await write(
      tx,
      run,
      fresh.map(({ values }) => values),
      { company, customers, policies, takeOver },
    );
  }
}

function faultsOf(
  values: OpenItemValues,
  customer: Customer | undefined,
  { today, lacking }: { today: IsoDate; lacking: ReadonlySet<string> },
): Omit<LineFault, 'line'>[] {
  const { kind, customerId, issuedOn, dueOn, currency, grossMinor, openMinor } = values;
  const faults: Omit<LineFault, 'line'>[] = [];
  if (!customer) faults.push({ field: 'customerId', code: 'unknown-customer', detail: `There is no customer ${customerId}.` });
  else if (customer.currency !== currency) {
    faults.push({ field: 'currency', code: 'currency', detail: `${customerId} is billed in ${customer.currency}.` });
  } else if (lacking.has(currency)) {
    faults.push({ field: 'currency', code: 'no-exchange-rate', detail: missingRate(currency, today) });
  }
  if (compareDates(issuedOn, today) > 0) {
    faults.push({ field: 'issuedOn', code: 'future-date', detail: `${issuedOn} is after today, ${today}.` });
  }
  if (kind === 'invoice' && dueOn === undefined)
    faults.push({ field: 'dueOn', code: 'required', detail: 'An invoice needs it.' });
  if (dueOn !== undefined && compareDates(dueOn, issuedOn) < 0) {
    faults.push({ field: 'dueOn', code: 'date-order', detail: 'The due date is before the issue date.' });
  }
  if (openMinor > grossMinor) faults.push({ field: 'openMinor', code: 'amount', detail: 'More is open than it came to.' });
  return faults;
}

async function readCustomers(tx: Transaction, ids: string[]): Promise<Map<string, Customer>> {
  const { rows } = await tx.query<Customer & { id: string }>(
    'SELECT id, currency, name, tax_id AS "taxId", billing_address AS "billingAddress" FROM customers WHERE id = ANY ($1)',
    [ids],
  );
  return new Map(rows.map(({ id, ...customer }) => [id, customer]));
}

async function lockAccounts(tx: Transaction, customerIds: string[]): Promise<void> {
  await tx.query(
    `INSERT INTO credit_accounts (customer_id, currency) SELECT id, currency FROM customers WHERE id = ANY ($1) ORDER BY id
     ON CONFLICT DO NOTHING`,
    [customerIds],
  );
  await tx.query('SELECT 1 FROM credit_accounts WHERE customer_id = ANY ($1) ORDER BY customer_id FOR UPDATE', [customerIds]);
}

const creditReference = (values: { customerId: string; reference: string }): string => `opening:${keyOf(values)}`;

async function readKnown(tx: Transaction, values: OpenItemValues[]): Promise<Map<string, Known>> {
  const { rows } = await tx.query<Known>(
    `SELECT 'invoice' AS kind, customer_id AS "customerId", facts ->> 'reference' AS reference, gross_minor AS "openMinor",
       issued_on AS "issuedOn", due_on AS "dueOn"
     FROM invoices WHERE kind = 'opening-item' AND customer_id = ANY ($1) AND facts ->> 'reference' = ANY ($2)
     UNION ALL
     SELECT 'credit', customer_id, remittance_text, amount_minor, value_on, NULL FROM payments
     WHERE method = 'direct-entry' AND external_reference = ANY ($3)`,
    [
      [...new Set(values.map(({ customerId }) => customerId))],
      [...new Set(values.map(({ reference }) => reference))],
      values.map(creditReference),
    ],
  );
  return new Map(rows.map((row) => [keyOf(row), row]));
}

const isSame = (before: Known, { kind, openMinor, issuedOn, dueOn }: OpenItemValues): boolean =>
  before.kind === kind &&
  before.openMinor === openMinor &&
  // A credit's own day is not kept: it counts from the day on which it was taken over.
  (kind === 'credit' || (before.issuedOn === issuedOn && before.dueOn === dueOn));

async function write(
  tx: Transaction,
  run: ImportRun,
  fresh: OpenItemValues[],
  {
    company,
    customers,
    policies,
    takeOver,
  }: {
    company: Company;
    customers: Map<string, Customer>;
    policies: Map<string, AssignedPolicy>;
    takeOver: Omit<TakeOver, keyof AssignedPolicy>;
  },
): Promise<void> {
  const invoices = fresh.filter(({ kind }) => kind === 'invoice');
  const credits = fresh.filter(({ kind }) => kind === 'credit');
  const ids = await nextInvoiceNumbers(tx, 'opening-item', Number(takeOver.today.slice(0, 4)), invoices.length);
  // Statements of one connection that do not wait for each other's answers travel together.
  const messages: OutboxMessage[] = await Promise.all(
    invoices.map(({ openMinor, ...item }, index) => {
      const { currency: _currency, ...buyer } = customers.get(item.customerId)!;
      const opening = { ...item, id: ids[index]!, amountMinor: openMinor, dueOn: item.dueOn! };
      return insertOpeningItem(tx, opening, { seller: company, buyer }, { ...takeOver, ...policies.get(item.customerId)! });
    }),
  );
  await takeOverCredits(tx, run, credits, takeOver);
  await addToAccounts(tx, fresh);
  const told = (values: OpenItemValues, id: string) =>
    `${id} (${values.reference}): ${formatMoney({ currency: values.currency, amountMinor: values.openMinor })}`;
  await recordAll(tx, { ...run, reason: run.importId }, [
    ...invoices.map((values, index) => ({
      action: 'opening-item',
      summary: `Opening item ${told(values, ids[index]!)}, due ${values.dueOn}`,
      customerId: values.customerId,
      after: { invoiceId: ids[index]!, ...values },
    })),
    ...credits.map((values) => ({
      action: 'opening-credit',
      summary: `Opening credit ${told(values, 'taken over')}`,
      customerId: values.customerId,
      after: values,
    })),
  ]);
  await enqueue(tx, ...messages);
  for (const customerId of new Set(credits.map((values) => values.customerId))) {
    await wakeWaitingOrders(tx, customerId, run.importId);
  }
}

/** Its money came to the system before this one: it is unapplied from the day of the take-over on, against the opening balance. */
async function takeOverCredits(
  tx: Transaction,
  { actor, at }: ImportRun,
  credits: OpenItemValues[],
  { today }: Pick<TakeOver, 'today'>,
): Promise<void> {
  const { rows } = await tx.query<{ paymentId: string; customerId: string; currency: string; amountMinor: number }>(
    `INSERT INTO payments (customer_id, method, currency, amount_minor, unapplied_minor, value_on, external_reference, remittance_text,
       actor, at)
     SELECT c.customer_id, 'direct-entry', c.currency, c.amount_minor, c.amount_minor, $6, c.external_reference, c.reference, $7, $8
     FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[])
       AS c (customer_id, currency, amount_minor, external_reference, reference)
     RETURNING id AS "paymentId", customer_id AS "customerId", currency, amount_minor AS "amountMinor"`,
    [
      credits.map(({ customerId }) => customerId),
      credits.map(({ currency }) => currency),
      credits.map(({ openMinor }) => openMinor),
      credits.map(creditReference),
      credits.map(({ reference }) => reference),
      today,
      actor.name,
      at,
    ],
  );
  await Promise.all(
    rows.map(({ amountMinor, ...payment }) =>
      book(
        tx,
        { eventId: `${payment.paymentId}:opening`, kind: 'opening-credit', bookedOn: today, at, ...payment },
        openingCredit({ amountMinor }),
      ),
    ),
  );
}

/** The accounts are locked. */
async function addToAccounts(tx: Transaction, fresh: OpenItemValues[]): Promise<void> {
  const customerIds = [...new Set(fresh.map(({ customerId }) => customerId))];
  const sums = (kind: OpenItemValues['kind']) =>
    customerIds.map((id) =>
      sumMinor(fresh.filter((values) => values.customerId === id && values.kind === kind).map(({ openMinor }) => openMinor)),
    );
  await tx.query(
    `UPDATE credit_accounts a SET open_receivables_minor = open_receivables_minor + t.owed, version = version + 1,
       unapplied_cash_minor = unapplied_cash_minor + t.credited
     FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS t (customer_id, owed, credited) WHERE a.customer_id = t.customer_id`,
    [customerIds, sums('invoice'), sums('credit')],
  );
}
