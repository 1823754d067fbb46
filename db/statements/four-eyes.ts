import { Refusal } from '../../domain/failures.ts';
import type { Actor } from './audit.ts';

export interface Proposal {
  id: string;
  status: string;
  proposedBy: string;
}

/** Refuses to decide what is decided already, and to approve what one has proposed oneself; turning that down is taking it back. */
export function mayDecide({ id, status, proposedBy }: Proposal, decision: 'approve' | 'reject', actor: Actor): void {
  if (status !== 'proposed') throw new Refusal(409, 'proposal-state', `${id} is ${status} already.`);
  if (decision === 'approve' && (proposedBy === actor.name || !actor.verified)) {
    throw new Refusal(409, 'four-eyes', `${proposedBy} has proposed it: a second, different person must agree.`);
  }
}
