import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { X } from 'lucide-react';
import { useState } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { choicesOf } from '../../form/choices.ts';
import { CommandButton } from '../../form/command-button.tsx';
import type { Fields } from '../../form/entries.ts';
import { DayField, NoteField } from '../../form/fields.tsx';
import { useAccounts } from '../../parts/accounts.ts';
import { minorOf } from '../../show/money.tsx';

type Posting = Schema<'NewManualJournal'>['postings'][number];

const linesMaximum = 100;

/** Lines are named by numbers that are never used twice, so that one that is taken out leaves the entries of the others alone. */
export function ProposeJournal() {
  const { items } = useAccounts();
  const [lines, setLines] = useState([1, 2]);
  // What something else keeps item by item takes no entries by hand, so it is not offered.
  const free = items
    .filter(({ keptBy }) => keptBy === null)
    .map(({ account, code, name }) => ({ value: account, label: `${code} ${name}` }));
  const postingsOf = (form: Fields): Posting[] =>
    lines.map((line) => ({
      account: form(`account ${line}`) as Posting['account'],
      side: form(`side ${line}`) as Posting['side'],
      amountMinor: minorOf(form(`amount ${line}`), form('currency')),
    }));
  return (
    <CommandButton
      label="Propose an entry"
      title="Propose an entry by hand"
      submit="Propose it to a second person"
      variant="filled"
      wide
      send={async (form, key) => {
        const { id } = await ask(
          api.POST('/v1/ledger/journals', {
            params: { header: { 'Idempotency-Key': key } },
            body: {
              bookedOn: form('bookedOn'),
              currency: form('currency').toUpperCase(),
              postings: postingsOf(form),
              reason: form('reason'),
            },
          }),
        );
        return `${id} waits for a second person.`;
      }}
      changes={[['manual-journals']]}
    >
      {(faultAt) => (
        <Stack gap="sm">
          <Text>
            Debits must equal credits. Accounts that documents keep, such as receivables, are corrected by correcting those.
          </Text>
          <Group grow>
            <DayField name="bookedOn" label="Book it on" required error={faultAt('/bookedOn')} />
            <TextInput name="currency" label="Currency" defaultValue="EUR" maxLength={3} required error={faultAt('/currency')} />
          </Group>
          {lines.map((line, index) => (
            <Group key={line} gap="xs" align="flex-end" wrap="nowrap">
              <Select
                name={`side ${line}`}
                label={index === 0 ? 'Side' : undefined}
                aria-label={`Side of line ${index + 1}`}
                data={choicesOf<Posting['side']>({ debit: true, credit: true })}
                defaultValue={index === 0 ? 'debit' : 'credit'}
                allowDeselect={false}
                w={110}
              />
              <Select
                name={`account ${line}`}
                label={index === 0 ? 'Account' : undefined}
                aria-label={`Account of line ${index + 1}`}
                data={free}
                searchable
                required
                withAsterisk={false}
                style={{ flex: 1 }}
                error={faultAt(`/postings/${index}/account`)}
              />
              <TextInput
                name={`amount ${line}`}
                label={index === 0 ? 'Amount' : undefined}
                aria-label={`Amount of line ${index + 1}`}
                inputMode="decimal"
                pattern="\d{1,12}([.,]\d{1,3})?"
                required
                withAsterisk={false}
                w={120}
                styles={{ input: { textAlign: 'right' } }}
                error={faultAt(`/postings/${index}/amountMinor`)}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                mb={4}
                aria-label={`Take line ${index + 1} out`}
                disabled={lines.length <= 2}
                onClick={() => setLines(lines.filter((other) => other !== line))}
              >
                <X size={14} aria-hidden />
              </ActionIcon>
            </Group>
          ))}
          <Button
            variant="default"
            size="compact-sm"
            style={{ alignSelf: 'flex-start' }}
            disabled={lines.length >= linesMaximum}
            onClick={() => setLines([...lines, Math.max(...lines) + 1])}
          >
            Another line
          </Button>
          <NoteField error={faultAt('/reason')} />
        </Stack>
      )}
    </CommandButton>
  );
}
