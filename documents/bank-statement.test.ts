import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { BankFormat, FileAccount } from '../domain/bank-file.ts';
import { lineIdentity } from '../domain/bank-line.ts';
import { camt } from '../tests/bank-file.ts';
import { type CsvMapping, type ReadLine, readStatement } from './bank-statement.ts';

const mapping: CsvMapping = {
  delimiter: ';',
  encoding: 'windows-1252',
  dateFormat: 'DD.MM.YYYY',
  decimalMark: ',',
  columns: {
    valueOn: 'Valuta',
    amount: 'Betrag',
    payerName: 'Name',
    payerIban: 'IBAN',
    remittance: ['Zweck 1', 'Zweck 2'],
    type: 'Art',
  },
  bounceTypes: ['Rücklastschrift'],
  feeTypes: ['Entgelt'],
};

const account = { currency: 'EUR', iban: 'DE89370400440532013000', accountNumber: null };

/** Reads a file in pieces of so many bytes. */
async function read(
  format: BankFormat,
  file: string | Buffer,
  pieceBytes = 1_000_000,
  csvMapping: CsvMapping | null = mapping,
  of: FileAccount = account,
) {
  const bytes = Buffer.from(file);
  async function* pieces() {
    for (let from = 0; from < bytes.length; from += pieceBytes) yield bytes.subarray(from, from + pieceBytes);
  }
  const lines: ReadLine[] = [];
  const reading = readStatement(format, pieces(), { ...of, csvMapping });
  for (;;) {
    const { done, value } = await reading.next();
    if (done) return { lines, head: value };
    lines.push(value);
  }
}

const entries = [
  {
    amount: '100.00',
    valueOn: '2027-03-01',
    reference: 'R1',
    text: 'A & B <ab>',
    structured: 'RF18X',
    name: 'Müller',
    iban: 'DE89',
  },
  {
    amount: '-12.50',
    valueOn: '2027-03-02',
    code: '<Domn><Cd>ACMT</Cd><Fmly><Cd>MDOP</Cd><SubFmlyCd>CHRG</SubFmlyCd></Fmly></Domn>',
  },
  { amount: '-7.00', valueOn: '2027-03-02', details: '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>' },
];

describe('bank statements', () => {
  it.each(['02', '04', '08'])(
    'P2: CAMT.053 version %s is read, with and without a prefix, wherever its pieces are cut',
    async (version) => {
      const whole = await read('camt.053', camt(entries, { version }));
      expect(whole.head).toEqual({
        reference: 'STMT-1',
        iban: 'DE89370400440532013000',
        currency: 'EUR',
        openingMinor: 100_000,
        closingMinor: 108_050,
      });
      expect(whole.lines).toMatchObject([
        {
          number: 1,
          line: {
            direction: 'credit',
            kind: 'receipt',
            amountMinor: 10_000,
            valueOn: '2027-03-01',
            bankReference: 'R1',
            remittanceText: 'A & B <ab>',
            structuredReference: 'RF18X',
            payerName: 'Müller',
            payerIban: 'DE89',
          },
        },
        { number: 2, line: { direction: 'debit', kind: 'fee', amountMinor: 1_250, bankReference: null } },
        { number: 3, line: { direction: 'debit', kind: 'bounce', amountMinor: 700 } },
      ]);
      for (const pieceBytes of [1, 7, 64, 1_000])
        expect(await read('camt.053', camt(entries, { version }), pieceBytes)).toEqual(whole);
      expect(await read('camt.053', camt(entries, { version, prefix: 'ns2' }), 13)).toEqual(whole);
    },
  );

  it('P2: a batch is as many lines as it has payments', async () => {
    const payment = (amount: string) =>
      `<TxDtls><Refs><EndToEndId>E${amount}</EndToEndId></Refs><Amt Ccy="EUR">${amount}</Amt></TxDtls>`;
    const batch = camt([{ amount: '30.00', valueOn: '2027-03-01', reference: 'B1' }]).replace(
      /<NtryDtls>.*<\/NtryDtls>/s,
      `<NtryDtls>${payment('10.00')}${payment('20.00')}</NtryDtls>`,
    );
    expect((await read('camt.053', batch)).lines).toMatchObject([
      { number: 1, line: { amountMinor: 1_000, bankReference: 'B1/1', endToEndId: 'E10.00' } },
      { number: 2, line: { amountMinor: 2_000, bankReference: 'B1/2' } },
    ]);
  });

  it('P2: a line that cannot be read is a fault of that line, and what is commented out is no line', async () => {
    const file = camt([...entries, { amount: '1.234', valueOn: '2027-03-01' }, { amount: '5.00', valueOn: '2027-02-30' }]);
    const { lines } = await read('camt.053', file.replace('<Ntry>', '<!-- <Ntry>old</Ntry> --><Ntry>'), 11);
    expect(lines.map((read) => ('fault' in read ? read.fault.code : 'good'))).toEqual(['good', 'good', 'good', 'amount', 'date']);
  });

  it.each([
    ['a document type', camt(entries).replace('<Document', '<!DOCTYPE x [<!ENTITY a "b">]><Document')],
    ['CDATA', camt(entries).replace('A &amp; B', '<![CDATA[</Ntry>]]>')],
    ['an entry that is never closed', camt(entries).replace('</Ntry></Stmt>', '</Stmt>')],
    ['broken XML', camt(entries).replace('</Acct>', '')],
    ['broken XML in an entry', camt(entries).replace('</ValDt>', '')],
    ['two statements', camt(entries).replace('</Stmt>', '</Stmt><Stmt><Id>2</Id></Stmt>')],
    ['another version', camt(entries, { version: '13' })],
    ['something else', '<html></html>'],
    ['nothing that is XML', 'Ntry'.repeat(100)],
    ['bytes that are not UTF-8', Buffer.from([0x3c, 0xff, 0xfe])],
  ])('P2: a file with %s is refused as a whole', async (_, file) => {
    await expect(read('camt.053', file, 100)).rejects.toMatchObject({ status: 400, type: 'malformed-file' });
  });

  it.each([
    ['mt940', 'statement.sta', { currency: 'EUR', iban: 'DE89370400440532013000', accountNumber: null }],
    ['bai2', 'statement.bai2', { currency: 'USD', iban: null, accountNumber: '0975312468' }],
  ] as const)(
    'P2: %s is read wherever its pieces are cut, with any end of line, as UTF-8 and as Windows-1252',
    async (format, name, of) => {
      const file = readFileSync(new URL(`../examples/bank/${name}`, import.meta.url), 'utf8');
      const whole = await read(format, file, 1_000_000, null, of);
      expect(whole.lines.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
      const again: [Buffer, number][] = [
        [Buffer.from(file), 1],
        [Buffer.from(file), 7],
        [Buffer.from(`\ufeff${file}`), 64],
        [Buffer.from(file.replaceAll('\n', '\r\n')), 1],
        [Buffer.from(file.replaceAll('\n', '\r')), 13],
        [Buffer.from(file.trimEnd(), 'latin1'), 100],
      ];
      for (const [bytes, pieceBytes] of again) expect(await read(format, bytes, pieceBytes, null, of)).toEqual(whole);
      await expect(read(format, 'x'.repeat(20_000), 100, null, of)).rejects.toMatchObject({ type: 'malformed-file' });
    },
  );

  it('P2: of MT940 lines that say the same each is one, and the same when they come again', async () => {
    const entry = ':61:270301C1,00NTRFNONREF//POS 1\n:86:same\n';
    const file = (count: number) =>
      `:20:R\n:25:${account.iban}\n:28C:0\n:60F:C270301EUR0,\n${entry.repeat(count)}:62F:C270301EUR${count},\n-`;
    const identities = async (count: number) =>
      (await read('mt940', file(count))).lines.map(
        (line) => 'line' in line && lineIdentity(line.line, `file ${count}`, line.number),
      );
    const two = await identities(2);
    expect(new Set(two).size).toBe(2);
    expect((await identities(3)).slice(0, 2)).toEqual(two);
  });

  it('P2: CSV is read as its account says: columns, dates, decimals, encoding', async () => {
    const file = [
      'Valuta;Betrag;Name;IBAN;Zweck 1;Zweck 2;Art',
      '03.04.2027;1.234,50;"Müller; Söhne";DE89 3704;INV-2027-000001;danke;Gutschrift',
      '04.04.2027;-12,00;;;;;Entgelt',
      '05.04.2027;-1.000,00;;;;;Rücklastschrift',
      '31.02.2027;1,00;;;;;',
      '05.04.2027;1.00.0;;;;;',
      '05.04.2027;1,00',
    ].join('\r\n');
    const { lines } = await read('csv', Buffer.from(file, 'latin1'), 10);
    expect(lines).toMatchObject([
      {
        line: {
          direction: 'credit',
          amountMinor: 123_450,
          valueOn: '2027-04-03',
          payerName: 'Müller; Söhne',
          payerIban: 'DE893704',
          remittanceText: 'INV-2027-000001 danke',
        },
      },
      { line: { direction: 'debit', kind: 'fee', amountMinor: 1_200 } },
      { line: { kind: 'bounce', amountMinor: 100_000 } },
      { fault: { field: 'Valuta', code: 'date' } },
      { fault: { field: 'Betrag', code: 'amount' } },
      { fault: { code: 'columns' } },
    ]);
    await expect(read('csv', 'Valuta;Name\n')).rejects.toMatchObject({ type: 'invalid-header' });
    await expect(read('csv', '')).rejects.toMatchObject({ type: 'empty-file' });
    await expect(read('csv', 'a', 10, null)).rejects.toMatchObject({ type: 'no-csv-mapping' });
  });
});
