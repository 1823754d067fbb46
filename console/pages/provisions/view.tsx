import { Text, TextInput } from '@mantine/core';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { CustomerField } from '../../form/customer-field.tsx';
import { NoteField } from '../../form/fields.tsx';
import { shareOf } from '../../form/percent.ts';
import { ReviewTabs } from '../../parts/review-tabs.tsx';
import { useMay } from '../../session/session.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { percentText } from '../../show/money.tsx';
import { type Column, DataTable, type Filter } from '../../table/data-table.tsx';

type Provision = Schema<'SpecificProvision'>;

const filters: Filter[] = [{ id: 'customerId', label: 'Customer number', type: 'text' }];

const columns = (mayEnd: boolean): Column<Provision>[] => [
  {
    id: 'about',
    header: 'Of',
    width: 'minmax(10rem, 1.2fr)',
    phone: true,
    cell: ({ customerId, invoiceId }) =>
      invoiceId === null ? (
        <>
          <Identifier id={customerId} to={`/customers/${customerId}`} /> <span className="faint">all of it</span>
        </>
      ) : (
        <>
          <Identifier id={invoiceId} to={`/invoices/${invoiceId}`} /> <span className="faint">{customerId}</span>
        </>
      ),
  },
  {
    id: 'rate',
    header: 'Is lost',
    width: '6rem',
    align: 'right',
    phone: true,
    cell: ({ rate }) => <b className="digits">{percentText(rate)}</b>,
  },
  { id: 'reason', header: 'Why', width: 'minmax(12rem, 2fr)', cell: ({ reason }) => reason },
  {
    id: 'set',
    header: 'Set',
    width: 'minmax(9rem, 1fr)',
    cell: ({ actor, at }) => (
      <>
        {actor}, <Moment at={at} />
      </>
    ),
  },
  {
    id: 'end',
    header: 'Until',
    width: 'minmax(9rem, 1fr)',
    cell: (provision) =>
      provision.endedAt === null ? (
        mayEnd && <EndProvision of={provision} />
      ) : (
        <>
          ended by {provision.endedBy}, <Moment at={provision.endedAt} />
        </>
      ),
  },
];

/** Loss rates that people have set, in place of the matrix of the reviews (P7). */
export default function ProvisionsPage() {
  const maySet = useMay('POST /v1/specific-provisions');
  const mayEnd = useMay('POST /v1/specific-provisions/{id}/end');
  return (
    <DataTable
      name="provisions"
      title="Provisions set by hand"
      above={<ReviewTabs />}
      actions={maySet && <SetProvision />}
      columns={columns(mayEnd)}
      filters={filters}
      queryKey={['provisions']}
      read={({ customerId }, after) =>
        ask(
          api.GET('/v1/specific-provisions', {
            params: {
              query: {
                limit: 100,
                ...(customerId !== undefined && { customerId }),
                ...after,
              },
            },
          }),
        )
      }
      idOf={({ id }) => id}
      empty={
        <Text>
          None is set. Each review provides by its matrix, bucket by bucket; where more is known of a customer or an item, finance
          says here what share of it will be lost.
        </Text>
      }
    />
  );
}

function SetProvision() {
  return (
    <CommandButton
      label="Set a rate"
      title="Set what will be lost"
      submit="Set the rate"
      variant="filled"
      changes={[['provisions'], ['reviews']]}
      send={async (form, key) => {
        const invoiceId = form('invoiceId');
        const { rate, customerId } = await ask(
          api.POST('/v1/specific-provisions', {
            params: { header: { 'Idempotency-Key': key } },
            body: {
              customerId: form('customerId'),
              ...(invoiceId !== '' && { invoiceId }),
              rate: shareOf(form('rate')),
              reason: form('reason'),
            },
          }),
        );
        return `From the next review on ${percentText(rate)} of ${invoiceId || customerId} is provided for.`;
      }}
    >
      {(faultAt) => (
        <>
          <Text>It counts in place of the matrix from the next review on, and replaces a rate set before.</Text>
          <CustomerField name="customerId" label="Customer" required error={faultAt('/customerId')} />
          <TextInput
            name="invoiceId"
            label="Invoice"
            description="Empty: all that the customer owes."
            maxLength={60}
            error={faultAt('/invoiceId')}
          />
          <TextInput name="rate" label="Will be lost, in %" inputMode="decimal" required error={faultAt('/rate')} />
          <NoteField error={faultAt('/reason')} />
        </>
      )}
    </CommandButton>
  );
}

function EndProvision({ of: { id, customerId, invoiceId } }: { of: Provision }) {
  return (
    <CommandButton
      label="End"
      title={`End the rate set for ${invoiceId ?? customerId}`}
      submit="Let the matrix count again"
      changes={[['provisions'], ['reviews']]}
      send={async (form, key) => {
        await ask(
          api.POST('/v1/specific-provisions/{id}/end', {
            params: { path: { id }, header: { 'Idempotency-Key': key } },
            body: { reason: form('reason') },
          }),
        );
        return `The matrix counts again for ${invoiceId ?? customerId}.`;
      }}
    >
      {(faultAt) => <NoteField error={faultAt('/reason')} />}
    </CommandButton>
  );
}
