import { useLocalStorage } from '@mantine/hooks';
import type { Filters } from './filters.ts';

/** Filters and columns under a name. Kept in this browser. */
export interface SavedView {
  name: string;
  filters: Filters;
  hidden: string[];
}

const viewsMaximum = 20;

export function useSavedViews(table: string) {
  const [views, setViews] = useLocalStorage<SavedView[]>({ key: `throughline.views.${table}`, defaultValue: [] });
  return {
    views,
    save: (view: SavedView) => setViews((all) => [...all.filter(({ name }) => name !== view.name), view].slice(-viewsMaximum)),
    forget: (name: string) => setViews((all) => all.filter((view) => view.name !== name)),
  };
}

/** Which columns somebody has hidden, of those that can be. */
export function useHiddenColumns(table: string, hiddenAtFirst: readonly string[]) {
  return useLocalStorage<string[]>({ key: `throughline.hidden.${table}`, defaultValue: [...hiddenAtFirst] });
}
