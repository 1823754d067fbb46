import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import { failureConverterPath } from '../payloads/codec.ts';

const root = new URL('../', import.meta.url);

/** The code that the workflow sandbox runs, bundled once per content of its sources and kept under node_modules/.cache. */
export async function workflowBundle(): Promise<{ code: string }> {
  const cache = new URL(`node_modules/.cache/throughline/workflows-${await fingerprint()}.js`, root);
  const kept = await readFile(cache, 'utf8').catch(() => undefined);
  if (kept !== undefined) return { code: kept };
  const bundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('workflows/index.ts', root)),
    failureConverterPath,
    // These hold no state of a workflow, so they are evaluated once per thread and not again for every order.
    preloadModules: ['temporal-polyfill', 'dinero.js/bigint', 'dinero.js/currencies'],
    logger: { log() {}, trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error },
  });
  await mkdir(new URL('.', cache), { recursive: true });
  // Renamed into place, so that a process started at the same moment never reads half a bundle.
  const unfinished = new URL(`${cache.href}.${process.pid}`);
  await writeFile(unfinished, bundle.code);
  await rename(unfinished, cache);
  return { code: bundle.code };
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of ['domain/', 'workflows/']) {
    const names = (await readdir(new URL(folder, root)))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .sort();
    for (const name of names) hash.update(name).update(await readFile(new URL(folder + name, root)));
  }
  for (const name of ['workers/bundle.ts', 'payloads/failure-converter.js', 'package-lock.json'])
    hash.update(await readFile(new URL(name, root)));
  return hash.digest('hex').slice(0, 20);
}
