import type { Element } from 'domhandler'
import { matches } from '../dom.js'
import { buddyboss } from './buddyboss.js'
import { legacy } from './legacy.js'
import { nouveau } from './nouveau.js'
import { readylaunch } from './readylaunch.js'
import type { Template } from './template.js'

/** The most particular first: the first whose marker matches reads the item. Add a template here. */
export const TEMPLATES: readonly Template[] = [readylaunch, buddyboss, nouveau, legacy]

export const templateOf = (item: Element): Template | undefined =>
  TEMPLATES.find(template => matches(item, template.marker) && template.item.id.test(item.attribs['id'] ?? ''))

/** How the site of a template is asked for more. Answers whose items are of no template are Nouveau's, which come by script. */
export function asksOf(name: string | null): Pick<Template, 'pack' | 'readMoreLeaks'> {
  return TEMPLATES.find(template => template.name === name) ?? nouveau
}
