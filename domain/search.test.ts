import { describe, expect, it } from 'vitest';
import { readSearchText } from './search.ts';

describe('what is searched for', () => {
  it('O5: a number is looked for with the prefixes that people leave out', () => {
    expect(readSearchText(' 10000042 ').ids).toEqual(['10000042', 'ORD-10000042', 'SHP-10000042', 'PAY-10000042']);
    expect(readSearchText('ord-10000042').ids).toEqual(['ORD-10000042']);
  });

  it('O5: a reference is looked for as it was typed and without its spaces', () => {
    expect(readSearchText('rf18 5390 0754').references).toEqual(['rf18 5390 0754', 'rf1853900754', 'RF1853900754']);
  });

  it('O5: a name is looked for by the beginnings of its words, whatever stands between them', () => {
    expect(readSearchText("Müller & Sons' (old) | :*").words).toEqual(['müller', 'sons', 'old']);
  });

  it.each([
    [
      '1250',
      [
        { digits: 0, minor: 1250 },
        { digits: 2, minor: 125_000 },
        { digits: 3, minor: 1_250_000 },
      ],
    ],
    [
      '1,250.00',
      [
        { digits: 2, minor: 125_000 },
        { digits: 3, minor: 1_250_000 },
      ],
    ],
    [
      '1.250,5',
      [
        { digits: 2, minor: 125_050 },
        { digits: 3, minor: 1_250_500 },
      ],
    ],
    ['0', []],
    ['ORD-1', []],
    ['999999999999999', [{ digits: 0, minor: 999_999_999_999_999 }]],
  ])('O5: the amount %s is read in the minor units of every currency', (text, amounts) => {
    expect(readSearchText(text).amounts).toEqual(amounts);
  });
});
