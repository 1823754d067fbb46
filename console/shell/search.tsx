import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { FileText, Package, ReceiptText, Search as SearchIcon, Truck, UserRound, Wallet } from 'lucide-react';
import { useState } from 'react';
import { api, ask, type Schema } from '../api/client.ts';
import { type Page, pageAt } from '../page.ts';

export const openSearch = spotlight.open;

type Found = Schema<'SearchResult'>;

const icons: Record<Found['kind'], typeof FileText> = {
  order: Package,
  invoice: ReceiptText,
  customer: UserRound,
  payment: Wallet,
  product: FileText,
  shipment: Truck,
};

/** Where a record is shown, the best first; a kind whose page is not there opens nothing, and so is not offered. */
const addressesOf = ({ kind, id, orderId }: Found): string[] =>
  ({
    order: [`/orders/${id}`],
    // The portal shows a shipment within its order.
    shipment: [`/shipments/${id}`, ...(orderId ? [`/orders/${orderId}`] : [])],
    invoice: [`/invoices/${id}`],
    customer: [`/customers/${id}`],
    // Its own payments a customer finds on its account, and products where it orders them.
    payment: [`/payments/${id}`, '/account'],
    product: [`/products/${encodeURIComponent(id)}`, `/new-order?q=${encodeURIComponent(id)}`],
  })[kind];

/** `/` or ⌘K: pages by name at once, records by number, name, reference or amount as they are found. */
export function Search({ pages }: { pages: readonly Page[] }) {
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 150);
  const found = useQuery({
    queryKey: ['search', asked],
    queryFn: () => ask(api.GET('/v1/search', { params: { query: { q: asked } } })),
    enabled: asked.length >= 2,
    placeholderData: keepPreviousData,
  });
  const records = asked.length < 2 ? [] : (found.data?.items ?? []);
  const offered = records.flatMap((record) => {
    const address = addressesOf(record).find((candidate) => pageAt(candidate, pages));
    return address === undefined ? [] : [{ ...record, address }];
  });
  const named = pages.filter(({ menu, title }) => menu && title.toLowerCase().includes(text.trim().toLowerCase()));
  return (
    <Spotlight.Root query={text} onQueryChange={setText} shortcut={null} scrollable maxHeight={420}>
      <Spotlight.Search
        placeholder="An order, invoice, customer, tracking number, amount…"
        aria-label="Find anything"
        leftSection={<SearchIcon size={16} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {offered.map(({ kind, id, title, detail, address }) => {
          const Icon = icons[kind];
          return (
            <Spotlight.Action
              key={`${kind} ${id}`}
              label={title}
              description={detail}
              leftSection={<Icon size={17} aria-hidden />}
              onClick={() => void navigate({ to: address })}
            />
          );
        })}
        {named.map(({ path, title, menu }) => (
          <Spotlight.Action
            key={path}
            label={title}
            leftSection={menu && <menu.icon size={17} aria-hidden />}
            onClick={() => void navigate({ to: path })}
          />
        ))}
        {offered.length === 0 && named.length === 0 && (
          <Spotlight.Empty>
            {found.isFetching
              ? 'Looking…'
              : found.isError
                ? 'No answer came: records could not be searched.'
                : 'Nothing was found. Numbers, names, your own references and whole amounts (1250.00) are known.'}
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
