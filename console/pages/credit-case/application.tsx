import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { NoteField } from '../../form/fields.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { MoneyCell, Rows, right } from '../../show/rows.tsx';
import { Status } from '../../show/status.tsx';

type CreditApplication = Schema<'CreditApplication'>;

/** What the customer asks for and states, and who has checked it. */
export function Application({ customerId, id }: { customerId: string; id: string }) {
  const path = { id: customerId, applicationId: id };
  const application = useQuery({
    queryKey: ['application', id],
    queryFn: () => ask(api.GET('/v1/customers/{id}/credit-applications/{applicationId}', { params: { path } })),
  });
  const { data } = application;
  if (!data) return <Unanswered query={application} height={160} title="Application" />;
  const { currency, requestedLimitMinor, note, status, submittedBy, submittedAt, verifiedBy, verifiedAt } = data;
  return (
    <>
      <Panel
        title="Application"
        actions={
          data.actions.includes('verify') && (
            <CommandButton
              label="Verify"
              title={`Verify ${id}`}
              submit="References and accounts were checked"
              changes={[['application', id], ['account', customerId], ['tasks']]}
              send={async (form, key) => {
                await ask(
                  api.POST('/v1/customers/{id}/credit-applications/{applicationId}/verify', {
                    params: { path, header: { 'Idempotency-Key': key } },
                    body: { reason: form('reason') },
                  }),
                );
                return `${id} is verified: the policy has decided again.`;
              }}
            >
              {(faultAt) => (
                <>
                  <Text size="sm">
                    What it states may then earn points, and the policy decides again. Whoever filed it cannot verify it.
                  </Text>
                  <NoteField label="What was checked" error={faultAt('/reason')} />
                </>
              )}
            </CommandButton>
          )
        }
      >
        <dl className="facts">
          <dt>Number</dt>
          <dd>
            <Identifier id={id} /> <Status of={status} />
          </dd>
          <dt>Limit asked for</dt>
          <dd>
            <Money minor={requestedLimitMinor} currency={currency} />{' '}
          </dd>
          <dt>Submitted</dt>
          <dd>{submittedAt ? <By at={submittedAt} who={submittedBy} /> : 'not yet'}</dd>
          <dt>Verified</dt>
          <dd>
            {verifiedAt ? <By at={verifiedAt} who={verifiedBy} /> : 'nobody has checked what it states: it earns no points'}
          </dd>
          {note && (
            <>
              <dt>Note</dt>
              <dd>{note}</dd>
            </>
          )}
        </dl>
      </Panel>
      <References of={data} />
      <Accounts of={data} />
      <Documents of={data} />
    </>
  );
}

function By({ at, who }: { at: string; who: string | null }) {
  return (
    <>
      <Moment at={at} /> by {who}
    </>
  );
}

function References({ of: { references, currency } }: { of: CreditApplication }) {
  if (references.length === 0) return null;
  return (
    <Panel title="Trade references">
      <Rows headings={['Supplier', right('Bought in a year'), right('Known'), right('Pays')]}>
        {references.map(({ company, contact, annualVolumeMinor, yearsKnown, averageDaysLate }) => (
          <tr key={company}>
            <td>
              {company}
              <div className="faint">
                {[contact.name, contact.email, contact.phone].filter((part) => part !== undefined).join(' · ')}
              </div>
            </td>
            <MoneyCell minor={annualVolumeMinor} currency={currency} />
            <td data-align="right">{yearsKnown} years</td>
            <td data-align="right">
              {averageDaysLate === 0
                ? 'on the day'
                : `${Math.abs(averageDaysLate)} days ${averageDaysLate > 0 ? 'late' : 'early'}`}
            </td>
          </tr>
        ))}
      </Rows>
    </Panel>
  );
}

function Accounts({ of: { financials } }: { of: CreditApplication }) {
  if (!financials) return null;
  const { year, currency } = financials;
  const rows = [
    ['Revenue', financials.revenueMinor],
    ['Net income', financials.netIncomeMinor],
    ['Equity', financials.equityMinor],
    ['Total assets', financials.totalAssetsMinor],
    ['Current assets', financials.currentAssetsMinor],
    ['Current liabilities', financials.currentLiabilitiesMinor],
  ] as const;
  return (
    <Panel title={`Accounts of ${year}`}>
      <Rows>
        {rows.map(([label, minor]) => (
          <tr key={label}>
            <td>{label}</td>
            <MoneyCell minor={minor} currency={currency} />
          </tr>
        ))}
      </Rows>
    </Panel>
  );
}

function Documents({ of: { id, customerId, documents } }: { of: CreditApplication }) {
  if (documents.length === 0) return null;
  return (
    <Panel title="Documents">
      <Rows>
        {documents.map(({ id: documentId, name, sizeBytes, uploadedBy, at }) => (
          <tr key={documentId}>
            <td>
              <a href={`/v1/customers/${customerId}/credit-applications/${id}/documents/${documentId}`}>{name}</a>
            </td>
            <td data-align="right">{Math.ceil(sizeBytes / 1_000)} kB</td>
            <td className="faint">
              <By at={at} who={uploadedBy} />
            </td>
          </tr>
        ))}
      </Rows>
    </Panel>
  );
}
