/** The 810 of X12: an invoice or credit note, whose amounts are those of the document, to the cent. Requirements O1, I3. */
import { type EInvoice, exemptions, paymentTermsInWords } from '../e-invoice.ts';
import { decimalMoney, percentOf } from '../money.ts';
import type { PurchaseOrder } from './purchase-order.ts';
import { compactDate, type OutgoingSet } from './x12.ts';

/** Amounts of TDS have two decimals that are not written: a currency with three cannot be told exactly. */
export const ediDecimalsMaximum = 2;

/**
 * An 810. `purchaseOrder`: the 850 of the order that it bills; undefined where it bills several, or one that came otherwise. A credit
 * note has its amounts without a sign, and BIG07 'CR' says which way they go.
 */
export function invoiceSet(invoice: EInvoice, purchaseOrder: PurchaseOrder | undefined): OutgoingSet {
  const { currency, lines, taxes, seller, buyer, shipTo, preceding } = invoice;
  const amount = (amountMinor: number) => decimalMoney({ currency, amountMinor });
  const party = (code: string, name: string, { street, city, postalCode, country }: Omit<typeof buyer.address, 'name'>) => [
    ['N1', code, name.slice(0, 60)],
    ['N3', street.slice(0, 55)],
    ['N4', city.slice(0, 30), undefined, postalCode, country],
  ];
  return {
    type: '810',
    segments: [
      [
        'BIG',
        compactDate(invoice.issuedOn),
        invoice.id,
        purchaseOrder && compactDate(purchaseOrder.date),
        purchaseOrder?.number ?? invoice.externalReference ?? undefined,
        undefined,
        undefined,
        invoice.kind === 'invoice' ? 'DI' : 'CR',
      ],
      ['CUR', 'SE', currency],
      ...(preceding ? [['REF', 'OI', preceding.invoiceId]] : []),
      ...(invoice.shipmentId ? [['REF', 'SI', invoice.shipmentId]] : []),
      ...party('SE', seller.name, seller.address),
      ...party('BT', buyer.name, buyer.address),
      ...(shipTo ? party('ST', shipTo.name, shipTo) : []),
      ...termsOf(invoice),
      ...(invoice.shippedOn ? [['DTM', '011', compactDate(invoice.shippedOn)]] : []),
      ...lines.flatMap((line) => {
        // A credit by amount is no number of units at their price.
        const isByUnit = line.quantity * line.unitPriceMinor === line.netMinor;
        const ordered = line.origin ? undefined : purchaseOrder?.lines[line.lineNumber - 1];
        const ids = ordered?.sku === line.sku ? ordered.productIds : line.sku ? ['VP', line.sku] : [];
        const [quantity, unitMinor] = isByUnit ? [line.quantity, line.unitPriceMinor] : [1, line.netMinor];
        return [
          ['IT1', ordered?.lineId ?? line.lineNumber, quantity, ordered?.unit ?? 'EA', amount(unitMinor), undefined, ...ids],
          ['PID', 'F', undefined, undefined, undefined, line.description.slice(0, 80)],
          ...(line.origin ? [['REF', 'PO', line.origin.order]] : []),
        ];
      }),
      ['TDS', hundredths(invoice.grossMinor, currency)],
      ...taxes.map(({ category, rate, baseMinor, taxMinor }) => [
        'TXI',
        'VA',
        amount(taxMinor),
        percentOf(rate),
        undefined,
        undefined,
        exemptions[category] ? '1' : undefined,
        undefined,
        amount(baseMinor),
      ]),
      ['CTT', lines.length],
    ],
  };
}

/** An amount with two decimals and without the point between: type N2. */
const hundredths = (amountMinor: number, currency: string): string => {
  const [whole = '', fraction = ''] = decimalMoney({ currency, amountMinor }).split('.');
  return String(BigInt(whole + fraction.padEnd(ediDecimalsMaximum, '0')));
};

/** Of an invoice: when it is due, and what is taken off for whoever pays sooner. */
function termsOf({ kind, dueOn, terms, instalments, earlyPayment, currency }: EInvoice): (string | undefined)[][] {
  if (kind !== 'invoice' || !dueOn) return [];
  const words = paymentTermsInWords({ terms, instalments, earlyPayment, currency });
  const due = compactDate(dueOn);
  const [soonest] = earlyPayment ?? [];
  const blanks = (count: number): undefined[] => Array.from({ length: count });
  return [
    soonest
      ? ['ITD', '08', '3', percentOf(soonest.rate), compactDate(soonest.until), undefined, due, ...blanks(5), words?.slice(0, 80)]
      : ['ITD', instalments && instalments.length > 1 ? '04' : '01', '3', ...blanks(3), due, ...blanks(5), words?.slice(0, 80)],
  ];
}
