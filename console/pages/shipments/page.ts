import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/shipments',
  title: 'Shipments',
  places: ['console'],
  view: () => import('./view.tsx'),
});
