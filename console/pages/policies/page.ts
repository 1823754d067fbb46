import { ScrollText } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/policies',
  title: 'Policies',
  places: ['console'],
  menu: { group: 'Company', order: 10, icon: ScrollText, key: 'p' },
  view: () => import('./view.tsx'),
});
