import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/invoices/$id',
  title: 'Invoice',
  places: ['portal'],
  roles: ['payer'],
  view: () => import('./view.tsx'),
});
