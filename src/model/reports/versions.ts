import type { StoredAuthor } from '../archive.js'
import type { TextVersion } from './history.js'

/** True for two different members. A new name does not make another member; neither does an author that one reading did not show. */
export function isOtherAuthor(a: StoredAuthor | null, b: StoredAuthor | null): boolean {
  if (!a || !b) return false
  const key = a.id !== null && b.id !== null ? 'id' : a.slug !== null && b.slug !== null ? 'slug' : 'name'
  return a[key] !== b[key]
}

type Content = Pick<TextVersion, 'heading' | 'text' | 'html'>

export const isSameContent = (a: Content, b: Content): boolean =>
  a.text === b.text && a.html === b.html && a.heading === b.heading
