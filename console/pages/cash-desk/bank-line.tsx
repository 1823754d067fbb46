import { Button, FileInput, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { api, ask, type Schema, sendFile } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { CustomerField } from '../../form/customer-field.tsx';
import { NoteField } from '../../form/fields.tsx';
import { OpenItemAmounts } from '../../parts/open-items.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day } from '../../show/moment.tsx';
import { Money, majorOf, minorOf } from '../../show/money.tsx';
import { inWords } from '../../show/status.tsx';

type Line = Schema<'BankLine'>;
type Decided = Schema<'DecidedBankLine'>;

/** What is read anew once a line is decided. */
export const changes = [['bank-lines'], ['payments'], ['invoices'], ['account'], ['bank-statements']];

export const whatBecame = ({ lineId, status, customerId, paymentId }: Decided): string =>
  `${lineId} is ${status}${paymentId === null ? '' : `: ${paymentId}`}${customerId === null ? '' : ` of ${customerId}`}.`;

interface BankLineProps {
  line: Line;
  accept: (suggestion: number) => void;
  isAccepting: boolean;
}

/** One line: what the bank says, what it probably pays, and what somebody makes of it. */
export function BankLine({ line, accept, isAccepting }: BankLineProps) {
  const { id, actions, suggestions, currency } = line;
  const with_ = (key: string) => ({ params: { path: { id }, header: { 'Idempotency-Key': key } } });
  return (
    <section className="panel" aria-label={`Line ${id}`}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" mb="xs">
        <Title order={2}>
          <Money minor={line.direction === 'debit' ? -line.amountMinor : line.amountMinor} currency={currency} />{' '}
          {line.payerName !== null && `from ${line.payerName}`}
        </Title>
        <Identifier id={id} />
      </Group>
      <dl className="facts">
        <dt>Text</dt>
        <dd>{line.structuredReference ?? line.remittanceText ?? 'none'}</dd>
        {line.payerIban !== null && (
          <>
            <dt>Account</dt>
            <dd>
              <Identifier id={line.payerIban} />
            </dd>
          </>
        )}
        <dt>Customer</dt>
        <dd>
          {line.customerId === null ? (
            'nobody knows yet'
          ) : (
            <Identifier id={line.customerId} to={`/customers/${line.customerId}`} />
          )}
        </dd>
        <dt>Booked</dt>
        <dd>
          <Day on={line.bookedOn} /> in {line.statementId}, line {line.lineNumber}
        </dd>
        {line.statusReason !== null && (
          <>
            <dt>Why it is here</dt>
            <dd>{line.statusReason}</dd>
          </>
        )}
        {line.paymentId !== null && (
          <>
            <dt>Payment</dt>
            <dd>
              <Identifier id={line.paymentId} to={`/payments/${line.paymentId}`} />
            </dd>
          </>
        )}
      </dl>
      {suggestions.length > 0 && (
        <ol className="suggestions" aria-label="Suggestions">
          {suggestions.map(({ customerId, recorded, invoiceIds, shortMinor, score, reasons, rung }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a suggestion is known by its place.
            <li key={index}>
              <div>
                <b>
                  {recorded ? (recorded.paymentId ?? recorded.chequeId) : invoiceIds.join(', ')} of {customerId}
                </b>
                <div className="faint">
                  Score {score}: {reasons.length > 0 ? reasons.join(' · ') : inWords(rung)}
                  {shortMinor > 0 && (
                    <>
                      {' '}
                      · <Money minor={shortMinor} currency={currency} /> short, written off
                    </>
                  )}
                </div>
              </div>
              {actions.includes('accept') && (
                <AcceptButton
                  label={
                    recorded
                      ? `It is ${recorded.paymentId ?? recorded.chequeId}: book nothing`
                      : `Accept: pay ${invoiceIds.length === 1 ? invoiceIds[0] : `${invoiceIds.length} items`}`
                  }
                  isFirst={index === 0}
                  loading={isAccepting}
                  onClick={() => accept(index)}
                />
              )}
            </li>
          ))}
        </ol>
      )}
      <Group gap="xs" mt="md">
        {actions.includes('match') && <MatchByHand line={line} />}
        {actions.includes('match') && <Remittance line={line} />}
        {actions.includes('assign') && (
          <CommandButton
            label="Assign to a customer"
            title={`Say who has paid ${majorOf(line.amountMinor, currency)} ${currency}`}
            submit="Assign: the ladder tries again"
            changes={changes}
            send={async (form, key) =>
              whatBecame(
                await ask(api.POST('/v1/bank-lines/{id}/assign', { ...with_(key), body: { customerId: form('customer') } })),
              )
            }
          >
            {(faultAt) => (
              <>
                <Text size="sm">What it does not place waits as unapplied cash of the customer.</Text>
                <CustomerField name="customer" label="Customer" required error={faultAt('/customerId')} />
              </>
            )}
          </CommandButton>
        )}
        {byReason.map(
          ({ action, ...said }) => actions.includes(action) && <ByReason key={action} id={id} action={action} {...said} />,
        )}
      </Group>
    </section>
  );
}

interface Said {
  action: 'ignore' | 'undo' | 'reopen';
  label: string;
  /** Before the line's id, and after it. */
  title: readonly [string, string];
  submit: string;
  danger?: true;
}

/** What takes a reason and nothing else. */
const byReason: readonly Said[] = [
  { action: 'ignore', label: 'Set aside', title: ['Set', ' aside'], submit: 'It is no customer’s: set it aside' },
  { action: 'undo', label: 'Undo', title: ['Undo what', ' has paid'], submit: 'Undo: what it paid is open again', danger: true },
  { action: 'reopen', label: 'Take back', title: ['Take', ' back'], submit: 'It waits for a decision again' },
];

function ByReason({ id, action, title: [verb, rest], ...said }: Said & { id: string }) {
  return (
    <CommandButton
      {...said}
      title={`${verb} ${id}${rest}`}
      changes={changes}
      send={async (form, key) =>
        whatBecame(
          await ask(
            api.POST(`/v1/bank-lines/{id}/${action}`, {
              params: { path: { id }, header: { 'Idempotency-Key': key } },
              body: { reason: form('reason') },
            }),
          ),
        )
      }
    >
      {(faultAt) => <NoteField error={faultAt('/reason')} />}
    </CommandButton>
  );
}

function AcceptButton({ label, isFirst, ...rest }: { label: string; isFirst: boolean; loading: boolean; onClick: () => void }) {
  return (
    <Button size="compact-sm" variant={isFirst ? 'filled' : 'default'} {...rest}>
      {label}
    </Button>
  );
}

/** Several items, in part, with deductions. */
function MatchByHand({ line: { id, customerId: known, currency, amountMinor } }: { line: Line }) {
  const [customerId, setCustomerId] = useState(known ?? '');
  return (
    <CommandButton
      wide
      label="Match by hand"
      title={`Place ${majorOf(amountMinor, currency)} ${currency}`}
      submit="Post it as said here"
      changes={changes}
      send={async (form, key) => {
        const amountOf = (field: string) => (form(field) === '' ? undefined : minorOf(form(field), currency));
        const items = form('items')
          .split(' ')
          .filter(Boolean)
          .map((invoiceId) => {
            const takes = amountOf(`amount of ${invoiceId}`);
            const deducted = amountOf(`deducted of ${invoiceId}`);
            const code = form(`why of ${invoiceId}`) as NonNullable<Schema<'BankLineItem'>['deduction']>['code'];
            return {
              invoiceId,
              ...(takes !== undefined && { amountMinor: takes }),
              ...(deducted !== undefined && { deduction: { code, amountMinor: deducted } }),
            };
          });
        return whatBecame(
          await ask(
            api.POST('/v1/bank-lines/{id}/match', {
              params: { path: { id }, header: { 'Idempotency-Key': key } },
              body: { customerId, items },
            }),
          ),
        );
      }}
    >
      {(faultAt) => (
        <>
          <CustomerField
            name="customer"
            label="Customer"
            required
            defaultValue={customerId}
            onPick={setCustomerId}
            error={faultAt('/customerId')}
          />
          <OpenItemAmounts customerId={customerId} currency={currency} faultAt={faultAt} />
        </>
      )}
    </CommandButton>
  );
}

/** A lump sum, placed by the payer's own list of what it pays. */
function Remittance({ line: { id, customerId: known } }: { line: Line }) {
  const [file, setFile] = useState<File | null>(null);
  return (
    <CommandButton
      label="By remittance advice"
      title="Place it by the payer’s remittance advice"
      submit="Post it as the advice says"
      changes={changes}
      send={async (form, key) =>
        whatBecame(
          await sendFile<Decided>(
            `/v1/bank-lines/${encodeURIComponent(id)}/remittance?customerId=${encodeURIComponent(form('customer'))}`,
            file ?? new Blob(),
            'text/csv',
            key,
          ),
        )
      }
    >
      {(faultAt) => (
        <>
          <CustomerField name="customer" label="Customer" required defaultValue={known ?? ''} error={faultAt('/customerId')} />
          <FileInput
            label="File"
            description="CSV with the columns invoice, amountMinor, deductionMinor, deductionCode"
            placeholder="Choose a file"
            required
            value={file}
            onChange={setFile}
            accept=".csv,text/csv"
          />
        </>
      )}
    </CommandButton>
  );
}
