import { execFileSync } from 'node:child_process';
import { startCliServer } from './cli-server.ts';
import { type TemporalProvider, Unavailable } from './provider.ts';

export const pathCli: TemporalProvider = {
  name: 'Temporal CLI on the PATH',
  async start(start) {
    try {
      execFileSync('temporal', ['--version'], { stdio: 'ignore' });
    } catch {
      throw new Unavailable('there is no `temporal` on the PATH (https://docs.temporal.io/cli brings it)');
    }
    return startCliServer('temporal', start);
  },
};
