import { addressKey, isSameSlug } from '../../model/addresses.js'
import type { Group, Member, Site } from '../../model/discussion.js'
import { siteKey } from '../../model/urls.js'
import { IN_LIST, type Statements } from '../database/statements.js'
import { findEntity, GROUP_KIND } from '../fold/identity.js'
import { detailsOf, foldDetails, isSameName, preferPlain } from '../fold/names.js'
import { changes } from '../fold/precedence.js'
import type { GroupRow } from '../schema/tables/entities.js'
import { foldEarlierNames, noteEarlierName } from './earlier-names.js'
import type { SeenAt } from './earlier-values.js'
import { type KnownMember, KnownMembers } from './known-members.js'

/** Writes sites, groups and members: one row each, found by the site's own id if known, otherwise by slug. */
export class EntityWriter {
  private members: KnownMembers
  /** Rows that turned out to be the same group or member, by table and row id, with the row that is kept. */
  private readonly duplicates = new Map<string, Duplicate>()

  constructor(private readonly sql: Statements) {
    this.members = new KnownMembers(sql, 0, [])
  }

  /** The name stays if the page (captured `at`) is older than what is held. */
  site(site: Site, at?: string): number {
    const key = siteKey(site.url)
    const known = this.sql.row<{ id: number; name: string | null }>('SELECT id, name FROM sites WHERE key = ?', key)
    if (known && (site.name === null || known.name === site.name)) return known.id
    if (known && known.name !== null && at !== undefined && at < (this.sql.one<string | null>(SEEN, known.id) ?? ''))
      return known.id
    this.sql.run(
      `INSERT INTO sites (key, url, name) VALUES (?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET name = COALESCE(excluded.name, name)`,
      key,
      site.url,
      site.name,
    )
    return this.sql.one<number>('SELECT id FROM sites WHERE key = ?', key) as number
  }

  /** Notes the time zone of a site. An imported page may be older than what is known. */
  zone(site: number, timezone: string | null, isImported: boolean): void {
    if (timezone === null) return
    const known = this.sql.one<string | null>('SELECT timezone FROM sites WHERE id = ?', site) ?? null
    if (known !== timezone && !(isImported && known !== null)) this.sql.update('sites', site, { timezone })
  }

  /** Adds or updates a group, and returns its row id. Ids never change, slugs may; a page without the id identifies the group by its slug. */
  group(site: number, group: Group, seen: SeenAt): number {
    const known = findEntity(this.sql, GROUP_KIND, { site_id: site, native: group.id, slug: group.slug }, seen.at)
    if (known) return seen.isOfText ? known : this.updateGroup(known, site, group, seen)
    const { id, ...columns } = group
    const slug = this.freeSlug(site, group, seen)
    const times = { first_seen_at: seen.at, last_seen_at: seen.at, named_at: group.name === null ? null : seen.at }
    const described_at = isDescribed(group) ? seen.at : null
    return this.sql.insert('groups', { site_id: site, site_group_id: id, ...columns, slug, ...times, described_at })
  }

  /** Row id of the group with this URL, in any spelling; of two that had it one after the other, the one that was seen later. */
  groupAt(url: string): number | null {
    return (
      this.sql.one<number>(
        'SELECT id FROM groups WHERE address_key(url) = ? ORDER BY last_seen_at DESC, id DESC LIMIT 1',
        addressKey(url),
      ) ?? null
    )
  }

  /** Its name and status, as far as they are known. */
  groupFacts(group: number | null): Pick<GroupRow, 'name' | 'status'> {
    const sql = 'SELECT name, status FROM groups WHERE id = ?'
    return this.sql.row<Pick<GroupRow, 'name' | 'status'>>(sql, group) ?? { name: null, status: null }
  }

  private updateGroup(id: number, site: number, group: Group, seen: SeenAt): number {
    if (group.id !== null) this.noteDuplicate('group', id, site, group.slug)
    const known = this.sql.row<GroupRow>('SELECT * FROM groups WHERE id = ?', id) as GroupRow
    if (seen.isImported && seen.at < known.last_seen_at) return this.updateEarlierGroup(known, group, seen)
    const slug = known.slug === group.slug ? group.slug : this.freeSlug(site, group, seen)
    const { id: site_group_id, ...names } = { ...group, slug }
    const changes = withoutNulls({ site_group_id, ...names, name: preferPlain(known.name, group.name) })
    const before = { slug: known.slug, name: known.name, status: known.status }
    this.recordRenames({ group_id: id }, before, changes, seen)
    this.sql.update('groups', id, {
      ...changes,
      last_seen_at: seen.at,
      ...(group.name !== null && { named_at: seen.at }),
      ...(isDescribed(group) && { described_at: seen.at }),
    })
    return id
  }

  private updateEarlierGroup(known: GroupRow, group: Group, seen: SeenAt): number {
    const { id: native, name, slug, url, status, description } = group
    const row = { ...known, native: known.site_group_id }
    const names = foldEarlierNames(this.sql, 'group', row, { native, name, slug, url }, seen)
    const details = { status, description, described_at: isDescribed(group) ? seen.at : null }
    const held = { ...known, named_at: known.described_at }
    noteEarlierName(this.sql, 'group', held, { field: 'status', present: known.status, value: status }, seen)
    const { native: site_group_id, ...changed } = {
      ...names,
      ...changes(detailsOf(known), foldDetails(known, details)),
    }
    if (changed.slug !== undefined) changed.slug = this.freeSlug(known.site_id, group, seen)
    const after = { ...changed, ...(site_group_id !== undefined && { site_group_id }) }
    if (Object.keys(after).length > 0) this.sql.update('groups', known.id, after)
    return known.id
  }

  /** Slugs are unique. Two groups may have had the same one, one after the other: the group that was seen later keeps it, the other one's gets its id. */
  private freeSlug(site: number, { id, slug }: Group, { at }: SeenAt): string {
    const sql =
      'SELECT id, site_group_id, last_seen_at FROM groups WHERE site_id = ? AND slug = ? AND site_group_id IS NOT ?'
    const holder = this.sql.row<Pick<GroupRow, 'id' | 'site_group_id' | 'last_seen_at'>>(sql, site, slug, id)
    if (!holder) return slug
    if (holder.last_seen_at > at) return `${slug}~${id ?? at}`
    this.sql.update('groups', holder.id, { slug: `${slug}~${holder.site_group_id ?? holder.id}` })
    return slug
  }

  /** Looks these members up at once. Call it before `member`. */
  load(site: number, members: readonly Member[]): void {
    this.members = new KnownMembers(this.sql, site, members)
  }

  /** Adds or updates a member, and returns its row id; null: neither id nor slug is known. A deleted member (id only) keeps its last name. */
  member(site: number, member: Member, seen: SeenAt): number | null {
    const known = this.members.find(member, seen.at)
    if (!known && member.id === null && member.slug === null) return null
    const isNamed = member.name !== null && member.slug !== null
    if (!known) return this.addMember(site, member, { at: seen.at, named_at: isNamed ? seen.at : null })
    if (seen.isOfText) return known.id
    if (member.id !== null && member.slug !== null && this.members.isTwice(member))
      this.noteDuplicate('member', known.id, site, member.slug)
    if (seen.isImported && seen.at < known.last_seen_at) return this.updateEarlier(known, site, member, seen)
    this.members.saw(known, isNamed ? seen.at : null)
    const changed = news(known, { ...columnsOf(member), name: preferPlain(known.name, member.name) })
    if (changed === null) return known.id
    this.recordRenames({ member_id: known.id }, { slug: known.slug, name: known.name }, changed, seen)
    this.sql.update('members', known.id, changed)
    return this.members.put({ ...known, ...changed })
  }

  private addMember(site: number, member: Member, { at, named_at }: { at: string; named_at: string | null }): number {
    const row = { ...columnsOf(member), first_seen_at: at, last_seen_at: at, named_at }
    return this.members.put({ ...row, id: this.sql.insert('members', { site_id: site, ...row }) })
  }

  private updateEarlier(known: KnownMember, site: number, { id, avatarUrl, ...names }: Member, seen: SeenAt): number {
    const row = { ...known, site_id: site, native: known.site_member_id }
    const { native, ...changed } = foldEarlierNames(this.sql, 'member', row, { native: id, ...names }, seen)
    const after = {
      ...changed,
      ...(native !== undefined && { site_member_id: native }),
      ...(known.avatar_url === null && avatarUrl !== null && { avatar_url: avatarUrl }),
    }
    if (Object.keys(after).length > 0) this.sql.update('members', known.id, after)
    return this.members.put({ ...known, ...after })
  }

  /** Notes when the members of the page were seen. Call it after the last `member`. */
  sawMembers({ at }: SeenAt): void {
    const ids = (wanted: boolean) =>
      JSON.stringify([...this.members.seen].filter(([, isNamed]) => isNamed === wanted).map(([id]) => id))
    if (ids(true) !== '[]') this.sql.run(SAW_NAMED, at, at, ids(true))
    if (ids(false) !== '[]') this.sql.run(SAW, at, ids(false))
  }

  /** Adds a `renamed` event for each changed name, slug or status. A value that was unknown before is no change. */
  private recordRenames(
    owner: object,
    known: NameColumns | undefined,
    changes: Record<string, unknown>,
    { at, run }: SeenAt,
  ): void {
    for (const [field, before] of Object.entries(known ?? {})) {
      const after = changes[field]
      if (before === null || typeof after !== 'string' || isSameName(after, before) || isSameSlug(after, before))
        continue
      this.sql.insert('events', { at, kind: 'renamed', ...owner, field, before, after, run_id: run })
    }
  }

  /** Notes a second row of the same group or member, which a page without the id created under the new slug. */
  private noteDuplicate(kind: Duplicate['kind'], id: number, site: number, slug: string): void {
    const sql = `SELECT id FROM ${kind}s WHERE site_id = ? AND slug = ? AND site_${kind}_id IS NULL AND id <> ?`
    const duplicate = this.sql.one<number>(sql, site, slug, id)
    if (duplicate !== undefined) this.duplicates.set(`${kind} ${duplicate}`, { kind, duplicate, kept: id })
  }

  /** Merges the duplicates. Called when a page is saved: until then its posts may refer to them. Returns what became of a group. */
  mergeDuplicates(): (group: number | null) => number | null {
    const found = new Map(this.duplicates)
    this.duplicates.clear()
    for (const { kind, duplicate, kept } of found.values()) {
      for (const table of REFERRING[kind])
        this.sql.run(`UPDATE ${table} SET ${kind}_id = ? WHERE ${kind}_id = ?`, kept, duplicate)
      this.sql.run(`DELETE FROM ${kind}s WHERE id = ?`, duplicate)
    }
    return group => found.get(`group ${group}`)?.kept ?? group
  }
}

const SAW = `UPDATE members SET last_seen_at = max(last_seen_at, ?) WHERE id ${IN_LIST}`

const SAW_NAMED = `UPDATE members SET last_seen_at = max(last_seen_at, ?), named_at = max(COALESCE(named_at, ''), ?) WHERE id ${IN_LIST}`

const SEEN = 'SELECT max(last_seen_at) FROM groups WHERE site_id = ?'

/** Tables with rows that refer to a group or a member. */
const REFERRING = { group: ['posts', 'revisions', 'frontier', 'events'], member: ['posts', 'revisions', 'events'] }

interface Duplicate {
  kind: 'group' | 'member'
  duplicate: number
  kept: number
}

type NameColumns = Record<string, string | null>

const isDescribed = ({ status, description }: Pick<Group, 'status' | 'description'>): boolean =>
  status !== null || description !== null

/** The values that a page shows. Null means that the page does not show the value, so the stored one stays. */
const withoutNulls = (seen: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(seen).filter(([, value]) => value !== null))

const columnsOf = ({ id, avatarUrl, slug, name, url }: Member) => ({
  site_member_id: id,
  avatar_url: avatarUrl,
  slug,
  name,
  url,
})

/** The values that a page shows and that are not known; null: none. */
function news(known: KnownMember, shown: Partial<KnownMember>): Partial<KnownMember> | null {
  const names = Object.keys(shown) as (keyof KnownMember)[]
  const changed = names.filter(name => shown[name] !== null && shown[name] !== known[name])
  return changed.length === 0 ? null : Object.fromEntries(changed.map(name => [name, shown[name]]))
}
