import { receivableWorkflowId } from '../../domain/ids.ts';
import type { Transaction } from '../client.ts';

/** What a workflow is told; it asks PostgreSQL again, so a hint carries ids only. */
export type Hint =
  | { signal: 'creditMayHaveRoom' }
  | { signal: 'stockArrived' }
  | { signal: 'shipmentsWithdrawn' }
  | { signal: 'shipmentChanged'; shipmentId: string }
  | { signal: 'receivableChanged'; invoiceId: string };

/** A workflow that is started once more, where its order or item stands (X8): which time it is, and whether one that runs is ended for it. */
export interface Again {
  number: number;
  replace: boolean;
}

export const outboxKinds = [
  'start-order',
  'start-receivable',
  'start-bank-statement',
  'signal',
  'notice',
  'edi',
  'card-payment',
  'card-work',
] as const;

export type OutboxMessage =
  | { kind: 'start-order'; orderId: string; input: unknown; again?: Again }
  | { kind: 'start-receivable'; invoiceId: string; round?: number; input: unknown; again?: Again }
  | { kind: 'start-bank-statement'; statementId: string; clockOffsetMs: number }
  | { kind: 'signal'; workflowId: string; hint: Hint; cause: string }
  | { kind: 'notice'; key: string }
  /** To send a document to a trading partner, for the so-manyeth time. */
  | { kind: 'edi'; documentId: string; round: number }
  | { kind: 'card-payment'; cardPaymentId: string }
  /** To ask the card gateway: about one of its messages, for a refund, or to hold an order's amount anew. */
  | { kind: 'card-work'; work: 'event' | 'refund' | 'renewal'; id: string };

export interface OutboxRow {
  id: number;
  key: string;
  kind: OutboxMessage['kind'];
  subject: string;
  payload: OutboxMessage;
  attempts: number;
}

/** That the start of this workflow is still under way to Temporal, or parked; in the words of a statement that knows its id. */
export const isStarting = (workflowId: string): string => `EXISTS (SELECT FROM outbox starting
  WHERE starting.subject = ${workflowId} AND starting.delivered_at IS NULL AND starting.kind IN ('start-order', 'start-receivable'))`;

const startKey = (id: string, again: Again | undefined) => (again ? `start:${id}:again-${again.number}` : `start:${id}`);

function keyOf(message: OutboxMessage): string {
  switch (message.kind) {
    case 'start-order':
      return startKey(message.orderId, message.again);
    case 'start-receivable':
      return startKey(message.round ? `${message.invoiceId}:${message.round}` : message.invoiceId, message.again);
    case 'start-bank-statement':
      return `start:${message.statementId}`;
    case 'signal':
      return `signal:${message.workflowId}:${JSON.stringify(message.hint)}:${message.cause}`;
    case 'notice':
      return `notice:${message.key}`;
    case 'edi':
      return `edi:${message.documentId}:${message.round}`;
    case 'card-payment':
      return `card:${message.cardPaymentId}`;
    case 'card-work':
      return `card:${message.work}:${message.id}`;
  }
}

function subjectOf(message: OutboxMessage): string {
  switch (message.kind) {
    case 'start-order':
      return message.orderId;
    case 'start-receivable':
      return receivableWorkflowId(message.invoiceId, message.round);
    case 'start-bank-statement':
      return message.statementId;
    case 'signal':
      return message.workflowId;
    case 'notice':
      return `notice:${message.key}`;
    case 'edi':
      return `edi:${message.documentId}`;
    case 'card-payment':
      return `card:${message.cardPaymentId}`;
    case 'card-work':
      return `card:${message.work}:${message.id}`;
  }
}

/** Owes the world messages, in this order: committed with their cause, delivered by outbox/, once per key. */
export async function enqueue(tx: Transaction, ...messages: OutboxMessage[]): Promise<void> {
  if (messages.length === 0) return;
  await tx.query(insertMessages('$1', '$2', '$3', '$4'), columnsOf(messages));
}

/** The same as part of a larger statement: those of the messages `m` that the join leaves. */
export const insertMessages = (keys: string, kinds: string, subjects: string, payloads: string, join = ''): string =>
  `INSERT INTO outbox (key, kind, subject, payload)
   SELECT m.* FROM unnest(${keys}::text[], ${kinds}::text[], ${subjects}::text[], ${payloads}::jsonb[]) AS m (key, kind, subject, payload)
   ${join} ON CONFLICT (key) DO NOTHING`;

export const columnsOf = (messages: OutboxMessage[]): string[][] => [
  messages.map(keyOf),
  messages.map((message) => message.kind),
  messages.map(subjectOf),
  messages.map((message) => JSON.stringify(message)),
];
