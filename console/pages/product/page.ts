import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/products/$sku',
  title: 'Product',
  places: ['console'],
  view: () => import('./view.tsx'),
});
