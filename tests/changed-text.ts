import fc from 'fast-check';

/** The sample with so many characters cut out and others put in, at places of chance: what a parser must bear. */
export function changedText(
  sample: string,
  put: fc.Arbitrary<string>,
  { cutMaximum, changesMaximum }: { cutMaximum: number; changesMaximum: number },
): fc.Arbitrary<string> {
  const change = fc.tuple(fc.nat(), fc.nat({ max: cutMaximum }), put);
  return fc.array(change, { minLength: 1, maxLength: changesMaximum }).map((changes) =>
    changes.reduce((text, [at, cut, piece]) => {
      const where = at % (text.length + 1);
      return text.slice(0, where) + piece + text.slice(where + cut);
    }, sample),
  );
}
