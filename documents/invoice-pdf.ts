import { only, type Queryable } from '../db/client.ts';
import type { Company } from '../db/statements/company.ts';
import type { Parties } from '../db/statements/invoices.ts';
import type { Address } from '../db/statements/orders.ts';
import { correctionReasons } from '../domain/correction.ts';
import type { DiscountOffer } from '../domain/early-payment.ts';
import { epcQrText } from '../domain/epc-qr.ts';
import type { Instalment } from '../domain/instalments.ts';
import type { PaymentTerms } from '../domain/invoice.ts';
import { formatMoney, percentOf } from '../domain/money.ts';
import { qrCode } from './barcode.ts';
import { keepDocument } from './keep.ts';
import { pdfmake } from './pdf.ts';

interface PrintedInvoice {
  id: string;
  kind: string;
  orderId: string | null;
  shipmentId: string | null;
  currency: string;
  netMinor: number;
  taxMinor: number;
  grossMinor: number;
  taxes: { category: string; rate: string; baseMinor: number; taxMinor: number }[];
  issuedOn: string;
  dueOn: string;
  paymentReference: string;
  /** Absent: it is due as a whole. */
  instalments?: Instalment[] | null;
  facts: {
    orderedOn?: string;
    shippedOn?: string;
    /** Of a consolidated invoice. */
    period?: { from: string; to: string };
    shipments?: {
      shipmentId: string;
      orderId: string;
      externalReference: string | null;
      orderedOn: string;
      shippedOn: string;
      carrier: string | null;
      trackingNumber: string | null;
    }[];
    terms?: PaymentTerms;
    deliveryTerms?: string;
    shipTo?: Address;
    carrier?: string;
    trackingNumber?: string;
    seller?: Company;
    buyer?: Parties['buyer'];
    prepaidMinor?: number;
    discounts?: DiscountOffer[];
    roundingMinor?: number;
    principalInvoiceId?: string;
    returnId?: string;
    correctsInvoiceId?: string;
    reason?: string;
    note?: string;
    reference?: string;
  };
  customer: { id: string; name: string; taxId: string | null; billingAddress: Address };
  company: Company;
  lines: {
    description: string;
    sku: string;
    quantity: number;
    unitPriceMinor: number;
    netMinor: number;
    taxRate: string;
    /** Of a consolidated invoice. */
    shipmentId?: string | null;
  }[];
}

/**
 * The printed invoice. It is rendered once and kept, so that every copy that is mailed or downloaded is the same, byte for
 * byte. Pro-formas and credit notes are printed the same way. Throws when there is no such document.
 */
export async function invoicePdf(database: Queryable, invoiceId: string): Promise<Uint8Array> {
  const read = readers[invoiceId.split('-')[0]!] ?? readInvoice;
  return keepDocument(database, invoiceId, 'application/pdf', async () => render(await read(database, invoiceId)));
}

async function readInvoice(database: Queryable, invoiceId: string): Promise<PrintedInvoice> {
  return only(
    await database.query<PrintedInvoice>(
      `SELECT i.id, i.kind, i.order_id AS "orderId", i.shipment_id AS "shipmentId", i.currency, i.net_minor AS "netMinor",
         i.tax_minor AS "taxMinor", i.gross_minor AS "grossMinor", i.taxes, i.issued_on AS "issuedOn", i.due_on AS "dueOn",
         i.payment_reference AS "paymentReference", i.facts,
         (SELECT jsonb_build_object('id', c.id, 'name', c.name, 'taxId', c.tax_id, 'billingAddress', c.billing_address)
            FROM customers c WHERE c.id = i.customer_id) AS customer,
         (SELECT jsonb_build_object('legalName', legal_name, 'taxId', tax_id, 'address', address, 'email', email,
            'bankIban', bank_iban, 'bankBic', bank_bic, 'currency', currency, 'timeZone', time_zone) FROM company) AS company,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('description', l.description, 'sku', l.sku, 'quantity', l.quantity,
            'unitPriceMinor', l.unit_price_minor, 'netMinor', l.net_minor, 'taxRate', l.tax_rate, 'shipmentId', l.shipment_id)
            ORDER BY l.line_number), '[]') FROM invoice_lines l WHERE l.invoice_id = i.id) AS lines,
         (SELECT jsonb_agg(jsonb_build_object('number', number, 'dueOn', due_on, 'amountMinor', amount_minor) ORDER BY number)
            FROM invoice_instalments n WHERE n.invoice_id = i.id) AS instalments
       FROM invoices i WHERE i.id = $1`,
      [invoiceId],
    ),
  );
}

/** What is asked for in advance, from the facts that were kept when it was: nothing of it changes with the order. */
async function readProForma(database: Queryable, number: string): Promise<PrintedInvoice> {
  return only(
    await database.query<PrintedInvoice>(
      `SELECT p.number AS id, 'pro-forma' AS kind, p.order_id AS "orderId", p.currency, p.amount_minor AS "grossMinor",
         (p.facts ->> 'netMinor')::bigint AS "netMinor", (p.facts ->> 'taxMinor')::bigint AS "taxMinor", p.facts -> 'taxes' AS taxes,
         p.facts -> 'lines' AS lines, p.issued_on AS "issuedOn", p.due_on AS "dueOn", p.payment_reference AS "paymentReference",
         p.facts || '{"terms": {"kind": "prepayment"}}' AS facts, p.facts -> 'seller' AS company,
         jsonb_build_object('id', p.customer_id) || (p.facts -> 'buyer') AS customer
       FROM (
         SELECT number, order_id, customer_id, currency, amount_minor, issued_on, due_on, payment_reference, facts FROM prepayments
         UNION ALL
         SELECT number, order_id, customer_id, currency, amount_minor, issued_on, due_on, payment_reference, facts
         FROM superseded_pro_formas) p WHERE p.number = $1`,
      [number],
    ),
  );
}

/** What is credited of an invoice, at its prices, in the words of the day it was issued. */
async function readCreditNote(database: Queryable, number: string): Promise<PrintedInvoice> {
  return only(
    await database.query<PrintedInvoice>(
      `SELECT n.id, 'credit-note' AS kind, n.order_id AS "orderId", i.shipment_id AS "shipmentId", n.currency,
         n.net_minor AS "netMinor", n.tax_minor AS "taxMinor", n.gross_minor AS "grossMinor", n.taxes, n.issued_on AS "issuedOn",
         n.issued_on AS "dueOn", '' AS "paymentReference",
         n.facts || jsonb_build_object('principalInvoiceId', n.invoice_id, 'returnId', n.return_id, 'reason', n.reason, 'note', n.note) AS facts,
         n.facts -> 'seller' AS company, jsonb_build_object('id', n.customer_id) || (n.facts -> 'buyer') AS customer,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('description', l.description, 'sku', l.sku, 'quantity', l.quantity,
            'unitPriceMinor', l.unit_price_minor, 'netMinor', l.net_minor, 'taxRate', l.tax_rate) ORDER BY l.line_number), '[]')
            FROM credit_note_lines l WHERE l.credit_note_id = n.id) AS lines
       FROM credit_notes n JOIN invoices i ON i.id = n.invoice_id WHERE n.id = $1`,
      [number],
    ),
  );
}

/** By the series of the number; all others are debit items. */
const readers: Record<string, typeof readInvoice> = { PRO: readProForma, CN: readCreditNote };

const titles: Record<string, string> = {
  invoice: 'Invoice',
  'opening-item': 'Open item',
  'interest-note': 'Interest note',
  'fee-note': 'Fee note',
  'returned-refund': 'Returned payment',
  'pro-forma': 'Pro-forma',
  'credit-note': 'Credit note',
};

const reasons: Record<string, string> = { return: 'goods that came back', ...correctionReasons };

const termsInWords = (terms: PaymentTerms): string =>
  terms.kind === 'net' && terms.instalments
    ? `${terms.instalments.length} instalments`
    : { net: `net ${terms.days} days`, 'due-on-receipt': 'due on receipt', prepayment: 'payment in advance' }[terms.kind];

/** What to pay, and by when: the whole, or each instalment. */
function demand({ instalments, dueOn }: PrintedInvoice, dueMinor: number, money: (amountMinor: number) => string): string {
  if (!instalments) return `${money(dueMinor)} by ${dueOn}`;
  const parts = instalments.map((part) => `${money(part.amountMinor)} by ${part.dueOn}`).join(', ');
  return `${money(dueMinor)} in ${instalments.length} instalments (${parts})`;
}

/** Before the first line of each shipment of a consolidated invoice: a row that says where its lines come from. */
function originOf({ lines, facts }: PrintedInvoice, index: number) {
  const { shipmentId } = lines[index]!;
  if (!shipmentId || lines[index - 1]?.shipmentId === shipmentId) return [];
  const shipment = facts.shipments?.find((one) => one.shipmentId === shipmentId);
  if (!shipment) return [];
  const { orderId, externalReference, orderedOn, shippedOn, carrier, trackingNumber } = shipment;
  const order = externalReference === null ? orderId : `${orderId}, your ${externalReference},`;
  const by = carrier === null ? '' : ` with ${carrier} ${trackingNumber}`;
  const text = `Order ${order} of ${orderedOn}: shipment ${shipmentId}, shipped on ${shippedOn}${by}`;
  return [[{ text, colSpan: 5, color: '#555', margin: [0, 6, 0, 0] as [number, number, number, number] }, '', '', '', '']];
}

async function render(invoice: PrintedInvoice): Promise<Buffer> {
  // Both as they were when the invoice was issued; an older document keeps its old names, addresses and bank account.
  const seller = invoice.facts.seller ?? invoice.company;
  const buyer = invoice.facts.buyer ?? invoice.customer;
  const money = (amountMinor: number) => formatMoney({ currency: invoice.currency, amountMinor });
  /** Below the name of whose address it is; the address's own name stands there only when it is another. */
  const address = (at: Address, of?: string) =>
    [...(at.name === of ? [] : [at.name]), at.street, `${at.postalCode} ${at.city}`, at.country].join('\n');
  const fact = (label: string, value: string | null | undefined) => (value ? [[{ text: label, color: '#555' }, value]] : []);
  const percent = (rate: string) => `${percentOf(rate)} %`;
  const right = (text: string, bold = false) => ({ text, alignment: 'right' as const, bold, noWrap: true });
  const { facts } = invoice;
  const prepaidMinor = facts.prepaidMinor ?? 0;
  const roundingMinor = facts.roundingMinor ?? 0;
  const dueMinor = invoice.grossMinor - prepaidMinor - roundingMinor;
  const isProForma = invoice.kind === 'pro-forma';
  const isCredit = invoice.kind === 'credit-note';
  const { legalName: name, bankIban: iban, bankBic: bic } = seller;
  const { currency, paymentReference: reference } = invoice;
  const qr = isCredit ? undefined : epcQrText({ name, iban, bic, amountMinor: dueMinor, currency, reference });

  return pdfmake
    .createPdf({
      pageSize: 'A4',
      pageMargins: [50, 50, 50, 80],
      info: { title: `${titles[invoice.kind]} ${invoice.id}`, author: seller.legalName },
      defaultStyle: { font: 'Roboto', fontSize: 10 },
      footer: (page: number, pages: number) => ({
        margin: [50, 20, 50, 0],
        fontSize: 8,
        color: '#555',
        columns: [
          `${seller.legalName} · Tax id ${seller.taxId}\nIBAN ${seller.bankIban} · BIC ${seller.bankBic}`,
          { text: `${page} / ${pages}`, alignment: 'right' },
        ],
      }),
      content: [
        { text: seller.legalName, bold: true, fontSize: 12 },
        { text: address(seller.address, seller.legalName), color: '#555', margin: [0, 0, 0, 20] },
        {
          columns: [
            { width: '*', text: `${buyer.name}\n${address(buyer.billingAddress, buyer.name)}` },
            {
              width: 'auto',
              layout: 'noBorders',
              table: {
                body: [
                  ...fact('Customer', invoice.customer.id),
                  ...fact('Customer tax id', buyer.taxId),
                  ...fact('Order', invoice.orderId),
                  ...fact('Ordered on', facts.orderedOn),
                  ...fact('Shipment', invoice.shipmentId),
                  ...fact('Shipped on', facts.shippedOn),
                  ...fact(
                    'Shipments',
                    facts.period && `${facts.shipments?.length} of ${facts.period.from} to ${facts.period.to}`,
                  ),
                  ...fact('Carrier', facts.carrier && `${facts.carrier} ${facts.trackingNumber}`),
                  ...fact('Terms', facts.terms && termsInWords(facts.terms)),
                  ...fact('Delivery', facts.deliveryTerms),
                  ...fact('Return', facts.returnId),
                  ...fact('In place of', facts.correctsInvoiceId),
                  ...fact('Reason', facts.reason && (reasons[facts.reason] ?? facts.reason)),
                  ...fact('Note', facts.note),
                  ...fact('Concerns', facts.principalInvoiceId ?? facts.reference),
                ],
              },
            },
          ],
        },
        { text: `${titles[invoice.kind]} ${invoice.id}`, bold: true, fontSize: 16, margin: [0, 25, 0, 2] },
        { text: `Issued on ${invoice.issuedOn}`, margin: [0, 0, 0, 15] },
        {
          layout: 'lightHorizontalLines',
          table: {
            headerRows: 1,
            widths: ['*', 'auto', 'auto', 'auto', 'auto'],
            body: [
              [
                { text: 'Description', bold: true },
                right('Quantity', true),
                right('Unit price', true),
                right('Tax', true),
                right('Net', true),
              ],
              ...invoice.lines.flatMap((line, index) => [
                ...originOf(invoice, index),
                [
                  `${line.description}${line.sku ? `\n${line.sku}` : ''}`,
                  right(String(line.quantity)),
                  right(money(line.unitPriceMinor)),
                  right(percent(line.taxRate)),
                  right(money(line.netMinor)),
                ],
              ]),
            ],
          },
        },
        {
          margin: [0, 15, 0, 0],
          columns: [
            { width: '*', text: '' },
            {
              width: 'auto',
              layout: 'noBorders',
              table: {
                body: [
                  ['Net', right(money(invoice.netMinor))],
                  ...invoice.taxes.map((tax) => [
                    `Tax ${percent(tax.rate)} on ${money(tax.baseMinor)}`,
                    right(money(tax.taxMinor)),
                  ]),
                  ...(prepaidMinor > 0
                    ? [
                        ['Gross', right(money(invoice.grossMinor))],
                        [facts.correctsInvoiceId ? 'Paid already' : 'Paid in advance', right(money(-prepaidMinor))],
                      ]
                    : []),
                  ...(roundingMinor > 0 ? [['Rounding', right(money(-roundingMinor))]] : []),
                  [{ text: isCredit ? 'Amount credited' : 'Amount due', bold: true }, right(money(dueMinor), true)],
                ],
              },
            },
          ],
        },
        ...(qr
          ? [
              {
                margin: [0, 25, 0, 0] as [number, number, number, number],
                unbreakable: true,
                columns: [
                  {
                    width: '*',
                    layout: 'noBorders',
                    table: {
                      body: [
                        [{ text: 'Payment', bold: true, colSpan: 2 }, ''],
                        ...fact('Amount', money(dueMinor)),
                        ...fact('Payable by', invoice.dueOn),
                        ...fact('To', seller.legalName),
                        ...fact('IBAN', seller.bankIban.replaceAll(/(.{4})(?=.)/g, '$1 ')),
                        ...fact('BIC', seller.bankBic),
                        ...fact('Reference', invoice.paymentReference),
                      ],
                    },
                  },
                  {
                    width: 'auto',
                    stack: [
                      { svg: qrCode(qr), fit: [90, 90] as [number, number] },
                      { text: 'Scan to pay', fontSize: 8, color: '#555', alignment: 'center' as const },
                    ],
                  },
                ],
              },
            ]
          : []),
        {
          margin: [0, qr ? 12 : 25, 0, 0],
          text: isCredit
            ? `We take this amount off invoice ${facts.principalInvoiceId}. What you have paid of it already is kept to your credit.`
            : dueMinor === 0
              ? `Paid ${facts.correctsInvoiceId ? 'already' : 'in advance'}: nothing is due.`
              : `Please pay ${demand(invoice, dueMinor, money)} to ${seller.legalName}, IBAN ${seller.bankIban}, BIC ${seller.bankBic}, quoting ${invoice.paymentReference}.${(facts.discounts ?? []).map(({ payBy, discountMinor }) => ` Paid in full by ${payBy}, ${money(dueMinor - discountMinor)} is enough: early payment earns a discount of ${money(discountMinor)}.`).join('')}${isProForma ? ' This is no invoice: your order begins when the amount has arrived in full, and is cancelled when it has not by that day. The invoice follows with the goods.' : ''}`,
        },
        ...(facts.shipTo
          ? [
              {
                margin: [0, 10, 0, 0] as [number, number, number, number],
                color: '#555',
                text: `${isProForma ? 'Ship to' : 'Shipped to'}\n${address(facts.shipTo)}`,
              },
            ]
          : []),
      ],
    })
    .getBuffer();
}
