import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/reports/credit-decisions',
  title: 'Credit decisions and losses',
  places: ['console'],
  roles: ['finance', 'receivables', 'credit', 'admin'],
  view: () => import('./view.tsx'),
});
