import { ShoppingCart } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/new-order',
  title: 'Place an order',
  places: ['portal'],
  roles: ['buyer'],
  menu: { group: 'Sell', order: 5, icon: ShoppingCart, key: 'n' },
  view: () => import('./view.tsx'),
});
