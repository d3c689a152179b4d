import type { PostNode, StoredGroup, StoredPost, StoredThread } from '../../model/archive.js'
import type { Attachment, Link } from '../../model/discussion.js'
import { tagUri } from '../identifiers.js'
import { isOpening } from '../record.js'
import { cleanLine, isVisible } from '../text.js'
import { groupName } from '../words/names.js'
import { contentOf, linkTarget } from './content.js'

/** Keys whose value is undefined are left out of JSON. */
type Thing = Readonly<Record<string, unknown>>

/** What made a post: who, when, where, and the post. The times of an interval are those of the activity. */
export function createActivity(node: PostNode, thread: StoredThread): Thing {
  const { post } = node
  const { from, to } = post.when
  const isExact = from !== null && from === to
  return {
    id: `${tagUri(thread.site, 'post', post.id)}/create`,
    type: 'Create',
    actor: personOf(thread.site, post),
    published: from ?? to ?? undefined,
    ...(isExact ? {} : { startTime: from ?? undefined, endTime: to ?? undefined }),
    audience: thread.group ? groupOf(thread.site, thread.group) : undefined,
    object: objectOf(node, thread),
  }
}

function objectOf(node: PostNode, thread: StoredThread): Thing {
  const { post, replies } = node
  const { site, group } = thread
  const { from, to } = post.when
  return {
    id: tagUri(site, 'post', post.id),
    ...typeOf(post),
    name: visible(post.heading),
    attributedTo: personOf(site, post)?.['id'],
    audience: group ? groupOf(site, group)['id'] : undefined,
    context: tagUri(site, 'thread', thread.id),
    inReplyTo: isOpening(node, thread) ? undefined : tagUri(site, 'post', post.parentId ?? thread.id),
    published: from ?? to ?? undefined,
    updated: post.editedBy ?? undefined,
    url: addressOf(post.url),
    content: contentOf(post),
    replies: { type: 'Collection', totalItems: replies },
    attachment: listed(post.attachments.flatMap(attachment => attachmentOf(attachment, post.url))),
    tag: listed(post.links.flatMap(link => mentionOf(link, post.url))),
  }
}

/** A post with a heading is an article. One that is gone from the site, or was erased from the archive, is a tombstone. */
function typeOf(post: StoredPost): Thing {
  const type = visible(post.heading) === undefined ? 'Note' : 'Article'
  const isGone = post.status === 'gone' || post.forgotten
  return isGone ? { type: 'Tombstone', formerType: type, deleted: post.goneAt ?? undefined } : { type }
}

/** Undefined: nobody knows who, or the member was erased. */
function personOf(site: string, { author, forgotten }: StoredPost): Thing | undefined {
  if (author === null || forgotten) return undefined
  const { id, slug, name } = author
  const url = addressOf(author.url)
  return {
    id: url ?? tagUri(site, 'member', id ?? slug ?? name ?? ''),
    ...{ type: 'Person', name: visible(name), preferredUsername: visible(slug), url },
  }
}

function groupOf(site: string, group: StoredGroup): Thing {
  const url = addressOf(group.url)
  return { id: url ?? tagUri(site, 'group', group.slug), type: 'Group', name: groupName(group), url }
}

const TYPES = { image: 'Image', video: 'Video', audio: 'Audio', document: 'Document', embed: 'Page' } as const

function attachmentOf({ kind, url, name }: Attachment, base: string): Thing[] {
  const address = addressOf(url, base)
  return address === undefined ? [] : [{ type: TYPES[kind], url: address, name: visible(name) }]
}

function mentionOf({ kind, url, text }: Link, base: string): Thing[] {
  const href = addressOf(url, base)
  return kind !== 'mention' || href === undefined ? [] : [{ type: 'Mention', href, name: visible(text) }]
}

const listed = (things: readonly Thing[]): readonly Thing[] | undefined => (things.length > 0 ? things : undefined)

const addressOf = (url: string | null, base?: string): string | undefined => linkTarget(url, base) ?? undefined

function visible(text: string | null): string | undefined {
  const line = cleanLine(text ?? '')
  return isVisible(line) ? line : undefined
}
