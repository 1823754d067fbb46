import { randomBytes } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import { z } from 'zod';
import { listPeople, listSessions, readPerson } from '../../db/queries/people.ts';
import { readCompanyTimeZone } from '../../db/statements/company.ts';
import { changePerson, createPerson, endSession, renewPassword, resetSecondFactor } from '../../db/transactions/save-person.ts';
import { customerRoles, everyone, type Route, reply, roles, route } from '../contract.ts';
import { customerId, email, id, isoInstant, pageOf, paging, reason, text, timeZone, toPage } from '../schemas.ts';

const role = z.enum(roles);
const personId = z
  .string()
  .regex(/^[a-z][a-z0-9.-]{1,39}$/, 'Small letters, digits, dots and hyphens, 2 to 40.')
  .meta({ description: 'Who acts, in every audit row and wherever two people must agree; never given to anybody else.' });
const person = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    roles: z.array(role),
    customerId: z.string().nullable(),
    secondFactor: z.boolean(),
    passwordToChange: z
      .boolean()
      .meta({ description: 'An administrator has seen the password; its person has not changed it yet.' }),
    invited: z.boolean().meta({ description: 'By mail, and has not chosen a password yet.' }),
    disabledAt: isoInstant.nullable(),
  })
  .meta({ id: 'Person' });
const details = {
  name: text(100),
  email: email.transform((address) => address.toLowerCase()),
  roles: z.array(role).min(1).max(roles.length),
  customerId: customerId.optional(),
};
type Bound = { roles: string[]; customerId?: string | undefined };
const ownsItsCustomer = ({ roles, customerId }: Bound) => (customerId !== undefined) === roles.includes('customer');
const isOfCustomer = (role: string) => customerRoles.some((one) => one === role);
const isOnlyCustomer = ({ roles }: Bound) =>
  roles.every(roles.includes('customer') ? isOfCustomer : (role) => !isOfCustomer(role));
const noCustomer = { path: ['customerId'], message: 'A person with the role customer names its customer, and nobody else does.' };
const otherRoles = {
  path: ['roles'],
  message: 'A customer’s person has the role customer and others of customers alone, and nobody else has one of these.',
};

/** Long enough never to be guessed, and without letters that are mistaken for others when it is read out. */
const newPassword = () =>
  Array.from(randomBytes(20), (byte) => 'abcdefghjkmnpqrstuvwxyz23456789'[byte % 31])
    .join('')
    .replaceAll(/(.{5})(?=.)/g, '$1-');
const once = z.string().meta({ description: 'Shown this once.' });

/** `all` is every route there is: who asks is told which of them they may send. */
export const peopleRoutes = (all: () => readonly Route[]): Route[] => [
  route({
    method: 'get',
    path: '/v1/me',
    summary: 'Who asks, and what they may do',
    roles: everyone,
    responses: {
      200: z
        .strictObject({
          id: z.string(),
          name: z.string(),
          kind: z.enum(['person', 'key']),
          roles: z.array(role),
          customerId: z.string().nullable(),
          secondFactor: z.boolean(),
          passwordToChange: z.boolean().meta({
            description: 'An administrator has seen the password: nothing is open to its person but to choose another.',
          }),
          timeZone: timeZone.meta({
            description: 'Of the company: by it a day begins and ends. UTC until the company is set up.',
          }),
          local: z.boolean().meta({ description: 'True on a local stack, whose clock can be moved.' }),
          commands: z.array(z.string()).meta({
            description: 'What changes something and is open to the asker, as method and path.',
            example: ['POST /v1/orders'],
          }),
          temporalUi: z.string().nullable().meta({ description: 'Where staff find the runs of orders.' }),
        })
        .meta({ id: 'Me' }),
    },
    handler: async ({ database, principal, local, temporalUi }) => {
      const found = principal.personId === undefined ? undefined : await readPerson(database, principal.personId);
      return reply(200, {
        id: principal.actor.name,
        name: found?.name ?? principal.actor.name,
        kind: found ? 'person' : 'key',
        roles: [...principal.roles],
        customerId: principal.customerId ?? null,
        secondFactor: found?.secondFactor ?? false,
        passwordToChange: found?.passwordToChange ?? false,
        timeZone: await readCompanyTimeZone(database),
        local,
        commands: all().flatMap(({ method, path, roles }) =>
          method !== 'get' && roles.some((role) => principal.roles.includes(role)) ? [`${method.toUpperCase()} ${path}`] : [],
        ),
        temporalUi: principal.customerId === undefined ? (temporalUi ?? null) : null,
      });
    },
  }),
  route({
    method: 'get',
    path: '/v1/me/sessions',
    summary: 'Where whoever asks has signed in; none for a key',
    roles: everyone,
    responses: {
      200: z.strictObject({
        items: z.array(
          z.strictObject({
            id: z.string(),
            current: z.boolean().meta({ description: 'The one that asks.' }),
            userAgent: z.string().nullable(),
            createdAt: isoInstant,
            expiresAt: isoInstant,
          }),
        ),
      }),
    },
    handler: async ({ database, principal }) => {
      const items = principal.personId === undefined ? [] : await listSessions(database, principal.personId);
      return reply(200, { items: items.map((session) => ({ ...session, current: session.id === principal.sessionId })) });
    },
  }),
  route({
    method: 'post',
    path: '/v1/me/sessions/{id}/end',
    summary: 'End one of one’s own sessions',
    roles: everyone,
    params: z.strictObject({ id }),
    responses: { 200: z.strictObject({ id: z.string() }) },
    handler: ({ command, params, principal, actor, at }) =>
      command(async (tx) => {
        await endSession(tx, { ...params, personId: principal.personId ?? '', actor, at });
        return reply(200, params);
      }),
  }),
  route({
    method: 'get',
    path: '/v1/people',
    summary: 'Who can sign in, and with which roles',
    roles: ['admin'],
    query: z.strictObject(paging),
    responses: { 200: pageOf(person) },
    handler: async ({ database, query }) => {
      const rows = await listPeople(database, query);
      return reply(
        200,
        toPage(rows.map(typed), query.limit, (row) => row.id),
      );
    },
  }),
  route({
    method: 'post',
    path: '/v1/people',
    summary: 'Let a person sign in; the password is shown this once',
    roles: ['admin'],
    body: z
      .strictObject({ id: personId, ...details })
      .refine(ownsItsCustomer, noCustomer)
      .refine(isOnlyCustomer, otherRoles)
      .meta({ id: 'NewPerson' }),
    responses: { 201: z.strictObject({ person, password: once }) },
    // Not a command under its Idempotency-Key: the kept answer would hold the password in the clear.
    handler: async ({ database, body, actor, at }) => {
      const password = newPassword();
      const passwordHash = await hashPassword(password);
      const added = await database.transaction((tx) => createPerson(tx, { ...body, passwordHash, actor, at }));
      return reply(201, { person: typed(added), password });
    },
  }),
  route({
    method: 'put',
    path: '/v1/people/{id}',
    summary: 'Change name, address, roles or customer of a person, or disable it, which ends its sessions',
    roles: ['admin'],
    params: z.strictObject({ id }),
    body: z
      .strictObject({ ...details, disabled: z.boolean().default(false) })
      .refine(ownsItsCustomer, noCustomer)
      .refine(isOnlyCustomer, otherRoles)
      .meta({ id: 'PersonDetails' }),
    responses: { 200: person },
    handler: ({ command, params, body, actor, at }) =>
      command(async (tx) => reply(200, typed(await changePerson(tx, { ...params, ...body, actor, at })))),
  }),
  route({
    method: 'post',
    path: '/v1/people/{id}/password',
    summary: 'Give a person another password, shown this once; it is signed out everywhere',
    roles: ['admin'],
    params: z.strictObject({ id }),
    responses: { 200: z.strictObject({ id: z.string(), password: once }) },
    handler: async ({ database, params, actor, at }) => {
      const password = newPassword();
      const passwordHash = await hashPassword(password);
      const renewed = await database.transaction((tx) => renewPassword(tx, { ...params, passwordHash, actor, at }));
      return reply(200, { ...renewed, password });
    },
  }),
  route({
    method: 'post',
    path: '/v1/people/{id}/second-factor/reset',
    summary: 'Take a lost second factor off a person, who is signed out everywhere and signs in with the password alone',
    roles: ['admin'],
    params: z.strictObject({ id }),
    body: z.strictObject({ reason }),
    responses: { 200: person },
    handler: ({ command, params, body, actor, at }) =>
      command(async (tx) => reply(200, typed(await resetSecondFactor(tx, { ...params, ...body, actor, at })))),
  }),
];

/** The database holds no role that the contract does not know: both are written through it. */
const typed = <Row extends { roles: string[] }>(row: Row) => ({ ...row, roles: z.array(role).parse(row.roles) });
