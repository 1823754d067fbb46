import { FileInput } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/order-documents',
  title: 'Order documents',
  places: ['console'],
  roles: ['sales', 'admin'],
  menu: { group: 'Sell', order: 25, icon: FileInput },
  view: () => import('./view.tsx'),
});
