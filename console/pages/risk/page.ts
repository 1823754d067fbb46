import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/credit/risk',
  title: 'Risk of late payment',
  places: ['console'],
  roles: ['credit', 'receivables', 'finance', 'admin'],
  view: () => import('./view.tsx'),
});
