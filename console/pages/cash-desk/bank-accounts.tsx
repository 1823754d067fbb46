import { Group, JsonInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { notTaken } from '../../form/not-taken.ts';
import { useMay } from '../../session/session.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Panel } from '../../show/panel.tsx';
import { Records } from '../../show/records.tsx';

type BankAccount = Schema<'BankAccount'>;

/** The company's accounts, by which statements are known. */
export function BankAccounts() {
  const accounts = useQuery({ queryKey: ['bank-accounts'], queryFn: () => ask(api.GET('/v1/bank-accounts')) });
  const maySave = useMay('PUT /v1/bank-accounts/{id}');
  if (!accounts.isSuccess) return <Unanswered query={accounts} height={160} />;
  const { items } = accounts.data;
  return (
    <Panel title="Bank accounts" actions={maySave && <SaveBankAccount known={items} />}>
      <Records
        rows={items}
        keyOf={({ id }) => id}
        empty="There is none yet. A statement is of one of these accounts, by its IBAN or number."
        columns={[
          { header: 'Id', cell: ({ id }) => id },
          { header: 'Name', cell: ({ name }) => name },
          { header: 'Account', cell: ({ iban, accountNumber }) => <span className="digits">{iban ?? accountNumber}</span> },
          { header: 'BIC', cell: ({ bic }) => bic },
          { header: 'Currency', cell: ({ currency }) => currency },
          { header: 'CSV files', cell: ({ csvMapping }) => (csvMapping === null ? 'none' : 'by its mapping') },
          { header: 'What to do', align: 'right', cell: (account) => maySave && <SaveBankAccount account={account} /> },
        ]}
      />
    </Panel>
  );
}

function SaveBankAccount({ account, known = [] }: { account?: BankAccount; known?: readonly BankAccount[] }) {
  return (
    <CommandButton
      label={account ? 'Change' : 'Add a bank account'}
      title={account ? `Change ${account.id}` : 'Add a bank account'}
      submit={account ? `Save ${account.id}` : 'Add the account'}
      changes={[['bank-accounts']]}
      send={async (form) => {
        const id = account?.id ?? form('id').toUpperCase();
        if (!account)
          notTaken(
            known.some((one) => one.id === id),
            '/path/id',
            id,
          );
        const iban = account ? (account.iban ?? '') : form('iban');
        const [accountNumber, bic, csvMapping] = [form('accountNumber'), form('bic'), form('csvMapping')];
        await ask(
          api.PUT('/v1/bank-accounts/{id}', {
            params: { path: { id } },
            body: {
              name: form('name'),
              currency: account?.currency ?? form('currency').toUpperCase(),
              ...(iban !== '' && { iban }),
              ...(accountNumber !== '' && { accountNumber }),
              ...(bic !== '' && { bic }),
              ...(csvMapping !== '' && { csvMapping: JSON.parse(csvMapping) }),
            },
          }),
        );
        return `${id} is kept.`;
      }}
    >
      {(faultAt) => (
        <>
          {!account && <TextInput name="id" label="Id" required maxLength={40} error={faultAt('/path/id')} />}
          <TextInput
            name="name"
            label="Name"
            required
            maxLength={200}
            defaultValue={account?.name ?? ''}
            error={faultAt('/name')}
          />
          {!account && (
            <Group grow align="flex-start">
              <TextInput name="iban" label="IBAN" maxLength={50} error={faultAt('/iban')} />
              <TextInput name="currency" label="Currency" required maxLength={3} error={faultAt('/currency')} />
            </Group>
          )}
          <TextInput
            name="accountNumber"
            label="Account number"
            description="What the bank’s files call it where they do not say its IBAN."
            maxLength={50}
            defaultValue={account?.accountNumber ?? ''}
            error={faultAt('/accountNumber')}
          />
          <TextInput name="bic" label="BIC" maxLength={11} defaultValue={account?.bic ?? ''} error={faultAt('/bic')} />
          <JsonInput
            name="csvMapping"
            label="How its CSV files are read"
            description="The API’s CsvMapping as JSON: delimiter, dateFormat, decimalMark, columns. Empty: it sends none."
            autosize
            maxRows={12}
            validationError="This is no JSON."
            defaultValue={account?.csvMapping ? JSON.stringify(account.csvMapping, null, 2) : ''}
            error={faultAt('/csvMapping', 'within')}
          />
        </>
      )}
    </CommandButton>
  );
}
