import { Gauge } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/carrier-audits',
  title: 'Carrier audits',
  places: ['console'],
  roles: ['shipping', 'sales', 'finance', 'admin'],
  menu: { group: 'Deliver', order: 70, icon: Gauge },
  view: () => import('./view.tsx'),
});
