import { z } from 'zod';
import type { Queryable } from '../../db/client.ts';
import { disputedOn } from '../../db/queries/disputes.ts';
import {
  inventoryTotals,
  listCustomerBalances,
  listJournalEntries,
  openByDueDate,
  postingTotals,
  readJournalEntry,
  stockPositions,
} from '../../db/queries/ledger.ts';
import { listNotices } from '../../db/queries/notices.ts';
import { readCompany } from '../../db/statements/company.ts';
import { ageItems, ageingBuckets } from '../../domain/ageing.ts';
import { accountKinds, chartOfAccounts } from '../../domain/chart-of-accounts.ts';
import { accounts, type Posting, trialBalance, trialBalanceTotals } from '../../domain/ledger.ts';
import { reversalOf } from '../../domain/manual-journal.ts';
import { sumMinor } from '../../domain/money.ts';
import { type IsoDate, localDate } from '../../domain/time.ts';
import { type Route, readersOfMoney, reply, route } from '../contract.ts';
import { found, narrow } from '../ownership.ts';
import { knownAtOf, knownAtQuery, reportRoutes } from '../report-routes.ts';
import { currency, customerId, id, isoDate, isoInstant, minor, pageOf, paging, text, toPage } from '../schemas.ts';

export const booksRoles = ['finance', 'receivables', 'admin'] as const;
const asOf = {
  asOf: isoDate.optional().meta({ description: 'Absent: today.' }),
  ...knownAtQuery,
};
const answersAsOf = { asOf: isoDate, asKnownAt: isoInstant.nullable() };

/** The day and the instant that are asked for, as they are read and as they are answered. */
async function readAsOf(database: Queryable, at: string, query: z.output<z.ZodObject<typeof asOf>>) {
  const { timeZone } = await readCompany(database);
  const day = query.asOf ?? localDate(at, timeZone);
  const knownAt = knownAtOf(query, timeZone);
  return { wanted: { asOf: day, knownAt }, answered: { asOf: day, asKnownAt: knownAt ?? null } };
}

export const entryId = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

const journalEntry = z
  .strictObject({
    id: z.int(),
    eventId: z.string(),
    kind: z.string(),
    bookedOn: isoDate.meta({ description: 'The day in the books: the first open one, when the month of the event was closed.' }),
    effectiveOn: isoDate.meta({ description: 'The day that the event belongs to.' }),
    currency,
    customerId: z.string().nullable(),
    orderId: z.string().nullable(),
    invoiceId: z.string().nullable(),
    paymentId: z.string().nullable(),
    reason: z.string().nullable(),
    reversesEntryId: z.int().nullable(),
    reversedByEntryId: z.int().nullable(),
    at: isoInstant,
    recordedAt: isoInstant.meta({ description: 'When the books learned of it.' }),
    postings: z.array(
      z.strictObject({
        account: z.string(),
        side: z.enum(['debit', 'credit']),
        amountMinor: minor.meta({ description: 'In the currency of the entry; 0 of an exchange difference.' }),
        functionalMinor: minor.meta({ description: 'In the company’s currency, in which the books are kept.' }),
      }),
    ),
  })
  .meta({ id: 'JournalEntry' });

const notice = z
  .strictObject({
    key: z.string(),
    kind: z.string(),
    customerId: z.string(),
    orderId: z.string().nullable(),
    invoiceId: z.string().nullable(),
    recipient: z.string(),
    facts: z.looseObject({}),
    status: z.enum(['queued', 'sent', 'suppressed', 'bounced']),
    statusReason: z.string().nullable(),
    messageId: z.string(),
    at: isoInstant,
    sentAt: isoInstant.nullable(),
  })
  .meta({ id: 'Notice' });

const bucketAmounts = z.strictObject(Object.fromEntries(ageingBuckets.map((bucket) => [bucket, minor])));
const aged = {
  currency,
  buckets: bucketAmounts,
  totalMinor: minor,
  disputedMinor: minor.meta({ description: 'Of the total: what customers dispute.' }),
  unappliedMinor: minor,
  creditBalanceMinor: minor.meta({ description: 'What credit notes have left.' }),
};

/** What the list of journal entries and its export are narrowed to. */
export const wantedEntries = {
  account: z.enum(accounts).optional(),
  customerId: customerId.optional(),
  orderId: id.optional(),
  invoiceId: id.optional(),
  kind: text(60).optional(),
  bookedFrom: isoDate.optional(),
  bookedTo: isoDate.optional(),
  asKnownAt: isoInstant.optional().meta({ description: 'Without what was recorded later.' }),
};

const balanced = z.strictObject({
  currency,
  accounts: z.array(z.strictObject({ account: z.string(), debitMinor: minor, creditMinor: minor })),
  debitMinor: minor,
  creditMinor: minor,
});

/** The trial balance of these totals. */
function balance(code: string, totals: readonly Posting[]) {
  const rows = trialBalance(totals);
  return { currency: code, accounts: rows, ...trialBalanceTotals(rows) };
}

export const ledgerRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/ledger/accounts',
    summary: 'The chart of accounts',
    roles: booksRoles,
    responses: {
      200: z.strictObject({
        items: z.array(
          z
            .strictObject({
              account: z.string(),
              code: z.string(),
              name: z.string(),
              kind: z.enum(accountKinds),
              keptBy: z
                .string()
                .nullable()
                .meta({ description: 'What keeps its balance item by item; such an account takes no entries by hand.' }),
            })
            .meta({ id: 'LedgerAccount' }),
        ),
      }),
    },
    handler: async () => reply(200, { items: chartOfAccounts.map(({ keptBy = null, ...account }) => ({ ...account, keptBy })) }),
  }),
  route({
    method: 'get',
    path: '/v1/ledger/trial-balance',
    summary:
      'Every account on its net side as of a date, in the currency of the books and by currency of the documents; both sides come to the same',
    roles: booksRoles,
    query: z.strictObject(asOf),
    responses: {
      200: z
        .strictObject({
          ...answersAsOf,
          functional: balanced.meta({ description: 'All that is booked, in the company’s currency.' }),
          currencies: z
            .array(balanced)
            .meta({ description: 'What is booked of the documents in each currency, in that currency.' }),
        })
        .meta({ id: 'TrialBalance' }),
    },
    handler: async ({ database, at, query }) => {
      const { wanted, answered } = await readAsOf(database, at, query);
      const [company, totals] = await Promise.all([readCompany(database), postingTotals(database, wanted.asOf, wanted.knownAt)]);
      const inBooks = totals.map((row) => ({ ...row, amountMinor: row.functionalMinor }));
      const currencies = [...new Set(totals.map((row) => row.currency))].map((code) =>
        balance(
          code,
          totals.filter((row) => row.currency === code),
        ),
      );
      return reply(200, { ...answered, functional: balance(company.currency, inBooks), currencies });
    },
  }),
  route({
    method: 'get',
    path: '/v1/ledger/entries',
    summary: 'Journal entries with their postings, in the order of booking or the newest first',
    roles: booksRoles,
    query: z.strictObject({ ...wantedEntries, order: z.enum(['booked', 'newest']).default('booked'), ...paging }),
    responses: { 200: pageOf(journalEntry) },
    handler: async ({ database, query }) =>
      reply(
        200,
        toPage(await listJournalEntries(database, query, query), query.limit, (row) => String(row.id)),
      ),
  }),
  route({
    method: 'get',
    path: '/v1/ledger/entries/{id}',
    summary: 'A journal entry with its postings',
    roles: booksRoles,
    params: z.strictObject({ id: entryId }),
    responses: {
      200: journalEntry
        .extend({
          functionalCurrency: currency.meta({ description: 'In which the books are kept.' }),
          actions: z.array(z.enum(['reverse'])).meta({ description: 'What whoever asks can do to it.' }),
        })
        .meta({ id: 'JournalEntryInFull' }),
    },
    handler: async ({ database, principal, params }) => {
      const [company, row] = await Promise.all([readCompany(database), readJournalEntry(database, params.id)]);
      const entry = found(row, 'entry', String(params.id));
      const isOpenToIt = entry.reversedByEntryId === null && !('refused' in reversalOf(entry.postings));
      const actions = isOpenToIt && principal.roles.includes('finance') ? (['reverse'] as const) : [];
      return reply(200, { ...entry, functionalCurrency: company.currency, actions: [...actions] });
    },
  }),
  route({
    method: 'get',
    path: '/v1/ledger/inventory',
    summary: 'What lay where as of a date and what it was worth; all of it comes to the inventory account of that date',
    roles: booksRoles,
    query: z.strictObject({ ...asOf, ...paging }),
    responses: {
      200: z
        .strictObject({
          ...answersAsOf,
          valueMinor: minor,
          accountMinor: minor.meta({ description: 'The inventory account.' }),
          ...pageOf(z.strictObject({ sku: z.string(), warehouseId: z.string(), onHand: z.int(), valueMinor: minor })).shape,
        })
        .meta({ id: 'Inventory' }),
    },
    handler: async ({ database, at, query }) => {
      const { wanted, answered } = await readAsOf(database, at, query);
      const [totals, positions] = await Promise.all([inventoryTotals(database, wanted), stockPositions(database, wanted, query)]);
      return reply(200, { ...answered, ...totals, ...toPage(positions, query.limit, (row) => `${row.sku} ${row.warehouseId}`) });
    },
  }),
  ...reportRoutes({
    path: '/v1/receivables/ageing',
    summary:
      'Open items by days overdue as of a date, in total and by customer; unapplied cash and credit balances stand beside the totals, not in them',
    roles: booksRoles,
    query: z.strictObject({ ...asOf, customerId: customerId.optional(), ...paging }),
    response: z
      .strictObject({
        ...answersAsOf,
        currencies: z
          .array(z.strictObject(aged))
          .meta({ description: 'Of all customers: it comes to the receivables account of that date.' }),
        ...pageOf(z.strictObject({ customerId: z.string(), ...aged })).shape,
      })
      .meta({ id: 'Ageing' }),
    read: async ({ database, at, query }) => {
      const { wanted, answered } = await readAsOf(database, at, query);
      const [open, beside, customers, disputed] = await Promise.all([
        openByDueDate(database, wanted.asOf, wanted.knownAt),
        postingTotals(database, wanted.asOf, wanted.knownAt, ['unapplied-cash', 'customer-credits']),
        listCustomerBalances(database, { ...wanted, customerId: query.customerId }, query),
        disputedOn(database, wanted),
      ]);
      const age = (items: { openMinor: number; dueOn: IsoDate }[], disputes: { disputedMinor: number }[]) => {
        const buckets = ageItems(items, wanted.asOf);
        const totalMinor = sumMinor(Object.values(buckets));
        // What is disputed of an item is not lowered by what is paid of it meanwhile.
        const disputedMinor = Math.max(0, Math.min(totalMinor, sumMinor(disputes.map((row) => row.disputedMinor))));
        return { buckets, totalMinor, disputedMinor };
      };
      const currencies = [...new Set([...open, ...beside].map((row) => row.currency))].map((code) => {
        const owedBy = (account: string) =>
          sumMinor(
            beside
              .filter((row) => row.currency === code && row.account === account)
              .map((row) => (row.side === 'credit' ? row.amountMinor : -row.amountMinor)),
          );
        return {
          currency: code,
          ...age(
            open.filter((row) => row.currency === code),
            disputed.filter((row) => row.currency === code),
          ),
          unappliedMinor: owedBy('unapplied-cash'),
          creditBalanceMinor: owedBy('customer-credits'),
        };
      });
      const page = toPage(customers, query.limit, (row) => `${row.customerId} ${row.currency}`);
      return {
        ...answered,
        currencies,
        ...page,
        items: page.items.map(({ open: due, ...row }) => ({
          ...row,
          ...age(
            due,
            disputed.filter((one) => one.customerId === row.customerId && one.currency === row.currency),
          ),
        })),
      };
    },
    columns: [
      'asOf',
      'customerId',
      'currency',
      ...ageingBuckets.map((bucket) => `${bucket} minor`),
      'total minor',
      'disputed minor',
      'unapplied minor',
      'credit balance minor',
    ],
    rows: ({ asOf: day, items }) =>
      items.map((row) => [
        day,
        row.customerId,
        row.currency,
        ...ageingBuckets.map((bucket) => row.buckets[bucket]),
        row.totalMinor,
        row.disputedMinor,
        row.unappliedMinor,
        row.creditBalanceMinor,
      ]),
  }),
  route({
    method: 'get',
    path: '/v1/notices',
    summary: 'What customers were told, or will be in a moment, oldest first or newest',
    roles: readersOfMoney,
    query: z.strictObject({
      customerId: customerId.optional(),
      orderId: id.optional(),
      sort: z.enum(['oldest', 'newest']).default('oldest'),
      ...paging,
    }),
    responses: { 200: pageOf(notice) },
    handler: async ({ database, principal, query }) => {
      const wanted = { customerId: narrow(principal, query.customerId), orderId: query.orderId };
      return reply(
        200,
        toPage(await listNotices(database, wanted, query, query.sort), query.limit, (row) => `${row.at} ${row.key}`),
      );
    },
  }),
];
