import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/process/effects',
  title: 'Stage effects',
  places: ['console'],
  view: () => import('./view.tsx'),
});
