import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/ledger/periods',
  title: 'Periods',
  places: ['console'],
  roles: ['finance', 'receivables', 'admin'],
  view: () => import('./view.tsx'),
});
