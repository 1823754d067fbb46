import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/',
  title: 'First page',
  places: ['console'],
  view: () => import('./view.tsx'),
});
