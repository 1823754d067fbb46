import { z } from 'zod';
import { listAudit } from '../../db/queries/audit.ts';
import { readCompany } from '../../db/statements/company.ts';
import { addDays, instantAt } from '../../domain/time.ts';
import { type Route, reply, route } from '../contract.ts';
import { customerId, id, isoDate, pageOf, paging, text, timelineEntry, toPage } from '../schemas.ts';

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
];
