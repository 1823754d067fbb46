import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/invoices/runs',
  title: 'Bill a period',
  places: ['console'],
  roles: ['receivables', 'finance', 'admin'],
  view: () => import('./view.tsx'),
});
