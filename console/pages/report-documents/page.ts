import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/reports/documents/$part',
  title: 'Documents of a measure',
  places: ['console'],
  roles: ['finance', 'receivables', 'admin'],
  view: () => import('./view.tsx'),
});
