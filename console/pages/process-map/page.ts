import { Workflow } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/process',
  title: 'Process map',
  places: ['console'],
  menu: { group: 'Report', order: 10, icon: Workflow, key: 'm' },
  view: () => import('./view.tsx'),
});
