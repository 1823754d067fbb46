import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { Database, Transaction } from '../db/client.ts';
import type { Actor } from '../db/statements/audit.ts';
import type { RequestKey } from '../db/statements/idempotency.ts';
import type { Delivery } from '../outbox/deliver.ts';
import type { OrderFeed } from './order-feed.ts';
import type { SignIn } from './sign-in.ts';
import type { StockFeed } from './stock-feed.ts';

/**
 * Of customers: everybody of one reads its orders and goods; a buyer orders and sends back, a payer sees what is owed, pays it and
 * applies for credit, and its administrator says who of its people may do which.
 */
export const customerRoles = ['customer', 'buyer', 'payer', 'customer-admin'] as const;
export const staff = ['sales', 'credit', 'warehouse', 'shipping', 'receivables', 'finance', 'admin'] as const;
export const roles = [...customerRoles, ...staff] as const;
export type Role = (typeof roles)[number];

export const everyone: readonly Role[] = [...roles];
/** Who orders and sends back: a customer's buyers, and whoever does it for them. */
export const buyers = ['buyer', 'sales', 'admin'] as const satisfies readonly Role[];
/** Who may see what a customer owes: its own people only if they look after its money. */
export const readersOfMoney: readonly Role[] = ['payer', ...staff];

export const seesMoney = ({ roles: own }: Pick<Principal, 'roles'>): boolean => readersOfMoney.some((role) => own.includes(role));

/** Who sent the request, by its API key or its session. */
export interface Principal {
  keyId: string;
  /** Set when a person signed in. */
  personId?: string;
  /** Of a person: the session that it asks with. */
  sessionId?: string;
  /** Of a person: an administrator knows its password, so that nothing is open to it but to choose another. */
  passwordToChange?: boolean;
  actor: Actor;
  roles: readonly Role[];
  /** Set for a customer's key, which sees and touches this customer's records only. */
  customerId: string | undefined;
}

/** What routes work with. */
export interface Services {
  database: Database;
  /** Absent when no Temporal server is configured: orders are accepted all the same, decisions are not. */
  client: Client | undefined;
  delivery: Delivery;
  stockFeed: StockFeed;
  orderFeed: OrderFeed;
  /** Absent: nobody can sign in, and only keys are known. */
  signIn?: SignIn;
  /** Where the Temporal UI shows the runs of this namespace. */
  temporalUi?: string | undefined;
  /** Where the local stack's mail server shows what it was sent; absent elsewhere. */
  mailbox?: string | undefined;
  /** Only the local stack may move the company clock. */
  local: boolean;
  logger: Logger;
  /** What the card gateway signs its messages with; two while one replaces the other. Absent: it sends none. */
  gatewaySecrets?: readonly string[];
  /** What EasyPost signs its messages with; two while one replaces the other. Absent: it sends none. */
  easyPostSecrets?: readonly string[];
}

/** A body that is not for the contract to read. */
export interface SentFile {
  contentType: string;
  bytes: Buffer;
  /** Of a file that is too long for memory: where it lies while the request is answered, and the hash of its content. */
  spooled?: { path: string; sha256: string; size: number };
}

export interface Call<Params, Query, Body> extends Services {
  principal: Principal;
  actor: Actor;
  params: Params;
  query: Query;
  body: Body;
  /** What was sent to a route that takes a file; empty for the others. */
  file: SentFile;
  /** The company's time when the request came in. */
  at: string;
  offsetMs: number;
  /** The client's Idempotency-Key and what it stands for; without one, a key that is used once. */
  requestKey: RequestKey;
  /** Aborted when the answer has been sent, or nobody waits for it any more. */
  gone: AbortSignal;
  /** `Prefer: wait=N`, or 0. */
  waitSeconds: number;
  /** Runs the command in one transaction, once per Idempotency-Key, and has what it owes the world delivered. */
  command<Given extends Answer>(work: (tx: Transaction) => Promise<Given>): Promise<Given>;
}

/** The body is JSON, or with a `contentType` bytes, or pieces of text that are sent as they come. */
export interface Answer<Status extends number = number, Body = unknown> {
  status: Status;
  body: Body;
  headers?: Record<string, string>;
}

export function reply<Status extends number, Body>(
  status: Status,
  body: Body,
  headers: Record<string, string> = {},
): Answer<Status, Body> {
  return { status, body, headers };
}

/** A document that a browser shows, under the name it is saved by; pages of this server may show it beside their own. */
export const replyDocument = <Body>(body: Body, filename: string): Answer<200, Body> =>
  reply(200, body, {
    'Content-Disposition': `inline; filename="${filename}"`,
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'",
  });

type Responses = Record<number, z.ZodType>;
type AnswerOf<Given extends Responses> = {
  [Status in keyof Given & number]: Answer<Status, z.input<Given[Status]>>;
}[keyof Given & number];
export type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

interface Endpoint<Params, Query, Body> {
  method: 'get' | 'post' | 'put';
  /** As OpenAPI writes it: '/v1/orders/{id}'. */
  path: `/v1/${string}`;
  summary: string;
  roles: readonly Role[];
  params?: Params;
  query?: Query;
  body?: Body;
  /** Of a body that may be larger than most: 256 kB. */
  bodyLimitBytes?: number;
  /** In place of a body: a file of one of these content types, as the documentation shows them. */
  file?: { limitBytes: number; content: Record<string, z.ZodType>; spooled?: true };
  /** 'required': the route creates something, so a repeated request must be recognisable. */
  idempotencyKey?: 'required';
  /** Called by who has no API key but signs what it sends: then `roles` is empty. */
  signedBy?: 'carrier' | 'easypost' | 'gateway';
  /** Called by who has no API key but a secret in the path: then `roles` is empty, and the handler must ask for that secret. */
  openTo?: 'link-holder';
  /** Pages of the Temporal UI may call it, by the session of whoever reads them; no other page of another server may. */
  openToTemporalUi?: true;
  /** True for routes that take their time inside their own transaction, or that move the clock themselves. */
  readsClockItself?: true;
  /** Of an answer that is not JSON. */
  contentType?: string;
}

export interface Route extends Endpoint<z.ZodObject, z.ZodObject, z.ZodType> {
  responses: Responses;
  handler(call: Call<unknown, unknown, unknown>): Promise<Answer>;
}

/** One endpoint. From this value come the Express route, its checks and its page in the OpenAPI document. */
export function route<
  Given extends Responses,
  Params extends z.ZodObject | undefined = undefined,
  Query extends z.ZodObject | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(
  definition: Endpoint<Params, Query, Body> & {
    responses: Given;
    handler(call: Call<Parsed<Params>, Parsed<Query>, Parsed<Body>>): Promise<AnswerOf<Given>>;
  },
): Route {
  // The types of one endpoint are checked here, at its definition; the list of routes holds them all as one type.
  return definition as unknown as Route;
}
