import { tmpdir } from 'node:os';
import { hashPassword } from 'better-auth/crypto';
import pino from 'pino';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { AppOptions } from '../../api/app.ts';
import { createSignIn } from '../../api/sign-in.ts';
import { openDatabase } from '../../db/client.ts';
import { ensureLocalPeople, type LocalPerson, localPeople } from '../../db/local-people.ts';
import { buildConsole } from '../../stack/console.ts';
import { type Api, startApi } from '../api/client.ts';
import { openWindow } from './browser.ts';
import { openBrowser } from './chromium.ts';

const secret = 'a secret of tests, 32 characters and more';

/** By password. To make one takes a tenth of a second, as it should, and the people of all files have the same. */
const hashes = new Map<string, Promise<string>>();

function hashOnce(password: string): Promise<string> {
  const hash = hashes.get(password) ?? hashPassword(password);
  hashes.set(password, hash);
  return hash;
}

export const peopleFor = (customerId: string): LocalPerson[] => localPeople(secret, customerId);

/** The console and the portal as a browser gets them, with people who sign in. */
export interface Served {
  api: Api;
  browser: Browser;
  /** A window of its own, in which that person has signed in. */
  enter(name: string, address: string, options?: Parameters<typeof openWindow>[1]): ReturnType<typeof openWindow>;
  signIn(page: Page, name: string, address: string): Promise<void>;
  stop(): Promise<void>;
}

/** Call it when the customers of these people are there; it takes everything down again but the suite. */
export async function serve(
  suite: Parameters<typeof startApi>[0],
  people: readonly LocalPerson[],
  options: Partial<AppOptions> = {},
): Promise<Served> {
  await Promise.all([buildConsole(tmpdir()), ensureLocalPeople(suite.databaseUrl, people, hashOnce)]);
  const { database, databaseUrl } = suite;
  const signInDatabase = openDatabase({ url: databaseUrl, role: 'throughline_api', maxConnections: 3, instantsAreDates: true });
  const logger = pino({ level: 'silent' });
  const signIn = createSignIn({ pool: signInDatabase.pool, database, secret, localPeople: [...people], logger });
  const api = await startApi(suite, { signIn, ...options });
  const browser = await openBrowser();
  // Who has signed in once is let in with that session, as by a browser that is opened again.
  const sessions = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>();
  const served: Served = {
    api,
    browser,
    async enter(name, address, windowOptions) {
      const window = await openWindow(browser, windowOptions);
      await window.context.addCookies(sessions.get(name) ?? []);
      await served.signIn(window.page, name, address);
      sessions.set(name, await window.context.cookies());
      return window;
    },
    async signIn(page, name, address) {
      await page.goto(api.url + address);
      const door = page.getByRole('textbox', { name: 'Email', exact: true });
      const inside = page.getByRole('button', { name: 'Find anything' });
      await door.or(inside).first().waitFor();
      if (await door.isVisible()) await page.getByRole('button', { name }).click();
      await inside.waitFor();
    },
    async stop() {
      await browser.close();
      await api.stop();
      await signInDatabase.close();
    },
  };
  return served;
}
