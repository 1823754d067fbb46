import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/process/people',
  title: 'Time by person',
  places: ['console'],
  roles: ['finance', 'admin'],
  view: () => import('./view.tsx'),
});
