import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedText } from '../tests/changed-text.ts';
import { readOrderMail } from './order-mail.ts';

/* A mailbox is open to everybody: whatever comes is an order or a list of faults, soon, and never an error. */
const nested = [
  'From: "Älma" <alma@customer.example>',
  'Subject: =?utf-8?B?QmVzdGVsbHVuZw==?= =?iso-8859-1?Q?_=FC?=',
  'Message-ID: <1@customer.example>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary="a"',
  '',
  '--a',
  'Content-Type: multipart/alternative; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain; charset=windows-1252',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Reference: Q-1=\r\n2 x CHAIR=0D=0A',
  '--b',
  'Content-Type: text/html',
  '',
  '<p>2 x CHAIR</p>',
  '--b--',
  '--a',
  'Content-Type: text/csv; name="order.csv"',
  "Content-Disposition: attachment; filename*=utf-8''order%20%E2%82%AC.csv",
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from('sku;quantity;reference\r\nCHAIR;2;Q-1\r\n"TABLE";1;\r\n').toString('base64'),
  '--a--',
  '',
].join('\r\n');
const json = nested
  .replace('text/csv; name="order.csv"', 'application/json; name="order.json"')
  .replace(/^c2t1.*$/m, Buffer.from('{"reference":"Q-2","lines":[{"sku":"CHAIR","quantity":1}]}').toString('base64'));
const plain =
  'From: alma@customer.example\r\nMessage-ID: <2@x>\r\nSubject: hello\r\n\r\nHello,\r\n1 x CHAIR\r\n2 x TABLE\r\n-- \r\nAlma\r\n';
const samples = { nested, json, plain };

async function mustBeSound(raw: Uint8Array): Promise<void> {
  const mail = await readOrderMail(raw);
  const { lines, faults } = mail.order;
  // An interchange is read by rules of its own.
  if (mail.interchange) return;
  // An order with nothing in it and nothing wrong with it would be lost between sales and the warehouse.
  expect(lines.length + faults.length).toBeGreaterThan(0);
  expect(lines.length).toBeLessThanOrEqual(500);
  for (const { sku, quantity } of lines) {
    expect(sku).toMatch(/^[A-Z0-9][A-Z0-9._-]{0,39}$/);
    expect(Number.isSafeInteger(quantity) && quantity > 0).toBe(true);
  }
  // What is kept can be stored: PostgreSQL takes no NUL, and no half of a surrogate pair.
  const kept = [mail.messageId ?? '', mail.sender ?? '', mail.subject, mail.readFrom, mail.order.externalReference ?? ''];
  for (const text of [...kept, ...faults.map(({ detail }) => detail)]) {
    expect(text).not.toContain('\0');
    expect(Buffer.from(text).toString()).toBe(text);
  }
}

const put = fc.oneof(
  fc.constantFrom('\r\n', '\r\n\r\n', '--a\r\n', '--a--', '=', '=?', '?=', ';', '"', '<', '\0', ':', ' ', '%', '\xff', '\x80'),
  fc.nat({ max: 255 }).map((code) => String.fromCharCode(code)),
);

describe('any mail whatever', () => {
  it.each(Object.entries(samples))('O1: the sample %s is read without a fault', async (_, sample) => {
    const { order, sender } = await readOrderMail(Buffer.from(sample, 'latin1'));
    expect(order.faults).toEqual([]);
    expect(order.lines.length).toBeGreaterThan(0);
    expect(sender).toBe('alma@customer.example');
  });

  it.each(Object.entries(samples))('O1, O2: %s, cut and changed at random, is an order or faults', async (_, sample) => {
    await fc.assert(
      fc.asyncProperty(changedText(sample, put, { cutMaximum: 8, changesMaximum: 8 }), (changed) =>
        mustBeSound(Buffer.from(changed, 'latin1')),
      ),
      { numRuns: 700 },
    );
  });

  it('O1, O2: headers and parts put together at random, and bytes that are no mail at all', async () => {
    const name = fc.constantFrom(
      'From',
      'Subject',
      'Message-ID',
      'Content-Type',
      'Content-Transfer-Encoding',
      'Content-Disposition',
    );
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        'multipart/mixed; boundary=a',
        'multipart/mixed; boundary=',
        'text/csv; charset=utf-16',
        'text/plain; charset=no-such',
        'message/rfc822',
        'base64',
        'quoted-printable',
        'x-unknown',
        'attachment; filename=order.csv',
        "attachment; filename*0*=x''a; filename*1=.json",
        '<@>,<<>>,group:a@b;',
        '=?utf-8?B?77+9?= =?x?Q?=ZZ?=',
      ),
    );
    const header = fc.tuple(name, value).map(([key, text]) => `${key}: ${text}\r\n`);
    const part = fc.tuple(fc.array(header, { maxLength: 4 }), fc.string({ unit: 'binary', maxLength: 80 }));
    const whole = fc
      .tuple(fc.array(header, { maxLength: 6 }), fc.array(part, { maxLength: 4 }))
      .map(([head, parts]) =>
        Buffer.from(`${head.join('')}\r\n${parts.map(([own, body]) => `--a\r\n${own.join('')}\r\n${body}\r\n`).join('')}--a--`),
      );
    const anything = fc.oneof(whole, fc.uint8Array({ maxLength: 400 }));
    await fc.assert(fc.asyncProperty(anything, mustBeSound), { numRuns: 1_500 });
  });

  it.each([
    ['parts within parts', `${'Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n'.repeat(5_000)}\r\n1 x CHAIR`],
    ['a header of a megabyte', `Subject: ${'=?utf-8?B?eA==?= '.repeat(60_000)}\r\n\r\n1 x CHAIR`],
    ['very many headers', `${'X-A: b\r\n'.repeat(50_000)}\r\n1 x CHAIR`],
    ['very many lines', `From: a@b\r\n\r\n${'1 x CHAIR\r\n'.repeat(50_000)}`],
    ['one long line', `From: a@b\r\n\r\n${'1 x '.repeat(200_000)}`],
    ['very many addresses', `From: ${'<a@b>, '.repeat(20_000)}\r\n\r\n1 x CHAIR`],
  ])('O1, O2: %s take no long time', async (_, text) => {
    const startedAt = performance.now();
    await mustBeSound(Buffer.from(text));
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });
});
