import { Anchor, Grid, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { NoteField } from '../../form/fields.tsx';
import { HoldOff, ProposeWriteOff } from '../../parts/item-commands.tsx';
import { WriteOffs } from '../../parts/write-offs.tsx';
import { NotRead, Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { PageHead } from '../../show/page-head.tsx';
import { Panel } from '../../show/panel.tsx';
import { Records } from '../../show/records.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { changesOf, LogContact, TakePromise } from './actions.tsx';
import { NextLetter } from './letter.tsx';

type Account = Schema<'CustomerAccount'>;
type PromiseToPay = Schema<'PromiseToPay'>;

const atMost = 20;

/** All that somebody needs who is about to call a customer about what it owes. */
export default function CallSheetPage() {
  const id = useParams({ strict: false }).id ?? '';
  const account = useQuery({
    queryKey: ['account', id],
    queryFn: () => ask(api.GET('/v1/customers/{id}/account', { params: { path: { id } } })),
  });
  const customer = useQuery({
    queryKey: ['customer', id],
    queryFn: () => ask(api.GET('/v1/customers/{id}', { params: { path: { id } } })),
  });
  const promises = useQuery({
    queryKey: ['promises', id],
    queryFn: () => ask(api.GET('/v1/promises', { params: { query: { customerId: id, limit: atMost } } })),
  });
  if (!account.isSuccess) return <Unanswered query={account} height={320} />;
  const { data } = account;
  return (
    <Stack gap="md">
      <PageHead
        title={customer.data?.name ?? id}
        status={data.onHold && <Status of="on-hold" />}
        about={
          <>
            <Identifier id={id} /> {customer.data?.email}
          </>
        }
      >
        <LogContact account={data} />
        <TakePromise account={data} />
      </PageHead>
      <Figures account={data} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="md">
            <Owed account={data} />
            <Disputed customerId={id} />
            <Contacts customerId={id} />
            <Proposals customerId={id} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="md">
            {promises.data ? (
              <>
                <Script account={data} name={customer.data?.name ?? id} promises={promises.data.items} />
                <Promises customerId={id} promises={promises.data.items} />
              </>
            ) : (
              // What was promised decides what is said.
              <Unanswered query={promises} height={320} title="What to say, and promises" />
            )}
            <NextLetter customerId={id} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

function Figures({
  account: { currency, overdueMinor, openReceivablesMinor, unappliedCashMinor, openCreditNotesMinor },
}: {
  account: Account;
}) {
  const figures = [
    ['Overdue', overdueMinor],
    ['Owed in all', openReceivablesMinor],
    ['Unapplied cash', unappliedCashMinor],
    ['Credit balance', openCreditNotesMinor],
  ] as const;
  return (
    <section className="panel" aria-label="Amounts">
      <dl className="figures">
        {figures.map(([label, minor]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <Money minor={minor} currency={currency} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Owed({ account }: { account: Account }) {
  const overdue = new Set(account.overdueItems.map(({ invoiceId }) => invoiceId));
  return (
    <Panel title="What is owed">
      <Records
        rows={account.openItems}
        keyOf={({ id }) => id}
        empty="Nothing is open."
        columns={[
          { header: 'Item', cell: ({ id }) => <Identifier id={id} to={`/invoices/${id}`} /> },
          {
            header: 'Due',
            cell: ({ id, dueOn, dunningLevel }) => (
              <>
                <Day on={dueOn} />
                {overdue.has(id) && (
                  <div>
                    <Status of="overdue" />
                  </div>
                )}
                {dunningLevel > 0 && <div className="faint">Letter {dunningLevel} sent</div>}
              </>
            ),
          },
          {
            header: 'Open',
            align: 'right',
            cell: ({ openMinor, disputedMinor, currency }) => (
              <>
                <Money minor={openMinor} currency={currency} />
                {disputedMinor > 0 && (
                  <div className="faint">
                    <Money minor={disputedMinor} currency={currency} /> disputed
                  </div>
                )}
              </>
            ),
          },
          {
            header: 'What to do',
            align: 'right',
            cell: (item) => (
              <Group gap={6} justify="flex-end">
                {item.actions.includes('hold-off') && <HoldOff item={item} changes={changesOf(account.customerId)} />}
                {item.actions.includes('write-off') && <ProposeWriteOff item={item} changes={changesOf(account.customerId)} />}
              </Group>
            ),
          },
        ]}
      />
    </Panel>
  );
}

/** What to say, in the order in which it is said; made of the facts beside it. */
function Script({ account, name, promises }: { account: Account; name: string; promises: readonly PromiseToPay[] }) {
  const { currency, overdueItems, overdueMinor, openItems } = account;
  const [oldest] = overdueItems;
  const broken = promises.find(({ status }) => status === 'broken');
  const open = promises.find(({ status }) => status === 'open');
  const disputed = openItems.filter(({ disputedMinor }) => disputedMinor > 0);
  return (
    <Panel title="What to say">
      {oldest === undefined ? (
        <Text>Nothing is overdue: there is no reason to call {name} today.</Text>
      ) : (
        <ol className="script">
          <li>Ask for whoever pays invoices at {name}, and say who you are.</li>
          <li>
            “<Money minor={overdueMinor} currency={currency} /> of yours is overdue; the oldest item, {oldest.invoiceId}, was due
            on <Day on={oldest.dueOn} />. Has anything gone wrong with it?”
          </li>
          {broken && (
            <li>
              “<Money minor={broken.amountMinor} currency={broken.currency} /> was promised for <Day on={broken.promisedOn} /> and
              has not come.”
            </li>
          )}
          {open && (
            <li>
              <Money minor={open.amountMinor} currency={open.currency} /> is promised for <Day on={open.promisedOn} />: ask only
              whether that stands.
            </li>
          )}
          {disputed.length > 0 && (
            <li>Do not ask for {disputed.map(({ id }) => id).join(', ')}: it is disputed and not answered.</li>
          )}
          <li>Ask for a day and an amount, take the promise down here, and repeat it.</li>
          <li>If something is wrong with the goods or the invoice, open its page and raise the dispute.</li>
        </ol>
      )}
    </Panel>
  );
}

function Promises({ customerId, promises }: { customerId: string; promises: readonly PromiseToPay[] }) {
  return (
    <Panel title="Promises">
      <Records
        rows={promises}
        keyOf={({ id }) => id}
        empty="Nothing has been promised. A promise keeps letters from its items until its day, and stands here with what became of it."
        columns={[
          { header: 'By', cell: ({ promisedOn }) => <Day on={promisedOn} /> },
          { header: 'Status', cell: ({ status }) => <Status of={status} /> },
          {
            header: 'Amount',
            align: 'right',
            cell: ({ amountMinor, currency }) => <Money minor={amountMinor} currency={currency} />,
          },
          {
            header: 'What to do',
            align: 'right',
            cell: ({ id, actions }) =>
              actions.includes('cancel') && (
                <CommandButton
                  label="Count on it no more"
                  title={`Count on ${id} no more`}
                  submit="Let letters go out again"
                  changes={[['promises', customerId], ['worklist']]}
                  send={async (form, key) => {
                    await ask(
                      api.POST('/v1/promises/{id}/cancel', {
                        params: { path: { id }, header: { 'Idempotency-Key': key } },
                        body: { reason: form('reason') },
                      }),
                    );
                    return `${id} no longer counts, and is not held against the customer.`;
                  }}
                >
                  {(faultAt) => <NoteField error={faultAt('/reason')} />}
                </CommandButton>
              ),
          },
        ]}
      />
    </Panel>
  );
}

function Disputed({ customerId }: { customerId: string }) {
  const disputes = useQuery({
    queryKey: ['disputes', customerId],
    queryFn: () => ask(api.GET('/v1/disputes', { params: { query: { customerId, limit: atMost } } })),
  });
  if (!disputes.data) return <NotRead query={disputes} title="Disputes" />;
  if (disputes.data.items.length === 0) return null;
  return (
    <Panel title="Disputes">
      <Records
        rows={disputes.data.items}
        keyOf={({ id }) => id}
        empty=""
        columns={[
          { header: 'Dispute', cell: ({ id }) => <Identifier id={id} to={`/disputes/${id}`} /> },
          { header: 'Status', cell: ({ status }) => <Status of={status} /> },
          { header: 'Of', cell: ({ invoiceId, reason }) => `${invoiceId}: ${inWords(reason).toLowerCase()}` },
          {
            header: 'Disputed',
            align: 'right',
            cell: ({ disputedMinor, currency }) => <Money minor={disputedMinor} currency={currency} />,
          },
        ]}
      />
    </Panel>
  );
}

function Contacts({ customerId }: { customerId: string }) {
  const contacts = useQuery({
    queryKey: ['contacts', customerId],
    queryFn: () =>
      ask(api.GET('/v1/customers/{id}/contacts', { params: { path: { id: customerId }, query: { limit: atMost } } })),
  });
  if (!contacts.data) return <Unanswered query={contacts} height={90} title="Last contacts" />;
  return (
    <Panel title="Last contacts">
      <Records
        rows={contacts.data.items}
        keyOf={({ id }) => id}
        empty="Nobody has been in touch yet. Log the call, and its outcome and the agreed next step stand here and in the worklist."
        columns={[
          { header: 'Day', cell: ({ contactOn }) => <Day on={contactOn} /> },
          { header: 'What', cell: ({ kind, outcome }) => `${inWords(kind)}: ${inWords(outcome).toLowerCase()}` },
          {
            header: 'Note',
            cell: ({ note, person, actor }) => (
              <>
                {note}
                <div className="faint">
                  {person !== null && `with ${person}, `}
                  {actor}
                </div>
              </>
            ),
          },
          {
            header: 'Next step',
            cell: ({ nextStep, nextStepOn }) =>
              nextStepOn !== null && (
                <>
                  <Day on={nextStepOn} /> {nextStep}
                </>
              ),
          },
        ]}
      />
    </Panel>
  );
}

function Proposals({ customerId }: { customerId: string }) {
  const proposals = useQuery({
    queryKey: ['write-offs', customerId],
    queryFn: () => ask(api.GET('/v1/write-offs', { params: { query: { customerId, limit: atMost } } })),
  });
  if (!proposals.data) return <NotRead query={proposals} title="Write-offs" />;
  if (proposals.data.items.length === 0) return null;
  return (
    <Panel
      title="Write-offs"
      actions={
        <Anchor component={Link} to="/collections">
          All that wait
        </Anchor>
      }
    >
      <WriteOffs items={proposals.data.items} changes={[['write-offs'], ['account', customerId], ['worklist'], ['invoices']]} />
    </Panel>
  );
}
