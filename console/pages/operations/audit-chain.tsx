import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { Refused } from '../../form/refused.tsx';
import { Moment } from '../../show/moment.tsx';
import { Panel } from '../../show/panel.tsx';
import { Rows } from '../../show/rows.tsx';
import { inWords, Status } from '../../show/status.tsx';

/** The chain of seals over the audit log, walked when somebody asks: it reads every row. */
export function AuditChain() {
  const verification = useMutation({
    mutationFn: (keptSeal: string) =>
      ask(api.GET('/v1/audit/verification', { params: { query: keptSeal === '' ? {} : { keptSeal } } })),
  });
  const verify = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const kept = new FormData(event.currentTarget).get('keptSeal');
    verification.mutate(typeof kept === 'string' ? kept.trim().toLowerCase() : '');
  };
  return (
    <Panel title="Audit chain">
      <Stack gap="sm">
        <form onSubmit={verify}>
          <Group align="flex-end" gap="xs">
            <TextInput
              name="keptSeal"
              label="A seal that was kept elsewhere"
              description="If you have one: it shows also whether the whole chain was written anew."
              pattern="\s*[0-9a-fA-F]{64}\s*"
              maxLength={70}
              style={{ flex: '1 1 20rem' }}
            />
            <Button type="submit" variant="default" loading={verification.isPending}>
              Verify now
            </Button>
          </Group>
        </form>
        <Refused error={verification.error} />
        {verification.data && <Verified of={verification.data} />}
      </Stack>
    </Panel>
  );
}

function Verified({ of }: { of: Schema<'AuditVerification'> }) {
  const { holds, sealed, through, seal, sealedAt, waiting, brokenCount, broken, keptSealFound } = of;
  return (
    <Stack gap="sm" role="status">
      <Text>
        <Status of={holds ? 'holds' : 'does-not-hold'} />{' '}
        {brokenCount === 0
          ? `${sealed} rows are as they were sealed, up to number ${through}; ${waiting} wait for their seal.`
          : `${brokenCount} of ${sealed} rows are not as they were sealed.`}
      </Text>
      {keptSealFound === false && <Text>The seal that you kept stands nowhere in the chain: all of it was written anew.</Text>}
      <dl className="facts">
        <dt>Last seal</dt>
        <dd className="value">{seal}</dd>
        {sealedAt && (
          <>
            <dt>Sealed</dt>
            <dd>
              <Moment at={sealedAt} />
            </dd>
          </>
        )}
      </dl>
      {broken.length > 0 && (
        <Rows label="Rows that break the chain" headings={['Number in the audit log', 'What was done to it']}>
          {broken.map(({ sequence, fault }) => (
            <tr key={sequence}>
              <td className="digits">{sequence}</td>
              <td>{inWords(fault)}</td>
            </tr>
          ))}
        </Rows>
      )}
    </Stack>
  );
}
