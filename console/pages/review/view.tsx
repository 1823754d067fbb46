import { Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { usePages } from '../../api/use-pages.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { DayField, NoteField } from '../../form/fields.tsx';
import { buckets } from '../../parts/open-on-day.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { CsvLink } from '../../show/csv-link.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { Money, moneyText } from '../../show/money.tsx';
import { PageHead } from '../../show/page-head.tsx';
import { Panel } from '../../show/panel.tsx';
import { Records } from '../../show/records.tsx';
import { Status } from '../../show/status.tsx';
import { More } from '../../table/more.tsx';

type Review = Schema<'OverdueReviewToDecide'>;
type OfCurrency = Review['currencies'][number];
type Account = Schema<'ReviewAccount'>;

const bucketNames: Record<(typeof buckets)[number], string> = {
  current: 'Not due',
  '1-30': '1–30 days',
  '31-60': '31–60 days',
  '61-90': '61–90 days',
  '91+': '91 and more',
};
const percent = (rate: string | undefined) => (rate === undefined ? '' : `${Math.round(Number(rate) * 1_000) / 10} %`);

export default function ReviewPage() {
  const id = useParams({ strict: false }).id ?? '';
  const review = useQuery({
    queryKey: ['review', id],
    queryFn: () => ask(api.GET('/v1/reviews/{id}', { params: { path: { id } } })),
  });
  if (!review.isSuccess) return <Unanswered query={review} height={320} />;
  const { data } = review;
  return (
    <Stack gap="md">
      <PageHead
        title={<Identifier id={id} />}
        status={<Status of={data.status} />}
        about={
          <>
            {data.accountCount === 1 ? 'One overdue account' : `${data.accountCount} overdue accounts`} as of{' '}
            <Day on={data.asOf} /> · made <Moment at={data.at} /> by {data.actor}
            {data.proposedBy !== null && ` · proposed by ${data.proposedBy}`}
            {data.approvedBy !== null && ` · approved by ${data.approvedBy}`}
          </>
        }
      >
        <TrueUp review={data} />
      </PageHead>
      {data.currencies.map((one) => (
        <Matrix key={one.currency} of={one} trueUp={data.trueUp?.[one.currency]} />
      ))}
      <Accounts review={data} />
    </Stack>
  );
}

/** The allowance is brought to what was found, by two people. */
function TrueUp({ review: { id, actions, currencies, status } }: { review: Review }) {
  const changes = [['review', id], ['reviews']];
  const params = (key: string) => ({ params: { path: { id }, header: { 'Idempotency-Key': key } } });
  const change = currencies
    .map(({ requiredMinor, allowanceMinor, currency }) => moneyText(requiredMinor - allowanceMinor, currency))
    .join(', ');
  return (
    <Group gap="xs">
      {status === 'proposed' && !actions.includes('approve') && (
        <span className="faint">Another person of finance approves it</span>
      )}
      {actions.includes('propose') && (
        <CommandButton
          label={`Propose to change the allowance by ${change}`}
          variant="filled"
          changes={changes}
          send={async (_, key) => {
            await ask(api.POST('/v1/reviews/{id}/propose', params(key)));
            return 'It waits for a second person of finance.';
          }}
        />
      )}
      {actions.includes('approve') && (
        <CommandButton
          label="Approve the true-up"
          submit="Book the change of the allowance"
          variant="filled"
          changes={changes}
          send={async (_, key) => {
            await ask(api.POST('/v1/reviews/{id}/approve', params(key)));
            return 'The allowance was brought to what the review found.';
          }}
        >
          <Text size="sm">
            About {change}, counted anew against the allowance of today. It is booked once and not taken back.
          </Text>
        </CommandButton>
      )}
      {actions.includes('withdraw') && (
        <CommandButton
          label="Take the proposal back"
          changes={changes}
          send={async (_, key) => {
            await ask(api.POST('/v1/reviews/{id}/withdraw', params(key)));
            return 'The review is open again.';
          }}
        />
      )}
    </Group>
  );
}

function Matrix({ of, trueUp }: { of: OfCurrency; trueUp: number | undefined }) {
  const { currency } = of;
  const roll = (bucket: string) => of.rollRates.find((rate) => rate.bucket === bucket);
  return (
    <Panel title={`Provision matrix in ${currency}`}>
      <Records
        rows={buckets}
        keyOf={(bucket) => bucket}
        empty=""
        columns={[
          { header: 'Overdue', cell: (bucket) => bucketNames[bucket] },
          { header: 'Owed', align: 'right', cell: (bucket) => <Money minor={of.buckets[bucket]} currency={currency} /> },
          {
            header: 'Rolls on',
            align: 'right',
            cell: (bucket) => {
              const rate = roll(bucket);
              return (
                rate && (
                  <>
                    {percent(rate.rate)}
                    <div className="faint">{rate.source === 'own' ? `own, ${rate.months} months` : 'by policy'}</div>
                  </>
                )
              );
            },
          },
          { header: 'Is finally lost', align: 'right', cell: (bucket) => percent(of.lossRates[bucket]) },
          {
            header: 'Here in a month',
            align: 'right',
            cell: (bucket) => bucket !== 'current' && <Money minor={of.forecast[bucket]} currency={currency} />,
          },
        ]}
      />
      <dl className="figures" style={{ marginTop: '0.75rem' }}>
        <div>
          <dt>Expected loss</dt>
          <dd>
            <b>
              <Money minor={of.requiredMinor} currency={currency} />
            </b>
          </dd>
        </div>
        <div>
          <dt>Of it by rates set by hand</dt>
          <dd>
            <Money minor={of.specificMinor} currency={currency} />
          </dd>
        </div>
        <div>
          <dt>Allowance then</dt>
          <dd>
            <Money minor={of.allowanceMinor} currency={currency} />
          </dd>
        </div>
        {trueUp !== undefined && (
          <div>
            <dt>True-up booked</dt>
            <dd>
              <Money minor={trueUp} currency={currency} />
            </dd>
          </div>
        )}
      </dl>
    </Panel>
  );
}

function Accounts({ review: { id } }: { review: Review }) {
  const { query, items } = usePages(['review', id, 'accounts'], (after) =>
    ask(api.GET('/v1/reviews/{id}/accounts', { params: { path: { id }, query: { limit: 100, ...after } } })),
  );
  const change = (minor: number | null, currency: string) =>
    minor === null ? <span className="faint">new</span> : <Money minor={minor} currency={currency} />;
  return (
    <Panel title="Accounts" actions={<CsvLink href={`/v1/reviews/${encodeURIComponent(id)}/accounts.csv`} />}>
      {!query.data ? (
        <Unanswered query={query} height={160} />
      ) : (
        <Records<Account>
          label="Accounts"
          rows={items}
          keyOf={({ customerId, currency }) => `${customerId} ${currency}`}
          empty="No account was overdue on that day."
          columns={[
            {
              header: 'Customer',
              cell: ({ customerId, name }) => (
                <>
                  <Link to={`/collections/${customerId}`}>{customerId}</Link>
                  <div className="faint">{name}</div>
                </>
              ),
            },
            {
              header: 'Overdue',
              align: 'right',
              cell: ({ overdueMinor, currency }) => <Money minor={overdueMinor} currency={currency} />,
            },
            {
              header: 'Changed by',
              align: 'right',
              cell: ({ overdueChangeMinor, currency }) => change(overdueChangeMinor, currency),
            },
            {
              header: 'Expected loss',
              align: 'right',
              cell: ({ provisionMinor, currency }) => <Money minor={provisionMinor} currency={currency} />,
            },
            {
              header: 'Next step',
              cell: ({ nextStep }) =>
                nextStep && (
                  <>
                    {nextStep.text}
                    <div className="faint">
                      {nextStep.owner}, by <Day on={nextStep.on} />
                    </div>
                  </>
                ),
            },
            { header: 'What to do', align: 'right', cell: (account) => <NextStep reviewId={id} account={account} /> },
          ]}
        />
      )}
      <More of={query}>More accounts</More>
    </Panel>
  );
}

function NextStep({ reviewId, account: { customerId, nextStep } }: { reviewId: string; account: Account }) {
  return (
    <CommandButton
      label={nextStep ? 'Change' : 'Say what is next'}
      title={`What is next about ${customerId}`}
      submit="Keep the next step"
      changes={[['review', reviewId, 'accounts']]}
      send={async (form) => {
        await ask(
          api.PUT('/v1/reviews/{id}/accounts/{customerId}/next-step', {
            params: { path: { id: reviewId, customerId } },
            body: { owner: form('owner'), on: form('on'), text: form('text') },
          }),
        );
        return `The next step about ${customerId} is kept.`;
      }}
    >
      {(faultAt) => (
        <>
          <NoteField name="text" label="What" defaultValue={nextStep?.text ?? ''} error={faultAt('/text')} />
          <TextInput name="owner" label="By whom" required defaultValue={nextStep?.owner ?? ''} error={faultAt('/owner')} />
          <DayField name="on" label="Until" required defaultValue={nextStep?.on ?? ''} error={faultAt('/on')} />
        </>
      )}
    </CommandButton>
  );
}
