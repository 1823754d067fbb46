import { Users } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/customers',
  title: 'Customers',
  places: ['console'],
  menu: { group: 'Sell', order: 30, icon: Users, key: 'c' },
  view: () => import('./view.tsx'),
});
