import type { StoredPost } from '../../model/archive.js'
import { safeUrl } from '../body/urls.js'
import { bodyHtml } from '../html/body-html.js'

/** The words of a post as HTML of known elements, which loads nothing: pictures are links. */
export const contentOf = (post: StoredPost): string =>
  post.forgotten ? '<p>Forgotten.</p>' : bodyHtml(post, () => null).body.text

/** An address that is safe to follow, as an IRI without spaces; null: there is none. */
export function linkTarget(url: string | null, base = 'about:blank'): string | null {
  const safe = safeUrl(url ?? '', base)
  return safe !== null && URL.canParse(safe) ? new URL(safe).href.replace(/\s/g, '%20') : null
}
