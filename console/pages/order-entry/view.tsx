import { Button, Checkbox, Grid, Group, SegmentedControl, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useMemo, useState } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { AddressFields, addressText } from '../../form/address-fields.tsx';
import { CommandButton } from '../../form/command-button.tsx';
import { faultsAt } from '../../form/faults.ts';
import { NoteField } from '../../form/fields.tsx';
import { Refused } from '../../form/refused.tsx';
import { useAccount } from '../../parts/credit.tsx';
import { NotRead, Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { useToday } from '../../show/moment.tsx';
import { Money, moneyText } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { useFilters } from '../../table/filters.ts';
import { CustomerChoice, Standing } from './customer.tsx';
import { type EntryLine, emptyLine, Lines } from './lines.tsx';

type Address = Schema<'Address'>;
type OrderRequest = Schema<'OrderRequest'>;

const nowhere: Address = { name: '', street: '', postalCode: '', city: '', country: '' };
const usual = 'usual';
const another = 'another';
const quoteDays = 14;

/**
 * An order that somebody tells a person, on the phone or at the counter (O1), or the draft that the address names, with its
 * open quote.
 */
export default function OrderEntryPage() {
  const [{ draft: id = '', document: documentId = '' }] = useFilters();
  const document = useQuery({
    queryKey: ['order-documents', 'one', documentId],
    queryFn: () => ask(api.GET('/v1/order-documents/{id}', { params: { path: { id: documentId } } })),
    enabled: documentId !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });
  const kept = useQuery({
    queryKey: ['drafts', 'one', id],
    queryFn: () => ask(api.GET('/v1/drafts/{id}', { params: { path: { id } } })),
    enabled: id !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });
  const quotes = useQuery({
    queryKey: ['quotes', 'of draft', id],
    queryFn: () => ask(api.GET('/v1/quotes', { params: { query: { draftId: id, status: 'sent', limit: 1 } } })),
    enabled: id !== '',
  });
  if (documentId !== '' && !document.isSuccess) return <Unanswered query={document} height={320} />;
  if (id === '') return <Entry key={documentId} document={document.data} />;
  if (!kept.isSuccess) return <Unanswered query={kept} height={320} />;
  if (!quotes.isSuccess) return <Unanswered query={quotes} height={320} />;
  return <Entry key={id} kept={kept.data} openQuote={quotes.data.items[0]?.id} document={document.data} />;
}

/** Priced while it is told, then a draft, a quote, or placed. */
function Entry({
  kept,
  openQuote,
  document,
}: {
  kept?: Schema<'Draft'>;
  openQuote?: string | undefined;
  /** What it is entered for: a mail or an 850 that could not be taken as it came. */
  document?: Schema<'ReadOrderDocument'> | undefined;
}) {
  const [search, setSearch] = useFilters();
  const quoteUntil = useToday(quoteDays);
  const navigate = useNavigate();
  // Under the channel that it came by its reference is taken once.
  const isOfMail = document?.channel === 'email';
  const customerId = search.customer ?? kept?.customerId ?? document?.customerId ?? '';
  const [channel, setChannel] = useState<NonNullable<OrderRequest['channel']>>(
    kept?.order.channel ?? (isOfMail ? 'email' : 'phone'),
  );
  const [reference, setReference] = useState(kept?.order.externalReference ?? document?.order.externalReference ?? '');
  const [requestedOn, setRequestedOn] = useState(kept?.order.requestedOn ?? document?.order.requestedOn ?? '');
  const [prepayment, setPrepayment] = useState(kept?.order.prepayment ?? false);
  const [note, setNote] = useState(kept?.note ?? '');
  const [validUntil, setValidUntil] = useState(kept?.validUntil ?? quoteUntil);
  const [lines, setLines] = useState<readonly EntryLine[]>(() => {
    const known = kept?.order.lines ?? document?.order.lines ?? [];
    return known.length === 0 ? [emptyLine(1)] : known.map(({ sku, quantity }, index) => ({ key: index + 1, sku, quantity }));
  });
  const [where, setWhere] = useState(kept?.order.shipTo ? another : usual);
  const [address, setAddress] = useState<Address>(kept?.order.shipTo ?? nowhere);
  const [draft, setDraft] = useState<{ id: string; of?: string } | undefined>(kept && { id: kept.id });
  const [quote, setQuote] = useState(
    kept && openQuote !== undefined ? { id: openQuote, customerId: kept.customerId } : undefined,
  );
  // The address may name another customer by now.
  const quoteId = quote?.customerId === customerId ? quote.id : undefined;

  const customer = useQuery({
    queryKey: ['customer', customerId],
    queryFn: () => ask(api.GET('/v1/customers/{id}', { params: { path: { id: customerId } } })),
    enabled: customerId !== '',
  });
  const account = useAccount(customerId);
  const currency = customer.data?.currency ?? '';

  const order = useMemo((): OrderRequest => {
    const shipTo = where === another ? address : customer.data?.shipToAddresses[Number(where)];
    return {
      customerId,
      channel,
      currency,
      ...(reference !== '' && { externalReference: reference }),
      ...(requestedOn !== '' && { requestedOn }),
      ...(prepayment && { prepayment }),
      // What a draft may say and nobody is asked for here.
      ...(kept?.order.deliveryTerms && { deliveryTerms: kept.order.deliveryTerms }),
      ...(kept?.order.dunningPolicy && { dunningPolicy: kept.order.dunningPolicy }),
      ...(where !== usual && shipTo && { shipTo }),
      // A line that is still empty is none; the fault of an order without lines says so.
      lines: lines.flatMap(({ sku, quantity }) => (sku === '' ? [] : [{ sku, quantity }])),
    };
  }, [customerId, channel, currency, reference, requestedOn, prepayment, where, address, customer.data, lines, kept]);
  const [settled] = useDebouncedValue(order, 300);
  const priced = useQuery({
    queryKey: ['order price', settled],
    queryFn: () => ask(api.POST('/v1/order-prices', { body: settled })),
    enabled: settled.currency !== '' && settled.lines.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  });

  const details = { order, validUntil, ...(note !== '' && { note }) };
  /** The draft as it stands now, saved once: a quote and a placed draft come from one. */
  const saveDraft = async (key: string) => {
    const of = JSON.stringify(details);
    if (draft?.of === of) return draft.id;
    const saved = draft
      ? await ask(api.PUT('/v1/drafts/{id}', { params: { path: { id: draft.id } }, body: details }))
      : await ask(api.POST('/v1/drafts', { params: { header: { 'Idempotency-Key': key } }, body: details }));
    setDraft({ id: saved.id, of });
    return saved.id;
  };
  const command = useCommand({
    send: async (how: { as: 'draft' | 'quote' | 'order'; details: typeof details; draft: string | undefined }, key) => {
      if (how.as === 'order' && !how.draft) {
        const placed = await ask(api.POST('/v1/orders', { params: { header: { 'Idempotency-Key': key } }, body: order }));
        return { text: `${placed.id} is placed: ${moneyText(placed.grossMinor, placed.currency)}.`, orderId: placed.id };
      }
      // What was offered becomes an order by its acceptance, at the prices of the offer.
      if (how.as === 'order' && quoteId) {
        const path = { params: { path: { id: quoteId }, header: { 'Idempotency-Key': key } } };
        const accepted = await ask(api.POST('/v1/quotes/{id}/accept', path));
        return { text: `${accepted.id} is placed: ${moneyText(accepted.grossMinor, accepted.currency)}.`, orderId: accepted.id };
      }
      const id = await saveDraft(`${key}d`);
      const path = { params: { path: { id }, header: { 'Idempotency-Key': key } } };
      if (how.as === 'draft') return { text: `${id} is saved; it can be placed until ${validUntil}.` };
      if (how.as === 'quote') {
        const quote = await ask(api.POST('/v1/drafts/{id}/quote', path));
        setQuote({ id: quote.id, customerId });
        return { text: `${quote.id} is mailed: ${moneyText(quote.grossMinor, quote.currency)}, until ${quote.validUntil}.` };
      }
      const placed = await ask(api.POST('/v1/drafts/{id}/place', path));
      return { text: `${placed.id} is placed: ${moneyText(placed.grossMinor, placed.currency)}.`, orderId: placed.id };
    },
    said: ({ text }) => text,
    changes: [['orders'], ['drafts'], ['quotes'], ['account', customerId]],
  });
  const settle = useCommand({
    send: ({ id, orderId }: { id: string; orderId: string }, key) =>
      ask(
        api.POST('/v1/order-documents/{id}/enter', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
          body: { orderId },
        }),
      ),
    said: ({ id, orderId }) => `${id} was entered as ${orderId}.`,
    changes: [['order-documents'], ['tasks']],
  });
  const send = (as: 'draft' | 'quote' | 'order') =>
    command.mutate(
      { as, details, draft: draft?.id },
      {
        onSuccess({ orderId }) {
          if (!orderId) return;
          // The order stands by now: should this get no answer, the document's page names it once more.
          if (document?.actions.includes('enter')) settle.mutate({ id: document.id, orderId });
          void navigate({ to: `/orders/${orderId}` });
        },
      },
    );
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    send('order');
  };

  // What was refused last, by whichever of the two asked; a draft has the order one step further down.
  const refused = command.error ?? priced.error;
  const faultIn = faultsAt(refused);
  const faultAt = (path: string) => faultIn(path) ?? faultIn(`/order${path}`);
  const isUpToDate = settled === order && !priced.isFetching && priced.isSuccess;
  const total = isUpToDate ? priced.data : undefined;

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="md">
        <Group justify="space-between">
          <Title order={1}>Enter an order</Title>
          <Link to="/drafts">Drafts</Link>
        </Group>
        {document && (
          <Text size="sm" className="notice">
            For <Link to={`/order-documents/${document.id}`}>{document.id}</Link>
            {document.sender !== null && ` from ${document.sender}`}: {document.faults.map(({ detail }) => detail).join(' ')} What
            could be read is filled in; with the order that is placed here its task is done.
          </Text>
        )}
        <Grid gap="md">
          <Grid.Col span={{ base: 12, md: 8 }}>
            {/* What was quoted is accepted as it was quoted. */}
            <fieldset disabled={quoteId !== undefined} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
              <Stack gap="md">
                <Panel title="Who and how">
                  <Stack gap="sm">
                    <CustomerChoice id={customerId} fault={faultAt('/customerId')} change={(id) => setSearch({ customer: id })} />
                    <Group gap="sm" align="flex-start">
                      <SegmentedControl
                        mt={22}
                        aria-label="Channel"
                        data={[
                          ...(isOfMail ? [{ value: 'email', label: 'By mail' }] : []),
                          { value: 'phone', label: 'On the phone' },
                          { value: 'in-person', label: 'In person' },
                        ]}
                        value={channel}
                        onChange={(value) => setChannel(value as typeof channel)}
                        size="xs"
                      />
                      <TextInput
                        label="Customer’s reference"
                        value={reference}
                        onChange={(event) => setReference(event.currentTarget.value)}
                        maxLength={100}
                        error={faultAt('/externalReference')}
                      />
                      <TextInput
                        type="date"
                        label="Requested on"
                        value={requestedOn}
                        onChange={(event) => setRequestedOn(event.currentTarget.value)}
                        error={faultAt('/requestedOn')}
                      />
                    </Group>
                    <Checkbox
                      label="Paid in advance, against a pro-forma"
                      checked={prepayment}
                      onChange={(event) => setPrepayment(event.currentTarget.checked)}
                      error={faultAt('/prepayment')}
                    />
                  </Stack>
                </Panel>
                <Lines
                  customerId={customerId}
                  currency={currency}
                  lines={lines}
                  setLines={setLines}
                  priced={total}
                  faultAt={faultAt}
                />
                <Panel title="Ship to">
                  <Stack gap="sm">
                    <Select
                      aria-label="Ship to"
                      data={[
                        { value: usual, label: 'The usual address' },
                        ...(customer.data?.shipToAddresses ?? []).map((place, index) => ({
                          value: String(index),
                          label: addressText(place),
                        })),
                        { value: another, label: 'Another address' },
                      ]}
                      value={where}
                      onChange={(value) => setWhere(value ?? usual)}
                      allowDeselect={false}
                      error={where === another ? undefined : faultAt('/shipTo')}
                    />
                    {where === another && (
                      <AddressFields
                        defaultValue={address}
                        onChange={(changed) => setAddress((before) => ({ ...before, ...changed }))}
                        faultAt={faultAt}
                      />
                    )}
                  </Stack>
                </Panel>
              </Stack>
            </fieldset>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 4 }}>
            <Stack gap="md">
              {account.data && <Standing account={account.data} />}
              <NotRead query={account} title="Credit" />
              <Panel title="Total">
                <dl className="facts">
                  <dt>Net</dt>
                  <dd>{total ? <Money minor={total.netMinor} currency={currency} /> : '–'}</dd>
                  <dt>Tax</dt>
                  <dd>{total ? <Money minor={total.taxMinor} currency={currency} /> : '–'}</dd>
                  <dt>
                    <b>Total</b>
                  </dt>
                  <dd>{total ? <Money minor={total.grossMinor} currency={currency} /> : '–'}</dd>
                </dl>
                <Stack gap="sm" mt="sm">
                  <Refused error={refused} role="status" />
                  <Button type="submit" loading={command.isPending}>
                    {quoteId
                      ? `Accept ${quoteId} for the customer`
                      : total
                        ? `Place order for ${moneyText(total.grossMinor, currency)}`
                        : 'Place order'}
                  </Button>
                  {quoteId ? (
                    <CommandButton
                      label="Take the quote back and change it"
                      title={`Take back ${quoteId}`}
                      danger
                      changes={[['drafts'], ['quotes']]}
                      send={async (form, key) => {
                        const path = { path: { id: quoteId }, header: { 'Idempotency-Key': key } };
                        await ask(api.POST('/v1/quotes/{id}/decline', { params: path, body: { reason: form('reason') } }));
                        return `${quoteId} is declined.`;
                      }}
                      done={() => setQuote(undefined)}
                    >
                      {(fault) => <NoteField error={fault('/reason')} />}
                    </CommandButton>
                  ) : (
                    <>
                      <TextInput
                        type="date"
                        label="Draft and quote hold until"
                        value={validUntil}
                        onChange={(event) => setValidUntil(event.currentTarget.value)}
                        error={faultIn('/validUntil')}
                      />
                      <TextInput
                        label="Note on the draft"
                        value={note}
                        onChange={(event) => setNote(event.currentTarget.value)}
                        maxLength={1_000}
                        error={faultIn('/note')}
                      />
                      <Group gap="xs">
                        <Button variant="default" size="compact-sm" loading={command.isPending} onClick={() => send('draft')}>
                          {draft ? `Save ${draft.id}` : 'Save as draft'}
                        </Button>
                        <Button variant="default" size="compact-sm" loading={command.isPending} onClick={() => send('quote')}>
                          Mail a quote
                        </Button>
                      </Group>
                      {draft && (
                        <Text size="sm" c="dimmed">
                          <Identifier id={draft.id} /> promises neither price nor stock until it is quoted.
                        </Text>
                      )}
                    </>
                  )}
                </Stack>
              </Panel>
            </Stack>
          </Grid.Col>
        </Grid>
      </Stack>
    </form>
  );
}
