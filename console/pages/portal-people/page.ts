import { UsersRound } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/people',
  title: 'Colleagues',
  places: ['portal'],
  roles: ['customer-admin'],
  menu: { group: 'Company', order: 10, icon: UsersRound, key: 'p' },
  view: () => import('./view.tsx'),
});
