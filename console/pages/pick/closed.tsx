import { Button, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import { useState } from 'react';
import type { Schema } from '../../api/client.ts';
import { Identifier } from '../../show/identifier.tsx';
import { Panel } from '../../show/panel.tsx';
import { Rows, right } from '../../show/rows.tsx';
import type { useDraft } from './draft.ts';
import { type Heard, ScanField } from './scan-field.tsx';

/** A scanner reads the application identifier 00 before the eighteen digits. */
const ssccOf = (scanned: string) => scanned.replaceAll(/\D/g, '').replace(/^00(?=\d{18}$)/, '');

/** Packed, or beyond: its labels, and by scan whether every carton has its own. */
export function Closed({ work, kept }: { work: Schema<'WorkOrder'>; kept: ReturnType<typeof useDraft> }) {
  const { draft, change } = kept;
  const [heard, setHeard] = useState<Heard>();
  const address = `/v1/shipments/${encodeURIComponent(work.id)}`;
  const hear = (scanned: string) => {
    const sscc = ssccOf(scanned);
    const carton = work.cartons.find((candidate) => candidate.sscc === sscc);
    if (!carton) return setHeard({ text: `${scanned} is no carton of this shipment.`, isWrong: true });
    change({ checked: [...new Set([...draft.checked, sscc])] });
    return setHeard({ text: `Carton ${carton.number} has its label.`, isWrong: false });
  };
  if (work.cartons.length === 0)
    return (
      <div className="panel">
        <Text>
          {work.status === 'cancelled'
            ? 'This shipment was cancelled: put the goods back.'
            : 'There is nothing here that you can pick or pack.'}
        </Text>
      </div>
    );
  return (
    <Stack gap="md">
      <Group gap="sm">
        <Button component="a" href={`${address}/label.pdf`} size="lg">
          Print {work.cartons.length === 1 ? 'the label' : `${work.cartons.length} labels`}
        </Button>
        <Button component="a" href={`${address}/label.zpl`} size="lg" variant="default">
          Labels for a ZPL printer
        </Button>
        <Button component={Link} to="/picking" size="lg" variant="default">
          Next shipment
        </Button>
      </Group>
      {work.trackingNumber && (
        <Text>
          {work.carrier} <Identifier id={work.trackingNumber} />
        </Text>
      )}
      {work.carrierRefusal && (
        <Text className="warns">The carrier refuses it: {work.carrierRefusal.reason} Shipping sees to it; set it aside.</Text>
      )}
      <ScanField label="Scan each carton’s label" hear={hear} heard={heard} />
      <Panel title="Cartons">
        <Rows label="Cartons" headings={['Carton', 'SSCC', right('Weight'), 'Label']}>
          {work.cartons.map(({ number, sscc, weightGrams }) => (
            <tr key={sscc}>
              <td>{number}</td>
              <td>
                <Identifier id={sscc} />
              </td>
              <td data-align="right">{(weightGrams / 1_000).toLocaleString('en')} kg</td>
              <td>
                {draft.checked.includes(sscc) ? (
                  <>
                    <Check size={15} aria-hidden /> scanned
                  </>
                ) : (
                  <span className="faint">not scanned</span>
                )}
              </td>
            </tr>
          ))}
        </Rows>
      </Panel>
    </Stack>
  );
}
