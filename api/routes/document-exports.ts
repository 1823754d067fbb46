import { makeZip } from 'client-zip';
import { z } from 'zod';
import type { Database, Queryable } from '../../db/client.ts';
import { readCustomer } from '../../db/queries/customers.ts';
import {
  countExportedDocuments,
  type ExportedDocument,
  type ExportedKind,
  type ExportPeriod,
  exportedKinds,
  listExportedDocuments,
} from '../../db/queries/document-exports.ts';
import { readOriginal } from '../../db/queries/order-documents.ts';
import { readStatement } from '../../db/queries/statements.ts';
import { readCompany } from '../../db/statements/company.ts';
import { eInvoiceUbl } from '../../documents/e-invoice.ts';
import { invoicePdf } from '../../documents/invoice-pdf.ts';
import { labelPdf } from '../../documents/shipment-label.ts';
import { statementPdf } from '../../documents/statement-pdf.ts';
import { Refusal } from '../../domain/failures.ts';
import { type Route, reply, route } from '../contract.ts';
import { writeCsv } from '../csv.ts';
import { isoDate } from '../schemas.ts';
import { allRows } from './exports.ts';

// What is kept of a document until the end, in the archive's directory and in the index, are some hundred bytes.
const documentsMaximum = 20_000;

interface ArchivedFile {
  name: string;
  lastModified: Date;
  input: Uint8Array | string;
}

interface Rendered {
  extension: string;
  content: Uint8Array;
}
type Render = (db: Database, document: ExportedDocument) => Promise<Rendered>;

const pdf =
  (render: (db: Queryable, id: string) => Promise<Uint8Array>): Render =>
  async (db, { id }) => ({ extension: 'pdf', content: await render(db, id) });
const ubl: Render = async (db, { id }) => ({ extension: 'xml', content: await eInvoiceUbl(db, id) });

/** What there is of each kind of document. */
const parts: Record<ExportedKind, Render[]> = {
  invoices: [pdf(invoicePdf), ubl],
  'credit-notes': [pdf(invoicePdf), ubl],
  statements: [renderStatement],
  'order-documents': [readOrderDocument],
  labels: [pdf(labelPdf)],
};

async function readOrderDocument(db: Database, { id }: ExportedDocument): Promise<Rendered> {
  const { original, extension } = (await readOriginal(db, id))!;
  return { extension, content: original };
}

async function renderStatement(db: Database, { customerId, period }: ExportedDocument): Promise<Rendered> {
  const [account, customer, company] = await Promise.all([
    readStatement(db, customerId!, period!),
    readCustomer(db, customerId!),
    readCompany(db),
  ]);
  return { extension: 'pdf', content: await statementPdf(account!, customer!, company) };
}

/** The documents one after the other, each rendered when its turn comes, and last the list of them with what is missing and why. */
async function* archivedFiles(db: Database, kinds: readonly ExportedKind[], period: ExportPeriod): AsyncGenerator<ArchivedFile> {
  const index = [['kind', 'id', 'on', 'customerId', 'orderId', 'currency', 'amountMinor', 'file', 'missing']] as (
    | string
    | number
    | null
  )[][];
  for (const kind of kinds) {
    const pages = allRows(
      (page) => listExportedDocuments(db, kind, period, page),
      (row) => row.id,
    );
    for await (const page of pages) {
      for (const document of page) {
        const { id, on, customerId, orderId, currency, amountMinor } = document;
        const line = [kind, id, on, customerId, orderId, currency, amountMinor];
        for (const render of parts[kind]) {
          const rendered = await render(db, document).catch((error: unknown) => {
            // An invoice that lacks what an e-invoice needs, a statement that is too long: the rest goes out all the same.
            if (error instanceof Refusal) return error;
            throw error;
          });
          if (rendered instanceof Refusal) {
            index.push([...line, null, rendered.message]);
            continue;
          }
          const name = `${kind}/${id.replaceAll(':', '-')}.${rendered.extension}`;
          index.push([...line, name, null]);
          yield { name, lastModified: new Date(`${on}T12:00:00Z`), input: rendered.content };
        }
      }
    }
  }
  yield { name: 'index.csv', lastModified: new Date(`${period.to}T12:00:00Z`), input: writeCsv(index) };
}

export const documentExportRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/exports/documents.zip',
    summary:
      'Documents of a period as an archive: invoices and credit notes (PDF and XML), statements, originals of orders, labels',
    roles: ['finance', 'admin'],
    query: z.strictObject({
      from: isoDate,
      to: isoDate.meta({ description: 'The last day, which counts: of issue, or on which it came or left.' }),
      kind: z
        .enum(exportedKinds)
        .optional()
        .meta({ description: 'Absent: all of them. index.csv lists what is in it, and what is missing and why.' }),
    }),
    contentType: 'application/zip',
    responses: { 200: z.custom<AsyncIterable<Uint8Array>>() },
    handler: async ({ database, query: { from, to, kind } }) => {
      const { timeZone } = await readCompany(database);
      const period = { from, to, timeZone };
      const kinds = kind ? [kind] : exportedKinds;
      const counts = await Promise.all(kinds.map((one) => countExportedDocuments(database, one, period)));
      const count = counts.reduce((sum, one) => sum + one, 0);
      if (count > documentsMaximum) {
        const detail = `These are ${count} documents; an archive takes ${documentsMaximum}: ask for fewer days or one kind.`;
        throw new Refusal(422, 'too-many-documents', detail, {
          faults: [{ path: '/query/to', code: 'too-many-documents', detail }],
        });
      }
      const filename = `${kind ?? 'documents'}-${from}-${to}.zip`;
      return reply(200, makeZip(archivedFiles(database, kinds, period)), {
        'Content-Disposition': `attachment; filename="${filename}"`,
      });
    },
  }),
];
