import { FileText } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/quotes',
  title: 'Quotes',
  places: ['console'],
  roles: ['sales', 'admin'],
  menu: { group: 'Sell', order: 7, icon: FileText, key: 'q' },
  view: () => import('./view.tsx'),
});
