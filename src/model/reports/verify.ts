/** Report of `verify`: `threadkeep.verify/1`, docs/schema/verify-1.json. */
export interface VerifyReport {
  schema: 'threadkeep.verify/1'
  archive: string
  /** Number of the archive's schema (`PRAGMA user_version`). */
  version: number
  quick: boolean
  /** True if no check found a fault. */
  sound: boolean
  checks: CheckResult[]
  /** What `--mend` repaired; empty without it. */
  mended: Mended[]
}

export interface CheckResult {
  name: string
  /** What is checked, as a phrase. */
  what: string
  /** `skipped`: because of `--quick`, or because an archive with this schema does not have what is checked. */
  state: 'ok' | 'wrong' | 'skipped'
  /** Why the check was skipped; null: it was not. */
  because: string | null
  findings: Finding[]
}

export interface Finding {
  /** What is wrong, as a phrase. */
  what: string
  /** Number of occurrences. */
  count: number
  /** The first occurrences, five at most. */
  where: string[]
  /** What repairs it: a command or a sentence. */
  mend: string
}

export interface Mended {
  check: string
  /** What was repaired, as a phrase. */
  what: string
}
