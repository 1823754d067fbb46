import { toSVG } from 'bwip-js/node';

/** An SSCC as GS1-128 under its application identifier 00; throws when its check digit is wrong. */
export const ssccBarcode = (sscc: string): string =>
  toSVG({ bcid: 'gs1-128', text: `(00)${sscc}`, height: 25, includetext: true, textxalign: 'center' });

/** Any of our own ids, which scanners of the warehouse read. */
export const code128 = (text: string, height = 10): string => toSVG({ bcid: 'code128', text, height });

/** With error correction M, which bwip-js gives when it is not asked for another and the European Payments Council asks for. */
export const qrCode = (text: string): string => toSVG({ bcid: 'qrcode', text });
