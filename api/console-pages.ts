import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import compression from 'compression';
import express, { Router } from 'express';
import { sendProblem } from './problem.ts';

/** Where `npm run console:build` puts the pages. */
export const builtConsole = new URL('../console/dist/', import.meta.url).pathname;

/*
 * Everything comes from this server and nothing may be framed. Styles may stand in the page, because the component library writes its
 * theme there; scripts may not.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  // Documents of this server, shown beside what is said of them.
  "frame-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** The console and the portal: files whose names change with their content, and one page for every address below each entry. */
export function consolePages(directory: string): Router {
  const router = Router();
  const page = (file: string): string | undefined => {
    const path = join(directory, file);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  };
  // Of our own files alone: an answer of the API may hold both a secret and what a stranger chose, whose length tells of each other.
  router.use(['/console', '/portal'], compression());
  router.use(
    '/console/assets',
    express.static(join(directory, 'assets'), { immutable: true, maxAge: '1y', index: false, fallthrough: false }),
  );
  for (const [entry, file] of [
    ['console', 'index.html'],
    ['portal', 'portal.html'],
  ] as const) {
    router.get([`/${entry}`, `/${entry}/{*rest}`], (_request, response) => {
      const html = page(file);
      if (html === undefined) {
        const detail = 'The console has not been built: `npm run console:build`, or start everything with `npm start`.';
        sendProblem(response, { status: 404, slug: 'console-not-built', detail });
        return;
      }
      response.set('Content-Security-Policy', policy).set('Cache-Control', 'no-cache').type('html').send(html);
    });
  }
  router.get('/', (_request, response) => response.redirect(302, '/console'));
  return router;
}
