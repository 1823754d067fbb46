import { extractText } from 'unpdf';
import { expect, it } from 'vitest';
import { pdfmake } from './pdf.ts';

const pdf = (text: string) => pdfmake.createPdf({ info: { creationDate: new Date(0) }, content: [text] }).getBuffer();

it('I3: a document says what it was given, byte for byte the same, whatever was printed before it', async () => {
  // In the font, increment and ohm have the shapes of two Greek letters.
  await pdf('efficient fjords \u2206 \u2126');
  const words = 'AVATARs by \u0394\u03a9 & Söhne';
  const printed = await pdf(words);
  const { text } = await extractText(new Uint8Array(printed), { mergePages: true });
  expect(text).toBe(words);
  await pdf('To Via');
  expect(await pdf(words)).toEqual(printed);
});
