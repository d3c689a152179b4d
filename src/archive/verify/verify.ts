import type { Database } from 'better-sqlite3'
import type { CheckProgress, CheckResult, Mended } from '../../model/reports/verify.js'
import type { ArchiveEnv } from '../database/env.js'
import { isRunning } from '../database/lock.js'
import { versionOf } from '../schema/migrations.js'
import { BODIES } from './bodies.js'
import { BACKUP, type Check, type CheckContext, RECOVER } from './check.js'
import { ERASED_MEMBERS } from './erased-members.js'
import { FILE, PAGES, REFERENCES } from './file.js'
import { FRONTIER, LOCK } from './frontier.js'
import { SEARCH, WORDS } from './full-text.js'
import { RECORDS } from './records.js'
import { FURTHER, SCHEMA } from './schema.js'
import { THREADS } from './threads.js'
import { VALUES } from './values.js'

export interface VerifyOptions {
  /** Skips the checks that read every body or word. */
  quick: boolean
  env: Pick<ArchiveEnv, 'isAlive' | 'host' | 'place'>
  progress(at: CheckProgress): void
}

/** Checks an archive. */
export class Verifier {
  constructor(
    private readonly db: Database,
    private readonly file: string,
    /** The id of our own process if it holds the lock, which is then not reported. */
    private readonly ownPid: number | null,
  ) {}

  get version(): number {
    return versionOf(this.db)
  }

  /** Runs one check at a time, so that each result can be shown while the next check runs. */
  *results(options: VerifyOptions): Generator<CheckResult> {
    for (const check of CHECKS) yield this.resultOf(check, options)
  }

  private resultOf(check: Check, options: VerifyOptions): CheckResult {
    const head = { name: check.name, what: check.what, because: null, findings: [] }
    if (check.slow && options.quick) return { ...head, state: 'skipped', because: 'skipped by --quick' }
    try {
      const findings = check
        .run(this.checked(check, options))
        .map(found => ({ ...found, mend: this.withFileName(found.mend) }))
      return { ...head, state: findings.length > 0 && !check.harmless ? 'wrong' : 'ok', findings }
    } catch (error) {
      return { ...head, state: 'wrong', findings: [this.unreadable(check, error)] }
    }
  }

  private checked(check: Check, { env, progress }: VerifyOptions): CheckContext {
    return {
      db: this.db,
      isRunning: holder =>
        isRunning(holder, { ...env, isAlive: (pid, at) => pid === this.ownPid || env.isAlive(pid, at) }),
      progress: (done, total) => progress({ check: check.name, done, total }),
    }
  }

  /** @throws errors that are not SQLite's: those are bugs. */
  private unreadable({ whenUnreadable }: Check, error: unknown): CheckResult['findings'][number] {
    if (!String((error as { code?: unknown }).code ?? '').startsWith('SQLITE_')) throw error
    const what = `SQLite cannot read this: ${(error as Error).message}.`
    const mend = whenUnreadable ?? `${BACKUP} Or save what can be read: ${RECOVER}`
    return { what, count: 1, where: [], mend: this.withFileName(mend) }
  }

  private withFileName(mend: string): string {
    const quoted = /^[\w./-]+$/.test(this.file) ? this.file : `'${this.file.replaceAll("'", "'\\''")}'`
    return mend.replaceAll('FILE', () => quoted)
  }

  /** Repairs what can be repaired without loss, for the checks of these names. Each repair is one transaction. */
  mend(wrong: readonly string[]): Mended[] {
    const done = new Set<Check['mend']>()
    return CHECKS.filter(({ name }) => wrong.includes(name)).flatMap(({ name, mend }) => {
      if (!mend || done.has(mend)) return []
      done.add(mend)
      const what = this.db.transaction(() => mend(this.db))()
      return what === null ? [] : [{ check: name, what }]
    })
  }
}

/** All checks of `verify`, in their order. Add a check here. */
const CHECKS: readonly Check[] = [
  PAGES,
  FILE,
  SCHEMA,
  FURTHER,
  VALUES,
  REFERENCES,
  THREADS,
  ...RECORDS,
  ERASED_MEMBERS,
  SEARCH,
  WORDS,
  FRONTIER,
  LOCK,
  BODIES,
]
