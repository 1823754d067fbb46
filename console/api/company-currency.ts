import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from './client.ts';

/** The currency of the books, in which goods are valued; undefined until it is known. */
export function useCompanyCurrency(): string | undefined {
  const { data } = useQuery({ queryKey: ['company'], queryFn: () => ask(api.GET('/v1/company')), staleTime: 600_000 });
  return data?.currency;
}

/** The currency of a form: that of the books until somebody writes another. */
export function useCurrencyOfForm(): [string, (currency: string) => void] {
  const ofBooks = useCompanyCurrency();
  const [written, write] = useState<string>();
  return [written ?? ofBooks ?? '', write];
}
