import type { Group, Instant, Member, Site } from '../../model/discussion.js'
import { siteKey, spellings } from '../../model/urls.js'
import type { Statements } from '../database/statements.js'

/** When, and by which run, a group or member was seen. */
export interface SeenAt {
  at: Instant
  run: number
}

interface MemberRow {
  id: number
  member_id: string | null
  slug: string | null
  name: string | null
}

/** Writes sites, groups and members: one row each, found by the site's own id if known, otherwise by slug. */
export class EntityWriter {
  constructor(private readonly sql: Statements) {}

  site(site: Site): number {
    const key = siteKey(site.url)
    this.sql.run(
      `INSERT INTO sites (key, url, name) VALUES (?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET name = COALESCE(excluded.name, name)`,
      key,
      site.url,
      site.name,
    )
    return this.sql.one<number>('SELECT id FROM sites WHERE key = ?', key) as number
  }

  /** Adds or updates a group, and returns its row id. Ids never change, slugs may; a page without the id identifies the group by its slug. */
  group(site: number, group: Group, seen: SeenAt): number {
    const known =
      (group.id !== null &&
        this.sql.one<number>('SELECT id FROM groups WHERE site_id = ? AND group_id = ?', site, group.id)) ||
      this.sql.one<number>(
        'SELECT id FROM groups WHERE site_id = ? AND slug = ? AND (group_id IS NULL OR ? IS NULL)',
        site,
        group.slug,
        group.id,
      )
    if (known) return this.updateGroup(known, site, group, seen)
    this.freeSlug(site, group.slug)
    const { id, ...columns } = group
    const times = { first_seen_at: seen.at, last_seen_at: seen.at }
    return this.sql.insert('groups', { site_id: site, group_id: id, ...columns, ...times })
  }

  /** Row id of the group with this URL, with any scheme and with or without `www.`. */
  groupAt(url: string): number | null {
    return this.sql.one<number>('SELECT id FROM groups WHERE url IN (?, ?, ?, ?)', ...spellings(url)) ?? null
  }

  statusOf(group: number | null): string | null {
    return this.sql.one<string | null>('SELECT status FROM groups WHERE id = ?', group) ?? null
  }

  private updateGroup(id: number, site: number, group: Group, seen: SeenAt): number {
    if (group.id !== null) this.mergeDuplicate('group', id, site, group.slug)
    const known = this.sql.row<NameColumns>('SELECT slug, name, status FROM groups WHERE id = ?', id)
    if (known?.['slug'] !== group.slug) this.freeSlug(site, group.slug)
    const { id: group_id, ...names } = group
    const changes = withoutNulls({ group_id, ...names, name: preferPlain(known?.['name'] ?? null, group.name) })
    this.recordRenames({ group_id: id }, known, changes, seen)
    this.sql.update('groups', id, { ...changes, last_seen_at: seen.at })
    return id
  }

  /** Appends the id to the slug of another group that used this slug before, because slugs are unique. */
  private freeSlug(site: number, slug: string): void {
    this.sql.run(
      `UPDATE groups SET slug = slug || '~' || COALESCE(group_id, id) WHERE site_id = ? AND slug = ?`,
      site,
      slug,
    )
  }

  /** Adds or updates a member, and returns its row id; null: neither id nor slug is known. A deleted member (id only) keeps its last name. */
  member(site: number, member: Member, seen: SeenAt): number | null {
    const known = this.findMember(site, member)
    if (!known && member.id === null && member.slug === null) return null
    const { id, avatarUrl, ...names } = member
    const shown = { member_id: id, avatar_url: avatarUrl, ...names }
    const times = { first_seen_at: seen.at, last_seen_at: seen.at }
    if (!known) return this.sql.insert('members', { site_id: site, ...shown, ...times })
    if (id !== null && member.slug !== null) this.mergeDuplicate('member', known.id, site, member.slug)
    const changes = withoutNulls({ ...shown, name: preferPlain(known.name, member.name) })
    const { slug, name } = known
    this.recordRenames({ member_id: known.id }, { slug, name }, changes, seen)
    this.sql.update('members', known.id, { ...changes, last_seen_at: seen.at })
    return known.id
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
      if (before === null || typeof after !== 'string' || untexturize(after) === untexturize(before)) continue
      this.sql.insert('events', { at, kind: 'renamed', ...owner, field, before, after, run_id: run })
    }
  }

  /** Merges a second row of the same group or member, which a page without the id created under the new slug. */
  private mergeDuplicate(kind: 'group' | 'member', id: number, site: number, slug: string): void {
    const sql = `SELECT id FROM ${kind}s WHERE site_id = ? AND slug = ? AND ${kind}_id IS NULL AND id <> ?`
    const duplicate = this.sql.one<number>(sql, site, slug, id)
    if (duplicate === undefined) return
    for (const table of REFERRING[kind])
      this.sql.run(`UPDATE ${table} SET ${kind}_id = ? WHERE ${kind}_id = ?`, id, duplicate)
    this.sql.run(`DELETE FROM ${kind}s WHERE id = ?`, duplicate)
  }

  private findMember(site: number, member: Member): MemberRow | undefined {
    const columns = 'SELECT id, member_id, slug, name FROM members WHERE site_id = ?'
    const byId = member.id !== null && this.sql.row<MemberRow>(`${columns} AND member_id = ?`, site, member.id)
    if (byId) return byId
    if (member.slug === null) return undefined
    return this.sql.row<MemberRow>(
      `${columns} AND slug = ? AND (member_id IS NULL OR ? IS NULL)`,
      site,
      member.slug,
      member.id,
    )
  }
}

/** Tables with rows that refer to a group or a member. */
const REFERRING = { group: ['posts', 'frontier', 'events'], member: ['posts', 'events'] }

type NameColumns = Record<string, string | null>

/** The values that a page shows. Null means that the page does not show the value, so the stored one stays. */
const withoutNulls = (seen: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(seen).filter(([, value]) => value !== null))

/**
 * The name to keep. Some views print names with curly quotes and long dashes (`wptexturize`, in BuddyBoss' sentences), others print
 * them as typed: both are the same name, and the typed form is kept.
 */
function preferPlain(kept: string | null, seen: string | null): string | null {
  return kept !== null && seen !== null && untexturize(kept) === untexturize(seen) && kept === untexturize(kept)
    ? kept
    : seen
}

/** Reverts the curly quotes, long dashes and ellipses of WordPress' `wptexturize`. */
export const untexturize = (name: string): string =>
  name
    .replace(/[“”„″]/g, '"')
    .replace(/[‘’‚′]/g, "'")
    .replace(/[–—]/g, '-')
    .replaceAll('…', '...')
