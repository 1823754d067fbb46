import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/customers/$id',
  title: 'Customer',
  places: ['console'],
  view: () => import('./view.tsx'),
});
