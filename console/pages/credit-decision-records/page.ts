import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/reports/credit-decisions/records',
  title: 'Decisions behind a figure',
  places: ['console'],
  roles: ['finance', 'receivables', 'credit', 'admin'],
  view: () => import('./view.tsx'),
});
