import { hamburg } from './company.ts';
import {
  agreePrices,
  amend,
  bankStatement,
  cancel,
  chequeIs,
  contact,
  countStock,
  decide,
  deliver,
  dispute,
  draft,
  freeze,
  giveBack,
  giveUp,
  limit,
  offer,
  order,
  pay,
  payByCheque,
  payInAdvance,
  payItem,
  pick,
  pickShort,
  promise,
  rate,
  receive,
  report,
  type Step,
  setReorderPoints,
  setUp,
  ship,
  slip,
  takeIn,
  takeOver,
  takeUp,
} from './steps.ts';

export interface Scene {
  /** Days from today, moved back to a business day. */
  day: number;
  /** Local wall time. Scenes follow each other, also where several days before fall on one Friday. */
  time: string;
  steps: Step[];
}

/** A year ago, so that a credit approval can have expired by today. */
export const firstDay = -370;

/**
 * The last year of the company, told from its beginning. It has something in every stage when it ends: each customer's
 * name stands for one credit standing, and most of the old orders for one stage of a receivable.
 */
export const story: Scene[] = [
  {
    day: firstDay,
    time: '09:00',
    steps: [
      setUp,
      takeIn('HAFENKANTE', 'LINDENHOF', 'STADTWERKE-ELBTAL', 'ZAHNRAD', 'NORDLICHT', 'SCHUBERT', 'BRUECKNER'),
      takeIn('WALDHEIM', 'KIEZKANTINE', 'OBERLAND', 'VILLA-ROSSI', 'MERIDIAN', 'STUDIENWERK'),
      // The approval that expires: it lasts a year, and nobody renews it.
      limit('WALDHEIM', 300_000, 'Board resolution seen; school year budget'),
    ],
  },
  {
    day: -88,
    time: '08:30',
    steps: [
      countStock,
      setReorderPoints,
      agreePrices,
      takeOver('STADTWERKE-ELBTAL', 'ALT-70412', 642_050, { issued: -52, due: 8 }),
      takeOver('BRUECKNER', 'ALT-70455', 118_000, { issued: -7, due: 23 }),
      limit('HAFENKANTE', 2_500_000, 'Pays early for years'),
      limit('LINDENHOF', 800_000, 'Seasonal business: no more than one refit at a time'),
      limit('STADTWERKE-ELBTAL', 6_000_000, 'Municipal, framework contract SE-7'),
      limit('ZAHNRAD', 1_000_000, 'Trade references checked'),
      limit('NORDLICHT', 1_200_000, 'Accounts of last year seen'),
      limit('SCHUBERT', 500_000, 'Trade references checked'),
      limit('BRUECKNER', 1_500_000, 'Trade fair season; parent company guarantee'),
      limit('VILLA-ROSSI', 600_000, 'Trade references checked'),
      limit('KIEZKANTINE', 0, 'Cash or in advance only, agreed with the owner'),
      rate('USD', '0.9215'),
      limit('MERIDIAN', 1_500_000, 'Trade references checked; budgets in dollars'),
      limit('STUDIENWERK', 2_000_000, 'Public body'),
      limit('OBERLAND', 0, 'Pays in advance by its own policy'),
    ],
  },
  {
    day: -88,
    time: '10:20',
    steps: [
      order('BM-1187', 'BRUECKNER', 'email', { 'CHAIR-VISITOR': 40, 'WHITEBOARD-120': 4, 'POWER-STRIP-6': 25 }),
      order('HK-2201', 'HAFENKANTE', 'portal', { 'CHAIR-TASK-MESH': 6, 'LAMP-DESK-LED': 6 }),
      order('ZR-77', 'ZAHNRAD', 'phone', { 'LABEL-SHIP-1000': 12, 'PEN-GEL-50': 8, 'SHELF-180': 3 }),
    ],
  },
  { day: -88, time: '15:10', steps: [ship('BM-1187', 'HK-2201', 'ZR-77')] },
  // Two business days on the way are what the carrier has promised.
  { day: -86, time: '16:20', steps: [deliver('BM-1187', 'HK-2201', 'ZR-77')] },
  { day: -82, time: '09:45', steps: [payItem('STADTWERKE-ELBTAL', 'opening-item')] },
  {
    day: -72,
    time: '10:05',
    steps: [
      takeIn('ALSTERBLICK'),
      order('PA-031', 'ALSTERBLICK', 'in-person', { 'COFFEE-MACHINE-2': 1, 'CUP-PORCELAIN-36': 3, 'COAT-STAND-ASH': 4 }),
      order('HL-5501', 'LINDENHOF', 'email', { 'COFFEE-BEANS-6KG': 20, 'CUP-PORCELAIN-36': 6 }),
    ],
  },
  {
    day: -72,
    time: '14:30',
    steps: [
      decide('PA-031', { decision: 'approve', limitMinor: 400_000, reason: 'Owner known to the bank; start small' }),
      ship('PA-031', 'HL-5501'),
    ],
  },
  { day: -70, time: '16:10', steps: [deliver('PA-031', 'HL-5501')] },
  // Two days before it is due.
  { day: -60, time: '09:30', steps: [pay('HK-2201')] },
  {
    day: -56,
    time: '10:40',
    steps: [
      contact('ZAHNRAD', 'call', 'will-pay', 'Mr Nowicki had the invoice on the wrong desk; pays this week'),
      order('SD-204', 'SCHUBERT', 'portal', { 'CABINET-LOCK-2': 4, 'SOAP-HAND-12': 6 }),
      order('SE-90017', 'STADTWERKE-ELBTAL', 'edi', { 'DESK-SIT-STAND': 12, 'CHAIR-TASK-MESH': 24 }),
    ],
  },
  { day: -56, time: '15:20', steps: [ship('SD-204', 'SE-90017')] },
  { day: -54, time: '16:00', steps: [deliver('SE-90017')] },
  // Eight days late: it costs interest. The cabinets have been in the wrong depot.
  { day: -50, time: '11:00', steps: [pay('ZR-77'), deliver('SD-204')] },
  { day: -44, time: '09:15', steps: [pay('HL-5501')] },
  {
    day: -40,
    time: '10:00',
    steps: [
      // Billed in dollars: by its payment the dollar has lost three per cent.
      order('MR-410', 'MERIDIAN', 'email', { 'CHAIR-TASK-MESH': 10, 'MONITOR-ARM': 6 }),
      order('NV-1203', 'NORDLICHT', 'email', { 'PAPER-A4-80': 60, 'ENVELOPE-DL-500': 20, 'FOLDER-LEVER-20': 10 }),
      order('ZR-81', 'ZAHNRAD', 'phone', { 'COFFEE-BEANS-6KG': 6, 'TEA-ASSORTED-12': 4 }),
      order('HK-2218', 'HAFENKANTE', 'portal', { 'PAPER-A3-80': 16, 'PEN-GEL-50': 4 }),
      // The table comes from Denmark and is not in stock.
      order('NV-1219', 'NORDLICHT', 'email', { 'TABLE-MEETING': 2 }),
    ],
  },
  { day: -40, time: '15:45', steps: [ship('NV-1203', 'ZR-81', 'HK-2218', 'MR-410')] },
  { day: -38, time: '15:30', steps: [deliver('NV-1203', 'HK-2218', 'MR-410')] },
  {
    day: -28,
    time: '10:30',
    steps: [
      order('HL-5540', 'LINDENHOF', 'email', { 'CHAIR-VISITOR': 20 }),
      report('SE-90017', 'invoice-review', 'Called Dr. Krahl: approved for payment, half now, half at the due date', 'in order'),
      deliver('ZR-81'),
      offer('STUDIENWERK', { 'NOTEBOOK-A5-10': 30, 'PEN-GEL-50': 10 }, 'For the new term'),
    ],
  },
  {
    day: -24,
    time: '09:50',
    steps: [
      cancel('HL-5540', 'The terrace opens a season later'),
      contact('SCHUBERT', 'call', 'will-pay', 'Mrs Schubert pays half by mid-November'),
      promise('SD-204', 80_000, 10, 'Mrs Schubert called: half now, the rest after the holidays'),
      giveUp('BRUECKNER', 'opening-item', 'Insolvent parent, the guarantee is worth nothing: nobody expects it any more'),
      rate('USD', '0.9020'),
      payItem('ZAHNRAD', 'interest-note'),
      order('HL-5562', 'LINDENHOF', 'email', { 'COFFEE-MACHINE-2': 4, 'CUP-PORCELAIN-36': 10, 'COFFEE-BEANS-6KG': 5 }),
      takeUp('FW-TERM', 'STUDIENWERK'),
      // Two canteens of one house: one invoice on Monday for both.
      order('FW-MENSA-1', 'STUDIENWERK', 'edi', { 'CUP-PORCELAIN-36': 4, 'TEA-ASSORTED-12': 6 }),
      order('FW-MENSA-2', 'STUDIENWERK', 'edi', { 'COFFEE-BEANS-6KG': 10 }),
      // Four of the six projectors go out, two are owed.
      order('SE-90044', 'STADTWERKE-ELBTAL', 'edi', { 'PROJECTOR-FHD': 6, 'DOCK-USB-C': 20 }),
      // Made to measure: it waits for the joiner.
      order('HK-2229', 'HAFENKANTE', 'portal', { 'COUNTER-OAK': 1 }),
    ],
  },
  { day: -24, time: '16:00', steps: [ship('HL-5562', 'SE-90044', 'FW-MENSA-1', 'FW-MENSA-2', 'FW-TERM')] },
  { day: -20, time: '15:00', steps: [deliver('HL-5562', 'FW-MENSA-1', 'FW-MENSA-2', 'FW-TERM')] },
  {
    day: -14,
    time: '10:10',
    steps: [
      // In time: its promise is kept.
      pay('SD-204', 80_000),
      // The administrator has sold the van.
      payItem('BRUECKNER', 'opening-item', 40_000),
      rate('USD', '0.8935'),
      pay('MR-410'),
      pay('SE-90017', 800_000),
      pay('ZR-81'),
      // Somebody typed the amount from memory: what is too much stays on account.
      pay('HK-2218', 112_500),
      deliver('SE-90044'),
    ],
  },
  {
    day: -12,
    time: '14:00',
    steps: [
      giveBack('HL-5562', 1, 'defective'),
      freeze('VILLA-ROSSI', 'A change of owner is in the trade register: wait for the new accounts'),
      contact('ALSTERBLICK', 'call', 'cannot-pay', 'Mr Maurer waits for his season loan; wants to pay in two parts'),
      contact('BRUECKNER', 'visit', 'not-reached', 'Nobody in the hall; the sign is gone', 'finance'),
      // He does not: the promise is broken a week later.
      promise('PA-031', 110_000, 5, 'The first part, when the season loan is there'),
      payByCheque('NV-1203', '0048813', 'Förde Bank'),
    ],
  },
  // The bank has the money of the cheque, and gives it back the next day.
  { day: -8, time: '10:15', steps: [chequeIs('0048813', 'NORDLICHT', 'clear')] },
  {
    day: -7,
    time: '11:30',
    steps: [slip('HK-2229', 10, 'The oak has to dry another week'), chequeIs('0048813', 'NORDLICHT', 'bounce', 'No funds')],
  },
  // The tables are here, but Nordlicht's paper is overdue by now: its order waits for the payment.
  { day: -6, time: '09:20', steps: [receive('LS-DK-4471', hamburg, { 'TABLE-MEETING': 3 })] },
  {
    day: -6,
    time: '13:30',
    steps: [
      takeIn('RAPIDO'),
      order('RK-1', 'RAPIDO', 'portal', { 'HEADSET-DUO': 8 }),
      order('VR-88', 'VILLA-ROSSI', 'phone', { 'COFFEE-BEANS-6KG': 15, 'CUP-PORCELAIN-36': 2 }),
      order('ZR-90', 'ZAHNRAD', 'phone', { 'TONER-BLACK-10K': 3 }),
      order('HK-2240', 'HAFENKANTE', 'portal', { 'DESK-SIT-STAND': 2, 'MONITOR-ARM': 2 }),
      order('MR-422', 'MERIDIAN', 'email', { 'HEADSET-DUO': 12 }),
    ],
  },
  {
    day: -6,
    time: '15:30',
    steps: [pickShort('ZR-90', { lineNumber: 1, pickedQuantity: 1 }), ship('HK-2240', 'MR-422')],
  },
  { day: -4, time: '16:00', steps: [deliver('HK-2240', 'MR-422')] },
  {
    day: -2,
    time: '15:40',
    steps: [
      contact('NORDLICHT', 'mail', 'will-pay', 'Mrs Söhl has the bank look for the cheque'),
      offer('HAFENKANTE', { 'SCREEN-ACOUSTIC': 4, 'LAMP-DESK-LED': 12 }, 'For the second floor'),
      // Within ten days, and so two per cent less.
      pay('HK-2240', 176_796),
      dispute('HL-5562', { lineNumber: 2, quantity: 3 }, 'damaged', 'Three boxes arrived with broken cups, photographs by mail'),
      payInAdvance('OBERLAND', 269_654, 'Advance payment for our order OM-3310'),
      order('OM-3310', 'OBERLAND', 'email', { 'SHELF-180': 6, 'PEDESTAL-3': 8 }),
      order('KK-11', 'KIEZKANTINE', 'phone', { 'COFFEE-BEANS-6KG': 3 }, { prepayment: true }),
    ],
  },
  {
    day: -1,
    time: '16:05',
    steps: [
      takeIn('FELDMANN', 'KOLIBRI'),
      pick('OM-3310'),
      order('FS-1001', 'FELDMANN', 'portal', { 'CHAIR-TASK-MESH': 4, 'DESK-OAK-160': 4, 'PEDESTAL-3': 4 }),
      order('KG-1', 'KOLIBRI', 'portal', { 'MONITOR-ARM': 6, 'HEADSET-DUO': 6 }),
      order('SW-9', 'WALDHEIM', 'email', { 'WHITEBOARD-120': 2, 'NOTEBOOK-A5-10': 20 }),
      order('FW-MENSA-3', 'STUDIENWERK', 'edi', { 'SOAP-HAND-12': 8 }),
      ship('FW-MENSA-3'),
      order('HL-5590', 'LINDENHOF', 'email', { 'CHAIR-VISITOR': 12 }),
      order('KK-12', 'KIEZKANTINE', 'in-person', { 'CUP-PORCELAIN-36': 2, 'TEA-ASSORTED-12': 2 }),
      order('HK-2251', 'HAFENKANTE', 'portal', { 'SHELF-180': 4, 'WHITEBOARD-120': 1 }),
      amend('HK-2251', { lineNumber: 1, quantity: 6 }, 'Two more for the archive'),
      // One line says what it pays, the others are for people.
      bankStatement(
        {
          amount: '2500.00',
          name: 'Stadtwerke Elbtal AG',
          iban: 'DE02120300000000202051',
          text: 'Rechnung {invoice}',
          of: 'SE-90017',
        },
        { amount: '1080.00', name: 'Dentallabor P. Schubert', iban: 'DE02500105170137075030', text: 'Rest Schraenke' },
        { amount: '2277.66', name: 'Gerd Maurer', iban: 'DE02100500000054540402', text: 'Kaffeemaschine und Garderobe' },
        { amount: '59.50', name: 'E. Sommer', text: 'vielen Dank' },
      ),
      draft('SCHUBERT', { 'CHAIR-TASK-MESH': 6, 'LAMP-DESK-LED': 6 }, 'Mrs Schubert decides after the dental congress'),
    ],
  },
];
