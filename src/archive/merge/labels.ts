import type { Database } from 'better-sqlite3'
import type { MergeInput } from '../../model/reports/merge.js'
import { inspect } from './input-file.js'
import type { MergeDatabase } from './merge-database.js'

/** An input with the key that identifies its archive. */
export interface LabelledTable extends MergeInput {
  /** Null: it has no run of its own. */
  key: string | null
  label: string
}

/**
 * Start and command of an archive's first run. It identifies an archive and its copies, also after the file was renamed or has grown,
 * so that the label of its first merge is found again. Null: no run of its own.
 */
function keyOf(db: Database): string | null {
  const sql = "SELECT started_at || ' ' || command FROM runs WHERE archive_id IS NULL ORDER BY id LIMIT 1"
  return (db.prepare(sql).pluck().get() as string | undefined) ?? null
}

/**
 * Adds labels: as given, else the file's name, with its folder if two files have the same name. Copies of one archive share the label
 * that sorts first, so that the order of the inputs makes no difference.
 */
export function labelled(inputs: readonly MergeInput[]): LabelledTable[] {
  const stems = inputs.map(({ file }) => stemOf(file))
  const named = inputs.map((input, at) => {
    const stem = stems[at] ?? ''
    const isTwice = stems.filter(other => other === stem).length > 1
    return {
      ...input,
      key: inspect(input.file, keyOf),
      label: input.label ?? (isTwice ? withFolder(input.file) : stem),
    }
  })
  return named.map(one => ({
    ...one,
    label: first(named.filter(({ key }) => key === one.key && key !== null)) ?? one.label,
  }))
}

const first = (copies: readonly { label: string }[]): string | undefined => copies.map(({ label }) => label).sort()[0]

const parts = (file: string) => file.split(/[\\/]/)
const clean = (word: string): string => word.replace(/[@\s\p{C}]+/gu, '-')

const stemOf = (file: string): string => clean((parts(file).at(-1) ?? '').replace(/(.)\.[^.]*$/, '$1'))

const withFolder = (file: string): string =>
  [parts(file).at(-2) ?? '', stemOf(file)].map(clean).filter(Boolean).join('/')

/** Maps the archives that runs came from. Fills temp.merged_archives; `old` and `new` are null for an archive's own runs. */
export class Labels {
  constructor(private readonly work: MergeDatabase) {}

  /** Returns the label for the input's own runs; null: they are also this archive's own. */
  prepare({ key, label }: LabelledTable, now: string): string | null {
    const own = keyOf(this.work.db)
    this.work.note('CREATE TEMP TABLE merged_archives (old INTEGER, new INTEGER)')
    for (const one of this.work.rows<{ id: number; key: string; label: string }>(
      'SELECT id, key, label FROM other.archives',
    ))
      this.map(one.id, one.key, one.label, own, now)
    if (key === null) return label
    const id = this.map(null, key, label, own, now)
    return id === null ? null : this.labelOf(id)
  }

  private map(old: number | null, key: string, label: string, own: string | null, now: string): number | null {
    const id = key === own ? null : this.archive(key, label, now)
    this.work.note('INSERT INTO temp.merged_archives VALUES (?, ?)', old, id)
    return id
  }

  private archive(key: string, label: string, now: string): number {
    const known = this.work.one<number>('SELECT id FROM main.archives WHERE key = ?', key)
    return known ?? this.work.insert('archives', { key, label: this.free(label), merged_at: now })
  }

  /** The label, with a number if another archive has it. */
  private free(label: string): string {
    const isTaken = (name: string) => this.work.one('SELECT 1 FROM main.archives WHERE label = ?', name) !== undefined
    for (let number = 1; ; number++) {
      const name = number === 1 ? label : `${label}-${number}`
      if (!isTaken(name)) return name
    }
  }

  private labelOf(id: number): string {
    return this.work.one<string>('SELECT label FROM main.archives WHERE id = ?', id) as string
  }
}
