import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/drafts',
  title: 'Drafts',
  places: ['console'],
  roles: ['sales', 'admin'],
  view: () => import('./view.tsx'),
});
