import { z } from 'zod';
import { listAudit } from '../../db/queries/audit.ts';
import { verifyAudit } from '../../db/queries/audit-chain.ts';
import { readCompany } from '../../db/statements/company.ts';
import { chainFaults } from '../../domain/audit-chain.ts';
import { addDays, instantAt } from '../../domain/time.ts';
import { type Route, reply, route } from '../contract.ts';
import { customerId, id, isoDate, isoInstant, pageOf, paging, text, timelineEntry, toPage } from '../schemas.ts';

export const auditRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/audit',
    summary: 'Who changed what, when and why, the newest first; by person, action, record and day',
    roles: ['finance', 'admin'],
    query: z.strictObject({
      actor: text(100).optional(),
      action: text(60).optional().meta({ example: 'limit-changed' }),
      customerId: customerId.optional(),
      orderId: id.optional(),
      invoiceId: id.optional(),
      from: isoDate.optional(),
      to: isoDate.optional().meta({ description: 'The last day, which counts.' }),
      ...paging,
    }),
    responses: { 200: pageOf(timelineEntry) },
    handler: async ({ database, query }) => {
      const { timeZone } = await readCompany(database);
      const { from, to, ...wanted } = query;
      const days = {
        fromAt: from && instantAt(from, '00:00', timeZone),
        untilAt: to && instantAt(addDays(to, 1), '00:00', timeZone),
      };
      const rows = await listAudit(database, { ...wanted, ...days }, query);
      return reply(
        200,
        toPage(rows, query.limit, (row) => String(row.sequence)),
      );
    },
  }),
  route({
    method: 'get',
    path: '/v1/audit/verification',
    summary: 'Walks the chain of seals over the audit log and names each row that was changed, removed, inserted or sealed anew',
    roles: ['admin'],
    query: z.strictObject({
      keptSeal: z
        .string()
        .regex(/^[0-9a-f]{64}$/, 'Must be a seal: 64 hexadecimal digits.')
        .optional()
        .meta({ description: 'One that was answered here earlier and kept elsewhere: it must still stand in the chain.' }),
    }),
    responses: {
      200: z
        .strictObject({
          holds: z.boolean(),
          sealed: z.int(),
          through: z.int(),
          seal: z.string().meta({ description: 'The last one. Kept elsewhere, it shows when the whole chain was written anew.' }),
          sealedAt: isoInstant.nullable(),
          waiting: z.int().meta({ description: 'Written since, and sealed within a minute.' }),
          brokenCount: z.int(),
          broken: z
            .array(z.strictObject({ sequence: z.int(), fault: z.enum(chainFaults) }))
            .meta({ description: 'The first hundred of them.' }),
          keptSealFound: z.boolean().nullable(),
        })
        .meta({ id: 'AuditVerification' }),
    },
    handler: async ({ database, query }) => reply(200, await verifyAudit(database, query.keptSeal)),
  }),
];
