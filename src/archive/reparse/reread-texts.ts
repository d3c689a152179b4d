import type { Attachment, Link } from '../../model/discussion.js'
import type { Page, PostText } from '../../model/page.js'
import { siteKey } from '../../model/urls.js'
import type { Statements } from '../database/statements.js'
import type { RereadCapture } from './shadow-database.js'

/** A text as the current parser reads it. */
export interface Content {
  html: string
  text: string
  /** Undefined: the view has no headings. */
  heading?: string | null
  truncated: boolean
  attachments: Attachment[]
  links: Link[]
  /** URL of the site, as on the page. */
  site: string
}

/** A present or earlier text, read again in its capture. */
export interface Reread {
  parser: string
  content: Content
}

/** Texts that the current parser reads in the captures of the archive's present and earlier texts. */
export class RereadTexts {
  constructor(
    private readonly live: Statements,
    private readonly shadow: Statements,
  ) {}

  note(page: Page, { stored, parser }: RereadCapture): void {
    const site = this.live.one<number>('SELECT id FROM sites WHERE key = ?', siteKey(page.site.url))
    const texts: PostText[] = page.text ? [...page.posts, page.text] : page.posts
    const twice = repeatedIds(texts)
    for (const text of texts) {
      // Nothing shows which of two texts of one id on one page an earlier version is.
      if (twice.has(text.id)) continue
      const post = this.live.one<number>(TEXT_SOURCE, site, text.id, stored.id, stored.id)
      if (post !== undefined) this.keep(post, stored.id, parser, contentOf(text, page.site.url))
    }
  }

  private keep(post: number, capture: number, parser: string, content: Content): void {
    this.shadow.run(
      'INSERT INTO readings VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET content = excluded.content',
      post,
      capture,
      parser,
      JSON.stringify(content),
    )
  }

  of(post: number, capture: number | null): Reread | null {
    const sql = 'SELECT parser, content FROM readings WHERE post = ? AND capture = ?'
    const row = this.shadow.row<{ parser: string; content: string }>(sql, post, capture)
    return row ? { parser: row.parser, content: JSON.parse(row.content) as Content } : null
  }

  /** Whether the capture was read again. */
  wasReread(capture: number | null): boolean {
    return this.shadow.one<number>('SELECT 1 FROM passed WHERE capture = ?', capture) === 1
  }
}

function repeatedIds(texts: readonly PostText[]): Set<string> {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const { id } of texts) (seen.has(id) ? twice : seen).add(id)
  return twice
}

/** The post, if its present text or an earlier one came from the capture. */
const TEXT_SOURCE = `SELECT id FROM posts WHERE site_id = ? AND site_post_id = ? AND (text_capture_id = ?
  OR EXISTS (SELECT 1 FROM revisions WHERE revisions.post_id = posts.id AND revisions.text_capture_id = ?))`

const contentOf = (view: PostText, site: string): Content => ({
  html: view.html,
  text: view.text,
  ...(view.heading === undefined ? {} : { heading: view.heading }),
  truncated: view.truncated,
  attachments: view.attachments,
  links: view.links,
  site,
})
