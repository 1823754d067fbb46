import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import express, { type Express } from 'express';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { listPage, messagePage } from './mailbox-page.ts';

export interface Message {
  id: string;
  messageId: string;
  from: string;
  to: string[];
  subject: string;
  /** The date that the sender wrote, which follows the company clock; `receivedAt` is the time on the wall. */
  date: string | null;
  receivedAt: string;
  /** More than one when the sender, unsure whether it had been delivered, sent the same message again. */
  deliveries: number;
  attachments: { filename: string; mimeType: string; size: number }[];
}

export interface MessageWithBody extends Message {
  text: string | null;
  html: string | null;
}

export interface Mailbox {
  readonly smtpUrl: string;
  readonly url: string;
  /** Newest first. */
  messages(): Message[];
  message(id: string): Promise<MessageWithBody | undefined>;
  /** The next messages are refused with 451, as by a server in trouble. */
  failNext(count: number): void;
  clear(): void;
  stop(): Promise<void>;
}

const maximumBytes = 25 * 1024 * 1024;

/** A mail server that keeps everything it gets and passes nothing on, with a page and a JSON API to read it. */
export async function startMailbox(options: { smtpPort: number; httpPort: number; directory: string }): Promise<Mailbox> {
  const { smtpPort, httpPort, directory } = options;
  mkdirSync(directory, { recursive: true });
  const messages = readMessages(directory);
  let failures = 0;

  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    size: maximumBytes,
    // The greeting must not wait for a look-up of the caller's name.
    disableReverseLookup: true,
    onData(stream, session, callback) {
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      buffer(stream)
        .then(async (content) => {
          if (stream.sizeExceeded) throw refusal(552, 'The message is too large');
          if (failures > 0) {
            failures--;
            throw refusal(451, 'Refused as asked, try again later');
          }
          await keep(content, recipients);
          callback(null, 'Kept');
        })
        .catch(callback);
    },
  });
  smtp.on('error', () => {});

  async function keep(content: Buffer, recipients: string[]): Promise<void> {
    const email = await PostalMime.parse(content);
    const messageId = email.messageId ?? '';
    const id = createHash('sha256')
      .update(messageId || content)
      .digest('hex')
      .slice(0, 16);
    const message: Message = {
      id,
      messageId,
      from: email.from?.address ?? '',
      to: recipients,
      subject: email.subject ?? '',
      date: email.date ?? null,
      receivedAt: new Date().toISOString(),
      deliveries: (messages.get(id)?.deliveries ?? 0) + 1,
      attachments: email.attachments.map((attachment) => ({
        filename: attachment.filename ?? 'attachment',
        mimeType: attachment.mimeType,
        size: bytesOf(attachment).length,
      })),
    };
    // Removed first, so that a message that came again is the newest.
    messages.delete(id);
    messages.set(id, message);
    writeWhole(join(directory, `${id}.eml`), content);
    writeWhole(join(directory, `${id}.json`), JSON.stringify(message));
  }

  const parsed = async (id: string) => PostalMime.parse(await readFile(join(directory, `${id}.eml`)));

  const mailbox: Mailbox = {
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    url: `http://127.0.0.1:${httpPort}`,
    messages: () => [...messages.values()].reverse(),
    async message(id) {
      const message = messages.get(id);
      if (!message) return undefined;
      const { text, html } = await parsed(id);
      return { ...message, text: text ?? null, html: html ?? null };
    },
    failNext(count) {
      failures = count;
    },
    clear() {
      messages.clear();
      rmSync(directory, { recursive: true, force: true });
      mkdirSync(directory, { recursive: true });
    },
    async stop() {
      http.closeAllConnections();
      await Promise.all([new Promise((resolve) => http.close(resolve)), new Promise<void>((resolve) => smtp.close(resolve))]);
    },
  };

  const http = mailboxPages(mailbox, parsed).listen(httpPort, '127.0.0.1');
  await once(http, 'listening');
  smtp.listen(smtpPort, '127.0.0.1');
  await once(smtp.server, 'listening');
  return mailbox;
}

function mailboxPages(mailbox: Mailbox, parsed: (id: string) => Promise<Email>): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use((_request, response, next) => {
    response.set({
      // A message is other people's HTML: nothing in it runs or loads anything.
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'",
      'X-Content-Type-Options': 'nosniff',
    });
    next();
  });
  app.get('/', (_request, response) => {
    response.type('html').send(listPage(mailbox.messages()));
  });
  app.get('/view/:id', async (request, response) => {
    const message = await mailbox.message(request.params.id);
    if (message) response.type('html').send(messagePage(message));
    else response.status(404).type('text').send('There is no such message.');
  });
  app.get('/messages', (request, response) => {
    const { to, limit } = request.query;
    const found = mailbox.messages().filter((message) => typeof to !== 'string' || message.to.includes(to));
    response.json({ messages: found.slice(0, Number(limit) || found.length) });
  });
  app.delete('/messages', (_request, response) => {
    mailbox.clear();
    response.status(204).end();
  });
  app.get('/messages/:id', async (request, response) => {
    const message = await mailbox.message(request.params.id);
    if (message) response.json(message);
    else response.status(404).json({ error: 'There is no such message.' });
  });
  app.get('/messages/:id/attachments/:number', async (request, response) => {
    const { id, number } = request.params;
    const attachment = mailbox.messages().some((message) => message.id === id) && (await parsed(id)).attachments[Number(number)];
    if (!attachment) {
      response.status(404).json({ error: 'There is no such attachment.' });
      return;
    }
    response
      .attachment(attachment.filename ?? 'attachment')
      .type(attachment.mimeType)
      .send(bytesOf(attachment));
  });
  // Tests in other processes reach the mailbox only this way.
  app.post('/fail-next', express.json(), (request, response) => {
    mailbox.failNext(Number(request.body?.count) || 0);
    response.status(204).end();
  });
  return app;
}

function readMessages(directory: string): Map<string, Message> {
  const files = readdirSync(directory).filter(
    (name) => name.endsWith('.json') && existsSync(join(directory, name.replace('.json', '.eml'))),
  );
  const messages = files.map((name): Message => JSON.parse(readFileSync(join(directory, name), 'utf8')));
  messages.sort((one, other) => one.receivedAt.localeCompare(other.receivedAt));
  return new Map(messages.map((message) => [message.id, message]));
}

function writeWhole(file: string, content: Buffer | string): void {
  writeFileSync(`${file}.unfinished`, content);
  renameSync(`${file}.unfinished`, file);
}

const bytesOf = ({ content }: Email['attachments'][number]): Buffer =>
  typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as ArrayBuffer);

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });
