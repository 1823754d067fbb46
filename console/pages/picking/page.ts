import { ScanBarcode } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/picking',
  title: 'Pick and pack',
  places: ['console'],
  roles: ['warehouse', 'shipping', 'admin'],
  menu: { group: 'Deliver', order: 20, icon: ScanBarcode, key: 'w' },
  view: () => import('./view.tsx'),
});
