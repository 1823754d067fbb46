import { shortageChoices } from '../domain/fulfilment.ts';
import { isIsoInstant } from '../domain/time.ts';
import type { Amendment, CreditDecisionRequest, PickRequest } from './messages.ts';

/*
 * Messages are typed for those who send them from our code; anybody else may send anything. A message of the wrong shape is
 * turned down here, before it reaches a transaction that could not be written and would be tried for ever.
 */
type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** PostgreSQL keeps neither NUL characters nor halves of surrogate pairs. */
export const isPrintable = (text: unknown): text is string =>
  typeof text === 'string' && text.length <= 1_000 && !text.includes('\u0000') && !/\p{Surrogate}/u.test(text);

const isWhole = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

const isActor = (actor: unknown): boolean => isFields(actor) && isPrintable(actor.name) && typeof actor.verified === 'boolean';

export const isFromActor = (message: unknown): boolean => isFields(message) && isActor(message.actor);

export const isReasoned = (message: unknown): boolean => isFromActor(message) && isPrintable((message as Fields).reason);

export function isCreditDecision(message: unknown): message is CreditDecisionRequest {
  if (!isReasoned(message)) return false;
  const { decision, limitMinor, expiresAt } = message as Fields;
  return (
    ['approve', 'deny', 'release', 'prepay'].includes(decision as string) &&
    (limitMinor === undefined || isWhole(limitMinor)) &&
    (expiresAt === undefined || (typeof expiresAt === 'string' && isIsoInstant(expiresAt)))
  );
}

/** None stated, or at most fifty with a weight each. */
const areCartons = (cartons: unknown): boolean =>
  cartons === undefined ||
  (Array.isArray(cartons) && cartons.length <= 50 && cartons.every((carton) => isFields(carton) && isWhole(carton.weightGrams)));

export const isPack = (message: unknown): boolean => isFromActor(message) && areCartons((message as Fields).cartons);

export function isPick(message: unknown): message is PickRequest {
  if (!isFromActor(message)) return false;
  const { short, packed, cartons } = message as Fields;
  // Which numbers are right is for the transaction to say, line by line.
  const isShort = (line: unknown) =>
    isFields(line) &&
    Number.isSafeInteger(line.lineNumber) &&
    Number.isFinite(line.pickedQuantity) &&
    (line.reason === undefined || isPrintable(line.reason));
  return (
    typeof packed === 'boolean' && Array.isArray(short) && short.length <= 1_000 && short.every(isShort) && areCartons(cartons)
  );
}

export function isAmendment(message: unknown): message is Amendment {
  if (!isReasoned(message)) return false;
  const { revision, lines, shipTo, requestedOn } = message as Fields;
  const isText = (value: unknown) => value === undefined || isPrintable(value);
  const isChange = (line: unknown) =>
    isFields(line) &&
    isWhole(line.quantity) &&
    isText(line.sku) &&
    (line.lineNumber === undefined ? line.sku !== undefined : Number.isSafeInteger(line.lineNumber));
  return (
    isWhole(revision) &&
    (lines === undefined || (Array.isArray(lines) && lines.length <= 1_000 && lines.every(isChange))) &&
    (shipTo === undefined || (isFields(shipTo) && Object.values(shipTo).every(isPrintable))) &&
    (requestedOn === undefined || (typeof requestedOn === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(requestedOn)))
  );
}

export const isShortageChoice = (message: unknown): boolean =>
  isFromActor(message) && (shortageChoices as readonly unknown[]).includes((message as Fields).choice);

/** A hand-typed credit decision, read with care: the decision, or what is wrong with it. */
export function readCreditDecision(message: unknown): CreditDecisionRequest | string {
  if (!isFields(message)) return 'it is not an object';
  const { decision, limitMinor, by, reason } = message;
  if (decision !== 'approve' && decision !== 'deny') return 'decision must be "approve" or "deny"';
  if (limitMinor !== undefined && !isWhole(limitMinor)) return 'limitMinor must be a whole number of minor units';
  if (![by, reason].every((text) => text === undefined || isPrintable(text))) {
    return 'by and reason must be text of up to 1,000 characters';
  }
  return {
    decision,
    limitMinor: limitMinor as number | undefined,
    reason: (reason as string | undefined) ?? 'decided from the Temporal UI or CLI',
    actor: { name: `temporal:${(by as string | undefined) ?? 'unknown'}`, verified: false },
  };
}
