import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/shipping/warehouses',
  title: 'Warehouses and pickups',
  places: ['console'],
  view: () => import('./view.tsx'),
});
