import { ActionIcon, Button, NumberInput, Select } from '@mantine/core';
import { X } from 'lucide-react';
import type { Schema } from '../../api/client.ts';
import { useLive } from '../../api/use-live.ts';
import { useProductField } from '../../parts/product-field.ts';
import { Money } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { DigitsCell, Rows, right } from '../../show/rows.tsx';

export interface EntryLine {
  key: number;
  sku: string;
  quantity: number;
}

export const emptyLine = (key: number): EntryLine => ({ key, sku: '', quantity: 1 });

interface LinesProps {
  customerId: string;
  currency: string;
  lines: readonly EntryLine[];
  setLines: (lines: readonly EntryLine[]) => void;
  priced: Schema<'PricedOrder'> | undefined;
  faultAt: (path: string) => string | undefined;
}

/** What is ordered, with what there is to have, live, and what it costs this customer. */
export function Lines({ customerId, currency, lines, setLines, priced, faultAt }: LinesProps) {
  useLive('/v1/stock/events', [['offer']], customerId !== '');
  const change = (key: number, changed: Partial<EntryLine>) =>
    setLines(lines.map((line) => (line.key === key ? { ...line, ...changed } : line)));
  // Lines without a product are not sent, so that the numbers of those that are go on without them.
  const sent = lines.filter(({ sku }) => sku !== '');
  return (
    <Panel
      title="Lines"
      actions={
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => setLines([...lines, emptyLine(1 + Math.max(0, ...lines.map(({ key }) => key)))])}
        >
          Add a line
        </Button>
      }
    >
      <Rows headings={['Product', 'Units', right('To have'), right('Price'), right('Net'), { text: 'Take off', unseen: true }]}>
        {lines.map((line, index) => {
          const at = sent.indexOf(line);
          return (
            <Line
              key={line.key}
              number={index + 1}
              line={line}
              customerId={customerId}
              currency={currency}
              priced={at < 0 ? undefined : priced?.lines[at]}
              skuFault={(at < 0 && sent.length === 0 ? faultAt('/lines') : undefined) ?? faultAt(`/lines/${at}/sku`)}
              quantityFault={faultAt(`/lines/${at}/quantity`)}
              change={(changed) => change(line.key, changed)}
              takeOff={lines.length > 1 ? () => setLines(lines.filter(({ key }) => key !== line.key)) : undefined}
            />
          );
        })}
      </Rows>
    </Panel>
  );
}

function Line({
  number,
  line: { sku, quantity },
  customerId,
  currency,
  priced,
  skuFault,
  quantityFault,
  change,
  takeOff,
}: {
  number: number;
  line: EntryLine;
  customerId: string;
  currency: string;
  priced: Schema<'PricedOrder'>['lines'][number] | undefined;
  skuFault: string | undefined;
  quantityFault: string | undefined;
  change: (changed: Partial<EntryLine>) => void;
  takeOff: (() => void) | undefined;
}) {
  const { field, product } = useProductField(customerId, sku, (chosen) => change({ sku: chosen }));
  return (
    <tr>
      <td style={{ minWidth: '14rem' }}>
        <Select {...field} aria-label={`Product of line ${number}`} size="xs" error={skuFault} />
      </td>
      <td style={{ width: '6.5rem', minWidth: '6rem' }}>
        <NumberInput
          aria-label={`Units of line ${number}`}
          value={quantity}
          onChange={(value) => change({ quantity: Number(value) })}
          min={1}
          max={1_000_000}
          allowDecimal={false}
          size="xs"
          error={quantityFault}
        />
      </td>
      <DigitsCell>
        {product && (product.makeToOrder ? 'made to order' : <Available units={product.available} wanted={quantity} />)}
      </DigitsCell>
      <td data-align="right">{priced && <Money minor={priced.unitPriceMinor} currency={currency} />}</td>
      <td data-align="right">{priced && <Money minor={priced.netMinor} currency={currency} />}</td>
      <td style={{ width: '2rem' }}>
        {takeOff && (
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Take line ${number} off`} onClick={takeOff}>
            <X size={14} aria-hidden />
          </ActionIcon>
        )}
      </td>
    </tr>
  );
}

function Available({ units, wanted }: { units: number; wanted: number }) {
  return <span className={units < wanted ? 'late' : undefined}>{units.toLocaleString('en')}</span>;
}
