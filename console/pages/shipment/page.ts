import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/shipments/$id',
  title: 'Shipment',
  places: ['console'],
  view: () => import('./view.tsx'),
});
