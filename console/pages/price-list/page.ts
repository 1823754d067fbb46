import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/price-lists/$id',
  title: 'Price list',
  places: ['console'],
  view: () => import('./view.tsx'),
});
