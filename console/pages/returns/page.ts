import { Undo2 } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/returns',
  title: 'Returns',
  places: ['console'],
  menu: { group: 'Deliver', order: 40, icon: Undo2, key: 'r' },
  view: () => import('./view.tsx'),
});
