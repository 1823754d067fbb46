import { z } from 'zod';
import { readCustomer } from '../../db/queries/customers.ts';
import { type AccountStatement, readStatement } from '../../db/queries/statements.ts';
import { readCompany } from '../../db/statements/company.ts';
import { statementPdf } from '../../documents/statement-pdf.ts';
import { ageingBuckets } from '../../domain/ageing.ts';
import { Refusal } from '../../domain/failures.ts';
import { compareDates, daysBetween, localDate } from '../../domain/time.ts';
import { type Call, type Route, readersOfMoney, reply, replyDocument, route } from '../contract.ts';
import { found, narrow } from '../ownership.ts';
import { currency, customerId, isoDate, minor } from '../schemas.ts';

const periodDaysMaximum = 366;

const statement = z
  .strictObject({
    customerId,
    currency,
    from: isoDate,
    to: isoDate,
    openingMinor: minor.meta({ description: 'What was open when the period began.' }),
    lines: z.array(
      z.strictObject({
        on: isoDate,
        kind: z.string(),
        documentId: z.string(),
        invoiceId: z.string().meta({ description: 'The item that it makes or settles.' }),
        formerReference: z
          .string()
          .nullable()
          .meta({ description: 'The number of an item that was taken over, where it came from.' }),
        dueOn: isoDate,
        amountMinor: minor.meta({ description: 'Negative for what settles.' }),
        balanceMinor: minor,
      }),
    ),
    closingMinor: minor.meta({ description: 'What is open on the last day, as the ageing of that day says.' }),
    ageing: z.strictObject(Object.fromEntries(ageingBuckets.map((bucket) => [bucket, minor]))),
    unappliedMinor: minor.meta({ description: 'Cash, credit notes and deposits that pay no item yet: beside the balance.' }),
  })
  .meta({ id: 'AccountStatement' });

const params = z.strictObject({ id: customerId });
const query = z.strictObject({
  from: isoDate.optional().meta({ description: 'Absent: the first of the month of the last day.' }),
  to: isoDate.optional().meta({ description: 'Absent: today.' }),
});
type Asked = Call<z.output<typeof params>, z.output<typeof query>, undefined>;

async function read({ database, principal, at, params: { id }, query: asked }: Asked): Promise<AccountStatement> {
  narrow(principal, id);
  const to = asked.to ?? localDate(at, (await readCompany(database)).timeZone);
  const from = asked.from ?? `${to.slice(0, 8)}01`;
  if (compareDates(from, to) > 0 || daysBetween(from, to) >= periodDaysMaximum) {
    const detail = `A statement is about one to ${periodDaysMaximum} days.`;
    throw new Refusal(400, 'invalid-request', detail, { faults: [{ path: '/query/from', code: 'period', detail }] });
  }
  return found(await readStatement(database, id, { from, to }), 'customer', id);
}

export const statementRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/customers/{id}/statement',
    summary:
      'Statement of account: opening balance, every item, payment and credit of the period, closing balance and its ageing',
    roles: readersOfMoney,
    params,
    query,
    responses: { 200: statement },
    handler: async (call) => reply(200, await read(call)),
  }),
  route({
    method: 'get',
    path: '/v1/customers/{id}/statement/pdf',
    summary: 'The same on paper',
    roles: readersOfMoney,
    params,
    query,
    contentType: 'application/pdf',
    responses: { 200: z.custom<Uint8Array>() },
    handler: async (call) => {
      const [account, customer, company] = await Promise.all([
        read(call),
        readCustomer(call.database, call.params.id),
        readCompany(call.database),
      ]);
      const pdf = await statementPdf(account, found(customer, 'customer', call.params.id), company);
      return replyDocument(pdf, `statement-${call.params.id}-${account.to}.pdf`);
    },
  }),
];
