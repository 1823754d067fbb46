import { hashPassword } from 'better-auth/crypto';
import { z } from 'zod';
import { listPeople, type Person } from '../../db/queries/people.ts';
import {
  acceptInvitation,
  changeColleague,
  inviteAgain,
  inviteColleague,
  readInvitation,
} from '../../db/transactions/customer-people.ts';
import { customerRoles, type Role, type Route, reply, route } from '../contract.ts';
import { narrow } from '../ownership.ts';
import { customerId, email, id, isoInstant, pageOf, paging, text, toPage } from '../schemas.ts';

/* Who acts for a customer: its own administrators see to that in the portal, ours on the customer's page. */
const right = z.enum(['buyer', 'payer', 'customer-admin']).meta({
  description:
    'A buyer orders, amends, cancels, answers quotes and sends back; a payer sees and pays invoices, disputes and applies for credit; a customer-admin looks after these people. Everybody sees orders and shipments.',
});
const colleague = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    rights: z.array(right),
    secondFactor: z.boolean(),
    status: z.enum(['invited', 'active', 'disabled']),
    disabledAt: isoInstant.nullable(),
  })
  .meta({ id: 'Colleague' });
const rights = z
  .array(right)
  .max(3)
  .refine((given) => new Set(given).size === given.length, 'A right stands there once.');
const mayManage: readonly Role[] = ['customer-admin', 'sales', 'admin'];
const ofCustomer = z.strictObject({ id: customerId });
const ofPerson = z.strictObject({ id: customerId, personId: id });
const rolesOf = (given: z.infer<typeof rights>) => [
  'customer',
  ...customerRoles.filter((role) => given.some((one) => one === role)),
];

function shown({ id, name, email, roles, secondFactor, invited, disabledAt }: Person): z.input<typeof colleague> {
  const status = disabledAt !== null ? 'disabled' : invited ? 'invited' : 'active';
  return { id, name, email, rights: right.options.filter((one) => roles.includes(one)), secondFactor, status, disabledAt };
}

const linkHolder = { roles: [], openTo: 'link-holder', params: z.strictObject({ token: text(200) }) } as const;

export const customerPeopleRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/customers/{id}/people',
    summary: 'Who acts for a customer, and what each may do there',
    roles: mayManage,
    params: ofCustomer,
    query: z.strictObject(paging),
    responses: { 200: pageOf(colleague) },
    handler: async ({ database, principal, params, query }) => {
      const rows = await listPeople(database, query, narrow(principal, params.id));
      return reply(
        200,
        toPage(rows.map(shown), query.limit, (row) => row.id),
      );
    },
  }),
  route({
    method: 'post',
    path: '/v1/customers/{id}/people',
    summary:
      'Invite somebody to act for a customer; a link to choose a password goes to the address, and is good once, for a week',
    roles: mayManage,
    idempotencyKey: 'required',
    params: ofCustomer,
    body: z
      .strictObject({ name: text(100), email: email.transform((address) => address.toLowerCase()), rights })
      .meta({ id: 'Invitation' }),
    responses: { 201: colleague },
    handler: ({ command, principal, params, body: { rights, ...body }, actor, at }) => {
      narrow(principal, params.id);
      return command(async (tx) =>
        reply(201, shown(await inviteColleague(tx, { ...body, roles: rolesOf(rights), customerId: params.id, actor, at }))),
      );
    },
  }),
  route({
    method: 'put',
    path: '/v1/customers/{id}/people/{personId}',
    summary: 'Change what somebody may do for a customer, or disable them, which ends their sessions and links at once',
    roles: mayManage,
    params: ofPerson,
    body: z.strictObject({ name: text(100), rights, disabled: z.boolean().default(false) }).meta({ id: 'ColleagueDetails' }),
    responses: { 200: colleague },
    handler: ({ command, principal, params, body: { rights, ...body }, actor, at }) => {
      narrow(principal, params.id);
      const of = { customerId: params.id, id: params.personId };
      return command(async (tx) =>
        reply(200, shown(await changeColleague(tx, { ...body, ...of, roles: rolesOf(rights), actor, at }))),
      );
    },
  }),
  route({
    method: 'post',
    path: '/v1/customers/{id}/people/{personId}/invitation',
    summary: 'Send another link to choose a password, for a mail that was lost or a password that was forgotten; older links end',
    roles: mayManage,
    idempotencyKey: 'required',
    params: ofPerson,
    responses: { 200: colleague },
    handler: ({ command, principal, params, actor, at }) => {
      narrow(principal, params.id);
      return command(async (tx) =>
        reply(200, shown(await inviteAgain(tx, { customerId: params.id, id: params.personId, actor, at }))),
      );
    },
  }),
  route({
    ...linkHolder,
    method: 'get',
    path: '/v1/public/invitations/{token}',
    summary: 'Whom the link of an invitation lets choose a password',
    responses: { 200: z.strictObject({ name: z.string(), email: z.string() }).meta({ id: 'InvitedPerson' }) },
    handler: async ({ database, params: { token } }) => reply(200, await database.transaction((tx) => readInvitation(tx, token))),
  }),
  route({
    ...linkHolder,
    method: 'post',
    path: '/v1/public/invitations/{token}',
    summary: 'Choose the password; the link opens nothing from then on',
    body: z.strictObject({ password: z.string().min(12).max(128) }).meta({ id: 'ChosenPassword' }),
    responses: { 200: z.strictObject({ email: z.string() }) },
    // Not a command under its Idempotency-Key: a quick hash of the body, which is the password, would be kept.
    handler: async ({ database, params: { token }, body, at }) => {
      // Nothing is hashed, which is slow on purpose, for who only guesses.
      await database.transaction((tx) => readInvitation(tx, token));
      const passwordHash = await hashPassword(body.password);
      return reply(200, await database.transaction((tx) => acceptInvitation(tx, { token, passwordHash, at })));
    },
  }),
];
