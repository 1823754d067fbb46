import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/quotes/$id',
  title: 'Quote',
  places: ['console'],
  roles: ['sales', 'admin'],
  view: () => import('./view.tsx'),
});
