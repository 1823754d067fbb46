import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/ledger/base-rates',
  title: 'Base rates',
  places: ['console'],
  roles: ['receivables', 'finance', 'admin'],
  view: () => import('./view.tsx'),
});
