import { Truck } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/shipping',
  title: 'Shipping plan',
  places: ['console'],
  menu: { group: 'Deliver', order: 30, icon: Truck, key: 'v' },
  view: () => import('./view.tsx'),
});
