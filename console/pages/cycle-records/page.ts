import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/process/cycles/$cycle',
  title: 'Records of a cycle',
  places: ['console'],
  view: () => import('./view.tsx'),
});
