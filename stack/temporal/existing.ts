import { Connection, type ConnectionOptions } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { prepareNamespace } from './namespace.ts';
import { type TemporalProvider, Unavailable } from './provider.ts';
import { supportsTimeSkipping } from './time-skipping.ts';

/** Whether TEMPORAL_ADDRESS or a temporal.toml names a server that somebody else runs. */
export const isTemporalConfigured = (): boolean => loadClientConnectConfig().connectionOptions.address !== undefined;

export const existing: TemporalProvider = {
  name: 'existing server',
  async start({ settings }) {
    const { connectionOptions, namespace = settings.namespace } = loadClientConnectConfig();
    const { address } = connectionOptions;
    if (!address) throw new Unavailable('neither TEMPORAL_ADDRESS nor a temporal.toml is set');

    const connection = await Connection.connect({ connectTimeout: '10s', ...(connectionOptions as ConnectionOptions) }).catch(
      (error) => {
        throw new Error(
          `Temporal at ${address} does not answer (${error.message}). Start it, correct TEMPORAL_ADDRESS or temporal.toml, or unset it.`,
        );
      },
    );
    try {
      await prepareNamespace(connection, { ...settings, namespace });
      const canSkipTime = await supportsTimeSkipping(connection, namespace);
      return { address, namespace, canSkipTime, exited: new Promise(() => {}), stop: async () => {} };
    } catch (error) {
      const attributes = Object.entries(settings.searchAttributes).map(([name, type]) => `${name} (${type})`);
      throw new Error(
        `Namespace ${namespace} at ${address} could not be prepared (${(error as Error).message}). ` +
          `Make it yourself with the search attributes ${attributes.join(', ')}, and start again.`,
      );
    } finally {
      await connection.close();
    }
  },
};
