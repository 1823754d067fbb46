import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/order-documents/$id',
  title: 'Order document',
  places: ['console'],
  roles: ['sales', 'admin'],
  view: () => import('./view.tsx'),
});
