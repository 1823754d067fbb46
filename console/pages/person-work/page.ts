import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/process/people/$actor',
  title: 'Work of a person',
  places: ['console'],
  roles: ['finance', 'admin'],
  view: () => import('./view.tsx'),
});
