import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/reviews/provisions',
  title: 'Provisions set by hand',
  places: ['console'],
  roles: ['receivables', 'finance', 'admin'],
  view: () => import('./view.tsx'),
});
