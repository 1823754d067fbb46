import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';

/** A window of somebody who has never been here; what breaks in it is collected. */
export async function openWindow(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ context: BrowserContext; page: Page; faults: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // A refused sign-in is an answer, and Chromium notes every one of them.
    if (message.type() === 'error' && !message.text().includes('status of 401')) faults.push(message.text());
  });
  return { context, page, faults };
}

/** A refusal's notice lies over what is in that corner for twelve seconds; who goes on working there closes it. */
export const closeNotice = (page: Page): Promise<void> => page.getByRole('button', { name: 'Close this notice' }).first().click();

/** What WCAG 2.2 AA finds on the page as it is, one line for each fault and place. */
async function accessibilityFaults(page: Page): Promise<string[]> {
  // Through the debugger: the page's own policy lets no script in. It stays until the page is loaded anew.
  if (await page.evaluate('globalThis.axe === undefined')) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as {
      axe: {
        run(
          options: object,
        ): Promise<{ violations: { id: string; help: string; nodes: { target: string[]; html: string }[] }[] }>;
      };
    };
    const found = await checker.run({
      runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
      resultTypes: ['violations'],
    });
    return found.violations.flatMap(({ id, help, nodes }) =>
      nodes.slice(0, 3).map(({ target, html }) => `${id}: ${help} at ${target.join(' ')} (${html.slice(0, 120)})`),
    );
  });
}

/** With SCREENSHOTS=folder, for the eyes of a person. */
async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** Everybody can use the page as it is, and nothing but its own parts scrolls sideways (WCAG 2.2 AA, 1.4.10); a picture of it is kept. */
export async function isSound(page: Page, name: string): Promise<void> {
  expect.soft(await accessibilityFaults(page), name).toEqual([]);
  const tooWide = `document.documentElement.scrollWidth <= innerWidth ? [] : ['the page', ...[...document.querySelectorAll('main *')]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.wide, .lane, .table'))
    .map((one) => one.outerHTML.slice(0, 120))]`;
  expect.soft(await page.evaluate<string[]>(tooWide), name).toEqual([]);
  await screenshot(page, name);
}

/** The same on a phone in the dark. */
export async function isSoundOnAPhone(page: Page, name: string): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForTimeout(300);
  await isSound(page, name);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light' });
}
