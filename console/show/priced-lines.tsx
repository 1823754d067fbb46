import { Money } from './money.tsx';
import { MoneyCell, Rows, right } from './rows.tsx';

interface PricedLine {
  lineNumber: number;
  description: string;
  sku: string | null;
  quantity: number;
  unitPriceMinor: number;
  netMinor: number;
  /** Of an order. */
  shippedQuantity?: number;
  cancelledQuantity?: number;
  /** A fraction: '0.2'. */
  taxRate?: string;
}

interface PricedDocument {
  lines: readonly PricedLine[];
  currency: string;
  netMinor: number;
  taxMinor: number;
  grossMinor: number;
}

/** The lines of an order, a quote or an invoice with what they come to. */
export function PricedLines({ of: { lines, currency, netMinor, taxMinor, grossMinor } }: { of: PricedDocument }) {
  const ships = lines.some(({ shippedQuantity }) => shippedQuantity !== undefined);
  const tells = lines.some(({ taxRate }) => taxRate !== undefined);
  const headings = ['Product', right('Units'), ...(ships ? [right('Shipped')] : []), right('Price')];
  headings.push(...(tells ? [right('Tax')] : []), right('Net'));
  return (
    <Rows
      headings={headings}
      foot={
        <tr>
          <td colSpan={headings.length - 1} data-align="right" className="faint">
            Tax <Money minor={taxMinor} currency={currency} /> on <Money minor={netMinor} currency={currency} />
          </td>
          <td data-align="right">
            <b>
              <Money minor={grossMinor} currency={currency} />
            </b>
          </td>
        </tr>
      }
    >
      {lines.map(({ lineNumber, description, sku, quantity, shippedQuantity, cancelledQuantity = 0, taxRate, ...line }) => (
        <tr key={lineNumber}>
          <td>
            {description} <span className="faint">{sku}</span>
            {cancelledQuantity > 0 && <div className="faint">{cancelledQuantity} cancelled</div>}
          </td>
          <td data-align="right" data-label="Units">
            {quantity}
          </td>
          {ships && (
            <td data-align="right" data-label="Shipped">
              {shippedQuantity}
            </td>
          )}
          <MoneyCell label="Price" minor={line.unitPriceMinor} currency={currency} />
          {tells && (
            <td data-align="right" data-label="Tax">
              {Math.round(Number(taxRate) * 10_000) / 100} %
            </td>
          )}
          <MoneyCell label="Net" minor={line.netMinor} currency={currency} />
        </tr>
      ))}
    </Rows>
  );
}
