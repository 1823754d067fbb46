import { token_set_ratio } from 'fuzzball';

/** How alike two names are, 0 to 100, whatever the order of their words, their case and their accents. */
export function likenessOf(left: string, right: string): number {
  const plain = (name: string) => name.normalize('NFKD').replace(/\p{M}/gu, '');
  return token_set_ratio(plain(left), plain(right));
}
