import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/invoices/$id',
  title: 'Invoice',
  places: ['console'],
  roles: ['receivables', 'finance', 'admin'],
  view: () => import('./view.tsx'),
});
