/** The text of the QR code that banking apps read a SEPA credit transfer from. Source: EPC069-12, version 002; requirement I3. */
import { decimalMoney } from './money.ts';

export interface CreditTransfer {
  name: string;
  iban: string;
  bic: string;
  amountMinor: number;
  currency: string;
  /** ISO 11649. */
  reference: string;
}

/** Undefined for what is no SEPA credit transfer: another currency, nothing to pay, or more than 999,999,999.99. */
export function epcQrText({ name, iban, bic, amountMinor, currency, reference }: CreditTransfer): string | undefined {
  if (currency !== 'EUR' || amountMinor < 1 || amountMinor > 99_999_999_999) return undefined;
  const amount = `EUR${decimalMoney({ currency, amountMinor })}`;
  // Service tag, version, UTF-8, SEPA credit transfer; after the amount the purpose, which is left out.
  return ['BCD', '002', '1', 'SCT', bic, name.slice(0, 70), iban, amount, '', reference].join('\n');
}
