import { foldNames, type NamedRow } from '../fold/names.js'
import { changes } from '../fold/precedence.js'
import { Identities, type Kind } from './identity-match.js'
import type { MergeDatabase } from './merge-database.js'
import { Renames } from './renames.js'

/** How groups and members differ. */
export interface EntityMergeRules<Row extends NamedRow> {
  kind: Kind
  /** SELECT list of a `Row` from `alias`. `site`: expression for the site; `capture`: maps a column with a capture's id. */
  columns(alias: string, site: string, capture: (column: string) => string): string
  /** The merged columns besides the names. */
  mergedColumns(a: Row, b: Row): Partial<Row>
  /** Fields whose changes become events. */
  renamed: readonly (keyof Row & string)[]
  /** Resolves a conflict with another row of the same slug. Returns the slug that the row gets. */
  freeSlug?(row: Row, id: number | null): string | null
}

const BATCH = 1000

/** Merges groups or members. Fills temp.merged_groups or temp.merged_members. */
export class EntityMerge<Row extends NamedRow> {
  private readonly identities: Identities
  private readonly renames: Renames

  constructor(
    private readonly work: MergeDatabase,
    private readonly rules: EntityMergeRules<Row>,
    run: number,
  ) {
    this.identities = new Identities(work, rules.kind)
    this.renames = new Renames(work, rules.kind, run)
  }

  /** Yields after each batch of rows. */
  *merging(): Generator<void, void> {
    const { table } = this.rules.kind
    this.work.note(`CREATE TEMP TABLE merged_${table} (old INTEGER PRIMARY KEY, new INTEGER NOT NULL)`)
    for (let rows = this.others(0); rows.length > 0; rows = this.others(rows.at(-1)?.id ?? 0)) {
      for (const row of rows) this.mergeRow(row)
      yield
    }
  }

  /** Merges rows that turn out to be the same entity. Called after the events are merged, which hold earlier slugs. */
  mergeDuplicates(): void {
    for (const { duplicate, kept } of this.identities.duplicates()) this.mergeInto(duplicate, this.mine(kept) as Row)
  }

  private others(after: number): Row[] {
    const columns = this.rules.columns(
      's',
      'site.new',
      column => `(SELECT new FROM temp.merged_captures WHERE old = s.${column})`,
    )
    return this.work.rows<Row>(
      `SELECT ${columns} FROM other.${this.rules.kind.table} AS s JOIN temp.merged_sites AS site ON site.old = s.site_id
        WHERE s.id > ? ORDER BY s.id LIMIT ${BATCH}`,
      after,
    )
  }

  private mine(id: number): Row | undefined {
    const columns = this.rules.columns('s', 's.site_id', column => `s.${column}`)
    return this.work.row<Row>(`SELECT ${columns} FROM main.${this.rules.kind.table} AS s WHERE s.id = ?`, id)
  }

  private mergeRow(row: Row): void {
    const known = this.identities.find(row)
    const id = known === undefined ? this.insert(row) : this.join(known, row)
    this.work.note(`INSERT INTO temp.merged_${this.rules.kind.table} VALUES (?, ?)`, row.id, id)
  }

  private insert(row: Row): number {
    const slug = this.rules.freeSlug?.(row, null) ?? row.slug
    return this.work.insert(this.rules.kind.table, this.stored({ ...row, slug }))
  }

  private join(id: number, row: Row): number {
    const mine = this.mine(id) as Row
    const [own, other] = [
      { row: mine, schema: 'main', id },
      { row, schema: 'other', id: row.id },
    ] as const
    const merged = this.merged(mine, row)
    this.renames.note(own, other, merged, this.rules.renamed)
    this.save(mine, merged)
    return id
  }

  private save(before: Row, after: Row): void {
    const duplicate = this.identities.duplicate(before.id, after)
    if (duplicate !== undefined) this.mergeInto(duplicate, before, after)
    else this.work.update(this.rules.kind.table, before.id, this.changed(before, after))
  }

  private changed(before: Row, after: Row): Record<string, unknown> {
    const slug = after.slug === before.slug ? after.slug : (this.rules.freeSlug?.(after, before.id) ?? after.slug)
    return changes(this.stored(before), this.stored({ ...after, slug }))
  }

  private mergeInto(duplicate: number, before: Row, after = before): void {
    const other = this.mine(duplicate) as Row
    this.identities.mergeInto(duplicate, before.id)
    this.save(before, this.merged(after, other))
  }

  private merged(a: Row, b: Row): Row {
    return { ...foldNames(a, b), ...this.rules.mergedColumns(a, b), id: a.id }
  }

  private stored({ id: _, native, ...row }: Row): Record<string, unknown> {
    return { ...row, [this.rules.kind.native]: native }
  }
}
