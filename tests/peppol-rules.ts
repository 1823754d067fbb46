import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cache, isMissing, maven } from './maven.ts';

const file = (name: string) => fileURLToPath(new URL(`peppol/${name}`, import.meta.url));
const libraries = join(cache, 'phive-rules-peppol-4.3.7');

/** Why the official rules cannot be asked, or undefined when they can: they run on Java, and Maven fetches them once. */
export async function whyNoPeppolRules(): Promise<string | undefined> {
  if (await isMissing('java')) return 'there is no java: install Java 17 or newer (Debian: default-jdk-headless)';
  if (existsSync(libraries)) return undefined;
  if (await isMissing('mvn')) return 'there is no mvn to fetch the rules with: install maven';
  const half = await mkdtemp(`${libraries}-`);
  const settings = ['-f', file('pom.xml'), '-DincludeScope=runtime', `-DoutputDirectory=${half}`];
  const problem = await maven('copy-dependencies', settings);
  if (problem) return problem;
  // All of them or none: a run that was broken off leaves nothing that looks complete.
  await rename(half, libraries).catch(() => rm(half, { recursive: true }));
  return undefined;
}

export interface Verdict {
  /** How many layers of rules were asked: schema, EN 16931, Peppol. */
  layers: number;
  faults: string[];
}

/** Holds the documents, by name, against schema, EN 16931 and Peppol's rules, in one call; warnings count as faults. */
export async function askPeppolRules(documents: Record<string, string>): Promise<Record<string, Verdict>> {
  const directory = await mkdtemp(join(tmpdir(), 'throughline-ubl-'));
  const verdicts: Record<string, Verdict> = {};
  try {
    const files: string[] = [];
    for (const [name, xml] of Object.entries(documents)) {
      verdicts[name] = { layers: 0, faults: [] };
      files.push(join(directory, name));
      await writeFile(join(directory, name), xml);
    }
    // Two threads at most and no heavy compiler: it is over before that would pay.
    const flags = ['-Xmx512m', '-XX:TieredStopAtLevel=1', '-cp', join(libraries, '*'), file('Validate.java')];
    const { stdout } = await promisify(execFile)('java', [...flags, ...files], { timeout: 110_000, maxBuffer: 10_000_000 });
    for (const line of stdout.split('\n').filter(Boolean)) {
      const [path, level, rule, text] = line.split('\t');
      const verdict = verdicts[basename(path!)]!;
      if (level === 'layers') verdict.layers = Number(rule);
      else verdict.faults.push(`${level} ${rule}: ${text}`);
    }
    return verdicts;
  } finally {
    await rm(directory, { recursive: true });
  }
}
