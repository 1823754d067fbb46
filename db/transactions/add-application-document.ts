import { createHash } from 'node:crypto';
import { documentTypeOf } from '../../domain/credit-application.ts';
import { Refusal } from '../../domain/failures.ts';
import { only, type Transaction } from '../client.ts';
import { type ApplicationDocument, applicationDocumentColumns } from '../queries/credit-applications.ts';
import { record } from '../statements/audit.ts';
import { lockApplication } from '../statements/credit-applications.ts';
import type { ApplicationInput } from './submit-credit-application.ts';

const documentsMaximum = 20;

/** Keeps a file with an application that is not decided yet; the same file twice is one document. */
export async function addApplicationDocument(
  tx: Transaction,
  input: ApplicationInput & { name: string; contentType: string; bytes: Buffer },
): Promise<ApplicationDocument> {
  const { customerId, applicationId, name, contentType, bytes, actor, at } = input;
  await lockApplication(tx, input, ['draft', 'submitted']);
  if (documentTypeOf(bytes) !== contentType) {
    throw new Refusal(422, 'invalid-document', `The file is not what it says it is: ${contentType}.`);
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { rows } = await tx.query<ApplicationDocument & { sha256: string }>(
    `SELECT ${applicationDocumentColumns}, sha256 FROM credit_application_documents WHERE application_id = $1`,
    [applicationId],
  );
  const same = rows.find((document) => document.sha256 === sha256);
  if (same) {
    const { sha256: _, ...document } = same;
    return document;
  }
  if (rows.length >= documentsMaximum) {
    throw new Refusal(409, 'too-many-documents', `An application holds at most ${documentsMaximum} documents.`);
  }
  const document = only(
    await tx.query<ApplicationDocument>(
      `INSERT INTO credit_application_documents (application_id, name, content_type, size_bytes, sha256, uploaded_by, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${applicationDocumentColumns}`,
      [applicationId, name, contentType, bytes.length, sha256, actor.name, at],
    ),
  );
  await tx.query('INSERT INTO documents (id, content_type, content) VALUES ($1, $2, $3)', [document.id, contentType, bytes]);
  await record(tx, {
    at,
    actor,
    action: 'credit-application-document-added',
    summary: `${document.id} (${name}) was added to ${applicationId}`,
    customerId,
    after: { documentId: document.id, sha256 },
  });
  return document;
}
