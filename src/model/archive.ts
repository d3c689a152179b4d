import type { Capture } from './capture.js'
import type { Annotation } from './coding/annotation.js'
import type { PostLabels } from './columns/post-labels.js'
import type { Group, Instant, Member, Post, When } from './discussion.js'
import type { KnownPerson } from './people/known-person.js'
import type { Query } from './query/query.js'
import type { ArchiveStatus } from './reports/archive-status.js'
import type { Provenance } from './reports/provenance.js'

/** What exporters, `list` and `show` read from an archive. Read-only, without SQL. */
export interface ArchiveReader {
  groups(): Iterable<GroupSummary>
  /** The same groups in the same order without their figures, for which all posts are walked. */
  namedGroups(): Iterable<NamedGroup>
  /** Threads in the order of the opening post's date, then id. Streams: read the posts of a thread before the archive is closed. */
  threads(selection: Selection): Iterable<StoredThread>
  /** Summaries without posts, in the same order. */
  threadSummaries(selection: Selection): Iterable<ThreadSummary>
  status(): ArchiveStatus
  /**
   * Stored responses in the order of their time, with those whose body others share; withheld ones are left out. Of selections: those
   * that what is held of the selected threads was read from. Streams: one body is in memory at a time.
   */
  captures?(selections: readonly Selection[]): Iterable<KeptCapture>
  /** The versions of a post before the present one, oldest first. `site`: base URL; `post`: the site's own id. */
  earlierVersions?(site: string, post: string): readonly EarlierVersion[]
  /** The present address of a page whose site has moved; any other URL unchanged. */
  presentUrl?(url: string): string
  /** The file that was fetched from this address of an attachment or avatar; null: it is not kept. */
  storedFile?(url: string): StoredFile | null
  /** Where the present text of a post came from. `site`: base URL; `post`: the site's own id. Null: the post is not held. */
  sourceOf?(site: string, post: string): PostSource | null
  /** How the content of the archive came into it: the runs, what they found, and what is known of dates. */
  provenance?(): Provenance
  /** Everybody who has a name in the archive: members, each with all names that they ever had, and people whose profiles texts mention. */
  people?(): Iterable<KnownPerson>
  /** The texts of all posts, in no order. */
  texts?(): Iterable<string>
}

/** A file that a post or a member shows, in the folder beside the archive. */
export interface StoredFile {
  /** Path of the file on this machine. */
  file: string
  /** Hash of its content. */
  sha256: string
  /** Media type, judged by the content. */
  type: string
  /** Bytes. */
  size: number
  /** Name under which it was uploaded; null: not known. It is what a stranger wrote, and no safe name of a file. */
  name: string | null
  /** The bytes, piece by piece. */
  read(): Iterable<Uint8Array>
}

/** Where the text of a post came from. */
export interface PostSource {
  /** Name of the site; null: not known. */
  siteName: string | null
  /** The response that showed it: hash of its body, its address, when it was read. Null: none is kept. */
  capture: { sha256: string; url: string; at: Instant } | null
}

/** A stored response. */
export interface KeptCapture extends Capture {
  id: number
  /** The earlier capture with the same meaning, whose body this capture shares; then `body` is empty. Null: none. */
  sameAs: number | null
}

/** Selects threads that match all of these conditions. An empty list is no condition. */
export interface Selection {
  /** Group slugs, ids, names or URLs. */
  groups?: string[]
  /** Thread ids or permalinks in any form; also the id of a reply. */
  threads?: string[]
  /** Whole threads with at least one post in [after, before). */
  after?: Instant
  before?: Instant
  /** Excludes threads whose opening post has one of these types, and activity items that only repeat a forum post of the archive. */
  withoutTypes?: readonly string[]
  /** Only threads whose opening post has one of these types. */
  types?: readonly string[]
  /** Whole threads with at least one post that matches. */
  matching?: Query
  /**
   * `matching`: only posts that match by themselves, in all of `after`, `before` and `matching`; the threads without any are left out. The other
   * posts of a thread keep their places, and say `isLeftOut`. Default: all.
   */
  posts?: 'all' | 'matching'
}

export interface Completeness {
  /** `complete`: every post that the site showed is held in full. `short`: something is missing. `unknown`: no whole view yet. */
  state: 'complete' | 'short' | 'unknown'
  /** Posts held in full, including the opening post. */
  held: number
  /** Posts that the site showed or claimed; null: not known. */
  claimed: number | null
}

export type StoredGroup = Pick<Group, 'id' | 'slug' | 'name' | 'url'>

export interface NamedGroup extends StoredGroup {
  site: string
  status: string | null
  /** `members`: this reader may not see its posts; null: its stream was not requested. */
  access: 'open' | 'members' | null
}

export interface GroupSummary extends NamedGroup {
  threads: number
  /** All posts in the archive, including gone ones. */
  posts: number
  gonePosts: number
  /** Completeness of what is on the site now. */
  completeness: Completeness
  lastPostAt: Instant | null
}

export type StoredAuthor = Omit<Member, 'avatarUrl'>

/** `gone`: the post is no longer on the site; its text stays. */
export type PostStatus = 'live' | 'gone'

/** What a site shows of a post. */
type ShownPost = Pick<
  Post,
  'id' | 'threadId' | 'type' | 'when' | 'html' | 'text' | 'url' | 'edited' | 'truncated' | 'attachments' | 'links'
>

export interface StoredPost extends ShownPost, PostLabels {
  parentId: string | null
  author: StoredAuthor | null
  /** BuddyBoss: title; null: none, or not known. */
  heading: string | null
  status: PostStatus
  /** When threadkeep found that the post is gone; null: it is live, or it is not known when. */
  goneAt: Instant | null
  /** What proved that: `absent from a complete thread`, …; null: it is live. */
  goneReason: string | null
  revisions: number
  /** When the present version was first read in place of an earlier one: an upper bound of the edit; null: there is no earlier one. */
  editedBy: Instant | null
  /** True if the author was erased from the archive: the post has no text and no author. */
  forgotten?: true
  firstSeenAt: Instant
  lastSeenAt: Instant
  /** Readers who saw the post, sorted: `visitor`, `session@anna`. Only in archives with merged inputs. */
  seenBy?: string[]
  /** What researchers gave the post, in the order of their files. Only in an export that merges such files. */
  annotations?: readonly Annotation[]
}

/** A text that a post had, with its author, until the archive saw another one. */
export interface EarlierVersion extends Pick<StoredPost, 'heading' | 'html' | 'text' | 'author'> {
  /** When it was first seen. */
  since: Instant
  /** When another one was seen in its place. */
  until: Instant
}

/** A post and its place in the reply tree: in pre-order, depth and order say who replied to whom. */
export interface PostNode<Placed = StoredPost> {
  post: Placed
  /** 0 for the opening post, and for replies whose parent is not in the archive. */
  depth: number
  /** Index in pre-order. */
  position: number
  /** Number of direct replies. */
  replies: number
  /** True if no sibling follows. */
  isLast: boolean
  /** True if only matching posts were asked for, and it is none. */
  isLeftOut?: true
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
  /** Status of the opening post. */
  status: PostStatus
  /** Number of posts that are gone from the site. */
  gonePosts: number
  /** Completeness of what is on the site; for a thread that is gone, of what was. */
  completeness: Completeness
  /** When the whole thread was last seen, else when any of its posts last was; null: not known. */
  readAt: Instant | null
  /** Who saw it then; null: not known. */
  readAs: ThreadReader | null
  /** Time zone of the site: `Europe/Berlin`, or a fixed offset such as `+05:30`; null: not known. */
  timezone: string | null
  /** `month`: all times are those of months (UTC), from the first second to the last one. Absent: they are exact. */
  precision?: 'month'
}

/** A visitor; a member by the cookies of a session or by a password; or an imported file, whose reader is not known. */
export type ThreadReader = 'visitor' | 'session' | 'password' | 'import'

export interface StoredThread extends ThreadSummary {
  /** Number of its posts that match, if only these were asked for; absent: all were. */
  matching?: Readonly<Record<PostStatus, number>>
  /** Set: the thread as the archive knew it at this time. Absent: as it is known now. */
  asOf?: Instant
  /**
   * All posts in pre-order: the opening post first, if it was read, and parents before their replies. An archive reads the texts in
   * batches while the posts are walked, so that a thread of any length needs little memory; the posts can be walked more than once.
   */
  posts: Iterable<PostNode> & {
    readonly length: number
    /** The same posts as JSON. Absent: whoever needs that makes it of the posts. */
    json?(): Iterable<PostNode<PostJson>>
  }
}

/** A post as the JSON object of docs/schema/post-1.json, in two parts: its place in the thread is between them. */
export interface PostJson extends Pick<StoredPost, 'status'> {
  /** `"id":"240","parent":"237"`, without the brace. */
  ids: string
  /** From `"type"` to the closing brace. */
  rest: string
}
