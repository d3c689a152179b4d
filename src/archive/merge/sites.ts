import { better, changes } from '../fold/precedence.js'
import type { MergeDatabase } from './merge-database.js'

interface SiteRow {
  id: number
  key: string
  url: string
  name: string | null
  timezone: string | null
  /** When one of its groups was last seen: the later name wins. */
  seen: string | null
}

const sites = (schema: 'main' | 'other') => `SELECT id, key, url, name, timezone,
  (SELECT max(last_seen_at) FROM ${schema}.groups WHERE site_id = sites.id) AS seen FROM ${schema}.sites`

/** Merges sites by key, which is the same for all spellings of a URL. Fills temp.merged_sites. */
export function mergeSites(work: MergeDatabase): void {
  work.note('CREATE TEMP TABLE merged_sites (old INTEGER PRIMARY KEY, new INTEGER NOT NULL)')
  for (const row of work.rows<SiteRow>(`${sites('other')} ORDER BY id`)) {
    const known = work.row<SiteRow>(`${sites('main')} WHERE key = ?`, row.key)
    const { id: old, seen: _, ...values } = row
    if (known) work.update('sites', known.id, changes(known, merged(known, row)))
    work.note('INSERT INTO temp.merged_sites VALUES (?, ?)', old, known?.id ?? work.insert('sites', values))
  }
}

function merged(a: SiteRow, b: SiteRow): SiteRow {
  const { url } = better(a, b, ({ url }) => [url.startsWith('https:'), -url.length, url])
  const { name } = better(a, b, ({ name, seen }) => [name !== null, seen, name])
  const { timezone } = better(a, b, ({ timezone, seen }) => [timezone !== null, seen, timezone])
  return { ...a, url, name, timezone }
}
