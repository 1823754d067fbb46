import { createHash, randomBytes } from 'node:crypto';

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** A token for a link in a mail, never to be guessed, and its hash: nothing else of it is kept. */
export function newLinkToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashOf(token) };
}

/** The hash by which what the token opens is found; undefined for what is no such token. */
export const linkTokenHash = (token: string): Buffer | undefined => (/^[\w-]{43}$/.test(token) ? hashOf(token) : undefined);
