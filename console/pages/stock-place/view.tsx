import { NativeSelect, NumberInput, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { useCompanyCurrency } from '../../api/company-currency.ts';
import { useLive } from '../../api/use-live.ts';
import { choicesOf } from '../../form/choices.ts';
import { CommandButton } from '../../form/command-button.tsx';
import type { Fields } from '../../form/entries.ts';
import type { FaultAt } from '../../form/faults.ts';
import { useMay } from '../../session/session.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Money, minorOf } from '../../show/money.tsx';
import { PageHead } from '../../show/page-head.tsx';
import { Panel } from '../../show/panel.tsx';

type Corrected = Schema<'CorrectedStock'>;
type Reason = Schema<'StockAdjustment'>['reason'];

/** One product in one warehouse: what there is, and what people do about it when the shelf says otherwise. */
export default function StockPlacePage() {
  const { sku = '', warehouseId = '' } = useParams({ strict: false });
  const query = { sku, warehouseId };
  const level = useQuery({
    queryKey: ['stock', sku, warehouseId],
    queryFn: () => ask(api.GET('/v1/stock', { params: { query: { ...query, limit: 1 } } })),
  });
  const point = useQuery({
    queryKey: ['reorder-points', sku, warehouseId],
    queryFn: () => ask(api.GET('/v1/reorder-points', { params: { query: { ...query, limit: 1 } } })),
  });
  useLive(`/v1/stock/events?${new URLSearchParams(query)}`, [['stock'], ['reorder-points']], true);
  const currency = useCompanyCurrency();
  const mayCorrect = useMay('POST /v1/stock/counts');
  const mayAdjust = useMay('POST /v1/stock/adjustments');
  const maySetPoint = useMay('PUT /v1/reorder-points/{sku}/{warehouseId}');
  if (!level.isSuccess) return <Unanswered query={level} height={240} />;
  const [found] = level.data.items;
  const { onHand = 0, reserved = 0, available = 0, valueMinor } = found ?? {};
  const watched = point.data?.items[0];
  const changes = [['stock'], ['reorder-points'], ['shipments']];
  const said = ({ available: left, cancelledShipments }: Corrected) =>
    `${left.toLocaleString('en')} are available now.${
      cancelledShipments.length > 0 ? ` ${cancelledShipments.join(', ')} lost their stock and must not be picked.` : ''
    }`;
  const common = (form: Fields) => {
    const [note, cost] = [form('note'), form('cost')];
    return {
      ...query,
      reference: form('reference'),
      ...(note !== '' && { note }),
      ...(cost !== '' && currency && { unitCostMinor: minorOf(cost, currency) }),
    };
  };
  return (
    <Stack gap="md" maw={760}>
      <PageHead
        title={<Identifier id={sku} />}
        about={
          <>
            in {warehouseId} · <Link to="/stock">all stock</Link>
          </>
        }
      >
        {mayCorrect && (
          <CommandButton
            label="Count"
            title={`Count of ${sku} in ${warehouseId}`}
            submit="Book the count"
            changes={changes}
            send={async (form, key) =>
              said(
                await ask(
                  api.POST('/v1/stock/counts', {
                    params: { header: { 'Idempotency-Key': key } },
                    body: { ...common(form), quantity: Number(form('quantity')) },
                  }),
                ),
              )
            }
          >
            {(faultAt) => (
              <>
                <Text size="sm">
                  What the shelf holds becomes what is on hand. Where it is less than is reserved, the latest reservations are
                  taken back and their orders released anew.
                </Text>
                <TextInput
                  name="reference"
                  label="Count sheet"
                  required
                  maxLength={100}
                  error={faultAt('/reference')}
                  data-autofocus
                />
                <NumberInput
                  name="quantity"
                  label="Units on the shelf"
                  description={`The books say ${onHand.toLocaleString('en')}.`}
                  required
                  min={0}
                  max={1_000_000}
                  allowDecimal={false}
                  error={faultAt('/quantity')}
                />
                <Rest faultAt={faultAt} currency={currency} />
              </>
            )}
          </CommandButton>
        )}
        {mayAdjust && (
          <CommandButton
            label="Adjust"
            title={`Adjust ${sku} in ${warehouseId}`}
            submit="Book the adjustment"
            changes={changes}
            send={async (form, key) =>
              said(
                await ask(
                  api.POST('/v1/stock/adjustments', {
                    params: { header: { 'Idempotency-Key': key } },
                    body: { ...common(form), reason: form('reason') as Reason, quantity: Number(form('quantity')) },
                  }),
                ),
              )
            }
          >
            {(faultAt) => (
              <>
                <NativeSelect
                  name="reason"
                  label="Reason"
                  error={faultAt('/reason')}
                  data={choicesOf<Reason>({ damage: 'Damaged: taken off', loss: 'Lost: taken off', found: 'Found: added' })}
                />
                <NumberInput
                  name="quantity"
                  label="Units"
                  required
                  min={1}
                  max={1_000_000}
                  allowDecimal={false}
                  error={faultAt('/quantity')}
                />
                <TextInput name="reference" label="Report" required maxLength={100} error={faultAt('/reference')} />
                <Rest faultAt={faultAt} currency={currency} />
              </>
            )}
          </CommandButton>
        )}
        {maySetPoint && (
          <CommandButton
            label="Set reorder point"
            title={`Reorder point of ${sku} in ${warehouseId}`}
            changes={changes}
            send={async (form) => {
              const text = form('point');
              const { point: saved } = await ask(
                api.PUT('/v1/reorder-points/{sku}/{warehouseId}', {
                  params: { path: query },
                  body: { point: text === '' ? null : Number(text), quantity: Number(form('quantity')) },
                }),
              );
              return saved === null ? `${sku} is watched no more.` : `A task says so when ${saved} or fewer are available.`;
            }}
          >
            {(faultAt) => (
              <>
                <NumberInput
                  name="point"
                  label="Order when so few are available"
                  description="Empty: it is not watched."
                  defaultValue={watched?.point ?? ''}
                  min={0}
                  max={1_000_000}
                  allowDecimal={false}
                  error={faultAt('/point')}
                  data-autofocus
                />
                <NumberInput
                  name="quantity"
                  label="Units to order then"
                  defaultValue={watched?.quantity ?? ''}
                  required
                  min={1}
                  max={1_000_000}
                  allowDecimal={false}
                  error={faultAt('/quantity')}
                />
              </>
            )}
          </CommandButton>
        )}
      </PageHead>
      <Panel title="Availability">
        {found === undefined && <Text mb="xs">Nothing of it has ever been here.</Text>}
        <dl className="facts sums">
          <dt>On hand</dt>
          <dd>{onHand.toLocaleString('en')}</dd>
          <dt>Reserved for orders</dt>
          <dd>{reserved.toLocaleString('en')}</dd>
          <dt>Available</dt>
          <dd>
            <b className={available <= 0 ? 'warns' : undefined}>{available.toLocaleString('en')}</b>
          </dd>
          {valueMinor !== undefined && currency && (
            <>
              <dt>Value on hand</dt>
              <dd>
                <Money minor={valueMinor} currency={currency} />
              </dd>
            </>
          )}
        </dl>
      </Panel>
      <Panel title="Reorder point">
        {!point.data ? (
          <Unanswered query={point} height={30} />
        ) : !watched || watched.point === null ? (
          <Text>It is not watched: nobody is told when it runs low.</Text>
        ) : (
          <Text>
            Order {watched.quantity.toLocaleString('en')} when {watched.point.toLocaleString('en')} or fewer are available
            {watched.low && (
              <>
                : <b className="warns">it is time</b>
              </>
            )}
            .
          </Text>
        )}
      </Panel>
    </Stack>
  );
}

function Rest({ faultAt, currency }: { faultAt: FaultAt; currency: string | undefined }) {
  return (
    <>
      <TextInput
        name="cost"
        label={`Cost of a unit${currency ? `, ${currency}` : ''}`}
        description="Only for goods that are found where there were none: otherwise they cost what the others did."
        inputMode="decimal"
        pattern="\d{1,12}([.,]\d{1,3})?"
        error={faultAt('/unitCostMinor')}
      />
      <Textarea name="note" label="Note" maxLength={2_000} autosize minRows={1} error={faultAt('/note')} />
    </>
  );
}
