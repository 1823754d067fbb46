/** One thing wrong with a request: where (a JSON pointer), which rule, and what a person can do about it. */
export interface Fault {
  path: string;
  code: string;
  detail: string;
}

/**
 * A refusal: the request was understood and a rule says no. It rolls the transaction back, is never retried, and
 * reaches the caller as problem+json with `status`, `type`, `detail` and `extra`.
 */
export class Refusal extends Error {
  readonly status: number;
  readonly type: string;
  readonly faults: Fault[];
  readonly extra: Record<string, unknown>;

  constructor(status: number, type: string, detail: string, rest: { faults?: Fault[]; extra?: Record<string, unknown> } = {}) {
    super(detail);
    this.name = 'Refusal';
    this.status = status;
    this.type = type;
    this.faults = rest.faults ?? [];
    this.extra = rest.extra ?? {};
  }
}

/** A refusal that crosses the workflow as a value: the answer of an update that a rule turned down. */
export interface Refused {
  refused: { status: number; type: string; detail: string; faults?: Fault[] };
}

export const refuse = (status: number, type: string, detail: string, faults?: Fault[]): Refused => ({
  refused: { status, type, detail, ...(faults && { faults }) },
});

export const isRefused = (answer: object): answer is Refused => 'refused' in answer;
