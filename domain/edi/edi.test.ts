import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedText } from '../../tests/changed-text.ts';
import type { EInvoice } from '../e-invoice.ts';
import { acknowledgeGroup, readAcknowledgement } from './acknowledgement.ts';
import { invoiceSet } from './invoice.ts';
import { acknowledgeOrder } from './order-acknowledgement.ts';
import { documentFault, matchAddress, type PurchaseOrder, priceMinor, readPurchaseOrder } from './purchase-order.ts';
import { noticeOfShipment } from './ship-notice.ts';
import {
  decodeX12,
  type EdiFault,
  type Envelope,
  elementCodes,
  type OutgoingSet,
  readInterchange,
  segmentCodes,
  writeInterchange,
} from './x12.ts';

const example = readFileSync(new URL('../../examples/edi/purchase-order.edi', import.meta.url), 'utf8');

/** What the one 850 of an interchange becomes, or its faults as people read them. */
function read(text: string): { order?: PurchaseOrder; faults: string[] } {
  const interchange = readInterchange(text);
  const [group] = interchange.groups;
  const [set] = group?.sets ?? [];
  const outer = [...interchange.faults, ...(group?.faults ?? []), ...(set?.faults ?? [])];
  const inner = set ? readPurchaseOrder(set) : { faults: [] };
  const faults = [...outer, ...inner.faults].map(documentFault).map(({ line, field, code }) => `${line} ${field} ${code}`);
  return faults.length > 0 ? { faults } : { order: inner.order!, faults };
}

/** The example with other segments in place of one of them, counted anew. */
function withSegments(tag: string, ...segments: string[]): string {
  const lines = example.trim().split('\n');
  const at = lines.findIndex((line) => line.startsWith(tag));
  const changed = lines.toSpliced(at, 1, ...segments.map((segment) => `${segment}~`));
  return changed.map((line) => (line.startsWith('SE*') ? `SE*${changed.length - 4}*0001~` : line)).join('\n');
}

describe('850', () => {
  it('O1: a purchase order is read with its number, dates, place, currency, prices and SKUs', () => {
    const { order, faults } = read(example);
    expect(faults).toEqual([]);
    expect(order).toMatchObject({ number: 'SE-90051', date: '2026-11-23', currency: 'EUR', requestedOn: '2030-12-02' });
    expect(order!.shipTo).toMatchObject({ street: 'Am Wasserturm 1', postalCode: '01067', city: 'Dresden', country: 'DE' });
    expect(order!.lines).toMatchObject([
      { lineId: '1', sku: 'DESK-SIT-STAND', quantity: 2, unit: 'EA', unitPrice: '615.00', position: 11, skuElement: 9 },
      { lineId: '2', sku: 'CHAIR-TASK-MESH', quantity: 4, unitPrice: '279.00', position: 13 },
    ]);
  });

  it('O1: delimiters are those of the ISA, versions 004010 and 005010 are read, and line breaks are for people', () => {
    const others = example.replaceAll('\n', '').replaceAll('*', '|').replaceAll('~', '\n').replaceAll('>', ':');
    expect(read(others).order).toEqual(read(example).order);
    const five = example.replace('*U*00401*', '*^*00501*').replace('X*004010', 'X*005010');
    expect(read(five).order).toEqual(read(example).order);
    expect(read(`\ufeff\r\n${example.replaceAll('\n', '\r\n')}`).order).toEqual(read(example).order);
    expect(decodeX12(Buffer.from('Stra\u00dfe', 'latin1'))).toBe('Straße');
    expect(read(decodeX12(Buffer.from(example.replace('SE-9', 'SE\u00009')))).faults).toEqual(['2 BEG-03 invalid-character']);
  });

  it.each<[string, string, string[]]>([
    ['no BEG', withSegments('BEG'), ['2 BEG missing-segment']],
    [
      'no line',
      withSegments('PO1*1')
        .replace(/PO1\*2.*~\n/, '')
        .replace('SE*15', 'SE*14'),
      ['13 CTT-01 invalid-code', '2 PO1 missing-segment'],
    ],
    ['a change', withSegments('BEG', 'BEG*04*SA*X**20261123'), ['2 BEG-01 invalid-code']],
    ['a long number', withSegments('BEG', `BEG*00*SA*${'9'.repeat(23)}**20261123`), ['2 BEG-03 too-long']],
    ['a day that does not exist', withSegments('DTM', 'DTM*002*20261131'), ['6 DTM-02 invalid-date']],
    ['no currency', withSegments('CUR', 'CUR*BY*EURO'), ['3 CUR-02 invalid-code']],
    [
      'a line with everything wrong',
      withSegments('PO1*1', 'PO1*1*1.5*CA*-1**UP*012345678905'),
      ['11 PO1-02 invalid-character', '11 PO1-03 invalid-code', '11 PO1-04 invalid-character', '11 PO1-06 missing-element'],
    ],
    [
      'an empty line',
      withSegments('PO1*1', 'PO1'),
      ['11 PO1-02 missing-element', '11 PO1-03 missing-element', '11 PO1-06 missing-element'],
    ],
    ['a charge', withSegments('REF', 'SAC*C*D240***500'), ['4 SAC unexpected-segment']],
    ['several places', withSegments('PID', 'N1*ST*Another'), ['12 N1 unexpected-segment']],
    ['a segment of another set', withSegments('REF', 'BIG*20261123*1'), ['4 BIG unrecognised-segment']],
    ['no tag at all', withSegments('REF', 'ref*DP*X'), ['4 ref unrecognised-segment', '4 ref unrecognised-segment']],
    ['a control character', withSegments('PER', 'PER*BD*\u0007'), ['5 PER-02 invalid-character']],
    ['lines that are not there', example.replace('CTT*2', 'CTT*3'), ['15 CTT-01 invalid-code']],
    ['segments that are not there', example.replace('SE*16', 'SE*17'), ['16 SE-01 segment-count']],
    ['another set’s trailer', example.replace('SE*16*0001', 'SE*16*0002'), ['16 SE-02 control-number-mismatch']],
    ['no trailer', example.replace('SE*16*0001~\n', ''), ['16 SE trailer-missing']],
    ['sets that are not there', example.replace('GE*1', 'GE*2'), ['19 GE-01 set-count']],
    ['another group’s trailer', example.replace('GE*1*501', 'GE*1*502'), ['19 GE-02 group-control-number-mismatch']],
    ['no group trailer', example.replace('GE*1*501~\n', ''), ['19 GE group-trailer-missing']],
    ['a version nobody reads', example.replace('X*004010', 'X*003060'), ['2 GS-08 version-not-supported']],
    ['groups that are not there', example.replace('IEA*1', 'IEA*2'), ['20 IEA-01 envelope']],
    ['another interchange’s trailer', example.replace('IEA*1*000000501', 'IEA*1*000000502'), ['20 IEA-02 envelope']],
    ['no end', example.replace(/IEA.*/, ''), ['20 IEA envelope']],
    ['more behind the end', `${example}ST*850*0002~`, ['21 ST envelope']],
    ['no ISA', example.slice(1), ['1 ISA envelope']],
    ['a short ISA', example.replace('SWELBTAL       ', 'SWELBTAL'), ['1 ISA envelope']],
    ['nothing', '', ['1 ISA envelope']],
  ])('O2: %s is named by segment and element', (_, text, faults) => {
    expect(read(text).faults).toEqual(faults);
  });

  it('O3: a set and a group are told apart by their control numbers', () => {
    const set = example.slice(example.indexOf('ST*'), example.indexOf('GE*'));
    const twice = example.replace('GE*1', `${set}GE*2`);
    expect(readInterchange(twice).groups[0]!.sets.map(({ faults }) => faults.map(({ code }) => code))).toEqual([
      [],
      ['control-number-repeated'],
    ]);
    const group = example.slice(example.indexOf('GS*'), example.indexOf('IEA*'));
    expect(readInterchange(example.replace('IEA*1', `${group}IEA*2`)).faults.map(documentFault)).toMatchObject([
      { field: 'GS-06' },
    ]);
  });

  it('O1: several sets in a group and several groups are all read', () => {
    const set = example.slice(example.indexOf('ST*'), example.indexOf('GE*'));
    const group = example.slice(example.indexOf('GS*'), example.indexOf('IEA*'));
    const two = group.replace('GE*1', `${set.replaceAll('0001~', '0002~')}GE*2`);
    const interchange = readInterchange(example.replace(group, two + group.replaceAll('501', '502')).replace('IEA*1', 'IEA*2'));
    expect(interchange.faults).toEqual([]);
    expect(
      interchange.groups.map(({ faults, sets }) => [
        faults.length,
        sets.map(({ controlNumber, text }) => [controlNumber, text.slice(0, 6)]),
      ]),
    ).toEqual([
      [
        0,
        [
          ['0001', 'ST*850'],
          ['0002', 'ST*850'],
        ],
      ],
      [0, [['0001', 'ST*850']]],
    ]);
  });

  it('O2: a place of delivery is one of the customer’s addresses, however it is written, and prices fit the currency', () => {
    const home = { name: 'Müller & Söhne', street: 'Hauptstraße 1', city: 'Köln', postalCode: '50667', country: 'DE' };
    const named = { position: 9, name: '', street: 'HAUPTSTRASSE 1', city: 'Koln', postalCode: '50 667', country: '' };
    expect(matchAddress(named, [home])).toBe(home);
    expect(matchAddress({ ...named, street: 'Hauptstr. 2' }, [home])).toBeUndefined();
    expect(matchAddress({ ...named, country: 'AT' }, [home])).toBeUndefined();
    expect(matchAddress({ ...named, name: 'MULLER SOHNE', street: '', postalCode: '' }, [home])).toBe(home);
    expect(matchAddress({ ...named, street: '', postalCode: '' }, [home])).toBeUndefined();
    expect([
      priceMinor('12.5', 'EUR'),
      priceMinor('12.500', 'EUR'),
      priceMinor('12.505', 'EUR'),
      priceMinor('12', 'JPY'),
    ]).toEqual([1250, 1250, undefined, 12]);
  });
});

const purchaseOrder = read(example).order!;
const envelope: Envelope = {
  from: { qualifier: 'ZZ', interchangeId: 'KONTORELBE', groupId: 'KONTORELBE' },
  to: { qualifier: 'ZZ', interchangeId: 'SWELBTAL', groupId: 'SWELBTAL' },
  version: '004010',
  controlNumber: 7,
  isTest: false,
  at: '2026-11-23T23:30:00.000Z',
  timeZone: 'Europe/Berlin',
};
/** The segments of the set, after it has been written and read again. */
function written(set: OutgoingSet, changed: Partial<Envelope> = {}): string[] {
  const interchange = readInterchange(writeInterchange({ ...envelope, ...changed }, set));
  expect(interchange.faults).toEqual([]);
  const [only] = interchange.groups[0]!.sets;
  expect(only!.faults).toEqual([]);
  expect(only!.type).toBe(set.type);
  return only!.segments.map(({ tag, elements }) => [tag, ...elements].join('*'));
}

describe('997', () => {
  const answer = (text: string) => {
    const [group] = readInterchange(text).groups;
    const sets = group!.sets.map((set) => ({ ...set, faults: [...set.faults, ...readPurchaseOrder(set).faults] }));
    return written(acknowledgeGroup({ ...group!, sets }, '004010'));
  };

  it('O1: what could be read is accepted, and what could not is rejected with its segments and elements', () => {
    expect(answer(example)).toEqual(['AK1*PO*501', 'AK2*850*0001', 'AK5*A', 'AK9*A*1*1*1']);
    expect(answer(withSegments('PO1*1', 'PO1*1*0*CA***VP*DESK-SIT-STAND'))).toEqual([
      'AK1*PO*501',
      'AK2*850*0001',
      'AK3*PO1*11**8',
      'AK4*2**6*0',
      'AK4*3**7*CA',
      'AK5*R*5',
      'AK9*R*1*1*0',
    ]);
    expect(answer(example.replace('SE*16', 'SE*9').replace('CUR', 'C?R'))).toEqual([
      'AK1*PO*501',
      'AK2*850*0001',
      'AK3*C?R*3**1',
      'AK5*R*4*5',
      'AK9*R*1*1*0',
    ]);
    expect(answer(example.replace('GE*1*501', 'GE*2*9'))).toEqual(['AK1*PO*501', 'AK2*850*0001', 'AK5*R', 'AK9*R*2*1*0*5*4']);
  });

  it('O1: of two sets the one that can be read is accepted', () => {
    const set = example
      .slice(example.indexOf('ST*'), example.indexOf('GE*'))
      .replaceAll('0001~', '0002~')
      .replace('BEG*00', 'BEG*01');
    expect(answer(example.replace('GE*1', `${set}GE*2`))).toEqual([
      'AK1*PO*501',
      'AK2*850*0001',
      'AK5*A',
      'AK2*850*0002',
      'AK3*BEG*2**8',
      'AK4*1**7*01',
      'AK5*R*5',
      'AK9*P*2*2*1',
    ]);
  });

  it('O1: a partner’s 997 is read: which group of ours, and whether all of it was accepted', () => {
    const said = (...segments: string[][]) => {
      const text = writeInterchange(envelope, { type: '997', segments });
      return readAcknowledgement(readInterchange(text).groups[0]!.sets[0]!);
    };
    expect(said(['AK1', 'IN', '12'], ['AK9', 'A', '1', '1', '1']).answer).toMatchObject({
      functionalId: 'IN',
      controlNumber: 12,
      accepted: true,
    });
    expect(
      said(['AK1', 'IN', '12'], ['AK2', '810', '0001'], ['AK5', 'R', '5'], ['AK9', 'E', '1', '1', '0']).answer,
    ).toMatchObject({
      accepted: false,
      notes: ['AK5*R*5', 'AK9*E*1*1*0'],
    });
    expect(said(['AK1', 'IN', 'x']).faults.map(documentFault)).toMatchObject([{ field: 'AK9' }, { field: 'AK1-02' }]);
  });
});

describe('what goes out', () => {
  it('O1: the envelope has our names, both control numbers, and the date on the company’s clocks', () => {
    const text = writeInterchange(envelope, { type: '855', segments: [['BAK', '00', 'AD', 'A*B~C^D>E', '20261123']] });
    expect(text.split('\n').slice(0, 4)).toEqual([
      'ISA*00*          *00*          *ZZ*KONTORELBE     *ZZ*SWELBTAL       *261124*0030*U*00401*000000007*0*P*>~',
      'GS*PR*KONTORELBE*SWELBTAL*20261124*0030*7*X*004010~',
      'ST*855*0001~',
      'BAK*00*AD*A B C D E*20261123~',
    ]);
    expect(text.endsWith('SE*3*0001~\nGE*1*7~\nIEA*1*000000007~\n')).toBe(true);
    const five = writeInterchange(
      { ...envelope, version: '005010', isTest: true },
      { type: '810', segments: [['N1', 'ST', 'Größe Łódź']] },
    );
    expect(five).toContain('*^*00501*000000007*0*T*>~');
    expect(five).toContain('N1*ST*Grosse ?odz~');
  });

  const line = { lineNumber: 1, sku: 'DESK-SIT-STAND', quantity: 2, backOrdered: 0, unitPriceMinor: 64_900 };
  const chairs = { lineNumber: 2, sku: 'CHAIR-TASK-MESH', quantity: 4, backOrdered: 0, unitPriceMinor: 27_900 };
  const stands = { purchaseOrder, orderId: 'ORD-1', isFirst: true, on: '2026-11-24', currency: 'EUR', isRejected: false };

  it('O1: an 855 accepts, changes, back-orders and deletes line by line, and rejects', () => {
    expect(written(acknowledgeOrder({ ...stands, lines: [line, chairs] }))).toEqual([
      'BAK*00*AD*SE-90051*20261123****ORD-1*20261124',
      'CUR*SE*EUR',
      'PO1*1*2*EA*649.00**BP*47110*VP*DESK-SIT-STAND',
      'ACK*IA*2*EA',
      'PO1*2*4*EA*279.00**BP*47236*VP*CHAIR-TASK-MESH',
      'ACK*IA*4*EA',
      'CTT*2',
    ]);
    const acks = (changed: Partial<typeof stands>, ...lines: (typeof line)[]) =>
      written(acknowledgeOrder({ ...stands, ...changed, lines })).filter((segment) => /^(BAK|ACK|CTT)/.test(segment));
    expect(
      acks({ isFirst: false }, { ...line, quantity: 3 }, { ...chairs, quantity: 0 }, { ...line, lineNumber: 3, quantity: 1 }),
    ).toEqual(['BAK*04*AC*SE-90051*20261123****ORD-1*20261124', 'ACK*IQ*3*EA', 'ACK*ID*4*EA', 'ACK*IA*1*EA', 'CTT*3']);
    expect(acks({}, line, { ...chairs, backOrdered: 3 })).toEqual([
      'BAK*00*AC*SE-90051*20261123****ORD-1*20261124',
      'ACK*IA*2*EA',
      'ACK*IA*1*EA',
      'ACK*IB*3*EA',
      'CTT*2',
    ]);
    expect(acks({ isRejected: true }, line, chairs)).toEqual([
      'BAK*00*RD*SE-90051*20261123****ORD-1*20261124',
      'ACK*IR*2*EA',
      'ACK*IR*4*EA',
      'CTT*2',
    ]);
  });

  it('S2: an 856 has the SSCC of each carton, and the items under the one carton or beside the several', () => {
    const shipTo = { name: 'Stadtwerke', street: 'Am Wasserturm 1', city: 'Dresden', postalCode: '01067', country: 'DE' };
    const notice = {
      shipmentId: 'SHP-1',
      purchaseOrder,
      orderId: 'ORD-1',
      shippedAt: '2026-11-24T15:00:00.000Z',
      timeZone: 'Europe/Berlin',
      carrier: 'Nordlicht',
      trackingNumber: 'NL-1',
      shipTo,
      cartons: [{ sscc: '095212340000000017', weightGrams: 52_500 }],
      lines: [{ lineNumber: 1, sku: 'DESK-SIT-STAND', description: 'Desk', quantity: 2 }],
    };
    expect(written(noticeOfShipment(notice))).toEqual([
      'BSN*00*SHP-1*20261124*1600*0001',
      'HL*1**S',
      'TD1*CTN*1****G*52.5*KG',
      'TD5*B****Nordlicht',
      'REF*CN*NL-1',
      'DTM*011*20261124*1600',
      'N1*ST*Stadtwerke',
      'N3*Am Wasserturm 1',
      'N4*Dresden**01067*DE',
      'HL*2*1*O',
      'PRF*SE-90051***20261123',
      'REF*VN*ORD-1',
      'HL*3*2*P',
      'MAN*GM*00095212340000000017',
      'HL*4*3*I',
      'LIN*1*BP*47110*VP*DESK-SIT-STAND',
      'SN1*1*2*EA',
      'PID*F****Desk',
      'CTT*4',
    ]);
    const two = [...notice.cartons, { sscc: '095212340000000024', weightGrams: 500 }];
    const levels = written(noticeOfShipment({ ...notice, cartons: two })).filter((segment) => /^(BSN|HL|MAN|TD1)/.test(segment));
    expect(levels).toEqual([
      'BSN*00*SHP-1*20261124*1600*0004',
      'HL*1**S',
      'TD1*CTN*2****G*53*KG',
      'HL*2*1*O',
      'HL*3*2*P',
      'MAN*GM*00095212340000000017',
      'HL*4*2*P',
      'MAN*GM*00095212340000000024',
      'HL*5*2*I',
    ]);
  });

  const place = { name: 'X', street: 'Street 1', city: 'City', postalCode: '1', country: 'DE' };
  const party = { name: 'Seller', taxId: null, registrationNumber: null, electronicAddress: null, address: place };
  const invoice: EInvoice = {
    kind: 'invoice',
    id: 'INV-2026-000001',
    currency: 'EUR',
    issuedOn: '2026-11-24',
    dueOn: '2026-12-24',
    orderId: 'ORD-1',
    externalReference: 'SE-90051',
    buyerReference: null,
    shipmentId: 'SHP-1',
    shippedOn: '2026-11-24',
    shipTo: place,
    seller: { ...party, email: '', contactName: null, contactPhone: null, bankIban: '', bankBic: '' },
    buyer: { ...party, name: 'Buyer' },
    lines: [
      {
        lineNumber: 1,
        sku: 'DESK-SIT-STAND',
        description: 'Desk',
        quantity: 2,
        unitPriceMinor: 64_900,
        taxCategory: 'S',
        taxRate: '0.19',
        netMinor: 129_800,
      },
    ],
    taxes: [{ category: 'S', rate: '0.19', baseMinor: 129_800, taxMinor: 24_662 }],
    netMinor: 129_800,
    taxMinor: 24_662,
    grossMinor: 154_462,
    prepaidMinor: 0,
    paymentReference: 'RF',
    terms: { kind: 'net', days: 30 },
    earlyPayment: [{ rate: '0.02', until: '2026-12-04' }],
  };

  it('I3: an 810 has the lines, taxes, terms and total of its invoice; a credit note says which invoice it takes back from', () => {
    expect(written(invoiceSet(invoice, purchaseOrder))).toEqual([
      'BIG*20261124*INV-2026-000001*20261123*SE-90051***DI',
      'CUR*SE*EUR',
      'REF*SI*SHP-1',
      'N1*SE*Seller',
      'N3*Street 1',
      'N4*City**1*DE',
      'N1*BT*Buyer',
      'N3*Street 1',
      'N4*City**1*DE',
      'N1*ST*X',
      'N3*Street 1',
      'N4*City**1*DE',
      expect.stringMatching(/^ITD\*08\*3\*2\*20261204\*\*20261224\*{6}\S/),
      'DTM*011*20261124',
      'IT1*1*2*EA*649.00**BP*47110*VP*DESK-SIT-STAND',
      'PID*F****Desk',
      'TDS*154462',
      'TXI*VA*246.62*19*****1298.00',
      'CTT*1',
    ]);
    const credit = written(
      invoiceSet(
        {
          ...invoice,
          kind: 'credit-note',
          id: 'CN-2026-000001',
          preceding: { invoiceId: 'INV-2026-000001', issuedOn: '2026-11-24' },
          lines: [{ ...invoice.lines[0]!, quantity: 2, netMinor: 5_000 }],
          taxes: [{ category: 'AE', rate: '0', baseMinor: 5_000, taxMinor: 0 }],
          grossMinor: 5_000,
        },
        undefined,
      ),
    );
    expect(credit[0]).toBe('BIG*20261124*CN-2026-000001**SE-90051***CR');
    expect(credit).toEqual(
      expect.arrayContaining([
        'REF*OI*INV-2026-000001',
        'IT1*1*1*EA*50.00**VP*DESK-SIT-STAND',
        'TDS*5000',
        'TXI*VA*0.00*0***1**50.00',
      ]),
    );
  });

  it('I3: amounts of currencies without decimals have the two that TDS implies', () => {
    const yen = { ...invoice, currency: 'JPY', grossMinor: 6_000, earlyPayment: [] };
    expect(written(invoiceSet(yen, purchaseOrder))).toContain('TDS*600000');
  });

  it('I3: whatever is billed, lines and taxes of the 810 come to its total', () => {
    const lines = fc.array(
      fc.record({
        quantity: fc.integer({ min: 1, max: 1_000 }),
        unitPriceMinor: fc.nat(1_000_000),
        isByAmount: fc.boolean(),
        taxMinor: fc.nat(10_000),
      }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(lines, (all) => {
        const billed = all.map(({ quantity, unitPriceMinor, isByAmount }, index) => ({
          ...invoice.lines[0]!,
          lineNumber: index + 1,
          quantity,
          unitPriceMinor,
          netMinor: isByAmount ? unitPriceMinor : quantity * unitPriceMinor,
        }));
        const taxes = all.map(({ taxMinor }) => ({ category: 'S', rate: '0.19', baseMinor: 0, taxMinor }));
        const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
        const grossMinor = sum([...billed.map(({ netMinor }) => netMinor), ...taxes.map(({ taxMinor }) => taxMinor)]);
        const segments = written(invoiceSet({ ...invoice, lines: billed, taxes, grossMinor }, purchaseOrder)).map((text) =>
          text.split('*'),
        );
        const cents = (text: string) => Math.round(Number(text) * 100);
        const ofLines = segments.filter(([tag]) => tag === 'IT1').map((line) => Number(line[2]) * cents(line[4]!));
        const ofTaxes = segments.filter(([tag]) => tag === 'TXI').map((tax) => cents(tax[2]!));
        expect(sum([...ofLines, ...ofTaxes])).toBe(Number(segments.find(([tag]) => tag === 'TDS')![1]));
      }),
      { numRuns: 60 },
    );
  });
});

/* Whoever knows the address can send anything: it is an order as it was meant or faults with their places, soon, and never an error. */
function mustBeSound(text: string): void {
  const interchange = readInterchange(text);
  const names = /^[A-Za-z0-9?]{1,3}$/;
  let found = interchange.groups.flatMap(({ sets }) => sets).length;
  const faults = [...interchange.faults];
  for (const group of interchange.groups) {
    faults.push(...group.faults);
    const sets = group.sets.map((set) => {
      const { order, faults: own } = readPurchaseOrder(set);
      if (order) {
        expect(own).toEqual([]);
        expect(order.lines.length).toBeGreaterThan(0);
        const isWhole = ({ sku, quantity }: (typeof order.lines)[number]) =>
          /^[A-Z0-9][A-Z0-9._-]{0,39}$/.test(sku) && Number.isSafeInteger(quantity) && quantity > 0;
        expect(order.lines.every(isWhole)).toBe(true);
      }
      faults.push(...set.faults, ...own);
      return { ...set, faults: [...set.faults, ...own] };
    });
    found += 1;
    if (interchange.faults.length > 0) continue;
    // Every 997 of it can be read by whoever gets it.
    const answer = written(acknowledgeGroup({ ...group, sets }, '005010')).map((one) => one.split('*'));
    const segments = answer.map(([tag = '', ...elements], position) => ({ tag, elements, position }));
    expect(readAcknowledgement({ segments }).answer).toBeDefined();
    const codes: Record<string, string[]> = { AK3: [...Object.values(segmentCodes), '8'], AK4: Object.values(elementCodes) };
    const isCoded = ({ tag, elements }: (typeof segments)[number]) =>
      codes[tag]?.includes(elements[tag === 'AK3' ? 3 : 2]!) ?? true;
    expect(segments.filter((segment) => !isCoded(segment))).toEqual([]);
  }
  expect(found + faults.length).toBeGreaterThan(0);
  const isSound = (fault: EdiFault) => {
    const { detail } = documentFault(fault);
    return names.test(fault.segment) && fault.position > 0 && detail.length > 0 && !detail.includes('\0');
  };
  expect(faults.filter((fault) => !isSound(fault))).toEqual([]);
}

describe('any interchange whatever', { timeout: 60_000 }, () => {
  it('O1, O2: an example that is cut and changed at random is an order, or faults that name segment and element', () => {
    const put = fc.oneof(
      fc.constantFrom(
        '~',
        '*',
        '>',
        '\n',
        '~\n',
        'ST*850*0002~',
        'SE*1*0001~',
        'GE*1*501~',
        'IEA*1*000000501~',
        'PO1*',
        'N1*ST~',
        '\0',
        '\ud800',
      ),
      fc.nat({ max: 255 }).map((code) => String.fromCharCode(code)),
    );
    fc.assert(
      fc.property(changedText(example, put, { cutMaximum: 12, changesMaximum: 6 }), (changed) => {
        mustBeSound(changed);
      }),
      { numRuns: 300 },
    );
  });

  it('O1, O2: segments put together at random', () => {
    const tag = fc.constantFrom(
      'GS',
      'ST',
      'BEG',
      'CUR',
      'DTM',
      'N1',
      'N3',
      'N4',
      'PO1',
      'CTT',
      'SE',
      'GE',
      'IEA',
      'ISA',
      'SAC',
      '',
      'po1',
    );
    const element = fc.oneof(
      fc.constantFrom(
        '',
        '850',
        '0001',
        '00',
        'PO',
        'FA',
        '501',
        '004010',
        'ST',
        'VP',
        'CHAIR',
        'EA',
        '1',
        '002',
        '20261231',
        '99999999999',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    );
    const segment = fc.tuple(tag, fc.array(element, { maxLength: 10 })).map(([name, elements]) => [name, ...elements].join('*'));
    const isa = example.slice(0, 106);
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 30 }), fc.boolean(), (segments, headed) =>
        mustBeSound(`${headed ? `${isa}\nGS*PO*A*B*20261123*0915*501*X*004010~ST*850*0001~` : isa}${segments.join('~')}`),
      ),
      { numRuns: 200 },
    );
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), mustBeSound), { numRuns: 200 });
  });

  it.each([
    ['very many segments', `${example.slice(0, 106)}GS*PO*A*B*1*1*1*X*004010~ST*850*0001~${'PO1*1*1*EA**VP*A~'.repeat(60_000)}`],
    ['very many sets', `${example.slice(0, 106)}GS*PO*A*B*1*1*1*X*004010~${'ST*850*0001~SE*2*0001~'.repeat(5_000)}`],
    ['one long segment', `${example.slice(0, 106)}${'A*'.repeat(200_000)}`],
    ['very many line breaks', `${example.slice(0, 106)}${'\r\n'.repeat(1_000_000)}`],
  ])('O1, O2: %s take no long time', (_, text) => {
    const startedAt = performance.now();
    mustBeSound(text);
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });
});
