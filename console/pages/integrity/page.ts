import { ShieldCheck } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/integrity',
  title: 'Integrity',
  places: ['console'],
  roles: ['finance', 'admin'],
  menu: { group: 'Company', order: 20, icon: ShieldCheck },
  view: () => import('./view.tsx'),
});
