import { z } from 'zod';
import { listCreditQuestions, readCreditQuestion } from '../../db/queries/credit-questions.ts';
import { readCustomer } from '../../db/queries/customers.ts';
import { answerCreditQuestion, askAboutCredit } from '../../db/transactions/ask-about-credit.ts';
import { type Route, reply, route } from '../contract.ts';
import { found, narrow } from '../ownership.ts';
import { customerId, id, isoInstant, pageOf, paging, text, toPage } from '../schemas.ts';

const words = text(1_000);
const question = z
  .strictObject({
    id: z.string(),
    customerId,
    taskId: z.string().meta({ description: 'The decision that waits for it.' }),
    orderId: z.string().nullable(),
    question: z.string(),
    askedBy: z.string(),
    askedAt: isoInstant,
    answer: z.string().nullable(),
    answeredBy: z.string().nullable(),
    answeredAt: isoInstant.nullable(),
    status: z.enum(['open', 'answered', 'pointless']).meta({ description: 'Pointless: it was decided before an answer came.' }),
  })
  .meta({ id: 'CreditQuestion' });
const ofCustomer = '/v1/customers/{id}/credit-questions';

export const creditQuestionRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/tasks/{id}/questions',
    summary: 'Ask the customer what a credit decision lacks, by mail and in the portal',
    roles: ['credit', 'finance', 'admin'],
    idempotencyKey: 'required',
    params: z.strictObject({ id }),
    body: z.strictObject({ question: words }),
    responses: { 201: question },
    handler: (call) =>
      call.command(async (tx) => {
        const { actor, at, principal, params, body } = call;
        const asked = await askAboutCredit(tx, { taskId: params.id, ...body, actor, roles: principal.roles, at });
        return reply(201, (await readCreditQuestion(tx, asked.customerId, asked.questionId))!);
      }),
  }),
  route({
    method: 'get',
    path: ofCustomer,
    summary: 'What credit has asked a customer, and what it said, newest first',
    roles: ['payer', 'sales', 'credit', 'finance', 'admin'],
    params: z.strictObject({ id: customerId }),
    query: z.strictObject(paging),
    responses: { 200: pageOf(question) },
    handler: async ({ database, principal, params, query }) => {
      narrow(principal, params.id);
      found(await readCustomer(database, params.id), 'customer', params.id);
      const rows = await listCreditQuestions(database, params.id, query);
      return reply(
        200,
        toPage(rows, query.limit, (row) => row.id),
      );
    },
  }),
  route({
    method: 'post',
    path: `${ofCustomer}/{questionId}/answer`,
    summary: 'Answer what credit has asked, as the customer or as somebody who has its answer',
    roles: ['payer', 'sales', 'credit', 'finance', 'admin'],
    params: z.strictObject({ id: customerId, questionId: id }),
    body: z.strictObject({ answer: words }),
    responses: { 200: question },
    handler: (call) =>
      call.command(async (tx) => {
        const { id: ofCustomerId, questionId } = call.params;
        narrow(call.principal, ofCustomerId);
        const { actor, at } = call;
        await answerCreditQuestion(tx, { customerId: ofCustomerId, questionId, ...call.body, actor, at });
        return reply(200, (await readCreditQuestion(tx, ofCustomerId, questionId))!);
      }),
  }),
];
