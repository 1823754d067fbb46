import type { Content, Margins, TableCell } from 'pdfmake/interfaces.js';
import type { Manifest, ManifestShipment } from '../db/queries/manifest.ts';
import { pdfmake } from './pdf.ts';
import { kilograms } from './weight.ts';

/**
 * The manifest of one pickup, with a place for the driver to sign: as it was closed, with what was handed over later as a list of its own;
 * one that is not closed yet says so.
 */
export function manifestPdf(manifest: Manifest): Promise<Buffer> {
  const { carrier, warehouseId, pickupOn, closedAt, shipments, addedLater } = manifest;
  return pdfmake
    .createPdf({
      pageSize: 'A4',
      pageMargins: [40, 40, 40, 50],
      info: { title: `Manifest ${carrier} ${warehouseId} ${pickupOn}` },
      defaultStyle: { font: 'Roboto', fontSize: 9 },
      footer: (page: number, pages: number) => ({ text: `${page} / ${pages}`, alignment: 'right', margin: [40, 15] }),
      content: [
        { text: `Manifest ${pickupOn}`, bold: true, fontSize: 16 },
        { text: `${carrier} from ${warehouseId}`, fontSize: 12 },
        { text: closedAt ? `Closed ${closedAt}` : 'Not closed: the cut-off has not passed', margin: [0, 0, 0, 10] },
        listOf(shipments),
        {
          text: `${shipments.length} shipments, ${manifest.cartons} cartons, ${kilograms(manifest.weightGrams)}`,
          bold: true,
          margin: [0, 10, 0, 40],
        },
        { text: signature },
        ...(addedLater.length === 0
          ? []
          : [
              { text: 'Added after the manifest was closed', bold: true, fontSize: 12, margin: [0, 30, 0, 10] as Margins },
              listOf(addedLater),
              { text: signature, margin: [0, 40, 0, 0] as Margins },
            ]),
      ],
    })
    .getBuffer();
}

const signature = 'Collected at ____________________   Signature ______________________________';
const bold = (text: string): TableCell => ({ text, bold: true });

const listOf = (shipments: readonly ManifestShipment[]): Content => ({
  layout: 'lightHorizontalLines',
  table: {
    headerRows: 1,
    widths: ['auto', 'auto', 'auto', '*', 'auto'],
    body: [
      [bold('Shipment'), bold('Tracking number'), bold('SSCC'), bold('To'), bold('Weight')],
      ...shipments.flatMap(({ id, trackingNumber, shipTo, cartons }) =>
        cartons.map((carton): TableCell[] => [
          id,
          trackingNumber,
          carton.sscc,
          `${shipTo.postalCode} ${shipTo.city}, ${shipTo.country}`,
          { text: kilograms(carton.weightGrams), alignment: 'right' },
        ]),
      ),
    ],
  },
});
