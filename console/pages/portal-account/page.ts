import { Wallet } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/account',
  title: 'Account',
  places: ['portal'],
  roles: ['payer'],
  menu: { group: 'Bill and collect', order: 20, icon: Wallet, key: 'a' },
  view: () => import('./view.tsx'),
});
