import { PageTabs } from '../show/page-tabs.tsx';

const tabs = [
  { to: '/shipping', title: 'Shipping plan' },
  { to: '/shipping/warehouses', title: 'Warehouses and pickups' },
];

export function ShippingTabs() {
  return <PageTabs label="Shipping" tabs={tabs} />;
}
