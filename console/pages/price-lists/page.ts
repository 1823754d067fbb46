import { Tags } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/price-lists',
  title: 'Price lists',
  places: ['console'],
  menu: { group: 'Sell', order: 70, icon: Tags },
  view: () => import('./view.tsx'),
});
