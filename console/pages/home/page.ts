import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/',
  title: 'First page',
  places: ['console', 'portal'],
  view: () => import('./view.tsx'),
});
