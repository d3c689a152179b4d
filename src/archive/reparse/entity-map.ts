import type { Statements } from '../database/statements.js'
import { type EntityKind, findEntity, GROUP_KIND, MEMBER_KIND } from '../fold/identity.js'

/** A group or member of the shadow database, as the archive has it. */
export interface Counterpart {
  /** Row id in the archive; null: the archive lacks it. */
  id: number | null
  /** For reports. */
  name: string
}

type EntityRow = Record<string, unknown> & { id: number; site_key: string }

interface Kind extends EntityKind {
  fields: readonly string[]
  /** Fields that a better parser may correct. Not slugs, which identify, nor URLs and avatars, which change without a rename. */
  corrected: readonly string[]
}

const SEEN = ['first_seen_at', 'last_seen_at', 'named_at']

export const GROUPS: Kind = {
  ...GROUP_KIND,
  fields: ['site_group_id', 'slug', 'name', 'url', 'status', 'description', ...SEEN],
  corrected: ['name', 'status', 'description'],
}

export const MEMBERS: Kind = {
  ...MEMBER_KIND,
  fields: ['site_member_id', 'slug', 'name', 'url', 'avatar_url', ...SEEN],
  corrected: ['name'],
}

/** Maps groups or members of the shadow database to those of the archive. */
export class EntityMap {
  private readonly known = new Map<number, Counterpart>()

  /** `writes`: adds missing rows to the archive. */
  constructor(
    private readonly live: Statements,
    private readonly shadow: Statements,
    private readonly kind: Kind,
    private readonly writes: boolean,
  ) {}

  of(shadowId: number | null): Counterpart | null {
    if (shadowId === null) return null
    const known = this.known.get(shadowId)
    if (known) return known
    const row = this.shadow.row<EntityRow>(`${this.rows()} WHERE own.id = ?`, shadowId) as EntityRow
    const id = this.find(row) ?? (this.writes ? this.add(row) : null)
    const found = { id, name: nameIn(row, this.kind) }
    this.known.set(shadowId, found)
    return found
  }

  /** The name in the archive. */
  nameOf(liveId: number | null): string | null {
    if (liveId === null) return null
    const row = this.live.row<EntityRow>(`${this.rows()} WHERE own.id = ?`, liveId)
    return row ? nameIn(row, this.kind) : null
  }

  private rows(): string {
    return `SELECT own.*, sites.key AS site_key FROM ${this.kind.table} AS own JOIN sites ON sites.id = own.site_id`
  }

  private find(row: EntityRow): number | undefined {
    const site = this.live.one<number>('SELECT id FROM sites WHERE key = ?', row.site_key)
    const [native, slug] = [row[this.kind.native], row['slug']] as [string | null, string | null]
    return site === undefined ? undefined : findEntity(this.live, this.kind, { site_id: site, native, slug }, null)
  }

  private add(row: EntityRow): number {
    const site = this.live.one<number>('SELECT id FROM sites WHERE key = ?', row.site_key)
    const values = Object.fromEntries(this.kind.fields.map(field => [field, row[field]]))
    return this.live.insert(this.kind.table, { site_id: site, ...values })
  }

  /**
   * Updates names that were last seen in a capture that was read again. Returns the number of changed rows. Earlier names stay in the
   * events.
   */
  updateNames(): number {
    let changed = 0
    let row = this.shadow.row<EntityRow>(`${this.rows()} WHERE own.id > 0 ORDER BY own.id LIMIT 1`)
    while (row) {
      changed += Number(this.updateName(row))
      row = this.shadow.row<EntityRow>(`${this.rows()} WHERE own.id > ? ORDER BY own.id LIMIT 1`, row.id)
    }
    return changed
  }

  private updateName(row: EntityRow): boolean {
    const id = this.find(row)
    const before = id === undefined ? undefined : this.live.row<EntityRow>(`${this.rows()} WHERE own.id = ?`, id)
    if (!before || before['last_seen_at'] !== row['last_seen_at'] || before['forgotten_at']) return false
    const fields = this.kind.corrected.filter(field => row[field] !== null && row[field] !== before[field])
    if (fields.length === 0) return false
    if (this.writes)
      this.live.update(this.kind.table, before.id, Object.fromEntries(fields.map(field => [field, row[field]])))
    return true
  }
}

const nameIn = (row: EntityRow, { native }: Kind): string => String(row['name'] ?? row['slug'] ?? row[native] ?? '')
