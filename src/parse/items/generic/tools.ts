import type { Element } from 'domhandler'
import { classes } from '../../document/dom.js'

/** Elements that BuddyPress lets no member write: what is inside belongs to the theme. */
export const TOOL_TAGS: ReadonlySet<string> = new Set(
  'form button nav script style textarea select input label svg noscript template'.split(' '),
)

/** Words in the class names of buttons, counters, menus and lists of people, in any theme. */
const TOOL =
  /^(?:meta|options?|actions?|buttons?|btn|footer|foot|stats?|statistics|count|counter|likes?|reactions?|share|sharing|tools?|menu|dropdown|tooltip|loader|pin|clear|clearfix|reply|delete|fav|unfav|edit|privacy|visibility|vi|report)$/

/** Names of elements that hold the text of a post, or that are around it. */
const TEXT = /^(?:inner|content|text|body|guts|message|entry|excerpt)$/

const wordsOf = (element: Element): string[] => classes(element).flatMap(name => name.toLowerCase().split(/[-_]+/))

export const isTool = (element: Element): boolean => {
  if (TOOL_TAGS.has(element.name)) return true
  const words = wordsOf(element)
  // A block of that name has buttons; a link of that name may be the author's.
  const isNamed = (word: string) => TOOL.test(word) && !(word === 'meta' && element.name === 'a')
  return words.some(isNamed) && !words.some(word => TEXT.test(word))
}

export const isNamedAsText = (element: Element): boolean => wordsOf(element).some(word => TEXT.test(word))

/** Names of the words of a theme above a text: "Comment written by Ann". */
export const isNamedAsLabel = (element: Element): boolean =>
  wordsOf(element).some(word => word === 'label' || word === 'header')

/** Names of the part of a post that its replies are in, and what the theme says of them: "3 voices in this conversation". */
export const isNamedAsReplies = (element: Element): boolean =>
  wordsOf(element).some(word => word === 'comments' || word === 'replies') && !isNamedAsText(element)
