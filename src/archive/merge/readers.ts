import type { MergeDatabase } from './merge-database.js'

/**
 * Maps readers. `visitor` is the same in all archives; `session` of two archives are two members: `session@anna`, `session@ben`.
 * Fills temp.merged_readers. `label`: for readers of the input's own runs; null: those runs are also this archive's own.
 */
export function mapReaders(work: MergeDatabase, label: string | null): void {
  work.note('CREATE TEMP TABLE merged_readers (old TEXT PRIMARY KEY, new TEXT NOT NULL) WITHOUT ROWID')
  const readers = work.rows<{ reader: string }>(
    'SELECT reader FROM other.sightings UNION SELECT reader FROM other.captures WHERE reader IS NOT NULL',
  )
  for (const { reader } of readers)
    work.note('INSERT INTO temp.merged_readers VALUES (?, ?)', reader, renamed(work, reader, label))
}

function renamed(work: MergeDatabase, reader: string, label: string | null): string {
  if (reader === 'visitor') return reader
  const at = reader.indexOf('@')
  if (at < 0) return readerName(reader, label)
  const kind = reader.slice(0, at)
  const known = work.row<{ label: string | null }>(
    `SELECT mine.label FROM other.archives AS theirs JOIN temp.merged_archives AS map ON map.old = theirs.id
      LEFT JOIN main.archives AS mine ON mine.id = map.new WHERE theirs.label = ?`,
    reader.slice(at + 1),
  )
  return known ? readerName(kind, known.label) : reader
}

const readerName = (kind: string, label: string | null): string => (label === null ? kind : `${kind}@${label}`)

/** Merges sightings: the earlier first time, the later last time. */
export function mergeSightings(work: MergeDatabase): void {
  work.write(`INSERT INTO main.sightings (post_id, reader, first_seen_at, last_seen_at)
    SELECT post.new, reader.new, min(s.first_seen_at), max(s.last_seen_at) FROM other.sightings AS s
      JOIN temp.merged_posts AS post ON post.old = s.post_id JOIN temp.merged_readers AS reader ON reader.old = s.reader
      WHERE true GROUP BY post.new, reader.new
    ON CONFLICT DO UPDATE SET first_seen_at = min(first_seen_at, excluded.first_seen_at),
      last_seen_at = max(last_seen_at, excluded.last_seen_at)
      WHERE excluded.first_seen_at < first_seen_at OR excluded.last_seen_at > last_seen_at`)
}
