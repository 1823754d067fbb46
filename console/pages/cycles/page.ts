import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/process/cycles',
  title: 'Cycles',
  places: ['console'],
  view: () => import('./view.tsx'),
});
