import { useSessionStorage } from '@mantine/hooks';

export interface Wanted {
  sku: string;
  name: string;
  quantity: number;
}

/** What somebody is about to order; it outlives a look at another page. */
export const useBasket = () => useSessionStorage<Wanted[]>({ key: 'basket', defaultValue: [] });
