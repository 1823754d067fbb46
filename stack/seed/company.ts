/*
 * The example company as tables: a wholesaler of office and break-room goods in Hamburg. Every name is made up, mail goes
 * to `.example` domains, and telephone numbers are from the ranges that Germany keeps for fiction.
 */

export const currency = 'EUR';
export const timeZone = 'Europe/Berlin';

export const company = {
  legalName: 'Kontor Elbe Handels GmbH',
  taxId: 'DE123456789',
  address: address('Kontor Elbe Handels GmbH', 'Am Musterkai 12', '20457', 'Hamburg'),
  email: 'accounts@kontor-elbe.example',
  bankIban: 'DE89370400440532013000',
  bankBic: 'COBADEFFXXX',
  currency,
  timeZone,
  registrationNumber: 'HRB 123456',
  electronicAddress: { scheme: '9930', id: 'DE123456789' },
  contactName: 'Maren Tiedemann',
  contactPhone: '+49 40 66969 100',
};

export const hamburg = 'WH-HAMBURG';
export const leipzig = 'WH-LEIPZIG';

export const warehouses = [
  { id: hamburg, name: 'Hamburg, Musterkai', address: address('Kontor Elbe, Goods In', 'Am Musterkai 14', '20457', 'Hamburg') },
  { id: leipzig, name: 'Leipzig, Messeallee', address: address('Kontor Elbe, Goods In', 'Musterallee 3', '04356', 'Leipzig') },
];

/** Prices and costs in cents net of tax; weights in grams; the opening stock of Hamburg and Leipzig. */
// biome-ignore format: a table is read by its columns.
const productTable: [sku: string, name: string, price: number, cost: number, weight: number, inHamburg: number, inLeipzig: number, tax?: string][] = [
  ['CABINET-LOCK-2',   'Cabinet Fach, lockable, 2 doors',          31_500, 18_700, 41_000,  14,   6],
  ['CHAIR-TASK-MESH',  'Task chair Form, mesh back',               27_900, 15_800, 14_500,  60,  24],
  ['CHAIR-VISITOR',    'Visitor chair Steg, stackable',             9_400,  5_100,  6_200,  80,  40],
  ['COAT-STAND-ASH',   'Coat stand Zweig, ash',                    11_900,  6_300,  5_400,  12,   0],
  ['COFFEE-BEANS-6KG', 'Coffee beans Hafenrost, 6 × 1 kg',         10_200,  6_900,  6_300,  90,  45, '0.07'],
  ['COFFEE-MACHINE-2', 'Coffee machine Duetto, two groups',       118_000, 79_500, 17_800,   7,   3],
  ['COUNTER-OAK',      'Reception counter Kai, oak, to measure',  214_000, 131_000, 96_000,   0,   0],
  ['CUP-PORCELAIN-36', 'Porcelain cups, white, 36 pieces',          8_600,  4_200,  9_900,  30,  18],
  ['DESK-OAK-160',     'Desk Arve, oak, 160 × 80 cm',              38_900, 23_100, 38_000,  22,  10],
  ['DESK-SIT-STAND',   'Sit-stand desk Lift, white, 160 × 80 cm',  64_900, 40_200, 52_000,  26,  12],
  ['DOCK-USB-C',       'Docking station Anker 11, USB-C',          14_900,  9_600,    450,  48,   0],
  ['ENVELOPE-DL-500',  'Envelopes DL, window, 500 pieces',          1_850,    930,  2_300, 200, 120],
  ['FOLDER-LEVER-20',  'Lever arch files, 80 mm, 20 pieces',        4_600,  2_450,  9_000,  75,  50],
  ['HEADSET-DUO',      'Headset Duo, noise cancelling',             8_900,  5_200,    210,  64,   0],
  ['LABEL-SHIP-1000',  'Shipping labels, 100 × 150 mm, 1000',       3_200,  1_380,  3_100, 110,  90],
  ['LAMP-DESK-LED',    'Desk lamp Strich, LED, dimmable',           7_900,  4_050,  1_900,  40,  20],
  ['MONITOR-ARM',      'Monitor arm Schwenk, gas spring',          10_900,  6_150,  3_600,  36,  12],
  ['NOTEBOOK-A5-10',   'Notebooks A5, dotted, 10 pieces',           3_900,  1_900,  2_600, 140,  60],
  ['PAPER-A3-80',      'Copy paper A3, 80 g, box of 5 × 500',       4_950,  3_480, 24_500,  60,  30],
  ['PAPER-A4-80',      'Copy paper A4, 80 g, box of 5 × 500',       2_450,  1_710, 12_300, 420, 260],
  ['PEDESTAL-3',       'Mobile pedestal Roll, 3 drawers',          14_900,  8_400, 19_000,  28,   8],
  ['PEN-GEL-50',       'Gel pens, blue, 50 pieces',                 3_450,  1_520,    800, 160,  80],
  ['POWER-STRIP-6',    'Power strip, 6 sockets, switch',            1_690,    780,    620, 130,  70],
  ['PROJECTOR-FHD',    'Projector Klar, Full HD',                  72_500, 51_800,  3_900,   4,   0],
  ['SCREEN-ACOUSTIC',  'Acoustic screen Stille, 140 × 60 cm',      15_900,  8_600,  7_200,   2,   3],
  ['SHELF-180',        'Shelf unit Raster, 180 cm',                17_900,  9_900, 27_000,  18,   9],
  ['SOAP-HAND-12',     'Hand soap, refill, 12 × 1 l',               5_400,  2_750, 12_800,  44,  32],
  ['TABLE-MEETING',    'Meeting table Runde, 240 × 110 cm',        89_000, 53_800, 71_000,   0,   0],
  ['TEA-ASSORTED-12',  'Tea selection, 12 × 25 bags',               4_150,  2_300,  1_400,  55,  25, '0.07'],
  ['TONER-BLACK-10K',  'Toner, black, 10,000 pages',                9_900,  6_200,  1_300,   3,   1],
  ['WHITEBOARD-120',   'Whiteboard, enamel, 120 × 90 cm',          12_900,  7_100, 11_500,  10,   0],
];

/** What a few of them cost in dollars, for whoever is billed in them. */
const dollarPrices: Record<string, number> = { 'CHAIR-TASK-MESH': 30_400, 'HEADSET-DUO': 9_700, 'MONITOR-ARM': 11_900 };

/** Made when they are ordered, by a joiner in Denmark, in so many business days. */
const leadDaysOf: Record<string, number> = { 'COUNTER-OAK': 15 };

export const products = productTable.map(([sku, name, unitPriceMinor, , weightGrams, , , taxRate = '0.19']) => ({
  sku,
  name,
  taxRate,
  weightGrams,
  ...(sku in leadDaysOf && { makeToOrder: true, leadDays: leadDaysOf[sku] }),
  prices: [
    { currency, unitPriceMinor },
    ...(sku in dollarPrices ? [{ currency: 'USD', unitPriceMinor: dollarPrices[sku]! }] : []),
  ],
}));

/** What was agreed beside the prices for everyone. */
export const priceLists = [
  {
    id: 'SE-7',
    name: 'Framework contract SE-7',
    currency,
    customerId: 'STADTWERKE-ELBTAL',
    prices: [
      { sku: 'DESK-SIT-STAND', minimumQuantity: 1, unitPriceMinor: 61_500 },
      { sku: 'DESK-SIT-STAND', minimumQuantity: 10, unitPriceMinor: 58_900 },
      { sku: 'CHAIR-TASK-MESH', minimumQuantity: 10, unitPriceMinor: 25_900 },
    ],
  },
  {
    id: 'PAPER-VOLUME',
    name: 'Paper and envelopes by volume',
    currency,
    prices: [
      { sku: 'PAPER-A4-80', minimumQuantity: 40, unitPriceMinor: 2_290 },
      { sku: 'ENVELOPE-DL-500', minimumQuantity: 50, unitPriceMinor: 1_690 },
    ],
  },
];

/** At how few units of it so many are ordered. */
export const reorderPoints = [
  { sku: 'TONER-BLACK-10K', warehouseId: hamburg, point: 5, quantity: 24 },
  { sku: 'PROJECTOR-FHD', warehouseId: hamburg, point: 2, quantity: 6 },
  { sku: 'PAPER-A4-80', warehouseId: hamburg, point: 120, quantity: 480 },
];

export const openingStock = [
  { reference: 'STOCKTAKE-HAMBURG', warehouseId: hamburg, lines: counted(([, , , , , inHamburg]) => inHamburg) },
  { reference: 'STOCKTAKE-LEIPZIG', warehouseId: leipzig, lines: counted(([, , , , , , inLeipzig]) => inLeipzig) },
];

/** How the company's own bank writes its statements. */
export const bankAccount = {
  name: 'Current account',
  iban: company.bankIban,
  bic: company.bankBic,
  currency,
  csvMapping: {
    delimiter: ';',
    dateFormat: 'YYYY-MM-DD',
    decimalMark: '.',
    columns: {
      valueOn: 'Value date',
      amount: 'Amount',
      bankReference: 'Reference',
      payerName: 'Name',
      payerIban: 'IBAN',
      remittance: ['Text'],
    },
  },
};

export const costOf = (sku: string): number => productTable.find(([listed]) => listed === sku)![3];

function counted(quantityIn: (row: (typeof productTable)[number]) => number) {
  return productTable
    .filter((row) => quantityIn(row) > 0)
    .map((row) => ({ sku: row[0], quantity: quantityIn(row), unitCostMinor: row[3] }));
}

interface Profile {
  yearsTrading?: number;
  annualTurnoverMinor?: number;
  tradeReferences?: number;
  externalRating?: 'A' | 'B' | 'C' | 'D';
}

interface CustomerRow {
  name: string;
  contact: [name: string, role: string, phone: string];
  place: [street: string, postalCode: string, city: string];
  netDays: number;
  backOrderAllowed?: boolean;
  /** For paying in full so many days after the invoice. */
  discount?: { rate: string; days: number };
  /** One invoice for all that was shipped to it until that day of the week. */
  invoicedOnWeekday?: number;
  /** Of its letters. */
  language?: string;
  /** That it is billed in, where it is not the company's own. */
  billedIn?: string;
  profile: Profile;
  /** It has its invoices sent as UBL too. */
  eInvoicing?: { taxId: string; electronicAddress: { scheme: string; id: string }; buyerReference?: string };
}

/** By id. What becomes of each is told in story.ts. */
const customerTable = {
  HAFENKANTE: {
    name: 'Hafenkante Architekten GmbH',
    contact: ['Jule Petersen', 'Office management', '+49 40 66969 110'],
    place: ['Musterdeich 41', '20459', 'Hamburg'],
    netDays: 30,
    discount: { rate: '0.02', days: 10 },
    profile: { yearsTrading: 14, annualTurnoverMinor: 340_000_000, tradeReferences: 3, externalRating: 'A' },
  },
  LINDENHOF: {
    name: 'Hotel Lindenhof OHG',
    contact: ['Klaus Weidner', 'Purchasing', '+49 40 66969 121'],
    place: ['Lindenweg 2', '04109', 'Leipzig'],
    netDays: 30,
    eInvoicing: { taxId: 'DE136695976', electronicAddress: { scheme: '0088', id: '4012345000009' } },
    profile: { yearsTrading: 31, annualTurnoverMinor: 210_000_000, tradeReferences: 2, externalRating: 'B' },
  },
  'STADTWERKE-ELBTAL': {
    name: 'Stadtwerke Elbtal AG',
    contact: ['Dr. Ines Krahl', 'Facilities', '+49 40 66969 132'],
    place: ['Am Wasserturm 1', '01067', 'Dresden'],
    netDays: 60,
    backOrderAllowed: true,
    profile: { yearsTrading: 62, annualTurnoverMinor: 18_000_000_000, tradeReferences: 3, externalRating: 'A' },
  },
  ZAHNRAD: {
    name: 'Zahnrad Fahrradwerkstätten eG',
    contact: ['Tomasz Nowicki', 'Managing director', '+49 40 66969 143'],
    place: ['Radweg 8', '22765', 'Hamburg'],
    netDays: 30,
    profile: { yearsTrading: 9, annualTurnoverMinor: 88_000_000, tradeReferences: 2, externalRating: 'B' },
  },
  NORDLICHT: {
    name: 'Nordlicht Verlag GmbH',
    contact: ['Annika Söhl', 'Accounts payable', '+49 40 66969 154'],
    place: ['Speicherzeile 17', '20457', 'Hamburg'],
    netDays: 30,
    backOrderAllowed: true,
    profile: { yearsTrading: 22, annualTurnoverMinor: 160_000_000, tradeReferences: 2, externalRating: 'B' },
  },
  SCHUBERT: {
    name: 'Dentallabor Schubert GmbH',
    contact: ['Petra Schubert', 'Owner', '+49 40 66969 165'],
    place: ['Musterstraße 88', '39104', 'Magdeburg'],
    netDays: 30,
    profile: { yearsTrading: 12, annualTurnoverMinor: 74_000_000, tradeReferences: 2, externalRating: 'B' },
  },
  ALSTERBLICK: {
    name: 'Pension Alsterblick KG',
    contact: ['Gerd Maurer', 'Owner', '+49 40 66969 176'],
    place: ['Uferpromenade 5', '22085', 'Hamburg'],
    netDays: 30,
    language: 'de',
    profile: { yearsTrading: 7, annualTurnoverMinor: 31_000_000, tradeReferences: 1, externalRating: 'C' },
  },
  BRUECKNER: {
    name: 'Brückner Messebau GmbH',
    contact: ['Silvio Brückner', 'Managing director', '+49 40 66969 187'],
    place: ['Hallenring 30', '04356', 'Leipzig'],
    netDays: 30,
    profile: { yearsTrading: 5, annualTurnoverMinor: 95_000_000, tradeReferences: 2, externalRating: 'C' },
  },
  WALDHEIM: {
    name: 'Freie Schule Waldheim e. V.',
    contact: ['Miriam Acker', 'School office', '+49 40 66969 198'],
    place: ['Waldsaum 1', '04736', 'Waldheim'],
    netDays: 30,
    profile: { yearsTrading: 18, annualTurnoverMinor: 12_000_000 },
  },
  KIEZKANTINE: {
    name: 'Kiezkantine Altona GbR',
    contact: ['Deniz Aydin', 'Owner', '+49 40 66969 209'],
    place: ['Marktgasse 11', '22767', 'Hamburg'],
    netDays: 14,
    profile: { yearsTrading: 2, annualTurnoverMinor: 9_000_000, tradeReferences: 0, externalRating: 'C' },
  },
  OBERLAND: {
    name: 'Oberland Maschinenbau AG',
    contact: ['Ruth Haller', 'Purchasing', '+49 89 99998 420'],
    place: ['Werkstraße 60', '82362', 'Weilheim'],
    netDays: 14,
    profile: { yearsTrading: 40, annualTurnoverMinor: 2_600_000_000, tradeReferences: 3, externalRating: 'A' },
  },
  'VILLA-ROSSI': {
    name: 'Ristorante Villa Rossi GmbH',
    contact: ['Elena Rossi', 'Managing director', '+49 40 66969 231'],
    place: ['Am Rosengarten 4', '20149', 'Hamburg'],
    netDays: 30,
    profile: { yearsTrading: 11, annualTurnoverMinor: 62_000_000, tradeReferences: 2, externalRating: 'B' },
  },
  STUDIENWERK: {
    name: 'Studienwerk Förde AöR',
    contact: ['Wiebke Carstens', 'Purchasing', '+49 40 66969 275'],
    place: ['Campusallee 2', '24118', 'Kiel'],
    netDays: 30,
    invoicedOnWeekday: 1,
    profile: { yearsTrading: 48, annualTurnoverMinor: 2_200_000_000, tradeReferences: 3, externalRating: 'A' },
  },
  MERIDIAN: {
    name: 'Meridian Reedereikontor GmbH',
    contact: ['Björn Vollmer', 'Office services', '+49 40 66969 264'],
    place: ['Am Frachthafen 3', '20457', 'Hamburg'],
    netDays: 30,
    billedIn: 'USD',
    profile: { yearsTrading: 26, annualTurnoverMinor: 900_000_000, tradeReferences: 3, externalRating: 'A' },
  },
  RAPIDO: {
    name: 'Rapido Kurierdienste UG',
    contact: ['Marco Lenz', 'Managing director', '+49 40 66969 242'],
    place: ['Zubringer 7', '22113', 'Hamburg'],
    netDays: 30,
    profile: { yearsTrading: 0, annualTurnoverMinor: 3_000_000, tradeReferences: 0, externalRating: 'D' },
  },
  FELDMANN: {
    name: 'Feldmann & Töchter Steuerberatung PartG',
    contact: ['Carla Feldmann', 'Partner', '+49 221 4710 153'],
    place: ['Domblick 9', '50667', 'Köln'],
    netDays: 30,
    profile: { yearsTrading: 16, annualTurnoverMinor: 120_000_000, tradeReferences: 3, externalRating: 'A' },
  },
  KOLIBRI: {
    name: 'Kolibri Games UG',
    contact: ['Sami Okafor', 'Co-founder', '+49 30 23125 164'],
    place: ['Hinterhof 3', '10997', 'Berlin'],
    netDays: 30,
    profile: {},
  },
} satisfies Record<string, CustomerRow>;

export type CustomerId = keyof typeof customerTable;

export const currencyOf = (id: CustomerId): string => (customerTable[id] as CustomerRow).billedIn ?? currency;

export function customer(id: CustomerId) {
  const { name, contact, place, netDays, discount, language, invoicedOnWeekday, profile, eInvoicing, ...rest }: CustomerRow =
    customerTable[id];
  const [person, role, phone] = contact;
  const [street, postalCode, city] = place;
  const domain = `${id.toLowerCase()}.example`;
  return {
    id,
    name,
    email: `invoices@${domain}`,
    contacts: [{ name: person, role, phone, email: `${mailName(person)}@${domain}` }],
    billingAddress: address(name, street, postalCode, city),
    currency: currencyOf(id),
    terms: { kind: 'net', days: netDays, ...(discount && { discounts: [discount] }) },
    ...(language && { language }),
    ...(invoicedOnWeekday && { invoicing: { kind: 'consolidated', every: 'week', weekday: invoicedOnWeekday } }),
    backOrderAllowed: rest.backOrderAllowed ?? false,
    creditProfile: profile,
    ...(eInvoicing && { ...eInvoicing, eInvoices: true }),
  };
}

function mailName(person: string): string {
  const plain = person.replace('Dr. ', '').toLowerCase().replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ä', 'ae');
  return plain.replaceAll(' ', '.');
}

function address(name: string, street: string, postalCode: string, city: string) {
  return { name, street, postalCode, city, country: 'DE' };
}
