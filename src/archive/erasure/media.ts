import { ERASED } from '../../model/people/known-person.js'
import { IN_LIST, type Statements } from '../database/statements.js'
import { hasMedia } from '../status/inventory.js'
import type { Marks } from './name-marks.js'
import { containsName, mayContainNameSql, redactNames } from './name-search.js'

const THEIRS = `SELECT id FROM posts WHERE member_id ${IN_LIST}`

/** Condition on files that posts of these members show, or their profiles. Binds the list of the members' rows four times. */
export const FILES_OF = `(id IN (SELECT media_id FROM media_uses WHERE post_id IN (${THEIRS}) OR member_id ${IN_LIST})
    OR url IN (SELECT url FROM attachments WHERE post_id IN (${THEIRS}))
    OR url IN (SELECT avatar_url FROM members WHERE id ${IN_LIST}))`

/** Those that nobody else shows. Binds the list three more times. */
const ONLY_THEIRS = `SELECT id FROM media WHERE ${FILES_OF}
  AND NOT EXISTS (SELECT 1 FROM media_uses WHERE media_id = media.id
    AND (post_id NOT IN (${THEIRS}) OR member_id NOT ${IN_LIST}))
  AND url NOT IN (SELECT url FROM attachments WHERE post_id NOT IN (${THEIRS}))`

/** Row ids of the files that go with these members. Call it before their posts are erased. */
export function filesOf(sql: Statements, rows: readonly number[]): number[] {
  if (!hasMedia(sql)) return []
  const list = JSON.stringify(rows)
  return sql.rows<{ id: number }>(ONLY_THEIRS, ...Array<string>(7).fill(list)).map(({ id }) => id)
}

/** Removes the rows; the files themselves go when the archive is swept. */
export function eraseFiles(sql: Statements, files: readonly number[]): void {
  for (const id of files) sql.run('DELETE FROM media WHERE id = ?', id)
}

/** Removes a name from addresses and names of files, as it was removed from the attachments of others. */
export function redactFiles(sql: Statements, names: Marks): void {
  const text = "url || ' ' || COALESCE(final_url, '') || ' ' || COALESCE(name, '')"
  const may = mayContainNameSql(text, names)
  const rows = sql.rows<FileTexts>(
    `SELECT id, url, final_url, name, ${text} AS whole FROM media WHERE ${may.sql}`,
    ...may.values,
  )
  const clean = (value: string | null) => value && redactNames(value, names, ERASED)
  for (const { id, url, final_url, name, whole } of rows) {
    if (!containsName(whole, names)) continue
    const free = clean(url) as string
    const isTaken = sql.one('SELECT 1 FROM media WHERE url = ? AND id <> ?', free, id) !== undefined
    if (isTaken) eraseFiles(sql, [id])
    else sql.update('media', id, { url: free, final_url: clean(final_url), name: clean(name) })
  }
}

interface FileTexts {
  id: number
  url: string
  final_url: string | null
  name: string | null
  whole: string
}
