import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/',
  title: 'First page',
  places: ['portal'],
  view: () => import('./view.tsx'),
});
