import type { Page } from 'playwright-core';
import { expect } from 'vitest';

type Role = Parameters<Page['getByRole']>[0];

const stopsMaximum = 120;

/** What is asked of an element in the page. */
interface Drawn {
  tagName: string;
  textContent: string | null;
  labels?: ArrayLike<Drawn>;
  getAttribute(name: string): string | null;
  matches(selector: string): boolean;
  getBoundingClientRect(): { top: number; bottom: number; height: number };
}

/** What has the focus, how it is called, and whether somebody who looks can tell. */
async function focusOf(page: Page): Promise<{ words: string; isSeen: boolean }> {
  return page.evaluate(() => {
    // The compiler of the tests knows no browser.
    const { document, getComputedStyle, innerHeight } = globalThis as unknown as {
      document: { activeElement: Drawn; body: Drawn };
      getComputedStyle(one: Drawn): { outlineStyle: string; boxShadow: string };
      innerHeight: number;
    };
    const focused = document.activeElement;
    const label = focused.labels?.[0];
    // A choice among a few is drawn by its label alone.
    const one = label && focused.getBoundingClientRect().height === 0 ? label : focused;
    const style = getComputedStyle(one);
    const { top, bottom, height } = one.getBoundingClientRect();
    const isMarked =
      style.outlineStyle !== 'none' || style.boxShadow !== 'none' || one.matches('input, textarea, select, .mantine-Input-input');
    return {
      words: `${focused.tagName} ${(focused.getAttribute('aria-label') ?? (label ?? focused).textContent ?? '').slice(0, 60)}`,
      isSeen: one !== document.body && isMarked && height > 0 && bottom > 0 && top < innerHeight,
    };
  });
}

/** Goes on by Tab until the focus is there. Each stop on the way must be one that can be seen (WCAG 2.4.7). */
export async function tabTo(page: Page, role: Role, name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name });
  await wanted.first().waitFor();
  const stops: string[] = [];
  for (let count = 0; count < stopsMaximum; count += 1) {
    if (await wanted.evaluateAll((all) => all.some((one) => one === one.ownerDocument.activeElement))) return;
    await page.keyboard.press('Tab');
    const { words, isSeen } = await focusOf(page);
    stops.push(words);
    expect.soft(isSeen || words.startsWith('BODY'), `the focus is seen on ${words}`).toBe(true);
  }
  throw new Error(`No ${role} called ${name} is reached by Tab, only:\n${[...new Set(stops)].join('\n')}`);
}

export async function press(page: Page, role: Role, name: string | RegExp, key = 'Enter'): Promise<void> {
  await tabTo(page, role, name);
  await page.keyboard.press(key);
}

/** Writes over whatever stands in the field. */
export async function write(page: Page, role: Role, name: string | RegExp, text: string): Promise<void> {
  await tabTo(page, role, name);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

/** Writes into a field with suggestions, and takes that one of them. */
export async function choose(page: Page, name: string | RegExp, text: string, option: RegExp): Promise<void> {
  await tabTo(page, 'combobox', name);
  const found = page.waitForResponse((answer) => new URL(answer.url()).searchParams.get('q') === text);
  await page.keyboard.type(text);
  await found;
  const wanted = page.getByRole('option', { name: option }).first();
  await wanted.waitFor();
  // Nobody chooses before having seen the list.
  await page.waitForTimeout(300);
  do await page.keyboard.press('ArrowDown');
  while ((await wanted.getAttribute('data-combobox-selected')) === null);
  await page.keyboard.press('Enter');
}

/** The letters of a place: `g` and its own. */
export async function go(page: Page, letter: string): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press(letter);
}
