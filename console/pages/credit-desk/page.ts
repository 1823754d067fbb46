import { Scale } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/credit',
  title: 'Credit desk',
  places: ['console'],
  roles: ['credit', 'finance', 'admin'],
  menu: { group: 'Sell', order: 20, icon: Scale, key: 'k' },
  view: () => import('./view.tsx'),
});
