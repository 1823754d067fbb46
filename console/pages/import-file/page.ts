import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/imports/new',
  title: 'Import a file',
  places: ['console'],
  view: () => import('./view.tsx'),
});
