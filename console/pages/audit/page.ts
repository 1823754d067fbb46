import { ScrollText } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/audit',
  title: 'Audit log',
  places: ['console'],
  roles: ['finance', 'admin'],
  menu: { group: 'Company', order: 30, icon: ScrollText },
  view: () => import('./view.tsx'),
});
