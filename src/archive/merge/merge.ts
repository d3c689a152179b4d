import { basename, dirname, join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { ArchiveError } from '../../model/errors.js'
import type { MergedArchive, MergeInput, MergeReport } from '../../model/reports/merge.js'
import { MAX_LISTED_CONFLICTS } from '../../model/reports/merge.js'
import { allSteps, type Step, type Stepwise } from '../../model/steps.js'
import { errorCode } from '../../model/thrown.js'
import type { SiteMove } from '../../model/urls.js'
import { asArchiveError } from '../database/sqlite-errors.js'
import { Statements } from '../database/statements.js'
import { propagateErasure } from '../erasure/propagate.js'
import { regroup, settleTrees } from '../fold/trees.js'
import { recognise } from '../recognition/recognise.js'
import { MADE_IDS } from '../schema/tables/posts.js'
import { mergeCaptures, mergeRuns } from './captures.js'
import { EntityMerge } from './entities.js'
import { mergeEvents } from './events.js'
import { groupMergeRules } from './groups.js'
import { inspect, withReadable } from './input-file.js'
import { type LabelledTable, Labels, labelled } from './labels.js'
import { mergeMedia } from './media.js'
import { MEMBERS } from './members.js'
import { MergeDatabase } from './merge-database.js'
import { knownMoves, movesOf, renameMovedSites } from './moved-sites.js'
import { type MergedPostCounts, PostMerge } from './posts.js'
import { mapReaders, mergeSightings } from './readers.js'
import { mergeSites } from './sites.js'
import { dropPending, mergeTargets } from './targets.js'
import { mergeThreads } from './threads.js'

/** Values for the run's row. `now`: milliseconds since 1970. */
interface MergeRun {
  command: string
  version: string
  now(): number
}

/**
 * Merges other archives into this one, one transaction each: a crash leaves each either merged or untouched. Merging an archive again
 * adds nothing. The inputs are only read. A member that either archive has erased is erased in both before rows are copied: for the
 * input, in a temporary copy.
 */
export class Merger {
  /** Number of members that were erased because one of the archives had erased them. Their bytes are still in the file. */
  erasedMembers = 0

  constructor(
    private readonly db: Database,
    private readonly file: string,
    /** Proves in a transaction that the lock is still ours. */
    private readonly prove: () => void,
  ) {}

  /** @throws ArchiveError before anything is written, if an input is missing, is no archive, or has a newer schema. */
  merge(inputs: readonly MergeInput[], run: MergeRun): MergeReport {
    return allSteps(this.steps(inputs, run))
  }

  /** The same step by step; each step counts the inputs that are merged. An input that is not merged to its end leaves nothing. */
  *steps(inputs: readonly MergeInput[], run: MergeRun): Stepwise<MergeReport> {
    const results: MergeResult[] = []
    for (const input of labelled(inputs)) {
      const step = { what: 'Merging archives', done: results.length, total: inputs.length }
      results.push(yield* this.mergeInput(input, run, step))
    }
    return this.reportOf(results)
  }

  private reportOf(results: readonly MergeResult[]): MergeReport {
    const conflicts = results.map(result => result.conflicts)
    const contradictions = results.flatMap(result => result.contradictions)
    return {
      archives: results.map(({ archive }) => archive),
      posts: this.count("SELECT count(*) FROM posts WHERE status <> 'unread'"),
      readers: this.db
        .prepare('SELECT reader, count(*) AS posts FROM sightings GROUP BY reader ORDER BY reader')
        .all() as MergeReport['readers'],
      conflicts: {
        count: conflicts.reduce((sum, { count }) => sum + count, 0),
        first: conflicts.flatMap(({ first }) => first).slice(0, MAX_LISTED_CONFLICTS),
      },
      contradictions: {
        count: contradictions.length,
        first: contradictions.slice(0, MAX_LISTED_CONFLICTS),
      },
      changed: results.some(({ changed }) => changed),
    }
  }

  private count(sql: string): number {
    return this.db.prepare(sql).pluck().get() as number
  }

  private *mergeInput(input: LabelledTable, run: MergeRun, step: Step): Stepwise<MergeResult> {
    yield step
    const spare = join(dirname(this.file), `.${basename(this.file).slice(-200)}.input.part`)
    try {
      const moves = knownMoves(this.db, input.file)
      return yield* withReadable(
        input.file,
        spare,
        file => this.attached(file, () => this.inTransaction(input, run, movesOf(this.db, moves), step)),
        this.changeOfCopy(input.file, moves),
      )
    } catch (error) {
      throw /^SQLITE_CONSTRAINT/.test(errorCode(error))
        ? new ArchiveError(...brokenRows(input.file), { cause: error })
        : asArchiveError(error, isOfInput(error) ? input.file : this.file)
    }
  }

  /** What a copy of the input needs; undefined: nothing. Our erased members are erased in it, so that this file never holds their names. */
  private changeOfCopy(file: string, known: readonly SiteMove[]): ((copy: Database) => void) | undefined {
    const moves = inspect(file, db => movesOf(db, known))
    const erases = this.count('SELECT count(*) FROM main.members WHERE forgotten_at IS NOT NULL') > 0
    if (!erases && moves.length === 0) return undefined
    const from = { sql: new Statements(this.db), schema: 'main' } as const
    return copy => {
      renameMovedSites(copy, moves, file)
      if (erases) this.erasedInCopy = propagateErasure(new Statements(copy), from)
    }
  }

  private erasedInCopy = 0

  private *attached<Result>(file: string, work: () => Stepwise<Result>): Stepwise<Result> {
    this.db.prepare('ATTACH ? AS other').run(file)
    try {
      return yield* work()
    } finally {
      this.db.exec('DETACH other')
    }
  }

  /** `main`: erases members that have returned, as a crash of an earlier version could leave them. */
  private propagateFrom(schema: 'main' | 'other', { version, now }: MergeRun): number {
    const sql = new Statements(this.db)
    return propagateErasure(sql, { sql, schema }, { at: new Date(now()).toISOString(), version })
  }

  /** Rolls back if the input brought nothing new. */
  private *inTransaction(
    input: LabelledTable,
    run: MergeRun,
    moves: readonly SiteMove[],
    step: Step,
  ): Stepwise<MergeResult> {
    if (this.count(ERASED_MEMBERS) > 0) this.db.pragma('secure_delete = ON')
    this.db.exec('BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON')
    try {
      this.prove()
      renameMovedSites(this.db, moves, this.file)
      const propagated = this.propagateFrom('other', run)
      const merged = yield* mergeAttached(new MergeDatabase(this.db), input, run, step)
      const forgotten = propagated + this.propagateFrom('main', run)
      const result = { ...merged, changed: merged.changed || forgotten + moves.length > 0 }
      if (result.changed) dropTemporary(this.db)
      this.prove()
      this.db.exec(result.changed ? 'COMMIT' : 'ROLLBACK')
      if (result.changed) this.erasedMembers += forgotten + this.erasedInCopy
      return result
    } finally {
      if (this.db.inTransaction) this.db.exec('ROLLBACK')
    }
  }
}

const ERASED_MEMBERS = `SELECT (SELECT count(*) FROM main.members WHERE forgotten_at IS NOT NULL)
  + (SELECT count(*) FROM other.members WHERE forgotten_at IS NOT NULL)`

/** Whether an error most likely concerns the input, which is only read: damage, or a lock of another process. */
const isOfInput = (error: unknown): boolean => /^SQLITE_(?:CORRUPT|NOTADB|BUSY)/.test(errorCode(error))

const brokenRows = (file: string): [string, string] => [
  `${file} cannot be merged: some of its rows refer to rows that are missing.`,
  'Another program has changed it. Use a backup of it, or archive its targets again.',
]

/** Drops the maps of row ids, which belong to one input. */
function dropTemporary(db: Database): void {
  const tables = db.prepare("SELECT name FROM sqlite_temp_schema WHERE type = 'table'").pluck().all() as string[]
  for (const table of tables) db.exec(`DROP TABLE temp.${table}`)
}

interface MergeResult {
  archive: MergedArchive
  contradictions: string[]
  conflicts: MergeReport['conflicts']
  changed: boolean
}

function* mergeAttached(work: MergeDatabase, input: LabelledTable, run: MergeRun, step: Step): Stepwise<MergeResult> {
  const startedAt = new Date(run.now()).toISOString()
  const label = new Labels(work).prepare(input, startedAt)
  mapReaders(work, label)
  mergeRuns(work)
  const own = beginRun(work, run, startedAt)
  const newCaptures = mergeCaptures(work)
  yield step
  mergeSites(work)
  const entities = [new EntityMerge(work, groupMergeRules(work), own), new EntityMerge(work, MEMBERS, own)]
  for (const one of entities) yield* inBatches(one.merging(), step)
  mergeEvents(work, 'names')
  for (const one of entities) one.mergeDuplicates()
  yield step
  const posts = new PostMerge(work, own)
  const counts = yield* inBatches(posts.merging(), step)
  mergeThreads(work)
  yield step
  const contradictions = refusedPlaces(work, settleTrees(work).refused)
  yield step
  regroup(work, null)
  yield step
  mergeSightings(work)
  yield step
  mergeMedia(work)
  mergeEvents(work, 'posts')
  posts.addBackEvents()
  mergeTargets(work)
  recogniseTexts(work, counts)
  const changed = work.written > 0
  if (changed) dropPending(work)
  endRun(work, own, counts, new Date(run.now()).toISOString())
  return {
    archive: { file: input.file, label, ...counts, newCaptures },
    conflicts: posts.conflicts,
    contradictions,
    changed,
  }
}

/** Posts of texts in either archive that the other one knows become the same rows. */
function recogniseTexts(work: MergeDatabase, counts: MergedPostCounts): void {
  work.copy(MADE_IDS, {}, MADE_ONLY_THERE)
  const { posts, removed } = recognise(work)
  // What the input had for its texts only is gone again.
  work.written = Math.max(work.written - removed, posts)
  const fewer = Math.min(posts, counts.newPosts)
  counts.newPosts -= fewer
  counts.samePosts += fewer
}

const MADE_ONLY_THERE =
  'other.made_ids AS s WHERE NOT EXISTS (SELECT 1 FROM main.made_ids AS mine WHERE mine.made_id = s.made_id)'

/** Work that yields after each batch of rows. */
function* inBatches<Result>(rows: Generator<void, Result>, step: Step): Stepwise<Result> {
  for (let batch = rows.next(); ; batch = rows.next()) {
    if (batch.done) return batch.value
    yield step
  }
}

/** Sentences about posts to which the archives give places that contradict each other. `posts`: row ids. */
const refusedPlaces = (work: MergeDatabase, posts: readonly number[]): string[] =>
  posts.flatMap(id => {
    const post = work.row<{ site_post_id: string; url: string }>('SELECT site_post_id, url FROM posts WHERE id = ?', id)
    return post ? [`Post ${post.site_post_id} (${post.url}): ${REFUSED}`] : []
  })

const REFUSED =
  'the archives contradict each other about its thread or parent, so it is below the opening post of its thread.'

/** Called after the runs of the input were copied, so that the merge is the last run. */
function beginRun(work: MergeDatabase, { command, version }: MergeRun, at: string): number {
  work.note('INSERT INTO main.runs (command, version, started_at) VALUES (?, ?, ?)', command, version, at)
  return work.one<number>('SELECT max(id) FROM main.runs') as number
}

function endRun(work: MergeDatabase, id: number, counts: { newPosts: number; updatedPosts: number }, at: string): void {
  const sql = 'UPDATE main.runs SET finished_at = ?, exit_code = 0, new_posts = ?, changed_posts = ? WHERE id = ?'
  work.note(sql, at, counts.newPosts, counts.updatedPosts, id)
}
