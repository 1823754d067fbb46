import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/reports/cash',
  title: 'Cash forecast',
  places: ['console'],
  roles: ['finance', 'receivables', 'admin'],
  view: () => import('./view.tsx'),
});
