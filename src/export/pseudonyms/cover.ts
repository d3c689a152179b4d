import type {
  EarlierVersion,
  GroupSummary,
  NamedGroup,
  PostNode,
  StoredAuthor,
  StoredGroup,
  StoredPost,
  StoredThread,
  ThreadSummary,
} from '../../model/archive.js'
import { byLabel, byTypedLabel, type TypedLabel } from '../../model/columns/post-labels.js'
import type { Attachment, Instant, Link, When } from '../../model/discussion.js'

/** What becomes of the values of an archive, by their meaning. Each function is given the base URL of the site. */
export interface Cover {
  author(author: StoredAuthor, site: string): StoredAuthor
  group(group: StoredGroup, site: string): StoredGroup
  /** The words of a post. */
  post(words: Words, site: string): Words
  /** A title; `author`: of the opening post. */
  title(title: string, author: StoredAuthor | null, site: string): string
  /** A text of one line that is none of a post. */
  line(text: string, site: string): string
  /** Address of a thread or post. */
  url(url: string, site: string): string
  /** Address of what runs have read: a site or a group, or a thread. */
  target(url: string): string
  /** The id of a post or a thread. */
  id(id: string, site: string): string
  at(at: Instant): Instant
  when(when: When): When
  timezone(zone: string | null): string | null
  /** What times say after the cover. Absent: all. */
  precision?: 'month'
  /** A reader of the archive, such as `session@anna`. */
  reader(name: string): string
}

/** Changes nothing. */
export const NO_COVER: Cover = {
  author: author => author,
  group: group => group,
  post: words => words,
  title: title => title,
  line: text => text,
  url: url => url,
  target: url => url,
  id: id => id,
  at: at => at,
  when: when => when,
  timezone: zone => zone,
  reader: name => name,
}

/** What a post says, and what belongs to its words. */
export type Words = Pick<StoredPost, 'html' | 'text' | 'heading' | TypedLabel | 'url' | 'attachments' | 'links'>

export const NO_TYPED_LABELS = byTypedLabel(() => null)

/**
 * All fields of a value, each named: an optional one may be undefined. A field that is added to the type does not compile here until it is
 * named, too, so that none passes without a decision.
 */
type Whole<Value> = { [Field in keyof Required<Value>]: Value[Field] }

export const whole = <Value>(fields: Whole<Value>): Value => fields as Value

export const maybe = <Value>(value: Value | null, change: (value: Value) => Value): Value | null =>
  value === null ? null : change(value)

function coveredPost(post: StoredPost, site: string, cover: Cover): StoredPost {
  const words: Whole<Words> = cover.post(post, site)
  const at = (time: Instant | null) => maybe(time, cover.at)
  return whole<StoredPost>({
    id: cover.id(post.id, site),
    threadId: post.threadId && cover.id(post.threadId, site),
    parentId: maybe(post.parentId, id => cover.id(id, site)),
    type: post.type,
    author: maybe(post.author, author => cover.author(author, site)),
    when: cover.when(post.when),
    html: words.html,
    text: words.text,
    heading: words.heading,
    url: words.url,
    attachments: words.attachments.map(({ kind, url, name }): Attachment => ({ kind, url, name })),
    links: words.links.map(({ kind, url, text }): Link => ({ kind, url, text })),
    ...byLabel(name => post[name]),
    ...byTypedLabel(name => words[name]),
    status: post.status,
    goneAt: at(post.goneAt),
    goneReason: post.goneReason,
    edited: post.edited,
    truncated: post.truncated,
    revisions: post.revisions,
    editedBy: at(post.editedBy),
    forgotten: post.forgotten,
    firstSeenAt: cover.at(post.firstSeenAt),
    lastSeenAt: cover.at(post.lastSeenAt),
    seenBy: post.seenBy && [...new Set(post.seenBy.map(cover.reader))],
    annotations: post.annotations?.map(({ coder, codes, note }) => ({
      coder,
      // Codes in the words of a post name people, as the post does.
      codes: [...new Set(codes.map(code => cover.line(code, site)))],
      note: maybe(note, words => cover.line(words, site)),
    })),
  })
}

export function coveredSummary(thread: ThreadSummary, cover: Cover): ThreadSummary {
  const { site } = thread
  const at = (time: Instant | null) => maybe(time, cover.at)
  return whole<ThreadSummary>({
    id: cover.id(thread.id, site),
    site,
    group: maybe(thread.group, group => cover.group(group, site)),
    url: cover.url(thread.url, site),
    title: cover.title(thread.title, thread.author, site),
    type: thread.type,
    author: maybe(thread.author, author => cover.author(author, site)),
    when: cover.when(thread.when),
    lastPostAt: at(thread.lastPostAt),
    replies: thread.replies,
    status: thread.status,
    gonePosts: thread.gonePosts,
    completeness: { ...thread.completeness },
    readAt: at(thread.readAt),
    readAs: thread.readAs,
    timezone: cover.timezone(thread.timezone),
    precision: cover.precision,
  })
}

/** Its posts are covered while they are walked. */
export function coveredThread(thread: StoredThread, cover: Cover): StoredThread {
  const { site, posts, asOf, matching } = thread
  return whole<StoredThread>({
    ...coveredSummary(thread, cover),
    precision: cover.precision,
    asOf: asOf && cover.at(asOf),
    matching: matching && { ...matching },
    posts: {
      length: posts.length,
      *[Symbol.iterator](): Generator<PostNode> {
        for (const { post, depth, position, replies, isLast, isLeftOut } of posts)
          yield {
            ...{ post: coveredPost(post, site, cover), depth, position, replies, isLast },
            ...(isLeftOut && { isLeftOut }),
          }
      },
    },
  })
}

export function coveredVersion(version: EarlierVersion, url: string, site: string, cover: Cover): EarlierVersion {
  const { heading, html, text } = version
  const words = cover.post({ heading, html, text, url, attachments: [], links: [], ...NO_TYPED_LABELS }, site)
  return whole<EarlierVersion>({
    heading: words.heading,
    html: words.html,
    text: words.text,
    author: maybe(version.author, author => cover.author(author, site)),
    since: cover.at(version.since),
    until: cover.at(version.until),
  })
}

export function coveredName(group: NamedGroup, cover: Cover): NamedGroup {
  const { id, slug, name, url } = cover.group(group, group.site)
  return whole<NamedGroup>({ ...{ id, slug, name, url }, site: group.site, status: group.status, access: group.access })
}

export function coveredGroup(group: GroupSummary, cover: Cover): GroupSummary {
  return whole<GroupSummary>({
    ...coveredName(group, cover),
    threads: group.threads,
    posts: group.posts,
    gonePosts: group.gonePosts,
    completeness: { ...group.completeness },
    lastPostAt: maybe(group.lastPostAt, cover.at),
  })
}
