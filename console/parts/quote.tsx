import { Group, Text } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { api, ask, type Schema } from '../api/client.ts';
import { CommandButton } from '../form/command-button.tsx';
import { NoteField } from '../form/fields.tsx';
import { Day } from '../show/moment.tsx';
import { moneyText } from '../show/money.tsx';
import { Panel } from '../show/panel.tsx';
import { PricedLines } from '../show/priced-lines.tsx';
import { Status } from '../show/status.tsx';

type Quote = Schema<'Quote'>;

/** What was offered, and its answer: from the customer, or from sales, whom it has told. */
export function OneQuote({ quote }: { quote: Quote }) {
  const { id, status, validUntil, orderId } = quote;
  return (
    <Panel title={id} actions={<Status of={status} />}>
      <PricedLines of={quote} />
      <Group justify="space-between" mt="sm" gap="sm">
        <Text className="faint">
          Valid through <Day on={validUntil} />
        </Text>
        {status === 'sent' && <Answer quote={quote} />}
        {orderId && (
          <Link to="/orders/$id" params={{ id: orderId }}>
            {orderId}
          </Link>
        )}
      </Group>
    </Panel>
  );
}

function Answer({ quote: { id, grossMinor, currency } }: { quote: Quote }) {
  const navigate = useNavigate();
  const changes = [['quotes'], ['orders'], ['account']];
  const params = (key: string) => ({ path: { id }, header: { 'Idempotency-Key': key } });
  return (
    <Group gap="xs">
      <CommandButton
        label={`Decline ${id}`}
        submit="Decline the quote"
        changes={changes}
        send={async (form, key) => {
          await ask(api.POST('/v1/quotes/{id}/decline', { params: params(key), body: { reason: form('reason') } }));
          return `${id} was declined.`;
        }}
      >
        {(faultAt) => <NoteField description="Sales reads it and may offer anew." error={faultAt('/reason')} />}
      </CommandButton>
      <CommandButton
        label={`Accept and order for ${moneyText(grossMinor, currency)}`}
        variant="filled"
        changes={changes}
        send={async (_, key) => {
          const order = await ask(api.POST('/v1/quotes/{id}/accept', { params: params(key) }));
          void navigate({ to: '/orders/$id', params: { id: order.id } });
          return `${order.id} was placed.`;
        }}
      />
    </Group>
  );
}
