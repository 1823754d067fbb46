import { PhoneIncoming } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/order-entry',
  title: 'Enter an order',
  places: ['console'],
  roles: ['sales', 'admin'],
  menu: { group: 'Sell', order: 5, icon: PhoneIncoming, key: 'e' },
  view: () => import('./view.tsx'),
});
