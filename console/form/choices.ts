import { inWords } from '../show/status.tsx';

export interface Choice<Value extends string> {
  value: Value;
  label: string;
}

/**
 * The choices of one of the contract's enums, in this order: by their labels, or `inWords` where it says true.
 * It names the enum, so that a value which is not listed here, or is none any more, does not compile.
 */
export const choicesOf = <Value extends string>(labels: Readonly<Record<Value, string | true>>): Choice<Value>[] =>
  (Object.entries(labels) as [Value, string | true][]).map(([value, label]) => ({
    value,
    label: label === true ? inWords(value) : label,
  }));
