import { activityIdOf } from '../../model/addresses.js'
import type { Group, Member, When } from '../../model/discussion.js'
import { NAMELESS } from '../../model/people/nameless.js'
import { isAddress } from '../../model/urls.js'
import { type DocumentText, unescaped } from './document-text.js'
import { memberNamed } from './people.js'

/** A post of a document. `parent`: index within its thread; null: the opening post, or a reply whose parent was not held. */
export interface DocumentPost extends DocumentText {
  parent: number | null
  author: Member | null
  when: When | null
  group: Group | null
  id: string | null
  url: string | null
  truncated: boolean
  edited: boolean
}

export interface Document {
  site: string | null
  posts: DocumentPost[]
}

/** The id of the post that an address leads to. */
export const idOf = (url: string | null): string | null =>
  url === null || !isAddress(url) ? null : (/#acomment-(\d+)$/.exec(url)?.[1] ?? activityIdOf(url))

/** `name`: as the markdown has it. */
export const memberOf = (name: string): Member | null =>
  NAMELESS.test(name) ? null : memberNamed(unescaped(name), null)

/** What the words behind a date say of the post. */
export const flagsOf = (words: string) => ({
  truncated: /\(shortened by the site\)/.test(words),
  edited: /\(edited(?: by [^()]+)?\)/.test(words),
})
