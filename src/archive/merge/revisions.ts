import type { TextConflict, TextSource } from '../../model/reports/merge.js'
import { foldPasts, isSameVersion } from '../fold/past.js'
import type { FoldedPost } from '../fold/post.js'
import { compare } from '../fold/precedence.js'
import type { PostValues } from '../fold/state.js'
import { hasOtherAuthor, isFull, isOneText } from '../fold/texts.js'
import { keyOf, type Version } from '../fold/versions.js'
import type { Column } from '../schema/describe.js'
import { REVISIONS } from '../schema/tables/history.js'
import { MADE_AT } from '../schema/tables/runs.js'
import { type MergeDatabase, valueInMain } from './merge-database.js'
import type { PostInArchive } from './post-rows.js'

type Schema = 'main' | 'other'

const COLUMNS = Object.entries<Column>(REVISIONS.columns).filter(([name]) => name !== 'id' && name !== 'post_id')

const revisionsIn = (schema: Schema): string => {
  const values = COLUMNS.map(([name, column]) =>
    schema === 'main' ? `s.${name}` : `${valueInMain(name, column)} AS ${name}`,
  )
  return `SELECT ${values.join(', ')}, COALESCE(${MADE_AT('read')}, s.replaced_at) AS readAt
    FROM ${schema}.revisions AS s LEFT JOIN ${schema}.captures AS read ON read.id = s.text_capture_id WHERE s.post_id = ? ORDER BY s.id`
}

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

  /** Merges earlier versions of a post. `dates`: of its present version, as all versions show them. */
  join(
    mine: PostInArchive,
    theirs: PostInArchive,
    { row, text }: FoldedPost<PostInArchive>,
  ): { changed: boolean; conflict: TextConflict | null; dates: Partial<PostValues> } {
    const sameText = isSameVersion(mine.row, theirs.row) || !isFull(mine.row) || !isFull(theirs.row)
    const isOneAuthor = !hasOtherAuthor(mine.row, theirs.row)
    if (mine.revisions + theirs.revisions === 0 && isOneAuthor && (sameText || isOneText(mine, theirs)))
      return { changed: false, conflict: null, dates: {} }
    const [own, others] = [
      this.work.rows<Version>(revisionsIn('main'), mine.id),
      this.work.rows<Version>(revisionsIn('other'), theirs.old),
    ]
    const rest = text === mine ? theirs : mine
    const folded = foldPasts({ state: mine, earlier: own }, { state: theirs, earlier: others }, { row, text })
    const changed = this.replace(mine.id, own, folded.earlier)
    const conflict = folded.isConflict ? this.conflict(mine, text, rest) : null
    return { changed, conflict, dates: folded.dates }
  }

  private replace(post: number, own: readonly Version[], merged: readonly Version[]): boolean {
    if (own.length === merged.length && merged.every((one, at) => isAs(own[at], one))) return false
    this.work.write('DELETE FROM main.revisions WHERE post_id = ?', post)
    for (const { readAt: _, ...version } of merged) this.work.insert('revisions', { post_id: post, ...version })
    return true
  }

  private conflict(
    { site, site_post_id, row }: PostInArchive,
    kept: PostInArchive,
    other: PostInArchive,
  ): TextConflict {
    return { site, id: site_post_id, url: row.url, kept: this.source(kept), other: this.source(other) }
  }

  private source({ row, natural }: PostInArchive): TextSource {
    const sql = `SELECT archives.label FROM main.captures JOIN main.runs ON runs.id = captures.run_id
      JOIN main.archives ON archives.id = runs.archive_id WHERE captures.id = ?`
    return { archive: this.work.one<string>(sql, row.text_capture_id) ?? null, readAt: natural.readAt ?? '' }
  }
}

const isAs = (known: Version | undefined, one: Version): boolean =>
  known !== undefined && compare(identityOf(known), identityOf(one)) === 0

const identityOf = (version: Version) => [
  ...[keyOf(version), version.text_capture_id, version.replaced_at, version.replaced_by_id, version.last_seen_at],
  version.html,
]
