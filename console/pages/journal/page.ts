import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/ledger/journal',
  title: 'Journal',
  places: ['console'],
  roles: ['finance', 'receivables', 'admin'],
  view: () => import('./view.tsx'),
});
