import { BadgeEuro } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/credit',
  title: 'Credit application',
  places: ['portal'],
  roles: ['payer'],
  menu: { group: 'Bill and collect', order: 30, icon: BadgeEuro, key: 'c' },
  view: () => import('./view.tsx'),
});
