import type { StoredPost } from '../../model/archive.js'
import { encodedUrl, safeUrl } from '../body/urls.js'
import { bodyHtml } from '../html/body-html.js'

/** The words of a post as HTML of known elements, which loads nothing: pictures are links. */
export const contentOf = (post: StoredPost): string =>
  post.forgotten ? '<p>Forgotten.</p>' : bodyHtml(post, () => null).body.text

/** An address that is safe to follow, without what no address may hold; null: there is none. */
export function linkTarget(url: string | null, base = 'about:blank'): string | null {
  const safe = safeUrl(url ?? '', base)
  return safe !== null && URL.canParse(safe) ? encodedUrl(new URL(safe).href) : null
}
