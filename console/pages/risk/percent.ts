/** A share as whole percent. */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;
