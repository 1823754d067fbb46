import { ArrowLeftRight } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/edi',
  title: 'EDI',
  places: ['console'],
  roles: ['sales', 'admin'],
  menu: { group: 'Sell', order: 80, icon: ArrowLeftRight },
  view: () => import('./view.tsx'),
});
