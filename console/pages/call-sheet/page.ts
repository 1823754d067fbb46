import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/collections/$id',
  title: 'Call sheet',
  places: ['console'],
  roles: ['receivables', 'finance', 'admin'],
  view: () => import('./view.tsx'),
});
