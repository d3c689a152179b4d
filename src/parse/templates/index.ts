import { type Element, isTag } from 'domhandler'
import { matches } from '../document/dom.js'
import { buddyboss } from './buddyboss.js'
import { generic } from './generic.js'
import { legacy } from './legacy.js'
import { nouveau } from './nouveau.js'
import { readylaunch } from './readylaunch.js'
import { salutation } from './salutation.js'
import { socialv } from './socialv.js'
import type { Template } from './template.js'
import { templatepack } from './templatepack.js'
import { youzify } from './youzify.js'

/** The most specific template first: the first whose marker matches reads the item. Add a template here. */
export const TEMPLATES: readonly Template[] = [
  readylaunch,
  buddyboss,
  nouveau,
  templatepack,
  youzify,
  socialv,
  salutation,
  legacy,
  generic,
]

export const templateOf = (item: Element): Template =>
  TEMPLATES.find(
    ({ marker, frame = [], item: { id } }) =>
      matches(item, marker) && id.test(item.attribs['id'] ?? '') && isFramed(item, frame),
  ) ?? generic

/** Searches children only, because searching descendants would walk the whole tree of each item. */
const isFramed = (element: Element, [next, ...rest]: readonly string[]): boolean =>
  next === undefined || element.children.some(child => isTag(child) && matches(child, next) && isFramed(child, rest))

/** How a site with a template handles AJAX requests. Without a template, items are loaded by AJAX, which Nouveau does. */
export function ajaxTraitsOf(name: string | null): Pick<Template, 'pack' | 'readMoreLeaks' | 'unnamedWithin'> {
  const family = name?.replace(/\+generic$/, '')
  return TEMPLATES.find(template => template.name === family) ?? nouveau
}
