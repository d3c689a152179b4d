import { type Element, isTag } from 'domhandler'
import { classes, lineOf, linkText } from '../../document/dom.js'
import { isDateOnly } from '../../relative/index.js'
import { type Avatar, isMemberAvatar, linkAround } from '../avatar.js'
import { addressIn, addressOf, isOwnAddress } from '../own-address.js'
import { isLeading, loneAuthor } from '../sentence.js'
import { isNamedAsText, isTool } from './tools.js'

/** What BuddyPress prints about a post, whatever the theme: its text is where none of this is. */
export interface Marks {
  authors: readonly Element[]
  permalinks: readonly Element[]
  times: readonly Element[]
  avatars: readonly Element[]
}

/** The marks among `elements`, which must not be text of a member. */
export function marksAmong(elements: readonly Element[], post: Element, id: string, avatar: Avatar): Marks {
  const links = elements.filter(one => one.name === 'a' && !isTool(one) && !isReadMore(one))
  const permalinks = links.filter(link => isOwnAddress(addressOf(link), id))
  const linked = new Set(permalinks)
  const times = elements.filter(one => (one.name !== 'a' || linked.has(one)) && isTime(one))
  const pictures = elements.filter(
    one => isMemberAvatar(one) || (one.name === 'img' && classes(one).includes('avatar')),
  )
  const dated = new Set([...permalinks, ...times])
  const others = links.filter(link => !dated.has(link))
  return {
    authors: authorsAmong(others, avatar, isReplyId(post.attribs['id']) ? id : null),
    permalinks,
    times,
    avatars: pictures.map(picture => linkAround(picture, post) ?? picture),
  }
}

/** The links to the profile that the avatar links to; without one, the link that begins a sentence. */
function authorsAmong(links: readonly Element[], { profile }: Avatar, reply: string | null): Element[] {
  if (profile !== null) {
    const address = addressIn(profile)
    return links.filter(link => address !== null && addressOf(link) === address && isName(linkText(link)))
  }
  const leading = links.find(link => linkText(link) !== '' && isLeading(link))
  const outside = () => links.filter(link => !isInText(link))
  const first = leading ?? (reply === null ? undefined : (loneAuthor(outside(), reply) ?? links.find(isEmpty)))
  return first ? [first] : []
}

/** In place of the author: the member is deleted. */
const isEmpty = (link: Element): boolean => link.attribs['href'] === '' && linkText(link) === ''

/** More levels than any theme has between a link and the element that is named as text. */
const MOST_LEVELS = 6

function isInText(link: Element): boolean {
  let at = link.parent
  for (let level = 0; level < MOST_LEVELS && at && isTag(at); level++, at = at.parent)
    if (at.name === 'li') return false
    else if (isNamedAsText(at)) return true
  return false
}

const isReplyId = (id = ''): boolean => /comment-\d/.test(id)

/** A mention is part of a text. */
const isName = (text: string): boolean => text !== '' && !text.startsWith('@')

const isReadMore = (link: Element): boolean =>
  [link, link.parent].some(
    one => one && isTag(one) && /(?:activity|acomment)-read-more/.test(`${one.attribs['id']} ${one.attribs['class']}`),
  )

/** More elements than a date has around its words. */
const MOST_INSIDE = 4

const isTime = (element: Element): boolean =>
  element.attribs['data-livestamp'] !== undefined ||
  classes(element).includes('time-since') ||
  element.name === 'time' ||
  (isSmall(element) && isDateOnly(lineOf(element)))

/** Reading the text of each element of a deep tree would take quadratic time. */
export const isSmall = (element: Element): boolean =>
  element.children.length <= MOST_INSIDE &&
  element.children.every(node => !isTag(node) || node.children.every(below => !isTag(below)))
