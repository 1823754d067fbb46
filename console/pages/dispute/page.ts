import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/disputes/$id',
  title: 'Dispute',
  places: ['console'],
  roles: ['receivables', 'finance', 'admin'],
  view: () => import('./view.tsx'),
});
