import { Landmark } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/cash',
  title: 'Cash desk',
  places: ['console'],
  roles: ['receivables', 'finance', 'admin'],
  menu: { group: 'Bill and collect', order: 20, icon: Landmark, key: 'b' },
  view: () => import('./view.tsx'),
});
