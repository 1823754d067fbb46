import { Button, FileInput, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { asFile, documentTypes } from '../../form/send-file.ts';
import { CreditQuestions, useCreditQuestions } from '../../parts/credit-questions.tsx';
import { useAccount, useCustomerId } from '../../session/customer.ts';
import { NotRead, Unanswered } from '../../shell/broken-page.tsx';
import { Moment } from '../../show/moment.tsx';
import { Money, moneyText } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { Status } from '../../show/status.tsx';
import { ApplicationForm } from './application-form.tsx';

type Summary = Pick<
  Schema<'CreditApplication'>,
  'id' | 'status' | 'outcome' | 'limitMinor' | 'currency' | 'requestedLimitMinor' | 'createdAt' | 'submittedAt' | 'decidedAt'
>;

/** Asking for credit: what is stated, the documents that go with it, and what was decided. */
export default function PortalCreditPage() {
  const id = useCustomerId();
  const account = useAccount();
  const questions = useCreditQuestions(id);
  const list = useQuery({
    queryKey: ['credit-applications'],
    queryFn: () => ask(api.GET('/v1/customers/{id}/credit-applications', { params: { path: { id }, query: { limit: 20 } } })),
  });
  const [writing, setWriting] = useState(false);
  if (!list.data) return <Unanswered query={list} height={240} />;
  if (!account.data) return <Unanswered query={account} height={240} />;
  const { items } = list.data;
  const current = items.find(({ status }) => status === 'draft') ?? items.find(({ status }) => status === 'submitted');
  const { limitMinor, currency } = account.data;
  return (
    <Stack gap="md" maw={760}>
      <Group justify="space-between">
        <Title order={1}>Credit application</Title>
        {!current && !writing && (
          <Button size="compact-sm" onClick={() => setWriting(true)}>
            Apply for credit
          </Button>
        )}
      </Group>
      <Text>
        {limitMinor === null
          ? 'You have no credit limit yet. With one you order now and pay by invoice; without it orders are paid in advance or by card.'
          : `Your credit limit is ${moneyText(limitMinor, currency)}. Apply when you need another.`}
      </Text>
      <NotRead query={questions} title="What we asked you" />
      {questions.data && questions.data.items.length > 0 && (
        <Panel title="What we asked you">
          <CreditQuestions questions={questions.data.items} answerWith="Answer" />
        </Panel>
      )}
      {writing && !current && <ApplicationForm currency={currency} saved={() => setWriting(false)} />}
      {current && <Current id={current.id} />}
      {items.filter((one) => one !== current).length > 0 && (
        <Panel title="Earlier applications">
          <ul className="plain-list">
            {items
              .filter((one) => one !== current)
              .map((one) => (
                <Earlier key={one.id} application={one} />
              ))}
          </ul>
        </Panel>
      )}
    </Stack>
  );
}

const Earlier = ({
  application: { status, outcome, limitMinor, requestedLimitMinor, currency, createdAt },
}: {
  application: Summary;
}) => (
  <li>
    <Moment at={createdAt} />
    <Status of={outcome === 'approve' ? 'approved' : outcome === 'deny' ? 'declined' : status} />
    <Money minor={limitMinor ?? requestedLimitMinor} currency={currency} />
  </li>
);

/** The application that is being written, or waits for its decision. */
function Current({ id: applicationId }: { id: string }) {
  const id = useCustomerId();
  const path = { id, applicationId };
  const one = useQuery({
    queryKey: ['credit-application', applicationId],
    queryFn: () => ask(api.GET('/v1/customers/{id}/credit-applications/{applicationId}', { params: { path } })),
  });
  const changes = [['credit-applications'], ['credit-application'], ['account']];
  const submit = useCommand({
    send: (_: undefined, key) =>
      ask(
        api.POST('/v1/customers/{id}/credit-applications/{applicationId}/submit', {
          params: { path, header: { 'Idempotency-Key': key } },
        }),
      ),
    said: ({ status }) => (status === 'decided' ? 'Your application was decided at once.' : 'Your application was submitted.'),
    changes,
  });
  if (!one.isSuccess) return <Unanswered query={one} height={240} />;
  const { data } = one;
  const isDraft = data.status === 'draft';
  return (
    <>
      {isDraft ? (
        <ApplicationForm key={data.version} currency={data.currency} application={data} />
      ) : (
        <Panel title={`${moneyText(data.requestedLimitMinor, data.currency)} applied for`} actions={<Status of={data.status} />}>
          <Text>
            Submitted {data.submittedAt && <Moment at={data.submittedAt} />}, with{' '}
            {data.references.length === 1 ? 'one trade reference' : `${data.references.length} trade references`}
            {data.financials ? ` and the accounts of ${data.financials.year}` : ''}. We tell you by mail when it is decided.
          </Text>
        </Panel>
      )}
      <Documents applicationId={applicationId} documents={data.documents} />
      <Group gap="xs">
        <CommandButton
          label="Withdraw the application"
          submit="Withdraw it for good"
          size="sm"
          changes={changes}
          send={async (_, key) => {
            await ask(
              api.POST('/v1/customers/{id}/credit-applications/{applicationId}/withdraw', {
                params: { path, header: { 'Idempotency-Key': key } },
                body: { reason: 'Withdrawn in the portal.' },
              }),
            );
            return 'The application was withdrawn.';
          }}
        >
          <Text size="sm">Nobody decides it, and your credit stays as it is. You can apply anew at any time.</Text>
        </CommandButton>
        {isDraft && (
          <Button loading={submit.isPending} onClick={() => submit.mutate(undefined)}>
            Apply for {moneyText(data.requestedLimitMinor, data.currency)}
          </Button>
        )}
      </Group>
    </>
  );
}

function Documents({
  applicationId,
  documents,
}: {
  applicationId: string;
  documents: readonly Schema<'CreditApplicationDocument'>[];
}) {
  const id = useCustomerId();
  const [file, setFile] = useState<File | null>(null);
  const add = useCommand({
    send: ({ name }: { name: string }, key) =>
      ask(
        api.POST('/v1/customers/{id}/credit-applications/{applicationId}/documents', {
          params: { path: { id, applicationId }, query: { name }, header: { 'Idempotency-Key': key } },
          ...asFile(file!),
        }),
      ),
    said: ({ name }) => `${name} was added.`,
    changes: [['credit-application', applicationId]],
  });
  return (
    <Panel title="Documents">
      {documents.length === 0 && <Text c="dimmed">Annual accounts or a letter of your bank help to decide.</Text>}
      <ul className="plain-list">
        {documents.map(({ id: documentId, name, sizeBytes, at }) => (
          <li key={documentId}>
            <a
              href={`/v1/customers/${encodeURIComponent(id)}/credit-applications/${encodeURIComponent(applicationId)}/documents/${encodeURIComponent(documentId)}`}
            >
              {name}
            </a>
            <Moment at={at} />
            <span className="digits">{Math.max(1, Math.round(sizeBytes / 1_000))} kB</span>
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (file) add.mutate({ name: file.name }, { onSuccess: () => setFile(null) });
        }}
      >
        <Group align="flex-end" gap="sm" mt="sm">
          <FileInput
            label="Add a document"
            placeholder="PDF, PNG or JPEG"
            accept={documentTypes}
            value={file}
            onChange={setFile}
            style={{ flex: 1 }}
          />
          <Button type="submit" variant="default" loading={add.isPending} disabled={file === null}>
            Add {file?.name ?? ''}
          </Button>
        </Group>
      </form>
    </Panel>
  );
}
