import type { RunningPostgres } from '../postgres.ts';
import type { TemporalSettings } from './settings.ts';

export interface TemporalStart {
  settings: TemporalSettings;
  ports: TemporalPorts;
  postgres: RunningPostgres;
  dataDirectory: string;
  logDirectory: string;
  /** Absent: none. */
  webUi?: WebUiOptions;
  /** Told what takes long, while it does. */
  progress: (text: string) => void;
}

export interface WebUiOptions {
  /** What decrypts payloads for who has signed in at the other address. */
  codecEndpoint: string;
  signInUrl: string;
}

export interface TemporalPorts {
  frontend: number;
  webUi: number;
  /** For the built server only: its frontend over HTTP, then history, matching and worker, then the membership of all four. */
  internal: number[];
}

export interface RunningTemporal {
  address: string;
  namespace: string;
  /** Without it the company clock cannot move. */
  canSkipTime: boolean;
  /** Undefined when the server brings none, or none that we know of. */
  webUiUrl?: string;
  /** Resolves if the server ends; never for one that is not ours. */
  exited: Promise<string>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export interface TemporalProvider {
  name: string;
  /** Throws `Unavailable` when the next provider should be tried, and any other error when the user has to do something. */
  start(start: TemporalStart): Promise<RunningTemporal>;
}

export class Unavailable extends Error {}
