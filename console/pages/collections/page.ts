import { PhoneCall } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/collections',
  title: 'Collections',
  places: ['console'],
  roles: ['receivables', 'finance', 'admin'],
  menu: { group: 'Bill and collect', order: 30, icon: PhoneCall, key: 'n' },
  view: () => import('./view.tsx'),
});
