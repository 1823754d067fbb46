import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';

export interface TemporalSettings {
  port: number;
  uiPort: number;
  namespace: string;
  /** Name to type, as in `AmountMinor` to `Int`. */
  searchAttributes: Record<string, string>;
  dynamicConfiguration: Record<string, unknown>;
}

/** Reads the command line of the development server in temporal-dev.yml. */
export function readTemporalSettings(): TemporalSettings {
  const compose = parse(readFileSync(new URL('../../temporal-dev.yml', import.meta.url), 'utf8'));
  const { values } = parseArgs({
    args: compose.services.temporal.command,
    allowPositionals: true,
    options: {
      ip: { type: 'string' },
      port: { type: 'string' },
      'ui-port': { type: 'string' },
      namespace: { type: 'string' },
      'db-filename': { type: 'string' },
      'search-attribute': { type: 'string', multiple: true },
      'dynamic-config-value': { type: 'string', multiple: true },
    },
  });
  const required = (name: 'port' | 'ui-port' | 'namespace') => {
    const value = values[name];
    if (!value) throw new Error(`temporal-dev.yml: the temporal service needs --${name} in its command.`);
    return value;
  };
  return {
    port: Number(required('port')),
    uiPort: Number(required('ui-port')),
    namespace: required('namespace'),
    searchAttributes: Object.fromEntries((values['search-attribute'] ?? []).map(split)),
    dynamicConfiguration: Object.fromEntries(
      (values['dynamic-config-value'] ?? []).map(split).map(([key, json]) => [key, JSON.parse(json)]),
    ),
  };
}

/** The same settings as arguments of `temporal server start-dev`. */
export const asArguments = ({ namespace, searchAttributes, dynamicConfiguration }: TemporalSettings): string[] => [
  `--namespace=${namespace}`,
  ...Object.entries(searchAttributes).map(([name, type]) => `--search-attribute=${name}=${type}`),
  ...Object.entries(dynamicConfiguration).map(([key, value]) => `--dynamic-config-value=${key}=${JSON.stringify(value)}`),
];

function split(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)];
}
