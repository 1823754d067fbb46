import { Button, FileInput, Grid, Group, SegmentedControl, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, ask, type Schema, sendFile } from '../../api/client.ts';
import { useCompanyCurrency } from '../../api/company-currency.ts';
import { useCommand } from '../../api/use-command.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { CustomerField } from '../../form/customer-field.tsx';
import { NoteField } from '../../form/fields.tsx';
import { OpenItemAmounts } from '../../parts/open-items.tsx';
import { NoAnswer } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day } from '../../show/moment.tsx';
import { Money, majorOf, minorOf } from '../../show/money.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { FilterField } from '../../table/filter-field.tsx';
import { useFilters } from '../../table/filters.ts';
import { ShowMore } from '../../table/show-more.tsx';

type Line = Schema<'BankLine'>;
type Decided = Schema<'DecidedBankLine'>;

const changes = [['bank-lines'], ['payments'], ['invoices'], ['account'], ['bank-statements']];
interface Show {
  value: string;
  label: string;
  statuses: readonly Line['status'][];
  sort: 'oldest' | 'newest';
}

// What waits longest is decided first; what was done is looked up, mostly what was done yesterday.
const toDecide: Show = { value: 'decide', label: 'To decide', statuses: ['suggested', 'unmatched'], sort: 'oldest' };
const shows: Show[] = [
  toDecide,
  { value: 'matched', label: 'Matched', statuses: ['matched'], sort: 'newest' },
  { value: 'ignored', label: 'Set aside', statuses: ['ignored'], sort: 'newest' },
];
const atOnce = 50;

/** Lines of each status after the other, page by page, and how many there are in all; `wanted` may stand on a page that is still to come. */
function useLines({ value, statuses, sort }: Show, wanted: string | undefined) {
  const [{ customerId, statementId, amount }] = useFilters();
  const currency = useCompanyCurrency();
  const amountMinor = amount === undefined || currency === undefined ? undefined : minorOf(amount, currency);
  const filters = {
    ...(customerId !== undefined && { customerId }),
    ...(statementId !== undefined && { statementId }),
    ...(amountMinor !== undefined && { amountMinor }),
  };
  const isKnown = amount === undefined || currency !== undefined;
  const lines = useInfiniteQuery({
    queryKey: ['bank-lines', value, filters],
    queryFn: ({ pageParam: { place, after } }) =>
      ask(
        api.GET('/v1/bank-lines', {
          params: { query: { status: statuses[place]!, sort, limit: atOnce, ...filters, ...(after !== undefined && { after }) } },
        }),
      ),
    initialPageParam: { place: 0 } as { place: number; after?: string },
    getNextPageParam: ({ next }, _, { place }) =>
      next !== null ? { place, after: next } : place + 1 < statuses.length ? { place: place + 1 } : undefined,
    enabled: isKnown,
  });
  const counts = useQueries({
    queries: statuses.map((status) => ({
      queryKey: ['bank-lines', 'count', status, filters],
      queryFn: () => ask(api.GET('/v1/bank-lines/count', { params: { query: { status, ...filters } } })),
      enabled: isKnown,
    })),
  });
  const listed = lines.data?.pages.flatMap(({ items }) => items) ?? [];
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = lines;
  // One status has few: those of the next one stand below them at once.
  useEffect(() => {
    if (hasNextPage && !isFetching && !isFetchNextPageError && listed.length < atOnce) void fetchNextPage();
  }, [hasNextPage, isFetching, isFetchNextPageError, fetchNextPage, listed.length]);
  const isListed = listed.some(({ id }) => id === wanted);
  const alone = useQuery({
    queryKey: ['bank-lines', 'one', wanted],
    queryFn: () => ask(api.GET('/v1/bank-lines/{id}', { params: { path: { id: wanted ?? '' } } })),
    enabled: wanted !== undefined && lines.isSuccess && !isListed,
    retry: false,
  });
  // Once it is decided it stands elsewhere, and the next one has its place.
  const isToShow = !isListed && alone.data !== undefined && alone.data.id === wanted && statuses.includes(alone.data.status);
  const isCounted = counts.every(({ isSuccess }) => isSuccess);
  const count = counts.reduce((sum, { data }) => sum + (data?.count ?? 0), 0);
  return {
    lines,
    items: isToShow ? [alone.data, ...listed] : listed,
    total: isCounted ? `${count.toLocaleString('en')}${counts.some(({ data }) => data?.isMore) ? '+' : ''}` : undefined,
  };
}

const whatBecame = ({ lineId, status, customerId, paymentId }: Decided): string =>
  `${lineId} is ${status}${paymentId === null ? '' : `: ${paymentId}`}${customerId === null ? '' : ` of ${customerId}`}.`;

/** Lines that the ladder could not post by itself: what it suggests first, then what nobody knows. */
export function BankLines() {
  const [{ show, line: wanted, customerId, statementId, amount }, setFilters] = useFilters();
  const currency = useCompanyCurrency();
  const shown = shows.find(({ value }) => value === show) ?? toDecide;
  const { lines, items, total } = useLines(shown, wanted);
  const isFiltered = customerId !== undefined || statementId !== undefined || amount !== undefined;
  // The line that was decided has gone; the one that has come to its place is next.
  const place = useRef(0);
  const found = items.findIndex(({ id }) => id === wanted);
  const index = found >= 0 ? found : Math.min(place.current, items.length - 1);
  useEffect(() => {
    place.current = Math.max(0, index);
  }, [index]);
  const line = items[index];
  const list = useRef<HTMLUListElement>(null);
  const move = (by: number) => {
    const next = items[Math.min(items.length - 1, Math.max(0, index + by))];
    if (index + by >= items.length && lines.hasNextPage && !lines.isFetching) void lines.fetchNextPage();
    if (!next) return;
    setFilters({ line: next.id });
    list.current?.querySelector<HTMLElement>(`[data-line="${next.id}"]`)?.focus();
  };
  const accept = useCommand({
    send: ({ id, suggestion }: { id: string; suggestion: number }, key) =>
      ask(
        api.POST('/v1/bank-lines/{id}/accept', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
          body: { suggestion },
        }),
      ),
    said: whatBecame,
    changes,
  });
  const acceptFirst = (event: KeyboardEvent) => {
    const control = event.target instanceof Element ? event.target.closest('a, button, [role="dialog"]') : null;
    // Enter on the line that is shown already has nothing else to do.
    if (control && control.getAttribute('data-line') !== line?.id) return;
    if (line?.actions.includes('accept') && !accept.isPending) {
      event.preventDefault();
      accept.mutate({ id: line.id, suggestion: 0 });
    }
  };
  useHotkeys([
    ['j', () => move(1)],
    ['k', () => move(-1)],
    ['Enter', acceptFirst, { preventDefault: false }],
  ]);
  return (
    <Stack gap="sm">
      <Group justify="space-between" wrap="wrap">
        <SegmentedControl
          size="xs"
          value={shown.value}
          onChange={(value) => setFilters({ show: value === 'decide' ? undefined : value, line: undefined })}
          data={shows.map(({ value, label }) => ({ value, label }))}
          aria-label="Which lines"
        />
        <Text size="xs" className="faint" visibleFrom="sm">
          <kbd>j</kbd> <kbd>k</kbd> next and previous · <kbd>Enter</kbd> accepts the first suggestion
        </Text>
      </Group>
      <Group gap="xs">
        <FilterField
          label="Customer number"
          type="text"
          value={customerId}
          onChange={(value) => setFilters({ customerId: value?.toUpperCase(), line: undefined })}
        />
        <FilterField
          label="Statement"
          type="text"
          value={statementId}
          onChange={(value) => setFilters({ statementId: value?.toUpperCase(), line: undefined })}
        />
        <FilterField
          label={`Amount in ${currency ?? '…'}`}
          type="text"
          value={amount}
          onChange={(value) => setFilters({ amount: value, line: undefined })}
        />
        {total !== undefined && items.length > 0 && (
          <Text size="xs" c="dimmed" role="status">
            {items.length.toLocaleString('en')} of {total}{' '}
            {shown.sort === 'newest' ? 'shown, the newest first' : 'shown, the oldest first'}
          </Text>
        )}
      </Group>
      {lines.isError && !lines.data && <NoAnswer error={lines.error} again={() => void lines.refetch()} />}
      {lines.isPending && <Skeleton height={240} role="status" aria-label="Loading" />}
      {lines.data && items.length === 0 && !lines.isFetching && (
        <div className="panel">
          {isFiltered
            ? 'Nothing fits these filters.'
            : shown === toDecide
              ? 'Nothing waits for a decision. Money that names its invoice is posted by itself; what is left of the next statement stands here, with what it probably pays.'
              : 'No line is here yet.'}
        </div>
      )}
      {line && (
        <Grid gap="md">
          <Grid.Col span={{ base: 12, md: 5 }}>
            <ul ref={list} className="choices" aria-label="Bank lines">
              {items.map((item) => (
                <li key={item.id}>
                  <button
                    type="button"
                    className="choice"
                    data-line={item.id}
                    aria-current={item.id === line.id}
                    onClick={() => setFilters({ line: item.id })}
                  >
                    <span>
                      <span>{item.payerName ?? item.customerId ?? 'Nobody is named'}</span>
                      <Money minor={item.direction === 'debit' ? -item.amountMinor : item.amountMinor} currency={item.currency} />
                    </span>
                    <span>
                      <Status of={item.status} />
                      <span className="faint">
                        <Day on={item.valueOn} />
                      </span>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
            <ShowMore of={lines} shown={`The first ${items.length.toLocaleString('en')}`} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 7 }}>
            <LineDetail
              key={line.id}
              line={line}
              accept={(suggestion) => accept.mutate({ id: line.id, suggestion })}
              isAccepting={accept.isPending}
            />
          </Grid.Col>
        </Grid>
      )}
    </Stack>
  );
}

interface DetailProps {
  line: Line;
  accept: (suggestion: number) => void;
  isAccepting: boolean;
}

function LineDetail({ line, accept, isAccepting }: DetailProps) {
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
        {actions.includes('ignore') && (
          <CommandButton
            label="Set aside"
            title={`Set ${id} aside`}
            submit="It is no customer’s: set it aside"
            changes={changes}
            send={async (form, key) =>
              whatBecame(await ask(api.POST('/v1/bank-lines/{id}/ignore', { ...with_(key), body: { reason: form('reason') } })))
            }
          >
            {(faultAt) => <NoteField error={faultAt('/reason')} />}
          </CommandButton>
        )}
        {actions.includes('undo') && (
          <CommandButton
            label="Undo"
            title={`Undo what ${id} has paid`}
            submit="Undo: what it paid is open again"
            danger
            changes={changes}
            send={async (form, key) =>
              whatBecame(await ask(api.POST('/v1/bank-lines/{id}/undo', { ...with_(key), body: { reason: form('reason') } })))
            }
          >
            {(faultAt) => <NoteField error={faultAt('/reason')} />}
          </CommandButton>
        )}
        {actions.includes('reopen') && (
          <CommandButton
            label="Take back"
            title={`Take ${id} back`}
            submit="It waits for a decision again"
            changes={changes}
            send={async (form, key) =>
              whatBecame(await ask(api.POST('/v1/bank-lines/{id}/reopen', { ...with_(key), body: { reason: form('reason') } })))
            }
          >
            {(faultAt) => <NoteField error={faultAt('/reason')} />}
          </CommandButton>
        )}
      </Group>
    </section>
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
