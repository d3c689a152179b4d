import { type Element, isTag } from 'domhandler'
import { elementsBelow, first, matches } from '../document/dom.js'
import type { PostSelectors, Template } from '../templates/template.js'
import type { Anatomy } from './anatomy.js'
import { avatarOf } from './avatar.js'
import { dissectByRule } from './generic/dissect.js'
import { addressOf, isOwnAddress } from './own-address.js'
import { idOf, partsOf } from './parts.js'
import { sentenceLinks } from './sentence.js'
import { timeIn, timeInBody } from './time-in-body.js'

/** The parts of a post by its template. */
export const dissect = (element: Element, template: Template, selectors: PostSelectors): Anatomy =>
  template.byRule ? dissectByRule(element, template, selectors) : dissectByTable(element, template, selectors)

function dissectByTable(element: Element, template: Template, selectors: PostSelectors): Anatomy {
  const { own, replies } = partsOf(element, template)
  const id = idOf(element, selectors)
  const place = first(own, selectors.body)
  const time = place ? timeInBody(place, id) : []
  const header = first(own, selectors.header)
  const avatar = avatarOf(own, selectors.avatar, element)
  return {
    element,
    id,
    // The time that BuddyPress prints into a body is the date of the post.
    own: time.length > 0 ? [...own, ...time.flatMap(one => [one, ...elementsBelow(one)])] : own,
    replies,
    links: header
      ? elementsBelow(header).filter(isLink)
      : sentenceLinks(own.filter(isLink), { post: element, id, profile: avatar.profile }),
    avatar,
    body: place && { element: place, frames: [...framesIn(place, selectors.nonBody), ...time] },
    times: () => own.filter(one => isLink(one) && isOwnAddress(addressOf(one), id)).map(timeIn),
  }
}

const isLink = (element: Element): boolean => element.name === 'a'

const framesIn = (body: Element, nonBody: string | undefined): Element[] =>
  nonBody ? body.children.filter(isTag).filter(child => matches(child, nonBody)) : []
