import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/ledger/manual',
  title: 'Manual journals',
  places: ['console'],
  roles: ['finance', 'receivables', 'admin'],
  view: () => import('./view.tsx'),
});
