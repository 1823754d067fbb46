import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/stock/$sku/$warehouseId',
  title: 'Stock of a product',
  places: ['console'],
  view: () => import('./view.tsx'),
});
