import { type AcknowledgedGroup, readAcknowledgement } from '../../domain/edi/acknowledgement.ts';
import {
  documentFault,
  matchAddress,
  type PurchaseOrder,
  priceMinor,
  readPurchaseOrder,
  whereInPurchaseOrder,
} from '../../domain/edi/purchase-order.ts';
import {
  decodeX12,
  type EdiFault,
  type FunctionalGroup,
  type Interchange,
  readInterchange,
  type TransactionSet,
} from '../../domain/edi/x12.ts';
import { Refusal } from '../../domain/failures.ts';
import { type DocumentFault, printable } from '../../domain/order-document.ts';
import { only, type Transaction } from '../client.ts';
import { hasMailAddress } from '../queries/customers.ts';
import { readInterchangeOutcome, type TakenInterchange } from '../queries/edi.ts';
import { record, system } from '../statements/audit.ts';
import { lockPartner, type TradingPartner } from '../statements/edi.ts';
import type { OrderRequest } from '../statements/order-intake.ts';
import type { Address } from '../statements/orders.ts';
import { enqueue } from '../statements/outbox.ts';
import { finishTasks, openTask } from '../statements/tasks.ts';
import { sha256, takeOrderDocument } from './take-order-document.ts';

export interface InterchangeInput {
  original: Uint8Array;
  /** Set for a customer's own key: it sends its own interchanges and no others. */
  customerId?: string | undefined;
  /** Of one that came by mail: the address that it says it is from, which must be the partner's. */
  mailFrom?: string | undefined;
  at: string;
}

/**
 * Takes in an interchange of a trading partner (O1): each 850 becomes an order through the same intake as every other channel, or a
 * task for sales with its faults by segment and element; each 997 answers a document of ours; each group of orders is owed a 997. The
 * partner and ISA13 name it: the same again changes nothing and is acknowledged again, and another content under the same number, like
 * an envelope that cannot be believed, is parked with a task and makes nothing.
 */
export async function takeInterchange(tx: Transaction, input: InterchangeInput): Promise<TakenInterchange> {
  const { original, at } = input;
  const fingerprint = sha256(original);
  const read = readInterchange(decodeX12(original));
  const partner = await lockPartner(tx, { sender: read.sender });
  if (input.customerId !== undefined && partner?.customerId !== input.customerId) {
    throw new Refusal(403, 'not-your-interchange', 'This key sends the interchanges of its own customer alone.');
  }
  const earlier = await tx.query<{ id: string; fingerprint: string; status: string }>(
    `SELECT id, fingerprint, status FROM edi_interchanges
     WHERE fingerprint = $1 OR sender = $2 AND control_number = $3 AND status = 'taken' ORDER BY status DESC`,
    [fingerprint, read.sender, read.controlNumber],
  );
  const same = earlier.rows.find((row) => row.fingerprint === fingerprint);
  if (same?.status === 'taken') {
    await acknowledgeAgain(tx, same.id);
    return { ...(await readInterchangeOutcome(tx, same.id))!, isNew: false };
  }
  const taken = earlier.rows.find(({ status }) => status === 'taken');
  const faults = [...read.faults.map(documentFault), ...(await faultsOfPartner(tx, read, partner, input))];
  if (taken) {
    const detail = `ISA-13 ${read.controlNumber} of ${read.sender} is ${taken.id} already, with another content.`;
    faults.push({ line: 1, field: 'ISA-13', code: 'control-number-used', detail });
  }
  if (same && faults.length > 0) return { ...(await readInterchangeOutcome(tx, same.id))!, isNew: false };

  const isTaken = partner !== undefined && faults.length === 0;
  const sender = printable(read.sender).slice(0, 20);
  const { id: interchangeId } = only(
    await tx.query<{ id: string }>(
      `INSERT INTO edi_interchanges (sender, control_number, fingerprint, original, status, customer_id, faults, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (fingerprint) DO UPDATE SET status = excluded.status, customer_id = excluded.customer_id, faults = excluded.faults
       RETURNING id`,
      [
        sender,
        printable(read.controlNumber),
        fingerprint,
        original,
        isTaken ? 'taken' : 'parked',
        partner?.customerId,
        JSON.stringify(faults),
        at,
      ],
    ),
  );
  if (isTaken) {
    for (const group of read.groups) await takeGroup(tx, { interchangeId, read, group, partner, at });
    if (same) {
      const outcome = { taken: interchangeId };
      await finishTasks(tx, { keys: [`${interchangeId}:unreadable`] }, { status: 'completed', by: system.name, outcome, at });
    }
  } else {
    await openTask(tx, {
      key: `${interchangeId}:unreadable`,
      kind: 'order-document',
      role: 'sales',
      title: `An interchange from ${sender || 'an unknown sender'} needs a person: ${faults[0]?.detail ?? ''}`.slice(0, 300),
      details: { interchangeId, sender, controlNumber: printable(read.controlNumber), faults: faults.slice(0, 100) },
      customerId: partner?.customerId,
      at,
    });
  }
  await record(tx, {
    at,
    actor: system,
    action: isTaken ? 'interchange-taken' : 'interchange-parked',
    summary: `${interchangeId} from ${sender} ${isTaken ? 'was taken in' : `waits for a person: ${faults.length} fault(s)`}`,
    customerId: partner?.customerId,
    after: { interchangeId, controlNumber: printable(read.controlNumber), faults: faults.slice(0, 100) },
  });
  return { ...(await readInterchangeOutcome(tx, interchangeId))!, isNew: true };
}

/** Why what came is not this partner's word to us, where the envelope could be read at all. */
async function faultsOfPartner(
  tx: Transaction,
  read: Interchange,
  partner: TradingPartner | undefined,
  { mailFrom }: InterchangeInput,
): Promise<DocumentFault[]> {
  const faults: DocumentFault[] = [];
  const fault = (field: string, code: string, detail: string) => faults.push({ line: 1, field, code, detail: printable(detail) });
  if (read.sender === '') return faults;
  if (!partner) {
    fault('ISA-06', 'unknown-sender', `No trading partner is called ${read.sender}.`);
    return faults;
  }
  const own = `${partner.ownQualifier}:${partner.ownInterchangeId}`;
  if (read.receiver !== own) fault('ISA-08', 'other-receiver', `It is for ${read.receiver}; this partner calls us ${own}.`);
  if (read.isTest !== partner.isTest) {
    fault(
      'ISA-15',
      'usage',
      partner.isTest ? 'The partner is set up for tests (T).' : 'The partner is set up for production (P).',
    );
  }
  for (const { senderId } of read.groups) {
    if (senderId !== partner.groupId)
      fault('GS-02', 'unknown-sender', `It is ${senderId}, and the partner’s is ${partner.groupId}.`);
  }
  if (mailFrom !== undefined && mailFrom !== partner.mailTo?.toLowerCase()) {
    const { rows } = await tx.query(`SELECT 1 FROM customers WHERE id = $1 AND ${hasMailAddress('$2')}`, [
      partner.customerId,
      mailFrom,
    ]);
    if (rows.length === 0)
      fault('sender', 'unknown-sender', `${mailFrom || 'The sender'} is no address of ${partner.customerId}.`);
  }
  return faults;
}

interface GroupInput {
  interchangeId: string;
  read: Interchange;
  group: FunctionalGroup;
  partner: TradingPartner;
  at: string;
}

async function takeGroup(tx: Transaction, input: GroupInput): Promise<void> {
  const { interchangeId, group, partner, at } = input;
  if (group.functionalId === 'FA') {
    for (const set of group.sets) await takeAcknowledgement(tx, input, set);
    return;
  }
  const sets: AcknowledgedGroup['sets'] = [];
  const buyer = only(
    await tx.query<{ currency: string; addresses: Address[] }>(
      `SELECT currency, ship_to_addresses || jsonb_build_array(billing_address) AS addresses FROM customers WHERE id = $1`,
      [partner.customerId],
    ),
  );
  for (const set of group.sets) {
    const { type, controlNumber } = set;
    const { order, faults } = readSet(group, set);
    sets.push({ type, controlNumber, faults });
    await takeOrder(tx, input, set, { order, faults: [...group.faults, ...faults], buyer });
  }
  // A group without a set is no order of anybody, and its sender hears of it by the 997 alone.
  const { functionalId, controlNumber, version, statedSets, faults } = group;
  const facts: AcknowledgedGroup = { functionalId, controlNumber, version, statedSets, faults, sets };
  const { id } = only(
    await tx.query<{ id: string }>(
      `INSERT INTO edi_documents (key, customer_id, type, about, facts, at) VALUES ($1, $2, '997', $3, $4, $5) RETURNING id`,
      [`997:${interchangeId}:${controlNumber}`, partner.customerId, interchangeId, JSON.stringify(facts), at],
    ),
  );
  await enqueue(tx, { kind: 'edi', documentId: id, round: 1 });
}

/** All that a 997 says of a set: what the envelope shows and what its own segments do. */
function readSet(group: FunctionalGroup, set: TransactionSet): { order?: PurchaseOrder | undefined; faults: EdiFault[] } {
  if (set.type !== '850') {
    const detail = `Sets of type 850 are read in groups of ${group.functionalId}.`;
    const fault: EdiFault = { code: 'set-not-supported', segment: 'ST', position: 1, element: 1, value: set.type, detail };
    return { faults: [...set.faults, fault] };
  }
  const { order, faults } = readPurchaseOrder(set);
  return { order, faults: [...set.faults, ...faults] };
}

/** One 850: what cannot be read or accepted is a task for sales, with the original. */
async function takeOrder(
  tx: Transaction,
  { interchangeId, read, group, partner, at }: GroupInput,
  set: TransactionSet,
  {
    order,
    faults,
    buyer,
  }: { order: PurchaseOrder | undefined; faults: EdiFault[]; buyer: { currency: string; addresses: Address[] } },
): Promise<void> {
  const documentFaults = faults.map(documentFault);
  const request = order && requestOf(order, buyer, documentFaults);
  await takeOrderDocument(tx, {
    channel: 'edi',
    // A number that stands there twice is told apart by where it stands.
    externalId: `${interchangeId}:${group.controlNumber}:${set.controlNumber}:${group.sets.indexOf(set) + 1}`,
    original: Buffer.from(set.text),
    sender: read.sender,
    subject: order ? `Purchase order ${order.number}` : `Set ${printable(set.controlNumber).slice(0, 20)}`,
    readFrom: `${printable(set.type).slice(0, 10)} in ${interchangeId}`,
    customerId: partner.customerId,
    faults: documentFaults,
    request,
    whereOf: (path) => whereInPurchaseOrder(path, order!),
    interchangeId,
    purchaseOrder: order,
    at,
  });
}

/** The order as intake takes it from every channel; what does not fit the customer is added to the faults. */
function requestOf(
  order: PurchaseOrder,
  buyer: { currency: string; addresses: Address[] },
  faults: DocumentFault[],
): Omit<OrderRequest, 'customerId' | 'channel'> {
  const { number, requestedOn, shipTo: named, currency = buyer.currency } = order;
  const shipTo = named && matchAddress(named, buyer.addresses);
  if (named && !shipTo) {
    const said = [named.name, named.street, named.postalCode, named.city].filter((part) => part !== '').join(', ');
    const detail = `${said} is no address of the customer.`;
    faults.push({ line: named.position, field: 'N1', code: 'unknown-address', detail: printable(detail.slice(0, 300)) });
  }
  const lines = order.lines.map(({ sku, quantity, unitPrice, position }) => {
    const expectedUnitPriceMinor = unitPrice === undefined ? undefined : priceMinor(unitPrice, currency);
    if (unitPrice !== undefined && expectedUnitPriceMinor === undefined) {
      faults.push({ line: position, field: 'PO1-04', code: 'price', detail: `${unitPrice} is no amount in ${currency}.` });
    }
    return { sku, quantity, expectedUnitPriceMinor };
  });
  return { externalReference: number, currency, requestedOn, shipTo, lines };
}

/** Another copy of each 997 goes out: whoever sends an interchange again has missed them. */
async function acknowledgeAgain(tx: Transaction, interchangeId: string): Promise<void> {
  const { rows } = await tx.query<{ id: string; round: number }>(
    `UPDATE edi_documents SET status = 'waiting', round = round + 1, sent_at = NULL
     WHERE type = '997' AND about = $1 AND status = 'sent' RETURNING id, round`,
    [interchangeId],
  );
  await enqueue(tx, ...rows.map(({ id, round }) => ({ kind: 'edi' as const, documentId: id, round })));
}

/** A partner's word on a document of ours; one that was rejected, or that we never sent, goes to a person. */
async function takeAcknowledgement(
  tx: Transaction,
  { interchangeId, group, partner, at }: GroupInput,
  set: TransactionSet,
): Promise<void> {
  const { customerId } = partner;
  const { answer, faults: own } = readAcknowledgement(set);
  const faults = [...group.faults, ...set.faults, ...own];
  const task = (key: string, title: string, details: object, orderId?: string) =>
    openTask(tx, { key, kind: 'edi-document', role: 'sales', title: title.slice(0, 300), details, customerId, orderId, at });
  const unknownKey = `${interchangeId}:${group.controlNumber}:${set.controlNumber}`;
  if (!answer || faults.length > 0 || set.type !== '997') {
    const details = { interchangeId, faults: faults.slice(0, 100).map(documentFault) };
    await task(
      unknownKey,
      `A ${printable(set.type).slice(0, 10)} of ${customerId} cannot be read: ${faults[0]?.detail ?? 'it is no 997.'}`,
      details,
    );
    return;
  }
  const { rows } = await tx.query<{ id: string; type: string; about: string; orderId: string | undefined; status: string }>(
    `UPDATE edi_documents SET status = $3, answered_at = coalesce(answered_at, $4)
     WHERE customer_id = $1 AND control_number = $2 AND type <> '997' AND status <> 'rejected'
       AND type = CASE $5 WHEN 'PR' THEN '855' WHEN 'SH' THEN '856' WHEN 'IN' THEN '810' END
     RETURNING id, type, about, order_id AS "orderId", status`,
    [customerId, answer.controlNumber, answer.accepted ? 'accepted' : 'rejected', at, answer.functionalId],
  );
  const document = rows[0];
  if (!document) {
    const known = await tx.query(
      "SELECT 1 FROM edi_documents WHERE customer_id = $1 AND control_number = $2 AND status = 'rejected'",
      [customerId, answer.controlNumber],
    );
    if (known.rows.length > 0) return;
    const title = `${customerId} answers ${answer.functionalId} ${answer.controlNumber}, which we never sent`;
    await task(unknownKey, title, { interchangeId, answer });
    return;
  }
  const { id, type, about, orderId } = document;
  const outcome = { answeredIn: interchangeId };
  await finishTasks(tx, { keys: [`${id}:unanswered`] }, { status: 'completed', by: system.name, outcome, at });
  if (!answer.accepted) {
    await task(
      `${id}:rejected`,
      `${customerId} rejects our ${type} of ${about}`,
      { documentId: id, interchangeId, notes: answer.notes },
      orderId,
    );
  }
  await record(tx, {
    at,
    actor: system,
    action: answer.accepted ? 'edi-accepted' : 'edi-rejected',
    summary: `${customerId} ${answer.accepted ? 'has taken' : 'rejects'} our ${type} of ${about} (${id})`,
    customerId,
    orderId,
    after: { documentId: id, interchangeId, notes: answer.notes },
  });
}
