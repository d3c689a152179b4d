import type { Instant } from '../../model/discussion.js'
import type { Statements } from '../database/statements.js'
import { erase } from './execute.js'
import { type ErasedMember, erasedMembers, isErasedMember, MemberFinder, type Person } from './person.js'
import { type ErasurePlan, planErasure } from './plan.js'

/** An archive that has forgotten somebody. */
export interface ErasureSource {
  sql: Statements
  schema: 'main' | 'other'
}

/** Absent: a copy that nobody keeps needs no note of it. */
export interface ErasureLog {
  at: Instant
  version: string
}

/**
 * Whom one archive has forgotten is forgotten in this one, too, in the same way. Of an archive itself: who has come back. Call it inside
 * a transaction. Returns of how many there was anything.
 */
export function propagateErasure(sql: Statements, from: ErasureSource, noted?: ErasureLog): number {
  let count = 0
  for (const member of erasedMembers(from.sql, from.schema)) {
    const site = sql.one<number>('SELECT id FROM main.sites WHERE key = ?', member.siteKey)
    if (site !== undefined && new ErasedMemberMatch(sql, { ...member, site }).erase(from, member.site, noted)) count++
  }
  return count
}

/** `member`: as the one archive knows them, with the site's row here. */
export class ErasedMemberMatch {
  constructor(
    private readonly sql: Statements,
    private readonly member: ErasedMember,
  ) {}

  erase(from: ErasureSource, siteThere: number, noted?: ErasureLog): boolean {
    const rows = this.rows()
    const places = this.erasedPosts(from, siteThere)
    if (rows.length > 0 && places.length === 0 && !this.hasReturned(rows)) return false
    const all = rows.length === 0 && places.length > 0 ? [this.addRow()] : rows
    for (const place of places) this.sql.run('UPDATE main.posts SET member_id = ? WHERE id = ?', all[0], place)
    const going = planErasure(this.sql, this.person(all), () => {})
    if (all.length === 0) {
      if (!this.isNeeded(going)) return false
      going.person.rows.push(this.addRow())
    }
    const how = { at: noted?.at ?? this.member.at, version: noted?.version ?? '', salt: this.member.stored.salt }
    erase(this.sql, going, { ...how, redact: this.member.redact, isLogged: noted !== undefined })
    return true
  }

  /** A name, a post, another row, or a name that was to be taken out of what others wrote. */
  hasReturned(rows = this.rows()): boolean {
    const { redact } = this.member
    return rows.some(row => this.sql.one(NAMED_OR_OPEN, redact ? 1 : 0, row) !== undefined)
  }

  person(rows = this.rows()): Person {
    const people = new MemberFinder(this.sql)
    const found = rows.map(row => people.personOf(row))
    const { site, number, stored, at } = this.member
    const siteUrl = this.sql.one<string>('SELECT url FROM main.sites WHERE id = ?', site) ?? ''
    return {
      ...{ site, siteUrl, number, since: at },
      rows: [...new Set(found.flatMap(one => one.rows))],
      names: [...new Set(found.flatMap(({ names }) => names))],
      known: [stored, ...found.flatMap(({ known }) => known)],
    }
  }

  /** Theirs by the number, else by the names, or by the hashes of both. */
  rows(): number[] {
    const sql = `SELECT id AS row, member_id AS id, slug, name, forgotten_marks AS marks FROM main.members WHERE site_id = ?`
    return this.sql
      .rows<{ row: number; id: string | null; slug: string | null; name: string | null; marks: string | null }>(
        sql,
        this.member.site,
      )
      .filter(one => isErasedMember(this.member, { ...one, url: null, avatarUrl: null }) || this.sharesHashes(one))
      .map(({ row }) => row)
  }

  private sharesHashes({ id, marks }: { id: string | null; marks: string | null }): boolean {
    const { number, stored } = this.member
    return marks !== null && (id === null || number === null) && stored.hashes.some(hash => marks.includes(hash))
  }

  /** Empty there, and not here. */
  private erasedPosts({ sql, schema }: ErasureSource, siteThere: number): number[] {
    if (sql === this.sql && schema === 'main') return []
    const ids = sql.column<string>(
      `SELECT activity_id FROM ${schema}.posts WHERE site_id = ? AND forgotten = 1`,
      siteThere,
    )
    const here = 'SELECT id FROM main.posts WHERE site_id = ? AND activity_id = ? AND forgotten = 0'
    return ids.map(id => this.sql.one<number>(here, this.member.site, id)).filter(row => row !== undefined)
  }

  private addRow(): number {
    const { site, number, at } = this.member
    return this.sql.insert('members', { site_id: site, member_id: number, first_seen_at: at, last_seen_at: at })
  }

  private isNeeded({ counts }: ErasurePlan): boolean {
    const { captures, traces, targets, mentions } = counts
    return captures + traces + targets > 0 || (this.member.redact && mentions.length > 0)
  }
}

const NAMED_OR_OPEN = `SELECT 1 FROM main.members WHERE (forgotten_at IS NULL OR slug IS NOT NULL OR name IS NOT NULL OR url IS NOT NULL
    OR avatar_url IS NOT NULL OR COALESCE(forgotten_marks ->> '$.redact', 0) < ?
    OR EXISTS (SELECT 1 FROM main.posts WHERE posts.member_id = members.id)) AND id = ?`
