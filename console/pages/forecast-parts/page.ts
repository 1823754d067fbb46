import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/reports/cash/$week',
  title: 'What is expected of a week',
  places: ['console'],
  roles: ['finance', 'receivables', 'admin'],
  view: () => import('./view.tsx'),
});
