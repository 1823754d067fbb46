import { Refusal } from '../domain/failures.ts';
import type { Principal } from './contract.ts';

/** The customer that a list or record is narrowed to: a customer's key sees its own, and anything else does not exist for it. */
export function narrow(principal: Principal, wanted?: string): string | undefined {
  if (principal.customerId === undefined) return wanted;
  if (wanted !== undefined && wanted !== principal.customerId) {
    throw new Refusal(404, 'unknown-customer', `There is no customer ${wanted}.`);
  }
  return principal.customerId;
}

/** The record, or the 404 of one that does not exist or is somebody else's. */
export function found<Row>(row: Row | undefined, kind: string, id: string): Row {
  if (row === undefined) throw new Refusal(404, `unknown-${kind}`, `There is no ${kind} ${id}.`);
  return row;
}
