/** A member as the archive knows them. */
export interface MemberSummary {
  /** Number of the row, for the archive alone. */
  row: number
  site: string
  id: string | null
  slug: string | null
  name: string | null
  url: string | null
  posts: number
  /** Null: was never forgotten. */
  forgottenAt: string | null
}

/** What belongs to a member and would go, or has gone. */
export interface Erasure {
  posts: number
  revisions: number
  /** Answers of the site whose bodies hold their words or their name. */
  captures: number
  /** Addresses, requests to come and logs of runs that name them. */
  traces: number
  /** Targets that are theirs, and can't be synced any more. */
  targets: number
  /** Posts of others that name them, by the site's ids. */
  mentions: string[]
}

/** What `forget` did: `threadkeep.forget/1`, docs/schema/forget-1.json. Names nobody. */
export interface ForgetReport extends Erasure {
  schema: 'threadkeep.forget/1'
  archive: string
  site: string
  /** The site's own number of the member; null: it was never told. */
  member: string | null
  /** `dry-run`: nothing was changed. `already`: they had been forgotten before. */
  state: 'forgotten' | 'dry-run' | 'already'
  forgottenAt: string | null
  mentionsAre: 'kept' | 'redacted'
  /** Other files that may hold them, and that were not touched. */
  untouched: string[]
}
