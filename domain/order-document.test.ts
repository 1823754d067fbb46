import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noNewOrder, type ReadOrder, readOrderJson, readOrderTable, readOrderText } from './order-document.ts';

const table = (...rows: string[]) =>
  readOrderTable(rows.map((row, index) => ({ line: index + 1, fields: row === '' ? [''] : row.split(',') })));
const faultsOf = ({ faults }: ReadOrder) => faults.map(({ line, field, code }) => `${line} ${field} ${code}`);

describe('an order in a document', () => {
  it('O1: a table is read by its header', () => {
    expect(table('PO,Qty,Item,Requested', 'PO-7,2,chair,2027-03-01', '', ',5,TABLE,')).toEqual({
      externalReference: 'PO-7',
      requestedOn: '2027-03-01',
      lines: [
        { line: 2, sku: 'CHAIR', quantity: 2 },
        { line: 4, sku: 'TABLE', quantity: 5 },
      ],
      faults: [],
    });
  });

  it('O1: the lines of a mail are read between greeting and signature', () => {
    const mail =
      'Hello,\n\nplease send us\nReference: PO-8\nRequested: 2027-03-02\n2 x CHAIR\n 10 × TABLE-4.1\n\nThanks\n--\n20457 Hamburg';
    expect(readOrderText(mail)).toEqual({
      externalReference: 'PO-8',
      requestedOn: '2027-03-02',
      lines: [
        { line: 6, sku: 'CHAIR', quantity: 2 },
        { line: 7, sku: 'TABLE-4.1', quantity: 10 },
      ],
      faults: [],
    });
  });

  it('O1: whatever says more than an order is for a person to read', () => {
    const read = (...lines: string[]) => faultsOf(readOrderText(lines.join('\n')));
    for (const polite of [
      [
        'Hello,',
        '',
        'please send us the following items:',
        '2 x CHAIR',
        '',
        'Kind regards,',
        'Alma Buyer',
        'ACME GmbH, Goods In',
      ],
      ['Dear Ms Miller,', 'we order', '2 x CHAIR', 'Thank you in advance!', 'Alma'],
      [
        'Guten Tag Frau Müller,',
        'hiermit bestellen wir folgende Artikel:',
        '2 x CHAIR',
        'Mit freundlichen Grüßen',
        'Älma Käufer',
      ],
      ['Sehr geehrte Damen und Herren,', 'Bestellung', '2 x CHAIR', 'Vielen Dank', '--', 'please do not print this mail'],
    ]) {
      expect(read(...polite), polite.join(' / ')).toEqual([]);
    }
    for (const [line, ...lines] of [
      [1, 'Please cancel:', '2 x CHAIR'],
      [2, 'Hello,', 'these have not come yet:', '2 x CHAIR'],
      [1, 'Hi, please cancel this:', '2 x CHAIR'],
      [1, 'Wir stornieren hiermit', '2 x CHAIR'],
      [3, '2 x CHAIR', 'Thanks', 'please ignore my last mail'],
      [2, '2 x CHAIR', 'Our fax 040 1234, box 7'],
      [1, 'can you make us an offer for', '2 x CHAIR'],
    ] as [number, ...string[]][]) {
      expect(read(...lines), lines.join(' / ')).toEqual([`${line} line prose`]);
    }
  });

  it('O1: a mail that answers or forwards another is no new order, nor one whose subject is another matter', () => {
    const why = (mail: Partial<Parameters<typeof noNewOrder>[0]>) => {
      const found = noNewOrder({ subject: 'Order', text: '2 x CHAIR', isInReply: false, ...mail });
      return found && `${found.line} ${found.field} ${found.code}`;
    };
    expect(why({})).toBeUndefined();
    expect(why({ subject: 'Reorder: chairs', text: 'On Monday\n2 x CHAIR' })).toBeUndefined();
    expect(why({ isInReply: true })).toBe('null mail answers-another');
    for (const subject of ['Re: Order', 'AW: Bestellung', 'Fwd: Order', 'WG: Order', 'RE[2]: Order', ' fw: x']) {
      expect(why({ subject }), subject).toBe('null mail answers-another');
    }
    for (const text of [
      '> 2 x CHAIR',
      '-----Original Message-----',
      '---------- Forwarded message ---------',
      'Begin forwarded message:',
      'On Mon, 1 Mar 2027 at 09:00, Us <orders@us.example> wrote:',
      'Am 01.03.2027 um 09:00 schrieb Us:',
    ]) {
      expect(why({ text: `2 x CHAIR\r\n${text}` }), text).toBe('2 line answers-another');
    }
    expect(why({ subject: 'Stornierung' })).toBe('null subject other-matter');
    expect(why({ subject: 'Cancellation of PO-7' })).toBe('null subject other-matter');
  });

  it('O1: an object is read by its fields', () => {
    expect(readOrderJson('{"reference": "PO-9", "lines": [{"sku": "CHAIR", "quantity": 2}]}')).toEqual({
      externalReference: 'PO-9',
      lines: [{ line: 1, sku: 'CHAIR', quantity: 2 }],
      faults: [],
    });
  });

  it('O2: every fault is named with its line and field', () => {
    expect(faultsOf(table('sku,quantity,reference', 'CHAIR,0,A', '!,1.5,B', 'TABLE,1'))).toEqual([
      '2 quantity quantity',
      '3 sku sku',
      '3 quantity quantity',
      '3 externalReference contradiction',
      '4 line columns',
    ]);
    expect(faultsOf(table('sku,amount', 'CHAIR,1'))).toEqual(['1 quantity column']);
    expect(faultsOf(readOrderText('2 x CHAIR\n3 TABLE\nRequested: soon'))).toEqual(['2 line unreadable', '3 requestedOn date']);
    for (const line of ['DESK x 3', 'DESK x3', 'x3 DESK', 'DESK × 3', 'DESK*3', 'and a DESK x 3 please']) {
      expect(faultsOf(readOrderText(`2 x CHAIR\n${line}`)), line).toEqual(['2 line unreadable']);
    }
    expect(faultsOf(readOrderText('- 2 x CHAIR\n* 4 x LAMP\nplus 5 x DESK'))).toEqual(['3 line unreadable']);
    expect(faultsOf(readOrderText('Hello'))).toEqual(['null lines no-lines']);
    expect(faultsOf(readOrderJson('{"lines": [1, {"sku": "CHAIR"}], "extra": 1}'))).toEqual([
      'null extra unknown-field',
      '1 line json',
      '2 quantity quantity',
    ]);
    expect(faultsOf(readOrderJson('[]'))).toContain('null document json');
    const many = Array.from({ length: 600 }, () => 'CHAIR,1');
    expect(faultsOf(table('sku,quantity', ...many))).toEqual(['502 line too-many-lines']);
  });

  it('O2: whatever is in it, it is an order or has a fault, and no line of it is passed over', { timeout: 30_000 }, () => {
    const isSettled = ({ lines, faults }: ReadOrder) => lines.length > 0 || faults.length > 0;
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(isSettled(readOrderText(text))).toBe(true);
        expect(isSettled(readOrderJson(text))).toBe(true);
        expect(isSettled(readOrderTable(text.split('\n').map((row, line) => ({ line, fields: row.split(',') }))))).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(isSettled(readOrderJson(text))).toBe(true);
      }),
    );
    const cell = fc.oneof(fc.constantFrom('CHAIR', '2', '', '-1', '1e3', 'PO-1', '2027-02-30'), fc.string());
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 30 }), (rows) => {
        const { lines, faults } = readOrderTable([
          { line: 1, fields: ['sku', 'quantity'] },
          ...rows.map((fields, index) => ({ line: index + 2, fields })),
        ]);
        for (const [index, fields] of rows.entries()) {
          if (fields.every((field) => field.trim() === '')) continue;
          const line = index + 2;
          expect(lines.some((read) => read.line === line) !== faults.some((fault) => fault.line === line)).toBe(true);
        }
      }),
    );
  });
});
