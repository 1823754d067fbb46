import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/process/$stage',
  title: 'Stage',
  places: ['console'],
  view: () => import('./view.tsx'),
});
