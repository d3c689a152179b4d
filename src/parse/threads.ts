import type { Element } from 'domhandler'
import { activityIdOf, resolveUrl } from '../model/urls.js'
import { every } from './dom.js'
import type { PostSelectors } from './templates/template.js'

/** The thread that an item belongs to, as this view tells it. */
export interface ThreadRef {
  /** Id of the opening post. */
  root: string
  /** Its permalink; null where the view has none (the permalink page itself). */
  url: string | null
  /** The view starts at the opening post, so that it can hold the whole thread. */
  complete: boolean
}

/** The item's own link; on permalink pages there is none. */
export function permalinkOf(own: readonly Element[], selectors: PostSelectors, base: string): string | null {
  for (const anchor of every(own, selectors.permalink)) {
    const url = resolveUrl(anchor.attribs['href'], base)
    if (url) return url
  }
  return null
}

/**
 * In member and site streams a reply is an item of its own, of the type `activity_comment`, whose link
 * (`…/activity/p/ROOT/#acomment-ID`) names the thread. Null where it does not.
 */
export function threadOf(id: string, names: readonly string[], permalink: string | null): ThreadRef | null {
  if (!names.includes('activity_comment')) return { root: id, url: permalink, complete: true }
  const url = permalink?.replace(/#.*$/, '') ?? null
  const root = url && activityIdOf(url)
  return root ? { root, url, complete: false } : null
}
