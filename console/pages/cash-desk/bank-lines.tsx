import { Grid, Group, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { useCompanyCurrency } from '../../api/company-currency.ts';
import { useCommand } from '../../api/use-command.ts';
import { NoAnswer } from '../../shell/broken-page.tsx';
import { Day } from '../../show/moment.tsx';
import { Money, minorOf } from '../../show/money.tsx';
import { Status } from '../../show/status.tsx';
import { FilterField } from '../../table/filter-field.tsx';
import { useFilters } from '../../table/filters.ts';
import { ShowMore } from '../../table/show-more.tsx';
import { BankLine, changes, whatBecame } from './bank-line.tsx';

type Line = Schema<'BankLine'>;

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

/**
 * Lines of each status after the other, page by page, and how many there are in all; `wanted` may stand on a page that is
 * still to come.
 */
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
          type="id"
          value={customerId}
          onChange={(value) => setFilters({ customerId: value, line: undefined })}
        />
        <FilterField
          label="Statement"
          type="id"
          value={statementId}
          onChange={(value) => setFilters({ statementId: value, line: undefined })}
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
            <BankLine
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
