import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lastLines, launch } from './processes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'console');
const built = join(source, 'dist');
const stamp = join(built, 'built-from');

/** Builds the console unless what is there was built from these very sources and libraries. */
export async function buildConsole(logDirectory: string): Promise<void> {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const log = join(logDirectory, 'console.log');
  const vite = await launch({
    name: 'Vite',
    command: process.execPath,
    arguments: [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--config', 'console/vite.config.ts'],
    directory: root,
    // Whoever builds from a test would get React as its developers want it, and a third more of it.
    environment: { ...process.env, NODE_ENV: 'production' },
    log,
  });
  const ending = await vite.exited;
  if (ending !== 'ended with exit code 0') throw new Error(`The console cannot be built: Vite ${ending}.\n${lastLines(log)}`);
  mkdirSync(built, { recursive: true });
  writeFileSync(stamp, wanted);
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const file of [...filesOf(source).sort(), join(root, 'package-lock.json'), fileURLToPath(import.meta.url)])
    hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

function filesOf(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return path === built ? [] : filesOf(path);
    return [path];
  });
}
