import type { Database } from 'better-sqlite3'
import type { CheckResult, Finding, Mended } from '../../model/reports/verify.js'
import { allSteps, type Stepwise } from '../../model/steps.js'
import { errorCode, errorMessage } from '../../model/thrown.js'
import type { ArchiveEnv } from '../database/env.js'
import { isRunning } from '../database/lock.js'
import { versionOf } from '../schema/migrations.js'
import { BODIES } from './bodies.js'
import { BACKUP, type Check, type CheckContext, RECOVER } from './check.js'
import { ERASED_MEMBERS } from './erased-members.js'
import { FILE, PAGES, REFERENCES } from './file.js'
import { FRONTIER, LOCK } from './frontier.js'
import { SEARCH, WORDS } from './full-text.js'
import { MEDIA_CONTENTS, MEDIA_FILES } from './media-files.js'
import { RECORDS } from './records.js'
import { FURTHER, SCHEMA } from './schema.js'
import { THREADS } from './threads.js'
import { VALUES } from './values.js'

interface VerifyOptions {
  /** Skips the checks that read every body or word. */
  quick: boolean
  env: Pick<ArchiveEnv, 'isAlive' | 'host' | 'place'>
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
    for (const check of this.checks(options)) yield allSteps(check)
  }

  /** The checks, each of which runs when its steps are taken. */
  checks(options: VerifyOptions): Stepwise<CheckResult>[] {
    return CHECKS.map(check => this.resultOf(check, options))
  }

  /** Whether rows are missing or of a wrong kind, so that any code can fail. */
  canBreakCode(env: VerifyOptions['env']): boolean {
    return CHECKS.some(check => check.fatal && allSteps(this.resultOf(check, { quick: true, env })).state === 'wrong')
  }

  private *resultOf(check: Check, { quick, env }: VerifyOptions): Stepwise<CheckResult> {
    const head = { name: check.name, what: check.what, because: null, findings: [] }
    if (check.slow && quick) return { ...head, state: 'skipped', because: 'skipped by --quick' }
    try {
      const found = yield* this.findings(check, env)
      const findings = found.map(one => ({ ...one, mend: this.withFileName(one.mend) }))
      return { ...head, state: findings.length > 0 && !check.harmless ? 'wrong' : 'ok', findings }
    } catch (error) {
      return { ...head, state: 'wrong', findings: [this.unreadable(check, error)] }
    }
  }

  private *findings(check: Check, env: VerifyOptions['env']): Stepwise<Finding[]> {
    const isOurs = (pid: number) => pid === this.ownPid
    const isRunningHere: CheckContext['isRunning'] = holder =>
      isRunning(holder, { ...env, isAlive: (pid, at) => isOurs(pid) || env.isAlive(pid, at) })
    yield { what: check.name, done: 0, total: 1 }
    const work = check.run({ db: this.db, isRunning: isRunningHere })
    if (Array.isArray(work)) return work
    for (let step = work.next(); ; step = work.next()) {
      if (step.done) return step.value
      yield { what: check.name, ...step.value }
    }
  }

  /** @throws errors that are not SQLite's: those are bugs. */
  private unreadable({ whenUnreadable }: Check, error: unknown): CheckResult['findings'][number] {
    if (!errorCode(error).startsWith('SQLITE_')) throw error
    const what = `SQLite cannot read this: ${errorMessage(error)}.`
    const mend = whenUnreadable ?? `${BACKUP} Or save what can be read: ${RECOVER}`
    return { what, count: 1, where: [], mend: this.withFileName(mend) }
  }

  private withFileName(mend: string): string {
    const quoted = /^[\w./-]+$/.test(this.file) ? this.file : `'${this.file.replaceAll("'", "'\\''")}'`
    return mend.replaceAll('FILE', () => quoted)
  }

  /** Repairs what can be repaired without loss, for the checks of these names. */
  mend(wrong: readonly string[]): Mended[] {
    return allSteps(this.mending(wrong))
  }

  /** The same step by step: each repair is one transaction, and one step. */
  *mending(wrong: readonly string[]): Stepwise<Mended[]> {
    const checks = CHECKS.filter(({ name }) => wrong.includes(name))
    const repairs = new Set(checks.flatMap(({ mend }) => mend ?? []))
    const mended: Mended[] = []
    for (const mend of repairs) {
      yield { what: 'Repairs', done: mended.length, total: repairs.size }
      const what = this.db.transaction(() => mend(this.db))()
      const check = checks.find(one => one.mend === mend)?.name ?? ''
      if (what !== null) mended.push({ check, what })
    }
    return mended
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
  MEDIA_FILES,
  MEDIA_CONTENTS,
  BODIES,
]
