/** The chain of seals over the audit log (X3): what it is made of, and what breaks it. */
import { createHash } from 'node:crypto';

/** What the first seal stands on. */
export const chainBegin: Buffer = Buffer.alloc(32);

/** The seal of a row: of the seal before it and of the row's own content. */
export const sealOf = (previous: Buffer, content: Buffer): Buffer =>
  createHash('sha256').update(previous).update(content).digest();

export const chainFaults = ['changed', 'removed', 'inserted', 'resealed'] as const;
export type ChainFault = (typeof chainFaults)[number];

/** A number of the log: what its row holds now, and what was sealed; either may be missing. */
export interface ChainLink {
  sequence: number;
  content: Buffer | null;
  sealed: { content: Buffer; seal: Buffer } | null;
}

/**
 * What breaks the chain at this link, on the seal before it. `resealed`: the row is as it was sealed, but its seal does not stand on the
 * one before, so that seals were taken out, put in or written anew.
 */
export function faultOf(previous: Buffer, { content, sealed }: ChainLink): ChainFault | undefined {
  if (sealed === null) return content === null ? undefined : 'inserted';
  if (content === null) return 'removed';
  if (!content.equals(sealed.content)) return 'changed';
  return sealOf(previous, sealed.content).equals(sealed.seal) ? undefined : 'resealed';
}
