// biome-ignore-all lint/a11y/useSemanticElements: a table's own elements cannot be placed by the virtual scroller.
// biome-ignore-all lint/a11y/useFocusableInteractive: rows are reached by j and k, and each by its own link.
import { Anchor, Group, Select, Skeleton, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useHotkeys, useMediaQuery } from '@mantine/hooks';
import type { QueryKey } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ColumnDef, columnVisibilityFeature, FlexRender, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { Problem } from '../api/client.ts';
import { type After, usePages } from '../api/use-pages.ts';
import { NoAnswer } from '../shell/broken-page.tsx';
import { CsvLink } from '../show/csv-link.tsx';
import { ExportButton } from './export-button.tsx';
import { FilterField } from './filter-field.tsx';
import { type Filters, useFilters } from './filters.ts';
import { TableMenus } from './table-menus.tsx';
import { useHiddenColumns } from './views.ts';

export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** CSS grid: '8rem', 'minmax(10rem, 2fr)'. */
  width: string;
  /** Amounts and counts. */
  align?: 'right';
  /** One of the few that a phone shows. */
  phone?: true | undefined;
  hiddenAtFirst?: true;
  /** By which the API sorts the list, when its head is pressed. */
  sort?: string;
}

export interface FilterChoice {
  id: string;
  label: string;
  choices: readonly { value: string; label: string }[];
}

/** A filter that is typed: as it is, an id as a whole, or a day. */
export interface FilterEntry {
  id: string;
  label: string;
  type: 'text' | 'id' | 'date';
}

export type Filter = FilterChoice | FilterEntry;

interface Page<Row> {
  items: readonly Row[];
  next: string | null;
}

interface DataTableProps<Row> {
  /** Names it in the browser's memory, and to who cannot see it. */
  name: string;
  title: string;
  /** Of the title, where the table stands on a page that has one of its own. */
  headingLevel?: 2;
  columns: readonly Column<Row>[];
  filters?: readonly Filter[];
  /** Reads one page. */
  read: (filters: Filters, after: After) => Promise<Page<Row>>;
  queryKey: QueryKey;
  idOf: (row: Row) => string;
  /** Where Enter leads. */
  addressOf?: (row: Row) => string;
  /** Of what goes on by itself: after so many milliseconds it is read anew. */
  refetchInterval?: number | false;
  /** What to do when there is nothing, for who sees it for the first time. */
  empty: ReactNode;
  /** The API's own CSV of the same records; without it the table reads its pages and writes them. */
  csv?: string;
  /** Buttons of the page. */
  actions?: ReactNode;
  /** Between the title and the filters: links to the pages beside it, or what the table as a whole says. */
  above?: ReactNode;
}

const features = tableFeatures({ columnVisibilityFeature });
const rowHeight = 38;
const headHeight = 34;
// So many rows before the end of what was read the next page is asked for.
const readAhead = 50;

/** The one table of the console: pages as it is scrolled, columns, filters in the address, views, keyboard. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const {
    name,
    title,
    headingLevel = 1,
    filters = [],
    read,
    queryKey,
    idOf,
    addressOf,
    empty,
    csv,
    actions,
    above,
    refetchInterval = false,
  } = props;
  const [search, setSearch] = useFilters();
  const isPhone = useMediaQuery('(max-width: 48em)');
  const [hidden, setHidden] = useHiddenColumns(
    name,
    props.columns.filter(({ hiddenAtFirst }) => hiddenAtFirst).map(({ id }) => id),
  );
  const wanted = useMemo(
    () =>
      Object.fromEntries(
        [...filters.map(({ id }) => id), 'sort'].flatMap((id) => (search[id] === undefined ? [] : [[id, search[id]]])),
      ),
    [filters, search],
  );
  const { query, items: rows } = usePages([...queryKey, wanted], (after) => read(wanted, after), { refetchInterval });
  const columns = useMemo(
    () =>
      props.columns.map(
        (column): ColumnDef<typeof features, Row> => ({
          id: column.id,
          header: column.header,
          cell: ({ row }) => column.cell(row.original),
        }),
      ),
    [props.columns],
  );
  const columnVisibility = Object.fromEntries(
    props.columns.map(({ id, phone }) => [id, isPhone ? phone === true : !hidden.includes(id)]),
  );
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: headHeight,
  });
  const visible = virtual.getVirtualItems();
  const first = visible[0]?.index ?? 0;
  const last = visible.at(-1)?.index ?? 0;
  // The table is given what is on the screen alone: it would make thousands of rows anew with every page that comes.
  const onScreen = useMemo(() => rows.slice(first, last + 1), [rows, first, last]);
  const table = useTable({ features, columns, data: onScreen, getRowId: idOf, state: { columnVisibility } });
  const tableRows = table.getRowModel().rows;
  const shown = table.getVisibleLeafColumns().map(({ id }) => props.columns.find((column) => column.id === id)!);
  const template = {
    gridTemplateColumns: shown.map(({ width }, index) => (isPhone ? `minmax(0, ${index === 0 ? 5 : 4}fr)` : width)).join(' '),
  };
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError && last >= rows.length - readAhead) void fetchNextPage();
  }, [last, rows.length, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);

  const [active, move] = useActiveRow(rows, (index) => virtual.scrollToIndex(index));
  const navigate = useNavigate();
  const open = (row: Row | undefined) => {
    if (row && addressOf) void navigate({ to: addressOf(row) });
  };
  useHotkeys([
    ['j', () => move(1)],
    ['k', () => move(-1)],
    // What Enter does to a button or a link it does still.
    ['Enter', (event) => !isOnControl(event.target) && open(rows[active]), { preventDefault: false }],
  ]);

  return (
    <Stack gap="sm">
      <Group justify="space-between" wrap="wrap">
        <Title order={headingLevel}>{title}</Title>
        <Group gap="xs">
          {actions}
          <TableMenus
            name={name}
            columns={props.columns}
            hidden={hidden}
            setHidden={setHidden}
            filters={wanted}
            setFilters={setSearch}
          />
          {csv ? <CsvLink href={csv} /> : <ExportButton name={name} read={(after) => read(wanted, after)} />}
        </Group>
      </Group>
      {above}
      {filters.length > 0 && (
        <Group gap="xs" className="filters">
          {filters.map((filter) =>
            'choices' in filter ? (
              <Select
                key={filter.id}
                aria-label={filter.label}
                placeholder={filter.label}
                data={[...filter.choices]}
                value={search[filter.id] ?? null}
                onChange={(value) => setSearch({ [filter.id]: value ?? undefined })}
                clearable
                searchable
                clearButtonProps={{ 'aria-label': `Clear ${filter.label}`, tabIndex: -1 }}
                size="xs"
                w={180}
              />
            ) : (
              <FilterField
                key={filter.id}
                label={filter.label}
                type={filter.type}
                value={search[filter.id]}
                onChange={(value) => setSearch({ [filter.id]: value })}
              />
            ),
          )}
        </Group>
      )}
      {query.isError && rows.length === 0 ? (
        <NoAnswer error={query.error} again={() => void query.refetch()} />
      ) : query.isPending ? (
        <Stack gap={6} role="status" aria-label="Loading">
          {[1, 2, 3, 4, 5, 6].map((line) => (
            <Skeleton key={line} height={rowHeight - 8} />
          ))}
        </Stack>
      ) : rows.length === 0 ? (
        <div className="panel">
          {Object.keys(wanted).some((id) => id !== 'sort') ? <Text>Nothing fits these filters.</Text> : empty}
        </div>
      ) : (
        <>
          <div
            ref={scroller}
            className="table"
            role="table"
            aria-label={title}
            aria-rowcount={hasNextPage ? -1 : rows.length + 1}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1).
            tabIndex={0}
            style={{ height: `min(calc(100dvh - 190px), ${headHeight + rows.length * rowHeight + 2}px)` }}
          >
            <div className="table-head" role="row" style={template}>
              {shown.map(({ id, header, align, sort }) => (
                <div
                  key={id}
                  role="columnheader"
                  className="table-cell"
                  data-align={align}
                  aria-sort={
                    sort === undefined
                      ? undefined
                      : search.sort === sort
                        ? 'ascending'
                        : search.sort === `-${sort}`
                          ? 'descending'
                          : 'none'
                  }
                >
                  {sort ? (
                    <UnstyledButton
                      fz="inherit"
                      fw="inherit"
                      c="inherit"
                      onClick={() =>
                        setSearch({ sort: search.sort === `-${sort}` ? sort : search.sort === sort ? undefined : `-${sort}` })
                      }
                    >
                      {header} {search.sort === sort ? '↑' : search.sort === `-${sort}` ? '↓' : '↕'}
                    </UnstyledButton>
                  ) : (
                    header
                  )}
                </div>
              ))}
            </div>
            <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
              {visible.map(({ index, start }) => {
                const row = tableRows[index - first]!;
                return (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the row's link and Enter do the same.
                  <div
                    key={row.id}
                    role="row"
                    aria-rowindex={index + 2}
                    className="table-row"
                    data-active={index === active || undefined}
                    style={{ ...template, transform: `translateY(${start}px)`, cursor: addressOf && 'pointer' }}
                    onClick={(event) => isOnRow(event) && !isOnControl(event.target) && open(row.original)}
                  >
                    {row.getVisibleCells().map((cell, position) => (
                      <div key={cell.id} role="cell" className="table-cell" data-align={shown[position]?.align}>
                        <FlexRender cell={cell} />
                      </div>
                    ))}
                  </div>
                );
              })}
            </div>
          </div>
          <Text size="xs" c="dimmed" role="status">
            {rows.length.toLocaleString('en')} {hasNextPage ? 'read so far' : rows.length === 1 ? 'record' : 'records'}
            {isFetchingNextPage && ', reading more…'}
            {isFetchNextPageError && !isFetchingNextPage && (
              <>
                {`, and no more came: ${query.error instanceof Problem ? query.error.title : String(query.error)}. `}
                <Anchor component="button" type="button" size="xs" onClick={() => void fetchNextPage()}>
                  Try again
                </Anchor>
              </>
            )}
          </Text>
        </>
      )}
    </Stack>
  );
}

/** The row that j and k move; it stays with its place when more rows come. */
function useActiveRow(rows: readonly unknown[], show: (index: number) => void): [number, (by: number) => void] {
  const [active, setActive] = useState(-1);
  const move = (by: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, active + by));
    setActive(next);
    show(next);
  };
  return [Math.min(active, rows.length - 1), move];
}

/** React tells a row of a press in the dialog of its buttons, and beside that dialog, too. */
const isOnRow = ({ currentTarget, target }: MouseEvent): boolean => target instanceof Node && currentTarget.contains(target);

const isOnControl = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('a, button, input, select, textarea, [role="menu"], [role="dialog"]') !== null;
