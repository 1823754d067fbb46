import { describe, expect, test } from 'vitest';
import { defaultDunningPolicy } from './dunning.ts';
import { chooseLetter, chooseNote, defaultLetters, faultsOfLetters, fill, letterHtml } from './letter.ts';

const { en, de } = defaultLetters.texts;

describe('P4: the words of letters', () => {
  test('P4: the texts that are shipped fill every level of the first policy, in both languages', () => {
    expect(faultsOfLetters(defaultLetters, defaultDunningPolicy.levels)).toEqual([]);
    expect(faultsOfLetters({ ...defaultLetters, defaultLanguage: 'de' }, defaultDunningPolicy.levels)).toEqual([]);
  });

  test('P4: an unknown placeholder, an open bracket, a missing language and a missing level are each named where they stand', () => {
    const { further: _further, ...sparse } = de!;
    const letters = {
      defaultLanguage: 'de',
      texts: {
        en: { ...en!, closing: '{{signature}}', final: { subject: '[[open {{total}}', text: 'x' } },
        de: { ...sparse, item: '{{total}}' },
      },
    };
    const levels = [
      { level: 1, final: false },
      { level: 2, final: false },
      { level: 3, final: true },
    ];
    expect(faultsOfLetters(letters, levels).map(({ path }) => path.join('/'))).toEqual([
      'texts/en/closing',
      'texts/en/final/subject',
      'texts/de/item',
      'texts/de/levels',
    ]);
    expect(faultsOfLetters({ ...letters, defaultLanguage: 'fr' }, levels).at(-1)).toMatchObject({ path: ['defaultLanguage'] });
  });

  test('P4: the customer’s language, else the policy’s; a final letter is final at any level', () => {
    const second = { level: 2, final: false };
    expect(chooseLetter(defaultLetters, 'de', second)).toMatchObject({ language: 'de', letter: de!.further });
    expect(chooseLetter(defaultLetters, 'fr', second)).toMatchObject({ language: 'en', letter: en!.levels[1] });
    expect(chooseLetter({ ...defaultLetters, defaultLanguage: 'de' }, null, 'reminder').letter).toBe(de!.reminder);
    expect(chooseLetter(defaultLetters, null, { level: 1, final: true }).letter).toBe(en!.final);
  });

  test('P4: a part is silent when one of its placeholders is, and a value is never read as a placeholder', () => {
    const template = 'Dear {{customer}}[[, fee {{fee}}]][[, interest {{interest}} at {{rate}}]].';
    expect(fill(template, { customer: '{{fee}} [[x]]', fee: '5.00 EUR', interest: '1.00 EUR' })).toBe(
      'Dear {{fee}} [[x]], fee 5.00 EUR.',
    );
  });

  test('P4: what is shown in a browser is text, whatever a name holds', () => {
    const html = letterHtml({ subject: 'A & B', text: 'Dear <script>,\n\nline\nline', language: 'en' });
    expect(html).toContain('<title>A &amp; B</title>');
    expect(html).toContain('<p>Dear &lt;script&gt;,</p><p>line<br>line</p>');
  });

  test('P5: a note is brought in the customer’s language, by the policy’s words before the built-in ones', () => {
    const own = { subject: 'Frais {{invoiceId}}', text: '{{amount}} au {{dueOn}}' };
    const french = { ...en!, greeting: 'Bonjour {{customer}},', notes: { 'dunning-fee': own } };
    const letters = { defaultLanguage: 'de', texts: { de: { ...de!, notes: undefined }, fr: french } };
    expect(faultsOfLetters(letters, defaultDunningPolicy.levels)).toEqual([]);
    expect(chooseNote(letters, 'fr', 'dunning-fee')).toMatchObject({ language: 'fr', letter: own, frame: french });
    expect(chooseNote(letters, 'fr', 'interest')).toMatchObject({ language: 'de', letter: de!.notes!.interest });
    expect(chooseNote(letters, null, 'compensation')).toMatchObject({ language: 'de', letter: de!.notes!.compensation });
    expect(chooseNote({ defaultLanguage: 'it', texts: {} }, 'it', 'interest')).toMatchObject({ language: 'en' });
    const wrong = {
      ...letters,
      texts: { ...letters.texts, fr: { ...french, notes: { interest: { subject: '{{level}}', text: 'x' } } } },
    };
    expect(faultsOfLetters(wrong, [])).toMatchObject([{ path: ['texts', 'fr', 'notes', 'interest', 'subject'] }]);
  });
});
