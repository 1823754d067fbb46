import { dispatch } from './effects.ts';

/** One document for a trading partner, on servers that cannot run an activity by itself. */
export async function ediDocumentWorkflow(input: { documentId: string; round: number }): Promise<void> {
  await dispatch.sendEdiDocument(input);
}
