/**
 * A credit application: what a customer asks for, and the counted facts that it states, its trade references and its annual
 * accounts. Requirement C2.
 */
import type { ApplicationDecision, CreditApplicationFacts } from './credit.ts';
import { type Currency, sumMinor } from './money.ts';
import type { IsoDate } from './time.ts';

/** A draft becomes submitted once; from then on its content stays as it is. A newer one takes its place while it is undecided. */
export const applicationStatuses = ['draft', 'submitted', 'decided', 'withdrawn'] as const;
export type ApplicationStatus = (typeof applicationStatuses)[number];

/** Whoever has written or submitted an application is not the one to check what it states (C2). */
export const isFiledBy = (
  { editedBy, submittedBy }: { editedBy: readonly string[]; submittedBy: string | null },
  person: string,
): boolean => submittedBy === person || editedBy.includes(person);

export interface TradeReference {
  company: string;
  contact: { name: string; email?: string | undefined; phone?: string | undefined };
  /** What the customer buys there in a year. */
  annualVolumeMinor: number;
  yearsKnown: number;
  /** After the due date, on average; below 0 is early. */
  averageDaysLate: number;
}

/** One year's accounts, in one currency. */
export interface Financials {
  year: number;
  currency: Currency;
  revenueMinor: number;
  equityMinor: number;
  totalAssetsMinor: number;
  currentAssetsMinor: number;
  currentLiabilitiesMinor: number;
  netIncomeMinor: number;
}

export interface StatedApplication {
  id: string;
  /** Whether a person of credit has checked what it states. */
  verified: boolean;
  references: readonly TradeReference[];
  financials: Financials | null;
}

/** A reference is good when its customer pays no later than this on average. */
export const goodReferenceDaysLate = 15;

/** Who owes nothing for the short term has no ratio; it counts as this one, which is beyond every band. */
const ratioMaximum = 99;

type StatedFacts = Pick<
  CreditApplicationFacts,
  | 'applicationId'
  | 'applicationVerified'
  | 'referenceYearsKnown'
  | 'referenceDaysLate'
  | 'financialsAgeYears'
  | 'currentRatio'
  | 'equityRatio'
  | 'netMargin'
>;

/**
 * The facts on file with those of the latest application. What it counts goes before what is on file once it has been verified:
 * nobody's own word replaces what credit has stated (C1).
 */
export function withApplication(
  facts: CreditApplicationFacts,
  application: StatedApplication | undefined,
  today: IsoDate,
): CreditApplicationFacts {
  if (!application) return facts;
  const { references, financials, verified } = application;
  const stated: StatedFacts = {
    applicationId: application.id,
    applicationVerified: verified,
    referenceYearsKnown: references.length === 0 ? null : mean(references, ({ yearsKnown }) => yearsKnown),
    referenceDaysLate: references.length === 0 ? null : Math.max(0, daysLateByVolume(references)),
    financialsAgeYears: financials && Number(today.slice(0, 4)) - financials.year,
    currentRatio: financials && currentRatio(financials),
    equityRatio: financials && ratio(financials.equityMinor, financials.totalAssetsMinor),
    netMargin: financials && ratio(financials.netIncomeMinor, financials.revenueMinor),
  };
  const counted: Partial<CreditApplicationFacts> = {};
  if (verified && references.length > 0) {
    counted.tradeReferences = references.filter(({ averageDaysLate }) => averageDaysLate <= goodReferenceDaysLate).length;
  }
  if (verified && financials?.currency === facts.currency) counted.annualTurnoverMinor = financials.revenueMinor;
  return { ...facts, ...counted, ...stated };
}

const mean = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((total, item) => total + of(item), 0) / items.length;

/** Whoever sells it more knows better how it pays. */
function daysLateByVolume(references: readonly TradeReference[]): number {
  const volumeMinor = sumMinor(references.map(({ annualVolumeMinor }) => annualVolumeMinor));
  if (volumeMinor === 0) return mean(references, ({ averageDaysLate }) => averageDaysLate);
  return references.reduce(
    (total, { averageDaysLate, annualVolumeMinor }) => total + averageDaysLate * (annualVolumeMinor / volumeMinor),
    0,
  );
}

const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

function currentRatio({ currentAssetsMinor, currentLiabilitiesMinor }: Financials): number | null {
  if (currentLiabilitiesMinor > 0) return Math.min(ratioMaximum, currentAssetsMinor / currentLiabilitiesMinor);
  return currentAssetsMinor > 0 ? ratioMaximum : null;
}

/** What a file is by its first bytes, of the kinds that an application takes: a name or a header may say anything. */
export function documentTypeOf(bytes: Uint8Array): 'application/pdf' | 'image/png' | 'image/jpeg' | undefined {
  const begins = (...signature: number[]) => signature.every((byte, index) => bytes[index] === byte);
  if (begins(0x25, 0x50, 0x44, 0x46, 0x2d)) return 'application/pdf';
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg';
  return undefined;
}

/** The limit that a decision grants: who asks for one gets no more than that. Null: none. */
export const grantedLimitMinor = (
  { asksFor, orderGrossMinor }: Pick<CreditApplicationFacts, 'asksFor' | 'orderGrossMinor'>,
  { limitMinor }: Pick<ApplicationDecision, 'limitMinor'>,
): number | null => (limitMinor === null || asksFor !== 'limit' ? limitMinor : Math.min(orderGrossMinor, limitMinor));
