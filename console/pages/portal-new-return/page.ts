import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/returns/new',
  title: 'Return goods',
  places: ['portal'],
  view: () => import('./view.tsx'),
});
