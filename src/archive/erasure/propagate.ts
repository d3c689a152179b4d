import type { Instant } from '../../model/discussion.js'
import { allSteps } from '../../model/steps.js'
import { contradict } from '../../model/time.js'
import type { Statements } from '../database/statements.js'
import { whenOf } from '../fold/state.js'
import type { PostRow } from '../schema/tables/posts.js'
import { erase } from './execute.js'
import { type ErasedMember, erasedMembers, isErasedMember, MemberFinder, type Person } from './person.js'
import { type ErasurePlan, planErasure } from './plan.js'

/** An archive with erased members. */
interface ErasureSource {
  sql: Statements
  schema: 'main' | 'other'
}

/** For the run's row and the event. Absent for a temporary copy. */
interface ErasureLog {
  at: Instant
  version: string
}

/**
 * Erases from `sql` the erased members of `from`, with the same choice for what others wrote. If both are the same archive, it
 * erases members that have returned. Call it inside a transaction. Returns the number of members that were erased.
 */
export function propagateErasure(sql: Statements, from: ErasureSource, log?: ErasureLog): number {
  let count = 0
  for (const member of erasedMembers(from.sql, from.schema)) {
    const site = sql.one<number>('SELECT id FROM main.sites WHERE key = ?', member.siteKey)
    if (site !== undefined && new ErasedMemberMatch(sql, { ...member, site }).erase(from, member.site, log)) count++
  }
  return count
}

/** What this archive has of a member that an archive has erased. `member.site` is the site's row id in this archive. */
export class ErasedMemberMatch {
  constructor(
    private readonly sql: Statements,
    private readonly member: ErasedMember,
  ) {}

  erase(from: ErasureSource, otherSite: number, log: ErasureLog | undefined): boolean {
    const rows = this.rows()
    const erasedPosts = this.erasedPosts(from, otherSite)
    if (rows.length > 0 && erasedPosts.length === 0 && !this.hasReturned(rows)) return false
    const all = rows.length === 0 && erasedPosts.length > 0 ? [this.addRow()] : rows
    for (const post of erasedPosts) this.sql.run('UPDATE main.posts SET member_id = ? WHERE id = ?', all[0], post)
    const plan = allSteps(planErasure(this.sql, this.person(all)))
    if (all.length === 0) {
      if (!this.findsAnything(plan)) return false
      plan.person.rows.push(this.addRow())
    }
    const how = { at: log?.at ?? this.member.at, version: log?.version ?? '', salt: this.member.stored.salt }
    erase(this.sql, plan, { ...how, redact: this.member.redact, isLogged: log !== undefined })
    return true
  }

  /** Whether the archive has a name, a post or an unerased row of the member again, or still owes the redaction of others' posts. */
  hasReturned(rows = this.rows()): boolean {
    const { redact } = this.member
    return rows.some(row => this.sql.one(HAS_RETURNED, redact ? 1 : 0, row) !== undefined)
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

  /** Rows of the member: by number, else by name, else by hashes that both rows share. */
  rows(): number[] {
    const sql = `SELECT id AS row, site_member_id AS id, slug, name, forgotten_marks AS marks FROM main.members WHERE site_id = ?`
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

  /** Posts that are erased in `from` and not in this archive. */
  private erasedPosts({ sql, schema }: ErasureSource, otherSite: number): number[] {
    if (sql === this.sql && schema === 'main') return []
    const numbers = erasedMembers(sql, schema).map(({ number }) => number)
    return sql
      .rows<ErasedPost>(
        `SELECT site_post_id, posted_from, posted_to FROM ${schema}.posts WHERE site_id = ? AND forgotten = 1`,
        otherSite,
      )
      .flatMap(erased => {
        const own = this.sql.row<OwnPost>(OWN_POST, this.member.site, erased.site_post_id)
        return own && !isOfAnother(own, erased, numbers) ? [own.id] : []
      })
  }

  private addRow(): number {
    const { site, number, at } = this.member
    return this.sql.insert('members', { site_id: site, site_member_id: number, first_seen_at: at, last_seen_at: at })
  }

  private findsAnything({ counts }: ErasurePlan): boolean {
    const { captures, traces, targets, mentions } = counts
    return captures + traces + targets > 0 || (this.member.redact && mentions.length > 0)
  }
}

type ErasedPost = Pick<PostRow, 'site_post_id' | 'posted_from' | 'posted_to'>
type OwnPost = ErasedPost & { id: number; member: number | null; number: string | null }

const OWN_POST = `SELECT posts.id, posts.site_post_id, posted_from, posted_to, member_id AS member, site_member_id AS number
  FROM main.posts LEFT JOIN main.members ON members.id = member_id WHERE posts.site_id = ? AND site_post_id = ? AND forgotten = 0`

/**
 * True if the site has given the id to two members: the author here has a number that no erased member has, or wrote it at another time.
 * A post without an author may be the erased one. `numbers`: of the erased members; null: not known.
 */
function isOfAnother(own: OwnPost, erased: ErasedPost, numbers: readonly (string | null)[]): boolean {
  if (own.member === null) return false
  const isNobodys = own.number !== null && numbers.every(number => number !== null && number !== own.number)
  return isNobodys || contradict(whenOf(own), whenOf(erased))
}

const HAS_RETURNED = `SELECT 1 FROM main.members WHERE (forgotten_at IS NULL OR slug IS NOT NULL OR name IS NOT NULL OR url IS NOT NULL
    OR avatar_url IS NOT NULL OR COALESCE(forgotten_marks ->> '$.redact', 0) < ?
    OR EXISTS (SELECT 1 FROM main.posts WHERE posts.member_id = members.id)) AND id = ?`
