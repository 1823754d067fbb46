import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/mailbox/$id',
  title: 'Mail',
  places: ['console'],
  view: () => import('./view.tsx'),
});
