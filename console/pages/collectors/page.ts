import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/reports/collectors',
  title: 'Collectors',
  places: ['console'],
  roles: ['finance', 'receivables', 'admin'],
  view: () => import('./view.tsx'),
});
