import { expect, it } from 'vitest';
import { chainBegin, faultOf, sealOf } from './audit-chain.ts';

const one = Buffer.alloc(32, 1);
const two = Buffer.alloc(32, 2);
const first = { content: one, seal: sealOf(chainBegin, one) };

it('X3: a link is held by its content and the seal before it', () => {
  expect(faultOf(chainBegin, { sequence: 1, content: one, sealed: first })).toBeUndefined();
  expect(faultOf(chainBegin, { sequence: 1, content: two, sealed: first })).toBe('changed');
  expect(faultOf(chainBegin, { sequence: 1, content: null, sealed: first })).toBe('removed');
  expect(faultOf(chainBegin, { sequence: 1, content: one, sealed: null })).toBe('inserted');
  // The row and its seal agree, and still they are not what stood there.
  expect(faultOf(first.seal, { sequence: 2, content: two, sealed: { content: two, seal: sealOf(chainBegin, two) } })).toBe(
    'resealed',
  );
});
