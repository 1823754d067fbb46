import { useMemo } from 'react';
import { isFor, pageAt, pages } from '../page.ts';
import { useSession } from './session.tsx';

/** Whether who has signed in has the page of an address: gives the address, or undefined where a link would lead nowhere. */
export function useReach(): (address: string) => string | undefined {
  const { me, place } = useSession();
  return useMemo(() => {
    const own = pages.filter((page) => isFor(page, place, me.roles));
    return (address) => (pageAt(address, own) ? address : undefined);
  }, [me.roles, place]);
}
