import { randomBytes } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { ArchiveError } from '../../model/errors.js'
import { type Erasure, type ExportTest, type MemberSummary, REWRITING } from '../../model/reports/forget.js'
import { allSteps, type Stepwise } from '../../model/steps.js'
import { asArchiveError } from '../database/sqlite-errors.js'
import type { Statements } from '../database/statements.js'
import { MediaStore } from '../media/media-store.js'
import { type ErasureOptions, erase } from './execute.js'
import { exportTest } from './exported.js'
import { erasedMembers, MemberFinder, type Person } from './person.js'
import { type ErasurePlan, planErasure } from './plan.js'
import { ErasedMemberMatch } from './propagate.js'

/** Erases members from the archive. */
export class Eraser {
  readonly people: MemberFinder

  constructor(
    private readonly sql: Statements,
    private readonly file: string,
    /** Runs work in one transaction of the holder of the lock. */
    private readonly inTransaction: <Result>(work: () => Result) => Result,
  ) {
    this.people = new MemberFinder(sql)
  }

  private get db(): Database {
    return this.sql.db
  }

  /** Counts what would be erased. Changes nothing. */
  *planning(member: MemberSummary): Stepwise<Erasure> {
    return (yield* this.finding(member)).counts
  }

  /** Finds what would be erased. Changes nothing. */
  finding({ row }: MemberSummary): Stepwise<ErasurePlan> {
    return planErasure(this.sql, this.personOf(row))
  }

  /** By what exported files are recognised as holding something of the member. */
  exportTest({ row }: MemberSummary): ExportTest {
    return exportTest(this.sql, this.personOf(row))
  }

  /** The same as `erasing`, at once. */
  forget(member: MemberSummary, options: Omit<ErasureOptions, 'salt'>): Erasure {
    return allSteps(this.erasing(member, options))
  }

  /**
   * Erases a member in one transaction, then rewrites the file. Ended before the last step (`REWRITING`), it has changed nothing; ended
   * there, the file still contains the erased bytes.
   * @throws ArchiveError as `wipe` does.
   */
  *erasing({ row }: MemberSummary, options: Omit<ErasureOptions, 'salt'>): Stepwise<Erasure> {
    this.db.pragma('secure_delete = ON')
    const plan = yield* planErasure(this.sql, this.personOf(row))
    this.inTransaction(() =>
      erase(this.sql, plan, { ...options, redact: options.redact || this.redacts(row), salt: this.salt() }),
    )
    yield { what: REWRITING, done: 0, total: 1 }
    this.wipe(row)
    return plan.counts
  }

  /** Whether the archive has something of an erased member again, as an earlier version could leave it. */
  hasReturned({ row }: MemberSummary): boolean {
    return this.matchOf(row)?.hasReturned() === true
  }

  /** Whether an earlier erasure also removed the member's name from what others wrote. */
  redacts(row: number): boolean {
    return erasedMembers(this.sql).some(one => one.row === row && one.redact)
  }

  private matchOf(row: number): ErasedMemberMatch | undefined {
    const member = erasedMembers(this.sql).find(one => one.row === row)
    return member && new ErasedMemberMatch(this.sql, member)
  }

  private personOf(row: number): Person {
    return this.matchOf(row)?.person() ?? this.people.personOf(row)
  }

  /** False if the file may still contain erased bytes, because it could not be rewritten. */
  isWiped({ row }: MemberSummary): boolean {
    return this.sql.one(`${UNWIPED_ERASURE} AND member_id = ?`, WIPED, row) === undefined
  }

  /**
   * Rewrites the file without the erased bytes.
   * @throws ArchiveError if another program reads the file: the rows are erased, but their bytes are still in the file.
   */
  wipe(row: number): void {
    this.sweepFiles()
    this.rewriteFile('The member is')
    const sql = "UPDATE events SET after = ? WHERE member_id = ? AND kind = 'forgotten'"
    this.inTransaction(() => this.sql.run(sql, WIPED, row))
  }

  /**
   * Rewrites the file if it may still contain bytes of any erased member.
   * @throws ArchiveError as `wipe` does.
   */
  wipeRest(): void {
    if (this.sql.one(UNWIPED_ERASURE, WIPED) === undefined) return
    this.sweepFiles()
    this.rewriteFile('Members are')
    this.inTransaction(() => this.sql.run("UPDATE events SET after = ? WHERE kind = 'forgotten'", WIPED))
  }

  /** Removes the files of erased members. */
  private sweepFiles(): void {
    new MediaStore(this.sql, this.file, this.inTransaction).sweep()
  }

  private rewriteFile(subject: string): void {
    if (this.guarded(() => vacuum(this.db))) return
    throw new ArchiveError(
      `${subject} forgotten, but another program reads ${this.file}: the file still contains the erased bytes.`,
      'Close the other program, then run the same command again to rewrite the file.',
    )
  }

  private guarded<Result>(work: () => Result): Result {
    try {
      return work()
    } catch (error) {
      throw asArchiveError(error, this.file)
    }
  }

  /** One salt for all erased members: each word of a page is then hashed once. */
  private salt(): string {
    const known = this.sql.one<string>(
      "SELECT forgotten_marks ->> '$.salt' FROM members WHERE forgotten_at IS NOT NULL LIMIT 1",
    )
    return known ?? randomBytes(16).toString('hex')
  }
}

const WIPED = 'wiped'
const UNWIPED_ERASURE = "SELECT 1 FROM events WHERE kind = 'forgotten' AND after IS NOT ?"

/**
 * Rewrites the file, because deleted bytes stay in its free pages, in the full-text index and in the write-ahead log. Needs disk
 * space for a second file. Returns false if another connection reads the file, which keeps the old pages.
 */
function vacuum(db: Database): boolean {
  db.exec("INSERT INTO posts_fts (posts_fts) VALUES ('rebuild')")
  db.exec("INSERT INTO posts_fts (posts_fts) VALUES ('optimize')")
  if (!isLogEmptied(db)) return false
  db.exec('VACUUM')
  return isLogEmptied(db)
}

const isLogEmptied = (db: Database): boolean =>
  (db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]).every(({ busy }) => busy === 0)
