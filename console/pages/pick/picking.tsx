import { ActionIcon, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { Minus, Plus } from 'lucide-react';
import { useState } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import type { useDraft } from './draft.ts';
import { NotSent } from './not-sent.tsx';
import { type Heard, ScanField } from './scan-field.tsx';

type WorkOrder = Schema<'WorkOrder'>;
type Line = WorkOrder['lines'][number];

const reasons = ['Not in its place', 'Damaged', 'Another product in its place', 'Fewer than the books say'];

/** Scan by scan, or by finger; what is missing has its reason before it is confirmed. */
export function Picking({ work, kept }: { work: WorkOrder; kept: ReturnType<typeof useDraft> }) {
  const { draft, change, keyFor, forget } = kept;
  const [heard, setHeard] = useState<Heard>();
  const [asksReasons, setAsksReasons] = useState(false);
  const countOf = ({ lineNumber }: Line) => draft.counts[lineNumber] ?? 0;
  const setCount = (line: Line, count: number) => {
    change({ counts: { ...draft.counts, [line.lineNumber]: Math.min(line.quantity, Math.max(0, count)) } });
  };
  const hear = (scanned: string) => {
    const [, times, code = scanned] = /^(\d{1,6})\s*[*x×]\s*(\S.*)$/i.exec(scanned) ?? [];
    const lines = work.lines.filter(({ sku }) => sku.toLowerCase() === code.toLowerCase());
    if (lines.length === 0) return setHeard({ text: `${code} is not in this shipment: put it back.`, isWrong: true });
    const line = lines.find((candidate) => countOf(candidate) < candidate.quantity);
    if (!line) return setHeard({ text: `All of ${code} is picked already: put this one back.`, isWrong: true });
    const wanted = countOf(line) + Number(times ?? 1);
    setCount(line, wanted);
    const text = `${line.sku}: ${Math.min(line.quantity, wanted)} of ${line.quantity}`;
    return wanted > line.quantity
      ? setHeard({ text: `${text}; more than that is not wanted.`, isWrong: true })
      : setHeard({ text, isWrong: false });
  };

  const short = work.lines.filter((line) => countOf(line) < line.quantity);
  const units = work.lines.reduce((sum, line) => sum + countOf(line), 0);
  const missing = short.reduce((sum, line) => sum + line.quantity - countOf(line), 0);
  const body = {
    short: short.map((line) => ({
      lineNumber: line.lineNumber,
      pickedQuantity: countOf(line),
      reason: draft.reasons[line.lineNumber] ?? reasons[0]!,
    })),
  };
  const confirm = useCommand({
    send: ({ of, key }: { of: typeof body; key: string }) =>
      ask(
        api.POST('/v1/shipments/{id}/pick', {
          params: { path: { id: work.id }, header: { 'Idempotency-Key': key } },
          body: of,
        }),
      ),
    said: ({ status }) =>
      status === 'cancelled'
        ? `${work.id} is cancelled: what was missing is looked for elsewhere. Put the goods back.`
        : `${work.id} is picked. Pack it now.`,
    changes: [['shipments'], ['stock']],
  });
  const send = () => confirm.mutate({ of: body, key: keyFor(body) }, { onSuccess: forget });

  return (
    <Stack gap="md">
      <ScanField label="Scan a product" hear={hear} heard={heard} />
      <ul className="work" aria-label="Lines">
        {work.lines.map((line) => {
          const count = countOf(line);
          const state = count === line.quantity ? 'done' : count > 0 ? 'begun' : undefined;
          return (
            <li key={line.lineNumber} className="pick-line" data-state={state}>
              <div>
                <b>{line.description}</b>
                <Text c="dimmed">{line.sku}</Text>
              </div>
              <span className="pick-count">
                {count} <small>of {line.quantity}</small>
              </span>
              <Group gap={6} wrap="nowrap">
                <ActionIcon
                  variant="default"
                  size={48}
                  aria-label={`One ${line.sku} less`}
                  disabled={count === 0}
                  onClick={() => setCount(line, count - 1)}
                >
                  <Minus size={20} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="default"
                  size={48}
                  aria-label={`One ${line.sku} more`}
                  disabled={count === line.quantity}
                  onClick={() => setCount(line, count + 1)}
                >
                  <Plus size={20} aria-hidden />
                </ActionIcon>
                <Button
                  variant="default"
                  h={48}
                  disabled={count === line.quantity}
                  aria-label={`All ${line.quantity} of ${line.sku}`}
                  onClick={() => setCount(line, line.quantity)}
                >
                  All
                </Button>
              </Group>
              {asksReasons && count < line.quantity && (
                <NativeSelect
                  className="pick-reason"
                  size="md"
                  label={`Why are ${line.quantity - count} of ${line.sku} missing?`}
                  data={reasons}
                  value={draft.reasons[line.lineNumber] ?? reasons[0]!}
                  onChange={({ currentTarget }) =>
                    change({ reasons: { ...draft.reasons, [line.lineNumber]: currentTarget.value } })
                  }
                />
              )}
            </li>
          );
        })}
      </ul>
      <NotSent error={confirm.error} />
      <div className="pick-bar">
        {missing > 0 && asksReasons && (
          <Text>
            {missing} {missing === 1 ? 'unit is' : 'units are'} booked as lost, a recount is asked for, and the customer is told.
          </Text>
        )}
        <Group gap="sm">
          {missing > 0 && !asksReasons ? (
            <Button size="lg" variant="default" onClick={() => setAsksReasons(true)}>
              {missing} {missing === 1 ? 'unit is' : 'units are'} missing
            </Button>
          ) : (
            <Button size="lg" color={missing > 0 ? 'red.9' : 'indigo'} loading={confirm.isPending} onClick={send}>
              {confirm.isError ? 'Send again: ' : ''}
              {missing > 0 ? `Confirm ${units} picked, ${missing} short` : `Confirm ${units} picked`}
            </Button>
          )}
          {asksReasons && missing > 0 && (
            <Button size="lg" variant="default" onClick={() => setAsksReasons(false)}>
              Go on picking
            </Button>
          )}
        </Group>
      </div>
    </Stack>
  );
}
