import { FileText } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/quotes',
  title: 'Quotes',
  places: ['portal'],
  roles: ['buyer'],
  menu: { group: 'Sell', order: 20, icon: FileText, key: 'q' },
  view: () => import('./view.tsx'),
});
