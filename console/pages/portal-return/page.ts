import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/returns/$id',
  title: 'Return',
  places: ['portal'],
  view: () => import('./view.tsx'),
});
