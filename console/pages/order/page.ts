import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/orders/$id',
  title: 'Order',
  places: ['console'],
  view: () => import('./view.tsx'),
});
