import { type Element, isTag } from 'domhandler'
import { classes, elementsBelow, every, matches, outermost } from '../document/dom.js'

/** One topic or reply of a page: its elements, and the post that it is nested below. */
export interface ForumEntry {
  /** Number of the post in WordPress. */
  id: string
  /** The elements of this entry alone, in document order: those of its header, then those of its body. */
  own: Element[]
  /** All classes of its outer elements: `type-reply`, `user-id-3`, `bbp-parent-topic-12`, `status-closed`, … */
  classes: string[]
  /** Number of the post that it is nested below; null: of none. */
  parent: string | null
}

/** What holds the topic and its replies: bbPress prints a list, before 2.1 a table; "lead topic" puts the topic into one of its own. */
const LISTS =
  'ul.bbp-replies, ol.bbp-replies, div.bbp-replies, table.bbp-replies, [id^="topic-"][id$="-replies"], .bbp-lead-topic, table.bbp-topic, [id^="bbp-topic-"][id$="-lead"], [id^="bbp-reply-wrapper-"]'

const THREADED = '.bbp-threaded-replies'

/** Inside a text, members may have written any class and id. */
const TEXT = '.bbp-reply-content, .bbp-topic-content'

/**
 * The topic and the replies of a page, in document order. The header with the date and the body are siblings, both with the number of
 * the post, in any markup of bbPress; replies to a reply are in a list beside them.
 */
export function forumEntries(elements: readonly Element[]): ForumEntry[] {
  const found = outermost(every(elements, LISTS))
  const lists = found.length > 0 ? found : frameOfOne(elements)
  const entries = new Map<string, ForumEntry>()
  for (const list of lists) collect(list, entries)
  return [...entries.values()]
}

/** The frame of a reply that has a page of its own, without a list around it. Results of a search have many, of any topics. */
const frameOfOne = (elements: readonly Element[]): Element[] =>
  every(elements, '.type-reply .bbp-reply-content').length === 1 ? every(elements, '#bbpress-forums').slice(0, 1) : []

/** True if the page nests replies below others, which it then prints all on one page. */
export const isThreaded = (elements: readonly Element[]): boolean =>
  elements.some(element => matches(element, `${THREADED}, .bbp-replies-list`))

function collect(list: Element, entries: Map<string, ForumEntry>): void {
  let header: Element | null = null
  for (const part of elementsBelow(list, element => postNumber(element) === null && !matches(element, TEXT))) {
    const id = postNumber(part) ?? (header ? numberBehind(part) : null)
    if (id === null) {
      // Before 2.1 the header is a row without a number, before the row of the post; that of a lead topic has none either.
      if (isBareHeader(part)) header = part
      continue
    }
    const entry = entries.get(id) ?? { id, own: [], classes: [], parent: parentOf(part, list) }
    entries.set(id, entry)
    for (const element of [header, part]) if (element) add(element, entry)
    header = null
    // BuddyBoss nests the replies inside the element of the post.
    for (const inner of every(elementsBelow(part), THREADED)) collect(inner, entries)
  }
}

function add(element: Element, entry: ForumEntry): void {
  entry.classes.push(...classes(element))
  entry.own.push(element, ...elementsBelow(element, one => !matches(one, `${TEXT}, ${THREADED}`)))
}

const isBareHeader = (element: Element): boolean =>
  matches(element, '.bbp-reply-header, .bbp-topic-header') && postNumber(element) === null

const numberBehind = (element: Element): string | null =>
  element.name === 'tr' ? (/^(?:reply|topic)-(\d+)$/.exec(element.attribs['id'] ?? '')?.[1] ?? null) : null

/** `id="post-12"`, or the class `post-12` beside that of its type. */
function postNumber(element: Element): string | null {
  const { id = '', class: names = '' } = element.attribs
  const byId = /^post-(\d+)$/.exec(id)?.[1]
  if (byId) return byId
  if (element.name === 'tr') return numberBehind(element)
  return /\btype-(?:reply|topic|bp_group)\b/.test(names)
    ? (/(?:^|\s)post-(\d+)(?:\s|$)/.exec(names)?.[1] ?? null)
    : null
}

/** The last entry before the list that the element is in, which belongs to the item around both. */
function parentOf(element: Element, list: Element): string | null {
  let at: Element['parent'] = element.parent
  while (at && isTag(at) && at !== list.parent) {
    if (matches(at, THREADED)) return numberBefore(at)
    at = at.parent
  }
  return null
}

function numberBefore(nested: Element): string | null {
  const { parent } = nested
  if (!parent) return null
  const before = parent.children.slice(0, parent.children.indexOf(nested)).filter(isTag)
  for (const sibling of before.reverse()) {
    const id = postNumber(sibling)
    if (id !== null) return id
  }
  return isTag(parent) ? postNumber(parent) : null
}
