import type { PostNode, StoredAuthor, StoredGroup, StoredPost, StoredThread } from '../model/archive.js'
import { byLabel } from '../model/columns/post-labels.js'
import type { Instant } from '../model/discussion.js'
import { knownAddress, siteIdOf } from '../model/unknown-site.js'
import { pieceOf } from './words/pieces.js'

/**
 * What both JSON formats say of one post: docs/schema/post-1.json. Built key by key: whatever else an archive adds to its rows stays
 * out, and the order of keys never moves.
 */
export function postRecord({ post, depth, position }: PostNode): object {
  const { from, to } = post.when
  // One literal: spreading many parts into it made this slower than everything else in an export to jsonl.
  const record: Record<string, unknown> = {
    id: post.id,
    parent: post.parentId,
    depth,
    position,
    type: post.type,
    author: authorRecord(post.author),
    posted_at: from === to ? from : null,
    posted_between: [from, to],
    html: post.html,
    text: post.text,
    url: knownAddress(post.url),
    heading: post.heading,
    ...byLabel(name => post[name]),
    status: post.status,
    gone_at: post.goneAt,
    gone_reason: post.goneReason,
    edited: post.edited,
    edited_by: post.editedBy,
    revisions: post.revisions,
    truncated: post.truncated,
    attachments: post.attachments.map(({ kind, url, name }) => ({ kind, url, name })),
    links: post.links.map(({ kind, url, text }) => ({ kind, url: knownAddress(url), text })),
    first_seen_at: post.firstSeenAt,
    last_seen_at: post.lastSeenAt,
  }
  if (post.forgotten) record['forgotten'] = true
  if (post.seenBy) record['seen_by'] = post.seenBy
  if (post.annotations)
    record['annotations'] = post.annotations.map(({ coder, codes, note }) => ({ coder, codes, note }))
  return record
}

/** `{id, slug, name, url}`; a deleted member keeps only the id. */
export const authorRecord = (author: StoredAuthor | null): StoredAuthor | null =>
  author && {
    id: siteIdOf(author.id),
    slug: author.slug,
    name: author.name,
    url: author.url && knownAddress(author.url),
  }

/** Null: the address is not known. */
type GroupRecord = Omit<StoredGroup, 'url'> & { url: string | null }

/** `{id, slug, name, url}`, or null outside all groups. */
export const groupRecord = (group: StoredGroup | null): GroupRecord | null =>
  group && { id: group.id, slug: group.slug, name: group.name, url: knownAddress(group.url) }

/** For formats that have one date a post: of an interval its beginning, of a post without any date when it was first seen. */
export const singleDate = ({ when: { from, to }, firstSeenAt }: StoredPost): Instant => from ?? to ?? firstSeenAt

/** The post that opens the thread, also that of a piece of it; undefined if only replies could be read. */
export function openingOf(thread: StoredThread): PostNode | undefined {
  const [first] = pieceOf(thread)?.first ?? thread.posts
  return first && isOpening(first, thread) ? first : undefined
}

export const isOpening = ({ post, position }: PostNode, { id }: Pick<StoredThread, 'id'>): boolean =>
  position === 0 && (post.id === id || post.parentId === null)
