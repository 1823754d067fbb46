import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/reviews/$id',
  title: 'Review',
  places: ['console'],
  roles: ['receivables', 'finance', 'admin'],
  view: () => import('./view.tsx'),
});
