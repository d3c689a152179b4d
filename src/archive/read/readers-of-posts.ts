import type { Statements } from '../database/statements.js'
import type { PostParts } from './rows.js'

const SIGHTINGS = `SELECT sightings.post_id, sightings.reader FROM posts CROSS JOIN sightings ON sightings.post_id = posts.id
  WHERE posts.thread_id = ? ORDER BY sightings.post_id, sightings.reader`

/** Who has seen the posts of a thread: told where archives of several readers were merged, because else there is one reader mostly. */
export function addReaders(sql: Statements, thread: number, parts: Map<number, PostParts>): void {
  if (!wasMerged(sql)) return
  for (const { post_id, reader } of sql.rows<{ post_id: number; reader: string }>(SIGHTINGS, thread)) {
    const part = parts.get(post_id) ?? { attachments: [], links: [] }
    part.seenBy = [...(part.seenBy ?? []), reader]
    parts.set(post_id, part)
  }
}

function wasMerged(sql: Statements): boolean {
  const exists = sql.one<number>("SELECT count(*) FROM sqlite_schema WHERE name = 'archives'") === 1
  return exists && sql.one<number>('SELECT count(*) FROM archives') !== 0
}
