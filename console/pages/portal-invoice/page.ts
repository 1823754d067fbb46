import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/invoices/$id',
  title: 'Invoice',
  places: ['portal'],
  view: () => import('./view.tsx'),
});
