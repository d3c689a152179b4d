import type { Member } from '../../model/discussion.js'
import type { Statements } from '../database/statements.js'
import { findEntity, MEMBER_KIND } from '../fold/identity.js'
import type { MemberRow } from '../schema/tables/entities.js'

export type KnownMember = Pick<MemberRow, (typeof COLUMNS)[number]>

const COLUMNS = [
  ...(['id', 'site_member_id', 'slug', 'name', 'url', 'avatar_url'] as const),
  ...(['first_seen_at', 'last_seen_at', 'named_at'] as const),
]

const KNOWN = `SELECT ${COLUMNS.join(', ')} FROM members WHERE id IN (
  SELECT id FROM members WHERE site_id = ? AND site_member_id IN (SELECT value FROM json_each(?))
  UNION SELECT id FROM members WHERE site_id = ? AND slug IN (SELECT value FROM json_each(?))) ORDER BY id DESC`

const BY_ROW = `SELECT ${COLUMNS.join(', ')} FROM members WHERE id = ?`

/** The members that a page names, read at once; members that the page adds are put in. */
export class KnownMembers {
  private readonly byId = new Map<string, KnownMember>()
  private readonly bySlug = new Map<string, KnownMember>()
  /** Members without the site's own id, by slug. */
  private readonly numberless = new Map<string, KnownMember>()
  /** Row ids of the members that the page showed, and whether with name and slug. */
  readonly seen = new Map<number, boolean>()

  constructor(
    private readonly sql: Statements,
    private readonly site: number,
    members: readonly Member[],
  ) {
    if (members.length === 0) return
    const [ids, slugs] = (['id', 'slug'] as const).map(key =>
      JSON.stringify(members.flatMap(member => member[key] ?? [])),
    )
    const rows = sql.rows<KnownMember>(KNOWN, site, ids, site, slugs)
    // Numberless rows last: a row with a number takes their place only if it is the same member.
    for (const row of rows.filter(one => one.site_member_id !== null)) this.add(row)
    for (const row of rows.filter(one => one.site_member_id === null)) this.add(row)
  }

  private add(row: KnownMember): void {
    const { site_member_id: id, slug } = row
    if (id !== null) this.byId.set(id, row)
    if (slug === null) return
    this.bySlug.set(slug, row)
    if (id === null) this.numberless.set(slug, row)
    else this.numberless.delete(slug)
  }

  /** As `findEntity` does, from the rows that were read; an earlier slug is looked up. `at`: when the page was captured. */
  find({ id, slug }: Member, at: string): KnownMember | undefined {
    if (id !== null) return this.byId.get(id) ?? (slug === null ? undefined : this.numberless.get(slug))
    return slug === null ? undefined : (this.bySlug.get(slug) ?? this.formerly(slug, at))
  }

  private formerly(slug: string, at: string): KnownMember | undefined {
    const found = findEntity(this.sql, MEMBER_KIND, { site_id: this.site, native: null, slug }, at)
    return found === undefined ? undefined : this.sql.row<KnownMember>(BY_ROW, found)
  }

  /** True if a row without the site's own id has the same slug. */
  isTwice({ slug }: Member): boolean {
    return slug !== null && this.numberless.has(slug)
  }

  /** Returns the row id. */
  put(row: KnownMember): number {
    this.add(row)
    return row.id
  }

  /** `namedAt`: when the page was captured that showed both name and slug; null: it showed not both. */
  saw(row: KnownMember, namedAt: string | null): void {
    if (namedAt !== null) row.named_at = namedAt
    this.seen.set(row.id, namedAt !== null || this.seen.get(row.id) === true)
  }
}
