import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/reports/ageing',
  title: 'Ageing by customer',
  places: ['console'],
  roles: ['finance', 'receivables', 'admin'],
  view: () => import('./view.tsx'),
});
