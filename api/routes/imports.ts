import { z } from 'zod';
import { listImports, readImport, readImportedFile } from '../../db/queries/imports.ts';
import type { ImportLine } from '../../db/statements/upsert.ts';
import { type ImportContent, importFile } from '../../db/transactions/import-file.ts';
import { type Role, type Route, reply, route } from '../contract.ts';
import { customerLine, linesMaximum, openItemLine, priceLine, productLine, readLines, stockLine } from '../import-lines.ts';
import { found } from '../ownership.ts';
import { id, isoInstant, pageOf, paging, toPage } from '../schemas.ts';

const kind = z.enum(['customers', 'products', 'prices', 'stock', 'open-items']);
const counts = {
  kind,
  lineCount: z.int(),
  createdCount: z.int(),
  changedCount: z.int(),
  unchangedCount: z.int(),
  rejectedCount: z.int(),
  faultCount: z.int(),
};
const faults = z
  .array(z.strictObject({ line: z.int(), field: z.string(), code: z.string(), detail: z.string() }))
  .meta({ description: 'By line; of more than 10,000 the first ones. A line of a JSON array is its position, from 1.' });
const result = z
  .strictObject({ id: z.string().nullable().meta({ description: 'Null for a dry run.' }), ...counts, faults })
  .meta({ id: 'ImportResult' });
const kept = { id: z.string(), ...counts, actor: z.string(), at: isoInstant };
const importSummary = z.strictObject(kept).meta({ id: 'ImportSummary' });
const importDetails = z.strictObject({ ...kept, faults }).meta({ id: 'Import' });

const masterDataRoles = ['sales', 'finance', 'admin'] as const;
const readers = ['sales', 'finance', 'receivables', 'warehouse', 'admin'] as const;
const params = z.strictObject({ id });

function importRoute<Shape extends z.ZodRawShape>(
  of: ImportContent['kind'],
  summary: string,
  roles: readonly Role[],
  line: z.ZodObject<Shape>,
  toContent: (lines: ImportLine<z.output<z.ZodObject<Shape>>>[]) => ImportContent,
): Route {
  const csv = z.string().meta({
    description: `RFC 4180 in UTF-8, with commas or semicolons. The first line names the columns: ${Object.keys(line.shape).join(', ')}.`,
  });
  return route({
    method: 'post',
    path: `/v1/imports/${of}`,
    summary,
    roles,
    idempotencyKey: 'required',
    query: z.strictObject({
      dryRun: z.enum(['true', 'false']).default('false').meta({ description: 'Lists every fault and changes nothing.' }),
    }),
    file: {
      limitBytes: 5 * 1_024 * 1_024,
      content: { 'text/csv': csv, 'application/json': z.array(line).min(1).max(linesMaximum) },
    },
    responses: { 200: result, 201: result },
    async handler(call) {
      const { lines, ...read } = readLines(line, call.file);
      const input = {
        ...read,
        content: toContent(lines),
        file: call.file,
        actor: call.actor,
        at: call.at,
        offsetMs: call.offsetMs,
      };
      if (call.query.dryRun === 'true') {
        return reply(200, await call.database.transaction((tx) => importFile(tx, { ...input, dryRun: true })));
      }
      return call.command(async (tx) => {
        const imported = await importFile(tx, { ...input, dryRun: false });
        return reply(201, imported, { Location: `/v1/imports/${imported.id}` });
      });
    },
  });
}

export const importRoutes: Route[] = [
  importRoute('customers', 'Take customers in or change them, from a file', masterDataRoles, customerLine, (lines) => ({
    kind: 'customers',
    lines,
  })),
  importRoute('products', 'Take products in or change them, from a file', masterDataRoles, productLine, (lines) => ({
    kind: 'products',
    lines,
  })),
  importRoute('prices', 'Set prices of products and on price lists, from a file', masterDataRoles, priceLine, (lines) => ({
    kind: 'prices',
    lines,
  })),
  importRoute('stock', 'Book opening stock, receipts and counts, from a file', ['warehouse', 'admin'], stockLine, (lines) => ({
    kind: 'stock',
    lines,
  })),
  importRoute(
    'open-items',
    'Take over open invoices and credit balances from the system before this one, from a file',
    ['receivables', 'finance', 'admin'],
    openItemLine,
    (lines) => ({ kind: 'open-items', lines }),
  ),
  route({
    method: 'get',
    path: '/v1/imports',
    summary: 'What was imported, newest first',
    roles: readers,
    query: z.strictObject({ kind: kind.optional(), ...paging }),
    responses: { 200: pageOf(importSummary) },
    handler: async ({ database, query }) =>
      reply(
        200,
        toPage(await listImports(database, query, query), query.limit, (row) => row.id),
      ),
  }),
  route({
    method: 'get',
    path: '/v1/imports/{id}',
    summary: 'What became of a file, with the faults of the lines that were rejected',
    roles: readers,
    params,
    responses: { 200: importDetails },
    handler: async ({ database, params }) => reply(200, found(await readImport(database, params.id), 'import', params.id)),
  }),
  route({
    method: 'get',
    path: '/v1/imports/{id}/file',
    summary: 'The file as it was sent',
    roles: readers,
    params,
    contentType: 'application/octet-stream',
    responses: { 200: z.custom<Uint8Array>() },
    handler: async ({ database, params }) => {
      const { contentType, content } = found(await readImportedFile(database, params.id), 'import', params.id);
      const ending = contentType === 'application/json' ? 'json' : 'csv';
      return reply(200, content, { 'Content-Disposition': `attachment; filename="${params.id}.${ending}"` });
    },
  }),
];
