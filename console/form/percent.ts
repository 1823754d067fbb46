/** A share as the API writes it, '0.0227', as people do: '2.27'. */
export const percentOf = (share: string): string => String(Number((Number(share) * 100).toFixed(4)));

/** The other way round, digit by digit. What is no number is left as it is, for the API to refuse. */
export function shareOf(percent: string): string {
  const written = /^(-?)(\d{1,4})(?:\.(\d{1,6}))?$/.exec(percent.trim().replace(',', '.'));
  if (!written) return percent;
  const [, sign, whole = '', decimals = ''] = written;
  const hundredths = whole.padStart(3, '0');
  const after = (hundredths.slice(-2) + decimals).replace(/0+$/, '');
  return `${sign}${Number(hundredths.slice(0, -2))}${after === '' ? '' : `.${after}`}`;
}
