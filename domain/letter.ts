/**
 * The words of reminders and dunning letters: data of a dunning policy, by language, with placeholders. Requirement P4.
 */

export interface LetterText {
  subject: string;
  text: string;
}

/** One language. What stands in [[double square brackets]] is left out when a placeholder in it has nothing to say. */
export interface LetterTexts {
  greeting: string;
  /** A line of {{items}}. */
  item: string;
  closing: string;
  reminder: LetterText;
  levels: (LetterText & { level: number })[];
  /** Of levels that are not listed. */
  further?: LetterText | undefined;
  /** Of the last letter before collections, whatever its level. */
  final?: LetterText | undefined;
  /** Of the mails that bring a note; absent: those that are built in for the language. */
  notes?: Partial<Record<NoteReason, LetterText>> | undefined;
}

/** What a note of interest or fees is for. */
export const noteReasons = ['interest', 'dunning-fee', 'compensation'] as const;
export type NoteReason = (typeof noteReasons)[number];

export interface Letters {
  /** For customers whose language is not among the texts, or that have none. */
  defaultLanguage: string;
  texts: Record<string, LetterTexts>;
}

/** What a text may name, by part. Amounts come with their currency, dates as YYYY-MM-DD. */
const placeholders = {
  frame: ['customer', 'company'],
  item: ['invoiceId', 'amount', 'dueOn', 'reference', 'interest'],
  reminder: ['customer', 'company', 'invoiceId', 'amount', 'dueOn', 'reference'],
  note: ['customer', 'company', 'invoiceId', 'principalInvoiceId', 'amount', 'dueOn'],
  letter: ['customer', 'company', 'items', 'total', 'level', 'fee', 'compensation', 'interest', 'rate', 'contact'],
} as const;

type Part = keyof typeof placeholders;
export type PlaceholderValues = Partial<Record<(typeof placeholders)[Part][number], string>>;

export interface LetterFault {
  /** Below `letters`, as a JSON path: ['texts', 'de', 'levels', 0, 'text']. */
  path: (string | number)[];
  message: string;
}

/** What is wrong with the texts of a policy: placeholders that nothing fills, brackets that do not close, texts that are missing. */
export function faultsOfLetters(letters: Letters, levels: readonly { level: number; final: boolean }[]): LetterFault[] {
  const faults: LetterFault[] = [];
  const check = (text: string, part: Part, path: (string | number)[]) => {
    for (const [, name] of text.matchAll(/\{\{(.*?)\}\}/gs)) {
      if (!(placeholders[part] as readonly string[]).includes(name!)) {
        faults.push({ path, message: `There is no {{${name!.slice(0, 60)}}} here, only ${placeholders[part].join(', ')}.` });
      }
    }
    const rest = text.replaceAll(/\{\{.*?\}\}/gs, '').replaceAll(/\[\[[^[\]]*\]\]/g, '');
    if (/\{\{|\}\}|\[\[|\]\]/.test(rest)) faults.push({ path, message: 'A {{placeholder}} or a [[part]] is not closed.' });
  };
  const checkLetter = ({ subject, text }: LetterText, part: Part, path: (string | number)[]) => {
    check(subject, part, [...path, 'subject']);
    check(text, part, [...path, 'text']);
  };
  for (const [language, texts] of Object.entries(letters.texts)) {
    const path = ['texts', language];
    check(texts.greeting, 'frame', [...path, 'greeting']);
    check(texts.item, 'item', [...path, 'item']);
    check(texts.closing, 'frame', [...path, 'closing']);
    checkLetter(texts.reminder, 'reminder', [...path, 'reminder']);
    for (const [index, text] of texts.levels.entries()) checkLetter(text, 'letter', [...path, 'levels', index]);
    if (texts.further) checkLetter(texts.further, 'letter', [...path, 'further']);
    if (texts.final) checkLetter(texts.final, 'letter', [...path, 'final']);
    for (const [reason, text] of Object.entries(texts.notes ?? {})) checkLetter(text, 'note', [...path, 'notes', reason]);
  }
  const fallback = letters.texts[letters.defaultLanguage];
  if (!fallback) return [...faults, { path: ['defaultLanguage'], message: 'There are no texts in this language.' }];
  for (const level of levels) {
    if (textOf(fallback, level)) continue;
    faults.push({ path: ['texts', letters.defaultLanguage, 'levels'], message: `There is no text for level ${level.level}.` });
  }
  return faults;
}

const textOf = (texts: LetterTexts, { level, final }: { level: number; final: boolean }): LetterText | undefined =>
  (final ? texts.final : undefined) ?? texts.levels.find((one) => one.level === level) ?? texts.further;

/** The letter that the customer gets: in its own language when there are words for it, else in the policy's. */
export function chooseLetter(
  letters: Letters,
  language: string | null,
  which: 'reminder' | { level: number; final: boolean },
): { language: string; frame: Pick<LetterTexts, 'greeting' | 'item' | 'closing'>; letter: LetterText } {
  for (const candidate of [language, letters.defaultLanguage]) {
    const texts = candidate === null ? undefined : letters.texts[candidate];
    const letter = texts && (which === 'reminder' ? texts.reminder : textOf(texts, which));
    if (letter) return { language: candidate!, frame: texts, letter };
  }
  // A level that came into force without words: never refused a letter, only less precise.
  return { language: 'en', frame: english, letter: which === 'reminder' ? english.reminder : textOf(english, which)! };
}

/** The mail that brings a note: in the words of the policy or the built-in ones, in its own language before the policy's and English. */
export function chooseNote(
  letters: Letters,
  language: string | null,
  reason: NoteReason,
): { language: string; frame: Pick<LetterTexts, 'greeting' | 'closing'>; letter: LetterText } {
  for (const candidate of [language, letters.defaultLanguage]) {
    if (candidate === null) continue;
    const builtIn = defaultLetters.texts[candidate];
    const letter = letters.texts[candidate]?.notes?.[reason] ?? builtIn?.notes?.[reason];
    if (letter) return { language: candidate, frame: letters.texts[candidate] ?? builtIn!, letter };
  }
  return { language: 'en', frame: english, letter: english.notes![reason]! };
}

/** Fills the placeholders; what has no value is empty, and takes the [[part]] that it stands in with it. */
export function fill(template: string, values: PlaceholderValues): string {
  const said = (name: string): string => (values as Record<string, string | undefined>)[name] ?? '';
  // In one pass: a value that looks like a placeholder is printed as it is.
  return template.replaceAll(/\[\[([^[\]]*)\]\]|\{\{(\w+)\}\}/g, (_whole, part: string | undefined, name: string | undefined) => {
    if (part === undefined) return said(name!);
    const isSilent = [...part.matchAll(/\{\{(\w+)\}\}/g)].some(([, inner]) => said(inner!) === '');
    return isSilent ? '' : part.replaceAll(/\{\{(\w+)\}\}/g, (_inner, one: string) => said(one));
  });
}

/** The same letter for a browser: its paragraphs and lines, with every other character as text. */
export function letterHtml({ subject, text, language }: { subject: string; text: string; language: string }): string {
  const escaped = (plain: string) =>
    plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  const paragraphs = text
    .trim()
    .split('\n\n')
    .map((paragraph) => `<p>${escaped(paragraph).replaceAll('\n', '<br>')}</p>`);
  return `<!doctype html><html lang="${escaped(language)}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head><body>${paragraphs.join('')}</body></html>`;
}

const chargesEnglish =
  '[[\nFor this letter we charge a fee of {{fee}}.]][[\nFor the cost of recovery we charge {{compensation}}, once for each invoice.]][[\nInterest at {{rate}} a year comes to {{interest}} so far.]]';
const bodyEnglish = `these invoices are overdue:\n{{items}}\n\nUntil they are paid, new orders wait. Interest runs from the day after the due date at the rate of our terms; after the final letter we hand the matter to collections.${chargesEnglish}\nIf you have paid meanwhile, please disregard this letter.`;

const english: LetterTexts = {
  greeting: 'Dear {{customer}},',
  item: '  {{invoiceId}}  {{amount}}  due {{dueOn}}[[, please quote {{reference}}]]',
  closing: 'Kind regards\n{{company}}',
  reminder: {
    subject: 'Reminder: invoice {{invoiceId}} is due on {{dueOn}}',
    text: 'this is to remind you that {{amount}} of our invoice {{invoiceId}} is due on {{dueOn}}. Please quote {{reference}}.\nIf anything is wrong with the goods or the invoice, please tell us now.',
  },
  levels: [
    { level: 1, subject: 'Payment is overdue: {{total}}', text: bodyEnglish },
    { level: 2, subject: 'Second letter: payment is overdue: {{total}}', text: bodyEnglish },
  ],
  further: { subject: 'Letter {{level}}: payment is overdue: {{total}}', text: bodyEnglish },
  final: { subject: 'Final letter before collections: {{total}}', text: bodyEnglish },
  notes: {
    interest: {
      subject: 'Interest note {{invoiceId}}: {{amount}}',
      text: 'our invoice {{principalInvoiceId}} was paid late. Attached is our note of the interest, {{amount}}, payable by {{dueOn}}.',
    },
    'dunning-fee': {
      subject: 'Fee note {{invoiceId}}: {{amount}}',
      text: 'our invoice {{principalInvoiceId}} is overdue. Attached is our note of the fee for our letter, {{amount}}, payable by {{dueOn}}.',
    },
    compensation: {
      subject: 'Fee note {{invoiceId}}: {{amount}}',
      text: 'our invoice {{principalInvoiceId}} is overdue. Attached is our note of the fixed sum for the cost of recovery, {{amount}}, payable by {{dueOn}}.',
    },
  },
};

const bodyGerman =
  'die folgenden Rechnungen sind überfällig:\n{{items}}\n\nBis zur Zahlung führen wir neue Aufträge nicht aus. Ab dem Tag nach der Fälligkeit fallen Verzugszinsen nach unseren Bedingungen an; nach dem letzten Schreiben geben wir die Forderung zum Inkasso.[[\nFür dieses Schreiben berechnen wir eine Gebühr von {{fee}}.]][[\nFür die Kosten der Beitreibung berechnen wir {{compensation}}, einmal je Rechnung.]][[\nDie Zinsen zu {{rate}} im Jahr betragen bisher {{interest}}.]]\nSollten Sie inzwischen gezahlt haben, betrachten Sie dieses Schreiben bitte als gegenstandslos.';
const german: LetterTexts = {
  greeting: 'Guten Tag {{customer}},',
  item: '  {{invoiceId}}  {{amount}}  fällig am {{dueOn}}[[, Verwendungszweck {{reference}}]]',
  closing: 'Mit freundlichen Grüßen\n{{company}}',
  reminder: {
    subject: 'Zahlungserinnerung: Rechnung {{invoiceId}} ist am {{dueOn}} fällig',
    text: 'wir erinnern daran, dass {{amount}} unserer Rechnung {{invoiceId}} am {{dueOn}} fällig sind. Bitte geben Sie als Verwendungszweck {{reference}} an.\nSollte an der Ware oder der Rechnung etwas nicht stimmen, sagen Sie es uns bitte jetzt.',
  },
  levels: [{ level: 1, subject: '1. Mahnung: {{total}} sind überfällig', text: bodyGerman }],
  further: { subject: '{{level}}. Mahnung: {{total}} sind überfällig', text: bodyGerman },
  final: { subject: 'Letzte Mahnung vor dem Inkasso: {{total}}', text: bodyGerman },
  notes: {
    interest: {
      subject: 'Zinsrechnung {{invoiceId}}: {{amount}}',
      text: 'unsere Rechnung {{principalInvoiceId}} wurde verspätet bezahlt. Anbei unsere Abrechnung der Verzugszinsen über {{amount}}, zahlbar bis {{dueOn}}.',
    },
    'dunning-fee': {
      subject: 'Gebührenrechnung {{invoiceId}}: {{amount}}',
      text: 'unsere Rechnung {{principalInvoiceId}} ist überfällig. Anbei unsere Abrechnung der Gebühr für unser Schreiben über {{amount}}, zahlbar bis {{dueOn}}.',
    },
    compensation: {
      subject: 'Gebührenrechnung {{invoiceId}}: {{amount}}',
      text: 'unsere Rechnung {{principalInvoiceId}} ist überfällig. Anbei unsere Abrechnung der Pauschale für die Kosten der Beitreibung über {{amount}}, zahlbar bis {{dueOn}}.',
    },
  },
};

export const defaultLetters: Letters = { defaultLanguage: 'en', texts: { en: english, de: german } };
