import { basename, dirname, join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { ArchiveError } from '../../model/errors.js'
import type { MergedArchive, MergeInput, MergeReport } from '../../model/reports/merge.js'
import { TOLD_CONFLICTS } from '../../model/reports/merge.js'
import { explained } from '../database/connection.js'
import { Statements } from '../database/statements.js'
import { forgetAlike } from '../erasure/propagate.js'
import { mergeCaptures, mergeRuns } from './captures.js'
import { EntityMerge } from './entities.js'
import { mergeEvents } from './events.js'
import { groupWays } from './groups.js'
import { withReadable } from './input-file.js'
import { type Known, Labels, labelled } from './labels.js'
import { MEMBERS } from './members.js'
import { Work } from './merge-database.js'
import { PostMerge } from './posts.js'
import { mapReaders, mergeSightings } from './readers.js'
import { mergeSites } from './sites.js'
import { dropPending, mergeTargets } from './targets.js'

/** For the run's row. */
export interface MergeRun {
  command: string
  version: string
  now(): number
}

/**
 * Takes other archives over into this one: each in a transaction of its own, so that a kill leaves it as it was or whole. What is
 * there already is not taken twice. The other files are only read. Whom either has forgotten is out of both before anything is taken over:
 * of the other one, a copy is made for that.
 */
export class Merger {
  /** How many members were forgotten here because one of the archives had forgotten them. Their bytes are still to be wiped. */
  forgotten = 0

  constructor(
    private readonly db: Database,
    private readonly file: string,
  ) {}

  /** @throws ArchiveError before anything is written, if one of the files is missing, no archive, or too new. */
  merge(inputs: readonly MergeInput[], run: MergeRun): MergeReport {
    const parts = labelled(inputs).map(input => this.takeOver(input, run))
    const conflicts = parts.map(part => part.conflicts)
    return {
      archives: parts.map(({ archive }) => archive),
      posts: this.count("SELECT count(*) FROM posts WHERE status <> 'unread'"),
      readers: this.db
        .prepare('SELECT reader, count(*) AS posts FROM sightings GROUP BY reader ORDER BY reader')
        .all() as MergeReport['readers'],
      conflicts: {
        count: conflicts.reduce((sum, { count }) => sum + count, 0),
        first: conflicts.flatMap(({ first }) => first).slice(0, TOLD_CONFLICTS),
      },
      changed: parts.some(({ changed }) => changed),
    }
  }

  private count(sql: string): number {
    return this.db.prepare(sql).pluck().get() as number
  }

  private takeOver(input: Known, run: MergeRun): Part {
    const spare = join(dirname(this.file), `.${basename(this.file).slice(-200)}.input.part`)
    try {
      return withReadable(
        input.file,
        spare,
        file => this.attached(file, () => this.inTransaction(input, run)),
        this.change(),
      )
    } catch (error) {
      throw /^SQLITE_CONSTRAINT/.test(codeOf(error))
        ? new ArchiveError(...brokenRows(input.file), { cause: error })
        : explained(error, isOfInput(error) ? input.file : this.file)
    }
  }

  /** Their names must never be in this file again, however the merge ends. */
  private change(): ((copy: Database) => void) | undefined {
    if (this.count('SELECT count(*) FROM main.members WHERE forgotten_at IS NOT NULL') === 0) return undefined
    const from = { sql: new Statements(this.db), schema: 'main' } as const
    return copy => {
      this.inCopy = forgetAlike(new Statements(copy), from)
    }
  }

  private inCopy = 0

  private attached<Result>(file: string, work: () => Result): Result {
    this.db.prepare('ATTACH ? AS other').run(file)
    try {
      return work()
    } finally {
      this.db.exec('DETACH other')
    }
  }

  /** `main`: who has come back, as a kill of an earlier version has left it. */
  private forgetThose(schema: 'main' | 'other', { version, now }: MergeRun): number {
    const sql = new Statements(this.db)
    return forgetAlike(sql, { sql, schema }, { at: new Date(now()).toISOString(), version })
  }

  /** Nothing new, and no row changes. */
  private inTransaction(input: Known, run: MergeRun): Part {
    if (this.count(FORGOTTEN) > 0) this.db.pragma('secure_delete = ON')
    this.db.exec('BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON')
    try {
      const here = this.forgetThose('other', run)
      const merged = mergeAttached(new Work(this.db), input, run)
      const forgotten = here + this.forgetThose('main', run)
      const part = { ...merged, changed: merged.changed || forgotten > 0 }
      if (part.changed) dropTemporary(this.db)
      this.db.exec(part.changed ? 'COMMIT' : 'ROLLBACK')
      if (part.changed) this.forgotten += forgotten + this.inCopy
      return part
    } catch (error) {
      if (this.db.inTransaction) this.db.exec('ROLLBACK')
      throw error
    }
  }
}

const FORGOTTEN = `SELECT (SELECT count(*) FROM main.members WHERE forgotten_at IS NOT NULL)
  + (SELECT count(*) FROM other.members WHERE forgotten_at IS NOT NULL)`

/** What is damaged or held by another is the one that is only read, most likely; what could not be written is this one. */
const isOfInput = (error: unknown): boolean => /^SQLITE_(?:CORRUPT|NOTADB|BUSY)/.test(codeOf(error))

const codeOf = (error: unknown): string => String((error as { code?: unknown }).code)

const brokenRows = (file: string): [string, string] => [
  `${file} can not be merged: rows of it refer to others that are missing.`,
  'Another program has changed it. Take a backup of it, or read its targets again.',
]

/** The maps of row ids are those of one input. */
function dropTemporary(db: Database): void {
  const tables = db.prepare("SELECT name FROM sqlite_temp_schema WHERE type = 'table'").pluck().all() as string[]
  for (const table of tables) db.exec(`DROP TABLE temp.${table}`)
}

interface Part {
  archive: MergedArchive
  conflicts: MergeReport['conflicts']
  changed: boolean
}

function mergeAttached(work: Work, input: Known, run: MergeRun): Part {
  const startedAt = new Date(run.now()).toISOString()
  const label = new Labels(work).prepare(input, startedAt)
  mapReaders(work, label)
  mergeRuns(work)
  const own = beginRun(work, run, startedAt)
  const newCaptures = mergeCaptures(work)
  mergeSites(work)
  const entities = [new EntityMerge(work, groupWays(work), own), new EntityMerge(work, MEMBERS, own)]
  for (const one of entities) one.merge()
  const posts = new PostMerge(work, own)
  const counts = posts.merge()
  mergeSightings(work)
  mergeEvents(work)
  posts.noteBacks()
  for (const one of entities) one.foldStrays()
  mergeTargets(work)
  const changed = work.written > 0
  if (changed) dropPending(work)
  endRun(work, own, counts, new Date(run.now()).toISOString())
  return { archive: { file: input.file, label, ...counts, newCaptures }, conflicts: posts.conflicts, changed }
}

/** Behind the runs that were taken over, so that it is the last one. */
function beginRun(work: Work, { command, version }: MergeRun, at: string): number {
  work.note('INSERT INTO main.runs (command, version, started_at) VALUES (?, ?, ?)', command, version, at)
  return work.one<number>('SELECT max(id) FROM main.runs') as number
}

function endRun(work: Work, id: number, counts: { newPosts: number; updatedPosts: number }, at: string): void {
  const sql = 'UPDATE main.runs SET finished_at = ?, exit_code = 0, new_posts = ?, changed_posts = ? WHERE id = ?'
  work.note(sql, at, counts.newPosts, counts.updatedPosts, id)
}
