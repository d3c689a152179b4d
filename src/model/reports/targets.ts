/** What `targets rename` does, or would do. */
export type RenamePlan = SiteRename | TargetRename

/** A site with all that is held of it gets another address. `from`, `to`: base URLs. */
export interface SiteRename {
  kind: 'site'
  from: string
  to: string
  groups: number
  posts: number
  members: number
  /** Targets of the site, before and after. */
  targets: { from: string; to: string }[]
}

/** One target gets another address, within its site or before anything was read of it. */
interface TargetRename {
  kind: 'target'
  from: string
  to: string
}

/** What `targets remove` takes off: a target; or a group from the targets that are its whole site. */
export type Removal = { kind: 'target'; url: string } | { kind: 'group'; url: string; from: string[] }
