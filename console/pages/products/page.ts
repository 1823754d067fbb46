import { Tag } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/products',
  title: 'Products',
  places: ['console'],
  menu: { group: 'Sell', order: 60, icon: Tag },
  view: () => import('./view.tsx'),
});
