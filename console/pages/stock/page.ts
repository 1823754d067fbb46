import { Boxes } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/stock',
  title: 'Stock',
  places: ['console'],
  menu: { group: 'Deliver', order: 10, icon: Boxes, key: 's' },
  view: () => import('./view.tsx'),
});
