import { useSessionStorage } from '@mantine/hooks';
import { useCustomerId } from '../session/customer.ts';

export interface Wanted {
  sku: string;
  name: string;
  quantity: number;
}

/** What somebody is about to order for a customer; it outlives a look at another page, and ends when they sign out. */
export const useBasket = () => useSessionStorage<Wanted[]>({ key: `basket ${useCustomerId()}`, defaultValue: [] });
