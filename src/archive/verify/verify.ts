import type { Database } from 'better-sqlite3'
import type { CheckProgress, CheckResult, Mended } from '../../model/reports/verify.js'
import type { ArchiveEnv } from '../database/env.js'
import { versionOf } from '../schema/migrations.js'
import { BODIES } from './bodies.js'
import { BACKUP, type Check, type CheckContext, hasTables, RECOVER } from './check.js'
import { ERASED_MEMBERS } from './erased-members.js'
import { FILE, PAGES, REFERENCES } from './file.js'
import { FRONTIER, LOCK } from './frontier.js'
import { SEARCH, WORDS } from './full-text.js'
import { RECORDS } from './records.js'
import { THREADS } from './threads.js'

export interface VerifyOptions {
  /** Leaves out what reads every body and every word. */
  quick: boolean
  env: Pick<ArchiveEnv, 'isAlive' | 'host'>
  progress(at: CheckProgress): void
}

/** Asks an archive whether it is sound. */
export class Verifier {
  constructor(
    private readonly db: Database,
    private readonly file: string,
    /** Our own lock is none that was left behind. */
    private readonly ownPid: number | null,
  ) {}

  get version(): number {
    return versionOf(this.db)
  }

  /** One check after the other: what has been found so far can be shown while the next one works. */
  *results(options: VerifyOptions): Generator<CheckResult> {
    for (const check of CHECKS) yield this.resultOf(check, options)
  }

  private resultOf(check: Check, options: VerifyOptions): CheckResult {
    const head = { name: check.name, what: check.what, because: null, findings: [] }
    if (check.slow && options.quick) return { ...head, state: 'skipped', because: 'left out by --quick' }
    try {
      if (!hasTables(this.db, check.needs))
        return { ...head, state: 'skipped', because: `an archive of schema ${this.version} has none` }
      const findings = check
        .run(this.checked(check, options))
        .map(found => ({ ...found, mend: this.named(found.mend) }))
      return { ...head, state: findings.length > 0 && !check.harmless ? 'wrong' : 'ok', findings }
    } catch (error) {
      return { ...head, state: 'wrong', findings: [this.unreadable(check, error)] }
    }
  }

  private checked(check: Check, { env, progress }: VerifyOptions): CheckContext {
    return {
      db: this.db,
      isAlive: ({ pid, host, startedAt }) =>
        host !== env.host ? null : pid === this.ownPid || env.isAlive(pid, startedAt),
      progress: (done, total) => progress({ check: check.name, done, total }),
    }
  }

  /** @throws whatever is no error of SQLite: that is a bug. */
  private unreadable({ whenUnreadable }: Check, error: unknown): CheckResult['findings'][number] {
    if (!String((error as { code?: unknown }).code ?? '').startsWith('SQLITE_')) throw error
    const what = `This can't be looked at: ${(error as Error).message}.`
    const mend = whenUnreadable ?? `${BACKUP} Or save what can be read: ${RECOVER}`
    return { what, count: 1, where: [], mend: this.named(mend) }
  }

  private named(mend: string): string {
    const quoted = /^[\w./-]+$/.test(this.file) ? this.file : `'${this.file.replaceAll("'", "'\\''")}'`
    return mend.replaceAll('FILE', () => quoted)
  }

  /** Repairs, where these checks found something wrong, what can be repaired without loss. Each repair is one transaction. */
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

/** All that `verify` asks, in this order. Add a check here. */
const CHECKS: readonly Check[] = [
  PAGES,
  FILE,
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
