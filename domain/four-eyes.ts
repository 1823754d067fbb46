import { type PolicyRate, policyAmount } from './policy-amount.ts';

/** Whether an amount reaches the policy's, from which two people decide. That is in the company's currency; without a rate two do. */
export const takesTwo = (amountMinor: number, fromMinor: number, rate: PolicyRate | undefined): boolean =>
  amountMinor >= policyAmount(fromMinor, rate, 'at-least');

/**
 * Which changes of a policy let one person do what took two: they need two themselves (X3). Tightening takes effect at once.
 */

/** Amounts from which a second person must agree: a higher one lets more pass. */
const amounts: Record<string, readonly string[]> = {
  credit: ['fourEyesFromMinor'],
  corrections: ['fourEyesFromMinor'],
  collections: ['writeOffFourEyesFromMinor'],
};
/** What is decided by who cannot be known for sure. */
const permissions: Record<string, readonly string[]> = { credit: ['signalDecisionsAllowed'] };

type Settings = Readonly<Record<string, unknown>>;

/** The settings by which the next version of a policy is looser about four eyes than the one in force; none: it may come into force. */
export function loosensFourEyes(name: string, inForce: Settings, next: Settings): string[] {
  const higher = (amounts[name] ?? []).filter((path) => Number(next[path]) > Number(inForce[path]));
  const allowed = (permissions[name] ?? []).filter((path) => next[path] === true && inForce[path] !== true);
  return [...higher, ...allowed];
}
