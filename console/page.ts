import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { Schema } from './api/client.ts';

export type Place = 'console' | 'portal';
export type Role = Schema<'Me'>['roles'][number];

/** The groups of the sidebar, in their order. */
export const groups = ['Work', 'Sell', 'Deliver', 'Bill and collect', 'Report', 'Company'] as const;

/** The groups that customers have, in their words. */
export const groupsOfCustomers: Partial<Record<(typeof groups)[number], string>> = {
  Sell: 'Buy',
  Deliver: 'Goods',
  'Bill and collect': 'Pay',
};

/** A page: what the address, the sidebar and the keyboard need to know of it before it is loaded. */
export interface Page {
  /** As the router writes it: '/orders/$id'. */
  path: string;
  title: string;
  /** Where it is: with the people of the company, with customers, or both. */
  places: readonly Place[];
  /** Who gets it; absent: everyone. The API decides what is in it all the same. */
  roles?: readonly Role[];
  /** Absent: it is reached from others and has no line of its own in the sidebar. */
  menu?: {
    group: (typeof groups)[number];
    order: number;
    icon: LucideIcon;
    /** `g` and then this letter leads here. */
    key?: string;
  };
  /** Loaded when it is first opened, with what it imports. */
  view(): Promise<{ default: ComponentType }>;
}

export function definePage(page: Page): Page {
  return page;
}

/** Every folder of pages/ is a page by its `page.ts`; there is no list to add it to. */
export const pages: readonly Page[] = Object.values(import.meta.glob<Page>('./pages/*/page.ts', { eager: true, import: 'page' }));

/** Which of these pages an address leads to; places have pages of the same path. */
export function pageAt(address: string, among: readonly Page[]): Page | undefined {
  const [path = ''] = address.split('?');
  const parts = path.split('/');
  const isAt = (page: Page) => {
    const wanted = page.path.split('/');
    return wanted.length === parts.length && wanted.every((part, number) => part.startsWith('$') || part === parts[number]);
  };
  return among.find((page) => page.path === path) ?? among.find(isAt);
}

export const isFor = (page: Page, place: Place, roles: readonly Role[]): boolean =>
  page.places.includes(place) && (page.roles === undefined || page.roles.some((role) => roles.includes(role)));
