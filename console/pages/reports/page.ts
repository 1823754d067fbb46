import { ChartLine } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/reports',
  title: 'Reports',
  places: ['console'],
  roles: ['finance', 'receivables', 'admin'],
  menu: { group: 'Report', order: 20, icon: ChartLine, key: 't' },
  view: () => import('./view.tsx'),
});
