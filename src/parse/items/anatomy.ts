import type { AnyNode, Element } from 'domhandler'
import type { Avatar } from './avatar.js'

/** Where the text of a member is. */
export interface BodyPlace {
  element: Element
  /** Nodes inside that the software or theme has printed, such as a header or the time. They are not part of the text. */
  frames: readonly AnyNode[]
}

/** The parts of one post, as a table of selectors or the rules of `generic` have found them. */
export interface Anatomy {
  /** The element with the id of the post. */
  element: Element
  id: string
  /** The elements of this post alone, without those of replies and those inside the text of a member, in document order. */
  own: readonly Element[]
  /** The nearest replies below. */
  replies: readonly Element[]
  /** The links among which the author and the group are. */
  links: readonly Element[]
  avatar: Avatar
  /** Undefined: the text was not found, or the post has none. */
  body: BodyPlace | undefined
  /** Relative dates, for posts without a date in a place that the template knows; the surest first. */
  times: () => readonly FoundTime[]
}

/** Words that may be a relative date. */
export interface FoundTime {
  words: string
  livestamp: string | null
}
