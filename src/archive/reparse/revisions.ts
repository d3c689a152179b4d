import type { Statements } from '../database/statements.js'
import { contentKey } from '../text/content-hash.js'
import type { RereadTexts } from './reread-texts.js'
import type { FullRow } from './rows.js'

interface Revision {
  id: number
  html: string
  text: string
  /** Absent before schema 3. */
  heading?: string | null
  content_key: string
  capture_id: number | null
}

export interface RevisionCounts {
  changed: number
  dropped: number
}

/**
 * Revisions read again: each stays the text of the capture that it came from. The raw capture is kept, so that nothing is lost
 * when a better parser's text takes the place of a worse one's.
 */
export class RevisionChanges {
  constructor(
    private readonly live: Statements,
    private readonly readings: RereadTexts,
    private readonly writes: boolean,
  ) {}

  /** `after`: key of the post's present text; `hasChanged`: since this reparse. */
  reread(post: FullRow, after: string, hasChanged: boolean): RevisionCounts {
    const counts = { changed: 0, dropped: 0 }
    const rows = this.live.rows<Revision>('SELECT * FROM revisions WHERE post_id = ? ORDER BY id DESC', post.id)
    let next = { key: after, hasChanged }
    for (const row of rows) {
      const now = this.today(row, post)
      const hasNewWords =
        now !== null && (now.html !== row.html || now.text !== row.text || now.heading !== (row.heading ?? null))
      const key = now?.content_key ?? row.content_key
      // An edit that was told by nothing but the way in which a parser had read it.
      const isNone = key === next.key && (next.hasChanged || key !== row.content_key)
      if (isNone) counts.dropped++
      else if (hasNewWords) counts.changed++
      if (this.writes && isNone) this.live.run('DELETE FROM revisions WHERE id = ?', row.id)
      else if (this.writes && now) this.live.update('revisions', row.id, now)
      next = { key, hasChanged: key !== row.content_key }
    }
    return counts
  }

  private today(row: Revision, post: FullRow) {
    const reread = this.readings.of(post.id, row.capture_id)
    if (!reread) return null
    const { content } = reread
    const heading = content.heading === undefined ? (row.heading ?? null) : content.heading
    const { html, text, site } = content
    return { html, text, heading, content_key: contentKey({ ...content, heading }, site) }
  }
}
