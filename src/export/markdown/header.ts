import type { Link, Paragraph, PhrasingContent, Strong } from 'mdast'
import type { PostNode, StoredAuthor, StoredPost, StoredThread } from '../../model/archive.js'
import { isUnknownAddress } from '../../model/unknown-site.js'
import { safeUrl } from '../body/urls.js'
import { cleanLine, isolated, isVisible } from '../text.js'
import { whenText } from './dates.js'

/** Who wrote a post of this document, and its number. */
export interface Writer {
  name: string
  position: number
}

/** `**Anna** · 28 October 2026, 17:40 UTC · in [Care at Home](…) · [original](…)` */
export function openingHeader({ post }: PostNode, thread: StoredThread): Paragraph {
  const date = [text(whenText(post.when))]
  return joinedByDots([[author(post)], date, inGroup(thread), original(thread), postFlags(post)])
}

/** The header of a document whose opening post could not be read. */
export function unreadOpeningHeader(thread: StoredThread): Paragraph {
  const words = [text('The opening post could not be read; here are the replies')]
  return joinedByDots([words, inGroup(thread), original(thread)])
}

/** `**Seán** · #2 · in reply to Anna (#1) · [28 October 2026, 17:40 UTC](…) · (edited)`; `parent`: null if it is not held; `deep`: below the deepest indentation. */
export function replyHeader({ post, position }: PostNode, parent: Writer | null, deep: boolean): Paragraph {
  const start = deep ? [text('↳ '), author(post)] : [author(post)]
  const date = [linked(whenText(post.when), post.url)]
  return joinedByDots([start, [text(`#${position + 1}`)], inReplyTo(parent), date, postFlags(post)])
}

/** The name of a member in a document. */
export function authorName(member: StoredAuthor | null): string {
  const name = cleanLine(member?.name ?? '')
  if (isVisible(name)) return isolated(name)
  const slug = cleanLine(member?.slug ?? '')
  if (isVisible(slug)) return isolated(slug)
  return member ? 'a former member' : 'an unknown member'
}

/** The name of a post's author in a document. */
export const writerName = (post: StoredPost): string =>
  post.forgotten ? 'a forgotten member' : authorName(post.author)

/** A link, or only its text if the URL is not safe to link. */
export function linked(words: string, url: string): Link | PhrasingContent {
  const safe = safeUrl(url, 'about:blank')
  return safe ? { type: 'link', url: safe, children: [text(words)] } : text(words)
}

export const text = (value: string): PhrasingContent => ({ type: 'text', value })

export const paragraph = (children: PhrasingContent[]): Paragraph => ({ type: 'paragraph', children })

function inReplyTo(parent: Writer | null): PhrasingContent[] {
  if (parent === null) return [text('in reply to a post that could not be read')]
  return [text(`in reply to ${parent.name} (#${parent.position + 1})`)]
}

/** `(edited)`: the site says so, or the archive holds an earlier version. */
function postFlags({ edited, revisions, truncated, status }: StoredPost): PhrasingContent[] {
  const words = [
    (edited || revisions > 0) && '(edited)',
    truncated && '(shortened by the site)',
    status === 'gone' && '(no longer on the site)',
  ]
  const shown = words.filter(Boolean)
  return shown.length > 0 ? [text(shown.join(' '))] : []
}

const author = (post: StoredPost): Strong => ({ type: 'strong', children: [text(writerName(post))] })

const original = ({ url }: StoredThread): PhrasingContent[] => (isUnknownAddress(url) ? [] : [linked('original', url)])

const inGroup = ({ group }: StoredThread): PhrasingContent[] =>
  group
    ? [text('in '), linked(isolated(cleanLine(group.name ?? '') || cleanLine(group.slug) || 'a group'), group.url)]
    : []

/** The parts, joined by dots and without the empty parts. */
export const joinedByDots = (parts: PhrasingContent[][]): Paragraph =>
  paragraph(parts.filter(part => part.length > 0).flatMap((part, at) => (at > 0 ? [text(' · '), ...part] : part)))
