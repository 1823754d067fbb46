/** A weight as people read it. */
export const kilograms = (weightGrams: number): string => `${(weightGrams / 1_000).toFixed(weightGrams % 100 === 0 ? 1 : 3)} kg`;
