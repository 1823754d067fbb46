import { describe, expect, it } from 'vitest';
import { defaultCollectionsPolicy, holdOverrideFaults } from './collections.ts';

describe('a hold override', () => {
  it('P3: lasts from today to the policy’s days from now, both included', () => {
    const codes = (throughOn: string) =>
      holdOverrideFaults(defaultCollectionsPolicy, throughOn, '2027-03-10').map(({ code }) => code);
    expect(codes('2027-03-09')).toEqual(['past-date']);
    expect(codes('2027-03-10')).toEqual([]);
    expect(codes('2027-04-09')).toEqual([]);
    expect(codes('2027-04-10')).toEqual(['too-long']);
  });
});
