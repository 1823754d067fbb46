import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { Panel } from '../../show/panel.tsx';
import { Rows } from '../../show/rows.tsx';
import { Status } from '../../show/status.tsx';
import { Partners } from './partners.tsx';

/** Trading partners, and the newest of what they send and get. */
export default function EdiPage() {
  return (
    <Stack gap="md">
      <Title order={1}>EDI</Title>
      <Partners />
      <Interchanges />
      <Documents />
    </Stack>
  );
}

const newest = 50;

function Interchanges() {
  const came = useQuery({
    queryKey: ['edi-interchanges'],
    queryFn: () => ask(api.GET('/v1/edi/interchanges', { params: { query: { limit: newest } } })),
  });
  return (
    <Panel title="What came in">
      {!came.isSuccess ? (
        <Unanswered query={came} height={120} />
      ) : came.data.items.length === 0 ? (
        <Text c="dimmed">Nothing yet. Interchanges come by POST /v1/edi/interchanges, or by mail to the orders’ mailbox.</Text>
      ) : (
        <Rows headings={['Interchange', 'From', 'Status', 'Came']}>
          {came.data.items.map(({ id, sender, controlNumber, status, faults, at }) => (
            <tr key={id}>
              <td>
                <a href={`/v1/edi/interchanges/${id}/original`} download>
                  {id}
                </a>{' '}
                <span className="faint">{controlNumber}</span>
              </td>
              <td>{sender || 'nobody knows'}</td>
              <td>
                <Status of={status} />
                {faults.map(({ line, field, detail }) => (
                  <div key={`${line} ${field} ${detail}`} className="faint">
                    {field}: {detail}
                  </div>
                ))}
              </td>
              <td>
                <Moment at={at} />
              </td>
            </tr>
          ))}
        </Rows>
      )}
    </Panel>
  );
}

function Documents() {
  const documents = useQuery({
    queryKey: ['edi-documents'],
    queryFn: () => ask(api.GET('/v1/edi/outbound', { params: { query: { limit: newest, sort: 'newest' } } })),
  });
  return (
    <Panel title="What goes out">
      {!documents.isSuccess ? (
        <Unanswered query={documents} height={120} />
      ) : documents.data.items.length === 0 ? (
        <Text c="dimmed">Nothing yet. Partners get what answers their orders: 997, 855, 856 and 810.</Text>
      ) : (
        <Rows headings={['Document', 'About', 'Partner', 'Status', 'Owed']}>
          {documents.data.items.map(({ id, type, about, customerId, controlNumber, status, missedAt, at }) => (
            <tr key={id}>
              <td>
                {controlNumber === null ? (
                  type
                ) : (
                  <a href={`/v1/edi/outbound/${id}/content`} download>
                    {type}
                  </a>
                )}{' '}
                <span className="faint digits">{controlNumber}</span>
              </td>
              <td>
                <Identifier id={about} />
              </td>
              <td>
                <Identifier id={customerId} />
              </td>
              <td>
                <Status of={status} />
                {missedAt && (
                  <div className="faint">
                    not answered in time, <Moment at={missedAt} />
                  </div>
                )}
              </td>
              <td>
                <Moment at={at} />
              </td>
            </tr>
          ))}
        </Rows>
      )}
    </Panel>
  );
}
