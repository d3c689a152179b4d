import type { DemoPost } from './community.js'
import type { Site } from './site.js'

export type StreamKind = 'site' | 'group' | 'member' | 'single'

/** A list of posts as one address of the site shows it. */
export interface Stream {
  kind: StreamKind
  /** Below the site's address, with closing slash: `groups/gardeners/`. */
  path: string
  posts: DemoPost[]
}

export interface StreamPage {
  stream: Stream
  number: number
  posts: DemoPost[]
  /** What the "Load More" link asks for; null on the last page. */
  next: string | null
}

const PAGE_SIZE = 20

/** The stream that an address shows; null where there is nothing to show. */
export function streamAt(site: Site, path: string): Stream | null {
  const [area = '', name = '', tab = '', id = ''] = path.split('/')
  if (area === 'activity' && name === '') return siteStream(site, path)
  if (area === 'groups' && name !== '') return groupStream(site, name, path)
  if (area === 'members' && tab === 'activity' && id !== '') return singleStream(site, Number(id), path)
  if (area === 'members' && name !== '') return memberStream(site, name, path)
  return null
}

export const siteStream = (site: Site, path: string): Stream => ({ kind: 'site', path, posts: site.view.siteStream() })

function groupStream(site: Site, slug: string, path: string): Stream | null {
  const group = site.view.group(slug)
  if (!group || group.status === 'hidden') return null
  return { kind: 'group', path, posts: site.view.threads(slug) }
}

function memberStream(site: Site, slug: string, path: string): Stream | null {
  const member = site.view.memberNamed(slug)
  return member ? { kind: 'member', path, posts: site.view.memberStream(member.id) } : null
}

function singleStream(site: Site, id: number, path: string): Stream | null {
  const post = site.view.post(id)
  if (!post || post.parentId !== null || !site.view.isPublic(post)) return null
  return { kind: 'single', path, posts: [post] }
}

/** `offsetLower` is obeyed as the AJAX loaders obey it: only ids up to it, whatever their dates. */
export function streamPage(stream: Stream, number: number, offsetLower = Number.POSITIVE_INFINITY): StreamPage {
  const all = stream.posts.filter(post => post.id <= offsetLower)
  const posts = all.slice((number - 1) * PAGE_SIZE, number * PAGE_SIZE)
  const more = all.length > number * PAGE_SIZE
  const offset = number === 1 ? `&#038;offset_lower=${posts[0]?.id}` : ''
  return { stream, number, posts, next: more ? `?acpage=${number + 1}${offset}` : null }
}

/** Page numbers as WordPress reads them: anything odd is page 1. */
export const pageNumber = (text: string | null | undefined): number =>
  Math.max(1, Number.parseInt(text ?? '1', 10) || 1)
