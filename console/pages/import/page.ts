import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/imports/$id',
  title: 'Import',
  places: ['console'],
  view: () => import('./view.tsx'),
});
