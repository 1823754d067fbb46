import { describe, expect, it } from 'vitest';
import { changeKinds, changesFor } from './changes.ts';

describe('what is new, by role', () => {
  it('O5: everybody is told of what changed for their own work, each once', () => {
    expect(changesFor(['receivables'])).toContain('dispute-raised');
    expect(changesFor(['warehouse'])).not.toContain('payment-received');
    const both = changesFor(['finance', 'receivables']);
    expect(both.filter((kind) => kind === 'payment-received')).toHaveLength(1);
    expect(both).toEqual(expect.arrayContaining(['overdue', 'period-closed']));
  });

  it('O5: who may do everything is told of the whole, and not of each step of it', () => {
    expect(changesFor(['admin', 'warehouse'])).toEqual(changesFor(['admin']));
    expect(changesFor(['customer'])).toEqual([]);
    expect(new Set(changeKinds).size).toBe(changeKinds.length);
  });
});
