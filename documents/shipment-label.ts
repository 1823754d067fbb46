import type { Queryable } from '../db/client.ts';
import { type CartonLabel, readLabelFacts } from '../db/queries/labels.ts';
import type { Address } from '../db/statements/orders.ts';
import { code128, ssccBarcode } from './barcode.ts';
import { keepDocument } from './keep.ts';
import { pdfmake } from './pdf.ts';
import { kilograms } from './weight.ts';
import { zplLabel } from './zpl.ts';

/** The labels of a shipment that a carrier has taken, one per carton, 100 × 150 mm (S2). Throws when it has none yet. */
export function labelPdf(database: Queryable, shipmentId: string): Promise<Uint8Array> {
  return keepDocument(database, `${shipmentId}:label.pdf`, 'application/pdf', async () =>
    renderPdf(await readLabelFacts(database, shipmentId)),
  );
}

/** The same for a label printer that reads ZPL II, at 203 dots an inch. */
export function labelZpl(database: Queryable, shipmentId: string): Promise<Uint8Array> {
  return keepDocument(database, `${shipmentId}:label.zpl`, 'text/plain', async () =>
    Buffer.from((await readLabelFacts(database, shipmentId)).map(zplLabel).join('')),
  );
}

const lines = (at: Address): string => [at.name, at.street, `${at.postalCode} ${at.city}`, at.country].join('\n');
const points = (millimetres: number): number => (millimetres / 25.4) * 72;

function renderPdf(labels: readonly CartonLabel[]): Promise<Buffer> {
  const width = points(100);
  const margin = 14;
  return pdfmake
    .createPdf({
      pageSize: { width, height: points(150) },
      pageMargins: [margin, margin, margin, margin],
      info: { title: `Label ${labels[0]?.shipmentId}` },
      defaultStyle: { font: 'Roboto', fontSize: 9 },
      content: labels.map((label, index) => ({
        ...(index > 0 ? { pageBreak: 'before' as const } : {}),
        stack: [
          { text: 'FROM', fontSize: 6, color: '#555' },
          { text: lines(label.from), fontSize: 8 },
          { text: 'TO', fontSize: 6, color: '#555', margin: [0, 8, 0, 0] as [number, number, number, number] },
          { text: lines(label.to), fontSize: 13, bold: true },
          {
            margin: [0, 8, 0, 0] as [number, number, number, number],
            columns: [
              { text: `${label.carrier}\n${label.trackingNumber}`, bold: true },
              {
                text: `${label.number} / ${label.of}\n${kilograms(label.weightGrams)}`,
                alignment: 'right' as const,
              },
            ],
          },
          { svg: code128(label.trackingNumber, 12), fit: [width - 2 * margin, 46], alignment: 'center' as const },
          {
            text: `Order ${label.orderId} · Shipment ${label.shipmentId}`,
            fontSize: 8,
            margin: [0, 6, 0, 6] as [number, number, number, number],
          },
          { text: 'SSCC', fontSize: 6, color: '#555' },
          { svg: ssccBarcode(label.sscc), fit: [width - 2 * margin, 110], alignment: 'center' as const },
        ],
      })),
    })
    .getBuffer();
}
