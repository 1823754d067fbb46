import { ApplicationFailure } from '@temporalio/common';
import type { Database } from '../db/client.ts';
import { system } from '../db/statements/audit.ts';
import { readClock, readCompany } from '../db/statements/company.ts';
import { documentNotSent, documentSent, writeDocument } from '../db/transactions/write-edi-document.ts';
import { controlNumberInFull } from '../domain/edi/x12.ts';
import { type EmailPort, MailRefused } from '../ports/email.ts';
import { whileAlive } from './alive.ts';

export interface EdiDependencies {
  database: Database;
  email: EmailPort;
}

/**
 * Sends a document to a trading partner (O1): it is written and numbered once, and goes by mail, or waits until it is picked up. When
 * the process dies between the mail server's "ok" and ours, the same bytes go out again under the same Message-ID.
 */
export function createEdiActivities({ database, email }: EdiDependencies) {
  const now = async () => (await readClock(database)).at;
  return {
    async sendEdiDocument({ documentId, round }: { documentId: string; round: number }): Promise<{ sent: boolean }> {
      const at = await now();
      const document = await database.transaction((tx) => writeDocument(tx, { documentId, round, at }));
      const { type, about, controlNumber, content, mailTo, isToSend, writtenAt } = document;
      if (mailTo === null || !isToSend) return { sent: false };
      const company = await readCompany(database);
      const number = controlNumberInFull(controlNumber);
      const letter = {
        messageId: `<edi.${documentId}.${round}@throughline.invalid>`,
        from: `${JSON.stringify(company.legalName)} <${company.email}>`,
        to: mailTo,
        subject: `EDI ${type} ${number}`,
        date: writtenAt,
        text: `Attached is our ${type} of ${about}, control number ${number}.\n`,
        attachments: [{ filename: `${type}-${number}.edi`, contentType: 'application/edi-x12', content: Buffer.from(content) }],
      };
      try {
        await whileAlive(() => email.send(letter));
      } catch (problem) {
        if (!(problem instanceof MailRefused)) throw problem;
        await database.transaction(async (tx) =>
          documentNotSent(tx, { documentId, mailTo, reason: problem.message, at: (await readClock(tx)).at }),
        );
        throw ApplicationFailure.nonRetryable(problem.message, problem.name);
      }
      await database.transaction((tx) => documentSent(tx, { documentId, actor: system, at }));
      return { sent: true };
    },
  };
}
