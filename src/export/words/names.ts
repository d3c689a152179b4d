import type { StoredAuthor, StoredGroup, StoredPost } from '../../model/archive.js'
import { withEllipsis } from '../../model/markup/white-space.js'
import { ERASED_MEMBER, namelessMember } from '../../model/people/nameless.js'
import { closed, isolated, isVisible, typedLine } from '../text.js'

/** Letters of a name when it comes again. */
const MAX_AGAIN = 40

/** The name of a member in a document: by itself, without an isolate. */
export function memberName(member: StoredAuthor | null): string {
  const known = [member?.name, member?.slug].map(name => typedLine(name ?? '')).find(isVisible)
  return known ?? typedLine(namelessMember(member))
}

/** The name of a post's author in a document. */
export const authorName = ({ author, forgotten }: StoredPost): string =>
  forgotten ? ERASED_MEMBER : memberName(author)

/** The name of a group in a document. */
export const groupName = (group: Pick<StoredGroup, 'name' | 'slug'>): string =>
  [group.name, group.slug].map(name => typedLine(name ?? '')).find(isVisible) ?? 'a group'

/** Tells the author of a post from other people; one key for all who are not known. */
export const personKey = ({ author, forgotten }: StoredPost): string =>
  forgotten ? 'forgotten' : `known ${author?.id ?? author?.slug ?? author?.name ?? ''}`

/** The names in one document, within isolates where they need one: whole the first time, then cut after 40 letters. */
export class Names {
  private readonly seen = new Set<string>()

  of(post: StoredPost): string {
    const name = authorName(post)
    if (name.length <= MAX_AGAIN) return isolated(name)
    const isNew = !this.seen.has(name)
    this.seen.add(name)
    return isolated(isNew ? name : cut(name))
  }
}

/** At the end of a word if there is one in the second half; never within a letter and its accents. */
function cut(name: string): string {
  const letters = [...LETTERS.segment(name.slice(0, 40 * MAX_AGAIN))].map(({ segment }) => segment)
  if (letters.length <= MAX_AGAIN) return name
  const start = letters.slice(0, MAX_AGAIN).join('')
  const space = letters[MAX_AGAIN] === ' ' ? start.length : start.lastIndexOf(' ')
  return closed(withEllipsis(start.slice(0, space > start.length / 2 ? space : undefined)))
}

const LETTERS = new Intl.Segmenter('en', { granularity: 'grapheme' })
