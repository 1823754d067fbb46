import { Package } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/orders',
  title: 'Orders',
  places: ['console', 'portal'],
  menu: { group: 'Sell', order: 10, icon: Package, key: 'o' },
  view: () => import('./view.tsx'),
});
