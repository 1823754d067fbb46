import { z } from 'zod';
import { readCompany } from '../../db/statements/company.ts';
import { setUpCompany } from '../../db/transactions/set-up-company.ts';
import { exampleGs1CompanyPrefix } from '../../domain/sscc.ts';
import { everyone, type Route, reply, route } from '../contract.ts';
import { address, currency, electronicAddress, email, text, timeZone } from '../schemas.ts';

const company = z
  .strictObject({
    legalName: text(200),
    taxId: text(40),
    address,
    email,
    bankIban: z.string().regex(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/, 'Must be an IBAN without spaces.'),
    bankBic: z.string().regex(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/, 'Must be a BIC of 8 or 11 characters.'),
    currency,
    timeZone,
    gs1CompanyPrefix: z
      .string()
      .regex(/^\d{7,12}$/, 'Must be a GS1 company prefix of 7 to 12 digits.')
      .default(exampleGs1CompanyPrefix)
      .meta({ description: 'SSCCs on labels begin with it; without one, a prefix of GS1’s range for examples.' }),
    registrationNumber: text(60).nullable().default(null).meta({ description: 'In the commercial register.' }),
    electronicAddress: electronicAddress.nullable().default(null),
    contactName: text(100)
      .nullable()
      .default(null)
      .meta({ description: 'Whom customers ask about a document; e-invoices within Germany need it, with its phone.' }),
    contactPhone: text(40).nullable().default(null),
  })
  .meta({ id: 'Company' });

export const companyRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/company',
    summary: 'The seller, as printed on its documents',
    roles: everyone,
    responses: { 200: company },
    handler: async ({ database }) => reply(200, await readCompany(database)),
  }),
  route({
    method: 'put',
    path: '/v1/company',
    summary: 'Set the seller up; the first time, the default policies come into force',
    roles: ['admin'],
    body: company,
    responses: { 200: company, 201: company },
    handler: (call) =>
      call.command(async (tx) => {
        const { created } = await setUpCompany(tx, { company: call.body, actor: call.actor, at: call.at });
        return reply(created ? 201 : 200, call.body);
      }),
  }),
];
