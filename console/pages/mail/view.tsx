import { Group, SegmentedControl, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Moment } from '../../show/moment.tsx';

/** A mail as its reader would have got it, with its files. */
export default function MailPage() {
  const id = useParams({ strict: false }).id ?? '';
  const [wanted, setWanted] = useState<'html' | 'text'>('html');
  const mail = useQuery({
    queryKey: ['mail', id],
    queryFn: () => ask(api.GET('/v1/local/mails/{id}', { params: { path: { id } } })),
  });
  if (!mail.isSuccess) return <Unanswered query={mail} height={240} />;
  const { from, to, subject, date, receivedAt, text, html, attachments } = mail.data;
  const showsHtml = html !== null && (wanted === 'html' || text === null);
  return (
    <Stack gap="sm">
      <Title order={1}>{subject || '(no subject)'}</Title>
      <Link to="/mailbox">To the mailbox</Link>
      <dl className="facts">
        <dt>From</dt>
        <dd>{from}</dd>
        <dt>To</dt>
        <dd>{to.join(', ')}</dd>
        <dt>Sent</dt>
        <dd>
          <Moment at={date ?? receivedAt} />
        </dd>
        {attachments.length > 0 && (
          <>
            <dt>Files</dt>
            <dd>
              {attachments.map(({ filename, size }, number) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the number is how the API names the file.
                <div key={`${number} ${filename}`}>
                  <a href={`/v1/local/mails/${id}/attachments/${number}`} download={filename}>
                    {filename}
                  </a>{' '}
                  <span className="faint digits">{Math.ceil(size / 1_000)} kB</span>
                </div>
              ))}
            </dd>
          </>
        )}
      </dl>
      {html !== null && text !== null && (
        <Group>
          <SegmentedControl
            size="xs"
            aria-label="Shown as"
            value={wanted}
            onChange={(value) => setWanted(value as 'html' | 'text')}
            data={[
              { value: 'html', label: 'HTML' },
              { value: 'text', label: 'Text' },
            ]}
          />
        </Group>
      )}
      {showsHtml ? (
        // Other people's HTML: in a frame that runs nothing, sends nothing and cannot reach this page.
        <iframe title={`Mail ${subject}`} sandbox="" srcDoc={html} className="mail" />
      ) : (
        <pre className="mail">{text ?? ''}</pre>
      )}
    </Stack>
  );
}
