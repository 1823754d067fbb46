import { z } from 'zod';
import type { Queryable } from '../../db/client.ts';
import { disputedOn } from '../../db/queries/disputes.ts';
import { listJournalEntries, openByDueDate, postingTotals } from '../../db/queries/ledger.ts';
import { listNotices } from '../../db/queries/notices.ts';
import { readCompany } from '../../db/statements/company.ts';
import { ageItems, ageingBuckets } from '../../domain/ageing.ts';
import { trialBalance, trialBalanceTotals } from '../../domain/ledger.ts';
import { sumMinor } from '../../domain/money.ts';
import { type IsoDate, localDate } from '../../domain/time.ts';
import { everyone, type Route, reply, route } from '../contract.ts';
import { narrow } from '../ownership.ts';
import { currency, customerId, id, isoDate, isoInstant, minor, pageOf, paging, toPage } from '../schemas.ts';

const booksRoles = ['finance', 'receivables', 'admin'] as const;
const asOfQuery = z.strictObject({ asOf: isoDate.optional().meta({ description: 'Absent: today.' }) });
const asOfDate = async (database: Queryable, at: string, asOf: IsoDate | undefined): Promise<IsoDate> =>
  asOf ?? localDate(at, (await readCompany(database)).timeZone);

const journalEntry = z
  .strictObject({
    id: z.int(),
    eventId: z.string(),
    kind: z.string(),
    bookedOn: isoDate,
    currency,
    customerId: z.string().nullable(),
    orderId: z.string().nullable(),
    invoiceId: z.string().nullable(),
    paymentId: z.string().nullable(),
    at: isoInstant,
    postings: z.array(z.strictObject({ account: z.string(), side: z.enum(['debit', 'credit']), amountMinor: minor })),
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
    status: z.enum(['queued', 'sent', 'suppressed']),
    statusReason: z.string().nullable(),
    messageId: z.string(),
    at: isoInstant,
    sentAt: isoInstant.nullable(),
  })
  .meta({ id: 'Notice' });

const bucketAmounts = z.strictObject(Object.fromEntries(ageingBuckets.map((bucket) => [bucket, minor])));

export const ledgerRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/ledger/trial-balance',
    summary: 'Every account on its net side as of a date, per currency; both sides come to the same',
    roles: booksRoles,
    query: asOfQuery,
    responses: {
      200: z
        .strictObject({
          asOf: isoDate,
          currencies: z.array(
            z.strictObject({
              currency,
              accounts: z.array(z.strictObject({ account: z.string(), debitMinor: minor, creditMinor: minor })),
              debitMinor: minor,
              creditMinor: minor,
            }),
          ),
        })
        .meta({ id: 'TrialBalance' }),
    },
    handler: async ({ database, at, query }) => {
      const asOf = await asOfDate(database, at, query.asOf);
      const totals = await postingTotals(database, asOf);
      const currencies = [...new Set(totals.map((row) => row.currency))].map((code) => {
        const accounts = trialBalance(totals.filter((row) => row.currency === code));
        return { currency: code, accounts, ...trialBalanceTotals(accounts) };
      });
      return reply(200, { asOf, currencies });
    },
  }),
  route({
    method: 'get',
    path: '/v1/ledger/entries',
    summary: 'Journal entries with their postings, in the order of booking',
    roles: booksRoles,
    query: z.strictObject({ customerId: customerId.optional(), orderId: id.optional(), invoiceId: id.optional(), ...paging }),
    responses: { 200: pageOf(journalEntry) },
    handler: async ({ database, query }) =>
      reply(
        200,
        toPage(await listJournalEntries(database, query, query), query.limit, (row) => String(row.id)),
      ),
  }),
  route({
    method: 'get',
    path: '/v1/reports/ageing',
    summary: 'Open items by days overdue as of a date; unapplied cash and credit balances stand beside the total, not in it',
    roles: booksRoles,
    query: asOfQuery,
    responses: {
      200: z
        .strictObject({
          asOf: isoDate,
          currencies: z.array(
            z.strictObject({
              currency,
              buckets: bucketAmounts,
              totalMinor: minor,
              disputedMinor: minor.meta({ description: 'Of the total: what customers dispute.' }),
              unappliedMinor: minor,
              creditBalanceMinor: minor.meta({ description: 'What credit notes have left.' }),
            }),
          ),
        })
        .meta({ id: 'Ageing' }),
    },
    handler: async ({ database, at, query }) => {
      const asOf = await asOfDate(database, at, query.asOf);
      const { timeZone } = await readCompany(database);
      const [open, totals, disputed] = await Promise.all([
        openByDueDate(database, asOf),
        postingTotals(database, asOf),
        disputedOn(database, asOf, timeZone),
      ]);
      const beside = totals.filter((row) => row.account === 'unapplied-cash' || row.account === 'customer-credits');
      const currencies = [...new Set([...open, ...beside].map((row) => row.currency))].map((code) => {
        const owedBy = (account: string) =>
          sumMinor(
            beside
              .filter((row) => row.currency === code && row.account === account)
              .map((row) => (row.side === 'credit' ? row.amountMinor : -row.amountMinor)),
          );
        const buckets = ageItems(
          open.filter((row) => row.currency === code),
          asOf,
        );
        return {
          currency: code,
          buckets,
          totalMinor: sumMinor(Object.values(buckets)),
          disputedMinor: Math.min(disputed.get(code) ?? 0, sumMinor(Object.values(buckets))),
          unappliedMinor: owedBy('unapplied-cash'),
          creditBalanceMinor: owedBy('customer-credits'),
        };
      });
      return reply(200, { asOf, currencies });
    },
  }),
  route({
    method: 'get',
    path: '/v1/notices',
    summary: 'What customers were told, or will be in a moment',
    roles: everyone,
    query: z.strictObject({ customerId: customerId.optional(), orderId: id.optional(), ...paging }),
    responses: { 200: pageOf(notice) },
    handler: async ({ database, principal, query }) => {
      const wanted = { customerId: narrow(principal, query.customerId), orderId: query.orderId };
      return reply(
        200,
        toPage(await listNotices(database, wanted, query), query.limit, (row) => `${row.at} ${row.key}`),
      );
    },
  }),
];
