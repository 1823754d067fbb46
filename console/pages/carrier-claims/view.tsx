import { Group, Text, TextInput } from '@mantine/core';
import { api, ask, type Schema } from '../../api/client.ts';
import { choicesOf } from '../../form/choices.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { NoteField } from '../../form/fields.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { Money, majorOf, minorOf, moneyText } from '../../show/money.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { type Column, DataTable, type Filter } from '../../table/data-table.tsx';

type Claim = Schema<'CarrierClaim'>;

const filters: Filter[] = [
  {
    id: 'status',
    label: 'Status',
    choices: choicesOf<Claim['status']>({ filed: true, accepted: true, paid: true, rejected: true, withdrawn: true }),
  },
  { id: 'carrier', label: 'Carrier', type: 'text' },
  { id: 'shipmentId', label: 'Shipment', type: 'text' },
];

const columns: Column<Claim>[] = [
  { id: 'id', header: 'Claim', width: 'minmax(9rem, 1fr)', phone: true, cell: ({ id }) => <Identifier id={id} /> },
  {
    id: 'shipmentId',
    header: 'Shipment',
    width: 'minmax(8rem, 1fr)',
    cell: ({ shipmentId }) => <Identifier id={shipmentId} to={`/shipments/${shipmentId}`} />,
  },
  { id: 'carrier', header: 'Carrier', width: 'minmax(8rem, 1fr)', cell: ({ carrier }) => carrier },
  { id: 'status', header: 'Status', width: '7rem', phone: true, cell: ({ status }) => <Status of={status} /> },
  {
    id: 'claimed',
    header: 'Claimed',
    width: 'minmax(7rem, 1fr)',
    align: 'right',
    phone: true,
    cell: ({ claimedMinor, currency }) => <Money minor={claimedMinor} currency={currency} />,
  },
  {
    id: 'accepted',
    header: 'Accepted',
    width: 'minmax(7rem, 1fr)',
    align: 'right',
    hiddenAtFirst: true,
    cell: ({ acceptedMinor, currency }) => acceptedMinor !== null && <Money minor={acceptedMinor} currency={currency} />,
  },
  { id: 'filedAt', header: 'Filed', width: '7rem', hiddenAtFirst: true, cell: ({ filedAt }) => <Moment at={filedAt} /> },
  { id: 'reference', header: 'Their number', width: '8rem', hiddenAtFirst: true, cell: ({ reference }) => reference ?? '' },
  { id: 'actions', header: '', width: '15rem', cell: (claim) => <ClaimActions claim={claim} /> },
];

export default function CarrierClaimsPage() {
  return (
    <DataTable
      name="carrier-claims"
      title="Carrier claims"
      columns={columns}
      filters={filters}
      queryKey={['carrier-claims']}
      read={({ status, carrier, shipmentId }, after) =>
        ask(
          api.GET('/v1/carrier-claims', {
            params: {
              query: {
                limit: 100,
                ...after,
                ...(status !== undefined && { status: status as Claim['status'] }),
                ...(carrier !== undefined && { carrier }),
                ...(shipmentId !== undefined && { shipmentId }),
              },
            },
          }),
        )
      }
      idOf={({ id }) => id}
      empty={
        <Text>
          Nothing was claimed from a carrier yet. When a parcel is lost, damaged or sent back, file the claim on the page of its
          shipment; here it is followed until the carrier has paid.
        </Text>
      }
    />
  );
}

function ClaimActions({ claim: { id, actions, claimedMinor, acceptedMinor, currency } }: { claim: Claim }) {
  const params = (key: string) => ({ params: { path: { id }, header: { 'Idempotency-Key': key } } });
  const changes = [['carrier-claims']];
  const decide = (decision: 'accept' | 'reject' | 'withdraw') => ({
    title: `${inWords(decision)} ${id}`,
    changes,
    send: async (form: (name: string) => string, key: string) => {
      const amount = form('amount');
      await ask(
        api.POST('/v1/carrier-claims/{id}/decision', {
          ...params(key),
          body: { decision, reason: form('reason'), ...(amount !== '' && { amountMinor: minorOf(amount, currency) }) },
        }),
      );
      return `${id}: ${{ accept: 'the carrier owes it', reject: 'rejected', withdraw: 'withdrawn' }[decision]}.`;
    },
  });
  return (
    <Group gap={6} wrap="nowrap">
      {actions.includes('accept') && (
        <CommandButton {...decide('accept')} label="Accepted" title={`The carrier accepts ${id}`} submit="The carrier owes this">
          {(faultAt) => (
            <>
              <TextInput
                name="amount"
                label={`Accepted amount, ${currency}`}
                defaultValue={majorOf(claimedMinor, currency)}
                required
                inputMode="decimal"
                pattern="\d{1,12}([.,]\d{1,3})?"
                error={faultAt('/amountMinor')}
              />
              <NoteField error={faultAt('/reason')} />
            </>
          )}
        </CommandButton>
      )}
      {actions.includes('reject') && (
        <CommandButton {...decide('reject')} label="Rejected" title={`The carrier rejects ${id}`}>
          {(faultAt) => <NoteField error={faultAt('/reason')} />}
        </CommandButton>
      )}
      {actions.includes('withdraw') && (
        <CommandButton {...decide('withdraw')} label="Withdraw">
          {(faultAt) => <NoteField error={faultAt('/reason')} />}
        </CommandButton>
      )}
      {actions.includes('pay') && (
        <CommandButton
          label={`Note ${moneyText(acceptedMinor ?? claimedMinor, currency)} paid`}
          changes={changes}
          send={async (_, key) => {
            await ask(api.POST('/v1/carrier-claims/{id}/payment', params(key)));
            return `${id} is paid.`;
          }}
        />
      )}
    </Group>
  );
}
