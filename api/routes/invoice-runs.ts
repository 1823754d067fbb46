import { z } from 'zod';
import { customerExists } from '../../db/queries/customers.ts';
import { readCompany } from '../../db/statements/company.ts';
import { runInvoices } from '../../db/transactions/run-invoices.ts';
import { Refusal } from '../../domain/failures.ts';
import { compareDates, localDate } from '../../domain/time.ts';
import { type Route, reply, route } from '../contract.ts';
import { currency, customerId, deliveryTerms, isoDate, minor, terms } from '../schemas.ts';

const runInvoice = z
  .strictObject({
    invoiceId: z.string().nullable().meta({ description: 'Null in a dry run.' }),
    customerId,
    currency,
    terms,
    deliveryTerms: deliveryTerms.nullable(),
    country: z.string().meta({ description: 'Where its goods went.' }),
    from: isoDate,
    to: isoDate,
    orderIds: z.array(z.string()),
    shipmentIds: z.array(z.string()),
    netMinor: minor,
    taxMinor: minor,
    grossMinor: minor,
  })
  .meta({ id: 'RunInvoice' });

export const invoiceRunRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/invoice-runs',
    summary:
      'Bill what a customer was shipped and waits for the run of its period: one invoice for each currency, terms, country and terms of delivery',
    roles: ['receivables', 'finance', 'admin'],
    idempotencyKey: 'required',
    body: z
      .strictObject({
        customerId,
        through: isoDate
          .optional()
          .meta({ description: 'Up to and with this day, not after today. Absent: the periods whose run has come.' }),
        dryRun: z.boolean().default(false).meta({ description: 'Say what would be billed, and bill nothing.' }),
      })
      .meta({ id: 'InvoiceRunRequest' }),
    responses: {
      200: z
        .strictObject({
          customerId,
          dryRun: z.boolean(),
          invoices: z.array(runInvoice),
          more: z.boolean().meta({ description: 'True when there is more than one run takes: run it again.' }),
        })
        .meta({ id: 'InvoiceRun' }),
    },
    handler: (call) =>
      call.command(async (tx) => {
        const { customerId, through, dryRun } = call.body;
        const [{ timeZone }, isKnown] = await Promise.all([readCompany(tx), customerExists(tx, customerId)]);
        const today = localDate(call.at, timeZone);
        const refuse = (path: string, code: string, detail: string) =>
          new Refusal(422, 'invalid-invoice-run', 'This cannot be billed.', { faults: [{ path, code, detail }] });
        if (!isKnown) {
          throw refuse('/customerId', 'unknown-customer', `There is no customer ${customerId}.`);
        }
        if (through !== undefined && compareDates(through, today) > 0) {
          throw refuse('/through', 'future-date', `${through} is after today, ${today}.`);
        }
        const { actor, at, offsetMs } = call;
        const run = await runInvoices(tx, { customerId, through, today, dryRun, actor, at, offsetMs });
        return reply(200, { customerId, dryRun, ...run });
      }),
  }),
];
