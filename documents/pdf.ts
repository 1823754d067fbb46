import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import pdfmake from 'pdfmake';

/** What is used of fontkit, with which pdfkit, below pdfmake, opens a font. */
interface Fontkit {
  create(bytes: Uint8Array): { _tables: object };
  /** Asked in turn with the bytes of a font, each makes of a stream of them what it knows. */
  registerFormat(format: object): void;
}

const require = createRequire(import.meta.url);
const fontkit: Fontkit = createRequire(createRequire(require.resolve('pdfmake')).resolve('pdfkit'))('fontkit');

/*
 * pdfkit opens a font anew in each document, and to read its tables took two thirds of the time that an invoice did. So it is given
 * the name alone of a font, which is a format of our own: that opens a new font, as always, on tables that have been read before.
 * fontkit does the same with the variations of a font.
 */
const faces = new Map<string, { bytes: Uint8Array; tables: object }>();
const nameIn = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

function openFace({ buffer }: { buffer: Uint8Array }): object {
  const { bytes, tables } = faces.get(nameIn(buffer))!;
  const font = fontkit.create(bytes);
  font._tables = tables;
  return font;
}
// fontkit calls it with `new`, which gives what is returned.
fontkit.registerFormat(Object.assign(openFace, { probe: (bytes: Uint8Array) => faces.has(nameIn(bytes)) }));

function face(name: string): string {
  faces.set(name, { bytes: readFileSync(require.resolve(`pdfmake/fonts/Roboto/${name}.ttf`)), tables: {} });
  // The types know only the browser's way to it.
  const { virtualfs } = pdfmake as unknown as { virtualfs: { writeFileSync(path: string, content: Buffer): void } };
  virtualfs.writeFileSync(name, Buffer.from(name));
  return name;
}

pdfmake.addFonts({
  Roboto: {
    normal: face('Roboto-Regular'),
    bold: face('Roboto-Medium'),
    italics: face('Roboto-Italic'),
    bolditalics: face('Roboto-MediumItalic'),
  },
});
// A document is made from its facts alone: it may not fetch or read anything.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy(() => false);

/** pdfmake with our one font, and without a way to anything else. */
export { pdfmake };
