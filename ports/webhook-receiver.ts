export interface WebhookRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface WebhookAnswer {
  statusCode: number;
  /** How its body begins, for whoever looks for the reason of a failure. */
  answer: string;
}

export interface WebhookReceiverPort {
  /** Posts once and follows no redirect. Throws, with a reason that a person understands, when there is no answer in time. */
  post(request: WebhookRequest): Promise<WebhookAnswer>;
}
