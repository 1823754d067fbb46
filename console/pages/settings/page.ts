import { Settings } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/settings',
  title: 'People and keys',
  places: ['console'],
  roles: ['admin'],
  menu: { group: 'Company', order: 50, icon: Settings },
  view: () => import('./view.tsx'),
});
