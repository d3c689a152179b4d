import type { TextConflict, TextSource } from '../../model/reports/merge.js'
import { equalExceptShortcodes } from '../text/content-hash.js'
import type { MergeDatabase } from './merge-database.js'
import { earlierTexts, isFull, isOneText, type Version, versionOf } from './merge-texts.js'
import type { PostInArchive } from './post-rows.js'

type Schema = 'main' | 'other'

const capture = (schema: Schema, column: string): string =>
  schema === 'main' ? `s.${column}` : `(SELECT new FROM temp.merged_captures WHERE old = s.${column})`

const revisionsIn = (schema: Schema): string =>
  `SELECT s.html, s.text, s.heading, s.content_key, s.replaced_at, s.last_seen_at, COALESCE(read.captured_at, s.replaced_at) AS readAt,
      ${capture(schema, 'capture_id')} AS capture_id, ${capture(schema, 'replaced_by_id')} AS replaced_by_id
    FROM ${schema}.revisions AS s LEFT JOIN ${schema}.captures AS read ON read.id = s.capture_id WHERE s.post_id = ? ORDER BY s.id`

const partsIn = (schema: Schema): string => `SELECT json_group_array(json_array(kind, url, name)) FROM
  (SELECT kind, url, name FROM ${schema}.attachments WHERE post_id = ? ORDER BY id) UNION ALL
  SELECT json_group_array(json_array(kind, url, text)) FROM (SELECT kind, url, text FROM ${schema}.links WHERE post_id = ? ORDER BY id)`

const NAMES = { attachments: 'kind, url, name', links: 'kind, url, text' }

const takenParts = (table: keyof typeof NAMES): string =>
  `INSERT INTO main.${table} (post_id, ${NAMES[table]}) SELECT ?, ${NAMES[table]} FROM other.${table} WHERE post_id = ? ORDER BY id`

/** Merges the earlier texts, attachments and links of posts that both archives have. */
export class Revisions {
  constructor(private readonly work: MergeDatabase) {}

  /** Copies the attachments and links of a text that was taken from the input. Returns whether they differ. */
  takeParts(mine: PostInArchive, theirs: PostInArchive): boolean {
    const [own, others] = [this.parts('main', mine.id), this.parts('other', theirs.old)]
    if (own === others) return false
    for (const table of ['attachments', 'links'] as const) {
      this.work.write(`DELETE FROM main.${table} WHERE post_id = ?`, mine.id)
      this.work.write(takenParts(table), mine.id, theirs.old)
    }
    return true
  }

  private parts(schema: Schema, post: number): string {
    return this.work
      .rows<Record<string, string>>(partsIn(schema), post, post)
      .map(row => Object.values(row)[0])
      .join()
  }

  /** Merges earlier texts. `text`: the archive whose present text was kept. */
  join(
    mine: PostInArchive,
    theirs: PostInArchive,
    text: PostInArchive,
  ): { changed: boolean; conflict: TextConflict | null } {
    const sameText = mine.row.content_key === theirs.row.content_key || !isFull(mine.row) || !isFull(theirs.row)
    if (theirs.natural.revisions === 0 && (sameText || isOneText(mine.row, theirs.row)))
      return { changed: false, conflict: null }
    const [own, others] = [
      this.work.rows<Version>(revisionsIn('main'), mine.id),
      this.work.rows<Version>(revisionsIn('other'), theirs.old),
    ]
    const rest = text === mine ? theirs : mine
    const difference = classifyText(rest, text, [...own, ...others])
    const present = (one: PostInArchive) => (one === text || difference.counts ? versionOf(one) : [])
    const merged = earlierTexts([...own, ...present(mine)], [...others, ...present(theirs)], versionOf(text)[0])
    const changed = this.replace(mine.id, own, merged)
    return { changed, conflict: difference.isConflict ? this.conflict(mine, text, rest) : null }
  }

  private replace(post: number, own: readonly Version[], merged: readonly Version[]): boolean {
    if (JSON.stringify(own.map(identityOf)) === JSON.stringify(merged.map(identityOf))) return false
    this.work.write('DELETE FROM main.revisions WHERE post_id = ?', post)
    for (const { readAt: _, ...version } of merged) this.work.insert('revisions', { post_id: post, ...version })
    return true
  }

  private conflict({ site, activity_id, row }: PostInArchive, kept: PostInArchive, other: PostInArchive): TextConflict {
    return { site, id: activity_id, url: row.url, kept: this.source(kept), other: this.source(other) }
  }

  private source({ row, natural }: PostInArchive): TextSource {
    const sql = `SELECT archives.label FROM main.captures JOIN main.runs ON runs.id = captures.run_id
      JOIN main.archives ON archives.id = runs.archive_id WHERE captures.id = ?`
    return { archive: this.work.one<string>(sql, row.capture_id) ?? null, readAt: natural.readAt }
  }
}

const identityOf = (version: Version) => [
  ...[version.content_key, version.capture_id, version.replaced_at, version.replaced_by_id, version.last_seen_at],
  version.html,
]

/**
 * Compares the two present texts. `counts`: the one that was not kept becomes a revision. It is a conflict only if no archive has it
 * as an earlier text.
 */
function classifyText(
  rest: PostInArchive,
  text: PostInArchive,
  earlier: readonly Version[],
): { counts: boolean; isConflict: boolean } {
  const isSame = rest.row.content_key === text.row.content_key
  if (isSame) return { counts: true, isConflict: false }
  const isKnown = earlier.some(({ content_key }) => content_key === rest.row.content_key)
  const isVariant = earlier.some(
    version => version.content_key !== rest.row.content_key && differsInShortcodes(version.text, rest.row.text),
  )
  const counts = isKnown || !(isOneText(rest.row, text.row) || isVariant)
  return { counts, isConflict: counts && !isKnown && isFull(rest.row) && isFull(text.row) }
}

/** Same text apart from shortcodes, but not the same words with other links. */
const differsInShortcodes = (one: string, other: string): boolean =>
  one.replace(/\s+/g, '') !== other.replace(/\s+/g, '') && equalExceptShortcodes(one, other)
