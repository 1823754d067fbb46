import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/returns/$id',
  title: 'Return',
  places: ['console'],
  view: () => import('./view.tsx'),
});
