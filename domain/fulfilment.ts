/** The written policy of the warehouse's side of an order. Requirement F2. */
export interface FulfilmentPolicy {
  name: 'fulfilment';
  version: number;
  /** How long a customer has to say what becomes of an order that stock has failed; silence cancels it. */
  choiceBusinessDays: number;
}

export const defaultFulfilmentPolicy: FulfilmentPolicy = { name: 'fulfilment', version: 1, choiceBusinessDays: 2 };

/** What a customer may choose: all of it later, what is there now and the rest never, or nothing. */
export const shortageChoices = ['wait', 'ship-part', 'cancel'] as const;
export type ShortageChoice = (typeof shortageChoices)[number];
