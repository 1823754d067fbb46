const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

function figures(minor: number, currency: string): string {
  const digits = digitsOf(currency);
  return new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    minor / 10 ** digits,
  );
}

/** The amount with its currency, for buttons and sentences. */
export const moneyText = (minor: number, currency: string): string => `${figures(minor, currency)} ${currency}`;

/** An amount in tabular figures, with its currency. */
export function Money({ minor, currency }: { minor: number; currency: string }) {
  return (
    <span className="amount">
      {figures(minor, currency)}
      <small>{currency}</small>
    </span>
  );
}

/** The amount within a sentence or on a button: '12,000.00 EUR'. */
export function amountText(minor: number, currency: string): string {
  const digits = digitsOf(currency);
  const amount = new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${amount.format(minor / 10 ** digits)} ${currency}`;
}

/** The amount as somebody would type it. */
export const majorOf = (minor: number, currency: string): string =>
  (minor / 10 ** digitsOf(currency)).toFixed(digitsOf(currency));

/** What somebody typed, exactly, in minor units; more decimals than the currency has are refused by the API as no whole number. */
export function minorOf(text: string, currency: string): number {
  const [whole = '', decimals = ''] = text.trim().replace(',', '.').split('.');
  const digits = digitsOf(currency);
  return decimals.length > digits ? Number.NaN : Number(whole + decimals.padEnd(digits, '0'));
}
