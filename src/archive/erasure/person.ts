import type { Instant, Member } from '../../model/discussion.js'
import type { MemberSummary } from '../../model/reports/forget.js'
import { isMadeId } from '../../model/unknown-site.js'
import { siteKey } from '../../model/urls.js'
import type { Statements } from '../database/statements.js'
import { MARKS, storedJson } from '../schema/stored-json.js'
import { type Mark, type Marks, marksOfHashes, marksOfNames, type StoredMarks } from './name-marks.js'
import { containsName } from './name-search.js'

/** All rows of one member, and every name of theirs that the archive knows. */
export interface Person {
  site: number
  siteUrl: string
  /** Row ids. Several, if pages showed the member without the number that the site gives members. */
  rows: number[]
  number: string | null
  names: Mark[]
  /** Hashes from earlier erasures of the member. */
  known: StoredMarks[]
  /** When the member was first erased; null: never. */
  since: Instant | null
}

const MEMBERS = `SELECT members.id AS row, sites.url AS site, members.site_member_id AS id, slug, members.name, members.url,
    forgotten_at AS forgottenAt, (SELECT count(*) FROM posts WHERE posts.member_id = members.id AND status <> 'unread') AS posts
  FROM members JOIN sites ON sites.id = members.site_id`

const BY_ANY_NAME = 'members.site_member_id = ? OR slug = ? COLLATE NOCASE OR members.name = ? COLLATE NOCASE'

/** Finds members by any name that a user may give. */
export class MemberFinder {
  constructor(private readonly sql: Statements) {}

  *all(): Generator<MemberSummary> {
    const rows = this.sql.db.prepare(`${MEMBERS} WHERE forgotten_at IS NULL ORDER BY members.id`).iterate()
    for (const row of rows as Iterable<MemberSummary>) yield row
  }

  /** `word`: number, slug (also as `@slug`), display name or profile URL. `site`: members of this site only; null: of all. */
  named(word: string, site: string | null): MemberSummary[] {
    const bare = word.trim().replace(/^@/, '')
    const isUrl = /^https?:\/\//i.test(bare) && URL.canParse(bare)
    const found = isUrl
      ? this.atAddress(bare)
      : this.sql.rows<MemberSummary>(`${MEMBERS} WHERE ${BY_ANY_NAME}`, bare, bare, bare)
    const forgotten = this.forgotten(isUrl ? bare : `@${bare} ${bare}`)
    return [...found.filter(({ row }) => !this.isErasedAgain(row, forgotten)), ...forgotten].filter(
      (row, at, list) => isOnSite(row.site, site) && list.findIndex(other => other.row === row.row) === at,
    )
  }

  /** `url`: the profile, or a page below it. */
  private atAddress(url: string): MemberSummary[] {
    const key = siteKey(url)
    const sql = `${MEMBERS} WHERE members.url IS NOT NULL AND substr(?, 1, length(${BARE_URL})) = ${BARE_URL}`
    return this.sql.rows<MemberSummary>(sql, key)
  }

  /** Whether a row is a second row of an erased member, read again without the member's number. */
  private isErasedAgain(row: number, forgotten: readonly MemberSummary[]): boolean {
    const sql = 'SELECT site_id AS site, site_member_id AS id, slug, name FROM members WHERE id = ?'
    const one = this.sql.row<Pick<Member, 'id' | 'slug' | 'name'> & { site: number }>(sql, row)
    const known = erasedMembers(this.sql).filter(member => forgotten.some(other => other.row === member.row))
    return known.some(
      member =>
        member.row !== row &&
        one?.site === member.site &&
        isErasedMember(member, { ...one, url: null, avatarUrl: null }),
    )
  }

  /** Erased members that the text names, found by the hashes of their names. */
  private forgotten(text: string): MemberSummary[] {
    return erasedMembers(this.sql)
      .filter(({ marks }) => containsName(text, marks))
      .flatMap(({ row }) => this.sql.rows<MemberSummary>(`${MEMBERS} WHERE members.id = ?`, row))
  }

  personOf(row: number): Person {
    const own = this.sql.row<MemberSummary>(`${MEMBERS} WHERE members.id = ?`, row) as MemberSummary
    const site = this.sql.one<number>('SELECT site_id FROM members WHERE id = ?', row) as number
    const rows = this.sql.rows<PersonRow>(
      `SELECT id, slug, name, url, forgotten_marks AS marks FROM members WHERE id = ?
        OR (site_id = ? AND slug = ? AND (site_member_id IS NULL OR ? IS NULL))`,
      row,
      site,
      own.slug,
      own.id,
    )
    return {
      site,
      siteUrl: own.site,
      rows: rows.map(({ id }) => id),
      number: own.id,
      since: own.forgottenAt,
      known: nonEmpty(rows.map(({ marks }) => marks)).map(text => storedJson(MARKS, text, 'members.forgotten_marks')),
      names: marksOfNames({
        slugs: nonEmpty(rows.flatMap(({ id, slug }) => [slug, ...this.earlierNames(id, 'slug')])),
        names: nonEmpty(rows.flatMap(({ id, name }) => [name, ...this.earlierNames(id, 'name')])),
        urls: nonEmpty(rows.map(({ url }) => url)),
      }),
    }
  }

  private earlierNames(member: number, field: 'slug' | 'name'): (string | null)[] {
    const sql = "SELECT before, after FROM events WHERE member_id = ? AND kind = 'renamed' AND field = ?"
    return this.sql
      .rows<{ before: string | null; after: string | null }>(sql, member, field)
      .flatMap(({ before, after }) => [before, after])
  }
}

const nonEmpty = (texts: readonly (string | null)[]): string[] => texts.flatMap(text => text || [])

interface PersonRow {
  id: number
  slug: string | null
  name: string | null
  url: string | null
  marks: string | null
}

const BARE_URL = "replace(replace(replace(members.url, 'https://', ''), 'http://', ''), 'www.', '')"

/** `wanted`: the site's URL in any spelling, or a URL below it. */
const isOnSite = (own: string, wanted: string | null): boolean =>
  wanted === null || siteKey(wanted).startsWith(siteKey(own)) || siteKey(own).startsWith(siteKey(wanted))

export interface ErasedMember {
  row: number
  site: number
  siteKey: string
  number: string | null
  at: Instant
  marks: Marks
  /** Their name is also removed from what others write. */
  redact: boolean
  stored: StoredMarks
}

export const erasedMembers = (sql: Statements, schema: 'main' | 'other' = 'main'): ErasedMember[] =>
  sql
    .rows<Omit<ErasedMember, 'marks' | 'redact' | 'stored'> & { marks: string }>(
      `SELECT members.id AS row, site_id AS site, sites.key AS siteKey, site_member_id AS number, forgotten_at AS at, forgotten_marks AS marks
        FROM ${schema}.members JOIN ${schema}.sites ON sites.id = site_id WHERE forgotten_at IS NOT NULL`,
    )
    .map(({ marks, ...member }) => {
      const stored = storedJson(MARKS, marks, 'members.forgotten_marks')
      return { ...member, marks: marksOfHashes(stored), redact: stored.redact, stored }
    })

/** Compares the numbers if both are known, else the slug, else the display name. */
export function isErasedMember({ number, marks }: ErasedMember, { id: native, slug, name }: Member): boolean {
  // A text gives no number.
  const id = native !== null && isMadeId(native) ? null : native
  if (number !== null && id !== null) return number === id
  if (slug !== null) return containsName(`@${slug}`, marks)
  return id === null && name !== null && containsName(name, marks)
}
