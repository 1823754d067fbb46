import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/ledger/journal/$id',
  title: 'Journal entry',
  places: ['console'],
  roles: ['finance', 'receivables', 'admin'],
  view: () => import('./view.tsx'),
});
