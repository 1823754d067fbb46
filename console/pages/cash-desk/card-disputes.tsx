import { NativeSelect } from '@mantine/core';
import { api, ask, type Schema } from '../../api/client.ts';
import { usePages } from '../../api/use-pages.ts';
import { choicesOf } from '../../form/choices.ts';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { Records } from '../../show/records.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { useFilters } from '../../table/filters.ts';
import { More } from '../../table/more.tsx';

type CardDispute = Schema<'CardDispute'>;

const statuses = choicesOf<CardDispute['status']>({ inquiry: true, open: true, won: true, lost: true, withdrawn: true });

/** Card payments that their holders’ banks dispute: what became of the money, and what a person has to do by when (P1). */
export function CardDisputes() {
  const [{ show }, setFilters] = useFilters();
  const status = statuses.find(({ value }) => value === show)?.value;
  const { query, items } = usePages(['payments', 'card-disputes', status], (after) =>
    ask(api.GET('/v1/card-disputes', { params: { query: { limit: 100, ...(status && { status }), ...after } } })),
  );
  return (
    <Panel
      title="Card disputes"
      actions={
        <NativeSelect
          aria-label="Status"
          size="xs"
          value={status ?? ''}
          onChange={({ currentTarget }) => setFilters({ show: currentTarget.value || undefined })}
          data={[{ value: '', label: 'All' }, ...statuses]}
        />
      }
    >
      {!query.data ? (
        <Unanswered query={query} height={160} />
      ) : (
        <Records
          rows={items}
          keyOf={({ id }) => id}
          empty="No card payment is disputed. What a cardholder’s bank asks about or takes back stands here as the gateway reports it."
          columns={[
            {
              header: 'Dispute',
              cell: ({ id, reason }) => (
                <>
                  <Identifier id={id} />
                  <div className="faint">{inWords(reason.replaceAll('_', '-'))}</div>
                </>
              ),
            },
            { header: 'Customer', cell: ({ customerId }) => <Identifier id={customerId} to={`/customers/${customerId}`} /> },
            { header: 'Status', cell: ({ status: is }) => <Status of={is} /> },
            { header: 'Since', cell: ({ at }) => <Moment at={at} /> },
            {
              header: 'Amount',
              align: 'right',
              cell: ({ amountMinor, currency }) => <Money minor={amountMinor} currency={currency} />,
            },
            { header: 'What is to be done', cell: toDo },
          ]}
        />
      )}
      <More of={query}>More disputes</More>
    </Panel>
  );
}

/** The evidence is given at the gateway; the books follow what it reports. */
function toDo({ status, evidenceDueAt, problem, takenPaymentId, wonPaymentId, feeMinor, currency }: CardDispute) {
  return (
    <>
      {problem !== null && <div className="warns">Book it by hand: {problem}</div>}
      {(status === 'inquiry' || status === 'open') && (
        <div>
          {status === 'inquiry' ? 'Answer the bank at the gateway' : 'Give the gateway evidence, or let it go'}
          {evidenceDueAt !== null && (
            <>
              : due <Moment at={evidenceDueAt} />
            </>
          )}
        </div>
      )}
      {status === 'lost' && problem === null && (
        <div>
          Nothing: what it paid is open again
          {feeMinor > 0 && (
            <>
              , and <Money minor={feeMinor} currency={currency} /> of fee is booked
            </>
          )}
        </div>
      )}
      {(status === 'won' || status === 'withdrawn') && problem === null && <div>Nothing: the money is ours</div>}
      <div className="faint">
        {takenPaymentId !== null && <>taken back from {takenPaymentId}</>}
        {wonPaymentId !== null && <> · came again as {wonPaymentId}</>}
      </div>
    </>
  );
}
