import { Button } from '@mantine/core';
import { useState } from 'react';
import type { After } from '../api/use-pages.ts';
import { showProblem, showSuccess } from '../shell/toasts.tsx';
import { asCsv, saveFile } from './export-csv.ts';

interface ExportButtonProps {
  /** Of the file, without its ending. */
  name: string;
  /** Reads one page. */
  read: (after: After) => Promise<{ items: readonly object[]; next: string | null }>;
  /** At the right end of its line. */
  ml?: 'auto';
}

const exportMaximum = 10_000;

/**
 * Saves what the filters let through, page by page: the button counts, and says so when there is more than a spreadsheet
 * bears.
 */
export function ExportButton({ name, read, ...place }: ExportButtonProps) {
  const [count, setCount] = useState<number>();
  const save = async () => {
    setCount(0);
    try {
      const records: object[] = [];
      let next: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof read>> = await read(next === null ? {} : { after: next });
        records.push(...page.items);
        next = page.next;
        setCount(records.length);
      } while (next !== null && records.length < exportMaximum);
      saveFile(`${name}.csv`, asCsv(records));
      const written = `${records.length.toLocaleString('en')} ${records.length === 1 ? 'record' : 'records'}`;
      showSuccess(next === null ? `${written} saved.` : `The first ${written} saved: filter to get at the others.`);
    } catch (error) {
      showProblem(error);
    } finally {
      setCount(undefined);
    }
  };
  return (
    <Button variant="default" size="compact-sm" disabled={count !== undefined} onClick={() => void save()} {...place}>
      {count === undefined ? 'Export CSV' : `${count.toLocaleString('en')} read`}
    </Button>
  );
}
