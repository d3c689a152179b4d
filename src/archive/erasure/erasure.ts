import { randomBytes } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { ArchiveError } from '../../model/errors.js'
import type { Erasure, MemberSummary } from '../../model/reports/forget.js'
import { asArchiveError } from '../database/connection.js'
import type { Statements } from '../database/statements.js'
import { versionOf } from '../schema/migrations.js'
import { hasTables } from '../verify/check.js'
import { type ErasureOptions, erase } from './execute.js'
import { erasedMembers, MemberFinder, type Person } from './person.js'
import { planErasure } from './plan.js'
import { ErasedMemberMatch } from './propagate.js'

export type Progress = (done: number, total: number) => void

/** Erases members from the archive. */
export class Eraser {
  readonly people: MemberFinder

  constructor(
    private readonly sql: Statements,
    private readonly file: string,
  ) {
    this.people = new MemberFinder(sql)
  }

  private get db(): Database {
    return this.sql.db
  }

  /** @throws ArchiveError for an archive of an earlier version, which has no place to note it: writing brings it up to date. */
  requireErasureSchema(): void {
    if (hasTables(this.db, ['members.forgotten_at'])) return
    throw new ArchiveError(
      `This archive was made by an earlier threadkeep (schema ${versionOf(this.db)}), which could forget nobody.`,
      'Any command that writes brings it up to date: threadkeep forget without --dry-run, or threadkeep sync.',
    )
  }

  /** What would go. Changes nothing. */
  plan({ row }: MemberSummary, progress: Progress): Erasure {
    return planErasure(this.sql, this.personOf(row), progress).counts
  }

  /** In one transaction; then the file is written anew. */
  forget({ row }: MemberSummary, how: Omit<ErasureOptions, 'salt'>, progress: Progress): Erasure {
    this.db.pragma('secure_delete = ON')
    const going = planErasure(this.sql, this.personOf(row), progress)
    this.guarded(
      this.db.transaction(() =>
        erase(this.sql, going, { ...how, redact: how.redact || this.redacts(row), salt: this.salt() }),
      ),
    )
    this.wipe(row)
    return going.counts
  }

  /** Forgotten, and there again, as an earlier version has left it. */
  hasReturned({ row }: MemberSummary): boolean {
    return this.matchOf(row)?.hasReturned() === true
  }

  /** Their name was to be taken out of what others wrote, when they were forgotten. */
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

  /** Whether bytes of them may still lie in the file: it could not be written anew. */
  isWiped({ row }: MemberSummary): boolean {
    return this.sql.one(`${UNWIPED} AND member_id = ?`, WIPED, row) === undefined
  }

  /** @throws ArchiveError if that can't be done now: what was erased is no longer shown, and still lies in the file. */
  wipe(row: number): void {
    this.rewriteFile('The member is')
    this.sql.run("UPDATE events SET after = ? WHERE member_id = ? AND kind = 'forgotten'", WIPED, row)
  }

  /**
   * Who was forgotten and whose bytes may still lie in the file.
   * @throws ArchiveError as `wipe` does.
   */
  wipeRest(): void {
    if (this.sql.one(UNWIPED, WIPED) === undefined) return
    this.rewriteFile('Members are')
    this.sql.run("UPDATE events SET after = ? WHERE kind = 'forgotten'", WIPED)
  }

  private rewriteFile(who: string): void {
    if (this.guarded(() => vacuum(this.db))) return
    throw new ArchiveError(
      `${who} forgotten, but another program reads ${this.file}: the erased bytes are still in it.`,
      'Close the other program, and give the same command again: it writes the file anew.',
    )
  }

  private guarded<Result>(work: () => Result): Result {
    try {
      return work()
    } catch (error) {
      throw asArchiveError(error, this.file)
    }
  }

  /** One for all who are forgotten: then each word of a page is hashed once. */
  private salt(): string {
    const known = this.sql.one<string>(
      "SELECT forgotten_marks ->> '$.salt' FROM members WHERE forgotten_at IS NOT NULL LIMIT 1",
    )
    return known ?? randomBytes(16).toString('hex')
  }
}

const WIPED = 'wiped'
const UNWIPED = "SELECT 1 FROM events WHERE kind = 'forgotten' AND after IS NOT ?"

/**
 * What was deleted still lies in the file: in free pages, in the index of the full-text search, in the log. Writes the file
 * anew, so it needs room for another one. False: somebody else reads the file, and so still sees it as it was.
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
