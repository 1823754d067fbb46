import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { freePorts } from '../stack/ports.ts';
import { until } from '../stack/until.ts';
import { cache, isMissing, maven } from './maven.ts';

const version = '2.1.8';
const directory = join(cache, `greenmail-${version}`);
const jar = join(directory, `greenmail-standalone-${version}.jar`);

/**
 * GreenMail, a real IMAP server that is one file for Java 11 or newer. Maven fetches it once into the cache of built programs.
 * Gives why there is none, or undefined when there is one.
 */
export async function whyNoImapServer(): Promise<string | undefined> {
  if (await isMissing('java')) return 'there is no java: install Java 11 or newer (Debian: default-jre-headless)';
  if (existsSync(jar)) return undefined;
  if (await isMissing('mvn')) return `there is no mvn to fetch GreenMail with: install maven, or put the file at ${jar}`;
  const artifact = `com.icegreen:greenmail-standalone:${version}`;
  const problem = await maven('copy', [`-Dartifact=${artifact}`, `-DoutputDirectory=${directory}`]);
  if (problem) return problem;
  return existsSync(jar) ? undefined : `Maven left no ${jar}`;
}

export interface ImapServer {
  url: string;
  password: string;
  /** Puts mails into the inbox, unseen. */
  put(...mails: Buffer[]): Promise<void>;
  /** How many of the mails in the inbox are seen, and how many are not. */
  count(): Promise<{ seen: number; unseen: number }>;
  stop(): Promise<void>;
}

export async function startImapServer(): Promise<ImapServer> {
  const [port] = (await freePorts(1)) as [number];
  const password = 'top-s3cret%1';
  const settings = [
    'imap.hostname=127.0.0.1',
    `imap.port=${port}`,
    `users=orders:${password}@us.example`,
    'users.login=local_part',
  ].map((setting) => `-Dgreenmail.${setting}`);
  const server = spawn('java', ['-Xmx128m', ...settings, '-jar', jar], { stdio: 'ignore' });
  const ended = once(server, 'exit');
  // Nothing outlives the test run.
  const kill = () => server.kill('SIGKILL');
  process.once('exit', kill);

  async function withInbox<Result>(work: (client: ImapFlow) => Promise<Result>): Promise<Result> {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port,
      secure: false,
      auth: { user: 'orders', pass: password },
      logger: false,
      disableAutoIdle: true,
    });
    client.on('error', () => {});
    await client.connect();
    try {
      await client.mailboxOpen('INBOX');
      return await work(client);
    } finally {
      await client.logout();
    }
  }
  await until('GreenMail', 30, () => withInbox(async () => true));

  return {
    url: `imap://orders:${encodeURIComponent(password)}@127.0.0.1:${port}/INBOX`,
    password,
    put: (...mails) =>
      withInbox(async (client) => {
        for (const mail of mails) await client.append('INBOX', mail);
      }),
    count: () =>
      withInbox(async (client) => {
        const [seen, unseen] = [await client.search({ seen: true }), await client.search({ seen: false })];
        return { seen: (seen || []).length, unseen: (unseen || []).length };
      }),
    async stop() {
      kill();
      await ended;
      process.off('exit', kill);
    },
  };
}
