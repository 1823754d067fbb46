import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedText } from '../tests/changed-text.ts';
import { bai2Reader } from './bai2.ts';
import type { FileAccount, ReadEntry } from './bank-file.ts';
import { Refusal } from './failures.ts';

const example = readFileSync(new URL('../examples/bank/statement.bai2', import.meta.url), 'utf8');
const dollars: FileAccount = { currency: 'USD', iban: null, accountNumber: '0975312468' };

function read(text: string, account = dollars) {
  const reader = bai2Reader(account);
  const entries: ReadEntry[] = text.split(/\r?\n/).flatMap((line, index) => reader.take(line, index + 1));
  const { entries: last, head } = reader.end();
  return { entries: [...entries, ...last], head };
}

/** A file of one account with these records and right trailers, whose amounts come to `total`. */
function file(
  records: string[],
  total: number,
  { status = '1', header = '0975312468,,,,,', groupCurrency = 'USD', length = '' } = {},
) {
  const count = records.length + 2;
  return [
    `01,1,2,270302,0600,7,${length},,2/`,
    `02,2,1,${status},270301,2359,${groupCurrency},2/`,
    `03,${header}/`,
    ...records,
    `49,${total},${count}/`,
    `98,${total},1,${count + 2}/`,
    `99,${total},1,${count + 4}/`,
  ].join('\n');
}

/** What the one transaction says. */
function transaction(records: string[], total: number, rest: Parameters<typeof file>[2] & { account?: FileAccount } = {}) {
  const { entries, head } = read(file(records, total, rest), rest.account);
  expect(head.problems).toEqual([]);
  expect(entries).toHaveLength(1);
  const [only] = entries;
  return 'line' in only! ? only.line : only!.fault;
}

describe('BAI2', () => {
  it('P2: the transactions of an account are read with funds, references and continued texts, and every total is checked', () => {
    const { entries, head } = read(example);
    expect(head).toEqual({
      reference: '122099999 270302 1',
      iban: null,
      currency: 'USD',
      openingMinor: 4_350_000,
      closingMinor: 5_471_500,
      problems: [],
      otherAccounts: ['5550001111 in USD'],
    });
    expect(entries).toMatchObject([
      {
        line: {
          direction: 'credit',
          kind: 'receipt',
          currency: 'USD',
          amountMinor: 1_000_000,
          bookedOn: '2027-03-01',
          valueOn: '2027-03-02',
          bankReference: 'FED0001',
          remittanceText: 'WIRE FROM ACME INC INV-2027-000001, PARTIAL INV2027',
        },
      },
      { line: { amountMinor: 190_000, valueOn: '2027-03-01', remittanceText: 'GLOBEX CORP INV-2027-000002' } },
      { line: { direction: 'debit', kind: 'bounce', amountMinor: 66_000, bankReference: 'RET0003' } },
      { line: { direction: 'debit', kind: 'fee', amountMinor: 2_500, bankReference: null, remittanceText: 'ACCOUNT FEE' } },
    ]);
  });

  it.each([
    [['16,115,450000,S,100000,200000,150000,B1,C1,LOCKBOX'], 450_000, { bankReference: 'B1', remittanceText: 'LOCKBOX C1' }],
    [
      ['16,115,500000,S,,200000,300000,,,LOCK BOX NO.68751/'],
      500_000,
      { bankReference: null, remittanceText: 'LOCK BOX NO.68751' },
    ],
    [
      [
        '16,115,10000000,S,5000000,4000000,1000000/',
        '88,AX13612,B096132,AMALGAMATED CORP. LOCKBOX',
        '88,DEPOSIT/MISC, RECEIVABLES',
      ],
      10_000_000,
      { bankReference: 'AX13612', remittanceText: 'AMALGAMATED CORP. LOCKBOX DEPOSIT/MISC, RECEIVABLES B096132' },
    ],
    [['16,191,300,D,3,0,100,1,100,3,100,B2,,TEXT'], 300, { bankReference: 'B2', remittanceText: 'TEXT' }],
    [
      ['16,218,20000000,V,270304,,SP4738,YRC065321/', '88,PROCEEDS OF LETTER OF CREDIT'],
      20_000_000,
      { valueOn: '2027-03-04', bankReference: 'SP4738' },
    ],
    [['16,108,2500,V,270226,0900,,,OLD'], 2_500, { valueOn: '2027-03-01', remittanceText: 'OLD' }],
    [['16,195,10000000,1,,,/'], 10_000_000, { bankReference: null, remittanceText: null }],
    [
      ['16,469,471790,,,20070740796815/', '88,A. B. C. ABC BILL'],
      471_790,
      { direction: 'debit', kind: 'other', remittanceText: 'A. B. C. ABC BILL 20070740796815' },
    ],
    [['16,142,+500,z,000000,000,X   '], 500, { amountMinor: 500, bankReference: null, remittanceText: 'X' }],
    [['16,925,1,0,,,OWN CREDIT'], 1, { direction: 'credit' }],
    [['16,965,1,2,,,OWN DEBIT'], 1, { direction: 'debit' }],
    [['16,557,1,,,,NO FUNDS'], 1, { kind: 'bounce' }],
    [
      ['16,721,1,,,,LOAN'],
      1,
      { field: '16/type', code: 'type-code', detail: 'Line 4 of the file: 721 is no type of a transaction.' },
    ],
    [['16,400,1,,,,TOTAL'], 1, { code: 'type-code' }],
    [['16,195,1,Q,,,X'], 1, { code: 'funds-type' }],
    [['16,195,1,D,9,0,1,X'], 1, { code: 'funds-type' }],
    [['16,195,1,V,271301,,,X'], 1, { code: 'date' }],
  ])('P2: the transaction %j is read for what it is', (records, total, expected) => {
    expect(transaction(records, total)).toMatchObject(expected);
  });

  it('P2: an amount has as many decimals as its currency, by the account, else the group, else in dollars', () => {
    const of = (header: string, groupCurrency: string, currency: string) =>
      transaction(['16,195,1500,,,,X'], 1_500, { header, groupCurrency, account: { ...dollars, currency } });
    expect(of('0975312468,JPY,,,,', 'EUR', 'JPY')).toMatchObject({ currency: 'JPY', amountMinor: 1_500 });
    expect(of('0975312468,,,,,', 'KWD', 'KWD')).toMatchObject({ currency: 'KWD', amountMinor: 1_500 });
    expect(of('0975312468,,,,,', '', 'USD')).toMatchObject({ currency: 'USD' });
    expect(() => of('0975312468,,,,,', '', 'EUR')).toThrow(/^The file is of 0975312468 in USD, not of 0975312468 in EUR/);
  });

  it('P2: what moves nothing is no line', () => {
    expect(
      read(file(['16,890,,,,,detail reports will be delayed until 11:00 AM.', '16,195,0,,,,NOTHING', '16,195,,,,,NOTHING'], 0))
        .entries,
    ).toEqual([]);
  });

  it('P2: a text that filled its record goes on without a space', () => {
    const full = '16,195,1,,,,INV-2027-0000';
    expect(transaction([full, '88,01 AND MORE', '88,LAST'], 1, { length: String(full.length) })).toMatchObject({
      remittanceText: 'INV-2027-000001 AND MORE LAST',
    });
  });

  it('P2: a line whose amount cannot be read is a fault of that line, and the others stay', () => {
    const { entries, head } = read(
      file(['16,195,12.50,,,,X', '16,195,100,,,,Y', '16,195,-1,,,,Z', `16,195,${'9'.repeat(17)},,,,Z`], 1_350),
    );
    expect(entries.map((entry) => ('fault' in entry ? entry.fault.code : 'good'))).toEqual([
      'amount',
      'good',
      'amount',
      'amount',
    ]);
    expect(head.problems!.length).toBeGreaterThan(0);
  });

  it('P2: deletions, corrections and tests are no money: each of their lines is named', () => {
    for (const status of ['2', '3', '4', ''])
      expect(transaction(['16,195,100,,,,X'], 100, { status, header: '0975312468,,,,,' })).toMatchObject({
        code: 'group-status',
      });
  });

  it.each([
    [
      '49,12338500,9/',
      '49,12338501,9/',
      '49',
      'Line 11 of the file: control total 12338501 by the trailer, 12338500 by what stands before it.',
    ],
    [
      '49,12338500,9/',
      '49,12338500,8/',
      '49',
      'Line 11 of the file: number of records 8 by the trailer, 9 by what stands before it.',
    ],
    [
      '98,12538500,2,13/',
      '98,12538500,3,13/',
      '98',
      'Line 14 of the file: accounts 3 by the trailer, 2 by what stands before it.',
    ],
    ['98,12538500,2,13/', '98,12538400,2,13/', '98', /control total/],
    ['99,12538500,1,15/', '99,12538500,1/', '99', /number of records missing/],
    ['99,12538500,1,15/', '99,12538500,2,15/', '99', /groups 2/],
    ['+4350000', '+4350001', '015', /^Line 11 of the file: the lines come to 11,215\.00 USD/],
  ])('P2: %s as %s is named with its line', (right, wrong, field, detail) => {
    const { problems } = read(example.replace(right, wrong)).head;
    expect(problems).toContainEqual(
      expect.objectContaining({ field, detail: typeof detail === 'string' ? detail : expect.stringMatching(detail) }),
    );
  });

  it('P2: of several days each goes on from the one before, and of a day that is told twice only its own sums are asked', () => {
    const day = (date: string, opening: number, closing: number) => [
      `02,2,1,1,${date},2359,USD,2/`,
      `03,0975312468,,010,${opening},,,015,${closing},,/`,
      `16,${closing < opening ? 495 : 195},${Math.abs(closing - opening)},,,,X`,
      `49,${opening + closing + Math.abs(closing - opening)},3/`,
      `98,${opening + closing + Math.abs(closing - opening)},1,5/`,
    ];
    const days = (...all: string[][]) => {
      const total = all
        .flat()
        .filter((line) => line.startsWith('98'))
        .reduce((sum, line) => sum + Number(line.split(',')[1]), 0);
      return ['01,1,2,270302,0600,7,,,2/', ...all.flat(), `99,${total},${all.length},${all.flat().length + 2}/`].join('\n');
    };
    expect(read(days(day('270301', 100, 150), day('270302', 150, -20))).head).toMatchObject({
      openingMinor: 100,
      closingMinor: -20,
      problems: [],
    });
    expect(read(days(day('270301', 100, 150), day('270301', 100, 150))).head.problems).toEqual([]);
    expect(read(days(day('270301', 100, 150), day('270303', 151, 160))).head.problems).toMatchObject([
      { field: '010', detail: expect.stringMatching(/^Line 8 /) },
    ]);
  });

  it('P2: an entry says the same when its file comes again and in another one; each that differs says another', () => {
    const said = (text: string) => read(text).entries.map((entry) => ('said' in entry ? entry.said : ''));
    const lines = ['16,195,100,,B,,one', '16,195,100,,B,,two', '16,195,100,,B,,one'];
    const [one, two, again] = said(file(lines, 300));
    expect(one).toBe(again);
    expect(one).not.toBe(two);
    expect(said(file(lines.toReversed(), 300))).toEqual([one, two, one]);
    expect(said(file(['16,195,10,,0B,,one'], 10))).not.toContain(one);
    expect(said(file(lines, 300).replace('270301', '270302'))).not.toContain(one);
  });

  it.each([
    ['nothing', ''],
    ['another version', example.replace(',2/\n02', ',3/\n02')],
    ['no header', example.replace(/^01.*\n/, '')],
    ['no trailer', example.replace(/^99,.*\n/m, '')],
    ['a group that does not end', example.replace(/^98,.*\n/m, '')],
    ['an account that does not end', example.replace(/^49,.*\n/m, '')],
    ['an account in no group', example.replace(/^02,.*\n/m, '')],
    ['a transaction in no account', example.replace(/^03,09.*\n88.*\n/m, '')],
    ['a day that is none', example.replace('270301,2359', '271399,2359')],
    ['a record of no code', example.replace('16,165', '17,165')],
    ['a continuation of nothing', `88,X\n${example}`],
    ['a record after its end', `${example}16,195,1,,,,X`],
    ['a file in a file', example.replace(/(01,.*\n)/, '$1$1')],
    ['a record without end', file(['16,195,1,,,,X', ...Array.from({ length: 60 }, () => `88,${'x'.repeat(2_000)}`)], 1)],
  ])('P2: a file with %s is refused as a whole', (_, text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ status: 400, type: 'malformed-file' }));
  });

  it('P2: two files behind each other are read as both', () => {
    expect(read(`${example}\n${example}`)).toMatchObject({ entries: { length: 8 }, head: { problems: [] } });
  });

  it('P2: whatever bytes of a file change, it is read or refused, and no line goes beyond what it may hold', () => {
    const put = fc.oneof(fc.constantFrom(...',/\n+-0189'.split('')), fc.string({ maxLength: 3 }));
    const changed = changedText(example, put, { cutMaximum: 6, changesMaximum: 6 });
    let readable = 0;
    fc.assert(
      fc.property(changed, (text) => {
        try {
          const { entries, head } = read(text);
          readable += 1;
          for (const { detail } of [...head.problems!, ...entries.flatMap((each) => ('fault' in each ? [each.fault] : []))])
            expect(detail).toMatch(/^Line \d+ of the file: /);
          for (const each of entries)
            if ('line' in each) expect(each.line.amountMinor > 0 && Number.isSafeInteger(each.line.amountMinor)).toBe(true);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
        }
      }),
      { numRuns: 300 },
    );
    expect(readable).toBeGreaterThan(10);
  }, 30_000);
});
