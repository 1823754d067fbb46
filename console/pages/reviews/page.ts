import { ClipboardList } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/reviews',
  title: 'Reviews',
  places: ['console'],
  roles: ['receivables', 'finance', 'admin'],
  menu: { group: 'Bill and collect', order: 50, icon: ClipboardList },
  view: () => import('./view.tsx'),
});
