import { House } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/',
  title: 'Home',
  places: ['portal'],
  menu: { group: 'Work', order: 10, icon: House, key: 'h' },
  view: () => import('./view.tsx'),
});
