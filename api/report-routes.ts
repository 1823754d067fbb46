import { z } from 'zod';
import type { Queryable } from '../db/client.ts';
import type { Span } from '../db/queries/process-map.ts';
import { readCompany } from '../db/statements/company.ts';
import { Refusal } from '../domain/failures.ts';
import { daysOf, type Period, periodBefore } from '../domain/metrics.ts';
import { addDays, compareDates, instantAt, localDate } from '../domain/time.ts';
import { type Call, type Parsed, type Role, type Route, reply, route } from './contract.ts';
import { writeCsv } from './csv.ts';
import { isoDate, isoInstant } from './schemas.ts';

type Cell = string | number | boolean | null | undefined;
type Asked<Params, Query, Sent> = Call<z.output<z.ZodObject>, z.output<z.ZodObject>, Sent> & { params: Params; query: Query };

// Pages of a CSV are longer than those that people turn.
const pageSize = 10_000;

/** One report: as JSON, and under the same path with `.csv` all its rows as a file. With a body it is asked for by POST, and changes nothing. */
export function reportRoutes<
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Params extends z.ZodObject = z.ZodObject,
  Sent extends z.ZodType | undefined = undefined,
>(given: {
  path: `/v1/${string}`;
  summary: string;
  roles: readonly Role[];
  params?: Params;
  query: Query;
  body?: Sent;
  response: Body;
  /** A list in pages is read to its end for the CSV. */
  read(call: Asked<z.output<Params>, z.output<Query>, Parsed<Sent>>): Promise<z.input<Body>>;
  columns: string[];
  rows(body: z.input<Body>): Cell[][];
}): Route[] {
  const { path, summary, roles, params, query, body: sent, response, read, columns, rows } = given;
  const shared = {
    method: sent ? ('post' as const) : ('get' as const),
    roles,
    query,
    ...(params ? { params } : {}),
    ...(sent ? { body: sent } : {}),
  };
  const name = path.slice('/v1/'.length).replaceAll(/[{}]/g, '').replaceAll('/', '-');
  // The head goes with the first rows: what is refused is refused before anything is sent.
  async function* pieces(call: Asked<z.output<Params>, z.output<Query>, Parsed<Sent>>) {
    let head = [columns];
    let { query: asked } = call;
    for (;;) {
      const body = await read({ ...call, query: asked });
      yield writeCsv([...head, ...rows(body)]);
      const { next } = body as { next?: string | null };
      if (!next) return;
      head = [];
      asked = { ...asked, after: Buffer.from(next, 'base64url').toString('utf8'), limit: pageSize };
    }
  }
  return [
    route({
      ...shared,
      path,
      summary,
      responses: { 200: response },
      handler: async (call) => reply(200, await read(call as never)),
    }),
    route({
      ...shared,
      path: `${path}.csv`,
      summary: `${summary}: as CSV`,
      contentType: 'text/csv',
      responses: { 200: z.custom<AsyncIterable<string>>() },
      handler: async (call) => reply(200, pieces(call as never), { 'Content-Disposition': `attachment; filename="${name}.csv"` }),
    }),
  ];
}

/** A period of whole days, as every report over a period asks for it. */
export const periodQuery = {
  from: isoDate.optional().meta({ description: 'Absent: 29 days before the last day.' }),
  to: isoDate.optional().meta({ description: 'The last day, which counts. Absent: today.' }),
};
export const knownAtQuery = {
  asKnownAt: isoInstant
    .optional()
    .meta({ description: 'Leaves out what the books recorded after this instant, whatever day it belongs to. Absent: now.' }),
  asKnownOn: isoDate
    .optional()
    .meta({ description: 'Instead of `asKnownAt`: what was recorded by the end of this day in the company’s time zone.' }),
};

/** The instant up to which what was recorded counts; undefined: now. */
export const knownAtOf = (
  query: { asKnownAt?: string | undefined; asKnownOn?: string | undefined },
  timeZone: string,
): string | undefined => (query.asKnownOn ? instantAt(query.asKnownOn, '23:59:59.999999', timeZone) : query.asKnownAt);
export const period = z.strictObject({ from: isoDate, to: isoDate });

const daysByDefault = 30;
const daysMaximum = 1_100;

/** The period that is asked for, the one before it, and the company's time zone. */
export async function readPeriod(
  database: Queryable,
  at: string,
  query: { from?: string | undefined; to?: string | undefined },
): Promise<Period & { before: Period; timeZone: string }> {
  const { timeZone } = await readCompany(database);
  const to = await dayUpToToday(database, at, query.to, '/query/to');
  const from = query.from ?? addDays(to, 1 - daysByDefault);
  const refuse = (code: string, detail: string) => {
    throw new Refusal(400, 'invalid-request', 'The period cannot be reported.', {
      faults: [{ path: '/query/from', code, detail }],
    });
  };
  if (compareDates(from, to) > 0) refuse('after-end', `The period begins after it ends, ${to}.`);
  if (daysOf({ from, to }) > daysMaximum) refuse('too-long', `A period has ${daysMaximum} days at most.`);
  return { from, to, before: periodBefore({ from, to }), timeZone };
}

/** The day that is asked for, or today: the future has no books. */
export async function dayUpToToday(
  database: Queryable,
  at: string,
  asked: string | undefined,
  path: '/query/to' | '/query/asOf',
): Promise<string> {
  const today = localDate(at, (await readCompany(database)).timeZone);
  if (asked !== undefined && compareDates(asked, today) > 0) {
    const faults = [{ path, code: 'future-date', detail: `${asked} is after today, ${today}.` }];
    throw new Refusal(400, 'invalid-request', 'What is to come cannot be reported.', { faults });
  }
  return asked ?? today;
}

/** From the first instant of a period to the first after it. */
export const spanOf = ({ from, to }: Period, timeZone: string): Span => ({
  fromAt: instantAt(from, '00:00', timeZone),
  untilAt: instantAt(addDays(to, 1), '00:00', timeZone),
});
