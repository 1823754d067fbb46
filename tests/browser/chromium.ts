import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

// The first has no windows to draw, which takes two fifths of Chromium's CPU.
const known = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The machine's own Chromium; undefined where there is none, and then .ci/run says how to get it. */
export const chromiumPath: string | undefined = process.env.CHROMIUM ?? known.find((path) => existsSync(path));

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath!, args: quiet });
