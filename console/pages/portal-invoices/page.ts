import { ReceiptText } from 'lucide-react';
import { definePage } from '../../page.ts';

export const page = definePage({
  path: '/invoices',
  title: 'Invoices',
  places: ['portal'],
  roles: ['payer'],
  menu: { group: 'Bill and collect', order: 10, icon: ReceiptText, key: 'i' },
  view: () => import('./view.tsx'),
});
