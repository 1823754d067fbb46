import pg from 'pg';

/**
 * Has the local stack's carrier report its parcels by itself, from now on, with trouble for the given share of them (0 to 1). The
 * example company's past stays as its story tells it. Call it only for a stack on this machine.
 */
export async function simulateLocalCarrier(databaseUrl: string, troubleShare: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO carrier_simulations (carrier, trouble_share, since)
       SELECT 'Parcel Simulator', $1, now() + offset_ms * interval '1 millisecond' FROM company_clock
       ON CONFLICT (carrier) DO UPDATE SET trouble_share = excluded.trouble_share`,
      [troubleShare],
    );
  } finally {
    await client.end();
  }
}
