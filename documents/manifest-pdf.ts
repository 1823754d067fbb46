import type { TableCell } from 'pdfmake/interfaces.js';
import type { Manifest } from '../db/queries/manifest.ts';
import { pdfmake } from './pdf.ts';
import { kilograms } from './weight.ts';

/** The manifest of one pickup, with a place for the driver to sign. It says what was handed over when it was printed. */
export function manifestPdf(manifest: Manifest): Promise<Buffer> {
  const { carrier, warehouseId, pickupOn, shipments } = manifest;
  const bold = (text: string): TableCell => ({ text, bold: true });
  const rows = shipments.flatMap(({ id, trackingNumber, shipTo, cartons }) =>
    cartons.map((carton): TableCell[] => [
      id,
      trackingNumber,
      carton.sscc,
      `${shipTo.postalCode} ${shipTo.city}, ${shipTo.country}`,
      { text: kilograms(carton.weightGrams), alignment: 'right' },
    ]),
  );
  return pdfmake
    .createPdf({
      pageSize: 'A4',
      pageMargins: [40, 40, 40, 50],
      info: { title: `Manifest ${carrier} ${warehouseId} ${pickupOn}` },
      defaultStyle: { font: 'Roboto', fontSize: 9 },
      footer: (page: number, pages: number) => ({ text: `${page} / ${pages}`, alignment: 'right', margin: [40, 15] }),
      content: [
        { text: `Manifest ${pickupOn}`, bold: true, fontSize: 16 },
        { text: `${carrier} from ${warehouseId}`, fontSize: 12, margin: [0, 0, 0, 10] },
        {
          layout: 'lightHorizontalLines',
          table: {
            headerRows: 1,
            widths: ['auto', 'auto', 'auto', '*', 'auto'],
            body: [[bold('Shipment'), bold('Tracking number'), bold('SSCC'), bold('To'), bold('Weight')], ...rows],
          },
        },
        {
          text: `${shipments.length} shipments, ${manifest.cartons} cartons, ${kilograms(manifest.weightGrams)}`,
          bold: true,
          margin: [0, 10, 0, 40],
        },
        { text: 'Collected at ____________________   Signature ______________________________' },
      ],
    })
    .getBuffer();
}
