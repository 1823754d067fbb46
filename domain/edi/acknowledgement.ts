/** The 997 of X12: whether a group and its sets could be read, and which segment and element could not. Source: X12.20; O1. */
import {
  type EdiFault,
  elementCodes,
  type FunctionalGroup,
  groupCodes,
  type OutgoingSet,
  segmentCodes,
  setCodes,
  type TransactionSet,
  type X12Version,
} from './x12.ts';

/** A group as it came in, with all that is wrong with each of its sets. */
export interface AcknowledgedGroup extends Pick<FunctionalGroup, 'functionalId' | 'controlNumber' | 'version' | 'statedSets'> {
  /** Of the group itself: with one of them none of its sets is taken. */
  faults: EdiFault[];
  sets: (Pick<TransactionSet, 'type' | 'controlNumber'> & { faults: EdiFault[] })[];
}

const codesMaximum = 5;
/** AK3 and AK4 that one set may have: who made more mistakes than that is told of the first. */
const notesMaximum = 99;

/** The 997 that answers a group. A set is accepted or rejected as a whole, for nothing is made of half an order. */
export function acknowledgeGroup(group: AcknowledgedGroup, version: X12Version): OutgoingSet {
  const own = (codes: Record<string, string>, faults: EdiFault[]): string[] =>
    [...new Set(faults.flatMap(({ code }) => codes[code] ?? []))].slice(0, codesMaximum);
  const isFive = version === '005010';
  const isRejected = group.faults.length > 0;
  const accepted = isRejected ? 0 : group.sets.filter(({ faults }) => faults.length === 0).length;
  const segments: OutgoingSet['segments'] = [
    ['AK1', group.functionalId, group.controlNumber, isFive ? group.version : undefined],
  ];
  for (const { type, controlNumber, faults } of group.sets) {
    const notes = notesOf(faults);
    const codes = own(setCodes, faults);
    if (notes.length > 0) codes.push('5');
    const isTaken = !isRejected && faults.length === 0;
    segments.push(['AK2', type, controlNumber], ...notes, ['AK5', isTaken ? 'A' : 'R', ...codes.slice(0, codesMaximum)]);
  }
  const received = group.sets.length;
  const outcome = accepted === received && !isRejected ? 'A' : accepted === 0 ? 'R' : 'P';
  segments.push(['AK9', outcome, Math.max(group.statedSets, 0), received, accepted, ...own(groupCodes, group.faults)]);
  return { type: '997', segments };
}

/** AK3 for each segment with a fault, and AK4 for each of its elements. */
function notesOf(faults: EdiFault[]): OutgoingSet['segments'] {
  const notes: OutgoingSet['segments'] = [];
  const bySegment = new Map<string, EdiFault[]>();
  for (const fault of faults) {
    if (!(fault.code in segmentCodes || fault.code in elementCodes)) continue;
    const key = `${fault.position} ${fault.segment}`;
    bySegment.set(key, [...(bySegment.get(key) ?? []), fault]);
  }
  for (const ofSegment of bySegment.values()) {
    const { segment, position } = ofSegment[0]!;
    const elements = ofSegment.filter(({ code }) => code in elementCodes);
    const codes = new Set(ofSegment.flatMap(({ code }) => (segmentCodes as Record<string, string>)[code] ?? []));
    if (elements.length > 0) codes.add('8');
    notes.push(['AK3', segment, position, undefined, ...[...codes].slice(0, codesMaximum)]);
    for (const { code, element, value } of elements) {
      notes.push(['AK4', element, undefined, (elementCodes as Record<string, string>)[code], value?.slice(0, 99)]);
    }
    if (notes.length >= notesMaximum) break;
  }
  return notes.slice(0, notesMaximum);
}

/** What a partner says of one of our groups. */
export interface GroupAnswer {
  /** 'PR', 'SH' or 'IN'. */
  functionalId: string;
  /** GS06 of ours. */
  controlNumber: number;
  accepted: boolean;
  /** The notes of it, as they came, for the person who has to look: 'AK4*2**7*EA'. */
  notes: string[];
}

/**
 * Reads a 997 about one of ours: each of our groups holds one set, so that what is said of either is said of it. 'A' and 'E' accept,
 * anything else does not. `faults` where it does not say which group it is about, or what it says of it.
 */
export function readAcknowledgement({ segments }: Pick<TransactionSet, 'segments'>): {
  answer?: GroupAnswer;
  faults: EdiFault[];
} {
  const first = (tag: string) => segments.find((segment) => segment.tag === tag);
  const faults = ['AK1', 'AK9']
    .filter((tag) => !first(tag))
    .map((segment): EdiFault => ({ code: 'missing-segment', segment, position: 2, detail: 'It is missing.' }));
  const [functionalId = '', control = ''] = first('AK1')?.elements ?? [];
  if (first('AK1') && !/^\d{1,9}$/.test(control)) {
    const detail = 'It must be the control number of a group.';
    faults.push({
      code: 'invalid-character',
      segment: 'AK1',
      position: first('AK1')!.position,
      element: 2,
      value: control,
      detail,
    });
  }
  if (faults.length > 0) return { faults };
  const outcomes = segments.filter(({ tag }) => tag === 'AK5' || tag === 'AK9').map(({ elements }) => elements[0] ?? '');
  const notes = segments
    .filter(({ tag }) => ['AK3', 'AK4', 'AK5', 'AK9'].includes(tag))
    .slice(0, 100)
    .map(({ tag, elements }) => [tag, ...elements].join('*').slice(0, 200));
  const accepted = outcomes.every((outcome) => outcome === 'A' || outcome === 'E');
  return { answer: { functionalId, controlNumber: Number(control), accepted, notes }, faults };
}
