import { Factory } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/production',
  title: 'Production requests',
  places: ['console'],
  menu: { group: 'Deliver', order: 50, icon: Factory },
  view: () => import('./view.tsx'),
});
