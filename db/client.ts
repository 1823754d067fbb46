import pg from 'pg';

// bigint columns arrive as strings; `minor` columns are inside the safe integers, so a number is exact or an error.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond the safe integers`);
  return value;
});
// Calendar dates stay dates and instants stay ISO strings: the wire format everywhere, never a Date.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString());

/** Anything that runs one statement: the pool or a transaction. */
export interface Queryable {
  // biome-ignore lint/suspicious/noExplicitAny: a row's shape is what the statement's author says it is.
  query<Row extends pg.QueryResultRow = any>(text: string, values?: unknown[]): Promise<pg.QueryResult<Row>>;
}
export type Transaction = Queryable & { readonly inTransaction: true };

export interface Database extends Queryable {
  /**
   * Runs `work` in one transaction. A deadlock or serialisation failure is tried again (PostgreSQL asks for that);
   * every other error rolls back and is thrown.
   */
  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  url: string;
  /** The role whose rights the connection has: see the grants in migrations/001. Absent: the url's own user. */
  role?: 'throughline_api' | 'throughline_worker';
  maxConnections?: number;
  /** Instants as `Date`, for a library that compares them; ours are ISO strings. */
  instantsAreDates?: true;
  /** Called once per statement; the benches count with it. */
  onStatement?: (text: string) => void;
}

const retryableCodes = new Set(['40001', '40P01']);
const attemptsMaximum = 5;

export function openDatabase(options: DatabaseOptions): Database {
  const settings = [
    ...(options.role ? [`-c role=${options.role}`] : []),
    '-c lock_timeout=5s',
    '-c statement_timeout=20s',
    '-c idle_in_transaction_session_timeout=30s',
  ];
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections ?? 20,
    options: settings.join(' '),
    connectionTimeoutMillis: 5_000,
    // A connection keeps what it has prepared: one that was closed after a few idle seconds would have to begin anew with every statement.
    idleTimeoutMillis: 600_000,
    ...(options.instantsAreDates && { types: { getTypeParser: parserWithDates } }),
    // Statements that do not wait for each other's answers travel together.
    pipeline: true,
  });
  // A connection that PostgreSQL closed (a restart) must not end the process: an idle one is followed by another, and in a transaction,
  // between two of its statements, the next statement fails.
  pool.on('error', () => {});
  pool.on('connect', (connection) => connection.on('error', () => {}));

  return {
    pool,
    query(text, values) {
      options.onStatement?.(text);
      return pool.query(named(text, values));
    },
    async transaction(work) {
      for (let attempt = 1; ; attempt += 1) {
        const connection = await pool.connect();
        let broken: Error | undefined;
        let over = false;
        const tx: Transaction = {
          inTransaction: true,
          query(text, values) {
            // A branch of the work that goes on after another one failed must not write outside the transaction.
            if (over) return Promise.reject(new Error('the transaction is over'));
            options.onStatement?.(text);
            return connection.query(named(text, values));
          },
        };
        try {
          // BEGIN travels with the first statement; when it fails there is no connection any more, and so no statement either.
          const [, result] = await Promise.all([connection.query('BEGIN'), work(tx)]);
          over = true;
          await connection.query('COMMIT');
          return result;
        } catch (error) {
          over = true;
          await connection.query('ROLLBACK').catch((rollbackError: Error) => {
            broken = rollbackError;
          });
          const code = (error as { code?: string }).code;
          if (!code || !retryableCodes.has(code) || attempt >= attemptsMaximum) throw error;
        } finally {
          connection.release(broken);
        }
      }
    },
    close: () => pool.end(),
  };
}

const parserWithDates: typeof pg.types.getTypeParser = (type: number, format?: 'text' | 'binary') =>
  type === pg.types.builtins.TIMESTAMPTZ ? (text: string) => new Date(text) : pg.types.getTypeParser(type, format as 'text');

const names = new Map<string, string>();

/** Names each distinct statement once, so PostgreSQL parses and plans it once per connection. */
function named(text: string, values: unknown[] | undefined): pg.QueryConfig {
  if (values === undefined) return { text };
  let name = names.get(text);
  if (!name) {
    name = `s${names.size + 1}`;
    names.set(text, name);
  }
  return { name, text, values };
}

/** The single row of a statement that must find one. */
export function only<Row>(result: { rows: Row[] }): Row {
  const row = result.rows[0];
  if (row === undefined || result.rows.length > 1) throw new Error(`expected one row, found ${result.rows.length}`);
  return row;
}
