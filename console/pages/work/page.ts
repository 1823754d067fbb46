import { Inbox } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/',
  title: 'Home',
  places: ['console'],
  menu: { group: 'Work', order: 0, icon: Inbox, key: 'h' },
  view: () => import('./view.tsx'),
});
