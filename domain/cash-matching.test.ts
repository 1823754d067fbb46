import { describe, expect, it } from 'vitest';
import { isTelling } from './cash-application.ts';
import {
  type CashPolicy,
  defaultCashPolicy,
  formerNumbersIn,
  type MatchItem,
  matchLine,
  matchReceipt,
  numbersNamed,
  type Payer,
  quotedNumbers,
  type RecordedReceipt,
} from './cash-matching.ts';
import { paymentReference } from './invoice.ts';

let count = 0;
const item = (openMinor: number, rest: Partial<MatchItem> = {}): MatchItem => {
  count += 1;
  const invoiceId = rest.invoiceId ?? `INV-2026-${String(count).padStart(6, '0')}`;
  return {
    customerId: 'ACME',
    invoiceId,
    paymentReference: paymentReference(invoiceId),
    openMinor,
    discountMinor: 0,
    issuedOn: '2026-03-01',
    dueOn: '2026-03-31',
    ...rest,
  };
};
const acme: Payer = { customerId: 'ACME', by: 'iban', likeness: 100 };
const byName: Payer = { customerId: 'ACME', by: 'name', likeness: 95 };
const match = (
  amountMinor: number,
  items: MatchItem[],
  {
    payers = [acme],
    references = [],
    policy = {},
    valueOn = '2026-03-20',
  }: {
    payers?: Payer[];
    references?: string[];
    policy?: Partial<CashPolicy>;
    valueOn?: string;
  } = {},
) => matchReceipt({ amountMinor, valueOn, references }, payers, items, { ...defaultCashPolicy, ...policy });

describe('matching ladder', () => {
  it('P2: (1) a reference posts when the payer agrees, whatever the amount', () => {
    const named = item(10_000);
    const { post } = match(4_000, [named, item(4_000)], { references: [`thanks ${named.paymentReference}`] });
    expect(post).toMatchObject({ rung: 'reference', invoiceIds: [named.invoiceId], shortMinor: 0 });
  });

  it('P2: (1) a reference posts when the amount agrees, whoever pays', () => {
    const [one, two] = [item(10_000), item(2_500)];
    const references = [`${one.invoiceId} and ${two.invoiceId.replaceAll('-', ' ')}`];
    expect(match(12_500, [one, two], { payers: [], references }).post).toMatchObject({
      customerId: 'ACME',
      invoiceIds: [one.invoiceId, two.invoiceId],
    });
    expect(match(12_500, [one, two], { payers: [{ ...acme, customerId: 'PARENT' }], references }).post).toMatchObject({
      customerId: 'ACME',
    });
  });

  it('P2: (1) a reference alone, of an unknown payer and with another amount, is a suggestion', () => {
    const named = item(10_000);
    const found = match(4_000, [named], { payers: [], references: [named.invoiceId] });
    expect(found).toMatchObject({
      post: undefined,
      onAccountOf: undefined,
      suggestions: [{ rung: 'reference', customerId: 'ACME' }],
    });
  });

  it('P2: (1) a reference to items of two customers is never posted', () => {
    const [own, other] = [item(4_000), item(6_000, { customerId: 'OTHER' })];
    expect(match(10_000, [own, other], { references: [own.invoiceId, other.invoiceId] }).post).toBeUndefined();
  });

  it('P2: (2) an exact single item posts, with its early-payment discount too; twins are suggestions by due date, then number', () => {
    const single = item(10_000, { discountMinor: 200 });
    expect(match(9_800, [single, item(7_000)]).post).toMatchObject({ rung: 'exact-item', invoiceIds: [single.invoiceId] });
    const later = item(5_000, { dueOn: '2026-04-30' });
    const [first, second] = [item(5_000), item(5_000)];
    const { post, suggestions, onAccountOf } = match(5_000, [later, second, first]);
    expect(post).toBeUndefined();
    expect(onAccountOf).toBe('ACME');
    expect(suggestions.map(({ invoiceIds }) => invoiceIds[0])).toEqual([first, second, later].map(({ invoiceId }) => invoiceId));
    expect(suggestions[0]!.reasons.join()).toContain('3 fit equally well');
  });

  it('P2: (3) to (5) an amount clears the account, all that is past due, or that of one term', () => {
    const due = [item(1_000, { dueOn: '2026-03-10' }), item(2_300, { dueOn: '2026-03-10' })];
    const otherTerm = [item(700, { dueOn: '2026-03-15' }), item(5_100, { dueOn: '2026-03-15' })];
    const open = item(90_000);
    const all = [...due, ...otherTerm, open];
    expect(match(99_100, all).post).toMatchObject({ rung: 'clears-account', invoiceIds: all.map(({ invoiceId }) => invoiceId) });
    expect(match(9_100, all).post).toMatchObject({ rung: 'clears-past-due' });
    expect(match(5_800, all).post).toMatchObject({
      rung: 'clears-past-due-by-term',
      invoiceIds: otherTerm.map(({ invoiceId }) => invoiceId),
    });
  });

  it('P2: (6) one combination posts, two are suggestions, and no more items are tried than the policy says', () => {
    const items = [item(1_100), item(2_300), item(4_700), item(9_000)];
    expect(match(7_000, items).post).toMatchObject({
      rung: 'combination',
      invoiceIds: [items[1]!.invoiceId, items[2]!.invoiceId],
    });
    const twice = [...items, item(5_900)];
    expect(match(7_000, twice)).toMatchObject({
      post: undefined,
      suggestions: [{ rung: 'combination' }, { rung: 'combination' }],
    });
    expect(match(13_700, items, { policy: { combinationItems: 3 } }).post).toBeUndefined();
    const many = Array.from({ length: 200 }, () => item(1));
    expect(match(3, many).suggestions.length).toBeLessThanOrEqual(10);
  });

  it('P2: (7) what no rung can place pays the oldest items only if the policy says so; else it waits on account', () => {
    const items = [item(3_000), item(4_000, { dueOn: '2026-04-30' }), item(9_000, { dueOn: '2026-05-30' })];
    expect(match(5_000, items)).toMatchObject({ post: undefined, onAccountOf: 'ACME', suggestions: [{ rung: 'oldest-first' }] });
    expect(match(5_000, items, { policy: { oldestFirst: true } }).post).toMatchObject({
      invoiceIds: [items[0]!.invoiceId, items[1]!.invoiceId],
    });
    expect(match(5_000, items, { policy: { oldestFirst: true }, payers: [byName] }).post).toBeUndefined();
  });

  it('P2: short by no more than the tolerance, in money and in percent, is paid in full; a cent more is not', () => {
    const one = item(100_000);
    expect(match(99_900, [one]).post).toMatchObject({ rung: 'exact-item', shortMinor: 100 });
    expect(match(99_899, [one]).post).toBeUndefined();
    const small = item(1_000);
    expect(match(995, [small]).post).toMatchObject({ shortMinor: 5 });
    expect(match(994, [small]).post).toBeUndefined();
  });

  it('P2: an exact item comes before one that is nearly exact', () => {
    const [exact, near] = [item(99_950), item(100_000)];
    expect(match(99_950, [near, exact]).post).toMatchObject({ invoiceIds: [exact.invoiceId], shortMinor: 0 });
  });

  it('P2: a payer known by name alone posts what is exact and nothing else, and its money is never taken on account', () => {
    const items = [item(1_100), item(2_300), item(4_700), item(9_000)];
    expect(match(9_000, items, { payers: [byName] }).post).toMatchObject({ rung: 'exact-item' });
    expect(match(7_000, items, { payers: [byName] })).toMatchObject({
      post: undefined,
      onAccountOf: undefined,
      suggestions: [{ rung: 'combination' }],
    });
  });

  it('P2: a payer known by name alone writes nothing off: a cent short is a suggestion', () => {
    const [one, two] = [item(100_000), item(30_000)];
    for (const amountMinor of [99_999, 129_999]) {
      expect(match(amountMinor, [one, two], { payers: [byName] })).toMatchObject({
        post: undefined,
        suggestions: [{ shortMinor: 1 }],
      });
      expect(match(amountMinor, [one, two]).post).toMatchObject({ shortMinor: 1 });
    }
    expect(match(130_000, [one, two], { payers: [byName] }).post).toMatchObject({ rung: 'clears-account' });
  });

  it('P2: two customers who may both have paid it are a tie', () => {
    const payers: Payer[] = [acme, { ...acme, customerId: 'SISTER' }];
    const items = [item(5_000), item(5_000, { customerId: 'SISTER' })];
    expect(match(5_000, items, { payers })).toMatchObject({ post: undefined, onAccountOf: undefined });
    expect(match(5_000, items.slice(1), { payers }).post).toMatchObject({ customerId: 'SISTER' });
  });

  it('P2: numbers are found in any writing', () => {
    expect(
      quotedNumbers(['inv 2026 000 017, RF18OPN2026000002/PRO.2026.000009', 'INV-2026-0000171 fee2026000003 rtn-2026-000001']),
    ).toEqual(['INV-2026-000017', 'OPN-2026-000002', 'PRO-2026-000009', 'FEE-2026-000003', 'RTN-2026-000001']);
    expect(numbersNamed(['RTN-2026-000001'])).toEqual(['RTN-2026-000001']);
    expect(numbersNamed(['INV-2026-000017, rtn 2026/01'])).toEqual([]);
  });

  it('P2: a line names items and nothing else only when every number in it is one of theirs, to the last digit', () => {
    const number = 'INV-2026-000017';
    expect(numbersNamed([paymentReference(number), 'Payment of inv 2026/000 017.'])).toEqual([number]);
    expect(numbersNamed([number, 'OPN-2026-000002'])).toEqual([number, 'OPN-2026-000002']);
    for (const references of [
      [],
      ['nothing'],
      [`${number} and I.N.V-2026-000018`],
      [`${number}1`],
      [`${number} 12 pieces`],
      [number, 'INV-2026-0001'],
    ]) {
      expect([references, numbersNamed(references)]).toEqual([references, []]);
    }
  });

  it('P2: a line that names an invoice which is paid already posts nothing by its amount', () => {
    const other = item(5_000);
    expect(match(5_000, [other], { references: ['INV-2025-000001'] })).toMatchObject({
      post: undefined,
      onAccountOf: 'ACME',
      suggestions: [{ rung: 'exact-item', invoiceIds: [other.invoiceId] }],
    });
    const odd = item(5_123);
    expect(match(5_123, [odd], { references: ['order 4711'] }).post).toMatchObject({ invoiceIds: [odd.invoiceId] });
  });

  it('P2: an item that was taken over is named by the number its customer knows, and one that is paid means no other item', () => {
    const owed = item(51_237, { formerReference: 'RE-2025-0881' });
    const others = [item(51_237), item(7_000)];
    const unknown = { payers: [] };
    for (const references of [['Rechnung re 2025/0881'], ['RE20250881, danke']]) {
      expect(match(51_237, [owed, ...others], { references, ...unknown }).post).toMatchObject({ invoiceIds: [owed.invoiceId] });
      expect(match(20_000, [owed, ...others], { references }).post).toMatchObject({
        rung: 'reference',
        invoiceIds: [owed.invoiceId],
      });
      expect(match(20_000, [owed, ...others], { references, ...unknown }).post).toBeUndefined();
    }
    // The number of somebody else's item: it is not the payer's, and the payer's own of this amount is not meant.
    const foreign = { ...owed, customerId: 'SISTER' };
    expect(match(51_237, [foreign, others[0]!], { references: ['RE-2025-0881'] })).toMatchObject({
      post: undefined,
      onAccountOf: 'ACME',
    });
    const receipt = { amountMinor: 51_237, valueOn: '2026-03-20', references: ['RE-2025-0880'] };
    const post = (settledReferences: string[]) =>
      matchReceipt({ ...receipt, settledReferences }, [acme], [owed], defaultCashPolicy).post;
    expect(post([])).toMatchObject({ invoiceIds: [owed.invoiceId] });
    expect(post(['RE-2025-0880'])).toBeUndefined();
  });

  it('P2: a number of another system counts only where it says that it is one', () => {
    const told = ['RE-2025-0881', 'R10023', '2025-0881', 'A/1/2/3/B/C'].map(isTelling);
    expect(told).toEqual([true, true, true, true]);
    expect(['7', 'R-1', 'OLD', '10023', '123 456', 'ORDERS', ''].map(isTelling)).toEqual(Array.from({ length: 7 }, () => false));
    expect(formerNumbersIn(['Zahlung RE 2025-0881 vom 3.4.'])).toEqual(expect.arrayContaining(['RE20250881', '20250881']));
    const short = item(51_237, { formerReference: '10023' });
    expect(match(20_000, [short, item(9_000)], { references: ['customer 10023'] }).post).toBeUndefined();
  });

  it('P2: what may be in the books already is not posted, and known for sure by one reference, or one cheque’s number', () => {
    const owed = item(5_012);
    const one: RecordedReceipt = {
      customerId: 'ACME',
      paymentId: 'PAY-1',
      method: 'bank-transfer',
      valueOn: '2026-03-19',
      externalReference: null,
      cheque: null,
      invoiceIds: [],
    };
    const look = (recorded: RecordedReceipt[], references: string[] = [owed.invoiceId]) =>
      matchLine(
        {
          receipt: { amountMinor: 5_012, valueOn: '2026-03-20', references },
          payers: [acme],
          namedCustomerIds: ['ACME'],
          items: [owed],
          recorded,
          bankReference: 'BANK-9',
        },
        defaultCashPolicy,
      );
    expect(look([]).post).toMatchObject({ invoiceIds: [owed.invoiceId] });
    expect(look([one])).toMatchObject({ post: undefined, onAccountOf: undefined, suggestions: [{ rung: 'recorded' }, {}] });
    expect(look([one]).recorded).toBeUndefined();
    const named = { ...one, externalReference: 'BANK-9' };
    expect(look([one, named]).recorded).toMatchObject({ recorded: { paymentId: 'PAY-1', chequeId: null } });
    expect(look([named, { ...named, paymentId: 'PAY-2' }]).recorded).toBeUndefined();
    const cheque = { ...one, paymentId: null, cheque: { id: 'CHQ-1', number: '778899' } };
    expect(look([cheque], ['cheque 778899']).recorded).toMatchObject({ recorded: { paymentId: null, chequeId: 'CHQ-1' } });
    expect(look([{ ...cheque, cheque: { id: 'CHQ-1', number: '12' } }], ['cheque 12']).recorded).toBeUndefined();
  });

  it('P2: a round amount with words that name no document of ours is a suggestion, for round amounts meet by chance', () => {
    const owed = item(5_000);
    const { post, onAccountOf, suggestions } = match(5_000, [owed], { references: ['deposit as agreed on the telephone'] });
    expect(post).toBeUndefined();
    expect(onAccountOf).toBe('ACME');
    expect(suggestions).toMatchObject([{ rung: 'exact-item', invoiceIds: [owed.invoiceId] }]);
    for (const references of [[], ['RF18OPN20260'], ['opn 2026 0000'], ['4711 / 2026']]) {
      expect(match(5_000, [owed], { references }).post).toMatchObject({ invoiceIds: [owed.invoiceId] });
    }
    const odd = item(5_001);
    expect(match(5_001, [odd], { references: ['deposit as agreed'] }).post).toMatchObject({ invoiceIds: [odd.invoiceId] });
  });

  it('P2: of two customers with alike names neither pays by its name alone, and a reference decides', () => {
    const payers: Payer[] = [byName, { ...byName, customerId: 'ACME-NORTH' }];
    const owed = item(5_000);
    expect(match(5_000, [owed], { payers })).toMatchObject({ post: undefined, suggestions: [{ customerId: 'ACME' }] });
    expect(match(5_000, [owed], { payers, references: [owed.invoiceId] }).post).toMatchObject({ customerId: 'ACME' });
  });
});
