import type { Content, TableCell } from 'pdfmake/interfaces.js';
import type { WorkOrder } from '../db/queries/shipments.ts';
import { code128 } from './barcode.ts';
import { pdfmake } from './pdf.ts';
import { kilograms } from './weight.ts';

/**
 * The work order for pick and pack on paper: every id as a barcode, every line with a box to tick (F4). It is made anew for
 * each print, because it says how far the work is.
 */
export function workOrderPdf(work: WorkOrder): Promise<Buffer> {
  const { shipTo } = work;
  const bold = (text: string) => ({ text, bold: true });
  const rows = work.lines.map((line): TableCell[] => [
    String(line.lineNumber),
    line.description,
    {
      stack: [
        { svg: code128(line.sku), fit: [145, 28] },
        { text: line.sku, fontSize: 8 },
      ],
    },
    { text: String(line.quantity), alignment: 'right', bold: true },
    { text: kilograms(line.weightGrams * line.quantity), alignment: 'right' },
    line.pickedQuantity === null ? '[   ]' : String(line.pickedQuantity),
  ]);
  const cartons: Content[] = work.cartons.map(
    (carton) => `${carton.number}: SSCC ${carton.sscc}, ${kilograms(carton.weightGrams)}`,
  );
  return pdfmake
    .createPdf({
      pageSize: 'A4',
      pageMargins: [40, 40, 40, 50],
      info: { title: `Work order ${work.id}` },
      defaultStyle: { font: 'Roboto', fontSize: 10 },
      footer: (page: number, pages: number) => ({
        text: `${work.id} · ${page} / ${pages}`,
        alignment: 'right',
        margin: [40, 15],
      }),
      content: [
        {
          columns: [
            [
              { text: `Work order ${work.id}`, bold: true, fontSize: 16 },
              `Order ${work.orderId} · Warehouse ${work.warehouseId}`,
              `Status ${work.status}${work.requestedOn ? ` · promised for ${work.requestedOn}` : ''}`,
            ],
            { width: 170, svg: code128(work.id), fit: [170, 40] },
          ],
        },
        {
          margin: [0, 12, 0, 12],
          text: [
            `${work.customerName} (${work.customerId})\n`,
            [shipTo.name, shipTo.street, `${shipTo.postalCode} ${shipTo.city}`, shipTo.country].join('\n'),
          ],
        },
        {
          layout: 'lightHorizontalLines',
          table: {
            headerRows: 1,
            dontBreakRows: true,
            widths: ['auto', '*', 150, 'auto', 'auto', 'auto'],
            body: [[bold('Line'), bold('Goods'), bold('SKU'), bold('Quantity'), bold('Weight'), bold('Picked')], ...rows],
          },
        },
        { text: cartons.length > 0 ? 'Cartons' : '', bold: true, margin: [0, 16, 0, 4] },
        ...cartons,
      ],
    })
    .getBuffer();
}
