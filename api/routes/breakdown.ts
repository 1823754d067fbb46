import { z } from 'zod';
import type { Database } from '../../db/client.ts';
import { readChains, revisedBy } from '../../db/queries/breakdown.ts';
import { type Invoice, readInvoice } from '../../db/queries/invoices.ts';
import { findBreakdown, findConsolidatedBreakdown, hops, suggestCorrection } from '../../domain/breakdown.ts';
import { Refusal } from '../../domain/failures.ts';
import { provenanceOf, provenanceOfConsolidated, sourceEvents } from '../../domain/provenance.ts';
import { type Route, reply, route } from '../contract.ts';
import { found } from '../ownership.ts';
import { anything, id, isoInstant, minor } from '../schemas.ts';
import { correctionReason } from './corrections.ts';

const field = z.string().meta({ description: 'A path into the invoice, lines by their number.', example: '/lines/1/quantity' });

const suggestedLine = z.strictObject({
  lineNumber: z.int(),
  quantity: z.int().optional(),
  unitPriceMinor: minor.optional(),
  taxCategory: z.string().optional(),
  taxRate: z.string().optional(),
});

export const breakdown = z
  .strictObject({
    invoiceId: z.string(),
    findings: z.array(
      z.strictObject({
        hop: z.enum(hops),
        field,
        expected: anything,
        found: anything,
        actor: z.string().nullable(),
        at: isoInstant.nullable(),
      }),
    ),
    suggestion: z
      .strictObject({ reason: correctionReason, lines: z.array(suggestedLine) })
      .nullable()
      .meta({ description: 'The body of POST /v1/invoices/{id}/credit-and-reissue.' }),
    revisedInvoiceId: z.string().nullable().meta({ description: 'Took its place: what is still wrong is corrected there.' }),
    provenance: z
      .array(
        z.strictObject({
          field,
          value: anything,
          source: z.strictObject({
            event: z.enum(sourceEvents),
            reference: z.string(),
            actor: z.string().nullable(),
            at: isoInstant.nullable(),
          }),
          transform: z.string().meta({ description: 'What was made of the source, in words.' }),
        }),
      )
      .meta({ description: 'Where every field of the invoice comes from.' }),
  })
  .meta({ id: 'Breakdown' });

/** What is wrong with an invoice that bills shipments, what puts it right, and where each of its fields comes from (A2). */
export async function breakdownOf(database: Database, invoice: Invoice) {
  const [chains, revisedInvoiceId] = await Promise.all([readChains(database, invoice), revisedBy(database, invoice.id)]);
  const [first] = chains;
  const isConsolidated = invoice.shipmentId === null;
  const { netMinor, taxMinor, grossMinor, taxes, instalments, issuedOn } = invoice;
  const lines = invoice.lines.map((line) => ({ ...line, sku: line.sku ?? '' }));
  const whole = { netMinor, taxMinor, grossMinor, taxes, instalments, issuedOn, lines };
  const findings = isConsolidated ? findConsolidatedBreakdown(chains, whole) : findBreakdown(first!.chain);
  return {
    invoiceId: invoice.id,
    findings,
    suggestion: (revisedInvoiceId === null && suggestCorrection(findings)) || null,
    revisedInvoiceId,
    provenance: isConsolidated
      ? provenanceOfConsolidated(chains, invoice.customerId, { netMinor, taxMinor, grossMinor, taxes })
      : provenanceOf(first!.chain, invoice.customerId),
  };
}

const params = z.strictObject({ id });

export const breakdownRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/invoices/{id}/breakdown',
    summary:
      'Where order, approval, pick, shipment and invoice diverge first, field by field, by whom and when, the re-issue that puts it right, and the source of every field',
    roles: ['receivables', 'finance', 'admin'],
    params,
    responses: { 200: breakdown },
    handler: async ({ database, params: { id } }) => {
      const row = found(await readInvoice(database, id), 'invoice', id);
      if (row.kind !== 'invoice') throw new Refusal(409, 'no-chain', `${id} is an ${row.kind}: it bills no shipment.`);
      return reply(200, await breakdownOf(database, row));
    },
  }),
];
