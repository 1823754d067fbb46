import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/production/$id',
  title: 'Production request',
  places: ['console'],
  view: () => import('./view.tsx'),
});
