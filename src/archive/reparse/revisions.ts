import type { Statements } from '../database/statements.js'
import { contentHash } from '../text/content-hash.js'
import type { RereadTexts } from './reread-texts.js'
import type { FullRow } from './rows.js'

interface Revision {
  id: number
  html: string
  text: string
  /** Absent before schema 3. */
  heading?: string | null
  content_hash: string
  text_capture_id: number | null
}

interface RevisionCounts {
  changed: number
  dropped: number
}

/**
 * Reads revisions again. Each stays the text of its capture. Overwriting a text loses nothing, because the raw capture is stored.
 */
export class RevisionChanges {
  constructor(
    private readonly live: Statements,
    private readonly rereadTexts: RereadTexts,
    private readonly writes: boolean,
  ) {}

  /** `after`: content hash of the post's present text; `hasChanged`: this reparse changed it. */
  reread(post: FullRow, after: string, hasChanged: boolean): RevisionCounts {
    const counts = { changed: 0, dropped: 0 }
    const rows = this.live.rows<Revision>('SELECT * FROM revisions WHERE post_id = ? ORDER BY id DESC', post.id)
    let next = { key: after, hasChanged }
    for (const row of rows) {
      const current = this.currentText(row, post)
      const hasNewWords =
        current !== null &&
        (current.html !== row.html || current.text !== row.text || current.heading !== (row.heading ?? null))
      const key = current?.content_hash ?? row.content_hash
      // No edit: the two texts differed only because an earlier parser read one of them differently.
      const isNoEdit = key === next.key && (next.hasChanged || key !== row.content_hash)
      if (isNoEdit) counts.dropped++
      else if (hasNewWords) counts.changed++
      if (this.writes && isNoEdit) this.live.run('DELETE FROM revisions WHERE id = ?', row.id)
      else if (this.writes && current) this.live.update('revisions', row.id, current)
      next = { key, hasChanged: key !== row.content_hash }
    }
    return counts
  }

  private currentText(row: Revision, post: FullRow) {
    const reread = this.rereadTexts.of(post.id, row.text_capture_id)
    if (!reread) return null
    const { content } = reread
    const heading = content.heading === undefined ? (row.heading ?? null) : content.heading
    const { html, text, site } = content
    return { html, text, heading, content_hash: contentHash({ ...content, heading }, site) }
  }
}
