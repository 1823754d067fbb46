import { HandCoins } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/carrier-claims',
  title: 'Carrier claims',
  places: ['console'],
  roles: ['shipping', 'receivables', 'finance', 'admin'],
  menu: { group: 'Deliver', order: 60, icon: HandCoins },
  view: () => import('./view.tsx'),
});
