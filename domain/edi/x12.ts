/**
 * ASC X12 as text: delimiters, segments, the three envelopes (ISA/IEA, GS/GE, ST/SE), and the faults that a 997 names. What the sets
 * mean is in the files beside this one. Source: X12.5 (interchange control), X12.6 (application control), X12.20 (997); requirement O1.
 */
import { type IsoInstant, localDate } from '../time.ts';

export type X12Version = '004010' | '005010';
export const x12Versions: readonly X12Version[] = ['004010', '005010'];

/** What is wrong with an element, by the code list of AK403. */
export const elementCodes = {
  'missing-element': '1',
  'too-many-elements': '3',
  'too-long': '5',
  'invalid-character': '6',
  'invalid-code': '7',
  'invalid-date': '8',
} as const;
/** What is wrong with a segment, by the code list of AK304. */
export const segmentCodes = {
  'unrecognised-segment': '1',
  'unexpected-segment': '2',
  'missing-segment': '3',
  'too-many-segments': '5',
} as const;
/** What is wrong with a transaction set, by the code list of AK502. */
export const setCodes = {
  'set-not-supported': '1',
  'trailer-missing': '2',
  'control-number-mismatch': '3',
  'segment-count': '4',
  'control-number-repeated': '23',
} as const;
/** What is wrong with a functional group, by the code list of AK905. */
export const groupCodes = {
  'group-not-supported': '1',
  'version-not-supported': '2',
  'group-trailer-missing': '3',
  'group-control-number-mismatch': '4',
  'set-count': '5',
} as const;

type ElementCode = keyof typeof elementCodes;
type SegmentCode = keyof typeof segmentCodes;
type SetCode = keyof typeof setCodes;
type GroupCode = keyof typeof groupCodes;

/** Where: 'PO1', which segment of its set (ST is 1) or, outside of sets, of the interchange (ISA is 1), and which element, from 1. */
export interface EdiFault {
  code: ElementCode | SegmentCode | SetCode | GroupCode | 'envelope';
  segment: string;
  position: number;
  element?: number;
  /** What stands there. */
  value?: string;
  detail: string;
}

export interface Segment {
  tag: string;
  /** The first is element 01; '' where it is empty. */
  elements: string[];
  position: number;
}

export interface TransactionSet {
  /** ST01: '850'. */
  type: string;
  controlNumber: string;
  /** Those between ST and SE. */
  segments: Segment[];
  /** From ST to SE, as it came. */
  text: string;
  faults: EdiFault[];
}

export interface FunctionalGroup {
  /** GS01: 'PO' holds 850s, 'FA' 997s. */
  functionalId: string;
  senderId: string;
  controlNumber: string;
  version: string;
  /** GE01: how many sets the sender says there are. */
  statedSets: number;
  sets: TransactionSet[];
  faults: EdiFault[];
}

export interface Interchange {
  /** As 'ZZ:ACME'. */
  sender: string;
  receiver: string;
  controlNumber: string;
  isTest: boolean;
  groups: FunctionalGroup[];
  /** Of the envelope: with one of them, nothing in it can be believed. */
  faults: EdiFault[];
}

/** Control characters are delimiters or mistakes; U+FFFD stands where NUL was. */
const unprintable = /[\p{Cc}\p{Surrogate}\ufffd]/u;
const tagShape = /^[A-Z][A-Z0-9]{1,2}$/;
const isaLengths = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1];
const segmentsMaximum = 50_000;
const setsMaximum = 200;

/** 'PO1-07': an element, as people who know X12 call it. */
export const elementName = ({ segment, element }: Pick<EdiFault, 'segment' | 'element'>): string =>
  element === undefined ? segment : `${segment}-${String(element).padStart(2, '0')}`;

/**
 * Reads an interchange. Never throws, whatever the text: what is wrong stands in `faults` of the level that it is about, and a set is
 * to be used only when its own, its group's and the interchange's are empty.
 */
export function readInterchange(text: string): Interchange {
  const read: Interchange = { sender: '', receiver: '', controlNumber: '', isTest: false, groups: [], faults: [] };
  const wrong = (segment: string, position: number, element: number | undefined, detail: string): void => {
    if (read.faults.length < 50) {
      read.faults.push({ code: 'envelope', segment, position, ...(element === undefined ? {} : { element }), detail });
    }
  };
  const start = text.search(/\S/);
  const isa = start < 0 ? '' : text.slice(start, start + 106);
  const separator = isa[3] ?? '';
  const header = isa.slice(0, 105).split(separator).slice(1);
  if (!isa.startsWith('ISA') || isa.length < 106 || header.length !== isaLengths.length) {
    wrong('ISA', 1, undefined, 'It does not begin with an ISA segment of 106 characters.');
    return read;
  }
  const terminator = isa[105]!;
  const component = header[15]!;
  for (const [index, value] of header.entries()) {
    if (value.length !== isaLengths[index]) wrong('ISA', 1, index + 1, `It must have ${isaLengths[index]} characters.`);
    else if (index < 15 && unprintable.test(value)) wrong('ISA', 1, index + 1, 'It holds characters that cannot be printed.');
  }
  const delimiters = [separator, component, terminator];
  if (new Set(delimiters).size < 3 || delimiters.some((delimiter) => /[A-Za-z0-9 ]/.test(delimiter))) {
    wrong('ISA', 1, 16, 'The three delimiters must be different, and no letter, digit or space.');
  }
  if (read.faults.length > 0) return read;
  read.sender = `${header[4]!.trim()}:${header[5]!.trim()}`;
  read.receiver = `${header[6]!.trim()}:${header[7]!.trim()}`;
  read.controlNumber = header[12]!;
  read.isTest = header[14] === 'T';
  if (header[5]!.trim() === '') wrong('ISA', 1, 6, 'It does not say who sends it.');
  if (!/^\d{9}$/.test(read.controlNumber)) wrong('ISA', 1, 13, 'The control number must have nine digits.');
  if (!/^[TP]$/.test(header[14]!)) wrong('ISA', 1, 15, 'It must be P for production or T for a test.');
  if (!['00401', '00501'].includes(header[11]!)) wrong('ISA', 1, 12, 'Versions 00401 and 00501 are read.');

  const pieces = cut(text, start, terminator);
  if (pieces.length > segmentsMaximum) {
    wrong('ISA', 1, undefined, `An interchange has at most ${segmentsMaximum} segments.`);
    return read;
  }
  let group: FunctionalGroup | undefined;
  let set: TransactionSet | undefined;
  let setStart = 0;
  let ended = false;
  const endSet = (fault?: Pick<EdiFault, 'code' | 'detail'> & Partial<EdiFault>): void => {
    if (set && fault) set.faults.push({ segment: 'SE', position: set.segments.length + 2, ...fault });
    set = undefined;
  };
  const endWithoutTrailer = (): void => endSet({ code: 'trailer-missing', detail: 'SE is missing.' });
  const leaveGroup = (at: number): void => {
    endWithoutTrailer();
    group?.faults.push({ code: 'group-trailer-missing', segment: 'GE', position: at, detail: 'GE is missing.' });
    group = undefined;
  };
  for (const [index, { raw, from, to }] of pieces.entries()) {
    if (index === 0) continue;
    const [tag = '', ...elements] = raw.split(separator);
    const at = index + 1;
    const element = (number: number) => elements[number - 1] ?? '';
    if (ended) {
      wrong(shownTag(tag), at, undefined, 'Nothing may follow IEA: send one interchange at a time.');
      break;
    }
    if (tag === 'GS') {
      leaveGroup(at);
      group = {
        functionalId: element(1),
        senderId: element(2).trim(),
        controlNumber: element(6),
        version: element(8),
        statedSets: 0,
        sets: [],
        faults: [],
      };
      const current = group;
      const fault = (code: GroupCode, number: number, detail: string) =>
        current.faults.push({ code, segment: 'GS', position: at, element: number, value: element(number), detail });
      if (!['PO', 'FA'].includes(group.functionalId)) fault('group-not-supported', 1, 'Groups of PO and FA are read.');
      if (!x12Versions.some((version) => element(8).startsWith(version))) {
        fault('version-not-supported', 8, `Versions ${x12Versions.join(' and ')} are read.`);
      }
      // A number that is no number, or stands there twice, cannot be acknowledged.
      if (!/^\d{1,9}$/.test(element(6))) wrong('GS', at, 6, 'The control number of a group is one to nine digits.');
      else if (read.groups.some(({ controlNumber }) => controlNumber === current.controlNumber)) {
        wrong('GS', at, 6, `Two groups have the control number ${current.controlNumber}.`);
      }
      read.groups.push(group);
    } else if (tag === 'ST') {
      endWithoutTrailer();
      if (!group) {
        wrong('ST', at, undefined, 'It stands in no group.');
        continue;
      }
      setStart = from;
      set = { type: element(1), controlNumber: element(2), segments: [], text: '', faults: [] };
      const current = set;
      if (!/^[A-Za-z0-9]{4,9}$/.test(element(2))) {
        wrong('ST', at, 2, 'The control number of a set is four to nine letters or digits.');
      } else if (group.sets.some(({ controlNumber }) => controlNumber === current.controlNumber)) {
        const detail = `Two sets of its group have the control number ${element(2)}.`;
        set.faults.push({ code: 'control-number-repeated', segment: 'ST', position: 1, element: 2, value: element(2), detail });
      }
      group.sets.push(set);
      if (read.groups.reduce((total, { sets }) => total + sets.length, 0) > setsMaximum) {
        wrong('ST', at, undefined, `An interchange has at most ${setsMaximum} transaction sets.`);
        break;
      }
    } else if (tag === 'SE') {
      if (!set) {
        wrong('SE', at, undefined, 'No set is open.');
        continue;
      }
      set.text = text.slice(setStart, to);
      const stands = set.segments.length + 2;
      if (element(2) !== set.controlNumber) {
        const detail = `ST-02 is ${set.controlNumber}.`;
        endSet({ code: 'control-number-mismatch', element: 2, value: element(2), detail });
      } else if (Number(element(1)) !== stands || !/^\d{1,10}$/.test(element(1))) {
        endSet({ code: 'segment-count', element: 1, value: element(1), detail: `The set has ${stands} segments.` });
      } else endSet();
    } else if (tag === 'GE') {
      if (!group) {
        wrong('GE', at, undefined, 'No group is open.');
        continue;
      }
      endWithoutTrailer();
      const current = group;
      const fault = (code: GroupCode, number: number, detail: string) =>
        current.faults.push({ code, segment: 'GE', position: at, element: number, value: element(number), detail });
      group.statedSets = /^\d{1,6}$/.test(element(1)) ? Number(element(1)) : 0;
      if (group.statedSets !== group.sets.length) fault('set-count', 1, `The group has ${group.sets.length} sets.`);
      if (element(2) !== group.controlNumber) fault('group-control-number-mismatch', 2, `GS-06 is ${group.controlNumber}.`);
      group = undefined;
    } else if (tag === 'IEA') {
      leaveGroup(at);
      ended = true;
      if (Number(element(1)) !== read.groups.length) wrong('IEA', at, 1, `The interchange has ${read.groups.length} groups.`);
      if (element(2) !== read.controlNumber) wrong('IEA', at, 2, `ISA-13 is ${read.controlNumber}.`);
    } else if (set) {
      const segment = { tag: shownTag(tag), elements, position: set.segments.length + 2 };
      set.segments.push(segment);
      if (!tagShape.test(tag)) {
        set.faults.push({
          code: 'unrecognised-segment',
          segment: segment.tag,
          position: segment.position,
          detail: 'No segment is called so.',
        });
      }
      for (const [place, value] of elements.entries()) {
        if (!unprintable.test(value)) continue;
        const where = { segment: segment.tag, position: segment.position, element: place + 1 };
        set.faults.push({ code: 'invalid-character', ...where, value, detail: 'It holds characters that cannot be printed.' });
      }
    } else wrong(shownTag(tag), at, undefined, 'It stands in no set.');
  }
  if (!ended && read.faults.length === 0) wrong('IEA', pieces.length + 1, undefined, 'IEA is missing: the end may be lost.');
  if (read.groups.length === 0 && read.faults.length === 0) wrong('GS', 2, undefined, 'There is no group in it.');
  return read;
}

/** The text between terminators; line breaks around segments are for people. */
function cut(text: string, start: number, terminator: string): { raw: string; from: number; to: number }[] {
  const pieces = [];
  let from = start;
  while (from < text.length && pieces.length <= segmentsMaximum) {
    const found = text.indexOf(terminator, from);
    const end = found < 0 ? text.length : found;
    const raw = text.slice(from, end).replace(/^[\r\n]+|[\r\n]+$/g, '');
    // Two terminators, one of them a line break, are no empty segment.
    if (raw.trim() !== '')
      pieces.push({ raw, from: from + text.slice(from, end).search(/[^\r\n]/), to: Math.min(end + 1, text.length) });
    from = end + 1;
  }
  return pieces;
}

/** A tag as it can be shown and answered. */
const shownTag = (tag: string): string => tag.replaceAll(/[^A-Za-z0-9]/g, '?').slice(0, 3) || '?';

/** One side of an exchange: ISA qualifier and id, and the id of its GS. */
export interface EdiParty {
  qualifier: string;
  interchangeId: string;
  groupId: string;
}

export interface OutgoingSet {
  type: '997' | '855' | '856' | '810';
  segments: (string | number | undefined)[][];
}

export const functionalIds: Record<OutgoingSet['type'], string> = { '997': 'FA', '855': 'PR', '856': 'SH', '810': 'IN' };

export interface Envelope {
  from: EdiParty;
  to: EdiParty;
  version: X12Version;
  /** Of the interchange and of its one group alike. */
  controlNumber: number;
  isTest: boolean;
  at: IsoInstant;
  timeZone: string;
}

const [element, terminate, component] = ['*', '~', '>'];

/** ISA13: '000000042'. */
export const controlNumberInFull = (controlNumber: number): string => String(controlNumber).padStart(9, '0');

/** One set in a group of its own in an interchange of its own: what is rejected holds up nothing else. */
export function writeInterchange({ from, to, version, controlNumber, isTest, at, timeZone }: Envelope, set: OutgoingSet): string {
  const { date, time } = dateAndTime(at, timeZone);
  const number = controlNumberInFull(controlNumber);
  const body = [['ST', set.type, '0001'], ...set.segments, ['SE', set.segments.length + 2, '0001']];
  const isFive = version === '005010';
  const isa = ['ISA', '00', ' '.repeat(10), '00', ' '.repeat(10)];
  for (const { qualifier, interchangeId } of [from, to]) isa.push(qualifier.padEnd(2), interchangeId.padEnd(15));
  isa.push(date.slice(2), time, isFive ? '^' : 'U', isFive ? '00501' : '00401', number, '0', isTest ? 'T' : 'P', component);
  const group = ['GS', functionalIds[set.type], from.groupId, to.groupId, date, time, controlNumber, 'X', version];
  const rest = [group, ...body, ['GE', 1, controlNumber], ['IEA', 1, number]];
  return `${[isa.join(element), ...rest.map(writeSegment)].join(`${terminate}\n`)}${terminate}\n`;
}

function writeSegment(values: (string | number | undefined)[]): string {
  return values
    .map((value) => plainText(String(value ?? '')))
    .join(element)
    .replace(/\*+$/, '');
}

/** The characters that every partner takes: delimiters become spaces, and letters lose their accents. */
const plainText = (text: string): string =>
  text
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[*~>^\p{Cc}]/gu, ' ')
    .replaceAll(/[^ -}]/gu, '?')
    .trim();

/** 'CCYYMMDD' and 'HHMM' on the clocks of the time zone. */
export function dateAndTime(at: IsoInstant, timeZone: string): { date: string; time: string } {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return { date: compactDate(localDate(at, timeZone)), time: time.format(new Date(at)).replace(':', '') };
}

/** '20270301' of '2027-03-01'. */
export const compactDate = (date: string): string => date.replaceAll('-', '');

/** What a partner sent, as text that can be kept: UTF-8, or Latin-1 where it is not that, and without NUL, which PostgreSQL takes nowhere. */
export function decodeX12(bytes: Uint8Array): string {
  return decode(bytes).replaceAll('\0', '\ufffd');
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}
