import { ENGLISH, type Locale } from '../../model/locale/locale.js'
import { cleanText } from '../text.js'

/** Text that is HTML already. Only `html` and `trusted` make it, so that whatever else is put into a page is escaped. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What a template takes: text is escaped; null, undefined, false and the empty list are nothing. */
export type Content = Markup | string | number | null | undefined | false | readonly Content[]

/** A template of HTML: `` html`<p>${words}</p>` ``. Values are escaped for text and for attributes in double quotes. */
export const html = (parts: TemplateStringsArray, ...values: readonly Content[]): Markup =>
  new Markup(parts.reduce((text, part, at) => text + textOf(values[at - 1]) + part))

/** HTML of our own making: a style sheet, or what the writer of bodies has written. */
export const trusted = (text: string): Markup => new Markup(text)

const textOf = (value: Content): string => {
  if (value === null || value === undefined || value === false) return ''
  if (value instanceof Markup) return value.text
  return typeof value === 'string' || typeof value === 'number' ? escaped(String(value)) : value.map(textOf).join('')
}

/** Text for an element or an attribute in double quotes, without control characters. */
export const escaped = (text: string): string =>
  cleanText(text).replace(/[&<>"]/g, character => ENTITIES[character] ?? character)

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** A link that tells its target nothing about this page. Without a safe address only the words. */
export const linked = (words: Content, url: string | null): Content =>
  url === null ? words : html`<a href="${url}" rel="noreferrer">${words}</a>`

/** The attribute of an element whose words are of this locale alone; nothing for the language of the page. */
export const langOf = ({ tag }: Locale): Content => tag !== ENGLISH.tag && html` lang="${tag}"`
