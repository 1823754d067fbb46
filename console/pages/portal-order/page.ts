import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/orders/$id',
  title: 'Order',
  places: ['portal'],
  view: () => import('./view.tsx'),
});
