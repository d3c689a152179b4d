import type { Element } from 'domhandler'
import { matches } from '../dom.js'
import { legacy } from './legacy.js'
import { nouveau } from './nouveau.js'
import type { Template } from './template.js'

/** The most particular first: the first whose marker matches reads the item. Add a template here. */
export const TEMPLATES: readonly Template[] = [nouveau, legacy]

export const templateOf = (item: Element): Template | undefined =>
  TEMPLATES.find(template => matches(item, template.marker) && template.item.id.test(item.attribs['id'] ?? ''))

/** The pack whose calls complete what a template of this name has read. */
export const packOf = (name: string | null): Template['pack'] =>
  TEMPLATES.find(template => template.name === name)?.pack ?? 'nouveau'

/**
 * Kinds of site that are known and can't be read yet: their streams hide most replies, so that what the page shows would
 * be a false archive. Looked for in the page's frame and in its items, never in what members wrote.
 */
export const NOT_YET: readonly { name: string; sign: string }[] = [
  {
    name: 'BuddyBoss Platform',
    sign: 'link[href*="/plugins/buddyboss-platform/"], script[src*="/plugins/buddyboss-platform/"], body.bb-readylaunch-template, li[data-bp-activity]',
  },
]
