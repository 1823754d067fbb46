import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/credit/$id',
  title: 'Credit decision',
  places: ['console'],
  roles: ['credit', 'finance', 'admin'],
  view: () => import('./view.tsx'),
});
