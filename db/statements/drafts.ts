import { Refusal } from '../../domain/failures.ts';
import type { Transaction } from '../client.ts';
import { type Draft, draftColumns } from '../queries/drafts.ts';

/** Locks the draft's row, so that it is placed or changed by one at a time. */
export async function lockDraft(tx: Transaction, id: string): Promise<Draft> {
  const { rows } = await tx.query<Draft>(`SELECT ${draftColumns} FROM drafts WHERE id = $1 FOR UPDATE`, [id]);
  if (!rows[0]) throw new Refusal(404, 'unknown-draft', `There is no draft ${id}.`);
  return rows[0];
}
