import type { StoredPost } from '../../model/archive.js'
import { textParagraphs } from '../body/body-tree.js'
import { safeUrl } from '../body/urls.js'
import { escaped } from './xml.js'

/** The words of a post as HTML of known elements. */
export const contentOf = (post: StoredPost): string =>
  post.forgotten
    ? '<p>Forgotten.</p>'
    : textParagraphs(post.text)
        .map(lines => `<p>${lines.map(escaped).join('<br>')}</p>`)
        .join('')

/** An address that is safe to follow, as an IRI without spaces; null: there is none. */
export function linkTarget(url: string | null, base = 'about:blank'): string | null {
  const safe = safeUrl(url ?? '', base)
  return safe !== null && URL.canParse(safe) ? new URL(safe).href.replace(/\s/g, '%20') : null
}
