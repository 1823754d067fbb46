import { Mail } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/mailbox',
  title: 'Mailbox',
  places: ['console'],
  menu: { group: 'Company', order: 40, icon: Mail },
  view: () => import('./view.tsx'),
});
