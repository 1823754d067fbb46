import type { Queryable } from '../db/client.ts';

/** A document is rendered once and kept under its id, so that every copy of it is the same, byte for byte. */
export async function keepDocument(
  database: Queryable,
  id: string,
  contentType: string,
  render: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const kept = await database.query<{ content: Buffer }>('SELECT content FROM documents WHERE id = $1', [id]);
  if (kept.rows[0]) return kept.rows[0].content;
  const rendered = await render();
  // Two renderers at once: the first to come is the one that is kept.
  const { rows } = await database.query<{ content: Buffer }>(
    `WITH kept AS (
       INSERT INTO documents (id, content_type, content) VALUES ($1, $3, $2) ON CONFLICT DO NOTHING RETURNING content)
     SELECT content FROM kept UNION ALL SELECT content FROM documents WHERE id = $1 LIMIT 1`,
    [id, rendered, contentType],
  );
  return rows[0]?.content ?? rendered;
}

export async function isKept(database: Queryable, id: string): Promise<boolean> {
  return (await database.query('SELECT FROM documents WHERE id = $1', [id])).rows.length > 0;
}
