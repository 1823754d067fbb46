import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import type { FilterEntry } from '../table/data-table.tsx';
import { FilterField } from '../table/filter-field.tsx';
import { useFilters } from '../table/filters.ts';
import { CsvLink } from './csv-link.tsx';

interface PeriodFieldsProps {
  /** The API's own CSV of the report; absent: a button among the children writes its rows. */
  csv?: string;
  known?: true;
  children?: ReactNode;
}

/** The period of a report, kept in the address, and its rows as a file. */
export function PeriodFields({ csv, known, children }: PeriodFieldsProps) {
  const [{ from, to, knownOn }, setFilters] = useFilters();
  return (
    <Group gap="xs">
      <FilterField label="From" type="date" value={from} onChange={(day) => setFilters({ from: day })} />
      <FilterField label="To" type="date" value={to} onChange={(day) => setFilters({ to: day })} />
      {known && <FilterField label="As known on" type="date" value={knownOn} onChange={(day) => setFilters({ knownOn: day })} />}
      {children}
      {csv && <CsvLink href={csv} ml="auto" />}
    </Group>
  );
}

/** The same days as filters of a `DataTable`. */
export const periodFilters: readonly FilterEntry[] = [
  { id: 'from', label: 'From', type: 'date' },
  { id: 'to', label: 'To', type: 'date' },
];
export const knownOnFilter: FilterEntry = { id: 'knownOn', label: 'As known on', type: 'date' };

/** What of the address asks for a period; a day that something was known on counts to its end. */
export function usePeriod() {
  const [{ from, to, knownOn }] = useFilters();
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(knownOn !== undefined && { asKnownOn: knownOn }),
  };
}

/** Hours as people say them. */
export function inDays(hours: number | null): string {
  if (hours === null) return '–';
  if (hours < 1) return `${Math.round(hours * 60)} min`;
  return hours < 48 ? `${hours.toFixed(1)} h` : `${(hours / 24).toFixed(1)} days`;
}
