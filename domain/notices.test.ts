import { describe, expect, it } from 'vitest';
import { type NoticeFacts, writeNotice } from './notices.ts';

describe('what customers are told', () => {
  const facts = { invoiceId: 'INV-1', grossMinor: 120_00, currency: 'EUR', dueOn: '2026-03-31' };
  const invoice = (more: Partial<NoticeFacts['invoice']> = {}) =>
    writeNotice({ kind: 'invoice', facts: { ...facts, ...more } }).text;

  it('I3: an invoice says what it still asks for', () => {
    expect(writeNotice({ kind: 'invoice', facts }).subject).toBe('Invoice INV-1: 120.00 EUR, due 2026-03-31');
    expect(invoice()).toBe('attached is our invoice INV-1 over 120.00 EUR, payable by 2026-03-31.');
    expect(invoice({ prepaidMinor: 20_00 })).toContain(
      'paid 20.00 EUR in advance; the other 100.00 EUR is payable by 2026-03-31',
    );
    expect(invoice({ prepaidMinor: 119_99, roundingMinor: 1 })).toContain('nothing is due');
    expect(invoice({ byCard: true })).toContain('taken from your card');
    const instalments = [
      { number: 1, dueOn: '2026-03-31', amountMinor: 70_00 },
      { number: 2, dueOn: '2026-04-30', amountMinor: 50_00 },
    ];
    expect(invoice({ instalments })).toContain('in 2 instalments: 70.00 EUR by 2026-03-31, 50.00 EUR by 2026-04-30');
    expect(invoice({ discounts: [{ rate: '0.02', payBy: '2026-03-11', discountMinor: 2_40 }] })).toContain(
      'Paid in full by 2026-03-11, 117.60 EUR is enough.',
    );
  });

  it('I4: a credit note says what it is for, in the words of who reads it', () => {
    const credited = { ...facts, creditNoteId: 'CN-1', appliedMinor: 0, unappliedMinor: 120_00, reason: 'return' };
    const text = (more: Partial<NoticeFacts['credit-note']> = {}) =>
      writeNotice({ kind: 'credit-note', facts: { ...credited, ...more } }).text;
    expect(text()).toContain('over 120.00 EUR on invoice INV-1.\n120.00 EUR of it is kept to your credit');
    const goods = { returnId: 'RET-1', shipmentId: 'SHP-1' };
    expect(text(goods)).toContain('for your return RET-1');
    expect(text({ ...goods, cause: 'lost' })).toContain('for the goods of shipment SHP-1 that were lost on their way to you');
  });
});
