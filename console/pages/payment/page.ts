import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/payments/$id',
  title: 'Payment',
  places: ['console'],
  view: () => import('./view.tsx'),
});
