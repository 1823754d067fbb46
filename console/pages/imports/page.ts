import { FileUp } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/imports',
  title: 'Imports',
  places: ['console'],
  roles: ['sales', 'finance', 'receivables', 'warehouse', 'admin'],
  menu: { group: 'Company', order: 60, icon: FileUp },
  view: () => import('./view.tsx'),
});
