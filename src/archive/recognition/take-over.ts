import { contradict, knownDate } from '../../model/time.js'
import { UNKNOWN_SITE } from '../../model/unknown-site.js'
import type { Statements } from '../database/statements.js'
import { foldDates } from '../fold/dates.js'
import { earlier } from '../fold/precedence.js'
import { whenOf } from '../fold/state.js'
import type { MemberRow } from '../schema/tables/entities.js'
import type { PostRow } from '../schema/tables/posts.js'
import type { Tree } from './trees.js'

/** Tables with rows of a post. */
const PARTS = ['sightings', 'attachments', 'links', 'own_pages', 'revisions', 'events']

const SIGHTINGS = `INSERT INTO sightings SELECT ?, reader, first_seen_at, last_seen_at FROM sightings WHERE post_id = ?
  ON CONFLICT DO UPDATE SET first_seen_at = min(first_seen_at, excluded.first_seen_at),
    last_seen_at = max(last_seen_at, excluded.last_seen_at)`

const IMPROVABLE = ['posted_from', 'posted_to', 'truncated'] as const

const CHANGES = 'SELECT total_changes()'

/** Gives the posts of a text to the posts that they are, and its other replies to the thread that they belong to. */
export class TakeOver {
  /** Number of rows that became others. */
  count = 0
  /** Number of posts of earlier runs of which more is known now. */
  improved = 0

  constructor(
    private readonly sql: Statements,
    private readonly run?: number,
  ) {}

  /** A whole thread of a text. `pairs`: posts of the text with the posts that they are. Replies that only the text has stay, with their ids. */
  thread(made: Tree, real: Tree, pairs: ReadonlyMap<number, number>): void {
    const { sql } = this
    const root = this.row(real.id)
    for (const { id, parent, siteId } of made.nodes) {
      const own = pairs.get(id)
      if (own === undefined) {
        const above = parent === null ? real.id : (pairs.get(parent) ?? parent)
        const place = { site_id: real.site, thread_id: real.id, parent_id: above }
        const { group_id, group_seen_at } = root
        sql.update('posts', id, { ...place, group_id, group_seen_at, member_id: this.memberIn(real.site, id) })
      }
      this.note(siteId, own ?? id)
    }
    // Replies first: a row that others refer to cannot go.
    for (const { id } of [...made.nodes].reverse()) this.post(id, pairs.get(id))
  }

  /** One post of a text. */
  post(made: number, real: number | undefined): void {
    if (real === undefined) return
    const { sql } = this
    const [from, to] = [this.row(made), this.row(real)]
    const completed = this.completed(to, from)
    this.countImproved([to, from], { ...to, ...completed })
    sql.update('posts', real, completed)
    sql.run('UPDATE made_ids SET post_id = ? WHERE post_id = ?', real, made)
    this.note(from.site_post_id, real)
    sql.run('UPDATE posts SET parent_id = ? WHERE parent_id = ?', real, made)
    sql.run(SIGHTINGS, real, made)
    for (const table of PARTS) sql.run(`DELETE FROM ${table} WHERE post_id = ?`, made)
    sql.run('DELETE FROM threads WHERE id = ?', made)
    sql.run('DELETE FROM posts WHERE id = ?', made)
    this.count++
  }

  /** Either row may be the one that this run has brought. */
  private countImproved(rows: readonly PostRow[], now: PostRow): void {
    const known = rows.find(({ first_run_id }) => first_run_id !== this.run)
    const isNamed = known?.member_id === null && now.member_id !== null
    if (known && (isNamed || IMPROVABLE.some(name => known[name] !== now[name]))) this.improved++
  }

  /** What the text adds: a narrower date, the full text of a shortened one, and the name of an author known only by name. */
  private completed(to: PostRow, from: PostRow): Partial<PostRow> {
    const [known, said] = [whenOf(to), whenOf(from)]
    const when = contradict(known, said) ? known : foldDates(known, said)
    const { html, text, content_hash, truncated, parser, text_capture_id, text_seen_at } = from
    const takesText = to.truncated === 1 && truncated === 0
    return {
      ...{ posted_at: knownDate(when), posted_from: when.from, posted_to: when.to },
      first_seen_at: earlier(to.first_seen_at, from.first_seen_at),
      ...(takesText && { html, text, content_hash, truncated, parser, text_capture_id, text_seen_at }),
      ...(to.forgotten === 0 && this.isBetterAuthor(from, to) && { member_id: this.memberIn(to.site_id, from.id) }),
    }
  }

  /** True if nothing is known of the author, or only the name. */
  private isBetterAuthor(from: PostRow, to: PostRow): boolean {
    const isMade = (member: number | null) =>
      this.sql.one("SELECT 1 FROM members WHERE id = ? AND site_member_id GLOB 'x*'", member) !== undefined
    return to.member_id === null || (from.member_id !== null && isMade(to.member_id) && !isMade(from.member_id))
  }

  /** The author of a post of a text as a member of the site; null: the text does not say who it is. */
  private memberIn(site: number, post: number): number | null {
    const sql = 'SELECT members.* FROM members JOIN posts ON posts.member_id = members.id WHERE posts.id = ?'
    const member = this.sql.row<MemberRow>(sql, post)
    if (!member) return null
    const known = this.sql.one<number>(
      'SELECT id FROM members WHERE site_id = ? AND site_member_id IS ? AND slug IS ?',
      site,
      member.site_member_id,
      member.slug,
    )
    return known ?? this.sql.insert('members', { ...member, id: null, site_id: site })
  }

  private note(made: string, post: number): void {
    const sql = 'INSERT INTO made_ids VALUES (?, ?) ON CONFLICT (made_id) DO UPDATE SET post_id = excluded.post_id'
    if (made.startsWith('x')) this.sql.run(sql, made, post)
  }

  private row(id: number): PostRow {
    return this.sql.row<PostRow>('SELECT * FROM posts WHERE id = ?', id) as PostRow
  }

  /** Removes members, groups and sites that only texts had, and that no post refers to any more. Returns their number. */
  cleanUp(): number {
    const before = this.sql.one<number>(CHANGES) ?? 0
    const unused = (kind: 'member' | 'group', tables: readonly string[]) =>
      tables.map(table => `NOT EXISTS (SELECT 1 FROM ${table} WHERE ${table}.${kind}_id = ${kind}s.id)`).join(' AND ')
    const { sql } = this
    sql.run(
      `DELETE FROM members WHERE site_member_id GLOB 'x*' AND forgotten_at IS NULL AND ${unused('member', ['posts', 'revisions', 'events'])}`,
    )
    sql.run(
      `DELETE FROM groups WHERE url GLOB '${UNKNOWN_SITE}*' AND ${unused('group', ['posts', 'revisions', 'events', 'frontier'])}`,
    )
    const isEmpty = ['posts', 'groups', 'members'].map(
      table => `NOT EXISTS (SELECT 1 FROM ${table} WHERE ${table}.site_id = sites.id)`,
    )
    sql.run(`DELETE FROM sites WHERE url = '${UNKNOWN_SITE}' AND ${isEmpty.join(' AND ')}`)
    return (sql.one<number>(CHANGES) ?? 0) - before
  }
}
