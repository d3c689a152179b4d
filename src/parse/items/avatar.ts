import { type Element, isTag } from 'domhandler'
import { first } from '../document/dom.js'
import { lateSources } from './late-source.js'

/** The data of an avatar: BuddyPress puts the id of the member into its class (bp_core_fetch_avatar). */
export interface Avatar {
  memberId: string | null
  url: string | null
  /** The profile that the avatar links to; empty for a deleted member, null if there is no link around an avatar. */
  profile: string | null
  /** "Profile picture of Ann". */
  alt: string
}

/** The avatar of a post: by the selector of its template, or else the first picture with the class of a member's avatar. */
export function avatarOf(own: readonly Element[], selector: string, post: Element): Avatar {
  const image = (selector ? first(own, selector) : undefined) ?? own.find(isMemberAvatar)
  return {
    memberId: image ? memberIdOf(image) : null,
    url: (image && lateSources(image)[0]) ?? image?.attribs['src'] ?? null,
    profile: (image && linkAround(image, post))?.attribs['href'] ?? null,
    alt: image ? altOf(image) : '',
  }
}

export const altOf = (image: Element): string => image.attribs['alt']?.trim() ?? ''

const memberIdOf = ({ attribs }: Element): string | null =>
  /(?:^|\s)user-(\d+)-avatar(?:\s|$)/.exec(attribs['class'] ?? '')?.[1] ?? null

/** The avatar of the reader, in the form below the replies, is not that of the author. */
export const isMemberAvatar = (element: Element): boolean =>
  element.name === 'img' && memberIdOf(element) !== null && !isInForm(element)

/** More levels than any theme has between the form or the link and the picture. */
const MOST_LEVELS = 6

function isInForm(element: Element): boolean {
  let at = element.parent
  for (let level = 0; level < MOST_LEVELS && at && isTag(at); level++, at = at.parent)
    if (at.name === 'form') return true
  return false
}

export function linkAround(image: Element, post: Element): Element | undefined {
  let at = image.parent
  for (let level = 0; level < MOST_LEVELS && at && isTag(at) && at !== post; level++, at = at.parent)
    if (at.name === 'a') return at
  return undefined
}
