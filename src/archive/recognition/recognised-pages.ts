import type { Post } from '../../model/discussion.js'
import type { Page } from '../../model/page.js'
import { isMadeId } from '../../model/unknown-site.js'
import { IN_LIST, type Statements } from '../database/statements.js'

interface Known {
  made: string
  id: string
  thread: string
  url: string
  site: string
}

const KNOWN = `SELECT made_ids.made_id AS made, posts.site_post_id AS id, root.site_post_id AS thread, posts.url, sites.url AS site
  FROM made_ids JOIN posts ON posts.id = made_ids.post_id JOIN posts AS root ON root.id = posts.thread_id
    JOIN sites ON sites.id = posts.site_id WHERE made_ids.made_id ${IN_LIST}`

/**
 * The page of a text with the ids that its posts turned out to have: one page for each site, and one for the threads that are not known.
 * Any other page is returned as it is.
 */
export function recognisedPages(sql: Statements, page: Page): Page[] {
  const made = page.template === 'text-dump' ? page.posts.filter(({ id }) => isMadeId(id)).map(({ id }) => id) : []
  if (made.length === 0) return [page]
  const known = new Map(sql.rows<Known>(KNOWN, JSON.stringify(made)).map(one => [one.made, one]))
  if (known.size === 0) return [page]
  const bySite = new Map<string, Post[]>()
  for (const post of page.posts) {
    const thread = known.get(post.threadId)
    const site = thread?.site ?? page.site.url
    const posts = bySite.get(site) ?? []
    posts.push(thread ? renamed(post, thread, known) : post)
    bySite.set(site, posts)
  }
  return [...bySite].map(([url, posts]) => {
    const ids = new Set(posts.map(({ threadId }) => threadId))
    return { ...page, site: { url, name: null }, posts, threads: page.threads.filter(({ id }) => ids.has(id)) }
  })
}

/** The pages of `recognisedPages` as one, for what depends on all posts. */
export function joinedPage(pages: readonly [Page, ...Page[]] | readonly Page[]): Page {
  const [first, ...others] = pages as readonly [Page, ...Page[]]
  return others.length === 0 ? first : { ...first, posts: pages.flatMap(({ posts }) => posts) }
}

/** The group of a thread of a site is known; another text may lack it. */
function renamed(post: Post, { thread, url }: Known, known: ReadonlyMap<string, Known>): Post {
  const own = known.get(post.id)
  const parent = post.parentId == null ? post.parentId : (known.get(post.parentId)?.id ?? post.parentId)
  const isOpening = (own?.id ?? post.id) === thread
  return {
    ...{ ...post, id: own?.id ?? post.id, threadId: thread, url: own?.url ?? (isOpening ? url : post.url) },
    parentId: isOpening ? null : (parent ?? thread),
    group: isMadeId(thread) ? post.group : undefined,
  }
}
