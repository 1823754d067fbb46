import { Checkbox, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { CustomerField } from '../../form/customer-field.tsx';
import type { FaultAt } from '../../form/faults.ts';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Panel } from '../../show/panel.tsx';
import { Rows } from '../../show/rows.tsx';

type Partner = Schema<'TradingPartner'>;

const documents = [
  { value: '855', label: '855, what becomes of an order' },
  { value: '856', label: '856, what is on its way' },
  { value: '810', label: '810, invoices and credit notes' },
] as const;

export function Partners() {
  const partners = useQuery({
    queryKey: ['edi-partners'],
    queryFn: () => ask(api.GET('/v1/edi/partners', { params: { query: { limit: 100 } } })),
  });
  return (
    <Panel title="Trading partners" actions={<SavePartner />}>
      {!partners.isSuccess ? (
        <Unanswered query={partners} height={120} />
      ) : partners.data.items.length === 0 ? (
        <Text c="dimmed">There are none. Add one, and its system sends orders as X12 850s and gets what answers them.</Text>
      ) : (
        <Rows headings={['Customer', 'It is called', 'It calls us', 'Gets', { text: 'Change', unseen: true }]}>
          {partners.data.items.map((partner) => (
            <tr key={partner.customerId}>
              <td>
                <Identifier id={partner.customerId} />
                {partner.isTest && <div className="faint">tests only</div>}
              </td>
              <td>
                {partner.qualifier}:{partner.interchangeId} <span className="faint">{partner.groupId}</span>
              </td>
              <td>
                {partner.ownQualifier}:{partner.ownInterchangeId} <span className="faint">{partner.ownGroupId}</span>
              </td>
              <td>
                {['997', ...partner.documents].join(', ')} <span className="faint">{partner.version}</span>
                <div className="faint">{partner.mailTo ?? 'picks them up'}</div>
              </td>
              <td>
                <SavePartner partner={partner} />
              </td>
            </tr>
          ))}
        </Rows>
      )}
    </Panel>
  );
}

function SavePartner({ partner }: { partner?: Partner }) {
  return (
    <CommandButton
      label={partner ? 'Change' : 'Add a partner'}
      title={partner ? `Change how ${partner.customerId} trades by EDI` : 'Add a trading partner'}
      submit={partner ? `Save ${partner.customerId}` : 'Add the partner'}
      {...(!partner && { variant: 'filled' })}
      wide
      send={async (form) => {
        const mailTo = form('mailTo');
        const saved = await ask(
          api.PUT('/v1/edi/partners/{customerId}', {
            params: { path: { customerId: partner?.customerId ?? form('customerId') } },
            body: {
              qualifier: form('qualifier'),
              interchangeId: form('interchangeId'),
              groupId: form('groupId'),
              ownQualifier: form('ownQualifier'),
              ownInterchangeId: form('ownInterchangeId'),
              ownGroupId: form('ownGroupId'),
              version: form('version') === '005010' ? '005010' : '004010',
              documents: documents.map(({ value }) => value).filter((value) => form(`document ${value}`) !== ''),
              ...(mailTo !== '' && { mailTo }),
              isTest: form('isTest') !== '',
              acknowledgeWithinHours: Number(form('acknowledgeWithinHours')),
            },
          }),
        );
        return `${saved.customerId} trades by EDI as ${saved.qualifier}:${saved.interchangeId}.`;
      }}
      changes={[['edi-partners']]}
    >
      {(faultAt) => (
        <>
          {!partner && <CustomerField name="customerId" label="Customer" required error={faultAt('/customerId')} />}
          <Name faultAt={faultAt} of="" label="The partner" partner={partner} />
          <Name faultAt={faultAt} of="own" label="Us" partner={partner} />
          <NativeSelect
            name="version"
            label="Version of what it gets"
            data={['004010', '005010']}
            defaultValue={partner?.version ?? '004010'}
          />
          <Checkbox.Group
            label="What it gets beside 997s"
            defaultValue={partner?.documents ?? documents.map(({ value }) => value)}
          >
            {documents.map(({ value, label }) => (
              <Checkbox key={value} name={`document ${value}`} value={value} label={label} mt={8} />
            ))}
          </Checkbox.Group>
          <TextInput
            name="mailTo"
            type="email"
            label="Mail address"
            description="Empty: its documents wait until it picks them up."
            defaultValue={partner?.mailTo ?? ''}
            error={faultAt('/mailTo')}
          />
          <TextInput
            name="acknowledgeWithinHours"
            type="number"
            min={1}
            max={720}
            required
            label="Hours until its 997 is missed"
            defaultValue={String(partner?.acknowledgeWithinHours ?? 24)}
            error={faultAt('/acknowledgeWithinHours')}
          />
          <Checkbox name="isTest" label="Tests only: ISA15 is T, both ways" defaultChecked={partner?.isTest ?? false} />
        </>
      )}
    </CommandButton>
  );
}

/** How one side is called: the qualifier and id of ISA, and the id of GS. */
function Name({
  of,
  label,
  faultAt,
  partner,
}: {
  of: '' | 'own';
  label: string;
  faultAt: FaultAt;
  partner: Partner | undefined;
}) {
  const [qualifier, interchangeId, groupId] =
    of === 'own'
      ? (['ownQualifier', 'ownInterchangeId', 'ownGroupId'] as const)
      : (['qualifier', 'interchangeId', 'groupId'] as const);
  return (
    <Group grow wrap="nowrap" align="flex-start" gap="xs">
      <TextInput
        name={qualifier}
        label={`${label}: qualifier`}
        required
        maxLength={2}
        defaultValue={partner?.[qualifier] ?? 'ZZ'}
        error={faultAt(`/${qualifier}`)}
      />
      <TextInput
        name={interchangeId}
        label="Interchange id"
        required
        maxLength={15}
        defaultValue={partner?.[interchangeId] ?? ''}
        error={faultAt(`/${interchangeId}`)}
      />
      <TextInput
        name={groupId}
        label="Group id"
        required
        maxLength={15}
        defaultValue={partner?.[groupId] ?? ''}
        error={faultAt(`/${groupId}`)}
      />
    </Group>
  );
}
