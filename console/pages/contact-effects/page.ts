import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/reports/collectors/$actor',
  title: 'Contacts of a collector',
  places: ['console'],
  roles: ['finance', 'receivables', 'admin'],
  view: () => import('./view.tsx'),
});
