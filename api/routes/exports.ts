import { z } from 'zod';
import type { Queryable } from '../../db/client.ts';
import { listCustomers } from '../../db/queries/customers.ts';
import { listJournalEntries } from '../../db/queries/ledger.ts';
import type { Page } from '../../db/queries/page.ts';
import { listAllListPrices, listBasePrices } from '../../db/queries/price-lists.ts';
import { listProducts, listStock } from '../../db/queries/products.ts';
import { writeDiscounts, writeInstalments } from '../../domain/invoice.ts';
import { type Role, type Route, reply, route } from '../contract.ts';
import { writeCsv } from '../csv.ts';
import { wantedEntries } from './ledger.ts';

type Cell = string | number | boolean | null | undefined;

// A page of rows at a time is read and sent, so that a long export needs no more memory than a short one.
const pageSize = 1_000;

/** All rows of a list, page by page; a list reads one row more than its page, as the lists of the API do. */
export async function* allRows<Row>(list: (page: Page) => Promise<Row[]>, keyOf: (row: Row) => string): AsyncGenerator<Row[]> {
  let after: string | undefined;
  for (;;) {
    const rows = await list({ after, limit: pageSize });
    const page = rows.slice(0, pageSize);
    yield page;
    const last = page.at(-1);
    if (last === undefined || rows.length <= pageSize) return;
    after = keyOf(last);
  }
}

function exportRoute<Query extends z.ZodObject>(
  of: string,
  summary: string,
  roles: readonly Role[],
  columns: string[],
  read: (db: Queryable, query: z.output<Query>) => AsyncGenerator<Cell[][]>,
  query: Query = z.strictObject({}) as unknown as Query,
): Route {
  async function* pieces(db: Queryable, wanted: z.output<Query>) {
    yield writeCsv([columns]);
    for await (const rows of read(db, wanted)) yield writeCsv(rows);
  }
  return route({
    method: 'get',
    path: `/v1/exports/${of}.csv`,
    summary,
    roles,
    query,
    contentType: 'text/csv',
    responses: { 200: z.custom<AsyncIterable<string>>() },
    handler: async ({ database, query: wanted }) =>
      reply(200, pieces(database, wanted as z.output<Query>), { 'Content-Disposition': `attachment; filename="${of}.csv"` }),
  });
}

const masterDataRoles = ['sales', 'finance', 'admin'] as const;

export const exportRoutes: Route[] = [
  exportRoute(
    'products',
    'Products, as their import takes them',
    masterDataRoles,
    ['sku', 'name', 'taxCategory', 'taxRate', 'weightGrams'],
    async function* (db) {
      for await (const rows of allRows(
        (page) => listProducts(db, page),
        (row) => row.sku,
      )) {
        yield rows.map((row) => [row.sku, row.name, row.taxCategory, row.taxRate, row.weightGrams]);
      }
    },
  ),
  exportRoute(
    'customers',
    'Customers, as their import takes them',
    masterDataRoles,
    [
      'id',
      'name',
      'taxId',
      'registrationNumber',
      'electronicAddressScheme',
      'electronicAddressId',
      'buyerReference',
      'eInvoices',
      'email',
      'currency',
      'segment',
      'language',
      'dunningPolicy',
      'backOrderAllowed',
      'termsKind',
      'termsDays',
      'termsEndOfMonth',
      'termsMonths',
      'termsDaysAfterEndOfMonth',
      'termsInstalments',
      'termsDiscounts',
      'billingName',
      'billingStreet',
      'billingCity',
      'billingPostalCode',
      'billingCountry',
    ],
    async function* (db) {
      for await (const rows of allRows(
        (page) => listCustomers(db, undefined, page),
        (row) => row.id,
      )) {
        yield rows.map(({ terms, billingAddress, ...row }) => [
          row.id,
          row.name,
          row.taxId,
          row.registrationNumber,
          row.electronicAddress?.scheme,
          row.electronicAddress?.id,
          row.buyerReference,
          row.eInvoices,
          row.email,
          row.currency,
          row.segment,
          row.language,
          row.dunningPolicy,
          row.backOrderAllowed,
          terms.kind,
          terms.days,
          terms.endOfMonth,
          terms.months,
          terms.daysAfterEndOfMonth,
          terms.instalments && writeInstalments(terms.instalments),
          terms.discounts && writeDiscounts(terms.discounts),
          billingAddress.name,
          billingAddress.street,
          billingAddress.city,
          billingAddress.postalCode,
          billingAddress.country,
        ]);
      }
    },
  ),
  exportRoute(
    'prices',
    'The products’ own prices and those of all lists, as their import takes them',
    masterDataRoles,
    ['sku', 'priceListId', 'minimumQuantity', 'currency', 'unitPriceMinor'],
    async function* (db) {
      const own = allRows(
        (page) => listBasePrices(db, page),
        (row) => `${row.sku} ${row.currency}`,
      );
      const listed = allRows(
        (page) => listAllListPrices(db, page),
        (row) => `${row.priceListId} ${row.sku} ${row.minimumQuantity}`,
      );
      for (const source of [own, listed]) {
        for await (const rows of source) {
          yield rows.map((row) => [row.sku, row.priceListId, row.minimumQuantity, row.currency, row.unitPriceMinor]);
        }
      }
    },
  ),
  exportRoute(
    'stock',
    'What lies where, with what it cost',
    ['warehouse', 'sales', 'finance', 'admin'],
    ['sku', 'warehouseId', 'onHand', 'reserved', 'available', 'valueMinor'],
    async function* (db) {
      for await (const rows of allRows(
        (page) => listStock(db, {}, page),
        (row) => `${row.sku} ${row.warehouseId}`,
      )) {
        yield rows.map((row) => [row.sku, row.warehouseId, row.onHand, row.reserved, row.available, row.valueMinor]);
      }
    },
  ),
  exportRoute(
    'journal',
    'The journal in the order of booking, one line for each posting, narrowed as the list of its entries is',
    ['finance', 'receivables', 'admin'],
    [
      'entryId',
      'eventId',
      'kind',
      'bookedOn',
      'currency',
      'account',
      'debitMinor',
      'creditMinor',
      'customerId',
      'orderId',
      'invoiceId',
      'paymentId',
      'at',
      'effectiveOn',
      'recordedAt',
      'reason',
      'reversesEntryId',
      'functionalDebitMinor',
      'functionalCreditMinor',
    ],
    async function* (db, wanted) {
      for await (const rows of allRows(
        (page) => listJournalEntries(db, wanted, page),
        (row) => String(row.id),
      )) {
        yield rows.flatMap((row) =>
          row.postings.map(({ account, side, amountMinor, functionalMinor }) => [
            row.id,
            row.eventId,
            row.kind,
            row.bookedOn,
            row.currency,
            account,
            side === 'debit' ? amountMinor : null,
            side === 'credit' ? amountMinor : null,
            row.customerId,
            row.orderId,
            row.invoiceId,
            row.paymentId,
            row.at,
            row.effectiveOn,
            row.recordedAt,
            row.reason,
            row.reversesEntryId,
            side === 'debit' ? functionalMinor : null,
            side === 'credit' ? functionalMinor : null,
          ]),
        );
      }
    },
    z.strictObject(wantedEntries),
  ),
];
