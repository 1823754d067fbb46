import { BookOpen } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/ledger',
  title: 'Ledger',
  places: ['console'],
  roles: ['finance', 'receivables', 'admin'],
  menu: { group: 'Report', order: 30, icon: BookOpen, key: 'l' },
  view: () => import('./view.tsx'),
});
