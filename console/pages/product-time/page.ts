import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/process/products',
  title: 'Time by product',
  places: ['console'],
  view: () => import('./view.tsx'),
});
