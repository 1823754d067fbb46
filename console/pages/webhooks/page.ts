import { Webhook } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/webhooks',
  title: 'Webhooks',
  places: ['console'],
  roles: ['admin'],
  menu: { group: 'Company', order: 55, icon: Webhook },
  view: () => import('./view.tsx'),
});
