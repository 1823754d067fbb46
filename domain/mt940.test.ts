import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedText } from '../tests/changed-text.ts';
import { type FileAccount, isAccount, type ReadEntry, readShortDate, recogniseText } from './bank-file.ts';
import { Refusal } from './failures.ts';
import { mt940Reader } from './mt940.ts';

const example = readFileSync(new URL('../examples/bank/statement.sta', import.meta.url), 'utf8');
const euros: FileAccount = { currency: 'EUR', iban: 'DE89370400440532013000', accountNumber: null };

function read(text: string, account = euros) {
  const reader = mt940Reader(account);
  const entries: ReadEntry[] = text.split(/\r?\n/).flatMap((line, index) => reader.take(line, index + 1));
  const { entries: last, head } = reader.end();
  return { entries: [...entries, ...last], head };
}

/** A statement with these fields between its balances. */
const statement = (
  fields: string[],
  { opening = 'C270301EUR100,00', closing = 'C270301EUR100,00', account = euros.iban! } = {},
) => [':20:REF', `:25:${account}`, ':28C:7/1', `:60F:${opening}`, ...fields, `:62F:${closing}`, '-'].join('\r\n');

/** What the one entry says, whose amount makes the balances differ. */
function entry(line: string, information: string[] = [], account = euros) {
  const { entries } = read(
    statement([`:61:${line}`, ...information], {
      opening: `C270301${account.currency}100,`,
      closing: `C270301${account.currency}100,`,
    }),
    account,
  );
  expect(entries).toHaveLength(1);
  const [only] = entries;
  return 'line' in only! ? only.line : only!.fault;
}
const information = (text: string) =>
  entry(
    '2703010301C1,00NTRFNONREF',
    text.split('\n').map((line, index) => (index === 0 ? `:86:${line}` : line)),
  );

describe('MT940', () => {
  it('P2: statements and their pages are read with names, references and texts of German banks, and their balances followed', () => {
    const { entries, head } = read(example);
    expect(head).toEqual({
      reference: '42',
      iban: null,
      currency: 'EUR',
      openingMinor: 1_250_000,
      closingMinor: 1_298_750,
      problems: [],
      otherAccounts: [],
    });
    expect(entries).toMatchObject([
      {
        line: {
          direction: 'credit',
          kind: 'receipt',
          currency: 'EUR',
          amountMinor: 119_000,
          bookedOn: '2027-03-01',
          valueOn: '2027-03-01',
          bankReference: '2706000012',
          endToEndId: 'PO-2027-0815',
          remittanceText: 'INV-2027-000001 Bestellung PO-2027-0815',
          payerName: 'ACME LTD',
          payerIban: 'GB29NWBK60161331926819',
        },
      },
      { line: { amountMinor: 50_000, endToEndId: null, remittanceText: 'Anzahlung', payerName: 'Müller und Söhne GmbH' } },
      { line: { direction: 'debit', kind: 'fee', amountMinor: 1_250, bankReference: null, payerName: null } },
      { line: { direction: 'debit', kind: 'bounce', amountMinor: 119_000, endToEndId: 'PO-2027-0815', payerName: 'ACME LTD' } },
    ]);
  });

  it('P2: envelopes of SWIFT, headers of banks, news after the last balance and other ends of lines change nothing', () => {
    const plain = read(example);
    const message = (text: string) =>
      text.replaceAll(/^:20:/gm, '{1:F01COBADEFFAXXX0000000000}{2:O940COBADEFFXXXXN}{3:}{4:\r\n:20:');
    expect(read(message(example).replaceAll(/^-$/gm, '-}{5:{CHK:1}}'))).toEqual(
      expect.objectContaining({ entries: plain.entries }),
    );
    const oneLine = message(example).replaceAll(/^-\n\{1:/gm, '-}{5:}{1:');
    expect(read(oneLine).entries).toEqual(plain.entries);
    expect(read(`\nABNANL2A\n940\nABNANL2A\n${example.replaceAll(/^-$/gm, '-XXX\n0000 01INGBNL2A')}`).entries).toEqual(
      plain.entries,
    );
    expect(read(example.replaceAll(/^-$/gm, ':64:C270301EUR1,\n:65:C270302EUR1,\n:86:ALL SUMS')).entries).toEqual(plain.entries);
    expect(read(example.replaceAll(/^-\n/gm, '')).entries).toEqual(plain.entries);
  });

  it.each([
    ['2703010301C1,00NTRFNONREF', { direction: 'credit', kind: 'receipt', amountMinor: 100 }],
    ['270301D1,NMSCNONREF', { direction: 'debit', kind: 'other', amountMinor: 100, bookedOn: '2027-03-01' }],
    ['270301    DD1,5NCHGNONREF//', { kind: 'fee', amountMinor: 150, bankReference: null, remittanceText: null }],
    ['270301RC2,00NTRFNONREF', { direction: 'debit', kind: 'bounce' }],
    ['270301RD2,00NTRFNONREF', { direction: 'credit', kind: 'receipt' }],
    ['270301RCR2,00NTRFNONREF', { direction: 'debit', kind: 'bounce', amountMinor: 200 }],
    ['270301DR2,00NRTINONREF//X', { kind: 'bounce', bankReference: 'X' }],
    ['2701021230C3,00NTRFNONREF', { valueOn: '2027-01-02', bookedOn: '2026-12-30' }],
    ['2612300102C3,00NTRFNONREF', { valueOn: '2026-12-30', bookedOn: '2027-01-02' }],
    ['2702300301D6,00N024NONREF', { valueOn: '2027-02-28', bookedOn: '2027-03-01' }],
    ['270301C4,00NTRFINV-2027-000009//B1', { remittanceText: 'INV-2027-000009', bankReference: 'B1' }],
    ['270301C000000000004,00N102EREF', { amountMinor: 400, remittanceText: null }],
    ['270301C0000000000000000004,00N102EREF', { amountMinor: 400 }],
    ['270301C4,00S05168790452', { remittanceText: '68790452' }],
    ['270301C1.234,56NMSCNONREF', { field: ':61:', code: 'malformed', detail: expect.stringMatching(/^Line 5 of the file: /) }],
    ['270301C1,005NMSCNONREF', { code: 'amount' }],
    ['270301C1,2,3NMSCNONREF', { code: 'amount' }],
    ['270301EC1,00NMSCNONREF', { code: 'not-booked' }],
    ['271301C1,00NMSCNONREF', { code: 'date' }],
    ['2703019901C1,00NMSCNONREF', { code: 'date' }],
    ['yesterday, one euro', { code: 'malformed' }],
  ])('P2: the entry %s is read for what it is', (line, expected) => {
    expect(entry(line)).toMatchObject(expected);
  });

  it('P2: amounts have the decimals of their currency', () => {
    const of = (currency: string, amount: string) =>
      entry(`270301C${amount}NTRFNONREF`, [], { ...euros, currency }) as { amountMinor?: number; code?: string };
    expect(of('JPY', '1500,').amountMinor).toBe(1_500);
    expect(of('JPY', '1500,00').amountMinor).toBe(1_500);
    expect(of('JPY', '1500,5').code).toBe('amount');
    expect(of('KWD', '1,234').amountMinor).toBe(1_234);
    expect(of('KWD', '1,2').amountMinor).toBe(1_200);
  });

  it('P2: what moves nothing is no line', () => {
    expect(read(statement([':61:270301CD0,00NDEFNONREF//', '/ABC/C 37897,00 BAI CD 025'])).entries).toEqual([]);
  });

  it.each([
    // Cut at 27 characters, with the space at a cut lost, and at 65 wherever that is.
    [
      '166?00GUTSCHRIFT?100399?20EREF+EndToEndId TFNR 22 004?21 00001?22\nSVWZ+Verw CTSc-01 BC-PPP TF?23Nr 22 004 fuer?24INV-2027-000001?30DRESDEFF508?31DE1450880\n0500194785000?32KARL?33        KAUFMANN',
      {
        endToEndId: 'EndToEndId TFNR 22 004 00001',
        remittanceText: 'Verw CTSc-01 BC-PPP TFNr 22 004 fuer INV-2027-000001',
        payerName: 'KARL KAUFMANN',
        payerIban: 'DE14508800500194785000',
      },
    ],
    [
      '835?20Cie., S.C.A.?21SEPA?22EREF+ 123 PAYPAL?23MREF+ 12AB CRED+ A?24B12CDE SVWZ+Miete Mai',
      { endToEndId: '123 PAYPAL', remittanceText: 'Miete Mai' },
    ],
    [
      '166?20IBAN+DE89370400440532013000?21SVWZ+eins?60 und mehr',
      { remittanceText: 'eins und mehr', payerIban: 'DE89370400440532013000' },
    ],
    ['166?20EREF+NOTPROVIDED?21SVWZ+x?2?y', { endToEndId: null, remittanceText: 'x?2?y' }],
    ['153?00LOHN', { remittanceText: 'LOHN' }],
    [
      '020~00Wplyw~20FV INV-2027-000003~32JAN NOWAK~38PL61109010140000071219812874',
      { remittanceText: 'FV INV-2027-000003', payerName: 'JAN NOWAK', payerIban: 'PL61109010140000071219812874' },
    ],
    [
      '/EREF/E-1/ORDP//NAME/CONTRA ACCOUN\nT HOLDER/REMI/INV-2027-000004/ISDT/2027-03-01',
      { endToEndId: 'E-1', payerName: 'CONTRA ACCOUNT HOLDER', remittanceText: 'INV-2027-000004' },
    ],
    [
      '/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/Jan/REMI/INV 5/EREF/NOTPROVIDED',
      { payerIban: 'NL91ABNA0417164300', payerName: 'Jan', remittanceText: 'INV 5', endToEndId: null },
    ],
    [
      '/EREF/X//CNTP/NL91ABNA0417164300/ABNANL2A/Piet///REMI/STRD/CUR/RF18539007547034/',
      { payerIban: 'NL91ABNA0417164300', payerName: 'Piet', structuredReference: 'RF18539007547034' },
    ],
    ['/CNTP/NL91ABNA0417164300/ABNANL2A/Piet///REMI/USTD//INV 6/', { remittanceText: 'INV 6' }],
    ['GIRO 428428 KPN\nINV-2027-000007', { remittanceText: 'GIRO 428428 KPN INV-2027-000007', payerName: null }],
    [`${'x'.repeat(61)} INV\n-2027-000008`, { remittanceText: expect.stringMatching(/x INV-2027-000008$/) }],
    ['SVWZ+INV 9 EREF+E9', { remittanceText: 'INV 9', endToEndId: 'E9' }],
    [
      '166?20EREF+TFNR 40005 00005?21MTLG:Grund nicht spezifizie?22rt Reject',
      { endToEndId: 'TFNR 40005 00005', remittanceText: 'MTLG:Grund nicht spezifiziert Reject' },
    ],
    // A payer writes the text, and cannot be somebody else by it.
    ['166?20SVWZ+x IBAN+DE89370400440532013000?31NL91ABNA0417164300', { payerIban: 'NL91ABNA0417164300' }],
    ['pay IBAN+DE89370400440532013000', { payerIban: null }],
    ['/EREF/1/ORDP//NAME/Jan/REMI/x/NAME/Piet/IBAN/DE89370400440532013000', { payerName: 'Jan', payerIban: null }],
    ['a\u0000b\ud800c', { remittanceText: 'a b c' }],
  ])('P2: the information %j is taken apart', (text, expected) => {
    expect(information(text)).toMatchObject(expected);
  });

  it('P2: a direct debit that a Dutch bank returns has bounced, with the account in the entry itself', () => {
    const line = entry('270301D5,00N544EREF', ['NL91ABNA0417164300', ':86:/RTRN/MS03/NAME/Jan']);
    expect(line).toMatchObject({ kind: 'bounce', payerName: 'Jan', payerIban: 'NL91ABNA0417164300' });
  });

  it('P2: an entry says the same when its file comes again, in another one and with other spaces; each that differs says another', () => {
    const said = (text: string) => read(text).entries.map((each) => ('said' in each ? each.said : ''));
    const fields = [':61:270301C1,00NTRFNONREF//POS 1', ':86:one  ', ':61:270301C1,00NTRFNONREF//POS 1', ':86:two'];
    const [one, two] = said(statement(fields));
    expect(one).not.toBe(two);
    expect(said(statement(fields.toReversed().toReversed(), { opening: 'C270228EUR7,00' }))).toEqual([one, two]);
    expect(said(statement([...fields.slice(2), ...fields.slice(0, 2)]).replaceAll('one  ', 'one'))).toEqual([two, one]);
    expect(said(statement(fields).replace(':28C:7/1', ':28C:8/1'))).not.toContain(one);
    expect(said(statement(fields).replace(':28C:7/1', ':28C:007/2'))).toContain(one);
  });

  it('P2: balances that the entries do not lead to, and a statement that is missing, are named with their lines', () => {
    const off = statement([':61:270301C1,00NTRFNONREF']);
    expect(read(off).head.problems).toMatchObject([
      {
        field: ':62F:',
        code: 'balance-mismatch',
        detail: 'Line 6 of the file: the lines come to 1.00 EUR, the balances differ by 0.00 EUR.',
      },
    ]);
    const next = statement([], { opening: 'C270305EUR90,00', closing: 'C270305EUR90,00' });
    expect(read(`${statement([])}\n${next}`).head).toMatchObject({
      openingMinor: 10_000,
      closingMinor: 9_000,
      problems: [
        {
          field: ':60F:',
          code: 'balance-mismatch',
          detail: expect.stringMatching(/^Line 10 of the file: .*90\.00 EUR.*100\.00 EUR/),
        },
      ],
    });
    expect(read(statement([':61:270301D150,00NTRFNONREF'], { closing: 'D270301EUR50,00' })).head.problems).toEqual([]);
  });

  it('P2: statements of other accounts and currencies are passed over and named; with nothing else the file is refused', () => {
    const other = statement([':61:270301C1,00NTRFNONREF'], { account: 'NL91ABNA0417164300' });
    const dollars = statement([], { opening: 'C270301USD5,', closing: 'C270301USD5,' });
    expect(read(`${other}\n${example}\n${dollars}`)).toMatchObject({
      entries: { length: 4 },
      head: { problems: [], otherAccounts: ['NL91ABNA0417164300 in EUR', 'DE89370400440532013000 in USD'] },
    });
    expect(() => read(other)).toThrow(/^The file is of NL91ABNA0417164300 in EUR, not of DE89370400440532013000 in EUR/);
    const named = { ...euros, accountNumber: 'NL91ABNA0417164300' };
    expect(read(other, named).entries).toHaveLength(1);
  });

  it.each([
    ['nothing', ''],
    ['something else', '<html></html>'],
    ['no closing balance', example.replace(/:62F:.*\n-\n$/, '')],
    ['a statement in a statement', example.replace(':62M:C270301EUR14190,00\n-', '')],
    ['no opening balance', example.replace(/:60F:.*\n/, '')],
    ['no account', example.replace(/:25:.*\n/, '')],
    ['two opening balances', example.replace(/(:60F:.*\n)/, '$1$1')],
    ['two closing balances', example.replace(/(:62M:.*\n)/, '$1$1')],
    ['an entry after the end', example.replace(/(:62M:.*\n)/, '$1:61:270301C1,00NTRFNONREF\n')],
    ['a balance of no currency', example.replace('C270226EUR', 'C270226XQQ')],
    ['a balance of no amount', example.replace('EUR12500,00', 'EUR12.500,00')],
    ['two currencies in one statement', example.replace(':62M:C270301EUR', ':62M:C270301USD')],
    ['a field before any message', `:25:1\n${example}`],
    ['too much of one entry', statement([':61:270301C1,00NTRFNONREF', ...Array.from({ length: 201 }, () => ':86:x')])],
    ['a field without end', statement([`:86:${'x\n'.repeat(10_001)}`])],
    [
      'what is only expected',
      ':20:1\n:25:DE89370400440532013000\n:28C:1\n:34F:EUR0,\n:13D:2703011200+0100\n:61:270301C1,NTRFNONREF\n:90D:0EUR0,',
    ],
  ])('P2: a file with %s is refused as a whole', (_, text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ status: 400, type: 'malformed-file' }));
  });

  it('P2: whatever bytes of a statement change, it is read or refused, and no line goes beyond what it may hold', () => {
    const put = fc.oneof(fc.constantFrom(...':?+/,-\n{}0CDR'.split('')), fc.string({ maxLength: 3 }));
    const changed = changedText(example, put, { cutMaximum: 6, changesMaximum: 6 });
    let readable = 0;
    fc.assert(
      fc.property(changed, (text) => {
        try {
          const { entries } = read(text);
          readable += 1;
          for (const each of entries) {
            if ('fault' in each) expect(each.fault.detail).toMatch(/^Line \d+ of the file: /);
            else expect(each.line.amountMinor > 0 && Number.isSafeInteger(each.line.amountMinor)).toBe(true);
          }
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
        }
      }),
      { numRuns: 300 },
    );
    expect(readable).toBeGreaterThan(30);
  }, 30_000);
});

describe('files of banks', () => {
  it('P2: an account is known by its IBAN, by its number, and by bank code and number in Germany', () => {
    const numbered = { ...euros, accountNumber: '001-234 567' };
    for (const named of [
      'DE89370400440532013000',
      'DE89 3704 0044 0532 0130 00',
      'DE89370400440532013000EUR',
      '37040044/0532013000',
      '37040044/532013000EUR',
    ])
      expect(isAccount(named, euros), named).toBe(true);
    for (const named of ['', '0532013000', '37040044/0532013001', '37040045/0532013000', 'DE89370400440532013001'])
      expect(isAccount(named, euros), named).toBe(false);
    expect(['1234567', '0001234567', '1234567EUR'].every((named) => isAccount(named, numbered))).toBe(true);
    expect(isAccount('1234567', { ...numbered, iban: null })).toBe(true);
    expect(isAccount('1291.99.348EUR', { ...euros, accountNumber: '129199348EUR' })).toBe(true);
    expect(isAccount('', { ...numbered, accountNumber: '0' })).toBe(false);
  });

  it('P2: a text is told by how it begins', () => {
    expect(recogniseText(example)).toBe('mt940');
    expect(recogniseText('{1:F01}{2:O940}{4:\r\n:20:1')).toBe('mt940');
    expect(recogniseText('\n01,1,2,270301,0000,1,,,2/')).toBe('bai2');
    expect(recogniseText('Date;Amount\n:20;1')).toBeUndefined();
  });

  it('P2: the last days of February are those that there are', () => {
    expect(['280229', '280230', '270229', '270231', '271301'].map(readShortDate)).toEqual([
      '2028-02-29',
      '2028-02-29',
      '2027-02-28',
      undefined,
      undefined,
    ]);
  });
});
