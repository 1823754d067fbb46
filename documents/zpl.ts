import type { CartonLabel } from '../db/queries/labels.ts';
import type { Address } from '../db/statements/orders.ts';
import { kilograms } from './weight.ts';

/** Text as a field that a printer cannot take for commands: what has a meaning to it is written as hex behind `_` (^FH). */
const field = (text: string): string =>
  `^FH_^FD${text.replaceAll(/[\^~_\\\p{Cc}]/gu, (sign) => `_${sign.codePointAt(0)!.toString(16).padStart(2, '0')}`)}^FS`;

/** One label in ZPL II, 100 × 150 mm at 203 dots an inch (8 dots a millimetre). */
export function zplLabel(label: CartonLabel): string {
  const text = (x: number, y: number, height: number, content: string) => `^FO${x},${y}^A0N,${height},${height}${field(content)}`;
  const address = (y: number, height: number, { name, street, postalCode, city, country }: Address) =>
    [name, street, `${postalCode} ${city}`, country].map((line, row) => text(40, y + row * (height + 6), height, line));
  return [
    // UTF-8, and the size of the label.
    '^XA^CI28^PW800^LL1200',
    ...address(40, 24, label.from),
    ...address(190, 44, label.to),
    text(40, 410, 30, `${label.carrier}  ${label.trackingNumber}`),
    text(560, 450, 30, `${label.number} / ${label.of}  ${kilograms(label.weightGrams)}`),
    `^FO60,490^BY3^BCN,150,N,N,N,N${field(label.trackingNumber)}`,
    text(40, 670, 26, `Order ${label.orderId}  Shipment ${label.shipmentId}`),
    // Start in set C, FNC1, then application identifier 00 and the SSCC: an even number of digits. GS1-128.
    `^FO60,730^BY4^BCN,300,N,N,N,N^FD>;>800${label.sscc}^FS`,
    text(180, 1_060, 36, `(00) ${label.sscc}`),
    '^XZ\n',
  ].join('\n');
}
