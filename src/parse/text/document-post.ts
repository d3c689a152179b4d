import { activityIdOf } from '../../model/addresses.js'
import type { Group, Member, When } from '../../model/discussion.js'
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

/** The names that a document gives to those who have none; the last in documents of earlier versions. */
const NOBODY = /^(?:a former member|an unknown member|an erased member|a forgotten member)$/

/** `name`: as the markdown has it. */
export const memberOf = (name: string): Member | null => (NOBODY.test(name) ? null : memberNamed(unescaped(name), null))

/** What the words behind a date say of the post. */
export const flagsOf = (words: string) => ({
  truncated: /\(shortened by the site\)/.test(words),
  edited: /\(edited(?: by [^()]+)?\)/.test(words),
})
