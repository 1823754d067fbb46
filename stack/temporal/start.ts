import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../progress.ts';
import { builtServer } from './built-server.ts';
import { downloadCli } from './download-cli.ts';
import { existing } from './existing.ts';
import { pathCli } from './path-cli.ts';
import { type RunningTemporal, type TemporalProvider, type TemporalStart, Unavailable } from './provider.ts';

const providers: TemporalProvider[] = [existing, pathCli, downloadCli, builtServer];

/** Takes the first Temporal server that can be had, and stays with it: the orders under way are in that one's database. */
export async function startTemporal(start: TemporalStart): Promise<RunningTemporal> {
  const choiceFile = join(start.dataDirectory, 'temporal-provider');
  const chosen = existsSync(choiceFile) ? readFileSync(choiceFile, 'utf8') : undefined;
  const candidates = providers.filter(({ name }) => chosen === undefined || name === chosen || name === existing.name);
  const tried: string[] = [];
  for (const provider of candidates) {
    try {
      const temporal = await provider.start(start);
      if (provider !== existing) writeFileSync(choiceFile, provider.name);
      return temporal;
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      tried.push(error.message);
      if (chosen === undefined) say(`  Temporal: ${error.message}; trying the next way`);
    }
  }
  const advice = chosen
    ? `The orders in ${start.dataDirectory} are kept by the ${chosen}. Make that available again, or start with another THROUGHLINE_DATA.`
    : 'Install Go or the Temporal CLI, or set TEMPORAL_ADDRESS to a server that runs.';
  throw new Error(`There is no Temporal server to use:\n${tried.map((text) => `  - ${text}`).join('\n')}\n${advice}`);
}
