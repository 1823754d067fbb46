import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/picking/$id',
  title: 'Work order',
  places: ['console'],
  roles: ['warehouse', 'shipping', 'admin'],
  view: () => import('./view.tsx'),
});
