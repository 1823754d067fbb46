import { createRequire } from 'node:module';
import pdfmake from 'pdfmake';

const require = createRequire(import.meta.url);
const font = (name: string) => require.resolve(`pdfmake/fonts/Roboto/Roboto-${name}.ttf`);
pdfmake.addFonts({
  Roboto: { normal: font('Regular'), bold: font('Medium'), italics: font('Italic'), bolditalics: font('MediumItalic') },
});
// A document is made from its facts alone: it may not fetch anything.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path.endsWith('.ttf'));

/** pdfmake with our one font, and without a way to anything else. */
export { pdfmake };
