import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/returns/new',
  title: 'Return goods',
  places: ['portal'],
  roles: ['buyer'],
  view: () => import('./view.tsx'),
});
