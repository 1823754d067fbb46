import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import pg from 'pg';

/*
 * Loaded into a real process with --import: counts what it sends to PostgreSQL. On SIGUSR2 the counts so far are written
 * to the file that BENCH_STATEMENTS names. Plain JavaScript, because the worker's own threads load it without tsx.
 */
const counts = new Map();
const { query } = pg.Client.prototype;

pg.Client.prototype.query = function counted(...args) {
  const text = (typeof args[0] === 'string' ? args[0] : args[0]?.text) ?? '';
  counts.set(text, (counts.get(text) ?? 0) + 1);
  return query.apply(this, args);
};

if (isMainThread) process.on('SIGUSR2', () => writeFileSync(process.env.BENCH_STATEMENTS, JSON.stringify([...counts])));
