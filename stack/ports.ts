import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import type { TemporalPorts } from './temporal/provider.ts';

export interface StackPorts {
  api: number;
  postgres: number;
  mailbox: number;
  smtp: number;
  temporal: TemporalPorts;
}

export interface PortsWanted {
  temporal: { port: number; uiPort: number };
  /** A fixed port is the user's word, and is not moved. */
  api: number | undefined;
  /** What runs elsewhere needs no port here. */
  external: { postgres: boolean; temporal: boolean; mail: boolean };
}

const step = 100;
const attempts = 20;

/** The usual ports, or all of them moved by the same amount when one is taken, as beside another copy of this stack. */
export async function choosePorts(wanted: PortsWanted): Promise<{ ports: StackPorts; taken: number[] }> {
  if (wanted.api !== undefined && !(await isFree(wanted.api))) {
    throw new Error(`PORT is ${wanted.api}, but something else listens there. Stop it, or set another PORT.`);
  }
  let taken: number[] = [];
  for (let attempt = 0; attempt < attempts; attempt++) {
    const ports = portsAt(attempt * step, wanted);
    const { postgres, temporal, mail } = wanted.external;
    const needed = [
      ...(wanted.api === undefined ? [ports.api] : []),
      ...(postgres ? [] : [ports.postgres]),
      ...(temporal ? [] : [ports.temporal.frontend, ports.temporal.webUi, ...ports.temporal.internal]),
      ...(mail ? [] : [ports.mailbox, ports.smtp]),
    ];
    const free = await Promise.all(needed.map(isFree));
    const occupied = needed.filter((_, index) => !free[index]);
    if (occupied.length === 0) return { ports, taken };
    if (attempt === 0) taken = occupied;
  }
  throw new Error(`No free ports, though ${attempts} sets of them were tried. Taken at first: ${taken.join(', ')}.`);
}

const portsAt = (offset: number, { api, temporal }: PortsWanted): StackPorts => ({
  api: api ?? 3000 + offset,
  postgres: 5433 + offset,
  mailbox: 8025 + offset,
  smtp: 2525 + offset,
  temporal: {
    frontend: temporal.port + offset,
    webUi: temporal.uiPort + offset,
    internal: [7243, 7234, 7235, 7239, 6933, 6934, 6935, 6939].map((port) => port + offset),
  },
});

/** Different ports that nobody listens on now. Temporal keeps its own in a column that ends at 32,767. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(12_000, 32_000);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
