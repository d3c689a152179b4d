import { Identities, type Kind } from './identity-match.js'
import type { MergeDatabase } from './merge-database.js'
import { mergedNames, type NamedRow } from './merge-names.js'
import { changes } from './precedence.js'
import { Renames } from './renames.js'

/** What groups and members do in their own way. */
export interface EntityMergeRules<Row extends NamedRow> {
  kind: Kind
  /** Columns of `Row`, as `alias` has them; `capture` maps the id of a capture. */
  columns(alias: string, site: string, capture: (column: string) => string): string
  /** What is told besides the names. */
  joined(a: Row, b: Row): Partial<Row>
  /** Fields whose changes are told as events. */
  renamed: readonly (keyof Row & string)[]
  /** A slug that another row has. */
  freeSlug?(row: Row, id: number | null): string | null
}

const BATCH = 1000

/** One row each, as in an archive of its own. Fills temp.merged_groups or temp.merged_members. */
export class EntityMerge<Row extends NamedRow> {
  private readonly identities: Identities
  private readonly renames: Renames

  constructor(
    private readonly work: MergeDatabase,
    private readonly ways: EntityMergeRules<Row>,
    run: number,
  ) {
    this.identities = new Identities(work, ways.kind)
    this.renames = new Renames(work, ways.kind, run)
  }

  merge(): void {
    const { table } = this.ways.kind
    this.work.note(`CREATE TEMP TABLE merged_${table} (old INTEGER PRIMARY KEY, new INTEGER NOT NULL)`)
    for (let rows = this.others(0); rows.length > 0; rows = this.others(rows.at(-1)?.id ?? 0))
      for (const row of rows) this.mergeRow(row)
  }

  /** What turned out to be one and the same, now that the events of both are there. */
  mergeDuplicates(): void {
    for (const { double, kept } of this.identities.strays()) this.fold(double, this.mine(kept) as Row)
  }

  private others(after: number): Row[] {
    const columns = this.ways.columns(
      's',
      'site.new',
      column => `(SELECT new FROM temp.merged_captures WHERE old = s.${column})`,
    )
    return this.work.rows<Row>(
      `SELECT ${columns} FROM other.${this.ways.kind.table} AS s JOIN temp.merged_sites AS site ON site.old = s.site_id
        WHERE s.id > ? ORDER BY s.id LIMIT ${BATCH}`,
      after,
    )
  }

  private mine(id: number): Row | undefined {
    const columns = this.ways.columns('s', 's.site_id', column => `s.${column}`)
    return this.work.row<Row>(`SELECT ${columns} FROM main.${this.ways.kind.table} AS s WHERE s.id = ?`, id)
  }

  private mergeRow(row: Row): void {
    const known = this.identities.find(row)
    const id = known === undefined ? this.insert(row) : this.join(known, row)
    this.work.note(`INSERT INTO temp.merged_${this.ways.kind.table} VALUES (?, ?)`, row.id, id)
  }

  private insert(row: Row): number {
    const slug = this.ways.freeSlug?.(row, null) ?? row.slug
    return this.work.insert(this.ways.kind.table, this.stored({ ...row, slug }))
  }

  private join(id: number, row: Row): number {
    const mine = this.mine(id) as Row
    const [own, other] = [
      { row: mine, schema: 'main', id },
      { row, schema: 'other', id: row.id },
    ] as const
    const joined = this.joined(mine, row)
    this.renames.note(own, other, joined, this.ways.renamed)
    this.save(mine, joined)
    return id
  }

  private save(before: Row, after: Row): void {
    const double = this.identities.double(before.id, after)
    if (double !== undefined) this.fold(double, before, after)
    else this.work.update(this.ways.kind.table, before.id, this.changed(before, after))
  }

  private changed(before: Row, after: Row): Record<string, unknown> {
    const slug = after.slug === before.slug ? after.slug : (this.ways.freeSlug?.(after, before.id) ?? after.slug)
    return changes(this.stored(before), this.stored({ ...after, slug }))
  }

  private fold(double: number, before: Row, after = before): void {
    const other = this.mine(double) as Row
    this.identities.fold(double, before.id)
    this.save(before, this.joined(after, other))
  }

  private joined(a: Row, b: Row): Row {
    return { ...mergedNames(a, b), ...this.ways.joined(a, b), id: a.id }
  }

  private stored({ id: _, native, ...row }: Row): Record<string, unknown> {
    return { ...row, [this.ways.kind.native]: native }
  }
}
