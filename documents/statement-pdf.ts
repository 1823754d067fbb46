import type { TableCell } from 'pdfmake/interfaces.js';
import type { Customer } from '../db/queries/customers.ts';
import type { AccountStatement } from '../db/queries/statements.ts';
import type { Company } from '../db/statements/company.ts';
import { ageingBuckets } from '../domain/ageing.ts';
import { knownAs } from '../domain/invoice.ts';
import { formatMoney } from '../domain/money.ts';
import { pdfmake } from './pdf.ts';

/** What stands over it, in the customer's language where there are words for it. */
const headings: Record<string, { title: string; period: (customerId: string, from: string, to: string) => string }> = {
  en: { title: 'Statement of account', period: (id, from, to) => `Customer ${id}, from ${from} to ${to}` },
  de: { title: 'Kontoauszug', period: (id, from, to) => `Kunde ${id}, vom ${from} bis ${to}` },
};

/** A statement of account on paper (A4). It is made anew for each print: what is booked late belongs on the next one. */
export function statementPdf(statement: AccountStatement, customer: Customer, company: Company): Promise<Buffer> {
  const { from, to, currency } = statement;
  const heading = headings[customer.language ?? 'en'] ?? headings.en!;
  const money = (amountMinor: number) => formatMoney({ currency, amountMinor });
  const right = (text: string, bold = false): TableCell => ({ text, alignment: 'right', noWrap: true, bold });
  const bold = (text: string): TableCell => ({ text, bold: true });
  const { name, street, postalCode, city, country } = customer.billingAddress;
  return pdfmake
    .createPdf({
      pageSize: 'A4',
      pageMargins: [50, 50, 50, 70],
      info: { title: `${heading.title} ${customer.id} ${to}`, author: company.legalName },
      defaultStyle: { font: 'Roboto', fontSize: 9 },
      footer: (page: number, pages: number) => ({
        margin: [50, 20, 50, 0],
        fontSize: 8,
        color: '#555',
        columns: [
          `${company.legalName} · Tax id ${company.taxId}\nIBAN ${company.bankIban} · BIC ${company.bankBic}`,
          { text: `${page} / ${pages}`, alignment: 'right' },
        ],
      }),
      content: [
        { text: company.legalName, bold: true, fontSize: 12, margin: [0, 0, 0, 15] },
        { text: [customer.name, ...(name === customer.name ? [] : [name]), street, `${postalCode} ${city}`, country].join('\n') },
        { text: heading.title, bold: true, fontSize: 16, margin: [0, 20, 0, 2] },
        { text: heading.period(customer.id, from, to), margin: [0, 0, 0, 12] },
        {
          layout: 'lightHorizontalLines',
          table: {
            headerRows: 1,
            widths: ['auto', '*', 'auto', 'auto', 'auto', 'auto'],
            body: [
              [bold('Date'), bold('Document'), bold('Item'), bold('Due'), right('Amount', true), right('Balance', true)],
              [from, 'Opening balance', '', '', '', right(money(statement.openingMinor))],
              ...statement.lines.map((line): TableCell[] => [
                line.on,
                `${line.kind.replaceAll('-', ' ')} ${line.documentId}`,
                knownAs({ id: line.invoiceId, formerReference: line.formerReference }),
                line.dueOn,
                right(money(line.amountMinor)),
                right(money(line.balanceMinor)),
              ]),
              [to, bold('Closing balance'), '', '', '', right(money(statement.closingMinor), true)],
            ],
          },
        },
        { text: 'Open by days overdue', bold: true, margin: [0, 15, 0, 4] },
        {
          layout: 'lightHorizontalLines',
          table: {
            widths: ageingBuckets.map(() => '*'),
            body: [
              ageingBuckets.map((bucket) => right(bucket === 'current' ? 'not due' : bucket, true)),
              ageingBuckets.map((bucket) => right(money(statement.ageing[bucket]))),
            ],
          },
        },
        ...(statement.unappliedMinor > 0
          ? [
              {
                margin: [0, 12, 0, 0] as [number, number, number, number],
                text: `Beside this, ${money(statement.unappliedMinor)} of yours is kept until you tell us what it pays.`,
              },
            ]
          : []),
      ],
    })
    .getBuffer();
}
