import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/orders/$id',
  title: 'Order',
  places: ['console', 'portal'],
  view: () => import('./view.tsx'),
});
