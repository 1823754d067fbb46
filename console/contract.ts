// Written by `npm run console:contract` from the routes of api/; do not edit.
/** Decimals of a currency by ISO 4217; two where it is not named. */
export const exponents: Readonly<Record<string, number>> = {"BHD":3,"BIF":0,"CLF":4,"CLP":0,"DJF":0,"GNF":0,"IQD":3,"ISK":0,"JOD":3,"JPY":0,"KMF":0,"KRW":0,"KWD":3,"LYD":3,"OMR":3,"PYG":0,"RWF":0,"TND":3,"UGX":0,"UYI":0,"UYW":4,"VND":0,"VUV":0,"XAF":0,"XOF":0,"XPF":0};
export interface paths {
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The API keys, without their secrets
         * @description Roles: admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                customerId: string | null;
                                /**
                                 * Format: date-time
                                 * @example 2026-03-31T22:00:00.000Z
                                 */
                                expiresAt: string | null;
                                id: string;
                                name: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-03-31T22:00:00.000Z
                                 */
                                revokedAt: string | null;
                                roles: string[];
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Make an API key; it is shown this once
         * @description Roles: admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            key: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End an API key, within seconds
         * @description Roles: admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who changed what, when and why, the newest first; by person, action, record and day
         * @description Roles: finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    action?: string;
                    actor?: string;
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    from?: string;
                    invoiceId?: string;
                    limit?: number;
                    orderId?: string;
                    /** @description The last day, which counts. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["TimelineEntry"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Walks the chain of seals over the audit log and names each row that was changed, removed, inserted or sealed anew
         * @description Roles: admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description One that was answered here earlier and kept elsewhere: it must still stand in the chain. */
                    keptSeal?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuditVerification"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bank-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The company’s bank accounts
         * @description Roles: receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["BankAccount"][];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bank-accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Take a bank account in, or change how its files are read; IBAN, number and currency stay
         * @description Roles: finance, admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BankAccountDetails"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BankAccount"];
                    };
                };
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BankAccount"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bank-lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lines of bank statements, oldest first or, with `sort=newest`, the newest: what is matched, suggested, unmatched, ignored
         * @description Roles: receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    amountMinor?: number;
                    customerId?: string;
                    limit?: number;
                    paymentId?: string;
                    sort?: "oldest" | "newest";
                    statementId?: string;
                    status?: "new" | "matched" | "suggested" | "unmatched" | "ignored";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["BankLine"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bank-lines/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One line
         * @description Roles: receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BankLine"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bank-lines/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Post a suggestion of the ladder, or tie the line to the receipt that was recorded before it
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AcceptedSuggestion"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DecidedBankLine"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bank-lines/{id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say who has paid a line; what the ladder does not place waits on that account
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AssignedPayer"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DecidedBankLine"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bank-lines/{id}/ignore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a line aside that is no customer’s
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["IgnoredBankLine"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DecidedBankLine"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bank-lines/{id}/match": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Match a line by hand: several items, in part, with deductions
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BankLineMatch"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DecidedBankLine"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bank-lines/{id}/remittance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Match a lump sum by a remittance advice: CSV with invoice, amountMinor, deductionMinor, deductionCode
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query: {
                    customerId: string;
                };
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "text/csv": string;
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DecidedBankLine"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bank-lines/{id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a line back that was set aside
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReopenedBankLine"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DecidedBankLine"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bank-lines/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo a match: what the line paid is open again, and its money is nobody’s until somebody decides anew
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UndoneBankLine"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DecidedBankLine"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bank-lines/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many lines a list of them has, counted up to 10,000
         * @description Roles: receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    amountMinor?: number;
                    customerId?: string;
                    paymentId?: string;
                    statementId?: string;
                    status?: "new" | "matched" | "suggested" | "unmatched" | "ignored";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BankLineCount"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bank-statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Bank statements, newest first
         * @description Roles: receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    bankAccountId?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["BankStatement"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Send a bank statement; its lines are taken in and matched in the background
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query: {
                    bankAccountId: string;
                    closingMinor?: number | null;
                    /** @description For CSV, which has no balances. */
                    openingMinor?: number | null;
                };
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/xml": string;
                    "text/csv": string;
                    "text/plain": string;
                    "text/xml": string;
                };
            };
            responses: {
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BankStatement"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bank-statements/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far a statement has come, its faults by line, and what its lines became
         * @description Roles: receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BankStatementProgress"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/base-rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The base rates that interest with a margin is counted from, the newest first
         * @description Roles: sales, credit, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                actor: string;
                                annualRate: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-03-31T22:00:00.000Z
                                 */
                                at: string;
                                /**
                                 * Format: date
                                 * @example 2026-03-31
                                 */
                                validFrom: string;
                            }[];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Announce a base rate from a day on; once for each day
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewBaseRate"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            annualRate: string;
                            /**
                             * Format: date
                             * @example 2026-03-31
                             */
                            validFrom: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/card-disputes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Card payments that their holders’ banks dispute, and what became of them
         * @description Roles: receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    limit?: number;
                    /** @description Inquiry: the bank only asks, and has taken nothing. Withdrawn: it asks no more. */
                    status?: "inquiry" | "open" | "won" | "lost" | "withdrawn";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["CardDispute"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/card-payments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of a payment by card
         * @description Roles: payer, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CardPayment"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/carrier-claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Claims on carriers, newest first
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    carrier?: string;
                    limit?: number;
                    shipmentId?: string;
                    status?: "filed" | "accepted" | "paid" | "rejected" | "withdrawn";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["CarrierClaim"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Note what a carrier is asked to pay for a shipment that was lost, damaged or sent back, once per shipment
         * @description Roles: shipping, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewCarrierClaim"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MovedClaim"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/carrier-claims/{id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Note the carrier’s answer, or withdraw the claim; what it accepts is owed from then on
         * @description Roles: shipping, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CarrierClaimDecision"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MovedClaim"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/carrier-claims/{id}/payment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The carrier has paid what it accepted
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        note?: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MovedClaim"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What changed within a day for the work of whoever asks, by their roles: how often, and of money how much
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Changes"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cheques": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Cheques, newest first
         * @description Roles: payer, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    limit?: number;
                    status?: "received" | "deposited" | "cleared" | "bounced";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Cheque"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Take in a cheque that has come; it counts as money from its deposit or its clearing, as the policy says
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewCheque"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Cheque"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cheques/{id}/bounce": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The bank gave the cheque back unpaid; where it has counted already, a task says which payment to take back
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * Format: date
                         * @description The bank’s day.
                         * @example 2026-03-31
                         */
                        on: string;
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Cheque"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cheques/{id}/clear": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The bank has the money of the cheque
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * Format: date
                         * @description The bank’s day.
                         * @example 2026-03-31
                         */
                        on: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Cheque"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cheques/{id}/deposit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The cheque was given to the bank
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * Format: date
                         * @description The bank’s day.
                         * @example 2026-03-31
                         */
                        on: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Cheque"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/collections/worklist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whom to contact first: customers with overdue items by what a contact today is expected to bring in
         * @description Roles: receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    customerId?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CollectionsWorklist"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/company": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The seller, as printed on its documents
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Company"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        /**
         * Set the seller up; the first time, the default policies come into force
         * @description Roles: admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Company"];
                    };
                };
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Company"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Corrections of invoices, newest first
         * @description Roles: receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    invoiceId?: string;
                    limit?: number;
                    status?: "proposed" | "issued" | "refused";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["CorrectionToDecide"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/corrections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One correction, as it was asked for and what came of it
         * @description Roles: receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Correction"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/corrections/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Agree to a proposed correction, as another person than the one who proposed it; it is issued at once
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IssuedCorrection"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/corrections/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say no to a proposed correction; nothing is issued
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            correctionId: string;
                            /** @enum {string} */
                            status: "refused";
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credit-notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Credit notes, newest first
         * @description Roles: payer, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    invoiceId?: string;
                    limit?: number;
                    /** @description Only those that have a credit balance left. */
                    unapplied?: "true";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["CreditNote"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credit-notes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One credit note with its lines, and what it was applied to
         * @description Roles: payer, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreditNote"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credit-notes/{id}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay invoices with the credit balance of a credit note, the oldest due date first, by its date
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CreditNoteApplication"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AppliedCreditNote"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credit-notes/{id}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The credit note as it was mailed
         * @description Roles: payer, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/pdf": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credit-notes/{id}/ubl": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The credit note as an e-invoice: UBL 2.1 by Peppol BIS Billing 3.0; 422 with everything that it lacks
         * @description Roles: payer, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/xml": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credit/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Customers by id with their standing, limit, exposure and hold; found by the start of an id or of words of a name
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                    onHold?: "true" | "false";
                    q?: string;
                    segment?: string;
                    standing?: "none" | "approved" | "denied" | "frozen";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["CreditAccountSummary"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credit/renewals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Flag the approvals that end soon, with a task for each; run again it finds only what came due meanwhile
         * @description Roles: credit, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            flagged: number;
                            more: boolean;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Customers by id
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Customer"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One customer
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Customer"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        /**
         * Take a customer in, or replace what is known about it
         * @description Roles: sales, finance, admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CustomerDetails"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Customer"];
                    };
                };
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Customer"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Credit standing, exposure, hold and open items
         * @description Roles: payer, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CustomerAccount"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Contacts with a customer about what it owes, newest first
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["CollectionContact"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Log a call, mail or visit about what is overdue; it finishes the contact tasks that it was about, unless nobody was reached
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewCollectionContact"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            contactId: string;
                            finishedTasks: string[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/credit-applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A customer’s credit applications, newest first
         * @description Roles: payer, sales, credit, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /**
                                 * Format: date-time
                                 * @example 2026-03-31T22:00:00.000Z
                                 */
                                createdAt: string;
                                createdBy: string;
                                /** @example EUR */
                                currency: string;
                                customerId: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-03-31T22:00:00.000Z
                                 */
                                decidedAt: string | null;
                                editedBy: string[];
                                financials: components["schemas"]["Financials"];
                                id: string;
                                limitMinor: number | null;
                                note: string | null;
                                /**
                                 * @description Null until it is decided.
                                 * @enum {string|null}
                                 */
                                outcome: "approve" | "deny" | null;
                                references: components["schemas"]["TradeReference"][];
                                /** @description Minor units of the currency beside it: cents, yen, fils. */
                                requestedLimitMinor: number;
                                /** @enum {string} */
                                status: "draft" | "submitted" | "decided" | "withdrawn";
                                statusReason: string | null;
                                /**
                                 * Format: date-time
                                 * @example 2026-03-31T22:00:00.000Z
                                 */
                                submittedAt: string | null;
                                submittedBy: string | null;
                                /**
                                 * Format: date-time
                                 * @example 2026-03-31T22:00:00.000Z
                                 */
                                verifiedAt: string | null;
                                verifiedBy: string | null;
                                version: number;
                            }[];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Begin a credit application, as a draft in place of an earlier draft
         * @description Roles: payer, sales, credit, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CreditApplicationDetails"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreditApplication"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/credit-applications/{applicationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One credit application, with its documents and what was decided about it
         * @description Roles: payer, sales, credit, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    applicationId: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreditApplication"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        /**
         * Replace what an application states, until it is submitted
         * @description Roles: payer, sales, credit, finance, admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    applicationId: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CreditApplicationDetails"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreditApplication"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/credit-applications/{applicationId}/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a document to an application that is not decided: annual accounts, a letter of a bank. The same file twice is one
         * @description Roles: payer, sales, credit, finance, admin.
         */
        post: {
            parameters: {
                query: {
                    /** @description What the file is called. */
                    name: string;
                };
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    applicationId: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/pdf": string;
                    "image/jpeg": string;
                    "image/png": string;
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreditApplicationDocument"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/credit-applications/{applicationId}/documents/{documentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A document of an application, as it was uploaded; for credit and for the customer itself
         * @description Roles: payer, credit, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    applicationId: string;
                    documentId: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/credit-applications/{applicationId}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit an application: the credit policy decides it at once, or a person does; an undecided one gives way to it
         * @description Roles: payer, sales, credit, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    applicationId: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreditApplication"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/credit-applications/{applicationId}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * State that references and accounts were checked, so that they may earn points; the policy decides again
         * @description Roles: credit, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    applicationId: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreditApplication"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/credit-applications/{applicationId}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back an application that is not decided
         * @description Roles: payer, sales, credit, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    applicationId: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreditApplication"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/credit-limit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set a credit limit; above the policy’s amount two different people must ask for the same one
         * @description Roles: credit, finance, admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Minor units of the currency beside it: cents, yen, fils. */
                        limitMinor: number;
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            customerId: string;
                            /**
                             * Format: date-time
                             * @example 2026-03-31T22:00:00.000Z
                             */
                            expiresAt: string | null;
                            limitMinor: number | null;
                            /** @enum {string} */
                            outcome: "changed";
                            /** @enum {string} */
                            standing: "none" | "approved" | "denied" | "frozen";
                        };
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            limitMinor: number;
                            /** @enum {string} */
                            outcome: "second-approval-needed";
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/credit-questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What credit has asked a customer, and what it said, newest first
         * @description Roles: payer, sales, credit, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["CreditQuestion"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/credit-questions/{questionId}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer what credit has asked, as the customer or as somebody who has its answer
         * @description Roles: payer, sales, credit, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                    questionId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        answer: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreditQuestion"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/credit/assessment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the credit policy says of a customer now, point by point, and what it would take to approve; decides nothing
         * @description Roles: credit, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    orderGrossMinor?: number | null;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreditAssessment"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/credit/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every decision about a customer’s credit, newest first: who, when, why, and what stood before
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["CreditChange"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Freeze a customer’s credit: its new orders go to a person, accepted ones wait
         * @description Roles: credit, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            customerId: string;
                            /**
                             * Format: date-time
                             * @example 2026-03-31T22:00:00.000Z
                             */
                            expiresAt: string | null;
                            limitMinor: number | null;
                            /** @enum {string} */
                            standing: "none" | "approved" | "denied" | "frozen";
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/hold-overrides": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Propose that a customer’s orders pass its hold until a day; they do when a second person approves it
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewHoldOverride"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HoldOverride"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/letters/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The dunning letter as it would go out on a day; sends and changes nothing
         * @description Roles: receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description As if each overdue item stood at this level. Absent: as the plan has it. */
                    level?: number;
                    /** @description Today, or a later day. Absent: today. */
                    on?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LetterPreview"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/next-actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same for all of a customer: its orders, invoices, letters, credit, promises and quotes
         * @description Roles: payer, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["NextAction"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/offer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Products by SKU with what they cost the customer today, quantity breaks included, and how many there are to have
         * @description Roles: buyer, sales, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                    /** @description The beginning of a SKU or of words of a name. */
                    q?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["OfferedProduct"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/payment-claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A customer says that it has paid: letters wait while its money is looked for
         * @description Roles: payer, sales, receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PaymentClaim"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DocumentationClock"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who acts for a customer, and what each may do there
         * @description Roles: customer-admin, sales, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Colleague"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Invite somebody to act for a customer; a link to choose a password goes to the address, and is good once, for a week
         * @description Roles: customer-admin, sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Colleague"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/people/{personId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change what somebody may do for a customer, or disable them, which ends their sessions and links at once
         * @description Roles: customer-admin, sales, admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    personId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ColleagueDetails"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Colleague"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/people/{personId}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send another link to choose a password, for a mail that was lost or a password that was forgotten; older links end
         * @description Roles: customer-admin, sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                    personId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Colleague"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/promises": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A customer promises to pay until a day: letters about these invoices wait for it, the hold does not
         * @description Roles: payer, receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewPromiseToPay"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PromiseToPay"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/remittance-advices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A remittance advice, as fields: what a payment under way is for
         * @description Roles: payer, sales, receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RemittanceAdvice"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DocumentationClock"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/remittance-advices/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A remittance advice as a file, for a person to read
         * @description Roles: payer, sales, receivables, finance, admin.
         */
        post: {
            parameters: {
                query: {
                    /** @description What the file is called. */
                    name: string;
                };
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/pdf": string;
                    "image/jpeg": string;
                    "image/png": string;
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DocumentationClock"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/risk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The chance that a customer pays late, from its payment facts of today, in words and numbers
         * @description Roles: credit, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date
                             * @example 2026-03-31
                             */
                            asOf: string;
                            customerId: string;
                            modelVersion: number | null;
                            score: components["schemas"]["RiskScore"];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Statement of account: opening balance, every item, payment and credit of the period, closing balance and its ageing
         * @description Roles: payer, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Absent: the first of the month of the last day. */
                    from?: string;
                    /** @description Absent: today. */
                    to?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccountStatement"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/statement/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same on paper
         * @description Roles: payer, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Absent: the first of the month of the last day. */
                    from?: string;
                    /** @description Absent: today. */
                    to?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/pdf": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what for this customer, when and why, oldest first or newest
         * @description Roles: payer, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                    sort?: "oldest" | "newest";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["TimelineEntry"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/unfreeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lift a freeze
         * @description Roles: credit, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            customerId: string;
                            /**
                             * Format: date-time
                             * @example 2026-03-31T22:00:00.000Z
                             */
                            expiresAt: string | null;
                            limitMinor: number | null;
                            /** @enum {string} */
                            standing: "none" | "approved" | "denied" | "frozen";
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/disputes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Disputes, newest first
         * @description Roles: payer, sales, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    invoiceId?: string;
                    limit?: number;
                    status?: "open" | "upheld" | "partly-upheld" | "rejected" | "withdrawn";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Dispute"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/disputes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One dispute, and what became of it
         * @description Roles: payer, sales, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Dispute"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/disputes/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer a dispute: reject it, or uphold it as claimed, with other lines, or with a revised invoice
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DisputeDecision"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ResolvedDispute"];
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ResolvedDispute"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/disputes/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The customer owes it after all
         * @description Roles: payer, receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ResolvedDispute"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documentation-clocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Money that was announced or seen, and whether it is documented, newest first
         * @description Roles: payer, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    limit?: number;
                    status?: "running" | "lapsed" | "documented" | "rejected";
                    /** @description Running and lapsed ones alone. */
                    undocumented?: "true";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["DocumentationClockToEnd"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documentation-clocks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One documentation clock
         * @description Roles: payer, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DocumentationClockToEnd"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documentation-clocks/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The file of a remittance advice, as it was uploaded
         * @description Roles: payer, sales, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documentation-clocks/{id}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say which payment it was that a clock waited for
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        paymentId: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DocumentationClock"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documentation-clocks/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that there is no such money: the letters that waited for it go out
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DocumentationClock"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Drafts, newest first
         * @description Roles: sales, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Draft"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Prepare an order without placing it; it promises neither price nor stock until it is quoted
         * @description Roles: sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DraftDetails"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Draft"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/drafts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One draft
         * @description Roles: sales, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Draft"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        /**
         * Replace what a draft says, until it is placed
         * @description Roles: sales, admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DraftDetails"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Draft"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/drafts/{id}/place": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Place the order of a draft, priced and checked as of now; a draft becomes one order, however often it is placed
         * @description Roles: sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PlacedOrder"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/drafts/{id}/quote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Offer a draft to its customer by mail, at prices that hold through its last day; an open quote is the answer
         * @description Roles: sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Quote"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/edi/interchanges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Interchanges that came in, newest first
         * @description Roles: buyer, sales, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    limit?: number;
                    status?: "taken" | "parked";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Interchange"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Take an X12 interchange in: each 850 becomes an order or a task, each 997 answers a document of ours
         * @description Roles: buyer, sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/edi-x12": string;
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TakenInterchange"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/edi/interchanges/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An interchange, and what became of each order in it
         * @description Roles: buyer, sales, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InterchangeOutcome"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/edi/interchanges/{id}/original": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The interchange as it came, to the byte
         * @description Roles: sales, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/edi-x12": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/edi/outbound": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Documents for trading partners, in the order of their control numbers; those with status=waiting are to be picked up
         * @description Roles: buyer, sales, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    limit?: number;
                    orderId?: string;
                    sort?: "oldest" | "newest";
                    status?: "queued" | "waiting" | "sent" | "accepted" | "rejected";
                    type?: "810" | "855" | "856" | "997";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["EdiDocument"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/edi/outbound/{id}/collected": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The partner has it: it waits no more. Saying so twice is as good as once
         * @description Roles: buyer, sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            documentId: string;
                            /** @enum {string} */
                            status: "queued" | "waiting" | "sent" | "accepted" | "rejected";
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/edi/outbound/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The interchange as it goes out
         * @description Roles: buyer, sales, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/edi-x12": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/edi/partners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Trading partners by customer
         * @description Roles: sales, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["TradingPartner"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/edi/partners/{customerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Make a customer a trading partner, or change how it is one
         * @description Roles: sales, admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TradingPartnerDetails"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TradingPartner"];
                    };
                };
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TradingPartner"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exchange-rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every rate that was saved, the last one first
         * @description Roles: sales, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    currency?: string;
                    limit?: number;
                    validFrom?: string;
                    validTo?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["ExchangeRate"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Save exchange rates; of a day the newest on or before it counts, and what is booked stays as it is
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewExchangeRates"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            saved: number;
                            unchanged: number;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/customers.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Customers, as their import takes them
         * @description Roles: sales, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/documents.zip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Documents of a period as an archive: invoices and credit notes (PDF and XML), statements, originals of orders, labels
         * @description Roles: finance, admin.
         */
        get: {
            parameters: {
                query: {
                    from: string;
                    /** @description Absent: all of them. index.csv lists what is in it, and what is missing and why. */
                    kind?: "invoices" | "credit-notes" | "statements" | "order-documents" | "labels";
                    /** @description The last day, which counts: of issue, or on which it came or left. */
                    to: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/zip": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/journal.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The journal in the order of booking, one line for each posting, narrowed as the list of its entries is
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: {
                    account?: "bank" | "accounts-receivable" | "unbilled-receivables" | "carrier-claims" | "bad-debt-allowance" | "inventory" | "goods-in-transit" | "unapplied-cash" | "customer-credits" | "customer-deposits" | "tax-payable" | "goods-received-clearing" | "opening-balance" | "revenue" | "returns" | "discounts-granted" | "other-income" | "exchange-gains" | "cost-of-goods-sold" | "shrinkage" | "small-differences" | "bank-charges" | "impairment" | "exchange-differences" | "exchange-losses";
                    /** @description Without what was recorded later. */
                    asKnownAt?: string;
                    bookedFrom?: string;
                    bookedTo?: string;
                    customerId?: string;
                    invoiceId?: string;
                    kind?: string;
                    orderId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/prices.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The products’ own prices and those of all lists, as their import takes them
         * @description Roles: sales, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/products.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Products, as their import takes them
         * @description Roles: sales, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/stock.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What lies where, with what it cost
         * @description Roles: warehouse, sales, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gateway-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the card gateway has reported, newest first; `parked` are those about nothing of ours
         * @description Roles: receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                    objectId?: string;
                    status?: "received" | "handled" | "ignored" | "parked";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["GatewayEvent"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/goods-receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Book delivered goods in, once per delivery note; back-orders hear of it
         * @description Roles: warehouse, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["GoodsReceipt"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            reference: string;
                            warehouseId: string;
                            wokenOrders: number;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hold-offs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which invoices are or were held off, newest first
         * @description Roles: sales, credit, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    invoiceId?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["HoldOff"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hold-offs/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a hold-off before its day
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HoldOff"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hold-overrides": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Hold overrides, in the order of their proposal or, with `sort=newest`, the newest first
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    limit?: number;
                    sort?: "oldest" | "newest";
                    status?: "proposed" | "approved" | "rejected" | "ended";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["HoldOverrideToDecide"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hold-overrides/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A hold override
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HoldOverride"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hold-overrides/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a proposed override: never the person who proposed it
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HoldOverride"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hold-overrides/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End an override before its day
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HoldOverride"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hold-overrides/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn a proposed override down; who proposed it may take it back
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HoldOverride"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was imported, newest first
         * @description Roles: sales, finance, receivables, warehouse, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    kind?: "customers" | "products" | "prices" | "stock" | "open-items";
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["ImportSummary"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of a file, with the faults of the lines that were rejected
         * @description Roles: sales, finance, receivables, warehouse, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Import"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The file as it was sent
         * @description Roles: sales, finance, receivables, warehouse, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take customers in or change them, from a file
         * @description Roles: sales, finance, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description Lists every fault and changes nothing. */
                    dryRun?: "true" | "false";
                };
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CustomerLine"][];
                    "text/csv": string;
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportResult"];
                    };
                };
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportResult"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/open-items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take over open invoices and credit balances from the system before this one, from a file
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description Lists every fault and changes nothing. */
                    dryRun?: "true" | "false";
                };
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OpenItemLine"][];
                    "text/csv": string;
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportResult"];
                    };
                };
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportResult"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set prices of products and on price lists, from a file
         * @description Roles: sales, finance, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description Lists every fault and changes nothing. */
                    dryRun?: "true" | "false";
                };
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PriceLine"][];
                    "text/csv": string;
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportResult"];
                    };
                };
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportResult"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take products in or change them, from a file
         * @description Roles: sales, finance, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description Lists every fault and changes nothing. */
                    dryRun?: "true" | "false";
                };
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ProductLine"][];
                    "text/csv": string;
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportResult"];
                    };
                };
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportResult"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Book opening stock, receipts and counts, from a file
         * @description Roles: warehouse, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description Lists every fault and changes nothing. */
                    dryRun?: "true" | "false";
                };
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["StockLine"][];
                    "text/csv": string;
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportResult"];
                    };
                };
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportResult"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Checks every invariant of the books now; what does not hold is answered with the rows that break it
         * @description Roles: finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Integrity"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrity/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the daily runs of these checks found, newest first; a run of now: POST /v1/jobs/integrity/run
         * @description Roles: finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["IntegrityRun"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoice-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bill what a customer was shipped and waits for the run of its period: one invoice for each currency, terms, country and terms of delivery
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["InvoiceRunRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InvoiceRun"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Invoices and other debit items, newest first
         * @description Roles: payer, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    /** @description Only those with something in dispute. */
                    disputed?: "true";
                    limit?: number;
                    overdue?: "true" | "false";
                    /** @description With `-` the largest or latest first. Absent: newest first. */
                    sort?: "dueOn" | "grossMinor" | "-dueOn" | "-grossMinor";
                    status?: "open" | "settled";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["AskedInvoice"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Invoices and other debit items, newest first: as CSV
         * @description Roles: payer, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    /** @description Only those with something in dispute. */
                    disputed?: "true";
                    limit?: number;
                    overdue?: "true" | "false";
                    /** @description With `-` the largest or latest first. Absent: newest first. */
                    sort?: "dueOn" | "grossMinor" | "-dueOn" | "-grossMinor";
                    status?: "open" | "settled";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One invoice with its lines, its dunning plan and what was paid on it
         * @description Roles: payer, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Invoice"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/breakdown": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where order, approval, pick, shipment and invoice diverge first, field by field, by whom and when, the re-issue that puts it right, and the source of every field
         * @description Roles: receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Breakdown"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/card-payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay an invoice by card, and others of its customer with it; never more than is asked for today
         * @description Roles: payer, receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewCardPayment"];
                };
            };
            responses: {
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CardPayment"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/credit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Credit an invoice without goods coming back: in full, or units, prices and amounts by line; above the policy’s amount it is proposed
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CreditRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IssuedCorrection"];
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProposedCorrection"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/credit-and-reissue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Credit all that is left of an invoice and bill it anew, corrected, with today’s master data and the order’s terms
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReissueRequest"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IssuedCorrection"];
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProposedCorrection"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/disputes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dispute lines of an invoice: what is disputed is not asked for until it is answered
         * @description Roles: payer, receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewDispute"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RaisedDispute"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/dunning": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The dunning plan of an invoice: each step, what the policy says of it, what blocks it and what would cancel it
         * @description Roles: sales, credit, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DunningPlan"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/dunning-policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Collect an open invoice by another dunning policy from here on; null is the company’s own
         * @description Roles: receivables, finance, admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        dunningPolicy: string | null;
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DunningPlan"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/hold-offs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send no letters about an invoice until a day; the hold does not wait
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewHoldOff"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HoldOff"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/links/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End every link from mails that opens this invoice without a key
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            invoiceId: string;
                            revoked: number;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The invoice as it was mailed
         * @description Roles: payer, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/pdf": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail the same invoice again, to the customer or another address on file
         * @description Roles: sales, receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["InvoiceResend"];
                };
            };
            responses: {
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            noticeKey: string;
                            recipient: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One page for reviewing an invoice or answering a dispute: order, approvals, pick, shipment, money, disputes, standing and breakdown
         * @description Roles: receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InvoiceReview"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what with this invoice, when and why
         * @description Roles: payer, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["TimelineEntry"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/ubl": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The invoice as an e-invoice: UBL 2.1 by Peppol BIS Billing 3.0; 422 with everything that it lacks
         * @description Roles: payer, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/xml": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/write-off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Propose to give up what is open of an invoice, or a part of it; from the policy’s amount up a second person must approve it
         * @description Roles: finance, receivables, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Absent: all that is open. The rest of the invoice is collected on. */
                        amountMinor?: number;
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WriteOff"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The work that comes round by the company clock: what ran when, how it ended, and when it is next due
         * @description Roles: admin, finance.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Job"][];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{name}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a job now, whether it is due or not; the mailbox is read by the worker alone
         * @description Roles: admin, finance.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    name: "missed-pickups" | "credit-reviews" | "dispute-escalations" | "dunning-pauses" | "documentation-clocks" | "approval-renewals" | "unbilled-shipments" | "invoice-runs" | "risk-scores" | "carrier-audit" | "simulated-tracking" | "card-holds" | "simulated-gateway" | "integrity" | "audit-seals" | "statements" | "overdue-review" | "cash-forecast" | "kept-months" | "edi-acknowledgements" | "manifests";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobRun"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The chart of accounts
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["LedgerAccount"][];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Journal entries with their postings, in the order of booking or the newest first
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: {
                    account?: "bank" | "accounts-receivable" | "unbilled-receivables" | "carrier-claims" | "bad-debt-allowance" | "inventory" | "goods-in-transit" | "unapplied-cash" | "customer-credits" | "customer-deposits" | "tax-payable" | "goods-received-clearing" | "opening-balance" | "revenue" | "returns" | "discounts-granted" | "other-income" | "exchange-gains" | "cost-of-goods-sold" | "shrinkage" | "small-differences" | "bank-charges" | "impairment" | "exchange-differences" | "exchange-losses";
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Without what was recorded later. */
                    asKnownAt?: string;
                    bookedFrom?: string;
                    bookedTo?: string;
                    customerId?: string;
                    invoiceId?: string;
                    kind?: string;
                    limit?: number;
                    order?: "booked" | "newest";
                    orderId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["JournalEntry"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/entries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A journal entry with its postings
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JournalEntryInFull"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/entries/{id}/reverse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Propose to take an entry back by another one that is linked to it; it is booked when a second person approves it
         * @description Roles: finance.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * Format: date
                         * @example 2026-03-31
                         */
                        bookedOn: string;
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ManualJournal"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/inventory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What lay where as of a date and what it was worth; all of it comes to the inventory account of that date
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Leaves out what the books recorded after this instant, whatever day it belongs to. Absent: now. */
                    asKnownAt?: string;
                    /** @description Instead of `asKnownAt`: what was recorded by the end of this day in the company’s time zone. */
                    asKnownOn?: string;
                    /** @description Absent: today. */
                    asOf?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Inventory"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/journals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Entries by hand, in the order of their proposal
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                    status?: "proposed" | "approved" | "rejected";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["ManualJournalToDecide"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Propose an entry by hand; it is booked when a second person approves it
         * @description Roles: finance.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewManualJournal"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ManualJournal"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/journals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An entry by hand
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ManualJournalToDecide"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/journals/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve and book a proposed entry: never the person who proposed it
         * @description Roles: finance.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason?: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ManualJournal"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/journals/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn a proposed entry down; who proposed it may take it back
         * @description Roles: finance.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ManualJournal"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/periods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The months of the books from the current one back: open, closed or locked, and who changed them last; ten years at most
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Period"][];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/periods/{month}/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What keeps a month from being closed: accounts against their subledgers at its end, and every invariant
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    month: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PeriodChecks"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/periods/{month}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close a month that is over, with what is before it; whatever in the books does not agree blocks it and is answered
         * @description Roles: finance.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    month: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason?: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            month: string;
                            /** @enum {string} */
                            status: "open" | "closed" | "locked";
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/periods/{month}/lock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lock a closed month, and what is before it, for ever
         * @description Roles: finance.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    month: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason?: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            month: string;
                            /** @enum {string} */
                            status: "open" | "closed" | "locked";
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/periods/{month}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open the newest closed month again; a locked one never opens
         * @description Roles: finance.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    month: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            month: string;
                            /** @enum {string} */
                            status: "open" | "closed" | "locked";
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/periods/{month}/revaluation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring what is open in other currencies at the end of a month to the rate of its last day, and take that back the day after; again: only what has changed
         * @description Roles: finance.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    month: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": Record<string, never>;
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Revaluation"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/trial-balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every account on its net side as of a date, in the currency of the books and by currency of the documents; both sides come to the same
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Leaves out what the books recorded after this instant, whatever day it belongs to. Absent: now. */
                    asKnownAt?: string;
                    /** @description Instead of `asKnownAt`: what was recorded by the end of this day in the company’s time zone. */
                    asKnownOn?: string;
                    /** @description Absent: today. */
                    asOf?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TrialBalance"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/local/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The company’s now
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            advancing: boolean;
                            /**
                             * Format: date-time
                             * @example 2026-03-31T22:00:00.000Z
                             */
                            at: string;
                            offsetMs: number;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/local/clock/advance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move the company clock forward, and every open order with it
         * @description Roles: admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        days?: number;
                        /**
                         * Format: date-time
                         * @example 2026-03-31T22:00:00.000Z
                         */
                        to?: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @example 2026-03-31T22:00:00.000Z
                             */
                            at: string;
                            offsetMs: number;
                            workflows: number;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/local/clock/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set the clock of a company that has not traded yet, so that it can begin in the past
         * @description Roles: admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @example 2026-03-31T22:00:00.000Z
                         */
                        at: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @example 2026-03-31T22:00:00.000Z
                             */
                            at: string;
                            offsetMs: number;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/local/mails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every mail of a local stack as it was sent, the newest first
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Mail"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/local/mails/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A mail with its text
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MailWithBody"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/local/mails/{id}/attachments/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A file of a mail, numbered from 0, to be saved
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    number: number | null;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who asks, and what they may do
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Me"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where whoever asks has signed in; none for a key
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /**
                                 * Format: date-time
                                 * @example 2026-03-31T22:00:00.000Z
                                 */
                                createdAt: string;
                                /** @description The one that asks. */
                                current: boolean;
                                /**
                                 * Format: date-time
                                 * @example 2026-03-31T22:00:00.000Z
                                 */
                                expiresAt: string;
                                id: string;
                                userAgent: string | null;
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/sessions/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End one of one’s own sessions
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/next-actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same for the whole company through a day, with its jobs, and how much there is on each day
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    kind?: "prepayment-deadline" | "card-deadline" | "choice-deadline" | "credit-release-lapses" | "card-hold-renewal" | "pickup-cut-off" | "delivery-expected" | "requested-day" | "production-due" | "invoice-run" | "unbilled-shipment" | "discount-ends" | "task-escalates" | "task-due" | "promise-ends" | "hold-off-ends" | "clock-due" | "clock-lapses" | "agreed-step" | "draft-expires" | "quote-expires" | "approval-renewal" | "approval-ends" | "hold-override-ends" | "statement" | "reminder" | "overdue" | "letter" | "collections" | "job";
                    limit?: number;
                    /** @description The last day; absent: 7 days ahead. */
                    through?: string;
                    /** @description Only what these people are told of. */
                    told?: "customer" | "sales" | "credit" | "warehouse" | "shipping" | "receivables" | "finance" | "admin";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NextActions"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What customers were told, or will be in a moment, oldest first or newest
         * @description Roles: payer, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    limit?: number;
                    orderId?: string;
                    sort?: "oldest" | "newest";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Notice"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/opening-items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take over an unpaid item from the system before this one
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OpeningItem"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            invoiceId: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether Temporal answers, who works for it, what it reports as stuck, and how many messages wait
         * @description Roles: admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OperationsHealth"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/held-back/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Holds the messages of a kind back, or lets them go again: mails while a provider is down, for one
         * @description Roles: admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    kind: "start-order" | "start-receivable" | "start-bank-statement" | "signal" | "notice" | "edi" | "card-payment" | "card-work";
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        paused: boolean;
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            kind: "start-order" | "start-receivable" | "start-bank-statement" | "signal" | "notice" | "edi" | "card-payment" | "card-work";
                            paused: boolean;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The messages of the outbox that are not delivered, the oldest first, with what keeps them
         * @description Roles: admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    kind?: "start-order" | "start-receivable" | "start-bank-statement" | "signal" | "notice" | "edi" | "card-payment" | "card-work";
                    limit?: number;
                    /** @description failing: tried in vain, and tried again; held-back: its kind is; parked: Temporal will never take it as it is. */
                    state?: "waiting" | "failing" | "held-back" | "parked";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["WaitingMessage"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/messages/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has a message that is parked, or waits for its next attempt, tried now
         * @description Roles: admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            key: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Holds open orders and items against the workflows that run: what is missing, and what runs without a record
         * @description Roles: admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WorkflowCheck"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/workflows/restart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Starts workflows of open orders and items again, where PostgreSQL has them; every effect stays single
         * @description Roles: admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                        /**
                         * @description Ends a named one that runs, because it cannot go on.
                         * @default false
                         */
                        replaceRunning?: boolean;
                        /** @description Absent: those that are missing, 500 at a time. */
                        workflowIds?: string[];
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WorkflowRestart"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/order-documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Documents that came in as orders, newest first
         * @description Roles: sales, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                    orderId?: string;
                    /** @description Entered: a person made an order of it. Discarded: a person found that it is none. */
                    status?: "ordered" | "parked" | "entered" | "discarded";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["OrderDocument"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Take a mail in as an order: its CSV, JSON or X12 attachment, or lines such as "2 x CHAIR". The same mail twice is one order
         * @description Roles: sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "message/rfc822": string;
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TakenDocument"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/order-documents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A document, the text that was read, and what of an order could be read in it
         * @description Roles: sales, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReadOrderDocument"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/order-documents/{id}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say why a document that waits for a person becomes no order: its task is done
         * @description Roles: sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DiscardedDocument"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrderDocument"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/order-documents/{id}/enter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say which order was entered for a document that waits for a person: its task is done
         * @description Roles: sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["EnteredDocument"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrderDocument"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/order-documents/{id}/original": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The document as it came
         * @description Roles: sales, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/order-prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What an order would come to now, or every fault in it but stock, without placing it
         * @description Roles: buyer, sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OrderRequest"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PricedOrder"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Orders, newest first
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    limit?: number;
                    /** @description With `-` the largest or latest first. Absent: newest first. */
                    sort?: "grossMinor" | "-grossMinor";
                    stage?: "order" | "credit" | "fulfilment" | "invoicing" | "receivables" | "collections" | "done";
                    status?: "received" | "credit-review" | "over-limit" | "waiting-for-payment" | "awaiting-prepayment" | "awaiting-card" | "approved" | "back-ordered" | "awaiting-choice" | "in-fulfilment" | "shipped" | "invoiced" | "closed" | "declined" | "cancelled";
                    /** @description Those that go on only when the customer does something. */
                    waitsFor?: "customer";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["OrderSummary"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Place an order: accepted at once and for good, or refused with every fault. `Prefer: wait=5` waits for credit
         * @description Roles: buyer, sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewOrder"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PlacedOrder"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Orders, newest first: as CSV
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    limit?: number;
                    /** @description With `-` the largest or latest first. Absent: newest first. */
                    sort?: "grossMinor" | "-grossMinor";
                    stage?: "order" | "credit" | "fulfilment" | "invoicing" | "receivables" | "collections" | "done";
                    status?: "received" | "credit-review" | "over-limit" | "waiting-for-payment" | "awaiting-prepayment" | "awaiting-card" | "approved" | "back-ordered" | "awaiting-choice" | "in-fulfilment" | "shipped" | "invoiced" | "closed" | "declined" | "cancelled";
                    /** @description Those that go on only when the customer does something. */
                    waitsFor?: "customer";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One order with its lines, shipments and invoices
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Order"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/amend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change lines, address or date before the goods are picked: price, credit and stock are checked again, all or nothing
         * @description Roles: buyer, sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Amendment"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AmendedOrder"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/as-of": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How an order stood at an instant since it was placed: its stage, its goods, its invoices, and the credit held for it
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query: {
                    at: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrderAsOf"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel every unit that has not been shipped; credit and stock are released
         * @description Roles: buyer, sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cancelledUnits: number;
                            /** @enum {string} */
                            status: "received" | "credit-review" | "over-limit" | "waiting-for-payment" | "awaiting-prepayment" | "awaiting-card" | "approved" | "back-ordered" | "awaiting-choice" | "in-fulfilment" | "shipped" | "invoiced" | "closed" | "declined" | "cancelled";
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/card": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give another card for an order whose card was declined; it is tried at once
         * @description Roles: buyer, sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AnotherCard"];
                };
            };
            responses: {
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @example 2026-03-31T22:00:00.000Z
                             */
                            dueAt: string;
                            /** @enum {string} */
                            status: "received" | "credit-review" | "over-limit" | "waiting-for-payment" | "awaiting-prepayment" | "awaiting-card" | "approved" | "back-ordered" | "awaiting-choice" | "in-fulfilment" | "shipped" | "invoiced" | "closed" | "declined" | "cancelled";
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/credit-decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide the credit of a waiting order; above the policy’s amount two different people must
         * @description Roles: credit, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CreditDecision"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            outcome: "approved" | "denied" | "prepayment-asked-for";
                        };
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            outcome: "second-approval-needed";
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Server-sent events: how the order stands, and again whenever something happens to it
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the order’s workflow itself says, by a Temporal query
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LiveOrder"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/next-actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What will happen to an order and its invoices if nobody does anything: when, by which line, and what would cancel it
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["NextAction"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/prepay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay a waiting order in advance instead of on credit
         * @description Roles: buyer, sales, credit, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            outcome: "approved" | "denied" | "prepayment-asked-for";
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/pro-forma": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The pro-forma of an order that is paid in advance, as it was mailed
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/pdf": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/shortage-choice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stock has failed the order: wait for all of it, ship what is there and cancel the rest, or cancel. Silence cancels
         * @description Roles: buyer, sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ShortageChoice"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            shipmentIds: string[];
                            /** @enum {string} */
                            status: "received" | "credit-review" | "over-limit" | "waiting-for-payment" | "awaiting-prepayment" | "awaiting-card" | "approved" | "back-ordered" | "awaiting-choice" | "in-fulfilment" | "shipped" | "invoiced" | "closed" | "declined" | "cancelled";
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/standing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where an order stands on its way, why it waits and until when, who can move it, and what the asker can do
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrderStanding"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what with this order, when and why
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["TimelineEntry"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payer-accounts/{iban}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say which customers pay from a bank account; nobody takes it back
         * @description Roles: receivables, finance, admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    iban: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PayerAccount"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            customerIds: string[];
                            iban: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payloads/decode": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decrypt payloads of the engine, for Temporal’s UI and command line
         * @description Roles: admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        payloads: ({
                            data?: string;
                            metadata?: {
                                [key: string]: string;
                            };
                        } & {
                            [key: string]: unknown;
                        })[];
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TemporalPayloads"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payloads/encode": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Encrypt payloads that are sent to a workflow by hand
         * @description Roles: admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        payloads: ({
                            data?: string;
                            metadata?: {
                                [key: string]: string;
                            };
                        } & {
                            [key: string]: unknown;
                        })[];
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TemporalPayloads"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Payments, newest first
         * @description Roles: payer, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    /** @description The first value date. */
                    from?: string;
                    /** @description Those that have paid something of it. */
                    invoiceId?: string;
                    limit?: number;
                    /** @description Those that have paid its invoices, or are held for it. */
                    orderId?: string;
                    /** @description The last value date, which counts. */
                    to?: string;
                    /** @description Only those of which something waits unapplied. */
                    unapplied?: "true";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["PaymentToActOn"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Record money that has arrived; what no invoice takes waits as unapplied cash
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewPayment"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReceivedPayment"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One payment
         * @description Roles: payer, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PaymentToActOn"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay invoices with what waits unapplied of a payment, the oldest due date first, by its value date
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PaymentApplication"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReceivedPayment"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/bounce": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a payment back that the bank has returned, in full or in part: what it had paid is open again, due as before
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BouncedPayment"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReversedPayment"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who can sign in, and with which roles
         * @description Roles: admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Person"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Let a person sign in; the password is shown this once
         * @description Roles: admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewPerson"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Shown this once. */
                            password: string;
                            person: components["schemas"]["Person"];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change name, address, roles or customer of a person, or disable it, which ends its sessions
         * @description Roles: admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PersonDetails"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Person"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people/{id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a person another password, shown this once; it is signed out everywhere
         * @description Roles: admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @description Shown this once. */
                            password: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people/{id}/second-factor/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a lost second factor off a person, who is signed out everywhere and signs in with the password alone
         * @description Roles: admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Person"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every version of the written policies, the one in force first
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                actor: string;
                                /** @description The second person, where it took two. */
                                approvedBy: string | null;
                                /**
                                 * Format: date-time
                                 * @example 2026-03-31T22:00:00.000Z
                                 */
                                at: string;
                                body: {
                                    [key: string]: unknown;
                                };
                                /** @description Of a dunning policy that is not the company’s own: dunning: and its code. */
                                name: string;
                                /** @description Why this version was saved, when that was said. */
                                reason: string | null;
                                version: number;
                            }[];
                            /** @description Versions that wait for a second person, because they are looser about four eyes. */
                            proposals: {
                                actions: ("approve" | "refuse")[];
                                basedOn: number;
                                body: {
                                    [key: string]: unknown;
                                };
                                id: string;
                                loosens: string[];
                                name: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-03-31T22:00:00.000Z
                                 */
                                proposedAt: string;
                                proposedBy: string;
                                reason: string | null;
                                /** @enum {string} */
                                status: "proposed";
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/bad-debt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a new version of the bad-debt policy into force, for reviews from now on
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description Why, for whoever reads it later. */
                    reason?: string;
                };
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BadDebtPolicy"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            version: number;
                        };
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The settings that let one person do what took two. */
                            loosens: string[];
                            name: string;
                            proposalId: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/bad-debt/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What another bad-debt policy would have provided in the reviews of a period; nothing is changed
         * @description Roles: finance, receivables, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    limit?: number;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description One that is not saved. */
                        policy?: {
                            /** @description While the company’s own history of a bucket is too short. */
                            fallbackRollRates: {
                                /** @example 0.20 */
                                "1-30": string;
                                /** @example 0.20 */
                                "31-60": string;
                                /** @example 0.20 */
                                "61-90": string;
                                /** @example 0.20 */
                                current: string;
                            };
                            /** @description What is to come against what has been. */
                            forwardLookingFactor: string;
                            historyMonthsMinimum: number;
                            /** @description So many items that had reached 91+ must have ended; absent: 20. */
                            lossHistoryItemsMinimum?: number;
                            /**
                             * @description While the company’s own history of it is too short.
                             * @example 0.20
                             */
                            lossOf91Plus: string;
                            /** @enum {string} */
                            reviewEvery: "month" | "week";
                        };
                        /** @description One that is. */
                        version?: number;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WhatIf"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/bad-debt/what-if.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What another bad-debt policy would have provided in the reviews of a period; nothing is changed: as CSV
         * @description Roles: finance, receivables, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    limit?: number;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description One that is not saved. */
                        policy?: {
                            /** @description While the company’s own history of a bucket is too short. */
                            fallbackRollRates: {
                                /** @example 0.20 */
                                "1-30": string;
                                /** @example 0.20 */
                                "31-60": string;
                                /** @example 0.20 */
                                "61-90": string;
                                /** @example 0.20 */
                                current: string;
                            };
                            /** @description What is to come against what has been. */
                            forwardLookingFactor: string;
                            historyMonthsMinimum: number;
                            /** @description So many items that had reached 91+ must have ended; absent: 20. */
                            lossHistoryItemsMinimum?: number;
                            /**
                             * @description While the company’s own history of it is too short.
                             * @example 0.20
                             */
                            lossOf91Plus: string;
                            /** @enum {string} */
                            reviewEvery: "month" | "week";
                        };
                        /** @description One that is. */
                        version?: number;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/carrier-targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring new targets for carriers into force
         * @description Roles: shipping, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description Why, for whoever reads it later. */
                    reason?: string;
                };
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CarrierTargets"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            version: number;
                        };
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The settings that let one person do what took two. */
                            loosens: string[];
                            name: string;
                            proposalId: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/cash": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a new version of the cash policy into force: what bank lines post by themselves
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description Why, for whoever reads it later. */
                    reason?: string;
                };
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CashPolicy"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            version: number;
                        };
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The settings that let one person do what took two. */
                            loosens: string[];
                            name: string;
                            proposalId: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/cash/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What another cash policy would have posted of the bank lines of a period; nothing is changed
         * @description Roles: finance, receivables, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    limit?: number;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description One that is not saved. */
                        policy?: {
                            /** @description In the company’s currency: an amount in another is held against it at the rate of the day; without a rate it counts as 0. */
                            bankChargesMaximumMinor: number;
                            combinationItems: number;
                            nameThreshold: number;
                            oldestFirst: boolean;
                            /** @description In the company’s currency: an amount in another is held against it at the rate of the day; without a rate it counts as 0. */
                            toleranceMinor: number;
                            toleranceRate: string;
                        };
                        /** @description One that is. */
                        version?: number;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WhatIf"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/cash/what-if.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What another cash policy would have posted of the bank lines of a period; nothing is changed: as CSV
         * @description Roles: finance, receivables, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    limit?: number;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description One that is not saved. */
                        policy?: {
                            /** @description In the company’s currency: an amount in another is held against it at the rate of the day; without a rate it counts as 0. */
                            bankChargesMaximumMinor: number;
                            combinationItems: number;
                            nameThreshold: number;
                            oldestFirst: boolean;
                            /** @description In the company’s currency: an amount in another is held against it at the rate of the day; without a rate it counts as 0. */
                            toleranceMinor: number;
                            toleranceRate: string;
                        };
                        /** @description One that is. */
                        version?: number;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/collections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a new version of the collections policy into force
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description Why, for whoever reads it later. */
                    reason?: string;
                };
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CollectionsPolicy"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            version: number;
                        };
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The settings that let one person do what took two. */
                            loosens: string[];
                            name: string;
                            proposalId: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a new version of the policy of credit notes and disputes into force
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description Why, for whoever reads it later. */
                    reason?: string;
                };
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CorrectionPolicy"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            version: number;
                        };
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The settings that let one person do what took two. */
                            loosens: string[];
                            name: string;
                            proposalId: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/credit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a new version of the credit policy into force
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description Why, for whoever reads it later. */
                    reason?: string;
                };
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CreditPolicy"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            version: number;
                        };
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The settings that let one person do what took two. */
                            loosens: string[];
                            name: string;
                            proposalId: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/credit/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What another credit policy would have decided about the applications and orders of a period; nothing is changed
         * @description Roles: finance, receivables, admin, credit.
         */
        post: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    limit?: number;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description One that is not saved. */
                        policy?: {
                            /** @description How long an order whose card was declined waits for another; else 3. */
                            anotherCardDays?: number;
                            approvalDays: number;
                            approveFromScore: number;
                            /** @description What is held on a card for longer is held anew before it is taken; else 6. */
                            cardAuthorisationDays?: number;
                            denyBelowScore: number;
                            /** @description In the company’s currency: an amount in another is held against it at the rate of the day; without a rate it counts as 0. */
                            fourEyesFromMinor: number;
                            hardRules: {
                                denyAboveDaysOverdue: number;
                                noWriteOffWithinMonths: number;
                            };
                            limitFromScore: {
                                fromScore: number;
                                /** @description In the company’s currency: an amount in another is held against it at the rate of the day; without a rate it counts as 0. */
                                limitMinor: number;
                            }[];
                            pointsTable: {
                                /** @description In the company’s currency: an amount in another is held against it at the rate of the day; without a rate it counts as 0. */
                                annualTurnoverMinor: {
                                    bands: {
                                        from: number;
                                        points: number;
                                    }[];
                                    unknown: number;
                                };
                                /** @description Points for what an application states; absent: it is not weighed. */
                                application?: {
                                    currentRatio: {
                                        bands: {
                                            from: number;
                                            points: number;
                                        }[];
                                        unknown: number;
                                    };
                                    equityRatio: {
                                        bands: {
                                            from: number;
                                            points: number;
                                        }[];
                                        unknown: number;
                                    };
                                    /** @description Accounts of an older year count as not known. */
                                    financialsWithinYears: number;
                                    netMargin: {
                                        bands: {
                                            from: number;
                                            points: number;
                                        }[];
                                        unknown: number;
                                    };
                                    referenceDaysLate: {
                                        bands: {
                                            from: number;
                                            points: number;
                                        }[];
                                        unknown: number;
                                    };
                                    referenceYearsKnown: {
                                        bands: {
                                            from: number;
                                            points: number;
                                        }[];
                                        unknown: number;
                                    };
                                };
                                externalRating: {
                                    A: number;
                                    B: number;
                                    C: number;
                                    D: number;
                                    unknown: number;
                                };
                                maxDaysOverdue: {
                                    bands: {
                                        from: number;
                                        points: number;
                                    }[];
                                    unknown: number;
                                };
                                onTimeShare: {
                                    bands: {
                                        from: number;
                                        points: number;
                                    }[];
                                    minimumPaidInvoices: number;
                                    unknown: number;
                                };
                                tradeReferences: {
                                    bands: {
                                        from: number;
                                        points: number;
                                    }[];
                                    unknown: number;
                                };
                                yearsTrading: {
                                    bands: {
                                        from: number;
                                        points: number;
                                    }[];
                                    unknown: number;
                                };
                            };
                            /** @description How long money paid in advance may take; else 7. */
                            prepaymentDays?: number;
                            /** @description How long before its end; else 30. */
                            renewalNoticeDays?: number;
                            reviewBusinessDays: number;
                            signalDecisionsAllowed: boolean;
                        };
                        /** @description One that is. */
                        version?: number;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WhatIf"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/credit/what-if.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What another credit policy would have decided about the applications and orders of a period; nothing is changed: as CSV
         * @description Roles: finance, receivables, admin, credit.
         */
        post: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    limit?: number;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description One that is not saved. */
                        policy?: {
                            /** @description How long an order whose card was declined waits for another; else 3. */
                            anotherCardDays?: number;
                            approvalDays: number;
                            approveFromScore: number;
                            /** @description What is held on a card for longer is held anew before it is taken; else 6. */
                            cardAuthorisationDays?: number;
                            denyBelowScore: number;
                            /** @description In the company’s currency: an amount in another is held against it at the rate of the day; without a rate it counts as 0. */
                            fourEyesFromMinor: number;
                            hardRules: {
                                denyAboveDaysOverdue: number;
                                noWriteOffWithinMonths: number;
                            };
                            limitFromScore: {
                                fromScore: number;
                                /** @description In the company’s currency: an amount in another is held against it at the rate of the day; without a rate it counts as 0. */
                                limitMinor: number;
                            }[];
                            pointsTable: {
                                /** @description In the company’s currency: an amount in another is held against it at the rate of the day; without a rate it counts as 0. */
                                annualTurnoverMinor: {
                                    bands: {
                                        from: number;
                                        points: number;
                                    }[];
                                    unknown: number;
                                };
                                /** @description Points for what an application states; absent: it is not weighed. */
                                application?: {
                                    currentRatio: {
                                        bands: {
                                            from: number;
                                            points: number;
                                        }[];
                                        unknown: number;
                                    };
                                    equityRatio: {
                                        bands: {
                                            from: number;
                                            points: number;
                                        }[];
                                        unknown: number;
                                    };
                                    /** @description Accounts of an older year count as not known. */
                                    financialsWithinYears: number;
                                    netMargin: {
                                        bands: {
                                            from: number;
                                            points: number;
                                        }[];
                                        unknown: number;
                                    };
                                    referenceDaysLate: {
                                        bands: {
                                            from: number;
                                            points: number;
                                        }[];
                                        unknown: number;
                                    };
                                    referenceYearsKnown: {
                                        bands: {
                                            from: number;
                                            points: number;
                                        }[];
                                        unknown: number;
                                    };
                                };
                                externalRating: {
                                    A: number;
                                    B: number;
                                    C: number;
                                    D: number;
                                    unknown: number;
                                };
                                maxDaysOverdue: {
                                    bands: {
                                        from: number;
                                        points: number;
                                    }[];
                                    unknown: number;
                                };
                                onTimeShare: {
                                    bands: {
                                        from: number;
                                        points: number;
                                    }[];
                                    minimumPaidInvoices: number;
                                    unknown: number;
                                };
                                tradeReferences: {
                                    bands: {
                                        from: number;
                                        points: number;
                                    }[];
                                    unknown: number;
                                };
                                yearsTrading: {
                                    bands: {
                                        from: number;
                                        points: number;
                                    }[];
                                    unknown: number;
                                };
                            };
                            /** @description How long money paid in advance may take; else 7. */
                            prepaymentDays?: number;
                            /** @description How long before its end; else 30. */
                            renewalNoticeDays?: number;
                            reviewBusinessDays: number;
                            signalDecisionsAllowed: boolean;
                        };
                        /** @description One that is. */
                        version?: number;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/documentation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a new version of the documentation policy into force, for clocks and cheques that begin from now on
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description Why, for whoever reads it later. */
                    reason?: string;
                };
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DocumentationPolicy"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            version: number;
                        };
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The settings that let one person do what took two. */
                            loosens: string[];
                            name: string;
                            proposalId: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/dunning": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The dunning policies in force, the company’s own first
         * @description Roles: sales, credit, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["DunningPolicyVersion"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Bring a new version of the company’s own dunning policy into force, for invoices issued from now on
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description Why, for whoever reads it later. */
                    reason?: string;
                };
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DunningPolicy"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            version: number;
                        };
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The settings that let one person do what took two. */
                            loosens: string[];
                            name: string;
                            proposalId: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/dunning/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every version of a named dunning policy, the one in force first
         * @description Roles: sales, credit, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    code: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["DunningPolicyVersion"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Bring a new version of a named dunning policy into force, for invoices that are issued under it from now on
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description Why, for whoever reads it later. */
                    reason?: string;
                };
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    code: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NamedDunningPolicy"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            version: number;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/dunning/{code}/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The same of a dunning policy that is not the company’s own
         * @description Roles: finance, receivables, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    limit?: number;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    code: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description One that is not saved. */
                        policy?: {
                            annualInterestRate: string;
                            /** @description Over the base rate of each day; annualInterestRate counts for days before the first base rate then. */
                            baseRateMargin?: string;
                            collectInterest: boolean;
                            collectionsDaysOverdue: number;
                            /** @description A fixed sum for the cost of recovery, once per invoice. For policies of business customers. */
                            compensation?: {
                                /** @description Minor units of the currency beside it: cents, yen, fils. */
                                amountMinor: number;
                                /** @description For items in other currencies, by their codes; where none is stated, nothing is charged. */
                                amountMinorIn?: {
                                    [key: string]: number;
                                };
                                /** @enum {string} */
                                chargedWhen: "overdue" | "first-letter";
                            };
                            graceDays: number;
                            interestNoteTermsDays: number;
                            intervalDays: number;
                            /** @description Absent: the texts that are built in, in English and German. */
                            letters?: {
                                /**
                                 * @description For customers whose language is not among the texts.
                                 * @example de
                                 */
                                defaultLanguage: string;
                                texts: {
                                    [key: string]: components["schemas"]["LetterTexts"];
                                };
                            };
                            letterTime: string;
                            levels: {
                                daysOverdue: number;
                                /** @description Charged once for a letter of this level, as a fee note of its own; in the company’s currency. */
                                feeMinor?: number;
                                /** @description For items in other currencies, by their codes; where none is stated, nothing is charged. */
                                feeMinorIn?: {
                                    [key: string]: number;
                                };
                                final: boolean;
                                level: number;
                            }[];
                            /** @description An item below it gets no letter. In the company’s currency, against which an item in another stands at the rate of the day. */
                            minimumMinor: number;
                            reminderDaysAfterInvoice: number;
                        };
                        /** @description One that is. */
                        version?: number;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WhatIf"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/dunning/{code}/what-if.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The same of a dunning policy that is not the company’s own: as CSV
         * @description Roles: finance, receivables, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    limit?: number;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    code: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description One that is not saved. */
                        policy?: {
                            annualInterestRate: string;
                            /** @description Over the base rate of each day; annualInterestRate counts for days before the first base rate then. */
                            baseRateMargin?: string;
                            collectInterest: boolean;
                            collectionsDaysOverdue: number;
                            /** @description A fixed sum for the cost of recovery, once per invoice. For policies of business customers. */
                            compensation?: {
                                /** @description Minor units of the currency beside it: cents, yen, fils. */
                                amountMinor: number;
                                /** @description For items in other currencies, by their codes; where none is stated, nothing is charged. */
                                amountMinorIn?: {
                                    [key: string]: number;
                                };
                                /** @enum {string} */
                                chargedWhen: "overdue" | "first-letter";
                            };
                            graceDays: number;
                            interestNoteTermsDays: number;
                            intervalDays: number;
                            /** @description Absent: the texts that are built in, in English and German. */
                            letters?: {
                                /**
                                 * @description For customers whose language is not among the texts.
                                 * @example de
                                 */
                                defaultLanguage: string;
                                texts: {
                                    [key: string]: components["schemas"]["LetterTexts"];
                                };
                            };
                            letterTime: string;
                            levels: {
                                daysOverdue: number;
                                /** @description Charged once for a letter of this level, as a fee note of its own; in the company’s currency. */
                                feeMinor?: number;
                                /** @description For items in other currencies, by their codes; where none is stated, nothing is charged. */
                                feeMinorIn?: {
                                    [key: string]: number;
                                };
                                final: boolean;
                                level: number;
                            }[];
                            /** @description An item below it gets no letter. In the company’s currency, against which an item in another stands at the rate of the day. */
                            minimumMinor: number;
                            reminderDaysAfterInvoice: number;
                        };
                        /** @description One that is. */
                        version?: number;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/dunning/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Which letters another dunning policy would have planned for the items of a period, and at which fees; nothing is changed
         * @description Roles: finance, receivables, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    limit?: number;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description One that is not saved. */
                        policy?: {
                            annualInterestRate: string;
                            /** @description Over the base rate of each day; annualInterestRate counts for days before the first base rate then. */
                            baseRateMargin?: string;
                            collectInterest: boolean;
                            collectionsDaysOverdue: number;
                            /** @description A fixed sum for the cost of recovery, once per invoice. For policies of business customers. */
                            compensation?: {
                                /** @description Minor units of the currency beside it: cents, yen, fils. */
                                amountMinor: number;
                                /** @description For items in other currencies, by their codes; where none is stated, nothing is charged. */
                                amountMinorIn?: {
                                    [key: string]: number;
                                };
                                /** @enum {string} */
                                chargedWhen: "overdue" | "first-letter";
                            };
                            graceDays: number;
                            /** @description Overdue beyond it is on hold. In the company’s currency, against which another stands at the rate of the day. */
                            holdMinimumMinor: number;
                            interestNoteTermsDays: number;
                            intervalDays: number;
                            /** @description Absent: the texts that are built in, in English and German. */
                            letters?: {
                                /**
                                 * @description For customers whose language is not among the texts.
                                 * @example de
                                 */
                                defaultLanguage: string;
                                texts: {
                                    [key: string]: components["schemas"]["LetterTexts"];
                                };
                            };
                            letterTime: string;
                            levels: {
                                daysOverdue: number;
                                /** @description Charged once for a letter of this level, as a fee note of its own; in the company’s currency. */
                                feeMinor?: number;
                                /** @description For items in other currencies, by their codes; where none is stated, nothing is charged. */
                                feeMinorIn?: {
                                    [key: string]: number;
                                };
                                final: boolean;
                                level: number;
                            }[];
                            /** @description An item below it gets no letter. In the company’s currency, against which an item in another stands at the rate of the day. */
                            minimumMinor: number;
                            /** @description Promises to pay; absent: 3 days of grace, 30 days ahead, the second broken one goes to finance. */
                            promises?: {
                                /** @description So many broken ones in a year are for finance. */
                                escalateFromBroken: number;
                                /** @description So many days after the promised one money still counts. */
                                graceDays: number;
                                /** @description How far ahead a payment may be promised. */
                                maximumDays: number;
                            };
                            reminderDaysAfterInvoice: number;
                        };
                        /** @description One that is. */
                        version?: number;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WhatIf"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/dunning/what-if.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Which letters another dunning policy would have planned for the items of a period, and at which fees; nothing is changed: as CSV
         * @description Roles: finance, receivables, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    limit?: number;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description One that is not saved. */
                        policy?: {
                            annualInterestRate: string;
                            /** @description Over the base rate of each day; annualInterestRate counts for days before the first base rate then. */
                            baseRateMargin?: string;
                            collectInterest: boolean;
                            collectionsDaysOverdue: number;
                            /** @description A fixed sum for the cost of recovery, once per invoice. For policies of business customers. */
                            compensation?: {
                                /** @description Minor units of the currency beside it: cents, yen, fils. */
                                amountMinor: number;
                                /** @description For items in other currencies, by their codes; where none is stated, nothing is charged. */
                                amountMinorIn?: {
                                    [key: string]: number;
                                };
                                /** @enum {string} */
                                chargedWhen: "overdue" | "first-letter";
                            };
                            graceDays: number;
                            /** @description Overdue beyond it is on hold. In the company’s currency, against which another stands at the rate of the day. */
                            holdMinimumMinor: number;
                            interestNoteTermsDays: number;
                            intervalDays: number;
                            /** @description Absent: the texts that are built in, in English and German. */
                            letters?: {
                                /**
                                 * @description For customers whose language is not among the texts.
                                 * @example de
                                 */
                                defaultLanguage: string;
                                texts: {
                                    [key: string]: components["schemas"]["LetterTexts"];
                                };
                            };
                            letterTime: string;
                            levels: {
                                daysOverdue: number;
                                /** @description Charged once for a letter of this level, as a fee note of its own; in the company’s currency. */
                                feeMinor?: number;
                                /** @description For items in other currencies, by their codes; where none is stated, nothing is charged. */
                                feeMinorIn?: {
                                    [key: string]: number;
                                };
                                final: boolean;
                                level: number;
                            }[];
                            /** @description An item below it gets no letter. In the company’s currency, against which an item in another stands at the rate of the day. */
                            minimumMinor: number;
                            /** @description Promises to pay; absent: 3 days of grace, 30 days ahead, the second broken one goes to finance. */
                            promises?: {
                                /** @description So many broken ones in a year are for finance. */
                                escalateFromBroken: number;
                                /** @description So many days after the promised one money still counts. */
                                graceDays: number;
                                /** @description How far ahead a payment may be promised. */
                                maximumDays: number;
                            };
                            reminderDaysAfterInvoice: number;
                        };
                        /** @description One that is. */
                        version?: number;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/fulfilment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a new version of the fulfilment policy into force
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description Why, for whoever reads it later. */
                    reason?: string;
                };
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["FulfilmentPolicy"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            version: number;
                        };
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The settings that let one person do what took two. */
                            loosens: string[];
                            name: string;
                            proposalId: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/invoicing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a new version of the invoicing policy into force, for orders placed from now on
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: {
                    /** @description Why, for whoever reads it later. */
                    reason?: string;
                };
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["InvoicingPolicy"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            version: number;
                        };
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The settings that let one person do what took two. */
                            loosens: string[];
                            name: string;
                            proposalId: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/proposals/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a proposed version of a policy into force: never the person who proposed it
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            version: number | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/proposals/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn a proposed version of a policy down; who proposed it may take it back
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            version: number | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/price-lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Price lists by id
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    limit?: number;
                    segment?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["PriceList"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/price-lists/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One price list, without its prices
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PriceList"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        /**
         * Take a price list in or change it; a price that is not named stays
         * @description Roles: sales, finance, admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PriceListDetails"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PriceList"];
                    };
                };
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PriceList"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/price-lists/{id}/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What stands on a price list, by product and quantity break
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                minimumQuantity: number;
                                sku: string;
                                /** @description Minor units of the currency beside it: cents, yen, fils. */
                                unitPriceMinor: number;
                            }[];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/process-map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The stages with what stands in them, how long orders took that left them, whose time it was, and the bottleneck, each beside the period before
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProcessMap"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/process-map.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The stages with what stands in them, how long orders took that left them, whose time it was, and the bottleneck, each beside the period before: as CSV
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/process-map/{stage}/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The orders of a stage, the longest there first: those that stand in it, now or at the end of a period that is over, or those that left it in the period
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    limit?: number;
                    show?: "standing" | "left";
                    /** @description Only orders that contain it. */
                    sku?: string;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path: {
                    stage: "order" | "credit" | "fulfilment" | "invoicing" | "receivables" | "collections" | "done";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["OrderInStage"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/process-map/{stage}/orders.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The orders of a stage, the longest there first: those that stand in it, now or at the end of a period that is over, or those that left it in the period: as CSV
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    limit?: number;
                    show?: "standing" | "left";
                    /** @description Only orders that contain it. */
                    sku?: string;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path: {
                    stage: "order" | "credit" | "fulfilment" | "invoicing" | "receivables" | "collections" | "done";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/production-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is made to order, oldest first
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                    orderId?: string;
                    status?: "requested" | "started" | "finished" | "cancelled";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["ProductionRequest"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/production-requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One production request
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProductionRequest"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/production-requests/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * It will not be made: the customer waits for stock, or chooses
         * @description Roles: warehouse, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ProductionCancel"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProductionRequest"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/production-requests/{id}/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * It is made: goods are received at their cost and go to the order first
         * @description Roles: warehouse, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ProductionFinish"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProductionRequest"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/production-requests/{id}/slip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * It will be ready on another day; the customer is told once
         * @description Roles: warehouse, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ProductionSlip"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProductionRequest"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/production-requests/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Production has begun
         * @description Roles: warehouse, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProductionRequest"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Products by SKU, with prices
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Product"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{sku}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One product
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    sku: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Product"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        /**
         * Take a product in or change it; a currency that is not named keeps its price
         * @description Roles: sales, finance, admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    sku: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ProductDetails"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Product"];
                    };
                };
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Product"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/promises": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Promises to pay, newest first
         * @description Roles: payer, sales, credit, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    invoiceId?: string;
                    limit?: number;
                    status?: "open" | "kept" | "broken" | "cancelled";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["PromiseToPay"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/promises/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One promise to pay, and what became of it
         * @description Roles: payer, sales, credit, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PromiseToPay"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/promises/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count on it no more: letters go on, and nothing is held against the customer
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PromiseToPay"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/public/invitations/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whom the link of an invitation lets choose a password
         * @description For whoever holds the link: no key.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InvitedPerson"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Choose the password; the link opens nothing from then on
         * @description For whoever holds the link: no key.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ChosenPassword"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            email: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/public/invoices/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The invoice that a link from a mail opens, in short
         * @description For whoever holds the link: no key.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LinkedInvoice"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/public/invoices/{token}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same as it was mailed
         * @description For whoever holds the link: no key.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/pdf": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/public/invoices/{token}/ubl": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same as an e-invoice; 422 when it lacks what that needs
         * @description For whoever holds the link: no key.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/xml": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Quotes, newest first
         * @description Roles: buyer, sales, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    draftId?: string;
                    limit?: number;
                    status?: "sent" | "accepted" | "declined" | "expired";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Quote"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quotes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One quote
         * @description Roles: buyer, sales, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Quote"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quotes/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept a quote: it becomes one order at its prices, however often it is accepted
         * @description Roles: buyer, sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PlacedOrder"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quotes/{id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decline a quote, with the reason; its draft may be changed and offered again
         * @description Roles: buyer, sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Quote"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/receivables/ageing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open items by days overdue as of a date, in total and by customer; unapplied cash and credit balances stand beside the totals, not in them
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Leaves out what the books recorded after this instant, whatever day it belongs to. Absent: now. */
                    asKnownAt?: string;
                    /** @description Instead of `asKnownAt`: what was recorded by the end of this day in the company’s time zone. */
                    asKnownOn?: string;
                    /** @description Absent: today. */
                    asOf?: string;
                    customerId?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Ageing"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/receivables/ageing.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open items by days overdue as of a date, in total and by customer; unapplied cash and credit balances stand beside the totals, not in them: as CSV
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Leaves out what the books recorded after this instant, whatever day it belongs to. Absent: now. */
                    asKnownAt?: string;
                    /** @description Instead of `asKnownAt`: what was recorded by the end of this day in the company’s time zone. */
                    asKnownOn?: string;
                    /** @description Absent: today. */
                    asOf?: string;
                    customerId?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Refunds, newest first
         * @description Roles: receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    limit?: number;
                    paymentId?: string;
                    /** @description Failed: it could not go back to its card, and waits unapplied again. */
                    status?: "requested" | "approved" | "refused" | "failed";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["RefundToDecide"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Ask that unapplied cash or a credit balance goes back to its customer; a second person approves it
         * @description Roles: receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewRefund"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Refund"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/refunds/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay a refund out; not by who asked for it
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Refund"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/refunds/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuse a refund; not by who asked for it
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RefusedRefund"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Refund"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reorder-points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * When how much is ordered for which warehouse; with low=true, what it is time to order
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                    low?: "true" | "false";
                    sku?: string;
                    warehouseId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["ReorderPoint"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reorder-points/{sku}/{warehouseId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say at how few available units how many are ordered; a task says when it is time
         * @description Roles: warehouse, admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    sku: string;
                    warehouseId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReorderPointDetails"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReorderPoint"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/cash-forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What open items, promises and orders that are not invoiced yet are expected to bring in each of 13 weeks, from now or from a past day on, with what then came in
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description A day that is past: the forecast as it would have been made at its end. Absent: of now. */
                    asOf?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CashForecast"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/cash-forecast.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What open items, promises and orders that are not invoiced yet are expected to bring in each of 13 weeks, from now or from a past day on, with what then came in: as CSV
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description A day that is past: the forecast as it would have been made at its end. Absent: of now. */
                    asOf?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/cash-forecast/parts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is expected of a week, or after the last one, by layer, customer and day: it comes to the week
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description A day that is past: the forecast as it would have been made at its end. Absent: of now. */
                    asOf?: string;
                    currency: string;
                    limit?: number;
                    /** @description 1 is the first; 14 is all that comes later. */
                    week: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["CashForecastPart"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/cash-forecast/parts.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is expected of a week, or after the last one, by layer, customer and day: it comes to the week: as CSV
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description A day that is past: the forecast as it would have been made at its end. Absent: of now. */
                    asOf?: string;
                    currency: string;
                    limit?: number;
                    /** @description 1 is the first; 14 is all that comes later. */
                    week: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/cash-forecasts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The forecasts that were kept each week, newest first, with what then came in
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query: {
                    currency: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["KeptCashForecast"][];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/cash-forecasts.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The forecasts that were kept each week, newest first, with what then came in: as CSV
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query: {
                    currency: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/collectors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The contacts of each collector in a period, and the receipts that followed them, beside the period before
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Leaves out what the books recorded after this instant, whatever day it belongs to. Absent: now. */
                    asKnownAt?: string;
                    /** @description Instead of `asKnownAt`: what was recorded by the end of this day in the company’s time zone. */
                    asKnownOn?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @description Later records are left out.
                             * @example 2026-03-31T22:00:00.000Z
                             */
                            asKnownAt: string | null;
                            before: {
                                /**
                                 * Format: date
                                 * @example 2026-03-31
                                 */
                                from: string;
                                /**
                                 * Format: date
                                 * @example 2026-03-31
                                 */
                                to: string;
                            };
                            /**
                             * Format: date
                             * @example 2026-03-31
                             */
                            from: string;
                            items: components["schemas"]["CollectorEffect"][];
                            /**
                             * Format: date
                             * @example 2026-03-31
                             */
                            to: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/collectors.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The contacts of each collector in a period, and the receipts that followed them, beside the period before: as CSV
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Leaves out what the books recorded after this instant, whatever day it belongs to. Absent: now. */
                    asKnownAt?: string;
                    /** @description Instead of `asKnownAt`: what was recorded by the end of this day in the company’s time zone. */
                    asKnownOn?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/collectors/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The contacts of a collector in a period, each with the receipts that followed it: they come to what is reported
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query: {
                    actor: string;
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Leaves out what the books recorded after this instant, whatever day it belongs to. Absent: now. */
                    asKnownAt?: string;
                    /** @description Instead of `asKnownAt`: what was recorded by the end of this day in the company’s time zone. */
                    asKnownOn?: string;
                    currency: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    limit?: number;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["ContactEffect"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/collectors/contacts.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The contacts of a collector in a period, each with the receipts that followed it: they come to what is reported: as CSV
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query: {
                    actor: string;
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Leaves out what the books recorded after this instant, whatever day it belongs to. Absent: now. */
                    asKnownAt?: string;
                    /** @description Instead of `asKnownAt`: what was recorded by the end of this day in the company’s time zone. */
                    asKnownOn?: string;
                    currency: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    limit?: number;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/credit-decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Credit decisions of a period by kind and outcome, with what was sold on them since and what of that was lost, beside the period before
         * @description Roles: finance, receivables, admin, credit.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Leaves out what the books recorded after this instant, whatever day it belongs to. Absent: now. */
                    asKnownAt?: string;
                    /** @description Instead of `asKnownAt`: what was recorded by the end of this day in the company’s time zone. */
                    asKnownOn?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @description Later records are left out.
                             * @example 2026-03-31T22:00:00.000Z
                             */
                            asKnownAt: string | null;
                            before: {
                                /**
                                 * Format: date
                                 * @example 2026-03-31
                                 */
                                from: string;
                                /**
                                 * Format: date
                                 * @example 2026-03-31
                                 */
                                to: string;
                            };
                            /**
                             * Format: date
                             * @example 2026-03-31
                             */
                            from: string;
                            items: components["schemas"]["CreditDecisionOutcome"][];
                            /**
                             * Format: date
                             * @example 2026-03-31
                             */
                            to: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/credit-decisions.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Credit decisions of a period by kind and outcome, with what was sold on them since and what of that was lost, beside the period before: as CSV
         * @description Roles: finance, receivables, admin, credit.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Leaves out what the books recorded after this instant, whatever day it belongs to. Absent: now. */
                    asKnownAt?: string;
                    /** @description Instead of `asKnownAt`: what was recorded by the end of this day in the company’s time zone. */
                    asKnownOn?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/credit-decisions/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The credit decisions of a kind and outcome, each with what was sold on it and lost: they come to what is reported
         * @description Roles: finance, receivables, admin, credit.
         */
        get: {
            parameters: {
                query: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Leaves out what the books recorded after this instant, whatever day it belongs to. Absent: now. */
                    asKnownAt?: string;
                    /** @description Instead of `asKnownAt`: what was recorded by the end of this day in the company’s time zone. */
                    asKnownOn?: string;
                    currency: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    kind: string;
                    limit?: number;
                    outcome: string;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["CreditDecisionRecord"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/credit-decisions/records.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The credit decisions of a kind and outcome, each with what was sold on it and lost: they come to what is reported: as CSV
         * @description Roles: finance, receivables, admin, credit.
         */
        get: {
            parameters: {
                query: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Leaves out what the books recorded after this instant, whatever day it belongs to. Absent: now. */
                    asKnownAt?: string;
                    /** @description Instead of `asKnownAt`: what was recorded by the end of this day in the company’s time zone. */
                    asKnownOn?: string;
                    currency: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    kind: string;
                    limit?: number;
                    outcome: string;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/cycles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sales cycle, onboarding, and how long disputes and returns took; how many customers came back, and how many did not
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Cycles"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/cycles.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sales cycle, onboarding, and how long disputes and returns took; how many customers came back, and how many did not: as CSV
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/cycles/{cycle}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is counted of a cycle, the longest first: quotes, customers, disputes or returns
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    limit?: number;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path: {
                    cycle: "sales-cycle" | "onboarding" | "dispute-resolution" | "return-resolution" | "returning-customers" | "lost-customers";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["CycleRecord"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/cycles/{cycle}/records.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is counted of a cycle, the longest first: quotes, customers, disputes or returns: as CSV
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    limit?: number;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path: {
                    cycle: "sales-cycle" | "onboarding" | "dispute-resolution" | "return-resolution" | "returning-customers" | "lost-customers";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/documents/{part}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The documents behind a part of a measure: they come to its value
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Leaves out what the books recorded after this instant, whatever day it belongs to. Absent: now. */
                    asKnownAt?: string;
                    /** @description Instead of `asKnownAt`: what was recorded by the end of this day in the company’s time zone. */
                    asKnownOn?: string;
                    /** @description Of `receivables`: as many days overdue on the last day. */
                    bucket?: "current" | "1-30" | "31-60" | "61-90" | "91+";
                    currency: string;
                    customerId?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    limit?: number;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path: {
                    part: "receivables" | "current-receivables" | "opening-receivables" | "taken-over" | "sales" | "written-off" | "settled-items" | "closed-orders" | "judged-orders" | "accepted-orders" | "billed-shipments" | "issued-invoices" | "receipts";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["ReportedDocument"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/documents/{part}.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The documents behind a part of a measure: they come to its value: as CSV
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Leaves out what the books recorded after this instant, whatever day it belongs to. Absent: now. */
                    asKnownAt?: string;
                    /** @description Instead of `asKnownAt`: what was recorded by the end of this day in the company’s time zone. */
                    asKnownOn?: string;
                    /** @description Of `receivables`: as many days overdue on the last day. */
                    bucket?: "current" | "1-30" | "31-60" | "61-90" | "91+";
                    currency: string;
                    customerId?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    limit?: number;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path: {
                    part: "receivables" | "current-receivables" | "opening-receivables" | "taken-over" | "sales" | "written-off" | "settled-items" | "closed-orders" | "judged-orders" | "accepted-orders" | "billed-shipments" | "issued-invoices" | "receipts";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/measures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * DSO and the other measures of a period, each with its formula, the parts of it and the period before, per currency
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Leaves out what the books recorded after this instant, whatever day it belongs to. Absent: now. */
                    asKnownAt?: string;
                    /** @description Instead of `asKnownAt`: what was recorded by the end of this day in the company’s time zone. */
                    asKnownOn?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    /** @description Only these, with commas between them; the others are not computed. Absent: all. */
                    measures?: string;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Measures"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/measures.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * DSO and the other measures of a period, each with its formula, the parts of it and the period before, per currency: as CSV
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Leaves out what the books recorded after this instant, whatever day it belongs to. Absent: now. */
                    asKnownAt?: string;
                    /** @description Instead of `asKnownAt`: what was recorded by the end of this day in the company’s time zone. */
                    asKnownOn?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    /** @description Only these, with commas between them; the others are not computed. Absent: all. */
                    measures?: string;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/month-ends": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * DSO and ageing at each month end, and how much of each bucket rolled on into the next one, per currency
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Leaves out what the books recorded after this instant, whatever day it belongs to. Absent: now. */
                    asKnownAt?: string;
                    /** @description Instead of `asKnownAt`: what was recorded by the end of this day in the company’s time zone. */
                    asKnownOn?: string;
                    /** @description Up to this day. Absent: today. */
                    asOf?: string;
                    months?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MonthEnds"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/month-ends.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * DSO and ageing at each month end, and how much of each bucket rolled on into the next one, per currency: as CSV
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Leaves out what the books recorded after this instant, whatever day it belongs to. Absent: now. */
                    asKnownAt?: string;
                    /** @description Instead of `asKnownAt`: what was recorded by the end of this day in the company’s time zone. */
                    asKnownOn?: string;
                    /** @description Up to this day. Absent: today. */
                    asOf?: string;
                    months?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What each person finished in a period by kind of work, and how long it took from when it was there to do
         * @description Roles: finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            before: {
                                /**
                                 * Format: date
                                 * @example 2026-03-31
                                 */
                                from: string;
                                /**
                                 * Format: date
                                 * @example 2026-03-31
                                 */
                                to: string;
                            };
                            /**
                             * Format: date
                             * @example 2026-03-31
                             */
                            from: string;
                            items: components["schemas"]["TimeOfPerson"][];
                            /**
                             * Format: date
                             * @example 2026-03-31
                             */
                            to: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/people.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What each person finished in a period by kind of work, and how long it took from when it was there to do: as CSV
         * @description Roles: finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/people/work": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a person finished of a kind of work in a period, what took longest first
         * @description Roles: finance, admin.
         */
        get: {
            parameters: {
                query: {
                    actor: string;
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    limit?: number;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                    work: "credit-review" | "over-limit" | "credit-renewal" | "credit-application" | "invoice-review" | "overdue-contact" | "shortage" | "collections" | "parked-message" | "order-document" | "edi-document" | "carrier-refused" | "shipment-exception" | "carrier-performance" | "job-failed" | "reorder" | "correction-approval" | "dispute" | "broken-promise" | "unbilled-shipment" | "integrity" | "hold-override" | "write-off" | "overdue-review" | "undocumented-payment" | "bounced-cheque" | "card-not-taken" | "statement-not-sent" | "card-dispute" | "card-refund" | "card-hold" | "gateway-event" | "invoice-run-failed" | "webhook-endpoint-disabled" | "interest-overcharged" | "policy-approval" | "pick" | "pack" | "pick-and-pack";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["FinishedWork"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/people/work.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a person finished of a kind of work in a period, what took longest first: as CSV
         * @description Roles: finance, admin.
         */
        get: {
            parameters: {
                query: {
                    actor: string;
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    limit?: number;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                    work: "credit-review" | "over-limit" | "credit-renewal" | "credit-application" | "invoice-review" | "overdue-contact" | "shortage" | "collections" | "parked-message" | "order-document" | "edi-document" | "carrier-refused" | "shipment-exception" | "carrier-performance" | "job-failed" | "reorder" | "correction-approval" | "dispute" | "broken-promise" | "unbilled-shipment" | "integrity" | "hold-override" | "write-off" | "overdue-review" | "undocumented-payment" | "bounced-cheque" | "card-not-taken" | "statement-not-sent" | "card-dispute" | "card-refund" | "card-hold" | "gateway-event" | "invoice-run-failed" | "webhook-endpoint-disabled" | "interest-overcharged" | "policy-approval" | "pick" | "pack" | "pick-and-pack";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How long orders were in a stage by the products that they contain, and whose time it was
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    stage?: "order" | "credit" | "fulfilment" | "invoicing" | "receivables" | "collections";
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            before: {
                                /**
                                 * Format: date
                                 * @example 2026-03-31
                                 */
                                from: string;
                                /**
                                 * Format: date
                                 * @example 2026-03-31
                                 */
                                to: string;
                            };
                            /**
                             * Format: date
                             * @example 2026-03-31
                             */
                            from: string;
                            /** @description Those with the most orders first, 200 at most. */
                            items: components["schemas"]["TimeOfProduct"][];
                            /** @enum {string} */
                            stage: "order" | "credit" | "fulfilment" | "invoicing" | "receivables" | "collections" | "done";
                            /**
                             * Format: date
                             * @example 2026-03-31
                             */
                            to: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/products.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How long orders were in a stage by the products that they contain, and whose time it was: as CSV
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    stage?: "order" | "credit" | "fulfilment" | "invoicing" | "receivables" | "collections";
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/stage-effects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How orders that were slow in a stage fared in all later ones, over orders closed in the period
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            before: {
                                /**
                                 * Format: date
                                 * @example 2026-03-31
                                 */
                                from: string;
                                /**
                                 * Format: date
                                 * @example 2026-03-31
                                 */
                                to: string;
                            };
                            /** @description In words. */
                            formula: string;
                            /**
                             * Format: date
                             * @example 2026-03-31
                             */
                            from: string;
                            items: components["schemas"]["StageEffect"][];
                            /**
                             * Format: date
                             * @example 2026-03-31
                             */
                            to: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/stage-effects.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How orders that were slow in a stage fared in all later ones, over orders closed in the period: as CSV
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Absent: 29 days before the last day. */
                    from?: string;
                    /** @description The last day, which counts. Absent: today. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/returns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Returns, newest first
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    limit?: number;
                    orderId?: string;
                    status?: "requested" | "approved" | "refused" | "received" | "credited" | "cancelled";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Return"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Ask to return goods of a shipment that was invoiced, line by line, each with its reason
         * @description Roles: buyer, sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewReturn"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            invoiceId: string;
                            orderId: string;
                            returnId: string;
                            /** @enum {string} */
                            status: "requested";
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/returns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One return with what was announced, received, restocked and scrapped
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Return"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/returns/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let the customer send the goods back; they are told by mail
         * @description Roles: sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        reason?: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MovedReturn"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/returns/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The goods do not come back after all, and may be returned another time
         * @description Roles: buyer, sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MovedReturn"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/returns/{id}/inspect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restock or scrap every unit that came back; its credit note is issued at once
         * @description Roles: warehouse, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReturnInspection"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreditedReturn"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/returns/{id}/receive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count what came back; a line that is not named did not come
         * @description Roles: warehouse, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReturnCount"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MovedReturn"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/returns/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say no to a return; the customer is told why
         * @description Roles: sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MovedReturn"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reviews of overdue accounts, newest first
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["OverdueReview"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Review all overdue accounts as of a day; by itself it comes round each month or week, as the bad-debt policy says
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["NewOverdueReview"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OverdueReview"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reviews/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A review: buckets, roll rates, loss rates, next month’s forecast and what is to be provided for
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OverdueReviewToDecide"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reviews/{id}/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The accounts of a review by customer, with what has changed since the one before and the next step
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["ReviewAccount"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reviews/{id}/accounts.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The accounts of a review as CSV
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reviews/{id}/accounts/{customerId}/next-step": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say what is done next about an account, by whom and until when
         * @description Roles: finance, receivables, admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    customerId: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReviewNextStep"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date
                             * @example 2026-03-31
                             */
                            on: string;
                            owner: string;
                            text: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reviews/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Book the change of the allowance, once: never the person who proposed it
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OverdueReview"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reviews/{id}/propose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Propose to bring the allowance to what the review found
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OverdueReview"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reviews/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take the proposal back; the review is open again
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OverdueReview"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/risk/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fits of the risk model, newest first, each measured beside the one that was in force
         * @description Roles: credit, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /**
                                 * Format: date-time
                                 * @example 2026-03-31T22:00:00.000Z
                                 */
                                adoptedAt: string | null;
                                adoptedBy: string | null;
                                /**
                                 * Format: date-time
                                 * @example 2026-03-31T22:00:00.000Z
                                 */
                                at: string;
                                currentQuality: components["schemas"]["RiskQuality"];
                                fittedBy: string;
                                model: {
                                    deviations: number[];
                                    examples: number;
                                    intercept: number;
                                    lateExamples: number;
                                    means: number[];
                                    weights: number[];
                                };
                                quality: components["schemas"]["RiskQuality"];
                                /** @enum {string} */
                                status: "shadow" | "adopted" | "retired";
                                version: number;
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Fit the next model on the company’s own closed invoices; it runs in shadow until a person adopts it
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            currentQuality: components["schemas"]["RiskQuality"];
                            model: {
                                deviations: number[];
                                examples: number;
                                intercept: number;
                                lateExamples: number;
                                means: number[];
                                weights: number[];
                            };
                            quality: components["schemas"]["RiskQuality"];
                            version: number;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/risk/models/{version}/adopt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a fitted model into force, and recompute the scores with it
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    version: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            customers: number;
                            version: number;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/risk/recompute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Recompute every customer’s score
         * @description Roles: credit, receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            customers: number;
                            modelVersion: number | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/risk/scores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Customers by their chance of paying late, the riskiest first, as recomputed last
         * @description Roles: credit, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /**
                                 * Format: date
                                 * @example 2026-03-31
                                 */
                                asOf: string;
                                customerId: string;
                                lateChance: number;
                                modelVersion: number | null;
                                score: components["schemas"]["RiskScore"];
                            }[];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Orders, invoices, payments, shipments, customers and products by number, reference, tracking number, name or amount
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query: {
                    q: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["SearchResult"][];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/segments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Segments with the dunning policy that is assigned to each
         * @description Roles: sales, credit, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                actor: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-03-31T22:00:00.000Z
                                 */
                                at: string;
                                dunningPolicy: string | null;
                                segment: string;
                            }[];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/segments/{segment}/dunning-policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Assign a dunning policy to a segment, for invoices issued from now on; null takes it off
         * @description Roles: finance, admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    segment: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        dunningPolicy: string | null;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            dunningPolicy: string | null;
                            segment: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shipments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shipments, oldest first
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    /** @description Those that wait for a person: refused by the carrier, or with an open task about their way. */
                    attention?: "carrier-refused" | "exception";
                    carrier?: string;
                    /** @description Where they go. */
                    country?: string;
                    limit?: number;
                    /** @description Left on this day or later, by the company’s time. */
                    shippedFrom?: string;
                    /** @description Left on this day or earlier. */
                    shippedTo?: string;
                    status?: "picking" | "packing" | "packed" | "shipped" | "delivered" | "undelivered" | "cancelled";
                    warehouseId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["ShipmentSummary"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shipments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The work order for pick and pack
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WorkOrder"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shipments/{id}/ask-carrier-again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * After a carrier’s refusal: correct the address, have it asked again as it is, or name what you have booked yourself
         * @description Roles: shipping, sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CarrierCorrection"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            shipmentId: string;
                            shipTo: components["schemas"]["Address"];
                            /** @enum {string} */
                            status: "packed";
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shipments/{id}/delivery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Note that the customer has the goods
         * @description Roles: shipping, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @example 2026-03-31T22:00:00.000Z
                         */
                        deliveredAt?: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @example 2026-03-31T22:00:00.000Z
                             */
                            deliveredAt: string;
                            shipmentId: string;
                            /** @enum {string} */
                            status: "delivered";
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shipments/{id}/label.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The labels of its cartons with tracking number and SSCC, 100 × 150 mm
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/pdf": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shipments/{id}/label.zpl": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same labels for a printer that reads ZPL II
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain; charset=utf-8": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shipments/{id}/pack": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm that a picked shipment is packed
         * @description Roles: warehouse, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        /** @description The cartons it was packed in; absent: one with everything in it. */
                        cartons?: {
                            weightGrams: number;
                        }[];
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            pickup?: {
                                carrier: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-03-31T22:00:00.000Z
                                 */
                                cutOffAt: string;
                                /**
                                 * Format: date
                                 * @example 2026-03-31
                                 */
                                expectedDeliveryOn: string;
                                /** @description The pickup whose cut-off it has missed. */
                                instead?: {
                                    carrier: string;
                                    /**
                                     * Format: date-time
                                     * @example 2026-03-31T22:00:00.000Z
                                     */
                                    cutOffAt: string;
                                    /**
                                     * Format: date
                                     * @example 2026-03-31
                                     */
                                    on: string;
                                };
                                missesPromise: boolean;
                                /**
                                 * Format: date
                                 * @example 2026-03-31
                                 */
                                on: string;
                                /**
                                 * Format: date
                                 * @example 2026-03-31
                                 */
                                promisedOn: string | null;
                            };
                            shipmentId: string;
                            /** @enum {string} */
                            status: "picking" | "packing" | "packed" | "shipped" | "delivered" | "undelivered" | "cancelled";
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shipments/{id}/pick": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm a pick, line by line; a line that is not named was picked in full
         * @description Roles: warehouse, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        /** @description The cartons it was packed in; absent: one with everything in it. */
                        cartons?: {
                            weightGrams: number;
                        }[];
                        /**
                         * @description True when the goods were also packed.
                         * @default false
                         */
                        packed?: boolean;
                        /** @default [] */
                        short?: {
                            lineNumber: number;
                            pickedQuantity: number;
                            /** @description Why it came out short, for who recounts the place. */
                            reason?: string;
                        }[];
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            pickup?: {
                                carrier: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-03-31T22:00:00.000Z
                                 */
                                cutOffAt: string;
                                /**
                                 * Format: date
                                 * @example 2026-03-31
                                 */
                                expectedDeliveryOn: string;
                                /** @description The pickup whose cut-off it has missed. */
                                instead?: {
                                    carrier: string;
                                    /**
                                     * Format: date-time
                                     * @example 2026-03-31T22:00:00.000Z
                                     */
                                    cutOffAt: string;
                                    /**
                                     * Format: date
                                     * @example 2026-03-31
                                     */
                                    on: string;
                                };
                                missesPromise: boolean;
                                /**
                                 * Format: date
                                 * @example 2026-03-31
                                 */
                                on: string;
                                /**
                                 * Format: date
                                 * @example 2026-03-31
                                 */
                                promisedOn: string | null;
                            };
                            shipmentId: string;
                            /** @enum {string} */
                            status: "picking" | "packing" | "packed" | "shipped" | "delivered" | "undelivered" | "cancelled";
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shipments/{id}/resolution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide what becomes of goods that were lost, damaged or sent back on their way: credit them at once, take them back and credit what arrives, or, where they were still ours (D-terms), send them again
         * @description Roles: shipping, sales, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ShipmentResolution"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Absent for goods that are still to be counted. */
                            credited?: {
                                /** @description What it took off its own invoice. */
                                appliedMinor: number;
                                creditNoteId: string;
                                /** @example EUR */
                                currency: string;
                                grossMinor: number;
                                onHold: boolean;
                                returnId: string;
                                /** @enum {string} */
                                status: "credited";
                                /** @description What the customer has to its credit from it. */
                                unappliedMinor: number;
                                wokenOrders: number;
                            };
                            /** @enum {string} */
                            decision: "take-back" | "credit" | "send-again";
                            /** @description Absent for goods that are sent again. */
                            returnId?: string;
                            shipmentId: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shipments/{id}/standing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the asker can do to a shipment as it stands
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ShipmentStanding"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shipments/{id}/work-order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The work order for pick and pack, for the warehouse’s own devices
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WorkOrder"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shipments/{id}/work-order.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The work order on paper, with barcodes
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/pdf": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shipping/audits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What audits of carriers have found, oldest first
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["CarrierAudit"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Hold carriers against their targets, lane by lane, for what left from one date to another
         * @description Roles: shipping, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AuditPeriod"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CarrierAudit"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shipping/carriers/{carrier}/webhook-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the secret a carrier signs its webhooks with; it is shown this once, and the one before is good for a day more
         * @description Roles: admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    carrier: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            carrier: string;
                            secret: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shipping/manifest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a carrier collects at one pickup: as it was kept once the cut-off had passed, until then as it is
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query: {
                    carrier: string;
                    pickupOn: string;
                    warehouseId: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Manifest"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shipping/manifest.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The manifest of one pickup on paper, for the driver to sign
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query: {
                    carrier: string;
                    pickupOn: string;
                    warehouseId: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/pdf": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shipping/manifests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The manifests that are closed, the newest first
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    after?: string;
                    limit?: number;
                    warehouseId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["ClosedManifest"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shipping/pickup-calendars": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * When which carrier comes to which warehouse
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    warehouseId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["PickupCalendar"][];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shipping/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What goes with which pickup, and what will miss its promise
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    warehouseId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ShippingPlan"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Move what has missed its cut-off to the next pickup, and plan what has none; up to 200 at once
         * @description Roles: shipping, warehouse, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            missed: string[];
                            planned: string[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/specific-provisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Loss rates set by hand, in the order in which they were set
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["SpecificProvision"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Set by hand what share of an item, or of all of a customer, is expected to be lost; it replaces the one before
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewSpecificProvision"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SpecificProvision"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/specific-provisions/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a rate set by hand: the matrix counts again
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SpecificProvision"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is on hand, reserved and available, by SKU and warehouse
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                    sku?: string;
                    warehouseId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["StockLevel"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stock/adjustments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Book damage, loss or a find without a count, once per report
         * @description Roles: warehouse, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["StockAdjustment"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CorrectedStock"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stock/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Book what was counted at one place, once per count sheet; reservations that it cannot keep are taken back
         * @description Roles: warehouse, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["StockCount"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CorrectedStock"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stock/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Live stock as server-sent events: `snapshot`, whose last piece is `complete`, and then `change`; both carry `items` as the list has them
         * @description Roles: customer, buyer, payer, customer-admin, sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    sku?: string;
                    warehouseId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What people have to do, oldest first or, with `sort=due`, what is due first
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    /** @description One or several, with commas between them. */
                    kind?: string;
                    limit?: number;
                    orderId?: string;
                    /** @description Who has claimed it. */
                    owner?: string;
                    /** @description One or several, with commas between them. */
                    role?: string;
                    sort?: "oldest" | "due";
                    status?: "open" | "claimed" | "completed" | "cancelled";
                    /** @description Open and claimed ones alone. */
                    unfinished?: "true";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Task"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One task
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Task"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a task on; of two people at once, one gets it
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            owner: string;
                            /** @enum {string} */
                            status: "claimed";
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish a task: a credit decision for credit-review, over-limit and credit-application, else what was found out
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TaskOutcome"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            status: "completed";
                        } | {
                            /** @enum {string} */
                            outcome: "approved" | "denied" | "prepayment-asked-for";
                        };
                    };
                };
                /** @description Accepted */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            outcome: "second-approval-needed";
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{id}/questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask the customer what a credit decision lacks, by mail and in the portal
         * @description Roles: credit, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        question: string;
                    };
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreditQuestion"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a task back, one’s own or that of somebody who is not there, so that others of its role can take it on
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            status: "open";
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{id}/take-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a task on that somebody else has: whoever has its role may, and says why
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            owner: string;
                            /** @enum {string} */
                            status: "claimed";
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tracking-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What carriers have reported, as it came in; `parked` are those of numbers that are not ours, or not yet
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    limit?: number;
                    parked?: boolean;
                    shipmentId?: string;
                    trackingNumber?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["TrackingEvent"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/warehouses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The warehouses
         * @description Roles: sales, credit, warehouse, shipping, receivables, finance, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Warehouse"][];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/warehouses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Take a warehouse in, or change its name and address
         * @description Roles: warehouse, admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        address: components["schemas"]["Address"];
                        name: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Warehouse"];
                    };
                };
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Warehouse"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/warehouses/{warehouseId}/pickup-calendars/{carrier}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Take in when a carrier comes to a warehouse, or change it
         * @description Roles: shipping, admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    carrier: string;
                    warehouseId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PickupCalendarDetails"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PickupCalendar"];
                    };
                };
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PickupCalendar"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was sent to whom, with every attempt, the newest first
         * @description Roles: admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    endpointId?: string;
                    limit?: number;
                    recordId?: string;
                    status?: "pending" | "delivered" | "given-up";
                    type?: "order.accepted" | "order.declined" | "order.changed" | "order.cancelled" | "order.delayed" | "order.choice-offered" | "order.on-hold" | "shipment.shipped" | "shipment.delivered" | "shipment.sent-again" | "return.approved" | "return.refused" | "invoice.issued" | "invoice.overdue" | "debit-note.issued" | "credit-note.issued" | "payment.received" | "payment.bounced" | "account.on-hold" | "account.released" | "dispute.opened" | "dispute.closed" | "endpoint.test";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["WebhookDelivery"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of them
         * @description Roles: admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WebhookDelivery"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-deliveries/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send it again, whatever became of it
         * @description Roles: admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            replayed: number;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is told of events, without the secrets
         * @description Roles: admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What there is to hear of. */
                            eventTypes: {
                                means: string;
                                /** @enum {string} */
                                type: "order.accepted" | "order.declined" | "order.changed" | "order.cancelled" | "order.delayed" | "order.choice-offered" | "order.on-hold" | "shipment.shipped" | "shipment.delivered" | "shipment.sent-again" | "return.approved" | "return.refused" | "invoice.issued" | "invoice.overdue" | "debit-note.issued" | "credit-note.issued" | "payment.received" | "payment.bounced" | "account.on-hold" | "account.released" | "dispute.opened" | "dispute.closed";
                            }[];
                            items: components["schemas"]["WebhookEndpoint"][];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /**
         * Have events sent to an address; the secret that signs them is shown this once
         * @description Roles: admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewWebhookEndpoint"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @description What its webhooks are signed with: whsec_ and base64. Shown this once. */
                            secret: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of them
         * @description Roles: admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WebhookEndpoint"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        /**
         * Change where an endpoint is and what it hears of, or switch it off or on again, which sends what has waited
         * @description Roles: admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WebhookEndpointSettings"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WebhookEndpoint"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell an endpoint nothing any more, for good
         * @description Roles: admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an endpoint again what happened in a period of at most 31 days
         * @description Roles: admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WebhookReplay"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            replayed: number;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make another secret, shown this once; for a day the one before signs too
         * @description Roles: admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @description What its webhooks are signed with: whsec_ and base64. Shown this once. */
                            secret: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the endpoint an endpoint.test
         * @description Roles: admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            deliveryId: string;
                            eventId: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/carriers/{carrier}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A carrier’s tracking events, signed as standardwebhooks says; in any order, as often as it likes
         * @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    carrier: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TrackingEvents"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            known: number;
                            /** @description Of the new ones, those whose number is not ours, or not yet. */
                            parked: number;
                            /** @description Events that were new. */
                            received: number;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/easypost": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * EasyPost’s events, signed as it does; of them only trackers are read, in any order, as often as it likes
         * @description Signed with the header x-hmac-signature.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["EasyPostEvent"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            known: number;
                            /** @description Of the new ones, those whose number is not ours, or not yet. */
                            parked: number;
                            /** @description Events that were new. */
                            received: number;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/gateway": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What the card gateway reports, signed as Stripe does; in any order, as often as it likes
         * @description Signed with the header stripe-signature.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReportedGatewayEvent"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            eventId: string;
                            /**
                             * @description Known: it came before. Ignored: kept, and nothing follows from its type.
                             * @enum {string}
                             */
                            outcome: "received" | "known" | "ignored";
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/write-offs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Write-offs, in the order of their proposal, with what came of them after all
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: string;
                    customerId?: string;
                    invoiceId?: string;
                    limit?: number;
                    status?: "proposed" | "approved" | "rejected" | "ended";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["WriteOffToDecide"][];
                            /** @description Send it as `after` for the next page. */
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/write-offs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A write-off
         * @description Roles: finance, receivables, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WriteOff"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/write-offs/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a proposed write-off: never the person who proposed it
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WriteOff"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/write-offs/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn a proposed write-off down; who proposed it may take it back
         * @description Roles: finance, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WriteOff"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "account.on-hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature. */
        post: operations["on.account.on-hold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "account.released": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature. */
        post: operations["on.account.released"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "credit-note.issued": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature. */
        post: operations["on.credit-note.issued"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "debit-note.issued": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature. */
        post: operations["on.debit-note.issued"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "dispute.closed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature. */
        post: operations["on.dispute.closed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "dispute.opened": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature. */
        post: operations["on.dispute.opened"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "endpoint.test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature. */
        post: operations["on.endpoint.test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "invoice.issued": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature. */
        post: operations["on.invoice.issued"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "invoice.overdue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature. */
        post: operations["on.invoice.overdue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "order.accepted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature. */
        post: operations["on.order.accepted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "order.cancelled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature. */
        post: operations["on.order.cancelled"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "order.changed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature. */
        post: operations["on.order.changed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "order.choice-offered": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature. */
        post: operations["on.order.choice-offered"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "order.declined": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature. */
        post: operations["on.order.declined"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "order.delayed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature. */
        post: operations["on.order.delayed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "order.on-hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature. */
        post: operations["on.order.on-hold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.bounced": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature. */
        post: operations["on.payment.bounced"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.received": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature. */
        post: operations["on.payment.received"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "return.approved": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature. */
        post: operations["on.return.approved"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "return.refused": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature. */
        post: operations["on.return.refused"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "shipment.delivered": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature. */
        post: operations["on.shipment.delivered"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "shipment.sent-again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature. */
        post: operations["on.shipment.sent-again"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "shipment.shipped": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Signed with the headers webhook-id, webhook-timestamp and webhook-signature. */
        post: operations["on.shipment.shipped"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        AcceptedSuggestion: {
            /** @default 0 */
            suggestion: number;
        };
        AccountStatement: {
            ageing: {
                "1-30": number;
                "31-60": number;
                "61-90": number;
                "91+": number;
                current: number;
            };
            /** @description What is open on the last day, as the ageing of that day says. */
            closingMinor: number;
            /** @example EUR */
            currency: string;
            customerId: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            from: string;
            lines: {
                /** @description Negative for what settles. */
                amountMinor: number;
                balanceMinor: number;
                documentId: string;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                dueOn: string;
                /** @description The number of an item that was taken over, where it came from. */
                formerReference: string | null;
                /** @description The item that it makes or settles. */
                invoiceId: string;
                kind: string;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                on: string;
            }[];
            /** @description What was open when the period began. */
            openingMinor: number;
            /**
             * Format: date
             * @example 2026-03-31
             */
            to: string;
            /** @description Cash, credit notes and deposits that pay no item yet: beside the balance. */
            unappliedMinor: number;
        };
        Address: {
            city: string;
            country: string;
            name: string;
            postalCode: string;
            street: string;
        };
        Ageing: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            asKnownAt: string | null;
            /**
             * Format: date
             * @example 2026-03-31
             */
            asOf: string;
            /** @description Of all customers: it comes to the receivables account of that date. */
            currencies: {
                buckets: {
                    "1-30": number;
                    "31-60": number;
                    "61-90": number;
                    "91+": number;
                    current: number;
                };
                /** @description What credit notes have left. */
                creditBalanceMinor: number;
                /** @example EUR */
                currency: string;
                /** @description Of the total: what customers dispute. */
                disputedMinor: number;
                totalMinor: number;
                unappliedMinor: number;
            }[];
            items: {
                buckets: {
                    "1-30": number;
                    "31-60": number;
                    "61-90": number;
                    "91+": number;
                    current: number;
                };
                /** @description What credit notes have left. */
                creditBalanceMinor: number;
                /** @example EUR */
                currency: string;
                customerId: string;
                /** @description Of the total: what customers dispute. */
                disputedMinor: number;
                totalMinor: number;
                unappliedMinor: number;
            }[];
            /** @description Send it as `after` for the next page. */
            next: string | null;
        };
        AmendedOrder: {
            cancelledShipments: string[];
            grossMinor: number;
            netMinor: number;
            newShipments: string[];
            revision: number;
            /** @enum {string} */
            status: "received" | "credit-review" | "over-limit" | "waiting-for-payment" | "awaiting-prepayment" | "awaiting-card" | "approved" | "back-ordered" | "awaiting-choice" | "in-fulfilment" | "shipped" | "invoiced" | "closed" | "declined" | "cancelled";
            taxMinor: number;
        };
        Amendment: {
            /** @description Units wanted in all: of a line (0 takes it off), or of goods that are new to the order. Units that are added, and those that are left below the quantity break of their price, cost what they cost today: `expectedUnitPriceMinor` makes another price a fault. */
            lines?: ({
                /** @description Minor units of the currency beside it: cents, yen, fils. */
                expectedUnitPriceMinor?: number;
                lineNumber: number;
                quantity: number | 0;
            } | {
                /** @description Minor units of the currency beside it: cents, yen, fils. */
                expectedUnitPriceMinor?: number;
                quantity: number;
                sku: string;
            })[];
            reason: string;
            /**
             * Format: date
             * @description A later day moves the order’s promise with it; an earlier one is asked for, and overtakes nobody who waits for stock.
             * @example 2026-03-31
             */
            requestedOn?: string;
            /** @description The revision that you have read: 409 `order-changed` when it is another by now. */
            revision: number;
            shipTo?: components["schemas"]["Address"];
        };
        AnotherCard: {
            /**
             * @description The gateway’s token of the card.
             * @example pm_card_visa
             */
            token: string;
        };
        AppliedCreditNote: {
            applications: {
                amountMinor: number;
                invoiceId: string;
                openMinor: number;
            }[];
            creditNoteId: string;
            interestNotes: string[];
            onHold: boolean;
            unappliedMinor: number;
        };
        AskedInvoice: {
            /** @description What is asked for today: not what is disputed, nor what an early-payment discount takes off. */
            askedMinor: number;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            collectionsSince: string | null;
            correctsInvoiceId: string | null;
            /** @example EUR */
            currency: string;
            customerId: string;
            /** @description The early-payment discount of whoever pays all that is asked for by that day. */
            discount: {
                discountMinor: number;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                payBy: string;
                rate: string;
            } | null;
            /** @description By live disputes: open, and neither dunned nor part of a hold. */
            disputedMinor: number;
            /**
             * Format: date
             * @description Of the first instalment that is still open.
             * @example 2026-03-31
             */
            dueOn: string;
            dunningLevel: number;
            /** @description The number that an opening item had in the system before this one. */
            formerReference: string | null;
            grossMinor: number;
            /** @description The document number itself. */
            id: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            issuedOn: string;
            /** @enum {string} */
            kind: "invoice" | "opening-item" | "interest-note" | "fee-note" | "returned-refund";
            /**
             * Format: date
             * @example 2026-03-31
             */
            lastNoticeOn: string | null;
            netMinor: number;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            nextStepAt: string | null;
            openMinor: number;
            /** @description Null where it bills several, or no goods. */
            orderId: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            overdueSince: string | null;
            /** @description ISO 11649. */
            paymentReference: string;
            /** @description Null where it bills several, or no goods. */
            shipmentId: string | null;
            /** @enum {string} */
            status: "open" | "settled";
            taxMinor: number;
        };
        AssignedPayer: {
            customerId: string;
        };
        AuditPeriod: {
            /**
             * Format: date
             * @example 2026-03-31
             */
            from: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            to: string;
        };
        AuditVerification: {
            /** @description The first hundred of them. */
            broken: {
                /** @enum {string} */
                fault: "changed" | "removed" | "inserted" | "resealed";
                sequence: number;
            }[];
            brokenCount: number;
            holds: boolean;
            keptSealFound: boolean | null;
            /** @description The last one. Kept elsewhere, it shows when the whole chain was written anew. */
            seal: string;
            sealed: number;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            sealedAt: string | null;
            through: number;
            /** @description Written since, and sealed within a minute. */
            waiting: number;
        };
        BadDebtPolicy: {
            /** @description While the company’s own history of a bucket is too short. */
            fallbackRollRates: {
                /** @example 0.20 */
                "1-30": string;
                /** @example 0.20 */
                "31-60": string;
                /** @example 0.20 */
                "61-90": string;
                /** @example 0.20 */
                current: string;
            };
            /** @description What is to come against what has been. */
            forwardLookingFactor: string;
            historyMonthsMinimum: number;
            /** @description So many items that had reached 91+ must have ended; absent: 20. */
            lossHistoryItemsMinimum?: number;
            /**
             * @description While the company’s own history of it is too short.
             * @example 0.20
             */
            lossOf91Plus: string;
            /** @enum {string} */
            reviewEvery: "month" | "week";
        };
        BankAccount: {
            accountNumber: string | null;
            bic: string | null;
            csvMapping: {
                [key: string]: unknown;
            } | null;
            /** @example EUR */
            currency: string;
            iban: string | null;
            id: string;
            name: string;
        };
        BankAccountDetails: {
            /**
             * @description What the bank’s files call the account where they do not say its IBAN.
             * @example 0012345678
             */
            accountNumber?: string;
            bic?: string;
            csvMapping?: components["schemas"]["CsvMapping"];
            /** @example EUR */
            currency: string;
            /** @example DE89370400440532013000 */
            iban?: string;
            name: string;
        };
        BankLine: {
            /** @description What can be done with it as it stands. */
            actions: ("accept" | "match" | "assign" | "ignore" | "undo" | "reopen")[];
            amountMinor: number;
            bankAccountId: string;
            bankReference: string | null;
            /**
             * Format: date
             * @example 2026-03-31
             */
            bookedOn: string;
            /** @example EUR */
            currency: string;
            /** @description Who pays, as far as anybody knows. */
            customerId: string | null;
            /** @enum {string} */
            direction: "credit" | "debit";
            id: string;
            /** @enum {string} */
            kind: "receipt" | "bounce" | "fee" | "other";
            lineNumber: number;
            payerIban: string | null;
            payerName: string | null;
            paymentId: string | null;
            remittanceText: string | null;
            statementId: string;
            /** @enum {string} */
            status: "new" | "matched" | "suggested" | "unmatched" | "ignored";
            statusReason: string | null;
            structuredReference: string | null;
            suggestions: components["schemas"]["BankLineSuggestion"][];
            /** @description Booked as unapplied cash of nobody. */
            suspenseMinor: number;
            /**
             * Format: date
             * @example 2026-03-31
             */
            valueOn: string;
        };
        BankLineCount: {
            count: number;
            isMore: boolean;
        };
        BankLineItem: {
            /** @description Absent: what it asks for, as far as the money goes. */
            amountMinor?: number;
            deduction?: {
                /** @description Minor units of the currency beside it: cents, yen, fils. */
                amountMinor: number;
                /**
                 * @description small-difference and bank-charges are written off, inside the cash policy; the others stay open with their reason.
                 * @enum {string}
                 */
                code: "small-difference" | "bank-charges" | "price" | "quantity" | "damage" | "discount" | "freight" | "other";
                note?: string;
            };
            invoiceId: string;
        };
        BankLineMatch: {
            customerId: string;
            items: components["schemas"]["BankLineItem"][];
        };
        BankLineSuggestion: {
            customerId: string;
            invoiceIds: string[];
            reasons: string[];
            /** @description The same money may be in the books already: accepting ties the line to it, and books nothing. */
            recorded?: {
                chequeId: string | null;
                paymentId: string | null;
            };
            /** @enum {string} */
            rung: "recorded" | "reference" | "exact-item" | "clears-account" | "clears-past-due" | "clears-past-due-by-term" | "combination" | "oldest-first";
            score: number;
            /** @description What is short of the last of them, inside the tolerance. */
            shortMinor: number;
        };
        BankStatement: {
            actor: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            bankAccountId: string;
            closingMinor: number | null;
            /** @example EUR */
            currency: string;
            /** @description Lines that had come before. */
            duplicateCount: number;
            /** @enum {string} */
            format: "camt.053" | "mt940" | "bai2" | "csv";
            id: string;
            lineCount: number;
            openingMinor: number | null;
            /** @description How far the import has come. */
            readCount: number;
            reference: string;
            rejectedCount: number;
            /** @enum {string} */
            status: "importing" | "matching" | "done";
            takenCount: number;
        };
        BankStatementProgress: {
            actor: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            bankAccountId: string;
            closingMinor: number | null;
            /** @example EUR */
            currency: string;
            /** @description Lines that had come before. */
            duplicateCount: number;
            faults: {
                code: string;
                detail: string;
                field: string;
                line: number;
            }[];
            /** @enum {string} */
            format: "camt.053" | "mt940" | "bai2" | "csv";
            id: string;
            lineCount: number;
            lines: {
                ignored?: number;
                matched?: number;
                new?: number;
                suggested?: number;
                unmatched?: number;
            };
            openingMinor: number | null;
            /** @description How far the import has come. */
            readCount: number;
            reference: string;
            rejectedCount: number;
            /** @enum {string} */
            status: "importing" | "matching" | "done";
            takenCount: number;
        };
        BouncedPayment: {
            /** @description What the bank has returned; absent: all that is left of it. */
            amountMinor?: number;
            /**
             * @description What our bank takes for it; booked as bank charges.
             * @default 0
             */
            feeMinor: number;
            /** @description Of a part: the items that are open again first; absent: what was paid last. */
            invoiceIds?: string[];
            /**
             * Format: date
             * @description The bank’s day; absent: today.
             * @example 2026-03-31
             */
            on?: string;
            reason: string;
        };
        Breakdown: {
            findings: {
                actor: string | null;
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                at: string | null;
                expected?: unknown;
                /**
                 * @description A path into the invoice, lines by their number.
                 * @example /lines/1/quantity
                 */
                field: string;
                found?: unknown;
                /** @enum {string} */
                hop: "order" | "approval" | "pick" | "ship" | "invoice";
            }[];
            invoiceId: string;
            /** @description Where every field of the invoice comes from. */
            provenance: {
                /**
                 * @description A path into the invoice, lines by their number.
                 * @example /lines/1/quantity
                 */
                field: string;
                source: {
                    actor: string | null;
                    /**
                     * Format: date-time
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    at: string | null;
                    /** @enum {string} */
                    event: "order-placed" | "order-amended" | "price-list" | "quote" | "master-data" | "approval" | "pick" | "goods-issue" | "delivery" | "correction" | "invoice";
                    reference: string;
                };
                /** @description What was made of the source, in words. */
                transform: string;
                value?: unknown;
            }[];
            /** @description Took its place: what is still wrong is corrected there. */
            revisedInvoiceId: string | null;
            /** @description The body of POST /v1/invoices/{id}/credit-and-reissue. */
            suggestion: {
                lines: {
                    lineNumber: number;
                    quantity?: number;
                    taxCategory?: string;
                    taxRate?: string;
                    unitPriceMinor?: number;
                }[];
                /**
                 * @description price-error: a price that was not agreed; quantity-error: another quantity than was delivered; not-delivered: goods that never arrived; damaged: goods that arrived damaged, and stay with the customer; wrong-item: goods that were not ordered; tax-error: a wrong tax category or rate; address-error: a wrong name, address or tax id; terms-error: other terms of payment than were agreed; interest-error: interest for days on which nothing was owed; duplicate: goods that were billed twice; goodwill: nothing was wrong; the customer is obliged
                 * @enum {string}
                 */
                reason: "price-error" | "quantity-error" | "not-delivered" | "damaged" | "wrong-item" | "tax-error" | "address-error" | "terms-error" | "interest-error" | "duplicate" | "goodwill";
            } | null;
        };
        BrokenInvariants: {
            /** @description How many rows break it. */
            count: number;
            id: string;
            requirement: string;
            /** @description The first 20 of them. */
            rows: {
                [key: string]: unknown;
            }[];
            sentence: string;
        }[];
        CardDispute: {
            amountMinor: number;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            changedAt: string;
            /** @example EUR */
            currency: string;
            customerId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            evidenceDueAt: string | null;
            /** @description What the gateway took for it; booked when it was lost. */
            feeMinor: number;
            /** @description The payment at the gateway. */
            gatewayId: string;
            /** @description The gateway’s own. */
            id: string;
            /** @description The receipt of what the dispute left of it. */
            keptPaymentId: string | null;
            /** @description Why the books could not follow: a person has to. */
            problem: string | null;
            /** @description In the gateway’s words. */
            reason: string;
            /**
             * @description Inquiry: the bank only asks, and has taken nothing. Withdrawn: it asks no more.
             * @enum {string}
             */
            status: "inquiry" | "open" | "won" | "lost" | "withdrawn";
            /** @description Which of the receipt’s reversals that was. */
            takenNumber: number | null;
            /** @description The receipt that was taken back, all of it or a part. */
            takenPaymentId: string | null;
            /** @description The receipt of what came back. */
            wonPaymentId: string | null;
        };
        CardPayment: {
            amountMinor: number;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            /** @description Why nothing was taken, in the gateway’s words. */
            code: string | null;
            /** @example EUR */
            currency: string;
            customerId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            endedAt: string | null;
            id: string;
            invoiceIds: string[];
            paymentId: string | null;
            /**
             * @description Cancelled: other money came first, and nothing was taken.
             * @enum {string}
             */
            status: "requested" | "captured" | "declined" | "cancelled";
        };
        CarrierAudit: {
            actor: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            from: string;
            id: string;
            lanes: {
                averageTransitDays: number | null;
                breaches: string[];
                carrier: string;
                country: string;
                damageAndLoss: {
                    of: number;
                    share: number | null;
                };
                missedPickups: number;
                /** @description There on the promised, else the expected date at the latest. */
                onTimeDelivery: {
                    of: number;
                    share: number | null;
                };
                /** @description Left by the cut-off first planned. */
                onTimeDispatch: {
                    of: number;
                    share: number | null;
                };
                shipments: number;
                warehouseId: string;
            }[];
            /** @description 0: the targets that hold until somebody writes down others. */
            targetsVersion: number;
            /**
             * Format: date
             * @example 2026-03-31
             */
            to: string;
        };
        CarrierClaim: {
            acceptedMinor: number | null;
            /** @description What the asker can do to it as it stands. */
            actions: ("accept" | "reject" | "withdraw" | "pay")[];
            carrier: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            changedAt: string;
            claimedMinor: number;
            /** @example EUR */
            currency: string;
            customerId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            filedAt: string;
            filedBy: string;
            id: string;
            orderId: string;
            /** @description The carrier’s own number of the claim. */
            reference: string | null;
            shipmentId: string;
            /** @enum {string} */
            status: "filed" | "accepted" | "paid" | "rejected" | "withdrawn";
            statusReason: string | null;
        };
        CarrierClaimDecision: {
            /** @description What it accepts; absent: all that was claimed. */
            amountMinor?: number;
            /** @enum {string} */
            decision: "accept" | "reject" | "withdraw";
            reason: string;
        };
        CarrierCorrection: {
            /** @description What a person has booked with a carrier: no other is asked. */
            booking?: {
                carrier: string;
                trackingNumber: string;
            };
            reason: string;
            shipTo?: components["schemas"]["Address"];
        };
        CarrierTargets: {
            /**
             * @description How often carriers are audited by themselves, for the days since. Absent: every week, on Monday.
             * @enum {string}
             */
            auditEvery?: "day" | "week";
            damageAndLossShareMaximum: number;
            missedPickupsPerShipmentMaximum: number;
            onTimeDeliveryShareMinimum: number;
            onTimeDispatchShareMinimum: number;
            /** @description A lane with fewer is measured and not judged. */
            shipmentsMinimum: number;
            transitDaysMaximum: number;
        };
        CashForecast: {
            /**
             * Format: date
             * @example 2026-03-31
             */
            asOf: string;
            currencies: {
                /** @description Unapplied cash, credit balances and unmatched receipts that stand for the oldest items. */
                cashMinor: number;
                /** @description How all customers paid within a year: it stands in for those with fewer than 5 paid items. */
                company: {
                    deviationDays: number;
                    items: number;
                    meanDaysLate: number;
                };
                /** @example EUR */
                currency: string;
                /** @description Open and not expected. */
                disputedMinor: number;
                /** @description `laterMinor`, by layer. */
                later: {
                    /** @description Open items, by how their customers have paid. */
                    itemsMinor: number;
                    /** @description Of orders that are not invoiced yet. */
                    ordersMinor: number;
                    /** @description Of open items: promised, by the share of promises that is kept. */
                    promisesMinor: number;
                };
                /** @description Expected after the last week. */
                laterMinor: number;
                /** @description What is open and undisputed, less the cash that is here already. */
                openMinor: number;
                /** @description What accepted orders that are not invoiced yet will ask for. */
                ordersMinor: number;
                weeks: {
                    expectedMinor: number;
                    /**
                     * Format: date
                     * @example 2026-03-31
                     */
                    from: string;
                    /** @description Open items, by how their customers have paid. */
                    itemsMinor: number;
                    /** @description Came in for items and orders that were there then; null: it is not over. */
                    ofForecastMinor: number | null;
                    /** @description Of orders that are not invoiced yet. */
                    ordersMinor: number;
                    /** @description Less than this comes in one week of ten like it. */
                    p10Minor: number;
                    /** @description The middle: as likely more as less. */
                    p50Minor: number;
                    /** @description More than this comes in one week of ten like it. */
                    p90Minor: number;
                    /** @description Of open items: promised, by the share of promises that is kept. */
                    promisesMinor: number;
                    /** @description All receipts of the week, by value date. */
                    receivedMinor: number | null;
                    /**
                     * Format: date
                     * @example 2026-03-31
                     */
                    to: string;
                }[];
            }[];
        };
        CashForecastPart: {
            /** @description In all weeks together, and later. */
            amountMinor: number;
            customerId: string;
            /**
             * Format: date
             * @description Items are due then, promises are for that day, invoices of orders will be due.
             * @example 2026-03-31
             */
            dueOn: string;
            /** @description In this week. */
            expectedMinor: number;
            /** @enum {string} */
            layer: "items" | "promises" | "orders";
        };
        CashPolicy: {
            /** @description In the company’s currency: an amount in another is held against it at the rate of the day; without a rate it counts as 0. */
            bankChargesMaximumMinor: number;
            combinationItems: number;
            nameThreshold: number;
            oldestFirst: boolean;
            /** @description In the company’s currency: an amount in another is held against it at the rate of the day; without a rate it counts as 0. */
            toleranceMinor: number;
            toleranceRate: string;
        };
        Changes: {
            items: {
                amounts: {
                    amountMinor: number;
                    /** @example EUR */
                    currency: string;
                }[];
                count: number;
                /**
                 * @description The action of the audit log that tells of it.
                 * @enum {string}
                 */
                kind: "order-received" | "quote-accepted" | "quote-declined" | "document-parked" | "cancelled" | "credit-application-submitted" | "credit-review-opened" | "credit-approved" | "credit-denied" | "put-on-hold" | "released-to-warehouse" | "goods-received" | "pick-shortage" | "return-received" | "packed" | "goods-issued" | "pickup-missed" | "shipment-undelivered" | "payment-received" | "payment-bounced" | "overdue" | "dispute-raised" | "documentation-clock-started" | "promise-broken" | "hold-lifted" | "hold-override-proposed" | "write-off-proposed" | "refund-requested" | "period-closed" | "period-reopened" | "job-failed" | "integrity-broken";
            }[];
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            since: string;
        };
        Cheque: {
            /** @description What the asker can do with it as it stands. */
            actions: ("deposit" | "clear" | "bounce")[];
            amountMinor: number;
            bank: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            bouncedOn: string | null;
            bounceReason: string | null;
            /**
             * Format: date
             * @example 2026-03-31
             */
            clearedOn: string | null;
            /**
             * @description When it is money, as the policy said when it came.
             * @enum {string}
             */
            countsFrom: "deposit" | "clearing";
            /** @example EUR */
            currency: string;
            customerId: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            depositedOn: string | null;
            id: string;
            invoiceIds: string[];
            number: string;
            /** @description The receipt, once it counts as money. */
            paymentId: string | null;
            /**
             * Format: date
             * @example 2026-03-31
             */
            receivedOn: string;
            remittanceText: string | null;
            /** @enum {string} */
            status: "received" | "deposited" | "cleared" | "bounced";
        };
        ChosenPassword: {
            password: string;
        };
        ClosedManifest: {
            addedLater: number;
            carrier: string;
            cartons: number;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            closedAt: string;
            /** @description In the order in which they were closed. */
            number: number;
            /**
             * Format: date
             * @example 2026-03-31
             */
            pickupOn: string;
            shipments: number;
            warehouseId: string;
        };
        Colleague: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            disabledAt: string | null;
            email: string;
            id: string;
            name: string;
            rights: ("buyer" | "payer" | "customer-admin")[];
            secondFactor: boolean;
            /** @enum {string} */
            status: "invited" | "active" | "disabled";
        };
        ColleagueDetails: {
            /** @default false */
            disabled: boolean;
            name: string;
            rights: ("buyer" | "payer" | "customer-admin")[];
        };
        CollectionContact: {
            actor: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            contactOn: string;
            customerId: string;
            id: string;
            invoiceIds: string[];
            /** @enum {string} */
            kind: "call" | "mail" | "visit";
            nextStep: string | null;
            /**
             * Format: date
             * @example 2026-03-31
             */
            nextStepOn: string | null;
            note: string;
            /** @enum {string} */
            outcome: "reached" | "not-reached" | "will-pay" | "has-paid" | "disputes" | "cannot-pay" | "refuses";
            person: string | null;
        };
        CollectionsPolicy: {
            /** @description Whether a write-off freezes the customer’s credit. */
            freezeOnWriteOff: boolean;
            /** @description A hold is lifted for so many days at most. */
            holdOverrideDaysMaximum: number;
            /** @description A write-off of this amount or more needs a second person; 0: each one does. In the company’s currency: an amount in another is held against it at the rate of the day; without a rate it counts as 0. */
            writeOffFourEyesFromMinor: number;
        };
        CollectionsWorklist: {
            /**
             * Format: date
             * @example 2026-03-31
             */
            asOf: string;
            items: {
                /** @example EUR */
                currency: string;
                customerId: string;
                /** @description Overdue × the chance of payment that a contact adds; nothing before the day of an agreed next step. */
                expectedRecoveryMinor: number;
                lastContact: {
                    /** @enum {string} */
                    kind: "call" | "mail" | "visit";
                    /**
                     * Format: date
                     * @example 2026-03-31
                     */
                    on: string;
                    /** @enum {string} */
                    outcome: "reached" | "not-reached" | "will-pay" | "has-paid" | "disputes" | "cannot-pay" | "refuses";
                } | null;
                lateChance: number | null;
                name: string;
                nextStep: {
                    /**
                     * Format: date
                     * @example 2026-03-31
                     */
                    on: string;
                    text: string | null;
                } | null;
                oldestDaysOverdue: number;
                /** @description Less the cash and credit of the customer that pay nothing yet. */
                overdueMinor: number;
                reasons: string[];
                tasks: {
                    /**
                     * Format: date-time
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    dueAt: string | null;
                    id: string;
                    kind: string;
                    owner: string | null;
                    title: string;
                }[];
            }[];
            /** @description How many have something overdue in a currency; those beyond the ranked owe less than each of them. */
            overdueCount: number;
            /** @description How many customers were ranked: those who owe most, 1000 at the most. */
            rankedCount: number;
        };
        CollectorEffect: {
            actor: string;
            before: {
                contacts: number;
                customers: number;
                promised: number;
                reached: number;
                /** @description Within 14 days; a receipt is put down to the last contact before it. */
                receivedMinor: number;
            };
            contacts: number;
            /** @example EUR */
            currency: string;
            customers: number;
            promised: number;
            reached: number;
            /** @description Within 14 days; a receipt is put down to the last contact before it. */
            receivedMinor: number;
        };
        Company: {
            address: components["schemas"]["Address"];
            bankBic: string;
            bankIban: string;
            /**
             * @description Whom customers ask about a document; e-invoices within Germany need it, with its phone.
             * @default null
             */
            contactName: string | null;
            /** @default null */
            contactPhone: string | null;
            /** @example EUR */
            currency: string;
            electronicAddress?: components["schemas"]["ElectronicAddress"];
            /** Format: email */
            email: string;
            /**
             * @description SSCCs on labels begin with it; without one, a prefix of GS1’s range for examples.
             * @default 9521234
             */
            gs1CompanyPrefix: string;
            legalName: string;
            /**
             * @description In the commercial register.
             * @default null
             */
            registrationNumber: string | null;
            taxId: string;
            /** @example Europe/Berlin */
            timeZone: string;
        };
        ContactEffect: {
            /**
             * Format: date
             * @example 2026-03-31
             */
            contactOn: string;
            customerId: string;
            id: string;
            kind: string;
            outcome: string;
            receivedMinor: number;
        };
        CorrectedStock: {
            available: number;
            /** @description They lost their reservation and must not be picked. */
            cancelledShipments: string[];
            onHand: number;
            reference: string;
            reserved: number;
            sku: string;
            warehouseId: string;
        };
        Correction: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            creditedMinor: number;
            creditNoteId: string | null;
            /** @example EUR */
            currency: string;
            customerId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            decidedAt: string | null;
            decidedBy: string | null;
            disputeId: string | null;
            id: string;
            invoiceId: string;
            /** @enum {string} */
            kind: "credit" | "credit-and-reissue";
            note: string | null;
            proposedBy: string;
            /**
             * @description price-error: a price that was not agreed; quantity-error: another quantity than was delivered; not-delivered: goods that never arrived; damaged: goods that arrived damaged, and stay with the customer; wrong-item: goods that were not ordered; tax-error: a wrong tax category or rate; address-error: a wrong name, address or tax id; terms-error: other terms of payment than were agreed; interest-error: interest for days on which nothing was owed; duplicate: goods that were billed twice; goodwill: nothing was wrong; the customer is obliged
             * @enum {string}
             */
            reason: "price-error" | "quantity-error" | "not-delivered" | "damaged" | "wrong-item" | "tax-error" | "address-error" | "terms-error" | "interest-error" | "duplicate" | "goodwill";
            request?: unknown;
            revisedInvoiceId: string | null;
            revisedMinor: number | null;
            /** @enum {string} */
            status: "proposed" | "issued" | "refused";
        };
        CorrectionPolicy: {
            /** @description Then a dispute goes up to finance. */
            disputeBusinessDays: number;
            /** @description A correction of so much, with tax, needs a second person. In the company’s currency: an amount in another is held against it at the rate of the day; without a rate it counts as 0. */
            fourEyesFromMinor: number;
        };
        CorrectionToDecide: {
            /** @description What the asker may decide about it. */
            actions: ("approve" | "refuse")[];
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            creditedMinor: number;
            creditNoteId: string | null;
            /** @example EUR */
            currency: string;
            customerId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            decidedAt: string | null;
            decidedBy: string | null;
            disputeId: string | null;
            id: string;
            invoiceId: string;
            /** @enum {string} */
            kind: "credit" | "credit-and-reissue";
            note: string | null;
            proposedBy: string;
            /**
             * @description price-error: a price that was not agreed; quantity-error: another quantity than was delivered; not-delivered: goods that never arrived; damaged: goods that arrived damaged, and stay with the customer; wrong-item: goods that were not ordered; tax-error: a wrong tax category or rate; address-error: a wrong name, address or tax id; terms-error: other terms of payment than were agreed; interest-error: interest for days on which nothing was owed; duplicate: goods that were billed twice; goodwill: nothing was wrong; the customer is obliged
             * @enum {string}
             */
            reason: "price-error" | "quantity-error" | "not-delivered" | "damaged" | "wrong-item" | "tax-error" | "address-error" | "terms-error" | "interest-error" | "duplicate" | "goodwill";
            request?: unknown;
            revisedInvoiceId: string | null;
            revisedMinor: number | null;
            /** @enum {string} */
            status: "proposed" | "issued" | "refused";
        };
        CreditAccountSummary: {
            approvedNotShippedMinor: number;
            /** @example EUR */
            currency: string;
            customerId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            expiresAt: string | null;
            exposureMinor: number;
            /** @description Null: never assessed. 0: no credit. */
            limitMinor: number | null;
            name: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            onHoldSince: string | null;
            openCreditNotesMinor: number;
            openReceivablesMinor: number;
            segment: string | null;
            shippedNotInvoicedMinor: number;
            /** @enum {string} */
            standing: "none" | "approved" | "denied" | "frozen";
            unappliedCashMinor: number;
        };
        CreditApplication: {
            /** @description What the asker can do with it as it stands. */
            actions: "verify"[];
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            createdAt: string;
            createdBy: string;
            /** @example EUR */
            currency: string;
            customerId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            decidedAt: string | null;
            /** @description With facts, points and reasons, oldest first; for staff only. */
            decisions: {
                actor: string;
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                at: string;
                decision?: unknown;
                facts?: unknown;
                kind: string;
                limitMinor: number | null;
                outcome: string;
                policyVersion: number;
                reason: string | null;
            }[];
            documents: components["schemas"]["CreditApplicationDocument"][];
            editedBy: string[];
            financials: components["schemas"]["Financials"];
            id: string;
            limitMinor: number | null;
            note: string | null;
            /**
             * @description Null until it is decided.
             * @enum {string|null}
             */
            outcome: "approve" | "deny" | null;
            references: components["schemas"]["TradeReference"][];
            /** @description Minor units of the currency beside it: cents, yen, fils. */
            requestedLimitMinor: number;
            /** @enum {string} */
            status: "draft" | "submitted" | "decided" | "withdrawn";
            statusReason: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            submittedAt: string | null;
            submittedBy: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            verifiedAt: string | null;
            verifiedBy: string | null;
            version: number;
        };
        CreditApplicationDetails: {
            /** @example EUR */
            currency: string;
            financials?: components["schemas"]["Financials"];
            note?: string;
            /** @default [] */
            references: components["schemas"]["TradeReference"][];
            /** @description Minor units of the currency beside it: cents, yen, fils. */
            requestedLimitMinor: number;
        };
        CreditApplicationDocument: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            contentType: string;
            id: string;
            name: string;
            sizeBytes: number;
            uploadedBy: string;
        };
        CreditAssessment: {
            /** @description What the asker can do to the account now. */
            actions: ("set-limit" | "freeze" | "unfreeze" | "propose-hold-override")[];
            /** @example EUR */
            currency: string;
            customerId: string;
            /** @description A limit or release of so much needs two different people; in the customer’s currency. */
            fourEyesFromMinor: number;
            limitMinor: number | null;
            orderGrossMinor: number;
            /** @enum {string} */
            outcome: "approve" | "deny" | "review";
            points: {
                factor: string;
                points: number;
                reason: string;
                value: string;
            }[];
            policyVersion: number;
            reasons: string[];
            score: number;
            /** @description Ways to an approval that change the fewest facts; the changes of one way go together. */
            wouldTake: {
                changes: string[];
                limitMinor: number | null;
                score: number;
            }[];
        };
        CreditChange: {
            actor: string;
            actorVerified: boolean;
            applicationId: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            /** @description The account as the decision found it. */
            before: {
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                expiresAt: string | null;
                limitMinor: number | null;
                /** @enum {string} */
                standing: "none" | "approved" | "denied" | "frozen";
            } | null;
            /**
             * Format: date-time
             * @description Of a one-off release: until when it counted.
             * @example 2026-03-31T22:00:00.000Z
             */
            expiresAt: string | null;
            id: number;
            /** @enum {string} */
            kind: "application" | "review" | "limit-change" | "freeze" | "one-off-release";
            limitMinor: number | null;
            orderId: string | null;
            outcome: string;
            policyVersion: number;
            reason: string | null;
        };
        CreditDecision: {
            /**
             * @description approve: with a new limit; release: this order alone; prepay: paid in advance; deny: ends the order.
             * @enum {string}
             */
            decision: "approve" | "deny" | "release" | "prepay";
            /**
             * Format: date-time
             * @description With `release`: until when it counts; else five business days.
             * @example 2026-03-31T22:00:00.000Z
             */
            expiresAt?: string;
            /** @description The new limit; with `release`, the most beyond the limit. */
            limitMinor?: number;
            reason: string;
        };
        CreditDecisionOutcome: {
            /** @description Of the period before, with all that came of it since: it has had longer to be lost. */
            before: {
                customers: number;
                decisions: number;
                /** @description To these customers after the decision and before the next one on them. */
                invoicedMinor: number;
                lossPercent: number | null;
                /** @description Of these invoices: written off, less what was paid after all. */
                lostMinor: number;
            };
            /** @example EUR */
            currency: string;
            customers: number;
            decisions: number;
            /** @description To these customers after the decision and before the next one on them. */
            invoicedMinor: number;
            kind: string;
            lossPercent: number | null;
            /** @description Of these invoices: written off, less what was paid after all. */
            lostMinor: number;
            outcome: string;
        };
        CreditDecisionRecord: {
            actor: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            customerId: string;
            id: number;
            invoicedMinor: number;
            lostMinor: number;
            orderId: string | null;
        };
        CreditedReturn: {
            /** @description What it took off its own invoice. */
            appliedMinor: number;
            creditNoteId: string;
            /** @example EUR */
            currency: string;
            grossMinor: number;
            onHold: boolean;
            returnId: string;
            /** @enum {string} */
            status: "credited";
            /** @description What the customer has to its credit from it. */
            unappliedMinor: number;
            wokenOrders: number;
        };
        CreditNote: {
            applications: {
                amountMinor: number;
                invoiceId: string;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                valueOn: string;
            }[];
            /** @example EUR */
            currency: string;
            customerId: string;
            grossMinor: number;
            /** @description The document number itself. */
            id: string;
            /** @description The invoice that it corrects. */
            invoiceId: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            issuedOn: string;
            lines: {
                description: string;
                lineNumber: number;
                netMinor: number;
                quantity: number;
                sku: string | null;
                taxCategory: string;
                taxRate: string;
                unitPriceMinor: number;
            }[];
            netMinor: number;
            note: string | null;
            /** @description Null: what it corrects bills several, or no goods. */
            orderId: string | null;
            /** @enum {string} */
            reason: "return" | "price-error" | "quantity-error" | "not-delivered" | "damaged" | "wrong-item" | "tax-error" | "address-error" | "terms-error" | "interest-error" | "duplicate" | "goodwill";
            /** @description Null: no goods came back for it. */
            returnId: string | null;
            taxes: {
                baseMinor: number;
                category: string;
                rate: string;
                taxMinor: number;
            }[];
            taxMinor: number;
            /** @description What no invoice has taken: the customer’s credit balance from it. */
            unappliedMinor: number;
        };
        CreditNoteApplication: {
            invoiceIds: string[];
        };
        CreditPolicy: {
            /** @description How long an order whose card was declined waits for another; else 3. */
            anotherCardDays?: number;
            approvalDays: number;
            approveFromScore: number;
            /** @description What is held on a card for longer is held anew before it is taken; else 6. */
            cardAuthorisationDays?: number;
            denyBelowScore: number;
            /** @description In the company’s currency: an amount in another is held against it at the rate of the day; without a rate it counts as 0. */
            fourEyesFromMinor: number;
            hardRules: {
                denyAboveDaysOverdue: number;
                noWriteOffWithinMonths: number;
            };
            limitFromScore: {
                fromScore: number;
                /** @description In the company’s currency: an amount in another is held against it at the rate of the day; without a rate it counts as 0. */
                limitMinor: number;
            }[];
            pointsTable: {
                /** @description In the company’s currency: an amount in another is held against it at the rate of the day; without a rate it counts as 0. */
                annualTurnoverMinor: {
                    bands: {
                        from: number;
                        points: number;
                    }[];
                    unknown: number;
                };
                /** @description Points for what an application states; absent: it is not weighed. */
                application?: {
                    currentRatio: {
                        bands: {
                            from: number;
                            points: number;
                        }[];
                        unknown: number;
                    };
                    equityRatio: {
                        bands: {
                            from: number;
                            points: number;
                        }[];
                        unknown: number;
                    };
                    /** @description Accounts of an older year count as not known. */
                    financialsWithinYears: number;
                    netMargin: {
                        bands: {
                            from: number;
                            points: number;
                        }[];
                        unknown: number;
                    };
                    referenceDaysLate: {
                        bands: {
                            from: number;
                            points: number;
                        }[];
                        unknown: number;
                    };
                    referenceYearsKnown: {
                        bands: {
                            from: number;
                            points: number;
                        }[];
                        unknown: number;
                    };
                };
                externalRating: {
                    A: number;
                    B: number;
                    C: number;
                    D: number;
                    unknown: number;
                };
                maxDaysOverdue: {
                    bands: {
                        from: number;
                        points: number;
                    }[];
                    unknown: number;
                };
                onTimeShare: {
                    bands: {
                        from: number;
                        points: number;
                    }[];
                    minimumPaidInvoices: number;
                    unknown: number;
                };
                tradeReferences: {
                    bands: {
                        from: number;
                        points: number;
                    }[];
                    unknown: number;
                };
                yearsTrading: {
                    bands: {
                        from: number;
                        points: number;
                    }[];
                    unknown: number;
                };
            };
            /** @description How long money paid in advance may take; else 7. */
            prepaymentDays?: number;
            /** @description How long before its end; else 30. */
            renewalNoticeDays?: number;
            reviewBusinessDays: number;
            signalDecisionsAllowed: boolean;
        };
        CreditQuestion: {
            answer: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            answeredAt: string | null;
            answeredBy: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            askedAt: string;
            askedBy: string;
            customerId: string;
            id: string;
            orderId: string | null;
            question: string;
            /**
             * @description Pointless: it was decided before an answer came.
             * @enum {string}
             */
            status: "open" | "answered" | "pointless";
            /** @description The decision that waits for it. */
            taskId: string;
        };
        CreditRequest: {
            /** @description Absent: all that is left of the invoice. */
            lines?: components["schemas"]["LineCorrection"][];
            note?: string;
            /**
             * @description price-error: a price that was not agreed; quantity-error: another quantity than was delivered; not-delivered: goods that never arrived; damaged: goods that arrived damaged, and stay with the customer; wrong-item: goods that were not ordered; tax-error: a wrong tax category or rate; address-error: a wrong name, address or tax id; terms-error: other terms of payment than were agreed; interest-error: interest for days on which nothing was owed; duplicate: goods that were billed twice; goodwill: nothing was wrong; the customer is obliged
             * @enum {string}
             */
            reason: "price-error" | "quantity-error" | "not-delivered" | "damaged" | "wrong-item" | "tax-error" | "address-error" | "terms-error" | "interest-error" | "duplicate" | "goodwill";
        };
        CsvMapping: {
            /**
             * @description Of the type column: a payment that bounced.
             * @default []
             */
            bounceTypes: string[];
            columns: {
                /** @description Signed; else credit and debit. */
                amount?: string;
                bankReference?: string;
                bookedOn?: string;
                credit?: string;
                currency?: string;
                debit?: string;
                payerIban?: string;
                payerName?: string;
                /** @default [] */
                remittance: string[];
                type?: string;
                valueOn: string;
            };
            /** @enum {string} */
            dateFormat: "YYYY-MM-DD" | "DD.MM.YYYY" | "DD/MM/YYYY" | "MM/DD/YYYY" | "DD.MM.YY" | "YYYYMMDD";
            /** @enum {string} */
            decimalMark: "." | ",";
            /** @enum {string} */
            delimiter: "," | ";" | "\t";
            /**
             * @default utf-8
             * @enum {string}
             */
            encoding: "utf-8" | "windows-1252";
            /**
             * @description Of the type column: the bank’s own fee.
             * @default []
             */
            feeTypes: string[];
        };
        Customer: {
            /** @default false */
            backOrderAllowed: boolean;
            billingAddress: components["schemas"]["Address"];
            buyerReference: string | null;
            /** @default [] */
            contacts: {
                /** Format: email */
                email?: string;
                name: string;
                phone?: string;
                role?: string;
            }[];
            /** @description Automatic approvals are decided from it: for credit, finance and admin to state. Absent: as it was. */
            creditProfile?: {
                /** @description Minor units of the currency beside it: cents, yen, fils. */
                annualTurnoverMinor?: number;
                /** @enum {string} */
                externalRating?: "A" | "B" | "C" | "D";
                tradeReferences?: number;
                yearsTrading?: number;
            };
            /** @example EUR */
            currency: string;
            /**
             * @description Incoterms 2020. Under DAP, DPU and DDP the invoice follows the delivery, under all others the goods issue.
             * @enum {string|null}
             */
            deliveryTerms: "EXW" | "FCA" | "FAS" | "FOB" | "CFR" | "CIF" | "CPT" | "CIP" | "DAP" | "DPU" | "DDP" | null;
            dunningPolicy: string | null;
            /**
             * @description Invoices and credit notes are mailed as UBL too, beside the PDF.
             * @default false
             */
            eInvoices: boolean;
            electronicAddress: components["schemas"]["ElectronicAddress"];
            /** Format: email */
            email: string;
            id: string;
            invoicing: components["schemas"]["Invoicing"];
            /** @example de */
            language: string | null;
            /**
             * @description A statement of account is mailed on the first of each month.
             * @default false
             */
            monthlyStatements: boolean;
            name: string;
            registrationNumber: string | null;
            segment: string | null;
            /** @default [] */
            shipToAddresses: components["schemas"]["Address"][];
            taxId: string | null;
            terms: components["schemas"]["PaymentTerms"];
            version: number;
        };
        CustomerAccount: {
            approvedNotShippedMinor: number;
            /** @description What further orders may come to; negative when the limit is exceeded. */
            availableMinor: number;
            /** @example EUR */
            currency: string;
            customerId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            expiresAt: string | null;
            exposureMinor: number;
            /** @description Two people let orders pass the hold through this day. */
            holdOverride: {
                id: string;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                throughOn: string;
            } | null;
            /** @description Null: never assessed. 0: no credit. */
            limitMinor: number | null;
            /** @description More is overdue than the policy lets pass, and no override does: new orders are refused. */
            onHold: boolean;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            onHoldSince: string | null;
            /** @description What credit notes have left: the credit balance. */
            openCreditNotesMinor: number;
            openItems: components["schemas"]["OpenItem"][];
            openReceivablesMinor: number;
            /** @description By instalment, without what is disputed: paying these amounts ends a hold. */
            overdueItems: {
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                dueOn: string;
                invoiceId: string;
                openMinor: number;
            }[];
            overdueMinor: number;
            shippedNotInvoicedMinor: number;
            /** @enum {string} */
            standing: "none" | "approved" | "denied" | "frozen";
            unappliedCashMinor: number;
        };
        CustomerDetails: {
            /** @default false */
            backOrderAllowed: boolean;
            billingAddress: components["schemas"]["Address"];
            /** @description What its e-invoices are sorted by, such as a Leitweg-ID. Absent: its own order number. */
            buyerReference?: string;
            /** @default [] */
            contacts: {
                /** Format: email */
                email?: string;
                name: string;
                phone?: string;
                role?: string;
            }[];
            /** @description Automatic approvals are decided from it: for credit, finance and admin to state. Absent: as it was. */
            creditProfile?: {
                /** @description Minor units of the currency beside it: cents, yen, fils. */
                annualTurnoverMinor?: number;
                /** @enum {string} */
                externalRating?: "A" | "B" | "C" | "D";
                tradeReferences?: number;
                yearsTrading?: number;
            };
            /** @example EUR */
            currency: string;
            /**
             * @description Incoterms 2020. Under DAP, DPU and DDP the invoice follows the delivery, under all others the goods issue.
             * @enum {string}
             */
            deliveryTerms?: "EXW" | "FCA" | "FAS" | "FOB" | "CFR" | "CIF" | "CPT" | "CIP" | "DAP" | "DPU" | "DDP";
            /** @description Of invoices from now on. Absent: its segment’s, or the company’s own. */
            dunningPolicy?: string;
            /**
             * @description Invoices and credit notes are mailed as UBL too, beside the PDF.
             * @default false
             */
            eInvoices: boolean;
            electronicAddress?: components["schemas"]["ElectronicAddress"];
            /** Format: email */
            email: string;
            invoicing?: components["schemas"]["Invoicing"];
            /**
             * @description Of its reminders and letters, ISO 639-1. Absent: the dunning policy’s.
             * @example de
             */
            language?: string;
            /**
             * @description A statement of account is mailed on the first of each month.
             * @default false
             */
            monthlyStatements: boolean;
            name: string;
            /** @description In the commercial register. */
            registrationNumber?: string;
            /** @description Whom it is priced like: price lists for this segment are meant for it. */
            segment?: string;
            /** @default [] */
            shipToAddresses: components["schemas"]["Address"][];
            taxId?: string;
            terms: components["schemas"]["PaymentTerms"];
        };
        CustomerLine: {
            backOrderAllowed?: boolean;
            billingCity?: string;
            billingCountry?: string;
            billingName?: string;
            billingPostalCode?: string;
            billingStreet?: string;
            buyerReference?: string | null;
            /** @example EUR */
            currency?: string;
            dunningPolicy?: string | null;
            eInvoices?: boolean;
            electronicAddressId?: string | null;
            electronicAddressScheme?: string | null;
            /** Format: email */
            email?: string;
            id: string;
            /** @example de */
            language?: string | null;
            name?: string;
            registrationNumber?: string | null;
            segment?: string | null;
            taxId?: string | null;
            termsDays?: number;
            termsDaysAfterEndOfMonth?: number;
            termsDiscounts?: string | null;
            termsEndOfMonth?: boolean;
            termsInstalments?: string | null;
            /** @enum {string} */
            termsKind?: "net" | "due-on-receipt" | "prepayment";
            termsMonths?: number;
        };
        CycleRecord: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            beganAt: string;
            customerId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            endedAt: string;
            /** @description Of customers: since the order before, or since their last one. */
            hours: number;
            id: string;
            orderId: string | null;
        };
        Cycles: {
            before: {
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                from: string;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                to: string;
            };
            customers: {
                before: {
                    /** @description With an order in the period. */
                    customers: number;
                    /** @description With an order in the period before. */
                    customersBefore: number;
                    /** @description Of these: without one in this period. */
                    lost: number;
                    lostPercent: number | null;
                    /** @description Of these: had ordered before it. */
                    returning: number;
                    returningPercent: number | null;
                };
                /** @description With an order in the period. */
                customers: number;
                /** @description With an order in the period before. */
                customersBefore: number;
                /** @description Of these: without one in this period. */
                lost: number;
                lostPercent: number | null;
                /** @description Of these: had ordered before it. */
                returning: number;
                returningPercent: number | null;
            };
            cycles: {
                before: {
                    count: number;
                    medianHours: number | null;
                    p90Hours: number | null;
                };
                count: number;
                /** @description In words. */
                formula: string;
                /** @enum {string} */
                id: "sales-cycle" | "onboarding" | "dispute-resolution" | "return-resolution";
                medianHours: number | null;
                name: string;
                p90Hours: number | null;
            }[];
            /**
             * Format: date
             * @example 2026-03-31
             */
            from: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            to: string;
        };
        DecidedBankLine: {
            customerId: string | null;
            lineId: string;
            paymentId: string | null;
            /** @enum {string} */
            status: "new" | "matched" | "suggested" | "unmatched" | "ignored";
        };
        DecidedDifferently: {
            after: components["schemas"]["Verdict"];
            amountMinor: number;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            before: components["schemas"]["Verdict"];
            /** @example EUR */
            currency: string;
            customerId: string | null;
            /** @description What was decided about: a decision, a bank line, a review, an invoice. */
            id: string;
            orderId: string | null;
            /** @description By which it was decided. */
            policyVersion: number;
            /** @description Of decisions about credit: what was invoiced to the customer until the next one on it, what of that was paid, and what was written off and never paid. */
            since: {
                invoicedMinor: number;
                lostMinor: number;
                paidMinor: number;
            } | null;
        };
        DiscardedDocument: {
            reason: string;
        };
        Dispute: {
            /** @description What the asker can do with it as it stands. */
            actions: ("resolve" | "withdraw")[];
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            /** @description Its correction is proposed, and somebody else must agree. */
            awaitsSecondPerson: boolean;
            claims: components["schemas"]["LineCorrection"][];
            creditNoteIds: string[];
            /** @example EUR */
            currency: string;
            customerId: string;
            /** @description With tax, as of the day it was raised. */
            disputedMinor: number;
            /**
             * Format: date-time
             * @description Then it goes up to finance.
             * @example 2026-03-31T22:00:00.000Z
             */
            dueAt: string;
            id: string;
            invoiceId: string;
            note: string;
            /** @description Null: what it disputes bills several, or no goods. */
            orderId: string | null;
            /** @description Who has taken its task on. */
            owner: string | null;
            raisedBy: string;
            /**
             * @description price-error: a price that was not agreed; quantity-error: another quantity than was delivered; not-delivered: goods that never arrived; damaged: goods that arrived damaged, and stay with the customer; wrong-item: goods that were not ordered; tax-error: a wrong tax category or rate; address-error: a wrong name, address or tax id; terms-error: other terms of payment than were agreed; interest-error: interest for days on which nothing was owed; duplicate: goods that were billed twice; goodwill: nothing was wrong; the customer is obliged
             * @enum {string}
             */
            reason: "price-error" | "quantity-error" | "not-delivered" | "damaged" | "wrong-item" | "tax-error" | "address-error" | "terms-error" | "interest-error" | "duplicate" | "goodwill";
            resolution: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            resolvedAt: string | null;
            resolvedBy: string | null;
            /** @enum {string} */
            status: "open" | "upheld" | "partly-upheld" | "rejected" | "withdrawn";
        };
        DisputeDecision: {
            /** @enum {string} */
            decision: "reject";
            note: string;
        } | {
            /** @enum {string} */
            decision: "uphold";
            /** @description What is credited instead of what was claimed. */
            lines?: components["schemas"]["LineCorrection"][];
            note: string;
            /** @description Credit all of it and bill it anew, revised so. */
            reissue?: components["schemas"]["LineRevision"][];
        };
        DocumentationClock: {
            actor: string;
            amountMinor: number | null;
            /**
             * Format: date-time
             * @description While it runs, no letter asks the customer for money until then.
             * @example 2026-03-31T22:00:00.000Z
             */
            blocksUntil: string;
            /** @example EUR */
            currency: string;
            /** @description Null: nobody knows yet whose money it is. */
            customerId: string | null;
            documentName: string | null;
            /**
             * Format: date-time
             * @description When it becomes a task.
             * @example 2026-03-31T22:00:00.000Z
             */
            dueAt: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            endedAt: string | null;
            endedBy: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            escalatedAt: string | null;
            id: string;
            invoiceIds: string[];
            note: string | null;
            /**
             * Format: date
             * @example 2026-03-31
             */
            paidOn: string;
            paymentId: string | null;
            policyVersion: number;
            reference: string | null;
            /** @enum {string} */
            source: "bank-line" | "cheque" | "remittance-advice" | "payment-claim";
            sourceId: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            startedAt: string;
            /** @enum {string} */
            status: "running" | "lapsed" | "documented" | "rejected";
            statusReason: string | null;
        };
        DocumentationClockToEnd: {
            /** @description What the asker can do with it as it stands. */
            actions: ("link" | "reject")[];
            actor: string;
            amountMinor: number | null;
            /**
             * Format: date-time
             * @description While it runs, no letter asks the customer for money until then.
             * @example 2026-03-31T22:00:00.000Z
             */
            blocksUntil: string;
            /** @example EUR */
            currency: string;
            /** @description Null: nobody knows yet whose money it is. */
            customerId: string | null;
            documentName: string | null;
            /**
             * Format: date-time
             * @description When it becomes a task.
             * @example 2026-03-31T22:00:00.000Z
             */
            dueAt: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            endedAt: string | null;
            endedBy: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            escalatedAt: string | null;
            id: string;
            invoiceIds: string[];
            note: string | null;
            /**
             * Format: date
             * @example 2026-03-31
             */
            paidOn: string;
            paymentId: string | null;
            policyVersion: number;
            reference: string | null;
            /** @enum {string} */
            source: "bank-line" | "cheque" | "remittance-advice" | "payment-claim";
            sourceId: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            startedAt: string;
            /** @enum {string} */
            status: "running" | "lapsed" | "documented" | "rejected";
            statusReason: string | null;
        };
        DocumentationPolicy: {
            /** @description After so many days letters go out again, documented or not. */
            blockDays: number;
            /** @description How long money that was announced or seen may stay undocumented. */
            businessDays: number;
            chequeClearingBusinessDays: number;
            /** @enum {string} */
            chequesCountFrom: "deposit" | "clearing";
            /** @description Whose public holidays count beside those of the company’s country: BY for Bavaria. */
            holidayRegion: string | null;
            /** @description How long a word that was not borne out is remembered. */
            wordAgainAfterDays: number;
        };
        Draft: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            changedBy: string;
            customerId: string;
            id: string;
            note: string | null;
            order: components["schemas"]["OrderRequest"];
            /** @description The order that it became. */
            orderId: string | null;
            /**
             * Format: date
             * @example 2026-03-31
             */
            validUntil: string;
            version: number;
        };
        DraftDetails: {
            note?: string;
            order: components["schemas"]["OrderRequest"];
            /**
             * Format: date
             * @description The last day on which it may be placed, in the company’s time zone.
             * @example 2026-03-31
             */
            validUntil: string;
        };
        DunningPlan: {
            /**
             * @description Null: its plan is older than named policies.
             * @enum {string|null}
             */
            assignedBy: "invoice" | "customer" | "segment" | "company" | null;
            /** @description What keeps letters about it back at this moment. */
            blocks: ("dispute" | "promise" | "hold-off" | "candidate-payment")[];
            dunningLevel: number;
            invoiceId: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            lastNoticeOn: string | null;
            /** @description Null: the company’s own. */
            policy: string | null;
            policyVersion: number;
            steps: {
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                at: string;
                /** @description Of what lies over the invoice now: it would be skipped for it, or sent without it. */
                blockedBy: ("dispute" | "promise" | "hold-off" | "candidate-payment")[];
                cancelledBy: string[];
                /** @description As the policy says it. */
                daysOverdue: number | null;
                feeMinor: number | null;
                final: boolean;
                instalment: number;
                /** @enum {string} */
                kind: "reminder" | "overdue" | "dunning" | "collections";
                level: number | null;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                on: string;
                skippedBy: ("dispute" | "promise" | "hold-off" | "candidate-payment")[];
                /** @enum {string} */
                state: "planned" | "taken" | "skipped" | "void";
                step: string;
            }[];
        };
        DunningPolicy: {
            annualInterestRate: string;
            /** @description Over the base rate of each day; annualInterestRate counts for days before the first base rate then. */
            baseRateMargin?: string;
            collectInterest: boolean;
            collectionsDaysOverdue: number;
            /** @description A fixed sum for the cost of recovery, once per invoice. For policies of business customers. */
            compensation?: {
                /** @description Minor units of the currency beside it: cents, yen, fils. */
                amountMinor: number;
                /** @description For items in other currencies, by their codes; where none is stated, nothing is charged. */
                amountMinorIn?: {
                    [key: string]: number;
                };
                /** @enum {string} */
                chargedWhen: "overdue" | "first-letter";
            };
            graceDays: number;
            /** @description Overdue beyond it is on hold. In the company’s currency, against which another stands at the rate of the day. */
            holdMinimumMinor: number;
            interestNoteTermsDays: number;
            intervalDays: number;
            /** @description Absent: the texts that are built in, in English and German. */
            letters?: {
                /**
                 * @description For customers whose language is not among the texts.
                 * @example de
                 */
                defaultLanguage: string;
                texts: {
                    [key: string]: components["schemas"]["LetterTexts"];
                };
            };
            letterTime: string;
            levels: {
                daysOverdue: number;
                /** @description Charged once for a letter of this level, as a fee note of its own; in the company’s currency. */
                feeMinor?: number;
                /** @description For items in other currencies, by their codes; where none is stated, nothing is charged. */
                feeMinorIn?: {
                    [key: string]: number;
                };
                final: boolean;
                level: number;
            }[];
            /** @description An item below it gets no letter. In the company’s currency, against which an item in another stands at the rate of the day. */
            minimumMinor: number;
            /** @description Promises to pay; absent: 3 days of grace, 30 days ahead, the second broken one goes to finance. */
            promises?: {
                /** @description So many broken ones in a year are for finance. */
                escalateFromBroken: number;
                /** @description So many days after the promised one money still counts. */
                graceDays: number;
                /** @description How far ahead a payment may be promised. */
                maximumDays: number;
            };
            reminderDaysAfterInvoice: number;
        };
        DunningPolicyVersion: {
            actor: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            body: {
                [key: string]: unknown;
            };
            /** @description Null: the company’s own. */
            code: string | null;
            version: number;
        };
        EasyPostEvent: {
            id: string;
            result: ({
                carrier: string;
                id: string;
                /** @enum {string} */
                object: "Tracker";
                tracking_code: string;
                tracking_details: ({
                    datetime: string;
                    message?: string | null;
                    status: string;
                    tracking_location?: ({
                        city?: string | null;
                        country?: string | null;
                    } & {
                        [key: string]: unknown;
                    }) | null;
                } & {
                    [key: string]: unknown;
                })[];
            } & {
                [key: string]: unknown;
            }) | ({
                object: string;
            } & {
                [key: string]: unknown;
            });
        } & {
            [key: string]: unknown;
        };
        EdiDocument: {
            /** @description The interchange, order, shipment, invoice or credit note. */
            about: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            answeredAt: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            /** @description Of interchange and group; null until it is written. */
            controlNumber: number | null;
            customerId: string;
            id: string;
            /**
             * Format: date-time
             * @description When a person was told that no 997 had come.
             * @example 2026-03-31T22:00:00.000Z
             */
            missedAt: string | null;
            orderId: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            sentAt: string | null;
            /** @enum {string} */
            status: "queued" | "waiting" | "sent" | "accepted" | "rejected";
            /** @enum {string} */
            type: "810" | "855" | "856" | "997";
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            writtenAt: string | null;
        };
        /** @description Of the Peppol network: a scheme of the code list EAS, such as 0088 (GLN) or 9930 (German VAT id), and an id. */
        ElectronicAddress: {
            id: string;
            /** @enum {string} */
            scheme: "9910" | "9913" | "9914" | "9915" | "9918" | "9919" | "9920" | "9922" | "9923" | "9924" | "9925" | "9926" | "9927" | "9928" | "9929" | "9930" | "9931" | "9932" | "9933" | "9934" | "9935" | "9936" | "9937" | "9938" | "9939" | "9940" | "9941" | "9942" | "9943" | "9944" | "9945" | "9946" | "9947" | "9948" | "9949" | "9950" | "9951" | "9952" | "9953" | "9957" | "9959" | "0002" | "0007" | "0009" | "0060" | "0088" | "0096" | "0097" | "0106" | "0130" | "0135" | "0142" | "0151" | "0183" | "0184" | "0188" | "0190" | "0191" | "0192" | "0195" | "0196" | "0198" | "0199" | "0200" | "0201" | "0204" | "0208" | "0209" | "0210" | "0211" | "0216" | "0218" | "0221" | "0225" | "0230" | "0235" | "0240" | "0242" | "0244" | "0245" | "0246" | "0248";
        } | null;
        EnteredDocument: {
            orderId: string;
        };
        ExchangeRate: {
            actor: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            /** @example EUR */
            currency: string;
            id: number;
            /**
             * @description Units of the company’s currency for one unit of the other: 0.0062 euros for a yen.
             * @example 0.0062
             */
            rate: string;
            source: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            validOn: string;
        };
        /** @description One year’s accounts. */
        Financials: {
            /** @example EUR */
            currency: string;
            /** @description Minor units of the currency beside it: cents, yen, fils. */
            currentAssetsMinor: number;
            /** @description Minor units of the currency beside it: cents, yen, fils. */
            currentLiabilitiesMinor: number;
            equityMinor: number;
            netIncomeMinor: number;
            /** @description Minor units of the currency beside it: cents, yen, fils. */
            revenueMinor: number;
            /** @description Minor units of the currency beside it: cents, yen, fils. */
            totalAssetsMinor: number;
            year: number;
        } | null;
        FinishedWork: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            cameAt: string;
            customerId: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            doneAt: string;
            hours: number;
            /** @description Of the task, or of the shipment that was picked or packed. */
            id: string;
            orderId: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            takenAt: string | null;
        };
        FulfilmentPolicy: {
            /**
             * @description Which warehouses serve an order first: those that make the fewest shipments of it, or the nearest by country and postal code.
             * @default fewest-shipments
             * @enum {string}
             */
            allocation: "fewest-shipments" | "nearest";
            choiceBusinessDays: number;
        };
        GatewayEvent: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            eventId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            handledAt: string | null;
            note: string | null;
            objectId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            occurredAt: string;
            sequence: number;
            /**
             * @description Ignored: nothing follows from its type. Parked: it is about nothing of ours.
             * @enum {string}
             */
            status: "received" | "handled" | "ignored" | "parked";
            type: string;
        };
        GoodsReceipt: {
            lines: {
                quantity: number;
                sku: string;
                /** @description Minor units of the currency beside it: cents, yen, fils. */
                unitCostMinor: number;
            }[];
            reference: string;
            warehouseId: string;
        };
        HoldOff: {
            actor: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            customerId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            endedAt: string | null;
            endedBy: string | null;
            endReason: string | null;
            id: string;
            invoiceId: string;
            reason: string;
            /**
             * Format: date
             * @description The first day on which letters go out again.
             * @example 2026-03-31
             */
            untilOn: string;
        };
        HoldOverride: {
            /** @example EUR */
            currency: string;
            customerId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            decidedAt: string | null;
            decidedBy: string | null;
            decisionReason: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            endedAt: string | null;
            endedBy: string | null;
            id: string;
            /** @description What was overdue as it was proposed. */
            overdueMinor: number;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            proposedAt: string;
            proposedBy: string;
            reason: string;
            /** @enum {string} */
            status: "proposed" | "approved" | "rejected" | "ended";
            /**
             * Format: date
             * @description The last day on which orders pass; it ends by itself.
             * @example 2026-03-31
             */
            throughOn: string;
        };
        HoldOverrideToDecide: {
            /** @description What the asker can do with it as it stands. */
            actions: ("approve" | "refuse" | "end")[];
            /** @example EUR */
            currency: string;
            customerId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            decidedAt: string | null;
            decidedBy: string | null;
            decisionReason: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            endedAt: string | null;
            endedBy: string | null;
            id: string;
            /** @description What was overdue as it was proposed. */
            overdueMinor: number;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            proposedAt: string;
            proposedBy: string;
            reason: string;
            /** @enum {string} */
            status: "proposed" | "approved" | "rejected" | "ended";
            /**
             * Format: date
             * @description The last day on which orders pass; it ends by itself.
             * @example 2026-03-31
             */
            throughOn: string;
        };
        IgnoredBankLine: {
            reason: string;
        };
        Import: {
            actor: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            changedCount: number;
            createdCount: number;
            faultCount: number;
            /** @description By line; of more than 10,000 the first ones. A line of a JSON array is its position, from 1. */
            faults: {
                code: string;
                detail: string;
                field: string;
                line: number;
            }[];
            id: string;
            /** @enum {string} */
            kind: "customers" | "products" | "prices" | "stock" | "open-items";
            lineCount: number;
            rejectedCount: number;
            unchangedCount: number;
        };
        ImportResult: {
            changedCount: number;
            createdCount: number;
            faultCount: number;
            /** @description By line; of more than 10,000 the first ones. A line of a JSON array is its position, from 1. */
            faults: {
                code: string;
                detail: string;
                field: string;
                line: number;
            }[];
            /** @description Null for a dry run. */
            id: string | null;
            /** @enum {string} */
            kind: "customers" | "products" | "prices" | "stock" | "open-items";
            lineCount: number;
            rejectedCount: number;
            unchangedCount: number;
        };
        ImportSummary: {
            actor: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            changedCount: number;
            createdCount: number;
            faultCount: number;
            id: string;
            /** @enum {string} */
            kind: "customers" | "products" | "prices" | "stock" | "open-items";
            lineCount: number;
            rejectedCount: number;
            unchangedCount: number;
        };
        Integrity: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            broken: components["schemas"]["BrokenInvariants"];
            checked: {
                id: string;
                requirement: string;
                sentence: string;
            }[];
            holds: boolean;
        };
        IntegrityRun: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            broken: components["schemas"]["BrokenInvariants"];
            brokenCount: number;
            checkedCount: number;
            id: string;
        };
        Interchange: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            /** @description ISA13. */
            controlNumber: string;
            customerId: string | null;
            /** @description Of the envelope: line is the segment, field its element. */
            faults: {
                code: string;
                detail: string;
                field: string;
                line: number | null;
            }[];
            id: string;
            /** @description Qualifier and id: ZZ:ACME. */
            sender: string;
            /**
             * @description Parked: nothing was made of it, and sales have a task.
             * @enum {string}
             */
            status: "taken" | "parked";
        };
        InterchangeOutcome: {
            /** @description The 997s that answer it, by their ids. */
            acknowledgements: string[];
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            /** @description ISA13. */
            controlNumber: string;
            customerId: string | null;
            /** @description Of the envelope: line is the segment, field its element. */
            faults: {
                code: string;
                detail: string;
                field: string;
                line: number | null;
            }[];
            id: string;
            orders: {
                documentId: string;
                faults: {
                    code: string;
                    detail: string;
                    field: string;
                    line: number | null;
                }[];
                orderId: string | null;
                /** @enum {string} */
                status: "ordered" | "parked" | "entered" | "discarded";
            }[];
            /** @description Qualifier and id: ZZ:ACME. */
            sender: string;
            /**
             * @description Parked: nothing was made of it, and sales have a task.
             * @enum {string}
             */
            status: "taken" | "parked";
        };
        Inventory: {
            /** @description The inventory account. */
            accountMinor: number;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            asKnownAt: string | null;
            /**
             * Format: date
             * @example 2026-03-31
             */
            asOf: string;
            items: {
                onHand: number;
                sku: string;
                valueMinor: number;
                warehouseId: string;
            }[];
            /** @description Send it as `after` for the next page. */
            next: string | null;
            valueMinor: number;
        };
        Invitation: {
            /** Format: email */
            email: string;
            name: string;
            rights: ("buyer" | "payer" | "customer-admin")[];
        };
        InvitedPerson: {
            email: string;
            name: string;
        };
        Invoice: {
            applications: {
                amountMinor: number;
                paymentId: string;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                valueOn: string;
            }[];
            /** @description What is asked for today: not what is disputed, nor what an early-payment discount takes off. */
            askedMinor: number;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            collectionsSince: string | null;
            correctsInvoiceId: string | null;
            /** @description What credit notes took off it. */
            credits: {
                amountMinor: number;
                creditNoteId: string;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                valueOn: string;
            }[];
            /** @example EUR */
            currency: string;
            customerId: string;
            /** @description The early-payment discount of whoever pays all that is asked for by that day. */
            discount: {
                discountMinor: number;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                payBy: string;
                rate: string;
            } | null;
            /** @description By live disputes: open, and neither dunned nor part of a hold. */
            disputedMinor: number;
            /**
             * Format: date
             * @description Of the first instalment that is still open.
             * @example 2026-03-31
             */
            dueOn: string;
            dunningLevel: number;
            /** @description What is missing for its e-invoice; none: there is one. Null where it goes out as PDF only. */
            eInvoiceFaults: {
                code: string;
                detail: string;
                /** @description A JSON pointer. */
                path: string;
            }[] | null;
            facts: {
                [key: string]: unknown;
            };
            /** @description The number that an opening item had in the system before this one. */
            formerReference: string | null;
            grossMinor: number;
            /** @description The document number itself. */
            id: string;
            /** @description When it is due, in parts; most invoices are one. What pays the invoice pays the earliest part first. */
            instalments: {
                amountMinor: number;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                dueOn: string;
                number: number;
                openMinor: number;
            }[];
            /** @description Something of it is open that is not disputed already. */
            isDisputable: boolean;
            /**
             * Format: date
             * @example 2026-03-31
             */
            issuedOn: string;
            /** @enum {string} */
            kind: "invoice" | "opening-item" | "interest-note" | "fee-note" | "returned-refund";
            /**
             * Format: date
             * @example 2026-03-31
             */
            lastNoticeOn: string | null;
            lines: {
                description: string;
                lineNumber: number;
                netMinor: number;
                /** @description Of a consolidated invoice: which line of which shipment it bills. */
                origin: {
                    orderId: string;
                    orderLineNumber: number;
                    shipmentId: string;
                } | null;
                quantity: number;
                sku: string | null;
                taxCategory: string;
                taxRate: string;
                unitPriceMinor: number;
            }[];
            netMinor: number;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            nextStepAt: string | null;
            openMinor: number;
            /** @description Null where it bills several, or no goods. */
            orderId: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            overdueSince: string | null;
            /** @description ISO 11649. */
            paymentReference: string;
            /** @description How we ask for its money; null for a customer’s key. */
            plan: ({
                /** @enum {string} */
                assignedBy?: "invoice" | "customer" | "segment" | "company";
                /** @description Absent: the company’s own. */
                policy?: string;
                policyVersion: number;
                steps: ({
                    /**
                     * Format: date-time
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    at: string;
                    kind: string;
                    /**
                     * Format: date
                     * @example 2026-03-31
                     */
                    on: string;
                    step: string;
                } & {
                    [key: string]: unknown;
                })[];
            } & {
                [key: string]: unknown;
            }) | null;
            /** @description Null where it bills several, or no goods. */
            shipmentId: string | null;
            /** @enum {string} */
            status: "open" | "settled";
            taxes: {
                baseMinor: number;
                category: string;
                rate: string;
                taxMinor: number;
            }[];
            taxMinor: number;
            /** @description What was given up of it, and what of that was paid after all. */
            writeOffs: {
                amountMinor: number;
                recoveredMinor: number;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                valueOn: string;
                writeOffId: string;
            }[];
        };
        /** @default {} */
        InvoiceResend: {
            /** Format: email */
            to?: string;
        };
        /** @description Lists hold the newest 50 each. */
        InvoiceReview: {
            account: components["schemas"]["CustomerAccount"];
            /** @description What the asker can do about the invoice as it stands. */
            actions: ("resend" | "dispute" | "credit" | "credit-and-reissue" | "hold-off" | "write-off")[];
            breakdown: components["schemas"]["Breakdown"] & (Record<string, never> | null);
            corrections: components["schemas"]["CorrectionToDecide"][];
            /** @description About the order, newest first; none where it had room as it was. */
            creditDecisions: components["schemas"]["CreditChange"][];
            creditNotes: components["schemas"]["CreditNote"][];
            disputes: components["schemas"]["Dispute"][];
            holdOffs: components["schemas"]["HoldOff"][];
            invoice: components["schemas"]["Invoice"];
            /** @description Null for an item that bills several orders, or no goods: an opening item or an interest note. */
            order: {
                backOrderAllowed: boolean;
                /** @description Of an order that is paid by card; null for the others. */
                card: {
                    declinedBecause: string | null;
                    /**
                     * Format: date-time
                     * @description Until when an order whose card was declined waits for another.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    dueAt: string | null;
                    /** @enum {string} */
                    status: "requested" | "declined" | "authorised";
                } | null;
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                changedAt: string;
                channel: string;
                /** @example EUR */
                currency: string;
                customerId: string;
                customerName: string;
                /**
                 * @description Incoterms 2020. Under DAP, DPU and DDP the invoice follows the delivery, under all others the goods issue.
                 * @enum {string|null}
                 */
                deliveryTerms: "EXW" | "FCA" | "FAS" | "FOB" | "CFR" | "CIF" | "CPT" | "CIP" | "DAP" | "DPU" | "DDP" | null;
                externalReference: string | null;
                grossMinor: number;
                id: string;
                invoices: components["schemas"]["InvoiceSummary"][];
                /** @description The customer’s when the order was placed. */
                invoicing: {
                    /** @enum {string} */
                    kind: "per-shipment";
                } | {
                    /** @enum {string} */
                    every: "week";
                    /** @enum {string} */
                    kind: "consolidated";
                    /** @description 1 is Monday. */
                    weekday: number;
                } | {
                    day: number;
                    /** @enum {string} */
                    every: "month";
                    /** @enum {string} */
                    kind: "consolidated";
                };
                lines: {
                    cancelledQuantity: number;
                    description: string;
                    invoicedQuantity: number;
                    lineNumber: number;
                    netMinor: number;
                    /** @description Where the price came from; null: the product’s own. */
                    priceListId: string | null;
                    /** @description The quantity break that the line reached. */
                    priceMinimumQuantity: number | null;
                    quantity: number;
                    shippedQuantity: number;
                    sku: string;
                    taxCategory: string;
                    taxRate: string;
                    unitPriceMinor: number;
                }[];
                netMinor: number;
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                placedAt: string;
                placedBy: string;
                /** @description What is to be paid in advance; null for an order on credit. */
                prepayment: {
                    amountMinor: number;
                    /**
                     * Format: date-time
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    dueAt: string;
                    /**
                     * Format: date
                     * @example 2026-03-31
                     */
                    dueOn: string;
                    /** @description Of the pro-forma: `GET /v1/orders/{id}/pro-forma`. */
                    number: string;
                    paymentReference: string;
                    receivedMinor: number;
                    /** @enum {string} */
                    status: "awaited" | "received" | "ended";
                } | null;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                requestedOn: string | null;
                /** @description Counts amendments; an amendment names the one it was made from. */
                revision: number;
                shipments: components["schemas"]["ShipmentSummary"][];
                shipTo: components["schemas"]["Address"];
                /** @enum {string} */
                stage: "order" | "credit" | "fulfilment" | "invoicing" | "receivables" | "collections" | "done";
                /** @enum {string} */
                status: "received" | "credit-review" | "over-limit" | "waiting-for-payment" | "awaiting-prepayment" | "awaiting-card" | "approved" | "back-ordered" | "awaiting-choice" | "in-fulfilment" | "shipped" | "invoiced" | "closed" | "declined" | "cancelled";
                /** @description For staff; null for a customer’s key. */
                statusReason: string | null;
                taxMinor: number;
                terms: components["schemas"]["PaymentTerms"];
            } | null;
            /** @description Those that paid on the invoice, newest first. */
            payments: components["schemas"]["Payment"][];
            /** @description What was planned, picked and packed, and where it is. */
            shipment: {
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                cancelledAt: string | null;
                carrier: string | null;
                /** @description The carrier refused it for good: it waits until a person has it asked again. */
                carrierRefusal: {
                    /**
                     * Format: date-time
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    at: string;
                    code: string;
                    reason: string;
                } | null;
                /** @description Numbered when the shipment is packed, each with its GS1 SSCC-18. */
                cartons: {
                    number: number;
                    sscc: string;
                    weightGrams: number;
                }[];
                customerId: string;
                customerName: string;
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                deliveredAt: string | null;
                id: string;
                lines: {
                    description: string;
                    lineNumber: number;
                    pickedQuantity: number | null;
                    quantity: number;
                    sku: string;
                    weightGrams: number;
                }[];
                orderId: string;
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                packedAt: string | null;
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                pickedAt: string | null;
                /** @description The pickup it is planned for; null where no carrier has a calendar. */
                pickup: {
                    carrier: string;
                    /**
                     * Format: date-time
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    cutOffAt: string;
                    /**
                     * Format: date
                     * @example 2026-03-31
                     */
                    expectedDeliveryOn: string;
                    missedPickups: number;
                    /**
                     * Format: date
                     * @example 2026-03-31
                     */
                    on: string;
                } | null;
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                releasedAt: string;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                requestedOn: string | null;
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                shippedAt: string | null;
                shipTo: components["schemas"]["Address"];
                /** @enum {string} */
                status: "picking" | "packing" | "packed" | "shipped" | "delivered" | "undelivered" | "cancelled";
                /** @description Where the carrier’s events say that it is; null before the first. */
                tracking: {
                    damaged: boolean;
                    /**
                     * Format: date-time
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    since: string;
                    /** @enum {string} */
                    status: "picked-up" | "in-transit" | "out-for-delivery" | "exception" | "damaged" | "lost" | "returned" | "delivered";
                } | null;
                trackingNumber: string | null;
                warehouseId: string;
            } | null;
            trackingEvents: components["schemas"]["TrackingEvent"][];
            writeOffs: components["schemas"]["WriteOffToDecide"][];
        };
        InvoiceRun: {
            customerId: string;
            dryRun: boolean;
            invoices: components["schemas"]["RunInvoice"][];
            /** @description True when there is more than one run takes: run it again. */
            more: boolean;
        };
        InvoiceRunRequest: {
            customerId: string;
            /**
             * @description Say what would be billed, and bill nothing.
             * @default false
             */
            dryRun: boolean;
            /**
             * Format: date
             * @description Up to and with this day, not after today. Absent: the periods whose run has come.
             * @example 2026-03-31
             */
            through?: string;
        };
        InvoiceSummary: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            collectionsSince: string | null;
            correctsInvoiceId: string | null;
            /** @example EUR */
            currency: string;
            customerId: string;
            /** @description By live disputes: open, and neither dunned nor part of a hold. */
            disputedMinor: number;
            /**
             * Format: date
             * @description Of the first instalment that is still open.
             * @example 2026-03-31
             */
            dueOn: string;
            dunningLevel: number;
            /** @description The number that an opening item had in the system before this one. */
            formerReference: string | null;
            grossMinor: number;
            /** @description The document number itself. */
            id: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            issuedOn: string;
            /** @enum {string} */
            kind: "invoice" | "opening-item" | "interest-note" | "fee-note" | "returned-refund";
            /**
             * Format: date
             * @example 2026-03-31
             */
            lastNoticeOn: string | null;
            netMinor: number;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            nextStepAt: string | null;
            openMinor: number;
            /** @description Null where it bills several, or no goods. */
            orderId: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            overdueSince: string | null;
            /** @description ISO 11649. */
            paymentReference: string;
            /** @description Null where it bills several, or no goods. */
            shipmentId: string | null;
            /** @enum {string} */
            status: "open" | "settled";
            taxMinor: number;
        };
        /** @description One invoice for each shipment, or one for all of a period: the run of its day bills what left, or under D-terms arrived, before that day. What is paid in advance or by card is always invoiced by shipment. */
        Invoicing: {
            /** @enum {string} */
            kind: "per-shipment";
        } | {
            /** @enum {string} */
            every: "week";
            /** @enum {string} */
            kind: "consolidated";
            /** @description 1 is Monday. */
            weekday: number;
        } | {
            day: number;
            /** @enum {string} */
            every: "month";
            /** @enum {string} */
            kind: "consolidated";
        };
        InvoicingPolicy: {
            /**
             * @description Where half a cent of tax goes: up, or to the even cent.
             * @enum {string}
             */
            taxRounding: "half-up" | "half-even";
        };
        IssuedCorrection: {
            correctionId: string;
            creditedMinor: number;
            creditNoteId: string;
            onHold: boolean;
            revisedInvoiceId: string | null;
            revisedMinor: number | null;
            /** @enum {string} */
            status: "issued";
        };
        Job: {
            /** @enum {string} */
            every: "minute" | "day" | "week" | "month";
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            failingSince: string | null;
            /** @enum {string} */
            name: "missed-pickups" | "credit-reviews" | "dispute-escalations" | "dunning-pauses" | "documentation-clocks" | "approval-renewals" | "unbilled-shipments" | "invoice-runs" | "risk-scores" | "carrier-audit" | "simulated-tracking" | "card-holds" | "simulated-gateway" | "integrity" | "audit-seals" | "statements" | "overdue-review" | "cash-forecast" | "kept-months" | "edi-acknowledgements" | "manifests" | "orders-mailbox" | "workflow-check";
            /**
             * Format: date-time
             * @description In the past when it waits for its turn.
             * @example 2026-03-31T22:00:00.000Z
             */
            nextDueAt: string;
            /**
             * @description Null: it has never run.
             * @enum {string|null}
             */
            outcome: "done" | "failed" | null;
            problem: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            ranAt: string | null;
            /**
             * Format: date-time
             * @description The due instant that the last successful run stood for.
             * @example 2026-03-31T22:00:00.000Z
             */
            ranFor: string | null;
            result?: unknown;
        };
        JobRun: {
            /**
             * Format: date-time
             * @description What it ran for: when it was due, or was due last.
             * @example 2026-03-31T22:00:00.000Z
             */
            dueAt: string;
            /** @description True when there was more than one transaction takes; it is still due. */
            more: boolean;
            /** @enum {string} */
            name: "missed-pickups" | "credit-reviews" | "dispute-escalations" | "dunning-pauses" | "documentation-clocks" | "approval-renewals" | "unbilled-shipments" | "invoice-runs" | "risk-scores" | "carrier-audit" | "simulated-tracking" | "card-holds" | "simulated-gateway" | "integrity" | "audit-seals" | "statements" | "overdue-review" | "cash-forecast" | "kept-months" | "edi-acknowledgements" | "manifests";
            result?: unknown;
        };
        JournalEntry: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            /**
             * Format: date
             * @description The day in the books: the first open one, when the month of the event was closed.
             * @example 2026-03-31
             */
            bookedOn: string;
            /** @example EUR */
            currency: string;
            customerId: string | null;
            /**
             * Format: date
             * @description The day that the event belongs to.
             * @example 2026-03-31
             */
            effectiveOn: string;
            eventId: string;
            id: number;
            invoiceId: string | null;
            kind: string;
            orderId: string | null;
            paymentId: string | null;
            postings: {
                account: string;
                /** @description In the currency of the entry; 0 of an exchange difference. */
                amountMinor: number;
                /** @description In the company’s currency, in which the books are kept. */
                functionalMinor: number;
                /** @enum {string} */
                side: "debit" | "credit";
            }[];
            reason: string | null;
            /**
             * Format: date-time
             * @description When the books learned of it.
             * @example 2026-03-31T22:00:00.000Z
             */
            recordedAt: string;
            reversedByEntryId: number | null;
            reversesEntryId: number | null;
        };
        JournalEntryInFull: {
            /** @description What whoever asks can do to it. */
            actions: "reverse"[];
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            /**
             * Format: date
             * @description The day in the books: the first open one, when the month of the event was closed.
             * @example 2026-03-31
             */
            bookedOn: string;
            /** @example EUR */
            currency: string;
            customerId: string | null;
            /**
             * Format: date
             * @description The day that the event belongs to.
             * @example 2026-03-31
             */
            effectiveOn: string;
            eventId: string;
            /**
             * @description In which the books are kept.
             * @example EUR
             */
            functionalCurrency: string;
            id: number;
            invoiceId: string | null;
            kind: string;
            orderId: string | null;
            paymentId: string | null;
            postings: {
                account: string;
                /** @description In the currency of the entry; 0 of an exchange difference. */
                amountMinor: number;
                /** @description In the company’s currency, in which the books are kept. */
                functionalMinor: number;
                /** @enum {string} */
                side: "debit" | "credit";
            }[];
            reason: string | null;
            /**
             * Format: date-time
             * @description When the books learned of it.
             * @example 2026-03-31T22:00:00.000Z
             */
            recordedAt: string;
            reversedByEntryId: number | null;
            reversesEntryId: number | null;
        };
        KeptCashForecast: {
            /**
             * Format: date
             * @example 2026-03-31
             */
            asOf: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            cameInByNowMinor: number;
            /** @description Unapplied cash, credit balances and unmatched receipts that stand for the oldest items. */
            cashMinor: number;
            /** @example EUR */
            currency: string;
            /** @description (expected − came in) ÷ came in × 100, over the weeks that are over. */
            errorPercent: number | null;
            /** @description In the weeks that are over. */
            expectedByNowMinor: number;
            /** @description Expected after the last week. */
            laterMinor: number;
            /** @description What is open and undisputed, less the cash that is here already. */
            openMinor: number;
            /** @description What accepted orders that are not invoiced yet will ask for. */
            ordersMinor: number;
            weeks: {
                expectedMinor: number;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                from: string;
                /** @description Came in for items and orders that were there then; null: it is not over. */
                ofForecastMinor: number | null;
                /** @description All receipts of the week, by value date. */
                receivedMinor: number | null;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                to: string;
            }[];
        };
        LedgerAccount: {
            account: string;
            code: string;
            /** @description What keeps its balance item by item; such an account takes no entries by hand. */
            keptBy: string | null;
            /** @enum {string} */
            kind: "asset" | "liability" | "income" | "expense";
            name: string;
        };
        LetterPreview: {
            customerId: string;
            leftOut: {
                invoiceId: string;
                reason: string;
            }[];
            /** @description Null: no letter would go out. */
            letter: {
                compensations: {
                    amountMinor: number;
                    invoiceId: string;
                }[];
                fee: {
                    amountMinor: number;
                    invoiceId: string;
                    level: number;
                } | null;
                final: boolean;
                html: string;
                interestMinor: number;
                items: {
                    currency: string;
                    /**
                     * Format: date
                     * @example 2026-03-31
                     */
                    dueOn: string;
                    final: boolean;
                    /** @description Through that day, less what was noted already. */
                    interestMinor: number;
                    invoiceId: string;
                    /**
                     * Format: date
                     * @example 2026-03-31
                     */
                    lastNoticeOn: string | null;
                    level: number;
                    openMinor: number;
                    paymentReference: string;
                }[];
                language: string;
                level: number;
                subject: string;
                text: string;
            } | null;
            /**
             * Format: date
             * @example 2026-03-31
             */
            on: string;
        };
        /** @description With {{placeholders}}; a [[part]] is left out when a placeholder in it says nothing. */
        LetterTexts: {
            closing: string;
            /** @description Of the last letter before collections, whatever its level. */
            final?: {
                subject: string;
                text: string;
            };
            /** @description Of levels that are not listed. */
            further?: {
                subject: string;
                text: string;
            };
            greeting: string;
            /** @description A line of {{items}}. */
            item: string;
            levels: {
                level: number;
                subject: string;
                text: string;
            }[];
            /** @description Of the mails that bring a note of interest or fees; absent: those that are built in for the language. */
            notes?: {
                compensation?: {
                    subject: string;
                    text: string;
                };
                "dunning-fee"?: {
                    subject: string;
                    text: string;
                };
                interest?: {
                    subject: string;
                    text: string;
                };
            };
            reminder: {
                subject: string;
                text: string;
            };
        };
        LineCorrection: {
            /** @description So much too much on this line, without tax. */
            amountMinor?: number;
            /** @description Of the invoice; 1 for all of an opening item, which is corrected by amount. */
            lineNumber: number;
            /** @description So many units too many. */
            quantity?: number;
            /** @description The price that was agreed, for all units that are charged. */
            unitPriceMinor?: number;
        };
        LineRevision: {
            lineNumber: number;
            /** @description 0 leaves the line out. */
            quantity?: number;
            /**
             * @description UNCL 5305.
             * @enum {string}
             */
            taxCategory?: "S" | "Z" | "E" | "AE" | "K" | "G" | "O";
            /** @example 0.20 */
            taxRate?: string;
            /** @description Minor units of the currency beside it: cents, yen, fils. */
            unitPriceMinor?: number;
        };
        LinkedInvoice: {
            /** @description What is asked for today: not what is disputed, nor what an early-payment discount takes off. */
            askedMinor: number;
            /** @example EUR */
            currency: string;
            /** @description The early-payment discount of whoever pays all that is asked for by that day. */
            discount: {
                discountMinor: number;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                payBy: string;
                rate: string;
            } | null;
            disputedMinor: number;
            /**
             * Format: date
             * @example 2026-03-31
             */
            dueOn: string;
            grossMinor: number;
            hasEInvoice: boolean;
            id: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            issuedOn: string;
            netMinor: number;
            openMinor: number;
            /** @description ISO 11649. */
            paymentReference: string;
            /** @enum {string} */
            status: "open" | "settled";
            taxMinor: number;
        };
        LiveOrder: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            now: string;
            openInvoices: string[];
            orderId: string;
            shipments: {
                shipmentId: string;
                /** @enum {string} */
                status: "picking" | "packing" | "packed" | "shipped" | "delivered" | "undelivered" | "cancelled";
            }[];
            /** @enum {string} */
            stage: "order" | "credit" | "fulfilment" | "invoicing" | "receivables" | "collections" | "done";
            /** @enum {string} */
            status: "received" | "credit-review" | "over-limit" | "waiting-for-payment" | "awaiting-prepayment" | "awaiting-card" | "approved" | "back-ordered" | "awaiting-choice" | "in-fulfilment" | "shipped" | "invoiced" | "closed" | "declined" | "cancelled";
        };
        Mail: {
            attachments: {
                filename: string;
                mimeType: string;
                size: number;
            }[];
            /** @description As the sender wrote it, which follows the company clock. */
            date: string | null;
            /** @description More than one when the same mail was sent again. */
            deliveries: number;
            from: string;
            id: string;
            messageId: string;
            /** @description By the clock on the wall. */
            receivedAt: string;
            subject: string;
            to: string[];
        };
        MailWithBody: {
            attachments: {
                filename: string;
                mimeType: string;
                size: number;
            }[];
            /** @description As the sender wrote it, which follows the company clock. */
            date: string | null;
            /** @description More than one when the same mail was sent again. */
            deliveries: number;
            from: string;
            html: string | null;
            id: string;
            messageId: string;
            /** @description By the clock on the wall. */
            receivedAt: string;
            subject: string;
            text: string | null;
            to: string[];
        };
        Manifest: {
            /** @description Handed over for the same pickup after its manifest had been closed, which they are not part of. */
            addedLater: {
                cartons: {
                    number: number;
                    sscc: string;
                    weightGrams: number;
                }[];
                id: string;
                orderId: string;
                shipTo: components["schemas"]["Address"];
                trackingNumber: string;
            }[];
            carrier: string;
            cartons: number;
            /**
             * Format: date-time
             * @description When it was kept, after the cut-off; null while it still grows.
             * @example 2026-03-31T22:00:00.000Z
             */
            closedAt: string | null;
            /**
             * Format: date
             * @example 2026-03-31
             */
            pickupOn: string;
            shipments: {
                cartons: {
                    number: number;
                    sscc: string;
                    weightGrams: number;
                }[];
                id: string;
                orderId: string;
                shipTo: components["schemas"]["Address"];
                trackingNumber: string;
            }[];
            truncated: boolean;
            warehouseId: string;
            weightGrams: number;
        };
        ManualJournal: {
            /**
             * Format: date
             * @example 2026-03-31
             */
            bookedOn: string;
            /** @example EUR */
            currency: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            decidedAt: string | null;
            decidedBy: string | null;
            decisionReason: string | null;
            /** @description The journal entry, once it is approved. */
            entryId: number | null;
            id: string;
            postings: {
                /** @enum {string} */
                account: "bank" | "accounts-receivable" | "unbilled-receivables" | "carrier-claims" | "bad-debt-allowance" | "inventory" | "goods-in-transit" | "unapplied-cash" | "customer-credits" | "customer-deposits" | "tax-payable" | "goods-received-clearing" | "opening-balance" | "revenue" | "returns" | "discounts-granted" | "other-income" | "exchange-gains" | "cost-of-goods-sold" | "shrinkage" | "small-differences" | "bank-charges" | "impairment" | "exchange-differences" | "exchange-losses";
                /** @description Minor units of the currency beside it: cents, yen, fils. */
                amountMinor: number;
                /** @enum {string} */
                side: "debit" | "credit";
            }[];
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            proposedAt: string;
            proposedBy: string;
            reason: string;
            reversesEntryId: number | null;
            /** @enum {string} */
            status: "proposed" | "approved" | "rejected";
        };
        ManualJournalToDecide: {
            /** @description What whoever asks can do to it: nobody approves what they proposed. */
            actions: ("approve" | "reject")[];
            /**
             * Format: date
             * @example 2026-03-31
             */
            bookedOn: string;
            /** @example EUR */
            currency: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            decidedAt: string | null;
            decidedBy: string | null;
            decisionReason: string | null;
            /** @description The journal entry, once it is approved. */
            entryId: number | null;
            id: string;
            postings: {
                /** @enum {string} */
                account: "bank" | "accounts-receivable" | "unbilled-receivables" | "carrier-claims" | "bad-debt-allowance" | "inventory" | "goods-in-transit" | "unapplied-cash" | "customer-credits" | "customer-deposits" | "tax-payable" | "goods-received-clearing" | "opening-balance" | "revenue" | "returns" | "discounts-granted" | "other-income" | "exchange-gains" | "cost-of-goods-sold" | "shrinkage" | "small-differences" | "bank-charges" | "impairment" | "exchange-differences" | "exchange-losses";
                /** @description Minor units of the currency beside it: cents, yen, fils. */
                amountMinor: number;
                /** @enum {string} */
                side: "debit" | "credit";
            }[];
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            proposedAt: string;
            proposedBy: string;
            reason: string;
            reversesEntryId: number | null;
            /** @enum {string} */
            status: "proposed" | "approved" | "rejected";
        };
        Me: {
            /**
             * @description What changes something and is open to the asker, as method and path.
             * @example [
             *       "POST /v1/orders"
             *     ]
             */
            commands: string[];
            customerId: string | null;
            id: string;
            /** @enum {string} */
            kind: "person" | "key";
            /** @description True on a local stack, whose clock can be moved. */
            local: boolean;
            name: string;
            /** @description An administrator has seen the password: nothing is open to its person but to choose another. */
            passwordToChange: boolean;
            roles: ("customer" | "buyer" | "payer" | "customer-admin" | "sales" | "credit" | "warehouse" | "shipping" | "receivables" | "finance" | "admin")[];
            secondFactor: boolean;
            /** @description Where staff find the runs of orders. */
            temporalUi: string | null;
            /**
             * @description Of the company: by it a day begins and ends. UTC until the company is set up.
             * @example Europe/Berlin
             */
            timeZone: string;
        };
        Measure: {
            /** @description Of the period before, of the same length. */
            before: {
                parts: components["schemas"]["MeasurePart"][];
                value: number | null;
            };
            /** @description In words. */
            formula: string;
            /** @enum {string} */
            id: "dso" | "best-possible-dso" | "average-days-delinquent" | "countback-dso" | "collection-effectiveness" | "on-time-payment" | "order-to-cash" | "perfect-order" | "approval-time" | "ship-to-invoice" | "invoices-revised";
            name: string;
            parts: components["schemas"]["MeasurePart"][];
            /** @enum {string} */
            unit: "days" | "hours" | "percent";
            /** @description To a hundredth. Null: there is nothing to divide by. */
            value: number | null;
        };
        MeasurePart: {
            /**
             * @description Its documents: GET /v1/reports/documents/{part}.
             * @enum {string}
             */
            documents?: "receivables" | "current-receivables" | "opening-receivables" | "taken-over" | "sales" | "written-off" | "settled-items" | "closed-orders" | "judged-orders" | "accepted-orders" | "billed-shipments" | "issued-invoices" | "receipts";
            name: string;
            /** @enum {string} */
            unit: "minor" | "days" | "hours" | "documents";
            value: number;
        };
        Measures: {
            /**
             * Format: date-time
             * @description What the books record, and what orders and shipments were known for by then.
             * @example 2026-03-31T22:00:00.000Z
             */
            asKnownAt: string | null;
            before: {
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                from: string;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                to: string;
            };
            currencies: {
                /** @example EUR */
                currency: string;
                measures: components["schemas"]["Measure"][];
            }[];
            /**
             * Format: date
             * @example 2026-03-31
             */
            from: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            to: string;
        };
        MonthEnds: {
            /**
             * Format: date
             * @example 2026-03-31
             */
            asOf: string;
            currencies: {
                /** @example EUR */
                currency: string;
                monthEnds: {
                    averageDaysDelinquent: number | null;
                    bestPossibleDso: number | null;
                    buckets: {
                        "1-30": number;
                        "31-60": number;
                        "61-90": number;
                        "91+": number;
                        current: number;
                    };
                    countbackDso: number | null;
                    /** @description Receivables ÷ sales of the month × days of the month. */
                    dso: number | null;
                    /**
                     * Format: date
                     * @example 2026-03-31
                     */
                    on: string;
                    receivablesMinor: number;
                    /** @description Of what stood in each bucket a month before, the percentage that stands in the next one now. */
                    rolledOn: {
                        "1-30": number | null;
                        "31-60": number | null;
                        "61-90": number | null;
                        current: number | null;
                    };
                    /** @description Credit sales of the month, less credit notes. */
                    salesMinor: number;
                }[];
                /** @description The share that stood in the next bucket a month later; the bad-debt policy’s while months are few. */
                rollRates: {
                    /** @enum {string} */
                    bucket: "current" | "1-30" | "31-60" | "61-90";
                    months: number;
                    rate: string;
                    /** @enum {string} */
                    source: "own" | "policy";
                }[];
            }[];
        };
        MovedClaim: {
            claimId: string;
            /** @enum {string} */
            status: "filed" | "accepted" | "paid" | "rejected" | "withdrawn";
        };
        MovedReturn: {
            returnId: string;
            /** @enum {string} */
            status: "requested" | "approved" | "refused" | "received" | "credited" | "cancelled";
        };
        NamedDunningPolicy: {
            annualInterestRate: string;
            /** @description Over the base rate of each day; annualInterestRate counts for days before the first base rate then. */
            baseRateMargin?: string;
            collectInterest: boolean;
            collectionsDaysOverdue: number;
            /** @description A fixed sum for the cost of recovery, once per invoice. For policies of business customers. */
            compensation?: {
                /** @description Minor units of the currency beside it: cents, yen, fils. */
                amountMinor: number;
                /** @description For items in other currencies, by their codes; where none is stated, nothing is charged. */
                amountMinorIn?: {
                    [key: string]: number;
                };
                /** @enum {string} */
                chargedWhen: "overdue" | "first-letter";
            };
            graceDays: number;
            interestNoteTermsDays: number;
            intervalDays: number;
            /** @description Absent: the texts that are built in, in English and German. */
            letters?: {
                /**
                 * @description For customers whose language is not among the texts.
                 * @example de
                 */
                defaultLanguage: string;
                texts: {
                    [key: string]: components["schemas"]["LetterTexts"];
                };
            };
            letterTime: string;
            levels: {
                daysOverdue: number;
                /** @description Charged once for a letter of this level, as a fee note of its own; in the company’s currency. */
                feeMinor?: number;
                /** @description For items in other currencies, by their codes; where none is stated, nothing is charged. */
                feeMinorIn?: {
                    [key: string]: number;
                };
                final: boolean;
                level: number;
            }[];
            /** @description An item below it gets no letter. In the company’s currency, against which an item in another stands at the rate of the day. */
            minimumMinor: number;
            reminderDaysAfterInvoice: number;
        };
        NewApiKey: {
            customerId?: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            expiresAt?: string;
            /** @description Who acts with it; the name in every audit row. */
            name: string;
            roles: ("customer" | "sales" | "credit" | "warehouse" | "shipping" | "receivables" | "finance" | "admin")[];
        };
        NewBaseRate: {
            annualRate: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            validFrom: string;
        };
        NewCardPayment: {
            /** @default [] */
            alsoInvoiceIds: string[];
            /** @description Absent: all that is asked for of them today. */
            amountMinor?: number;
            /**
             * @description The gateway’s token of the card.
             * @example pm_card_visa
             */
            paymentMethod: string;
        };
        NewCarrierClaim: {
            /** @description In the company’s currency. */
            amountMinor: number;
            reference?: string;
            shipmentId: string;
        };
        NewCheque: {
            /** @description Minor units of the currency beside it: cents, yen, fils. */
            amountMinor: number;
            /** @description The bank that it is drawn on. */
            bank: string;
            /** @example EUR */
            currency: string;
            customerId: string;
            /** @default [] */
            invoiceIds: string[];
            number: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            receivedOn: string;
            remittanceText?: string;
        };
        NewCollectionContact: {
            /**
             * @description What it was about; empty: all that is overdue.
             * @default []
             */
            invoiceIds: string[];
            /** @enum {string} */
            kind: "call" | "mail" | "visit";
            nextStep?: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            nextStepOn?: string;
            note: string;
            /** @enum {string} */
            outcome: "reached" | "not-reached" | "will-pay" | "has-paid" | "disputes" | "cannot-pay" | "refuses";
            /** @description Who was spoken to. */
            person?: string;
        };
        NewDispute: {
            /** @description What is right, line by line. Absent: nothing of it is owed. */
            lines?: components["schemas"]["LineCorrection"][];
            note: string;
            /**
             * @description price-error: a price that was not agreed; quantity-error: another quantity than was delivered; not-delivered: goods that never arrived; damaged: goods that arrived damaged, and stay with the customer; wrong-item: goods that were not ordered; tax-error: a wrong tax category or rate; address-error: a wrong name, address or tax id; terms-error: other terms of payment than were agreed; interest-error: interest for days on which nothing was owed; duplicate: goods that were billed twice; goodwill: nothing was wrong; the customer is obliged
             * @enum {string}
             */
            reason: "price-error" | "quantity-error" | "not-delivered" | "damaged" | "wrong-item" | "tax-error" | "address-error" | "terms-error" | "interest-error" | "duplicate" | "goodwill";
        };
        NewExchangeRates: {
            rates: {
                /** @example EUR */
                currency: string;
                /**
                 * @description Units of the company’s currency for one unit of the other: 0.0062 euros for a yen.
                 * @example 0.0062
                 */
                rate: string;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                validOn: string;
            }[];
            /** @example ECB */
            source: string;
        };
        NewHoldOff: {
            reason: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            untilOn: string;
        };
        NewHoldOverride: {
            reason: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            throughOn: string;
        };
        NewManualJournal: {
            /**
             * Format: date
             * @example 2026-03-31
             */
            bookedOn: string;
            /** @example EUR */
            currency: string;
            postings: {
                /** @enum {string} */
                account: "bank" | "accounts-receivable" | "unbilled-receivables" | "carrier-claims" | "bad-debt-allowance" | "inventory" | "goods-in-transit" | "unapplied-cash" | "customer-credits" | "customer-deposits" | "tax-payable" | "goods-received-clearing" | "opening-balance" | "revenue" | "returns" | "discounts-granted" | "other-income" | "exchange-gains" | "cost-of-goods-sold" | "shrinkage" | "small-differences" | "bank-charges" | "impairment" | "exchange-differences" | "exchange-losses";
                /** @description Minor units of the currency beside it: cents, yen, fils. */
                amountMinor: number;
                /** @enum {string} */
                side: "debit" | "credit";
            }[];
            reason: string;
        };
        NewOrder: {
            /**
             * @description A customer’s own key says `api` or `portal`.
             * @default api
             * @enum {string}
             */
            channel: "api" | "portal" | "email" | "edi" | "phone" | "in-person";
            /** @example EUR */
            currency: string;
            customerId: string;
            /**
             * @description Absent: those of the customer; its own key may name no others.
             * @enum {string}
             */
            deliveryTerms?: "EXW" | "FCA" | "FAS" | "FOB" | "CFR" | "CIF" | "CPT" | "CIP" | "DAP" | "DPU" | "DDP";
            /** @description Of its invoices, before the customer’s and its segment’s. Not for a customer’s own key. */
            dunningPolicy?: string;
            /** @description The customer’s own number; once per customer and channel. */
            externalReference?: string;
            lines: {
                /** @description Refuses the order when the price is another. */
                expectedUnitPriceMinor?: number;
                quantity: number;
                sku: string;
            }[];
            /** @description Paid by card: held when the order is accepted, taken with its invoices; needs no credit. */
            payment?: {
                /** @enum {string} */
                method: "card";
                /**
                 * @description The gateway’s token of the card.
                 * @example pm_card_visa
                 */
                token: string;
            };
            /** @description True: paid in advance against a pro-forma; needs no credit and takes none of the limit. */
            prepayment?: boolean;
            /**
             * Format: date
             * @example 2026-03-31
             */
            requestedOn?: string;
            shipTo?: components["schemas"]["Address"];
        };
        /** @default {} */
        NewOverdueReview: {
            /**
             * Format: date
             * @description Absent: today.
             * @example 2026-03-31
             */
            asOf?: string;
        };
        NewPayment: {
            /** @description Minor units of the currency beside it: cents, yen, fils. */
            amountMinor: number;
            /** @example EUR */
            currency: string;
            customerId: string;
            /** @description The bank’s own reference; taken once per method. */
            externalReference?: string;
            /**
             * @description What the payer names: invoices, and pro-formas of orders paid in advance.
             * @default []
             */
            invoiceIds: string[];
            /** @enum {string} */
            method: "bank-transfer" | "cheque" | "card" | "direct-entry";
            /** @description RF references and invoice numbers are found in it. */
            remittanceText?: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            valueOn: string;
        };
        NewPerson: {
            customerId?: string;
            /** Format: email */
            email: string;
            /** @description Who acts, in every audit row and wherever two people must agree; never given to anybody else. */
            id: string;
            name: string;
            roles: ("customer" | "buyer" | "payer" | "customer-admin" | "sales" | "credit" | "warehouse" | "shipping" | "receivables" | "finance" | "admin")[];
        };
        NewPromiseToPay: {
            /** @description With a customer’s own key at least all that is due by the day. */
            amountMinor: number;
            /** @example EUR */
            currency: string;
            /**
             * @description None: all that is due by the day and not promised already.
             * @default []
             */
            invoiceIds: string[];
            note?: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            promisedOn: string;
        };
        NewRefund: {
            /** @description Minor units of the currency beside it: cents, yen, fils. */
            amountMinor: number;
            /** @description The credit balance that it has left. */
            creditNoteId?: string;
            /** @description Absent: back to the card that the money came from. */
            iban?: string;
            /** @description Unapplied cash of it; or `creditNoteId`. */
            paymentId?: string;
            reason: string;
        };
        NewReturn: {
            lines: {
                /** @description As on the shipment. */
                lineNumber: number;
                quantity: number;
                /** @enum {string} */
                reason: "damaged" | "defective" | "wrong-item" | "not-as-described" | "arrived-late" | "ordered-by-mistake" | "not-needed";
            }[];
            note?: string;
            shipmentId: string;
        };
        NewSpecificProvision: {
            customerId: string;
            invoiceId?: string;
            /** @example 0.20 */
            rate: string;
            reason: string;
        };
        NewWebhookEndpoint: {
            /** @description Absent: events of every customer. */
            customerId?: string;
            description?: string;
            eventTypes: ("order.accepted" | "order.declined" | "order.changed" | "order.cancelled" | "order.delayed" | "order.choice-offered" | "order.on-hold" | "shipment.shipped" | "shipment.delivered" | "shipment.sent-again" | "return.approved" | "return.refused" | "invoice.issued" | "invoice.overdue" | "debit-note.issued" | "credit-note.issued" | "payment.received" | "payment.bounced" | "account.on-hold" | "account.released" | "dispute.opened" | "dispute.closed")[];
            /**
             * @description https, and on the public internet; on a local stack anywhere.
             * @example https://erp.example/hooks
             */
            url: string;
        };
        NextAction: {
            /** @description False: nothing is done by itself; it is a day that counts. */
            acts: boolean;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            /** @description Where it is written that it happens then. Null for a customer. */
            by: {
                /** @enum {string} */
                kind: "policy" | "record" | "job";
                name: string;
                /** @description The line, as a JSON pointer. */
                path: string | null;
                /** @description Of a policy: the version that counts for it. */
                version: number | null;
            } | null;
            cancelledBy: string[];
            customerId: string | null;
            delayedBy: string[];
            invoiceIds: string[];
            /** @description The same for as long as the action is the same. */
            key: string;
            /** @enum {string} */
            kind: "prepayment-deadline" | "card-deadline" | "choice-deadline" | "credit-release-lapses" | "card-hold-renewal" | "pickup-cut-off" | "delivery-expected" | "requested-day" | "production-due" | "invoice-run" | "unbilled-shipment" | "discount-ends" | "task-escalates" | "task-due" | "promise-ends" | "hold-off-ends" | "clock-due" | "clock-lapses" | "agreed-step" | "draft-expires" | "quote-expires" | "approval-renewal" | "approval-ends" | "hold-override-ends" | "statement" | "reminder" | "overdue" | "letter" | "collections" | "job";
            orderId: string | null;
            /** @description The id of what it is about; of a job its name. */
            record: string;
            told: ("customer" | "sales" | "credit" | "warehouse" | "shipping" | "receivables" | "finance" | "admin")[];
            what: string;
        };
        NextActions: {
            /** @description Of all pages: the days on which something comes, in the company’s time zone. */
            days: {
                count: number;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                on: string;
            }[];
            items: components["schemas"]["NextAction"][];
            /** @description Send it as `after` for the next page. */
            next: string | null;
        };
        Notice: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            customerId: string;
            facts: {
                [key: string]: unknown;
            };
            invoiceId: string | null;
            key: string;
            kind: string;
            messageId: string;
            orderId: string | null;
            recipient: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            sentAt: string | null;
            /** @enum {string} */
            status: "queued" | "sent" | "suppressed" | "bounced";
            statusReason: string | null;
        };
        OfferedProduct: {
            available: number;
            /** @example EUR */
            currency: string;
            makeToOrder: boolean;
            name: string;
            /** @description Per unit without tax, on a line of at least so many. Empty: not for sale in the currency. */
            prices: {
                minimumQuantity: number;
                unitPriceMinor: number;
            }[];
            sku: string;
        };
        OpeningItem: {
            /** @description Minor units of the currency beside it: cents, yen, fils. */
            amountMinor: number;
            /** @example EUR */
            currency: string;
            customerId: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            dueOn: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            issuedOn: string;
            /** @description The number it had there. */
            reference: string;
        };
        OpenItem: {
            /** @description What the asker can do with it as it stands. */
            actions: ("resend" | "dispute" | "credit" | "credit-and-reissue" | "hold-off" | "write-off")[];
            /** @description What is asked for today: not what is disputed, nor what an early-payment discount takes off. */
            askedMinor: number;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            collectionsSince: string | null;
            correctsInvoiceId: string | null;
            /** @example EUR */
            currency: string;
            customerId: string;
            /** @description The early-payment discount of whoever pays all that is asked for by that day. */
            discount: {
                discountMinor: number;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                payBy: string;
                rate: string;
            } | null;
            /** @description By live disputes: open, and neither dunned nor part of a hold. */
            disputedMinor: number;
            /**
             * Format: date
             * @description Of the first instalment that is still open.
             * @example 2026-03-31
             */
            dueOn: string;
            dunningLevel: number;
            /** @description The number that an opening item had in the system before this one. */
            formerReference: string | null;
            grossMinor: number;
            /** @description The document number itself. */
            id: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            issuedOn: string;
            /** @enum {string} */
            kind: "invoice" | "opening-item" | "interest-note" | "fee-note" | "returned-refund";
            /**
             * Format: date
             * @example 2026-03-31
             */
            lastNoticeOn: string | null;
            netMinor: number;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            nextStepAt: string | null;
            openMinor: number;
            /** @description Null where it bills several, or no goods. */
            orderId: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            overdueSince: string | null;
            /** @description ISO 11649. */
            paymentReference: string;
            /** @description Null where it bills several, or no goods. */
            shipmentId: string | null;
            /** @enum {string} */
            status: "open" | "settled";
            taxMinor: number;
        };
        OpenItemLine: {
            /** @example EUR */
            currency: string;
            customerId: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            dueOn?: string;
            /** @description Minor units of the currency beside it: cents, yen, fils. */
            grossMinor: number;
            /**
             * Format: date
             * @example 2026-03-31
             */
            issuedOn: string;
            /** @enum {string} */
            kind: "invoice" | "credit";
            /** @description Minor units of the currency beside it: cents, yen, fils. */
            openMinor: number;
            /** @description The number in the system before this one; once per customer. */
            reference: string;
        };
        OperationsHealth: {
            heldBack: {
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                at: string;
                by: string;
                /** @enum {string} */
                kind: "start-order" | "start-receivable" | "start-bank-statement" | "signal" | "notice" | "edi" | "card-payment" | "card-work";
                reason: string;
            }[];
            messages: {
                failing: number;
                "held-back": number;
                /**
                 * Format: date-time
                 * @description Of those that nothing holds back, by the clock on the wall.
                 * @example 2026-03-31T22:00:00.000Z
                 */
                oldestAt: string | null;
                parked: number;
                waiting: number;
            };
            temporal: {
                problem: string | null;
                reachable: boolean;
                /** @description What looks for due jobs every minute; null: it is not there. */
                schedule: {
                    /**
                     * Format: date-time
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    lastAt: string | null;
                    /**
                     * Format: date-time
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    nextAt: string | null;
                    paused: boolean;
                } | null;
                /** @description Workflows whose task fails, at most 20; null: this server does not say. */
                stuck: {
                    problems: string[];
                    workflowId: string;
                }[] | null;
                ui: string | null;
                /** @description Who has asked for work within five minutes, by the clock on the wall. */
                workers: {
                    identity: string;
                    /**
                     * Format: date-time
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    lastSeenAt: string | null;
                }[];
            };
        };
        Order: {
            backOrderAllowed: boolean;
            /** @description Of an order that is paid by card; null for the others. */
            card: {
                declinedBecause: string | null;
                /**
                 * Format: date-time
                 * @description Until when an order whose card was declined waits for another.
                 * @example 2026-03-31T22:00:00.000Z
                 */
                dueAt: string | null;
                /** @enum {string} */
                status: "requested" | "declined" | "authorised";
            } | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            changedAt: string;
            channel: string;
            /** @example EUR */
            currency: string;
            customerId: string;
            customerName: string;
            /**
             * @description Incoterms 2020. Under DAP, DPU and DDP the invoice follows the delivery, under all others the goods issue.
             * @enum {string|null}
             */
            deliveryTerms: "EXW" | "FCA" | "FAS" | "FOB" | "CFR" | "CIF" | "CPT" | "CIP" | "DAP" | "DPU" | "DDP" | null;
            externalReference: string | null;
            grossMinor: number;
            id: string;
            invoices: components["schemas"]["InvoiceSummary"][];
            /** @description The customer’s when the order was placed. */
            invoicing: {
                /** @enum {string} */
                kind: "per-shipment";
            } | {
                /** @enum {string} */
                every: "week";
                /** @enum {string} */
                kind: "consolidated";
                /** @description 1 is Monday. */
                weekday: number;
            } | {
                day: number;
                /** @enum {string} */
                every: "month";
                /** @enum {string} */
                kind: "consolidated";
            };
            lines: {
                cancelledQuantity: number;
                description: string;
                invoicedQuantity: number;
                lineNumber: number;
                netMinor: number;
                /** @description Where the price came from; null: the product’s own. */
                priceListId: string | null;
                /** @description The quantity break that the line reached. */
                priceMinimumQuantity: number | null;
                quantity: number;
                shippedQuantity: number;
                sku: string;
                taxCategory: string;
                taxRate: string;
                unitPriceMinor: number;
            }[];
            netMinor: number;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            placedAt: string;
            placedBy: string;
            /** @description What is to be paid in advance; null for an order on credit. */
            prepayment: {
                amountMinor: number;
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                dueAt: string;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                dueOn: string;
                /** @description Of the pro-forma: `GET /v1/orders/{id}/pro-forma`. */
                number: string;
                paymentReference: string;
                receivedMinor: number;
                /** @enum {string} */
                status: "awaited" | "received" | "ended";
            } | null;
            /**
             * Format: date
             * @example 2026-03-31
             */
            requestedOn: string | null;
            /** @description Counts amendments; an amendment names the one it was made from. */
            revision: number;
            shipments: components["schemas"]["ShipmentSummary"][];
            shipTo: components["schemas"]["Address"];
            /** @enum {string} */
            stage: "order" | "credit" | "fulfilment" | "invoicing" | "receivables" | "collections" | "done";
            /** @enum {string} */
            status: "received" | "credit-review" | "over-limit" | "waiting-for-payment" | "awaiting-prepayment" | "awaiting-card" | "approved" | "back-ordered" | "awaiting-choice" | "in-fulfilment" | "shipped" | "invoiced" | "closed" | "declined" | "cancelled";
            /** @description For staff; null for a customer’s key. */
            statusReason: string | null;
            taxMinor: number;
            terms: components["schemas"]["PaymentTerms"];
        };
        OrderAsOf: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            /** @example EUR */
            currency: string;
            /** @description Of the customer’s credit, for goods that had not left. Null: not for this reader. */
            heldMinor: number | null;
            invoices: {
                /** @example EUR */
                currency: string;
                grossMinor: number;
                id: string;
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                issuedAt: string;
                openMinor: number;
                overdue: boolean;
            }[];
            lane: {
                /** @enum {string} */
                stage: "order" | "credit" | "fulfilment" | "shipping" | "invoicing" | "receivables" | "collections" | "closed";
                /** @enum {string} */
                state: "done" | "now" | "ahead" | "stopped" | "skipped";
            }[];
            means: string;
            /** @enum {string} */
            status: "received" | "credit-review" | "over-limit" | "waiting-for-payment" | "awaiting-prepayment" | "awaiting-card" | "approved" | "back-ordered" | "awaiting-choice" | "in-fulfilment" | "shipped" | "invoiced" | "closed" | "declined" | "cancelled";
            units: {
                delivered: number;
                released: number;
                shipped: number;
            };
        };
        OrderDocument: {
            /** @description What can be done with it as it stands. */
            actions: ("enter" | "discard")[];
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            channel: string;
            customerId: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            decidedAt: string | null;
            decidedBy: string | null;
            decisionReason: string | null;
            faults: {
                code: string;
                detail: string;
                field: string;
                line: number | null;
            }[];
            id: string;
            orderId: string | null;
            readFrom: string;
            sender: string | null;
            /**
             * @description Entered: a person made an order of it. Discarded: a person found that it is none.
             * @enum {string}
             */
            status: "ordered" | "parked" | "entered" | "discarded";
            subject: string;
        };
        OrderInStage: {
            amountMinor: number;
            /** @example EUR */
            currency: string;
            customerId: string;
            hours: number;
            orderId: string;
            /** @enum {string} */
            status: "received" | "credit-review" | "over-limit" | "waiting-for-payment" | "awaiting-prepayment" | "awaiting-card" | "approved" | "back-ordered" | "awaiting-choice" | "in-fulfilment" | "shipped" | "invoiced" | "closed" | "declined" | "cancelled";
        };
        OrderRequest: {
            /**
             * @description A customer’s own key says `api` or `portal`.
             * @default api
             * @enum {string}
             */
            channel: "api" | "portal" | "email" | "edi" | "phone" | "in-person";
            /** @example EUR */
            currency: string;
            customerId: string;
            /**
             * @description Absent: those of the customer; its own key may name no others.
             * @enum {string}
             */
            deliveryTerms?: "EXW" | "FCA" | "FAS" | "FOB" | "CFR" | "CIF" | "CPT" | "CIP" | "DAP" | "DPU" | "DDP";
            /** @description Of its invoices, before the customer’s and its segment’s. Not for a customer’s own key. */
            dunningPolicy?: string;
            /** @description The customer’s own number; once per customer and channel. */
            externalReference?: string;
            lines: {
                /** @description Refuses the order when the price is another. */
                expectedUnitPriceMinor?: number;
                quantity: number;
                sku: string;
            }[];
            /** @description True: paid in advance against a pro-forma; needs no credit and takes none of the limit. */
            prepayment?: boolean;
            /**
             * Format: date
             * @example 2026-03-31
             */
            requestedOn?: string;
            shipTo?: components["schemas"]["Address"];
        };
        OrderStanding: {
            /** @description By the table of transitions and the asker’s roles. */
            actions: ("amend" | "cancel" | "decide-credit" | "prepay" | "give-card" | "choose-shortage")[];
            lane: {
                /** @enum {string} */
                stage: "order" | "credit" | "fulfilment" | "shipping" | "invoicing" | "receivables" | "collections" | "closed";
                /** @enum {string} */
                state: "done" | "now" | "ahead" | "stopped" | "skipped";
            }[];
            means: string;
            /** @description A customer is told only when it is the customer’s own move. */
            movedBy: {
                person: string | null;
                role: string;
                taskId: string | null;
            }[];
            /** @description For staff; null for a customer. */
            reason: string | null;
            /** @description Shipments of which goods may be announced as coming back: invoiced, and not all back already. */
            returnable: string[];
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            until: string | null;
        };
        OrderSummary: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            changedAt: string;
            channel: string;
            /** @example EUR */
            currency: string;
            customerId: string;
            customerName: string;
            externalReference: string | null;
            grossMinor: number;
            id: string;
            netMinor: number;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            placedAt: string;
            placedBy: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            requestedOn: string | null;
            /** @description Counts amendments; an amendment names the one it was made from. */
            revision: number;
            /** @enum {string} */
            stage: "order" | "credit" | "fulfilment" | "invoicing" | "receivables" | "collections" | "done";
            /** @enum {string} */
            status: "received" | "credit-review" | "over-limit" | "waiting-for-payment" | "awaiting-prepayment" | "awaiting-card" | "approved" | "back-ordered" | "awaiting-choice" | "in-fulfilment" | "shipped" | "invoiced" | "closed" | "declined" | "cancelled";
            /** @description For staff; null for a customer’s key. */
            statusReason: string | null;
            taxMinor: number;
        };
        OverdueReview: {
            accountCount: number;
            actor: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            approvedAt: string | null;
            approvedBy: string | null;
            /**
             * Format: date
             * @example 2026-03-31
             */
            asOf: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            currencies: {
                /** @description The allowance of that day when the review was made. */
                allowanceMinor: number;
                buckets: {
                    "1-30": number;
                    "31-60": number;
                    "61-90": number;
                    "91+": number;
                    current: number;
                };
                /** @example EUR */
                currency: string;
                /** @description What of each bucket stands in the next one a month on: bucket × its roll rate. */
                forecast: {
                    "1-30": number;
                    "31-60": number;
                    "61-90": number;
                    "91+": number;
                };
                /** @description Absent in reviews from before it was read from the books. */
                lossOf91Plus?: {
                    /** @description Items that had reached 91+ and have ended, paid or given up. */
                    items: number;
                    /** @description What was written off of it and has not come back. */
                    lostMinor: number;
                    rate: string;
                    /** @description What was open of them as they reached it. */
                    reachedMinor: number;
                    /** @enum {string} */
                    source: "own" | "policy";
                };
                /** @description What of each bucket is finally lost. */
                lossRates: {
                    "1-30": string;
                    "31-60": string;
                    "61-90": string;
                    "91+": string;
                    current: string;
                };
                /** @description What is expected to be lost of all that is owed. */
                requiredMinor: number;
                rollRates: {
                    /** @enum {string} */
                    bucket: "current" | "1-30" | "31-60" | "61-90";
                    months: number;
                    rate: string;
                    /**
                     * @description The company’s own month ends, or the policy while they are few.
                     * @enum {string}
                     */
                    source: "own" | "policy";
                }[];
                /** @description The part of it that rests on rates set by hand. */
                specificMinor: number;
            }[];
            id: string;
            policyVersion: number;
            previousId: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            proposedAt: string | null;
            proposedBy: string | null;
            /** @enum {string} */
            status: "open" | "proposed" | "approved";
            /** @description By currency: how the allowance was changed. */
            trueUp: {
                [key: string]: number;
            } | null;
        };
        OverdueReviewToDecide: {
            accountCount: number;
            /** @description What the asker can do about its true-up. */
            actions: ("propose" | "withdraw" | "approve")[];
            actor: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            approvedAt: string | null;
            approvedBy: string | null;
            /**
             * Format: date
             * @example 2026-03-31
             */
            asOf: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            currencies: {
                /** @description The allowance of that day when the review was made. */
                allowanceMinor: number;
                buckets: {
                    "1-30": number;
                    "31-60": number;
                    "61-90": number;
                    "91+": number;
                    current: number;
                };
                /** @example EUR */
                currency: string;
                /** @description What of each bucket stands in the next one a month on: bucket × its roll rate. */
                forecast: {
                    "1-30": number;
                    "31-60": number;
                    "61-90": number;
                    "91+": number;
                };
                /** @description Absent in reviews from before it was read from the books. */
                lossOf91Plus?: {
                    /** @description Items that had reached 91+ and have ended, paid or given up. */
                    items: number;
                    /** @description What was written off of it and has not come back. */
                    lostMinor: number;
                    rate: string;
                    /** @description What was open of them as they reached it. */
                    reachedMinor: number;
                    /** @enum {string} */
                    source: "own" | "policy";
                };
                /** @description What of each bucket is finally lost. */
                lossRates: {
                    "1-30": string;
                    "31-60": string;
                    "61-90": string;
                    "91+": string;
                    current: string;
                };
                /** @description What is expected to be lost of all that is owed. */
                requiredMinor: number;
                rollRates: {
                    /** @enum {string} */
                    bucket: "current" | "1-30" | "31-60" | "61-90";
                    months: number;
                    rate: string;
                    /**
                     * @description The company’s own month ends, or the policy while they are few.
                     * @enum {string}
                     */
                    source: "own" | "policy";
                }[];
                /** @description The part of it that rests on rates set by hand. */
                specificMinor: number;
            }[];
            id: string;
            policyVersion: number;
            previousId: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            proposedAt: string | null;
            proposedBy: string | null;
            /** @enum {string} */
            status: "open" | "proposed" | "approved";
            /** @description By currency: how the allowance was changed. */
            trueUp: {
                [key: string]: number;
            } | null;
        };
        PayerAccount: {
            customerIds: string[];
        };
        Payment: {
            actor: string;
            amountMinor: number;
            applications: {
                amountMinor: number;
                invoiceId: string;
            }[];
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            /** @description The cheque that it came with. */
            chequeId: string | null;
            /** @example EUR */
            currency: string;
            customerId: string;
            /** @description What is held for orders that are paid in advance and not invoiced yet. */
            deposits: {
                heldMinor: number;
                orderId: string;
            }[];
            externalReference: string | null;
            id: string;
            isByCard: boolean;
            method: string;
            remittanceText: string | null;
            /** @description What of it was taken back, oldest first: what that had paid is open again. */
            reversals: {
                amountMinor: number;
                /**
                 * @description Chargeback: the bank of a card has taken it back, at its holder’s word.
                 * @enum {string}
                 */
                kind: "bounce" | "undo" | "chargeback";
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                on: string;
                reason: string;
            }[];
            /** @description What was taken back of it in all. */
            reversedMinor: number;
            unappliedMinor: number;
            /**
             * Format: date
             * @example 2026-03-31
             */
            valueOn: string;
        };
        PaymentApplication: {
            invoiceIds: string[];
        };
        PaymentClaim: {
            /** @description Minor units of the currency beside it: cents, yen, fils. */
            amountMinor: number;
            /** @example EUR */
            currency: string;
            /** @default [] */
            invoiceIds: string[];
            note?: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            paidOn: string;
            /** @description The payer’s own, as the bank will show it. */
            reference?: string;
        };
        PaymentTerms: {
            days: number;
            daysAfterEndOfMonth?: number;
            /** @description Early-payment discounts for whoever pays in full within so many days of the invoice. */
            discounts?: {
                days: number;
                /** @example 0.02 */
                rate: string;
            }[];
            endOfMonth?: boolean;
            /** @description Shares that make 1, each due on its own day; the last takes what rounding leaves. */
            instalments?: {
                days: number;
                months?: number;
                /** @example 0.3 */
                share: string;
            }[];
            /** @enum {string} */
            kind: "net" | "due-on-receipt" | "prepayment";
            months?: number;
        };
        PaymentToActOn: {
            /** @description What the asker can do with it as it stands. */
            actions: ("apply" | "refund" | "bounce")[];
            actor: string;
            amountMinor: number;
            applications: {
                amountMinor: number;
                invoiceId: string;
            }[];
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            /** @description The cheque that it came with. */
            chequeId: string | null;
            /** @example EUR */
            currency: string;
            customerId: string;
            /** @description What is held for orders that are paid in advance and not invoiced yet. */
            deposits: {
                heldMinor: number;
                orderId: string;
            }[];
            externalReference: string | null;
            id: string;
            isByCard: boolean;
            method: string;
            remittanceText: string | null;
            /** @description What of it was taken back, oldest first: what that had paid is open again. */
            reversals: {
                amountMinor: number;
                /**
                 * @description Chargeback: the bank of a card has taken it back, at its holder’s word.
                 * @enum {string}
                 */
                kind: "bounce" | "undo" | "chargeback";
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                on: string;
                reason: string;
            }[];
            /** @description What was taken back of it in all. */
            reversedMinor: number;
            unappliedMinor: number;
            /**
             * Format: date
             * @example 2026-03-31
             */
            valueOn: string;
        };
        Period: {
            /** @description What whoever asks can do to it. */
            actions: ("close" | "reopen" | "lock")[];
            /**
             * Format: date
             * @example 2026-03-31
             */
            endsOn: string;
            lastChange: {
                /** @enum {string} */
                action: "close" | "reopen" | "lock";
                actor: string;
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                at: string;
                reason: string | null;
            } | null;
            month: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            startsOn: string;
            /** @enum {string} */
            status: "open" | "closed" | "locked";
        };
        PeriodChecks: {
            blocks: {
                check: string;
                detail: string;
            }[];
            month: string;
        };
        Person: {
            customerId: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            disabledAt: string | null;
            email: string;
            id: string;
            /** @description By mail, and has not chosen a password yet. */
            invited: boolean;
            name: string;
            /** @description An administrator has seen the password; its person has not changed it yet. */
            passwordToChange: boolean;
            roles: ("customer" | "buyer" | "payer" | "customer-admin" | "sales" | "credit" | "warehouse" | "shipping" | "receivables" | "finance" | "admin")[];
            secondFactor: boolean;
        };
        PersonDetails: {
            customerId?: string;
            /** @default false */
            disabled: boolean;
            /** Format: email */
            email: string;
            name: string;
            roles: ("customer" | "buyer" | "payer" | "customer-admin" | "sales" | "credit" | "warehouse" | "shipping" | "receivables" | "finance" | "admin")[];
        };
        PickupCalendar: {
            carrier: string;
            /**
             * @description What is packed by then goes with that day’s pickup.
             * @example 15:30
             */
            cutOff: string;
            /**
             * @description Days unlike the others, holidays too: another cut-off, or null for no pickup.
             * @default []
             */
            exceptions: {
                cutOff: string | null;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                on: string;
            }[];
            /**
             * @description On its public holidays nobody comes.
             * @default null
             */
            holidayCountry: string | null;
            /** @default null */
            holidayRegion: string | null;
            /** @example Europe/Berlin */
            timeZone: string;
            /** @description Working days from the pickup to the delivery. */
            transitDays: number;
            warehouseId: string;
            /** @description 1 is Monday, 7 Sunday. */
            weekdays: number[];
        };
        PickupCalendarDetails: {
            /**
             * @description What is packed by then goes with that day’s pickup.
             * @example 15:30
             */
            cutOff: string;
            /**
             * @description Days unlike the others, holidays too: another cut-off, or null for no pickup.
             * @default []
             */
            exceptions: {
                cutOff: string | null;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                on: string;
            }[];
            /**
             * @description On its public holidays nobody comes.
             * @default null
             */
            holidayCountry: string | null;
            /** @default null */
            holidayRegion: string | null;
            /** @example Europe/Berlin */
            timeZone: string;
            /** @description Working days from the pickup to the delivery. */
            transitDays: number;
            /** @description 1 is Monday, 7 Sunday. */
            weekdays: number[];
        };
        PlacedOrder: {
            channel: string;
            /** @example EUR */
            currency: string;
            customerId: string;
            externalReference: string | null;
            grossMinor: number;
            id: string;
            lines: {
                description: string;
                lineNumber: number;
                netMinor: number;
                priceListId: string | null;
                quantity: number;
                sku: string;
                unitPriceMinor: number;
            }[];
            netMinor: number;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            placedAt: string;
            /**
             * @description `received`, or with `Prefer: wait` where the order stands by then.
             * @enum {string}
             */
            status: "received" | "credit-review" | "over-limit" | "waiting-for-payment" | "awaiting-prepayment" | "awaiting-card" | "approved" | "back-ordered" | "awaiting-choice" | "in-fulfilment" | "shipped" | "invoiced" | "closed" | "declined" | "cancelled";
            taxMinor: number;
        };
        PricedOrder: {
            grossMinor: number;
            lines: {
                description: string;
                lineNumber: number;
                minimumQuantity: number | null;
                netMinor: number;
                priceListId: string | null;
                quantity: number;
                sku: string;
                unitPriceMinor: number;
            }[];
            netMinor: number;
            taxMinor: number;
        };
        PriceLine: {
            /** @example EUR */
            currency?: string;
            minimumQuantity?: number;
            priceListId?: string;
            sku: string;
            /** @description Null takes the price off its price list. */
            unitPriceMinor: number | null;
        };
        PriceList: {
            /** @example EUR */
            currency: string;
            customerId: string | null;
            id: string;
            name: string;
            segment: string | null;
            /**
             * Format: date
             * @example 2026-03-31
             */
            validFrom: string | null;
            /**
             * Format: date
             * @example 2026-03-31
             */
            validUntil: string | null;
            version: number;
        };
        PriceListDetails: {
            /** @example EUR */
            currency: string;
            /** @description For this customer alone. Without customer and segment: for everyone. */
            customerId?: string;
            name: string;
            /** @default [] */
            prices: {
                /**
                 * @description The price is for lines of at least so many units.
                 * @default 1
                 */
                minimumQuantity: number;
                sku: string;
                /** @description Null takes the price off the list. */
                unitPriceMinor: number | null;
            }[];
            /** @description For the customers of this segment. */
            segment?: string;
            /**
             * Format: date
             * @description The first day, in the company’s time zone.
             * @example 2026-03-31
             */
            validFrom?: string;
            /**
             * Format: date
             * @description The last day.
             * @example 2026-03-31
             */
            validUntil?: string;
        };
        Problem: {
            detail: string;
            errors?: {
                code: string;
                detail: string;
                /** @description A JSON pointer. */
                path: string;
            }[];
            instance: string;
            status: number;
            title: string;
            /** @example /problems/invalid-request */
            type: string;
        } & {
            [key: string]: unknown;
        };
        ProcessMap: {
            before: {
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                from: string;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                to: string;
            };
            /**
             * @description The longest mean time of an order in our own hands: work and queue.
             * @enum {string|null}
             */
            bottleneck: "order" | "credit" | "fulfilment" | "invoicing" | "receivables" | "collections" | "done" | null;
            /**
             * @description Of the period before.
             * @enum {string|null}
             */
            bottleneckBefore: "order" | "credit" | "fulfilment" | "invoicing" | "receivables" | "collections" | "done" | null;
            /**
             * Format: date
             * @example 2026-03-31
             */
            from: string;
            stages: components["schemas"]["StageOnMap"][];
            /**
             * Format: date
             * @example 2026-03-31
             */
            to: string;
        };
        Product: {
            /**
             * @description Business days that it takes to make.
             * @default 0
             */
            leadDays: number;
            /**
             * @description Made when it is ordered: stock does not limit what is sold.
             * @default false
             */
            makeToOrder: boolean;
            name: string;
            prices: {
                /** @example EUR */
                currency: string;
                /** @description Minor units of the currency beside it: cents, yen, fils. */
                unitPriceMinor: number;
            }[];
            sku: string;
            taxCategory: string;
            /** @example 0.20 */
            taxRate: string;
            version: number;
            /** @default 0 */
            weightGrams: number;
        };
        ProductDetails: {
            /**
             * @description Business days that it takes to make.
             * @default 0
             */
            leadDays: number;
            /**
             * @description Made when it is ordered: stock does not limit what is sold.
             * @default false
             */
            makeToOrder: boolean;
            name: string;
            prices: {
                /** @example EUR */
                currency: string;
                /** @description Minor units of the currency beside it: cents, yen, fils. */
                unitPriceMinor: number;
            }[];
            /**
             * @description UNCL 5305.
             * @default S
             * @enum {string}
             */
            taxCategory: "S" | "Z" | "E" | "AE" | "K" | "G" | "O";
            /** @example 0.20 */
            taxRate: string;
            /** @default 0 */
            weightGrams: number;
        };
        ProductionCancel: {
            reason: string;
        };
        ProductionFinish: {
            /** @description Minor units of the currency beside it: cents, yen, fils. */
            unitCostMinor: number;
            warehouseId: string;
        };
        ProductionRequest: {
            /** @description What the asker can do to it as it stands. */
            actions: ("start" | "slip" | "finish" | "cancel")[];
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            changedAt: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            dueOn: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            firstDueOn: string;
            id: string;
            lineNumber: number;
            missesRequestedDate: boolean;
            orderId: string;
            quantity: number;
            /**
             * Format: date
             * @example 2026-03-31
             */
            requestedOn: string | null;
            sku: string;
            /** @enum {string} */
            status: "requested" | "started" | "finished" | "cancelled";
            warehouseId: string | null;
        };
        ProductionSlip: {
            /**
             * Format: date
             * @example 2026-03-31
             */
            dueOn: string;
            reason: string;
        };
        ProductLine: {
            name?: string;
            sku: string;
            /**
             * @description UNCL 5305.
             * @enum {string}
             */
            taxCategory?: "S" | "Z" | "E" | "AE" | "K" | "G" | "O";
            /** @example 0.20 */
            taxRate?: string;
            weightGrams?: number;
        };
        PromiseToPay: {
            /** @description What the asker can do with it as it stands. */
            actions: "cancel"[];
            actor: string;
            amountMinor: number;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            /** @example EUR */
            currency: string;
            customerId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            endedAt: string | null;
            endedBy: string | null;
            id: string;
            invoiceIds: string[];
            note: string | null;
            policyVersion: number;
            /**
             * Format: date
             * @example 2026-03-31
             */
            promisedOn: string;
            /**
             * Format: date
             * @description With the days of grace: the last value date that keeps it.
             * @example 2026-03-31
             */
            receiptsUntil: string;
            /** @enum {string} */
            status: "open" | "kept" | "broken" | "cancelled";
            statusReason: string | null;
        };
        ProposedCorrection: {
            correctionId: string;
            creditedMinor: number;
            revisedMinor: number | null;
            /** @enum {string} */
            status: "proposed";
            /** @description A second, different person approves it. */
            taskId: string;
        };
        Quote: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            acceptedAt: string | null;
            acceptedBy: string | null;
            /** @example EUR */
            currency: string;
            customerId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            declinedAt: string | null;
            declinedBy: string | null;
            draftId: string;
            grossMinor: number;
            id: string;
            lines: {
                description: string;
                lineNumber: number;
                minimumQuantity: number | null;
                netMinor: number;
                priceListId: string | null;
                quantity: number;
                sku: string;
                unitPriceMinor: number;
            }[];
            netMinor: number;
            /** @description The order that it became. */
            orderId: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            sentAt: string;
            sentBy: string;
            /** @enum {string} */
            status: "sent" | "accepted" | "declined" | "expired";
            statusReason: string | null;
            taxMinor: number;
            /**
             * Format: date
             * @description The last day on which it may be accepted, in the company’s time zone.
             * @example 2026-03-31
             */
            validUntil: string;
        };
        RaisedDispute: {
            disputedMinor: number;
            disputeId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            dueAt: string;
            onHold: boolean;
            /** @enum {string} */
            status: "open";
            taskId: string;
        };
        ReadOrderDocument: {
            /** @description What can be done with it as it stands. */
            actions: ("enter" | "discard")[];
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            channel: string;
            customerId: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            decidedAt: string | null;
            decidedBy: string | null;
            decisionReason: string | null;
            faults: {
                code: string;
                detail: string;
                field: string;
                line: number | null;
            }[];
            id: string;
            /** @description What could be read of it, for who enters it; nothing of it has been held against prices or stock. */
            order: {
                externalReference: string | null;
                lines: {
                    line: number;
                    quantity: number;
                    sku: string;
                }[];
                requestedOn: string | null;
            };
            orderId: string | null;
            readFrom: string;
            sender: string | null;
            /** @description The text that it was read from, its first 100,000 characters; faults name its lines. Of an 850 a segment a line. */
            source: string;
            /**
             * @description Entered: a person made an order of it. Discarded: a person found that it is none.
             * @enum {string}
             */
            status: "ordered" | "parked" | "entered" | "discarded";
            subject: string;
        };
        ReceivedPayment: {
            applications: {
                amountMinor: number;
                /** @description Early-payment discount that the payment has earned. */
                discountMinor?: number;
                invoiceId: string;
                openMinor: number;
            }[];
            /** @description What is kept for orders that are paid in advance. */
            deposits: {
                amountMinor: number;
                openMinor: number;
                orderId: string;
                proFormaNumber: string;
            }[];
            interestNotes: string[];
            onHold: boolean;
            paymentId: string;
            unappliedMinor: number;
        };
        Refund: {
            amountMinor: number;
            /** @description One of the two: whose money it is. */
            creditNoteId: string | null;
            /** @example EUR */
            currency: string;
            customerId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            decidedAt: string | null;
            decidedBy: string | null;
            decisionReason: string | null;
            /** @description Of one to a card that failed, in the gateway’s words. */
            failureCode: string | null;
            /** @description Null: back to the card that the money came from. */
            iban: string | null;
            id: string;
            paymentId: string | null;
            reason: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            requestedAt: string;
            requestedBy: string;
            /**
             * @description Failed: it could not go back to its card, and waits unapplied again.
             * @enum {string}
             */
            status: "requested" | "approved" | "refused" | "failed";
        };
        RefundToDecide: {
            /** @description What the asker may decide about it. */
            actions: ("approve" | "refuse")[];
            amountMinor: number;
            /** @description One of the two: whose money it is. */
            creditNoteId: string | null;
            /** @example EUR */
            currency: string;
            customerId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            decidedAt: string | null;
            decidedBy: string | null;
            decisionReason: string | null;
            /** @description Of one to a card that failed, in the gateway’s words. */
            failureCode: string | null;
            /** @description Null: back to the card that the money came from. */
            iban: string | null;
            id: string;
            paymentId: string | null;
            reason: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            requestedAt: string;
            requestedBy: string;
            /**
             * @description Failed: it could not go back to its card, and waits unapplied again.
             * @enum {string}
             */
            status: "requested" | "approved" | "refused" | "failed";
        };
        RefusedRefund: {
            reason: string;
        };
        ReissueRequest: {
            /** @description What changes; lines that are not named stay as they are charged. */
            lines?: components["schemas"]["LineRevision"][];
            note?: string;
            /**
             * @description price-error: a price that was not agreed; quantity-error: another quantity than was delivered; not-delivered: goods that never arrived; damaged: goods that arrived damaged, and stay with the customer; wrong-item: goods that were not ordered; tax-error: a wrong tax category or rate; address-error: a wrong name, address or tax id; terms-error: other terms of payment than were agreed; interest-error: interest for days on which nothing was owed; duplicate: goods that were billed twice; goodwill: nothing was wrong; the customer is obliged
             * @enum {string}
             */
            reason: "price-error" | "quantity-error" | "not-delivered" | "damaged" | "wrong-item" | "tax-error" | "address-error" | "terms-error" | "interest-error" | "duplicate" | "goodwill";
        };
        RemittanceAdvice: {
            /** @description Minor units of the currency beside it: cents, yen, fils. */
            amountMinor: number;
            /** @example EUR */
            currency: string;
            /** @default [] */
            invoiceIds: string[];
            note?: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            paidOn: string;
            /** @description The payer’s own, as the bank will show it. */
            reference?: string;
        };
        ReopenedBankLine: {
            reason: string;
        };
        ReorderPoint: {
            available: number;
            low: boolean;
            /** @description Null: it is not watched any more. */
            point: number | null;
            quantity: number;
            sku: string;
            warehouseId: string;
        };
        ReorderPointDetails: {
            /** @description Null: it is not watched any more. */
            point: number | null;
            quantity: number;
        };
        ReportedDocument: {
            customerId: string | null;
            id: string;
            invoiceId: string | null;
            /** @enum {string} */
            kind: "invoice" | "journal-entry" | "order" | "payment";
            /** @description Whether it counts above the line of a share. */
            met: boolean;
            /**
             * Format: date
             * @description The day by which it is counted; of what is open, the day on which it is due.
             * @example 2026-03-31
             */
            on: string;
            orderId: string | null;
            /** @description Minor units, days, hours, or for a share nothing. */
            value: number;
        };
        ReportedGatewayEvent: {
            /** @description Seconds since 1970. */
            created: number;
            data: {
                object: {
                    id: string;
                } & {
                    [key: string]: unknown;
                };
            } & {
                [key: string]: unknown;
            };
            id: string;
            type: string;
        } & {
            [key: string]: unknown;
        };
        ResolvedDispute: {
            correction: components["schemas"]["IssuedCorrection"] | components["schemas"]["ProposedCorrection"] | null;
            disputeId: string;
            onHold: boolean;
            /**
             * @description `open` while its correction waits for a second person.
             * @enum {string}
             */
            status: "open" | "upheld" | "partly-upheld" | "rejected" | "withdrawn";
        };
        Return: {
            /** @description What the asker can do to it as it stands. */
            actions: ("approve" | "refuse" | "cancel" | "receive" | "inspect")[];
            /**
             * @description Whether the customer asked for it, or what happened on the way.
             * @enum {string}
             */
            cause: "customer" | "returned-to-sender" | "lost" | "damaged";
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            changedAt: string;
            creditNoteId: string | null;
            customerId: string;
            id: string;
            invoiceId: string;
            lines: {
                /** @description As on the invoice, by which it is credited. */
                lineNumber: number;
                /** @description Units that are credited though they never come back. */
                lostQuantity: number;
                quantity: number;
                /** @enum {string} */
                reason: "damaged" | "defective" | "wrong-item" | "not-as-described" | "arrived-late" | "ordered-by-mistake" | "not-needed" | "returned-to-sender" | "lost";
                receivedQuantity: number | null;
                restockedQuantity: number | null;
                scrappedQuantity: number | null;
                sku: string;
            }[];
            note: string | null;
            orderId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            requestedAt: string;
            requestedBy: string;
            shipmentId: string;
            /** @enum {string} */
            status: "requested" | "approved" | "refused" | "received" | "credited" | "cancelled";
            statusReason: string | null;
            /** @description Where the goods go: the warehouse that had shipped them. */
            warehouseId: string;
        };
        ReturnCount: {
            lines: {
                /** @description As in the return. */
                lineNumber: number;
                quantity: number;
            }[];
        };
        ReturnInspection: {
            lines: {
                /** @description As in the return. */
                lineNumber: number;
                restockedQuantity: number;
                scrappedQuantity: number;
            }[];
        };
        Revaluation: {
            currencies: {
                /** @example EUR */
                currency: string;
                entryId: number;
                /** @description In the company’s currency, as is the loss. */
                gainMinor: number;
                lossMinor: number;
                rate: string;
                reversalEntryId: number;
            }[];
            month: string;
        };
        ReversedPayment: {
            amountMinor: number;
            /** @description What was held for orders that are paid in advance: they wait for it again. */
            deposits: {
                amountMinor: number;
                orderId: string;
            }[];
            feeMinor: number;
            items: {
                amountMinor: number;
                /** @description Early-payment discount that is owed again. */
                discountMinor: number;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                dueOn: string;
                /** @description What it had recovered of a write-off: written off again instead of open. */
                givenUpMinor: number;
                invoiceId: string;
                openMinor: number;
                /** @description Small difference that is owed again. */
                writeOffMinor: number;
            }[];
            /**
             * @description Chargeback: the bank of a card has taken it back, at its holder’s word.
             * @enum {string}
             */
            kind: "bounce" | "undo" | "chargeback";
            /** @description Which of the payment’s reversals this is, from 1. */
            number: number;
            onHold: boolean;
            /** @description What had been refunded of it is owed, as an item of its own. */
            owedAgain: {
                amountMinor: number;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                dueOn: string;
                invoiceId: string;
            } | null;
            paymentId: string;
            unappliedMinor: number;
        };
        ReviewAccount: {
            buckets: {
                "1-30": number;
                "31-60": number;
                "61-90": number;
                "91+": number;
                current: number;
            };
            /** @example EUR */
            currency: string;
            customerId: string;
            name: string;
            nextStep: {
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                at: string;
                by: string;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                on: string;
                owner: string;
                text: string;
            } | null;
            /** @description Since the review before; null: it was not in it. */
            overdueChangeMinor: number | null;
            overdueMinor: number;
            provisionChangeMinor: number | null;
            provisionMinor: number;
            specificMinor: number;
        };
        ReviewNextStep: {
            /**
             * Format: date
             * @example 2026-03-31
             */
            on: string;
            owner: string;
            text: string;
        };
        /** @description On invoices newer than those that the fit has learnt from. */
        RiskQuality: {
            auc: number | null;
            brier: number;
            calibration: {
                examples: number;
                from: number;
                observed: number;
                predicted: number;
                to: number;
            }[];
            examples: number;
            ks: number | null;
        };
        RiskScore: {
            /**
             * @description By points while no fitted model has been adopted.
             * @enum {string}
             */
            by: "model" | "points";
            /** @description The heaviest first: log-odds of the model, or hundredths of chance around 25 by points. */
            contributions: {
                contribution: number;
                /** @enum {string} */
                factor: "onTimeShare" | "averageDaysLate" | "trendDays" | "overdueNow" | "brokenPromises" | "unfoundedDisputes";
                words: string;
            }[];
            features: {
                averageDaysLate: number;
                /** @description Within a year; absent in scores from before they counted. */
                brokenPromises?: number;
                invoices: number;
                onTimeShare: number;
                overdueNow: number;
                /** @description The newer half less the older half: above 0 it gets worse. */
                trendDays: number;
                /** @description Rejected or withdrawn within a year. */
                unfoundedDisputes?: number;
            };
            /** @description That the next invoice is paid after its due date. */
            lateChance: number;
            words: string;
        };
        RunInvoice: {
            /** @description Where its goods went. */
            country: string;
            /** @example EUR */
            currency: string;
            customerId: string;
            /**
             * @description Incoterms 2020. Under DAP, DPU and DDP the invoice follows the delivery, under all others the goods issue.
             * @enum {string|null}
             */
            deliveryTerms: "EXW" | "FCA" | "FAS" | "FOB" | "CFR" | "CIF" | "CPT" | "CIP" | "DAP" | "DPU" | "DDP" | null;
            /**
             * Format: date
             * @example 2026-03-31
             */
            from: string;
            grossMinor: number;
            /** @description Null in a dry run. */
            invoiceId: string | null;
            netMinor: number;
            orderIds: string[];
            shipmentIds: string[];
            taxMinor: number;
            terms: components["schemas"]["PaymentTerms"];
            /**
             * Format: date
             * @example 2026-03-31
             */
            to: string;
        };
        SearchResult: {
            amountMinor: number | null;
            /** @example EUR */
            currency: string | null;
            detail: string;
            id: string;
            /** @enum {string} */
            kind: "order" | "invoice" | "customer" | "payment" | "product" | "shipment";
            orderId: string | null;
            title: string;
        };
        ShipmentResolution: {
            /** @enum {string} */
            decision: "take-back" | "credit" | "send-again";
            /** @description Absent: every unit that was not returned or credited already. */
            lines?: {
                /** @description As on the shipment. */
                lineNumber: number;
                quantity: number;
            }[];
            reason: string;
            /** @description With send-again: what is back on the shelf. Absent: all units are lost. */
            restocked?: {
                /** @description As on the shipment. */
                lineNumber: number;
                quantity: number;
            }[];
        };
        ShipmentStanding: {
            actions: ("pick" | "pack" | "ask-carrier-again" | "note-delivery" | "credit" | "take-back" | "send-again" | "claim")[];
        };
        ShipmentSummary: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            cancelledAt: string | null;
            carrier: string | null;
            /** @description The carrier refused it for good: it waits until a person has it asked again. */
            carrierRefusal: {
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                at: string;
                code: string;
                reason: string;
            } | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            deliveredAt: string | null;
            id: string;
            orderId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            packedAt: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            pickedAt: string | null;
            /** @description The pickup it is planned for; null where no carrier has a calendar. */
            pickup: {
                carrier: string;
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                cutOffAt: string;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                expectedDeliveryOn: string;
                missedPickups: number;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                on: string;
            } | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            releasedAt: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            shippedAt: string | null;
            /** @enum {string} */
            status: "picking" | "packing" | "packed" | "shipped" | "delivered" | "undelivered" | "cancelled";
            /** @description Where the carrier’s events say that it is; null before the first. */
            tracking: {
                damaged: boolean;
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                since: string;
                /** @enum {string} */
                status: "picked-up" | "in-transit" | "out-for-delivery" | "exception" | "damaged" | "lost" | "returned" | "delivered";
            } | null;
            trackingNumber: string | null;
            warehouseId: string;
        };
        ShippingPlan: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            /** @description The shipments that will come later than promised. */
            missingPromise: string[];
            pickups: {
                /** @description Null: no carrier has a calendar for this warehouse. */
                carrier: string | null;
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                cutOffAt: string | null;
                cutOffMissed: boolean;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                pickupOn: string | null;
                shipments: {
                    customerId: string;
                    /**
                     * Format: date
                     * @example 2026-03-31
                     */
                    expectedDeliveryOn: string | null;
                    id: string;
                    missedPickups: number;
                    missesPromise: boolean;
                    orderId: string;
                    /**
                     * Format: date
                     * @example 2026-03-31
                     */
                    promisedOn: string | null;
                    /** @enum {string} */
                    status: "picking" | "packing" | "packed" | "shipped" | "delivered" | "undelivered" | "cancelled";
                }[];
                warehouseId: string;
            }[];
            /** @description True when there is more than one answer holds; ask by warehouse. */
            truncated: boolean;
        };
        ShortageChoice: {
            /** @enum {string} */
            choice: "wait" | "ship-part" | "cancel";
        };
        SpecificProvision: {
            actor: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            customerId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            endedAt: string | null;
            endedBy: string | null;
            id: string;
            invoiceId: string | null;
            rate: string;
            reason: string;
        };
        StageEffect: {
            before: {
                correlation: number | null;
                differenceHours: number | null;
                orders: number;
            };
            /** @description Of the time here with the time in all later stages. */
            correlation: number | null;
            /** @description Above 0: who is slow here is slow later too. */
            differenceHours: number | null;
            laterMedianHoursOfQuick: number | null;
            /** @description In later stages, of orders above the median of this one. */
            laterMedianHoursOfSlow: number | null;
            orders: number;
            /** @enum {string} */
            stage: "order" | "credit" | "fulfilment" | "invoicing" | "receivables" | "collections" | "done";
        };
        StageOnMap: {
            /** @description Of the period before, and at its end. */
            before: {
                /** @description They waited for the customer. */
                customerHours: number;
                medianHours: number | null;
                /** @description That left it in the period, with how long they had been there. */
                orders: number;
                p90Hours: number | null;
                /** @description They waited for us. */
                queueHours: number;
                /** @description Of the slowest 5 %. */
                slowestFromHours: number | null;
                standing: {
                    amountMinor: number;
                    /** @example EUR */
                    currency: string;
                    orders: number;
                }[];
                /** @description Of all these orders together: somebody worked on them. */
                workHours: number;
            };
            /** @description They waited for the customer. */
            customerHours: number;
            medianHours: number | null;
            /** @description That left it in the period, with how long they had been there. */
            orders: number;
            p90Hours: number | null;
            /** @description They waited for us. */
            queueHours: number;
            /** @description The slowest 5 %, at most 20; all of them: GET /v1/process-map/{stage}/orders. */
            slowest: {
                hours: number;
                orderId: string;
            }[];
            /** @description Of the slowest 5 %. */
            slowestFromHours: number | null;
            /** @enum {string} */
            stage: "order" | "credit" | "fulfilment" | "invoicing" | "receivables" | "collections" | "done";
            /** @description What stands there now, or stood there at the end of a period that is over, with tax. */
            standing: {
                amountMinor: number;
                /** @example EUR */
                currency: string;
                orders: number;
            }[];
            /** @description Of all these orders together: somebody worked on them. */
            workHours: number;
        };
        StockAdjustment: {
            note?: string;
            quantity: number;
            /** @enum {string} */
            reason: "damage" | "loss" | "found";
            reference: string;
            sku: string;
            /** @description What a unit cost, for goods found on an empty shelf. */
            unitCostMinor?: number;
            warehouseId: string;
        };
        StockCount: {
            note?: string;
            quantity: number;
            reference: string;
            sku: string;
            /** @description What a unit cost, for goods found on an empty shelf. */
            unitCostMinor?: number;
            warehouseId: string;
        };
        StockLevel: {
            available: number;
            onHand: number;
            reserved: number;
            sku: string;
            /** @description What the units on hand cost; for staff only. */
            valueMinor?: number;
            warehouseId: string;
        };
        StockLine: {
            /** @enum {string} */
            kind: "opening" | "received" | "counted";
            quantity: number;
            /** @description The delivery note or count sheet; once per product and warehouse. */
            reference: string;
            sku: string;
            /** @description Minor units of the currency beside it: cents, yen, fils. */
            unitCostMinor?: number;
            warehouseId: string;
        };
        TakenDocument: {
            documentId: string;
            faults: {
                code: string;
                detail: string;
                field: string;
                line: number | null;
            }[];
            isNew: boolean;
            orderId: string | null;
            /**
             * @description What became of it as it came.
             * @enum {string}
             */
            status: "ordered" | "parked";
        };
        TakenInterchange: {
            /** @description The 997s that answer it, by their ids. */
            acknowledgements: string[];
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            /** @description ISA13. */
            controlNumber: string;
            customerId: string | null;
            /** @description Of the envelope: line is the segment, field its element. */
            faults: {
                code: string;
                detail: string;
                field: string;
                line: number | null;
            }[];
            id: string;
            isNew: boolean;
            orders: {
                documentId: string;
                faults: {
                    code: string;
                    detail: string;
                    field: string;
                    line: number | null;
                }[];
                orderId: string | null;
                /** @enum {string} */
                status: "ordered" | "parked" | "entered" | "discarded";
            }[];
            /** @description Qualifier and id: ZZ:ACME. */
            sender: string;
            /**
             * @description Parked: nothing was made of it, and sales have a task.
             * @enum {string}
             */
            status: "taken" | "parked";
        };
        Task: {
            /** @description What the asker can do with it as it stands. A task that its own decision finishes has no `complete`. */
            actions: ("claim" | "take-over" | "release" | "ask-customer" | "complete" | "decide-credit")[];
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            completedAt: string | null;
            completedBy: string | null;
            customerId: string | null;
            details?: unknown;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            dueAt: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            escalatedAt: string | null;
            id: string;
            invoiceId: string | null;
            /** @enum {string} */
            kind: "credit-review" | "over-limit" | "credit-renewal" | "credit-application" | "invoice-review" | "overdue-contact" | "shortage" | "collections" | "parked-message" | "order-document" | "edi-document" | "carrier-refused" | "shipment-exception" | "carrier-performance" | "job-failed" | "reorder" | "correction-approval" | "dispute" | "broken-promise" | "unbilled-shipment" | "integrity" | "hold-override" | "write-off" | "overdue-review" | "undocumented-payment" | "bounced-cheque" | "card-not-taken" | "statement-not-sent" | "card-dispute" | "card-refund" | "card-hold" | "gateway-event" | "invoice-run-failed" | "webhook-endpoint-disabled" | "interest-overcharged" | "policy-approval";
            orderId: string | null;
            outcome?: unknown;
            owner: string | null;
            role: string;
            /** @enum {string} */
            status: "open" | "claimed" | "completed" | "cancelled";
            title: string;
        };
        /** @description `decision`, `limitMinor`, `expiresAt` and `reason` decide credit; `note` and `result` tell of anything else. */
        TaskOutcome: {
            /**
             * @description approve: with a new limit; release: this order alone; prepay: paid in advance; deny: ends the order.
             * @enum {string}
             */
            decision?: "approve" | "deny" | "release" | "prepay";
            /**
             * Format: date-time
             * @description With `release`: until when it counts; else five business days.
             * @example 2026-03-31T22:00:00.000Z
             */
            expiresAt?: string;
            /** @description The new limit; with `release`, the most beyond the limit. */
            limitMinor?: number;
            note?: string;
            reason?: string;
            result?: string;
        };
        TemporalPayloads: {
            payloads: ({
                data?: string;
                metadata?: {
                    [key: string]: string;
                };
            } & {
                [key: string]: unknown;
            })[];
        };
        TimelineEntry: {
            action: string;
            actor: string;
            /** @description False when the message came past the API: from the Temporal UI or CLI. */
            actorVerified: boolean;
            after?: unknown;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            before?: unknown;
            customerId: string | null;
            invoiceId: string | null;
            orderId: string | null;
            policyVersion: string | null;
            reason: string | null;
            sequence: number;
            shipmentId: string | null;
            summary: string;
        };
        TimeOfPerson: {
            actor: string;
            before: {
                done: number;
                medianHours: number | null;
            };
            done: number;
            /** @description From when it was claimed; null: none of it was. */
            inHandMedianHours: number | null;
            /** @description From when it was there to do until it was done. */
            medianHours: number;
            p90Hours: number;
            /**
             * @description Of the orders that it is done in; null: it looks after none.
             * @enum {string|null}
             */
            stage: "order" | "credit" | "fulfilment" | "invoicing" | "receivables" | "collections" | "done" | null;
            /** @enum {string} */
            work: "credit-review" | "over-limit" | "credit-renewal" | "credit-application" | "invoice-review" | "overdue-contact" | "shortage" | "collections" | "parked-message" | "order-document" | "edi-document" | "carrier-refused" | "shipment-exception" | "carrier-performance" | "job-failed" | "reorder" | "correction-approval" | "dispute" | "broken-promise" | "unbilled-shipment" | "integrity" | "hold-override" | "write-off" | "overdue-review" | "undocumented-payment" | "bounced-cheque" | "card-not-taken" | "statement-not-sent" | "card-dispute" | "card-refund" | "card-hold" | "gateway-event" | "invoice-run-failed" | "webhook-endpoint-disabled" | "interest-overcharged" | "policy-approval" | "pick" | "pack" | "pick-and-pack";
        };
        TimeOfProduct: {
            before: {
                medianHours: number | null;
                orders: number;
            };
            customerHours: number;
            medianHours: number;
            name: string;
            /** @description That contain it and left the stage in the period; each counts with all of its products. */
            orders: number;
            p90Hours: number;
            queueHours: number;
            sku: string;
            workHours: number;
        };
        TrackingEvent: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            carrier: string;
            eventId: string;
            /** @enum {string} */
            kind: "picked-up" | "in-transit" | "out-for-delivery" | "exception" | "damaged" | "lost" | "returned" | "delivered";
            note: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            occurredAt: string;
            place: string | null;
            sequence: number;
            /** @description Null: the number is not ours, or not yet. */
            shipmentId: string | null;
            trackingNumber: string;
        };
        TrackingEvents: {
            events: {
                /** @description The carrier’s own: an event that comes again is taken once. */
                eventId: string;
                /** @enum {string} */
                kind: "picked-up" | "in-transit" | "out-for-delivery" | "exception" | "damaged" | "lost" | "returned" | "delivered";
                note?: string;
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                occurredAt: string;
                place?: string;
                trackingNumber: string;
            }[];
        };
        TradeReference: {
            /** @description What the customer buys there in a year, in the application’s currency. */
            annualVolumeMinor: number;
            /** @description After the due date; below 0 is early. */
            averageDaysLate: number;
            company: string;
            contact: {
                /** Format: email */
                email?: string;
                name: string;
                phone?: string;
            };
            yearsKnown: number;
        };
        TradingPartner: {
            /**
             * @description How long its 997s may take before a person is told.
             * @default 24
             */
            acknowledgeWithinHours: number;
            customerId: string;
            /** @description What it wants of us beside 997s, which it always gets. */
            documents: ("810" | "855" | "856")[];
            /** @description And in GS02. */
            groupId: string;
            /** @description What the partner calls itself in ISA06. */
            interchangeId: string;
            /**
             * @description ISA15 is T and not P, both ways.
             * @default false
             */
            isTest: boolean;
            lastControlNumber: number;
            /** Format: email */
            mailTo: string | null;
            /** @description And in GS03. */
            ownGroupId: string;
            /** @description What it calls us in ISA08. */
            ownInterchangeId: string;
            /**
             * @description ISA05 or ISA07: 01 is a D-U-N-S number, 12 a phone number, ZZ mutually defined.
             * @example ZZ
             */
            ownQualifier: string;
            /**
             * @description ISA05 or ISA07: 01 is a D-U-N-S number, 12 a phone number, ZZ mutually defined.
             * @example ZZ
             */
            qualifier: string;
            /**
             * @description Of what we send; both are read.
             * @default 004010
             * @enum {string}
             */
            version: "004010" | "005010";
        };
        TradingPartnerDetails: {
            /**
             * @description How long its 997s may take before a person is told.
             * @default 24
             */
            acknowledgeWithinHours: number;
            /** @description What it wants of us beside 997s, which it always gets. */
            documents: ("810" | "855" | "856")[];
            /** @description And in GS02. */
            groupId: string;
            /** @description What the partner calls itself in ISA06. */
            interchangeId: string;
            /**
             * @description ISA15 is T and not P, both ways.
             * @default false
             */
            isTest: boolean;
            /**
             * Format: email
             * @description Where to; absent: its documents wait until it picks them up.
             */
            mailTo?: string;
            /** @description And in GS03. */
            ownGroupId: string;
            /** @description What it calls us in ISA08. */
            ownInterchangeId: string;
            /**
             * @description ISA05 or ISA07: 01 is a D-U-N-S number, 12 a phone number, ZZ mutually defined.
             * @example ZZ
             */
            ownQualifier: string;
            /**
             * @description ISA05 or ISA07: 01 is a D-U-N-S number, 12 a phone number, ZZ mutually defined.
             * @example ZZ
             */
            qualifier: string;
            /**
             * @description Of what we send; both are read.
             * @default 004010
             * @enum {string}
             */
            version: "004010" | "005010";
        };
        TrialBalance: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            asKnownAt: string | null;
            /**
             * Format: date
             * @example 2026-03-31
             */
            asOf: string;
            /** @description What is booked of the documents in each currency, in that currency. */
            currencies: {
                accounts: {
                    account: string;
                    creditMinor: number;
                    debitMinor: number;
                }[];
                creditMinor: number;
                /** @example EUR */
                currency: string;
                debitMinor: number;
            }[];
            /** @description All that is booked, in the company’s currency. */
            functional: {
                accounts: {
                    account: string;
                    creditMinor: number;
                    debitMinor: number;
                }[];
                creditMinor: number;
                /** @example EUR */
                currency: string;
                debitMinor: number;
            };
        };
        UndoneBankLine: {
            reason: string;
        };
        Verdict: {
            /** @description What it does, in words: what is paid, which letter goes when. */
            effects: string[];
            outcome: string;
            points: {
                factor: string;
                points: number;
                reason: string;
                value: string;
            }[];
            reasons: string[];
            /** @description 0 to 100, where points are counted. */
            score: number | null;
            /** @description The limit granted, the money posted, what is provided, or the fees; null: nothing. */
            valueMinor: number | null;
        };
        WaitingMessage: {
            attempts: number;
            id: string;
            key: string;
            /** @enum {string} */
            kind: "start-order" | "start-receivable" | "start-bank-statement" | "signal" | "notice" | "edi" | "card-payment" | "card-work";
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            nextAttemptAt: string | null;
            problem: string | null;
            /**
             * Format: date-time
             * @description By the clock on the wall, as is the next attempt.
             * @example 2026-03-31T22:00:00.000Z
             */
            recordedAt: string;
            /**
             * @description failing: tried in vain, and tried again; held-back: its kind is; parked: Temporal will never take it as it is.
             * @enum {string}
             */
            state: "waiting" | "failing" | "held-back" | "parked";
            subject: string;
        };
        Warehouse: {
            address: components["schemas"]["Address"];
            id: string;
            name: string;
        };
        WebhookDelivery: {
            /**
             * Format: date-time
             * @description When it happened, by the company’s clock. Attempts are by the clock on the wall.
             * @example 2026-03-31T22:00:00.000Z
             */
            at: string;
            attemptCount: number;
            /** @description The last ones. A number that is missing was under way when its process died. */
            attempts: {
                /** @description How the answer began. */
                answer: string | null;
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                at: string;
                durationMs: number;
                number: number;
                problem: string | null;
                statusCode: number | null;
            }[];
            customerId: string | null;
            data?: unknown;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            deliveredAt: string | null;
            endpointId: string;
            /** @description The webhook-id. */
            eventId: string;
            id: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            nextAttemptAt: string | null;
            recordId: string;
            sequence: number;
            /** @enum {string} */
            status: "pending" | "delivered" | "given-up";
            type: string;
        };
        WebhookEndpoint: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            createdAt: string;
            customerId: string | null;
            description: string | null;
            eventTypes: string[];
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            failingSince: string | null;
            id: string;
            /**
             * Format: date-time
             * @description Until then the secret before signs too.
             * @example 2026-03-31T22:00:00.000Z
             */
            previousSecretUntil: string | null;
            /** @enum {string} */
            status: "enabled" | "disabled";
            statusReason: string | null;
            url: string;
            /** @description Events that it is still owed. */
            waiting: number;
        };
        WebhookEndpointSettings: {
            /** @description Absent: events of every customer. */
            customerId?: string;
            description?: string;
            /** @default true */
            enabled: boolean;
            eventTypes: ("order.accepted" | "order.declined" | "order.changed" | "order.cancelled" | "order.delayed" | "order.choice-offered" | "order.on-hold" | "shipment.shipped" | "shipment.delivered" | "shipment.sent-again" | "return.approved" | "return.refused" | "invoice.issued" | "invoice.overdue" | "debit-note.issued" | "credit-note.issued" | "payment.received" | "payment.bounced" | "account.on-hold" | "account.released" | "dispute.opened" | "dispute.closed")[];
            /**
             * @description https, and on the public internet; on a local stack anywhere.
             * @example https://erp.example/hooks
             */
            url: string;
        };
        WebhookReplay: {
            /**
             * Format: date-time
             * @description By the company’s clock.
             * @example 2026-03-31T22:00:00.000Z
             */
            from: string;
            /**
             * @description False: what it has answered with 2xx, too.
             * @default true
             */
            onlyGivenUp: boolean;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            until: string;
        };
        WhatIf: {
            /**
             * Format: date
             * @example 2026-03-31
             */
            from: string;
            items: components["schemas"]["DecidedDifferently"][];
            /** @description Send it as `after` for the next page. */
            next: string | null;
            /** @description Of all of the period; with the first page alone. */
            summary: {
                changes: {
                    after: string;
                    afterMinor: number;
                    /** @description What was asked for, received, owed or invoiced. */
                    amountMinor: number;
                    before: string;
                    /** @description What the decisions came to. */
                    beforeMinor: number;
                    /** @example EUR */
                    currency: string;
                    decisions: number;
                    /** @description Of decisions about credit: what was invoiced to the customer until the next one on it, what of that was paid, and what was written off and never paid. */
                    since: {
                        invoicedMinor: number;
                        lostMinor: number;
                        paidMinor: number;
                    } | null;
                }[];
                /** @description How many were decided again. */
                decisions: number;
                differing: number;
                /** @description Decided the same, with another score. */
                rescored: number;
                /** @description Of the period, but what they were taken from was not kept: they are left out. */
                withoutFacts: number;
            } | null;
            /**
             * Format: date
             * @example 2026-03-31
             */
            to: string;
        };
        WorkflowCheck: {
            /** @description Open orders and items: so many workflows must be running. */
            expected: number;
            /** @description At most 500. */
            missing: {
                /** @description How its last run ended; null: Temporal knows of none. */
                ended: string | null;
                workflowId: string;
            }[];
            missingCount: number;
            /** @description Workflows that run for what has ended or is not here. */
            strays: {
                /** @description False: there is no such order or item. */
                isKnown: boolean;
                workflowId: string;
            }[];
        };
        WorkflowRestart: {
            /** @description Missing ones that one request could not take. */
            left: number;
            /** @description Mails and other work that Temporal had taken and not done, given to it again. */
            messages: number;
            /** @description Asked for by the outbox: they begin within a moment. */
            restarted: string[];
        };
        WorkOrder: {
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            cancelledAt: string | null;
            carrier: string | null;
            /** @description The carrier refused it for good: it waits until a person has it asked again. */
            carrierRefusal: {
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                at: string;
                code: string;
                reason: string;
            } | null;
            /** @description Numbered when the shipment is packed, each with its GS1 SSCC-18. */
            cartons: {
                number: number;
                sscc: string;
                weightGrams: number;
            }[];
            customerId: string;
            customerName: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            deliveredAt: string | null;
            id: string;
            lines: {
                description: string;
                lineNumber: number;
                pickedQuantity: number | null;
                quantity: number;
                sku: string;
                weightGrams: number;
            }[];
            orderId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            packedAt: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            pickedAt: string | null;
            /** @description The pickup it is planned for; null where no carrier has a calendar. */
            pickup: {
                carrier: string;
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                cutOffAt: string;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                expectedDeliveryOn: string;
                missedPickups: number;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                on: string;
            } | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            releasedAt: string;
            /**
             * Format: date
             * @example 2026-03-31
             */
            requestedOn: string | null;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            shippedAt: string | null;
            shipTo: components["schemas"]["Address"];
            /** @enum {string} */
            status: "picking" | "packing" | "packed" | "shipped" | "delivered" | "undelivered" | "cancelled";
            /** @description Where the carrier’s events say that it is; null before the first. */
            tracking: {
                damaged: boolean;
                /**
                 * Format: date-time
                 * @example 2026-03-31T22:00:00.000Z
                 */
                since: string;
                /** @enum {string} */
                status: "picked-up" | "in-transit" | "out-for-delivery" | "exception" | "damaged" | "lost" | "returned" | "delivered";
            } | null;
            trackingNumber: string | null;
            warehouseId: string;
        };
        WriteOff: {
            /** @example EUR */
            currency: string;
            customerId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            decidedAt: string | null;
            decidedBy: string | null;
            decisionReason: string | null;
            /** @description Whether the amount needs a second person, by the policy of then. */
            fourEyes: boolean;
            id: string;
            invoiceId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            proposedAt: string;
            proposedBy: string;
            /** @description What is to be given up: all that was open as it was proposed, or a part. */
            proposedMinor: number;
            reason: string;
            /** @description What was paid of it after all, or credited because its goods came back. */
            recoveries: {
                amountMinor: number;
                creditNoteId: string | null;
                paymentId: string | null;
                /** @description Given up again, because the payment was taken back. */
                reversedMinor: number;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                valueOn: string;
            }[];
            /**
             * @description Ended: the invoice was settled before anybody decided.
             * @enum {string}
             */
            status: "proposed" | "approved" | "rejected" | "ended";
            /** @description What was given up: of what was proposed, as much as was open still. */
            writtenOffMinor: number | null;
            /**
             * Format: date
             * @example 2026-03-31
             */
            writtenOffOn: string | null;
        };
        WriteOffToDecide: {
            /** @description What the asker may decide about it. */
            actions: ("approve" | "refuse")[];
            /** @example EUR */
            currency: string;
            customerId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            decidedAt: string | null;
            decidedBy: string | null;
            decisionReason: string | null;
            /** @description Whether the amount needs a second person, by the policy of then. */
            fourEyes: boolean;
            id: string;
            invoiceId: string;
            /**
             * Format: date-time
             * @example 2026-03-31T22:00:00.000Z
             */
            proposedAt: string;
            proposedBy: string;
            /** @description What is to be given up: all that was open as it was proposed, or a part. */
            proposedMinor: number;
            reason: string;
            /** @description What was paid of it after all, or credited because its goods came back. */
            recoveries: {
                amountMinor: number;
                creditNoteId: string | null;
                paymentId: string | null;
                /** @description Given up again, because the payment was taken back. */
                reversedMinor: number;
                /**
                 * Format: date
                 * @example 2026-03-31
                 */
                valueOn: string;
            }[];
            /**
             * @description Ended: the invoice was settled before anybody decided.
             * @enum {string}
             */
            status: "proposed" | "approved" | "rejected" | "ended";
            /** @description What was given up: of what was proposed, as much as was open still. */
            writtenOffMinor: number | null;
            /**
             * Format: date
             * @example 2026-03-31
             */
            writtenOffOn: string | null;
        };
    };
    responses: {
        /** @description A problem */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "on.account.on-hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        customerId: string;
                    };
                    /** @description The webhook-id: the same at every attempt. Whoever has seen it has nothing to do. */
                    id: string;
                    /** @description Where the API has the record as it is now. */
                    link: string;
                    recordId: string;
                    /** @description Events may overtake each other: of two about a record the higher one is later. */
                    sequence: number;
                    /**
                     * Format: date-time
                     * @description When it happened, by the company’s clock.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    timestamp: string;
                    /** @enum {string} */
                    type: "account.on-hold";
                };
            };
        };
        responses: {
            /** @description Any 2xx: it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on.account.released": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        customerId: string;
                    };
                    /** @description The webhook-id: the same at every attempt. Whoever has seen it has nothing to do. */
                    id: string;
                    /** @description Where the API has the record as it is now. */
                    link: string;
                    recordId: string;
                    /** @description Events may overtake each other: of two about a record the higher one is later. */
                    sequence: number;
                    /**
                     * Format: date-time
                     * @description When it happened, by the company’s clock.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    timestamp: string;
                    /** @enum {string} */
                    type: "account.released";
                };
            };
        };
        responses: {
            /** @description Any 2xx: it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on.credit-note.issued": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /** @description Minor units of the currency beside it. */
                        appliedMinor: number;
                        creditNoteId: string;
                        /** @example EUR */
                        currency: string;
                        customerId: string;
                        /** @description Minor units of the currency beside it. */
                        grossMinor: number;
                        invoiceId: string;
                        /** @description Minor units of the currency beside it. */
                        unappliedMinor: number;
                    };
                    /** @description The webhook-id: the same at every attempt. Whoever has seen it has nothing to do. */
                    id: string;
                    /** @description Where the API has the record as it is now. */
                    link: string;
                    recordId: string;
                    /** @description Events may overtake each other: of two about a record the higher one is later. */
                    sequence: number;
                    /**
                     * Format: date-time
                     * @description When it happened, by the company’s clock.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    timestamp: string;
                    /** @enum {string} */
                    type: "credit-note.issued";
                };
            };
        };
        responses: {
            /** @description Any 2xx: it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on.debit-note.issued": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /** @example EUR */
                        currency: string;
                        customerId: string;
                        /**
                         * Format: date
                         * @example 2026-03-31
                         */
                        dueOn: string;
                        /** @description Minor units of the currency beside it. */
                        grossMinor: number;
                        invoiceId: string;
                        principalInvoiceId: string;
                    };
                    /** @description The webhook-id: the same at every attempt. Whoever has seen it has nothing to do. */
                    id: string;
                    /** @description Where the API has the record as it is now. */
                    link: string;
                    recordId: string;
                    /** @description Events may overtake each other: of two about a record the higher one is later. */
                    sequence: number;
                    /**
                     * Format: date-time
                     * @description When it happened, by the company’s clock.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    timestamp: string;
                    /** @enum {string} */
                    type: "debit-note.issued";
                };
            };
        };
        responses: {
            /** @description Any 2xx: it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on.dispute.closed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /** @example EUR */
                        currency: string;
                        customerId: string;
                        /** @description Minor units of the currency beside it. */
                        disputedMinor: number;
                        disputeId: string;
                        disputeStatus: string;
                        invoiceId: string;
                    };
                    /** @description The webhook-id: the same at every attempt. Whoever has seen it has nothing to do. */
                    id: string;
                    /** @description Where the API has the record as it is now. */
                    link: string;
                    recordId: string;
                    /** @description Events may overtake each other: of two about a record the higher one is later. */
                    sequence: number;
                    /**
                     * Format: date-time
                     * @description When it happened, by the company’s clock.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    timestamp: string;
                    /** @enum {string} */
                    type: "dispute.closed";
                };
            };
        };
        responses: {
            /** @description Any 2xx: it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on.dispute.opened": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /** @example EUR */
                        currency: string;
                        customerId: string;
                        /** @description Minor units of the currency beside it. */
                        disputedMinor: number;
                        disputeId: string;
                        invoiceId: string;
                    };
                    /** @description The webhook-id: the same at every attempt. Whoever has seen it has nothing to do. */
                    id: string;
                    /** @description Where the API has the record as it is now. */
                    link: string;
                    recordId: string;
                    /** @description Events may overtake each other: of two about a record the higher one is later. */
                    sequence: number;
                    /**
                     * Format: date-time
                     * @description When it happened, by the company’s clock.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    timestamp: string;
                    /** @enum {string} */
                    type: "dispute.opened";
                };
            };
        };
        responses: {
            /** @description Any 2xx: it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on.endpoint.test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        customerId: null;
                        endpointId: string;
                    };
                    /** @description The webhook-id: the same at every attempt. Whoever has seen it has nothing to do. */
                    id: string;
                    /** @description Where the API has the record as it is now. */
                    link: string;
                    recordId: string;
                    /** @description Events may overtake each other: of two about a record the higher one is later. */
                    sequence: number;
                    /**
                     * Format: date-time
                     * @description When it happened, by the company’s clock.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    timestamp: string;
                    /** @enum {string} */
                    type: "endpoint.test";
                };
            };
        };
        responses: {
            /** @description Any 2xx: it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on.invoice.issued": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /** @example EUR */
                        currency: string;
                        customerId: string;
                        /**
                         * Format: date
                         * @example 2026-03-31
                         */
                        dueOn: string;
                        /** @description Minor units of the currency beside it. */
                        grossMinor: number;
                        invoiceId: string;
                    };
                    /** @description The webhook-id: the same at every attempt. Whoever has seen it has nothing to do. */
                    id: string;
                    /** @description Where the API has the record as it is now. */
                    link: string;
                    recordId: string;
                    /** @description Events may overtake each other: of two about a record the higher one is later. */
                    sequence: number;
                    /**
                     * Format: date-time
                     * @description When it happened, by the company’s clock.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    timestamp: string;
                    /** @enum {string} */
                    type: "invoice.issued";
                };
            };
        };
        responses: {
            /** @description Any 2xx: it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on.invoice.overdue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /** @example EUR */
                        currency: string;
                        customerId: string;
                        /**
                         * Format: date
                         * @example 2026-03-31
                         */
                        dueOn: string;
                        invoiceId: string;
                        /** @description Minor units of the currency beside it. */
                        openMinor: number;
                    };
                    /** @description The webhook-id: the same at every attempt. Whoever has seen it has nothing to do. */
                    id: string;
                    /** @description Where the API has the record as it is now. */
                    link: string;
                    recordId: string;
                    /** @description Events may overtake each other: of two about a record the higher one is later. */
                    sequence: number;
                    /**
                     * Format: date-time
                     * @description When it happened, by the company’s clock.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    timestamp: string;
                    /** @enum {string} */
                    type: "invoice.overdue";
                };
            };
        };
        responses: {
            /** @description Any 2xx: it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on.order.accepted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /** @example EUR */
                        currency: string;
                        customerId: string;
                        /** @description Minor units of the currency beside it. */
                        grossMinor: number;
                        orderId: string;
                    };
                    /** @description The webhook-id: the same at every attempt. Whoever has seen it has nothing to do. */
                    id: string;
                    /** @description Where the API has the record as it is now. */
                    link: string;
                    recordId: string;
                    /** @description Events may overtake each other: of two about a record the higher one is later. */
                    sequence: number;
                    /**
                     * Format: date-time
                     * @description When it happened, by the company’s clock.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    timestamp: string;
                    /** @enum {string} */
                    type: "order.accepted";
                };
            };
        };
        responses: {
            /** @description Any 2xx: it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on.order.cancelled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /** @example EUR */
                        currency: string;
                        customerId: string;
                        orderId: string;
                        /** @description Minor units of the currency beside it. */
                        releasedMinor: number;
                    };
                    /** @description The webhook-id: the same at every attempt. Whoever has seen it has nothing to do. */
                    id: string;
                    /** @description Where the API has the record as it is now. */
                    link: string;
                    recordId: string;
                    /** @description Events may overtake each other: of two about a record the higher one is later. */
                    sequence: number;
                    /**
                     * Format: date-time
                     * @description When it happened, by the company’s clock.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    timestamp: string;
                    /** @enum {string} */
                    type: "order.cancelled";
                };
            };
        };
        responses: {
            /** @description Any 2xx: it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on.order.changed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /** @example EUR */
                        currency: string;
                        customerId: string;
                        /** @description Minor units of the currency beside it. */
                        grossMinor: number;
                        orderId: string;
                    };
                    /** @description The webhook-id: the same at every attempt. Whoever has seen it has nothing to do. */
                    id: string;
                    /** @description Where the API has the record as it is now. */
                    link: string;
                    recordId: string;
                    /** @description Events may overtake each other: of two about a record the higher one is later. */
                    sequence: number;
                    /**
                     * Format: date-time
                     * @description When it happened, by the company’s clock.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    timestamp: string;
                    /** @enum {string} */
                    type: "order.changed";
                };
            };
        };
        responses: {
            /** @description Any 2xx: it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on.order.choice-offered": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        customerId: string;
                        /**
                         * Format: date-time
                         * @example 2026-03-31T22:00:00.000Z
                         */
                        dueAt: string;
                        orderId: string;
                    };
                    /** @description The webhook-id: the same at every attempt. Whoever has seen it has nothing to do. */
                    id: string;
                    /** @description Where the API has the record as it is now. */
                    link: string;
                    recordId: string;
                    /** @description Events may overtake each other: of two about a record the higher one is later. */
                    sequence: number;
                    /**
                     * Format: date-time
                     * @description When it happened, by the company’s clock.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    timestamp: string;
                    /** @enum {string} */
                    type: "order.choice-offered";
                };
            };
        };
        responses: {
            /** @description Any 2xx: it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on.order.declined": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /** @example EUR */
                        currency: string;
                        customerId: string;
                        /** @description Minor units of the currency beside it. */
                        grossMinor: number;
                        orderId: string;
                    };
                    /** @description The webhook-id: the same at every attempt. Whoever has seen it has nothing to do. */
                    id: string;
                    /** @description Where the API has the record as it is now. */
                    link: string;
                    recordId: string;
                    /** @description Events may overtake each other: of two about a record the higher one is later. */
                    sequence: number;
                    /**
                     * Format: date-time
                     * @description When it happened, by the company’s clock.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    timestamp: string;
                    /** @enum {string} */
                    type: "order.declined";
                };
            };
        };
        responses: {
            /** @description Any 2xx: it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on.order.delayed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        customerId: string;
                        orderId: string;
                    };
                    /** @description The webhook-id: the same at every attempt. Whoever has seen it has nothing to do. */
                    id: string;
                    /** @description Where the API has the record as it is now. */
                    link: string;
                    recordId: string;
                    /** @description Events may overtake each other: of two about a record the higher one is later. */
                    sequence: number;
                    /**
                     * Format: date-time
                     * @description When it happened, by the company’s clock.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    timestamp: string;
                    /** @enum {string} */
                    type: "order.delayed";
                };
            };
        };
        responses: {
            /** @description Any 2xx: it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on.order.on-hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /** @description Minor units of the currency beside it. */
                        amountDueMinor: number;
                        /** @example EUR */
                        currency: string;
                        customerId: string;
                        orderId: string;
                    };
                    /** @description The webhook-id: the same at every attempt. Whoever has seen it has nothing to do. */
                    id: string;
                    /** @description Where the API has the record as it is now. */
                    link: string;
                    recordId: string;
                    /** @description Events may overtake each other: of two about a record the higher one is later. */
                    sequence: number;
                    /**
                     * Format: date-time
                     * @description When it happened, by the company’s clock.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    timestamp: string;
                    /** @enum {string} */
                    type: "order.on-hold";
                };
            };
        };
        responses: {
            /** @description Any 2xx: it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on.payment.bounced": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /** @description Minor units of the currency beside it. */
                        amountMinor: number;
                        /** @example EUR */
                        currency: string;
                        customerId: string;
                        paymentId: string;
                        /**
                         * Format: date
                         * @example 2026-03-31
                         */
                        valueOn: string;
                    };
                    /** @description The webhook-id: the same at every attempt. Whoever has seen it has nothing to do. */
                    id: string;
                    /** @description Where the API has the record as it is now. */
                    link: string;
                    recordId: string;
                    /** @description Events may overtake each other: of two about a record the higher one is later. */
                    sequence: number;
                    /**
                     * Format: date-time
                     * @description When it happened, by the company’s clock.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    timestamp: string;
                    /** @enum {string} */
                    type: "payment.bounced";
                };
            };
        };
        responses: {
            /** @description Any 2xx: it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on.payment.received": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /** @description Minor units of the currency beside it. */
                        amountMinor: number;
                        /** @example EUR */
                        currency: string;
                        customerId: string;
                        paymentId: string;
                        /** @description Minor units of the currency beside it. */
                        unappliedMinor: number;
                        /**
                         * Format: date
                         * @example 2026-03-31
                         */
                        valueOn: string;
                    };
                    /** @description The webhook-id: the same at every attempt. Whoever has seen it has nothing to do. */
                    id: string;
                    /** @description Where the API has the record as it is now. */
                    link: string;
                    recordId: string;
                    /** @description Events may overtake each other: of two about a record the higher one is later. */
                    sequence: number;
                    /**
                     * Format: date-time
                     * @description When it happened, by the company’s clock.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    timestamp: string;
                    /** @enum {string} */
                    type: "payment.received";
                };
            };
        };
        responses: {
            /** @description Any 2xx: it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on.return.approved": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        customerId: string;
                        orderId: string;
                        returnId: string;
                        shipmentId: string;
                    };
                    /** @description The webhook-id: the same at every attempt. Whoever has seen it has nothing to do. */
                    id: string;
                    /** @description Where the API has the record as it is now. */
                    link: string;
                    recordId: string;
                    /** @description Events may overtake each other: of two about a record the higher one is later. */
                    sequence: number;
                    /**
                     * Format: date-time
                     * @description When it happened, by the company’s clock.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    timestamp: string;
                    /** @enum {string} */
                    type: "return.approved";
                };
            };
        };
        responses: {
            /** @description Any 2xx: it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on.return.refused": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        customerId: string;
                        orderId: string;
                        returnId: string;
                        shipmentId: string;
                    };
                    /** @description The webhook-id: the same at every attempt. Whoever has seen it has nothing to do. */
                    id: string;
                    /** @description Where the API has the record as it is now. */
                    link: string;
                    recordId: string;
                    /** @description Events may overtake each other: of two about a record the higher one is later. */
                    sequence: number;
                    /**
                     * Format: date-time
                     * @description When it happened, by the company’s clock.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    timestamp: string;
                    /** @enum {string} */
                    type: "return.refused";
                };
            };
        };
        responses: {
            /** @description Any 2xx: it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on.shipment.delivered": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        customerId: string;
                        orderId: string;
                        shipmentId: string;
                    };
                    /** @description The webhook-id: the same at every attempt. Whoever has seen it has nothing to do. */
                    id: string;
                    /** @description Where the API has the record as it is now. */
                    link: string;
                    recordId: string;
                    /** @description Events may overtake each other: of two about a record the higher one is later. */
                    sequence: number;
                    /**
                     * Format: date-time
                     * @description When it happened, by the company’s clock.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    timestamp: string;
                    /** @enum {string} */
                    type: "shipment.delivered";
                };
            };
        };
        responses: {
            /** @description Any 2xx: it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on.shipment.sent-again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        customerId: string;
                        orderId: string;
                        shipmentId: string;
                    };
                    /** @description The webhook-id: the same at every attempt. Whoever has seen it has nothing to do. */
                    id: string;
                    /** @description Where the API has the record as it is now. */
                    link: string;
                    recordId: string;
                    /** @description Events may overtake each other: of two about a record the higher one is later. */
                    sequence: number;
                    /**
                     * Format: date-time
                     * @description When it happened, by the company’s clock.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    timestamp: string;
                    /** @enum {string} */
                    type: "shipment.sent-again";
                };
            };
        };
        responses: {
            /** @description Any 2xx: it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "on.shipment.shipped": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        carrier: string;
                        customerId: string;
                        orderId: string;
                        shipmentId: string;
                        trackingNumber: string;
                    };
                    /** @description The webhook-id: the same at every attempt. Whoever has seen it has nothing to do. */
                    id: string;
                    /** @description Where the API has the record as it is now. */
                    link: string;
                    recordId: string;
                    /** @description Events may overtake each other: of two about a record the higher one is later. */
                    sequence: number;
                    /**
                     * Format: date-time
                     * @description When it happened, by the company’s clock.
                     * @example 2026-03-31T22:00:00.000Z
                     */
                    timestamp: string;
                    /** @enum {string} */
                    type: "shipment.shipped";
                };
            };
        };
        responses: {
            /** @description Any 2xx: it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
