import pg from 'pg';

/** Has the local stack's card gateway report disputes and failed refunds by itself, from now on, as the tokens of cards ask for it. */
export async function simulateLocalGateway(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO gateway_simulations (since) SELECT now() + offset_ms * interval '1 millisecond' FROM company_clock
       WHERE NOT EXISTS (SELECT FROM gateway_simulations)`,
    );
  } finally {
    await client.end();
  }
}
