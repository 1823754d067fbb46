import { Activity } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/operations',
  title: 'Operations',
  places: ['console'],
  roles: ['admin'],
  menu: { group: 'Company', order: 18, icon: Activity },
  view: () => import('./view.tsx'),
});
