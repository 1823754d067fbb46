import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import type { OrdersMailboxPort } from '../orders-mailbox.ts';

/** As long as the API lets a mail be. */
const mailBytesMaximum = 5 * 1_024 * 1_024;
/** Of a longer one: enough for its headers. */
const beginningBytes = 64 * 1_024;
/** In one look; the rest is there at the next. */
const mailsMaximum = 50;

/**
 * Reads a mailbox over IMAP. `url` is imaps://user:password@host:port/INBOX, each part percent-encoded where it must be. With
 * imap:// the connection is upgraded where the server offers it. What is thrown never holds the password.
 */
export function createImapMailbox(url: string): OrdersMailboxPort {
  const { folder, ...options } = readSettings(url);
  return {
    async takeUnseen(take) {
      const client = new ImapFlow({
        ...options,
        // Its log would hold what customers write.
        logger: false,
        disableAutoIdle: true,
        connectionTimeout: 10_000,
        greetingTimeout: 10_000,
        socketTimeout: 30_000,
      });
      // Every command in flight fails by itself when the connection breaks; without a listener the process would end.
      client.on('error', () => {});
      try {
        await client.connect();
        await client.mailboxOpen(folder);
        return await readEach(client, take);
      } catch (error) {
        throw withoutSecrets(error, options.auth.pass);
      } finally {
        await client.logout().catch(() => client.close());
      }
    },
  };
}

async function readEach(client: ImapFlow, take: Parameters<OrdersMailboxPort['takeUnseen']>[0]): Promise<Error[]> {
  const unseen = (await client.search({ seen: false }, { uid: true })) || [];
  const left: Error[] = [];
  for (const uid of unseen.sort((a, b) => a - b).slice(0, mailsMaximum)) {
    const sized = await client.fetchOne(uid, { size: true }, { uid: true });
    // Somebody else has removed it meanwhile.
    if (!sized) continue;
    const isTooLong = (sized.size ?? 0) > mailBytesMaximum;
    const source = isTooLong ? { start: 0, maxLength: beginningBytes } : true;
    // The source is peeked at: reading alone marks nothing.
    const mail = (await client.fetchOne(uid, { source }, { uid: true })) || undefined;
    if (!mail?.source) continue;
    const problem = await take({ raw: mail.source, isTooLong }).then(
      () => undefined,
      (error: Error) => error,
    );
    if (problem) left.push(problem);
    else await client.messageFlagsAdd(uid, ['\\Seen'], { uid: true });
  }
  return left;
}

function readSettings(url: string) {
  // The parser's own error would repeat the whole address, with the password in it.
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed?.hostname || !parsed.username || !/^imaps?:$/.test(parsed.protocol)) {
    throw new Error('ORDERS_IMAP_URL is not of the form imaps://user:password@host:port/INBOX');
  }
  const secure = parsed.protocol === 'imaps:';
  return {
    host: parsed.hostname,
    port: Number(parsed.port || (secure ? 993 : 143)),
    secure,
    auth: { user: decodeURIComponent(parsed.username), pass: decodeURIComponent(parsed.password) },
    folder: decodeURIComponent(parsed.pathname.slice(1)) || 'INBOX',
  } satisfies ImapFlowOptions & { folder: string };
}

/** What the server or the network said, as one line. */
function withoutSecrets(error: unknown, password: string): Error {
  const { message, code, responseText } = error as { message?: string; code?: string; responseText?: string };
  const said = [...new Set([message, responseText, code])].filter(Boolean).join(', ').slice(0, 300);
  return new Error(`The orders' mailbox cannot be read: ${password ? said.replaceAll(password, '…') : said}`);
}
