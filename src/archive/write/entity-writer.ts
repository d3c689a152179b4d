import type { Group, Instant, Member, Site } from '../../model/discussion.js'
import { siteKey, spellings } from '../../model/urls.js'
import type { Statements } from '../database/statements.js'

/** When and by which run a name was read. */
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

/** Sites, groups and members: one row each, by the site's own id where it is known, else by slug. */
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

  /** The slug may change and the id may not; a page that names no id knows the group by its slug. */
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

  /** The group whose address this is, however scheme and host are spelled. */
  groupAt(url: string): number | null {
    return this.sql.one<number>('SELECT id FROM groups WHERE url IN (?, ?, ?, ?)', ...spellings(url)) ?? null
  }

  statusOf(group: number | null): string | null {
    return this.sql.one<string | null>('SELECT status FROM groups WHERE id = ?', group) ?? null
  }

  private updateGroup(id: number, site: number, group: Group, seen: SeenAt): number {
    if (group.id !== null) this.mergeIdlessGroup(id, site, group.slug)
    const known = this.sql.row<NameColumns>('SELECT slug, name, status FROM groups WHERE id = ?', id)
    if (known?.['slug'] !== group.slug) this.freeSlug(site, group.slug)
    const { id: group_id, ...names } = group
    const changes = withoutNulls({ group_id, ...names, name: preferPlain(known?.['name'] ?? null, group.name) })
    this.recordRenames({ group_id: id }, known, changes, seen)
    this.sql.update('groups', id, { ...changes, last_seen_at: seen.at })
    return id
  }

  /** The same group may have been met under its new slug by a page that names no id. */
  private mergeIdlessGroup(id: number, site: number, slug: string): void {
    const duplicate = this.sql.one<number>(
      'SELECT id FROM groups WHERE site_id = ? AND slug = ? AND group_id IS NULL AND id <> ?',
      site,
      slug,
      id,
    )
    if (duplicate === undefined) return
    for (const table of ['posts', 'frontier', 'events'])
      this.sql.run(`UPDATE ${table} SET group_id = ? WHERE group_id = ?`, id, duplicate)
    this.sql.run('DELETE FROM groups WHERE id = ?', duplicate)
  }

  /** Another group had this slug before: its own number stays what tells it. */
  private freeSlug(site: number, slug: string): void {
    this.sql.run(
      `UPDATE groups SET slug = slug || '~' || COALESCE(group_id, id) WHERE site_id = ? AND slug = ?`,
      site,
      slug,
    )
  }

  /** A deleted member is known by the number alone, and keeps the name that was seen before. */
  member(site: number, member: Member, seen: SeenAt): number | null {
    const known = this.findMember(site, member)
    if (!known && member.id === null && member.slug === null) return null
    const { id, avatarUrl, ...names } = member
    const shown = { member_id: id, avatar_url: avatarUrl, ...names }
    const times = { first_seen_at: seen.at, last_seen_at: seen.at }
    if (!known) return this.sql.insert('members', { site_id: site, ...shown, ...times })
    if (id !== null && member.slug !== null) this.mergeIdlessMember(known.id, site, member.slug)
    const changes = withoutNulls({ ...shown, name: preferPlain(known.name, member.name) })
    const { slug, name } = known
    this.recordRenames({ member_id: known.id }, { slug, name }, changes, seen)
    this.sql.update('members', known.id, { ...changes, last_seen_at: seen.at })
    return known.id
  }

  /** Earlier names are history, like earlier texts. What was not known before is no new name. */
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

  /** The same member may have been met under a new slug where no avatar gave the number away. */
  private mergeIdlessMember(id: number, site: number, slug: string): void {
    const duplicate = this.sql.one<number>(
      'SELECT id FROM members WHERE site_id = ? AND slug = ? AND member_id IS NULL AND id <> ?',
      site,
      slug,
      id,
    )
    if (duplicate === undefined) return
    for (const table of ['posts', 'events'])
      this.sql.run(`UPDATE ${table} SET member_id = ? WHERE member_id = ?`, id, duplicate)
    this.sql.run('DELETE FROM members WHERE id = ?', duplicate)
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

type NameColumns = Record<string, string | null>

/** What a page says; null stands for what it does not say, and takes nothing away. */
const withoutNulls = (seen: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(seen).filter(([, value]) => value !== null))

/**
 * Some views curl the quotes of a name and lengthen its dashes (wptexturize, in BuddyBoss' sentences), others print it as it was
 * typed: that is no new name, and the typed one stays.
 */
function preferPlain(kept: string | null, seen: string | null): string | null {
  return kept !== null && seen !== null && untexturize(kept) === untexturize(seen) && kept === untexturize(kept)
    ? kept
    : seen
}

/** As it was typed: without the curls and dashes that wptexturize puts in. */
export const untexturize = (name: string): string =>
  name
    .replace(/[“”„″]/g, '"')
    .replace(/[‘’‚′]/g, "'")
    .replace(/[–—]/g, '-')
    .replaceAll('…', '...')
