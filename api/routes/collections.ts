import { z } from 'zod';
import { casesMaximum, collectionCases, listContacts } from '../../db/queries/collections.ts';
import { readCustomer } from '../../db/queries/customers.ts';
import { readCompany } from '../../db/statements/company.ts';
import { logContact } from '../../db/transactions/log-contact.ts';
import { contactKinds, contactOutcomes, rankCases } from '../../domain/collections.ts';
import { localDate } from '../../domain/time.ts';
import { type Route, reply, route, staff } from '../contract.ts';
import { found } from '../ownership.ts';
import { currency, customerId, id, isoDate, isoInstant, minor, pageOf, paging, text, toPage } from '../schemas.ts';

const kind = z.enum(contactKinds);
const outcome = z.enum(contactOutcomes);
const contact = z
  .strictObject({
    id: z.string(),
    customerId: z.string(),
    invoiceIds: z.array(z.string()),
    kind,
    outcome,
    contactOn: isoDate,
    person: z.string().nullable(),
    note: z.string(),
    nextStepOn: isoDate.nullable(),
    nextStep: z.string().nullable(),
    actor: z.string(),
    at: isoInstant,
  })
  .meta({ id: 'CollectionContact' });
const roles = ['receivables', 'finance', 'admin'] as const;
const params = z.strictObject({ id: customerId });

export const collectionRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/collections/worklist',
    summary: 'Whom to contact first: customers with overdue items by what a contact today is expected to bring in',
    roles,
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(casesMaximum).default(50),
      customerId: customerId.optional(),
    }),
    responses: {
      200: z
        .strictObject({
          asOf: isoDate,
          rankedCount: z
            .int()
            .meta({ description: `How many customers were ranked: those who owe most, ${casesMaximum} at the most.` }),
          overdueCount: z.int().meta({
            description: 'How many have something overdue in a currency; those beyond the ranked owe less than each of them.',
          }),
          items: z.array(
            z.strictObject({
              customerId: z.string(),
              name: z.string(),
              currency,
              overdueMinor: minor.meta({ description: 'Less the cash and credit of the customer that pay nothing yet.' }),
              oldestDaysOverdue: z.int(),
              expectedRecoveryMinor: minor.meta({
                description:
                  'Overdue × the chance of payment that a contact adds; nothing before the day of an agreed next step.',
              }),
              lateChance: z.number().nullable(),
              reasons: z.array(z.string()),
              lastContact: z.strictObject({ on: isoDate, kind, outcome }).nullable(),
              nextStep: z.strictObject({ on: isoDate, text: z.string().nullable() }).nullable(),
              tasks: z.array(
                z.strictObject({
                  id: z.string(),
                  kind: z.string(),
                  title: z.string(),
                  dueAt: isoInstant.nullable(),
                  owner: z.string().nullable(),
                }),
              ),
            }),
          ),
        })
        .meta({ id: 'CollectionsWorklist' }),
    },
    handler: async ({ database, at, query }) => {
      const today = localDate(at, (await readCompany(database)).timeZone);
      const { cases, overdueCount } = await collectionCases(database, today, query.customerId);
      const byCustomer = new Map(cases.map((one) => [`${one.customerId} ${one.currency}`, one]));
      const ranked = rankCases(cases, today);
      const items = ranked.slice(0, query.limit).map((one) => {
        const { name, lateChance, lastContact, nextStep, tasks } = byCustomer.get(`${one.customerId} ${one.currency}`)!;
        return { ...one, name, lateChance, lastContact, nextStep, tasks };
      });
      return reply(200, { asOf: today, rankedCount: ranked.length, overdueCount, items });
    },
  }),
  route({
    method: 'post',
    path: '/v1/customers/{id}/contacts',
    summary:
      'Log a call, mail or visit about what is overdue; it finishes the contact tasks that it was about, unless nobody was reached',
    roles,
    idempotencyKey: 'required',
    params,
    body: z
      .strictObject({
        kind,
        outcome,
        invoiceIds: z.array(id).max(100).default([]).meta({ description: 'What it was about; empty: all that is overdue.' }),
        person: text(200).optional().meta({ description: 'Who was spoken to.' }),
        note: text(2_000),
        nextStepOn: isoDate.optional(),
        nextStep: text(500).optional(),
      })
      .meta({ id: 'NewCollectionContact' }),
    responses: { 201: z.strictObject({ contactId: z.string(), finishedTasks: z.array(z.string()) }) },
    handler: ({ command, params: { id: customer }, body, actor, at }) =>
      command(async (tx) => reply(201, await logContact(tx, { customerId: customer, ...body, actor, at }))),
  }),
  route({
    method: 'get',
    path: '/v1/customers/{id}/contacts',
    summary: 'Contacts with a customer about what it owes, newest first',
    roles: staff,
    params,
    query: z.strictObject(paging),
    responses: { 200: pageOf(contact) },
    handler: async ({ database, params: { id: customer }, query }) => {
      found(await readCustomer(database, customer), 'customer', customer);
      return reply(
        200,
        toPage(await listContacts(database, customer, query), query.limit, (row) => row.id),
      );
    },
  }),
];
