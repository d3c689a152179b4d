import { type EntityKind, findEntity } from '../fold/identity.js'
import type { NamedRow } from '../fold/names.js'
import type { MergeDatabase } from './merge-database.js'

/** Tables and columns of groups or members. */
export interface Kind extends EntityKind {
  referring: readonly string[]
}

/** Finds the row of this archive for a row of the input. */
export class Identities {
  constructor(
    private readonly work: MergeDatabase,
    private readonly kind: Kind,
  ) {}

  /** An erased member has no names left, but the same hashes. */
  find(row: NamedRow & { forgotten_marks?: string | null }): number | undefined {
    const found = findEntity(this.work, this.kind, row, null)
    if (found !== undefined || row.slug !== null || !row.forgotten_marks) return found
    const sql = 'SELECT id FROM main.members WHERE site_id = ? AND forgotten_marks = ?'
    return this.work.one<number>(sql, row.site_id, row.forgotten_marks)
  }

  /** A row without a number and with the same slug: it is the same entity. */
  duplicate(id: number, { site_id, native, slug }: NamedRow): number | undefined {
    const { table, native: column } = this.kind
    const sql = `SELECT id FROM main.${table} WHERE site_id = ? AND slug = ? AND ${column} IS NULL AND id <> ?`
    return native === null ? undefined : this.work.one<number>(sql, site_id, slug, id)
  }

  /** Rows without a number, with a slug that a row with a number has, or had while no other row has it now. */
  duplicates(): { duplicate: number; kept: number }[] {
    const { table, native: column, reference } = this.kind
    const numbered = (slug: string) =>
      `SELECT min(one.id) FROM main.${table} AS one WHERE one.site_id = stray.site_id AND one.${column} IS NOT NULL AND ${slug}`
    return this.work.rows(`SELECT * FROM (SELECT stray.id AS duplicate, COALESCE((${numbered('one.slug = stray.slug')}),
        (${numbered(`one.id IN (SELECT event.${reference} FROM main.events AS event
          WHERE event.kind = 'renamed' AND event.field = 'slug' AND event.before = stray.slug)`)})) AS kept
      FROM main.${table} AS stray WHERE stray.${column} IS NULL AND stray.slug IS NOT NULL) WHERE kept IS NOT NULL`)
  }

  /** Moves all references from the duplicate to the other row, and deletes the duplicate. */
  mergeInto(duplicate: number, into: number): void {
    const { table, reference, referring } = this.kind
    for (const name of referring)
      this.work.write(`UPDATE main.${name} SET ${reference} = ? WHERE ${reference} = ?`, into, duplicate)
    this.work.note(`UPDATE temp.merged_${table} SET new = ? WHERE new = ?`, into, duplicate)
    this.work.write(`DELETE FROM main.${table} WHERE id = ?`, duplicate)
  }
}
