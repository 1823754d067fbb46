import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/security',
  title: 'Password and sign-in',
  places: ['console', 'portal'],
  view: () => import('./view.tsx'),
});
