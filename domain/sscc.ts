/**
 * Serial Shipping Container Codes of 18 digits: extension digit, GS1 company prefix, serial reference, check digit. Source: GS1
 * General Specifications, 2.2.1 and 7.9.1.
 */

/** GS1's own range for examples. */
export const exampleGs1CompanyPrefix = '9521234';

/** The check digit of a GS1 key: weights 3 and 1 in turn, beginning with 3 at the right. */
export function gs1CheckDigit(digits: string): string {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}

/** The SSCC of a serial number; the extension digit is its first digit. RangeError when the prefix has no numbers left. */
export function ssccOf(companyPrefix: string, serial: number): string {
  if (!/^\d{7,12}$/.test(companyPrefix)) throw new RangeError(`${companyPrefix} is no GS1 company prefix`);
  const digits = String(serial).padStart(17 - companyPrefix.length, '0');
  if (!/^\d+$/.test(digits) || digits.length + companyPrefix.length > 17) {
    throw new RangeError(`the GS1 company prefix ${companyPrefix} has no number ${serial}`);
  }
  const body = digits[0] + companyPrefix + digits.slice(1);
  return body + gs1CheckDigit(body);
}
