import type { MergeDatabase } from './merge-database.js'
import type { NamedRow } from './merge-names.js'

/** Groups and members are merged in the same way. */
export interface Kind {
  table: 'groups' | 'members'
  /** Column of the site's own id, and of the row id in the tables that refer to it. */
  native: 'group_id' | 'member_id'
  referring: readonly string[]
}

/** Which row of the archive a row of the other one is: by the site's own id, else by slug, also by an earlier one. */
export class Identities {
  constructor(
    private readonly work: MergeDatabase,
    private readonly kind: Kind,
  ) {}

  find(row: NamedRow & { forgotten_marks?: string | null }): number | undefined {
    const { site_id, native, slug } = row
    const { table, native: column } = this.kind
    const one = (rest: string, ...values: unknown[]) =>
      this.work.one<number>(`SELECT id FROM main.${table} AS known WHERE site_id = ? AND ${rest}`, site_id, ...values)
    const byId = native === null ? undefined : one(`${column} = ?`, native)
    if (byId !== undefined) return byId
    if (slug === null) return row.forgotten_marks ? one('forgotten_marks = ?', row.forgotten_marks) : undefined
    const numberless = one(`slug = ? AND ${column} IS NULL`, slug)
    if (numberless !== undefined || native !== null) return numberless
    const first = `ORDER BY ${column} LIMIT 1`
    return one(`slug = ? ${first}`, slug) ?? one(`${column} IS NOT NULL AND ${FORMER(column)} ${first}`, slug)
  }

  /** The same one, met where no number was told. */
  double(id: number, { site_id, native, slug }: NamedRow): number | undefined {
    const { table, native: column } = this.kind
    const sql = `SELECT id FROM main.${table} WHERE site_id = ? AND slug = ? AND ${column} IS NULL AND id <> ?`
    return native === null ? undefined : this.work.one<number>(sql, site_id, slug, id)
  }

  /** Met without a number under a slug that one with a number has, or had and nobody has by now. */
  strays(): { double: number; kept: number }[] {
    const { table, native: column } = this.kind
    const numbered = (slug: string) =>
      `SELECT min(one.id) FROM main.${table} AS one WHERE one.site_id = stray.site_id AND one.${column} IS NOT NULL AND ${slug}`
    return this.work.rows(`SELECT * FROM (SELECT stray.id AS double, COALESCE((${numbered('one.slug = stray.slug')}),
        (${numbered(`one.id IN (SELECT event.${column} FROM main.events AS event
          WHERE event.kind = 'renamed' AND event.field = 'slug' AND event.before = stray.slug)`)})) AS kept
      FROM main.${table} AS stray WHERE stray.${column} IS NULL AND stray.slug IS NOT NULL) WHERE kept IS NOT NULL`)
  }

  /** All that refers to one row refers to the other, and the one goes. */
  fold(double: number, into: number): void {
    const { table, native: column, referring } = this.kind
    for (const name of referring)
      this.work.write(`UPDATE main.${name} SET ${column} = ? WHERE ${column} = ?`, into, double)
    this.work.note(`UPDATE temp.merged_${table} SET new = ? WHERE new = ?`, into, double)
    this.work.write(`DELETE FROM main.${table} WHERE id = ?`, double)
  }
}

const FORMER = (column: string) =>
  `EXISTS (SELECT 1 FROM main.events WHERE ${column} = known.id AND kind = 'renamed' AND field = 'slug' AND before = ?)`
