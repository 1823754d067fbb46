/** The 856 of X12: what is on its way, in which cartons, for which order. Requirements O1, S2. */
import type { PostalAddress } from '../e-invoice.ts';
import type { IsoInstant } from '../time.ts';
import type { PurchaseOrder } from './purchase-order.ts';
import { compactDate, dateAndTime, type OutgoingSet } from './x12.ts';

export interface ShipNotice {
  shipmentId: string;
  purchaseOrder: PurchaseOrder;
  orderId: string;
  shippedAt: IsoInstant;
  timeZone: string;
  carrier: string;
  trackingNumber: string;
  shipTo: PostalAddress;
  cartons: { sscc: string; weightGrams: number }[];
  lines: { lineNumber: number; sku: string; description: string; quantity: number }[];
}

/**
 * An 856: shipment, order, cartons with their SSCC, items. What one carton holds stands under it. Who packs several does not tell us
 * which goods are in which, so the items stand under the order then, beside the cartons.
 */
export function noticeOfShipment(notice: ShipNotice): OutgoingSet {
  const { shipmentId, purchaseOrder, orderId, shippedAt, timeZone, carrier, trackingNumber, shipTo, cartons, lines } = notice;
  const { date, time } = dateAndTime(shippedAt, timeZone);
  const isOneCarton = cartons.length === 1;
  const weightGrams = cartons.reduce((total, carton) => total + carton.weightGrams, 0);
  const levels = 2 + cartons.length;
  const segments: OutgoingSet['segments'] = [
    ['BSN', '00', shipmentId, date, time, isOneCarton ? '0001' : '0004'],
    ['HL', 1, undefined, 'S'],
    ['TD1', 'CTN', cartons.length, undefined, undefined, undefined, 'G', kilograms(weightGrams), 'KG'],
    ['TD5', 'B', undefined, undefined, undefined, carrier],
    ['REF', 'CN', trackingNumber],
    ['DTM', '011', date, time],
    ['N1', 'ST', shipTo.name],
    ['N3', shipTo.street],
    ['N4', shipTo.city, undefined, shipTo.postalCode, shipTo.country],
    ['HL', 2, 1, 'O'],
    ['PRF', purchaseOrder.number, undefined, undefined, compactDate(purchaseOrder.date)],
    ['REF', 'VN', orderId],
  ];
  for (const [index, { sscc }] of cartons.entries()) {
    // The SSCC with its application identifier, as it stands in the barcode.
    segments.push(['HL', 3 + index, 2, 'P'], ['MAN', 'GM', `00${sscc}`]);
  }
  for (const [index, { lineNumber, sku, description, quantity }] of lines.entries()) {
    const ordered = purchaseOrder.lines[lineNumber - 1];
    const lineId = ordered?.lineId ?? String(lineNumber);
    segments.push(
      ['HL', levels + 1 + index, isOneCarton ? 3 : 2, 'I'],
      ['LIN', lineId, ...(ordered?.productIds ?? ['VP', sku])],
      ['SN1', lineId, quantity, ordered?.unit ?? 'EA'],
      ['PID', 'F', undefined, undefined, undefined, description.slice(0, 80)],
    );
  }
  segments.push(['CTT', levels + lines.length]);
  return { type: '856', segments };
}

const kilograms = (grams: number): string => (grams / 1_000).toFixed(3).replace(/\.?0+$/, '');
