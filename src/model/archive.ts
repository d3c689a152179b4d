import type { Attachment, Instant, Link, When } from './discussion.js'
import type { Query } from './query/query.js'
import type { Route } from './task.js'

/** What exporters, `list` and `show` may ask of an archive: design.md, section 7. Read-only, no SQL. */
export interface ArchiveReader {
  groups(): Iterable<GroupSummary>
  /** In order of the opening post's date, then id. Streams: at most one thread is in memory. */
  threads(selection: Selection): Iterable<StoredThread>
  /** Heads only, for lists: the same order. */
  threadSummaries(selection: Selection): Iterable<ThreadSummary>
  status(): ArchiveStatus
}

/** How far the archive has come. Times are ISO, UTC. */
export interface ArchiveStatus {
  targets: TargetStatus[]
  lastRun: {
    id: number
    command: string
    startedAt: string
    /** Null: at work, or killed. */
    finishedAt: string | null
    exitCode: number | null
  } | null
  /** The run that holds the archive, or held it when it was killed. */
  holder: { pid: number; host: string; startedAt: string; command: string } | null
  /** Youngest first, five at most. These three: absent where there is no file. */
  lastRuns?: RunStatus[]
  file?: FileStatus
  counts?: InventoryCounts
}

export interface RunStatus extends NonNullable<ArchiveStatus['lastRun']> {
  requests: number
  newPosts: number
  changedPosts: number
  /** Null: an archive of before schema 4 does not tell. */
  gonePosts: number | null
}

/** In bytes. */
export interface FileStatus {
  bytes: number
  /** Answers as they came, compressed. */
  captureBytes: number
  /** Pages that are free to be used again. */
  freeBytes: number
  /** Of the archive. */
  schema: number
}

export interface InventoryCounts {
  groups: number
  threads: number
  livePosts: number
  gonePosts: number
  revisions: number
  captures: number
}

export interface TargetStatus {
  url: string
  /** As whom the last reading was done. */
  reader: 'visitor' | 'session' | 'password'
  startedAt: string | null
  /** Null: not read to its end yet. */
  finishedAt: string | null
  /** Requests that are known to be still to do. */
  pending: number
  gaps: Gap[]
  /** How `sync` will read it; absent where there is no file. */
  sync?: SyncStatus
}

export interface SyncStatus {
  via: 'auto' | Route
  /** Null: as it was before there were pauses of one's own. */
  sleepSeconds: readonly [number, number] | null
  ignoreRobots: boolean
  /** When it was last read whole, without gaps in its lists; null: never. */
  fullReadAt: Instant | null
  /** Start of the last reading that came to its end. */
  lastBegunAt: Instant | null
  /** Threads that are held of it and live. */
  threads: number
}

/** A request that brought nothing to keep. */
export interface Gap {
  url: string
  reason: string | null
  /** The next run asks for it again; else the next reading of the whole target does. */
  again: boolean
}

/** All of these hold together; empty lists choose nothing away. */
export interface Selection {
  /** Group slugs, ids, names or URLs. */
  groups?: string[]
  /** Thread ids or permalinks in any form; also the id of a reply. */
  threads?: string[]
  /** Threads with a post in [after, before), whole. */
  after?: Instant
  before?: Instant
  /** Item types of the opening post to leave out. */
  withoutTypes?: readonly string[]
  /** Only these item types of the opening post. */
  types?: readonly string[]
  /** Threads that hold a post of which this is true, whole. */
  matching?: Query
}

export interface Completeness {
  /** `complete`: all that the site showed is held, in full. `short`: something is missing. `unknown`: no whole view yet. */
  state: 'complete' | 'short' | 'unknown'
  /** Posts held in full, the opening post included. */
  held: number
  /** Posts that the site showed or claimed; null where it said nothing. */
  claimed: number | null
}

export interface StoredGroup {
  id: string | null
  slug: string
  name: string | null
  url: string
}

export interface GroupSummary extends StoredGroup {
  site: string
  status: string | null
  /** `members`: this reader may not see its posts; null: its stream was not asked for. */
  access: 'open' | 'members' | null
  threads: number
  /** All that are held, those that are gone from the site among them. */
  posts: number
  gonePosts: number
  /** Of what is on the site. */
  completeness: Completeness
  lastPostAt: Instant | null
}

export interface StoredAuthor {
  id: string | null
  slug: string | null
  name: string | null
  url: string | null
}

/** `gone`: it is no longer on the site; its text stays. */
export type PostStatus = 'live' | 'gone'

export interface StoredPost {
  id: string
  threadId: string
  parentId: string | null
  type: string
  author: StoredAuthor | null
  when: When
  html: string
  text: string
  url: string
  /** BuddyBoss' title, topic and audience (`public`, `loggedin`, …); null: none, or not told. */
  heading: string | null
  topic: string | null
  privacy: string | null
  status: PostStatus
  edited: boolean
  revisions: number
  truncated: boolean
  attachments: Attachment[]
  links: Link[]
  /** Its author was erased from the archive: there is no text, and no author. */
  forgotten?: true
  firstSeenAt: Instant
  lastSeenAt: Instant
  /** Who has seen it, sorted: `visitor`, `session@anna`. Only where archives of several readers were merged. */
  seenBy?: string[]
}

/** A post with its replies; `depth` 0 is the opening post, `position` the place in pre-order. */
export interface PostNode {
  post: StoredPost
  depth: number
  position: number
  replies: PostNode[]
}

export interface ThreadSummary {
  id: string
  site: string
  group: StoredGroup | null
  url: string
  /** Title or first words of the opening post; never empty. */
  title: string
  type: string
  author: StoredAuthor | null
  when: When
  /** Date of the newest post. */
  lastPostAt: Instant | null
  replies: number
  /** That of the opening post. */
  status: PostStatus
  /** How many of its posts are gone from the site. */
  gonePosts: number
  /** Of what is on the site; of a thread that is gone, of what was. */
  completeness: Completeness
}

export interface StoredThread extends ThreadSummary {
  /** It is shown as it was known then; absent: as it is known now. */
  asOf?: Instant
  /** Pre-order. Usually one root; replies whose opening post could not be read are roots too. */
  roots: PostNode[]
}
