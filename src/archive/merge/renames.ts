import { isSameName, type NamedRow } from '../fold/names.js'
import { later } from '../fold/precedence.js'
import type { Kind } from './identity-match.js'
import type { MergeDatabase } from './merge-database.js'

/** A row as one archive has it. `id`: its row id there. */
interface Side<Row> {
  row: Row
  schema: 'main' | 'other'
  id: number
}

/** Adds a `renamed` event if the archives have different names, unless one of them has that event already. */
export class Renames {
  constructor(
    private readonly work: MergeDatabase,
    private readonly kind: Kind,
    private readonly run: number,
  ) {}

  /** `merged`: the merged row. */
  note<Row extends NamedRow>(a: Side<Row>, b: Side<Row>, merged: Row, fields: readonly (keyof Row & string)[]): void {
    for (const field of fields) {
      for (const [before, after] of [
        [a, b],
        [b, a],
      ] as const) {
        const [one, other] = [textOf(before.row[field]), textOf(merged[field])]
        const isOlder = namedAt(before.row) <= namedAt(after.row)
        if (
          one &&
          other &&
          isOlder &&
          !isSameName(one, other) &&
          !isFreed(one, other) &&
          !this.isRecorded([a, b], field, one)
        )
          this.addEvent(a.id, { field, before: one, after: other }, before, after)
      }
    }
  }

  private isRecorded(sides: readonly Side<NamedRow>[], field: string, before: string): boolean {
    return sides.some(
      ({ schema, id }) =>
        this.work.one(
          `SELECT 1 FROM ${schema}.events WHERE ${this.kind.reference} = ? AND kind = 'renamed' AND field = ? AND before = ?`,
          id,
          field,
          before,
        ) !== undefined,
    )
  }

  private addEvent(
    id: number,
    change: { field: string; before: string; after: string },
    before: Side<NamedRow>,
    after: Side<NamedRow>,
  ): void {
    const since = this.work.one<string | null>(
      `SELECT max(at) FROM ${after.schema}.events WHERE ${this.kind.reference} = ? AND kind = 'renamed' AND field = ? AND after = ?`,
      after.id,
      change.field,
      change.after,
    )
    const at = later(namedAt(before.row), since ?? after.row.first_seen_at)
    this.work.insert('events', { at, kind: 'renamed', [this.kind.reference]: id, ...change, run_id: this.run })
  }
}

const namedAt = ({ named_at, first_seen_at }: NamedRow): string => named_at ?? first_seen_at

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** `care~7` is the slug `care` of a group that lost it to another group. */
const isFreed = (a: string, b: string): boolean => a.startsWith(`${b}~`) || b.startsWith(`${a}~`)
