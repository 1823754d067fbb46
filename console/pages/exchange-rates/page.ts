import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/ledger/rates',
  title: 'Exchange rates',
  places: ['console'],
  roles: ['sales', 'receivables', 'finance', 'admin'],
  view: () => import('./view.tsx'),
});
