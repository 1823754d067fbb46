import { z } from 'zod';
import { Refusal } from '../../domain/failures.ts';
import { type Route, reply, route, type Services, staff } from '../contract.ts';
import { email, pageOf, paging, toPage } from '../schemas.ts';

const mail = z
  .strictObject({
    id: z.string(),
    messageId: z.string(),
    from: z.string(),
    to: z.array(z.string()),
    subject: z.string(),
    date: z.string().nullable().meta({ description: 'As the sender wrote it, which follows the company clock.' }),
    receivedAt: z.string().meta({ description: 'By the clock on the wall.' }),
    deliveries: z.int().meta({ description: 'More than one when the same mail was sent again.' }),
    attachments: z.array(z.strictObject({ filename: z.string(), mimeType: z.string(), size: z.int() })),
  })
  .meta({ id: 'Mail' });
const mailWithBody = mail.extend({ text: z.string().nullable(), html: z.string().nullable() }).meta({ id: 'MailWithBody' });
const mailId = z.string().regex(/^[0-9a-f]{16}$/, 'Must be the id of a mail.');
const bytesMaximum = 25 * 1024 * 1024;

/** What the local mail server answers; it has no doors of its own, so that its pages are reached by who is signed in here. */
async function askMailbox({ local, mailbox }: Pick<Services, 'local' | 'mailbox'>, path: string): Promise<Response> {
  if (!local || !mailbox)
    throw new Refusal(501, 'not-local', 'Only a local stack keeps the mails that it sends; here they went to a mail server.');
  const answer = await fetch(mailbox + path, { signal: AbortSignal.timeout(5_000) }).catch(() => {
    throw new Refusal(503, 'unavailable', 'The local mail server does not answer.');
  });
  if (answer.status === 404) throw new Refusal(404, 'unknown-mail', 'There is no such mail, or it has no such attachment.');
  if (!answer.ok) throw new Refusal(503, 'unavailable', `The local mail server answered ${answer.status}.`);
  return answer;
}

export const mailRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/local/mails',
    summary: 'Every mail of a local stack as it was sent, the newest first',
    roles: staff,
    readsClockItself: true,
    query: z.strictObject({ to: email.optional(), ...paging }),
    responses: { 200: pageOf(mail) },
    handler: async (call) => {
      const { to, after, limit } = call.query;
      const answer = await askMailbox(call, `/messages${to === undefined ? '' : `?to=${encodeURIComponent(to)}`}`);
      const all = z.object({ messages: z.array(mail) }).parse(await answer.json()).messages;
      const begin = after === undefined ? 0 : all.findIndex((one) => one.id === after) + 1;
      return reply(
        200,
        toPage(all.slice(begin, begin + limit + 1), limit, (row) => row.id),
      );
    },
  }),
  route({
    method: 'get',
    path: '/v1/local/mails/{id}',
    summary: 'A mail with its text',
    roles: staff,
    readsClockItself: true,
    params: z.strictObject({ id: mailId }),
    responses: { 200: mailWithBody },
    handler: async (call) => reply(200, mailWithBody.parse(await (await askMailbox(call, `/messages/${call.params.id}`)).json())),
  }),
  route({
    method: 'get',
    path: '/v1/local/mails/{id}/attachments/{number}',
    summary: 'A file of a mail, numbered from 0, to be saved',
    roles: staff,
    readsClockItself: true,
    params: z.strictObject({ id: mailId, number: z.coerce.number().int().min(0).max(99) }),
    contentType: 'application/octet-stream',
    responses: { 200: z.instanceof(Buffer) },
    handler: async (call) => {
      const { id, number } = call.params;
      const answer = await askMailbox(call, `/messages/${id}/attachments/${number}`);
      const bytes = Buffer.from(await answer.arrayBuffer());
      if (bytes.length > bytesMaximum) throw new Refusal(413, 'too-large', 'The file is larger than a mail of ours can be.');
      // A mail is other people's content: it is saved, and never shown under this server's name.
      return reply(200, bytes, { 'Content-Disposition': answer.headers.get('content-disposition') ?? 'attachment' });
    },
  }),
];
