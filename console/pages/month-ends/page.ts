import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/reports/month-ends',
  title: 'DSO and ageing',
  places: ['console'],
  roles: ['finance', 'receivables', 'admin'],
  view: () => import('./view.tsx'),
});
