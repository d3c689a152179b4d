import type { StoredAuthor } from '../archive.js'
import type { Attachment, Instant, Link, When } from '../discussion.js'
import type { MediaState } from '../media/media.js'
import type { Erasure } from './forget.js'

/**
 * Everything that an archive holds of and about one member: what `forget` erases, and the posts of others that name the member. Lists are
 * read while they are walked, so that memory stays flat.
 */
export interface PersonData {
  /** What `forget` would erase; `mentions` are posts of others. */
  counts: Erasure
  profiles(): Iterable<HeldProfile>
  names(): Iterable<HeldName>
  groups(): Iterable<HeldGroup>
  posts(): Iterable<HeldPost>
  versions(): Iterable<HeldVersion>
  mentions(): Iterable<HeldPost>
  files(): Iterable<HeldFile>
  captures(): Iterable<HeldCapture>
  targets(): Iterable<{ url: string }>
  traces(): Iterable<HeldTrace>
}

/** A row of the member: several, where pages showed the member without the number of the site. */
export interface HeldProfile extends StoredAuthor {
  avatarUrl: string | null
  firstSeenAt: Instant
  lastSeenAt: Instant
}

/** A name that changed between two readings. */
export interface HeldName {
  /** `name` or `slug`. */
  field: string
  before: string | null
  after: string | null
  at: Instant
}

/** A group in which the member wrote; archives hold no lists of members. */
export interface HeldGroup {
  slug: string
  name: string | null
  url: string
  posts: number
}

export interface HeldPost {
  id: string
  url: string
  thread: string
  threadTitle: string
  group: string | null
  /** Null: the author is not known. Absent in posts of the member. */
  author?: string | null
  type: string
  parent: string | null
  when: When
  status: 'live' | 'gone'
  heading: string | null
  text: string
  html: string
  attachments: Attachment[]
  links: Link[]
  firstSeenAt: Instant
  lastSeenAt: Instant
}

/** An earlier text that the member wrote. */
export interface HeldVersion {
  post: string
  heading: string | null
  text: string
  html: string
  replacedAt: Instant
}

/** A file that the member's posts or profile show. */
export interface HeldFile {
  url: string
  name: string | null
  state: MediaState
  sha256: string | null
  type: string | null
  size: number | null
  /** True: others show it, too, so that `forget` leaves it. */
  shared: boolean
}

/** A stored response with the member's words or name. */
export interface HeldCapture {
  id: number
  url: string
  at: Instant
  run: number
  /** As whom it was read; `import`: out of a file. */
  reader: string
  status: number
}

/** A URL, task or log line that names the member. */
export interface HeldTrace {
  /** Table and column. */
  where: string
  row: number
  /** Its beginning, 300 characters at most. */
  text: string
}
