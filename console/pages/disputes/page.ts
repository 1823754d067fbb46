import { Scale } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/disputes',
  title: 'Disputes',
  places: ['console'],
  roles: ['receivables', 'finance', 'admin'],
  menu: { group: 'Bill and collect', order: 40, icon: Scale, key: 'd' },
  view: () => import('./view.tsx'),
});
