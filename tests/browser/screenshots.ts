import { mkdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { localPeople } from '../../db/local-people.ts';
import { openBrowser } from './chromium.ts';

/*
 * npm run docs:screenshots -- --to /tmp/shots [--url http://127.0.0.1:3000] [--looks wide-light,phone-dark]
 *
 * Signs in on a running local stack as one person of each role and takes every page that can be reached from the sidebar, one of each
 * kind, light and dark, wide and on a phone. What it leaves is for the eyes of a person; docs/screenshots/ holds the few that the
 * documentation shows.
 */
const { values } = parseArgs({
  options: { to: { type: 'string' }, url: { type: 'string', default: 'http://127.0.0.1:3000' }, looks: { type: 'string' } },
});
const folder = values.to && resolve(values.to);
if (!folder || !relative(resolve(import.meta.dirname, '../..'), folder).startsWith('..'))
  throw new Error('--to must name a folder outside of the checkout');
mkdirSync(folder, { recursive: true });

const wide = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const looks = (['light', 'dark'] as const)
  .flatMap((colorScheme) => [
    { name: `wide-${colorScheme}`, colorScheme, viewport: wide },
    { name: `phone-${colorScheme}`, colorScheme, viewport: phone },
  ])
  .filter(({ name }) => values.looks === undefined || values.looks.split(',').includes(name));

/** '/console/orders/ORD-7' and '/console/orders/ORD-8' are one kind of page. */
const kindOf = (pathname: string): string =>
  pathname
    .split('/')
    .map((part) => (/[A-Z0-9]/.test(part) ? 'one' : part))
    .join('/');

const readLinks = (page: Page): Promise<string[]> =>
  page.evaluate(
    `[...document.querySelectorAll('nav a, main a')].map(({ href }) => new URL(href)).filter(({ origin }) => origin === location.origin)
      .map(({ pathname }) => pathname)`,
  );

const browser = await openBrowser();
try {
  const seen = new Set<string>();
  const names = localPeople('', '').filter(({ id }) => !id.endsWith('-2'));
  for (const { name, roles } of names) {
    const context = await browser.newContext({ viewport: wide, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const place = roles.includes('customer') ? '/portal' : '/console';
    await page.goto(values.url + place);
    await page.getByRole('button', { name }).click();
    await page.getByRole('button', { name: 'Find anything' }).waitFor();
    const waiting = [place, ...(await readLinks(page))];
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const kind = kindOf(next);
      // Each role has a home of its own.
      const isHome = next === place;
      if (!next.startsWith(place) || (seen.has(kind) && !isHome) || seen.has(`${roles[0]} ${kind}`)) continue;
      seen.add(kind).add(`${roles[0]} ${kind}`);
      await page.goto(values.url + next);
      await page
        .locator('h1')
        .first()
        .waitFor({ timeout: 10_000 })
        .catch(() => console.error(`${next} has no heading`));
      for (const { name: look, colorScheme, viewport } of looks) {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        // The sidebar slides away, and what is still asked for comes.
        await page.waitForTimeout(500);
        await page.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => {});
        const file = `${kind.slice(1).replaceAll('/', '-')}${isHome ? `-${roles[0]}` : ''}-${look}.png`;
        await page.screenshot({ path: join(folder, file) });
      }
      await page.setViewportSize(wide);
      waiting.push(...(await readLinks(page)));
      console.log(`${name}: ${next}`);
    }
    await context.close();
  }
} finally {
  await browser.close();
}
