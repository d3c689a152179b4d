/** What `verify` found: `threadkeep.verify/1`, docs/schema/verify-1.json. */
export interface VerifyReport {
  schema: 'threadkeep.verify/1'
  archive: string
  /** Number of the archive's schema (`PRAGMA user_version`). */
  version: number
  quick: boolean
  /** Nothing is wrong, as far as it was looked at. */
  sound: boolean
  checks: CheckResult[]
  /** What `--mend` has repaired; empty without it. */
  mended: Mended[]
}

export interface CheckResult {
  name: string
  /** What is looked at, in words. */
  what: string
  /** `skipped`: left out by `--quick`, or of what an archive of this age does not have. */
  state: 'ok' | 'wrong' | 'skipped'
  /** Why it was skipped. */
  because: string | null
  findings: Finding[]
}

export interface Finding {
  /** What is wrong, in words. */
  what: string
  /** How often. */
  count: number
  /** The first of the places, five at most. */
  where: string[]
  /** What would mend it: a command, or a sentence. */
  mend: string
}

export interface Mended {
  check: string
  /** What was done, in words. */
  what: string
}

/** So far within a check that takes long. */
export interface CheckProgress {
  check: string
  done: number
  total: number
}
