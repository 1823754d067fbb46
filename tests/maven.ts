import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where built and fetched programs are kept: outside the checkout, and for all of them. */
export const cache =
  process.env.THROUGHLINE_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'throughline');

export const isMissing = (program: 'java' | 'mvn'): Promise<boolean> =>
  run(program, ['-version']).then(
    () => false,
    () => true,
  );

/** Has Maven fetch what a test needs into the cache. Gives why it could not. */
export async function maven(goal: 'copy' | 'copy-dependencies', settings: string[]): Promise<string | undefined> {
  try {
    const plugin = `org.apache.maven.plugins:maven-dependency-plugin:3.8.1:${goal}`;
    await run('mvn', ['-q', '-B', plugin, ...settings], { timeout: 180_000, cwd: '/' });
    return undefined;
  } catch (error) {
    return `Maven could not fetch it: ${(error as { stdout?: string }).stdout?.slice(0, 300)}`;
  }
}
